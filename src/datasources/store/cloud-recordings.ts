import type { Sql } from '../../db/client.ts';
import type { CloudRecordingRow, MeetingRow } from '../../db/tables/rows.ts';
import type { RosterPlace } from './roster.ts';

/** A recorded meeting before it is stored; the instant as ISO 8601. */
export type CloudRecordingEntry = Omit<CloudRecordingRow, 'accountId' | 'integrationId' | 'startTime'> & {
  startTime: string;
};

/** Writes which meetings were recorded; rows that say nothing new are not touched. */
export async function saveCloudRecordings(
  sql: Sql,
  place: RosterPlace,
  recordings: readonly CloudRecordingEntry[],
): Promise<void> {
  const different = [...new Map(recordings.map((one) => [one.uuid, one])).values()];
  if (different.length === 0) return;
  await sql`
    insert into cloud_recordings as r (account_id, integration_id, uuid, host_user_id, start_time, recording_count)
    select ${place.accountId}, ${place.integrationId}, uuid, "hostUserId", "startTime", "recordingCount"
    from jsonb_to_recordset(${JSON.stringify(different)}::text::jsonb) as new(
      uuid text, "hostUserId" text, "startTime" timestamptz, "recordingCount" int
    )
    where exists (select from accounts where id = ${place.accountId})
    -- Several windows are written at once: in one order, nobody waits for whom waits for them.
    order by uuid
    on conflict (account_id, uuid) do update set
      host_user_id = coalesce(excluded.host_user_id, r.host_user_id), start_time = excluded.start_time,
      recording_count = excluded.recording_count
    where (r.host_user_id, r.start_time, r.recording_count)
      is distinct from (coalesce(excluded.host_user_id, r.host_user_id), excluded.start_time, excluded.recording_count)`;
}

/**
 * Was each meeting recorded in the cloud? Null where recordings were not read for its time. One statement, in the order
 * of the meetings.
 */
export async function areRecorded(
  sql: Sql,
  meetings: readonly Pick<MeetingRow, 'id' | 'accountId' | 'uuid' | 'startTime'>[],
): Promise<(boolean | null)[]> {
  const rows = await sql<{ id: string; isRecorded: boolean | null }[]>`
    select m.id, case when r.uuid is not null then true when c.report is not null then false end as "isRecorded"
    from unnest(${meetings.map((one) => one.id)}::text[]) k(id)
      join meetings m on m.id = k.id
      left join cloud_recordings r on r.account_id = m.account_id and r.uuid = m.uuid
      left join report_coverage c on c.account_id = m.account_id and c.report = 'RECORDINGS'
        and m.start_time >= c.known_from and m.start_time < c.known_until`;
  const byId = new Map(rows.map((row) => [row.id, row.isRecorded]));
  return meetings.map(({ id }) => byId.get(id) ?? null);
}
