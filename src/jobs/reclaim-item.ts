import { recordAudit } from '../datasources/store/audit.ts';
import { recordHistory, refreshAssignments } from '../datasources/store/assignments.ts';
import {
  applyToUser,
  candidateToActOn,
  markSent,
  moveCandidates,
  moveItem,
  type PlannedCandidate,
} from '../datasources/store/reclaim.ts';
import { shareRoster } from '../datasources/store/roster-order.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { listScheduledMeetings } from '../datasources/zoom/meetings.ts';
import { toRoleId, toUserStatus, toUserType } from '../datasources/zoom/to-row.ts';
import { getUserSettings, type UserProfilePayload } from '../datasources/zoom/users.ts';
import { listWebinars } from '../datasources/zoom/webinars.ts';
import type { BeforeImage, BlockerRecord } from '../db/tables/reclamations.ts';
import { countedSigns } from '../policy/activity-signs.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { blockersOf, exclusionBlockers, isFresh } from '../policy/eligibility.ts';
import { inactiveBefore } from '../policy/inactivity.ts';
import { isServiceAddress, isZoomRoom } from '../policy/people.ts';
import { isReclaimed, reclaimStep } from '../policy/reclaim-step.ts';
import { endWithAccount, errorOf, fail, leaveAlone, sendStep, userNow, zoomFor, type ItemWork } from './item-work.ts';
import { settle } from './settle.ts';

type Ending = 'CONFIRMED' | 'SKIPPED' | 'FAILED';

/** So often may a write be sent whose effect was certainly not seen. */
const MAX_SENDS = 3;

/** Takes one license: look, check, write down, send, look again. */
export async function reclaimItem(work: ItemWork): Promise<Ending> {
  const { deps, item } = work;
  if (item.action !== 'DEACTIVATE' && item.action !== 'DOWNGRADE') throw new Error(`No step for ${item.action}`);
  const step = reclaimStep(item.action);
  const candidate = await candidateToActOn(deps.database.sql, item.candidateId, deps.now());
  if (candidate === null || candidate.accountId === null || candidate.zoomUserId === null) {
    return leaveAlone(work, 'NOT_FOUND', 'The user has left the account.', 'CLOSED_SKIPPED');
  }
  if (candidate.isAccountGone) return endWithAccount(work);
  const zoom = zoomFor(work, candidate);

  if (item.status === 'PLANNED' && !isCounted(work, candidate)) {
    return leaveAlone(work, 'NOT_COUNTED', 'The integration no longer counts this kind of user.', 'CLOSED_SKIPPED');
  }

  let from = item.status;
  let before = item.before;
  for (let sends = 0; ; sends += 1) {
    // A write may have been on its way when its worker died, or its answer was unclear: look before anything else.
    if (from !== 'PLANNED') await settle(deps, item.sentAt, work.signal);
    const user = await userNow(zoom, candidate.zoomUserId);
    if (user === null) return leaveAlone(work, 'NOT_FOUND', 'Zoom no longer knows this user.', 'CLOSED_SKIPPED');
    const state = { status: user.status ?? '', typeCode: user.type };
    if (from !== 'PLANNED' && isReclaimed(step, state)) return confirm(work, candidate, user);
    if (work.whyStopped !== null) return leaveAlone(work, 'STOPPED', work.whyStopped, 'READY');

    const blockers = await blockersNow(work, zoom, candidate, user);
    if (blockers.length > 0) return skip(work, blockers);
    if (sends >= MAX_SENDS) {
      return fail(work, {
        code: 'NOT_APPLIED',
        message: 'Zoom took the call several times and changed nothing.',
        zoomCode: null,
      });
    }
    before ??= await imageOf(deps.now(), zoom, user);
    // Zoom took its time to answer: what was decided here in between counts, and what webhooks told.
    const latest = await candidateToActOn(deps.database.sql, item.candidateId, deps.now());
    if (latest !== null && latest.excludedBecause !== null) return skip(work, exclusionBlockers(latest));
    const used = latest === null ? null : whatChanged(latest, user, item.action, deps.now());
    if (used !== null) return skip(work, [{ ...used, until: null }]);
    const isOurs = await markSent(
      deps.database.sql,
      { id: item.id, userId: item.userId, from, step: step.name, before },
      deps.now(),
    );
    if (!isOurs) return leaveAlone(work, 'IN_PROGRESS', 'Somebody else is acting on this user.', null);
    item.sentAt = deps.now();
    const refusal = await sendStep(zoom, candidate.zoomUserId, step);
    if (refusal === null) {
      const after = await userNow(zoom, candidate.zoomUserId);
      if (after !== null && isReclaimed(step, { status: after.status ?? '', typeCode: after.type })) {
        return confirm(work, candidate, after);
      }
    } else if (refusal.outcome === 'REFUSED' && refusal.retryAfterMs === null) {
      return fail(work, errorOf(refusal));
    } else if (refusal.outcome !== 'UNKNOWN') {
      // Certainly not applied: back to where it was, and on with it when Zoom can be asked again.
      await moveItem(deps.database.sql, item.id, 'PLANNED', {}, deps.now());
      throw refusal;
    }
    await moveItem(
      deps.database.sql,
      item.id,
      'UNKNOWN',
      { step: step.name, error: refusal && errorOf(refusal) },
      deps.now(),
    );
    from = 'UNKNOWN';
  }
}

