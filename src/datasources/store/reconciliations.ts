import { getTableColumns } from 'drizzle-orm';
import type { Sql } from '../../db/client.ts';
import { reconciliationLines, reconciliations } from '../../db/tables/index.ts';
import type { ReconciliationLineRow, ReconciliationRow } from '../../db/tables/rows.ts';
import { COMPARED_COLUMNS } from '../../policy/reconciliation-changes.ts';
import { manyByKey, oneByKey, readerOf, rowsByIds, type Keyed } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const reader = readerOf(reconciliations);
const lineReader = readerOf(reconciliationLines);
const COLUMNS = columnsOf(reconciliations);

export function reconciliationsByIds(sql: Sql, ids: readonly string[]): Promise<(ReconciliationRow | null)[]> {
  return rowsByIds(sql, reader, 'reconciliations', ids);
}

/** The last reconciliation of each integration; null where there was none. */
export async function latestReconciliations(
  sql: Sql,
  integrationIds: readonly string[],
): Promise<(ReconciliationRow | null)[]> {
  const raw = await sql.unsafe(
    `select k.key, r.* from unnest($1::text[]) k(key) cross join lateral (
       select ${reader.columns} from reconciliations t where t.integration_id = k.key order by t.at desc, t.id desc limit 1
     ) r`,
    [[...integrationIds]],
    { prepare: true },
  );
  return oneByKey(integrationIds, reader.rows(raw) as Keyed<ReconciliationRow>[], (row) => row.key);
}

/** What each reconciliation follows on; null for the first one of its integration. */
export async function reconciliationsBefore(sql: Sql, ids: readonly string[]): Promise<(ReconciliationRow | null)[]> {
  const raw = await sql.unsafe(
    `select r.id as key, b.* from reconciliations r cross join lateral (
       select ${reader.columns} from reconciliations t
       where t.integration_id = r.integration_id and (t.at, t.id) < (r.at, r.id) order by t.at desc, t.id desc limit 1
     ) b where r.id = any($1::text[])`,
    [[...ids]],
    { prepare: true },
  );
  return oneByKey(ids, reader.rows(raw) as Keyed<ReconciliationRow>[], (row) => row.key);
}

const NEWEST_FIRST: readonly OrderTerm<ReconciliationRow>[] = [
  columnTerm('at', 'at', 'timestamptz', { descending: true }),
  columnTerm('id', 'id', 'text', { descending: true }),
];

/** Reconciliations, newest first, of an integration or of all. */
export function reconciliationsOf(scope: 'all' | 'integration'): Source<ReconciliationRow> {
  return {
    reader,
    from: 'reconciliations t',
    belongs: scope === 'all' ? 'true' : 't.integration_id = k.key',
    order: 'reconciliations',
    terms: () => NEWEST_FIRST,
    isFixed: true,
  };
}

/** A line of a license and the one of the reconciliation before; null where that one did not look at it. */
export interface LinePair {
  before: ReconciliationLineRow | null;
  now: ReconciliationLineRow | null;
}

const COMPARED: readonly string[] = ['position', ...Object.values(COMPARED_COLUMNS).flat()];

/** Lines that differ from those of the reconciliation before, by the name of the license; none of a first one. */
export async function differingLines(sql: Sql, ids: readonly string[]): Promise<LinePair[][]> {
  const columns = Object.entries(getTableColumns(reconciliationLines)).map(([key, { name }]) => ({ key, name }));
  const columnsAs = (alias: string) =>
    columns.map(({ key, name }) => `${alias}.${name} as "${alias}_${key}"`).join(', ');
  const compared = (alias: string) =>
    columns.flatMap(({ key, name }) => (COMPARED.includes(key) ? `${alias}.${name}` : [])).join(', ');
  const raw = await sql.unsafe<Record<string, unknown>[]>(
    `select r.id as key, p.* from reconciliations r
     cross join lateral (
       select t.id from reconciliations t
       where t.integration_id = r.integration_id and (t.at, t.id) < (r.at, r.id) order by t.at desc, t.id desc limit 1
     ) b
     cross join lateral (
       select ${columnsAs('o')}, ${columnsAs('n')}
       from (select * from reconciliation_lines l where l.reconciliation_id = b.id) o
       full join (select * from reconciliation_lines l where l.reconciliation_id = r.id) n on n.license_id = o.license_id
       where o.license_id is null or n.license_id is null or (${compared('o')}) is distinct from (${compared('n')})
     ) p
     where r.id = any($1::text[]) order by coalesce("n_name", "o_name"), coalesce("n_licenseId", "o_licenseId")`,
    [[...ids]],
    { prepare: true },
  );
  const lineOf = (row: Record<string, unknown>, alias: string) =>
    row[`${alias}_licenseId`] === null
      ? null
      : (Object.fromEntries(
          columns.map(({ key }) => [key, row[`${alias}_${key}`]]),
        ) as unknown as ReconciliationLineRow);
  const pairs = raw.map((row) => ({ key: row['key'] as string, before: lineOf(row, 'o'), now: lineOf(row, 'n') }));
  return manyByKey(ids, pairs, (pair) => pair.key);
}

