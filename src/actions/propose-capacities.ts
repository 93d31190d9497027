import { capacityUse, type CapacityUseRow } from '../datasources/store/capacity-use.ts';
import { licensesOfIntegration } from '../datasources/store/licenses.ts';
import type { Page } from '../datasources/store/page.ts';
import { dayOf, termsByLicenseIds } from '../datasources/store/entitlements.ts';
import type { Deps } from '../deps.ts';
import { rightSize, type RightSize } from '../policy/right-size.ts';
import { annualCost, toDecimal, toUnits, type Amount } from '../policy/savings.ts';
import { countingTerm } from '../policy/terms.ts';

export interface CapacityProposalFacts extends CapacityUseRow, RightSize {
  knownFrom: Date;
  knownUntil: Date;
  /** The capacity held. */
  now: number | null;
  savings: Amount | null;
}

/** Every add-on of an integration that is larger than anything its holder needed. Three statements. */
export async function proposeCapacities(deps: Deps, integrationId: string): Promise<CapacityProposalFacts[]> {
  const { sql } = deps.database;
  const now = deps.now();
  const proposals = (await capacityUse(sql, integrationId)).flatMap((use) => {
    const { knownFrom, knownUntil } = use;
    const smaller = rightSize(use, now);
    // Where it is not known from when, nothing is proposed.
    return smaller === null || knownFrom === null || knownUntil === null
      ? []
      : [{ use: { ...use, knownFrom, knownUntil }, smaller }];
  });
  if (proposals.length === 0) return [];
  const licenses = await licensesOfIntegration(sql, integrationId);
  const terms = await termsByLicenseIds(
    sql,
    licenses.map(({ id }) => id),
  );
  const prices = new Map(
    licenses.map(({ accountId, uniqueId }, index) => [
      `${accountId} ${uniqueId}`,
      annualCost(countingTerm(terms[index] ?? [], dayOf(now)) ?? NO_PRICE, 1),
    ]),
  );
  const priceOf = ({ accountId, addOn }: CapacityUseRow, capacity: number | null) =>
    prices.get(
      `${accountId} ${addOn === 'webinar' ? 'WEBINAR' : 'LARGE_MEETING'}${capacity === null ? '' : `_${capacity}`}`,
    ) ?? null;
  return proposals.map(({ use, smaller }) => {
    const before = priceOf(use, use.capacity);
    const after = smaller.action === 'REMOVE' ? NOTHING : priceOf(use, smaller.capacity);
    return { ...use, ...smaller, now: use.capacity, savings: difference(before, after) };
  });
}

const NO_PRICE = { cost: null, currency: null, paymentFrequency: null, effectiveDate: null, expirationDate: null };
const NOTHING = 'NOTHING';

function difference(before: Amount | null, after: Amount | typeof NOTHING | null): Amount | null {
  if (before === null || after === null) return null;
  if (after === NOTHING) return before;
  if (after.currency !== before.currency) return null;
  const units = toUnits(before.amount) - toUnits(after.amount);
  return units > 0n ? { amount: toDecimal(units), currency: before.currency } : null;
}

export type CapacityProposalPage = Page<CapacityProposalFacts>;
