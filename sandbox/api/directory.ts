import { created, ok, scopes } from './endpoint.ts';
import { ZoomError } from './errors.ts';
import { pageFields } from './pages.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';
import type { SandboxUser } from '../world/model.ts';

const GROUPS = ['group:read', 'group:write'];
const ROLES = ['role:read', 'role:write'];

/** Groups and roles, and who is in them. */
export const directory: Endpoint[] = [
  {
    method: 'GET',
    path: '/groups',
    label: 'MEDIUM',
    scopes: scopes(GROUPS, 'group:read:list_groups'),
    prefixable: true,
    handle(call) {
      const page = call.pages.take(call, '/groups', 300, () => call.account.groups);
      return ok({
        total_records: page.total,
        next_page_token: page.nextPageToken,
        page_size: page.pageSize,
        groups: page.items.map((group) => ({
          id: group.id,
          name: group.name,
          total_members: members(call, group.id).length,
        })),
      });
    },
  },
  {
    method: 'GET',
    path: '/groups/{groupId}/members',
    label: 'MEDIUM',
    scopes: scopes(GROUPS, 'group:read:list_members'),
    prefixable: true,
    handle(call) {
      const { groupId } = call.params as { groupId: string };
      if (!call.account.groups.some((group) => group.id === groupId)) {
        throw new ZoomError(404, 4130, `A group with this ${groupId} does not exist.`);
      }
      const page = call.pages.take(call, `/groups/${groupId}/members`, 2000, () => members(call, groupId));
      return ok({ ...pageFields(page), members: page.items.map(member) });
    },
  },
  {
    method: 'POST',
    path: '/groups/{groupId}/members',
    label: 'MEDIUM',
    scopes: scopes(['group:write'], 'group:write:member'),
    prefixable: true,
    handle(call) {
      const { groupId } = call.params as { groupId: string };
      if (!call.account.groups.some((group) => group.id === groupId)) {
        throw new ZoomError(404, 4130, `A group with this ${groupId} does not exist.`);
      }
      const wanted = Array.isArray(call.body.members) ? (call.body.members as { id?: string; email?: string }[]) : [];
      const { users, usersByEmail } = call.account;
      const added = wanted.flatMap(
        ({ id, email }) => users.get(id ?? '') ?? usersByEmail.get((email ?? '').toLowerCase()) ?? [],
      );
      for (const user of added) if (!user.groupIds.includes(groupId)) user.groupIds.push(groupId);
      return created({ ids: added.map(({ id }) => id).join(','), added_at: new Date(call.now).toISOString() });
    },
  },
  {
    method: 'GET',
    path: '/roles',
    label: 'MEDIUM',
    scopes: scopes(ROLES, 'role:read:list_roles'),
    prefixable: true,
    handle(call) {
      const { roles } = call.account;
      return ok({
        total_records: roles.length,
        roles: roles.map((role) => ({
          id: role.id,
          name: role.name,
          description: role.description,
          total_members: holders(call, role.id).length,
        })),
      });
    },
  },
  {
    method: 'GET',
    path: '/roles/{roleId}/members',
    label: 'MEDIUM',
    scopes: scopes(ROLES, 'role:read:list_members'),
    prefixable: true,
    handle(call) {
      const { roleId } = call.params as { roleId: string };
      if (!call.account.roles.some((role) => role.id === roleId))
        throw new ZoomError(400, 1034, 'Provided `role_id` does not exist.');
      const page = call.pages.take(call, `/roles/${roleId}/members`, 300, () => holders(call, roleId));
      return ok({
        ...pageFields(page),
        members: page.items.map((user) => ({ ...member(user), department: user.department })),
      });
    },
  },
];

const here = (call: ApiCall) => [...call.account.users.values()].filter((user) => user.status !== 'pending');
const members = (call: ApiCall, groupId: string) => here(call).filter((user) => user.groupIds.includes(groupId));
const holders = (call: ApiCall, roleId: string) => here(call).filter((user) => user.roleId === roleId);

function member(user: SandboxUser) {
  return { id: user.id, email: user.email, first_name: user.firstName, last_name: user.lastName, type: user.type };
}
