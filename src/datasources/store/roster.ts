import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import type { RosterEntry } from '../../db/tables/rows.ts';
import { followMovers, letExclusionsFollow } from './movers.ts';
import { entriesToWrite, lockRoster, noteListed } from './roster-order.ts';
import type { SqlOrTx } from './writes.ts';

export interface RosterPlace {
  integrationId: string;
  accountId: string;
}

/**
 * Writes one page of the roster. Rows that say nothing new are not touched. A user who got a new e-mail address keeps
 * their row, and so does one who had left and is back; an address that now belongs to another Zoom user gets a new one,
 * and the old row ends.
 *
 * `askedAt`: when Zoom was asked for the page, by Zoom's clock. What a webhook said of a field later stays.
 *
 * @returns ids of the rows that were added or changed.
 */
export async function upsertRosterPage(
  sql: Sql,
  place: RosterPlace,
  page: readonly RosterEntry[],
  now: Date,
  askedAt: Date = now,
): Promise<string[]> {
  if (page.length === 0) return [];
  return sql.begin(async (tx) => {
    const { entries, overtaken, areSame } = await entriesToWrite(tx, place.accountId, page, askedAt);
    const json = JSON.stringify(entries.map((entry) => ({ ...entry, id: newId('usr') })));
    const backIds = areSame ? [] : await keepRows(tx, place, json, { now, askedAt });
    const changed = await tx<{ id: string }[]>`
      insert into users as u (
        id, integration_id, account_id, zoom_user_id, email, first_name, last_name, display_name, status, type, type_code,
        active_date, department, last_client_version, last_login_at, role_id, group_ids, plan_united_type,
        license_infos, timezone, employee_unique_id, is_room, is_service_account, first_seen_at, updated_at,
        signs_changed_at, observed_at
      )
      select id, ${place.integrationId}, ${place.accountId}, "zoomUserId", email, "firstName", "lastName", "displayName",
        status, type, "typeCode", "activeDate", department, "lastClientVersion", "lastLoginAt", "roleId",
        -- A listing that leaves groups out says nothing of them.
        coalesce("groupIds", (
          select k.group_ids from users k
          where k.account_id = ${place.accountId} and k.removed_at is null and k.email = new.email
        ), '{}'),
        "planUnitedType", "licenseInfos", timezone, "employeeUniqueId", "isRoom", "isServiceAccount", ${now}, ${now},
        case when "lastLoginAt" is not null then ${now}::timestamptz end, ${askedAt}::timestamptz
      from jsonb_to_recordset(${json}::text::jsonb) as new(
        id text, "zoomUserId" text, email text, "firstName" text, "lastName" text, "displayName" text, status text,
        type text, "typeCode" int, "activeDate" timestamptz, department text, "lastClientVersion" text,
        "lastLoginAt" timestamptz, "roleId" text, "groupIds" text[], "planUnitedType" text,
        "licenseInfos" jsonb, timezone text, "employeeUniqueId" text, "isRoom" boolean, "isServiceAccount" boolean
      )
      -- Data that was erased while a page was on its way stays erased.
      where exists (select from accounts where id = ${place.accountId})
      on conflict (account_id, email) where removed_at is null do update set
        zoom_user_id = excluded.zoom_user_id, first_name = excluded.first_name, last_name = excluded.last_name,
        display_name = excluded.display_name, status = excluded.status, type = excluded.type,
        type_code = excluded.type_code, active_date = excluded.active_date, department = excluded.department,
        last_client_version = excluded.last_client_version,
        -- Zoom shows none for deactivated users; what was known stays known.
        last_login_at = coalesce(excluded.last_login_at, u.last_login_at),
        role_id = coalesce(excluded.role_id, u.role_id), group_ids = excluded.group_ids, plan_united_type = excluded.plan_united_type,
        license_infos = excluded.license_infos,
        -- Only a later login than was known is a new sign.
        signs_changed_at = case when excluded.last_login_at > u.last_login_at
            or (u.last_login_at is null and excluded.last_login_at is not null)
          then excluded.updated_at else u.signs_changed_at end,
        -- Listings don't tell it; an event may have.
        timezone = coalesce(excluded.timezone, u.timezone), employee_unique_id = excluded.employee_unique_id,
        is_room = excluded.is_room, is_service_account = excluded.is_service_account,
        updated_at = excluded.updated_at, observed_at = excluded.observed_at
      where (u.zoom_user_id, u.first_name, u.last_name, u.display_name, u.status, u.type, u.type_code, u.active_date,
             u.department, u.last_client_version, u.role_id, u.group_ids, u.plan_united_type,
             u.license_infos, u.timezone, u.employee_unique_id, u.is_room, u.is_service_account)
            is distinct from
            (excluded.zoom_user_id, excluded.first_name, excluded.last_name, excluded.display_name, excluded.status,
             excluded.type, excluded.type_code, excluded.active_date, excluded.department, excluded.last_client_version,
             coalesce(excluded.role_id, u.role_id), excluded.group_ids, excluded.plan_united_type, excluded.license_infos,
             coalesce(excluded.timezone, u.timezone), excluded.employee_unique_id, excluded.is_room,
             excluded.is_service_account)
        or excluded.last_login_at <> u.last_login_at or (u.last_login_at is null and excluded.last_login_at is not null)
      returning u.id`;
    const ids = changed.map((row) => row.id);
    await followMovers(tx, place, [...ids, ...backIds], askedAt, now);
    await noteListed(tx, overtaken, askedAt);
    return ids;
  });
}

