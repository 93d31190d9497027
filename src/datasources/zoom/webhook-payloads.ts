import { z } from 'zod';
import type { Claims, UserClaims } from '../../policy/webhook-order.ts';
import { id, name as uuid, optionalId } from './payloads.ts';
import { toRoleId, toUserStatus } from './to-row.ts';
import {
  known,
  looseText,
  notAfter,
  said,
  saidAddress,
  saidCode,
  saidCount,
  saidFlag,
  saidInstant,
  saidName,
  saidText,
  saidTime,
} from './webhook-values.ts';

/** What an event says about a user. */
export interface UserEvent extends UserClaims {
  kind: 'USER';
  zoomUserId: string | null;
  email: string | null;
  /** Who did it, by their address; null: Zoom doesn't say, or it was nobody. */
  operator: string | null;
}

/** Somebody signed in or out. */
export interface SignEvent {
  kind: 'SIGN';
  zoomUserId: string | null;
  email: string | null;
  /** ISO 8601. */
  at: string;
  sign: 'SIGN_IN' | 'SIGN_OUT';
  clientType: string | null;
  clientVersion: string | null;
}

/** A meeting or webinar ended, or somebody joined it. */
export interface MeetingEvent {
  kind: 'MEETING';
  uuid: string;
  zoomMeetingId: string;
  meetingKind: 'MEETING' | 'WEBINAR';
  hostId: string | null;
  topic: string | null;
  typeCode: number | null;
  /** ISO 8601. */
  startTime: string;
  /** Null while it goes on, and for an event that doesn't say. */
  endTime: string | null;
  durationMinutes: number | null;
  /** Who joined; null when it ended. */
  participant: ParticipantJoined | null;
}

export interface ParticipantJoined {
  /** Tells stays of one meeting apart. */
  key: string;
  /** Zoom's ids by which a user may be known. */
  zoomUserIds: string[];
  name: string | null;
  email: string | null;
  /** ISO 8601. */
  joinedAt: string;
}

/** An administrator removed the app at Zoom. */
export interface DeauthorizedEvent {
  kind: 'DEAUTHORIZED';
  clientId: string;
  atMs: number;
}

export type EventBody = UserEvent | SignEvent | MeetingEvent | DeauthorizedEvent;

/** A webhook of Zoom's, checked. */
export interface WebhookEvent {
  /** Zoom's name of it. */
  name: string;
  zoomAccountId: string | null;
  /** Zoom's time of it; a time that has not come yet is now. */
  at: Date;
  /** Null for events that we have no use for. */
  body: EventBody | null;
}

const USER_EVENTS: ReadonlySet<string> = new Set([
  'user.created',
  'user.updated',
  'user.settings_updated',
  'user.activated',
  'user.deactivated',
  'user.deleted',
  'user.disassociated',
  'user.invitation_accepted',
]);
const SIGN_EVENTS: ReadonlySet<string> = new Set(['user.signed_in', 'user.signed_out']);
const MEETING_EVENTS: ReadonlySet<string> = new Set([
  'meeting.ended',
  'webinar.ended',
  'meeting.participant_joined',
  'webinar.participant_joined',
]);
const DEAUTHORIZED = 'app_deauthorized';
/** So long may an event be on its way: Zoom tries for an hour and a half. */
const BELIEVED_MS = 86_400_000;

/** Is it an event that something is done with? */
export function isKnownEvent(name: string): boolean {
  return USER_EVENTS.has(name) || SIGN_EVENTS.has(name) || MEETING_EVENTS.has(name) || name === DEAUTHORIZED;
}

const envelope = z.object({
  event: z.string().min(1).max(200),
  event_ts: saidTime,
  payload: z.looseObject({ account_id: optionalId }),
});

const features = z.object({
  meeting_capacity: saidCount,
  large_meeting: saidFlag,
  large_meeting_capacity: saidCount,
  webinar: saidFlag,
  webinar_capacity: saidCount,
});
const noFeatures = features.parse({});

