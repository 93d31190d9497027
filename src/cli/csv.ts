/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** One line of CSV by RFC 4180; null is an empty field. Text that a spreadsheet would run gets a quote before it. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return values.map(field).join(',');
}

function field(value: string | number | null): string {
  if (value === null || typeof value === 'number') return String(value ?? '');
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