/** What the last reconciliation of its integration found of each license; null where it did not look at it. */
export async function latestLinesByLicenseIds(
  sql: Sql,
  licenseIds: readonly string[],
): Promise<(ReconciliationLineRow | null)[]> {
  const raw = await sql.unsafe(
    `select ${lineReader.columns} from licenses l cross join lateral (
       select r.id from reconciliations r where r.integration_id = l.integration_id order by r.at desc, r.id desc limit 1
     ) last join reconciliation_lines t on t.reconciliation_id = last.id and t.license_id = l.id
     where l.id = any($1::text[])`,
    [[...licenseIds]],
    { prepare: true },
  );
  return oneByKey(licenseIds, lineReader.rows(raw), (row) => row.licenseId);
}

/** What the lines of a reconciliation add up to, of the licenses whose price is in one currency. */
export interface CurrencyTotal {
  /** Null: of the licenses without a price. */
  currency: string | null;
  licenses: number;
  owned: number;
  assigned: number;
  used: number;
  /** Exact; null where none of its lines has the amount. */
  trueUpCost: string | null;
  unassignedCost: string | null;
  unusedCost: string | null;
}

/** The totals of each reconciliation, a currency each in the order of their codes, what has no price last. */
export async function totalsByReconciliationIds(sql: Sql, ids: readonly string[]): Promise<CurrencyTotal[][]> {
  // More than an Int holds was entered by mistake; it is no reason to answer nothing.
  const sum = (column: string) => sql.unsafe(`least(coalesce(sum(${column}), 0), 2147483647)::int`);
  const rows = await sql<(CurrencyTotal & { id: string })[]>`
    select reconciliation_id as id, currency, count(*)::int as licenses, ${sum('owned')} as owned,
      ${sum('assigned')} as assigned, ${sum('active')} as used, sum(true_up_cost)::text as "trueUpCost",
      sum(unassigned_cost)::text as "unassignedCost", sum(unused_cost)::text as "unusedCost"
    from reconciliation_lines where reconciliation_id = any(${[...ids]}::text[])
    group by reconciliation_id, currency order by currency nulls last`;
  return manyByKey(ids, rows, (row) => row.id);
}

/** How many licenses of a reconciliation stand where. */
export interface PositionCounts {
  total: number;
  compliant: number;
  overAssigned: number;
  underUsed: number;
  unknown: number;
}

export async function positionCounts(sql: Sql, ids: readonly string[]): Promise<PositionCounts[]> {
  const rows = await sql<(PositionCounts & { id: string })[]>`
    select reconciliation_id as id, count(*)::int as total,
      count(*) filter (where position = 'COMPLIANT')::int as compliant,
      count(*) filter (where position = 'OVER_ASSIGNED')::int as "overAssigned",
      count(*) filter (where position = 'UNDER_USED')::int as "underUsed",
      count(*) filter (where position = 'UNKNOWN')::int as unknown
    from reconciliation_lines where reconciliation_id = any(${[...ids]}::text[]) group by reconciliation_id`;
  const none = { total: 0, compliant: 0, overAssigned: 0, underUsed: 0, unknown: 0 };
  return oneByKey(ids, rows, (row) => row.id).map((counts) => counts ?? none);
}

