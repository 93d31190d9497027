import { groupsOfAccount } from '../datasources/store/groups.ts';
import { operationLogsOfAccount } from '../datasources/store/operation-logs.ts';
import { subAccountsOfMaster } from '../datasources/store/accounts.ts';
import type { Context } from '../context.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { accountTypeWords } from '../policy/plan-names.ts';
import type { Resolvers } from '../schema.generated.ts';
import { daysOf } from '../policy/usage-days.ts';
import { accountAbove, accountById, subAccountById } from './account-of.ts';
import { accountCosts } from './costs.ts';
import { connection } from './connection.ts';
import { missing } from './missing.ts';
import { ownPlanOf, plansOfAccount } from './plan.ts';
import { usersPage } from './users-page.ts';

/** Zoom's word for the type of a sub account, or the plan that plan usage says. */
async function planNameOfAccount(account: AccountRow, _: unknown, context: Context): Promise<string | null> {
  if (account.plan !== null) return accountTypeWords(account.plan).name;
  return (await ownPlanOf(account, context))?.name ?? null;
}

export const accountResolvers: Resolvers = {
  Query: {
    account: (_, { id }, context) => accountById(id, context),
    subAccount: (_, { id }, context) => subAccountById(id, context),
  },
  Account: {
    __resolveReference: (ref, context) =>
      'id' in ref ? accountById(ref.id, context) : context.load.accountByZoomId.load(ref.zoomAccountId),
    tier: ({ tier }) => (tier === 'MASTER' ? 'MASTER' : 'REGULAR'),
    integration: async ({ integrationId }, _, { load }) =>
      (await load.integrationById.load(integrationId)) ?? missing('integration', integrationId),
    plan: async (account, _, context) => (await ownPlanOf(account, context))?.code ?? account.plan,
    planName: planNameOfAccount,
    plans: (account, _, context) => plansOfAccount(account, context),
    informationAt: ({ planUsageAt }) => planUsageAt,
    subAccounts: ({ id }, args, { load }) => load.page('subAccounts', () => subAccountsOfMaster, id, args),
    users: ({ id }, args, context) => usersPage('account', id, args, context),
    licenses: ({ id }, _, { load }) => load.licensesByAccountId.load(id),
    ...accountCosts,
    groups: ({ id }, args, { load }) => load.page('groups', () => groupsOfAccount, id, args),
    summary: (account) => (account.summaryAt === null ? null : account),
    operationLogs: ({ id }, args, { load }) => load.page('operation logs', () => operationLogsOfAccount, id, args),
    dailyUsage: ({ id }, days, { load, now }) => load.dailyUsage.load({ accountId: id, ...daysOf(days, now) }),
  },
  SubAccount: {
    __resolveReference: (ref, context) =>
      'id' in ref ? subAccountById(ref.id, context) : context.load.subAccountByZoomId.load(ref.zoomAccountId),
    planName: planNameOfAccount,
    plans: (account, _, context) => plansOfAccount(account, context),
    informationAt: ({ planUsageAt }) => planUsageAt,
    master: (account, _, context) => accountAbove({ accountId: account.id }, context),
    users: ({ id }, args, context) => usersPage('subAccount', id, args, context),
    licenses: ({ id }, _, { load }) => load.licensesByAccountId.load(id),
    groups: ({ id }, args, { load }) => load.page('groups', () => groupsOfAccount, id, args),
    ...accountCosts,
    summary: (account) => (account.summaryAt === null ? null : account),
    operationLogs: ({ id }, args, { load }) => load.page('operation logs', () => operationLogsOfAccount, id, args),
    dailyUsage: ({ id }, days, { load, now }) => load.dailyUsage.load({ accountId: id, ...daysOf(days, now) }),
  },
  AccountSummary: {
    licensed: ({ summary }) => summary?.licensed ?? null,
    basic: ({ summary }) => summary?.basic ?? null,
    onPrem: ({ summary }) => summary?.onPrem ?? null,
    pending: ({ summary }) => summary?.pending ?? null,
    rooms: ({ summary }) => summary?.rooms ?? null,
    total: ({ summary }) => summary?.total ?? null,
    asOf: ({ id, summaryAt }) => summaryAt ?? missing('summary of account', id),
    complete: ({ isRosterComplete }) => isRosterComplete,
  },
  SubAccountConnection: connection(),
};
