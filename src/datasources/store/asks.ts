import type { Fragment } from 'postgres';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import type { AnswerChoice, MessageChannel, MessageKind } from '../../db/tables/asks.ts';
import { candidateAsks } from '../../db/tables/asks.ts';
import type { AskRow } from '../../db/tables/rows.ts';
import type { CandidateStatus, ReclamationAction } from '../../db/tables/reclamations.ts';
import { LINK_DAYS_AFTER } from '../../policy/asking.ts';
import { columnsOf, type SqlOrTx as Tx } from './writes.ts';

/** A question that is to be asked. */
export interface NewAsk {
  candidateId: string;
  integrationId: string;
  userId: string;
  role: AskRow['role'];
  askedBy: string;
  /** When the time to answer is over; null: it has no end, because somebody has to decide. */
  dueAt: Date | null;
}

/**
 * Writes questions, one message a channel for each, and when the candidates are due. What is open of the same candidate and
 * role ends. Three statements.
 */
export async function insertAsks(
  tx: Tx,
  asks: readonly NewAsk[],
  kind: MessageKind,
  channels: readonly MessageChannel[],
  now: Date,
): Promise<void> {
  if (asks.length === 0) return;
  const json = JSON.stringify(asks.map((ask) => ({ ...ask, id: newId('ask', now.getTime()) })));
  const rows = tx`jsonb_to_recordset(${json}::text::jsonb) as new(id text, "candidateId" text, "integrationId" text,
    "userId" text, role text, "askedBy" text, "dueAt" timestamptz)`;
  await tx`
    delete from candidate_asks a using ${rows}
    where a.candidate_id = new."candidateId" and a.role = new.role and a.answered_at is null`;
  await tx`
    insert into candidate_asks (id, candidate_id, integration_id, role, user_id, asked_by, asked_at, expires_at)
    select id, "candidateId", "integrationId", role, "userId", "askedBy", ${now},
      coalesce("dueAt", ${now}::timestamptz) + make_interval(days => ${LINK_DAYS_AFTER})
    from ${rows}`;
  await tx`
    update reclamation_candidates c set due_at = new."dueAt", not_before = null from ${rows} where c.id = new."candidateId"`;
  await queueMessages(tx, tx`select "candidateId", "integrationId", id, "userId" from ${rows}`, kind, channels, now);
}

/** Who had the holders asked whose licenses a request takes. */
export async function askersOf(tx: Tx, reclamationId: string): Promise<string[]> {
  const rows = await tx<{ askedBy: string }[]>`
    select distinct a.asked_by as "askedBy" from reclamation_items i
    join candidate_asks a on a.candidate_id = i.candidate_id and a.role = 'HOLDER'
    where i.reclamation_id = ${reclamationId}`;
  return rows.map(({ askedBy }) => askedBy);
}

/** Queues a message on every channel. `to` is SQL of candidate, integration, ask (or null) and receiver. One statement. */
export async function queueMessages(
  tx: Tx,
  to: Fragment,
  kind: MessageKind,
  channels: readonly MessageChannel[],
  now: Date,
): Promise<void> {
  await tx`
    insert into candidate_messages (id, candidate_id, integration_id, ask_id, user_id, kind, channel, queued_at, next_attempt_at)
    select 'msg_' || replace(gen_random_uuid()::text, '-', ''), t.*, ${kind}, channel, ${now}, ${now}
    from (${to}) t, unnest(${[...channels]}::text[]) channel
    on conflict do nothing`;
}

/** A question with everything that its page says. */
export interface AskFacts extends AskRow {
  status: CandidateStatus;
  action: ReclamationAction;
  dueAt: Date | null;
  lastActivityAt: Date | null;
  license: string;
  licenses: string[];
  holder: string;
  holderNote: string | null;
  /** How often the holder has said that they need it for a while. */
  needed: number;
  days: number;
  managerId: string | null;
}

/** SQL: name of user `u` for people. */
export const nameOf = (u: string) =>
  `coalesce(nullif(${u}.display_name, ''), nullif(trim(concat_ws(' ', ${u}.first_name, ${u}.last_name)), ''), ${u}.email)`;

/** SQL: names of everything that user `u` holds. */
export const LICENSES_OF_USER = `array(select coalesce(h.name, h.unique_id) from license_assignments x
  join licenses h on h.id = x.license_id where x.user_id = u.id order by h.category, h.unique_id)`;

