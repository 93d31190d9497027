import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import { code, count, id, instant, optionalId, strangersAddress, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

/** The host may not hold or schedule meetings. */
const HOSTING_NOT_ALLOWED = 3161;

const scheduledMeeting = z.object({
  id,
  uuid: optionalId,
  host_id: optionalId,
  topic: text,
  /** 1 instant, 2 scheduled, 3 recurring without fixed time, 8 recurring. */
  type: code,
  created_at: instant,
  /** Null for recurring meetings without a fixed time. */
  start_time: instant,
  /** Minutes. */
  duration: count,
  timezone: text,
});

export type ScheduledMeetingPayload = z.infer<typeof scheduledMeeting>;

/** One stay of one participant; who leaves and comes back is there twice. */
export const participant = z.object({
  /** Null for people who were not signed in, or are of another account. */
  id: optionalId,
  participant_user_id: optionalId,
  /** Of this meeting only. */
  user_id: optionalId,
  name: text,
  user_email: strangersAddress,
  join_time: instant,
  leave_time: instant,
  /** Seconds. */
  duration: count,
  status: text,
});

export type ParticipantPayload = z.infer<typeof participant>;

/**
 * Meetings that a user has scheduled (not expired ones, and no instant ones), is holding now, or is going to hold.
 * Nothing for a user who may not hold meetings.
 *
 * GET /users/{userId}/meetings · Medium · meeting:read:admin or meeting:read:list_meetings:admin
 */
export function listScheduledMeetings(
  zoom: ZoomClient,
  userId: string,
  type: 'scheduled' | 'live' | 'upcoming',
): AsyncGenerator<ScheduledMeetingPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listScheduledMeetings,
    params: { userId },
    query: { type },
    rows: 'meetings',
    row: scheduledMeeting,
    nothingWhen: HOSTING_NOT_ALLOWED,
  });
}

/**
 * Who was in a meeting that has ended. Zoom has no participants for meetings of one.
 *
 * GET /past_meetings/{meetingId}/participants · Medium · meeting:read:admin or meeting:read:list_past_participants:admin
 */
export function listPastMeetingParticipants(zoom: ZoomClient, uuid: string): AsyncGenerator<ParticipantPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listPastMeetingParticipants,
    params: { meetingId: uuid },
    rows: 'participants',
    row: participant,
  });
}
