import { newId } from '../../db/id.ts';
import { users } from '../../db/tables/users.ts';
import type { AccountRow, IntegrationRow, UserRow, WebhookEventRow } from '../../db/tables/rows.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

/** An account that an event is about, in one of the integrations that read it. */
export interface EventPlace
  extends
    Pick<AccountRow, 'rosterBegunAt' | 'activityKnownFrom'>,
    Pick<IntegrationRow, 'enabledTasks' | 'serviceAccountPatterns'> {
  integrationId: string;
  accountId: string;
  zoomAccountId: string;
  /** When the roster was begun that is being read now; null: none is. */
  rosterRunsSince: Date | null;
}

/**
 * Everywhere that an account is known, held until the transaction ends: what is read from it is not erased meanwhile, and
 * what was erased is not there. Integrations that were deleted or are disconnected hear of nothing any more, and none
 * hears of a sub account that Zoom no longer lists: if it comes back, it is read anew.
 */
export async function placesOfAccount(tx: SqlOrTx, zoomAccountId: string): Promise<EventPlace[]> {
  // In a statement of its own: the next one sees what whoever held them has done.
  await tx`
    select pg_advisory_xact_lock_shared(hashtextextended('roster ' || id, 0))
    from (select id from accounts where zoom_account_id = ${zoomAccountId} order by id) one`;
  return tx<EventPlace[]>`
    select a.id as "accountId", a.zoom_account_id as "zoomAccountId", i.id as "integrationId", a.roster_begun_at as "rosterBegunAt",
      a.activity_known_from as "activityKnownFrom", i.enabled_tasks as "enabledTasks",
      i.service_account_patterns as "serviceAccountPatterns",
      (select min(r.started_at) from job_runs r
        where r.integration_id = i.id and r.task = 'APPLICATION_ROSTER' and r.status in ('QUEUED', 'RUNNING'))
        as "rosterRunsSince"
    from accounts a join integrations i on i.id = a.integration_id
    where a.zoom_account_id = ${zoomAccountId} and a.removed_at is null and i.deleted_at is null and i.status <> 'DISCONNECTED'
    order by a.id`;
}

/**
 * Holds what is decided about an account's users until the transaction ends: events about one of them wait for each
 * other, and all of them for a page of a listing that is being written.
 */
export async function lockForEvent(tx: SqlOrTx, accountIds: readonly string[], subject: string): Promise<void> {
  // In this order, whoever comes: who holds a user never waits for a listing.
  await tx`
    select pg_advisory_xact_lock_shared(hashtextextended('roster ' || id, 0))
    from (select id from unnest(${[...accountIds]}::text[]) as id order by id) one
    union all select pg_advisory_xact_lock(hashtextextended(${`webhook ${subject}`}, 0))`;
}

/** Notes an event as taken and applied. False when it was taken before. */
export async function takeEvent(
  tx: SqlOrTx,
  event: Pick<WebhookEventRow, 'id' | 'event' | 'zoomAccountId' | 'zoomUserId' | 'eventAt'>,
  now: Date,
): Promise<boolean> {
  const rows = await tx`
    insert into webhook_events (id, event, zoom_account_id, zoom_user_id, event_at, received_at, applied_at)
    values (${event.id}, ${event.event}, ${event.zoomAccountId}, ${event.zoomUserId}, ${event.eventAt}, ${now}, ${now})
    on conflict (id) do nothing returning id`;
  return rows.length > 0;
}

/** Keeps an event until the user with this id (or, without one, this address) is known. */
export async function letWait(
  tx: SqlOrTx,
  id: string,
  { zoomUserId, payload }: { zoomUserId: string | null; payload: object },
): Promise<void> {
  await tx`
    update webhook_events set applied_at = null, zoom_user_id = ${zoomUserId},
      payload = ${JSON.stringify(payload)}::text::jsonb
    where id = ${id}`;
}

export async function endWait(tx: SqlOrTx, id: string, now: Date): Promise<void> {
  await tx`update webhook_events set applied_at = ${now}, payload = null where id = ${id}`;
}

