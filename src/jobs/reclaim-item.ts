import { moveItem } from '../datasources/store/reclaim.ts';
import { candidateToActOn, type PlannedCandidate } from '../datasources/store/planned-candidates.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import type { ZoomError } from '../datasources/zoom/errors.ts';
import { getUserSettings, type UserProfilePayload, type UserSettingsPayload } from '../datasources/zoom/users.ts';
import type { BeforeImage, BlockerRecord } from '../db/tables/reclamations.ts';
import { exclusionBlockers } from '../policy/eligibility.ts';
import {
  addOnOf,
  HALF_DONE,
  isUnderway,
  nextReclaimStep,
  removesUser,
  type Goal,
  type Step,
} from '../policy/reclaim-step.ts';
import { confirmItem } from './confirm-item.ts';
import {
  endWithAccount,
  errorOf,
  fail,
  leaveAlone,
  leaveUnsent,
  sendStep,
  stateOf,
  userNow,
  writeDown,
  zoomFor,
  type ItemWork,
} from './item-work.ts';
import { blockersNow, isCounted, whatChanged } from './reclaim-checks.ts';
import { settle } from './settle.ts';

export type Ending = 'CONFIRMED' | 'SKIPPED' | 'FAILED';

/** So often may one write be sent whose effect was certainly not seen. */
const MAX_SENDS = 3;

/** An item while it is worked on. */
export interface Taking {
  work: ItemWork;
  candidate: PlannedCandidate;
  zoom: ZoomClient;
  goal: Goal;
  /** The write that was sent last, and how often; null: none by this worker. */
  sent: { step: Step; times: number } | null;
  /** Did Zoom take the last write, so that its effect can be looked for at once? */
  isTaken: boolean;
  /** Had a part been taken already before the last write? */
  isHalfDone: boolean;
}

/** Takes one license: look, check, write down, send, look again, until Zoom shows all of it. */
export async function reclaimItem(work: ItemWork): Promise<Ending> {
  const taking = await takeUp(work);
  return typeof taking === 'string' ? taking : bringAbout(taking);
}

/** Goes on with an item until it is at its end. */
export async function bringAbout(taking: Taking): Promise<Ending> {
  for (;;) {
    const next = await prepare(taking);
    if (typeof next === 'string') return next;
    const refusal = await sendStep(taking.zoom, taking.candidate.zoomUserId ?? '', next);
    const ending = await conclude(taking, refusal);
    if (ending !== null) return ending;
  }
}

/** What an item is about; how it ended when nothing can be done about it. */
export async function takeUp(work: ItemWork): Promise<Taking | Ending> {
  const { deps, item, reclamation } = work;
  const candidate = await candidateToActOn(deps.database.sql, item.candidateId, deps.now());
  if (candidate === null || candidate.accountId === null || candidate.zoomUserId === null) {
    return leaveAlone(work, 'NOT_FOUND', 'The user has left the account.', 'CLOSED_SKIPPED');
  }
  if (candidate.isAccountGone) return endWithAccount(work);
  if (item.status === 'PLANNED' && !isCounted(work, candidate)) {
    return leaveAlone(work, 'NOT_COUNTED', 'The integration no longer counts this kind of user.', 'CLOSED_SKIPPED');
  }
  const addOn = item.action === 'REMOVE_ADD_ON' ? addOnOf(candidate.licenseUniqueId) : null;
  const goal: Goal = { action: item.action, addOn, transfer: reclamation.transfer };
  return { work, candidate, zoom: zoomFor(work, candidate), goal, sent: null, isTaken: false, isHalfDone: false };
}

/**
 * Looks at the user, checks everything, and writes down the next write before it is sent.
 *
 * @returns the write that may be sent now, or how the item ended.
 */
