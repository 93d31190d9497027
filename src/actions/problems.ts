import { FIRST_DAY, isCurrency, isDay, LAST_DAY } from '../policy/bounds.ts';
import type { Refusal } from './outcome.ts';

const MAX_NAME = 200;

/** Collects everything that is wrong with an input, each with the field that it is about. */
export class Problems {
  readonly refusals: Refusal[] = [];

  add(field: string, message: string, code: Refusal['code'] = 'INVALID'): void {
    this.refusals.push({ code, message, field: ['input', ...field.split('.')] });
  }

  /** Text without the blanks around it, 1 to `max` characters long. */
  text(field: string, value: string, max = MAX_NAME): string {
    const text = value.trim();
    if (text === '' || text.length > max) this.add(field, `Must be 1 to ${max} characters long.`);
    // A line break or a null byte in a name is never meant, and the database takes no null bytes.
    else if (/\p{Cc}/u.test(text)) this.add(field, 'Must not contain control characters.');
    return text;
  }

  /** A whole number within bounds. */
  integer(field: string, value: number, min: number, max: number): number {
    if (!Number.isInteger(value) || value < min || value > max) this.add(field, `Must be from ${min} to ${max}.`);
    return value;
  }

  /** A day that the calendar has, of the years that there is something to buy in; null where none was given. */
  day(field: string, value: unknown): string | null {
    if (value == null) return null;
    // The scalar may hand over a Date.
    const day = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
    if (isDay(day) && day >= FIRST_DAY && day <= LAST_DAY) return day;
    this.add(
      field,
      isDay(day)
        ? `Must be from ${FIRST_DAY} to ${LAST_DAY}; leave it out where there is no such day.`
        : 'Must be a day that the calendar has, for example 2026-03-01.',
    );
    return null;
  }

  /** A currency in use; null where none was given. */
  currency(field: string, code: string | null | undefined): string | null {
    if (code == null) return null;
    if (!isCurrency(code)) this.add(field, 'Must be a currency code of ISO 4217 in capital letters, for example EUR.');
    return code;
  }
}
