import { recordAudit } from '../datasources/store/audit.ts';
import { recordHistory, refreshAssignments, addLicenses, heldLicenses } from '../datasources/store/assignments.ts';
import { applyToUser, candidateToActOn, markRestored, markSent, moveItem } from '../datasources/store/reclaim.ts';
import { getPlanUsage, plansOf } from '../datasources/zoom/accounts.ts';
import { shareRoster } from '../datasources/store/roster-order.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { toSettingsEntry, toUserStatus, toUserType } from '../datasources/zoom/to-row.ts';
import { getUserSettings, type UserProfilePayload, type UserSettingsPayload } from '../datasources/zoom/users.ts';
import type { BeforeImage } from '../db/tables/reclamations.ts';
import { licenseWords } from '../policy/license-names.ts';
import { nextRestoreStep } from '../policy/reclaim-step.ts';
import { endWithAccount, errorOf, fail, leaveAlone, sendStep, userNow, zoomFor, type ItemWork } from './item-work.ts';
import { settle } from './settle.ts';

const LICENSED = 2;
/** Three steps, each tried again at most twice after doubt. */
const MAX_SENDS = 9;

/** Gives one user back what was taken: compares with the before-image, and takes one step after the other. */
export async function restoreItem(work: ItemWork): Promise<'RESTORED' | 'SKIPPED' | 'FAILED'> {
  const { deps, item } = work;
  const before = item.before;
  const candidate = await candidateToActOn(deps.database.sql, item.candidateId, deps.now());
  if (before === null || candidate === null || candidate.zoomUserId === null || candidate.accountId === null) {
    await leaveAlone(work, 'NOT_FOUND', 'The user has left the account; there is nobody to give it back to.', null);
    return 'SKIPPED';
  }
  if (candidate.isAccountGone) return endWithAccount(work);
  const zoom = zoomFor(work, candidate);
  let from = item.status;
  let lastFeatures: string | null = null;
  for (let sends = 0; sends <= MAX_SENDS; sends += 1) {
    if (from === 'UNKNOWN' || (from === 'SENT' && sends === 0)) await settle(deps, item.sentAt, work.signal);
    const user = await userNow(zoom, candidate.zoomUserId);
    if (user === null) {
      await leaveAlone(work, 'NOT_FOUND', 'Zoom no longer knows this user.', null);
      return 'SKIPPED';
    }
    const settings = await settingsIfReady(zoom, before, user);
    const state = { status: user.status ?? '', typeCode: user.type };
    const step = nextRestoreStep(before, state, settings?.feature ?? null);
    if (step === null) return restored(work, candidate.accountId, user, settings);
    if (work.whyStopped !== null) {
      await leaveAlone(work, 'STOPPED', work.whyStopped, null);
      return 'SKIPPED';
    }
    // Zoom took the add-ons and shows others: asking again would not change that.
    if (step.name === 'features' && JSON.stringify(step.feature) === lastFeatures && from === 'SENT') {
      return fail(work, {
        code: 'NOT_GIVEN_BACK',
        message: `Zoom did not give back: ${Object.keys(step.feature).join(', ')}. Everything else is as before.`,
        zoomCode: null,
      });
    }
    if (step.name === 'type' && step.type === LICENSED && !(await hasFreeSeat(zoom))) {
      return fail(work, {
        code: 'NO_FREE_SEAT',
        message: 'Every seat of the plan is taken; free one first.',
        zoomCode: null,
      });
    }
    if (
      !(await markSent(
        deps.database.sql,
        { id: item.id, userId: item.userId, from, step: step.name, before },
        deps.now(),
      ))
    ) {
      await leaveAlone(work, 'IN_PROGRESS', 'Somebody else is acting on this user.', null);
      return 'SKIPPED';
    }
    item.sentAt = deps.now();
    lastFeatures = step.name === 'features' ? JSON.stringify(step.feature) : null;
    const refusal = await sendStep(zoom, candidate.zoomUserId, step);
    from = 'SENT';
    if (refusal === null) continue;
    if (refusal.outcome === 'REFUSED' && refusal.retryAfterMs === null) return fail(work, errorOf(refusal));
    if (refusal.outcome !== 'UNKNOWN') {
      await moveItem(deps.database.sql, item.id, 'PLANNED', {}, deps.now());
      throw refusal;
    }
    await moveItem(deps.database.sql, item.id, 'UNKNOWN', { step: step.name, error: errorOf(refusal) }, deps.now());
    from = 'UNKNOWN';
  }
  return fail(work, { code: 'NOT_APPLIED', message: 'Zoom took the calls and changed nothing.', zoomCode: null });
}

/** Settings are worth a call only once status and type are as before. */
async function settingsIfReady(
  zoom: ZoomClient,
  before: BeforeImage,
  user: UserProfilePayload,
): Promise<UserSettingsPayload | null> {
  if (before.features === null || user.id === null || user.status !== before.status || user.type !== before.typeCode)
    return null;
  return getUserSettings(zoom, user.id);
}

/** Is a seat of the base plan free? Where Zoom gives no plan usage, its own refusal has to tell. */
async function hasFreeSeat(zoom: ZoomClient): Promise<boolean> {
  try {
    const base = plansOf(await getPlanUsage(zoom)).find(({ key }) => key === 'plan_base')?.plan;
    if (base === undefined || base.hosts === null || base.usage === null || base.hosts === 0) return true;
    return base.usage + (base.pending ?? 0) < base.hosts;
  } catch (error) {
    if (error instanceof ZoomError && error.outcome !== 'NOT_SENT') return true;
    throw error;
  }
}

async function restored(
  { deps, item, reclamation }: ItemWork,
  accountId: string,
  user: UserProfilePayload,
  settings: UserSettingsPayload | null,
): Promise<'RESTORED'> {
  const now = deps.now();
  const entry = settings === null ? null : toSettingsEntry(item.userId, settings);
  await deps.database.sql.begin(async (tx) => {
    await shareRoster(tx, accountId);
    await moveItem(tx, item.id, 'RESTORED', {}, now);
    if (item.restoresItemId !== null) {
      await markRestored(tx, { itemId: item.restoresItemId, candidateId: item.candidateId }, now);
    }
    await applyToUser(
      tx,
      item.userId,
      {
        status: toUserStatus(user.status) ?? 'ACTIVE',
        type: toUserType(user.type),
        typeCode: user.type,
        features: entry?.features ?? null,
        webinar: { enabled: entry?.webinarEnabled ?? false, capacity: entry?.webinarCapacity ?? null },
        largeMeeting: { enabled: entry?.largeMeetingEnabled ?? false, capacity: entry?.largeMeetingCapacity ?? null },
      },
      now,
      onZoomClock(deps, now),
    );
    const place = { integrationId: item.integrationId, accountId };
    await addLicenses(tx, place, (await heldLicenses(tx, accountId)).map(licenseWords), now);
    await refreshAssignments(tx, place, now, [item.userId]);
    await recordHistory(tx, accountId, now, [item.userId]);
    await recordAudit(tx, [
      {
        at: now,
        actor: reclamation.requestedBy,
        action: 'license.restored',
        integrationId: item.integrationId,
        subject: item.userId,
        details: {
          reclamationId: reclamation.id,
          itemId: item.id,
          after: { status: user.status, typeCode: user.type },
        },
      },
    ]);
  });
  return 'RESTORED';
}
