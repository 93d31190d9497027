import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type postgres from 'postgres';

/** The pool, or a transaction that its caller has opened. */
export type SqlOrTx = postgres.ISql;

/** Columns of a table, each under the name that it has in the row, for `select` without an alias and `returning`. */
export function columnsOf(table: PgTable): string {
  return Object.entries(getTableColumns(table))
    .map(([name, column]) => `"${column.name}" as "${name}"`)
    .join(', ');
}

/** Values of a row under the names of their columns, for `insert` and `update`; what is undefined is left out. */
export function columnValues(table: PgTable, values: object): Record<string, never> {
  const columns = getTableColumns(table);
  const written: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values) as [string, unknown][]) {
    const column = columns[name];
    if (column === undefined || value === undefined) continue;
    // The driver takes JSON as text: it cannot tell an object from a list of values.
    written[column.name] = column.columnType === 'PgJsonb' && value !== null ? JSON.stringify(value) : value;
  }
  return written as Record<string, never>;
}

/**
 * Until the transaction ends, tables are joined whole: right after a first sync they have no statistics, and PostgreSQL
 * would take thousands of rows for one and look for each of them among thousands. Nor are statements compiled first, which
 * takes longer than these do.
 */
export async function joinWholeTables(tx: SqlOrTx): Promise<void> {
  await tx`select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)`;
}

/** Tables that a first sync fills from nothing. */
export type FilledTable =
  'users' | 'license_assignments' | 'meetings' | 'meeting_participants' | 'sign_ins' | 'activity_days';

/** Lets PostgreSQL learn what is in tables that were just filled, instead of when it comes around to it. */
export async function learnStatistics(sql: SqlOrTx, tables: readonly FilledTable[]): Promise<void> {
  await sql.unsafe(`analyze ${tables.join(', ')}`);
}

/** The same for a roster that is still being filled, in an eighth of the time: only of what its pages are looked up by. */
export async function learnRoster(sql: SqlOrTx): Promise<void> {
  await sql`analyze users (account_id, integration_id, zoom_user_id, email, removed_at)`;
}

/**
 * Locks these users in the order of their ids until the transaction ends. Who writes several users while others write the same
 * ones begins with it: otherwise each may hold a row that the other waits for, and PostgreSQL ends one of them.
 */
export async function lockUsers(tx: SqlOrTx, which: readonly { id: string }[]): Promise<void> {
  await tx`select from users where id = any(${which.map(({ id }) => id)}::text[]) order by id for no key update`;
}
