import type { Sql } from '../../db/client.ts';
import { reclamationItems, reclamations } from '../../db/tables/index.ts';
import type { ReclamationItemRow, ReclamationRow } from '../../db/tables/rows.ts';
import { oneByKey, readerOf, rowsByIds } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';

const reader = readerOf(reclamations);

export function reclamationsByIds(sql: Sql, ids: readonly string[]): Promise<(ReclamationRow | null)[]> {
  return rowsByIds(sql, reader, 'reclamations', ids);
}

const itemReader = readerOf(reclamationItems);

export function reclamationItemsByIds(sql: Sql, ids: readonly string[]): Promise<(ReclamationItemRow | null)[]> {
  return rowsByIds(sql, itemReader, 'reclamation_items', ids);
}

const NEWEST_FIRST: readonly OrderTerm<ReclamationRow>[] = [
  columnTerm('requestedAt', 'requested_at', 'timestamptz', { descending: true }),
  columnTerm('id', 'id', 'text', { descending: true }),
];

/** Reclamations and restores, newest first, of an integration or of all. */
export function reclamationsOf(scope: 'all' | 'integration'): Source<ReclamationRow> {
  return {
    reader,
    from: 'reclamations t',
    belongs: scope === 'all' ? 'true' : 't.integration_id = k.key',
    order: 'reclamations',
    terms: () => NEWEST_FIRST,
    isFixed: true,
  };
}

const IN_ORDER_OF_WORK: readonly OrderTerm<ReclamationItemRow>[] = [
  columnTerm('position', 'position', 'int'),
  columnTerm('id', 'id', 'text'),
];

/** Items by reclamation, in the order of work. */
export const itemsOfReclamation: Source<ReclamationItemRow> = {
  reader: itemReader,
  from: 'reclamation_items t',
  belongs: 't.reclamation_id = k.key',
  order: 'items',
  terms: () => IN_ORDER_OF_WORK,
  isFixed: true,
};

/** How many items of a reclamation are in which status. */
export interface ItemCounts {
  total: number;
  planned: number;
  sent: number;
  unknown: number;
  confirmed: number;
  skipped: number;
  failed: number;
  restored: number;
}

/** The counts of each reclamation in one statement. */
export async function itemCounts(sql: Sql, reclamationIds: readonly string[]): Promise<ItemCounts[]> {
  const rows = await sql<(ItemCounts & { id: string })[]>`
    select reclamation_id as id, count(*)::int as total,
      count(*) filter (where status = 'PLANNED')::int as planned, count(*) filter (where status = 'SENT')::int as sent,
      count(*) filter (where status = 'UNKNOWN')::int as unknown,
      count(*) filter (where status = 'CONFIRMED')::int as confirmed,
      count(*) filter (where status = 'SKIPPED')::int as skipped, count(*) filter (where status = 'FAILED')::int as failed,
      count(*) filter (where status = 'RESTORED')::int as restored
    from reclamation_items where reclamation_id = any(${[...reclamationIds]}::text[]) group by reclamation_id`;
  const none = { total: 0, planned: 0, sent: 0, unknown: 0, confirmed: 0, skipped: 0, failed: 0, restored: 0 };
  return oneByKey(reclamationIds, rows, (row) => row.id).map((counts) => counts ?? none);
}
