import { createHash } from 'node:crypto';
import { dueCandidates, type DueRow } from '../datasources/store/asks.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { holdsOf } from '../datasources/store/holds.ts';
import { integrationById, lockIntegration } from '../datasources/store/integrations.ts';
import {
  insertReclamation,
  lockKey,
  moveAllCandidates,
  reclamationByKey,
  type NewItem,
} from '../datasources/store/reclaim.ts';
import {
  integrationsOfCandidates,
  lockCandidates,
  type PlannedCandidate,
} from '../datasources/store/planned-candidates.ts';
import { planSubjects, type SubjectRow } from '../datasources/store/plans.ts';
import type { Caller } from '../caller.ts';
import { newId } from '../db/id.ts';
import type { CandidateStatus, PlanRecord, TransferRecord } from '../db/tables/reclamations.ts';
import type { IntegrationRow, ReclamationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { CandidateActor } from '../policy/candidate-transitions.ts';
import { GUARD, planExpiry } from '../policy/guard.ts';
import { losesOf, warningsOf } from '../policy/plan-words.ts';
import { annualCost } from '../policy/savings.ts';
import { missingScopes, requirementsOf } from '../policy/task-scopes.ts';
import type { ReclaimInput } from '../schema.generated.ts';
import type { Tx } from './applied.ts';
import { askedItem, askHolders, askRefusals, isAsked } from './ask-holders.ts';
import { readCandidateIds } from './on-candidates.ts';
import { missingScope, refuse, type Refusal } from './outcome.ts';
import { candidateRefusal, planItem, type PlanContext } from './planned-item.ts';
import { secondCaller } from './second-caller.ts';
import { setAside, withoutImpossible } from './set-aside.ts';
import { readTransfer, transferRefusal } from './transfer-input.ts';

/** A request may be written down and still have something to say: over the guard it waits for a second caller. */
export type ReclamationOutcome =
  { ok: true; reclamation: ReclamationRow } | { ok: false; reclamation?: ReclamationRow; refusals: Refusal[] };

/** How candidates are taken whose holders were asked, when that is over. */
export interface Settled {
  /** Where they are. */
  from: CandidateStatus;
  /** Whose word it is. */
  actor: CandidateActor;
  /** Without a caller: what can't be taken is set aside instead of refused, and nobody is removed without a person's word. */
  isAutomatic: boolean;
  /** What the holders or approvers said, by which it is due; null: nothing in time. */
  answer?: DueRow['answer'];
}

/** Same input, same hash, whatever the order of its fields and candidates. */
export function hashInput(input: Record<string, unknown>): string {
  const { idempotencyKey: _, ...rest } = input;
  const plain = Object.entries(rest)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => [key, Array.isArray(value) ? [...value].sort() : value])
    .sort(([a], [b]) => String(a).localeCompare(String(b)));
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex');
}

/** Answers a repeated request: the same key and input give the same answer, another input is refused. */
export function repeated(existing: ReclamationRow, inputHash: string): ReclamationOutcome {
  if (existing.inputHash === inputHash) {
    const isHeld = existing.needsConfirmation && existing.confirmedAt === null && !existing.dryRun;
    return isHeld ? heldBack(existing) : { ok: true, reclamation: existing };
  }
  return refuse('IDEMPOTENCY_CONFLICT', 'This idempotency key was used before with another input. Use a new key.', [
    'input',
    'idempotencyKey',
  ]);
}

export function heldBack(reclamation: ReclamationRow): ReclamationOutcome {
  const message =
    `These users, with those of the last ${GUARD.hours} hours, are more than the guard allows, or some are to be deleted. ` +
    `Nothing is sent until another caller confirms reclamation ${reclamation.id} with confirmReclamation.`;
  return { ok: false, reclamation, refusals: [{ code: 'GUARD_EXCEEDED', message, field: ['input', 'candidateIds'] }] };
}

/** Counts a request that waits for a second caller. */
export function countHeld({ metrics }: Deps, outcome: ReclamationOutcome): void {
  if (outcome.ok || outcome.reclamation === undefined) return;
  if (outcome.refusals.some(({ code }) => code === 'GUARD_EXCEEDED')) {
    metrics.countGuardRefusal(outcome.reclamation.integrationId);
  }
}

/**
 * Plans taking licenses back and queues it. Everything is decided and written in one transaction; Zoom is not called.
 * What can't be done at all is refused as a whole; single users who are blocked are skipped in the plan, and so are those
 * who are asked first, because their rule says so. `settled`: of those who were asked.
 */
