import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import type {
  BeforeImage,
  BlockerRecord,
  CandidateStatus,
  ItemError,
  NotRestored,
  PlanRecord,
} from '../../db/tables/reclamations.ts';
import { reclamationItems, reclamations } from '../../db/tables/index.ts';
import type { ReclamationItemRow, ReclamationRow } from '../../db/tables/rows.ts';
import { candidateSources, type CandidateActor } from '../../policy/candidate-transitions.ts';
import { GUARD, PAID_TYPES } from '../../policy/guard.ts';
import { movableTo } from '../../policy/item-transitions.ts';
import { SETTINGS_KEYS } from '../../policy/webhook-order.ts';
import { IS_HELD } from './holds.ts';
import { letGo } from './let-go.ts';
import { columnsOf, type SqlOrTx as Tx } from './writes.ts';

const RECLAMATION_COLUMNS = columnsOf(reclamations);
const ITEM_COLUMNS = columnsOf(reclamationItems);

/** Lets one request with this idempotency key go on at a time; the others wait until its transaction ends. */
export async function lockKey(tx: Tx, key: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`reclamation ${key}`}, 0))`;
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

/**
 * Reclamations that a worker should be at: begun or waiting, no plans, none that waits for a second caller unless the time
 * for that is over.
 */
export async function openReclamations(sql: Sql, now: Date): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from reclamations where status in ('PENDING', 'RUNNING') and not dry_run
      and (not needs_confirmation or confirmed_at is not null or stop_requested_at is not null or expires_at <= ${now})`;
  return rows.map((row) => row.id);
}

/**
 * Lets one request at a time count and add to what the guard counts of a Zoom account, whichever of its integrations it came
 * through, until the transaction ends.
 */
export async function lockGuard(tx: Tx, zoomAccountId: string | null): Promise<void> {
  if (zoomAccountId === null) return;
  await tx`select pg_advisory_xact_lock(hashtextextended(${`guard ${zoomAccountId}`}, 0))`;
}

/** SQL of how many paid users an integration has, as `isPaid` says. */
const paidUsers = (tx: Tx, integrationId: string) => tx`
  (select count(*)::int from users
    where integration_id = ${integrationId} and removed_at is null and status <> 'INACTIVE'
      and type = any(${[...PAID_TYPES]}::text[]))`;

/** How many paid users an integration has. */
export async function countPaidUsers(tx: Tx, integrationId: string): Promise<number> {
  const [row] = await tx<{ count: number }[]>`select ${paidUsers(tx, integrationId)} as count`;
  return row?.count ?? 0;
}

/**
 * How many paid users an integration has, and how many users of its Zoom account were touched or are about to be in the
 * guard's time, through whichever integration. The same person counts once.
 */
