/** People come before background work, and have the last fifth of the day's calls to themselves. */
export type Priority = 'BACKGROUND' | 'INTERACTIVE';

/** Whoever waits for a call to Zoom. */
export interface Place {
  wish: {
    priority: Priority;
    /** Is it a further page of a listing? Those wait for one another, so they come before other work of their priority. */
    continues?: boolean;
  };
  /** Since when they wait; milliseconds of any clock that does not go back. */
  since: number;
}

/** Who has waited for longer is not passed by further pages of listings, however many there are. */
const PATIENCE_MS = 30_000;

/** Who comes first: the lower number. */
const rankOf = ({ priority, continues }: Place['wish']) =>
  priority === 'INTERACTIVE' ? 0 : continues === true ? 1 : 2;

/** How many of a queue are served before somebody who comes now. */
export function aheadOf(queue: readonly Place[], wish: Place['wish']): number {
  return queue.filter((one) => rankOf(one.wish) <= rankOf(wish)).length;
}

/** Where in a queue somebody is put; `isFirst` before all of their rank, because they were served already and too late. */
export function placeIn(queue: readonly Place[], wish: Place['wish'], nowMs: number, isFirst = false): number {
  const rank = rankOf(wish);
  const place = queue.findIndex((one) => {
    if (isFirst) return rankOf(one.wish) >= rank;
    return rankOf(one.wish) > rank && (rank === 0 || one.since > nowMs - PATIENCE_MS);
  });
  return place === -1 ? queue.length : place;
}
