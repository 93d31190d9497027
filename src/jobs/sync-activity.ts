import { setTimeout as sleep } from 'node:timers/promises';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import {
  creatorsToRead,
  meetingsWithoutParticipants,
  quietUsers,
  saveActivityWindow,
  saveCreated,
  saveNextEvents,
  saveParticipants,
  upsertMeetings,
  userKeys,
  webinarHolders,
  type CreatedMeeting,
  type MeetingToRead,
  type NextEvent,
} from '../datasources/store/activity.ts';
import { recountActivity, recountDays } from '../datasources/store/activity-counts.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import {
  listPastMeetingParticipants,
  listScheduledMeetings,
  type ParticipantPayload,
} from '../datasources/zoom/meetings.ts';
import {
  listActiveHosts,
  listHostedMeetings,
  listMeetingReportParticipants,
  listUpcomingEvents,
  listWebinarReportParticipants,
} from '../datasources/zoom/reports.ts';
import { toMeetingEntry, toParticipantEntry } from '../datasources/zoom/meeting-to-row.ts';
import { listWebinars } from '../datasources/zoom/webinars.ts';
import type { AccountRow, MeetingEntry, ParticipantEntry } from '../db/tables/rows.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { DAY_MS, LOGIN_LAG_DAYS } from '../policy/inactivity.ts';
import { planActivity, type ReportDays } from '../policy/report-windows.ts';
import type { Job, JobResult } from './job.ts';
import { sideBySide } from './side-by-side.ts';

const BATCH = 200;
/** Calls on their way at once; the limiter paces them. */
const WIDTH = 24;
/** Who shows no sign for so many days may become a candidate soon. */
const QUIET_DAYS = 14;
/** Pause before looking for meetings that were found in the meantime. */
const LOOK_AGAIN_MS = 100;

type UserKeys = Awaited<ReturnType<typeof userKeys>>;

/** One account's activity while it is being read. */
interface Reading {
  job: Job;
  zoom: ZoomClient;
  account: AccountRow;
  keys: UserKeys;
  notes: string[];
}

/**
 * Reads who used Zoom: one report names all hosts of a month, so that only hosts are asked for their meetings; of each
 * meeting the participants are read once, ever. Sign-ins came with the roster.
 */
export async function syncActivity(job: Job): Promise<JobResult> {
  const notes: string[] = [];
  const { sql } = job.deps.database;
  for (const account of await accountsToSync(sql, job.integration.id)) {
    const reading: Reading = { job, zoom: job.zoom(), account, keys: await userKeys(sql, account.id), notes };
    const now = job.run.startedAt ?? job.deps.now();
    const plan = planActivity(now, job.integration.analyzeActivityFrom, {
      from: account.activityKnownFrom,
      until: account.activityKnownUntil,
    });
    let hasUpcoming = true;
    const isKnown = await orNote(
      reading,
      'Activity could not be read to the end, so it proves nothing yet',
      async () => {
        // Hosts and participants count against different limits of Zoom's: read side by side, each at its full speed.
        const hosting = { isOver: false };
        const parts = [
          () => readHostedMeetings(reading, plan.windows).finally(() => (hosting.isOver = true)),
          () => readParticipants(reading, plan.from, hosting),
          async () => {
            hasUpcoming = await readUpcoming(reading, now);
          },
        ];
        await sideBySide(parts, parts.length, (read) => read());
      },
    );
    await recountActivity(sql, account.id, { from: plan.from, isKnown, now: job.deps.now() });
    await recountDays(sql, account.id, new Date(plan.windows[0]?.from ?? plan.from));
    if (!hasUpcoming) {
      await orNote(reading, 'Meetings ahead could not be read', () => readUpcomingOfQuiet(reading, now));
    }
    if (isKnown) {
      await saveActivityWindow(sql, account.id, plan.from, now);
      await orNote(reading, 'When meetings were created could not be read', () =>
        readCreated(reading, plan.windows[0]?.from ?? null),
      );
    }
    if (plan.isCutByZoom) {
      notes.push(
        `Zoom's reports reach six months back: activity is known from ${plan.from.toISOString().slice(0, 10)} on.`,
      );
    }
  }
  await job.save();
  return { status: notes.length === 0 ? 'SUCCEEDED' : 'INCOMPLETE', note: notes.join(' ') || null };
}

/** Does some reading; what Zoom refuses is noted after `words`. @returns whether it was read to the end. */
async function orNote({ notes }: Reading, words: string, read: () => Promise<void>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    notes.push(`${words}: ${error.message}`);
    return false;
  }
}

