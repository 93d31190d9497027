import { recordAudit } from '../datasources/store/audit.ts';
import { lockIntegration } from '../datasources/store/integrations.ts';
import { staleItems, type StaleFacts } from '../datasources/store/plans.ts';
import { applyRow, itemsOf, moveAllCandidates, reclamationToRun } from '../datasources/store/reclaim.ts';
import { lockCandidates } from '../datasources/store/planned-candidates.ts';
import type { Caller } from '../caller.ts';
import type { Deps } from '../deps.ts';
import { PLAN_HOURS, planExpiry } from '../policy/guard.ts';
import type { ApplyReclamationInput } from '../schema.generated.ts';
import { refuse } from './outcome.ts';
import { askHolders, askRefusals, isAsked } from './ask-holders.ts';
import { candidateRefusal, planItem } from './planned-item.ts';
import { countHeld, heldBack, holdRefusal, integrationRefusal, type ReclamationOutcome } from './reclaim-license.ts';
import { secondCaller } from './second-caller.ts';

/** So many items are named; of the others only how many they are. */
const NAMED = 5;

/**
 * Lets a plan be carried out, as it was shown. One that is too old, or of which something is not so any more, is refused as a
 * whole: what somebody agreed to would not be what is done. Applying it again changes nothing.
 */
export async function applyReclamation(
  deps: Deps,
  caller: Caller,
  input: ApplyReclamationInput,
): Promise<ReclamationOutcome> {
  const now = deps.now();
  const field = ['input', 'reclamationId'];
  const outcome = await deps.database.sql.begin(async (tx): Promise<ReclamationOutcome> => {
    const found = await reclamationToRun(tx, input.reclamationId);
    if (found === null || found.kind !== 'RECLAIM') return refuse('NOT_FOUND', 'No plan has this id.', field);
    const integration = await lockIntegration(tx, found.integrationId);
    const reclamation = (await reclamationToRun(tx, found.id)) ?? found;
    if (!reclamation.dryRun) {
      if (reclamation.appliedBy !== caller.sub) {
        return {
          ...refuse('NOTHING_TO_DO', 'This is no plan, or somebody has applied it already.', field),
          reclamation,
        };
      }
      return reclamation.needsConfirmation && reclamation.confirmedAt === null
        ? heldBack(reclamation)
        : { ok: true, reclamation };
    }
    const notNow = integrationRefusal(integration) ?? (await holdRefusal(tx, found.integrationId));
    if (integration === null || notNow !== null) return notNow ?? refuse('NOT_FOUND', 'The integration was deleted.');
    const no = (code: 'PLAN_EXPIRED' | 'PLAN_STALE', message: string) => ({
      ...refuse(code, message, field),
      reclamation,
    });
    if (input.planHash != null && input.planHash !== reclamation.planHash) {
      return no('PLAN_STALE', 'The plan is another one than the one whose hash was sent. Look at it again.');
    }
    if (reclamation.expiresAt === null || reclamation.expiresAt <= now) {
      return no('PLAN_EXPIRED', `A plan can be applied for ${PLAN_HOURS} hours. Make a new one.`);
    }
    const all = await itemsOf(tx, reclamation.id);
    const items = all.filter(({ status }) => status === 'PLANNED');
    const ids = items.map(({ candidateId }) => candidateId);
    const toAsk = new Set(all.filter(isAsked).map(({ candidateId }) => candidateId));
    const candidates = await lockCandidates(tx, [...ids, ...toAsk], now);
    const [stale = []] = await staleItems(tx, [reclamation.id]);
    if (stale.length > 0) return no('PLAN_STALE', staleWords(stale));
    for (const candidate of candidates) {
      if (toAsk.has(candidate.id) !== (candidate.daysToAnswer !== null)) {
        return no('PLAN_STALE', `The rule of candidate ${candidate.id} asks its users otherwise now. Make a new plan.`);
      }
      const action = items.find(({ candidateId }) => candidateId === candidate.id)?.action ?? null;
      const context = { action, caller, integration, now };
      const refusals = candidateRefusal(candidate, context);
      if (refusals.length > 0) return { ok: false, reclamation, refusals };
      const { status, error } = planItem(candidate, context);
      if (status !== 'PLANNED') {
        return no(
          'PLAN_STALE',
          `Candidate ${candidate.id} is blocked by now: ${error?.message ?? ''} Make a new plan.`,
        );
      }
    }
    const holders = candidates.filter(({ id }) => toAsk.has(id));
    const noAsking = await askRefusals(tx, deps, holders, { isPlan: false, now });
    if (noAsking.length > 0) return { ok: false, reclamation, refusals: noAsking };
    const actions = items.map(({ action }) => action);
    const { overGuard, isNeeded: needsConfirmation } = await secondCaller(tx, integration, actions, now);
    const expiresAt = planExpiry(now);
    const applied = await applyRow(tx, reclamation.id, { caller: caller.sub, needsConfirmation, expiresAt }, now);
    await moveAllCandidates(tx, ids, { to: 'AWAITING_REVOCATION', by: caller.sub, note: reclamation.reason }, now);
    await askHolders(tx, deps, holders, { by: caller.sub, reason: reclamation.reason, now });
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'reclamation.applied',
        integrationId: integration.id,
        subject: reclamation.id,
        details: { users: items.length, overGuard, planHash: reclamation.planHash, plannedBy: reclamation.requestedBy },
      },
    ]);
    return needsConfirmation ? heldBack(applied) : { ok: true, reclamation: applied };
  });
  countHeld(deps, outcome);
  if (outcome.ok) await deps.queue.requestReclamation(outcome.reclamation.id);
  return outcome;
}

function staleWords(stale: readonly StaleFacts[]): string {
  const named = stale.slice(0, NAMED).map(({ itemId, ...item }) => `${itemId} (${changedFacts(item).join(', ')})`);
  const more = stale.length > NAMED ? ` and ${stale.length - NAMED} more` : '';
  return `Something is not so any more as when the plan was made: of ${named.join(', ')}${more}. Make a new plan.`;
}

/** Names of the facts that changed. */
export function changedFacts({ then, now }: Pick<StaleFacts, 'then' | 'now'>): string[] {
  if (now === null) return ['the user is gone'];
  return Object.keys(then).filter((name) => then[name as keyof typeof then] !== now[name as keyof typeof now]);
}
