import { createHash } from 'node:crypto';
import { newId } from '../../db/id.ts';
import type { MeetingRow, SignInRow } from '../../db/tables/rows.ts';
import type { RosterPlace } from './roster.ts';
import type { SqlOrTx } from './writes.ts';

/** Writes a sign-in or -out; one that is known already only learns whose it was. */
export async function saveSign(
  tx: SqlOrTx,
  place: RosterPlace,
  sign: Omit<SignInRow, 'accountId' | 'integrationId'>,
): Promise<void> {
  await tx`
    insert into sign_ins as s (account_id, integration_id, email, at, kind, user_id, client_type, client_version)
    values (${place.accountId}, ${place.integrationId}, ${sign.email}, ${sign.at}, ${sign.kind}, ${sign.userId},
      ${sign.clientType}, ${sign.clientVersion})
    on conflict (account_id, email, at, kind) do update set user_id = coalesce(s.user_id, excluded.user_id),
      client_type = coalesce(s.client_type, excluded.client_type),
      client_version = coalesce(s.client_version, excluded.client_version)`;
}

/**
 * Writes a meeting that an event told of. What is known of it stays, but that the end of a meeting tells its start
 * better than whoever joined it; reports know it best and write over it.
 */
export async function saveMeetingOfEvent(
  tx: SqlOrTx,
  place: RosterPlace,
  meeting: Pick<
    MeetingRow,
    | 'uuid'
    | 'zoomMeetingId'
    | 'kind'
    | 'topic'
    | 'hostUserId'
    | 'startTime'
    | 'endTime'
    | 'durationMinutes'
    | 'typeCode'
  >,
): Promise<Pick<MeetingRow, 'id' | 'participantsReadAt'>> {
  const [row] = await tx<Pick<MeetingRow, 'id' | 'participantsReadAt'>[]>`
    insert into meetings as m (id, integration_id, account_id, uuid, zoom_meeting_id, kind, topic, host_user_id, start_time,
      end_time, duration_minutes, type_code)
    values (${newId('mtg')}, ${place.integrationId}, ${place.accountId}, ${meeting.uuid}, ${meeting.zoomMeetingId},
      ${meeting.kind}, ${meeting.topic}, ${meeting.hostUserId}, ${meeting.startTime}, ${meeting.endTime},
      ${meeting.durationMinutes}, ${meeting.typeCode})
    on conflict (account_id, uuid) do update set
      start_time = case when m.end_time is null and m.participant_count is null and excluded.end_time is not null
        then excluded.start_time else m.start_time end,
      topic = coalesce(m.topic, excluded.topic), host_user_id = coalesce(m.host_user_id, excluded.host_user_id),
      end_time = coalesce(m.end_time, excluded.end_time),
      duration_minutes = coalesce(m.duration_minutes, excluded.duration_minutes),
      type_code = coalesce(m.type_code, excluded.type_code)
    returning id, participants_read_at as "participantsReadAt"`;
  if (row === undefined) throw new Error('An upsert answered without its row.');
  return row;
}

/** Positions of Zoom's answers, which replace what events told, are below. */
const FIRST_POSITION = 2 ** 30;

/** Writes a stay in a meeting; the same one that is told again only learns whose it was. */
export async function saveJoin(
  tx: SqlOrTx,
  integrationId: string,
  meetingId: string,
  join: { key: string; userId: string | null; name: string | null; email: string | null; joinedAt: Date },
): Promise<void> {
  const position = FIRST_POSITION + (createHash('sha256').update(join.key).digest().readUInt32BE(0) >>> 2);
  await tx`
    insert into meeting_participants as p (meeting_id, position, integration_id, user_id, name, email, joined_at)
    values (${meetingId}, ${position}, ${integrationId}, ${join.userId}, ${join.name}, ${join.email}, ${join.joinedAt})
    on conflict (meeting_id, position) do update set user_id = coalesce(p.user_id, excluded.user_id)`;
}

/** Our ids of an account's users by Zoom's, those who left among them; unknown ones are left out. */
export async function userIdsByZoomIds(
  tx: SqlOrTx,
  accountId: string,
  zoomUserIds: readonly string[],
): Promise<Map<string, string>> {
  if (zoomUserIds.length === 0) return new Map();
  // The last one of several with the same id stays in the map: whoever is there.
  const rows = await tx<{ zoomUserId: string; id: string }[]>`
    select zoom_user_id as "zoomUserId", id from users
    where account_id = ${accountId} and zoom_user_id = any(${[...zoomUserIds]}::text[])
    order by removed_at nulls last, id`;
  return new Map(rows.map((row) => [row.zoomUserId, row.id]));
}

/** Who on the account has the address now; null: nobody. */
export async function userIdByEmail(tx: SqlOrTx, accountId: string, email: string): Promise<string | null> {
  const [row] = await tx<{ id: string }[]>`
    select id from users where account_id = ${accountId} and email = ${email} and removed_at is null`;
  return row?.id ?? null;
}
