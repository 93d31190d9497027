import type { Sql } from '../../db/client.ts';
import type { IntegrationRow, MeetingRow } from '../../db/tables/rows.ts';

export type MeetingForExtras = Pick<
  MeetingRow,
  'id' | 'uuid' | 'zoomMeetingId' | 'kind' | 'hostUserId' | 'pollCount' | 'registrantCount'
>;

/**
 * Meetings since `from` whose polls and registrations were not asked for yet, newest first. With `WHERE_DECISIVE` only
 * those of paid hosts of whom nothing that was seen says that they need what they hold, and none of whoever hosted those
 * that are on their way, `without` which they are: their answers may be enough. Instant meetings have neither.
 * How many registered for a series is told by whichever of its meetings knows.
 */
export async function meetingsWithoutExtras(
  sql: Sql,
  accountId: string,
  {
    detail,
    kinds,
    from,
    without,
    limit,
  }: {
    detail: Exclude<IntegrationRow['meetingDetail'], 'NONE'>;
    kinds: readonly MeetingRow['kind'][];
    from: Date;
    without: readonly MeetingForExtras[];
    limit: number;
  },
): Promise<MeetingForExtras[]> {
  const ids = without.map(({ id }) => id);
  const hosts = [...new Set(without.flatMap(({ hostUserId }) => hostUserId ?? []))];
  return sql<MeetingForExtras[]>`
    select m.id, m.uuid, m.zoom_meeting_id as "zoomMeetingId", m.kind, m.host_user_id as "hostUserId",
      m.poll_count as "pollCount", coalesce(m.registrant_count, (
        select max(s.registrant_count) from meetings s
        where s.account_id = m.account_id and s.zoom_meeting_id = m.zoom_meeting_id
      )) as "registrantCount"
    from meetings m left join users u on u.id = m.host_user_id
    where m.account_id = ${accountId} and m.extras_read_at is null and m.start_time >= ${from}
      and m.kind = any(${[...kinds]}::text[]) and m.type_code is distinct from 1
      and m.id <> all(${ids}::text[])
      and (${detail} = 'ALL' or (u.removed_at is null and u.status = 'ACTIVE' and not u.is_room
        and u.type in ('LICENSED', 'ON_PREM', 'OTHER') and u.would_basic_suffice is not false
        and u.id <> all(${hosts}::text[])))
    order by m.start_time desc, m.id limit ${limit}`;
}

/** Writes what was read of some meetings, and that they were asked for. What is null stays as it was. */
export async function saveMeetingExtras(
  sql: Sql,
  extras: readonly { id: string; pollCount: number | null; registrantCount: number | null }[],
  now: Date,
): Promise<void> {
  if (extras.length === 0) return;
  await sql`
    update meetings m set poll_count = coalesce(new."pollCount", m.poll_count),
      registrant_count = coalesce(new."registrantCount", m.registrant_count), extras_read_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(extras)}::text::jsonb) as new(id text, "pollCount" int, "registrantCount" int)
    where m.id = new.id`;
}

/** Lets meetings be asked once more for what could not be asked for before. */
export async function reopenMeetingExtras(
  sql: Sql,
  accountId: string,
  kind: MeetingRow['kind'],
  extra: 'pollCount' | 'registrantCount',
): Promise<void> {
  const column = sql(extra === 'pollCount' ? 'poll_count' : 'registrant_count');
  await sql`
    update meetings set extras_read_at = null
    where account_id = ${accountId} and kind = ${kind} and extras_read_at is not null and ${column} is null`;
}
