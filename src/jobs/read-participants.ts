import {
  learnKeys,
  meetingsWithoutParticipants,
  saveParticipants,
  type MeetingToRead,
} from '../datasources/store/activity.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { namedIn, toParticipantEntry } from '../datasources/zoom/meeting-to-row.ts';
import { listPastMeetingParticipants, type ParticipantPayload } from '../datasources/zoom/meetings.ts';
import { listMeetingReportParticipants, listWebinarReportParticipants } from '../datasources/zoom/reports.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { mayListParticipants } from '../policy/task-scopes.ts';
import { BATCH, WIDTH, type Hosting, type Reading } from './reading.ts';
import { inBatches } from './side-by-side.ts';

/** Meetings that are asked for one at a time, as long as none shows which list tells. */
const MOST_TRIALS = 10;

/** So long after a meeting Zoom may still be about to tell who was in it. */
const NOT_YET_MS = 2 * DAY_MS;

/**
 * Reads the participants of every meeting that has not been read yet, newest first, until `hosting` brings no more.
 *
 * @returns when the first meeting began that Zoom does not tell about yet: it is asked for again next time, and nothing is
 * known of use from then on. Null when there is none.
 */
export async function readParticipants(reading: Reading, from: Date, hosting: Hosting): Promise<Date | null> {
  const { job, account, keys } = reading;
  const { sql } = job.deps.database;
  const now = job.deps.now().getTime();
  let unreadable = 0;
  let trials = 0;
  const notYet: MeetingToRead[] = [];
  /** Asked for, and not yet written down. */
  const asked = new Set<string>();
  const lists = new Lists(reading);
  const isYetToCome = ({ startTime, endTime }: MeetingToRead) => now - (endTime ?? startTime).getTime() < NOT_YET_MS;
  const next = async () => {
    // Until it is known which list tells, no call is risked for more than one; webinars and lost meetings don't show it.
    const isTrial = !lists.isTried && trials < MOST_TRIALS;
    if (isTrial && asked.size > 0) return null;
    // Looked at before the meetings are: what is written in between is found by the next look.
    const isLastLook = hosting.isOver;
    const without = [...notYet.map(({ id }) => id), ...asked];
    const limit = isTrial ? 1 : BATCH;
    const batch = await meetingsWithoutParticipants(sql, account.id, { from, without, limit });
    if (batch.length === 0) return isLastLook ? [] : null;
    if (isTrial) trials += 1;
    for (const { id } of batch) asked.add(id);
    job.expect(batch.length);
    const webinars = batch.filter((meeting) => meeting.kind === 'WEBINAR').length;
    const why = 'Meetings that were found, once each.';
    if (!lists.isRefused) job.foresee(ENDPOINTS.listPastMeetingParticipants, batch.length - webinars, why);
    job.foresee(ENDPOINTS.listWebinarReportParticipants, webinars, why);
    return batch;
  };
  await inBatches({
    width: WIDTH,
    next,
    work: (meeting) => participantsOf(lists, meeting),
    write: async (batch, told) => {
      const waiting = batch.filter((meeting, index) => told[index] === null && isYetToCome(meeting));
      notYet.push(...waiting);
      unreadable += told.filter((one) => one === null).length - waiting.length;
      const ids = batch.filter((meeting) => !waiting.includes(meeting)).map((meeting) => meeting.id);
      await learnKeys(sql, account.id, keys, namedIn(told.flatMap((one) => one ?? [])));
      const entries = batch.flatMap(({ id }, index) =>
        (told[index] ?? []).map((one, position) => toParticipantEntry(one, id, position, keys)),
      );
      await saveParticipants(sql, job.integration.id, ids, entries, job.deps.now());
      for (const { id } of batch) asked.delete(id);
      await job.advance(batch.length);
    },
  });
  if (unreadable > 0) {
    reading.notes.push(`Zoom no longer tells who was in ${unreadable} meetings; who only joined those is not known.`);
  }
  return notYet.length === 0 ? null : new Date(Math.min(...notYet.map(({ startTime }) => startTime.getTime())));
}

/** @returns null when Zoom no longer has them. */
async function participantsOf(lists: Lists, meeting: MeetingToRead): Promise<ParticipantPayload[] | null> {
  const participants: ParticipantPayload[] = [];
  try {
    for await (const page of lists.list(meeting)) participants.push(...page);
  } catch (error) {
    if (error instanceof ZoomError && (error.kind === 'NOT_FOUND' || error.kind === 'VALIDATION')) return null;
    throw error;
  }
  return participants;
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
