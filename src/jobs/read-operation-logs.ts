import { lastStartOf } from '../datasources/store/job-runs.ts';
import { saveOperationLogs } from '../datasources/store/operation-logs.ts';
import { reportCoverage } from '../datasources/store/report-coverage.ts';
import { taskPartsByIntegrationIds } from '../datasources/store/task-parts.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { listOperationLogs } from '../datasources/zoom/usage-reports.ts';
import { toOperationLogEntry } from '../datasources/zoom/usage-to-row.ts';
import type { Parts } from './parts.ts';
import { planActivity } from '../policy/report-windows.ts';
import { whyWithout } from '../policy/task-parts.ts';
import { isThere, readWindows, type WindowReading } from './read-windows.ts';

/** Reads what admins did since it was last read. */
export async function readOperationLogs(reading: WindowReading, parts: Parts): Promise<void> {
  const { job, zoom, account } = reading;
  const { sql } = job.deps.database;
  const place = { integrationId: job.integration.id, accountId: account.id };
  const known = await reportCoverage(sql, account.id);
  const endpoint = ENDPOINTS.listOperationLogs;
  const read = async (window: { from: string; to: string }) => {
    for await (const page of job.morePages(endpoint, listOperationLogs(zoom, window))) {
      await saveOperationLogs(sql, place, page.map(toOperationLogEntry).filter(isThere));
    }
  };
  const report = { part: 'OPERATION_LOGS', endpoint, report: 'OPERATIONS', read } as const;
  await readWindows(reading, parts, report, known.get('OPERATIONS') ?? null);
}

/**
 * Reads operation logs with the roster: they tell whose add-ons changed, so they come before anybody is asked for those.
 * They are activity all the same: read only where that is, and what fails here is tried again, and told, by its run.
 */
export async function readLogsForRoster(reading: WindowReading, parts: Parts): Promise<void> {
  if (!reading.job.integration.enabledTasks.includes('APPLICATION_ACCESS')) return;
  try {
    await readOperationLogs(reading, parts);
  } catch (error) {
    // The roster takes few such calls and shall not wait for tomorrow because of them; activity will.
    if (!(error instanceof ZoomError) || error.kind !== 'DAILY_LIMIT') throw error;
    parts.end('OPERATION_LOGS', 'FAILED', whyWithout('OPERATION_LOGS', 'FAILED', error.message));
  }
}

/** Did the latest roster read those of an account, or learn that Zoom does not give them? */
export async function wereReadByRoster({ job, account }: WindowReading): Promise<boolean> {
  const { sql } = job.deps.database;
  const [rows = []] = await taskPartsByIntegrationIds(sql, [job.integration.id]);
  const begunAt = await lastStartOf(sql, job.integration.id, 'APPLICATION_ROSTER');
  const last = rows.find(({ part }) => part === 'OPERATION_LOGS');
  if (begunAt === null || last === undefined || last.at < begunAt) return false;
  if (last.status !== 'FAILED') return true;
  // Some account's were not read; this one's may have been.
  const known = (await reportCoverage(sql, account.id)).get('OPERATIONS') ?? null;
  return known !== null && known.until >= planActivity(begunAt, job.integration.analyzeActivityFrom, known).until;
}
