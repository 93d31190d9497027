import type { Sql } from '../../db/client.ts';
import { accounts } from '../../db/tables/index.ts';
import type { AccountRow } from '../../db/tables/rows.ts';
import { oneByKey, readerOf, rowsByIds } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';
import { columnValues } from './writes.ts';

const reader = readerOf(accounts);

/** Accounts of every tier by id. */
export function accountsByIds(sql: Sql, ids: readonly string[]): Promise<(AccountRow | null)[]> {
  return rowsByIds(sql, reader, 'accounts', ids);
}

const tierOf = (row: AccountRow) => (row.tier === 'SUB' ? 'SUB' : 'TOP');

/**
 * Accounts by Zoom's id, of sub accounts or of the others. Where several integrations know it: one that Zoom still
 * lists before one that it doesn't, then the one of the integration that was created first.
 */
export async function accountsByZoomIds(
  sql: Sql,
  tier: 'SUB' | 'TOP',
  zoomAccountIds: readonly string[],
): Promise<(AccountRow | null)[]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from accounts t join integrations i on i.id = t.integration_id
     where t.zoom_account_id = any($1::text[]) order by t.removed_at is not null, i.created_at, i.id`,
    [[...zoomAccountIds]],
    { prepare: true },
  );
  const rows = reader.rows(raw).filter((row) => tierOf(row) === tier);
  return oneByKey(zoomAccountIds, rows, (row) => row.zoomAccountId);
}

/** The authorized account of each integration; null before authorization. */
export async function accountsByIntegrationIds(
  sql: Sql,
  integrationIds: readonly string[],
): Promise<(AccountRow | null)[]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from accounts t join integrations i on i.id = t.integration_id
     where t.integration_id = any($1::text[]) and t.tier <> 'SUB'
     order by t.zoom_account_id is distinct from i.zoom_account_id, t.created_at desc, t.id`,
    [[...integrationIds]],
    { prepare: true },
  );
  return oneByKey(integrationIds, reader.rows(raw), (row) => row.integrationId);
}

/**
 * From when to when activity of all accounts of each integration is known: of a tree, only what is known of every account.
 * Null before authorization, and an end of it where one of the accounts was never read.
 */
export async function knownActivityByIntegrationIds(
  sql: Sql,
  integrationIds: readonly string[],
): Promise<({ from: Date | null; until: Date | null } | null)[]> {
  const rows = await sql<{ id: string; from: Date | null; until: Date | null }[]>`
    select a.integration_id as id,
      case when bool_and(a.activity_known_from is not null) then max(a.activity_known_from) end as from,
      case when bool_and(a.activity_known_until is not null) then min(a.activity_known_until) end as until
    from accounts a where a.integration_id = any(${[...integrationIds]}::text[]) and a.removed_at is null
    group by a.integration_id`;
  return oneByKey(integrationIds, rows, ({ id }) => id);
}

const BY_NAME: readonly OrderTerm<AccountRow>[] = [columnTerm('name', 'name', 'text'), columnTerm('id', 'id', 'text')];

/** Sub accounts by master, those that Zoom still lists, by name. */
export const subAccountsOfMaster: Source<AccountRow> = {
  reader,
  from: 'accounts t',
  belongs: "t.master_id = k.key and t.tier = 'SUB' and t.removed_at is null",
  order: 'sub accounts',
  terms: () => BY_NAME,
  isFixed: true,
};

/** What Zoom says of an account as a whole. */
export type AccountFacts = Partial<Pick<AccountRow, 'settings' | 'lockSettings' | 'managedDomains' | 'trustedDomains'>>;

/** Writes what Zoom says of an account; what the facts don't name stays. */
export async function saveAccountFacts(sql: Sql, accountId: string, facts: AccountFacts): Promise<void> {
  if (Object.keys(facts).length === 0) return;
  await sql`update accounts set ${sql(columnValues(accounts, facts))} where id = ${accountId}`;
}
