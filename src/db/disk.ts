import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const MIB = 2 ** 20;

/**
 * What stays free on the disk of the embedded database: for transactions that are under way when it is reached, and for the
 * log (WAL), which grows by 16 MiB at once and ends the database where it can't.
 */
export const RESERVE_BYTES = 64 * MIB;
/** A new database, before anything is in it. */
const NEW_BYTES = 48 * MIB;
const LOOK_EVERY_MS = 250;

/** As many files of the log may be there, 16 MiB each: nobody but us ever has the embedded database drop old ones. */
const WAL_FILES = 6;
/** A checkpoint that brought nothing, for want of space most likely, is not tried at every look. */
const CHECKPOINT_AGAIN_MS = 10_000;

/** Makes the log shrink to its size at a checkpoint. */
export const WAL_SETTINGS: readonly string[] = ['-c', 'max_wal_size=64MB', '-c', 'min_wal_size=32MB'];

/** There is not enough space to open the embedded database. */
export class NoSpaceError extends Error {
  constructor(dataDir: string, freeBytes: number, neededBytes: number) {
    super(
      `The disk of the embedded database in ${dataDir} is full: ${mib(freeBytes)} MB are free, and it opens with ` +
        `${mib(neededBytes)} MB or more. Nothing was changed and nothing is lost. Make space and start again.`,
    );
    this.name = 'NoSpaceError';
  }
}

/** Where the disk is looked at, and what is told about it. */
export interface DiskOptions {
  /** Bytes that are free on the disk of a folder. */
  freeBytes?: (folder: string) => number;
  reserveBytes?: number;
  /** Called once when writes begin to be refused, and once when they are taken again. */
  onFull?: (isFull: boolean, freeBytes: number) => void;
}

/** @throws {NoSpaceError} when a database that is opened now could not write, and so would not open. */
export function demandSpace(dataDir: string, { freeBytes = freeOn, reserveBytes = RESERVE_BYTES }: DiskOptions): void {
  const isNew = !existsSync(join(dataDir, 'postgres', 'PG_VERSION'));
  const needed = reserveBytes + (isNew ? NEW_BYTES : 0);
  const free = freeBytes(dataDir);
  if (free < needed) throw new NoSpaceError(dataDir, free, needed);
}

/** Looks after the disk of an embedded database between its statements. */
export class Disk {
  isFull = false;
  readonly #dataDir: string;
  readonly #options: Required<DiskOptions>;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #noCheckpointUntil = Number.NEGATIVE_INFINITY;

  constructor(dataDir: string, options: DiskOptions) {
    this.#dataDir = dataDir;
    this.#options = { freeBytes: freeOn, reserveBytes: RESERVE_BYTES, onFull: () => undefined, ...options };
  }

  /** Is it time to look again? */
  isDue(): boolean {
    return performance.now() - this.#lookedAt > LOOK_EVERY_MS;
  }

  /**
   * All connections share one session, so that a setting of it holds for everybody: PostgreSQL itself then tells writes from
   * reads, and refuses them. Must not be called inside a transaction, whose end would take the setting back.
   *
   * @param run executes a statement on the session
   */
  async look(run: (statement: string) => Promise<void>): Promise<void> {
    this.#lookedAt = performance.now();
    if (this.#lookedAt > this.#noCheckpointUntil && this.#isLogLong()) {
      await run('checkpoint');
      if (this.#isLogLong()) this.#noCheckpointUntil = this.#lookedAt + CHECKPOINT_AGAIN_MS;
    }
    const { freeBytes, reserveBytes, onFull } = this.#options;
    const free = freeBytes(this.#dataDir);
    // Half as much more before writes are taken again, or it would go back and forth.
    const isFull = free < (this.isFull ? reserveBytes * 1.5 : reserveBytes);
    if (isFull === this.isFull) return;
    await run(`set default_transaction_read_only = ${isFull ? 'on' : 'off'}`);
    this.isFull = isFull;
    onFull(isFull, free);
  }

  #isLogLong(): boolean {
    const names = readdirSync(join(this.#dataDir, 'postgres', 'pg_wal'));
    return names.filter((name) => name.length === 24).length > WAL_FILES;
  }
}

function freeOn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Bytes in whole MB, as people read them. */
export function mib(bytes: number): number {
  return Math.floor(bytes / MIB);
}
