import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import type { IntegrationRow, MeetingEntry, ParticipantEntry } from '../../db/tables/rows.ts';
import type { RosterPlace } from './roster.ts';

/** Writes meetings; rows that say nothing new are not touched. */
export async function upsertMeetings(sql: Sql, place: RosterPlace, meetings: readonly MeetingEntry[]): Promise<void> {
  const entries = [...new Map(meetings.map((meeting) => [meeting.uuid, meeting])).values()];
  if (entries.length === 0) return;
  await sql`
    insert into meetings as m (id, integration_id, account_id, uuid, zoom_meeting_id, kind, topic, host_user_id, start_time,
      end_time, duration_minutes, participant_count, own_participant_count, type_code)
    select id, ${place.integrationId}, ${place.accountId}, uuid, "zoomMeetingId", kind, topic, "hostUserId", "startTime",
      "endTime", "durationMinutes", "participantCount", "ownParticipantCount", "typeCode"
    from jsonb_to_recordset(${JSON.stringify(entries.map((entry) => ({ ...entry, id: newId('mtg') })))}::text::jsonb) as new(
      id text, uuid text, "zoomMeetingId" text, kind text, topic text, "hostUserId" text, "startTime" timestamptz,
      "endTime" timestamptz, "durationMinutes" int, "participantCount" int, "ownParticipantCount" int, "typeCode" int
    )
    -- Data that was erased while a report was on its way stays erased.
    where exists (select from accounts where id = ${place.accountId})
    -- In the order in which the saving of participants locks them: the two run side by side.
    order by uuid collate "C"
    on conflict (account_id, uuid) do update set
      topic = excluded.topic, start_time = excluded.start_time, end_time = excluded.end_time,
      -- An event may know a host whom the report's reader did not know yet.
      host_user_id = coalesce(excluded.host_user_id, m.host_user_id), duration_minutes = excluded.duration_minutes,
      participant_count = excluded.participant_count, own_participant_count = excluded.own_participant_count,
      type_code = excluded.type_code,
      -- More people than before: the earlier answer was not the last word.
      participants_read_at = case when m.participant_count is distinct from excluded.participant_count then null
        else m.participants_read_at end
    where (m.topic, m.host_user_id, m.start_time, m.end_time, m.duration_minutes, m.participant_count, m.type_code)
          is distinct from
          (excluded.topic, coalesce(excluded.host_user_id, m.host_user_id), excluded.start_time, excluded.end_time,
           excluded.duration_minutes, excluded.participant_count, excluded.type_code)`;
}

/**
 * Our ids of an account's users by Zoom's id and by e-mail address. Also of those who left: they were there then. Where
 * several had the same, whoever is still here comes first, then who left last.
 */
export interface UserKeys {
  byZoomId: Map<string, string>;
  byEmail: Map<string, string>;
  /** Our ids of those who left. */
  left: Set<string>;
}

interface KeyRow {
  id: string;
  zoomUserId: string | null;
  email: string;
  hasLeft: boolean;
}

/** `rows` with those first who left first. */
function addKeys(keys: UserKeys, rows: readonly KeyRow[]): void {
  for (const { id, zoomUserId, email, hasLeft } of rows) {
    if (hasLeft) keys.left.add(id);
    const add = (ids: Map<string, string>, key: string) => {
      const before = ids.get(key);
      if (!hasLeft || before === undefined || keys.left.has(before)) ids.set(key, id);
    };
    if (zoomUserId !== null) add(keys.byZoomId, zoomUserId);
    add(keys.byEmail, email);
  }
}

/** The keys of everybody. */
export async function userKeys(sql: Sql, accountId: string): Promise<UserKeys> {
  const rows = await sql<KeyRow[]>`
    select id, zoom_user_id as "zoomUserId", email, removed_at is not null as "hasLeft" from users
    where account_id = ${accountId} order by removed_at nulls last`;
  const keys: UserKeys = { byZoomId: new Map(), byEmail: new Map(), left: new Set() };
  addKeys(keys, rows);
  return keys;
}

/**
 * Adds whoever of these came to the account since its keys were read: a long run meets people whom events have told of
 * meanwhile, also such as have the address of somebody who left. One statement, none where all are known.
 */
export async function learnKeys(
  sql: Sql,
  accountId: string,
  keys: UserKeys,
  named: { zoomIds?: readonly string[]; emails?: readonly string[] },
): Promise<void> {
  const zoomIds = [...new Set(named.zoomIds)].filter((id) => !keys.byZoomId.has(id));
  const isThere = (email: string) => !keys.left.has(keys.byEmail.get(email) ?? '');
  const emails = [...new Set(named.emails)].filter((email) => !keys.byEmail.has(email) || !isThere(email));
  if (zoomIds.length === 0 && emails.length === 0) return;
  const rows = await sql<KeyRow[]>`
    select id, zoom_user_id as "zoomUserId", email, removed_at is not null as "hasLeft" from users
    where account_id = ${accountId} and (zoom_user_id = any(${zoomIds}::text[]) or email = any(${emails}::text[]))
    order by removed_at nulls last`;
  addKeys(keys, rows);
}

