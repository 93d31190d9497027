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

/** Text without regard to case; `expression` is the column in lower case. */
export function matchText(
  column: string,
  filter: StringFilter,
  values: Values,
  expression = `lower(${column})`,
): string[] {
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

/** So many days ago nobody had Zoom, and PostgreSQL still has a date for it. */
const MAX_DAYS = 2_000_000;

/**
 * Whole days from `since` until now, as `days` counts them: never less than 0, unknown where `since` is. Ranges are asked
 * of `since` itself, so that its index can answer them.
 */
export function matchDaysSince(
  since: string,
  days: (now: string) => string,
  filter: IntFilter,
  values: Values,
  now: Date,
): string[] {
  const { eq, ne, lt, lte, gt, gte, in: one, notIn: none, isNull } = filter;
  const moment = () => values.add(now.toISOString(), 'timestamptz');
  const before = (count: number) =>
    `${moment()} - ${values.add(Math.min(count, MAX_DAYS), 'int')} * interval '24 hours'`;
  const atLeast = (count: number) => (count <= 0 ? `${since} is not null` : `${since} <= ${before(count)}`);
  const below = (count: number) => (count <= 0 ? 'false' : `${since} > ${before(count)}`);
  const exactly = (count: number) => (count < 0 ? 'false' : `(${atLeast(count)} and ${below(count + 1)})`);
  return [
    ...(eq == null ? [] : [exactly(eq)]),
    ...(ne == null ? [] : [`(${since} is null or not ${exactly(ne)})`]),
    ...(lt == null ? [] : [below(lt)]),
    ...(lte == null ? [] : [below(lte + 1)]),
    ...(gt == null ? [] : [atLeast(gt + 1)]),
    ...(gte == null ? [] : [atLeast(gte)]),
    ...(one == null && none == null ? [] : matchInt(`(${days(moment())})`, { in: one, notIn: none }, values)),
    ...nullness(since, isNull),
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

/** The same for texts of which somebody has several: `exists` says that one of them fulfils a condition on `column`. */
export function matchTexts(
  column: string,
  filter: StringFilter,
  values: Values,
  exists: (condition: string) => string,
): string[] {
  const { ne, notIn, isNull, ...positive } = filter;
  const has = (one: StringFilter) => exists(matchText(column, one, values).join(' and '));
  return [
    ...(['eq', 'in', 'contains', 'startsWith'] as const).flatMap((name) =>
      positive[name] == null ? [] : [has({ [name]: positive[name] })],
    ),
    ...(ne == null ? [] : [`not ${has({ eq: ne })}`]),
    ...(notIn == null ? [] : [`not ${has({ in: notIn })}`]),
    ...(isNull == null ? [] : [`${isNull ? 'not ' : ''}${exists('true')}`]),
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
