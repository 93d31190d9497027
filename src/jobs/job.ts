import type { ClientOptions, RateLabel, ZoomClient } from '../datasources/zoom/client.ts';
import type { RunProgress } from '../datasources/store/job-runs.ts';
import { saveProgress } from '../datasources/store/job-runs.ts';
import type { IntegrationRow, JobRunRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';

/** How a task ended; `note` says, for a license manager, what is missing. */
export interface JobResult {
  status: 'SUCCEEDED' | 'INCOMPLETE';
  note: string | null;
}

export type Task = (job: Job) => Promise<JobResult>;

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
  }

  /** A client whose calls are counted to this run and end with it. */
  zoom(options: Pick<ClientOptions, 'subAccountId'> = {}): ZoomClient {
    return this.deps.zoom.forIntegration(this.integration.id, {
      ...options,
      signal: this.signal,
      deadlineMs: BACKGROUND_DEADLINE_MS,
      onCall: (label) => {
        this.#calls[label] += 1;
      },
    });
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
    };
    this.#calls = { LIGHT: 0, MEDIUM: 0, HEAVY: 0, RESOURCE_INTENSIVE: 0 };
    // One after the other: two saves that overtake each other would take progress back.
    this.#saving = this.#saving.then(() => saveProgress(this.deps.database.sql, this.run.id, progress));
    await this.#saving;
  }
}
