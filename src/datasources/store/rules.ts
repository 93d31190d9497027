import { reclamationRules } from '../../db/tables/reclamations.ts';
import type { RuleRow } from '../../db/tables/rows.ts';
import { manyByKey, oneByKey } from './batch.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(reclamationRules);

export type RulePatch = Partial<Omit<RuleRow, 'id' | 'integrationId' | 'createdAt'>>;

/**
 * Rules of one integration (of all when null), oldest first, without the deleted ones; with `needsReview` only those that
 * were generated and nobody has looked at (true), or all others (false).
 */
export async function allRules(
  sql: SqlOrTx,
  integrationId: string | null,
  needsReview: boolean | null = null,
): Promise<RuleRow[]> {
  return sql<RuleRow[]>`
    select ${sql.unsafe(COLUMNS)} from reclamation_rules
    where (${integrationId}::text is null or integration_id = ${integrationId}) and deleted_at is null
      and (${needsReview}::boolean is null or (auto_generated and reviewed_at is null) = ${needsReview})
    order by created_at, id`;
}

/** Rules by id, deleted ones too (their candidates name them), in the order asked for; null where unknown. */
export async function rulesByIds(sql: SqlOrTx, ids: readonly string[]): Promise<(RuleRow | null)[]> {
  const rows = await sql<RuleRow[]>`
    select ${sql.unsafe(COLUMNS)} from reclamation_rules where id = any(${[...ids]}::text[])`;
  return oneByKey(ids, rows, (row) => row.id);
}

/** Rules of each integration, oldest first, without the deleted ones. */
export async function rulesByIntegrationIds(sql: SqlOrTx, integrationIds: readonly string[]): Promise<RuleRow[][]> {
  const rows = await sql<RuleRow[]>`
    select ${sql.unsafe(COLUMNS)} from reclamation_rules
    where integration_id = any(${[...integrationIds]}::text[]) and deleted_at is null order by created_at, id`;
  return manyByKey(integrationIds, rows, (row) => row.integrationId);
}

/** One rule that has not been deleted. */
export async function ruleById(sql: SqlOrTx, id: string): Promise<RuleRow | null> {
  const [row] = await sql<RuleRow[]>`
    select ${sql.unsafe(COLUMNS)} from reclamation_rules where id = ${id} and deleted_at is null`;
  return row ?? null;
}

/** Those of these rules that are on, held until the transaction ends: they can be read by others, and not be changed. */
export async function heldRules(tx: SqlOrTx, ids: readonly string[]): Promise<RuleRow[]> {
  return tx<RuleRow[]>`
    select ${tx.unsafe(COLUMNS)} from reclamation_rules
    where id = any(${[...ids]}::text[]) and enabled and deleted_at is null order by id for share`;
}

/** One rule that has not been deleted, held until the transaction ends. */
export async function lockRule(tx: SqlOrTx, id: string): Promise<RuleRow | null> {
  const [row] = await tx<RuleRow[]>`
    select ${tx.unsafe(COLUMNS)} from reclamation_rules where id = ${id} and deleted_at is null for no key update`;
  return row ?? null;
}

/** Did the integration ever have a rule? A deleted one counts: somebody decided against it. */
export async function hasHadRules(sql: SqlOrTx, integrationId: string): Promise<boolean> {
  const rows = await sql`select from reclamation_rules where integration_id = ${integrationId} limit 1`;
  return rows.length > 0;
}

export async function insertRule(sql: SqlOrTx, rule: typeof reclamationRules.$inferInsert): Promise<RuleRow> {
  const [row] = await sql<RuleRow[]>`
    insert into reclamation_rules ${sql(columnValues(reclamationRules, rule))} returning ${sql.unsafe(COLUMNS)}`;
  if (row === undefined) throw new Error('An insert answered without its row.');
  return row;
}

/** Null when the rule is unknown or deleted. */
export async function patchRule(sql: SqlOrTx, id: string, patch: RulePatch): Promise<RuleRow | null> {
  const [row] = await sql<RuleRow[]>`
    update reclamation_rules set ${sql(columnValues(reclamationRules, patch))}
    where id = ${id} and deleted_at is null returning ${sql.unsafe(COLUMNS)}`;
  return row ?? null;
}

/**
 * Adds a generated rule, switched off until somebody has looked at it, for each of these licenses that the integration never
 * had a rule for: a deleted one counts, somebody decided against it. One statement.
 */
export async function addGeneratedRules(
  sql: SqlOrTx,
  integrationId: string,
  rules: readonly Pick<RuleRow, 'id' | 'name' | 'appliesTo' | 'action' | 'signs' | 'inactivityThresholdDays'>[],
  now: Date,
): Promise<RuleRow[]> {
  return sql<RuleRow[]>`
    insert into reclamation_rules (id, integration_id, name, applies_to, enabled, auto_generated, action,
      inactivity_threshold_days, signs, created_at)
    select id, ${integrationId}, name, "appliesTo", false, true, action, "inactivityThresholdDays", signs, ${now}
    from jsonb_to_recordset(${JSON.stringify(rules)}::text::jsonb) as new(
      id text, name text, "appliesTo" text, action text, "inactivityThresholdDays" int, signs text[]
    )
    where not exists (
      select from reclamation_rules r where r.integration_id = ${integrationId} and r.applies_to = new."appliesTo"
    )
    on conflict do nothing returning ${sql.unsafe(COLUMNS)}`;
}
