import { divide, toDecimal, totals, toUnits, type Amount } from './savings.ts';

/** What one of a currency is worth in the wanted one, exact, at most twelve places behind the point; null: not entered. */
export type RateOf = (currency: string) => string | null;

const PLACES = 12;

/**
 * An amount in another currency, rounded once, at the fourth place, halves away from zero.
 *
 * @throws RangeError when the rate is not a decimal number.
 */
export function convert(amount: Amount, currency: string, rate: string): Amount {
  const match = /^(\d+)(?:\.(\d{1,12}))?$/.exec(rate);
  if (match === null) throw new RangeError(`Not an exchange rate: ${rate}`);
  const [, whole = '0', fraction = ''] = match;
  const scaled = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return { amount: toDecimal(divide(toUnits(amount.amount) * scaled, 10n ** BigInt(PLACES))), currency };
}

/** Amounts of different currencies in one, as far as there are rates: what has none stays in its own currency. */
export function convertKnown(amounts: readonly Amount[], currency: string, rateOf: RateOf): Amount[] {
  return totals(amounts.map((amount) => converted(amount, currency, rateOf) ?? amount));
}

/** Amounts of different currencies as one amount; null where there is nothing, or a rate is missing. */
export function convertWhole(amounts: readonly Amount[], currency: string, rateOf: RateOf): Amount | null {
  const all = amounts.map((amount) => converted(amount, currency, rateOf));
  return all.includes(null) ? null : (totals(all)[0] ?? null);
}

function converted(amount: Amount, currency: string, rateOf: RateOf): Amount | null {
  if (amount.currency === currency) return amount;
  const rate = rateOf(amount.currency);
  return rate === null ? null : convert(amount, currency, rate);
}
