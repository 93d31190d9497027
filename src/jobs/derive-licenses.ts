import { addLicenses, heldLicenses, recordHistory, refreshAssignments } from '../datasources/store/assignments.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { licenseWords } from '../policy/license-names.ts';
import type { Job } from './job.ts';

/** Every account has these, held or not. */
export const ALWAYS = ['BASIC', 'LICENSED'];

/** Gives everybody of an account the licenses that the roster says, and keeps the history of who had what. */
export async function deriveLicenses(job: Job, account: AccountRow): Promise<void> {
  const { sql } = job.deps.database;
  const place = { integrationId: job.integration.id, accountId: account.id };
  const now = job.deps.now();
  const held = new Set([...ALWAYS, ...(await heldLicenses(sql, account.id))]);
  await addLicenses(sql, place, [...held].sort().map(licenseWords), now);
  await refreshAssignments(sql, place, now);
  await recordHistory(sql, account.id, now);
}