export type WaitingEvent = Pick<WebhookEventRow, 'id' | 'event' | 'eventAt' | 'payload'>;

/** Events of an account that wait for one of these users or addresses, in the order in which they happened. */
export async function waitingFor(
  tx: SqlOrTx,
  zoomAccountId: string,
  { zoomUserIds, emails }: { zoomUserIds: readonly string[]; emails: readonly string[] },
): Promise<WaitingEvent[]> {
  if (zoomUserIds.length + emails.length === 0) return [];
  return tx<WaitingEvent[]>`
    select id, event, event_at as "eventAt", payload from webhook_events
    where zoom_account_id = ${zoomAccountId} and applied_at is null
      and (zoom_user_id = any(${[...zoomUserIds]}::text[]) or payload ->> 'email' = any(${[...emails]}::text[]))
    order by event_at, id for update`;
}

/** Events that wait for users whom an account knows by now, in the order in which they happened. */
export async function waitingForKnown(tx: SqlOrTx, accountId: string): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select w.id from webhook_events w join accounts a on a.zoom_account_id = w.zoom_account_id
    where a.id = ${accountId} and w.applied_at is null and exists (
      select from users u where u.account_id = a.id
        and (u.zoom_user_id = w.zoom_user_id or u.email = w.payload ->> 'email')
    )
    order by w.event_at, w.id`;
  return rows.map((row) => row.id);
}

/** One that waits, locked; null when it no longer does. */
export async function lockWaiting(tx: SqlOrTx, id: string): Promise<(WaitingEvent & { zoomAccountId: string }) | null> {
  const [row] = await tx<(WaitingEvent & { zoomAccountId: string })[]>`
    select id, event, event_at as "eventAt", payload, zoom_account_id as "zoomAccountId" from webhook_events
    where id = ${id} and applied_at is null for update`;
  return row ?? null;
}

/** Forgets events that were received before `before`. */
export async function forgetEvents(sql: SqlOrTx, before: Date): Promise<void> {
  await sql`delete from webhook_events where received_at < ${before}`;
}

const USER_COLUMNS = columnsOf(users);

/**
 * The user of an account that an event is about, locked: by Zoom's id, or by the address where we know no id (yet) or
 * the event names none. Whoever is there goes before those who left.
 */
export async function lockUserOfEvent(
  tx: SqlOrTx,
  accountId: string,
  { zoomUserId, email }: { zoomUserId: string | null; email: string | null },
): Promise<UserRow | null> {
  const [row] = await tx<UserRow[]>`
    select ${tx.unsafe(USER_COLUMNS)} from users
    where account_id = ${accountId} and (zoom_user_id = ${zoomUserId}
      or (email = ${email} and (zoom_user_id is null or ${zoomUserId}::text is null)))
    order by removed_at is not null, zoom_user_id is null, removed_at desc, id limit 1 for update`;
  return row ?? null;
}

/** Does somebody else on the account have the address? */
export async function isEmailTaken(
  tx: SqlOrTx,
  accountId: string,
  email: string,
  exceptUserId: string | null,
): Promise<boolean> {
  const rows = await tx`
    select from users where account_id = ${accountId} and email = ${email} and removed_at is null
      and id is distinct from ${exceptUserId}`;
  return rows.length > 0;
}

export type UserPatch = Partial<Omit<UserRow, 'id' | 'kind' | 'lastActivityAt'>>;

export async function patchUser(tx: SqlOrTx, id: string, patch: UserPatch): Promise<void> {
  await tx`update users set ${tx(columnValues(users, patch))} where id = ${id}`;
}

/** Writes somebody whom no listing has named yet. @returns the id. */
export async function insertUser(
  tx: SqlOrTx,
  user: UserPatch & Pick<UserRow, 'integrationId' | 'accountId' | 'email' | 'status' | 'type' | 'firstSeenAt'>,
): Promise<string> {
  const id = newId('usr');
  await tx`insert into users ${tx(columnValues(users, { id, updatedAt: user.firstSeenAt, ...user }))}`;
  return id;
}
