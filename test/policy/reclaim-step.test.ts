import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addOnOf,
  isUnderway,
  nextReclaimStep,
  nextRestoreStep,
  partsMissing,
  whyNoFit,
  type Goal,
  type Step,
  type ZoomState,
} from '#src/policy/reclaim-step.ts';

const features = { large_meeting: true, large_meeting_capacity: 500, webinar: true, webinar_capacity: 1000 };
const none = { large_meeting: false, webinar: false };
const state = (more: Partial<ZoomState> = {}): ZoomState => ({
  status: 'active',
  typeCode: 2,
  zoomOneType: null,
  planUnitedType: null,
  groupIds: ['g1'],
  features: null,
  ...more,
});
const image = (more: object = {}) => ({
  readAt: '2026-01-01T00:00:00Z',
  status: 'active',
  typeCode: 2 as number | null,
  zoomOneType: null as string | null,
  planUnitedType: null as string | null,
  roleId: '2',
  groupIds: ['g1'],
  features: features as Record<string, unknown> | null,
  ...more,
});
const goal = (action: Goal['action'], more: Partial<Goal> = {}): Goal => ({
  action,
  addOn: null,
  transfer: null,
  ...more,
});

describe('the next write of a reclaim', () => {
  it.each<[Goal, ZoomState | null, Step | null]>([
    [goal('DOWNGRADE'), state(), { name: 'downgrade' }],
    [goal('DOWNGRADE'), state({ typeCode: 1 }), null],
    [goal('DOWNGRADE'), state({ typeCode: 4 }), null],
    [goal('DOWNGRADE'), state({ zoomOneType: '16' }), { name: 'bundle', zoomOneType: '0' }],
    [goal('DOWNGRADE'), state({ zoomOneType: '0', planUnitedType: '' }), { name: 'downgrade' }],
    [goal('DOWNGRADE'), state({ planUnitedType: '1' }), { name: 'united', planUnitedType: 'none' }],
    [goal('DOWNGRADE'), state({ zoomOneType: '16', typeCode: 1 }), { name: 'bundle', zoomOneType: '0' }],
    [goal('DEACTIVATE'), state({ typeCode: 1 }), { name: 'deactivate' }],
    [goal('DEACTIVATE'), state({ status: 'inactive' }), null],
    [goal('DEACTIVATE'), state({ status: '', typeCode: null }), { name: 'deactivate' }],
    [
      goal('REMOVE_ADD_ON', { addOn: 'webinar' }),
      state({ features }),
      { name: 'features', feature: { webinar: false } },
    ],
    [goal('REMOVE_ADD_ON', { addOn: 'webinar' }), state({ features: none }), null],
    [goal('DELETE'), state(), { name: 'remove', action: 'delete', transfer: null }],
    [goal('UNLINK'), state(), { name: 'remove', action: 'disassociate', transfer: null }],
    [goal('DELETE'), null, null],
  ])('%j at %j', (wanted, now, step) => {
    expect(nextReclaimStep(wanted, now)).toEqual(step);
  });

  it('comes to an end for every action, whatever Zoom shows, once each write takes effect', () => {
    const bits = fc.constantFrom(null, '', '0', 'none', '16', '32');
    fc.assert(
      fc.property(
        fc.constantFrom<Goal>(
          goal('DOWNGRADE'),
          goal('DEACTIVATE'),
          goal('REMOVE_ADD_ON', { addOn: 'large_meeting' }),
          goal('DELETE'),
        ),
        fc.record({
          status: fc.constantFrom('active', 'inactive', 'pending', ''),
          typeCode: fc.constantFrom(null, 1, 2, 3, 4, 7),
          zoomOneType: bits,
          planUnitedType: bits,
          groupIds: fc.constant([]),
          features: fc.constantFrom(null, features, none),
        }),
        (wanted, start) => {
          let now: ZoomState | null = { ...start };
          const names: string[] = [];
          for (let step = nextReclaimStep(wanted, now); step !== null; step = nextReclaimStep(wanted, now)) {
            names.push(step.name);
            expect(names.length).toBeLessThanOrEqual(3);
            if (now === null) throw new Error('A step about nobody.');
            if (step.name === 'bundle') now = { ...now, zoomOneType: step.zoomOneType, typeCode: 1 };
            if (step.name === 'united') now = { ...now, planUnitedType: '' };
            if (step.name === 'downgrade') now = { ...now, typeCode: 1 };
            if (step.name === 'deactivate') now = { ...now, status: 'inactive' };
            if (step.name === 'features') now = { ...now, features: { ...now.features, ...step.feature } };
            if (step.name === 'remove') now = null;
          }
          expect(new Set(names).size).toBe(names.length);
        },
      ),
      { seed: 3 },
    );
  });

  it('is finished once a part of it was done', () => {
    const before = image({ zoomOneType: '16' });
    expect(isUnderway(goal('DOWNGRADE'), before, state({ zoomOneType: '0' }))).toBe(true);
    expect(isUnderway(goal('DOWNGRADE'), before, state({ zoomOneType: '16' }))).toBe(false);
    expect(isUnderway(goal('DOWNGRADE'), null, state())).toBe(false);
    expect(isUnderway(goal('DEACTIVATE'), before, state({ zoomOneType: '0' }))).toBe(false);
  });

  it.each([
    ['WEBINAR_500', 'webinar'],
    ['WEBINAR', 'webinar'],
    ['LARGE_MEETING_1000', 'large_meeting'],
    ['LICENSED', null],
    ['FEATURE_zoom_phone', null],
  ])('knows the add-on of %s', (uniqueId, addOn) => {
    expect(addOnOf(uniqueId)).toBe(addOn);
  });

  it.each([
    ['DOWNGRADE', 'LICENSED', 'LICENSED', null],
    ['DOWNGRADE', 'LICENSED', 'BASIC', 'Basic already'],
    ['DOWNGRADE', 'WEBINAR_500', 'LICENSED', 'use REMOVE_ADD_ON'],
    ['REMOVE_ADD_ON', 'WEBINAR_500', 'LICENSED', null],
    ['REMOVE_ADD_ON', 'LICENSED', 'LICENSED', 'Only webinar and large meeting'],
    ['REMOVE_ADD_ON', 'FEATURE_zoom_phone', 'LICENSED', 'Only webinar and large meeting'],
    ['DEACTIVATE', 'WEBINAR_500', 'LICENSED', null],
    ['DELETE', 'LICENSED', 'BASIC', null],
  ] as const)('%s of %s from a %s user', (action, uniqueId, type, why) => {
    if (why === null) expect(whyNoFit(action, uniqueId, type)).toBeNull();
    else expect(whyNoFit(action, uniqueId, type)).toContain(why);
  });
});

