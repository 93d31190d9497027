import type { Sql } from '../../db/client.ts';
import type { AccountSummaryRecord } from '../../db/tables/accounts.ts';
import type { AccountRow } from '../../db/tables/rows.ts';

/** Accounts of an integration that a sync reads, the master first. */
export async function accountsToSync(sql: Sql, integrationId: string): Promise<AccountRow[]> {
  return sql<AccountRow[]>`
    select id, integration_id as "integrationId", zoom_account_id as "zoomAccountId", name, tier, master_id as "masterId",
      owner_email as "ownerEmail", plan, seats, subscription_start_at as "subscriptionStartAt",
      subscription_end_at as "subscriptionEndAt", summary, summary_at as "summaryAt",
      roster_complete_at as "rosterCompleteAt", is_roster_complete as "isRosterComplete",
      roles_known as "rolesKnown", events_read_at as "eventsReadAt", activity_known_from as "activityKnownFrom", activity_known_until as "activityKnownUntil",
      plan_usage as "planUsage", plan_usage_at as "planUsageAt", settings, created_at as "createdAt", removed_at as "removedAt"
    from accounts where integration_id = ${integrationId} and removed_at is null and tier <> 'SUB'
    order by tier = 'MASTER' desc, created_at`;
}

/** Says whether the latest roster arrived whole; the time of the last complete one stays when it did not. */
export async function setRosterState(sql: Sql, accountId: string, isComplete: boolean, now: Date): Promise<void> {
  await sql`
    update accounts set is_roster_complete = ${isComplete},
      roster_complete_at = case when ${isComplete} then ${now}::timestamptz else roster_complete_at end
    where id = ${accountId}`;
}

export async function saveSummary(
  sql: Sql,
  accountId: string,
  summary: AccountSummaryRecord,
  now: Date,
): Promise<void> {
  await sql`
    update accounts set summary = ${JSON.stringify(summary)}::text::jsonb, summary_at = ${now} where id = ${accountId}`;
}

export async function savePlanUsage(
  sql: Sql,
  accountId: string,
  usage: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await sql`
    update accounts set plan_usage = ${JSON.stringify(usage)}::text::jsonb, plan_usage_at = ${now} where id = ${accountId}`;
}
