import { describe, expect, it } from 'vitest';
import { blockersOf, isNoPerson, type PersonFacts } from '#src/policy/eligibility.ts';

const now = new Date('2026-03-31T09:30:00Z');
const context = { authorizedZoomUserId: 'consenter', action: 'DOWNGRADE', now };
const person = (patch: Partial<PersonFacts> = {}): PersonFacts => ({
  status: 'ACTIVE',
  zoomUserId: 'somebody',
  roleId: '2',
  rolesKnown: true,
  activityKnownUntil: now,
  loginTypes: [100],
  isRoom: false,
  isServiceAccount: false,
  zoomOneType: null,
  planUnitedType: null,
  nextEventAt: null,
  isLive: false,
  excludedBecause: null,
  excludedUntil: null,
  returnedAt: null,
  ...patch,
});
const codes = (patch: Partial<PersonFacts>, more: Partial<typeof context> = {}) =>
  blockersOf(person(patch), { ...context, ...more }).map((blocker) => blocker.code);

describe('blockersOf', () => {
  it.each<[string, Partial<PersonFacts>, string[]]>([
    ['a plain member', {}, []],
    ['without a role where others have one, and of unknown login', { roleId: null, loginTypes: null }, []],
    ['without a role where nobody has one', { roleId: null, rolesKnown: false }, ['UNKNOWN_ROLE']],
    ['of activity never read', { activityKnownUntil: null }, ['STALE_DATA']],
    [
      'of activity read three days ago',
      { activityKnownUntil: new Date(now.getTime() - 3 * 86_400_000) },
      ['STALE_DATA'],
    ],
    ['the owner', { roleId: '0' }, ['OWNER']],
    ['an admin', { roleId: '1' }, ['ADMIN']],
    ['a role of the customer', { roleId: 'Rabc' }, ['ADMIN']],
    ['a Zoom Room', { isRoom: true }, ['ZOOM_ROOM']],
    ['an API user', { loginTypes: [99] }, ['SERVICE_ACCOUNT']],
    ['a service account', { isServiceAccount: true }, ['SERVICE_ACCOUNT']],
    [
      'an API user with the address of a service account',
      { loginTypes: [99], isServiceAccount: true },
      ['SERVICE_ACCOUNT'],
    ],
    ['an API user who can sign in as well', { loginTypes: [99, 101] }, []],
    ['nobody knows how they sign in', { loginTypes: [] }, []],
    ['the one who consented', { zoomUserId: 'consenter' }, ['AUTHORIZING_USER']],
    ['excluded', { excludedBecause: 'On leave' }, ['EXCLUDED']],
    ['hosting now', { isLive: true }, ['LIVE_MEETING']],
    ['a meeting in a millisecond', { nextEventAt: new Date(now.getTime() + 1) }, ['UPCOMING_MEETING']],
    ['a meeting that has begun', { nextEventAt: now }, []],
    ['invited', { status: 'PENDING', zoomUserId: null }, ['PENDING_USER']],
    ['without an id', { zoomUserId: null }, ['PENDING_USER']],
    ['a bundle, which a downgrade turns off', { zoomOneType: '16', planUnitedType: '1' }, []],
    ['bundles that are none', { zoomOneType: '0', planUnitedType: 'none' }, []],
    ['an empty bundle', { zoomOneType: '', planUnitedType: '' }, []],
    ['all at once', { roleId: '1', isLive: true, excludedBecause: 'x' }, ['ADMIN', 'EXCLUDED', 'LIVE_MEETING']],
  ])('%s', (_, patch, expected) => {
    expect(codes(patch)).toEqual(expected);
  });

  it('lets a bundle be deactivated: that frees it', () => {
    expect(codes({ zoomOneType: '16' }, { action: 'DEACTIVATE' })).toEqual([]);
  });

  it('takes nobody without an id for the one who consented when nobody knows who did', () => {
    expect(blockersOf(person({ zoomUserId: null }), { ...context, authorizedZoomUserId: null })).toEqual([
      expect.objectContaining({ code: 'PENDING_USER' }),
    ]);
  });

  it('says until when, where there is an end', () => {
    const until = new Date('2026-04-02T08:00:00Z');
    expect(blockersOf(person({ nextEventAt: until }), context)[0]?.until).toBe(until.toISOString());
    expect(blockersOf(person({ excludedBecause: 'On leave', excludedUntil: until }), context)[0]).toMatchObject({
      message: 'Is excluded: On leave',
      until: until.toISOString(),
    });
    expect(blockersOf(person({ roleId: '0' }), context)[0]?.until).toBeNull();
  });
});

it.each([
  [{ isRoom: true, loginTypes: [100] }, true],
  [{ isRoom: false, loginTypes: [99] }, true],
  [{ isRoom: false, loginTypes: [99, 99] }, true],
  [{ isRoom: false, loginTypes: [1, 99] }, false],
  [{ isRoom: false, loginTypes: [] }, false],
  [{ isRoom: false, loginTypes: null }, false],
  [{ isRoom: false, loginTypes: [100], isServiceAccount: true }, true],
])('%j is no person: %s', (facts, expected) => {
  expect(isNoPerson({ isServiceAccount: false, ...facts })).toBe(expected);
});
