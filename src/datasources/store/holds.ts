import { reclamationHolds } from '../../db/tables/index.ts';
import type { HoldRow } from '../../db/tables/rows.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(reclamationHolds);

/** SQL: does a hold keep integration `i.integration_id` from being written to? */
export const IS_HELD = `exists (
  select from reclamation_holds h where h.released_at is null and (h.integration_id is null or h.integration_id = i.integration_id)
)`;

/** Holds that are in force now for each integration, or for all of them; oldest first. One statement. */
export async function holdsOf(sql: SqlOrTx, integrationIds: readonly string[]): Promise<(HoldRow | null)[]> {
  const rows = await sql<HoldRow[]>`
    select ${sql.unsafe(COLUMNS)} from reclamation_holds
    where released_at is null and (integration_id is null or integration_id = any(${[...integrationIds]}::text[]))
    order by integration_id nulls first, placed_at`;
  return integrationIds.map((id) => rows.find((row) => row.integrationId === null || row.integrationId === id) ?? null);
}

/** Every hold that is in force, the one for all first. */
export async function openHolds(sql: SqlOrTx): Promise<HoldRow[]> {
  return sql<HoldRow[]>`
    select ${sql.unsafe(COLUMNS)} from reclamation_holds
    where released_at is null order by integration_id nulls first, placed_at`;
}

/** The hold of exactly this scope that is in force; null without one. The scope is locked until the transaction ends. */
export async function lockHold(tx: SqlOrTx, integrationId: string | null): Promise<HoldRow | null> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`hold ${integrationId ?? 'all'}`}, 0))`;
  const [row] = await tx<HoldRow[]>`
    select ${tx.unsafe(COLUMNS)} from reclamation_holds
    where released_at is null and integration_id is not distinct from ${integrationId} order by placed_at limit 1`;
  return row ?? null;
}

export async function insertHold(tx: SqlOrTx, hold: typeof reclamationHolds.$inferInsert): Promise<HoldRow> {
  const [row] = await tx<HoldRow[]>`
    insert into reclamation_holds ${tx(columnValues(reclamationHolds, hold))} returning ${tx.unsafe(COLUMNS)}`;
  if (row === undefined) throw new Error('An insert answered without its row.');
  return row;
}

export async function releaseHold(tx: SqlOrTx, id: string, by: string, now: Date): Promise<void> {
  await tx`update reclamation_holds set released_at = ${now}, released_by = ${by} where id = ${id}`;
}
