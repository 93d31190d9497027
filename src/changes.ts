import { AsyncLocalStorage } from 'node:async_hooks';
import { candidatesByIds, lastStep, MOST_STEPS, stepsIn } from './datasources/store/candidates.ts';
import { latestRunsOf } from './datasources/store/job-runs.ts';
import type { CandidateRow, JobRunRow } from './db/tables/rows.ts';
import type { Deps } from './deps.ts';
import { AppError } from './errors.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { asRequest } from './origin.ts';
import { NO_END, stillUnseen, type Unseen } from './policy/unseen.ts';

/** How often the database is looked at while anybody listens. */
const EVERY_MS = 1_000;

/** Things that may wait for one listener. Each waits in its latest state only. */
const MOST_WAITING = 1_000;

/** Changes that are told at once. */
const BATCH = 50;

/** Something as it is after a change, with the loaders of the look that found it: all who hear of it read by the same. */
export interface Change<Row> {
  row: Row;
  load: Loaders;
  now: Date;
}

type Row = JobRunRow | CandidateRow;

/** One who listens to changes of one kind in one integration. */
class Listener<R extends Row> implements AsyncIterableIterator<Change<R>[]> {
  readonly integrationId: string;
  /** What was told of each run: its state, in a text. */
  readonly told = new Map<string, string>();
  readonly ready = Promise.withResolvers<void>();
  isReady = false;
  readonly #waiting = new Map<string, Change<R>>();
  readonly #leave: (listener: Listener<R>) => void;
  #wake: () => void = () => {};
  #hasEnded = false;
  #failure: AppError | null = null;

  constructor(integrationId: string, leave: (listener: Listener<R>) => void) {
    this.integrationId = integrationId;
    this.#leave = leave;
  }

