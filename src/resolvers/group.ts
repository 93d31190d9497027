import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { usersPage } from './users-page.ts';

export const groupResolvers: Resolvers = {
  Group: {
    __resolveReference: ({ id }, { load }) => load.groupById.load(id),
    users: ({ id }, args, context) => usersPage('group', id, args, context),
  },
  GroupConnection: connection(),
};
