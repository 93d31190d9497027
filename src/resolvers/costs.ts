import type { Context } from '../context.ts';
import { dayOf } from '../datasources/store/entitlements.ts';
import type { AccountRow, EntitlementRow, LicenseRow } from '../db/tables/rows.ts';
import { AppError } from '../errors.ts';
import { isCurrency } from '../policy/bounds.ts';
import { convertKnown, convertWhole, type RateOf } from '../policy/conversion.ts';
import { costLines, costOfLines, type CostLine } from '../policy/license-cost.ts';
import { annualCost, totals, type Amount } from '../policy/savings.ts';
import { shownLicense } from '../policy/shown-license.ts';
import { countingTerm } from '../policy/terms.ts';
import { missing } from './missing.ts';

/** @throws AppError when it is no currency: an amount in it could only be unknown. */
export function mustBeCurrency(code: string): void {
  if (isCurrency(code)) return;
  throw new AppError('BAD_USER_INPUT', `${code} is no currency code of ISO 4217 in capital letters, for example EUR.`);
}

/** The rates of today into a currency from those of the amounts. */
async function ratesInto(to: string, amounts: readonly Amount[], { load }: Context): Promise<RateOf> {
  mustBeCurrency(to);
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].filter((currency) => currency !== to);
  const rates = new Map(
    await Promise.all(
      currencies.map(async (from): Promise<[string, string | null]> => [
        from,
        (await load.exchangeRate({ from, to }))?.rate ?? null,
      ]),
    ),
  );
  return (currency) => rates.get(currency) ?? null;
}

/** Amounts in the currency that was asked for, as far as there are rates into it; as they are where none was asked for. */
export async function amountsIn(
  currency: string | null | undefined,
  amounts: readonly Amount[],
  context: Context,
): Promise<Amount[]> {
  if (currency == null) return [...amounts];
  return convertKnown(amounts, currency, await ratesInto(currency, amounts, context));
}

/** Amounts as one in the currency that was asked for; null where there is none, or a rate is missing. */
export async function amountIn(currency: string, amounts: readonly Amount[], context: Context): Promise<Amount | null> {
  return convertWhole(amounts, currency, await ratesInto(currency, amounts, context));
}

/** The same of one amount, which stays as it is where no currency was asked for. */
export async function oneAmountIn(
  currency: string | null | undefined,
  amount: Amount | null,
  context: Context,
): Promise<Amount | null> {
  return amount === null || currency == null ? amount : amountIn(currency, [amount], context);
}

/** Which term of a license stands for how many seats today. */
export async function linesOf(license: LicenseRow, { load, now }: Context): Promise<CostLine<EntitlementRow>[]> {
  const [terms, counts, kept, integration] = await Promise.all([
    load.termsByLicenseId.load(license.id),
    load.licenseCounts.load(license.id),
    load.costExclusions.load(license.id),
    load.integrationById.load(license.integrationId),
  ]);
  const shown = shownLicense(license, integration ?? missing('integration', license.integrationId));
  const holders = { assigned: counts.assigned, excluded: kept.assigned, isExcluded: kept.isExcluded };
  return costLines(shown, terms, holders, dayOf(now));
}

/** What a license costs a year, a currency each. */
export async function costsOf(license: LicenseRow, context: Context): Promise<Amount[]> {
  return costOfLines(await linesOf(license, context));
}

/** What a license costs a year in the currency of the first of its terms, as they count today, that has a price. */
export async function costOf(
  license: LicenseRow,
  currency: string | null | undefined,
  context: Context,
): Promise<Amount | null> {
  const lines = await linesOf(license, context);
  const costs = costOfLines(lines);
  if (currency != null) return amountIn(currency, costs, context);
  const main = lines.map(({ term }) => annualCost(term, 1)).find((amount) => amount !== null);
  return costs.find((amount) => amount.currency === main?.currency) ?? null;
}

/** What the inactive holders of a license cost a year, each at the price of the term that counts today. */
export async function reclaimableCostOf(license: LicenseRow, { load, now }: Context): Promise<Amount | null> {
  const [terms, counts, kept] = await Promise.all([
    load.termsByLicenseId.load(license.id),
    load.licenseCounts.load(license.id),
    load.costExclusions.load(license.id),
  ]);
  if (kept.isExcluded) return null;
  return annualCost(countingTerm(terms, dayOf(now)), Math.max(0, counts.inactive - kept.inactive));
}

interface InCurrency {
  currency?: string | null | undefined;
}

/** What the licenses of an account, and of the accounts below it, cost a year. */
export const accountCosts = {
  annualCost: async ({ id }: AccountRow, { currency }: InCurrency, context: Context) => {
    const licenses = await context.load.licensesByAccountId.load(id);
    const costs = await Promise.all(licenses.map((license) => costsOf(license, context)));
    return amountsIn(currency, totals(costs.flat()), context);
  },
  reclaimableAnnualCost: async ({ id }: AccountRow, { currency }: InCurrency, context: Context) => {
    const licenses = await context.load.licensesByAccountId.load(id);
    const costs = await Promise.all(licenses.map((license) => reclaimableCostOf(license, context)));
    return amountsIn(currency, totals(costs), context);
  },
};
