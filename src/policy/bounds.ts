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
