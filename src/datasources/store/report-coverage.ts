import type { Sql } from '../../db/client.ts';
import type { ReportCoverageRow } from '../../db/tables/rows.ts';
import type { RosterPlace } from './roster.ts';

export type CoveredReport = ReportCoverageRow['report'];

/** From when to when an account's reports are known without a gap; reports that never were read whole are missing. */
export async function reportCoverage(
  sql: Sql,
  accountId: string,
): Promise<Map<CoveredReport, { from: Date; until: Date }>> {
  const rows = await sql<{ report: CoveredReport; from: Date; until: Date }[]>`
    select report, known_from as from, known_until as until from report_coverage where account_id = ${accountId}`;
  return new Map(rows.map(({ report, from, until }) => [report, { from, until }]));
}

/**
 * Says that a report is known without a gap. Call it only when all of it was read. `before`: what was known when the reading
 * began; days that were forgotten since are not known again.
 */
export async function saveReportCoverage(
  sql: Sql,
  place: RosterPlace,
  report: CoveredReport,
  known: { from: Date; until: Date },
  before: { from: Date } | null,
): Promise<void> {
  await sql`
    insert into report_coverage as c (account_id, integration_id, report, known_from, known_until)
    select ${place.accountId}, ${place.integrationId}, ${report}, ${known.from}, ${known.until}
    where exists (select from accounts where id = ${place.accountId})
    on conflict (account_id, report) do update set known_until = excluded.known_until,
      known_from = case when c.known_from > ${before?.from ?? null}::timestamptz
        then greatest(c.known_from, excluded.known_from) else excluded.known_from end`;
}
