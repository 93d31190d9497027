import { z } from 'zod';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import { ZoomError } from './errors.ts';
import { code, list, optionalId } from './payloads.ts';
import type { ZoomClient } from './client.ts';

const polls = z.object({
  /** One entry a person who answered; a poll that nobody answered leaves no trace. */
  questions: list(z.object({ question_details: list(z.object({ polling_id: optionalId })) })),
});

export type PollsPayload = z.infer<typeof polls>;

const registrants = z.object({
  total_records: code,
});

/** Zoom's answer for meetings without registration. What it says of those that it forgot tells nothing. */
const NO_REGISTRATION = 300;

/** How many different polls were answered. Answers of which Zoom doesn't say the poll are of one poll. */
export function pollsIn(payload: PollsPayload): number {
  return new Set(payload.questions.flatMap((one) => one.question_details.map((detail) => detail.polling_id))).size;
}

/**
 * The polls of a meeting that took place, by who answered them. Instant meetings have none.
 *
 * GET /past_meetings/{meetingId}/polls · Medium · meeting:read:admin or meeting:read:list_past_polls:admin
 */
export function listPastMeetingPolls(zoom: ZoomClient, uuid: string): Promise<PollsPayload> {
  return zoom.call({ endpoint: ENDPOINTS.listPastMeetingPolls, params: { meetingId: uuid }, schema: polls });
}

/**
 * The polls of a webinar that took place, by who answered them.
 *
 * GET /past_webinars/{webinarId}/polls · Medium · webinar:read:admin or webinar:read:list_past_polls:admin
 */
export function listPastWebinarPolls(zoom: ZoomClient, uuid: string): Promise<PollsPayload> {
  return zoom.call({ endpoint: ENDPOINTS.listPastWebinarPolls, params: { webinarId: uuid }, schema: polls });
}

/**
 * How many people registered for a meeting (by its number, so for all of a series); 0 where registration is off.
 *
 * GET /meetings/{meetingId}/registrants · Medium · meeting:read:admin or meeting:read:list_registrants:admin
 */
export function countMeetingRegistrants(zoom: ZoomClient, meetingId: string): Promise<number> {
  return countRegistrants(zoom, ENDPOINTS.countMeetingRegistrants, { meetingId });
}

/**
 * How many people registered for a webinar (by its number, so for all of a series); 0 where registration is off.
 *
 * GET /webinars/{webinarId}/registrants · Medium · webinar:read:admin or webinar:read:list_registrants:admin
 */
export function countWebinarRegistrants(zoom: ZoomClient, webinarId: string): Promise<number> {
  return countRegistrants(zoom, ENDPOINTS.countWebinarRegistrants, { webinarId });
}

async function countRegistrants(zoom: ZoomClient, endpoint: Endpoint, params: Record<string, string>): Promise<number> {
  try {
    // Who they are is nobody's business here: the smallest page, for its count.
    return (await zoom.call({ endpoint, params, query: { page_size: '1' }, schema: registrants })).total_records;
  } catch (error) {
    if (!(error instanceof ZoomError) || error.zoomCode !== NO_REGISTRATION) throw error;
    return 0;
  }
}