export async function guardCounts(
  tx: Tx,
  integrationId: string,
  now: Date,
): Promise<{ paidUsers: number; recent: number }> {
  const since = new Date(now.getTime() - GUARD.hours * 3_600_000);
  const [row] = await tx<{ paidUsers: number; recent: number }[]>`
    select
      ${paidUsers(tx, integrationId)} as "paidUsers",
      (select count(distinct coalesce(u.zoom_user_id, i.user_id))::int
        from reclamation_items i join reclamations r on r.id = i.reclamation_id left join users u on u.id = i.user_id
        where i.integration_id in (
            select other.id from integrations one
            join integrations other on other.id = one.id or other.zoom_account_id = one.zoom_account_id
            where one.id = ${integrationId}
          ) and r.kind = 'RECLAIM' and not r.dry_run
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
  plan?: PlanRecord | null;
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
  > &
    Partial<Pick<ReclamationRow, 'transfer' | 'planHash' | 'expiresAt'>>,
  items: readonly NewItem[],
): Promise<ReclamationRow> {
  const r = reclamation;
  const rows = await tx<ReclamationRow[]>`
    insert into reclamations as r (id, integration_id, kind, action, dry_run, requested_by, requested_at, reason,
      idempotency_key, input_hash, needs_confirmation, transfer, plan_hash, expires_at, restores_id)
    values (${r.id}, ${r.integrationId}, ${r.kind}, ${r.action}, ${r.dryRun}, ${r.requestedBy}, ${r.requestedAt}, ${r.reason},
      ${r.idempotencyKey}, ${r.inputHash}, ${r.needsConfirmation}, ${r.transfer == null ? null : JSON.stringify(r.transfer)}::text::jsonb,
      ${r.planHash ?? null}, ${r.expiresAt ?? null}, ${r.restoresId})
    returning ${(tx as Sql).unsafe(RECLAMATION_COLUMNS)}`;
  const json = JSON.stringify(items.map((item, position) => ({ ...item, position, id: newId('itm') })));
  await tx`
    insert into reclamation_items (id, reclamation_id, integration_id, position, candidate_id, user_id, action, status, error,
      plan, before, restores_item_id, at)
    select id, ${r.id}, ${r.integrationId}, position, "candidateId", "userId", action, status, error, plan, before,
      "restoresItemId", ${r.requestedAt}
    from jsonb_to_recordset(${json}::text::jsonb) as new(id text, position int, "candidateId" text, "userId" text,
      action text, status text, error jsonb, plan jsonb, before jsonb, "restoresItemId" text)`;
  const [row] = rows;
  if (row === undefined) throw new Error('An inserted reclamation was not answered.');
  return row;
}

/** A candidate that was not moved, because it may not go there from where it is; `from` is null when it is unknown. */
export interface UnmovedCandidate {
  id: string;
  from: CandidateStatus | null;
}

/**
 * Moves candidates to a status, with a row of history each. `actor` is who causes it; left out, the service itself where `by`
 * is `system` and an operator elsewhere. One statement.
 *
 * @returns those that may not go there from where they are: they stay as they are, without a row of history.
 */
export async function moveCandidates(
  tx: Tx,
  ids: readonly string[],
  move: {
    to: CandidateStatus;
    by: string;
    note: string | null;
    actor?: CandidateActor;
    blockers?: BlockerRecord[];
    isDismissal?: boolean;
  },
  now: Date,
): Promise<UnmovedCandidate[]> {
  if (ids.length === 0) return [];
  const isClosed = move.to.startsWith('CLOSED');
  // What spoke against it stays with who needs attention, and with how it ended; whatever goes on was checked anew.
  const kept = move.to === 'ATTENTION_REQUIRED' || isClosed ? null : '[]';
  const blockers = move.blockers === undefined ? kept : JSON.stringify(move.blockers);
  const sources = candidateSources(move.to, move.actor ?? (move.by === 'system' ? 'SYSTEM' : 'OPERATOR'));
  return tx<UnmovedCandidate[]>`
    with old as (select id, status from reclamation_candidates where id = any(${[...ids]}::text[]) for update),
    moved as (
      update reclamation_candidates c set status = ${move.to}, closed_at = ${isClosed ? now : null},
        due_at = case when ${move.to === 'READY'} then null else c.due_at end,
        dismissed_at = case when ${move.isDismissal ?? false} then ${now}::timestamptz else c.dismissed_at end,
        blockers = coalesce(${blockers}::text::jsonb, c.blockers)
      from old where old.id = c.id and old.status = any(${sources}::text[]) returning c.id
    ), noted as (
      insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
      select old.id, ${now}, old.status, ${move.to}, ${move.by}, ${move.note} from old join moved using (id)
    )
    select asked.id, old.status as "from" from unnest(${[...ids]}::text[]) asked(id) left join old using (id)
    where asked.id not in (select id from moved)`;
}

/** The same where all of them were looked at and locked before. @throws {Error} when one may not go there. */
export async function moveAllCandidates(...args: Parameters<typeof moveCandidates>): Promise<void> {
  const [unmoved] = await moveCandidates(...args);
  if (unmoved !== undefined) {
    throw new Error(`Candidate ${unmoved.id} may not go from ${unmoved.from ?? 'nowhere'} to ${args[2].to}.`);
  }
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
 * the same user, the item is no longer where `from` says, or meanwhile a hold was placed or, unless the item `isBegun`, its
 * request was stopped.
 */
export async function markSent(
  tx: Tx,
  item: {
    id: string;
    userId: string;
    from: ReclamationItemRow['status'];
    step: string;
    before: BeforeImage;
    isBegun: boolean;
  },
  now: Date,
): Promise<boolean> {
  // Two requests may be at the same user: the later one must see what the earlier one wrote down.
  await tx`select pg_advisory_xact_lock(hashtextextended(${`writes to ${item.userId}`}, 0))`;
  const rows = await tx`
    update reclamation_items i set status = 'SENT', step = ${item.step}, sent_at = ${now}, at = ${now},
      before = coalesce(before, ${JSON.stringify(item.before)}::text::jsonb)
    where i.id = ${item.id} and i.status = ${item.from} and not ${tx.unsafe(IS_HELD)}
      and (${item.isBegun} or not exists (
        select from reclamations r where r.id = i.reclamation_id and r.stop_requested_at is not null
      ))
      and not exists (
        select from reclamation_items other
        where other.user_id = ${item.userId} and other.id <> ${item.id} and other.status in ('SENT', 'UNKNOWN')
      )`;
  return rows.count === 1;
}

/**
 * Moves an item on its way, or one that never left, from the status that the caller knows to another.
 *
 * @throws {Error} when it is no longer there, or may not go there: another worker has moved it meanwhile.
 */
export async function moveItem(
  tx: Tx,
  { id, status: from }: Pick<ReclamationItemRow, 'id' | 'status'>,
  to: ReclamationItemRow['status'],
  facts: { error?: ItemError | null; step?: string | null; notRestored?: readonly NotRestored[] },
  now: Date,
): Promise<void> {
  const missing = facts.notRestored === undefined ? null : JSON.stringify(facts.notRestored);
  const { count } = await tx`
    update reclamation_items set status = ${to}, at = ${now},
      not_restored = coalesce(${missing}::text::jsonb, not_restored),
      error = ${facts.error == null ? null : JSON.stringify(facts.error)}::text::jsonb,
      step = ${facts.step ?? null}
    where id = ${id} and status = ${from} and status = any(${movableTo(to)}::text[])`;
  if (count === 0) throw new Error(`Item ${id} may not become ${to}: it was moved meanwhile.`);
}

/** Sets a request's status; `now` when it is the last one, otherwise null. */
export async function moveReclamation(
  tx: Tx,
  id: string,
  status: ReclamationRow['status'],
  now: Date | null,
): Promise<Pick<ReclamationRow, 'integrationId' | 'requestedBy'>> {
  const [row] = await tx<Pick<ReclamationRow, 'integrationId' | 'requestedBy'>[]>`
    update reclamations set status = ${status}, finished_at = ${now} where id = ${id}
    returning integration_id as "integrationId", requested_by as "requestedBy"`;
  return mustFind(row ?? null);
}

/** What a user is and holds, as Zoom showed it after a write. */
export interface Holdings {
  status: string;
  type: string;
  typeCode: number | null;
  zoomOneType: string | null;
  planUnitedType: string | null;
  features: Record<string, unknown> | null;
  webinar: { enabled: boolean; capacity: number | null };
  largeMeeting: { enabled: boolean; capacity: number | null };
}

/**
 * What a confirmed write changed about a user, as we keep it. Zoom was asked at `seenAt` (by its own clock): listings that
 * were asked for before, and webhooks from before, don't undo it; what later ones said of status, type and plan stays.
 */
export async function applyToUser(
  tx: Tx,
  userId: string,
  change: Holdings,
  now: Date,
  seenAt: Date = now,
): Promise<void> {
  const seenMs = seenAt.getTime();
  const isKnownBetter = (field: string) =>
    tx`(observed_at > ${seenAt} or (webhook_at ->> ${field}::text)::float8 > ${seenMs})`;
  const unlessLater = (field: string, column: string, value: string | number | null) =>
    tx`${tx.unsafe(column)} = case when ${isKnownBetter(field)} then ${tx.unsafe(column)} else ${value} end`;
  const seen = (field: string) =>
    tx`case when ${isKnownBetter(field)} then '{}' else jsonb_build_object(${field}::text, ${seenMs}::float8) end`;
  await tx`
    update users set ${unlessLater('status', 'status', change.status)}, ${unlessLater('typeCode', 'type', change.type)},
      ${unlessLater('typeCode', 'type_code', change.typeCode)},
      ${unlessLater('planUnitedType', 'plan_united_type', change.planUnitedType)}, zoom_one_type = ${change.zoomOneType},
      features = ${change.features === null ? null : JSON.stringify(change.features)}::text::jsonb,
      webinar_enabled = ${change.webinar.enabled}, webinar_capacity = ${change.webinar.capacity},
      large_meeting_enabled = ${change.largeMeeting.enabled}, large_meeting_capacity = ${change.largeMeeting.capacity},
      webhook_at = (webhook_at - ${[...SETTINGS_KEYS]}::text[]) || jsonb_build_object('settingsReadAt', ${seenMs}::float8)
        || ${seen('status')} || ${seen('typeCode')},
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

/**
 * Notes on what was taken that it was given back, once.
 *
 * @throws {Error} when it is something that can't be given back.
 */
export async function markRestored(tx: Tx, item: { itemId: string; candidateId: string }, now: Date): Promise<void> {
  const [row] = await tx<{ isMoved: boolean }[]>`
    with old as (select id, status from reclamation_items where id = ${item.itemId} for update),
    moved as (
      update reclamation_items i set status = 'RESTORED', at = ${now}
      from old where old.id = i.id and old.status = any(${movableTo('RESTORED')}::text[]) returning i.id
    )
    select exists (select from moved) as "isMoved" from old where status = 'RESTORED' or exists (select from moved)`;
  if (row === undefined) throw new Error(`Item ${item.itemId} may not become RESTORED from where it is.`);
  if (!row.isMoved) return;
  await tx`update reclamation_candidates set restored_at = ${now} where id = ${item.candidateId}`;
}

/** Turns a plan into a request. */
export async function applyRow(
  tx: Tx,
  id: string,
  by: { caller: string; needsConfirmation: boolean; expiresAt: Date },
  now: Date,
): Promise<ReclamationRow> {
  await tx`
    update reclamations set dry_run = false, applied_by = ${by.caller}, applied_at = ${now},
      needs_confirmation = ${by.needsConfirmation}, expires_at = ${by.expiresAt}
    where id = ${id} and dry_run`;
  return mustFind(await reclamationToRun(tx, id));
}

/** Items of a request that another request, still open, is giving back. */
export async function itemsBeingRestored(tx: Tx, reclamationId: string): Promise<Set<string>> {
  const rows = await tx<{ id: string }[]>`
    select distinct i.restores_item_id as id from reclamations r join reclamation_items i on i.reclamation_id = r.id
    where r.restores_id = ${reclamationId} and i.status in ('PLANNED', 'SENT', 'UNKNOWN')`;
  return new Set(rows.map(({ id }) => id));
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
