import { manageLicenses } from '../actions/manage-licenses.ts';
import { updateLicense } from '../actions/update-license.ts';
import type { Context } from '../context.ts';
import { dayOf } from '../datasources/store/entitlements.ts';
import { licensesOfIntegration } from '../datasources/store/licenses.ts';
import type { AccountRow, IntegrationRow, LicenseRow } from '../db/tables/rows.ts';
import { compliance } from '../policy/compliance.ts';
import { ownedSeats, type Owned } from '../policy/owned.ts';
import { assignedByZoom, mayHaveConnector, planNameOf } from '../policy/plan-information.ts';
import { accountTypeWords } from '../policy/plan-names.ts';
import { provisioned } from '../policy/provisioned-display.ts';
import { licenseProblems, provisionedEntry, readOnlyFields, shownLicense } from '../policy/shown-license.ts';
import { termIssues } from '../policy/terms.ts';
import type { Resolvers } from '../schema.generated.ts';
import { accountAbove, subAccountOf } from './account-of.ts';
import { amountsIn, costOf, costsOf, oneAmountIn, reclaimableCostOf } from './costs.ts';
import { missing } from './missing.ts';
import { payloadOf } from './payload.ts';
import { ownPlanOf, plansOfAccount } from './plan.ts';
import { usersPage } from './users-page.ts';

const countsOf = ({ id }: LicenseRow, { load }: Context) => load.licenseCounts.load(id);
const integrationOf = async ({ integrationId }: LicenseRow, { load }: Context): Promise<IntegrationRow> =>
  (await load.integrationById.load(integrationId)) ?? missing('integration', integrationId);
const accountOf = async ({ accountId }: LicenseRow, { load }: Context): Promise<AccountRow> =>
  (await load.accountById.load(accountId)) ?? missing('account', accountId);

/** The license as it counts: by Zoom, or by hand where Zoom is not asked. */
const shownOf = async (license: LicenseRow, context: Context) =>
  shownLicense(license, await integrationOf(license, context));

const ownedOf = async (license: LicenseRow, context: Context): Promise<Owned> =>
  ownedSeats(await shownOf(license, context), await context.load.termsByLicenseId.load(license.id), dayOf(context.now));

/** Name and edition of the plan of the account that has a license: by plan usage, otherwise by Zoom's word for the account. */
async function planOf(license: LicenseRow, context: Context) {
  const account = await accountOf(license, context);
  const own = await ownPlanOf(account, context);
  const said = account.plan === null ? null : accountTypeWords(account.plan);
  return own === null || (own.edition === null && said !== null) ? said : own;
}

export const licenseResolvers: Resolvers = {
  Query: {
    license: (_, { id }, { load }) => load.licenseById.load(id),
    licenses: (_, { integrationId, managed }, { deps }) =>
      licensesOfIntegration(deps.database.sql, integrationId ?? null, managed ?? null),
  },
  Mutation: {
    updateLicense: async (_, { input }, { deps, caller }) => {
      const { license, userErrors } = payloadOf(await updateLicense(deps, caller, input));
      return { license: license ?? null, userErrors };
    },
    manageLicenses: async (_, { input }, { deps, caller }) => {
      const { licenses, userErrors } = payloadOf(await manageLicenses(deps, caller, input));
      return { licenses: licenses ?? null, userErrors };
    },
  },
  License: {
    __resolveReference: ({ id }, { load }) => load.licenseById.load(id),
    name: async (license, _, context) => (await shownOf(license, context)).name,
    userType: async (license, _, context) => (await shownOf(license, context)).userType,
    planName: (license) => planNameOf(license),
    informationAt: async (license, _, context) => (await accountOf(license, context)).planUsageAt,
    readOnlyFields: async (license, _, context) => readOnlyFields(license, await integrationOf(license, context)),
    provisionedEntry: async (license, _, context) =>
      provisionedEntry(await shownOf(license, context), await integrationOf(license, context)),
    problems: async (license, _, context) => {
      const [plan, shown, { assigned }] = await Promise.all([
        planOf(license, context),
        shownOf(license, context),
        countsOf(license, context),
      ]);
      const facts = { planName: plan?.name ?? null, mayHaveConnector: mayHaveConnector(plan?.edition ?? null) };
      return licenseProblems(shown, { ...facts, assigned });
    },
    assignedByZoom: async (license, _, context) => {
      const account = await accountOf(license, context);
      return assignedByZoom(license, await plansOfAccount(account, context), account);
    },
    account: (license, _, context) => accountAbove(license, context),
    subAccount: (license, _, context) => subAccountOf(license, context),
    provisioned: async (license, _, context) => {
      const [shown, owned, { includeOnPremises }] = await Promise.all([
        shownOf(license, context),
        ownedOf(license, context),
        integrationOf(license, context),
      ]);
      return provisioned(shown, owned, { includeOnPremises, zoomCount: license.provisionedCount });
    },
    assigned: async (license, _, context) => (await countsOf(license, context)).assigned,
    active: async (license, _, context) => (await countsOf(license, context)).active,
    inactive: async (license, _, context) => (await countsOf(license, context)).inactive,
    neverActive: async (license, _, context) => (await countsOf(license, context)).neverActive,
    unassigned: async (license, _, context) => {
      const [{ count }, { assigned }] = await Promise.all([ownedOf(license, context), countsOf(license, context)]);
      return count === null ? null : Math.max(0, count - assigned);
    },
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
    compliance: async (license, _, context) =>
      compliance(await ownedOf(license, context), await countsOf(license, context)),
    latestReconciliationLine: ({ id }, _, { load }) => load.latestReconciliationLine.load(id),
    users: ({ id }, args, context) => usersPage('license', id, args, context),
  },
};
