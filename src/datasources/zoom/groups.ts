import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import { address, count, id, optionalId, text } from './payloads.ts';
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

const groupMember = z.object({ id: optionalId, email: address });

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

/**
 * Puts a user into a group. Never sent twice by itself.
 *
 * POST /groups/{groupId}/members · Medium · group:write:admin or group:write:member:admin
 */
export async function addGroupMember(zoom: ZoomClient, groupId: string, zoomUserId: string): Promise<void> {
  await zoom.call({
    endpoint: ENDPOINTS.addGroupMember,
    params: { groupId },
    body: { members: [{ id: zoomUserId }] },
    schema: null,
  });
}