const userPayload = z.object({
  creation_type: said(z.string()),
  operator: saidAddress,
  object: z.object({
    id: optionalId,
    email: saidAddress,
    first_name: saidText,
    last_name: saidText,
    display_name: saidText,
    type: saidCode,
    status: said(z.string()),
    dept: saidText,
    role: saidText,
    role_id: saidName,
    timezone: saidText,
    plan_united_type: saidName,
    employee_unique_id: saidName,
    created_at: saidInstant,
    job_title: saidText,
    cost_center: saidText,
    location: saidText,
    manager: saidText,
    zoom_one_type: saidText,
    // Zoom puts some of them into `feature` and some beside it.
    settings: features
      .extend({ feature: said(features) })
      .optional()
      .catch(undefined),
    feature: said(features),
  }),
});
type UserPayload = z.infer<typeof userPayload>;

const signPayload = z.object({
  object: z.object({
    id: optionalId,
    email: saidAddress,
    date_time: saidInstant,
    client_type: looseText,
    version: looseText,
  }),
});

const meetingPayload = z.object({
  object: z.object({
    id,
    uuid,
    host_id: optionalId,
    topic: looseText,
    type: saidCode,
    start_time: saidInstant,
    end_time: saidInstant,
    participant: z
      .object({
        id: optionalId,
        participant_user_id: optionalId,
        participant_uuid: optionalId,
        user_id: optionalId,
        user_name: looseText,
        email: saidAddress,
        join_time: saidInstant,
      })
      .nullish()
      .catch(null),
  }),
});

const deauthorizedPayload = z.object({ client_id: id, deauthorization_time: saidInstant });

/**
 * Checks a webhook's JSON.
 *
 * @param sentAtMs taken where Zoom sends no time with the event that can be read, in ms since 1970.
 * @throws {z.ZodError} for one that can't be read; its message tells no values.
 */
export function readWebhook(json: unknown, sentAtMs: number, zoomNow: Date): WebhookEvent {
  const { event: name, event_ts: ts, payload } = envelope.parse(json);
  const atMs = Math.min(ts ?? sentAtMs, zoomNow.getTime());
  return {
    name,
    zoomAccountId: payload.account_id,
    at: new Date(atMs),
    body: readBody(name, payload, atMs),
  };
}

function readBody(name: string, payload: Record<string, unknown>, atMs: number): EventBody | null {
  if (USER_EVENTS.has(name)) return toUserEvent(name, userPayload.parse(payload), atMs);
  if (SIGN_EVENTS.has(name)) {
    const { object } = signPayload.parse(payload);
    return {
      kind: 'SIGN',
      zoomUserId: object.id,
      email: object.email || null,
      at: notAfter(object.date_time, atMs),
      sign: name === 'user.signed_in' ? 'SIGN_IN' : 'SIGN_OUT',
      clientType: known(object.client_type),
      clientVersion: known(object.version),
    };
  }
  if (MEETING_EVENTS.has(name)) return toMeetingEvent(name, meetingPayload.parse(payload), atMs);
  if (name === DEAUTHORIZED) {
    const { client_id: clientId, deauthorization_time: time } = deauthorizedPayload.parse(payload);
    // The removal, which comes before the event; a time that has nothing to do with the event's is not believed.
    const removedAtMs = Date.parse(notAfter(time, atMs));
    return { kind: 'DEAUTHORIZED', clientId, atMs: atMs - removedAtMs > BELIEVED_MS ? atMs : removedAtMs };
  }
  return null;
}

/** Nobody has add-ons whom Zoom has taken everything from, or who can't hold them. */
const NO_ADD_ONS: Claims = {
  largeMeetingEnabled: false,
  largeMeetingCapacity: null,
  webinarEnabled: false,
  webinarCapacity: null,
};
/** Basic, without a meetings license, none. */
const WITHOUT_ADD_ONS: ReadonlySet<number> = new Set([1, 4, 99]);

/** Deactivating takes every license, and activating gives none of them back; another type may bring add-ons. */
function followsFor(type: number | undefined, status: string | null): Claims | null {
  if (status === 'INACTIVE' || (type !== undefined && WITHOUT_ADD_ONS.has(type))) return NO_ADD_ONS;
  return type !== undefined || status !== null ? {} : null;
}

