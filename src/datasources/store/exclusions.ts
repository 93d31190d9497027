import { exclusions } from '../../db/tables/reclamations.ts';
import type { ExclusionRow } from '../../db/tables/rows.ts';
import { oneByKey } from './batch.ts';
import { closeCandidates } from './close-candidates.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(exclusions);

/** SQL: is exclusion `e` for the integration of user `u`, or for all? */
export const IS_FOR_USER = '(e.integration_id is null or e.integration_id = u.integration_id)';

/** SQL of the pattern that exclusion `e` compares addresses with, as `like` takes it. */
export const ADDRESS_PATTERN = `replace(replace(replace(replace(lower(e.email_pattern), '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '*', '%')`;

/** SQL: does exclusion `e` name user `u`, by id, address, department, role, sub account or group? */
export const CONCERNS_USER = `e.user_id = u.id or u.email like ${ADDRESS_PATTERN} or e.department = u.department
      or e.role_id = u.role_id or e.sub_account_id = u.account_id
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

/** Changes an exclusion; null when it is unknown or lifted. */
export async function patchExclusion(
  sql: SqlOrTx,
  id: string,
  patch: Partial<Pick<ExclusionRow, 'reason' | 'owner' | 'expiresAt' | 'scope'>>,
): Promise<ExclusionRow | null> {
  const [row] = await sql<ExclusionRow[]>`
    update exclusions set ${sql(columnValues(exclusions, patch))}
    where id = ${id} and deleted_at is null returning ${sql.unsafe(COLUMNS)}`;
  return row ?? null;
}

/** One exclusion, locked until the transaction ends; null when it is unknown or lifted. */
export async function lockExclusion(tx: SqlOrTx, id: string): Promise<ExclusionRow | null> {
  const [row] = await tx<ExclusionRow[]>`
    select ${tx.unsafe(COLUMNS)} from exclusions where id = ${id} and deleted_at is null for update`;
  return row ?? null;
}

/**
 * Closes the open candidates that an exclusion keeps out now, unless they are being taken right now: the next look would do the
 * same, but until then somebody could take from them. None where it has ended or is about cost only. One statement.
 *
 * @returns how many were closed.
 */
export async function skipExcluded(
  tx: SqlOrTx,
  { id, reason }: Pick<ExclusionRow, 'id' | 'reason'>,
  { by, now }: { by: string; now: Date },
): Promise<number> {
  const which = tx`u.id is not null and exists (
    select from exclusions e
    where e.id = ${id} and e.deleted_at is null and e.scope in ('CANDIDATES', 'BOTH')
      and (e.expires_at is null or e.expires_at > ${now})
      and ${tx.unsafe(IS_FOR_USER)} and (${tx.unsafe(CONCERNS_USER)} or e.license_id = c.license_id)
  )`;
  return closeCandidates(tx, which, { by, note: `Is excluded: ${reason}`, now });
}

/** Does anybody of the integration (of any when null) have this role, by Zoom's id? */
export async function isRoleKnown(sql: SqlOrTx, integrationId: string | null, roleId: string): Promise<boolean> {
  const rows = await sql`
    select from users u
    where u.role_id = ${roleId} and u.removed_at is null and (${integrationId}::text is null or u.integration_id = ${integrationId})
    limit 1`;
  return rows.length > 0;
}

const TARGETS = {
  userId: 'users where',
  licenseId: 'licenses where',
  groupId: 'groups where',
  subAccountId: "accounts where tier = 'SUB' and",
} as const;

/** The integration of a user, license, group or sub account; null when there is no such thing. */
export async function integrationOfTarget(
  sql: SqlOrTx,
  kind: keyof typeof TARGETS,
  id: string,
): Promise<string | null> {
  const [row] = await sql<{ integrationId: string }[]>`
    select integration_id as "integrationId" from ${sql.unsafe(TARGETS[kind])} id = ${id}`;
  return row?.integrationId ?? null;
}
