import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ARRAY_TYPES } from '#src/db/arrays.ts';
import { openPool, type Database } from '#src/db/client.ts';
import { isDatabaseGone } from '#src/db/watch.ts';
import { testDatabase } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it('knows the array types by the numbers that PostgreSQL gives them, among them those of all our columns', async () => {
  const theirs = await database.sql<{ oid: number; typarray: number; isOurs: boolean }[]>`
    select t.oid::int, t.typarray::int, exists (
      select from pg_attribute a join pg_class c on c.oid = a.attrelid
      where a.atttypid = t.typarray and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    ) as "isOurs"
    from pg_type t where t.typnamespace = 'pg_catalog'::regnamespace and t.typarray <> 0`;
  const byType = new Map(theirs.map(({ oid, typarray }) => [oid, typarray]));
  for (const [type, arrayType] of ARRAY_TYPES) expect([type, byType.get(type)]).toEqual([type, arrayType]);
  const ours = theirs.filter(({ isOurs }) => isOurs);
  expect(ours.length).toBeGreaterThan(1);
  for (const { oid } of ours) expect([...ARRAY_TYPES.keys()]).toContain(oid);
});

it('gives back what it was given, whatever is in it', async () => {
  const text = fc.string({ unit: 'binary' }).map((s) => s.replaceAll('\0', ''));
  const words = fc.constantFrom('', 'null', 'NULL', '{}', '{a,b}', '"', '\\', '\\"', ' ', ',', '\n', "'");
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(text, words, fc.constant(null))),
      fc.array(fc.maxSafeInteger()),
      fc.array(fc.boolean()),
      async (texts, numbers, flags) => {
        const integers = numbers.map((number) => number % 2 ** 31);
        const [row] = await database.sql`
          select ${texts}::text[] as texts, ${integers}::int[] as integers, ${numbers}::bigint[] as numbers,
            ${flags.map(String)}::text[]::boolean[] as flags, cardinality(${texts}::text[]) as many`;
        expect(row).toEqual({
          texts,
          integers: integers.map((one) => one + 0),
          numbers: numbers.map(String),
          flags,
          many: texts.length,
        });
      },
    ),
    { numRuns: 60 },
  );
});

it('writes JSON in arrays as JSON, and arrays that are named as such', async () => {
  const things = [{ a: ['x"y', null] }, 'text', 3, true];
  const [row] = await database.sql`
    select ${things as never}::jsonb[] as things, ${database.sql.array(['a,b', 'c'])}::text[] as texts, ${database.sql.array([1, 2], 23)} as integers`;
  expect(row).toEqual({ things, texts: ['a,b', 'c'], integers: [1, 2] });
});

it('fails the statement and nothing else when the database goes away while a connection is being opened', async () => {
  const { host, port } = database.connection;
  const open = () => (host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host));
  let asked = '';
  // Lets a connection be opened, and goes away with the first statement.
  const server = createServer((near: Socket) => {
    const far = open();
    let isOpen = false;
    far.on('data', (bytes) => {
      isOpen ||= bytes.includes('Z\0\0\0\u0005I');
      near.write(bytes);
    });
    near.on('data', (bytes) => {
      if (!isOpen) return far.write(bytes);
      asked += bytes.toString('latin1');
      near.destroy();
      server.close();
      return true;
    });
    near.on('error', () => undefined).on('close', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const nobodyCaught: unknown[] = [];
  const catchIt = (reason: unknown) => nobodyCaught.push(reason);
  process.on('unhandledRejection', catchIt);
  const pool = openPool({ ...database.connection, host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  const outcome = await pool.sql`select 'ours'`.then(
    () => null,
    (error: unknown) => error,
  );
  expect(isDatabaseGone(outcome)).toBe(true);
  expect(asked).toContain("select 'ours'");
  void pool.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  process.off('unhandledRejection', catchIt);
  expect(nobodyCaught).toEqual([]);
});