/** Window by window: who hosted, then what each of them hosted. */
async function readHostedMeetings(reading: Reading, windows: readonly ReportDays[]): Promise<void> {
  const { job, zoom, account } = reading;
  const { sql } = job.deps.database;
  // Reports of hosts count meetings; who can only be seen in webinars is asked always.
  const withWebinars = await webinarHolders(sql, account.id);
  const plans = await sideBySide(windows, 4, async (window) => {
    // How many meetings Zoom counts for each; null: not counted.
    const hosts = new Map<string, number | null>(withWebinars.map((host) => [host, null]));
    for await (const page of listActiveHosts(zoom, window)) {
      for (const host of page) if (host.id !== null && host.meetings !== 0) hosts.set(host.id, host.meetings);
    }
    return { window, hosts: [...hosts].sort(([a], [b]) => (a < b ? -1 : 1)) };
  });
  for (const { window, hosts } of plans) {
    const key = `hosts:${account.id}:${window.from}:${window.to}`;
    const after = job.checkpoint[key];
    const left = typeof after === 'string' ? hosts.filter(([host]) => host > after) : hosts;
    job.expect(left.length);
    for (let start = 0; start < left.length; start += BATCH) {
      const batch = left.slice(start, start + BATCH);
      const found = await sideBySide(batch, WIDTH, ([host, counted]) => hostedMeetings(reading, host, counted, window));
      await upsertMeetings(sql, { integrationId: job.integration.id, accountId: account.id }, found.flat());
      job.checkpoint[key] = batch.at(-1)?.[0];
      await job.advance(batch.length);
    }
  }
}

/** What one user hosted in a window. Meetings of one person are asked for only where Zoom counts more than it lists. */
async function hostedMeetings(
  reading: Reading,
  host: string,
  counted: number | null,
  window: ReportDays,
): Promise<MeetingEntry[]> {
  const { zoom, keys } = reading;
  const hostUserId = keys.byZoomId.get(host) ?? null;
  const entries: MeetingEntry[] = [];
  const list = async (type: 'past' | 'pastOne') => {
    for await (const page of listHostedMeetings(zoom, host, window, type)) {
      for (const meeting of page) {
        const entry = toMeetingEntry(meeting, hostUserId);
        if (entry !== null) entries.push(entry);
      }
    }
  };
  try {
    await list('past');
    if (counted !== null && entries.filter((entry) => entry.kind === 'MEETING').length < counted) await list('pastOne');
  } catch (error) {
    // Gone since the report was made: nobody is left to be judged.
    if (!(error instanceof ZoomError) || error.kind !== 'NOT_FOUND') throw error;
  }
  return entries;
}

/** Reads the participants of every meeting that has not been read yet, newest first, until `hosting` brings no more. */
async function readParticipants(reading: Reading, from: Date, hosting: { isOver: boolean }): Promise<void> {
  const { job, account } = reading;
  const { sql } = job.deps.database;
  let unreadable = 0;
  for (;;) {
    // Looked at before the meetings are: what is written in between is found by the next look.
    const isLastLook = hosting.isOver;
    const batch = await meetingsWithoutParticipants(sql, account.id, from, BATCH);
    if (batch.length === 0) {
      if (isLastLook) break;
      await sleep(LOOK_AGAIN_MS, undefined, { signal: job.signal });
      continue;
    }
    job.expect(batch.length);
    const entries = await sideBySide(batch, WIDTH, (meeting) => participantsOf(reading, meeting));
    unreadable += entries.filter((entry) => entry === null).length;
    await saveParticipants(
      sql,
      job.integration.id,
      batch.map((meeting) => meeting.id),
      entries.flatMap((entry) => entry ?? []),
      job.deps.now(),
    );
    await job.advance(batch.length);
  }
  if (unreadable > 0) {
    reading.notes.push(`Zoom no longer tells who was in ${unreadable} meetings; who only joined those is not known.`);
  }
}

/** @returns null when Zoom no longer has them. */
async function participantsOf({ zoom, keys }: Reading, meeting: MeetingToRead): Promise<ParticipantEntry[] | null> {
  const entries: ParticipantEntry[] = [];
  try {
    for await (const page of listParticipants(zoom, meeting)) {
      for (const one of page) entries.push(toParticipantEntry(one, meeting.id, entries.length, keys));
    }
  } catch (error) {
    if (error instanceof ZoomError && (error.kind === 'NOT_FOUND' || error.kind === 'VALIDATION')) return null;
    throw error;
  }
  return entries;
}