/** Everything that a restore needs to know, read right before the first write. */
async function imageOf(now: Date, zoom: ZoomClient, user: UserProfilePayload): Promise<BeforeImage> {
  const settings = user.id === null ? null : await getUserSettings(zoom, user.id);
  return {
    readAt: now.toISOString(),
    status: user.status ?? '',
    typeCode: user.type,
    zoomOneType: user.zoom_one_type,
    planUnitedType: user.plan_united_type,
    roleId: user.role_id,
    groupIds: user.group_ids ?? [],
    features: settings === null ? null : settings.feature,
  };
}

/** What speaks against it this moment, by Zoom's own word. */
async function blockersNow(
  { deps, integration, item }: ItemWork,
  zoom: ZoomClient,
  candidate: PlannedCandidate,
  user: UserProfilePayload,
): Promise<BlockerRecord[]> {
  const now = deps.now();
  const changed = whatChanged(candidate, user, item.action, now);
  if (changed !== null) return [{ ...changed, until: null }];
  const { isLive, nextEventAt, canSeeWebinars } = await meetingsNow(zoom, candidate, now);
  if (!canSeeWebinars) {
    const message =
      'Holds webinars, and Zoom does not let us see which are ahead. Grant webinar:read:list_webinars:admin.';
    return [{ code: 'STALE_DATA', message, until: null }];
  }
  return blockersOf(
    {
      ...candidate,
      status: toUserStatus(user.status) ?? candidate.status,
      roleId: toRoleId(user.role_id, user.role_name) ?? candidate.roleId,
      loginTypes: user.login_types.length > 0 ? user.login_types : candidate.loginTypes,
      isRoom: candidate.isRoom || isZoomRoom({ email: user.email.trim(), lastClientVersion: user.last_client_version }),
      isServiceAccount:
        candidate.isServiceAccount || isServiceAddress(user.email.trim(), integration.serviceAccountPatterns),
      zoomOneType: user.zoom_one_type ?? candidate.zoomOneType,
      planUnitedType: user.plan_united_type ?? candidate.planUnitedType,
      isLive,
      nextEventAt,
    },
    { authorizedZoomUserId: integration.authorizedZoomUserId, action: item.action, now },
  );
}

function isCounted({ integration }: ItemWork, candidate: PlannedCandidate): boolean {
  return countedTypes(integration).some((type) => type === candidate.type);
}

/** Is the user another one than when the candidate was found? */
function whatChanged(candidate: PlannedCandidate, user: UserProfilePayload, action: string, now: Date) {
  const { lastSignAt, inactivityThresholdDays: days } = candidate;
  const found = candidate.foundLastActivityAt ?? new Date(0);
  const lastLogin = user.last_login_time === null ? null : new Date(user.last_login_time);
  if (lastLogin !== null && lastLogin > found && countedSigns(candidate.signs).includes('SIGNED_IN')) {
    return { code: 'ACTIVE_AGAIN', message: `Signed in on ${lastLogin.toISOString()}, after the candidate was found.` };
  }
  // A sync may have seen use since it was planned. One that is old by the rule itself was only found late.
  if (lastSignAt !== null && lastSignAt > found && (days === null || lastSignAt > inactiveBefore(days, now))) {
    const message = `Showed a sign of use on ${lastSignAt.toISOString()}, after the candidate was found.`;
    return { code: 'ACTIVE_AGAIN', message };
  }
  if (user.email.toLowerCase() !== candidate.email) {
    return { code: 'CHANGED_IN_ZOOM', message: 'Has another e-mail address in Zoom now. Sync, and look again.' };
  }
  if (!candidate.holdsLicense) {
    return { code: 'CHANGED_IN_ZOOM', message: 'No longer holds the license that was to be taken back.' };
  }
  if (user.status !== 'active' && candidate.status === 'ACTIVE') {
    return { code: 'CHANGED_IN_ZOOM', message: 'Is not active in Zoom any more. Sync, and look again.' };
  }
  if (toUserType(user.type) !== candidate.type) {
    return {
      code: 'CHANGED_IN_ZOOM',
      message: `Has type ${user.type} in Zoom now, so ${action === 'DOWNGRADE' ? 'there may be nothing to take' : 'the plan is out of date'}. Sync, and look again.`,
    };
  }
  return null;
}

