import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summaryAgrees } from '#src/policy/roster-proof.ts';

const listed = { active: 90, inactive: 7, pending: 3, listed: 100 };

describe('summaryAgrees', () => {
  it.each([
    ['everybody', { total: 100, rooms: 0 }, true],
    ['without the deactivated', { total: 93, rooms: 0 }, true],
    ['without the invited', { total: 97, rooms: 0 }, true],
    ['only the active', { total: 90, rooms: 0 }, true],
    ['rooms counted on top', { total: 104, rooms: 4 }, true],
    ['rooms counted apart', { total: 96, rooms: 4 }, true],
    ['no total at all', { total: null, rooms: null }, true],
    ['one more than arrived', { total: 101, rooms: 0 }, false],
    ['one less', { total: 99, rooms: null }, false],
    ['a number that no way of counting gives', { total: 92, rooms: 0 }, false],
    ['nobody', { total: 0, rooms: 0 }, false],
  ])('%s', (_, summary, agrees) => {
    expect(summaryAgrees(summary, listed)).toBe(agrees);
  });

  it('believes an account without anybody', () => {
    expect(summaryAgrees({ total: 0, rooms: 0 }, { active: 0, inactive: 0, pending: 0, listed: 0 })).toBe(true);
  });

  it('never agrees when more people are missing than any way of counting leaves out', () => {
    const few = fc.nat(50);
    fc.assert(
      fc.property(
        fc.nat(10_000),
        few,
        few,
        few,
        fc.integer({ min: 1 }),
        (active, inactive, pending, rooms, missing) => {
          const counts = { active, inactive, pending, listed: active + inactive + pending };
          expect(summaryAgrees({ total: counts.listed + rooms + missing, rooms }, counts)).toBe(false);
        },
      ),
      { seed: 7 },
    );
  });
});
