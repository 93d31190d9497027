import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import type {
  BeforeImage,
  BlockerRecord,
  CandidateStatus,
  ItemError,
  NotRestored,
  TransferRecord,
} from '../../db/tables/reclamations.ts';
import type { CandidateRow, ReclamationItemRow, ReclamationRow } from '../../db/tables/rows.ts';
import { GUARD } from '../../policy/guard.ts';
import type { Price } from '../../policy/savings.ts';
import { SETTINGS_KEYS } from '../../policy/webhook-order.ts';
import { letGo } from './let-go.ts';
import type { SqlOrTx as Tx } from './writes.ts';
import { excludes, PERSON_COLUMNS, type HolderRow } from './inactive-holders.ts';
import { lastSignOf } from './last-sign.ts';

/** SQL: the signs of the candidate's rule `r`; null, the usual ones, when it names none or is gone. */
const SIGNS = '(case when r.deleted_at is null then r.signs end)';

const RECLAMATION_COLUMNS = `r.id, r.integration_id as "integrationId", r.kind, r.status, r.action, r.dry_run as "dryRun",
  r.requested_by as "requestedBy", r.requested_at as "requestedAt", r.reason, r.idempotency_key as "idempotencyKey",
  r.input_hash as "inputHash", r.needs_confirmation as "needsConfirmation", r.confirmed_by as "confirmedBy",
  r.confirmed_at as "confirmedAt", r.stop_requested_at as "stopRequestedAt", r.finished_at as "finishedAt",
  r.transfer, r.restores_id as "restoresId"`;

const ITEM_COLUMNS = `i.id, i.reclamation_id as "reclamationId", i.integration_id as "integrationId", i.position,
  i.candidate_id as "candidateId", i.user_id as "userId", i.action, i.status, i.error, i.before, i.step,
  i.sent_at as "sentAt", i.at, i.not_restored as "notRestored", i.restores_item_id as "restoresItemId"`;

/** A candidate with everything that decides about its user. All of the user is null when the user is gone. */
export interface PlannedCandidate extends Omit<HolderRow, keyof Price> {
  id: string;
  integrationId: string;
  candidateStatus: CandidateStatus;
  action: CandidateRow['action'];
  closedAt: Date | null;
  accountId: string | null;
  /** Zoom's id of the sub account that the user is in; null: in none. */
  subAccountId: string | null;
  /** Is the account one that Zoom no longer lists? */
  isAccountGone: boolean;
  email: string | null;
  type: string | null;
  webinarEnabled: boolean | null;
  eventsReadAt: Date | null;
  removedAt: Date | null;
  excludedBecause: string | null;
  excludedUntil: Date | null;
  /** Is the license managed? */
  isManaged: boolean;
  /** Does the user still hold the license that was found? */
  holdsLicense: boolean;
  /** Signs that its rule counts; null: the usual ones, also when the rule is gone. */
  signs: string[] | null;
  /** Last sign that counts, as it is known by now; null: never. */
  lastSignAt: Date | null;
  /** The same when the candidate was found, or last looked at. */
  foundLastActivityAt: Date | null;
  inactivityThresholdDays: number | null;
}

function plannedCandidates(tx: Tx, now: Date) {
  const sql = tx as Sql;
  return sql`
    select c.id, c.integration_id as "integrationId", c.status as "candidateStatus", c.action, c.closed_at as "closedAt",
      c.user_id as "userId", c.license_id as "licenseId", l.unique_id as "licenseUniqueId", u.account_id as "accountId",
      l.managed is not false as "isManaged", case when ac.tier = 'SUB' then ac.zoom_account_id end as "subAccountId",
      ac.removed_at is not null as "isAccountGone",
      u.email, u.type, u.webinar_enabled as "webinarEnabled", ac.events_read_at as "eventsReadAt", u.removed_at as "removedAt",
      e.reason as "excludedBecause", e.expires_at as "excludedUntil", ${sql.unsafe(SIGNS)} as signs,
      ${sql.unsafe(lastSignOf(SIGNS))} as "lastSignAt", c.last_activity_at as "foundLastActivityAt",
      r.inactivity_threshold_days as "inactivityThresholdDays",
      exists (select from license_assignments a where a.user_id = c.user_id and a.license_id = c.license_id) as "holdsLicense",
      ${sql.unsafe(PERSON_COLUMNS)}
    from reclamation_candidates c
    left join users u on u.id = c.user_id
    left join accounts ac on ac.id = u.account_id
    left join licenses l on l.id = c.license_id
    left join reclamation_rules r on r.id = c.rule_id
    left join lateral (select e.reason, e.expires_at from exclusions e where ${excludes(sql, now)} limit 1) e on true`;
}