/** Is the user hosting now, and when next? Read from Zoom, not from what we remember. */
async function meetingsNow(
  zoom: ZoomClient,
  candidate: PlannedCandidate,
  now: Date,
): Promise<{ isLive: boolean; nextEventAt: Date | null; canSeeWebinars: boolean }> {
  const zoomUserId = candidate.zoomUserId ?? '';
  let isLive = false;
  const ahead: number[] = [];
  const look = (startTime: string | null, minutes: number | null) => {
    const start = startTime === null ? Number.NaN : Date.parse(startTime);
    if (start > now.getTime()) ahead.push(start);
    // Zoom lists what has begun among the upcoming ones until it is over.
    else if (start + (minutes ?? 0) * 60_000 > now.getTime()) isLive = true;
  };
  for await (const page of listScheduledMeetings(zoom, zoomUserId, 'live')) if (page.length > 0) isLive = true;
  for await (const page of listScheduledMeetings(zoom, zoomUserId, 'upcoming')) {
    for (const meeting of page) look(meeting.start_time, meeting.duration);
  }
  let canSeeWebinars = true;
  try {
    for await (const page of listWebinars(zoom, zoomUserId, 'upcoming')) {
      for (const webinar of page) look(webinar.start_time, webinar.duration);
    }
  } catch (error) {
    if (!(error instanceof ZoomError) || !['SCOPE', 'FORBIDDEN', 'NOT_FOUND'].includes(error.kind)) throw error;
    // Webinars may not be listed: the report of all that is ahead, read by the last sync, has to do.
    canSeeWebinars = candidate.webinarEnabled !== true || isFresh(candidate.eventsReadAt, now);
    if (candidate.nextEventAt !== null && candidate.nextEventAt > now) ahead.push(candidate.nextEventAt.getTime());
  }
  return { isLive, nextEventAt: ahead.length === 0 ? null : new Date(Math.min(...ahead)), canSeeWebinars };
}

/** Zoom shows the effect: writes it down everywhere at once. */
async function confirm(work: ItemWork, candidate: PlannedCandidate, user: UserProfilePayload): Promise<Ending> {
  const { deps, item, reclamation } = work;
  const now = deps.now();
  const nothing = { enabled: false, capacity: null };
  await deps.database.sql.begin(async (tx) => {
    await shareRoster(tx, candidate.accountId ?? '');
    await moveItem(tx, item.id, 'CONFIRMED', {}, now);
    await applyToUser(
      tx,
      item.userId,
      {
        status: toUserStatus(user.status) ?? candidate.status,
        type: toUserType(user.type),
        typeCode: user.type,
        features: null,
        webinar: nothing,
        largeMeeting: nothing,
      },
      now,
      onZoomClock(deps, now),
    );
    await refreshAssignments(tx, { integrationId: item.integrationId, accountId: candidate.accountId ?? '' }, now, [
      item.userId,
    ]);
    await recordHistory(tx, candidate.accountId ?? '', now, [item.userId]);
    await moveCandidates(
      tx,
      [item.candidateId],
      { to: 'CLOSED_COMPLETE', by: reclamation.requestedBy, note: `Taken back by ${reclamation.id}`, blockers: [] },
      now,
    );
    await recordAudit(tx, [
      {
        at: now,
        actor: reclamation.requestedBy,
        action: 'license.reclaimed',
        integrationId: item.integrationId,
        subject: item.userId,
        details: {
          reclamationId: reclamation.id,
          itemId: item.id,
          action: item.action,
          before: { status: item.before?.status ?? 'active', type: candidate.type },
          after: { status: user.status, typeCode: user.type },
        },
      },
    ]);
  });
  return 'CONFIRMED';
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
