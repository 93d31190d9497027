/** No account has more seats of a plan than this: a larger number is none. */
const MAX_SEATS = 100_000_000;

/** Can this be a number of seats? Whole, not negative, and not larger than any account is. */
export function isSeatCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SEATS;
}