/**
 * Ends, brings back and renames rows of people whose id or address is another one now. Three statements.
 *
 * @returns ids of those who are back, of whom the page may say nothing else that is new.
 */
async function keepRows(
  tx: SqlOrTx,
  place: RosterPlace,
  json: string,
  { now, askedAt }: { now: Date; askedAt: Date },
): Promise<string[]> {
  await tx`
    update users set removed_at = ${now}, updated_at = ${now}
    from jsonb_to_recordset(${json}::text::jsonb) as new("zoomUserId" text, email text)
    where users.account_id = ${place.accountId} and users.removed_at is null
      and users.email = new.email and users.zoom_user_id <> new."zoomUserId"`;
  const back = await tx<{ id: string }[]>`
    update users set removed_at = null, email = new.email, updated_at = ${now},
      observed_at = greatest(users.observed_at, ${askedAt}::timestamptz)
    from jsonb_to_recordset(${json}::text::jsonb) as new("zoomUserId" text, email text)
    where users.account_id = ${place.accountId} and users.zoom_user_id = new."zoomUserId" and users.removed_at is not null
      and not exists (
        select from users other
        where other.account_id = ${place.accountId} and other.removed_at is null
          and (other.zoom_user_id = new."zoomUserId" or other.email = new.email)
      )
      and not exists (
        select from users later
        where later.account_id = ${place.accountId} and later.zoom_user_id = new."zoomUserId"
          and (later.removed_at, later.id) > (users.removed_at, users.id)
      )
    returning users.id`;
  await tx`
    update users set email = new.email, updated_at = ${now}
    from jsonb_to_recordset(${json}::text::jsonb) as new("zoomUserId" text, email text)
    where users.account_id = ${place.accountId} and users.removed_at is null
      and users.zoom_user_id = new."zoomUserId" and users.email <> new.email
      and not exists (
        select from users other
        where other.account_id = ${place.accountId} and other.removed_at is null and other.email = new.email
      )`;
  return back.map(({ id }) => id);
}

/**
 * Keeps who a finished listing named, so that a run that is taken up by another worker needn't list again. `begunAt`: when
 * its first page was asked for, by Zoom's clock.
 */
export async function saveListing(
  sql: Sql,
  listing: { jobRunId: string; accountId: string; status: string; emails: readonly string[]; begunAt: Date },
  now: Date,
): Promise<void> {
  await sql`
    insert into roster_listings (job_run_id, account_id, status, emails, begun_at, finished_at)
    values (${listing.jobRunId}, ${listing.accountId}, ${listing.status}, ${[...listing.emails]}::text[], ${listing.begunAt}, ${now})
    on conflict (job_run_id, account_id, status) do update set emails = excluded.emails, begun_at = excluded.begun_at,
      finished_at = excluded.finished_at`;
}

/** Which listings of a run are finished, with how many different users each named. */
export async function listingCounts(
  sql: Sql,
  jobRunId: string,
  accountId: string,
): Promise<{ status: string; count: number }[]> {
  return sql<{ status: string; count: number }[]>`
    select status, cardinality(emails)::int as count from roster_listings
    where job_run_id = ${jobRunId} and account_id = ${accountId}`;
}

/** How many different users the finished listings of a run named together. */
export async function countListed(sql: Sql, jobRunId: string, accountId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(distinct email)::int as count from roster_listings, unnest(emails) as email
    where job_run_id = ${jobRunId} and account_id = ${accountId}`;
  return row?.count ?? 0;
}

export async function forgetListings(sql: Sql, jobRunId: string, accountId: string): Promise<void> {
  await sql`delete from roster_listings where job_run_id = ${jobRunId} and account_id = ${accountId}`;
}

/** SQL: was user `u` of account `a` named by its last complete roster? The invited, who have no id, come and go. */
const IS_KNOWN =
  'u.account_id = a.id and u.removed_at is null and u.zoom_user_id is not null and u.first_seen_at <= a.roster_complete_at';

/** How many are known of whom the last complete roster named. */
export async function countKnown(sql: Sql, accountId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from accounts a join users u on ${sql.unsafe(IS_KNOWN)} where a.id = ${accountId}`;
  return row?.count ?? 0;
}