export async function prepare(taking: Taking): Promise<Step | Ending> {
  const { work, candidate, zoom, goal } = taking;
  const { deps, item } = work;
  const zoomUserId = candidate.zoomUserId ?? '';
  // A write may have been on its way when its worker died, or its answer was unclear: look before anything else.
  if (item.status !== 'PLANNED' && !taking.isTaken) await settle(deps, item.sentAt, work.signal);
  const askedAt = deps.now();
  const user = await userNow(zoom, zoomUserId);
  if (user === null) {
    return removesUser(goal.action) && item.status !== 'PLANNED'
      ? confirmItem(work, candidate, null, null, askedAt)
      : leaveAlone(work, 'NOT_FOUND', 'Zoom no longer knows this user.', 'CLOSED_SKIPPED');
  }
  const settings = goal.action === 'REMOVE_ADD_ON' ? await getUserSettings(zoom, zoomUserId) : null;
  const state = stateOf(user, settings?.feature ?? null);
  const step = nextReclaimStep(goal, state);
  if (step === null && item.status !== 'PLANNED') return confirmItem(work, candidate, user, settings, askedAt);
  const isSame = step !== null && JSON.stringify(step) === JSON.stringify(taking.sent?.step);
  if (isSame && taking.isTaken) {
    // Zoom took it and does not show it yet.
    await note(taking, 'UNKNOWN', null);
    taking.isTaken = false;
    return prepare(taking);
  }
  // Also when Zoom was busy: what has a before-image may have been written to.
  const isHalfDone = isUnderway(goal, item.before, state);
  taking.isHalfDone = isHalfDone;
  if (!isHalfDone) {
    if (work.whyStopped !== null) return leaveAlone(work, 'STOPPED', work.whyStopped, 'READY');
    item.before ??= await imageOf(deps.now(), zoom, user, settings);
    const blockers = await blockersNow(work, zoom, candidate, user);
    if (blockers.length > 0) return skip(work, blockers);
  }
  if (step === null) {
    const message = 'Zoom shows nothing to take from this user any more. Sync, and look again.';
    return skip(work, [{ code: 'CHANGED_IN_ZOOM', message, until: null }]);
  }
  const times = isSame ? (taking.sent?.times ?? 0) : 0;
  if (times >= MAX_SENDS) {
    const message = 'Zoom took the call several times and changed nothing.';
    return fail(work, { code: isHalfDone ? HALF_DONE : 'NOT_APPLIED', message, zoomCode: null });
  }
  if (!isHalfDone) {
    // Zoom took its time to answer: what was decided here in between counts, and what webhooks told.
    const latest = await candidateToActOn(deps.database.sql, item.candidateId, deps.now());
    if (latest !== null && latest.excludedBecause !== null) return skip(work, exclusionBlockers(latest));
    const used = latest === null ? null : whatChanged(latest, user, item, deps.now());
    if (used !== null) return skip(work, [{ ...used, until: null }]);
  }
  const now = deps.now();
  const before = (item.before ??= await imageOf(now, zoom, user, settings));
  const isOurs = await writeDown(work, step.name, { before, isBegun: isHalfDone }, now);
  if (!isOurs && isHalfDone) {
    const message = 'Was taken by half when somebody stopped it. Give it back with restore, or ask anew.';
    return fail(work, { code: HALF_DONE, message, zoomCode: null });
  }
  if (!isOurs) return leaveUnsent(work, 'READY');
  item.status = 'SENT';
  item.sentAt = now;
  taking.sent = { step, times: times + 1 };
  return step;
}

/**
 * What Zoom's answer to a write means. `refusal` is null when Zoom took it.
 *
 * @returns how the item ended; null when it goes on.
 * @throws {ZoomError} when the write was certainly not applied, and Zoom can be asked again later.
 */
export async function conclude(taking: Taking, refusal: ZoomError | null): Promise<Ending | null> {
  const { work } = taking;
  taking.isTaken = refusal === null;
  if (refusal === null) return null;
  if (refusal.outcome === 'REFUSED' && refusal.retryAfterMs === null) {
    // What went before the refusal is taken: by its code it can be given back.
    return fail(work, { ...errorOf(refusal), ...(taking.isHalfDone && { code: HALF_DONE }) });
  }
  if (refusal.outcome !== 'UNKNOWN') {
    // Certainly not applied: back to where it was, and on with it when Zoom can be asked again.
    await note(taking, 'PLANNED', null);
    throw refusal;
  }
  await note(taking, 'UNKNOWN', refusal);
  return null;
}

/** Written down, and then not sent after all: it goes back to where it was, and is left. */
export async function takeBack(taking: Taking): Promise<Ending> {
  await note(taking, 'PLANNED', null);
  return leaveUnsent(taking.work, 'READY');
}

async function note({ work, sent }: Taking, status: 'UNKNOWN' | 'PLANNED', refusal: ZoomError | null): Promise<void> {
  const { deps, item } = work;
  const step = status === 'UNKNOWN' ? (sent?.step.name ?? null) : null;
  await moveItem(deps.database.sql, item, status, { step, error: refusal && errorOf(refusal) }, deps.now());
  item.status = status;
}

/** Everything that a restore needs to know, read right before the first write. */
async function imageOf(
  now: Date,
  zoom: ZoomClient,
  user: UserProfilePayload,
  settings: UserSettingsPayload | null,
): Promise<BeforeImage> {
  const known = settings ?? (user.id === null ? null : await getUserSettings(zoom, user.id));
  return {
    readAt: now.toISOString(),
    status: user.status ?? '',
    typeCode: user.type,
    zoomOneType: user.zoom_one_type,
    planUnitedType: user.plan_united_type,
    roleId: user.role_id,
    groupIds: user.group_ids ?? [],
    features: known === null ? null : known.feature,
  };
}

/** Something speaks against it: the candidate says what, and is closed when the user is active again. */
async function skip(work: ItemWork, blockers: BlockerRecord[]): Promise<Ending> {
  const [first] = blockers;
  const isActive = first?.code === 'ACTIVE_AGAIN';
  return leaveAlone(
    work,
    first?.code ?? 'BLOCKED',
    blockers.map((blocker) => blocker.message).join(' '),
    isActive ? 'CLOSED_CANCELED' : 'ATTENTION_REQUIRED',
    blockers,
  );
}