describe('the next write of a restore', () => {
  it.each<[string, object, Partial<ZoomState>, Step | null]>([
    ['somebody deactivated', {}, { status: 'inactive', typeCode: 1 }, { name: 'activate' }],
    ['activated, still Basic', {}, { typeCode: 1 }, { name: 'type', type: 2 }],
    [
      'activated, a bundle lost',
      { zoomOneType: '16' },
      { typeCode: 1, zoomOneType: '0' },
      { name: 'bundle', zoomOneType: '16' },
    ],
    [
      'paid again, a united plan lost',
      { planUnitedType: '1' },
      { planUnitedType: '' },
      { name: 'united', planUnitedType: '1' },
    ],
    [
      'paid again, without add-ons',
      {},
      { features: none },
      { name: 'features', feature: { large_meeting: true, large_meeting_capacity: 500 } },
    ],
    [
      'one add-on back already',
      {},
      { features: { ...none, large_meeting: true, large_meeting_capacity: 500 } },
      { name: 'features', feature: { webinar: true, webinar_capacity: 1000 } },
    ],
    [
      'an add-on back, but smaller',
      {},
      { features: { ...features, webinar_capacity: 500 } },
      { name: 'features', feature: { webinar: true, webinar_capacity: 1000 } },
    ],
    [
      'a level that an add-on did not bring back',
      { features: { ...none, concurrent_meeting: 'Plus' } },
      { features: { ...none, concurrent_meeting: 'None' } },
      { name: 'features', feature: { concurrent_meeting: 'Plus' } },
    ],
    ['out of a group', { groupIds: ['g1', 'g2'] }, { features }, { name: 'group', groupId: 'g2' }],
    ['Basic before, licensed by somebody else since', { typeCode: 1, features: null }, {}, null],
    ['everything back', {}, { features }, null],
    ['everything back, add-ons not read', {}, {}, null],
    ['groups not read', { groupIds: ['g9'] }, { groupIds: null, features }, null],
  ])('of %s', (_, was, now, step) => {
    expect(nextRestoreStep(image(was), state(now))).toEqual(step);
  });

  it('takes nothing from anybody: who was deactivated or has more now stays so', () => {
    expect(nextRestoreStep(image({ status: 'inactive', features: null }), state())).toBe(null);
    expect(nextRestoreStep(image({ features: none }), state({ features }))).toBeNull();
  });

  it('gives an add-on back whose capacity nobody wrote down', () => {
    expect(nextRestoreStep(image({ features: { webinar: true } }), state({ features: none }))).toEqual({
      name: 'features',
      feature: { webinar: true },
    });
  });

  it('leaves out what Zoom refused, and names it', () => {
    const now = state({ features: none });
    expect(nextRestoreStep(image(), now, new Set(['large_meeting']))).toEqual({
      name: 'features',
      feature: { webinar: true, webinar_capacity: 1000 },
    });
    expect(nextRestoreStep(image(), now, new Set(['large_meeting', 'webinar']))).toBeNull();
    expect(partsMissing(image(), now)).toEqual(['large_meeting', 'webinar']);
    expect(partsMissing(image(), state({ features }))).toEqual([]);
  });

  it('ends, in the order activate, bundle, type, united, add-ons, wherever it starts', () => {
    const codes = fc.constantFrom(null, 1, 2, 3, 7);
    const bits = fc.constantFrom(null, '0', '16');
    const shown = fc.record({ webinar: fc.boolean(), webinar_capacity: fc.constantFrom(500, 1000) });
    const statuses = fc.constantFrom('active', 'inactive');
    fc.assert(
      fc.property(
        fc.record({ status: statuses, typeCode: codes, zoomOneType: bits, features: fc.option(shown) }),
        fc.record({ status: statuses, typeCode: codes, zoomOneType: bits }),
        shown,
        (was, start, hasNow) => {
          const order: Step['name'][] = [];
          let now = state({ ...start, features: hasNow });
          for (let step = nextRestoreStep(image(was), now); step !== null; step = nextRestoreStep(image(was), now)) {
            order.push(step.name);
            expect(order.length).toBeLessThanOrEqual(4);
            if (step.name === 'activate') now = { ...now, status: 'active' };
            if (step.name === 'type') now = { ...now, typeCode: step.type };
            if (step.name === 'bundle') now = { ...now, zoomOneType: step.zoomOneType };
            if (step.name === 'features') now = { ...now, features: { ...now.features, ...step.feature } };
          }
          const ranks = order.map((name) => ['activate', 'bundle', 'type', 'features'].indexOf(name));
          expect(ranks).toEqual([...new Set(ranks)].sort());
          expect(partsMissing(image(was), now)).toEqual([]);
        },
      ),
      { seed: 7 },
    );
  });
});
