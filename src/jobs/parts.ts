import { saveTaskParts } from '../datasources/store/task-parts.ts';
import { mustStop, ZoomError, type ZoomErrorKind } from '../datasources/zoom/errors.ts';
import { tellOfAccounts } from '../policy/account-notes.ts';
import { whyNotRead, whyWithout } from '../policy/task-parts.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import type { TaskPartName } from '../schema.generated.ts';
import type { Job } from './job.ts';

/** Answers by which Zoom says that this account is not given something: a fact about the account, and no failure. */
const REFUSALS: ReadonlySet<ZoomErrorKind> = new Set(['SCOPE', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION']);

export interface End {
  status: 'READ' | 'SKIPPED' | 'FAILED';
  message: string | null;
}

/** How the parts of one account ended, as a checkpoint keeps it. */
export type Ends = Partial<Record<TaskPartName, End>>;

const BADNESS = { READ: 0, SKIPPED: 1, FAILED: 2 } as const;

/**
 * The parts of a task while it reads one account: which may be asked for, and how each ended. A part that is left out is
 * said to be, and costs no call; one that fails makes the run incomplete.
 */
export class Parts {
  readonly #job: Job;
  readonly ends: Ends = {};

  constructor(job: Job) {
    this.#job = job;
  }

  /** Was the scope of a part granted? If it wasn't, that is how the part ends. */
  mayRead(part: TaskPartName): boolean {
    const { grantedScopes, kind } = this.#job.integration;
    const why = whyNotRead(part, grantedScopes, kind);
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
    const before = this.ends[part];
    if (before === undefined || BADNESS[status] > BADNESS[before.status]) this.ends[part] = { status, message };
  }

  /** What could not be read, in words. */
  failures(): string[] {
    return Object.values(this.ends).flatMap(({ status, message }) =>
      status === 'FAILED' && message !== null ? [message] : [],
    );
  }
}

/** How the parts of one account of a run ended. */
export interface AccountEnds {
  account: Pick<AccountRow, 'name'>;
  ends: Ends;
}

/**
 * Writes down how the parts of all accounts of a run ended: of several accounts the worst end counts, and its message
 * names them.
 */
export async function savePartEnds(job: Job, accounts: readonly AccountEnds[]): Promise<void> {
  const names = [...new Set(accounts.flatMap(({ ends }) => Object.keys(ends) as TaskPartName[]))];
  const rows = names.map((part) => {
    const ended = accounts.flatMap(({ account, ends }) => {
      const end = ends[part];
      return end === undefined ? [] : [{ account: account.name, ...end }];
    });
    const status = ended.map((end) => end.status).reduce((a, b) => (BADNESS[b] > BADNESS[a] ? b : a));
    const notes = ended.flatMap(({ account, status: one, message }) =>
      one === status && message !== null ? [{ account, note: message }] : [],
    );
    return { part, status, message: tellOfAccounts(notes, ended.length).join(' ') || null };
  });
  await saveTaskParts(job.deps.database.sql, job.integration.id, rows, job.deps.now());
}
