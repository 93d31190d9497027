import type { Sql } from '../../db/client.ts';
import { candidateMessages } from '../../db/tables/asks.ts';
import type { MessageRow } from '../../db/tables/rows.ts';
import type { ReclamationAction } from '../../db/tables/reclamations.ts';
import { SENDING_MS } from '../../policy/asking.ts';
import { HOLDER_NOTE, LICENSES_OF_USER, nameOf } from './asks.ts';
import { readerOf } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';
import type { SqlOrTx as Tx } from './writes.ts';

const reader = readerOf(candidateMessages);

const NEWEST_FIRST: readonly OrderTerm<MessageRow>[] = [
  columnTerm('queuedAt', 'queued_at', 'timestamptz', { descending: true }),
  columnTerm('id', 'id', 'text', { descending: true }),
];

/** Messages about a candidate, newest first. */
export const messagesOfCandidate: Source<MessageRow> = {
  reader,
  from: 'candidate_messages t',
  belongs: 't.candidate_id = k.key',
  order: 'messages',
  terms: () => NEWEST_FIRST,
  isFixed: true,
};

/** A message that is to be sent, with everything that it says. */
export interface DueMessage extends MessageRow {
  /** Null: whoever was to get it is gone. */
  email: string | null;
  recipient: string;
  holder: string;
  license: string;
  licenses: string[];
  action: ReclamationAction;
  lastActivityAt: Date | null;
  dueAt: Date | null;
  note: string | null;
  /** Is there still something to say: is the question open, or how it ended still so? */
  isCurrent: boolean;
}

/**
 * Takes messages up that are due, oldest first: nobody else takes them for two minutes. A worker that dies meanwhile may have
 * sent one already; it is sent again with the same id. One statement.
 */
export async function takeMessages(sql: Sql, limit: number, now: Date): Promise<DueMessage[]> {
  const lostAt = new Date(now.getTime() + SENDING_MS);
  const rows = await sql<DueMessage[]>`
    with taken as (
      update candidate_messages m set attempts = m.attempts + 1, next_attempt_at = ${lostAt}
      where m.id in (
        select id from candidate_messages where status = 'QUEUED' and next_attempt_at <= ${now}
        order by next_attempt_at, id limit ${limit} for update skip locked
      ) returning m.*
    )
    select ${sql.unsafe(reader.columns)}, case when v.removed_at is null then v.email end as email,
      coalesce(${sql.unsafe(nameOf('v'))}, '') as recipient, coalesce(${sql.unsafe(nameOf('u'))}, '') as holder,
      coalesce(l.name, l.unique_id, '') as license, ${sql.unsafe(LICENSES_OF_USER)} as licenses, c.action,
      c.last_activity_at as "lastActivityAt",
      -- The time to answer begins when the first message leaves.
      case when t.kind = 'ASK' and not exists (
        select from candidate_messages s where s.ask_id = t.ask_id and s.kind = 'ASK' and s.status = 'SENT'
      ) then ${now}::timestamptz + make_interval(days => r.days_before_auto_reclamation) else c.due_at end as "dueAt", ${sql.unsafe(HOLDER_NOTE)} as note,
      case t.kind
        when 'ASK' then c.status = 'AWAITING_USER' and a.id is not null and a.answered_at is null
        when 'REMINDER' then c.status = 'AWAITING_USER' and a.id is not null and a.answered_at is null
        when 'APPROVAL' then c.status = 'AWAITING_APPROVAL' and a.id is not null and a.answered_at is null
        else c.closed_at is not null end as "isCurrent"
    from taken t
    join reclamation_candidates c on c.id = t.candidate_id
    left join reclamation_rules r on r.id = c.rule_id
    left join candidate_asks a on a.id = t.ask_id
    left join users u on u.id = c.user_id
    left join users v on v.id = t.user_id
    left join licenses l on l.id = c.license_id`;
  return rows;
}

/**
 * Writes down that a message left. With the question itself the time to answer begins: it is counted from now, and the link
 * works accordingly longer.
 */
export async function markMessageSent(
  sql: Sql,
  message: Pick<MessageRow, 'id' | 'kind' | 'askId'>,
  now: Date,
): Promise<void> {
  await sql.begin(async (tx) => {
    const { count } = await tx`
      update candidate_messages set status = 'SENT', sent_at = ${now}, error = null where id = ${message.id} and status = 'QUEUED'`;
    if (count === 0 || message.kind !== 'ASK' || message.askId === null) return;
    // Only the first channel that gets through counts.
    await tx`
      update reclamation_candidates c
      set due_at = ${now}::timestamptz + make_interval(days => r.days_before_auto_reclamation)
      from candidate_asks a, reclamation_rules r
      where a.id = ${message.askId} and c.id = a.candidate_id and r.id = c.rule_id and c.status = 'AWAITING_USER'
        and a.answered_at is null and not exists (
          select from candidate_messages m
          where m.ask_id = a.id and m.kind = 'ASK' and m.status = 'SENT' and m.id <> ${message.id}
        )`;
  });
}

/** Writes down that an attempt failed; `next` is when to try again, null: never. */
export async function markMessageFailed(sql: Sql, id: string, error: string, next: Date | null): Promise<void> {
  await sql`
    update candidate_messages set error = ${error}, status = case when ${next === null} then 'FAILED' else status end,
      next_attempt_at = coalesce(${next}::timestamptz, next_attempt_at)
    where id = ${id} and status = 'QUEUED'`;
}

/** There is nothing to say any more. */
export async function dropMessages(sql: Sql, ids: readonly string[], why: string): Promise<void> {
  await sql`
    update candidate_messages set status = 'DROPPED', error = ${why}
    where id = any(${[...ids]}::text[]) and status = 'QUEUED'`;
}

/** Forgets the questions and messages of an integration, but not what became of the candidates. */
export async function forgetAsks(tx: Tx, integrationId: string): Promise<void> {
  await tx`delete from candidate_messages where integration_id = ${integrationId}`;
  await tx`delete from candidate_asks where integration_id = ${integrationId}`;
}
