import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import type { AccountRow } from '../../db/tables/rows.ts';
import { recordAudit } from './audit.ts';
import { closeCandidates } from './close-candidates.ts';
import { letGo } from './let-go.ts';
import type { SqlOrTx } from './writes.ts';

/** A sub account as Zoom lists it. */
export type SubAccountEntry = Pick<
  AccountRow,
  'zoomAccountId' | 'name' | 'ownerEmail' | 'plan' | 'seats' | 'subscriptionStartAt' | 'subscriptionEndAt'
>;

export interface MasterPlace {
  integrationId: string;
  /** The row of the master account. */
  masterId: string;
}

/**
 * Writes sub accounts below their master; rows that say nothing new are not touched. One that comes back is the same row
 * again, of which nothing is taken for known: everybody is looked at anew. One statement.
 */
export async function saveSubAccounts(
  sql: SqlOrTx,
  { integrationId, masterId }: MasterPlace,
  entries: readonly SubAccountEntry[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const json = JSON.stringify(entries.map((entry) => ({ ...entry, id: newId('acc', now.getTime()) })));
  const ifBack = (column: string) => sql`${sql(column)} = case when a.removed_at is null then a.${sql(column)} end`;
  await sql`
    insert into accounts as a (id, integration_id, zoom_account_id, name, tier, master_id, owner_email, plan, seats,
      subscription_start_at, subscription_end_at, created_at)
    select id, ${integrationId}, "zoomAccountId", name, 'SUB', ${masterId}, "ownerEmail", plan, seats,
      "subscriptionStartAt", "subscriptionEndAt", ${now}
    from jsonb_to_recordset(${json}::text::jsonb) as new(
      id text, "zoomAccountId" text, name text, "ownerEmail" text, plan text, seats int,
      "subscriptionStartAt" timestamptz, "subscriptionEndAt" timestamptz
    )
    -- Data that was erased while the listing was on its way stays erased.
    where exists (select from accounts where id = ${masterId})
    on conflict (integration_id, zoom_account_id) do update set name = excluded.name, master_id = excluded.master_id,
      owner_email = excluded.owner_email, plan = excluded.plan, seats = excluded.seats,
      subscription_start_at = excluded.subscription_start_at, subscription_end_at = excluded.subscription_end_at,
      roster_problem = case when a.removed_at is null then a.roster_problem end,
      activity_problem = case when a.removed_at is null then a.activity_problem end,
      ${ifBack('roster_complete_at')}, ${ifBack('roster_begun_at')}, ${ifBack('activity_known_from')},
      ${ifBack('activity_known_until')}, ${ifBack('events_read_at')}, ${ifBack('profiles_read_at')},
      ${ifBack('add_ons_read_at')}, ${ifBack('add_ons_proof')}, ${ifBack('created_read_at')}, removed_at = null
    where a.tier = 'SUB' and (a.name, a.master_id, a.owner_email, a.plan, a.seats, a.subscription_start_at,
        a.subscription_end_at, a.removed_at)
      is distinct from (excluded.name, excluded.master_id, excluded.owner_email, excluded.plan, excluded.seats,
        excluded.subscription_start_at, excluded.subscription_end_at, null::timestamptz)`;
}

/**
 * Ends the sub accounts of an integration that are none of these, by Zoom's id: their users have left with history, hold
 * nothing, and are no candidates any more, unless somebody is acting on them. Everything else stays as it was last known.
 * Call it only with a listing that ended by itself. A few statements, however many there are.
 *
 * @returns how many were ended.
 */
export async function removeSubAccountsBut(
  sql: Sql,
  integrationId: string,
  zoomAccountIds: readonly string[],
  why: string,
  now: Date,
): Promise<number> {
  return sql.begin(async (tx) => {
    const gone = await tx<{ id: string; zoomAccountId: string }[]>`
      select id, zoom_account_id as "zoomAccountId" from accounts
      where integration_id = ${integrationId} and tier = 'SUB' and removed_at is null
        and zoom_account_id <> all(${[...zoomAccountIds]}::text[])
      order by id`;
    if (gone.length === 0) return 0;
    const ids = gone.map(({ id }) => id);
    // No webhook is applied to their users meanwhile, and none after.
    await tx`
      select pg_advisory_xact_lock(hashtextextended('roster ' || id, 0))
      from (select id from unnest(${ids}::text[]) as id order by id) one`;
    await tx`
      update accounts set removed_at = ${now}, is_roster_complete = false, roster_problem = ${why}, activity_problem = ${why}
      where id = any(${ids}::text[])`;
    const counts = await tx<{ accountId: string; users: number }[]>`
      with left_now as (
        update users set removed_at = ${now}, updated_at = ${now}
        where account_id = any(${ids}::text[]) and removed_at is null returning account_id
      )
      select account_id as "accountId", count(*)::int as users from left_now group by account_id`;
    await letGo(tx, tx`u.account_id = any(${ids}::text[])`, why, now);
    const usersOf = new Map(counts.map(({ accountId, users }) => [accountId, users]));
    await recordAudit(
      tx,
      gone.map(({ id, zoomAccountId }) => ({
        at: now,
        actor: 'system',
        action: 'sub-account.removed',
        integrationId,
        subject: id,
        details: { zoomAccountId, why, usersWhoLeft: usersOf.get(id) ?? 0 },
      })),
    );
    return gone.length;
  });
}

/**
 * Closes what is still open of people in sub accounts that have ended: somebody was acting on them when they did. One
 * statement.
 */
export async function closeCandidatesOfEnded(sql: SqlOrTx, integrationId: string, now: Date): Promise<void> {
  const who = sql`c.integration_id = ${integrationId} and exists (
    select from accounts ac where ac.id = u.account_id and ac.removed_at is not null
  )`;
  await closeCandidates(sql, who, { by: 'system', note: 'The sub account has ended.', now });
}

/** Says of every sub account of an integration why its latest roster is not whole: it was not read. One statement. */
export async function noteSubAccountsUnread(sql: Sql, integrationId: string, why: string): Promise<void> {
  await sql`
    update accounts set is_roster_complete = false, roster_problem = ${why}
    where integration_id = ${integrationId} and tier = 'SUB' and removed_at is null
      and (is_roster_complete, roster_problem) is distinct from (false, ${why}::text)`;
}

/** The same of activity. One statement. */
export async function noteSubAccountsIdle(sql: Sql, integrationId: string, why: string): Promise<void> {
  await sql`
    update accounts set activity_problem = ${why}
    where integration_id = ${integrationId} and tier = 'SUB' and removed_at is null
      and activity_problem is distinct from ${why}::text`;
}
