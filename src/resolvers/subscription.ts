import { mapUnrecognizedSubscription, type MappingOutcome } from '../actions/map-subscription.ts';
import { unmapUnrecognizedSubscription } from '../actions/unmap-subscription.ts';
import { unrecognizedSubscriptions } from '../datasources/store/license-mappings.ts';
import type { Resolvers } from '../schema.generated.ts';
import { payloadOf } from './payload.ts';

function mappingPayload(outcome: MappingOutcome) {
  const { subscription, license, userErrors } = payloadOf(outcome);
  return { unrecognizedSubscription: subscription ?? null, license: license ?? null, userErrors };
}

export const subscriptionResolvers: Resolvers = {
  Query: {
    unrecognizedSubscriptions: async (_, { integrationId, includeMapped }, { deps }) =>
      (await unrecognizedSubscriptions(deps.database.sql, integrationId)).filter(
        ({ mappedTo }) => includeMapped || mappedTo === null,
      ),
  },
  Mutation: {
    mapUnrecognizedSubscription: async (_, { input }, { deps, caller }) =>
      mappingPayload(await mapUnrecognizedSubscription(deps, caller, input)),
    unmapUnrecognizedSubscription: async (_, { input }, { deps, caller }) =>
      mappingPayload(await unmapUnrecognizedSubscription(deps, caller, input)),
  },
};
