import type { AccountRow, EntitlementRow, LicenseRow } from '../db/tables/rows.ts';
import { isFresh } from './eligibility.ts';
import { ownedSeats, type Owned } from './owned.ts';

/** Where the number of owned seats comes from; a sub account's own subscription is the last to be asked. */
export type SeatSource = Owned['source'] | 'SUBSCRIPTION';

/** The seats of one license in one account of the tree. */
export interface PooledSeats {
  licenseId: string;
  accountId: string;
  accountName: string;
  uniqueId: string;
  name: string;
  /** What the plan is, whatever it is paid by; null where Zoom tells none. */
  planFamily: string | null;
  /** Null: not known, or unlimited. */
  owned: number | null;
  unlimited: boolean;
  source: SeatSource;
  /** Given out, invitations included. */
  assigned: number;
  /** Kept for invitations which nobody has accepted. */
  invited: number;
  /** Null: not known, or unlimited. */
  free: number | null;
  overAssigned: number | null;
  /** Why the number of those assigned is not sure, in words; null when it is. */
  rosterProblem: string | null;
}

/** What is known of an account for its seats. */
export type PoolAccount = Pick<
  AccountRow,
  'id' | 'name' | 'tier' | 'plan' | 'seats' | 'isRosterComplete' | 'rosterCompleteAt' | 'rosterProblem'
>;

/** What may be given out of a license in an account, on a day. What Zoom tells of a sub account's subscription is about its base license. */
export function seatsOwned(
  license: Pick<
    LicenseRow,
    'uniqueId' | 'category' | 'userType' | 'provisionedCount' | 'enteredCount' | 'enteredUnlimited'
  >,
  terms: readonly EntitlementRow[],
  account: Pick<AccountRow, 'tier' | 'seats'>,
  today: string,
): { count: number | null; unlimited: boolean; source: SeatSource } {
  const owned = ownedSeats(license, terms, today);
  const isTold = owned.source === 'UNKNOWN' && account.tier === 'SUB' && license.uniqueId === 'LICENSED';
  if (!isTold || account.seats === null) return owned;
  return { count: account.seats, unlimited: false, source: 'SUBSCRIPTION' };
}

/** The seats of a license as they stand in the pool. */
export function pooledSeats(
  license: LicenseRow,
  account: PoolAccount,
  holders: { assigned: number; invited: number },
  terms: readonly EntitlementRow[],
  now: Date,
): PooledSeats {
  const { count, unlimited, source } = seatsOwned(license, terms, account, now.toISOString().slice(0, 10));
  return {
    licenseId: license.id,
    accountId: account.id,
    accountName: account.name,
    uniqueId: license.uniqueId,
    name: license.name,
    planFamily: planFamily(license.plan ?? account.plan),
    owned: count,
    unlimited,
    source,
    ...holders,
    free: count === null ? null : Math.max(0, count - holders.assigned),
    overAssigned: count === null ? null : Math.max(0, holders.assigned - count),
    rosterProblem: rosterProblem(account, now),
  };
}

/** Why nobody can be sure who is in an account, in words; null when its roster is whole and fresh. */
export function rosterProblem(account: PoolAccount, now: Date): string | null {
  const { name, rosterCompleteAt } = account;
  if (rosterCompleteAt === null) return `The roster of ${name} was never read whole.`;
  if (!account.isRosterComplete) {
    const why = account.rosterProblem?.replace(/\.$/, '') ?? null;
    return `The latest roster of ${name} did not arrive whole${why === null ? '' : `: ${why}`}.`;
  }
  if (isFresh(rosterCompleteAt, now)) return null;
  return `The roster of ${name} is of ${rosterCompleteAt.toISOString().slice(0, 10)}. Sync, and ask again.`;
}

/** Words of a plan's code that say how it is paid, and not what it is. */
const PAYMENT = /^(monthly|quarterly|yearly|annual|annually|prepay|commitment|unlimited|\d+(year|month|yr|mo)s?)$/;

/** What a plan is, whatever it is paid by: `business_yearly` and `Business` are both `business`. Null where nothing is told. */
export function planFamily(plan: string | null): string | null {
  if (plan === null || plan.trim() === '') return null;
  const families = plan.split('+').map((code) => {
    const words = code
      .trim()
      .toLowerCase()
      .split(/[\s_-]+/);
    // A plan that is named by its payment alone is left as it is.
    return words.filter((word) => !PAYMENT.test(word)).join(' ') || words.join(' ');
  });
  return [...new Set(families)].sort().join(' + ');
}