/** Candidates by id with their users, locked until the transaction ends so that two requests can't plan the same one. */
export async function lockCandidates(tx: Tx, ids: readonly string[], now: Date): Promise<PlannedCandidate[]> {
  // Locked in one order, so that two requests wait for each other instead of for ever.
  return tx<PlannedCandidate[]>`
    ${plannedCandidates(tx, now)} where c.id = any(${[...ids]}::text[]) order by c.id for update of c`;
}

/** One candidate with its user as we know them, and fresh exclusions; null when unknown. */
export async function candidateToActOn(sql: Sql, candidateId: string, now: Date): Promise<PlannedCandidate | null> {
  const [row] = await sql<PlannedCandidate[]>`${plannedCandidates(sql, now)} where c.id = ${candidateId}`;
  return row ?? null;
}

/** Somebody who is to get the things of people who leave. */
export interface ReceiverRow {
  userId: string;
  accountId: string;
  status: string;
  type: string;
  /** Is something being taken from them? */
  isBeingTaken: boolean;
}

/** Who has this address in these accounts. */
export async function receiversOf(tx: Tx, email: string, accountIds: readonly string[]): Promise<ReceiverRow[]> {
  return tx<ReceiverRow[]>`
    select u.id as "userId", u.account_id as "accountId", u.status, u.type, exists (
      select from reclamation_items i join reclamations r on r.id = i.reclamation_id
      where i.user_id = u.id and not r.dry_run and i.status in ('PLANNED', 'SENT', 'UNKNOWN')
    ) as "isBeingTaken"
    from users u where u.email = ${email} and u.account_id = any(${[...accountIds]}::text[]) and u.removed_at is null`;
}

/** Lets one request with this idempotency key go on at a time; the others wait until its transaction ends. */
export async function lockKey(tx: Tx, key: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`reclamation ${key}`}, 0))`;
}

/** Whose candidates these are; unknown ids are left out. In one order, so that two who lock them can't block each other. */
export async function integrationsOfCandidates(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select distinct integration_id as id from reclamation_candidates where id = any(${[...ids]}::text[]) order by 1`;
  return rows.map((row) => row.id);
}

export async function reclamationByKey(tx: Tx, key: string): Promise<ReclamationRow | null> {
  const [row] = await tx<ReclamationRow[]>`
    select ${(tx as Sql).unsafe(RECLAMATION_COLUMNS)} from reclamations r where r.idempotency_key = ${key}`;
  return row ?? null;
}

export async function reclamationToRun(tx: Tx, id: string): Promise<ReclamationRow | null> {
  const [row] = await tx<ReclamationRow[]>`
    select ${(tx as Sql).unsafe(RECLAMATION_COLUMNS)} from reclamations r where r.id = ${id}`;
  return row ?? null;
}

