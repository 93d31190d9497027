import type { Sql } from '../../db/client.ts';
import { BASIC_MINUTES, BASIC_PEOPLE } from '../../policy/basic-sufficiency.ts';
import { EVERYWHERE, isWithin, userRanges, type IdRange } from './id-ranges.ts';
import type { SqlOrTx } from './writes.ts';

/** SQL: is the meeting `m` longer than a Basic user's may be? Where Zoom told no number of people, there were several. */
const IS_LONG = `(m.kind = 'MEETING' and m.duration_minutes > ${BASIC_MINUTES} and coalesce(m.participant_count, 2) >= 2)`;

export interface Recount {
  /** Meetings count from here on. */
  from: Date;
  /** Is everything since `from` known, so that what was not seen did not happen? */
  isKnown: boolean;
  now: Date;
  /** Only these users, whether they left or not; null: all who are on the account. */
  userIds?: readonly string[] | null;
  /** Only users with ids of this range. */
  within?: IdRange;
}

/** Whoever tells of a user waits until those who are counted with them are written, and must not wait for long. */
const COUNTED_AT_ONCE = 5_000;

/** Counts everybody on the account again, in ranges. */
export async function recountEverybody(
  sql: Sql,
  accountId: string,
  recount: Omit<Recount, 'userIds' | 'within'>,
  range = COUNTED_AT_ONCE,
): Promise<void> {
  for (const within of await userRanges(sql, { accountId }, range)) {
    await recountActivity(sql, accountId, { ...recount, within });
  }
}

/**
 * Counts again, from the stored meetings, participants, sign-ins and recordings, what every user of the account did. One
 * statement, and more where others write of the same users: who was written of meanwhile, by somebody who may know of more than
 * was counted here, is counted once more. Users for whom nothing changed are not touched.
 */
export async function recountActivity(sql: SqlOrTx, accountId: string, recount: Recount): Promise<void> {
  let overtaken = await recountOnce(sql, accountId, recount);
  while (overtaken.length > 0) overtaken = await recountOnce(sql, accountId, { ...recount, userIds: overtaken });
}

