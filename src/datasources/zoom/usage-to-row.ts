import type { CloudRecordingEntry } from '../store/cloud-recordings.ts';
import type { DailyUsageEntry } from '../store/daily-usage.ts';
import type { OperationLogEntry } from '../store/operation-logs.ts';
import type { SignInEntry } from '../store/sign-ins.ts';
import type { ActivityPayload } from './reports.ts';
import type { DailyUsagePayload, OperationLogPayload, RecordedMeetingPayload } from './usage-reports.ts';

const iso = (text: string) => new Date(text).toISOString();

/** Zoom writes a dash where it knows no version. */
const known = (text: string | null) => (text === null || text === '' || text === '-' ? null : text);

/**
 * A reported sign-in or sign-out as a row; null for one without address or time, which is nobody's. A word of Zoom's that
 * is new counts as a sign-in: somebody was there.
 */
export function toSignInEntry(activity: ActivityPayload, byEmail: ReadonlyMap<string, string>): SignInEntry | null {
  const email = activity.email?.trim().toLowerCase() ?? '';
  if (email === '' || activity.time === null) return null;
  return {
    email,
    at: iso(activity.time),
    kind: /sign[\s_-]*out/i.test(activity.type ?? '') ? 'SIGN_OUT' : 'SIGN_IN',
    userId: byEmail.get(email) ?? null,
    clientType: known(activity.client_type),
    clientVersion: known(activity.version),
  };
}

/** A reported operation as a row; null for one that happened at no time. */
export function toOperationLogEntry(log: OperationLogPayload): OperationLogEntry | null {
  if (log.time === null) return null;
  return {
    at: iso(log.time),
    operator: known(log.operator),
    category: known(log.category_type),
    action: known(log.action),
    detail: known(log.operation_detail),
  };
}

/** The days of a month as rows, up to `today`. A day that lacks a figure is not known. */
export function toDailyUsageEntries({ dates }: DailyUsagePayload, today: string): DailyUsageEntry[] {
  return dates.flatMap(({ date, new_users: newUsers, meetings, participants, meeting_minutes: meetingMinutes }) => {
    const day = date.slice(0, 10);
    if (day > today || newUsers === null || meetings === null || participants === null || meetingMinutes === null) {
      return [];
    }
    return [{ day, newUsers, meetings, participants, meetingMinutes }];
  });
}

/** A recorded meeting as a row; null for one of which Zoom tells no time. */
export function toCloudRecordingEntry(
  meeting: RecordedMeetingPayload,
  byZoomId: ReadonlyMap<string, string>,
): CloudRecordingEntry | null {
  const startTime = meeting.start_time ?? meeting.recording_files[0]?.recording_start ?? null;
  if (startTime === null) return null;
  return {
    uuid: meeting.uuid,
    hostUserId: meeting.host_id === null ? null : (byZoomId.get(meeting.host_id) ?? null),
    startTime: iso(startTime),
    recordingCount: meeting.recording_count ?? (meeting.recording_files.length || null),
  };
}
