type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

/** Cheap look for a run of digits that a double may not hold; most answers have none. */
const LONG_DIGITS = /[:[,\s]-?\d{16,}/;

const keepLongIntegers: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
    ? source
    : value;

/**
 * Parses JSON without rounding: an integer beyond 2^53, as Zoom's plan bits and ids can be, becomes the string of its
 * digits.
 *
 * @throws {SyntaxError} when it isn't JSON.
 */
export function parseJson(text: string): unknown {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text, keepLongIntegers as (this: unknown, key: string, value: unknown) => unknown);
}
