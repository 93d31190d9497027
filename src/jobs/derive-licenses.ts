import { ALWAYS, deriveLicenses as derive } from '../actions/derive-licenses.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import type { Job } from './job.ts';

export { ALWAYS };

/** Gives everybody of an account the licenses that the roster says, as of now. */
export async function deriveLicenses(job: Job, account: AccountRow): Promise<void> {
  const place = { integrationId: job.integration.id, accountId: account.id };
  await derive(job.deps.database.sql, place, job.deps.now());
}
