/** Numbers of a sequence that have not been seen yet, ends included. The last range has no end. */
export interface Unseen {
  from: number;
  to: number;
  /** When it was noticed that numbers after these have been seen; null: none have. */
  since: number | null;
}

/** Where a range without an end ends. */
export const NO_END = Number.MAX_SAFE_INTEGER;

/** Who holds a number for longer has given it up: no transaction of ours takes so long. */
const PATIENCE_MS = 600_000;

/** Gaps that are waited for at once, the newest. */
const MOST = 500;

/**
 * What is left unseen after `seen` (in order). Numbers are given out before what they belong to can be seen, and not seen
 * in the order of the numbers: what was left out may still come.
 */
export function stillUnseen(unseen: readonly Unseen[], seen: readonly number[], nowMs: number): Unseen[] {
  const pieces: Unseen[] = [];
  let next = 0;
  for (const { from, to, since } of unseen) {
    let start = from;
    for (; next < seen.length && seen[next]! <= to; next += 1) {
      const number = seen[next]!;
      if (number > start) pieces.push({ from: start, to: number - 1, since: since ?? nowMs });
      start = number + 1;
    }
    if (start <= to) pieces.push({ from: start, to, since });
  }
  return pieces.filter(({ since }) => since === null || nowMs - since < PATIENCE_MS).slice(-MOST);
}
