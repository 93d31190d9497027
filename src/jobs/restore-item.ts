import { recordHistory, refreshAssignments, addLicenses, heldLicenses } from '../datasources/store/assignments.ts';
import { applyToUser, markRestored, moveItem } from '../datasources/store/reclaim.ts';
import { candidateToActOn } from '../datasources/store/planned-candidates.ts';
import { getPlanUsage, plansOf } from '../datasources/zoom/accounts.ts';
import { shareRoster } from '../datasources/store/roster-order.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { toHoldings } from '../datasources/zoom/to-row.ts';
import { getUserSettings, type UserProfilePayload, type UserSettingsPayload } from '../datasources/zoom/users.ts';
import type { BeforeImage, NotRestored } from '../db/tables/reclamations.ts';
import { licenseOfPlan, licenseWords } from '../policy/license-names.ts';
import { FREE_TYPES, nextRestoreStep, partOf, partsMissing, type PartName, type Step } from '../policy/reclaim-step.ts';
import {
  endWithAccount,
  errorOf,
  fail,
  leaveAlone,
  leaveUnsent,
  sendStep,
  stateOf,
  tellOf,
  userNow,
  writeDown,
  zoomFor,
  type ItemWork,
} from './item-work.ts';
import { settle } from './settle.ts';

/** So often may writes be sent in all: a part of the image each, some of them again after doubt. */
const MAX_SENDS = 60;
/** So often may one part be sent whose effect is not seen. */
const MAX_TIMES = 5;

/**
 * Gives one user back what was taken: compares with the before-image, and takes one step after the other. A part that Zoom
 * refuses is left out and told, and the others go on.
 */
export async function restoreItem(work: ItemWork): Promise<'RESTORED' | 'SKIPPED' | 'FAILED'> {
  const { deps, item } = work;
  const before = item.before;
  const candidate = await candidateToActOn(deps.database.sql, item.candidateId, deps.now());
  if (before === null || candidate === null || candidate.zoomUserId === null || candidate.accountId === null) {
    return leaveAlone(work, 'NOT_FOUND', 'The user has left the account; there is nobody to give it back to.', null);
  }
  if (candidate.isAccountGone) return endWithAccount(work);
  const zoom = zoomFor(work, candidate);
  const refused = new Map<PartName, string>(item.notRestored.map(({ part, reason }) => [part, reason]));
  let seats: Seats | null = null;
  let last: { step: string; times: number; isTaken: boolean } | null = null;
  for (let sends = 0; sends <= MAX_SENDS; sends += 1) {
    const isInDoubt = item.status === 'UNKNOWN' || (item.status === 'SENT' && last === null);
    if (isInDoubt) await settle(deps, item.sentAt, work.signal);
    const askedAt = deps.now();
    const user = await userNow(zoom, candidate.zoomUserId);
    if (user === null) return leaveAlone(work, 'NOT_FOUND', 'Zoom no longer knows this user.', null);
    const settings = await settingsIfReady(zoom, before, user, refused);
    const state = stateOf(user, settings?.feature ?? null);
    const step = nextRestoreStep(before, state, new Set(refused.keys()));
    if (step === null) {
      const missing = partsMissing(before, state).map((part) => ({ part, reason: refused.get(part) ?? '' }));
      return missing.length === 0
        ? restored(work, candidate.accountId, { user, settings, askedAt })
        : notAll(work, candidate.accountId, { user, settings, askedAt }, missing);
    }
    if (work.whyStopped !== null) return leaveAlone(work, 'STOPPED', work.whyStopped, null);
    if (step.name === 'activate' && item.action !== 'DEACTIVATE') {
      // Not our doing: they may have left, and must not get in again by this.
      const message =
        'Was deactivated by somebody else since. Activate them in Zoom first if they are to have it back.';
      return leaveAlone(work, 'CHANGED_IN_ZOOM', message, null);
    }
    const part = partOf(step);
    const isSame: boolean = last !== null && last.step === JSON.stringify(step);
    if (last !== null && isSame && last.isTaken) {
      // Zoom took it and does not show it yet.
      last.isTaken = false;
      await moveItem(deps.database.sql, item, 'UNKNOWN', { step: step.name, error: null }, deps.now());
      item.status = 'UNKNOWN';
      continue;
    }
    const times: number = isSame ? (last?.times ?? 0) : 0;
    if (times >= MAX_TIMES) {
      refused.set(part, 'Zoom took the call several times, and does not show it.');
      continue;
    }
    const wanted = licenseOfStep(step);
    const full = wanted === null ? null : noSeatOf(wanted, (seats ??= await seatsOf(zoom)));
    if (full !== null) {
      if (step.name !== 'features') return fail(work, { code: 'NO_FREE_SEAT', message: full, zoomCode: null });
      refused.set(part, full);
      continue;
    }
    if (!(await writeDown(work, step.name, { before, isBegun: last !== null }, deps.now()))) {
      return leaveUnsent(work, null);
    }
    item.status = 'SENT';
    item.sentAt = deps.now();
    const refusal = await sendStep(zoom, candidate.zoomUserId, step);
    last = { step: JSON.stringify(step), times: times + 1, isTaken: refusal === null };
    if (refusal === null) continue;
    if (refusal.outcome === 'REFUSED' && refusal.retryAfterMs === null) {
      // Without status or type nothing else can be given back.
      if (step.name === 'activate' || step.name === 'type') return fail(work, errorOf(refusal));
      refused.set(part, refusal.message);
      continue;
    }
    const to = refusal.outcome === 'UNKNOWN' ? 'UNKNOWN' : 'PLANNED';
    const facts = to === 'UNKNOWN' ? { step: step.name, error: errorOf(refusal) } : {};
    const notRestored = [...refused].map(([name, reason]) => ({ part: name, reason }));
    await moveItem(deps.database.sql, item, to, { ...facts, notRestored }, deps.now());
    item.status = to;
    if (item.status === 'PLANNED') throw refusal;
  }
  return fail(work, { code: 'NOT_APPLIED', message: 'Zoom took the calls and changed nothing.', zoomCode: null });
}

