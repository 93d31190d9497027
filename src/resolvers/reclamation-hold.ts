import { holdReclamations, releaseReclamations } from '../actions/hold-reclamations.ts';
import { openHolds } from '../datasources/store/holds.ts';
import type { Resolvers } from '../schema.generated.ts';
import { payloadOf } from './payload.ts';

export const reclamationHoldResolvers: Resolvers = {
  Query: {
    reclamationHolds: (_, __, { deps }) => openHolds(deps.database.sql),
  },
  Mutation: {
    holdReclamations: async (_, { input }, { deps, caller }) => {
      const { hold, userErrors } = payloadOf(await holdReclamations(deps, caller, input));
      return { reclamationHold: hold ?? null, userErrors };
    },
    releaseReclamations: async (_, { input }, { deps, caller }) => {
      const { hold, userErrors } = payloadOf(await releaseReclamations(deps, caller, input));
      return { reclamationHold: hold ?? null, userErrors };
    },
  },
  ReclamationHold: {
    integration: ({ integrationId }, _, { load }) =>
      integrationId === null ? null : load.integrationById.load(integrationId),
  },
};
