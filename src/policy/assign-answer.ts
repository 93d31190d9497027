import { isSure, poolKey } from './seat-moves.ts';
import type { PooledSeats } from './seat-pool.ts';

/** How many candidates for taking a license back are ready in an account. */
export interface ReadySeats {
  licenseId: string;
  count: number;
}

/** Can a license be given to so many more, and if not, what has to be done first? */
export interface AssignAnswer {
  answer: 'YES' | 'MOVE' | 'RECLAIM' | 'BUY' | 'UNKNOWN';
  reason: string;
  /** Free in the account itself; null: not known, or unlimited. */
  free: number | null;
  /** What other accounts could give, as many as are needed. */
  from: { seats: PooledSeats; count: number }[];
  /** How many seats have to be taken back, of what is ready in the account. */
  toReclaim: number;
  toBuy: number;
  /** What is not known, in words, so that the answer may be too pessimistic, or is none. */
  missing: string[];
}

export interface AssignQuestion {
  /** The license in the account that asks; null where the account has none of it. */
  here: PooledSeats | null;
  accountName: string;
  /** The same license in the other accounts of the tree. */
  others: readonly PooledSeats[];
  /** Of the account that asks. */
  ready: number;
  count: number;
}

/**
 * Whether `count` more can be given out, from the account's own free seats, then from others', then by taking back, then by
 * buying. Who has given out more than they own must make that up first. Unknown seats, and a roster that is not whole or old,
 * make the answer `UNKNOWN`; where others are not known, it says so.
 */
export function assignAnswer({ here, accountName, others, ready, count }: AssignQuestion): AssignAnswer {
  const none: AssignAnswer = {
    answer: 'UNKNOWN',
    reason: '',
    free: here?.free ?? null,
    from: [],
    toReclaim: 0,
    toBuy: 0,
    missing: [],
  };
  if (here === null) {
    const words = `Nobody knows how many of it ${accountName} owns: no sync has found it there, and nobody entered it.`;
    return { ...none, reason: words, missing: [words] };
  }
  if (here.unlimited) return { ...none, answer: 'YES', reason: 'As many may be assigned as anybody likes.' };
  const missing = [
    ...(here.owned === null ? [`It is not known how many ${accountName} owns; enter them.`] : []),
    ...(here.rosterProblem === null ? [] : [here.rosterProblem]),
  ];
  if (here.owned === null || missing.length > 0) return { ...none, reason: missing.join(' '), missing };

  const left = here.owned - here.assigned;
  const over = left < 0 ? ` ${-left} more are assigned than owned, which has to be made up first.` : '';
  if (left >= count) return { ...none, answer: 'YES', reason: `${left} of ${here.owned} are free.` };

  const unsure = others.flatMap((seats) => {
    if (seats.unlimited || isSure(seats)) return [];
    return [seats.rosterProblem ?? `It is not known how many ${seats.accountName} owns.`];
  });
  const short = count - left;
  const from: AssignAnswer['from'] = [];
  let rest = short;
  const givers = others
    .filter((seats) => isSure(seats) && poolKey(seats) === poolKey(here) && (seats.free ?? 0) > 0)
    .sort((a, b) => (b.free ?? 0) - (a.free ?? 0) || (a.accountId < b.accountId ? -1 : 1));
  for (const seats of givers) {
    if (rest === 0) break;
    const given = Math.min(rest, seats.free ?? 0);
    from.push({ seats, count: given });
    rest -= given;
  }
  const begin = `${Math.max(0, left)} of ${here.owned} are free.${over}`;
  if (rest === 0) {
    return {
      ...none,
      answer: 'MOVE',
      reason: `${begin} ${short} could come from ${from.map(({ seats }) => seats.accountName).join(', ')}.`,
      from,
      missing: unsure,
    };
  }
  // What can be done within the account asks nobody else for seats.
  if (ready >= short) {
    from.length = 0;
    rest = short;
  }
  const toReclaim = Math.min(rest, ready);
  const elsewhere = short - rest;
  const also = elsewhere === 0 ? '' : ` ${elsewhere} could come from other accounts.`;
  const back = toReclaim === 0 ? '' : ` ${toReclaim} could be taken back: ${ready} candidates are ready.`;
  const toBuy = rest - toReclaim;
  if (toBuy === 0) {
    return { ...none, answer: 'RECLAIM', reason: `${begin}${also}${back}`, from, toReclaim, missing: unsure };
  }
  const doubt = unsure.length === 0 ? '' : ' Others may have some, but their numbers are not sure.';
  return {
    ...none,
    answer: 'BUY',
    reason: `${begin}${also}${back} ${toBuy} would have to be bought.${doubt}`,
    from,
    toReclaim,
    toBuy,
    missing: unsure,
  };
}
