import { recountActivity } from '../datasources/store/activity-counts.ts';
import {
  meetingsWithoutExtras,
  reopenMeetingExtras,
  saveMeetingExtras,
  type MeetingForExtras,
} from '../datasources/store/meeting-extras.ts';
import { taskPartsByIntegrationIds } from '../datasources/store/task-parts.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ENDPOINTS, type Endpoint } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import {
  countMeetingRegistrants,
  countWebinarRegistrants,
  listPastMeetingPolls,
  listPastWebinarPolls,
  pollsIn,
} from '../datasources/zoom/meeting-extras.ts';
import type { AccountRow, MeetingRow } from '../db/tables/rows.ts';
import { TASK_PARTS } from '../policy/task-parts.ts';
import type { TaskPartName } from '../schema.generated.ts';
import type { Job } from './job.ts';
import type { Parts } from './parts.ts';
import { BATCH, WIDTH } from './reading.ts';
import { inBatches } from './side-by-side.ts';

/** Small at first: an account that is not given polls at all shall not be asked for hundreds. */
const FIRST_BATCH = 10;

/** One thing that is asked of a meeting or webinar. */
interface Extra {
  part: TaskPartName;
  endpoint: Endpoint;
  kind: MeetingRow['kind'];
  column: 'pollCount' | 'registrantCount';
  ask: (zoom: ZoomClient, meeting: MeetingForExtras) => Promise<number>;
}

const EXTRAS: readonly Extra[] = [
  {
    part: 'POLLS',
    endpoint: ENDPOINTS.listPastMeetingPolls,
    kind: 'MEETING',
    column: 'pollCount',
    ask: async (zoom, { uuid }) => pollsIn(await listPastMeetingPolls(zoom, uuid)),
  },
  {
    part: 'REGISTRANTS',
    endpoint: ENDPOINTS.countMeetingRegistrants,
    kind: 'MEETING',
    column: 'registrantCount',
    ask: (zoom, { zoomMeetingId }) => countMeetingRegistrants(zoom, zoomMeetingId),
  },
  {
    part: 'WEBINAR_POLLS',
    endpoint: ENDPOINTS.listPastWebinarPolls,
    kind: 'WEBINAR',
    column: 'pollCount',
    ask: async (zoom, { uuid }) => pollsIn(await listPastWebinarPolls(zoom, uuid)),
  },
  {
    part: 'WEBINAR_REGISTRANTS',
    endpoint: ENDPOINTS.countWebinarRegistrants,
    kind: 'WEBINAR',
    column: 'registrantCount',
    ask: (zoom, { zoomMeetingId }) => countWebinarRegistrants(zoom, zoomMeetingId),
  },
];

export interface ExtrasReading {
  job: Job;
  zoom: ZoomClient;
  account: AccountRow;
  /** Meetings count from here on. */
  from: Date;
  /** Was activity read to the end? */
  isKnown: boolean;
}

/**
 * Reads polls and registrations: of each meeting once ever, of a series the registrations once. A host of whom a poll or
 * a registration shows that the license is needed is counted again at once, so that no further call is made for them.
 */
export async function readMeetingExtras(reading: ExtrasReading, parts: Parts): Promise<void> {
  const { job, account, from, isKnown } = reading;
  const { sql } = job.deps.database;
  const detail = job.integration.meetingDetail;
  if (detail === 'NONE') {
    for (const { part } of EXTRAS) {
      parts.end(part, 'SKIPPED', `${TASK_PARTS[part].what} were not asked for: \`meetingDetail\` is NONE.`);
    }
    return;
  }
  const asking = new Asking(reading, parts);
  await asking.reopen();
  /** Asked for, and not yet written down. */
  let onTheirWay: readonly MeetingForExtras[] = [];
  /** Beside whom there was nobody left to ask for. */
  let noneBeside: readonly MeetingForExtras[] | null = null;
  let isTried = false;
  await inBatches<Asked, Told | null>({
    width: WIDTH,
    next: async () => {
      // Until the first few are over, nobody knows what Zoom gives at all.
      if (onTheirWay.length > 0 && (!isTried || noneBeside === onTheirWay)) return null;
      if (!asking.goesOn()) return [];
      const meetings = await meetingsWithoutExtras(sql, account.id, {
        detail,
        kinds: asking.kinds(),
        from,
        without: onTheirWay,
        limit: isTried ? BATCH : FIRST_BATCH,
      });
      if (meetings.length === 0) {
        noneBeside = onTheirWay;
        return onTheirWay.length > 0 ? null : [];
      }
      onTheirWay = [...onTheirWay, ...meetings];
      job.expect(meetings.length);
      asking.foresee(meetings);
      const answers: Answers = new Map();
      return meetings.map((meeting) => ({ meeting, answers }));
    },
    work: (asked) => asking.ask(asked),
    write: async (batch, told) => {
      const now = job.deps.now();
      const known = told.filter((one) => one !== null);
      await saveMeetingExtras(sql, known, now);
      const hosts = new Set(batch.flatMap(({ meeting }) => meeting.hostUserId ?? []));
      await recountActivity(sql, account.id, { from, isKnown, now, userIds: [...hosts] });
      const ids = new Set(batch.map(({ meeting }) => meeting.id));
      onTheirWay = onTheirWay.filter(({ id }) => !ids.has(id));
      isTried = true;
      if (batch[0] !== undefined) asking.endRefused(batch[0].answers);
      await job.advance(batch.length);
    },
  });
  asking.end();
}

