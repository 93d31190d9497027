import { createHash } from 'node:crypto';
import { recordAudit } from '../datasources/store/audit.ts';
import { integrationById, lockIntegration } from '../datasources/store/integrations.ts';
import {
  guardCounts,
  insertReclamation,
  integrationsOfCandidates,
  lockCandidates,
  lockKey,
  moveCandidates,
  reclamationByKey,
  type NewItem,
  type PlannedCandidate,
} from '../datasources/store/reclaim.ts';
import type { Caller } from '../caller.ts';
import { newId } from '../db/id.ts';
import type { IntegrationRow, ReclamationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { blockersOf } from '../policy/eligibility.ts';
import { GUARD, guardAllows } from '../policy/guard.ts';
import { isServiceAddress } from '../policy/people.ts';
import { removesUser, whyNoFit } from '../policy/reclaim-step.ts';
import { missingScopes, removalScope, requirementsOf } from '../policy/task-scopes.ts';
import type { ReclaimInput } from '../schema.generated.ts';
import { refuse, type Refusal } from './outcome.ts';
import { readTransfer, transferRefusal } from './transfer-input.ts';

/** A request may be written down and still have something to say: over the guard it waits for a second caller. */
export type ReclamationOutcome =
  { ok: true; reclamation: ReclamationRow } | { ok: false; reclamation?: ReclamationRow; refusals: Refusal[] };

const MAX_CANDIDATES = 500;

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
    return existing.needsConfirmation ? heldBack(existing) : { ok: true, reclamation: existing };
  }
  return refuse('IDEMPOTENCY_CONFLICT', 'This idempotency key was used before with another input. Use a new key.', [
    'input',
    'idempotencyKey',
  ]);
}

function heldBack(reclamation: ReclamationRow): ReclamationOutcome {
  const message =
    `These users, with those of the last ${GUARD.hours} hours, are more than the guard allows, or some are to be deleted. ` +
    `Nothing is sent until another caller confirms reclamation ${reclamation.id} with confirmReclamation.`;
  return { ok: false, reclamation, refusals: [{ code: 'GUARD_EXCEEDED', message, field: ['input', 'candidateIds'] }] };
}

/**
 * Plans taking licenses back and queues it. Everything is decided and written in one transaction; Zoom is not called.
 * What can't be done at all is refused as a whole; single users who are blocked are skipped in the plan.
 */
export async function reclaim(deps: Deps, caller: Caller, input: ReclaimInput): Promise<ReclamationOutcome> {
  const ids = [...new Set(input.candidateIds)];
  if (ids.length === 0 || ids.length > MAX_CANDIDATES) {
    return refuse('INVALID', `Give 1 to ${MAX_CANDIDATES} candidates; there are ${ids.length}.`, [
      'input',
      'candidateIds',
    ]);
  }
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
    const candidates = await lockCandidates(tx, ids, now);
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
    const notNow = integrationRefusal(integration);
    if (integration === null || notNow !== null) return notNow ?? refuse('NOT_FOUND', 'The integration was deleted.');

    const refusals = candidates.flatMap((candidate) => candidateRefusal(candidate, input, integration));
    if (refusals.length > 0) return { ok: false, refusals };

    const transfer = readTransfer(input);
    const leavers = candidates.map((one) => ({ ...one, action: input.action ?? one.action }));
    const noTransfer = await transferRefusal(tx, transfer, leavers);
    if (noTransfer !== null) return noTransfer;
    const items = candidates.map((candidate) => planItem(candidate, { input, integration, now }));
    const planned = items.filter((item) => item.status === 'PLANNED');
    if (planned.length === 0) {
      return {
        ok: false,
        refusals: items.map((item) => ({
          code: 'BLOCKED',
          message: `Candidate ${item.candidateId} is blocked: ${item.error?.message ?? ''}`,
          field: ['input', 'candidateIds'],
        })),
      };
    }
    const dryRun = input.dryRun === true;
    const { paidUsers, recent } = await guardCounts(tx, integration.id, now);
    const overGuard = !guardAllows(paidUsers, recent, planned.length);
    // What is deleted is gone for good: that is never for one person alone to decide.
    const isHeld = overGuard || planned.some(({ action }) => action === 'DELETE');
    const reclamation = await insertReclamation(
      tx,
      {
        id: newId('rec', now.getTime()),
        integrationId: integration.id,
        kind: 'RECLAIM',
        action: input.action ?? null,
        dryRun,
        requestedBy: caller.sub,
        requestedAt: now,
        reason: input.reason ?? null,
        idempotencyKey: input.idempotencyKey ?? null,
        inputHash,
        needsConfirmation: isHeld,
        transfer,
        restoresId: null,
      },
      items,
    );
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: dryRun ? 'reclamation.planned' : 'reclamation.requested',
        integrationId: integration.id,
        subject: reclamation.id,
        details: {
          users: planned.length,
          skipped: items.length - planned.length,
          overGuard,
          reason: input.reason ?? null,
        },
      },
    ]);
    if (!dryRun) {
      await moveCandidates(
        tx,
        planned.map((item) => item.candidateId),
        { to: 'AWAITING_REVOCATION', by: caller.sub, note: input.reason ?? null },
        now,
      );
    }
    return isHeld ? heldBack(reclamation) : { ok: true, reclamation };
  });
  if (outcome.ok && !outcome.reclamation.dryRun) await deps.queue.requestReclamation(outcome.reclamation.id);
  return outcome;
}

