import type { ZoomClient } from '../datasources/zoom/client.ts';
import { clocksApart } from '../datasources/zoom/clock.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { listScheduledMeetings } from '../datasources/zoom/meetings.ts';
import { toRoleId, toUserStatus, toUserType } from '../datasources/zoom/to-row.ts';
import type { UserProfilePayload } from '../datasources/zoom/users.ts';
import { listWebinars } from '../datasources/zoom/webinars.ts';
import type { PlannedCandidate } from '../datasources/store/planned-candidates.ts';
import type { BlockerRecord, PlanRecord, TransferRecord } from '../db/tables/reclamations.ts';
import { countedSigns } from '../policy/activity-signs.ts';
import { unknownSigns } from '../policy/rule-condition.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { blockersOf, isFresh } from '../policy/eligibility.ts';
import { inactiveBefore } from '../policy/inactivity.ts';
import { leavingBlockers, leavingOf } from '../policy/leaving.ts';
import { isServiceAddress, isZoomRoom } from '../policy/people.ts';
import { removesUser } from '../policy/reclaim-step.ts';
import { userNow, type ItemWork } from './item-work.ts';

/** What speaks against it this moment, by Zoom's own word. */
export async function blockersNow(
  { deps, integration, item, reclamation }: ItemWork,
  zoom: ZoomClient,
  candidate: PlannedCandidate,
  user: UserProfilePayload,
): Promise<BlockerRecord[]> {
  const now = deps.now();
  // Zoom has just answered, so its clock is known.
  const apart = clocksApart(deps);
  if (apart !== null) return [{ code: 'STALE_DATA', message: apart, until: null }];
  const changed = whatChanged(candidate, user, item, now);
  if (changed !== null) return [{ ...changed, until: null }];
  const { isLive, nextEventAt, canSeeWebinars } = await meetingsNow(zoom, candidate, now);
  if (!canSeeWebinars) {
    const message =
      'Holds webinars, and Zoom does not let us see which are ahead. Grant webinar:read:list_webinars:admin.';
    return [{ code: 'STALE_DATA', message, until: null }];
  }
  const handOver = removesUser(item.action)
    ? await transferBlockers(zoom, reclamation.transfer, user, item.before?.features ?? null)
    : [];
  const blockers = blockersOf(
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
    { authorizedZoomUserId: integration.authorizedZoomUserId, action: item.action, leaving: leavingOf(candidate), now },
  );
  return [...blockers, ...handOver];
}

/** Who is removed hands things over only to somebody who is there: Zoom would refuse, or the things would be lost. */
async function transferBlockers(
  zoom: ZoomClient,
  transfer: TransferRecord | null,
  user: UserProfilePayload,
  features: Record<string, unknown> | null,
): Promise<BlockerRecord[]> {
  const cannot = (message: string) => [{ code: 'TRANSFER_IMPOSSIBLE', message, until: null }];
  if (transfer === null) {
    return features?.['zoom_events'] === true
      ? cannot('Holds Zoom Events, so Zoom wants to know who gets their events: say so in `transfer`.')
      : [];
  }
  const receiver = await userNow(zoom, transfer.email);
  if (receiver === null) return cannot(`${transfer.email}, who is to get their things, is not in the account.`);
  if (receiver.id === user.id) return cannot('Nobody can hand things over to themselves.');
  if (receiver.status !== 'active') return cannot(`${transfer.email}, who is to get their things, is not active.`);
  return [];
}

export function isCounted({ integration }: ItemWork, candidate: PlannedCandidate): boolean {
  return countedTypes(integration).some((type) => type === candidate.type);
}

/** Is the user another one than when the candidate was found? */
export function whatChanged(
  candidate: PlannedCandidate,
  user: UserProfilePayload,
  { action, plan }: { action: string; plan: Pick<PlanRecord, 'facts'> | null },
  now: Date,
) {
  // Said to be back while Zoom was being asked.
  const [leaving] = leavingBlockers(leavingOf(candidate));
  if (leaving !== undefined) return { code: leaving.code, message: leaving.message };
  // Use that this version can't see may have come since.
  const unknown = unknownSigns(candidate.signs);
  if (unknown.length > 0) {
    const message = `The rule counts signs of use that this version does not know: ${unknown.join(', ')}.`;
    return { code: 'STALE_DATA', message };
  }
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
  // The roster may have followed a webhook since: what was agreed to was the person of the plan.
  const then = plan?.facts;
  if (user.email.toLowerCase() !== candidate.email || (then != null && then.email !== candidate.email)) {
    return { code: 'CHANGED_IN_ZOOM', message: 'Has another e-mail address in Zoom now. Sync, and look again.' };
  }
  if (!candidate.isManaged) {
    return { code: 'NOT_MANAGED', message: 'The license is not managed any more.' };
  }
  if (user.status === 'active' && [candidate.status, then?.status].includes('INACTIVE')) {
    return { code: 'CHANGED_IN_ZOOM', message: 'Was activated in Zoom again. Sync, and look again.' };
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
