import { setTimeout as sleep } from 'node:timers/promises';
import { meetingsWithoutParticipants, saveParticipants, type MeetingToRead } from '../datasources/store/activity.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { toParticipantEntry } from '../datasources/zoom/meeting-to-row.ts';
import { listPastMeetingParticipants, type ParticipantPayload } from '../datasources/zoom/meetings.ts';
import { listMeetingReportParticipants, listWebinarReportParticipants } from '../datasources/zoom/reports.ts';
import type { ParticipantEntry } from '../db/tables/rows.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { mayListParticipants } from '../policy/task-scopes.ts';
import { BATCH, WIDTH, type Reading } from './reading.ts';
import { firstAlone, sideBySide } from './side-by-side.ts';

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
  const lists = new Lists(reading);
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
    if (!lists.isRefused) job.foresee(ENDPOINTS.listPastMeetingParticipants, batch.length - webinars, why);
    job.foresee(ENDPOINTS.listWebinarReportParticipants, webinars, why);
    const inOrder = lists.isTried ? sideBySide : firstAlone;
    const entries = await inOrder(batch, WIDTH, (meeting) => participantsOf(reading, lists, meeting));
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
async function participantsOf(
  reading: Reading,
  lists: Lists,
  meeting: MeetingToRead,
): Promise<ParticipantEntry[] | null> {
  const entries: ParticipantEntry[] = [];
  try {
    for await (const page of lists.list(meeting)) {
      for (const one of page) entries.push(toParticipantEntry(one, meeting.id, entries.length, reading.keys));
    }
  } catch (error) {
    if (error instanceof ZoomError && (error.kind === 'NOT_FOUND' || error.kind === 'VALIDATION')) return null;
    throw error;
  }
  return entries;
}

/** Zoom's codes for an address that it doesn't know, as opposed to a meeting. */
const NO_SUCH_ADDRESS: readonly (number | null)[] = [null, 404, 2300];

/**
 * Which list tells the participants of an account's meetings: the cheaper one, or the report where only its scope was
 * granted or the other was refused. Of sub accounts, Zoom doesn't say whether it gives the cheaper one, so its refusal is
 * kept in mind: what is known to fail is not asked for again.
 */
class Lists {
  readonly #reading: Reading;
  readonly #key: string;
  /** Was the cheaper list given once? */
  #isGiven = false;

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#key = `report-tells:${reading.account.id}`;
    const { account, job } = reading;
    const mayTry = mayListParticipants(account.tier === 'SUB', job.integration.grantedScopes);
    job.checkpoint[this.#key] ??= !mayTry;
  }

  /** Is the report what tells? */
  get isRefused(): boolean {
    return this.#reading.job.checkpoint[this.#key] === true;
  }

  /** Is it known which list it is? */
  get isTried(): boolean {
    return this.#isGiven || this.isRefused;
  }

  async *list({ kind, uuid }: MeetingToRead): AsyncGenerator<ParticipantPayload[]> {
    const { job, zoom } = this.#reading;
    if (kind === 'WEBINAR') {
      yield* job.morePages(ENDPOINTS.listWebinarReportParticipants, listWebinarReportParticipants(zoom, uuid));
      return;
    }
    // Another meeting may have been refused while this one's batch was already planned.
    if (!this.isRefused) {
      try {
        const pages = listPastMeetingParticipants(zoom, uuid);
        for await (const page of job.morePages(ENDPOINTS.listPastMeetingParticipants, pages)) {
          this.#isGiven = true;
          yield page;
        }
        return;
      } catch (error) {
        if (!(error instanceof ZoomError) || this.#isGiven || !this.#isRefusal(error)) throw error;
        job.checkpoint[this.#key] = true;
      }
    }
    job.foresee(ENDPOINTS.listMeetingReportParticipants, 1, 'Meetings whose cheaper list may not be read.');
    yield* job.morePages(ENDPOINTS.listMeetingReportParticipants, listMeetingReportParticipants(zoom, uuid));
  }

  #isRefusal({ kind, zoomCode }: ZoomError): boolean {
    if (kind === 'SCOPE') return true;
    if (this.#reading.account.tier !== 'SUB') return false;
    return kind === 'FORBIDDEN' || (kind === 'NOT_FOUND' && NO_SUCH_ADDRESS.includes(zoomCode));
  }
}
