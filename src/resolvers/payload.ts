import type { Outcome } from '../actions/outcome.ts';
import type { UserError } from '../schema.generated.ts';

/**
 * An outcome as a payload: what was done, or what there is in spite of the refusal, and the refusals as `userErrors`.
 */
export function payloadOf<T extends object>(outcome: Outcome<T>): Partial<T> & { userErrors: UserError[] } {
  const { ok, ...rest } = outcome;
  if (ok) return { ...(rest as T), userErrors: [] };
  const { refusals, ...given } = rest as unknown as Partial<T> & { refusals: (UserError & { field?: string[] })[] };
  const userErrors = refusals.map(({ code, message, field }) => ({ code, message, field: field ?? null }));
  return { ...(given as unknown as Partial<T>), userErrors };
}
