import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { openPool, type Database } from '#src/db/client.ts';
import { NoSpaceError } from '#src/db/disk.ts';
import { openEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from '#src/db/embedded.ts';
import type { DatabaseStoppedError } from '#src/db/engine.ts';
import { DatabaseFullError, outageOf } from '#src/db/outage.ts';
import { DatabaseGoneError } from '#src/db/watch.ts';

const MIB = 2 ** 20;
/** Longer than it takes until the disk is looked at again. */
const NEXT_LOOK_MS = 300;

let folder: string;
let dump: Blob | undefined;
const open: { pool: Database; embedded: EmbeddedDatabase }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'disk-'));
  const template = inject('template');
  if (template.kind === 'dump') dump = new Blob([await readFile(template.path)]);
});
afterEach(closeAll);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function closeAll(): Promise<void> {
  for (const { pool, embedded } of open.splice(0)) {
    await pool.close();
    await embedded.close();
  }
}

async function start(dataDir: string, options: EmbeddedOptions = {}) {
  const embedded = await openEmbedded(dataDir, options);
  const pool = openPool(embedded.connection, { max: 3, isFull: embedded.isFull });
  open.push({ pool, embedded });
  return pool;
}

async function refusal(work: PromiseLike<unknown>): Promise<unknown> {
  const startedAt = performance.now();
  const error = await Promise.resolve(work).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  return error;
}

const numbers = async ({ sql }: Database) =>
  (await sql<{ n: number }[]>`select n from kept order by n`).map(({ n }) => n);

it('refuses writes below the reserve, answers reads, writes again when there is space, and keeps all that it took', async () => {
  let free = 500 * MIB;
  const told: [boolean, number][] = [];
  const dataDir = join(folder, 'reserve');
  const options = {
    freeBytes: () => free,
    onFull: (isFull: boolean, bytes: number) => told.push([isFull, bytes / MIB]),
  };
  const pool = await start(dataDir, { ...options, ...(dump && { dump }) });
  const { sql } = pool;
  await sql`create table kept (n int)`;
  await sql`insert into kept values (1)`;

  await sql.begin(async (tx) => {
    free = 20 * MIB;
    await sleep(NEXT_LOOK_MS);
    // What is under way comes to its end: the reserve is for that.
    await tx`insert into kept values (2)`;
  });
  const refused = await refusal(sql`insert into kept values (3)`);
  expect(refused).toMatchObject({ code: '25006' });
  expect(outageOf(new Error('wrapped', { cause: refused }))).toBeInstanceOf(DatabaseFullError);
  expect(outageOf({ ...(refused as Error) })).toBeInstanceOf(DatabaseFullError);
  expect(pool.isFull()).toBe(true);
  expect(await numbers(pool)).toEqual([1, 2]);
  // What must not be lost says so, and may take of the reserve.
  await sql.begin('read write', (tx) => tx`insert into kept values (4)`);

  // A little more than the reserve is not enough.
  free = 70 * MIB;
  await sleep(NEXT_LOOK_MS);
  expect(await refusal(sql`insert into kept values (5)`)).toMatchObject({ code: '25006' });
  free = 100 * MIB;
  await sleep(NEXT_LOOK_MS);
  await sql`insert into kept values (6)`;
  expect(told).toEqual([
    [true, 20],
    [false, 100],
  ]);

  await closeAll();
  free = 20 * MIB;
  await expect(openEmbedded(dataDir, options)).rejects.toThrow(NoSpaceError);
  free = 500 * MIB;
  expect(await numbers(await start(dataDir, options))).toEqual([1, 2, 4, 6]);
});

it('does not let the log of the database grow without end', async () => {
  const dataDir = join(folder, 'log');
  const { sql } = await start(dataDir, { ...(dump && { dump }) });
  const files = () => readdirSync(join(dataDir, 'postgres', 'pg_wal')).filter((name) => name.length === 24).length;
  for (let n = 0; n < 8; n += 1) await sql`select pg_logical_emit_message(true, 'test', repeat('x', ${16 * MIB}))`;
  await sleep(NEXT_LOOK_MS);
  await sql`select 1`;
  expect(files()).toBeLessThanOrEqual(6);
});

/** A file system of its own; null where none can be made. */
function mountSmall(): string | null {
  const target = join(folder, 'small');
  try {
    execFileSync('mkdir', ['-p', target]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=130m', 'tmpfs', target], { stdio: 'pipe' });
    return target;
  } catch {
    console.warn('Skipped: a disk that is really full, because nobody but root on Linux can mount a small one.');
    return null;
  }
}

it('loses nothing that it took on a disk that is really full, and says so when it stops', async ({ skip }) => {
  const disk = mountSmall();
  if (disk === null) return skip();
  const filler = join(disk, 'filler');
  const fillUp = async (leaveMib: number) => {
    const { bavail, bsize } = await statfs(disk);
    await writeFile(filler, Buffer.alloc(bavail * bsize - leaveMib * MIB));
  };
  try {
    // Kept clear of: refused, read, and written again.
    const stopped: DatabaseStoppedError[] = [];
    const options = { reserveBytes: 20 * MIB, onStopped: (error: DatabaseStoppedError) => void stopped.push(error) };
    let pool = await start(disk, { ...options, ...(dump && { dump }) });
    await pool.sql`create table kept (n int)`;
    await pool.sql`insert into kept values (0)`;
    await fillUp(10);
    await sleep(NEXT_LOOK_MS);
    expect(await refusal(pool.sql`insert into kept values (-1)`)).toMatchObject({ code: '25006' });
    expect(await numbers(pool)).toEqual([0]);
    await rm(filler);
    await sleep(NEXT_LOOK_MS);
    await pool.sql`insert into kept values (1)`;

    // The last resort: one transaction that needs more than the reserve, and finds no space for the next part of the log.
    await fillUp(25);
    const startedAt = performance.now();
    const huge = pool.sql.begin(async (tx) => {
      await tx`insert into kept values (2)`;
      for (let n = 0; n < 40; n += 1) await tx`select pg_logical_emit_message(true, 'test', repeat('x', ${MIB}))`;
    });
    const waiting = pool.sql`insert into kept values (3)`;
    const ends = await Promise.allSettled([huge, waiting]);
    expect(ends).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    // Nobody can say of these whether they were made.
    for (const end of ends) expect(outageOf((end as PromiseRejectedResult).reason)).toBeInstanceOf(DatabaseGoneError);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(stopped.map(({ message }) => message)).toEqual([
      expect.stringMatching(/stopped: PANIC: .*No space left on device.*acknowledged is kept/),
    ]);
    // Nobody hangs afterwards, and this process still turns.
    expect(await refusal(pool.sql`select 1`)).toMatchObject({ code: '57P02' });
    await closeAll();
    await rm(filler);
    await fillUp(1);
    await expect(openEmbedded(disk, { reserveBytes: 0 })).rejects.toThrow(/No space left on device/);

    await rm(filler);
    pool = await start(disk, options);
    expect(await numbers(pool)).toEqual([0, 1]);
    await pool.sql`insert into kept values (4)`;
  } finally {
    await closeAll();
    execFileSync('umount', ['-l', disk]);
  }
});
