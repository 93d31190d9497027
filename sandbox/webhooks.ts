import { createHmac, randomUUID } from 'node:crypto';
import { iso } from './api/endpoint.ts';
import { participant, pastFields } from './api/meeting-shape.ts';
import type { Account, SandboxUser } from './world/model.ts';

/** What Zoom posts. */
export interface WebhookBody {
  event: string;
  /** ms */
  event_ts: number;
  payload: Record<string, unknown>;
}

/** Who did it, where somebody did; the API's own writes name the caller. */
export interface Happening {
  /** ms */
  at: number;
  operator?: Pick<SandboxUser, 'id' | 'email'> | undefined;
}

type Object = Record<string, unknown>;

/** Any event about an account. Those below know their objects; this one takes whatever a test wants to tell. */
export function webhookBody(
  event: string,
  accountId: string,
  object: Object,
  { at, operator }: Happening,
  more: Object = {},
): WebhookBody {
  return {
    event,
    event_ts: at,
    payload: {
      account_id: accountId,
      ...(operator && { operator: operator.email, operator_id: operator.id }),
      ...more,
      object,
    },
  };
}

const shortly = (user: SandboxUser): Object => ({
  id: user.id,
  first_name: user.firstName,
  last_name: user.lastName,
  email: user.email,
  type: user.type,
});

/** `creation` is the action of `POST /users`, or how else somebody came to be. */
export const userCreated = (user: SandboxUser, happening: Happening, creation = 'create'): WebhookBody =>
  webhookBody('user.created', user.accountId, shortly(user), happening, { creation_type: creation });

/** `object` has only what changed, `old` what it was before; the features of a license are under `settings.feature`. */
export const userUpdated = (user: SandboxUser, object: Object, old: Object, happening: Happening): WebhookBody =>
  webhookBody('user.updated', user.accountId, { id: user.id, ...object }, happening, {
    time_stamp: happening.at,
    old_object: { id: user.id, ...old },
  });

/** Blocks of settings, each with only what changed. */
export const userSettingsUpdated = (
  user: SandboxUser,
  settings: Object,
  old: Object,
  happening: Happening,
): WebhookBody =>
  webhookBody('user.settings_updated', user.accountId, { id: user.id, settings }, happening, {
    time_stamp: happening.at,
    old_object: { id: user.id, settings: old },
  });

const aboutUser =
  (event: string) =>
  (user: SandboxUser, happening: Happening): WebhookBody =>
    webhookBody(event, user.accountId, shortly(user), happening);

export const userActivated = aboutUser('user.activated');
export const userDeactivated = aboutUser('user.deactivated');
export const userDeleted = aboutUser('user.deleted');
export const userDisassociated = aboutUser('user.disassociated');
export const userInvitationAccepted = aboutUser('user.invitation_accepted');

const aboutSign =
  (event: string) =>
  (user: SandboxUser, at: number): WebhookBody => {
    const object = {
      id: user.id,
      client_type: user.clientVersion ? (/\((.*)\)/.exec(user.clientVersion)?.[1] ?? 'Windows') : 'Browser',
      date_time: iso(at),
      email: user.email,
      version: user.clientVersion?.split(' ')[0] ?? '',
      login_type: user.loginTypes[0],
    };
    return webhookBody(event, user.accountId, object, { at });
  };

export const userSignedIn = aboutSign('user.signed_in');
export const userSignedOut = aboutSign('user.signed_out');

/** `meeting.ended` or `webinar.ended` of what was held, by uuid; told at its end unless `at` says later. */
export function ended(account: Account, uuid: string, at?: number): WebhookBody {
  const { instance, kind, object } = held(account, uuid);
  const endAt = account.history.instanceEndAt.get(instance);
  return webhookBody(`${kind}.ended`, account.id, { ...object, end_time: iso(endAt) }, { at: at ?? endAt });
}

/** `meeting.participant_joined` or `webinar.participant_joined`, one a stay, in order of the rows. */
export function participantsJoined(account: Account, uuid: string): WebhookBody[] {
  const { history } = account;
  const { instance, kind, object } = held(account, uuid);
  return history.rowsOf(instance).map((row) => {
    const { id, name, user_id, user_email, join_time } = participant(account, row);
    const joined = { user_id, user_name: name, id, participant_user_id: id, email: user_email, join_time };
    return webhookBody(
      `${kind}.participant_joined`,
      account.id,
      { ...object, participant: joined },
      { at: history.rowJoinAt.get(row) },
    );
  });
}

function held(account: Account, uuid: string) {
  const { history } = account;
  const instance = history.instanceByUuid(uuid);
  if (instance < 0) throw new Error(`nothing with the uuid ${uuid} was held in ${account.name}`);
  const { id, topic, type, start_time, duration } = pastFields(account, instance);
  const host = account.people[history.host(instance)]!;
  return {
    instance,
    kind: history.isWebinar(history.instanceSeries.get(instance)) ? 'webinar' : 'meeting',
    // Numbers of meetings are text here, and nowhere else.
    object: {
      uuid,
      id: String(id),
      host_id: host.id,
      topic,
      type,
      start_time,
      duration,
      timezone: host.timezone,
    },
  };
}

/** The app was removed from an account. There is no object; the signature in it is another one, and nobody can check it. */
export function appDeauthorized(about: {
  accountId: string;
  userId: string;
  clientId: string;
  at: number;
}): WebhookBody {
  return {
    event: 'app_deauthorized',
    event_ts: about.at,
    payload: {
      account_id: about.accountId,
      user_id: about.userId,
      signature: createHmac('sha256', 'nobody knows').update(about.userId).digest('hex'),
      deauthorization_time: new Date(about.at).toISOString(),
      client_id: about.clientId,
    },
  };
}

/** Asks a receiver whether it knows the secret. */
export const urlValidation = (plainToken: string, at: number): WebhookBody => ({
  event: 'endpoint.url_validation',
  event_ts: at,
  payload: { plainToken },
});

/** What a receiver must answer to `urlValidation`. */
export const validationAnswer = (secretToken: string, plainToken: string) => ({
  plainToken,
  encryptedToken: createHmac('sha256', secretToken).update(plainToken).digest('hex'),
});

/** The headers Zoom sends a body with, byte for byte; `at` (ms) is when it is sent. */
export function signingHeaders(secretToken: string, body: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const digest = createHmac('sha256', secretToken).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-zm-request-timestamp': timestamp,
    'x-zm-signature': `v0=${digest}`,
    'x-zm-request-id': randomUUID(),
  };
}