/** SQL: the note of the last holder who wanted to keep candidate `c`. */
export const HOLDER_NOTE = `(select k.note from candidate_asks k where k.candidate_id = c.id and k.answer = 'KEEP'
  order by k.answered_at desc limit 1)`;

/**
 * A question by id; null when unknown or the user is gone. `isLocked`: its candidate is locked until the transaction ends, so
 * that two answers come one after the other.
 */
export async function askById(tx: Tx, id: string, isLocked = false): Promise<AskFacts | null> {
  if (isLocked) {
    await tx`select from reclamation_candidates where id = (select candidate_id from candidate_asks where id = ${id}) for update`;
  }
  const [row] = await tx<AskFacts[]>`
    select ${unsafe(tx, columnsOf(candidateAsks).replaceAll(/("[a-z_]+") as/g, 'a.$1 as'))}, c.status, c.action, c.due_at as "dueAt",
      c.last_activity_at as "lastActivityAt", coalesce(l.name, l.unique_id, '') as license,
      ${unsafe(tx, LICENSES_OF_USER)} as licenses, ${unsafe(tx, nameOf('u'))} as holder,
      ${unsafe(tx, HOLDER_NOTE)} as "holderNote", coalesce(r.days_before_auto_reclamation, 1) as days,
      (select count(*)::int from candidate_asks n where n.candidate_id = c.id and n.answer = 'NEED_UNTIL') as needed,
      (select m.id from users m where m.integration_id = c.integration_id and m.email = u.manager_email and m.id <> u.id
        and m.removed_at is null and m.status = 'ACTIVE' order by m.account_id = u.account_id desc, m.id limit 1) as "managerId"
    from candidate_asks a
    join reclamation_candidates c on c.id = a.candidate_id
    join users u on u.id = c.user_id
    left join licenses l on l.id = c.license_id
    left join reclamation_rules r on r.id = c.rule_id
    where a.id = ${id}`;
  return row ?? null;
}

const unsafe = (tx: Tx, text: string) => (tx as Sql).unsafe(text);

/** Writes an answer down. False when there was one already. */
export async function answerAsk(
  tx: Tx,
  id: string,
  { answer, until, note }: { answer: AnswerChoice; until: Date | null; note: string | null },
  now: Date,
): Promise<boolean> {
  const { count } = await tx`
    update candidate_asks set answer = ${answer}, until = ${until}, note = ${note}, answered_at = ${now}
    where id = ${id} and answered_at is null`;
  return count === 1;
}

/** When a candidate is due, and before when nothing is to happen; null for no such time. One statement. */
export async function setDue(
  tx: Tx,
  ids: readonly string[],
  { dueAt, notBefore }: { dueAt: Date | null; notBefore: Date | null },
): Promise<void> {
  await tx`
    update reclamation_candidates set due_at = ${dueAt}, not_before = ${notBefore} where id = any(${[...ids]}::text[])`;
}

/** Nothing is to happen to candidates before a day, which they were due before. One statement. */
export async function postpone(tx: Tx, ids: readonly string[], until: Date): Promise<void> {
  await tx`update reclamation_candidates set due_at = ${until}, not_before = ${until} where id = any(${[...ids]}::text[])`;
}

/** Until when a candidate is not found again; null: as long as its rule's threshold. One statement. */
export async function keepUntil(tx: Tx, ids: readonly string[], until: Date): Promise<void> {
  await tx`update reclamation_candidates set kept_until = ${until}, dismissed_at = null where id = any(${[...ids]}::text[])`;
}

/** A candidate whose time is over. */
export interface DueRow {
  id: string;
  integrationId: string;
  status: CandidateStatus;
  answer: AnswerChoice | null;
}

/**
 * Candidates that are to be taken now, oldest first: the holder gave it back, the manager said no, or the time to answer is
 * over. Silence counts only after a message has left, and a whole time after it.
 */
export async function dueCandidates(tx: Tx, now: Date, only: readonly string[] | null = null): Promise<DueRow[]> {
  const ids = only === null ? null : [...only];
  return tx<DueRow[]>`
    select c.id, c.integration_id as "integrationId", c.status, a.answer
    from reclamation_candidates c
    join reclamation_rules r on r.id = c.rule_id
    join lateral (
      select * from candidate_asks a where a.candidate_id = c.id order by a.asked_at desc, a.id desc limit 1
    ) a on true
    where c.closed_at is null and c.due_at <= ${now} and (c.not_before is null or c.not_before <= ${now})
      and (${ids}::text[] is null or c.id = any(${ids}::text[]))
      and case c.status
        when 'AWAITING_USER' then a.role = 'HOLDER' and (a.answer = 'GIVE_BACK' or (a.answer is null and exists (
          select from candidate_messages m where m.ask_id = a.id and m.kind = 'ASK' and m.status = 'SENT'
            and m.sent_at + make_interval(days => r.days_before_auto_reclamation) <= ${now}
        )))
        when 'AWAITING_APPROVAL' then a.answer = 'REJECT'
        else false end
    order by c.due_at, c.id`;
}

