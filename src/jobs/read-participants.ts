import { setTimeout as sleep } from 'node:timers/promises';
import { meetingsWithoutParticipants, saveParticipants, type MeetingToRead } from '../datasources/store/activity.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { toParticipantEntry } from '../datasources/zoom/meeting-to-row.ts';
import { listPastMeetingParticipants, type ParticipantPayload } from '../datasources/zoom/meetings.ts';
import { listMeetingReportParticipants, listWebinarReportParticipants } from '../datasources/zoom/reports.ts';
import type { ParticipantEntry } from '../db/tables/rows.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { BATCH, WIDTH, type Reading } from './reading.ts';
import { sideBySide } from './side-by-side.ts';

/** Pause before looking for meetings that were found in the meantime. */
const LOOK_AGAIN_MS = 100;

/** So long after a meeting Zoom may still be about to tell who was in it. */
const NOT_YET_MS = 2 * DAY_MS;

/**
 * Reads the participants of every meeting that has not been read yet, newest first, until `hosting` brings no more.
 *
 * @returns when the first meeting began that Zoom does not tell about yet: it is asked for again next time, and nothing is
 * known of use from then on. Null when there is none.
 */
export async function readParticipants(
  reading: Reading,
  from: Date,
  hosting: { isOver: boolean },
): Promise<Date | null> {
  const { job, account } = reading;
  const { sql } = job.deps.database;
  const now = job.deps.now().getTime();
  let unreadable = 0;
  const notYet: MeetingToRead[] = [];
  for (;;) {
    // Looked at before the meetings are: what is written in between is found by the next look.
    const isLastLook = hosting.isOver;
    const batch = await meetingsWithoutParticipants(sql, account.id, {
      from,
      without: notYet.map(({ id }) => id),
      limit: BATCH,
    });
    if (batch.length === 0) {
      if (isLastLook) break;
      await sleep(LOOK_AGAIN_MS, undefined, { signal: job.signal });
      continue;
    }
    job.expect(batch.length);
    const webinars = batch.filter((meeting) => meeting.kind === 'WEBINAR').length;
    const why = 'Meetings that were found, once each.';
    job.foresee(ENDPOINTS.listPastMeetingParticipants, batch.length - webinars, why);
    job.foresee(ENDPOINTS.listWebinarReportParticipants, webinars, why);
    const entries = await sideBySide(batch, WIDTH, (meeting) => participantsOf(reading, meeting));
    const isYetToCome = ({ startTime, endTime }: MeetingToRead) => now - (endTime ?? startTime).getTime() < NOT_YET_MS;
    const waiting = batch.filter((meeting, index) => entries[index] === null && isYetToCome(meeting));
    notYet.push(...waiting);
    unreadable += entries.filter((entry) => entry === null).length - waiting.length;
    await saveParticipants(
      sql,
      job.integration.id,
      batch.filter((meeting) => !waiting.includes(meeting)).map((meeting) => meeting.id),
      entries.flatMap((entry) => entry ?? []),
      job.deps.now(),
    );
    await job.advance(batch.length);
  }
  if (unreadable > 0) {
    reading.notes.push(`Zoom no longer tells who was in ${unreadable} meetings; who only joined those is not known.`);
  }
  return notYet.length === 0 ? null : new Date(Math.min(...notYet.map(({ startTime }) => startTime.getTime())));
}

/** @returns null when Zoom no longer has them. */
async function participantsOf(reading: Reading, meeting: MeetingToRead): Promise<ParticipantEntry[] | null> {
  const entries: ParticipantEntry[] = [];
  try {
    for await (const page of listParticipants(reading, meeting)) {
      for (const one of page) entries.push(toParticipantEntry(one, meeting.id, entries.length, reading.keys));
    }
  } catch (error) {
    if (error instanceof ZoomError && (error.kind === 'NOT_FOUND' || error.kind === 'VALIDATION')) return null;
    throw error;
  }
  return entries;
}

/** The cheaper list first; the report where only its scope was granted, and for webinars. */
async function* listParticipants({ job, zoom }: Reading, meeting: MeetingToRead): AsyncGenerator<ParticipantPayload[]> {
  if (meeting.kind === 'WEBINAR') {
    const endpoint = ENDPOINTS.listWebinarReportParticipants;
    yield* job.morePages(endpoint, listWebinarReportParticipants(zoom, meeting.uuid));
    return;
  }
  try {
    yield* job.morePages(ENDPOINTS.listPastMeetingParticipants, listPastMeetingParticipants(zoom, meeting.uuid));
  } catch (error) {
    if (!(error instanceof ZoomError) || error.kind !== 'SCOPE') throw error;
    job.foresee(ENDPOINTS.listMeetingReportParticipants, 1, 'Meetings whose cheaper list may not be read.');
    yield* job.morePages(ENDPOINTS.listMeetingReportParticipants, listMeetingReportParticipants(zoom, meeting.uuid));
  }
}