/** Reclamations that a worker should be at: begun or waiting, no dry runs, none that waits for a second caller. */
export async function openReclamations(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from reclamations where status in ('PENDING', 'RUNNING') and not dry_run
      and (not needs_confirmation or confirmed_at is not null or stop_requested_at is not null)`;
  return rows.map((row) => row.id);
}

/** How many paid users an integration has, and how many were touched or are about to be in the guard's time. */
export async function guardCounts(
  tx: Tx,
  integrationId: string,
  now: Date,
): Promise<{ paidUsers: number; recent: number }> {
  const since = new Date(now.getTime() - GUARD.hours * 3_600_000);
  const [row] = await tx<{ paidUsers: number; recent: number }[]>`
    select
      (select count(*)::int from users
        where integration_id = ${integrationId} and removed_at is null and status <> 'INACTIVE'
          and type in ('LICENSED', 'ON_PREM', 'OTHER')) as "paidUsers",
      (select count(distinct i.user_id)::int from reclamation_items i join reclamations r on r.id = i.reclamation_id
        where i.integration_id = ${integrationId} and r.kind = 'RECLAIM' and not r.dry_run
          and (i.sent_at > ${since} or (i.status = 'PLANNED' and r.status in ('PENDING', 'RUNNING')
            and (not r.needs_confirmation or r.confirmed_at is not null)))) as recent`;
  return row ?? { paidUsers: 0, recent: 0 };
}

export interface NewItem {
  candidateId: string;
  userId: string;
  action: ReclamationItemRow['action'];
  status: 'PLANNED' | 'SKIPPED';
  error: ItemError | null;
  before?: BeforeImage | null;
  restoresItemId?: string | null;
}

/** Writes a request with its items. */
export async function insertReclamation(
  tx: Tx,
  reclamation: Pick<
    ReclamationRow,
    | 'id'
    | 'integrationId'
    | 'kind'
    | 'action'
    | 'dryRun'
    | 'requestedBy'
    | 'requestedAt'
    | 'reason'
    | 'idempotencyKey'
    | 'inputHash'
    | 'needsConfirmation'
    | 'restoresId'
  > & { transfer?: TransferRecord | null },
  items: readonly NewItem[],
): Promise<ReclamationRow> {
  const r = reclamation;
  const rows = await tx<ReclamationRow[]>`
    insert into reclamations as r (id, integration_id, kind, action, dry_run, requested_by, requested_at, reason,
      idempotency_key, input_hash, needs_confirmation, transfer, restores_id)
    values (${r.id}, ${r.integrationId}, ${r.kind}, ${r.action}, ${r.dryRun}, ${r.requestedBy}, ${r.requestedAt}, ${r.reason},
      ${r.idempotencyKey}, ${r.inputHash}, ${r.needsConfirmation}, ${r.transfer == null ? null : JSON.stringify(r.transfer)}::text::jsonb,
      ${r.restoresId})
    returning ${(tx as Sql).unsafe(RECLAMATION_COLUMNS)}`;
  const json = JSON.stringify(items.map((item, position) => ({ ...item, position, id: newId('itm') })));
  await tx`
    insert into reclamation_items (id, reclamation_id, integration_id, position, candidate_id, user_id, action, status, error,
      before, restores_item_id, at)
    select id, ${r.id}, ${r.integrationId}, position, "candidateId", "userId", action, status, error, before,
      "restoresItemId", ${r.requestedAt}
    from jsonb_to_recordset(${json}::text::jsonb) as new(id text, position int, "candidateId" text, "userId" text,
      action text, status text, error jsonb, before jsonb, "restoresItemId" text)`;
  const [row] = rows;
  if (row === undefined) throw new Error('An inserted reclamation was not answered.');
  return row;
}

/** Moves candidates to a status, with a row of history each. One statement. */
export async function moveCandidates(
  tx: Tx,
  ids: readonly string[],
  move: { to: CandidateStatus; by: string; note: string | null; blockers?: BlockerRecord[]; isDismissal?: boolean },
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const isClosed = move.to.startsWith('CLOSED');
  const blockers = move.blockers === undefined ? null : JSON.stringify(move.blockers);
  await tx`
    with old as (select id, status from reclamation_candidates where id = any(${[...ids]}::text[]) for update),
    moved as (
      update reclamation_candidates c set status = ${move.to}, closed_at = ${isClosed ? now : null},
        dismissed_at = case when ${move.isDismissal ?? false} then ${now}::timestamptz else c.dismissed_at end,
        blockers = coalesce(${blockers}::text::jsonb, c.blockers)
      from old where old.id = c.id returning c.id
    )
    insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
    select old.id, ${now}, old.status, ${move.to}, ${move.by}, ${move.note} from old join moved using (id)`;
}

/** The items of a request that are not at an end yet, in the order of work. */
export async function openItems(sql: Sql, reclamationId: string): Promise<ReclamationItemRow[]> {
  return sql<ReclamationItemRow[]>`
    select ${sql.unsafe(ITEM_COLUMNS)} from reclamation_items i
    where i.reclamation_id = ${reclamationId} and i.status in ('PLANNED', 'SENT', 'UNKNOWN')
    order by i.position`;
}

export async function itemsOf(tx: Tx, reclamationId: string): Promise<ReclamationItemRow[]> {
  return tx<ReclamationItemRow[]>`
    select ${(tx as Sql).unsafe(ITEM_COLUMNS)} from reclamation_items i
    where i.reclamation_id = ${reclamationId} order by i.position`;
}

/**
 * Writes down, before the call, that an item's write is on its way. False when it may not be: somebody else is acting on
 * the same user, or the item is no longer where `from` says.
 */
export async function markSent(
  sql: Sql,
  item: { id: string; userId: string; from: ReclamationItemRow['status']; step: string; before: BeforeImage },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update reclamation_items set status = 'SENT', step = ${item.step}, sent_at = ${now}, at = ${now},
      before = coalesce(before, ${JSON.stringify(item.before)}::text::jsonb)
    where id = ${item.id} and status = ${item.from}
      and not exists (
        select from reclamation_items other
        where other.user_id = ${item.userId} and other.id <> ${item.id} and other.status in ('SENT', 'UNKNOWN')
      )`;
  return rows.count === 1;
}

