import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';

/**
 * How the tables would lie on several PostgreSQL servers (Citus): everything of an integration on one of them, so that every
 * statement of ours stays on one. See docs/scaling.md.
 */
const DISTRIBUTED_BY = 'integration_id';
/** A copy on every server: small, read beside what is distributed, and true of all integrations where they name none. */
const REFERENCE = ['exchange_rates', 'exclusions', 'reclamation_holds'];
/** On the coordinator alone: asked for before it is known, or without knowing, which integration something is about. */
const LOCAL = ['integrations', 'grants', 'oauth_flows', 'rate_limits', 'webhook_events', 'audit_events'];
/** Rows of a distributed parent that don't name the integration yet. */
const LACKS_COLUMN = ['candidate_events', 'reconciliation_lines', 'roster_listings'];

/** Unique by the id of one thing alone. Ids are random, so `(integration_id, id)` is as unique, and takes their place. */
const BY_RANDOM_ID =
  /^(id|(account|user|license|meeting|candidate|reconciliation|job_run)_id(, \w+)*|integration_id.*)$/;
/** Unique without a random id in front: each needs a reason why it may stay, or what takes its place. */
const OTHER_KEYS: Readonly<Record<string, string>> = {
  'candidate_events_pkey (seq)': 'A number of a sequence; Citus gives every server a range of its own.',
  'user_history_pkey (seq)': 'A number of a sequence; Citus gives every server a range of its own.',
  'reclamations_idempotency_key_unique (idempotency_key)':
    'A key is one caller’s, for one integration: (integration_id, idempotency_key) takes its place.',
};

interface UniqueIndex {
  table: string;
  name: string;
  columns: string;
}

let database: Database;
let tables: string[];
let withColumn: Set<string>;
let unique: UniqueIndex[];

beforeAll(async () => {
  database = await testDatabase();
  const { sql } = database;
  tables = (
    await sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`
  ).map((row) => String(row['name']));
  withColumn = new Set(
    (
      await sql`select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = ${DISTRIBUTED_BY} and is_nullable = 'NO'`
    ).map((row) => String(row['name'])),
  );
  unique = await sql<UniqueIndex[]>`
    select c.relname as "table", i.relname as name,
      (select string_agg(a.attname, ', ' order by k.n) from unnest(x.indkey) with ordinality k(attnum, n)
        join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum) as columns
    from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    where x.indisunique and c.relnamespace = 'public'::regnamespace order by 1, 2`;
});
afterAll(() => database.close());

const isElsewhere = (table: string) => [...REFERENCE, ...LOCAL, ...LACKS_COLUMN].includes(table);

describe('spread over several servers', () => {
  it('every table has its place: with its integration, on every server, or on one', () => {
    expect(tables.filter((table) => !isElsewhere(table) && !withColumn.has(table))).toEqual([]);
    // What is listed is there, and not better than its reputation.
    expect([...REFERENCE, ...LOCAL, ...LACKS_COLUMN].filter((table) => !tables.includes(table))).toEqual([]);
    expect(LACKS_COLUMN.filter((table) => withColumn.has(table))).toEqual([]);
  });

  it('whatever is unique is so within an integration, or by a random id, or for a reason', () => {
    const others = unique
      .filter(({ table }) => !REFERENCE.includes(table) && !LOCAL.includes(table))
      .filter(({ columns }) => !columns.split(', ').includes(DISTRIBUTED_BY) && !BY_RANDOM_ID.test(columns))
      .map(({ name, columns }) => `${name} (${columns})`);
    expect(others.sort()).toEqual(Object.keys(OTHER_KEYS).sort());
  });

  it('is described table by table', async () => {
    const text = await readFile(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
    expect(tables.filter((table) => !text.includes(`\`${table}\``))).toEqual([]);
  });
});