/** Is somebody among them of whom the last complete roster named? */
export async function namesKnown(
  sql: Sql,
  accountId: string,
  named: readonly Pick<RosterEntry, 'zoomUserId' | 'email'>[],
): Promise<boolean> {
  const ids = named.flatMap(({ zoomUserId }) => zoomUserId ?? []);
  const emails = named.map(({ email }) => email);
  const [row] = await sql<{ isKnown: boolean }[]>`
    select exists (
      select from accounts a join users u on ${sql.unsafe(IS_KNOWN)}
      where a.id = ${accountId} and (u.zoom_user_id = any(${ids}::text[]) or u.email = any(${emails}::text[]))
    ) as "isKnown"`;
  return row?.isKnown ?? false;
}

/**
 * Marks who is on our roster but in none of the run's listings. Call it only when every listing ended by itself. Of whom
 * a webhook (or a write of ours) told after the listings began that they are there, they prove nothing. Exclusions of those
 * who are on another account by now go with them.
 *
 * @returns how many have left.
 */
export async function markUsersGone(sql: Sql, jobRunId: string, place: RosterPlace, now: Date): Promise<number> {
  const { accountId } = place;
  return sql.begin(async (tx) => {
    await lockRoster(tx, accountId);
    const gone = await tx`
      update users set removed_at = ${now}, updated_at = ${now}, observed_at = greatest(observed_at, begun.at)
      from (select min(begun_at) as at from roster_listings where job_run_id = ${jobRunId} and account_id = ${accountId}) begun
      where account_id = ${accountId} and removed_at is null and not exists (
        select from roster_listings l, unnest(l.emails) as email
        where l.job_run_id = ${jobRunId} and l.account_id = ${accountId} and email = users.email
      ) and not exists (
        select from jsonb_each_text(users.webhook_at) as said(field, at)
        where said.field in ('removedAt', 'status') and to_timestamp(said.at::float8 / 1000) > begun.at
      )`;
    await letExclusionsFollow(tx, place.integrationId);
    return gone.count;
  });
}

/**
 * Users who can't hold add-ons hold none: free ones, the deactivated and the invited. What they were allowed before is not
 * known of them any more, but of free ones where `freeAreRead`: those were just asked for.
 */
export async function clearAddOns(sql: Sql, accountId: string, freeAreRead: boolean): Promise<void> {
  await sql`
    with due as materialized (
      select id from users
      where account_id = ${accountId} and removed_at is null
        and (status <> 'ACTIVE' or type in ('BASIC', 'UNASSIGNED', 'NONE'))
        and (large_meeting_enabled, webinar_enabled, large_meeting_capacity, webinar_capacity,
             case when status = 'ACTIVE' and ${freeAreRead} then null else meeting_capacity end)
            is distinct from (false, false, null::int, null::int, null::int)
      order by id for no key update
    )
    update users u set meeting_capacity = case when u.status = 'ACTIVE' and ${freeAreRead} then u.meeting_capacity end,
      large_meeting_enabled = false, large_meeting_capacity = null,
      webinar_enabled = false, webinar_capacity = null, features = null
    from due where u.id = due.id`;
}

/** Writes the groups that Zoom lists and ends those that it no longer does. Two statements. */
export async function replaceGroups(
  sql: Sql,
  place: RosterPlace,
  groups: readonly { zoomGroupId: string; name: string; memberCount: number }[],
  now: Date,
): Promise<void> {
  const json = JSON.stringify(groups.map((group) => ({ ...group, id: newId('grp') })));
  await sql`
    insert into groups as g (id, integration_id, account_id, zoom_group_id, name, member_count)
    select id, ${place.integrationId}, ${place.accountId}, "zoomGroupId", name, "memberCount"
    from jsonb_to_recordset(${json}::text::jsonb) as new(id text, "zoomGroupId" text, name text, "memberCount" int)
    on conflict (account_id, zoom_group_id) do update
      set name = excluded.name, member_count = excluded.member_count, removed_at = null
      where (g.name, g.member_count, g.removed_at) is distinct from (excluded.name, excluded.member_count, null::timestamptz)`;
  await sql`
    update groups set removed_at = ${now}
    where account_id = ${place.accountId} and removed_at is null
      and zoom_group_id <> all(${groups.map((group) => group.zoomGroupId)}::text[])`;
}

/** Notes who has a role, by Zoom's user id. */
export async function saveRoles(
  sql: Sql,
  accountId: string,
  roleId: string,
  zoomUserIds: readonly string[],
): Promise<void> {
  await sql`
    with due as materialized (
      select id from users
      where account_id = ${accountId} and removed_at is null and zoom_user_id = any(${[...zoomUserIds]}::text[])
        and role_id is distinct from ${roleId}
      order by id for no key update
    )
    update users u set role_id = ${roleId} from due where u.id = due.id`;
}

/** Notes whether anybody's role is known. @returns whether it is. */
export async function noteRolesKnown(sql: Sql, accountId: string): Promise<boolean> {
  const [row] = await sql<{ rolesKnown: boolean }[]>`
    update accounts set roles_known = exists (
      select from users where account_id = ${accountId} and removed_at is null and role_id is not null
    )
    where id = ${accountId} returning roles_known as "rolesKnown"`;
  return row?.rolesKnown ?? false;
}
