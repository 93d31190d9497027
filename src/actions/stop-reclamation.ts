import { recordAudit } from '../datasources/store/audit.ts';
import { reclamationToRun, requestStop } from '../datasources/store/reclaim.ts';
import type { Caller } from '../caller.ts';
import type { Deps } from '../deps.ts';
import type { ReclamationIdInput } from '../schema.generated.ts';
import { refuse } from './outcome.ts';
import type { ReclamationOutcome } from './reclaim-license.ts';

/** Asks a request to end before its next item. One that no worker has begun ends at once. */
export async function stopReclamation(
  deps: Deps,
  caller: Caller,
  input: ReclamationIdInput,
): Promise<ReclamationOutcome> {
  const now = deps.now();
  const field = ['input', 'reclamationId'];
  const outcome = await deps.database.sql.begin(async (tx): Promise<ReclamationOutcome> => {
    const reclamation = await reclamationToRun(tx, input.reclamationId);
    if (reclamation === null) return refuse('NOT_FOUND', 'No reclamation has this id.', field);
    if (reclamation.finishedAt !== null || reclamation.dryRun) {
      return { ...refuse('NOTHING_TO_DO', 'This reclamation has ended already.', field), reclamation };
    }
    const stopped = await requestStop(tx, reclamation.id, now);
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'reclamation.stopped',
        integrationId: reclamation.integrationId,
        subject: reclamation.id,
        details: {},
      },
    ]);
    return { ok: true, reclamation: stopped };
  });
  // The worker gives the untouched candidates back; one that waits for a second caller has no worker yet.
  if (outcome.ok) await deps.queue.requestReclamation(outcome.reclamation.id);
  return outcome;
}
