import { learnRateLimitPlan } from '../datasources/store/integrations.ts';
import { accountsToSync, savePlanUsage } from '../datasources/store/sync-accounts.ts';
import { mappingsOf } from '../datasources/store/license-mappings.ts';
import { lockRoster } from '../datasources/store/roster-order.ts';
import { saveSeats } from '../actions/save-seats.ts';
import { addLicenses } from '../datasources/store/assignments.ts';
import { getPlanUsage, plansOf, refusedCounts } from '../datasources/zoom/accounts.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { licenseWords } from '../policy/license-names.ts';
import { rateLimitPlanOf } from '../policy/rate-limit-plan.ts';
import { ALWAYS, deriveLicenses } from './derive-licenses.ts';
import type { Job, JobResult } from './job.ts';
import { eachAccount } from './each-account.ts';
import { knownTree } from './read-sub-accounts.ts';

const NO_SEATS =
  'Zoom gives no plan usage of this account, so the number of seats is not known; enter entitlements by hand. The part PLAN_USAGE says why.';

/** Turns what the roster says into licenses and who holds them, and keeps the history. No call to Zoom. */
export async function syncLicenses(job: Job): Promise<JobResult> {
  const { sql } = job.deps.database;
  for (const account of await accountsToSync(sql, job.integration.id)) {
    await deriveLicenses(job, account);
  }
  return { status: 'SUCCEEDED', note: null };
}

/**
 * Reads which plans were bought, with how many seats. Not every account may ask: then seats stay as they were known, and
 * the run says so; its part says why.
 */
export async function syncLicenseInformation(job: Job): Promise<JobResult> {
  const { accounts, notes } = await knownTree(job);
  job.expect(accounts.length);
  notes.push(
    ...(await eachAccount(job, accounts, async ({ account, zoom, parts, notes: own }) => {
      let refused: string[] = [];
      const isRead = await parts.read('PLAN_USAGE', async () => void (refused = await readSeats(job, zoom, account)));
      if (refused.length > 0) parts.end('PLAN_USAGE', 'FAILED', whatWasRefused(refused));
      if (!isRead && parts.failures().length === 0) own.push(NO_SEATS);
      await job.advance(1);
    })),
  );
  await job.save();
  return { status: notes.length === 0 ? 'SUCCEEDED' : 'INCOMPLETE', note: notes.join(' ') || null };
}

/** @returns what Zoom said that can't be; everything else was taken. */
async function readSeats(job: Job, zoom: ZoomClient, account: AccountRow): Promise<string[]> {
  const { sql } = job.deps.database;
  // The roster of the same sync may have read it, to tell whether add-ons changed.
  const isFresh = account.planUsageAt !== null && account.planUsageAt >= job.run.createdAt;
  if (!isFresh) job.foresee(ENDPOINTS.getPlanUsage, 1, 'Plans and seats.');
  const usage = isFresh && account.planUsage !== null ? account.planUsage : await getPlanUsage(zoom);
  const now = job.deps.now();
  const learned = rateLimitPlanOf(plansOf(usage).find(({ key }) => key === 'plan_base')?.plan.type ?? null);
  // The limits of a tree are those of the account on top.
  if (account.tier !== 'SUB' && job.integration.rateLimitPlan === null && learned !== null) {
    await learnRateLimitPlan(sql, job.integration.id, learned, now);
  }
  const place = { integrationId: job.integration.id, accountId: account.id };
  await sql.begin(async (tx) => {
    // Somebody who says what a plan stands for waits, and then finds this usage.
    await lockRoster(tx, account.id);
    if (!isFresh) await savePlanUsage(tx, account.id, usage, now);
    await addLicenses(tx, place, ALWAYS.map(licenseWords), now);
    await saveSeats(tx, place, { usage, mapped: await mappingsOf(tx, job.integration.id), isNew: true }, now);
  });
  return refusedCounts(usage);
}

function whatWasRefused(refused: readonly string[]): string {
  return (
    `Zoom's plan usage says what can't be: ${refused.slice(0, 5).join(' ')} That was left out, so seats ` +
    'of those plans are not known; everything else was taken. Look at the subscription in Zoom.'
  );
}
