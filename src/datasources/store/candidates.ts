import type { Sql } from '../../db/client.ts';
import { reclamationCandidates } from '../../db/tables/index.ts';
import type { CandidateRow } from '../../db/tables/rows.ts';
import { AppError } from '../../errors.ts';
import type {
  ReclamationCandidateFilter,
  ReclamationCandidateOrder,
  ReclamationCandidateOrderField,
} from '../../schema.generated.ts';
import { manyByKey, readerOf, rowsByIds, type Values } from './batch.ts';
import { matchExact, matchInstant, matchInt } from './comparators.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';

const reader = readerOf(reclamationCandidates);

export function candidatesByIds(sql: Sql, ids: readonly string[]): Promise<(CandidateRow | null)[]> {
  return rowsByIds(sql, reader, 'reclamation_candidates', ids);
}

/** How many holders of each license are open candidates, in the order of the licenses. */
export async function openCandidatesByLicenseIds(sql: Sql, licenseIds: readonly string[]): Promise<number[]> {
  const rows = await sql<{ id: string; count: number }[]>`
    select license_id as id, count(*)::int as count from reclamation_candidates
    where closed_at is null and license_id = any(${[...licenseIds]}::text[]) group by license_id`;
  const byId = new Map(rows.map((row) => [row.id, row.count]));
  return licenseIds.map((id) => byId.get(id) ?? 0);
}

/** One step of a candidate. */
export interface CandidateEventRow {
  candidateId: string;
  at: Date;
  from: CandidateRow['status'] | null;
  to: CandidateRow['status'];
  by: string;
  note: string | null;
}

/** Steps of each candidate, oldest first. */
export async function candidateEventsByCandidateIds(sql: Sql, ids: readonly string[]): Promise<CandidateEventRow[][]> {
  const rows = await sql<CandidateEventRow[]>`
    select candidate_id as "candidateId", at, from_status as "from", to_status as "to", by, note
    from candidate_events where candidate_id = any(${[...ids]}::text[]) order by seq`;
  return manyByKey(ids, rows, (row) => row.candidateId);
}

/** That a step of a candidate was taken; by the number of the step. */
export interface CandidateStep {
  seq: number;
  candidateId: string;
}

/** How many steps `stepsIn` answers at most. */
export const MOST_STEPS = 1_000;

/** Steps whose numbers lie in any of these ranges, in their order. */
export function stepsIn(sql: Sql, ranges: readonly { from: number; to: number }[]): Promise<CandidateStep[]> {
  const [froms, tos] = [ranges.map(({ from }) => from), ranges.map(({ to }) => to)];
  // The bound by itself keeps the database from walking through all steps there ever were.
  return sql<CandidateStep[]>`
    select e.seq::float8 as seq, e.candidate_id as "candidateId" from candidate_events e
    where e.seq >= ${Math.min(...froms)} and exists (
      select from unnest(${froms}::bigint[], ${tos}::bigint[]) as r(low, high) where e.seq between r.low and r.high
    ) order by e.seq limit ${MOST_STEPS}`;
}

/** Number of the last step that can be seen; 0 without any. */
export async function lastStep(sql: Sql): Promise<number> {
  const [row] = await sql<{ seq: number }[]>`select coalesce(max(seq), 0)::float8 as seq from candidate_events`;
  return row?.seq ?? 0;
}

const TERMS: Record<ReclamationCandidateOrderField, OrderTerm<CandidateRow> | readonly OrderTerm<CandidateRow>[]> = {
  DETECTED_AT: columnTerm('detectedAt', 'detected_at', 'timestamptz'),
  INACTIVE_DAYS: columnTerm('inactiveDays', 'inactive_days', 'int'),
  LAST_ACTIVITY_AT: columnTerm('lastActivityAt', 'last_activity_at', 'timestamptz', { isNullable: true }),
  // A currency after the other: amounts of different ones have no order.
  SAVINGS: [
    columnTerm('savingsCurrency', 'savings_currency', 'text', { isNullable: true }),
    columnTerm('savingsAmount', 'savings_amount', 'numeric', { isNullable: true }),
  ],
  STATUS: columnTerm('status', 'status', 'text'),
};

