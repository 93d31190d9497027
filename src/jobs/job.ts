import type { ClientOptions, RateLabel, ZoomClient, ZoomRequest } from '../datasources/zoom/client.ts';
import type { Endpoint } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import type { RunProgress } from '../datasources/store/job-runs.ts';
import { saveProgress } from '../datasources/store/job-runs.ts';
import type { PlannedCallsRecord } from '../db/tables/integrations.ts';
import type { IntegrationRow, JobRunRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { GIVE_UP_AFTER, isPassing, isUnanswered } from '../policy/repeats.ts';

/** How a task ended; `note` says, for a license manager, what is missing. */
export interface JobResult {
  status: 'SUCCEEDED' | 'INCOMPLETE';
  note: string | null;
}

export type Task = (job: Job) => Promise<JobResult>;

const ZOOM_FAILED = 'zoomFailed';

const SAVE_EVERY_MS = 500;

/** How long one call may take in background work, waiting for its turn included. */
const BACKGROUND_DEADLINE_MS = 10 * 60_000;

/** One run while it is being worked on: its integration, its way to Zoom, and what it has to say of its progress. */
export class Job {
  readonly deps: Deps;
  readonly integration: IntegrationRow;
  readonly run: JobRunRow;
  readonly signal: AbortSignal;
  /** What is proven so far; survives the worker. Saved with the progress. */
  readonly checkpoint: Record<string, unknown>;
  #done: number;
  #total: number;
  #usersSeen: number;
  #calls: Record<RateLabel, number> = { LIGHT: 0, MEDIUM: 0, HEAVY: 0, RESOURCE_INTENSIVE: 0 };
  /** By endpoint, `GET /users`. */
  readonly #spent: Map<string, number>;
  readonly #foreseen: Map<string, number>;
  #planned: Map<string, PlannedCallsRecord> | null;
  /** Answers of Zoom's, and the questions that failed since the last of them, whoever of the run asked. */
  #answers = 0;
  #unanswered = 0;
  #givenUp: ZoomError | null = null;
  #failure: unknown = null;
  /** Calls off what is still on its way then. */
  readonly #silence = new AbortController();
  #savedAt = 0;
  #saving: Promise<void> = Promise.resolve();

  constructor(deps: Deps, integration: IntegrationRow, run: JobRunRow, signal: AbortSignal) {
    this.deps = deps;
    this.integration = integration;
    this.run = run;
    this.signal = signal;
    this.checkpoint = { ...run.checkpoint };
    this.#done = run.progressDone;
    this.#total = run.progressTotal;
    this.#usersSeen = run.usersSeen;
    this.#spent = new Map(Object.entries(run.spent));
    // What an earlier worker spent was foreseen by it.
    this.#foreseen = new Map(this.#spent);
    this.#planned = run.planned === null ? null : new Map(run.planned.map((line) => [line.endpoint, line]));
  }

  /** When the run was first taken up; the same for every worker that goes on with it. */
  get startedAt(): Date {
    return this.run.startedAt ?? this.deps.now();
  }

  /**
   * A client whose calls are counted to this run and end with it. After too many without an answer they all fail, also those
   * that are on their way, with an error that ends the run: of a large account a hundred thousand questions would follow.
   */
  zoom(options: Pick<ClientOptions, 'subAccountId'> = {}): ZoomClient {
    const client = this.deps.zoom.forIntegration(this.integration.id, {
      ...options,
      signal: AbortSignal.any([this.signal, this.#silence.signal]),
      deadlineMs: BACKGROUND_DEADLINE_MS,
      onCall: (label, endpoint) => {
        this.#calls[label] += 1;
        this.#spent.set(endpoint, (this.#spent.get(endpoint) ?? 0) + 1);
      },
      onFailure: ({ kind }) => {
        if (isPassing(kind)) this.checkpoint[ZOOM_FAILED] = true;
      },
    });
    return { integrationId: client.integrationId, call: (request) => this.#ask(client, request) };
  }

  async #ask<T>(client: ZoomClient, request: ZoomRequest<T>): Promise<T> {
    if (this.#givenUp !== null) throw this.#givenUp;
    const answersBefore = this.#answers;
    const noteAnswer = () => {
      this.#answers += 1;
      this.#unanswered = 0;
    };
    try {
      const answer = await client.call(request);
      noteAnswer();
      return answer;
    } catch (error) {
      if (!(error instanceof ZoomError)) throw error;
      if (this.#givenUp !== null) throw this.#givenUp;
      if (isUnanswered(error.kind)) this.#unanswered += 1;
      else noteAnswer();
      // Questions that are repeated fail late, many at once: where others were answered meanwhile, Zoom is there.
      const isSilent = this.#answers === answersBefore;
      if (!isSilent || this.#unanswered < GIVE_UP_AFTER) throw error;
      const words = `${error.message} Nothing more was asked after ${GIVE_UP_AFTER} questions in a row without an answer.`;
      const { endpoint, kind, outcome, httpStatus, zoomCode } = error;
      this.#givenUp = new ZoomError(words, {
        endpoint,
        kind,
        outcome,
        httpStatus,
        zoomCode,
        endsRun: true,
        cause: error,
      });
      this.#silence.abort();
      throw this.#givenUp;
    }
  }

  /** Something of ours failed, so the run has: nothing more is asked for it, and what is on its way is called off. */
  stop(cause: unknown): void {
    this.#failure ??= cause;
    const words = 'Something of ours failed, so that nothing more was asked.';
    this.#givenUp ??= new ZoomError(words, { endpoint: '', kind: 'ABORTED', outcome: 'NOT_SENT', cause });
    this.#silence.abort();
  }

  /** What failed of ours, of which other failures may only be what followed; null: nothing. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Did Zoom leave something unanswered that it may answer in a while, now or to an earlier worker? */
  get hasZoomFailed(): boolean {
    return this.checkpoint[ZOOM_FAILED] === true;
  }

  /** What the run is expected to spend; a plan that an earlier worker made stays. */
  plan(lines: readonly PlannedCallsRecord[]): void {
    this.#planned ??= new Map(lines.map((line) => [line.endpoint, line]));
  }

  /**
   * So many more calls turned out to be needed, which no plan could count before. The plan grows where it said less;
   * where it said enough, it stays.
   */
  foresee({ method, path, label }: Endpoint, calls: number, why: string): void {
    const endpoint = `${method} ${path}`;
    const foreseen = (this.#foreseen.get(endpoint) ?? 0) + calls;
    this.#foreseen.set(endpoint, foreseen);
    if (this.#planned === null || foreseen <= (this.#planned.get(endpoint)?.calls ?? 0)) return;
    this.#planned.set(endpoint, { endpoint, label, calls: foreseen, isEstimate: false, why });
  }

  /** The pages of a listing whose first one is planned: how many follow, nobody knows before they came. */
  async *morePages<T>(endpoint: Endpoint, pages: AsyncIterable<T>): AsyncGenerator<T> {
    let isFirst = true;
    for await (const page of pages) {
      if (!isFirst) this.foresee(endpoint, 1, 'More pages than were known of.');
      isFirst = false;
      yield page;
    }
  }

  /** More work was found. */
  expect(steps: number): void {
    this.#total += steps;
  }

  /** Work was done; saved at most twice a second. */
  async advance(steps: number, usersSeen = 0): Promise<void> {
    this.#done += steps;
    this.#usersSeen += usersSeen;
    this.#total = Math.max(this.#total, this.#done);
    if (Date.now() - this.#savedAt >= SAVE_EVERY_MS) await this.save();
  }

  /** Writes progress, calls and checkpoint down now. */
  async save(): Promise<void> {
    this.#savedAt = Date.now();
    const progress: RunProgress = {
      done: this.#done,
      total: this.#total,
      usersSeen: this.#usersSeen,
      calls: this.#calls,
      checkpoint: this.checkpoint,
      planned: this.#planned === null ? null : [...this.#planned.values()],
      spent: Object.fromEntries(this.#spent),
    };
    this.#calls = { LIGHT: 0, MEDIUM: 0, HEAVY: 0, RESOURCE_INTENSIVE: 0 };
    // One after the other: two saves that overtake each other would take progress back.
    this.#saving = this.#saving.then(() => saveProgress(this.deps.database.sql, this.run.id, progress));
    await this.#saving;
  }
}
