import { planRenewals } from '../actions/plan-renewals.ts';
import type { Resolvers } from '../schema.generated.ts';
import { accountAbove, subAccountOf } from './account-of.ts';
import { connection } from './connection.ts';
import { knownIntegration, within } from './question.ts';

const MAX_DAYS = 3650;

export const renewalResolvers: Resolvers = {
  Query: {
    renewals: async (_, { integrationId, withinDays, ...args }, context) => {
      const ahead = within('withinDays', withinDays ?? 90, 0, MAX_DAYS);
      await knownIntegration(integrationId, context);
      return planRenewals(context.deps, integrationId, ahead, args);
    },
  },
  Renewal: {
    isOverdue: ({ daysLeft }) => daysLeft < 0,
    isFollowed: ({ term }) => term?.isFollowed ?? false,
    account: (renewal, _, context) => accountAbove(renewal, context),
    subAccount: (renewal, _, context) => subAccountOf(renewal, context),
    entitlement: ({ term }) => term,
    need: ({ need, basis, reserved }) => {
      if (typeof need === 'string' || basis === null) return null;
      const { low, expected, high } = need;
      return { ...need, low: low + reserved, expected: expected + reserved, high: high + reserved, reserved, basis };
    },
  },
  RenewalConnection: connection(),
};
