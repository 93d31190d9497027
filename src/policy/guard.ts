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
