import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardAllows, guardLimit } from '#src/policy/guard.ts';

describe('the guard', () => {
  it.each([
    [0, 5],
    [99, 5],
    [100, 5],
    [119, 5],
    [120, 6],
    [999, 49],
    [1000, 50],
    [1001, 50],
    [100_000, 50],
  ])('of %d paid users lets %d be touched a day', (paidUsers, limit) => {
    expect(guardLimit(paidUsers)).toBe(limit);
  });

  it.each([
    [0, 5, true],
    [0, 6, false],
    [3, 2, true],
    [3, 3, false],
    [5, 0, true],
    [6, 0, false],
  ])('of 100 paid users, after %d in a day, %d more: %s', (recent, more, allowed) => {
    expect(guardAllows(100, recent, more)).toBe(allowed);
  });

  it('never lets more through than five in a hundred, but five at least and fifty at most', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(200), fc.nat(200), (paidUsers, recent, more) => {
        if (!guardAllows(paidUsers, recent, more)) return;
        expect(recent + more).toBeLessThanOrEqual(50);
        expect(recent + more).toBeLessThanOrEqual(Math.max(5, paidUsers * 0.05));
      }),
      { seed: 7 },
    );
  });
});
