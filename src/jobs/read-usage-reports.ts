import { saveCloudRecordings } from '../datasources/store/cloud-recordings.ts';
import { saveDailyUsage } from '../datasources/store/daily-usage.ts';
import { saveOperationLogs } from '../datasources/store/operation-logs.ts';
import { reportCoverage, saveReportCoverage, type CoveredReport } from '../datasources/store/report-coverage.ts';
import { saveSignIns } from '../datasources/store/sign-ins.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { listActivities } from '../datasources/zoom/reports.ts';
import { getDailyUsage, listAccountRecordings, listOperationLogs } from '../datasources/zoom/usage-reports.ts';
import {
  toCloudRecordingEntry,
  toDailyUsageEntries,
  toOperationLogEntry,
  toSignInEntry,
} from '../datasources/zoom/usage-to-row.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { planActivity, type ReportDays } from '../policy/report-windows.ts';
import { monthsToRead } from '../policy/usage-days.ts';
import type { TaskPartName } from '../schema.generated.ts';
import type { Job } from './job.ts';
import type { Parts } from './parts.ts';
import { sideBySide } from './side-by-side.ts';

/** Windows of a report that are read at once. */
const WIDTH = 4;

export interface UsageReading {
  job: Job;
  zoom: ZoomClient;
  account: AccountRow;
  keys: { byZoomId: ReadonlyMap<string, string>; byEmail: ReadonlyMap<string, string> };
  /** The moment that counts as now in the whole run. */
  now: Date;
  /** Start of the activity that is looked at. */
  from: Date;
}

/** A report that is asked for by windows of days. */
interface WindowReport {
  part: TaskPartName;
  report: CoveredReport;
  read: (window: ReportDays) => Promise<void>;
}

/**
 * Reads what Zoom reports of the account as a whole, all reports side by side: sign-ins, operation logs, cloud recordings
 * and daily figures. The first time as far back as activity is looked at, later only what is new, with two days of
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
      report: 'SIGN_INS',
      read: async (window) => {
        for await (const page of listActivities(zoom, window)) {
          const entries = page.map((one) => toSignInEntry(one, keys.byEmail));
          await saveSignIns(sql, place, entries.filter(isThere));
        }
      },
    },
    {
      part: 'OPERATION_LOGS',
      report: 'OPERATIONS',
      read: async (window) => {
        for await (const page of listOperationLogs(zoom, window)) {
          await saveOperationLogs(sql, place, page.map(toOperationLogEntry).filter(isThere));
        }
      },
    },
    {
      part: 'CLOUD_RECORDINGS',
      report: 'RECORDINGS',
      read: async (window) => {
        for await (const page of listAccountRecordings(zoom, window)) {
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
  ];
  await sideBySide(reads, reads.length, (read) => read());
  return begins.reduce((first, begin) => (begin < first ? begin : first));
}

/** @returns the first day that was asked for; null: none was. */
async function readWindows(
  { job, account, now }: UsageReading,
  parts: Parts,
  { part, report, read }: WindowReport,
  known: { from: Date; until: Date } | null,
): Promise<Date | null> {
  if (!parts.mayRead(part)) return null;
  const { from, until, windows } = planActivity(now, job.integration.analyzeActivityFrom, {
    from: known?.from ?? null,
    until: known?.until ?? null,
  });
  job.expect(windows.length);
  await parts.read(part, async () => {
    await sideBySide(windows, WIDTH, async (window) => {
      const key = `${report}:${account.id}:${window.from}:${window.to}`;
      if (job.checkpoint[key] !== true) await read(window);
      job.checkpoint[key] = true;
      await job.advance(1);
    });
    const place = { integrationId: job.integration.id, accountId: account.id };
    await saveReportCoverage(job.deps.database.sql, place, report, { from, until });
  });
  return windows[0] === undefined ? null : new Date(windows[0].from);
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
    await sideBySide(months, WIDTH, async ({ year, month }) => {
      await saveDailyUsage(sql, place, toDailyUsageEntries(await getDailyUsage(zoom, year, month), today));
      await job.advance(1);
    });
    const first = months[0];
    if (first === undefined) return;
    const begin = new Date(Date.UTC(first.year, first.month - 1, 1));
    const since = known !== null && known.from < begin && known.until >= begin ? known.from : begin;
    await saveReportCoverage(sql, place, 'DAILY_USAGE', { from: since, until: now });
  });
}

function isThere<T>(entry: T | null): entry is T {
  return entry !== null;
}
