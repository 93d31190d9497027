import { recordAudit } from '../datasources/store/audit.ts';
import { lockIntegration } from '../datasources/store/integrations.ts';
import {
  insertReclamation,
  itemsBeingRestored,
  itemsOf,
  lockKey,
  reclamationByKey,
  reclamationToRun,
} from '../datasources/store/reclaim.ts';
import type { Caller } from '../caller.ts';
import { newId } from '../db/id.ts';
import { HALF_DONE, removesUser } from '../policy/reclaim-step.ts';
import type { ReclamationItemRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { RestoreInput } from '../schema.generated.ts';
import { refuse } from './outcome.ts';
import { hashInput, holdRefusal, integrationRefusal, repeated, type ReclamationOutcome } from './reclaim-license.ts';

/** Plans giving back what a reclamation took, item by item from its before-image, and queues it. Zoom is not called. */
export async function restore(deps: Deps, caller: Caller, input: RestoreInput): Promise<ReclamationOutcome> {
  const now = deps.now();
  const inputHash = hashInput({ ...input, by: caller.sub });
  const outcome = await deps.database.sql.begin(async (tx): Promise<ReclamationOutcome> => {
    if (input.idempotencyKey != null) {
      await lockKey(tx, input.idempotencyKey);
      const existing = await reclamationByKey(tx, input.idempotencyKey);
      if (existing !== null) return repeated(existing, inputHash);
    }
    const reclamation = await reclamationToRun(tx, input.reclamationId);
    if (reclamation === null || reclamation.kind !== 'RECLAIM') {
      return refuse('NOT_FOUND', 'No reclamation has this id.', ['input', 'reclamationId']);
    }
    const { integrationId } = reclamation;
    const notNow =
      integrationRefusal(await lockIntegration(tx, integrationId)) ?? (await holdRefusal(tx, integrationId));
    if (notNow !== null) return notNow;
    const all = await itemsOf(tx, reclamation.id);
    const asked = input.itemIds == null ? null : [...new Set(input.itemIds)];
    const unknown = asked?.filter((id) => all.every((item) => item.id !== id)) ?? [];
    if (unknown.length > 0) {
      return refuse('NOT_FOUND', `This reclamation has no item ${unknown.join(', ')}.`, ['input', 'itemIds']);
    }
    const isAsked = (item: ReclamationItemRow) => asked === null || asked.includes(item.id);
    // Whoever is being given back already is not given back twice; of a whole reclamation the others are.
    const underway = await itemsBeingRestored(tx, reclamation.id);
    const twice = all.filter((item) => isAsked(item) && underway.has(item.id));
    const taken = all.filter(
      (item) => wasTaken(item) && item.before !== null && isAsked(item) && !underway.has(item.id),
    );
    if (twice.length > 0 && (asked !== null || taken.length === 0)) {
      return refuse('IN_PROGRESS', `Already being given back: ${twice.map(({ id }) => id).join(', ')}.`, [
        'input',
        asked === null ? 'reclamationId' : 'itemIds',
      ]);
    }
    const items = taken.filter(({ action }) => !removesUser(action));
    const removed = taken.find(({ action }) => removesUser(action));
    // Whoever names items of people who are gone is told so; of a whole reclamation the others are given back.
    if (removed !== undefined && (items.length === 0 || asked !== null)) {
      const message =
        removed.action === 'DELETE'
          ? 'Somebody who was deleted is gone with their data; nobody can give that back. Invite them anew.'
          : 'Somebody who was unlinked has an account of their own now, and must accept an invitation to come back.';
      return refuse('ACTION_NOT_POSSIBLE', message, ['input', asked === null ? 'reclamationId' : 'itemIds']);
    }
    if (items.length === 0) {
      return refuse('NOTHING_TO_DO', 'None of these items was taken back, or all were given back already.', [
        'input',
        asked === null ? 'reclamationId' : 'itemIds',
      ]);
    }
    const restoring = await insertReclamation(
      tx,
      {
        id: newId('rec', now.getTime()),
        integrationId: reclamation.integrationId,
        kind: 'RESTORE',
        action: reclamation.action,
        dryRun: false,
        requestedBy: caller.sub,
        requestedAt: now,
        reason: `Gives back what ${reclamation.id} took`,
        idempotencyKey: input.idempotencyKey ?? null,
        inputHash,
        needsConfirmation: false,
        restoresId: reclamation.id,
      },
      items.map((item) => ({
        candidateId: item.candidateId,
        userId: item.userId,
        action: item.action,
        status: 'PLANNED',
        error: null,
        before: item.before,
        restoresItemId: item.id,
      })),
    );
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'restore.requested',
        integrationId: reclamation.integrationId,
        subject: restoring.id,
        details: { restores: reclamation.id, users: items.length },
      },
    ]);
    return { ok: true, reclamation: restoring };
  });
  if (outcome.ok) await deps.queue.requestReclamation(outcome.reclamation.id);
  return outcome;
}

const wasTaken = ({ status, error }: ReclamationItemRow) =>
  status === 'CONFIRMED' || (status === 'FAILED' && error?.code === HALF_DONE);
