import type { Context } from '../context.ts';
import type { PageArgs, UserPage } from '../datasources/store/page.ts';
import { usersOf, type UserQuery, type UserScope } from '../datasources/store/users.ts';

/** A page of one parent's users. */
export function usersPage(
  scope: UserScope,
  key: string,
  args: UserQuery & PageArgs,
  context: Context,
): Promise<UserPage> {
  const { filter, orderBy } = args;
  const list = `users ${scope} ${JSON.stringify([filter, orderBy])}`;
  return context.load.page(list, () => usersOf(scope, { filter, orderBy }, context.now), key, args);
}
