import {
  countToRead,
  profilesToRead,
  saveProfiles,
  saveSettings,
  settingsToRead,
  type UserToRead,
} from '../datasources/store/roster.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import { toProfileEntry, toSettingsEntry } from '../datasources/zoom/to-row.ts';
import { getUser, getUserSettings } from '../datasources/zoom/users.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import type { Job } from './job.ts';
import { sideBySide } from './side-by-side.ts';

/** Users a batch; one write and one checkpoint each. */
const BATCH = 200;
/** Calls on their way at once; the limiter paces them. */
const WIDTH = 24;

/** One kind of detail: which users to ask for, how, and where the answers go. */
interface Detail<Entry> {
  /** Key in the checkpoint: the last user of the last finished batch. */
  key: string;
  what: string;
  next: (afterId: string) => Promise<UserToRead[]>;
  read: (user: UserToRead) => Promise<Entry>;
  save: (entries: Entry[]) => Promise<void>;
}

/**
 * Reads what listings don't tell: the profile of users who are new, changed or due in their weekly turn, and the
 * settings of everybody who can hold add-ons. Both side by side, since Zoom limits them apart.
 *
 * @returns what could not be read, in words.
 */
export async function readDetails(job: Job, zoom: ZoomClient, account: AccountRow): Promise<string[]> {
  const { sql } = job.deps.database;
  const changedSince = job.run.startedAt ?? job.deps.now();
  const weekday = Math.floor((job.run.startedAt ?? job.deps.now()).getTime() / DAY_MS) % 7;
  if (job.checkpoint[`details:${account.id}`] === undefined) {
    job.expect(await countToRead(sql, account.id, { changedSince, weekday }));
    job.checkpoint[`details:${account.id}`] = true;
  }
  // A failure of one ends the run; what is on its way of the other must not go on behind the run's back.
  const both = [
    () =>
      readAll(job, {
        key: `profiles:${account.id}`,
        what: 'job titles, cost centers, locations, managers and ways to sign in',
        next: (afterId) => profilesToRead(sql, account.id, { afterId, changedSince, weekday, limit: BATCH }),
        read: async (user) => toProfileEntry(user.id, await getUser(zoom, user.zoomUserId)),
        save: (entries) => saveProfiles(sql, entries, job.deps.now()),
      }),
    () =>
      readAll(job, {
        key: `settings:${account.id}`,
        what: 'add-ons and capacities',
        next: (afterId) => settingsToRead(sql, account.id, { afterId, limit: BATCH }),
        read: async (user) => toSettingsEntry(user.id, await getUserSettings(zoom, user.zoomUserId)),
        save: (entries) => saveSettings(sql, entries, job.deps.now()),
      }),
  ];
  const notes = await sideBySide(both, both.length, (read) => read());
  return notes.filter((note) => note !== null);
}

async function readAll<Entry>(job: Job, detail: Detail<Entry>): Promise<string | null> {
  let failed = 0;
  let reason = '';
  for (;;) {
    const after = job.checkpoint[detail.key];
    const batch = await detail.next(typeof after === 'string' ? after : '');
    const last = batch.at(-1);
    if (last === undefined) break;
    const entries = await sideBySide(batch, WIDTH, async (user) => {
      try {
        return await detail.read(user);
      } catch (error) {
        if (!(error instanceof ZoomError) || mustStop(error)) throw error;
        // Without the scope nobody's can be read: asking for the others would only spend calls.
        if (error.kind === 'SCOPE') throw error;
        // Deleted between listing and detail: the next roster will say so.
        if (error.kind === 'NOT_FOUND') return null;
        failed += 1;
        reason = error.message;
        return null;
      }
    }).catch((error: unknown) => {
      if (error instanceof ZoomError && error.kind === 'SCOPE') return error;
      throw error;
    });
    if (entries instanceof ZoomError) return `The ${detail.what} could not be read: ${entries.message}`;
    await detail.save(entries.filter((entry) => entry !== null) as Entry[]);
    job.checkpoint[detail.key] = last.id;
    await job.advance(batch.length);
  }
  return failed === 0 ? null : `The ${detail.what} of ${failed} users could not be read: ${reason}`;
}
