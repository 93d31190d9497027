import { addLicenses, heldLicenses, recordHistory, refreshAssignments } from '../datasources/store/assignments.ts';
import type { RosterPlace } from '../datasources/store/roster.ts';
import type { SqlOrTx } from '../datasources/store/writes.ts';
import { licenseWords } from '../policy/license-names.ts';

/** Every account has these, held or not. */
export const ALWAYS = ['BASIC', 'LICENSED'];

/**
 * Gives everybody of an account, or only `userIds`, the licenses that the roster says, and keeps the history of who had
 * what.
 */
export async function deriveLicenses(
  sql: SqlOrTx,
  place: RosterPlace,
  now: Date,
  userIds: readonly string[] | null = null,
): Promise<void> {
  const held = new Set([...ALWAYS, ...(await heldLicenses(sql, place.accountId, userIds))]);
  await addLicenses(sql, place, [...held].sort().map(licenseWords), now);
  await refreshAssignments(sql, place, now, userIds);
  await recordHistory(sql, place.accountId, now, userIds);
}
