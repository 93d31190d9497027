import { learnKeys, type UserKeys } from '../datasources/store/activity.ts';
import { saveCloudRecordings } from '../datasources/store/cloud-recordings.ts';
import { saveDailyUsage } from '../datasources/store/daily-usage.ts';
import { reportCoverage, saveReportCoverage } from '../datasources/store/report-coverage.ts';
import { saveSignIns } from '../datasources/store/sign-ins.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { listActivities } from '../datasources/zoom/reports.ts';
import { getDailyUsage, listAccountRecordings } from '../datasources/zoom/usage-reports.ts';
import { toCloudRecordingEntry, toDailyUsageEntries, toSignInEntry } from '../datasources/zoom/usage-to-row.ts';
import { monthsToRead } from '../policy/usage-days.ts';
import type { Parts } from './parts.ts';
import { readOperationLogs, wereReadByRoster } from './read-operation-logs.ts';
import { isThere, readWindows, WIDTH, type WindowReading, type WindowReport } from './read-windows.ts';
import { firstAlone } from './side-by-side.ts';
import { together } from './together.ts';

export interface UsageReading extends WindowReading {
  keys: UserKeys;
  /** Start of the activity that is looked at. */
  from: Date;
}

/**
 * Reads what Zoom reports of the account as a whole, all reports side by side: sign-ins, cloud recordings and daily
 * figures, and operation logs where the roster did not. The first time as far back as activity is looked at, later only what is new, with two days of
 * overlap for late additions.
 *
 * @returns the first day (UTC) of what was asked for: days before it say what they said.
 */
export async function readUsageReports(reading: UsageReading, parts: Parts): Promise<Date> {
  const { job, zoom, account, keys } = reading;
  const { sql } = job.deps.database;
  const place = { integrationId: job.integration.id, accountId: account.id };
  const known = await reportCoverage(sql, account.id);
  const reports: WindowReport[] = [
    {
      part: 'SIGN_INS',
      endpoint: ENDPOINTS.listActivities,
      report: 'SIGN_INS',
      read: async (window) => {
        for await (const page of job.morePages(ENDPOINTS.listActivities, listActivities(zoom, window))) {
          const emails = page.flatMap(({ email }) => email?.trim().toLowerCase() ?? []);
          await learnKeys(sql, account.id, keys, { emails });
          const entries = page.map((one) => toSignInEntry(one, keys.byEmail));
          await saveSignIns(sql, place, entries.filter(isThere));
        }
      },
    },
    {
      part: 'CLOUD_RECORDINGS',
      endpoint: ENDPOINTS.listAccountRecordings,
      report: 'RECORDINGS',
      read: async (window) => {
        const listing = listAccountRecordings(zoom, window);
        for await (const page of job.morePages(ENDPOINTS.listAccountRecordings, listing)) {
          await learnKeys(sql, account.id, keys, { zoomIds: page.flatMap((one) => one.host_id ?? []) });
          const entries = page.map((one) => toCloudRecordingEntry(one, keys.byZoomId));
          await saveCloudRecordings(sql, place, entries.filter(isThere));
        }
      },
    },
  ];
  const begins: Date[] = [reading.now];
  const reads = [
    ...reports.map((one) => async () => {
      const begin = await readWindows(reading, parts, one, known.get(one.report) ?? null);
      if (begin !== null) begins.push(begin);
    }),
    () => readDailyUsage(reading, parts, known.get('DAILY_USAGE') ?? null),
    // Otherwise they were read with the roster, before it was decided whose add-ons to ask for.
    async () => {
      if (!(await wereReadByRoster(reading))) await readOperationLogs(reading, parts);
    },
  ];
  await together(job, reads);
  return begins.reduce((first, begin) => (begin < first ? begin : first));
}

/** Month by month; a month that is over for some days is never asked for again. */
async function readDailyUsage(
  { job, zoom, account, now, from }: UsageReading,
  parts: Parts,
  known: { from: Date; until: Date } | null,
): Promise<void> {
  const { sql } = job.deps.database;
  const place = { integrationId: job.integration.id, accountId: account.id };
  await parts.read('DAILY_USAGE', async () => {
    const months = monthsToRead(now, from, known);
    const today = now.toISOString().slice(0, 10);
    job.expect(months.length);
    await firstAlone(months, WIDTH, async ({ year, month }) => {
      job.foresee(ENDPOINTS.getDailyUsage, 1, 'A call a month.');
      await saveDailyUsage(sql, place, toDailyUsageEntries(await getDailyUsage(zoom, year, month), today));
      await job.advance(1);
    });
    const first = months[0];
    if (first === undefined) return;
    const begin = new Date(Date.UTC(first.year, first.month - 1, 1));
    const since = known !== null && known.from < begin && known.until >= begin ? known.from : begin;
    await saveReportCoverage(sql, place, 'DAILY_USAGE', { from: since, until: now }, known);
  });
}
