import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openPool, type Database } from '#src/db/client.ts';
import { isDatabaseGone } from '#src/db/watch.ts';
import { testDatabase } from '../support/database.ts';
import { openProxy, type Proxy } from '../support/proxy.ts';

let database: Database;
let proxy: Proxy;
let pool: Database;
const nobodyCaught: unknown[] = [];
const catchIt = (error: unknown) => nobodyCaught.push(error);

beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table numbers (n int)`;
});
beforeEach(async () => {
  const { host, port } = database.connection;
  proxy = await openProxy(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  // One connection: whoever is next gets that of the transaction.
  pool = openPool({ ...database.connection, host: '127.0.0.1', port: proxy.port }, { max: 1 });
  process.on('uncaughtException', catchIt);
});
afterEach(async () => {
  await sleep(50);
  process.off('uncaughtException', catchIt);
  await pool.close();
  proxy.close();
  await database.sql`truncate numbers`;
  expect(nobodyCaught.splice(0)).toEqual([]);
});
afterAll(() => database.close());

const written = async () => (await database.sql<{ n: number }[]>`select n from numbers order by n`).map(({ n }) => n);
const outcome = (work: PromiseLike<unknown>) =>
  Promise.resolve(work).then(
    () => null,
    (error: unknown) => error,
  );
/** Loses all connections, and lets new ones be opened. */
async function lose() {
  proxy.state = 'closed';
  await sleep(30);
  proxy.state = 'open';
}

it('is nothing or all: what comes after its connection was lost is not written by another', async () => {
  let late: unknown;
  let isOver: () => void;
  const over = new Promise<void>((resolve) => (isOver = resolve));
  const transaction = outcome(
    pool.sql.begin(async (tx) => {
      await tx`insert into numbers values (1)`;
      await lose();
      // By now the connection is another's.
      await pool.sql`select 1`;
      late = await outcome(tx`insert into numbers values (2)`);
      isOver();
    }),
  );
  expect(isDatabaseGone(await transaction)).toBe(true);
  await over;
  expect(isDatabaseGone(late)).toBe(true);
  expect(await written()).toEqual([]);
  // The connection is whole, and so is the next transaction.
  await pool.sql.begin(async (tx) => {
    await tx`insert into numbers values (3)`;
    await tx`insert into numbers values (4)`;
  });
  expect(await written()).toEqual([3, 4]);
});

it.each(['before a statement', 'while one is on its way'])(
  'whose connection is lost %s, fails alone and not its process',
  async (when) => {
    for (let round = 0; round < 5; round += 1) {
      const transaction = pool.sql.begin(async (tx) => {
        await tx`insert into numbers values (1)`;
        if (when === 'before a statement') {
          proxy.state = 'closed';
          await sleep(20);
        } else {
          setTimeout(() => (proxy.state = 'closed'), 20);
          await tx`select pg_sleep(0.1)`;
        }
        await tx`insert into numbers values (2)`;
      });
      expect(isDatabaseGone(await outcome(transaction))).toBe(true);
      proxy.state = 'open';
      expect(await outcome(pool.sql`select 1`)).toBeNull();
    }
    expect(await written()).toEqual([]);
  },
);

it('is guarded within a savepoint as well', async () => {
  const transaction = pool.sql.begin(async (tx) => {
    await tx`insert into numbers values (1)`;
    await tx.savepoint(async (inner) => {
      await inner`insert into numbers values (2)`;
      proxy.state = 'closed';
      await sleep(20);
      await outcome(inner`insert into numbers values (3)`);
      await inner`insert into numbers values (4)`;
    });
  });
  expect(isDatabaseGone(await outcome(transaction))).toBe(true);
  proxy.state = 'open';
  expect(await outcome(pool.sql`select 1`)).toBeNull();
  expect(await written()).toEqual([]);
  // A savepoint that fails takes nothing with it but what came after it.
  await pool.sql.begin(async (tx) => {
    await tx`insert into numbers values (5)`;
    await outcome(tx.savepoint((inner) => inner`insert into numbers values ('none')`));
    await tx`insert into numbers values (6)`;
  });
  expect(await written()).toEqual([5, 6]);
});

it('lets a statement go that a mistake kept from being sent, and rolls back for it', async () => {
  const mistake = pool.sql.begin(async (tx) => {
    await tx`insert into numbers values (1)`;
    await tx`insert into numbers values (${undefined as unknown as number})`;
  });
  expect(await outcome(mistake)).toMatchObject({ code: 'UNDEFINED_VALUE' });
  expect(await written()).toEqual([]);
});

it('takes no statement after its end', async () => {
  let late: PromiseLike<unknown> = Promise.resolve();
  await pool.sql.begin(async (tx) => {
    late = tx`insert into numbers values (5)`;
    await tx`insert into numbers values (6)`;
  });
  expect(String(await outcome(late))).toContain('after the end of the transaction');
  expect(await written()).toEqual([6]);
});
