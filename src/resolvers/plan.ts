import type { Context } from '../context.ts';
import { namedPlansOf } from '../datasources/zoom/accounts.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { ownPlan, planInformation, type AccountPlan } from '../policy/plan-information.ts';
import type { Resolvers } from '../schema.generated.ts';

/** Every plan that Zoom named of an account when its plan usage was last read; none where that was never. */
export async function plansOfAccount(account: AccountRow, { load }: Context): Promise<AccountPlan[]> {
  const { id: accountId, planUsage, planUsageAt: asOf } = account;
  if (planUsage === null || asOf === null) return [];
  const mapped = await load.mappingsOfIntegration.load(account.integrationId);
  return planInformation(namedPlansOf(planUsage), mapped).map((plan) => ({ ...plan, accountId, asOf }));
}

/** The plan that the account itself has, by its plan usage. */
export async function ownPlanOf(account: AccountRow, context: Context): Promise<AccountPlan | null> {
  return ownPlan(await plansOfAccount(account, context));
}

export const planResolvers: Resolvers = {
  Plan: {
    license: async ({ accountId, licenseUniqueId }, _, { load }) => {
      if (licenseUniqueId === null) return null;
      const licenses = await load.licensesByAccountId.load(accountId);
      return licenses.find((one) => one.accountId === accountId && one.uniqueId === licenseUniqueId) ?? null;
    },
  },
};
