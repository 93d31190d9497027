import type { MeetingEntry, ParticipantEntry } from '../../db/tables/rows.ts';
import type { ParticipantPayload } from './meetings.ts';
import type { MeetingReportPayload } from './reports.ts';

/** Zoom's numbers for kinds of webinars. */
const WEBINAR_TYPES: ReadonlySet<number> = new Set([5, 6, 9]);

const instant = (text: string | null) => (text === null ? null : new Date(text));
const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());

/** A reported meeting as a row; null for one that never began, which is nobody's activity. */
export function toMeetingEntry(meeting: MeetingReportPayload, hostUserId: string | null): MeetingEntry | null {
  const startTime = instant(meeting.start_time);
  if (startTime === null) return null;
  return {
    uuid: meeting.uuid,
    zoomMeetingId: meeting.id,
    kind: WEBINAR_TYPES.has(meeting.type) ? 'WEBINAR' : 'MEETING',
    topic: meeting.topic,
    hostUserId,
    startTime,
    endTime: instant(meeting.end_time),
    durationMinutes: meeting.duration,
    participantCount: meeting.participants_count,
    ownParticipantCount: meeting.participants_count_my_account,
    typeCode: meeting.type,
  };
}

const emailOf = (participant: ParticipantPayload) => participant.user_email?.trim().toLowerCase() || null;
const zoomIdsOf = (participant: ParticipantPayload) =>
  [participant.participant_user_id, participant.id].filter((id) => id !== null);

/** All that may tell who was there. */
export function namedIn(participants: readonly ParticipantPayload[]): { zoomIds: string[]; emails: string[] } {
  return {
    zoomIds: participants.flatMap(zoomIdsOf),
    emails: participants.flatMap((participant) => emailOf(participant) ?? []),
  };
}

/** One stay as a row; the person is found by Zoom's id or, where Zoom hides it, by the e-mail address. */
export function toParticipantEntry(
  participant: ParticipantPayload,
  meetingId: string,
  position: number,
  users: { byZoomId: ReadonlyMap<string, string>; byEmail: ReadonlyMap<string, string> },
): ParticipantEntry {
  const email = emailOf(participant);
  const byId = zoomIdsOf(participant)
    .map((id) => users.byZoomId.get(id))
    .find((id) => id !== undefined);
  return {
    meetingId,
    position,
    userId: byId ?? (email === null ? undefined : users.byEmail.get(email)) ?? null,
    name: participant.name || null,
    email,
    joinedAt: iso(participant.join_time),
    leftAt: iso(participant.leave_time),
    durationSeconds: participant.duration,
  };
}
