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
