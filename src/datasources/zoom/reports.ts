import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { participant, type ParticipantPayload } from './meetings.ts';
import { pages } from './pages.ts';
import { address, code, count, id, instant, name, optionalId, strangersAddress, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

/**
 * Days in UTC, `YYYY-MM-DD`, both included. Zoom answers for a month at most, cuts what is longer without a word, and
 * remembers six months: keep it to 30 days.
 */
export interface ReportWindow {
  from: string;
  to: string;
}

const hostReport = z.object({
  id: optionalId,
  email: address,
  user_name: text,
  dept: text,
  type: code.nullable().default(null),
  meetings: count,
  participants: count,
  meeting_minutes: count,
});

export type HostReportPayload = z.infer<typeof hostReport>;

const meetingReport = z.object({
  uuid: name,
  id,
  topic: text,
  /** 5, 6 and 9 are webinars, see `WEBINAR_TYPES`. */
  type: code,
  start_time: instant,
  end_time: instant,
  /** Minutes. */
  duration: count,
  total_minutes: count,
  participants_count: count,
  /** Those of this account; null where Zoom doesn't count them apart. */
  participants_count_my_account: count,
  /** The host's name and address, also where `pastJoined` lists somebody else's meeting. */
  user_name: text,
  user_email: strangersAddress,
  /** When the user came and went; only in lists of joined meetings. */
  join_time: instant,
  leave_time: instant,
});

export type MeetingReportPayload = z.infer<typeof meetingReport>;

const upcomingEvent = z.object({
  id,
  host_id: optionalId,
  host_name: text,
  dept: text,
  topic: text,
  start_time: instant,
});

export type UpcomingEventPayload = z.infer<typeof upcomingEvent>;

const activity = z.object({
  /** The only key to the user that there is here. */
  email: address,
  time: instant,
  /** `Sign in` or `Sign out`. */
  type: text,
  client_type: text,
  version: text,
});

export type ActivityPayload = z.infer<typeof activity>;

/**
 * Who was in a past meeting, as the account's reports know it: up to a year back, and only for meetings of two or more.
 *
 * GET /report/meetings/{meetingId}/participants · Heavy · report:read:admin or
 * report:read:list_meeting_participants:admin
 */
export function listMeetingReportParticipants(zoom: ZoomClient, uuid: string): AsyncGenerator<ParticipantPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listMeetingReportParticipants,
    params: { meetingId: uuid },
    rows: 'participants',
    row: participant,
  });
}

/**
 * Who was in a past webinar.
 *
 * GET /report/webinars/{webinarId}/participants · Heavy · report:read:admin or
 * report:read:list_webinar_participants:admin
 */
export function listWebinarReportParticipants(zoom: ZoomClient, uuid: string): AsyncGenerator<ParticipantPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listWebinarReportParticipants,
    params: { webinarId: uuid },
    rows: 'participants',
    row: participant,
  });
}

/**
 * Who held at least one meeting in the window, with how many.
 *
 * GET /report/users?type=active · Heavy · report:read:admin or report:read:list_users:admin
 */
export function listActiveHosts(zoom: ZoomClient, { from, to }: ReportWindow): AsyncGenerator<HostReportPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listActiveHosts,
    query: { type: 'active', from, to },
    rows: 'users',
    row: hostReport,
  });
}

/**
 * Meetings and webinars that a user held in the window. Those with a single participant are missing: Zoom doesn't
 * report them here.
 *
 * GET /report/users/{userId}/meetings?type=past · Heavy · report:read:admin or report:read:user:admin
 */
export function listHostedMeetings(
  zoom: ZoomClient,
  userId: string,
  { from, to }: ReportWindow,
  type: 'past' | 'pastOne' = 'past',
): AsyncGenerator<MeetingReportPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listHostedMeetings,
    params: { userId },
    query: { type, from, to },
    rows: 'meetings',
    row: meetingReport,
  });
}

/**
 * Meetings and webinars that a user was in during the window, whoever held them.
 *
 * GET /report/users/{userId}/meetings?type=pastJoined · Heavy · report:read:admin or report:read:user:admin
 */
export function listJoinedMeetings(
  zoom: ZoomClient,
  userId: string,
  { from, to }: ReportWindow,
): AsyncGenerator<MeetingReportPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listJoinedMeetings,
    params: { userId },
    query: { type: 'pastJoined', from, to },
    rows: 'meetings',
    row: meetingReport,
  });
}

/**
 * Meetings and webinars of the whole account that are going to take place in the window.
 *
 * GET /report/upcoming_events · Heavy · report:read:admin or report:read:upcoming_meetings_webinars:admin
 */
export function listUpcomingEvents(
  zoom: ZoomClient,
  { from, to }: ReportWindow,
): AsyncGenerator<UpcomingEventPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listUpcomingEvents,
    query: { from, to },
    rows: 'upcoming_events',
    row: upcomingEvent,
  });
}

/**
 * Every sign-in and sign-out of the account in the window, by e-mail address.
 *
 * GET /report/activities · Heavy · report:read:admin or report:read:user_activities:admin
 */
export function listActivities(zoom: ZoomClient, { from, to }: ReportWindow): AsyncGenerator<ActivityPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listActivities,
    query: { from, to },
    rows: 'activity_logs',
    row: activity,
  });
}
