import type { Sql } from '../../db/client.ts';
import type { WeekPoint } from '../../policy/seat-need.ts';
import type { Stretch } from '../../policy/series-points.ts';
import { run, Values } from './batch.ts';
import { USER_PARTS } from './user-columns.ts';

/** Whose activity a series is about. */
export interface SeriesScope {
  integrationId: string;
  groupId?: string | null | undefined;
  department?: string | null | undefined;
  licenseId?: string | null | undefined;
}

/** What has to be known before a series is read. */
export interface SeriesGround {
  isIntegration: boolean;
  isGroup: boolean;
  isLicense: boolean;
  /** From when to when meetings are known in every account; null where one of them was never read. */
  knownFrom: Date | null;
  knownUntil: Date | null;
}

/** Whether the integration is there and the group and the license are its own (true where none is named), and what is known of it. */
export async function seriesGround(
  sql: Sql,
  { integrationId, groupId, licenseId }: SeriesScope,
): Promise<SeriesGround> {
  const [ground] = await sql<SeriesGround[]>`
    select exists (select from integrations where id = ${integrationId} and deleted_at is null) as "isIntegration",
      ${groupId ?? null}::text is null or exists (
        select from groups where id = ${groupId ?? null} and integration_id = ${integrationId}) as "isGroup",
      ${licenseId ?? null}::text is null or exists (
        select from licenses where id = ${licenseId ?? null} and integration_id = ${integrationId}) as "isLicense",
      case when bool_and(activity_known_from is not null) then max(activity_known_from) end as "knownFrom",
      case when bool_and(activity_known_until is not null) then min(activity_known_until) end as "knownUntil"
    from accounts where integration_id = ${integrationId} and removed_at is null`;
  if (ground === undefined) throw new Error('An aggregate answered without a row.');
  return ground;
}

/** A point of a series, without what is known of it. */
export interface SeriesRow extends Stretch {
  activeUsers: number;
  signedInUsers: number;
  hosts: number;
  joiners: number;
  webinarHosts: number;
  signIns: number;
  meetingsHosted: number;
  longMeetingsHosted: number;
  meetingsJoined: number;
  webinarsHosted: number;
  cloudRecordings: number;
}

/** Columns of a day by the short names that they are added up under. */
const COLUMNS = {
  sign_ins: 'sign_ins',
  hosted: 'meetings_hosted',
  long_hosted: 'long_meetings_hosted',
  joined: 'meetings_joined',
  webinars: 'webinars_hosted',
  recordings: 'cloud_recordings',
};

/** SQL: is the day `d` a sign of use? A row of zeros is a webinar that was attended; recordings alone are none. */
const IS_ACTIVE =
  'd.sign_ins + d.meetings_hosted + d.meetings_joined + d.webinars_hosted > 0 or d.cloud_recordings = 0';

