import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';

export const usageResolvers: Resolvers = {
  SignInConnection: connection(),
  OperationLogConnection: connection(),
};
