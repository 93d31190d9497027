import { recordAudit } from '../datasources/store/audit.ts';
import { holdsOf } from '../datasources/store/holds.ts';
import {
  markSent,
  moveCandidates,
  moveItem,
  reclamationToRun,
  type UnmovedCandidate,
} from '../datasources/store/reclaim.ts';
import type { PlannedCandidate } from '../datasources/store/planned-candidates.ts';
import type { SqlOrTx } from '../datasources/store/writes.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { addGroupMember } from '../datasources/zoom/groups.ts';
import {
  deleteUser,
  getUser,
  updateUser,
  updateUserSettings,
  updateUserStatus,
  type UserProfilePayload,
} from '../datasources/zoom/users.ts';
import type { BeforeImage, BlockerRecord, CandidateStatus, ItemError, NotRestored } from '../db/tables/reclamations.ts';
import type { HoldRow, IntegrationRow, ReclamationItemRow, ReclamationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { AppError } from '../errors.ts';
import type { AuditAction } from '../policy/audit-actions.ts';
import { TAKING_FAILED } from '../policy/eligibility.ts';
import type { Step, ZoomState } from '../policy/reclaim-step.ts';

/** What the work on one item needs to know. */
export interface ItemWork {
  deps: Deps;
  integration: IntegrationRow;
  reclamation: ReclamationRow;
  item: ReclamationItemRow;
  /** Why nothing more may be sent, in words; what is on its way is only looked after. Null: it may. */
  whyStopped: string | null;
  signal: AbortSignal;
}

/** A client for the account of the user; its calls go first and don't wait for long. */
export function zoomFor(work: ItemWork, { subAccountId }: Pick<PlannedCandidate, 'subAccountId'>): ZoomClient {
  return work.deps.zoom.forIntegration(work.integration.id, {
    ...(subAccountId !== null && { subAccountId }),
    signal: work.signal,
    priority: 'INTERACTIVE',
    deadlineMs: 60_000,
  });
}

/** The user as Zoom shows them; null when Zoom knows nobody by this id. */
export async function userNow(zoom: ZoomClient, zoomUserId: string): Promise<UserProfilePayload | null> {
  try {
    return await getUser(zoom, zoomUserId);
  } catch (error) {
    if (error instanceof ZoomError && error.kind === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Sends one write. @returns null when Zoom took it, otherwise why not. */
export async function sendStep(zoom: ZoomClient, zoomUserId: string, step: Step): Promise<ZoomError | null> {
  try {
    switch (step.name) {
      case 'activate':
      case 'deactivate':
        await updateUserStatus(zoom, zoomUserId, step.name);
        break;
      case 'downgrade':
        await updateUser(zoom, zoomUserId, { type: 1 });
        break;
      case 'type':
        await updateUser(zoom, zoomUserId, { type: step.type });
        break;
      case 'bundle':
        await updateUser(zoom, zoomUserId, { zoom_one_type: step.zoomOneType });
        break;
      case 'united':
        await updateUser(zoom, zoomUserId, { plan_united_type: step.planUnitedType });
        break;
      case 'features':
        await updateUserSettings(zoom, zoomUserId, { feature: step.feature });
        break;
      case 'group':
        await addGroupMember(zoom, step.groupId, zoomUserId);
        break;
      case 'remove':
        await deleteUser(zoom, zoomUserId, step.action, step.transfer);
        break;
    }
    return null;
  } catch (error) {
    if (!(error instanceof ZoomError)) throw error;
    // Whoever is not there is removed: an earlier call of ours, whose answer was lost, may have done it.
    return step.name === 'remove' && error.kind === 'NOT_FOUND' ? null : error;
  }
}

/** What decides about the next write, of a user as Zoom shows them. */
export function stateOf(user: UserProfilePayload, features: Record<string, unknown> | null): ZoomState {
  return {
    status: user.status ?? '',
    typeCode: user.type,
    zoomOneType: user.zoom_one_type,
    planUnitedType: user.plan_united_type,
    groupIds: user.group_ids,
    features,
  };
}

/** What an item remembers of Zoom's refusal. */
export function errorOf(error: ZoomError): ItemError {
  return { code: error.kind, message: error.message, zoomCode: error.zoomCode };
}

/** A candidate was closed or moved by somebody else meanwhile: that stands, and the log says so. */
export function tellUnmoved({ log }: Deps, to: CandidateStatus, unmoved: readonly UnmovedCandidate[]): void {
  for (const { id, from } of unmoved) log.warn({ candidateId: id, from, to }, 'a candidate was left where it is');
}

/** Ends an item without a write of this run; `to` is where its candidate goes, null to leave it where it is. */
export async function leaveAlone(
  { deps, item, reclamation }: Pick<ItemWork, 'deps' | 'item' | 'reclamation'>,
  code: string,
  message: string,
  to: CandidateStatus | null,
  blockers?: BlockerRecord[],
): Promise<'SKIPPED'> {
  const now = deps.now();
  await deps.database.sql.begin(async (tx) => {
    await moveItem(tx, item, 'SKIPPED', { error: { code, message, zoomCode: null } }, now);
    if (to !== null && reclamation.kind === 'RECLAIM') {
      const move = { to, by: 'system', note: message, ...(blockers && { blockers }) };
      tellUnmoved(deps, to, await moveCandidates(tx, [item.candidateId], move, now));
    }
    await tellOf(tx, { item, reclamation }, 'skipped', { code }, now);
  });
  return 'SKIPPED';
}

/** Zoom answers nothing about an account that it no longer lists: what was sent can't be looked up, what wasn't is left. */
export function endWithAccount(work: ItemWork): Promise<'SKIPPED' | 'FAILED'> {
  const gone = 'Zoom no longer lists the sub account of this user.';
  if (work.item.status === 'PLANNED') return leaveAlone(work, 'NOT_FOUND', gone, 'CLOSED_SKIPPED');
  const message = `${gone} What became of the call that was sent can't be looked up any more.`;
  return fail(work, { code: 'NOT_FOUND', message, zoomCode: null }, 'CLOSED_SKIPPED');
}

/** Said of what a stopped request did not begin. */
export const STOPPED = 'The reclamation was stopped.';

export const heldWords = ({ reason }: Pick<HoldRow, 'reason'>) => `Taking and giving back is on hold: ${reason}`;

/** Why nothing may be sent any more since a moment ago, in words: a hold, or a request that was stopped. Null: it may. */
export async function whyHalted({ deps, item, reclamation }: ItemWork): Promise<string | null> {
  const { sql } = deps.database;
  const [hold] = await holdsOf(sql, [item.integrationId]);
  if (hold != null) return heldWords(hold);
  const now = await reclamationToRun(sql, reclamation.id);
  return now === null || now.stopRequestedAt !== null ? STOPPED : null;
}

/**
 * An item could not be written down as sent: a hold was placed or its request stopped a moment ago, or another request is
 * acting on the user. `to` is where the candidate goes. An item that another worker has taken up fails loudly, and stays with
 * that worker.
 */
export async function leaveUnsent(work: ItemWork, to: CandidateStatus | null): Promise<'SKIPPED'> {
  const why = await whyHalted(work);
  return why === null
    ? leaveAlone(work, 'IN_PROGRESS', 'Another request is acting on this user. Ask anew.', to)
    : leaveAlone(work, 'STOPPED', why, to);
}

/** Something that waiting won't mend kept an item from being looked at: it fails, and the others go on. */
export async function failItem(work: Pick<ItemWork, 'deps' | 'item' | 'reclamation'>, error: AppError): Promise<void> {
  const facts =
    error instanceof ZoomError ? errorOf(error) : { code: error.code, message: error.message, zoomCode: null };
  await fail(work, facts);
}

/** Zoom said no: the candidate needs somebody's attention, unless `to` says where else it goes. */
export async function fail(
  work: Pick<ItemWork, 'deps' | 'item' | 'reclamation'>,
  error: ItemError,
  to: CandidateStatus = 'ATTENTION_REQUIRED',
  notRestored: readonly NotRestored[] = [],
): Promise<'FAILED'> {
  const { deps, item, reclamation } = work;
  const now = deps.now();
  await deps.database.sql.begin(async (tx) => {
    await moveItem(tx, item, 'FAILED', { error, notRestored }, now);
    if (reclamation.kind === 'RECLAIM') {
      // A look for candidates doesn't see that it failed: without this it would be ready again by itself.
      const blockers = [{ code: TAKING_FAILED, message: error.message, until: null }];
      const move = { to, by: 'system', note: error.message, ...(to === 'ATTENTION_REQUIRED' && { blockers }) };
      tellUnmoved(deps, to, await moveCandidates(tx, [item.candidateId], move, now));
    }
    await tellOf(tx, work, 'failed', { code: error.code, zoomCode: error.zoomCode }, now);
  });
  return 'FAILED';
}

/**
 * Writes down, before the call, that a write is on its way, with what the user has before. False when it may not be sent:
 * somebody else is acting on the user, or a hold was placed or the request stopped meanwhile. What `isBegun` already is
 * finished when its request was stopped.
 */
export function writeDown(
  { deps, item, reclamation }: ItemWork,
  step: Step['name'],
  { before, isBegun }: { before: BeforeImage; isBegun: boolean },
  now: Date,
): Promise<boolean> {
  const { id, userId, status: from } = item;
  return deps.database.sql.begin(async (tx) => {
    const isOurs = await markSent(tx, { id, userId, from, step, before, isBegun }, now);
    if (isOurs) await tellOf(tx, { item, reclamation }, 'sent', { step }, now);
    return isOurs;
  });
}

const WORDS = {
  sent: { RECLAIM: 'license.reclaim-sent', RESTORE: 'license.restore-sent' },
  skipped: { RECLAIM: 'license.reclaim-skipped', RESTORE: 'license.restore-skipped' },
  failed: { RECLAIM: 'license.reclaim-failed', RESTORE: 'license.restore-failed' },
  done: { RECLAIM: 'license.reclaimed', RESTORE: 'license.restored' },
} as const satisfies Record<string, Record<ReclamationRow['kind'], AuditAction>>;

/** Writes into the audit trail what became of an item. */
export function tellOf(
  tx: SqlOrTx,
  { item, reclamation }: Pick<ItemWork, 'item' | 'reclamation'>,
  what: keyof typeof WORDS,
  details: Record<string, unknown>,
  now: Date,
): Promise<void> {
  return recordAudit(tx, [
    {
      at: now,
      actor: reclamation.requestedBy,
      action: WORDS[what][reclamation.kind],
      integrationId: item.integrationId,
      subject: item.userId,
      details: { reclamationId: reclamation.id, itemId: item.id, ...details },
    },
  ]);
}