/** What users did in each of some stretches of days that follow on each other: one statement, each user once a stretch. */
export async function activitySeries(sql: Sql, scope: SeriesScope, points: readonly Stretch[]): Promise<SeriesRow[]> {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const values = new Values();
  const starts = values.add(
    points.map(({ start }) => start),
    'text[]',
  );
  const ends = values.add(
    points.map(({ end }) => end),
    'text[]',
  );
  // A user has one row a day, which needs no adding up. The point of a day is found by halving the starts, and not by
  // comparing with each of them.
  const isDaily = points.every(({ start, end }) => start === end);
  const place = `width_bucket(d.day, (select array_agg(start order by start) from point))`;
  const sums = Object.entries(COLUMNS)
    .map(([name, column]) => `${isDaily ? `d.${column}` : `sum(d.${column})`} as ${name}`)
    .join(', ');
  const raw = await run(
    sql,
    `with point as (
       select place, start::date as start, stop::date as stop from unnest(${starts}, ${ends}) with ordinality p(start, stop, place)
     ), did as (
       select ${place} as place, d.user_id, ${isDaily ? `(${IS_ACTIVE})` : `bool_or(${IS_ACTIVE})`} as is_active, ${sums}
       from activity_days d
       where d.integration_id = ${values.add(scope.integrationId, 'text')}
         and d.day between ${values.add(first.start, 'text')}::date and ${values.add(last.end, 'text')}::date
         ${whose(scope, values)}
       ${isDaily ? '' : 'group by 1, 2'}
     ), total as (
       select place, count(*) filter (where is_active)::int as active,
         count(*) filter (where sign_ins > 0)::int as signed_in, count(*) filter (where hosted > 0)::int as hosts,
         count(*) filter (where joined > 0)::int as joiners, count(*) filter (where webinars > 0)::int as webinar_hosts,
         sum(sign_ins)::int as sign_ins, sum(hosted)::int as hosted, sum(long_hosted)::int as long_hosted,
         sum(joined)::int as joined, sum(webinars)::int as webinars, sum(recordings)::int as recordings
       from did group by place
     )
     select p.start::text as start, p.stop::text as "end", coalesce(t.active, 0) as "activeUsers",
       coalesce(t.signed_in, 0) as "signedInUsers", coalesce(t.hosts, 0) as hosts, coalesce(t.joiners, 0) as joiners,
       coalesce(t.webinar_hosts, 0) as "webinarHosts", coalesce(t.sign_ins, 0) as "signIns",
       coalesce(t.hosted, 0) as "meetingsHosted", coalesce(t.long_hosted, 0) as "longMeetingsHosted",
       coalesce(t.joined, 0) as "meetingsJoined", coalesce(t.webinars, 0) as "webinarsHosted",
       coalesce(t.recordings, 0) as "cloudRecordings"
     from point p left join total t on t.place = p.place order by p.place`,
    values,
    false,
  );
  return raw as unknown as SeriesRow[];
}

/**
 * How many of those who hold each license today were active in each week from `since` on, by license: one statement. Only
 * weeks that are known whole in the license's account are in it, and those in which nobody was active are in it with 0.
 */
export async function weeklyHolders(
  sql: Sql,
  integrationId: string,
  licenseIds: readonly string[],
  since: string,
): Promise<Map<string, WeekPoint[]>> {
  const rows = await sql<(WeekPoint & { id: string })[]>`
    with did as (
      select h.license_id, date_trunc('week', d.day::timestamp)::date as week, count(distinct d.user_id)::int as active
      from activity_days d join license_assignments h on h.user_id = d.user_id
      where d.integration_id = ${integrationId} and d.day >= ${since}::date and (${sql.unsafe(IS_ACTIVE)})
        and h.license_id = any(${[...licenseIds]}::text[])
      group by 1, 2
    )
    select l.id, w.week::text as week, coalesce(did.active, 0) as active
    from licenses l join accounts a on a.id = l.account_id
    cross join lateral (
      select (date_trunc('week', ${since}::date::timestamp)::date + 7 * n) as week from generate_series(0, 60) n
    ) w
    left join did on did.license_id = l.id and did.week = w.week
    where l.id = any(${[...licenseIds]}::text[]) and a.activity_known_from <= w.week::timestamp at time zone 'UTC'
      and (w.week + 7)::timestamp at time zone 'UTC' <= a.activity_known_until
    order by l.id, w.week`;
  return Map.groupBy(rows, ({ id }) => id);
}

/** Conditions on whose day `d` it is: those who are in the group and the department and hold the license today. */
function whose({ integrationId, groupId, department, licenseId }: SeriesScope, values: Values): string {
  const conditions: string[] = [];
  const here = () => `t.integration_id = ${values.add(integrationId, 'text')} and t.removed_at is null`;
  if (groupId != null) {
    const group = values.add(groupId, 'text');
    conditions.push(
      `d.user_id in (select t.id from users t join groups g on g.account_id = t.account_id and g.zoom_group_id = any(t.group_ids) ` +
        `where g.id = ${group} and t.group_ids && array(select zoom_group_id from groups where id = ${group}) and ${here()})`,
    );
  }
  if (department != null) {
    const name = values.add(department, 'text');
    conditions.push(
      `d.user_id in (${USER_PARTS.map(
        (part) => `select t.id from users t where lower(t.department) = lower(${name}) and ${here()} and ${part}`,
      ).join(' union all ')})`,
    );
  }
  if (licenseId != null) {
    conditions.push(
      `d.user_id in (select h.user_id from license_assignments h where h.license_id = ${values.add(licenseId, 'text')})`,
    );
  }
  return conditions.map((condition) => `and ${condition}`).join(' ');
}
