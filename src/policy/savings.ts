/** How many months lie between two payments; null: paid once. */
const MONTHS: Record<PaymentFrequency, number | null> = {
  ONCE: null,
  MONTHLY: 1,
  QUARTERLY: 3,
  SEMI_ANNUALLY: 6,
  ANNUALLY: 12,
  EVERY_18_MONTHS: 18,
  BIANNUALLY: 24,
  TRIENNIALLY: 36,
};

export type PaymentFrequency =
  'ONCE' | 'MONTHLY' | 'QUARTERLY' | 'SEMI_ANNUALLY' | 'ANNUALLY' | 'EVERY_18_MONTHS' | 'BIANNUALLY' | 'TRIENNIALLY';

/** The price of one license, as it was entered. */
export interface Price {
  /** Exact decimal in the currency's main unit, at most four places; null: not entered. */
  cost: string | null;
  currency: string | null;
  paymentFrequency: PaymentFrequency | null;
  effectiveDate: string | null;
  expirationDate: string | null;
}

/** An exact amount, two decimal places at least. */
export interface Amount {
  amount: string;
  currency: string;
}

// Money is counted in ten-thousandths, as whole numbers.
const SCALE = 10_000n;

/** Ten-thousandths of a decimal like `-12.5`; more than four places are cut. */
export function toUnits(decimal: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,4})\d*)?$/.exec(decimal);
  if (match === null) throw new RangeError(`Not a decimal number: ${decimal}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const units = BigInt(whole) * SCALE + BigInt(fraction.padEnd(4, '0'));
  return sign === '-' ? -units : units;
}

/** Ten-thousandths as a decimal, two places at least. */
export function toDecimal(units: bigint): string {
  const absolute = units < 0n ? -units : units;
  const fraction = (absolute % SCALE)
    .toString()
    .padStart(4, '0')
    .replace(/0{1,2}$/, '');
  return `${units < 0n ? '-' : ''}${absolute / SCALE}.${fraction}`;
}

/** Division that rounds halves away from zero. */
export function divide(units: bigint, by: bigint): bigint {
  const sign = units < 0n ? -1n : 1n;
  return sign * ((sign * units * 2n + by) / (by * 2n));
}

/**
 * What `count` licenses cost a year: the price of all of them times the payments a year, rounded once, at the fourth place,
 * halves away from zero. What is paid once is spread over the days of its term, 365 of them a year. Null without a price,
 * and for one paid once whose dates don't say for how long.
 */
export function annualCost(price: Price | null, count: number): Amount | null {
  if (price?.cost == null || price.currency === null || price.paymentFrequency === null) return null;
  const months = MONTHS[price.paymentFrequency];
  const total = toUnits(price.cost) * BigInt(count);
  if (months !== null) return { amount: toDecimal(divide(total * 12n, BigInt(months))), currency: price.currency };
  if (price.effectiveDate === null || price.expirationDate === null) return null;
  const days = (Date.parse(price.expirationDate) - Date.parse(price.effectiveDate)) / 86_400_000 + 1;
  if (!(days > 0)) return null;
  return { amount: toDecimal(divide(total * 365n, BigInt(Math.round(days)))), currency: price.currency };
}

/** Amounts added up, a currency each in the order of their codes; amounts that are not known are not in it. */
export function totals(amounts: readonly (Amount | null)[]): Amount[] {
  const byCurrency = new Map<string, bigint>();
  for (const amount of amounts) {
    if (amount === null) continue;
    byCurrency.set(amount.currency, (byCurrency.get(amount.currency) ?? 0n) + toUnits(amount.amount));
  }
  return [...byCurrency.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, units]) => ({ amount: toDecimal(units), currency }));
}
