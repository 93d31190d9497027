import { settleSavings } from '../actions/settle-savings.ts';
import { pageOfList } from '../datasources/store/page.ts';
import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { missing } from './missing.ts';
import { days, knownIntegration } from './question.ts';

export const savingsResolvers: Resolvers = {
  Query: {
    savings: async (_, { integrationId, from, to }, context) => {
      const span = days({ from, to });
      await knownIntegration(integrationId, context);
      return settleSavings(context.deps, integrationId, span);
    },
  },
  Savings: {
    integration: async ({ integrationId }, _, { load }) =>
      (await load.integrationById.load(integrationId)) ?? missing('integration', integrationId),
    entries: ({ entries }, { state, licenseId, ...args }) =>
      pageOfList(
        'savings',
        entries.filter(
          (entry) => (state == null || entry.state === state) && (licenseId == null || entry.licenseId === licenseId),
        ),
        ({ id }) => id,
        args,
      ),
  },
  LicenseSavings: {
    license: async ({ licenseId }, _, { load }) =>
      (await load.licenseById.load(licenseId)) ?? missing('license', licenseId),
  },
  SavingsEntry: {
    candidate: ({ candidateId }, _, { load }) => load.candidateById.load(candidateId),
    item: ({ itemId }, _, { load }) => load.reclamationItemById.load(itemId),
    user: ({ userId }, _, { load }) => load.userById.load(userId),
    license: ({ licenseId }, _, { load }) => load.licenseById.load(licenseId),
    givenTo: ({ givenTo }, _, { load }) => (givenTo === null ? null : load.userById.load(givenTo)),
  },
  SavingsEntryConnection: connection(),
};
