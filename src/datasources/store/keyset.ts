import { AppError } from '../../errors.ts';
import type { Values } from './batch.ts';

/**
 * Pages by position instead of by number: a cursor holds the values that the last row was ordered by, and the next page
 * begins behind them, whatever was inserted or removed before.
 */

export type CursorValue = string | number | boolean | null;

/** One thing that a list is ordered by. Unknown values come last in either direction. */
export interface OrderTerm<Row> {
  name: string;
  kind: 'text' | 'int' | 'bigint' | 'numeric' | 'boolean' | 'timestamptz';
  isNullable: boolean;
  descending: boolean;
  /** SQL of the value. */
  expression: (values: Values) => string;
  /** The same value of a row that was read. */
  valueOf: (row: Row) => CursorValue;
}

/** A term that is a column of `t` and of the row. */
export function columnTerm<Row>(
  key: string & keyof Row,
  column: string,
  kind: OrderTerm<Row>['kind'],
  options: { descending?: boolean; isNullable?: boolean } = {},
): OrderTerm<Row> {
  return {
    name: column,
    kind,
    isNullable: options.isNullable ?? false,
    descending: options.descending ?? false,
    expression: () => `t.${column}`,
    valueOf: (row) => {
      const value: unknown = row[key];
      return value instanceof Date ? value.toISOString() : ((value ?? null) as CursorValue);
    },
  };
}

/** `order by` of a list. The last term must tell all rows apart. */
export function orderClause<Row>(terms: readonly OrderTerm<Row>[], values: Values): string {
  return terms
    .map((term) => {
      const nulls = term.isNullable ? ' nulls last' : '';
      return `${term.expression(values)}${term.descending ? ' desc' : ''}${nulls}`;
    })
    .join(', ');
}

/** Condition that a row comes behind a cursor. */
export function behind<Row>(terms: readonly OrderTerm<Row>[], cursor: readonly CursorValue[], values: Values): string {
  const [first] = terms;
  if (terms.every((term) => !term.isNullable && term.descending === first?.descending)) {
    // One comparison of whole rows, which an index can answer.
    const left = terms.map((term) => term.expression(values)).join(', ');
    const right = terms.map((term, index) => values.add(cursor[index] ?? null, term.kind)).join(', ');
    return `(${left}) ${first?.descending === true ? '<' : '>'} (${right})`;
  }
  const ways: string[] = [];
  const equal: string[] = [];
  terms.forEach((term, index) => {
    const value = cursor[index] ?? null;
    const expression = term.expression(values);
    if (value === null) {
      equal.push(`${expression} is null`);
      return;
    }
    const place = values.add(value, term.kind);
    const further = `${expression} ${term.descending ? '<' : '>'} ${place}`;
    ways.push([...equal, term.isNullable ? `(${further} or ${expression} is null)` : further].join(' and '));
    equal.push(`${expression} = ${place}`);
  });
  return ways.length === 0 ? 'false' : `(${ways.map((way) => `(${way})`).join(' or ')})`;
}

/** A cursor for a row. `order` names the list and its order, so that the cursor fits no other. */
export function encodeCursor<Row>(order: string, terms: readonly OrderTerm<Row>[], row: Row, asOf?: number): string {
  const values = terms.map((term) => term.valueOf(row));
  return Buffer.from(JSON.stringify(asOf === undefined ? [order, values] : [order, values, asOf])).toString(
    'base64url',
  );
}

/** SQL of the same cursor for a row `t`, letter for letter. */
export function cursorText<Row>(
  order: string,
  terms: readonly OrderTerm<Row>[],
  asOf: Date | null,
  values: Values,
): string {
  const parts = terms.map((term) => `coalesce(${jsonOf(term.kind, term.expression(values))}, 'null')`);
  const head = `[${JSON.stringify(order)},[`.replaceAll("'", "''");
  const tail = asOf === null ? ']]' : `],${asOf.getTime()}]`;
  const json = `'${head}' || ${parts.join(` || ',' || `)} || '${tail}'`;
  return `rtrim(translate(encode(convert_to(${json}, 'UTF8'), 'base64'), E'+/\\n', '-_'), '=')`;
}

function jsonOf(kind: OrderTerm<never>['kind'], expression: string): string {
  switch (kind) {
    case 'text':
      return `to_json(${expression})::text`;
    case 'numeric':
      return `to_json((${expression})::text)::text`;
    case 'timestamptz':
      return `to_json(${instantText(expression)})::text`;
    case 'int':
    case 'bigint':
    case 'boolean':
      return `(${expression})::text`;
  }
}

/** SQL of an instant as answers and cursors have it: ISO 8601 in UTC, to the millisecond. */
export function instantText(expression: string): string {
  return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

export interface DecodedCursor {
  values: CursorValue[];
  /** The moment that the first page took for now, in milliseconds since 1970. */
  asOf: number | null;
}

/**
 * Reads a cursor that `encodeCursor` made for the same order.
 *
 * @throws {AppError} BAD_USER_INPUT for anything else.
 */
export function decodeCursor<Row>(order: string, terms: readonly OrderTerm<Row>[], text: string): DecodedCursor {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    parsed = null;
  }
  const [name, values, asOf] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
  if (name !== order || !Array.isArray(values) || values.length !== terms.length) throw badCursor();
  terms.forEach((term, index) => {
    if (!fits(term, values[index])) throw badCursor();
  });
  return { values: values as CursorValue[], asOf: isInstant(asOf) ? asOf : null };
}

function badCursor(): AppError {
  return new AppError('BAD_USER_INPUT', '`after` is not a cursor of this list in this order.');
}

function fits(term: Pick<OrderTerm<never>, 'kind' | 'isNullable'>, value: unknown): boolean {
  if (value === null) return term.isNullable;
  switch (term.kind) {
    case 'text':
      return typeof value === 'string' && !value.includes('\0');
    case 'int':
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case 'bigint':
      return Number.isSafeInteger(value);
    case 'numeric':
      return typeof value === 'string' && /^-?\d{1,20}(\.\d{1,10})?$/.test(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'timestamptz':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) && !Number.isNaN(Date.parse(value));
  }
}

function isInstant(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) < 8e15;
}