export interface CandidateQuery {
  filter?: ReclamationCandidateFilter | null | undefined;
  orderBy?: readonly ReclamationCandidateOrder[] | null | undefined;
}

/** Whose candidates a list holds; the key is the parent's id, and for `all` anything. */
export type CandidateScope = 'all' | 'integration' | 'user';

const BELONGS: Record<CandidateScope, string> = {
  all: 'true',
  integration: 't.integration_id = k.key',
  user: 't.user_id = k.key',
};

/**
 * Lists of candidates, filtered and ordered; newest first unless told otherwise.
 *
 * @throws {AppError} BAD_USER_INPUT when the order names a field twice.
 */
export function candidatesOf(scope: CandidateScope, { filter, orderBy }: CandidateQuery): Source<CandidateRow> {
  const wanted: readonly ReclamationCandidateOrder[] =
    orderBy == null || orderBy.length === 0 ? [{ field: 'DETECTED_AT', direction: 'DESC' }] : orderBy;
  if (new Set(wanted.map((order) => order.field)).size < wanted.length) {
    throw new AppError('BAD_USER_INPUT', '`orderBy` names a field more than once.');
  }
  const terms = [
    ...wanted.flatMap(({ field, direction }) =>
      [TERMS[field]].flat().map((term) => ({ ...term, descending: direction === 'DESC' })),
    ),
    columnTerm<CandidateRow>('id', 'id', 'text', { descending: wanted[0]?.direction === 'DESC' }),
  ];
  return {
    reader,
    from: 'reclamation_candidates t',
    belongs: BELONGS[scope],
    where: (values) => (filter == null ? [] : compile(filter, values, { depth: 1, count: 0 })),
    order: `candidates ${wanted.map(({ field, direction }) => `${field} ${direction}`).join(' ')}`,
    terms: () => terms,
    isFixed: filter == null && wanted.length === 1,
  };
}

const MAX_DEPTH = 6;
const MAX_FILTERS = 100;

function compile(
  filter: ReclamationCandidateFilter,
  values: Values,
  spent: { depth: number; count: number },
): string[] {
  spent.count += 1;
  if (spent.depth > MAX_DEPTH || spent.count > MAX_FILTERS) {
    throw new AppError(
      'BAD_USER_INPUT',
      `\`filter\` may nest \`and\` and \`or\` ${MAX_DEPTH - 1} deep and hold ${MAX_FILTERS} filters in all.`,
    );
  }
  const branch = (inner: ReclamationCandidateFilter) => {
    spent.depth += 1;
    const conditions = compile(inner, values, spent);
    spent.depth -= 1;
    return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`;
  };
  return [
    ...(filter.status ? matchExact('t.status', filter.status, values) : []),
    ...(filter.action ? matchExact('t.action', filter.action, values) : []),
    ...(filter.reason ? matchExact('t.reason', filter.reason, values) : []),
    ...(filter.inactiveDays ? matchInt('t.inactive_days', filter.inactiveDays, values) : []),
    ...(filter.user ? matchExact('t.user_id', filter.user, values) : []),
    ...(filter.license ? matchExact('t.license_id', filter.license, values) : []),
    ...(filter.rule ? matchExact('t.rule_id', filter.rule, values) : []),
    ...(filter.detectedAt ? matchInstant('t.detected_at', filter.detectedAt, values) : []),
    ...(filter.returnedAt ? matchInstant('t.returned_at', filter.returnedAt, values) : []),
    ...(filter.and == null ? [] : filter.and.map(branch)),
    ...(filter.or == null ? [] : [filter.or.length === 0 ? 'false' : `(${filter.or.map(branch).join(' or ')})`]),
  ];
}
