import type { Sql } from '../../db/client.ts';
import type { IntegrationRow } from '../../db/tables/rows.ts';
import { countCreators, type CreatorsDue } from './activity.ts';
import { countProfilesToRead, countSettingsToRead, type DetailsDue, type SettingsDue } from './details.ts';

/** Counts of what is known of an account, as a plan of calls needs them. */
export interface PlanCounts {
  active: number;
  inactive: number;
  pending: number;
  /** Who can hold add-ons. */
  canHold: number;
  licensed: number;
  webinarHolders: number;
  withUpcoming: number;
  quiet: number;
  /** Users whose row changed in the last week, after they were first seen. */
  changedInWeek: number;
  groups: number;
  groupsThatDiffer: number;
  unreadMeetings: number;
  unreadWebinars: number;
  /** What was seen since `seenFrom`. */
  hostDays: number;
  meetings: number;
  webinars: number;
  signIns: number;
  operations: number;
  recordings: number;
  pollsDue: number;
  seriesDue: number;
  webinarPollsDue: number;
  webinarSeriesDue: number;
}

export interface AccountSpan {
  accountId: string;
  /** Meetings count from here on; null: none are known. */
  knownFrom: Date | null;
  /** What happens a day is counted since then. */
  seenFrom: Date;
}

export interface CountSpan {
  quietSince: Date;
  types: readonly string[];
  detail: IntegrationRow['meetingDetail'];
  now: Date;
}

/** The counts of each account: one statement, however many there are and whatever they hold. */
export async function planCounts(
  sql: Sql,
  accounts: readonly AccountSpan[],
  { quietSince, detail, now, types: counted }: CountSpan,
): Promise<PlanCounts[]> {
  const types = [...counted];
  const weekAgo = new Date(now.getTime() - 7 * 86_400_000);
  const keys = accounts.map((span, position) => ({ position, ...span }));
  return sql<PlanCounts[]>`
    select u.*, m.*,
      (select count(*)::int from groups where account_id = k."accountId" and removed_at is null) as groups,
      (
        select count(*)::int from groups g left join (
          select one.id, count(*)::int as members from users u, unnest(u.group_ids) as one(id)
          where u.account_id = k."accountId" and u.removed_at is null and u.status <> 'PENDING' group by one.id
        ) ours on ours.id = g.zoom_group_id
        where g.account_id = k."accountId" and g.removed_at is null and g.member_count <> coalesce(ours.members, 0)
      ) as "groupsThatDiffer",
      (select count(*)::int from sign_ins where account_id = k."accountId" and at >= k."seenFrom") as "signIns",
      (select count(*)::int from operation_logs where account_id = k."accountId" and at >= k."seenFrom") as operations,
      (select count(*)::int from cloud_recordings where account_id = k."accountId" and start_time >= k."seenFrom") as recordings
    from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k(
      position int, "accountId" text, "knownFrom" timestamptz, "seenFrom" timestamptz
    ) cross join lateral (
      select count(*) filter (where status = 'ACTIVE')::int as active,
        count(*) filter (where status = 'INACTIVE')::int as inactive,
        count(*) filter (where status = 'PENDING')::int as pending,
        count(*) filter (where status = 'ACTIVE' and type not in ('BASIC', 'UNASSIGNED', 'NONE') and zoom_user_id is not null)::int as "canHold",
        count(*) filter (where status = 'ACTIVE' and type = 'LICENSED')::int as licensed,
        count(*) filter (where webinar_enabled and zoom_user_id is not null)::int as "webinarHolders",
        count(*) filter (where next_event_at > ${now})::int as "withUpcoming",
        count(*) filter (where status = 'ACTIVE' and type = any(${types}::text[]) and not is_room
          and coalesce(last_activity_at, active_date, '-infinity') < ${quietSince})::int as quiet,
        count(*) filter (where updated_at >= ${weekAgo} and updated_at > first_seen_at)::int as "changedInWeek"
      from users where account_id = k."accountId" and removed_at is null
    ) u cross join lateral (
      select count(*) filter (where is_unread and kind = 'MEETING')::int as "unreadMeetings",
        count(*) filter (where is_unread and kind = 'WEBINAR')::int as "unreadWebinars",
        count(*) filter (where is_seen and kind = 'MEETING' and has_company)::int as meetings,
        count(*) filter (where is_seen and kind = 'WEBINAR')::int as webinars,
        count(distinct (host_user_id, (start_time at time zone 'UTC')::date)) filter (where is_seen)::int as "hostDays",
        count(*) filter (where is_open and kind = 'MEETING' and poll_count is null)::int as "pollsDue",
        count(distinct zoom_meeting_id) filter (where is_open and kind = 'MEETING' and registrant_count is null)::int as "seriesDue",
        count(*) filter (where is_open and kind = 'WEBINAR' and poll_count is null)::int as "webinarPollsDue",
        count(distinct zoom_meeting_id) filter (where is_open and kind = 'WEBINAR' and registrant_count is null)::int as "webinarSeriesDue"
      from (
        select one.*, start_time >= k."seenFrom" as is_seen, participants_read_at is null and has_company as is_unread,
          extras_read_at is null and type_code is distinct from 1 and (${detail} = 'ALL' or needs_nothing) as is_open
        from (
          select t.*, coalesce(t.participant_count, 2) >= 2 and coalesce(t.own_participant_count, 2) >= 2 as has_company,
            h.would_basic_suffice is not false and h.status = 'ACTIVE' and h.removed_at is null and not h.is_room
              and h.type in ('LICENSED', 'ON_PREM', 'OTHER') as needs_nothing
          from meetings t left join users h on h.id = t.host_user_id
          where t.account_id = k."accountId" and t.start_time >= coalesce(k."knownFrom", '-infinity')
        ) one
      ) two
    ) m order by k.position`;
}

/** What is asked of whom in an account. */
export interface Due {
  profiles: DetailsDue;
  settings: SettingsDue;
  creators: CreatorsDue;
}

/** How many users of each account are due for each kind of detail. Three statements. */
export async function dueCounts(
  sql: Sql,
  accounts: readonly Due[],
): Promise<{ profiles: number; settings: number; creators: number }[]> {
  const [profiles, settings, creators] = await Promise.all([
    countProfilesToRead(
      sql,
      accounts.map((due) => due.profiles),
    ),
    countSettingsToRead(
      sql,
      accounts.map((due) => due.settings),
    ),
    countCreators(
      sql,
      accounts.map((due) => ({ accountId: due.profiles.accountId, due: due.creators })),
    ),
  ]);
  return accounts.map((_, index) => ({
    profiles: profiles[index] ?? 0,
    settings: settings[index] ?? 0,
    creators: creators[index] ?? 0,
  }));
}

/** Calls of today (UTC, by the database's clock) by label, of an account and all apps of ours that share its limits. */
export async function callsToday(sql: Sql, zoomAccountId: string): Promise<Record<string, number>> {
  const rows = await sql<{ label: string; used: number }[]>`
    select label, used_today as used from rate_limits
    where zoom_account_id = ${zoomAccountId} and day = to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD')`;
  return Object.fromEntries(rows.map(({ label, used }) => [label, used]));
}
