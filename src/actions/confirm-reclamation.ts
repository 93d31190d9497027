import { recordAudit } from '../datasources/store/audit.ts';
import { askersOf } from '../datasources/store/asks.ts';
import { confirmRow, reclamationToRun } from '../datasources/store/reclaim.ts';
import type { Caller } from '../caller.ts';
import type { Deps } from '../deps.ts';
import type { ConfirmReclamationInput } from '../schema.generated.ts';
import { refuse } from './outcome.ts';
import type { ReclamationOutcome } from './reclaim-license.ts';

/** Lets a request go that the guard holds back. The second caller must be another one than the first. */
export async function confirmReclamation(
  deps: Deps,
  caller: Caller,
  input: ConfirmReclamationInput,
): Promise<ReclamationOutcome> {
  const now = deps.now();
  const field = ['input', 'reclamationId'];
  const outcome = await deps.database.sql.begin(async (tx): Promise<ReclamationOutcome> => {
    const reclamation = await reclamationToRun(tx, input.reclamationId);
    if (reclamation === null) return refuse('NOT_FOUND', 'No reclamation has this id.', field);
    if (!reclamation.needsConfirmation || reclamation.status !== 'PENDING' || reclamation.confirmedAt !== null) {
      return { ...refuse('NOTHING_TO_DO', 'This reclamation does not wait for a confirmation.', field), reclamation };
    }
    if (reclamation.dryRun) {
      return { ...refuse('NOTHING_TO_DO', 'A dry run is never carried out.', field), reclamation };
    }
    if ([reclamation.requestedBy, reclamation.appliedBy].includes(caller.sub)) {
      return {
        ...refuse('SECOND_CALLER_REQUIRED', 'Somebody else than who planned or applied it must confirm.', field),
        reclamation,
      };
    }
    // What the service requested by itself began with somebody who had the holders asked: they are the first caller.
    if ((await askersOf(tx, reclamation.id)).includes(caller.sub)) {
      return {
        ...refuse('SECOND_CALLER_REQUIRED', 'Somebody else than who had the holders asked must confirm.', field),
        reclamation,
      };
    }
    if (input.planHash != null && input.planHash !== reclamation.planHash) {
      const message = 'It is another request than the one whose hash was sent. Look at it again.';
      return { ...refuse('PLAN_STALE', message, ['input', 'planHash']), reclamation };
    }
    if (reclamation.expiresAt !== null && reclamation.expiresAt <= now) {
      return { ...refuse('PLAN_EXPIRED', 'The time to confirm it is over. Ask anew.', field), reclamation };
    }
    const confirmed = await confirmRow(tx, reclamation.id, caller.sub, now);
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'reclamation.confirmed',
        integrationId: reclamation.integrationId,
        subject: reclamation.id,
        details: { requestedBy: reclamation.requestedBy },
      },
    ]);
    return { ok: true, reclamation: confirmed };
  });
  if (outcome.ok) await deps.queue.requestReclamation(outcome.reclamation.id);
  return outcome;
}
