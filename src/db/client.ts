import { hostname } from 'node:os';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as tables from './tables/index.ts';

/** Where a PostgreSQL listens; a `host` that starts with `/` is the folder of a Unix socket. */
export interface ConnectionOptions {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** `null`: no TLS. */
  ssl: boolean | 'require' | null;
}

export type Sql = postgres.Sql;
export type Db = PostgresJsDatabase<typeof tables>;

/** One pool, seen two ways: drizzle for writes and simple reads, `sql` for the hot paths. */
export interface Database {
  sql: Sql;
  db: Db;
  connection: ConnectionOptions;
  /** Asks the database for nothing; fails when it doesn't answer. */
  ping(): Promise<unknown>;
  close(): Promise<void>;
}

/** PostgreSQL's number of the type `timestamptz`. */
const TIMESTAMPTZ = 1184;

/** Opens a pool of at most `max` connections; nothing is sent until the first statement. */
export function openPool(connection: ConnectionOptions, max = 10): Database {
  const sql = postgres({
    ...connection,
    ssl: connection.ssl ?? false,
    max,
    connect_timeout: 10,
    idle_timeout: 60,
    // Which process holds a connection, for whoever looks at the database.
    connection: { application_name: `zoom-license ${hostname().slice(0, 40)} ${process.pid}` },
    // Notices are PostgreSQL talking to a person at a prompt.
    onnotice: () => undefined,
  });
  const db = drizzle(sql, { schema: tables });
  // drizzle makes the pool send and read instants as text. Hand-written statements want a `Date` both ways, and drizzle's
  // own columns take either.
  sql.options.parsers[TIMESTAMPTZ] = (text: string) => new Date(text);
  sql.options.serializers[TIMESTAMPTZ] = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
  return { sql, db, connection, ping: () => sql`select 1`, close: () => sql.end({ timeout: 5 }) };
}

/** Reads `postgres://user:password@host:port/database?sslmode=require`. */
export function parseDatabaseUrl(text: string): ConnectionOptions {
  const url = new URL(text);
  const sslMode = url.searchParams.get('sslmode');
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname || '127.0.0.1'),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username || 'postgres'),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1) || 'postgres'),
    ssl:
      sslMode === null || sslMode === 'disable' || sslMode === 'prefer'
        ? null
        : sslMode === 'require'
          ? 'require'
          : true,
  };
}