export async function reclaim(
  deps: Deps,
  caller: Caller,
  input: ReclaimInput,
  settled: Settled | null = null,
): Promise<ReclamationOutcome> {
  const { ids, refusal } = readCandidateIds(input.candidateIds);
  if (refusal !== null) return { ok: false, refusals: [refusal] };
  const unusable = keyRefusal(input);
  if (unusable !== null) return unusable;
  const now = deps.now();
  const inputHash = hashInput({ ...input, by: caller.sub });

  const outcome = await deps.database.sql.begin(async (tx): Promise<ReclamationOutcome> => {
    if (input.idempotencyKey != null) {
      await lockKey(tx, input.idempotencyKey);
      const existing = await reclamationByKey(tx, input.idempotencyKey);
      if (existing !== null) return repeated(existing, inputHash);
    }
    // One request of an integration at a time: the guard must see what the others plan.
    for (const id of await integrationsOfCandidates(tx, ids)) await lockIntegration(tx, id);
    let candidates = await lockCandidates(tx, ids, now);
    const unknown = ids.filter((id) => candidates.every((candidate) => candidate.id !== id));
    if (unknown.length > 0) {
      return refuse('NOT_FOUND', `No candidate has the id ${unknown.join(', ')}.`, ['input', 'candidateIds']);
    }
    const [integrationId, ...others] = [...new Set(candidates.map((candidate) => candidate.integrationId))];
    if (integrationId === undefined || others.length > 0) {
      return refuse('INVALID', 'The candidates belong to several integrations. Send one request for each.', [
        'input',
        'candidateIds',
      ]);
    }
    const integration = await integrationById(tx, integrationId);
    const notNow = integrationRefusal(integration) ?? (await holdRefusal(tx, integrationId));
    if (integration === null || notNow !== null) return notNow ?? refuse('NOT_FOUND', 'The integration was deleted.');

    const context = {
      action: input.action ?? null,
      caller,
      integration,
      now,
      ...(settled !== null && { from: settled.from }),
    };
    if (settled?.isAutomatic === true) {
      candidates = await stillDue(tx, candidates, settled, now);
      if (candidates.length === 0)
        return refuse('BLOCKED', 'Nothing of it is due any more: it was answered meanwhile.');
      candidates = await withoutImpossible(tx, candidates, context);
    }
    const refusals = candidates.flatMap((candidate) => candidateRefusal(candidate, context));
    if (refusals.length > 0) return { ok: false, refusals };
    const isPlan = input.dryRun === true;
    const toAsk = settled === null ? candidates.filter(({ daysToAnswer }) => daysToAnswer !== null) : [];
    const noAsking = askInputRefusal(input, toAsk) ?? (await askRefusals(tx, deps, toAsk, { isPlan, now }));
    if (noAsking.length > 0) return { ok: false, refusals: noAsking };

    const transfer = readTransfer(input);
    const leavers = candidates.map((one) => ({ ...one, action: input.action ?? one.action }));
    const noTransfer = await transferRefusal(tx, transfer, leavers);
    if (noTransfer !== null) return noTransfer;
    const daysOf = new Map(toAsk.map(({ id, daysToAnswer }) => [id, daysToAnswer]));
    const items = (await planAll(tx, candidates, context, transfer)).map((item) => {
      const days = daysOf.get(item.candidateId);
      return days == null || item.status !== 'PLANNED' ? item : askedItem(item, days, isPlan);
    });
    const planned = items.filter((item) => item.status === 'PLANNED');
    const asked = items.filter(isAsked).map((item) => item.candidateId);
    if (settled?.isAutomatic === true) {
      const untilOf = (id: string) => candidates.find((candidate) => candidate.id === id)?.nextEventAt ?? null;
      await setAside(tx, items, untilOf, now);
    }
    if (planned.length === 0 && asked.length === 0) {
      return {
        ok: false,
        refusals: items.map((item) => ({
          code: 'BLOCKED',
          message: `Candidate ${item.candidateId} is blocked: ${item.error?.message ?? ''}`,
          field: ['input', 'candidateIds'],
        })),
      };
    }
    const actions = planned.map(({ action }) => action);
    const { overGuard, isNeeded: isHeld } = await secondCaller(tx, integration, actions, now, settled?.isAutomatic);
    const reclamation = await insertReclamation(
      tx,
      {
        id: newId('rec', now.getTime()),
        integrationId: integration.id,
        kind: 'RECLAIM',
        action: input.action ?? null,
        dryRun: isPlan,
        requestedBy: caller.sub,
        requestedAt: now,
        reason: input.reason ?? null,
        idempotencyKey: input.idempotencyKey ?? null,
        inputHash,
        needsConfirmation: isHeld,
        transfer,
        planHash: hashPlan(items, transfer),
        expiresAt: planExpiry(now),
        restoresId: null,
      },
      items,
    );
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: isPlan ? 'reclamation.planned' : 'reclamation.requested',
        integrationId: integration.id,
        subject: reclamation.id,
        details: {
          users: planned.length,
          asked: asked.length,
          skipped: items.length - planned.length - asked.length,
          overGuard,
        },
      },
    ]);
    if (!isPlan) {
      await moveAllCandidates(
        tx,
        planned.map((item) => item.candidateId),
        {
          to: 'AWAITING_REVOCATION',
          by: caller.sub,
          note: input.reason ?? null,
          ...(settled !== null && { actor: settled.actor }),
        },
        now,
      );
      const holders = candidates.filter(({ id }) => asked.includes(id));
      await askHolders(tx, deps, holders, { by: caller.sub, reason: input.reason ?? null, now });
    }
    return isHeld && !isPlan ? heldBack(reclamation) : { ok: true, reclamation };
  });
  countHeld(deps, outcome);
  if (outcome.ok && !outcome.reclamation.dryRun) await deps.queue.requestReclamation(outcome.reclamation.id);
  return outcome;
}

