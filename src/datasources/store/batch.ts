import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from '../../db/client.ts';

/** How the rows of one table are read by hand-written SQL. */
export interface Reader<Row> {
  /** Columns of `t`, each under the name that it has in the row. */
  columns: string;
  /** What the driver answers to them. */
  rows(raw: readonly object[]): Row[];
}

/**
 * A reader of a table, whose columns are selected from the alias `t`. Hand-written SQL read this way costs about half
 * of what the query builder does.
 */
export function readerOf<T extends PgTable>(table: T): Reader<T['$inferSelect']> {
  const columns = Object.entries(getTableColumns(table));
  return {
    columns: columns.map(([key, column]) => `t."${column.name}" as "${key}"`).join(', '),
    rows: (raw) => raw as T['$inferSelect'][],
  };
}

/** The row of each key, in the order of the keys; null where there is none, the first where there are several. */
export function oneByKey<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const key = keyOf(row);
    if (!byKey.has(key)) byKey.set(key, row);
  }
  return keys.map((key) => byKey.get(key) ?? null);
}

/** The rows of each key, in the order of the keys, each list in the order of the rows. */
export function manyByKey<Row>(keys: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const byKey = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) byKey.get(keyOf(row))?.push(row);
  return keys.map((key) => byKey.get(key) ?? []);
}

/** A row that came with the key it was asked for by. */
export type Keyed<Row> = Row & { key: string };

/** Rows of a table by id, in the order of the ids; null where there is none. */
export async function rowsByIds<Row extends { id: string }>(
  sql: Sql,
  reader: Reader<Row>,
  table: string,
  ids: readonly string[],
): Promise<(Row | null)[]> {
  const raw = await sql.unsafe(`select ${reader.columns} from ${table} t where t.id = any($1::text[])`, [[...ids]], {
    prepare: true,
  });
  return oneByKey(ids, reader.rows(raw), (row) => row.id);
}

/** What may stand in for a `$n` of a statement. */
export type Value = string | number | boolean | null | readonly (string | number)[];

type ValueType =
  'text' | 'int' | 'bigint' | 'numeric' | 'boolean' | 'timestamptz' | 'date' | 'text[]' | 'int[]' | 'timestamptz[]';

/** What is known of a request only when its statement is run. */
export interface Given {
  variables: Readonly<Record<string, unknown>>;
  now: Date;
}

/**
 * Stands for the text that a variable will hold when a statement is run, so that one statement serves all of them. Whoever
 * would write what it holds into the text gets an error.
 */
export class Later {
  readonly variable: string;

  constructor(variable: string) {
    this.variable = variable;
  }

  read({ variables }: Given): string {
    return variables[this.variable] as string;
  }

  [Symbol.toPrimitive](): never {
    return notKnownYet(this.variable);
  }
}

function notKnownYet(variable: string): never {
  throw new Error(`A statement was to be written from $${variable}, which is known only when it runs.`);
}

/** Stands for the entities that a variable will name when a statement is run, all of one type by the same key. */
export class LaterEntities {
  readonly variable: string;
  readonly type: string;
  readonly key: string;

  constructor(variable: string, { type, key }: NamedBy) {
    this.variable = variable;
    this.type = type;
    this.key = key;
  }

  read({ variables }: Given): string[] {
    return (variables[this.variable] as Readonly<Record<string, string>>[]).map((one) => one[this.key]!);
  }

  [Symbol.toPrimitive](): never {
    return notKnownYet(this.variable);
  }
}

/** By which key of which type an entity is named. */
export interface NamedBy {
  type: string;
  key: string;
}

/** The text and values of a statement while it is being put together. Values never become text. */
export class Values {
  readonly list: Value[] = [];
  readonly #later: { place: number; read: (given: Given) => Value }[] = [];

  /** Adds a value and names its place, with the type that PostgreSQL shall take it for. */
  add(value: Value, type: ValueType): string {
    this.list.push(value);
    return this.#place(type);
  }

  /** The same for a value that is read when the statement is run. */
  addLater(read: (given: Given) => Value, type: ValueType): string {
    this.#later.push({ place: this.list.length, read });
    this.list.push(null);
    return this.#place(type);
  }

  /** The list with those that had to wait. */
  filled(given: Given): readonly Value[] {
    const list = [...this.list];
    for (const { place, read } of this.#later) list[place] = read(given);
    return list;
  }

  #place(type: ValueType): string {
    // drizzle has taken from the driver what makes a list of instants; a list of texts it makes.
    return `$${this.list.length}::${type === 'timestamptz[]' ? 'text[]::timestamptz[]' : type}`;
  }
}

/** Runs a statement that was put together. Only ones of few shapes are to be prepared: a session keeps every one. */
export function run(
  sql: Sql,
  text: string,
  { list }: { readonly list: readonly Value[] },
  prepare: boolean,
): Promise<Record<string, unknown>[]> {
  return sql.unsafe(text, list as never[], { prepare }) as unknown as Promise<Record<string, unknown>[]>;
}
