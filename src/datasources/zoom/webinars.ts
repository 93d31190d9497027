import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import { code, count, id, instant, optionalId, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

/** The host has no webinar license, or the account no webinars. */
const NO_WEBINAR_PLAN = 200;

const webinar = z.object({
  id,
  uuid: optionalId,
  host_id: optionalId,
  topic: text,
  /** 5 webinar, 6 recurring without fixed time, 9 recurring. */
  type: code,
  created_at: instant,
  start_time: instant,
  /** Minutes. */
  duration: count,
  timezone: text,
});

export type WebinarPayload = z.infer<typeof webinar>;

/** Types that are webinars wherever Zoom lists meetings and webinars together. */
export const WEBINAR_TYPES: ReadonlySet<number> = new Set([5, 6, 9]);

/**
 * Webinars that a user has scheduled or is going to hold. Nothing for a user without a webinar license.
 *
 * GET /users/{userId}/webinars · Medium · webinar:read:admin or webinar:read:list_webinars:admin
 */
export function listWebinars(
  zoom: ZoomClient,
  userId: string,
  type: 'scheduled' | 'upcoming',
): AsyncGenerator<WebinarPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listWebinars,
    params: { userId },
    query: { type },
    rows: 'webinars',
    row: webinar,
    nothingWhen: NO_WEBINAR_PLAN,
  });
}
