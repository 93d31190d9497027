import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import { count, id, optionalId, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

const group = z.object({ id, name: text, total_members: count });

export type GroupPayload = z.infer<typeof group>;

/**
 * Every user group of the account.
 *
 * GET /groups · Medium · group:read:admin or group:read:list_groups:admin
 */
export function listGroups(zoom: ZoomClient): AsyncGenerator<GroupPayload[]> {
  return pages(zoom, { endpoint: ENDPOINTS.listGroups, rows: 'groups', row: group, keyOf: (one) => one.id });
}

const groupMember = z.object({ id: optionalId, email: text });

export type GroupMemberPayload = z.infer<typeof groupMember>;

/**
 * Who is in a group. Zoom counts the invited among them, who have no id yet.
 *
 * GET /groups/{groupId}/members · Medium · group:read:admin or group:read:list_members:admin
 */
export function listGroupMembers(zoom: ZoomClient, groupId: string): AsyncGenerator<GroupMemberPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listGroupMembers,
    params: { groupId },
    rows: 'members',
    row: groupMember,
  });
}
