import { applyWaitingEvents } from '../actions/receive-webhook.ts';
import { setRosterState, saveSummary } from '../datasources/store/sync-accounts.ts';
import {
  clearAddOns,
  countKnown,
  countListed,
  forgetListings,
  listingCounts,
  markUsersGone,
  namesKnown,
  type RosterPlace,
  saveListing,
  upsertRosterPage,
} from '../datasources/store/roster.ts';
import { learnRoster, learnStatistics } from '../datasources/store/writes.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import { toRosterEntry, toSummary } from '../datasources/zoom/to-row.ts';
import { getUsersSummary, listUsers, type UserStatus } from '../datasources/zoom/users.ts';
import type { AccountSummaryRecord } from '../db/tables/accounts.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { RECOGNIZED_FROM, summaryAgrees } from '../policy/roster-proof.ts';
import type { Job, JobResult } from './job.ts';
import { readDetails, readDetailsMeanwhile } from './read-details.ts';
import { Listing } from './read-due.ts';
import { namesGroups, readAccountFacts, readGroups, readRoles } from './read-directory.ts';
import { readLogsForRoster } from './read-operation-logs.ts';
import { readTree } from './read-sub-accounts.ts';
import { deriveLicenses } from './derive-licenses.ts';
import { eachAccount, isWorthLearning, type AccountReading } from './each-account.ts';
import { HeldBack } from './held-back.ts';
import { together } from './together.ts';

/**
 * So many new rows of a first roster, and each time four times as many: PostgreSQL, which looks at a table once a minute, would
 * still take it for empty and read all of it for every page.
 */
export const LEARNS_FROM = 1_200;

const STRANGERS_ONLY =
  "Zoom's listings name none of the people who were on this account at the last complete roster: they look like those of " +
  'another account. Nothing of them was written, nobody was removed, and no candidates are made from this roster. If ' +
  'everybody really was replaced, an operator says so: npm run cli -- roster restart --account ID.';

const placeOf = ({ id, integrationId }: AccountRow): RosterPlace => ({ integrationId, accountId: id });

const STATUSES: readonly UserStatus[] = ['active', 'inactive', 'pending'];

/**
 * Reads who is on each account, in every status, then the profiles and settings that no listing tells. Only a roster of
 * which every page arrived, and which Zoom's own count confirms, removes anybody.
 */
export async function syncRoster(job: Job): Promise<JobResult> {
  const { accounts, ends, notes } = await readTree(job);
  const more = [{ account: { name: job.integration.displayName }, ends }];
  // Operation logs are activity: what fails of them here is tried again, and told, by its run.
  notes.push(...(await eachAccount(job, accounts, (one) => readRoster(job, one), { more, quiet: ['OPERATION_LOGS'] })));
  await job.save();
  return { status: notes.length === 0 ? 'SUCCEEDED' : 'INCOMPLETE', note: notes.join(' ') || null };
}

async function readRoster(job: Job, { account, zoom, parts, notes, index }: AccountReading): Promise<void> {
  const { sql } = job.deps.database;
  const listing = new Listing();
  const list = () => listEverybody(job, zoom, account, listing).finally(() => listing.end());
  // Later, operation logs have a say in whose settings are read, and there is little to read. Where a listing came to nothing
  // before, the next one may do so too: what is read of people then would be read again each time.
  const isFirst = [account.rosterCompleteAt, account.addOnsReadAt, account.rosterProblem].every((one) => one === null);
  const meanwhile = () => readDetailsMeanwhile(job, zoom, account, listing).then(() => null);
  const [problem = null] = await together(job, isFirst ? [list, meanwhile] : [list]);
  await setRosterState(sql, account.id, { problem, jobRunId: job.run.id }, job.deps.now());
  await applyWaitingEvents(job.deps, account.id);
  await readLogsForRoster({ job, zoom, account, now: job.startedAt }, parts);
  if (problem !== null) {
    notes.push(problem);
    return;
  }
  const learns = account.rosterCompleteAt === null && isWorthLearning(index);
  if (learns) await learnStatistics(sql, ['users']);
  await readGroups(job, zoom, account, parts);
  notes.push(...(await readDetails(job, zoom, account, listing)));
  await readRoles(job, zoom, account, parts);
  await readAccountFacts(job, zoom, account, parts);
  await clearAddOns(sql, account.id, job.integration.includeFreeUsers);
  // Who holds what follows from the roster without another call, so the two never disagree.
  if (job.integration.enabledTasks.includes('LICENSE_DIFFERENTIATION')) await deriveLicenses(job, account);
  if (learns) await learnStatistics(sql, ['users', 'license_assignments']);
  await forgetListings(sql, job.run.id, account.id);
}