/** Registrations are of a number, so of all its meetings. */
const seriesOf = ({ kind, zoomMeetingId }: MeetingForExtras) => `${kind} ${zoomMeetingId}`;

/** How many meetings of a batch Zoom told about, and with what it refused others. */
type Answers = Map<Extra, { told: number; refusal: ZoomError | null }>;

/** A meeting on its way, with what its batch was answered so far. */
interface Asked {
  meeting: MeetingForExtras;
  answers: Answers;
}

type Told = Pick<MeetingForExtras, 'id' | 'pollCount' | 'registrantCount'>;

/** What is still asked for, and what became of it. */
class Asking {
  readonly #reading: ExtrasReading;
  readonly #parts: Parts;
  #open: Extra[];
  #hasFailed = false;
  /** Series by number: asked once. */
  readonly #series = new Map<string, Promise<number | null>>();

  constructor(reading: ExtrasReading, parts: Parts) {
    this.#reading = reading;
    this.#parts = parts;
    this.#open = EXTRAS.filter(({ part }) => parts.mayRead(part));
  }

  goesOn(): boolean {
    return this.#open.length > 0 && !this.#hasFailed;
  }

  kinds(): MeetingRow['kind'][] {
    return [...new Set(this.#open.map(({ kind }) => kind))];
  }

  /** Somebody consented once more since a part was left out: meetings that were read without it are asked again. */
  async reopen(): Promise<void> {
    const { job, account } = this.#reading;
    const { sql } = job.deps.database;
    const [rows = []] = await taskPartsByIntegrationIds(sql, [job.integration.id]);
    const { authorizedAt } = job.integration;
    for (const { part, kind, column } of this.#open) {
      const before = rows.find((row) => row.part === part);
      if (before?.status === 'SKIPPED' && authorizedAt !== null && before.at < authorizedAt) {
        await reopenMeetingExtras(sql, account.id, kind, column);
      }
    }
  }

  /** Notes the calls that a batch will take. */
  foresee(batch: readonly MeetingForExtras[]): void {
    for (const { kind, column, endpoint } of this.#open) {
      const left = batch.filter((meeting) => meeting.kind === kind && meeting[column] === null);
      const isAsked = (series: string) => this.#series.has(series);
      const calls =
        column === 'pollCount'
          ? left.length
          : [...new Set(left.map(seriesOf))].filter((series) => !isAsked(series)).length;
      this.#reading.job.foresee(
        endpoint,
        calls,
        'Of which a poll or a registration may show that a license is needed.',
      );
    }
  }

  /** @returns null when Zoom could not be asked: then the meeting is asked again another time. */
  async ask({ meeting, answers }: Asked): Promise<Told | null> {
    const found = { id: meeting.id, pollCount: meeting.pollCount, registrantCount: meeting.registrantCount };
    let wasAsked = false;
    for (const extra of EXTRAS.filter(({ kind }) => kind === meeting.kind)) {
      if (this.#hasFailed) return null;
      if (!this.#open.includes(extra)) continue;
      try {
        found[extra.column] ??= await this.#once(extra, meeting, answers);
        wasAsked = true;
      } catch (error) {
        this.#parts.refused(extra.part, error);
        this.#open = this.#open.filter((one) => one !== extra);
        if (error instanceof ZoomError && error.kind === 'SCOPE') continue;
        this.#hasFailed = true;
        return null;
      }
    }
    return wasAsked ? found : null;
  }

  async #once(extra: Extra, meeting: MeetingForExtras, answers: Answers): Promise<number | null> {
    if (extra.column === 'pollCount') return this.#answer(extra, meeting, answers);
    const key = seriesOf(meeting);
    const before = this.#series.get(key);
    if (before !== undefined) return before;
    const answer = this.#answer(extra, meeting, answers);
    this.#series.set(key, answer);
    return answer;
  }

  /** @returns null where Zoom tells nothing of this meeting. */
  async #answer(extra: Extra, meeting: MeetingForExtras, of: Answers): Promise<number | null> {
    const answers = of.get(extra) ?? { told: 0, refusal: null };
    of.set(extra, answers);
    try {
      const count = await extra.ask(this.#reading.zoom, meeting);
      answers.told += 1;
      return count;
    } catch (error) {
      if (!(error instanceof ZoomError)) throw error;
      if (error.kind === 'FORBIDDEN') answers.refusal = error;
      // Too long ago, or gone with its host: there is nothing to be known any more.
      else if (error.kind !== 'NOT_FOUND' && error.kind !== 'VALIDATION') throw error;
      return null;
    }
  }

  /** A part that Zoom refused for every meeting of a batch is not given to this account. */
  endRefused(answers: Answers): void {
    for (const [extra, { told, refusal }] of answers) {
      if (told > 0 || refusal === null) continue;
      this.#parts.refused(extra.part, refusal);
      this.#open = this.#open.filter((one) => one !== extra);
    }
  }

  /** What was neither refused nor cut short was read. */
  end(): void {
    if (this.#hasFailed) return;
    for (const { part } of this.#open) this.#parts.end(part, 'READ');
  }
}
