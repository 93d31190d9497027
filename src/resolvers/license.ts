import { dayOf } from '../datasources/store/entitlements.ts';
import { licensesOfIntegration } from '../datasources/store/licenses.ts';
import type { Context } from '../context.ts';
import type { LicenseRow } from '../db/tables/rows.ts';
import { compliance } from '../policy/compliance.ts';
import { provisioned } from '../policy/provisioned-display.ts';
import { termIssues } from '../policy/terms.ts';
import type { Resolvers } from '../schema.generated.ts';
import { accountAbove, subAccountOf } from './account-of.ts';
import { amountsIn, costOf, costsOf, oneAmountIn, reclaimableCostOf } from './costs.ts';
import { missing } from './missing.ts';
import { usersPage } from './users-page.ts';

const countsOf = ({ id }: LicenseRow, { load }: Context) => load.licenseCounts.load(id);

export const licenseResolvers: Resolvers = {
  Query: {
    license: (_, { id }, { load }) => load.licenseById.load(id),
    licenses: (_, { integrationId }, { deps }) => licensesOfIntegration(deps.database.sql, integrationId ?? null),
  },
  License: {
    __resolveReference: ({ id }, { load }) => load.licenseById.load(id),
    account: (license, _, context) => accountAbove(license, context),
    subAccount: (license, _, context) => subAccountOf(license, context),
    provisioned: async (license, _, { load }) =>
      provisioned(
        license,
        (await load.integrationById.load(license.integrationId)) ?? missing('integration', license.integrationId),
      ),
    assigned: async (license, _, context) => (await countsOf(license, context)).assigned,
    active: async (license, _, context) => (await countsOf(license, context)).active,
    inactive: async (license, _, context) => (await countsOf(license, context)).inactive,
    neverActive: async (license, _, context) => (await countsOf(license, context)).neverActive,
    unassigned: async (license, _, context) =>
      license.provisionedCount === null
        ? null
        : Math.max(0, license.provisionedCount - (await countsOf(license, context)).assigned),
    entitlement: ({ id }, _, { load }) => load.entitlementByLicenseId.load(id),
    entitlements: ({ id }, _, { load }) => load.termsByLicenseId.load(id),
    entitlementIssues: async ({ id }, _, { load, now }) => {
      const terms = await load.termsByLicenseId.load(id);
      return termIssues(terms, dayOf(now)).map(({ termIds, ...issue }) => ({
        ...issue,
        entitlements: terms.filter((term) => termIds.includes(term.id)),
      }));
    },
    annualCost: (license, { currency }, context) => costOf(license, currency, context),
    annualCosts: async (license, { currency }, context) =>
      amountsIn(currency, await costsOf(license, context), context),
    reclaimableAnnualCost: async (license, { currency }, context) =>
      oneAmountIn(currency, await reclaimableCostOf(license, context), context),
    excludedFromCost: async ({ id }, _, { load }) => {
      const { isExcluded, assigned, inactive } = await load.costExclusions.load(id);
      return { license: isExcluded, assigned, inactive };
    },
    compliance: async (license, _, context) => compliance(license.provisionedCount, await countsOf(license, context)),
    users: ({ id }, args, context) => usersPage('license', id, args, context),
  },
};