function toUserEvent(
  name: string,
  { creation_type: creation, operator, object }: UserPayload,
  atMs: number,
): UserEvent {
  const status = statusOf(name, creation, object.status);
  const claims: Claims = {
    ...feature(object),
    ...(object.id !== null && { zoomUserId: object.id }),
    ...(object.email !== undefined && object.email !== '' && { email: object.email }),
    ...(object.type !== undefined && {
      typeCode: object.type,
    }),
    ...(status !== null && { status }),
    ...presence(name, atMs),
    ...defined({
      firstName: object.first_name,
      lastName: object.last_name,
      displayName: object.display_name,
      department: object.dept,
      timezone: object.timezone,
      planUnitedType: object.plan_united_type,
      employeeUniqueId: object.employee_unique_id,
      roleId: toRoleId(object.role_id ?? null, object.role ?? null) ?? undefined,
    }),
  };
  if (name === 'user.created') {
    // Who is invited has no such date before they accept.
    claims.activeDate = status === 'PENDING' ? null : Date.parse(notAfter(object.created_at, atMs));
    claims.displayName ??= [object.first_name, object.last_name].filter(Boolean).join(' ') || null;
  }
  const { job_title, cost_center, location, manager, zoom_one_type } = object;
  return {
    kind: 'USER',
    zoomUserId: object.id,
    email: object.email || null,
    operator: operator || null,
    atMs,
    claims,
    follows: followsFor(object.type, status),
    outdatesSettings: name === 'user.settings_updated' || object.settings !== undefined,
    outdatesProfile: [job_title, cost_center, location, manager, zoom_one_type].some((value) => value !== undefined),
  };
}

/**
 * An invitation (`create`) waits for its acceptance; every other way to create a user makes one who can sign in at once.
 * A word of Zoom's for the status goes before that, if we know it.
 */
function statusOf(name: string, creation: string | undefined, status: string | undefined): string | null {
  switch (name) {
    case 'user.created':
      return toUserStatus(status ?? null) ?? (creation === 'create' ? 'PENDING' : 'ACTIVE');
    case 'user.activated':
    case 'user.invitation_accepted':
      return 'ACTIVE';
    case 'user.deactivated':
      return 'INACTIVE';
    default:
      return toUserStatus(status ?? null);
  }
}

/** Is the user on the account after the event? Nothing is told of somebody who isn't. */
function presence(name: string, atMs: number): Claims {
  return { removedAt: name === 'user.deleted' || name === 'user.disassociated' ? atMs : null };
}

function feature({ settings, feature: beside }: UserPayload['object']): Claims {
  const all = {
    ...noFeatures,
    ...defined({ ...settings }),
    ...defined({ ...settings?.feature }),
    ...defined({ ...beside }),
  };
  return {
    ...defined({
      meetingCapacity: all.meeting_capacity,
      largeMeetingEnabled: all.large_meeting,
      largeMeetingCapacity: all.large_meeting_capacity,
      webinarEnabled: all.webinar,
      webinarCapacity: all.webinar_capacity,
    }),
    ...(all.large_meeting === false && { largeMeetingCapacity: null }),
    ...(all.webinar === false && { webinarCapacity: null }),
  };
}

function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

const latest = (one: string, other: string) => (Date.parse(one) > Date.parse(other) ? one : other);

function toMeetingEvent(name: string, { object }: z.infer<typeof meetingPayload>, atMs: number): MeetingEvent {
  const isEnd = name.endsWith('.ended');
  const { participant } = object;
  const { start_time: start, end_time: end } = object;
  // Where one of them is missing, somebody was there all the same, at the latest of what is known.
  const startTime = notAfter(start ?? (isEnd ? end : participant?.join_time), atMs);
  const endTime = isEnd ? latest(notAfter(end, atMs), startTime) : null;
  return {
    kind: 'MEETING',
    uuid: object.uuid,
    zoomMeetingId: object.id,
    meetingKind: name.startsWith('webinar.') ? 'WEBINAR' : 'MEETING',
    hostId: object.host_id,
    topic: known(object.topic),
    typeCode: object.type ?? null,
    startTime,
    endTime,
    // `duration` is how long it was planned to be.
    durationMinutes:
      endTime === null || start === undefined
        ? null
        : Math.ceil((Date.parse(endTime) - Date.parse(startTime)) / 60_000),
    participant:
      isEnd || participant == null
        ? null
        : {
            key: JSON.stringify([
              participant.participant_uuid,
              participant.user_id,
              participant.id,
              participant.participant_user_id,
              participant.email,
              participant.user_name,
              participant.join_time,
            ]),
            zoomUserIds: [participant.participant_user_id, participant.id].filter((one) => one !== null),
            name: known(participant.user_name),
            email: participant.email || null,
            joinedAt: notAfter(participant.join_time, atMs),
          },
  };
}