/** @returns null when the roster is proven complete, otherwise what is missing. */
async function listEverybody(
  job: Job,
  zoom: ZoomClient,
  account: AccountRow,
  listing: Listing,
): Promise<string | null> {
  const { sql } = job.deps.database;
  try {
    if (!(await listMissingStatuses(job, zoom, account, listing))) return STRANGERS_ONLY;
    // A second look when the count disagrees: people come and go while we list.
    for (const isLastLook of [false, true]) {
      const summary = await readSummary(job, zoom, account);
      const listed = await countListed(sql, job.run.id, account.id);
      if (summary === null || summaryAgrees(summary, listed)) break;
      if (isLastLook) {
        return (
          `Zoom's own count says ${summary.total ?? '?'} users, its listings named ${listed}. ` +
          'Nobody was removed, and no candidates are made from this roster.'
        );
      }
      await forgetListings(sql, job.run.id, account.id);
      if (!(await listMissingStatuses(job, zoom, account, listing))) return STRANGERS_ONLY;
    }
    await markUsersGone(sql, job.run.id, placeOf(account), job.deps.now());
    return null;
  } catch (error) {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    return `The roster did not arrive whole: ${error.message} Nobody was removed, and no candidates are made from this roster.`;
  }
}

/**
 * Lists, side by side, every status that this run has not finished yet. Nothing is written before somebody is recognized.
 *
 * @returns whether somebody was, or there are too few who could be.
 */
async function listMissingStatuses(
  job: Job,
  zoom: ZoomClient,
  account: AccountRow,
  listing: Listing,
): Promise<boolean> {
  const { sql } = job.deps.database;
  const finished = new Set((await listingCounts(sql, job.run.id, account.id)).map((row) => row.status));
  const left = STATUSES.filter((status) => !finished.has(status));
  const writes = new HeldBack();
  // What is finished was written, so somebody was recognized.
  if (finished.size > 0 || (await countKnown(sql, account.id)) < RECOGNIZED_FROM) await writes.open();
  const listings = left.map((status) => async () => {
    const emails = new Set<string>();
    let learnsAt = account.rosterCompleteAt === null ? LEARNS_FROM : Infinity;
    // Before the question is sent: a page is at least as new as that.
    let askedAt = job.deps.now();
    let begunAt: Date | null = null;
    let written: Promise<void> = Promise.resolve();
    job.foresee(ENDPOINTS.listUsers, 1, 'Listings in three statuses.');
    for await (const page of job.morePages(ENDPOINTS.listUsers, listUsers(zoom, status))) {
      begunAt ??= onZoomClock(job.deps, askedAt);
      const entries = page.map((user) => toRosterEntry(user, status, job.integration.serviceAccountPatterns));
      job.expect(entries.length);
      if (!writes.isOpen && (await namesKnown(sql, account.id, entries))) await writes.open();
      const place = placeOf(account);
      const seenAt = onZoomClock(job.deps, askedAt);
      // Zoom is asked for the next page while this one is written, and not for more than that.
      await written;
      written = writes.write(() => upsertRosterPage(sql, place, entries, job.deps.now(), seenAt));
      if (writes.isOpen) written.then(() => listing.written()).catch(() => undefined);
      written.catch(() => undefined);
      for (const entry of entries) emails.add(entry.email);
      if (emails.size >= learnsAt) {
        await learnRoster(sql);
        learnsAt = 4 * emails.size;
      }
      if (entries.some((entry) => entry.groupIds !== null)) job.checkpoint[namesGroups(account)] = true;
      await job.advance(entries.length, entries.length);
      askedAt = job.deps.now();
    }
    // Reached only when the listing ended by itself: a page that failed threw above.
    await written;
    const named = {
      jobRunId: job.run.id,
      accountId: account.id,
      status,
      emails: [...emails],
      begunAt: begunAt ?? onZoomClock(job.deps, askedAt),
    };
    await writes.write(() => saveListing(sql, named, job.deps.now()));
  });
  // What is on its way when a listing fails must not go on behind the run's back.
  await together(job, listings).finally(() => writes.end());
  return writes.isOpen;
}

/** Zoom's own count; null where Zoom doesn't give it to us. */
async function readSummary(job: Job, zoom: ZoomClient, account: AccountRow): Promise<AccountSummaryRecord | null> {
  try {
    job.foresee(ENDPOINTS.getUsersSummary, 1, "Zoom's own count, once a listing.");
    const summary = toSummary(await getUsersSummary(zoom));
    await saveSummary(job.deps.database.sql, account.id, summary, job.deps.now());
    return summary;
  } catch (error) {
    // The check is Zoom's to give; the pages stand without it.
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    return null;
  }
}
