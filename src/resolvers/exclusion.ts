import { createExclusion } from '../actions/create-exclusion.ts';
import { updateExclusion } from '../actions/update-exclusion.ts';
import { deleteExclusion } from '../actions/delete-exclusion.ts';
import { countExclusions, exclusionsPage } from '../datasources/store/exclusions.ts';
import { columnTerm } from '../datasources/store/keyset.ts';
import { pageBy } from '../datasources/store/page.ts';
import type { ExclusionRow } from '../db/tables/rows.ts';
import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { amountsIn } from './costs.ts';
import { payloadOf } from './payload.ts';

const BY_AGE = columnTerm<ExclusionRow>('id', 'id', 'text');

export const exclusionResolvers: Resolvers = {
  Query: {
    exclusions: (_, { integrationId = null, ...args }, { deps: { database } }) =>
      pageBy(
        'exclusions',
        BY_AGE,
        args,
        (first, after) => exclusionsPage(database.sql, { integrationId, first, after: after as string | null }),
        () => countExclusions(database.sql, integrationId),
      ),
  },
  Mutation: {
    createExclusion: async (_, { input }, { deps, caller }) => {
      const { exclusion, userErrors } = payloadOf(await createExclusion(deps, caller, input));
      return { exclusion: exclusion ?? null, userErrors };
    },
    updateExclusion: async (_, { input }, { deps, caller }) => {
      const { exclusion, userErrors } = payloadOf(await updateExclusion(deps, caller, input));
      return { exclusion: exclusion ?? null, userErrors };
    },
    deleteExclusion: async (_, { input }, { deps, caller }) => {
      const { exclusionId, userErrors } = payloadOf(await deleteExclusion(deps, caller, input));
      return { deletedExclusionId: exclusionId ?? null, userErrors };
    },
  },
  Exclusion: {
    __resolveReference: ({ id }, { load }) => load.exclusionById.load(id),
    integration: ({ integrationId }, _, { load }) =>
      integrationId === null ? null : load.integrationById.load(integrationId),
    user: ({ userId }, _, { load }) => (userId === null ? null : load.userById.load(userId)),
    license: ({ licenseId }, _, { load }) => (licenseId === null ? null : load.licenseById.load(licenseId)),
    group: ({ groupId }, _, { load }) => (groupId === null ? null : load.groupById.load(groupId)),
    subAccount: ({ subAccountId }, _, { load }) => (subAccountId === null ? null : load.accountById.load(subAccountId)),
    active: ({ deletedAt, expiresAt }, _, { now }) => deletedAt === null && (expiresAt === null || expiresAt > now),
    hides: (exclusion, _, { load }) => load.hiddenByExclusion.load(exclusion),
  },
  HiddenByExclusion: {
    annualCost: ({ costs }, { currency }, context) => amountsIn(currency, costs, context),
  },
  ExclusionConnection: connection(),
};
