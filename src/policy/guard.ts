/** How many users a day's requests may touch without a second caller: a share of the paid users, within bounds. */
export const GUARD = { share: 0.05, atLeast: 5, atMost: 50, hours: 24 } as const;

/** The guard's limit for an integration with so many paid users. */
export function guardLimit(paidUsers: number): number {
  return Math.min(GUARD.atMost, Math.max(GUARD.atLeast, Math.floor(paidUsers * GUARD.share)));
}

/** May `more` users be touched after `recent` in the last 24 hours? */
export function guardAllows(paidUsers: number, recent: number, more: number): boolean {
  return recent + more <= guardLimit(paidUsers);
}

/** Types of users whose license costs something. */
export const PAID_TYPES: readonly string[] = ['LICENSED', 'ON_PREM', 'OTHER'];

/** Does a user count among the paid ones, of whom the guard allows a share? Who was deactivated holds no seat. */
export const isPaid = (user: { type: string; status: string }): boolean =>
  user.status !== 'INACTIVE' && PAID_TYPES.includes(user.type);

/**
 * Does a rule find so many of the paid users that it is more likely a mistake? More than half, and more than a request may
 * touch in the smallest account anyway.
 */
export function isBroad(found: number, paidUsers: number): boolean {
  return found > GUARD.atLeast && found * 2 > paidUsers;
}

/** So long can a plan be applied, or a request that waits for a second caller be confirmed. */
export const PLAN_HOURS = 24;

/** When what is planned or asked for now is too old. */
export const planExpiry = (now: Date): Date => new Date(now.getTime() + PLAN_HOURS * 3_600_000);

/** Of so many items that came to an end, this share may fail or stay in doubt before a request stops by itself. */
export const BREAKER = { inARow: 5, atLeast: 10, share: 0.5 } as const;

/** Have so many items failed, in a row or of all, that something must be wrong with more than one user? */
export function breaks({ inARow, bad, ended }: { inARow: number; bad: number; ended: number }): boolean {
  return inARow >= BREAKER.inARow || (ended >= BREAKER.atLeast && bad / ended >= BREAKER.share);
}
