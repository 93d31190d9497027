import { exclusions } from '../../db/tables/reclamations.ts';
import type { ExclusionRow } from '../../db/tables/rows.ts';
import { oneByKey } from './batch.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(exclusions);

/** SQL: is exclusion `e` for the integration of user `u`, or for all? */
export const IS_FOR_USER = '(e.integration_id is null or e.integration_id = u.integration_id)';

/** SQL of the pattern that exclusion `e` compares addresses with, as `like` takes it. */
export const ADDRESS_PATTERN = `replace(replace(replace(replace(lower(e.email_pattern), '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '*', '%')`;

/** SQL: does exclusion `e` name user `u`, by id, address, department or group? */
export const CONCERNS_USER = `e.user_id = u.id or u.email like ${ADDRESS_PATTERN} or e.department = u.department
      or exists (select from groups g where g.id = e.group_id and g.zoom_group_id = any(u.group_ids))`;

/** Exclusions by id, in the order asked for; null where unknown or lifted. */
export async function exclusionsByIds(sql: SqlOrTx, ids: readonly string[]): Promise<(ExclusionRow | null)[]> {
  const rows = await sql<ExclusionRow[]>`
    select ${sql.unsafe(COLUMNS)} from exclusions where id = any(${[...ids]}::text[]) and deleted_at is null`;
  return oneByKey(ids, rows, (row) => row.id);
}

/**
 * Exclusions of one integration with those for all (every one when null), newest first, after the one with id `after`;
 * one more than `first`. Ids sort by age.
 */
export async function exclusionsPage(
  sql: SqlOrTx,
  { integrationId, first, after }: { integrationId: string | null; first: number; after: string | null },
): Promise<ExclusionRow[]> {
  return sql<ExclusionRow[]>`
    select ${sql.unsafe(COLUMNS)} from exclusions
    where (${integrationId}::text is null or integration_id is null or integration_id = ${integrationId})
      and deleted_at is null and (${after}::text is null or id < ${after})
    order by id desc limit ${first + 1}`;
}

export async function countExclusions(sql: SqlOrTx, integrationId: string | null): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from exclusions
    where (${integrationId}::text is null or integration_id is null or integration_id = ${integrationId})
      and deleted_at is null`;
  return row?.count ?? 0;
}

export async function insertExclusion(sql: SqlOrTx, exclusion: typeof exclusions.$inferInsert): Promise<ExclusionRow> {
  const [row] = await sql<ExclusionRow[]>`
    insert into exclusions ${sql(columnValues(exclusions, exclusion))} returning ${sql.unsafe(COLUMNS)}`;
  if (row === undefined) throw new Error('An insert answered without its row.');
  return row;
}

/** Lifts an exclusion; null when it is unknown or lifted already. */
export async function liftExclusion(sql: SqlOrTx, id: string, now: Date): Promise<ExclusionRow | null> {
  const [row] = await sql<ExclusionRow[]>`
    update exclusions set deleted_at = ${now} where id = ${id} and deleted_at is null returning ${sql.unsafe(COLUMNS)}`;
  return row ?? null;
}

const TARGET_TABLES = { userId: 'users', licenseId: 'licenses', groupId: 'groups' } as const;

/** The integration of a user, license or group; null when there is no such thing. */
export async function integrationOfTarget(
  sql: SqlOrTx,
  kind: keyof typeof TARGET_TABLES,
  id: string,
): Promise<string | null> {
  const [row] = await sql<{ integrationId: string }[]>`
    select integration_id as "integrationId" from ${sql(TARGET_TABLES[kind])} where id = ${id}`;
  return row?.integrationId ?? null;
}
