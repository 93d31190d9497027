import { parse } from 'postgres-array';
import type { Sql } from './client.ts';

const JSONB = 3802;

/**
 * PostgreSQL's numbers of the types whose arrays are sent or read, each with the number of its array type (source: `pg_type`;
 * built-in numbers never change). Arrays of instants and dates stay text, because drizzle wants them so.
 */
export const ARRAY_TYPES: ReadonlyMap<number, number> = new Map([
  [16, 1000], // bool
  [19, 1003], // name
  [20, 1016], // int8
  [21, 1005], // int2
  [23, 1007], // int4
  [25, 1009], // text
  [26, 1028], // oid
  [701, 1022], // float8
  [1043, 1015], // varchar
  [2950, 2951], // uuid
  [JSONB, 3807],
]);

/**
 * Lets a pool send and read arrays. Left to itself, the driver asks each new connection which array types there are, and ends
 * the whole process when a database goes away before it has answered that.
 */
export function readArrays({ options }: Sql): void {
  const { parsers, serializers, shared } = options as unknown as {
    parsers: Record<number, (value: unknown) => unknown>;
    serializers: Record<number, (value: unknown) => unknown>;
    /** What `sql.array` goes by. */
    shared: { typeArrayMap: Record<number, number> };
  };
  for (const [type, arrayType] of ARRAY_TYPES) {
    const one = parsers[type];
    // drizzle has JSON sent as it is, which it writes itself.
    const write = type === JSONB ? JSON.stringify : serializers[type];
    shared.typeArrayMap[type] = arrayType;
    parsers[arrayType] = (text) => parse(text as string, (value: string) => (one === undefined ? value : one(value)));
    serializers[arrayType] = (value) => (Array.isArray(value) ? literal(value, write) : value);
  }
}

/** An array as PostgreSQL writes it. Every value is quoted, so that none can be taken for `null` or for two. */
function literal(values: readonly unknown[], write: ((value: unknown) => unknown) | undefined): string {
  const one = (value: unknown): string => {
    if (Array.isArray(value)) return literal(value, write);
    if (value === null) return 'null';
    if (value === undefined) throw new TypeError('An array for the database has a value that is undefined.');
    return `"${String(write === undefined ? value : write(value)).replaceAll(/["\\]/g, '\\$&')}"`;
  };
  return `{${values.map(one).join()}}`;
}