/** Candidates whose holder needed it until a day that has come, to be asked again; locked until the transaction ends. */
export async function askedAgain(
  tx: Tx,
  now: Date,
): Promise<{ id: string; integrationId: string; userId: string; askedBy: string; days: number }[]> {
  return tx`
    select c.id, c.integration_id as "integrationId", c.user_id as "userId", a.asked_by as "askedBy",
      r.days_before_auto_reclamation as days
    from reclamation_candidates c
    join reclamation_rules r on r.id = c.rule_id
    join lateral (
      select * from candidate_asks a where a.candidate_id = c.id order by a.asked_at desc, a.id desc limit 1
    ) a on a.answer = 'NEED_UNTIL'
    where c.status = 'AWAITING_USER' and c.closed_at is null and c.not_before <= ${now}
    order by c.id limit 500 for update of c skip locked`;
}

/**
 * Queues reminders to whoever has not answered, `days` before their time is over, each once; not within half a day after they
 * were asked. Two statements.
 */
export async function remind(tx: Tx, days: number, channels: readonly MessageChannel[], now: Date): Promise<void> {
  const rows = await tx<{ id: string }[]>`
    update candidate_asks a set reminded_days = ${days}
    from reclamation_candidates c
    where c.id = a.candidate_id and c.status = 'AWAITING_USER' and c.closed_at is null and a.role = 'HOLDER'
      and a.answered_at is null and (a.reminded_days is null or a.reminded_days > ${days})
      and c.due_at > ${now} and c.due_at - make_interval(days => ${days}) <= ${now}
      and a.asked_at + interval '12 hours' <= c.due_at - make_interval(days => ${days})
      and exists (select from candidate_messages m where m.ask_id = a.id and m.kind = 'ASK' and m.status = 'SENT')
    returning a.id`;
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  await queueMessages(
    tx,
    tx`select candidate_id, integration_id, id, user_id from candidate_asks where id = any(${ids}::text[])`,
    'REMINDER',
    channels,
    now,
  );
}

/**
 * Queues the news of how it ended to holders who were asked, each once, whoever ended it: used again, kept, taken. Whoever
 * has left is told nothing. What ended over a week ago is no news. One statement a kind.
 */
export async function tellOfEnds(tx: Tx, channels: readonly MessageChannel[], now: Date): Promise<void> {
  const ends = [
    ['CANCELED', 'CLOSED_CANCELED'],
    ['KEPT', 'CLOSED_SKIPPED'],
    ['TAKEN', 'CLOSED_COMPLETE'],
  ] as const;
  for (const [kind, status] of ends) {
    const to = tx`
      select distinct c.id, c.integration_id, null, c.user_id
      from reclamation_candidates c
      join users u on u.id = c.user_id and u.removed_at is null
      join candidate_messages m on m.candidate_id = c.id and m.kind = 'ASK' and m.status = 'SENT' and m.user_id = u.id
      where c.status = ${status} and c.closed_at > ${now}::timestamptz - interval '7 days'
        and not exists (
          select from candidate_messages n where n.candidate_id = c.id and n.kind = ${kind} and n.ask_id is null
        )`;
    await queueMessages(tx, to, kind, channels, now);
  }
}

/** Open candidates whose holder no message reached: every channel has given the question up. */
export async function unreachedCandidates(tx: Tx): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select c.id from reclamation_candidates c
    join candidate_asks a on a.candidate_id = c.id and a.role = 'HOLDER' and a.answered_at is null
    where c.status = 'AWAITING_USER' and c.closed_at is null
      and exists (select from candidate_messages m where m.ask_id = a.id and m.kind = 'ASK' and m.status = 'FAILED')
      and not exists (select from candidate_messages m where m.ask_id = a.id and m.kind = 'ASK' and m.status in ('QUEUED', 'SENT'))
    -- Who answers holds the candidate first, and then writes the answer: both are looked at again when it is over.
    order by c.id limit 500 for update of c, a`;
  return rows.map((row) => row.id);
}
