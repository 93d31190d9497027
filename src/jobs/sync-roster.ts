import { setRosterState, saveSummary, accountsToSync } from '../datasources/store/sync-accounts.ts';
import {
  clearAddOns,
  countListed,
  forgetListings,
  listingCounts,
  markUsersGone,
  noteRolesKnown,
  replaceGroups,
  saveListing,
  saveRoles,
  upsertRosterPage,
} from '../datasources/store/roster.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import { listGroups } from '../datasources/zoom/groups.ts';
import { ADMIN_ROLE_ID, listRoleMembers, OWNER_ROLE_ID } from '../datasources/zoom/roles.ts';
import { toRosterEntry, toSummary } from '../datasources/zoom/to-row.ts';
import { getUsersSummary, listUsers, type UserStatus } from '../datasources/zoom/users.ts';
import type { AccountSummaryRecord } from '../db/tables/accounts.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { summaryAgrees } from '../policy/roster-proof.ts';
import type { Job, JobResult } from './job.ts';
import { readDetails } from './read-details.ts';
import { deriveLicenses } from './derive-licenses.ts';
import { sideBySide } from './side-by-side.ts';

const STATUSES: readonly UserStatus[] = ['active', 'inactive', 'pending'];

/**
 * Reads who is on the account, in every status, then the profiles and settings that no listing tells. Only a roster of
 * which every page arrived, and which Zoom's own count confirms, removes anybody.
 */
export async function syncRoster(job: Job): Promise<JobResult> {
  const notes: string[] = [];
  let isComplete = true;
  for (const account of await accountsToSync(job.deps.database.sql, job.integration.id)) {
    const zoom = job.zoom();
    const missing = await listEverybody(job, zoom, account);
    await setRosterState(job.deps.database.sql, account.id, missing === null, job.deps.now());
    if (missing !== null) {
      isComplete = false;
      notes.push(missing);
      continue;
    }
    notes.push(...(await readGroups(job, zoom, account)), ...(await readDetails(job, zoom, account)));
    await readRoles(job, zoom, account);
    await clearAddOns(job.deps.database.sql, account.id);
    // Who holds what follows from the roster without another call, so the two never disagree.
    if (job.integration.enabledTasks.includes('LICENSE_DIFFERENTIATION')) await deriveLicenses(job, account);
  }
  await job.save();
  if (isComplete) await forgetListings(job.deps.database.sql, job.run.id);
  return { status: notes.length === 0 ? 'SUCCEEDED' : 'INCOMPLETE', note: notes.join(' ') || null };
}

/** @returns null when the roster is proven complete, otherwise what is missing. */
async function listEverybody(job: Job, zoom: ZoomClient, account: AccountRow): Promise<string | null> {
  const { sql } = job.deps.database;
  try {
    await listMissingStatuses(job, zoom, account);
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
      await forgetListings(sql, job.run.id);
      await listMissingStatuses(job, zoom, account);
    }
    await markUsersGone(sql, job.run.id, account.id, job.deps.now());
    return null;
  } catch (error) {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    return `The roster did not arrive whole: ${error.message} Nobody was removed, and no candidates are made from this roster.`;
  }
}

/** Lists, side by side, every status that this run has not finished yet. */
async function listMissingStatuses(job: Job, zoom: ZoomClient, account: AccountRow): Promise<void> {
  const { sql } = job.deps.database;
  const finished = new Set((await listingCounts(sql, job.run.id, account.id)).map((row) => row.status));
  const left = STATUSES.filter((status) => !finished.has(status));
  await sideBySide(left, STATUSES.length, async (status) => {
    const emails = new Set<string>();
    for await (const page of listUsers(zoom, status)) {
      const entries = page.map((user) => toRosterEntry(user, status));
      job.expect(entries.length);
      job.foresee(ENDPOINTS.listUsers, 1, 'More pages than were known of.');
      await upsertRosterPage(
        sql,
        { integrationId: job.integration.id, accountId: account.id },
        entries,
        job.deps.now(),
      );
      for (const entry of entries) emails.add(entry.email);
      await job.advance(entries.length, entries.length);
    }
    // Reached only when the listing ended by itself: a page that failed threw above.
    await saveListing(
      sql,
      { jobRunId: job.run.id, accountId: account.id, status, emails: [...emails] },
      job.deps.now(),
    );
  });
}

/** Zoom's own count; null where Zoom doesn't give it to us. */
async function readSummary(job: Job, zoom: ZoomClient, account: AccountRow): Promise<AccountSummaryRecord | null> {
  try {
    const summary = toSummary(await getUsersSummary(zoom));
    await saveSummary(job.deps.database.sql, account.id, summary, job.deps.now());
    return summary;
  } catch (error) {
    // The check is Zoom's to give; the pages stand without it.
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    return null;
  }
}

/** Where neither listing nor profile names a role, Zoom is asked who owns the account and who its admins are. */
async function readRoles(job: Job, zoom: ZoomClient, account: AccountRow): Promise<void> {
  const { sql } = job.deps.database;
  if (await noteRolesKnown(sql, account.id)) return;
  try {
    for (const roleId of [OWNER_ROLE_ID, ADMIN_ROLE_ID]) {
      for await (const page of listRoleMembers(zoom, roleId)) {
        await saveRoles(
          sql,
          account.id,
          roleId,
          page.flatMap((member) => member.id ?? []),
        );
      }
    }
  } catch (error) {
    // Then nobody can be acted on, and every candidate says why.
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
  }
  await noteRolesKnown(sql, account.id);
}

/** @returns what could not be read, in words. */
async function readGroups(job: Job, zoom: ZoomClient, account: AccountRow): Promise<string[]> {
  const groups: { zoomGroupId: string; name: string; memberCount: number }[] = [];
  try {
    for await (const page of listGroups(zoom)) {
      groups.push(
        ...page.map((group) => ({
          zoomGroupId: group.id,
          name: group.name ?? group.id,
          memberCount: group.total_members ?? 0,
        })),
      );
    }
  } catch (error) {
    // Groups are an extra: free accounts have none, and no task needs their scope.
    if (error instanceof ZoomError && ['SCOPE', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION'].includes(error.kind)) return [];
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    return [`The groups could not be read: ${error.message}`];
  }
  await replaceGroups(
    job.deps.database.sql,
    { integrationId: job.integration.id, accountId: account.id },
    groups,
    job.deps.now(),
  );
  return [];
}