/** @returns ids of users whose row was written by others since it was counted: of them nothing was written. */
async function recountOnce(
  sql: SqlOrTx,
  accountId: string,
  { from, isKnown, now, userIds = null, within = EVERYWHERE }: Recount,
): Promise<string[]> {
  const only = userIds === null ? null : [...userIds];
  // Said only where it holds: a plan for any list would take everybody for a few.
  const isCounted = (id: string) => [
    only === null ? sql`true` : sql`${sql.unsafe(id)} = any(${only}::text[])`,
    ...isWithin(sql, id, within),
  ];
  const rows = await sql<{ id: string }[]>`
    with hosted as (
      select m.host_user_id as id,
        max(m.start_time) filter (where m.kind = 'MEETING') as meeting_at,
        max(m.start_time) filter (where m.kind = 'WEBINAR') as webinar_at,
        max(m.start_time) filter (where ${sql.unsafe(IS_LONG)}) as long_at,
        count(*) filter (where m.kind = 'MEETING' and m.start_time >= ${from})::int as meetings,
        count(*) filter (where m.kind = 'WEBINAR' and m.start_time >= ${from})::int as webinars,
        count(*) filter (where ${sql.unsafe(IS_LONG)} and m.start_time >= ${from})::int as long_meetings,
        max(m.participant_count) filter (where m.kind = 'MEETING' and m.start_time >= ${from}) as largest,
        coalesce(sum(m.poll_count) filter (where m.start_time >= ${from}), 0)::int as polls
      from meetings m
      where m.account_id = ${accountId} and m.host_user_id is not null
        and ${isCounted('m.host_user_id')}
      group by m.host_user_id
    ), registered as (
      -- Zoom counts who registered for a series: once, however often it was held.
      select id, sum(registrants)::int as registrants from (
        select m.host_user_id as id, max(m.registrant_count) as registrants from meetings m
        where m.account_id = ${accountId} and m.host_user_id is not null and m.registrant_count > 0 and m.start_time >= ${from}
          and ${isCounted('m.host_user_id')}
        group by m.host_user_id, m.zoom_meeting_id
      ) series group by id
    ), joined as (
      select p.user_id as id, max(coalesce(p.joined_at, m.start_time)) as at,
        count(distinct m.id) filter (where m.kind = 'MEETING' and m.start_time >= ${from})::int as meetings
      from meeting_participants p join meetings m on m.id = p.meeting_id
      where m.account_id = ${accountId} and p.user_id is not null and p.user_id is distinct from m.host_user_id
        and ${isCounted('p.user_id')}
      group by p.user_id
    ), signed as (
      select s.user_id as id, max(s.at) as at from sign_ins s
      where s.account_id = ${accountId} and s.user_id is not null and s.kind = 'SIGN_IN'
        and ${isCounted('s.user_id')}
      group by s.user_id
    ), recorded as (
      select r.host_user_id as id, max(r.start_time) as at, count(*) filter (where r.start_time >= ${from})::int as recordings
      from cloud_recordings r
      where r.account_id = ${accountId} and r.host_user_id is not null
        and ${isCounted('r.host_user_id')}
      group by r.host_user_id
    ), fresh as (
      select u.id, u.xmin as version, h.meeting_at, h.webinar_at, h.long_at, j.at as joined_at, s.at as signed_at,
        r.at as recorded_at,
        coalesce(h.meetings, 0) as hosted, coalesce(j.meetings, 0) as joined, coalesce(h.webinars, 0) as webinars,
        coalesce(h.long_meetings, 0) as long_meetings, coalesce(r.recordings, 0) as recordings, h.largest,
        coalesce(h.polls, 0) as polls, coalesce(g.registrants, 0) as registrants,
        case
          when h.long_meetings > 0 or h.webinars > 0 or h.largest > ${BASIC_PEOPLE} or r.recordings > 0 or h.polls > 0
            or g.registrants > 0 then false
          when ${isKnown} then true
          -- Not read to the end this time: what was true stays until something speaks against it.
          when u.would_basic_suffice then true
        end as basic
      from users u
        left join hosted h on h.id = u.id left join registered g on g.id = u.id left join joined j on j.id = u.id
        left join signed s on s.id = u.id left join recorded r on r.id = u.id
      where u.account_id = ${accountId} and (u.removed_at is null or ${only}::text[] is not null)
        and ${isCounted('u.id')}
    ), wanted as materialized (
      select fresh.* from fresh join users u on u.id = fresh.id
      where (u.last_meeting_hosted_at, u.last_webinar_hosted_at, u.last_long_meeting_hosted_at, u.last_meeting_joined_at,
           u.last_sign_in_at, u.last_cloud_recording_at, u.meetings_hosted, u.meetings_joined, u.webinars_hosted,
           u.long_meetings_hosted, u.cloud_recordings, u.largest_meeting, u.polls_held, u.registrants, u.would_basic_suffice)
          is distinct from
          (fresh.meeting_at, fresh.webinar_at, fresh.long_at, fresh.joined_at,
           fresh.signed_at, fresh.recorded_at, fresh.hosted, fresh.joined, fresh.webinars,
           fresh.long_meetings, fresh.recordings, fresh.largest, fresh.polls, fresh.registrants, fresh.basic)
    ), due as materialized (
      -- A row that was written since is not the one that was counted: PostgreSQL looks at it again once it is locked.
      select wanted.* from wanted join users u on u.id = wanted.id and u.xmin = wanted.version
      -- In the order in which everybody locks users who writes about several: events of the same people come meanwhile.
      order by u.id for no key update of u
    ), written as (
      update users u set last_meeting_hosted_at = due.meeting_at, last_webinar_hosted_at = due.webinar_at,
        last_long_meeting_hosted_at = due.long_at, last_meeting_joined_at = due.joined_at,
        last_sign_in_at = due.signed_at, last_cloud_recording_at = due.recorded_at, meetings_hosted = due.hosted,
        meetings_joined = due.joined, webinars_hosted = due.webinars, long_meetings_hosted = due.long_meetings,
        cloud_recordings = due.recordings, largest_meeting = due.largest, polls_held = due.polls,
        registrants = due.registrants, would_basic_suffice = due.basic,
        signs_changed_at = case
          when (u.last_meeting_hosted_at, u.last_webinar_hosted_at, u.last_meeting_joined_at, u.last_sign_in_at)
            is distinct from (due.meeting_at, due.webinar_at, due.joined_at, due.signed_at)
          then ${now}::timestamptz else u.signs_changed_at end
      from due where u.id = due.id
      returning u.id
    )
    select id from wanted except select id from written`;
  return rows.map(({ id }) => id);
}

