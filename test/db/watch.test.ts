import { setTimeout as sleep } from 'node:timers/promises';
import { sql as statement } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { openPool, type Database } from '#src/db/client.ts';
import { isDatabaseGone } from '#src/db/watch.ts';
import { TransportError } from '#src/datasources/zoom/http.ts';
import { testDatabase } from '../support/database.ts';
import { openProxy, type Proxy } from '../support/proxy.ts';

let database: Database;
let proxy: Proxy;
let pool: Database;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  const { host, port } = database.connection;
  proxy = await openProxy(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  pool = openPool({ ...database.connection, host: '127.0.0.1', port: proxy.port }, { max: 3, isWatched: true });
  await pool.ping();
});
afterEach(async () => {
  await pool.close();
  proxy.close();
});
afterAll(() => database.close());

/** How a statement ended, and after how long. */
async function outcome(work: Promise<unknown>): Promise<{ isGone: boolean | null; ms: number }> {
  const startedAt = performance.now();
  const isGone = await work.then(() => null, isDatabaseGone);
  return { isGone, ms: performance.now() - startedAt };
}

async function untilItAnswers(): Promise<number> {
  const startedAt = performance.now();
  while ((await outcome(pool.ping())).isGone !== null) await sleep(50);
  return performance.now() - startedAt;
}

it('fails what hangs in a black hole within three seconds, everything else at once, and goes on when it has healed', async () => {
  proxy.state = 'black hole';
  // More than there are connections: who waits for one waits no longer than who has one.
  const asked = await Promise.all([1, 2, 3, 4, 5, 6].map(() => outcome(pool.ping())));
  for (const { isGone, ms } of asked) {
    expect(isGone).toBe(true);
    expect(ms).toBeLessThan(3_000);
  }
  expect(pool.isGone()).toBe(true);
  const through = await outcome(pool.db.execute(statement`select 1`));
  expect(through.isGone).toBe(true);
  expect(through.ms).toBeLessThan(500);

  proxy.state = 'open';
  expect(await untilItAnswers()).toBeLessThan(5_000);
  expect(pool.isGone()).toBe(false);
});

it('goes on within five seconds of a database that refused connections', async () => {
  proxy.state = 'closed';
  expect((await outcome(pool.ping())).isGone).toBe(true);
  await sleep(1_000);
  expect((await outcome(pool.ping())).ms).toBeLessThan(1_000);
  proxy.state = 'open';
  expect(await untilItAnswers()).toBeLessThan(5_000);
});

it.skipIf(inject('template').kind !== 'postgres')(
  'leaves a slow statement alone (only with TEST_DATABASE_URL: the embedded one answers nobody meanwhile)',
  async () => {
    expect((await outcome(pool.sql`select pg_sleep(3.2)`)).isGone).toBeNull();
    expect(pool.isGone()).toBe(false);
  },
);

it('tells a lost database from a mistake, and from the network to others', async () => {
  expect((await outcome(pool.sql`select nonsense`)).isGone).toBe(false);
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(isDatabaseGone(new TransportError('NETWORK', 'NOT_SENT', refused))).toBe(false);
  expect(isDatabaseGone(new Error('Failed query', { cause: Object.assign(refused, { query: 'select 1' }) }))).toBe(
    true,
  );
});
