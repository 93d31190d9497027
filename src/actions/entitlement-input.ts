import type { EntitlementRow } from '../db/tables/rows.ts';
import type { AddEntitlementInput } from '../schema.generated.ts';
import type { Problems } from './problems.ts';

const MAX_QUANTITY = 10_000_000;

/** What was bought, as one term says it. */
export type Bought = Pick<
  EntitlementRow,
  | 'effectiveDate'
  | 'expirationDate'
  | 'quantity'
  | 'unlimited'
  | 'cost'
  | 'currency'
  | 'paymentFrequency'
  | 'purchaseIdentifier'
>;

/** Reads what was bought; what is wrong with it is added to `problems`. What was left out is null. */
export function readBought(problems: Problems, input: Omit<AddEntitlementInput, 'licenseId'>): Bought {
  const effectiveDate = problems.day('effectiveDate', input.effectiveDate);
  const expirationDate = problems.day('expirationDate', input.expirationDate);
  if (effectiveDate !== null && expirationDate !== null && expirationDate < effectiveDate) {
    problems.add('expirationDate', 'Must not be before the effective date.');
  }
  const quantity = input.quantity == null ? null : problems.integer('quantity', input.quantity, 1, MAX_QUANTITY);
  const unlimited = input.unlimited ?? false;
  if (unlimited && quantity !== null)
    problems.add('quantity', 'An unlimited term has no quantity; leave out one of the two.');
  const cost = input.cost == null ? null : String(input.cost).trim();
  if (cost !== null && !/^\d{1,10}(\.\d{1,4})?$/.test(cost)) {
    problems.add('cost', 'Must be a number that is not negative, with at most 10 digits before and 4 after the point.');
  }
  const currency = problems.currency('currency', input.currency);
  const paymentFrequency = input.paymentFrequency ?? null;
  if (cost !== null && currency === null) problems.add('currency', 'A cost needs its currency.');
  if (cost !== null && paymentFrequency === null)
    problems.add('paymentFrequency', 'A cost needs its payment frequency.');
  const purchaseIdentifier =
    input.purchaseIdentifier == null ? null : problems.text('purchaseIdentifier', input.purchaseIdentifier);
  return { effectiveDate, expirationDate, quantity, unlimited, cost, currency, paymentFrequency, purchaseIdentifier };
}

/** Does a term say nothing at all? */
export function saysNothing({ unlimited, ...bought }: Bought): boolean {
  return !unlimited && Object.values(bought).every((value) => value === null);
}

/** What a term says, for the audit trail. */
export function boughtOf(term: Bought): Bought {
  const { effectiveDate, expirationDate, quantity, unlimited } = term;
  const { cost, currency, paymentFrequency, purchaseIdentifier } = term;
  return { effectiveDate, expirationDate, quantity, unlimited, cost, currency, paymentFrequency, purchaseIdentifier };
}
