import { countProfilesToRead, notePass, profilesToRead, saveProfiles } from '../datasources/store/details.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { toProfileEntry } from '../datasources/zoom/to-row.ts';
import { getUser } from '../datasources/zoom/users.ts';
import type { AccountRow, ProfileEntry } from '../db/tables/rows.ts';
import { lastPass, PROFILE_CYCLE_DAYS } from '../policy/turns.ts';
import type { Job } from './job.ts';
import { readAddOns, readAddOnsMeanwhile } from './read-add-ons.ts';
import { readDue, readDueMeanwhile, type Detail, type Listing } from './read-due.ts';
import { together } from './together.ts';

/**
 * Reads what listings don't tell: the profile of users who are new, changed or due in their weekly turn, and the add-ons
 * of those of whom nothing proves that they are as they were. Both side by side, since Zoom limits them apart.
 *
 * @param listing that named them; knows what was refused while it went on.
 * @returns what could not be read, in words.
 */
export async function readDetails(
  job: Job,
  zoom: ZoomClient,
  account: AccountRow,
  listing: Listing,
): Promise<string[]> {
  // A failure of one ends the run; what is on its way of the other must not go on behind the run's back.
  const both = [() => readProfiles(job, zoom, account, listing), () => readAddOns(job, zoom, account, listing)];
  const notes = await together(job, both);
  return notes.filter((note) => note !== null);
}

/**
 * While everybody is listed for the first time, one page after the other: reads both of those who were listed already. What
 * can't be read is told by `readDetails`, which asks for all the others.
 */
export async function readDetailsMeanwhile(
  job: Job,
  zoom: ZoomClient,
  account: AccountRow,
  listing: Listing,
): Promise<void> {
  await listing.begun;
  if (listing.isOver) return;
  const both = [
    () => readDueMeanwhile(job, profilesOf(job, zoom, account), listing),
    () => readAddOnsMeanwhile(job, zoom, account, listing),
  ];
  await together(job, both);
}

async function readProfiles(job: Job, zoom: ZoomClient, account: AccountRow, listing: Listing): Promise<string | null> {
  const pass = await readDue(job, profilesOf(job, zoom, account), listing);
  if (pass.isOver) await notePass(job.deps.database.sql, account.id, { profiles: job.startedAt });
  return pass.note;
}

function profilesOf(job: Job, zoom: ZoomClient, account: AccountRow): Detail<ProfileEntry> {
  const { sql } = job.deps.database;
  const until = job.startedAt;
  const after = lastPass(account.profilesReadAt, until);
  const turn = { after, until, now: job.deps.now(), cycleDays: PROFILE_CYCLE_DAYS };
  const due = { accountId: account.id, turn };
  return {
    accountId: account.id,
    key: `profiles:${account.id}`,
    kind: 'PROFILE',
    endpoint: ENDPOINTS.getUser,
    what: 'job titles, cost centers, locations, managers and ways to sign in',
    count: async () => (await countProfilesToRead(sql, [due]))[0] ?? 0,
    next: (page) => profilesToRead(sql, due, page),
    read: async (user) => toProfileEntry(user.id, await getUser(zoom, user.zoomUserId)),
    save: (entries, note) => saveProfiles(sql, entries, note),
  };
}
