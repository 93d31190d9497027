import type { BooleanFilter, DateTimeFilter, IntFilter, StringFilter } from '../../schema.generated.ts';
import type { Values } from './batch.ts';

/**
 * Comparators of filters as SQL. Every function answers the conditions that all must hold; a comparator that is absent
 * or null asks nothing. Unknown values match `ne`, `notIn` and `isNull: true`, and nothing else.
 */

/** Comparators that every kind of value has. */
interface Equality<T> {
  eq?: T | null | undefined;
  ne?: T | null | undefined;
  in?: readonly T[] | null | undefined;
  notIn?: readonly T[] | null | undefined;
  isNull?: boolean | null | undefined;
}

function nullness(expression: string, isNull: boolean | null | undefined): string[] {
  return isNull == null ? [] : [`${expression} is ${isNull ? '' : 'not '}null`];
}

/** Text without regard to case. */
export function matchText(column: string, filter: StringFilter, values: Values): string[] {
  const expression = `lower(${column})`;
  const one = (value: string) => `lower(${values.add(value, 'text')})`;
  const many = (list: readonly string[]) => `array(select lower(v) from unnest(${values.add(list, 'text[]')}) v)`;
  return [
    ...(filter.eq == null ? [] : [`${expression} = ${one(filter.eq)}`]),
    ...(filter.ne == null ? [] : [`${expression} is distinct from ${one(filter.ne)}`]),
    ...(filter.in == null ? [] : [`${expression} = any(${many(filter.in)})`]),
    ...(filter.notIn == null ? [] : [`(${column} is null or ${expression} <> all(${many(filter.notIn)}))`]),
    ...nullness(column, filter.isNull),
    ...(filter.contains == null ? [] : [`strpos(${expression}, ${one(filter.contains)}) > 0`]),
    ...(filter.startsWith == null ? [] : [`starts_with(${expression}, ${one(filter.startsWith)})`]),
  ];
}

/** Text that is one of ours: an enum value or an id. */
export function matchExact(expression: string, filter: Equality<string>, values: Values): string[] {
  return matchEquality(expression, filter, values, 'text', (value) => value);
}

export function matchInt(expression: string, filter: IntFilter, values: Values): string[] {
  return [
    ...matchEquality(expression, filter, values, 'int', (value) => value),
    ...matchRange(expression, filter, values, 'int', (value) => value),
  ];
}

export function matchInstant(expression: string, filter: DateTimeFilter, values: Values): string[] {
  const toText = (value: Date) => value.toISOString();
  return [
    ...matchEquality(expression, filter, values, 'timestamptz', toText),
    ...matchRange(expression, filter, values, 'timestamptz', toText),
  ];
}

export function matchBoolean(expression: string, filter: BooleanFilter): string[] {
  const list = (items: readonly boolean[]) => (items.length === 0 ? "'{}'::boolean[]" : `array[${items.join(', ')}]`);
  return [
    ...(filter.eq == null ? [] : [`${expression} = ${filter.eq}`]),
    ...(filter.ne == null ? [] : [`${expression} is distinct from ${filter.ne}`]),
    ...(filter.in == null ? [] : [`${expression} = any(${list(filter.in)})`]),
    ...(filter.notIn == null ? [] : [`(${expression} is null or ${expression} <> all(${list(filter.notIn)}))`]),
    ...nullness(expression, filter.isNull),
  ];
}

/** Comparators for things of which somebody has several: `exists` says that one of `ids` is among them. */
export function matchMembership(
  filter: Equality<string>,
  values: Values,
  exists: (ids: string) => string,
  existsAny: string,
): string[] {
  const ids = (list: readonly string[]) => values.add(list, 'text[]');
  return [
    ...(filter.eq == null ? [] : [exists(ids([filter.eq]))]),
    ...(filter.ne == null ? [] : [`not ${exists(ids([filter.ne]))}`]),
    ...(filter.in == null ? [] : [exists(ids(filter.in))]),
    ...(filter.notIn == null ? [] : [`not ${exists(ids(filter.notIn))}`]),
    ...(filter.isNull == null ? [] : [`${filter.isNull ? 'not ' : ''}${existsAny}`]),
  ];
}

function matchEquality<T>(
  expression: string,
  filter: Equality<T>,
  values: Values,
  type: 'text' | 'int' | 'timestamptz',
  toValue: (value: T) => string | number,
): string[] {
  const one = (value: T) => values.add(toValue(value), type);
  const many = (list: readonly T[]) => values.add(list.map(toValue), `${type}[]`);
  return [
    ...(filter.eq == null ? [] : [`${expression} = ${one(filter.eq)}`]),
    ...(filter.ne == null ? [] : [`${expression} is distinct from ${one(filter.ne)}`]),
    ...(filter.in == null ? [] : [`${expression} = any(${many(filter.in)})`]),
    ...(filter.notIn == null ? [] : [`(${expression} is null or ${expression} <> all(${many(filter.notIn)}))`]),
    ...nullness(expression, filter.isNull),
  ];
}

interface Range<T> {
  lt?: T | null | undefined;
  lte?: T | null | undefined;
  gt?: T | null | undefined;
  gte?: T | null | undefined;
}

function matchRange<T>(
  expression: string,
  filter: Range<T>,
  values: Values,
  type: 'int' | 'timestamptz',
  toValue: (value: T) => string | number,
): string[] {
  const one = (value: T) => values.add(toValue(value), type);
  return [
    ...(filter.lt == null ? [] : [`${expression} < ${one(filter.lt)}`]),
    ...(filter.lte == null ? [] : [`${expression} <= ${one(filter.lte)}`]),
    ...(filter.gt == null ? [] : [`${expression} > ${one(filter.gt)}`]),
    ...(filter.gte == null ? [] : [`${expression} >= ${one(filter.gte)}`]),
  ];
}