function keyRefusal(input: ReclaimInput) {
  if (input.idempotencyKey != null && (input.idempotencyKey.trim() === '' || input.idempotencyKey.length > 200)) {
    return refuse('INVALID', 'An idempotency key has 1 to 200 characters.', ['input', 'idempotencyKey']);
  }
  return null;
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

function missingScope(missing: readonly string[]): Refusal {
  const message = `Zoom did not grant ${missing.join(', ')}. Add the scopes to the Zoom app and authorize the integration again.`;
  return { code: 'MISSING_SCOPE', message, field: [] };
}

function candidateRefusal(candidate: PlannedCandidate, input: ReclaimInput, integration: IntegrationRow): Refusal[] {
  const field = ['input', 'candidateIds'];
  if (candidate.closedAt !== null) {
    return [{ code: 'CANDIDATE_CLOSED', message: `Candidate ${candidate.id} is closed.`, field }];
  }
  if (candidate.candidateStatus === 'AWAITING_REVOCATION') {
    return [{ code: 'IN_PROGRESS', message: `Candidate ${candidate.id} is already being taken back.`, field }];
  }
  if (candidate.type !== null && !countedTypes(integration).some((type) => type === candidate.type)) {
    const message = `The integration does not count the kind of user of candidate ${candidate.id}.`;
    return [{ code: 'ACTION_NOT_POSSIBLE', message, field }];
  }
  if (!candidate.isManaged) {
    const message = `The license of candidate ${candidate.id} is not managed. Add it with manageLicenses first.`;
    return [{ code: 'ACTION_NOT_POSSIBLE', message, field }];
  }
  const action = input.action ?? candidate.action;
  const why = whyNoFit(action, candidate.licenseUniqueId, candidate.type);
  if (why !== null) {
    return [{ code: 'ACTION_NOT_POSSIBLE', message: `${action} of candidate ${candidate.id}: ${why}`, field }];
  }
  if (removesUser(action)) {
    const missing = missingScopes([removalScope(integration.kind)], integration.grantedScopes ?? []);
    if (integration.grantedScopes !== null && missing.length > 0) return [missingScope(missing)];
  }
  return [];
}

function planItem(
  candidate: PlannedCandidate,
  { input, integration, now }: { input: ReclaimInput; integration: IntegrationRow; now: Date },
): NewItem {
  const action = input.action ?? candidate.action;
  const item = { candidateId: candidate.id, userId: candidate.userId, action };
  const isOutOfReach = candidate.subAccountId !== null && integration.kind !== 'TIERED';
  if (candidate.accountId === null || candidate.removedAt !== null || candidate.isAccountGone || isOutOfReach) {
    return {
      ...item,
      status: 'SKIPPED',
      error: {
        code: 'NOT_FOUND',
        message: isOutOfReach ? 'The integration no longer looks at sub accounts.' : 'The user has left the account.',
        zoomCode: null,
      },
    };
  }
  const [blocker] = blockersOf(
    {
      ...candidate,
      // By the patterns of now: the roster has them from its next sync on.
      isServiceAccount:
        candidate.isServiceAccount || isServiceAddress(candidate.email ?? '', integration.serviceAccountPatterns),
      isLive: false,
    },
    { authorizedZoomUserId: integration.authorizedZoomUserId, action, now },
  );
  if (blocker === undefined) return { ...item, status: 'PLANNED', error: null };
  return { ...item, status: 'SKIPPED', error: { code: blocker.code, message: blocker.message, zoomCode: null } };
}
