import { describe, expect, it } from 'vitest';
import { NO_END, stillUnseen, type Unseen } from '#src/policy/unseen.ts';

const all: Unseen[] = [{ from: 1, to: NO_END, since: null }];

describe('what of a sequence was not seen yet', () => {
  it('is what comes after, and every gap before', () => {
    expect(stillUnseen(all, [1, 2, 5, 7], 100)).toEqual([
      { from: 3, to: 4, since: 100 },
      { from: 6, to: 6, since: 100 },
      { from: 8, to: NO_END, since: null },
    ]);
  });

  it('grows smaller where a gap is filled, and stays where nothing was seen', () => {
    const before = stillUnseen(all, [1, 5], 100);
    expect(stillUnseen(before, [3, 6], 200)).toEqual([
      { from: 2, to: 2, since: 100 },
      { from: 4, to: 4, since: 100 },
      { from: 7, to: NO_END, since: null },
    ]);
    expect(stillUnseen(before, [2, 3, 4], 200)).toEqual([{ from: 6, to: NO_END, since: null }]);
    expect(stillUnseen(before, [], 200)).toEqual(before);
  });

  it('is given up after ten minutes, but never what is still to come', () => {
    const before = stillUnseen(all, [5], 0);
    expect(stillUnseen(before, [], 599_999)).toHaveLength(2);
    expect(stillUnseen(before, [], 600_000)).toEqual([{ from: 6, to: NO_END, since: null }]);
  });

  it('holds the newest 500 gaps', () => {
    const odd = Array.from({ length: 600 }, (_, n) => 2 * n + 1);
    const left = stillUnseen(all, odd, 0);
    expect(left).toHaveLength(500);
    expect(left.at(-1)).toEqual({ from: 1_200, to: NO_END, since: null });
  });
});
