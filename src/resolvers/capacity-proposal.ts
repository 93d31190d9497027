import { proposeCapacities } from '../actions/propose-capacities.ts';
import { pageOfList } from '../datasources/store/page.ts';
import { RESERVE_PERCENT } from '../policy/right-size.ts';
import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { missing } from './missing.ts';
import { knownIntegration } from './question.ts';

export const capacityProposalResolvers: Resolvers = {
  Query: {
    capacityProposals: async (_, { integrationId, ...args }, context) => {
      await knownIntegration(integrationId, context);
      const proposals = await proposeCapacities(context.deps, integrationId);
      return pageOfList('capacities', proposals, ({ userId, addOn }) => `${userId} ${addOn}`, args);
    },
  },
  CapacityProposal: {
    user: async ({ userId }, _, { load }) => (await load.userById.load(userId)) ?? missing('user', userId),
    addOn: ({ addOn }) => (addOn === 'webinar' ? 'WEBINAR' : 'LARGE_MEETING'),
    capacity: ({ now }) => now,
    proposedCapacity: ({ capacity }) => capacity,
    reservePercent: () => RESERVE_PERCENT,
    estimatedAnnualSavings: ({ savings }) => savings,
  },
  CapacityProposalConnection: connection(),
};
