import { pageSize } from '../datasources/store/page.ts';
import { userFacets, type FacetHolding } from '../datasources/store/user-facets.ts';
import { annualCost, totals } from '../policy/savings.ts';
import type { Resolvers } from '../schema.generated.ts';
import { amountsIn } from './costs.ts';

const costOf = (holdings: readonly FacetHolding[], count: (holding: FacetHolding) => number) =>
  totals(holdings.map((holding) => annualCost(holding.price, count(holding))));

export const facetResolvers: Resolvers = {
  Query: {
    usersBy: async (_, { integrationId, field, filter, first }, { deps, now }) => {
      const size = pageSize(first);
      const { totalUsers, facets } = await userFacets(deps.database.sql, integrationId, field, filter, size, now);
      return { field, totalUsers, facets: facets.slice(0, size), isTruncated: facets.length > size };
    },
  },
  UserFacet: {
    excludedFromCost: ({ excluded }) => excluded,
    annualCost: ({ holdings }, { currency }, context) =>
      amountsIn(
        currency,
        costOf(holdings, ({ held }) => held),
        context,
      ),
    reclaimableAnnualCost: ({ holdings }, { currency }, context) =>
      amountsIn(
        currency,
        costOf(holdings, ({ reclaimable }) => reclaimable),
        context,
      ),
  },
};
