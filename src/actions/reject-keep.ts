import type { Caller } from '../caller.ts';
import type { Deps } from '../deps.ts';
import type { RejectKeepInput } from '../schema.generated.ts';
import { reclaim, type ReclamationOutcome } from './reclaim-license.ts';

/** Takes licenses back that their holders want to keep, by the way of every reclamation. */
export function rejectKeep(deps: Deps, caller: Caller, input: RejectKeepInput): Promise<ReclamationOutcome> {
  return reclaim(deps, caller, input, { from: 'AWAITING_APPROVAL', actor: 'APPROVER', isAutomatic: false });
}
