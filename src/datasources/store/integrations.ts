import { newId } from '../../db/id.ts';
import { accounts } from '../../db/tables/accounts.ts';
import { integrations } from '../../db/tables/integrations.ts';
import type { AccountRow, IntegrationRow } from '../../db/tables/rows.ts';
import { oneByKey } from './batch.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(integrations);
const ACCOUNT_COLUMNS = columnsOf(accounts);

export type NewIntegration = typeof integrations.$inferInsert;
export type IntegrationPatch = Partial<Omit<IntegrationRow, 'id' | 'createdAt' | 'updatedAt'>>;

/** Every integration that has not been deleted, oldest first. */
export async function allIntegrations(sql: SqlOrTx): Promise<IntegrationRow[]> {
  return sql<IntegrationRow[]>`
    select ${sql.unsafe(COLUMNS)} from integrations where deleted_at is null order by created_at, id`;
}

/** Integrations that work by themselves, oldest first. */
export async function connectedIntegrations(sql: SqlOrTx): Promise<IntegrationRow[]> {
  return sql<IntegrationRow[]>`
    select ${sql.unsafe(COLUMNS)} from integrations
    where status = 'CONNECTED' and deleted_at is null order by created_at, id`;
}

/** Integrations that were authorized for an account, in order of id. */
export async function authorizedIntegrations(sql: SqlOrTx, zoomAccountId: string): Promise<IntegrationRow[]> {
  return sql<IntegrationRow[]>`
    select ${sql.unsafe(COLUMNS)} from integrations
    where zoom_account_id = ${zoomAccountId} and authorized_at is not null and deleted_at is null order by id`;
}

/** Integrations by id, in the order asked for; null where unknown or deleted. */
export async function integrationsByIds(sql: SqlOrTx, ids: readonly string[]): Promise<(IntegrationRow | null)[]> {
  const rows = await sql<IntegrationRow[]>`
    select ${sql.unsafe(COLUMNS)} from integrations where id = any(${[...ids]}::text[]) and deleted_at is null`;
  return oneByKey(ids, rows, (row) => row.id);
}

/** One integration; null when unknown or deleted. */
export async function integrationById(sql: SqlOrTx, id: string): Promise<IntegrationRow | null> {
  const [row] = await integrationsByIds(sql, [id]);
  return row ?? null;
}

/** The same, and nobody else changes it until the caller's transaction ends. */
export async function lockIntegration(tx: SqlOrTx, id: string): Promise<IntegrationRow | null> {
  const [row] = await tx<IntegrationRow[]>`
    select ${tx.unsafe(COLUMNS)} from integrations where id = ${id} and deleted_at is null for update`;
  return row ?? null;
}

export async function insertIntegration(sql: SqlOrTx, integration: NewIntegration): Promise<IntegrationRow> {
  const [row] = await sql<IntegrationRow[]>`
    insert into integrations ${sql(columnValues(integrations, integration))} returning ${sql.unsafe(COLUMNS)}`;
  if (row === undefined) throw new Error('An insert answered without its row.');
  return row;
}

/** Changes what the patch names. Null when the integration is unknown or deleted. */
export async function patchIntegration(
  sql: SqlOrTx,
  id: string,
  patch: IntegrationPatch,
  now: Date,
): Promise<IntegrationRow | null> {
  const [row] = await sql<IntegrationRow[]>`
    update integrations set ${sql(columnValues(integrations, { ...patch, updatedAt: now }))}
    where id = ${id} and deleted_at is null returning ${sql.unsafe(COLUMNS)}`;
  return row ?? null;
}

/** Notes the plan whose limits Zoom was found to keep, where nobody has named one. */
export async function learnRateLimitPlan(
  sql: SqlOrTx,
  id: string,
  plan: NonNullable<IntegrationRow['rateLimitPlan']>,
  now: Date,
): Promise<void> {
  await sql`
    update integrations set rate_limit_plan = ${plan}, updated_at = ${now}
    where id = ${id} and deleted_at is null and rate_limit_plan is null`;
}

/**
 * Makes the account that an integration was authorized for known, before the first sync has anything to say about it.
 * One that is known already keeps its name.
 */
export async function rememberAccount(
  sql: SqlOrTx,
  integration: Pick<IntegrationRow, 'id' | 'kind'>,
  account: { zoomAccountId: string; name: string },
  now: Date,
): Promise<AccountRow> {
  const tier = integration.kind === 'TIERED' ? 'MASTER' : 'REGULAR';
  const [row] = await sql<AccountRow[]>`
    insert into accounts (id, integration_id, zoom_account_id, name, tier, created_at)
    values (${newId('acc', now.getTime())}, ${integration.id}, ${account.zoomAccountId}, ${account.name}, ${tier}, ${now})
    on conflict (integration_id, zoom_account_id) do update set tier = excluded.tier, removed_at = null
    returning ${sql.unsafe(ACCOUNT_COLUMNS)}`;
  if (row === undefined) throw new Error('An upsert answered without its row.');
  return row;
}
