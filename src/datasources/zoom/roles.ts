import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import { address, count, id, optionalId, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

/** Ids that every account has: 0 is its owner, 1 its administrators. */
export const OWNER_ROLE_ID = '0';
export const ADMIN_ROLE_ID = '1';

const role = z.object({ id, name: text, type: text, total_members: count });
const roleMember = z.object({ id: optionalId, email: address });

export type RolePayload = z.infer<typeof role>;
export type RoleMemberPayload = z.infer<typeof roleMember>;

/**
 * Every role of the account.
 *
 * GET /roles · Medium · role:read:admin or role:read:list_roles:admin
 */
export function listRoles(zoom: ZoomClient): AsyncGenerator<RolePayload[]> {
  return pages(zoom, { endpoint: ENDPOINTS.listRoles, rows: 'roles', row: role });
}

/**
 * Who has a role.
 *
 * GET /roles/{roleId}/members · Medium · role:read:admin or role:read:list_members:admin
 */
export function listRoleMembers(zoom: ZoomClient, roleId: string): AsyncGenerator<RoleMemberPayload[]> {
  return pages(zoom, { endpoint: ENDPOINTS.listRoleMembers, params: { roleId }, rows: 'members', row: roleMember });
}
