import { ALWAYS, deriveLicenses as derive } from '../actions/derive-licenses.ts';
import { lockRoster } from '../datasources/store/roster-order.ts';
import { noteReturns } from '../datasources/store/returns.ts';
import { joinWholeTables } from '../datasources/store/writes.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import type { Job } from './job.ts';

export { ALWAYS };

/** Gives everybody of an account the licenses that the roster says, as of now. */
export async function deriveLicenses(job: Job, account: AccountRow): Promise<void> {
  const place = { integrationId: job.integration.id, accountId: account.id };
  await job.deps.database.sql.begin(async (tx) => {
    // A webhook that comes in between would be overwritten by what was true before it.
    await lockRoster(tx, account.id);
    await joinWholeTables(tx);
    await derive(tx, place, job.deps.now());
    await noteReturns(tx, place, job.deps.now());
  });
}
