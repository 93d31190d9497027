import type { Sql } from '../../db/client.ts';
import { dailyUsage } from '../../db/tables/usage.ts';
import type { DailyUsageRow } from '../../db/tables/rows.ts';
import { readerOf } from './batch.ts';
import type { RosterPlace } from './roster.ts';

const reader = readerOf(dailyUsage);

export type DailyUsageEntry = Omit<DailyUsageRow, 'accountId' | 'integrationId'>;

/** Writes what Zoom counts of days; days that say nothing new are not touched. */
export async function saveDailyUsage(sql: Sql, place: RosterPlace, days: readonly DailyUsageEntry[]): Promise<void> {
  const different = [...new Map(days.map((one) => [one.day, one])).values()];
  if (different.length === 0) return;
  await sql`
    insert into daily_usage as d (account_id, integration_id, day, new_users, meetings, participants, meeting_minutes)
    select ${place.accountId}, ${place.integrationId}, day, "newUsers", meetings, participants, "meetingMinutes"
    from jsonb_to_recordset(${JSON.stringify(different)}::text::jsonb) as new(
      day date, "newUsers" int, meetings int, participants int, "meetingMinutes" int
    )
    where exists (select from accounts where id = ${place.accountId})
    on conflict (account_id, day) do update set new_users = excluded.new_users, meetings = excluded.meetings,
      participants = excluded.participants, meeting_minutes = excluded.meeting_minutes
    where (d.new_users, d.meetings, d.participants, d.meeting_minutes)
      is distinct from (excluded.new_users, excluded.meetings, excluded.participants, excluded.meeting_minutes)`;
}

/** Days of an account, both included, `YYYY-MM-DD`. */
export interface UsageDays {
  accountId: string;
  from: string;
  to: string;
}

/** The figures of each span of days, oldest first. One statement. */
export async function dailyUsageBy(sql: Sql, spans: readonly UsageDays[]): Promise<DailyUsageRow[][]> {
  const raw = await sql.unsafe(
    `select k.place::int as place, ${reader.columns}
     from unnest($1::text[], $2::text[]::date[], $3::text[]::date[]) with ordinality k(account_id, first, last, place)
       join daily_usage t on t.account_id = k.account_id and t.day between k.first and k.last
     order by k.place, t.day`,
    [spans.map((one) => one.accountId), spans.map((one) => one.from), spans.map((one) => one.to)],
    { prepare: true },
  );
  const rows = reader.rows(raw) as (DailyUsageRow & { place: number })[];
  return spans.map((_, index) => rows.filter((row) => row.place === index + 1));
}
