import { choice, ok, scopes, userOf } from './endpoint.ts';
import { pageFields } from './pages.ts';
import { listedUser, shownSettings, shownUser } from './user-shape.ts';
import { summaryOf } from '../world/seats.ts';
import type { Endpoint } from './endpoint.ts';

const READ = ['user:read', 'user:write'];

export const userReads: Endpoint[] = [
  {
    method: 'GET',
    path: '/users',
    label: 'MEDIUM',
    scopes: scopes(READ, 'user:read:list_users'),
    prefixable: true,
    handle(call) {
      const status = choice(call, 'status', ['active', 'inactive', 'pending'], 'active');
      const role = call.query.get('role_id');
      const license = call.query.get('license');
      const page = call.pages.take(call, '/users', 2000, () =>
        [...call.account.users.values()].filter(
          (user) =>
            user.status === status &&
            (!role || user.roleId === role) &&
            (!license || user.otherFeatures.includes(license)),
        ),
      );
      const include = call.query.get('include_fields');
      return ok({ ...pageFields(page), users: page.items.map((user) => listedUser(user, include)) });
    },
  },
  {
    method: 'GET',
    path: '/users/summary',
    label: 'MEDIUM',
    scopes: scopes(READ, 'user:read:summary'),
    prefixable: true,
    handle(call) {
      return ok(summaryOf([...call.account.users.values()]));
    },
  },
  {
    method: 'GET',
    path: '/users/{userId}',
    label: 'LIGHT',
    scopes: scopes(READ, 'user:read:user'),
    prefixable: true,
    handle(call) {
      return ok(shownUser(call, userOf(call)));
    },
  },
  {
    method: 'GET',
    path: '/users/{userId}/settings',
    label: 'MEDIUM',
    scopes: scopes(READ, 'user:read:settings'),
    prefixable: true,
    handle(call) {
      return ok(shownSettings(userOf(call), call.query.get('custom_query_fields')));
    },
  },
];
