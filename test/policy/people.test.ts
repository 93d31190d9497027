import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isServiceAddress, isZoomRoom, kindOf } from '#src/policy/people.ts';

describe('isZoomRoom', () => {
  it.each<[string, string | null, boolean]>([
    ['rooms_abc123@example.com', null, true],
    ['Room_42@example.com', null, true],
    ['ada@example.com', 'ZoomRooms 6.1.0 (mac)', true],
    ['ada@example.com', '5.17.0 (Zoom Rooms for Windows)', true],
    ['ada@example.com', 'zoom-room', true],
    ['ada@example.com', '5.2.45120.0906(win)', false],
    ['ada@example.com', '', false],
    ['ada@example.com', null, false],
    ['classrooms_a@example.com', null, false],
    ['rooms@example.com', null, false],
  ])('%s with client %s: %s', (email, lastClientVersion, expected) => {
    expect(isZoomRoom({ email, lastClientVersion })).toBe(expected);
  });
});

describe('isServiceAddress', () => {
  it.each<[string, string[], boolean]>([
    ['svc-backup@example.com', ['svc-*'], true],
    ['SVC-Backup@Example.com', ['svc-*'], true],
    ['svc-backup@example.com', ['SVC-*@EXAMPLE.com'], true],
    ['no-svc-here@example.com', ['svc-*'], false],
    ['noreply@example.com', ['noreply@*'], true],
    ['noreply@', ['noreply@*'], true],
    ['ada@example.com', ['ada@example.com'], true],
    ['ada@example.comx', ['ada@example.com'], false],
    ['ada.svc@example.com', ['*.svc@*'], true],
    ['adaxsvc@example.com', ['*.svc@*'], false],
    ['aba', ['ab*ba'], false],
    ['abba', ['ab*ba'], true],
    ['a_b@example.com', ['a%b@*'], false],
    ['ada@example.com', [], false],
    ['ada@example.com', ['svc-*', 'ada@*'], true],
  ])('%s by %j: %s', (email, patterns, expected) => {
    expect(isServiceAddress(email, patterns)).toBe(expected);
  });

  it('says what a regular expression says, for every pattern', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '@'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '@', '*'), maxLength: 6 });
    fc.assert(
      fc.property(letters, pattern, (email, wanted) => {
        const expression = wanted.replaceAll('.', '\\.').replaceAll('*', '.*');
        expect(isServiceAddress(email, [wanted])).toBe(new RegExp(`^${expression}$`).test(email));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes no longer for a pattern that is made to be slow', () => {
    const begun = performance.now();
    expect(isServiceAddress('a'.repeat(10_000), [`${'*a'.repeat(49)}b`])).toBe(false);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});

describe('kindOf', () => {
  it.each<[boolean, number[] | null, boolean, string]>([
    [false, null, false, 'PERSON'],
    [false, [], false, 'PERSON'],
    [false, [1, 99], false, 'PERSON'],
    [false, [99], false, 'API_USER'],
    [false, [99, 99], true, 'API_USER'],
    [false, [100], true, 'SERVICE_ACCOUNT'],
    [true, [99], true, 'ZOOM_ROOM'],
  ])('room %s, login types %j, service address %s: %s', (isRoom, loginTypes, isServiceAccount, expected) => {
    expect(kindOf({ isRoom, loginTypes, isServiceAccount })).toBe(expected);
  });
});