/** The cheaper list first; the report where only its scope was granted, and for webinars. */
async function* listParticipants(zoom: ZoomClient, meeting: MeetingToRead): AsyncGenerator<ParticipantPayload[]> {
  if (meeting.kind === 'WEBINAR') {
    yield* listWebinarReportParticipants(zoom, meeting.uuid);
    return;
  }
  try {
    yield* listPastMeetingParticipants(zoom, meeting.uuid);
  } catch (error) {
    if (!(error instanceof ZoomError) || error.kind !== 'SCOPE') throw error;
    yield* listMeetingReportParticipants(zoom, meeting.uuid);
  }
}

/** Who has a meeting or webinar ahead, from one report of the whole account. @returns whether Zoom gave it. */
async function readUpcoming({ job, zoom, account, keys }: Reading, now: Date): Promise<boolean> {
  const days = {
    from: now.toISOString().slice(0, 10),
    to: new Date(now.getTime() + 27 * DAY_MS).toISOString().slice(0, 10),
  };
  const events: NextEvent[] = [];
  try {
    for await (const page of listUpcomingEvents(zoom, days)) {
      for (const event of page) {
        const userId = event.host_id === null ? undefined : keys.byZoomId.get(event.host_id);
        if (userId !== undefined) events.push(...ahead(userId, event.start_time, now));
      }
    }
  } catch (error) {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    return false;
  }
  await saveNextEvents(job.deps.database.sql, account.id, events, now);
  return true;
}

/** Without that report: the meetings ahead of those who have been quiet for so long that they may become candidates. */
async function readUpcomingOfQuiet({ job, zoom, account }: Reading, now: Date): Promise<void> {
  const { sql } = job.deps.database;
  const quietSince = new Date(now.getTime() - QUIET_DAYS * DAY_MS);
  const events: NextEvent[] = [];
  for (let afterId = ''; ;) {
    const batch = await quietUsers(sql, account.id, {
      afterId,
      quietSince,
      types: countedTypes(job.integration),
      limit: BATCH,
    });
    const last = batch.at(-1);
    if (last === undefined) break;
    job.expect(batch.length);
    await sideBySide(batch, WIDTH, async (user) => {
      for await (const page of listScheduledMeetings(zoom, user.zoomUserId, 'upcoming')) {
        for (const meeting of page) events.push(...ahead(user.id, meeting.start_time, now));
      }
      if (user.webinarEnabled !== true) return;
      try {
        for await (const page of listWebinars(zoom, user.zoomUserId, 'upcoming')) {
          for (const webinar of page) events.push(...ahead(user.id, webinar.start_time, now));
        }
      } catch (error) {
        // Without the scope, whoever holds webinars is left alone at sending.
        if (!(error instanceof ZoomError) || error.kind !== 'SCOPE') throw error;
      }
    });
    afterId = last.id;
    await job.advance(batch.length);
  }
  await saveNextEvents(sql, account.id, events, null);
}

function ahead(userId: string, startTime: string | null, now: Date): NextEvent[] {
  const at = startTime === null ? null : new Date(startTime);
  return at !== null && at > now ? [{ userId, at: at.toISOString() }] : [];
}

/** When users created meetings: asked only of those who showed a sign of use since the last look. */
async function readCreated({ job, zoom, account }: Reading, since: string | null): Promise<void> {
  if (since === null) return;
  const { sql } = job.deps.database;
  const activeSince = new Date(Date.parse(since) - LOGIN_LAG_DAYS * DAY_MS);
  const types = countedTypes(job.integration);
  const key = `created:${account.id}`;
  for (;;) {
    const after = job.checkpoint[key];
    const batch = await creatorsToRead(sql, account.id, {
      afterId: typeof after === 'string' ? after : '',
      activeSince,
      types,
      limit: BATCH,
    });
    const last = batch.at(-1);
    if (last === undefined) return;
    job.expect(batch.length);
    const created = await sideBySide(batch, WIDTH, (user) => createdMeetings(zoom, user));
    await saveCreated(sql, account.id, created.flat());
    job.checkpoint[key] = last.id;
    await job.advance(batch.length);
  }
}

async function createdMeetings(zoom: ZoomClient, user: { id: string; zoomUserId: string }): Promise<CreatedMeeting[]> {
  const created: CreatedMeeting[] = [];
  try {
    for await (const page of listScheduledMeetings(zoom, user.zoomUserId, 'scheduled')) {
      for (const { id, created_at: at } of page) {
        if (at !== null) created.push({ userId: user.id, zoomMeetingId: id, at: new Date(at).toISOString() });
      }
    }
  } catch (error) {
    if (!(error instanceof ZoomError) || error.kind !== 'NOT_FOUND') throw error;
  }
  return created;
}