/** Moves an item on its way, or one that never left, to another status. */
export async function moveItem(
  tx: Tx,
  id: string,
  to: ReclamationItemRow['status'],
  facts: { error?: ItemError | null; step?: string | null; notRestored?: readonly NotRestored[] },
  now: Date,
): Promise<void> {
  const missing = facts.notRestored === undefined ? null : JSON.stringify(facts.notRestored);
  await tx`
    update reclamation_items set status = ${to}, at = ${now},
      not_restored = coalesce(${missing}::text::jsonb, not_restored),
      error = ${facts.error == null ? null : JSON.stringify(facts.error)}::text::jsonb,
      step = ${facts.step ?? null}
    where id = ${id}`;
}

/** Sets a request's status; `finished` when it is the last one. */
export async function moveReclamation(
  tx: Tx,
  id: string,
  status: ReclamationRow['status'],
  now: Date | null,
): Promise<void> {
  await tx`update reclamations set status = ${status}, finished_at = ${now} where id = ${id}`;
}

/**
 * What a confirmed write changed about a user, as we keep it. Zoom showed it at `seenAt` (by its own clock): listings that
 * were asked for before, and webhooks from before, don't undo it.
 */
export async function applyToUser(
  tx: Tx,
  userId: string,
  change: {
    status: string;
    type: string;
    typeCode: number | null;
    zoomOneType: string | null;
    planUnitedType: string | null;
    features: Record<string, unknown> | null;
    webinar: { enabled: boolean; capacity: number | null };
    largeMeeting: { enabled: boolean; capacity: number | null };
  },
  now: Date,
  seenAt: Date = now,
): Promise<void> {
  const seenMs = seenAt.getTime();
  const seen = JSON.stringify({ status: seenMs, typeCode: seenMs, settingsReadAt: seenMs });
  await tx`
    update users set status = ${change.status}, type = ${change.type}, type_code = ${change.typeCode},
      zoom_one_type = ${change.zoomOneType}, plan_united_type = ${change.planUnitedType},
      features = ${change.features === null ? null : JSON.stringify(change.features)}::text::jsonb,
      webinar_enabled = ${change.webinar.enabled}, webinar_capacity = ${change.webinar.capacity},
      large_meeting_enabled = ${change.largeMeeting.enabled}, large_meeting_capacity = ${change.largeMeeting.capacity},
      webhook_at = (webhook_at - ${[...SETTINGS_KEYS]}::text[]) || ${seen}::text::jsonb,
      updated_at = ${now}
    where id = ${userId}`;
}

/**
 * Somebody was removed from the account by a confirmed write, as Zoom showed at `seenAt` (by its own clock): listings that
 * were asked for before, and webhooks from before, don't bring them back. Other candidates of theirs are closed.
 */
export async function applyRemoval(tx: Tx, userId: string, why: string, now: Date, seenAt: Date = now): Promise<void> {
  const seen = JSON.stringify({ removedAt: seenAt.getTime(), status: seenAt.getTime() });
  await tx`
    update users set removed_at = ${now}, updated_at = ${now}, webhook_at = webhook_at || ${seen}::text::jsonb
    where id = ${userId} and removed_at is null`;
  await letGo(tx, tx`u.id = ${userId}`, why, now);
}

export async function markRestored(tx: Tx, item: { itemId: string; candidateId: string }, now: Date): Promise<void> {
  await tx`update reclamation_items set status = 'RESTORED', at = ${now} where id = ${item.itemId}`;
  await tx`update reclamation_candidates set restored_at = ${now} where id = ${item.candidateId}`;
}

/** Notes the second caller. */
export async function confirmRow(tx: Tx, id: string, by: string, now: Date): Promise<ReclamationRow> {
  await tx`update reclamations set confirmed_by = ${by}, confirmed_at = ${now} where id = ${id} and confirmed_at is null`;
  return mustFind(await reclamationToRun(tx, id));
}

/** Notes that a request is to end before its next item; one that waits for a second caller needs a worker now. */
export async function requestStop(tx: Tx, id: string, now: Date): Promise<ReclamationRow> {
  await tx`update reclamations set stop_requested_at = coalesce(stop_requested_at, ${now}) where id = ${id}`;
  return mustFind(await reclamationToRun(tx, id));
}

function mustFind<T>(row: T | null): T {
  if (row === null) throw new Error('A reclamation vanished inside a transaction.');
  return row;
}
