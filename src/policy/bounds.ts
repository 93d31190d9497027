/** First day that anything about Zoom can be bought, and the last one that anybody may mean. */
export const FIRST_DAY = '2011-01-01';
export const LAST_DAY = '2099-12-31';

/** Is it a day that the calendar has, `YYYY-MM-DD`? */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Is it the code of a currency in use, ISO 4217? */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/**
 * Longest text by which somebody or something is known, in UTF-16 units. An index of the database has room for 2,704 bytes a
 * row: two of these at three bytes a unit, and the rest of the row.
 */
export const MAX_IDENTITY = 320;
/** Longest text that says something, in UTF-16 units; what is longer is cut. */
export const MAX_TEXT = 10_000;

/**
 * Why an id or an address can't be kept as it came, in words; null when it can. It is never altered: two that differ could
 * become one.
 */
export function whyNoIdentity(value: string): string | null {
  if (value.length > MAX_IDENTITY) return `is longer than ${MAX_IDENTITY} letters`;
  if (value.includes('\0')) return 'holds a zero byte';
  // Where bytes were no text, a reader has put the replacement for them already.
  return !value.isWellFormed() || value.includes('\ufffd') ? 'holds half a character' : null;
}

/** Text that is shown, without what no database keeps: zero bytes, halves of characters, and what is beyond `MAX_TEXT`. */
export function showableText(value: string): string {
  const clean = value.replaceAll('\0', '').toWellFormed();
  return clean.length <= MAX_TEXT ? clean : clean.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, '');
}

/** Is it a whole number of 32 bits, which is what columns of numbers hold? */
export function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

const FIRST_MS = Date.parse('0001-01-01T00:00:00Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Is it an instant, in ms since 1970, of a year with four digits? Others PostgreSQL does not read as they are written. */
export function isKeptInstant(ms: number): boolean {
  return ms >= FIRST_MS && ms <= LAST_MS;
}
