import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summaryAgrees } from '#src/policy/roster-proof.ts';

describe('summaryAgrees', () => {
  it.each([
    ['everybody', { total: 100, rooms: 0, pending: 0 }, true],
    ['without the deactivated', { total: 93, rooms: 0, pending: 3 }, true],
    ['nobody, as a count that is not kept', { total: 0, rooms: 0, pending: 0 }, true],
    ['rooms counted on top', { total: 104, rooms: 4, pending: 3 }, true],
    ['the invited counted once more', { total: 103, rooms: 4, pending: 3 }, true],
    ['rooms and the invited counted once more', { total: 107, rooms: 4, pending: 3 }, true],
    ['no total at all', { total: null, rooms: null, pending: null }, true],
    ['one more than arrived', { total: 101, rooms: 0, pending: 0 }, false],
    ['one more than arrived, beside rooms', { total: 105, rooms: 4, pending: 0 }, false],
    ['fewer more than there are rooms', { total: 102, rooms: 4, pending: 0 }, false],
  ])('%s', (_, summary, agrees) => {
    expect(summaryAgrees(summary, 100)).toBe(agrees);
  });

  it('never agrees when more people are missing than rooms and the invited explain', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(50), fc.nat(50), fc.integer({ min: 1 }), (listed, rooms, pending, missing) => {
        expect(summaryAgrees({ total: listed + rooms + pending + missing, rooms, pending }, listed)).toBe(false);
      }),
      { seed: 7 },
    );
  });
});
