import { isInForce, ownedSeats } from './owned.ts';
import { annualCost, totals, type Amount } from './savings.ts';
import { inCountingOrder, type Term } from './terms.ts';

/** Who holds a license, and who of them is kept out of cost. */
export interface CostedHolders {
  /** Holders that count, those kept out of cost as well. */
  assigned: number;
  /** Those of them who are kept out of cost. */
  excluded: number;
  /** Is the license itself kept out of cost? */
  isExcluded: boolean;
}

/** How many seats a term stands for in the cost of its license. */
export interface CostLine<T extends Term = Term> {
  term: T;
  seats: number;
}

/**
 * Which term stands for how many seats on a day. Each term in force stands for its own quantity; the one without a quantity
 * for the seats that are owned and that no other term counts (for who holds one, where it is not known how many are owned,
 * or they are unlimited); of several without a quantity only the one that began last. Where none is in force, the one that
 * ended last, or is to begin first, stands in for all. Seats of holders who are kept out of cost are taken from the terms
 * in the order in which they count. None of a license that is kept out of cost itself.
 */
export function costLines<T extends Term>(
  license: Parameters<typeof ownedSeats>[0],
  terms: readonly T[],
  { assigned, excluded, isExcluded }: CostedHolders,
  today: string,
): CostLine<T>[] {
  if (isExcluded) return [];
  const inOrder = inCountingOrder(terms, today);
  const inForce = inOrder.filter((term) => isInForce(term, today));
  const { count, source } = ownedSeats(license, terms, today);
  // Seats that only the terms tell of are not all seats where one of them doesn't tell.
  const whole = count === null || source === 'ENTITLEMENT' ? assigned : count;
  const lines =
    inForce.length > 0 ? spread(inForce, whole) : inOrder.slice(0, 1).map((term) => ({ term, seats: whole }));
  let left = excluded;
  return lines.map(({ term, seats }) => {
    const taken = Math.min(left, seats);
    left -= taken;
    return { term, seats: seats - taken };
  });
}

function spread<T extends Term>(inForce: readonly T[], whole: number): CostLine<T>[] {
  const counted = inForce.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  const open = inForce.find(({ quantity }) => quantity === null);
  return inForce.map((term) => ({
    term,
    seats: term.quantity ?? (term === open ? Math.max(0, whole - counted) : 0),
  }));
}

/** What lines cost a year, a currency each: every line is rounded once, and what is shown of them adds up. */
export function costOfLines(lines: readonly CostLine[]): Amount[] {
  return totals(lines.map(({ term, seats }) => annualCost(term, seats)));
}
