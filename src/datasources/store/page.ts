import type { Sql } from '../../db/client.ts';
import type {
  AccountRow,
  AuditEventRow,
  CandidateRow,
  ExclusionRow,
  GroupRow,
  JobRunRow,
  MeetingRow,
  MessageRow,
  OperationLogRow,
  ParticipantRow,
  ReclamationItemRow,
  ReclamationRow,
  ReconciliationLineRow,
  ReconciliationRow,
  SignInRow,
  UserRow,
} from '../../db/tables/rows.ts';
import { AppError } from '../../errors.ts';
import type { SavingsEntryFacts } from '../../policy/savings-figures.ts';
import { manyByKey, run, Values, type Keyed, type Reader } from './batch.ts';
import { behind, decodeCursor, encodeCursor, orderClause, type CursorValue, type OrderTerm } from './keyset.ts';

/** Arguments of every connection. */
export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** One page of a list, with what a connection is made of. */
export interface Page<Row> {
  rows: Row[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  cursorOf: (row: Row) => string;
  /** How many rows the whole list has; asked for only when somebody wants to know. */
  count: () => Promise<number>;
}

export type AccountPage = Page<AccountRow>;
export type UserPage = Page<UserRow>;
export type GroupPage = Page<GroupRow>;
export type JobRunPage = Page<JobRunRow>;
export type MeetingPage = Page<MeetingRow>;
export type ParticipantPage = Page<ParticipantRow>;
export type SignInPage = Page<SignInRow>;
export type OperationLogPage = Page<OperationLogRow>;
export type CandidatePage = Page<CandidateRow>;
export type MessagePage = Page<MessageRow>;
export type ReclamationPage = Page<ReclamationRow>;
export type ItemPage = Page<ReclamationItemRow>;
export type ExclusionPage = Page<ExclusionRow>;
export type ReconciliationPage = Page<ReconciliationRow>;
export type ReconciliationLinePage = Page<ReconciliationLineRow>;
export type AuditEventPage = Page<AuditEventRow>;

export type SavingsEntryPage = Page<SavingsEntryFacts>;

export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 500;

/** @throws {AppError} BAD_USER_INPUT when `first` is not 1 to 500. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_PAGE_SIZE;
  if (size < 1 || size > MAX_PAGE_SIZE) {
    throw new AppError('BAD_USER_INPUT', `\`first\` must be from 1 to ${MAX_PAGE_SIZE}, not ${size}.`);
  }
  return size;
}

/** A list that many parents have one of each: the meetings of each user, the items of each reclamation. */
export interface Source<Row> {
  reader: Reader<Row>;
  /** Table with the alias `t`, and what is joined to it. */
  from: string;
  /** Condition that a row belongs to the parent `k.key`. */
  belongs: string;
  /**
   * Conditions of which exactly one holds for every row, for a wide table: its rows are looked for by what the indexes of
   * each part hold, and only those of the page are read whole, by `t.id`.
   */
  parts?: readonly string[];
  /** What else must hold. */
  where?: (values: Values) => string[];
  /** Names the order in cursors. */
  order: string;
  terms: (asOf: Date) => readonly OrderTerm<Row>[];
  /** Does the order depend on the moment of the first page? */
  dependsOnNow?: boolean;
  /** Are there few shapes of it? */
  isFixed: boolean;
}

/** A page as it is asked for. */
export interface AskedPage<Row> {
  size: number;
  /** What the row before the page is ordered by; null for the first page. */
  cursor: readonly CursorValue[] | null;
  terms: readonly OrderTerm<Row>[];
  /** What cursors have to say of the moment of the first page; null where it doesn't matter. */
  asOf: Date | null;
}

/** @throws {AppError} BAD_USER_INPUT for a page size or cursor that is none. */
export function askedPage<Row>(source: Source<Row>, args: PageArgs, now: Date): AskedPage<Row> {
  const size = pageSize(args.first);
  const cursor = args.after == null ? null : decodeCursor(source.order, source.terms(now), args.after);
  const asOf = source.dependsOnNow === true ? new Date(cursor?.asOf ?? now.getTime()) : null;
  return { size, cursor: cursor?.values ?? null, terms: source.terms(asOf ?? now), asOf };
}

/** What is selected of a page. */
interface Selected {
  /** The parents, as `k` with what `belongs` needs. */
  parents: string;
  /** Columns of `k`, each with a comma behind it. */
  head: string;
  /** Columns of the rows `t`. */
  columns: string;
  /** SQL of how many rows are read: one behind the page as well, to know whether there is one. */
  limit: string;
}

/** Writes the statement of a page of each parent's list. Its rows come in their order. */
export function pageText<Row>(
  source: Source<Row>,
  { cursor, terms }: AskedPage<Row>,
  { parents, head, columns, limit }: Selected,
  values: Values,
): string {
  const conditions = [source.belongs, ...(source.where?.(values) ?? [])];
  if (cursor !== null) conditions.push(behind(terms, cursor, values));
  // A nested loop hands each parent's rows on as they are, and parts are put in order at the end.
  return source.parts === undefined
    ? `select ${head}p.* from ${parents} cross join lateral (` +
        `select ${columns} from ${source.from} where ${conditions.join(' and ')} ` +
        `order by ${orderClause(terms, values)} limit ${limit}) p`
    : `select ${head}${columns} from ${parents} cross join lateral (` +
        `${foundInParts(source, conditions, terms, values, limit)}) p join ${source.from} on t.id = p.id order by p.place`;
}

/** Ids of a page whose rows are found first and then read. */
function foundInParts<Row>(
  { parts = [], ...source }: Source<Row>,
  conditions: readonly string[],
  terms: readonly OrderTerm<Row>[],
  values: Values,
  limit: string,
): string {
  const keys = terms.map((term, index) => `${term.expression(values)} as o${index}`).join(', ');
  const order = orderClause(
    terms.map((term, index) => ({ ...term, expression: () => `o${index}` })),
    values,
  );
  const found = parts.map(
    (part) =>
      `(select t.id, ${keys} from ${source.from} where ${[...conditions, part].join(' and ')} order by ${order} limit ${limit})`,
  );
  return (
    `select f.id, row_number() over (order by ${order}) as place from (${found.join(' union all ')}) f ` +
    `order by place limit ${limit}`
  );
}

/** A page of each parent's list, in the order of the keys: one statement however many parents there are. */
export async function pagesByKey<Row>(
  sql: Sql,
  source: Source<Row>,
  keys: readonly string[],
  args: PageArgs,
  now: Date,
): Promise<Omit<Page<Row>, 'count'>[]> {
  const values = new Values();
  const parents = `unnest(${values.add([...keys], 'text[]')}) k(key)`;
  const page = askedPage(source, args, now);
  const limit = values.add(page.size + 1, 'int');
  const selected = { parents, head: 'k.key, ', columns: source.reader.columns, limit };
  const raw = await run(sql, pageText(source, page, selected, values), values, source.isFixed);
  const rows = source.reader.rows(raw) as Keyed<Row>[];
  return manyByKey(keys, rows, (row) => row.key).map((list) => ({
    rows: list.slice(0, page.size),
    hasNextPage: list.length > page.size,
    hasPreviousPage: page.cursor !== null,
    cursorOf: (row) => encodeCursor(source.order, page.terms, row, page.asOf?.getTime()),
  }));
}

/** SQL of how long the list of the parent `k.key` is. */
export function countText<Row>(source: Source<Row>, values: Values): string {
  const conditions = [source.belongs, ...(source.where?.(values) ?? [])];
  const counts = (source.parts ?? ['true']).map(
    (part) => `(select count(*)::int from ${source.from} where ${[...conditions, part].join(' and ')})`,
  );
  return counts.join(' + ');
}

/** How long each parent's list is, in the order of the keys: one statement. */
export async function countsByKey<Row>(sql: Sql, source: Source<Row>, keys: readonly string[]): Promise<number[]> {
  const values = new Values();
  const parents = values.add([...keys], 'text[]');
  const raw = await run(
    sql,
    `select k.key, ${countText(source, values)} as count from unnest(${parents}) k(key)`,
    values,
    source.isFixed,
  );
  const byKey = new Map(raw.map((row) => [row['key'] as string, row['count'] as number]));
  return keys.map((key) => byKey.get(key) ?? 0);
}

/**
 * A page of a list that is known whole, in the order that it comes in. `idOf` tells its rows apart.
 *
 * @throws {AppError} BAD_USER_INPUT when the cursor names nothing in the list.
 */
export function pageOfList<Row>(
  order: string,
  list: readonly Row[],
  idOf: (row: Row) => string,
  args: PageArgs,
): Page<Row> {
  const size = pageSize(args.first);
  const term: OrderTerm<Row> = {
    name: 'id',
    kind: 'text',
    isNullable: false,
    descending: false,
    expression: () => 'id',
    valueOf: idOf,
  };
  const after = args.after == null ? null : decodeCursor(order, [term], args.after).values[0];
  const start = after === null ? 0 : list.findIndex((row) => idOf(row) === after) + 1;
  if (after !== null && start === 0) {
    throw new AppError('BAD_USER_INPUT', '`after` names nothing in this list any more: begin again without it.');
  }
  return {
    rows: list.slice(start, start + size),
    hasNextPage: list.length > start + size,
    hasPreviousPage: start > 0,
    cursorOf: (row) => encodeCursor(order, [term], row),
    count: () => Promise.resolve(list.length),
  };
}

/**
 * A page of a list whose statement is written elsewhere and is ordered by one thing that tells all rows apart. `read`
 * gets the value to begin behind, and how many rows make a page; it answers one more where there are more.
 */
export async function pageBy<Row>(
  order: string,
  term: OrderTerm<Row>,
  args: PageArgs,
  read: (size: number, after: CursorValue) => Promise<readonly Row[]>,
  count: () => Promise<number>,
): Promise<Page<Row>> {
  const size = pageSize(args.first);
  const after = args.after == null ? null : (decodeCursor(order, [term], args.after).values[0] ?? null);
  const rows = await read(size, after);
  return {
    rows: rows.slice(0, size),
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== null,
    cursorOf: (row) => encodeCursor(order, [term], row),
    count,
  };
}
