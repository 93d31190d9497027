import type { PooledSeats } from './seat-pool.ts';

/** Seats that one account could give to another, so that they need not be bought. */
export interface SeatMove {
  from: PooledSeats;
  to: PooledSeats;
  count: number;
  why: string;
}

/** Which seats to move, and how many each account (by the id of its license) would still have to buy. */
export interface MovePlan {
  moves: SeatMove[];
  toBuy: Map<string, number>;
}

const byName = (a: PooledSeats, b: PooledSeats) =>
  a.accountName === b.accountName ? (a.accountId < b.accountId ? -1 : 1) : a.accountName < b.accountName ? -1 : 1;

/** Seats may only move between accounts that hold the same license by the same kind of plan. */
export const poolKey = ({ uniqueId, planFamily }: PooledSeats) => `${uniqueId} ${planFamily ?? ''}`;

/** Are the numbers of an account good enough to move seats by them? */
export const isSure = (seats: PooledSeats) => seats.rosterProblem === null && seats.owned !== null;

/**
 * Moves that spare purchases: first to those who have given out more than they own, then to those who have fewer than
 * `keepFree` left; nobody gives away what would leave them fewer than that. The largest need goes first and is met by the
 * smallest account that can meet it alone, or else by the largest ones, which keeps moves few. Accounts whose numbers are
 * not sure are left out. The same pool has the same answer, in whatever order it is told.
 */
export function proposeMoves(pool: readonly PooledSeats[], keepFree: number): MovePlan {
  const plan: MovePlan = { moves: [], toBuy: new Map() };
  for (const [, group] of Map.groupBy([...pool].filter(isSure).sort(byName), poolKey)) {
    const left = new Map(group.map((seats) => [seats.licenseId, Math.max(0, (seats.free ?? 0) - keepFree)]));
    const over = group.map((to) => ({ to, need: to.overAssigned ?? 0, isOver: true }));
    const short = group.map((to) => ({ to, need: Math.max(0, keepFree - (to.free ?? 0)), isOver: false }));
    for (const { to, need, isOver } of [...over.sort(byNeed), ...short.sort(byNeed)]) {
      const rest = meet(plan.moves, group, left, to, need, isOver);
      if (rest > 0) plan.toBuy.set(to.licenseId, (plan.toBuy.get(to.licenseId) ?? 0) + rest);
    }
  }
  return plan;
}

const byNeed = (a: { to: PooledSeats; need: number }, b: { to: PooledSeats; need: number }) =>
  b.need - a.need || byName(a.to, b.to);

/** Takes what an account needs from others. @returns what it still needs. */
function meet(
  moves: SeatMove[],
  group: readonly PooledSeats[],
  left: Map<string, number>,
  to: PooledSeats,
  need: number,
  isOver: boolean,
): number {
  let rest = need;
  while (rest > 0) {
    const givers = group
      .map((from) => ({ from, spare: left.get(from.licenseId) ?? 0 }))
      .filter(({ from, spare }) => spare > 0 && from.licenseId !== to.licenseId)
      .sort((a, b) => a.spare - b.spare || byName(a.from, b.from));
    // Who gives to it already makes no further move of it.
    const giver =
      givers.find(({ from }) => moves.some((move) => move.from === from && move.to === to)) ??
      givers.find(({ spare }) => spare >= rest) ??
      givers.find(({ spare }) => spare === givers.at(-1)?.spare);
    if (giver === undefined) break;
    const count = Math.min(rest, giver.spare);
    left.set(giver.from.licenseId, giver.spare - count);
    rest -= count;
    const known = moves.find((move) => move.from === giver.from && move.to === to);
    if (known === undefined) moves.push({ from: giver.from, to, count, why: whyOf(giver.from, to, isOver) });
    else known.count += count;
  }
  return rest;
}

function whyOf(from: PooledSeats, to: PooledSeats, isOver: boolean): string {
  const need = isOver
    ? `${to.accountName} has given out ${to.assigned} and owns ${to.owned}`
    : `${to.accountName} has ${to.free} left`;
  const family = from.planFamily === null ? ' Zoom tells the plan of neither: check that they are the same.' : '';
  return `${need}; ${from.accountName} has ${from.free} free.${family}`;
}
