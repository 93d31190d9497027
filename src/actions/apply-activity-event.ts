import { recountActivity } from '../datasources/store/activity-counts.ts';
import {
  saveJoin,
  saveMeetingOfEvent,
  saveSign,
  userIdByEmail,
  userIdsByZoomIds,
} from '../datasources/store/webhook-activity.ts';
import { lockUserOfEvent, type EventPlace } from '../datasources/store/webhooks.ts';
import type { MeetingEvent, SignEvent } from '../datasources/zoom/webhook-payloads.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import type { Applied, Tx } from './applied.ts';

/** So far back counts go before activity was ever read. */
const DEFAULT_WINDOW_DAYS = 60;

/** Notes a sign-in or -out, with its user once they are known. */
export async function applySignEvent(tx: Tx, place: EventPlace, event: SignEvent, now: Date): Promise<Applied> {
  const user = await lockUserOfEvent(tx, place.accountId, event);
  const email = event.email ?? user?.email ?? null;
  if (email !== null) {
    await saveSign(tx, place, {
      email,
      at: new Date(event.at),
      kind: event.sign,
      userId: user?.id ?? null,
      clientType: event.clientType,
      clientVersion: event.clientVersion,
    });
  }
  if (user === null) return { wait: { zoomUserId: event.zoomUserId, email: event.email } };
  await recount(tx, place, [user.id], now);
  return {};
}

/** Notes that a meeting or webinar ended or that somebody joined it; what a report said of it stays. */
export async function applyMeetingEvent(tx: Tx, place: EventPlace, event: MeetingEvent, now: Date): Promise<Applied> {
  const { participant, hostId } = event;
  const people = [...(hostId === null ? [] : [hostId]), ...(participant?.zoomUserIds ?? [])];
  const ids = await userIdsByZoomIds(tx, place.accountId, people);
  const hostUserId = (hostId === null ? undefined : ids.get(hostId)) ?? null;
  const meeting = await saveMeetingOfEvent(tx, place, {
    uuid: event.uuid,
    zoomMeetingId: event.zoomMeetingId,
    kind: event.meetingKind,
    topic: event.topic,
    hostUserId,
    startTime: new Date(event.startTime),
    endTime: event.endTime === null ? null : new Date(event.endTime),
    durationMinutes: event.durationMinutes,
    typeCode: event.typeCode,
  });
  const waitForHost = hostId !== null && hostUserId === null ? { zoomUserId: hostId, email: null } : undefined;
  // Once the participants were read whole, there is nobody to add.
  if (participant === null || meeting.participantsReadAt !== null) {
    if (hostUserId !== null) await recount(tx, place, [hostUserId], now);
    return waitForHost === undefined ? {} : { wait: waitForHost };
  }

  const byId = participant.zoomUserIds.map((id) => ids.get(id)).find((id) => id !== undefined);
  const { email } = participant;
  // An address can be somebody else's by now; an id can't.
  const isNamedByEmail = participant.zoomUserIds.length === 0 && email !== null;
  const userId = byId ?? (isNamedByEmail ? await userIdByEmail(tx, place.accountId, email) : null);
  await saveJoin(tx, place.integrationId, meeting.id, {
    key: participant.key,
    userId,
    name: participant.name,
    email,
    joinedAt: new Date(participant.joinedAt),
  });
  await recount(
    tx,
    place,
    [hostUserId, userId].filter((id) => id !== null),
    now,
  );
  if (waitForHost !== undefined) return { wait: waitForHost };
  // Guests are never known; their event is forgotten with the others.
  const zoomUserId = participant.zoomUserIds[0] ?? null;
  const isUnknown = userId === null && (zoomUserId !== null || email !== null);
  return isUnknown ? { wait: { zoomUserId, email: zoomUserId === null ? email : null } } : {};
}

async function recount(tx: Tx, place: EventPlace, userIds: string[], now: Date): Promise<void> {
  if (userIds.length === 0) return;
  const from = place.activityKnownFrom ?? new Date(now.getTime() - DEFAULT_WINDOW_DAYS * DAY_MS);
  // One event proves nothing about all the others.
  await recountActivity(tx, place.accountId, { from, isKnown: false, now, userIds });
}
