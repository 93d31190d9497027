/**
 * How much slower than the limit calls are sent: by what they may come late, on their way or in this process, before a
 * window of Zoom's holds one too many.
 */
export const PACE_MARGIN = 1.03;

/** The most that a margin grows to. */
export const MOST_MARGIN = 1.06;

/** What a 429 adds, and the time in which so much is taken back. */
const STEP = 0.01;
const STEP_BACK_MS = 120_000;

/**
 * The margin of one queue. A 429 costs a whole window, so each makes it a little wider; but so does every wider margin cost, all
 * the time, so it narrows again where none comes. Moments are milliseconds of any clock that does not go back.
 */
export class PaceMargin {
  #extra = 0;
  #at = 0;

  at(nowMs: number): number {
    return PACE_MARGIN + Math.max(0, this.#extra - (STEP * (nowMs - this.#at)) / STEP_BACK_MS);
  }

  refused(nowMs: number): void {
    this.#extra = Math.min(this.at(nowMs) + STEP, MOST_MARGIN) - PACE_MARGIN;
    this.#at = nowMs;
  }
}
