import { taskPartsByIntegrationIds } from '../datasources/store/task-parts.ts';
import {
  noteSubAccountsIdle,
  noteSubAccountsUnread,
  removeSubAccountsBut,
  saveSubAccounts,
  type SubAccountEntry,
} from '../datasources/store/sub-accounts.ts';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import { listSubAccounts } from '../datasources/zoom/accounts.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import { toSubAccountEntry } from '../datasources/zoom/to-row.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { whyNotReadBelow, withoutSubAccounts } from '../policy/sub-accounts.ts';
import type { Job } from './job.ts';
import { Parts, type Ends } from './parts.ts';

const NOT_LISTED = 'Zoom no longer lists this sub account.';
const NOT_LOOKED_AT = 'The integration no longer looks at sub accounts.';

/** The accounts that a roster reads, and what is to be said about those that it doesn't. */
export interface Tree {
  accounts: AccountRow[];
  ends: Ends;
  notes: string[];
}

/**
 * The accounts of an integration, as Zoom lists the sub accounts of a master now. Only a listing that ended by itself ends
 * a sub account. Where it fails, those that are known are read; where Zoom does not give it to the master any more, none is
 * called, and each says why.
 */
export async function readTree(job: Job): Promise<Tree> {
  const { sql } = job.deps.database;
  const { id, kind } = job.integration;
  if (kind === 'REGULAR') {
    await removeSubAccountsBut(sql, id, [], NOT_LOOKED_AT, job.deps.now());
    return { accounts: await accountsToSync(sql, id), ends: {}, notes: [] };
  }
  // Listed once a run, whoever goes on with it.
  const ends = (job.checkpoint['subAccounts'] ??= await list(job)) as Ends;
  await job.save();
  const accounts = await accountsToSync(sql, id);
  const { status, message } = ends.SUB_ACCOUNTS ?? { status: 'READ', message: null };
  if (status === 'SKIPPED') {
    await noteSubAccountsUnread(sql, id, whyNotReadBelow(message ?? ''));
    return { accounts: withoutSubs(accounts), ends, notes: message === null ? [] : [message] };
  }
  return { accounts, ends, notes: message === null ? [] : [message] };
}

/**
 * The accounts that the other tasks read: those of the latest roster. Sub accounts that the roster learned not to be given
 * are not called either; `notes` says so.
 */
export async function knownTree(job: Job): Promise<Pick<Tree, 'accounts' | 'notes'>> {
  const { sql } = job.deps.database;
  const accounts = await accountsToSync(sql, job.integration.id);
  if (job.integration.kind === 'REGULAR') return { accounts, notes: [] };
  const [parts = []] = await taskPartsByIntegrationIds(sql, [job.integration.id]);
  const listing = parts.find(({ part }) => part === 'SUB_ACCOUNTS');
  if (listing?.status !== 'SKIPPED') return { accounts, notes: [] };
  const why = whyNotReadBelow(listing.message ?? '');
  if (job.run.task === 'APPLICATION_ACCESS') await noteSubAccountsIdle(sql, job.integration.id, why);
  return { accounts: withoutSubs(accounts), notes: listing.message === null ? [] : [listing.message] };
}

const withoutSubs = (accounts: readonly AccountRow[]) => accounts.filter(({ tier }) => tier !== 'SUB');

async function list(job: Job): Promise<Ends> {
  const { sql } = job.deps.database;
  const parts = new Parts(job);
  const [master] = withoutSubs(await accountsToSync(sql, job.integration.id));
  if (master === undefined || !parts.mayRead('SUB_ACCOUNTS')) return parts.ends;
  const listed: SubAccountEntry[] = [];
  try {
    job.foresee(ENDPOINTS.listSubAccounts, 1, 'Sub accounts.');
    for await (const page of job.morePages(ENDPOINTS.listSubAccounts, listSubAccounts(job.zoom()))) {
      listed.push(...page.map(toSubAccountEntry));
    }
  } catch (error) {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    const isRefused = error.kind === 'SCOPE' || error.kind === 'FORBIDDEN';
    if (isRefused) parts.end('SUB_ACCOUNTS', 'SKIPPED', withoutSubAccounts(error.message));
    else {
      const words = `Sub accounts could not be listed: ${error.message} Those that are known were read; none was removed.`;
      parts.end('SUB_ACCOUNTS', 'FAILED', words);
    }
    return parts.ends;
  }
  const place = { integrationId: job.integration.id, masterId: master.id };
  const now = job.deps.now();
  await saveSubAccounts(sql, place, listed, now);
  // Reached only when the listing ended by itself.
  const ids = listed.map(({ zoomAccountId }) => zoomAccountId);
  await removeSubAccountsBut(sql, job.integration.id, ids, NOT_LISTED, now);
  parts.end('SUB_ACCOUNTS', 'READ');
  return parts.ends;
}
