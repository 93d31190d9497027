import { setEntitlement } from '../actions/set-entitlement.ts';
import { licensesOfIntegration } from '../datasources/store/licenses.ts';
import type { Context } from '../context.ts';
import type { LicenseRow } from '../db/tables/rows.ts';
import { compliance } from '../policy/compliance.ts';
import { provisioned } from '../policy/provisioned-display.ts';
import { annualCost } from '../policy/savings.ts';
import type { Resolvers } from '../schema.generated.ts';
import { accountAbove, subAccountOf } from './account-of.ts';
import { missing } from './missing.ts';
import { payloadOf } from './payload.ts';
import { usersPage } from './users-page.ts';

const countsOf = ({ id }: LicenseRow, { load }: Context) => load.licenseCounts.load(id);

export const licenseResolvers: Resolvers = {
  Query: {
    license: (_, { id }, { load }) => load.licenseById.load(id),
    licenses: (_, { integrationId }, { deps }) => licensesOfIntegration(deps.database.sql, integrationId ?? null),
  },
  Mutation: {
    setEntitlement: async (_, { input }, { deps, caller }) => {
      const { license, userErrors } = payloadOf(await setEntitlement(deps, caller, input));
      return { license: license ?? null, userErrors };
    },
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
    annualCost: async (license, _, context) => {
      const [price, counts] = await Promise.all([
        context.load.entitlementByLicenseId.load(license.id),
        countsOf(license, context),
      ]);
      return annualCost(price, license.provisionedCount ?? counts.assigned);
    },
    reclaimableAnnualCost: async (license, _, context) => {
      const [price, counts] = await Promise.all([
        context.load.entitlementByLicenseId.load(license.id),
        countsOf(license, context),
      ]);
      return annualCost(price, counts.inactive);
    },
    compliance: async (license, _, context) => compliance(license.provisionedCount, await countsOf(license, context)),
    users: ({ id }, args, context) => usersPage('license', id, args, context),
  },
};