/**
 * Counts again what every user of the account did on each day since `since` (a whole day, UTC). One statement to take
 * away what no longer holds and one to write; days that say nothing new are not touched. A day on which a user only
 * attended somebody's webinar has a row of zeros: an active day on which nothing was done that is counted.
 */
export async function recountDays(sql: SqlOrTx, accountId: string, since: Date): Promise<void> {
  const days = sql`
    select day, user_id, sum(sign_ins)::int as sign_ins, sum(hosted)::int as hosted, sum(long_hosted)::int as long_hosted,
      sum(joined)::int as joined, sum(webinars)::int as webinars, sum(recordings)::int as recordings
    from (
      select (s.at at time zone 'UTC')::date as day, s.user_id, count(*) as sign_ins, 0 as hosted, 0 as long_hosted,
        0 as joined, 0 as webinars, 0 as recordings
      from sign_ins s
      where s.account_id = ${accountId} and s.kind = 'SIGN_IN' and s.user_id is not null and s.at >= ${since}
      group by 1, 2
      union all
      select (m.start_time at time zone 'UTC')::date, m.host_user_id, 0, count(*) filter (where m.kind = 'MEETING'),
        count(*) filter (where ${sql.unsafe(IS_LONG)}), 0, count(*) filter (where m.kind = 'WEBINAR'), 0
      from meetings m
      where m.account_id = ${accountId} and m.host_user_id is not null and m.start_time >= ${since}
      group by 1, 2
      union all
      select (m.start_time at time zone 'UTC')::date, p.user_id, 0, 0, 0,
        count(distinct m.id) filter (where m.kind = 'MEETING'), 0, 0
      from meetings m join meeting_participants p on p.meeting_id = m.id
      where m.account_id = ${accountId} and m.start_time >= ${since} and p.user_id is not null
        and p.user_id is distinct from m.host_user_id
      group by 1, 2
      union all
      select (r.start_time at time zone 'UTC')::date, r.host_user_id, 0, 0, 0, 0, 0, count(*)
      from cloud_recordings r
      where r.account_id = ${accountId} and r.host_user_id is not null and r.start_time >= ${since}
      group by 1, 2
    ) one group by day, user_id`;
  await sql`
    with fresh as (${days})
    delete from activity_days d where d.account_id = ${accountId} and d.day >= (${since}::timestamptz at time zone 'UTC')::date
      and not exists (select from fresh where fresh.day = d.day and fresh.user_id = d.user_id)`;
  await sql`
    insert into activity_days as d (account_id, integration_id, day, user_id, sign_ins, meetings_hosted, long_meetings_hosted,
      meetings_joined, webinars_hosted, cloud_recordings)
    select a.id, a.integration_id, fresh.day, fresh.user_id, fresh.sign_ins, fresh.hosted, fresh.long_hosted, fresh.joined,
      fresh.webinars, fresh.recordings
    from (${days}) fresh join accounts a on a.id = ${accountId}
    on conflict (account_id, day, user_id) do update set sign_ins = excluded.sign_ins,
      meetings_hosted = excluded.meetings_hosted, long_meetings_hosted = excluded.long_meetings_hosted,
      meetings_joined = excluded.meetings_joined, webinars_hosted = excluded.webinars_hosted,
      cloud_recordings = excluded.cloud_recordings
    where (d.sign_ins, d.meetings_hosted, d.long_meetings_hosted, d.meetings_joined, d.webinars_hosted, d.cloud_recordings)
      is distinct from (excluded.sign_ins, excluded.meetings_hosted, excluded.long_meetings_hosted,
        excluded.meetings_joined, excluded.webinars_hosted, excluded.cloud_recordings)`;
}
