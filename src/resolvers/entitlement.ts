import { addEntitlement } from '../actions/add-entitlement.ts';
import { removeEntitlement } from '../actions/remove-entitlement.ts';
import { setEntitlement } from '../actions/set-entitlement.ts';
import type { Context } from '../context.ts';
import { dayOf } from '../datasources/store/entitlements.ts';
import type { EntitlementRow } from '../db/tables/rows.ts';
import { annualCost } from '../policy/savings.ts';
import { termStatus } from '../policy/terms.ts';
import type { Resolvers } from '../schema.generated.ts';
import { linesOf, oneAmountIn } from './costs.ts';
import { payloadOf } from './payload.ts';

/** Seats that a term stands for today; null where it does not count. */
async function countedSeats({ id, licenseId }: EntitlementRow, context: Context): Promise<number | null> {
  const license = await context.load.licenseById.load(licenseId);
  const lines = license === null ? [] : await linesOf(license, context);
  return lines.find(({ term }) => term.id === id)?.seats ?? null;
}

export const entitlementResolvers: Resolvers = {
  Mutation: {
    addEntitlement: async (_, { input }, { deps, caller }) => {
      const { license, entitlement, userErrors } = payloadOf(await addEntitlement(deps, caller, input));
      return { license: license ?? null, entitlement: entitlement ?? null, userErrors };
    },
    setEntitlement: async (_, { input }, { deps, caller }) => {
      const { license, entitlement, userErrors } = payloadOf(await setEntitlement(deps, caller, input));
      return { license: license ?? null, entitlement: entitlement ?? null, userErrors };
    },
    removeEntitlement: async (_, { input }, { deps, caller }) => {
      const { license, entitlementId, userErrors } = payloadOf(await removeEntitlement(deps, caller, input));
      return { license: license ?? null, removedEntitlementId: entitlementId ?? null, userErrors };
    },
  },
  Entitlement: {
    status: (term, _, { now }) => termStatus(term, dayOf(now)),
    countedSeats: async (term, _, context) => (await countedSeats(term, context)) ?? 0,
    annualCostPerLicense: (term, { currency }, context) => oneAmountIn(currency, annualCost(term, 1), context),
    annualCost: async (term, { currency }, context) => {
      const [counted, kept] = await Promise.all([
        countedSeats(term, context),
        context.load.costExclusions.load(term.licenseId),
      ]);
      const seats = kept.isExcluded ? null : (counted ?? term.quantity);
      return seats === null ? null : oneAmountIn(currency, annualCost(term, seats), context);
    },
  },
};