/** Those that are due by what they were taken for due: since that was read, somebody may have said that they need it. */
async function stillDue(
  tx: Tx,
  candidates: readonly PlannedCandidate[],
  settled: Settled,
  now: Date,
): Promise<PlannedCandidate[]> {
  const due = await dueCandidates(
    tx,
    now,
    candidates.map(({ id }) => id),
  );
  const alike = due.filter(({ status, answer }) => status === settled.from && answer === (settled.answer ?? null));
  const ids = new Set(alike.map(({ id }) => id));
  return candidates.filter(({ id }) => ids.has(id));
}

function keyRefusal(input: ReclaimInput) {
  if (input.idempotencyKey != null && (input.idempotencyKey.trim() === '' || input.idempotencyKey.length > 200)) {
    return refuse('INVALID', 'An idempotency key has 1 to 200 characters.', ['input', 'idempotencyKey']);
  }
  return null;
}

/** Who is asked first is asked about what the rule would do: nothing else can be remembered until the answer. */
function askInputRefusal(input: ReclaimInput, toAsk: readonly PlannedCandidate[]): Refusal[] | null {
  const others = toAsk.filter(({ action }) => input.action != null && input.action !== action);
  const field = ['input', others.length > 0 ? 'action' : 'transfer'];
  if (others.length === 0 && (toAsk.length === 0 || input.transfer == null)) return null;
  const message =
    'The rule asks its users first, about its own action. Leave action and transfer out, or switch notifyUser off.';
  return [{ code: 'ACTION_NOT_POSSIBLE', message, field }];
}

/** @returns what keeps anything from being sent right now; null when nothing does. */
export async function holdRefusal(tx: Tx, integrationId: string) {
  const [hold] = await holdsOf(tx, [integrationId]);
  if (hold == null) return null;
  const message = `Taking and giving back is on hold: ${hold.reason} An admin can release it with releaseReclamations.`;
  return refuse('ON_HOLD', message);
}

/** @returns why nothing at all may be taken back in this integration; null when something may. */
export function integrationRefusal(integration: IntegrationRow | null) {
  if (integration === null || integration.deletedAt !== null)
    return refuse('NOT_FOUND', 'The integration was deleted.');
  if (!integration.enabledTasks.includes('RECLAMATION')) {
    return refuse(
      'RECLAMATION_DISABLED',
      `Reclamation is switched off for "${integration.displayName}". Switch the task on with updateIntegration first.`,
    );
  }
  if (integration.status === 'REAUTHORIZATION_REQUIRED') {
    return refuse(
      'REAUTHORIZATION_REQUIRED',
      'The integration must be authorized again before anything can be taken back.',
    );
  }
  if (integration.status !== 'CONNECTED') {
    return refuse('NOT_CONNECTED', 'The integration is not connected to Zoom. Authorize and validate it first.');
  }
  const needed = requirementsOf('RECLAMATION', integration.kind).filter(({ isOptional }) => isOptional !== true);
  const missing = integration.grantedScopes === null ? [] : missingScopes(needed, integration.grantedScopes);
  return missing.length > 0 ? { ok: false as const, refusals: [missingScope(missing)] } : null;
}

/** Plans each candidate, with what there is to say of them. */
async function planAll(
  tx: Tx,
  candidates: readonly PlannedCandidate[],
  context: PlanContext,
  transfer: TransferRecord | null,
): Promise<NewItem[]> {
  const subjects = await planSubjects(
    tx,
    candidates.map(({ id }) => id),
    context.now,
  );
  const byId = new Map(subjects.map((subject) => [subject.candidateId, subject]));
  return candidates.map((candidate) => {
    const item = planItem(candidate, context);
    const subject = byId.get(candidate.id);
    return subject === undefined ? item : { ...item, plan: planOf(subject, item.action, transfer) };
  });
}

function planOf(subject: SubjectRow, action: NewItem['action'], transfer: TransferRecord | null): PlanRecord {
  const savings = annualCost(subject, 1);
  const words = { ...subject, action, transfer };
  return {
    reason: subject.reason,
    rule: subject.rule,
    inactiveDays: subject.inactiveDays,
    lastActivityAt: subject.lastActivityAt?.toISOString() ?? null,
    evidence: subject.evidence,
    loses: losesOf(words),
    warnings: warningsOf(words),
    savingsAmount: savings?.amount ?? null,
    savingsCurrency: savings?.currency ?? null,
    facts: subject.facts,
  };
}

/** Names a plan by what it does: whom it takes what from. */
function hashPlan(items: readonly NewItem[], transfer: TransferRecord | null): string {
  const what = items.map(({ candidateId, action, status }) => [candidateId, action, status]);
  return createHash('sha256')
    .update(JSON.stringify([what, transfer]))
    .digest('hex');
}
