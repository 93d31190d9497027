import type { Resolvers } from '../schema.generated.ts';
import { scalars } from './scalars.ts';

export const baseResolvers: Resolvers = { ...scalars };
