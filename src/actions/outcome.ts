import type { UserErrorCode } from '../schema.generated.ts';

/** Why something was not done, as its caller will read it. */
export interface Refusal {
  code: UserErrorCode;
  message: string;
  /** Path of the input field that it is about. */
  field?: string[];
}

/** What an action answers: a business "no" is data, only failures are thrown. */
export type Outcome<T> = ({ ok: true } & T) | { ok: false; refusals: Refusal[] };

/** A single "no". */
export function refuse(code: UserErrorCode, message: string, field?: string[]): { ok: false; refusals: Refusal[] } {
  return { ok: false, refusals: [{ code, message, ...(field && { field }) }] };
}

/** Zoom did not grant what is needed. */
export function missingScope(missing: readonly string[]): Refusal {
  const message = `Zoom did not grant ${missing.join(', ')}. Add the scopes to the Zoom app and authorize the integration again.`;
  return { code: 'MISSING_SCOPE', message, field: [] };
}
