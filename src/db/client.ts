import { hostname } from 'node:os';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { readArrays } from './arrays.ts';
import type { ConnectionOptions } from './connection.ts';
import * as tables from './tables/index.ts';
import { guardTransactions } from './transactions.ts';
import { watchDatabase, withSockets } from './watch.ts';

export { parseDatabaseUrl, type ConnectionOptions } from './connection.ts';

export type Sql = postgres.Sql;
export type Db = PostgresJsDatabase<typeof tables>;

/** One pool, seen two ways: drizzle for writes and simple reads, `sql` for the hot paths. */
export interface Database {
  sql: Sql;
  db: Db;
  connection: ConnectionOptions;
  /** Asks the database for nothing; fails when it doesn't answer. */
  ping(): Promise<unknown>;
  /** Has it fallen silent, as far as a watched pool knows? Then whatever is asked fails at once. */
  isGone(): boolean;
  /** Does it refuse writes, because its disk is nearly full? Only of an embedded one is this known before it says so. */
  isFull(): boolean;
  close(): Promise<void>;
}

/** PostgreSQL's number of the type `timestamptz`. */
const TIMESTAMPTZ = 1184;

export interface PoolOptions {
  /** Most connections. */
  max?: number;
  /** Fails what waits for a database that has fallen silent. Makes no sense for one in the same process. */
  isWatched?: boolean;
  /** Whether an embedded database refuses writes. */
  isFull?: () => boolean;
}

/** Opens a pool; nothing is sent until the first statement. */
export function openPool(
  connection: ConnectionOptions,
  { max = 10, isWatched = false, isFull = () => false }: PoolOptions = {},
): Database {
  const open = (): Sql => {
    const sql = postgres({
      ...connection,
      ssl: connection.ssl ?? false,
      max,
      connect_timeout: 10,
      idle_timeout: 60,
      // src/db/arrays.ts says which there are, and why they are not asked for.
      fetch_types: false,
      // Which process holds a connection, for whoever looks at the database.
      connection: { application_name: `zoom-license ${hostname().slice(0, 40)} ${process.pid}` },
      // A database that is back is used at once; how often it is tried is bounded by how often it is asked for something.
      backoff: () => 0.1 + Math.random() * 0.1,
      // Notices are PostgreSQL talking to a person at a prompt.
      onnotice: () => undefined,
      ...(watch !== null && withSockets(watch.socket)),
    });
    drizzle(sql);
    readInstants(sql);
    readArrays(sql);
    guardTransactions(sql);
    return sql;
  };
  const onGone = () => {
    // What hangs in it is failed, and nothing that broke in it is used again.
    void current.end({ timeout: 0 });
    current = open();
  };
  const watch = isWatched && !connection.host.startsWith('/') ? watchDatabase(connection, { onGone }) : null;
  let current = open();
  const sql = watch === null ? current : following(() => current);
  const db = drizzle(sql, { schema: tables });
  readInstants(current);
  return {
    sql,
    db,
    connection,
    ping: () => sql`select 1`,
    isGone: () => watch?.isGone() ?? false,
    isFull,
    async close() {
      await current.end({ timeout: 5 });
      await watch?.close();
    },
  };
}

/**
 * drizzle makes a pool send and read instants as text. Hand-written statements want a `Date` both ways, and drizzle's own
 * columns take either.
 */
function readInstants({ options }: Sql): void {
  options.parsers[TIMESTAMPTZ] = (text: string) => new Date(text);
  options.serializers[TIMESTAMPTZ] = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
}

/** A pool that is always the latest one. */
function following(latest: () => Sql): Sql {
  return new Proxy(latest(), {
    apply: (_, __, args: Parameters<Sql>) => latest()(...args),
    get: (_, name) => Reflect.get(latest(), name) as unknown,
  });
}
