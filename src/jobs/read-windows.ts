import { onZoomClock } from '../datasources/zoom/clock.ts';
import { saveReportCoverage, type CoveredReport } from '../datasources/store/report-coverage.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import type { Endpoint } from '../datasources/zoom/endpoints.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { planActivity, type ReportDays } from '../policy/report-windows.ts';
import type { TaskPartName } from '../schema.generated.ts';
import type { Job } from './job.ts';
import type { Parts } from './parts.ts';
import { firstAlone } from './side-by-side.ts';

/** Windows of a report that are read at once. */
export const WIDTH = 4;

export interface WindowReading {
  job: Job;
  zoom: ZoomClient;
  account: AccountRow;
  /** The moment that counts as now in the whole run. */
  now: Date;
}

/** A report that is asked for by windows of days. */
export interface WindowReport {
  part: TaskPartName;
  endpoint: Endpoint;
  report: CoveredReport;
  read: (window: ReportDays) => Promise<void>;
}

/** Reads what is not known yet of a report. @returns the first day that was asked for; null: none was. */
export async function readWindows(
  { job, account, now }: WindowReading,
  parts: Parts,
  { part, endpoint, report, read }: WindowReport,
  known: { from: Date; until: Date } | null,
): Promise<Date | null> {
  if (!parts.mayRead(part)) return null;
  const { from, until, windows } = planActivity(
    now,
    job.integration.analyzeActivityFrom,
    { from: known?.from ?? null, until: known?.until ?? null },
    [],
    onZoomClock(job.deps, now),
  );
  job.expect(windows.length);
  await parts.read(part, async () => {
    await firstAlone(windows, WIDTH, async (window) => {
      const key = `${report}:${account.id}:${window.from}:${window.to}`;
      if (job.checkpoint[key] !== true) {
        job.foresee(endpoint, 1, 'Windows of days that are not known yet.');
        await read(window);
      }
      job.checkpoint[key] = true;
      await job.advance(1);
    });
    const place = { integrationId: job.integration.id, accountId: account.id };
    await saveReportCoverage(job.deps.database.sql, place, report, { from, until }, known);
  });
  return windows[0] === undefined ? null : new Date(windows[0].from);
}

export function isThere<T>(entry: T | null): entry is T {
  return entry !== null;
}
