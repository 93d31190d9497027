import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReclaimed, nextRestoreStep, reclaimStep, type Step, type ZoomState } from '#src/policy/reclaim-step.ts';

const features = { large_meeting: true, large_meeting_capacity: 500, webinar: true, webinar_capacity: 1000 };
const none = { large_meeting: false, webinar: false };
const before = { status: 'active', typeCode: 2, features };

describe('reclaimStep and isReclaimed', () => {
  it.each([
    ['DOWNGRADE', { status: 'active', typeCode: 2 }, false],
    ['DOWNGRADE', { status: 'active', typeCode: 1 }, true],
    ['DOWNGRADE', { status: 'inactive', typeCode: 2 }, false],
    ['DEACTIVATE', { status: 'active', typeCode: 1 }, false],
    ['DEACTIVATE', { status: 'inactive', typeCode: 2 }, true],
    ['DEACTIVATE', { status: '', typeCode: null }, false],
  ] as const)('%s, Zoom shows %j: %s', (action, state, expected) => {
    expect(isReclaimed(reclaimStep(action), state)).toBe(expected);
  });
});

describe('nextRestoreStep', () => {
  it.each([
    ['somebody deactivated', { status: 'inactive', typeCode: 1 }, null, { name: 'activate' }],
    ['activated, still Basic', { status: 'active', typeCode: 1 }, null, { name: 'type', type: 2 }],
    ['paid again, without add-ons', { status: 'active', typeCode: 2 }, none, { name: 'features', feature: features }],
    [
      'one add-on back already',
      { status: 'active', typeCode: 2 },
      { ...none, webinar: true, webinar_capacity: 1000 },
      { name: 'features', feature: { large_meeting: true, large_meeting_capacity: 500 } },
    ],
    [
      'an add-on back, but smaller',
      { status: 'active', typeCode: 2 },
      { ...features, webinar_capacity: 500 },
      { name: 'features', feature: { webinar: true, webinar_capacity: 1000 } },
    ],
    ['everything back', { status: 'active', typeCode: 2 }, features, null],
    ['everything back, add-ons not read', { status: 'active', typeCode: 2 }, null, null],
  ])('of %s', (_, now, shown, step) => {
    expect(nextRestoreStep(before, now, shown)).toEqual(step);
  });

  it('takes nothing from anybody: who was deactivated or has more now stays so', () => {
    expect(
      nextRestoreStep({ ...before, status: 'inactive', features: null }, { status: 'active', typeCode: 2 }, null),
    ).toBe(null);
    const plain = { ...before, features: none };
    expect(nextRestoreStep(plain, { status: 'active', typeCode: 2 }, features)).toBeNull();
  });

  it('gives an add-on back whose capacity nobody wrote down', () => {
    const was = { ...before, features: { webinar: true } };
    expect(nextRestoreStep(was, { status: 'active', typeCode: 2 }, none)).toEqual({
      name: 'features',
      feature: { webinar: true },
    });
  });

  it('ends after three steps at most, in the order activate, type, add-ons, wherever it starts', () => {
    const codes = fc.constantFrom(null, 1, 2, 3, 7);
    const shown = fc.record({ webinar: fc.boolean(), webinar_capacity: fc.constantFrom(500, 1000) });
    const statuses = fc.constantFrom('active', 'inactive');
    fc.assert(
      fc.property(
        fc.record({ status: statuses, typeCode: codes, features: fc.option(shown) }),
        fc.record({ status: statuses, typeCode: codes }),
        shown,
        (image, start, hasNow) => {
          const order: Step['name'][] = [];
          const state: ZoomState = { ...start };
          let now: Record<string, unknown> = hasNow;
          for (
            let step = nextRestoreStep(image, state, now);
            step !== null;
            step = nextRestoreStep(image, state, now)
          ) {
            order.push(step.name);
            expect(order.length).toBeLessThanOrEqual(3);
            if (step.name === 'activate') state.status = 'active';
            if (step.name === 'type') state.typeCode = step.type;
            if (step.name === 'features') now = { ...now, ...step.feature };
          }
          const rank = ['activate', 'type', 'features'];
          const ranks = order.map((name) => rank.indexOf(name));
          expect(ranks).toEqual([...new Set(ranks)].sort());
          if (image.features?.webinar === true) expect(now).toMatchObject(image.features);
        },
      ),
      { seed: 7 },
    );
  });
});
