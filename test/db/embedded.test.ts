import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPool } from '#src/db/client.ts';
import { DatabaseInUseError, openEmbedded, openEmbeddedOver } from '#src/db/embedded.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it(
  'refuses a second opener, survives kill -9 of the first, and keeps what was committed',
  { timeout: 120_000 },
  async () => {
    const script = `
    import { openEmbedded } from ${JSON.stringify(fileURLToPath(new URL('../../src/db/embedded.ts', import.meta.url)))};
    import { openPool } from ${JSON.stringify(fileURLToPath(new URL('../../src/db/client.ts', import.meta.url)))};
    const { connection } = await openEmbedded(process.argv[1]);
    const { sql } = openPool(connection);
    await sql\`create table kept (n int)\`;
    await sql\`insert into kept values (42)\`;
    console.log('ready');
    setInterval(() => {}, 1000);
  `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));

    await expect(openEmbedded(folder)).rejects.toBeInstanceOf(DatabaseInUseError);

    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;

    const reopened = await openEmbedded(folder);
    const { sql, close } = openPool(reopened.connection);
    expect(await sql`select n from kept`).toEqual([{ n: 42 }]);
    await close();
    await reopened.close();
  },
);

it('keeps many connections apart that speak at the same time', async () => {
  const embedded = await openEmbedded(null);
  const pools = [openPool(embedded.connection, { max: 8 }), openPool(embedded.connection, { max: 8 })];
  await pools[0]!.sql`create table counted (n int, what text)`;
  const large = 'x'.repeat(200_000);
  await Promise.all(
    Array.from({ length: 400 }, async (_, n) => {
      const { sql } = pools[n % 2]!;
      if (n % 5 === 0) await sql.begin((tx) => tx`insert into counted values (${n}, ${large})`);
      else await sql`insert into counted values (${n}, ${`w${n}`})`;
      const [row] = await sql`select what from counted where n = ${n}`;
      expect(row?.['what']).toBe(n % 5 === 0 ? large : `w${n}`);
    }),
  );
  expect(await pools[0]!.sql`select count(*)::int as count from counted`).toEqual([{ count: 400 }]);
  for (const pool of pools) await pool.close();
  await embedded.close();
}, 60_000);

it('gives its memory back when it is closed, whoever still holds it', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const pglite = await PGlite.create();
  const engine = new WeakRef(pglite.Module);
  const closed = await openEmbeddedOver(pglite);
  await closed.close();
  // Compared here, and not by the expectation: its failure would keep what it is about.
  const isGone = () => engine.deref() === undefined;
  await vi.waitFor(
    () => {
      collect();
      expect(isGone()).toBe(true);
    },
    { timeout: 20_000, interval: 200 },
  );
  expect([closed, pglite].length).toBe(2);
}, 60_000);