/**
 * When `requestedBy` last reconciled each connected integration (or only this one) of which a whole roster was ever read; null: never.
 * Integrations without a roster are left out: there is nothing to compare.
 */
export async function lastReconciledAt(
  sql: SqlOrTx,
  requestedBy: string,
  integrationId: string | null = null,
): Promise<Map<string, Date | null>> {
  const rows = await sql<{ id: string; at: Date | null }[]>`
    select i.id, (
      select r.at from reconciliations r
      where r.integration_id = i.id and r.requested_by = ${requestedBy} order by r.at desc limit 1
    ) as at
    from integrations i
    where i.status = 'CONNECTED' and i.deleted_at is null and (${integrationId}::text is null or i.id = ${integrationId}) and exists (
      select from accounts a
      where a.integration_id = i.id and a.removed_at is null and a.roster_complete_at is not null
    )`;
  return new Map(rows.map((row) => [row.id, row.at]));
}

/**
 * Writes a reconciliation with its lines down, and what is certain of them as the seats and use of the day, in the place of
 * what was seen earlier that day. Three statements at most.
 */
export async function saveReconciliation(
  tx: SqlOrTx,
  reconciliation: ReconciliationRow,
  lines: readonly Omit<ReconciliationLineRow, 'reconciliationId'>[],
  certain: readonly Pick<ReconciliationLineRow, 'licenseId' | 'owned' | 'assigned' | 'active' | 'inactive'>[],
): Promise<ReconciliationRow> {
  const [row] = await tx<ReconciliationRow[]>`
    insert into reconciliations ${tx(columnValues(reconciliations, reconciliation))} returning ${tx.unsafe(COLUMNS)}`;
  if (row === undefined) throw new Error('An insert answered without its row.');
  if (lines.length === 0) return row;
  await tx`
    insert into reconciliation_lines (reconciliation_id, license_id, account_id, unique_id, name, owned, owned_source,
      assigned, active, inactive, never_active, excluded, zoom_assigned, position, reasons, unit_annual_cost, true_up_cost,
      unassigned_cost, unused_cost, currency)
    select ${row.id}, "licenseId", "accountId", "uniqueId", name, owned, "ownedSource", assigned, active, inactive,
      "neverActive", excluded, "zoomAssigned", position, reasons, "unitAnnualCost", "trueUpCost", "unassignedCost",
      "unusedCost", currency
    from jsonb_to_recordset(${JSON.stringify(lines)}::text::jsonb) as line("licenseId" text, "accountId" text, "uniqueId" text, name text,
      owned int, "ownedSource" text, assigned int, active int, inactive int, "neverActive" int, excluded int,
      "zoomAssigned" int, position text, reasons jsonb, "unitAnnualCost" numeric, "trueUpCost" numeric,
      "unassignedCost" numeric, "unusedCost" numeric, currency text)`;
  if (certain.length === 0) return row;
  await tx`
    insert into license_days (license_id, day, integration_id, owned, assigned, active, inactive)
    select "licenseId", ${row.at.toISOString().slice(0, 10)}::date, ${row.integrationId}, owned, assigned, active, inactive
    from jsonb_to_recordset(${JSON.stringify(certain)}::text::jsonb) as line("licenseId" text, owned int, assigned int, active int, inactive int)
    on conflict (license_id, day) do update set owned = excluded.owned, assigned = excluded.assigned,
      active = excluded.active, inactive = excluded.inactive`;
  return row;
}

/** Forgets reconciliations from before one moment, and days of licenses from before another. */
export async function forgetReconciliations(sql: SqlOrTx, before: Date, daysBefore: Date): Promise<void> {
  // By integration, so that an index finds the few that there are.
  await sql`
    with gone as (
      delete from reconciliations r using integrations i where r.integration_id = i.id and r.at < ${before} returning r.id
    )
    delete from reconciliation_lines l using gone where l.reconciliation_id = gone.id`;
  await sql`
    delete from license_days d using integrations i
    where d.integration_id = i.id and d.day < ${daysBefore.toISOString().slice(0, 10)}::date`;
}
