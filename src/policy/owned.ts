import type { EntitlementRow, LicenseRow } from '../db/tables/rows.ts';

/** How many of a license may be given out, and who says so. */
export interface Owned {
  /** Null: not known, or unlimited. */
  count: number | null;
  unlimited: boolean;
  source: 'ZOOM' | 'ENTITLEMENT' | 'ENTERED' | 'UNLIMITED' | 'UNKNOWN';
}

const FREE: ReadonlySet<LicenseRow['userType']> = new Set(['BASIC', 'UNASSIGNED', 'NONE']);

type Term = Pick<EntitlementRow, 'effectiveDate' | 'expirationDate' | 'quantity' | 'unlimited'>;

/** Does a term count on a day (`YYYY-MM-DD`)? Both of its days are within. */
export function isInForce(term: Pick<Term, 'effectiveDate' | 'expirationDate'>, today: string): boolean {
  return (
    (term.effectiveDate === null || term.effectiveDate <= today) &&
    (term.expirationDate === null || term.expirationDate >= today)
  );
}

/**
 * What is owned of a license on a day. One unlimited term makes all of it unlimited, and being a free user takes no seat
 * unless a person entered how many there may be. Otherwise Zoom's count comes first, then what a person entered for the license, then the seats of the terms in force.
 */
export function ownedSeats(
  license: Pick<LicenseRow, 'category' | 'userType' | 'provisionedCount' | 'enteredCount' | 'enteredUnlimited'>,
  terms: readonly Term[],
  today: string,
): Owned {
  const inForce = terms.filter((term) => isInForce(term, today));
  const seats = inForce.flatMap(({ quantity }) => quantity ?? []);
  const isFree = license.category === 'BASE' && FREE.has(license.userType) && license.enteredCount === null;
  if (isFree || inForce.some(({ unlimited }) => unlimited))
    return { count: null, unlimited: true, source: 'UNLIMITED' };
  if (license.provisionedCount !== null) return { count: license.provisionedCount, unlimited: false, source: 'ZOOM' };
  if (license.enteredUnlimited === true) return { count: null, unlimited: true, source: 'ENTERED' };
  if (license.enteredCount !== null) return { count: license.enteredCount, unlimited: false, source: 'ENTERED' };
  if (seats.length === 0) return { count: null, unlimited: false, source: 'UNKNOWN' };
  return { count: seats.reduce((sum, quantity) => sum + quantity, 0), unlimited: false, source: 'ENTITLEMENT' };
}
