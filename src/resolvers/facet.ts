import { pageSize } from '../datasources/store/page.ts';
import { userFacets, type FacetHolding } from '../datasources/store/user-facets.ts';
import { annualCost, totals } from '../policy/savings.ts';
import type { Resolvers } from '../schema.generated.ts';

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
    annualCost: ({ holdings }) => costOf(holdings, ({ held }) => held),
    reclaimableAnnualCost: ({ holdings }) => costOf(holdings, ({ reclaimable }) => reclaimable),
  },
};
