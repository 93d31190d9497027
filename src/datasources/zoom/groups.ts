import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import { count, id, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

const group = z.object({ id, name: text, total_members: count });

export type GroupPayload = z.infer<typeof group>;

/**
 * Every user group of the account.
 *
 * GET /groups · Medium · group:read:admin or group:read:list_groups:admin
 */
export function listGroups(zoom: ZoomClient): AsyncGenerator<GroupPayload[]> {
  return pages(zoom, { endpoint: ENDPOINTS.listGroups, rows: 'groups', row: group });
}
