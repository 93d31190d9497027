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
}
