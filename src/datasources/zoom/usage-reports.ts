import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import { count, day, id, instant, list, name, optionalId, strangersAddress, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';
import type { ReportWindow } from './reports.ts';

const operationLog = z.object({
  time: instant,
  /** E-mail address of whoever did it. */
  operator: strangersAddress,
  /** `user`, `account`, `role`, … in small letters or with a capital one. */
  category_type: text,
  action: text,
  operation_detail: text,
});

export type OperationLogPayload = z.infer<typeof operationLog>;

const dailyUsage = z.object({
  dates: z.array(
    z.object({
      /** A day in UTC, `YYYY-MM-DD`. */
      date: day,
      new_users: count,
      meetings: count,
      participants: count,
      meeting_minutes: count,
    }),
  ),
});

export type DailyUsagePayload = z.infer<typeof dailyUsage>;

const recordedMeeting = z.object({
  uuid: name,
  id: id.nullable().default(null),
  host_id: optionalId,
  start_time: instant,
  /** Files of the recording. */
  recording_count: count,
  recording_files: list(z.object({ recording_start: instant })),
});

export type RecordedMeetingPayload = z.infer<typeof recordedMeeting>;

/**
 * What admins did in the window: up to six months back.
 *
 * GET /report/operationlogs · Heavy · report:read:admin or report:read:operation_logs:admin
 */
export function listOperationLogs(zoom: ZoomClient, { from, to }: ReportWindow): AsyncGenerator<OperationLogPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listOperationLogs,
    query: { from, to },
    rows: 'operation_logs',
    row: operationLog,
  });
}

/**
 * Zoom's own count of every day of a month (1 to 12), of the last six months only. Days that are still to come may be in
 * it.
 *
 * GET /report/daily · Heavy · report:read:admin or report:read:daily_usage:admin
 */
export function getDailyUsage(zoom: ZoomClient, year: number, month: number): Promise<DailyUsagePayload> {
  return zoom.call({
    endpoint: ENDPOINTS.getDailyUsage,
    query: { year: String(year), month: String(month) },
    schema: dailyUsage,
  });
}

/**
 * Meetings and webinars of the window that were recorded in the cloud, of the whole account.
 *
 * GET /accounts/{accountId}/recordings · Medium · account:read:admin, recording:read:admin or
 * cloud_recording:read:list_account_recordings:admin
 */
export function listAccountRecordings(
  zoom: ZoomClient,
  { from, to }: ReportWindow,
  accountId = 'me',
): AsyncGenerator<RecordedMeetingPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listAccountRecordings,
    params: { accountId },
    query: { from, to },
    rows: 'meetings',
    row: recordedMeeting,
  });
}
