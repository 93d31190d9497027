import type { Sql } from '../../db/client.ts';
import { accounts } from '../../db/tables/index.ts';
import type { AccountSummaryRecord } from '../../db/tables/accounts.ts';
import type { AccountRow } from '../../db/tables/rows.ts';
import { recordAudit } from './audit.ts';
import { readerOf } from './batch.ts';
import type { SqlOrTx } from './writes.ts';

const reader = readerOf(accounts);

/** Accounts of an integration that a sync reads: the master first, then, where it is tiered, its sub accounts. */
export function accountsToSync(sql: Sql, integrationId: string): Promise<AccountRow[]> {
  return accountsToSyncOf(sql, [integrationId]);
}

/** The same of several integrations, in one statement. */
export async function accountsToSyncOf(sql: Sql, integrationIds: readonly string[]): Promise<AccountRow[]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from accounts t where t.integration_id = any($1::text[]) and t.removed_at is null
       and (t.tier <> 'SUB' or exists (select from integrations i where i.id = t.integration_id and i.kind = 'TIERED'))
     order by t.tier = 'SUB', t.created_at, t.name, t.id`,
    [[...integrationIds]],
    { prepare: true },
  );
  return reader.rows(raw);
}

/**
 * Says whether the latest roster arrived whole, and if not why, in words; what was noted of the last complete one stays
 * when it did not. When it was begun is told by the run's listings.
 */
export async function setRosterState(
  sql: Sql,
  accountId: string,
  { problem, jobRunId }: { problem: string | null; jobRunId: string },
  now: Date,
): Promise<void> {
  const isComplete = problem === null;
  await sql`
    update accounts set is_roster_complete = ${isComplete}, roster_problem = ${problem},
      roster_begun_at = case when ${isComplete} then (
        select case when count(*) = count(l.begun_at) then min(l.begun_at) end from roster_listings l
        where l.job_run_id = ${jobRunId} and l.account_id = ${accountId}
      ) else roster_begun_at end,
      roster_complete_at = case when ${isComplete} then ${now}::timestamptz else roster_complete_at end
    where id = ${accountId}`;
}

/**
 * Forgets that a roster of an account was ever complete: what its next listing names is then believed without recognizing
 * anybody. Who is on it stays until then, and nobody of it becomes a candidate.
 *
 * @returns the account's name; null when there is none, or it had no complete roster.
 */
export function forgetCompleteRoster(sql: Sql, accountId: string, { by }: { by: string }): Promise<string | null> {
  return sql.begin(async (tx) => {
    const [account] = await tx<{ name: string; integrationId: string; now: Date }[]>`
      update accounts set roster_complete_at = null, is_roster_complete = false,
        roster_problem = 'An operator had the roster begun anew. Sync, and it is whole again.'
      where id = ${accountId} and removed_at is null and roster_complete_at is not null
      returning name, integration_id as "integrationId", date_trunc('milliseconds', now()) as now`;
    if (account === undefined) return null;
    await recordAudit(tx, [
      {
        at: account.now,
        actor: by,
        action: 'roster.restarted',
        integrationId: account.integrationId,
        subject: accountId,
      },
    ]);
    return account.name;
  });
}

/** Says what kept the latest reading of activity from being whole; null: nothing did. */
export async function saveActivityProblem(sql: Sql, accountId: string, problem: string | null): Promise<void> {
  await sql`
    update accounts set activity_problem = ${problem}
    where id = ${accountId} and activity_problem is distinct from ${problem}::text`;
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

/** Keeps Zoom's own count of an account that was never listed: what a plan of its first sync follows from. */
export async function saveFirstSummary(
  sql: SqlOrTx,
  integrationId: string,
  summary: AccountSummaryRecord,
  now: Date,
): Promise<void> {
  await sql`
    update accounts set summary = ${JSON.stringify(summary)}::text::jsonb, summary_at = ${now}
    where integration_id = ${integrationId} and tier <> 'SUB' and removed_at is null and roster_complete_at is null`;
}

export async function savePlanUsage(
  sql: SqlOrTx,
  accountId: string,
  usage: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await sql`
    update accounts set plan_usage = ${JSON.stringify(usage)}::text::jsonb, plan_usage_at = ${now} where id = ${accountId}`;
}

/** Lets the next sync ask everybody for what only counted users are asked for: meetings that they created, and settings. */
export async function forgetWhoWasAsked(tx: SqlOrTx, integrationId: string): Promise<void> {
  await tx`
    update accounts set created_read_at = null, add_ons_read_at = null, add_ons_proof = null
    where integration_id = ${integrationId}`;
}
