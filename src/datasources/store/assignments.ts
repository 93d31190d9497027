import { newId } from '../../db/id.ts';
import type { LicenseRow } from '../../db/tables/rows.ts';
import { heldOf } from './held.ts';
import type { RosterPlace } from './roster.ts';
import type { SqlOrTx } from './writes.ts';

export type LicenseEntry = Pick<LicenseRow, 'uniqueId' | 'name' | 'category' | 'userType'>;

/** Which licenses the account's users, or only `userIds`, hold, by unique id, also those that nobody knows. */
export async function heldLicenses(
  sql: SqlOrTx,
  accountId: string,
  userIds: readonly string[] | null = null,
): Promise<string[]> {
  const rows = await sql<{ uniqueId: string }[]>`
    select distinct held as "uniqueId" from ${heldOf(sql, accountId, userIds)} h`;
  return rows.map((row) => row.uniqueId);
}

/** Adds licenses that are not known yet; what is known, with its name, stays. One that a person named keeps that name. */
export async function addLicenses(
  sql: SqlOrTx,
  place: RosterPlace,
  entries: readonly LicenseEntry[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into licenses (id, integration_id, account_id, unique_id, name, category, user_type, created_at, updated_at)
    select new.id, ${place.integrationId}, ${place.accountId}, "uniqueId", coalesce(named.name, new.name), new.category,
      "userType", ${now}, ${now}
    from jsonb_to_recordset(${JSON.stringify(entries.map((entry) => ({ ...entry, id: newId('lic') })))}::text::jsonb)
      as new(id text, "uniqueId" text, name text, category text, "userType" text)
    left join lateral (
      select l.name from licenses l
      where l.integration_id = ${place.integrationId} and l.unique_id = new."uniqueId" and not l.auto_populated limit 1
    ) named on true
    on conflict (account_id, unique_id) do nothing`;
}

/** What an answer that doesn't name a license's plan means for the license. */
export type Unnamed =
  /** It has no seats: Zoom named all plans, and this was none of them. */
  | 'NO_SEATS'
  /** Its plan is gone, but Zoom named none at all, so seats are not known. */
  | 'UNKNOWN'
  /** Nothing: the answer was not whole. */
  | 'AS_BEFORE'
  /** It has no plan, and nobody says that it had one. */
  | 'NO_PLAN';

/** Plan and seats of a license as they were and as they are. */
export interface PlanChange {
  licenseId: string;
  before: SeatFacts;
  after: SeatFacts;
}

type SeatFacts = Pick<LicenseRow, 'plan' | 'provisionedCount' | 'planGoneAt'>;

/**
 * Writes what Zoom says was bought, by unique id, and what `unnamed` says to licenses that Zoom doesn't mention: of those
 * that had a plan or seats it is noted since when they haven't. Answers what changed of what was known before.
 */
export async function saveProvisioned(
  sql: SqlOrTx,
  accountId: string,
  plans: readonly { uniqueId: string; plan: string | null; count: number | null }[],
  unnamed: Unnamed,
  now: Date,
): Promise<PlanChange[]> {
  const isKept = unnamed === 'AS_BEFORE';
  const isGone = unnamed === 'NO_SEATS' || unnamed === 'UNKNOWN';
  const countOfGone = unnamed === 'NO_SEATS' ? 0 : null;
  const rows = await sql<{ licenseId: string; before: string; after: string }[]>`
    with old as (
      select l.id, l.plan, l.provisioned_count as count, l.plan_gone_at as gone_at, plan."uniqueId" is not null as is_named,
        l.plan_gone_at is not null or (${isGone} and (l.plan is not null or l.provisioned_count is not null)) as is_gone,
        plan.plan as new_plan, plan.count as new_count
      from licenses l left join jsonb_to_recordset(${JSON.stringify(plans)}::text::jsonb)
        as plan("uniqueId" text, plan text, count int) on plan."uniqueId" = l.unique_id
      where l.account_id = ${accountId}
    ), new as (
      select id,
        case when is_named then new_plan when ${isKept} then plan end as plan,
        case when is_named then new_count when ${isKept} then count
          when is_gone then case when ${isGone} then ${countOfGone}::int else count end end as count,
        case when is_named then null when is_gone then coalesce(gone_at, ${now}::timestamptz) end as gone_at
      from old
    )
    update licenses l set plan = new.plan, provisioned_count = new.count, plan_gone_at = new.gone_at, updated_at = ${now}
    from old join new using (id)
    where l.id = old.id and (old.plan, old.count, old.gone_at) is distinct from (new.plan, new.count, new.gone_at)
    returning l.id as "licenseId",
      json_build_object('plan', old.plan, 'provisionedCount', old.count, 'planGoneAt', old.gone_at)::text as before,
      json_build_object('plan', new.plan, 'provisionedCount', new.count, 'planGoneAt', new.gone_at)::text as after`;
  const facts = (text: string): SeatFacts => {
    const read = JSON.parse(text) as Omit<SeatFacts, 'planGoneAt'> & { planGoneAt: string | null };
    return { ...read, planGoneAt: read.planGoneAt === null ? null : new Date(read.planGoneAt) };
  };
  return rows
    .map(({ licenseId, before, after }) => ({ licenseId, before: facts(before), after: facts(after) }))
    .filter(({ before }) => Object.values(before).some((value) => value !== null));
}

/**
 * Gives every user of the account, or only `userIds`, the licenses that their row says, and takes the others. Two
 * statements.
 */
export async function refreshAssignments(
  sql: SqlOrTx,
  place: RosterPlace,
  now: Date,
  userIds: readonly string[] | null = null,
): Promise<void> {
  const only = userIds === null ? sql`` : sql`and u.id = any(${[...userIds]}::text[])`;
  const held = heldOf(sql, place.accountId, userIds);
  await sql`
    with held as ${held}
    delete from license_assignments a using users u, licenses l
    where a.user_id = u.id and l.id = a.license_id and u.account_id = ${place.accountId} ${only}
      and not exists (select from held h where h.user_id = a.user_id and h.held = l.unique_id)`;
  await sql`
    insert into license_assignments (user_id, license_id, integration_id, since)
    select h.user_id, l.id, ${place.integrationId}, ${now}
    from ${held} h join licenses l on l.account_id = ${place.accountId} and l.unique_id = h.held
    on conflict do nothing`;
}

/**
 * Ends the history rows that no longer hold and begins new ones, for every user of the account or only for `userIds`.
 * Two statements; users for whom nothing changed are not touched.
 */
export async function recordHistory(
  sql: SqlOrTx,
  accountId: string,
  now: Date,
  userIds: readonly string[] | null = null,
): Promise<void> {
  const only = userIds === null ? sql`` : sql`and u.id = any(${[...userIds]}::text[])`;
  const held = sql`(
    select user_id, array_agg(distinct held order by held) as licenses from ${heldOf(sql, accountId, userIds)} h group by user_id
  )`;
  await sql`
    with held as ${held}
    update user_history h set valid_to = ${now}, is_removal = u.removed_at is not null
    from users u left join held on held.user_id = u.id
    where h.user_id = u.id and h.valid_to is null and u.account_id = ${accountId} ${only}
      and (u.removed_at is not null
        or (h.status, h.type_code, h.licenses) is distinct from (u.status, u.type_code, coalesce(held.licenses, '{}')))`;
  await sql`
    with held as ${held}
    insert into user_history (integration_id, user_id, status, type_code, licenses, valid_from)
    select u.integration_id, u.id, u.status, u.type_code, coalesce(held.licenses, '{}'), ${now}
    from users u left join held on held.user_id = u.id
    where u.account_id = ${accountId} and u.removed_at is null ${only}
      and not exists (select from user_history h where h.user_id = u.id and h.valid_to is null)`;
}