/** Everything was given back but a few parts, which are named. */
async function notAll(work: ItemWork, accountId: string, shown: Shown, missing: NotRestored[]): Promise<'FAILED'> {
  const parts = missing.map(({ part, reason }) => (reason === '' ? part : `${part} (${reason})`)).join('; ');
  await giveBack(work, accountId, shown);
  const message = `Zoom did not give back: ${parts}. Everything else is as before.`;
  return fail(work, { code: 'NOT_GIVEN_BACK', message, zoomCode: null }, undefined, missing);
}

/** Settings are worth a call only once status and type are as before, or can't be. */
async function settingsIfReady(
  zoom: ZoomClient,
  before: BeforeImage,
  user: UserProfilePayload,
  refused: ReadonlyMap<PartName, string>,
): Promise<UserSettingsPayload | null> {
  if (before.features === null || user.id === null) return null;
  if (before.status === 'active' && user.status !== 'active') return null;
  const isTypeBack = user.type === before.typeCode || FREE_TYPES.includes(before.typeCode) || before.typeCode === null;
  if (!isTypeBack && !refused.has('bundle')) return null;
  return getUserSettings(zoom, user.id);
}

type Seats = ReturnType<typeof plansOf>;

/** What was bought and is used; empty where Zoom gives no plan usage, so that its own refusal has to tell. */
async function seatsOf(zoom: ZoomClient): Promise<Seats> {
  try {
    return plansOf(await getPlanUsage(zoom));
  } catch (error) {
    if (error instanceof ZoomError && error.outcome !== 'NOT_SENT') return [];
    throw error;
  }
}

/** @returns why there is no free seat of a license, in words; null when there is, or nobody knows. */
function noSeatOf(wanted: { uniqueId: string; name: string }, seats: Seats): string | null {
  const plans = seats.filter(({ key, plan }) => licenseOfPlan({ ...plan, key }, true) === wanted.uniqueId);
  if (plans.length === 0 || plans.some(({ plan }) => plan.hosts === null || plan.usage === null || plan.hosts === 0)) {
    return null;
  }
  const free = plans.reduce((sum, { plan }) => sum + (plan.hosts ?? 0) - (plan.usage ?? 0) - (plan.pending ?? 0), 0);
  return free > 0 ? null : `Every seat of ${wanted.name} is taken; free one first.`;
}

/** The license that a step hands out again; null: none that has seats of its own. */
function licenseOfStep(step: Step): { uniqueId: string; name: string } | null {
  if (step.name === 'type') return step.type === 2 ? { uniqueId: 'LICENSED', name: 'the plan' } : null;
  if (step.name !== 'features') return null;
  const capacity = (name: string) => (step.feature[name] === undefined ? '' : `_${String(step.feature[name])}`);
  if (step.feature['webinar'] === true) return { uniqueId: `WEBINAR${capacity('webinar_capacity')}`, name: 'Webinar' };
  if (step.feature['large_meeting'] !== true) return null;
  return { uniqueId: `LARGE_MEETING${capacity('large_meeting_capacity')}`, name: 'Large Meeting' };
}

async function restored(work: ItemWork, accountId: string, shown: Shown): Promise<'RESTORED'> {
  await giveBack(work, accountId, shown, true);
  return 'RESTORED';
}

/** What Zoom shows of somebody, and when it was asked. */
interface Shown {
  user: UserProfilePayload;
  settings: UserSettingsPayload | null;
  askedAt: Date;
}

/** Writes down what Zoom shows of somebody now, and, when it is all of it, that they have it back. */
async function giveBack(
  { deps, item, reclamation }: ItemWork,
  accountId: string,
  { user, settings, askedAt }: Shown,
  isAll = false,
): Promise<void> {
  const now = deps.now();
  await deps.database.sql.begin(async (tx) => {
    await shareRoster(tx, accountId);
    if (isAll) await moveItem(tx, item, 'RESTORED', { notRestored: [] }, now);
    if (isAll && item.restoresItemId !== null) {
      await markRestored(tx, { itemId: item.restoresItemId, candidateId: item.candidateId }, now);
    }
    const holdings = toHoldings(user, settings, 'ACTIVE');
    await applyToUser(tx, item.userId, holdings, now, onZoomClock(deps, askedAt));
    const place = { integrationId: item.integrationId, accountId };
    await addLicenses(tx, place, (await heldLicenses(tx, accountId)).map(licenseWords), now);
    await refreshAssignments(tx, place, now, [item.userId]);
    await recordHistory(tx, accountId, now, [item.userId]);
    if (!isAll) return;
    await tellOf(tx, { item, reclamation }, 'done', { after: { status: user.status, typeCode: user.type } }, now);
  });
}
