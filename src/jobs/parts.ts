import { saveTaskParts } from '../datasources/store/task-parts.ts';
import { mustStop, ZoomError, type ZoomErrorKind } from '../datasources/zoom/errors.ts';
import { whyNotRead, whyWithout } from '../policy/task-parts.ts';
import type { TaskPartName } from '../schema.generated.ts';
import type { Job } from './job.ts';

/** Answers by which Zoom says that this account is not given something: a fact about the account, and no failure. */
const REFUSALS: ReadonlySet<ZoomErrorKind> = new Set(['SCOPE', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION']);

interface End {
  status: 'READ' | 'SKIPPED' | 'FAILED';
  message: string | null;
}

const BADNESS = { READ: 0, SKIPPED: 1, FAILED: 2 } as const;

/**
 * The parts of a task while it runs: which may be asked for, and how each ended. Of several accounts the worst end
 * counts. A part that is left out is said to be, and costs no call; one that fails makes the run incomplete.
 */
export class Parts {
  readonly #job: Job;
  readonly #ends = new Map<TaskPartName, End>();

  constructor(job: Job) {
    this.#job = job;
  }

  /** Was the scope of a part granted? If it wasn't, that is how the part ends. */
  mayRead(part: TaskPartName): boolean {
    const why = whyNotRead(part, this.#job.integration.grantedScopes);
    if (why !== null) this.end(part, 'SKIPPED', why);
    return why === null;
  }

  /** Reads a part, if that is allowed. @returns whether it was read to the end. */
  async read(part: TaskPartName, read: () => Promise<void>): Promise<boolean> {
    if (!this.mayRead(part)) return false;
    try {
      await read();
    } catch (error) {
      this.refused(part, error);
      return false;
    }
    this.end(part, 'READ');
    return true;
  }

  /**
   * Ends a part with what Zoom answered.
   *
   * @throws what was no answer, and what ends the whole run.
   */
  refused(part: TaskPartName, error: unknown): void {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    const status = REFUSALS.has(error.kind) ? 'SKIPPED' : 'FAILED';
    this.end(part, status, whyWithout(part, status, error.message));
  }

  end(part: TaskPartName, status: End['status'], message: string | null = null): void {
    const before = this.#ends.get(part);
    if (before === undefined || BADNESS[status] > BADNESS[before.status]) this.#ends.set(part, { status, message });
  }

  /** Writes down how the parts ended. @returns what could not be read, in words. */
  async save(): Promise<string[]> {
    const ends = [...this.#ends].map(([part, end]) => ({ part, ...end }));
    await saveTaskParts(this.#job.deps.database.sql, this.#job.integration.id, ends, this.#job.deps.now());
    return ends.flatMap(({ status, message }) => (status === 'FAILED' && message !== null ? [message] : []));
  }
}
