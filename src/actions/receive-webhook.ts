import {
  endWait,
  letWait,
  lockForEvent,
  lockWaiting,
  placesOfAccount,
  takeEvent,
  waitingFor,
  waitingForKnown,
  type EventPlace,
} from '../datasources/store/webhooks.ts';
import { isCollision } from '../db/outage.ts';
import type { EventBody, WebhookEvent } from '../datasources/zoom/webhook-payloads.ts';
import type { Deps } from '../deps.ts';
import { applyMeetingEvent, applySignEvent } from './apply-activity-event.ts';
import { applyDeauthorization } from './apply-deauthorization.ts';
import { applyUserEvent } from './apply-user-event.ts';
import type { Applied, Tx } from './applied.ts';

/** What became of a webhook. */
export type WebhookOutcome =
  /** All that was news in it is applied. */
  | 'APPLIED'
  /** It is kept until the user that it is about is known. */
  | 'WAITING'
  | 'DUPLICATE'
  /** It is about nothing or nobody of ours. Not kept. */
  | 'IGNORED';

type BodyOfPeople = Exclude<EventBody, { kind: 'DEAUTHORIZED' }>;

/** Two events that met on the way, at the same rows or at one that both made: one of them has to try again. */
const UNIQUE_VIOLATION = '23505';
const MAX_TRIES = 5;

/**
 * Takes a webhook that is proven to be Zoom's: notes it and applies it everywhere the account is known, all or nothing.
 * The same one that comes again changes nothing. `id` is the digest of its body.
 *
 * @throws when it could not be taken: then it was not noted either, and is to be sent again.
 */
export async function receiveWebhook(deps: Deps, id: string, event: WebhookEvent): Promise<WebhookOutcome> {
  const { body, zoomAccountId } = event;
  if (body === null || zoomAccountId === null) return 'IGNORED';
  if (body.kind === 'DEAUTHORIZED') return receiveDeauthorization(deps, id, event, zoomAccountId, body);
  return withoutCollision(deps, async (tx) => {
    const places = await placesOfAccount(tx, zoomAccountId);
    if (places.length === 0) return 'IGNORED';
    const zoomUserId = body.kind === 'MEETING' ? body.hostId : body.zoomUserId;
    const isNew = await takeEvent(
      tx,
      { id, event: event.name, zoomAccountId, zoomUserId, eventAt: event.at },
      deps.now(),
    );
    if (!isNew) return 'DUPLICATE';
    return (await applyEvent(deps, tx, zoomAccountId, places, { id, body })) ? 'APPLIED' : 'WAITING';
  });
}

/** Applies an event, and what waited for whom it made known. @returns whether nothing of it has to wait. */
async function applyEvent(
  deps: Deps,
  tx: Tx,
  zoomAccountId: string,
  places: readonly EventPlace[],
  { id, body }: { id: string; body: BodyOfPeople },
): Promise<boolean> {
  const known = { zoomUserIds: new Set<string>(), emails: new Set<string>() };
  const subject = body.kind === 'MEETING' ? body.uuid : (body.zoomUserId ?? body.email ?? '');
  await lockForEvent(
    tx,
    places.map((place) => place.accountId),
    `${zoomAccountId} ${subject}`,
  );
  let wait: Applied['wait'];
  for (const place of places) {
    const applied = await applyIn(tx, place, body, deps.now());
    wait ??= applied.wait;
    for (const one of applied.known?.zoomUserIds ?? []) known.zoomUserIds.add(one);
    for (const one of applied.known?.emails ?? []) known.emails.add(one);
  }
  if (wait !== undefined) {
    await letWait(tx, id, { zoomUserId: wait.zoomUserId, payload: { ...body, email: wait.email, body } });
  }
  const waiting = await waitingFor(tx, zoomAccountId, {
    zoomUserIds: [...known.zoomUserIds],
    emails: [...known.emails],
  });
  for (const one of waiting) {
    if (one.id === id) continue;
    await applyAgain(deps, tx, zoomAccountId, places, one.id, one.payload);
  }
  return wait === undefined;
}

function applyIn(tx: Tx, place: EventPlace, body: BodyOfPeople, now: Date): Promise<Applied> {
  switch (body.kind) {
    case 'USER':
      return applyUserEvent(tx, place, body, now);
    case 'SIGN':
      return applySignEvent(tx, place, body, now);
    case 'MEETING':
      return applyMeetingEvent(tx, place, body, now);
  }
}

/** Tries an event again that waited; what still can't be placed goes on waiting. */
async function applyAgain(
  deps: Deps,
  tx: Tx,
  zoomAccountId: string,
  places: readonly EventPlace[],
  id: string,
  payload: Record<string, unknown> | null,
): Promise<void> {
  // Written by ourselves, in `letWait`.
  const body = payload?.['body'] as BodyOfPeople | undefined;
  if (body === undefined) return;
  // First, so that what this one makes known does not find it waiting.
  await endWait(tx, id, deps.now());
  await applyEvent(deps, tx, zoomAccountId, places, { id, body });
}

/**
 * Applies what waited for users whom an account knows by now. To be called when its listings have ended, whole or not:
 * what waited for that waits no longer.
 */
export async function applyWaitingEvents(deps: Deps, accountId: string): Promise<void> {
  for (const id of await waitingForKnown(deps.database.sql, accountId)) {
    await withoutCollision(deps, async (tx) => {
      const event = await lockWaiting(tx, id);
      if (event === null) return;
      const places = (await placesOfAccount(tx, event.zoomAccountId)).map((place) =>
        place.accountId === accountId ? { ...place, rosterRunsSince: null } : place,
      );
      await applyAgain(deps, tx, event.zoomAccountId, places, id, event.payload);
    });
  }
}

async function receiveDeauthorization(
  deps: Deps,
  id: string,
  event: WebhookEvent,
  zoomAccountId: string,
  body: Extract<EventBody, { kind: 'DEAUTHORIZED' }>,
): Promise<WebhookOutcome> {
  const ended = await withoutCollision(deps, async (tx) => {
    const isNew = await takeEvent(
      tx,
      { id, event: event.name, zoomAccountId, zoomUserId: null, eventAt: event.at },
      deps.now(),
    );
    return isNew ? applyDeauthorization(deps, tx, zoomAccountId, body) : null;
  });
  if (ended === null) return 'DUPLICATE';
  // The rows are gone; this process must forget what it remembers of them, too.
  for (const integrationId of ended) await deps.zoom.tokens.eraseGrant(integrationId);
  return ended.length === 0 ? 'IGNORED' : 'APPLIED';
}

async function withoutCollision<T>(deps: Deps, run: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return (await deps.database.sql.begin(run)) as T;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (tries >= MAX_TRIES || !(isCollision(error) || code === UNIQUE_VIOLATION)) throw error;
      deps.log.debug({ tries, code }, 'webhooks met, one tries again');
    }
  }
}
