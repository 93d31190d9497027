import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import { licenses } from '../../db/tables/licenses.ts';
import type { LicenseMappingRow, LicenseRow } from '../../db/tables/rows.ts';
import { subscriptionOf, unrecognizedPlans, type SubscriptionSource } from '../../policy/subscription-identifiers.ts';
import { manyByKey } from './batch.ts';
import { unrecognizedOf } from './held.ts';
import { columnsOf, type SqlOrTx } from './writes.ts';

const LICENSE_COLUMNS = columnsOf(licenses);

/** What a person said that identifiers stand for: unique ids of licenses, by identifier. */
export async function mappingsOf(sql: SqlOrTx, integrationId: string): Promise<Map<string, string>> {
  const rows = await sql<Pick<LicenseMappingRow, 'identifier' | 'uniqueId'>[]>`
    select identifier, unique_id as "uniqueId" from license_mappings where integration_id = ${integrationId}`;
  return new Map(rows.map((row) => [row.identifier, row.uniqueId]));
}

/** The same of each integration. */
export async function mappingsByIntegrationIds(
  sql: SqlOrTx,
  integrationIds: readonly string[],
): Promise<ReadonlyMap<string, string>[]> {
  const rows = await sql<Pick<LicenseMappingRow, 'integrationId' | 'identifier' | 'uniqueId'>[]>`
    select integration_id as "integrationId", identifier, unique_id as "uniqueId" from license_mappings
    where integration_id = any(${[...integrationIds]}::text[])`;
  return manyByKey(integrationIds, rows, (row) => row.integrationId).map(
    (mappings) => new Map(mappings.map((row) => [row.identifier, row.uniqueId])),
  );
}

/** Says what an identifier stands for, in the place of what was said before. */
export async function saveMapping(
  sql: SqlOrTx,
  mapping: Pick<LicenseMappingRow, 'integrationId' | 'identifier' | 'uniqueId' | 'createdBy'>,
  now: Date,
): Promise<void> {
  await sql`
    insert into license_mappings (id, integration_id, identifier, unique_id, created_by, created_at)
    values (${newId('uns', now.getTime())}, ${mapping.integrationId}, ${mapping.identifier}, ${mapping.uniqueId},
      ${mapping.createdBy}, ${now})
    on conflict (integration_id, identifier) do update
      set unique_id = excluded.unique_id, created_by = excluded.created_by, created_at = excluded.created_at`;
}

export async function deleteMapping(sql: SqlOrTx, integrationId: string, identifier: string): Promise<void> {
  await sql`delete from license_mappings where integration_id = ${integrationId} and identifier = ${identifier}`;
}

/** Gives a license another name, in every account of the integration; `autoPopulated` says whether that comes from Zoom. */
export async function nameLicense(
  sql: SqlOrTx,
  license: { integrationId: string; uniqueId: string; name: string; autoPopulated: boolean },
  now: Date,
): Promise<void> {
  await sql`
    update licenses set name = ${license.name}, auto_populated = ${license.autoPopulated}, updated_at = ${now}
    where integration_id = ${license.integrationId} and unique_id = ${license.uniqueId}
      and (name, auto_populated) is distinct from (${license.name}, ${license.autoPopulated})`;
}

/** Accounts of the integration with what Zoom said of their plans, and who in them holds the identifier. */
export interface AccountWithHolders {
  accountId: string;
  planUsage: Record<string, unknown> | null;
  userIds: string[];
}

export async function holdersByAccount(
  sql: SqlOrTx,
  integrationId: string,
  identifier: string,
): Promise<AccountWithHolders[]> {
  const ofIntegration = (sql as Sql)`u.integration_id = ${integrationId}`;
  return sql<AccountWithHolders[]>`
    select a.id as "accountId", a.plan_usage as "planUsage", coalesce(held."userIds", '{}') as "userIds"
    from accounts a left join (
      select h.account_id, array_agg(h.user_id order by h.user_id) as "userIds"
      from ${unrecognizedOf(sql, ofIntegration)} h where h.identifier = ${identifier} group by h.account_id
    ) held on held.account_id = a.id
    where a.integration_id = ${integrationId} and a.removed_at is null order by a.created_at, a.id`;
}

/** Licenses of an integration with these unique ids; of several accounts' the one that was known first. */
export async function licensesByUniqueIds(
  sql: SqlOrTx,
  integrationId: string,
  uniqueIds: readonly string[],
): Promise<Map<string, LicenseRow>> {
  const rows = await sql<LicenseRow[]>`
    select distinct on (unique_id) ${sql.unsafe(LICENSE_COLUMNS)} from licenses
    where integration_id = ${integrationId} and unique_id = any(${[...uniqueIds]}::text[])
    order by unique_id, created_at, id`;
  return new Map(rows.map((row) => [row.uniqueId, row]));
}

/** A license identifier that Zoom sent and nobody knows. */
export interface UnrecognizedSubscriptionRow {
  id: string;
  integrationId: string;
  identifier: string;
  source: SubscriptionSource;
  name: string;
  /** How many hold it, for plans by Zoom's word; null where Zoom tells no number. */
  users: number | null;
  /** Null where that was not noted: for plans. */
  firstSeenAt: Date | null;
  mappedTo: LicenseRow | null;
}

/**
 * Every license identifier of an integration that nobody knows, in the order of the identifiers; one that was mapped stays
 * on the list, also when nobody holds it any more. Four statements.
 */
export async function unrecognizedSubscriptions(
  sql: SqlOrTx,
  integrationId: string,
): Promise<UnrecognizedSubscriptionRow[]> {
  const held = await sql<{ identifier: string; users: number }[]>`
    select identifier, count(*)::int as users
    from ${unrecognizedOf(sql, (sql as Sql)`u.integration_id = ${integrationId}`)} h group by identifier`;
  const accounts = await sql<{ planUsage: Record<string, unknown> | null }[]>`
    select plan_usage as "planUsage" from accounts where integration_id = ${integrationId} and removed_at is null`;
  const mapped = await mappingsOf(sql, integrationId);

  const users = new Map<string, number | null>(held.map((row) => [row.identifier, row.users]));
  for (const [identifier, count] of accounts.flatMap(({ planUsage }) => [...unrecognizedPlans(planUsage)])) {
    const before = users.get(identifier) ?? null;
    users.set(identifier, count === null ? before : count + (before ?? 0));
  }
  for (const identifier of mapped.keys()) if (!users.has(identifier)) users.set(identifier, 0);
  const found = await licensesByUniqueIds(sql, integrationId, [...users.keys(), ...mapped.values()]);
  return [...users.keys()].sort().flatMap((identifier) => {
    const words = subscriptionOf(identifier);
    if (words === null) return [];
    const firstSeenAt = words.source === 'PLAN_USAGE' ? null : (found.get(identifier)?.createdAt ?? null);
    const mappedTo = found.get(mapped.get(identifier) ?? '') ?? null;
    return [
      {
        id: `${integrationId}:${identifier}`,
        integrationId,
        identifier,
        ...words,
        users: users.get(identifier) ?? null,
        firstSeenAt,
        mappedTo,
      },
    ];
  });
}