/**
 * Users who hold the webinar add-on, or lost it in days that are due: reports of meetings may not mention them, and who gave
 * it away may have held a webinar before that.
 */
export async function webinarHolders(sql: Sql, accountId: string): Promise<string[]> {
  const rows = await sql<{ zoomUserId: string }[]>`
    select u.zoom_user_id as "zoomUserId" from users u join accounts a on a.id = u.account_id
    where u.account_id = ${accountId} and u.removed_at is null and u.zoom_user_id is not null
      and (u.webinar_enabled or exists (
        select from user_history h
        where h.user_id = u.id and h.valid_to > a.activity_known_until - interval '2 days'
          and exists (select from unnest(h.licenses) as held(id) where held.id like 'WEBINAR%')
      ))`;
  return rows.map((row) => row.zoomUserId);
}

export interface MeetingToRead {
  id: string;
  uuid: string;
  kind: 'MEETING' | 'WEBINAR';
  startTime: Date;
  endTime: Date | null;
}

/**
 * Meetings since `from` whose participants were not read yet, newest first. Where Zoom counts fewer than two people, or
 * fewer than two of this account, there is nobody but the host to learn about. `without`: ids of those to leave out.
 */
export async function meetingsWithoutParticipants(
  sql: Sql,
  accountId: string,
  { from, without, limit }: { from: Date; without: readonly string[]; limit: number },
): Promise<MeetingToRead[]> {
  return sql<MeetingToRead[]>`
    select id, uuid, kind, start_time as "startTime", end_time as "endTime" from meetings
    where account_id = ${accountId} and participants_read_at is null and start_time >= ${from}
      and id <> all(${[...without]}::text[])
      and (participant_count is null or participant_count >= 2)
      and (own_participant_count is null or own_participant_count >= 2)
    order by start_time desc, id limit ${limit}`;
}

/** Replaces the participants of some meetings and marks those meetings as read. */
export async function saveParticipants(
  sql: Sql,
  integrationId: string,
  meetingIds: readonly string[],
  participants: readonly ParticipantEntry[],
  now: Date,
): Promise<void> {
  if (meetingIds.length === 0) return;
  const ids = [...meetingIds];
  await sql.begin(async (tx) => {
    await tx`select from meetings where id = any(${ids}::text[]) order by uuid collate "C" for no key update`;
    await tx`delete from meeting_participants where meeting_id = any(${ids}::text[])`;
    await tx`
      insert into meeting_participants (meeting_id, position, integration_id, user_id, name, email, joined_at, left_at, duration_seconds)
      select "meetingId", position, ${integrationId}, "userId", name, email, "joinedAt", "leftAt", "durationSeconds"
      from jsonb_to_recordset(${JSON.stringify(participants)}::text::jsonb) as new(
        "meetingId" text, position int, "userId" text, name text, email text, "joinedAt" timestamptz,
        "leftAt" timestamptz, "durationSeconds" int
      )
      where exists (select from meetings where id = "meetingId")`;
    await tx`update meetings set participants_read_at = ${now} where id = any(${ids}::text[])`;
  });
}

/** Who is asked for the meetings they created. */
export interface CreatorsDue {
  /** Only who showed a sign of use since then. */
  activeSince: Date;
  /** Only whose signs changed after that; null: all of them. */
  signsSince: Date | null;
  types: readonly string[];
}

const creators = (sql: Sql, accountId: string, { activeSince, signsSince, types }: CreatorsDue) => sql`
  from users
  where account_id = ${accountId} and removed_at is null and zoom_user_id is not null and status = 'ACTIVE'
    and type = any(${[...types]}::text[]) and not is_room and last_activity_at >= ${activeSince}
    and (${signsSince}::timestamptz is null or signs_changed_at > ${signsSince})`;

/** Users after `afterId` who may have created meetings since they were last asked for, in order of id. */
export async function creatorsToRead(
  sql: Sql,
  accountId: string,
  due: CreatorsDue,
  { afterId, limit }: { afterId: string; limit: number },
): Promise<{ id: string; zoomUserId: string }[]> {
  return sql<{ id: string; zoomUserId: string }[]>`
    select id, zoom_user_id as "zoomUserId" ${creators(sql, accountId, due)} and id > ${afterId} order by id limit ${limit}`;
}