  put(change: Change<R>): void {
    if (this.#waiting.size >= MOST_WAITING && !this.#waiting.has(change.row.id)) {
      this.#failure = new AppError('INTERNAL', 'More has changed than was taken. Read it, and subscribe again.', {
        retryable: true,
      });
      return this.#end();
    }
    this.#waiting.set(change.row.id, change);
    this.#wake();
  }

  async next(): Promise<IteratorResult<Change<R>[], undefined>> {
    while (this.#waiting.size === 0 && !this.#hasEnded) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#failure !== null) {
      const failure = this.#failure;
      this.#failure = null;
      throw failure;
    }
    if (this.#hasEnded) return { done: true, value: undefined };
    const batch = [...this.#waiting.values()].slice(0, BATCH);
    for (const { row } of batch) this.#waiting.delete(row.id);
    return { done: false, value: batch };
  }

  return(): Promise<IteratorResult<Change<R>[], undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(): void {
    this.#hasEnded = true;
    this.#waiting.clear();
    this.#leave(this);
    this.#wake();
  }
}

/** Changes of one kind: each step yields those that came together. */
export type ChangesOf<R> = AsyncIterableIterator<Change<R>[]>;

/**
 * What changes in the database, looked up for everybody at once: three statements a second at most, however many listen,
 * and none while nobody does.
 */
export class Changes {
  readonly #deps: Deps;
  readonly #runs = new Set<Listener<JobRunRow>>();
  readonly #candidates = new Set<Listener<CandidateRow>>();
  /** Steps of candidates that were not seen yet; null while nobody listens to them. */
  #unseen: Unseen[] | null = null;
  /** Runs what is of no request, although one of them began it. */
  readonly #outside = AsyncLocalStorage.snapshot();
  #timer: NodeJS.Timeout | null = null;
  #isLooking = false;
  #isFailing = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Runs of an integration: first those that wait or run, then each whose state changed. */
  jobRuns(integrationId: string): Promise<ChangesOf<JobRunRow>> {
    return this.#listen(this.#runs, integrationId);
  }

  /** Candidates of an integration that are found or change their status from now on. */
  candidates(integrationId: string): Promise<ChangesOf<CandidateRow>> {
    return this.#listen(this.#candidates, integrationId);
  }

  /** How many listen. */
  get listeners(): number {
    return this.#runs.size + this.#candidates.size;
  }

  async #listen<R extends Row>(all: Set<Listener<R>>, integrationId: string): Promise<ChangesOf<R>> {
    const listener = new Listener<R>(integrationId, (one) => all.delete(one));
    all.add(listener);
    this.#soon(0);
    // From here on nothing is missed.
    await listener.ready.promise;
    return listener;
  }

  #soon(ms: number): void {
    if (this.#isLooking) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#outside(() => void asRequest('subscriptions', () => this.#look()));
    }, ms);
    // A process that ends does not wait for the next look.
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    this.#isLooking = true;
    const [runs, candidates] = [[...this.#runs], [...this.#candidates]];
    try {
      await Promise.all([this.#lookAtRuns(runs), this.#lookAtCandidates(candidates)]);
      for (const listener of [...runs, ...candidates]) {
        listener.isReady = true;
        listener.ready.resolve();
      }
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#deps.log.warn({ err: error }, 'changes for subscriptions could not be read');
      this.#isFailing = true;
      // Who is listening already hears of it all when it can be read again.
      for (const listener of [...runs, ...candidates].filter(({ isReady }) => !isReady)) {
        listener.ready.reject(error);
        void listener.return();
      }
    }
    this.#isLooking = false;
    if (this.#candidates.size === 0) this.#unseen = null;
    const isAwaited = [...this.#runs, ...this.#candidates].some(({ isReady }) => !isReady);
    if (this.listeners > 0) this.#soon(isAwaited ? 0 : EVERY_MS);
  }

  async #lookAtRuns(listeners: readonly Listener<JobRunRow>[]): Promise<void> {
    if (listeners.length === 0) return;
    const byIntegration = Map.groupBy(listeners, ({ integrationId }) => integrationId);
    const found = this.#found();
    for (const row of await latestRunsOf(this.#deps.database.sql, [...byIntegration.keys()])) {
      const state = stateOf(row);
      const isOpen = row.status === 'QUEUED' || row.status === 'RUNNING';
      for (const listener of byIntegration.get(row.integrationId) ?? []) {
        if (listener.told.get(row.id) === state) continue;
        listener.told.set(row.id, state);
        if (isOpen || listener.isReady) listener.put({ row, ...found });
      }
    }
  }

  async #lookAtCandidates(listeners: readonly Listener<CandidateRow>[]): Promise<void> {
    if (listeners.length === 0) return;
    const { sql } = this.#deps.database;
    const isFirst = this.#unseen === null;
    // The first look learns which of the last steps are there, so that those between them are noticed when they come.
    const before = this.#unseen ?? [{ from: (await lastStep(sql)) - MOST_STEPS + 1, to: NO_END, since: null }];
    const steps = await stepsIn(sql, before);
    const found = this.#found();
    const unseen = stillUnseen(
      before,
      steps.map(({ seq }) => seq),
      found.now.getTime(),
    );
    const ids = isFirst ? [] : [...new Set(steps.map(({ candidateId }) => candidateId))];
    const rows = ids.length === 0 ? [] : await candidatesByIds(sql, ids);
    // Only now: had the last statement failed, they would have been lost.
    this.#unseen = unseen;
    const byIntegration = Map.groupBy(listeners, ({ integrationId }) => integrationId);
    for (const row of rows) {
      for (const listener of byIntegration.get(row?.integrationId ?? '') ?? []) {
        if (row !== null) listener.put({ row, ...found });
      }
    }
  }

  #found(): { load: Loaders; now: Date } {
    const now = this.#deps.now();
    return { load: createLoaders(this.#deps, now), now };
  }
}

/** All of a run that a listener wants to know about, as one text. */
function stateOf(run: JobRunRow): string {
  const { status, startedAt, finishedAt, progressDone, progressTotal, usersSeen, error } = run;
  const calls = [run.callsLight, run.callsMedium, run.callsHeavy, run.callsResourceIntensive];
  return JSON.stringify([status, startedAt, finishedAt, progressDone, progressTotal, usersSeen, error, calls]);
}