/** How many users `creatorsToRead` will name, for each account. One statement. */
export async function countCreators(
  sql: Sql,
  accounts: readonly { accountId: string; due: CreatorsDue }[],
): Promise<number[]> {
  const keys = accounts.map(({ accountId, due }, position) => ({ position, account_id: accountId, ...due }));
  const rows = await sql<{ count: number }[]>`
    select count(u.id)::int as count
    from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k(
      position int, account_id text, "activeSince" timestamptz, "signsSince" timestamptz, types text[]
    ) left join users u on u.account_id = k.account_id and u.removed_at is null and u.zoom_user_id is not null
      and u.status = 'ACTIVE' and u.type = any(k.types) and not u.is_room and u.last_activity_at >= k."activeSince"
      and (k."signsSince" is null or u.signs_changed_at > k."signsSince")
    group by k.position order by k.position`;
  return rows.map(({ count }) => count);
}

/**
 * Notes that everybody who was due was asked for the meetings they created; the pass began then. Not where others count by
 * now than counted for it: those were not asked.
 */
export async function noteCreatedRead(
  sql: Sql,
  accountId: string,
  begunAt: Date,
  counted: Pick<IntegrationRow, 'includeFreeUsers' | 'includeOnPremises'>,
): Promise<void> {
  await sql`
    update accounts a set created_read_at = ${begunAt} from integrations i
    where a.id = ${accountId} and i.id = a.integration_id and (i.include_free_users, i.include_on_premises) =
      (${counted.includeFreeUsers}, ${counted.includeOnPremises})`;
}

/** A meeting that stands in somebody's calendar, and when it was put there. */
export interface CreatedMeeting {
  userId: string;
  zoomMeetingId: string;
  at: string;
}

/** Writes when meetings were created, and when their hosts last created one; that date never goes back. Two statements. */
export async function saveCreated(sql: Sql, accountId: string, created: readonly CreatedMeeting[]): Promise<void> {
  if (created.length === 0) return;
  const json = JSON.stringify(created);
  await sql`
    with due as materialized (
      select u.id, new.at from users u join (
        select "userId" as id, max(at) as at
        from jsonb_to_recordset(${json}::text::jsonb) as one("userId" text, at timestamptz) group by "userId"
      ) new on new.id = u.id
      where u.last_meeting_created_at is null or u.last_meeting_created_at < new.at
      -- In the order in which everybody locks users who writes about several: others do so at the same time.
      order by u.id for no key update of u
    )
    update users u set last_meeting_created_at = due.at from due where u.id = due.id`;
  await sql`
    with due as materialized (
      select m.id, new.at from meetings m
      join jsonb_to_recordset(${json}::text::jsonb) as new("zoomMeetingId" text, at timestamptz) on m.zoom_meeting_id = new."zoomMeetingId"
      where m.account_id = ${accountId} and m.created_at is distinct from new.at
      order by m.uuid collate "C" for no key update of m
    )
    update meetings m set created_at = due.at from due where m.id = due.id`;
}

/** Active users after `afterId` without any sign of use since `quietSince`. */
export async function quietUsers(
  sql: Sql,
  accountId: string,
  { afterId, quietSince, types, limit }: { afterId: string; quietSince: Date; types: readonly string[]; limit: number },
): Promise<{ id: string; zoomUserId: string; webinarEnabled: boolean | null }[]> {
  return sql<{ id: string; zoomUserId: string; webinarEnabled: boolean | null }[]>`
    select id, zoom_user_id as "zoomUserId", webinar_enabled as "webinarEnabled" from users
    where account_id = ${accountId} and removed_at is null and zoom_user_id is not null and status = 'ACTIVE'
      and type = any(${[...types]}::text[]) and not is_room and id > ${afterId}
      and coalesce(last_activity_at, active_date, '-infinity') < ${quietSince}
    order by id limit ${limit}`;
}

/** A meeting or webinar that somebody has ahead. */
export interface NextEvent {
  userId: string;
  /** ISO 8601. */
  at: string;
}

/**
 * Writes each user's next announced meeting or webinar; users without one have none. `readAt` says when all of the
 * account's were read; null: not all were.
 */
export async function saveNextEvents(
  sql: Sql,
  accountId: string,
  events: readonly NextEvent[],
  readAt: Date | null,
): Promise<void> {
  await sql`
    with due as materialized (
      select u.id, new.at from users u left join (
        select "userId" as id, min(at) as at
        from jsonb_to_recordset(${JSON.stringify(events)}::text::jsonb) as event("userId" text, at timestamptz) group by "userId"
      ) new on new.id = u.id
      where u.account_id = ${accountId} and u.removed_at is null and u.next_event_at is distinct from new.at
      -- As above.
      order by u.id for no key update of u
    )
    update users u set next_event_at = due.at from due where u.id = due.id`;
  await sql`update accounts set events_read_at = ${readAt} where id = ${accountId}`;
}

/** Says from when to when the account's meetings are known without a gap. */
export async function saveActivityWindow(sql: Sql, accountId: string, from: Date, until: Date): Promise<void> {
  await sql`update accounts set activity_known_from = ${from}, activity_known_until = ${until} where id = ${accountId}`;
}
