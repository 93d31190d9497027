import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { idColumn, instant } from '../columns.ts';

/** What somebody answered who was asked about a license. */
export type AnswerChoice = 'KEEP' | 'GIVE_BACK' | 'NEED_UNTIL' | 'APPROVE' | 'REJECT';

export type MessageKind = 'ASK' | 'REMINDER' | 'APPROVAL' | 'CANCELED' | 'KEPT' | 'TAKEN';
export type MessageChannel = 'WEBHOOK' | 'EMAIL';
export type MessageStatus = 'QUEUED' | 'SENT' | 'FAILED' | 'DROPPED';

/**
 * A question to one person about one candidate, answered once, by a link that names this row and is signed with it. No token
 * is kept: it is made again whenever a message is sent.
 */
export const candidateAsks = pgTable(
  'candidate_asks',
  {
    id: idColumn(),
    candidateId: text('candidate_id').notNull(),
    integrationId: text('integration_id').notNull(),
    /** Who holds the license, or the manager who decides about a wish to keep it. */
    role: text('role').$type<'HOLDER' | 'MANAGER'>().notNull(),
    /** Who is asked. */
    userId: text('user_id').notNull(),
    /** Who wanted the license back: a caller's `sub`. */
    askedBy: text('asked_by').notNull(),
    askedAt: instant('asked_at').notNull(),
    /** The link is of no use after. */
    expiresAt: instant('expires_at').notNull(),
    /** Of the reminders sent, how many days before the end the last was; null: none yet. */
    remindedDays: integer('reminded_days'),
    /** Null: not answered. */
    answer: text('answer').$type<AnswerChoice>(),
    answeredAt: instant('answered_at'),
    /** Until when the holder needs it; null with every other answer. */
    until: instant('until'),
    /** What they said; null: nothing. */
    note: text('note'),
  },
  (table) => [
    index('candidate_asks_candidate').on(table.candidateId, table.askedAt),
    // One question to one person at a time.
    uniqueIndex('candidate_asks_open')
      .on(table.candidateId, table.role)
      .where(sql`answered_at is null`),
  ],
);

/**
 * What is to be told, written in the transaction of the step that it is about, and sent afterwards. Holds neither addresses nor
 * words nor tokens: these are put together when it is sent.
 */
export const candidateMessages = pgTable(
  'candidate_messages',
  {
    id: idColumn(),
    candidateId: text('candidate_id').notNull(),
    integrationId: text('integration_id').notNull(),
    /** Null: it asks nothing. */
    askId: text('ask_id'),
    /** Who gets it. */
    userId: text('user_id').notNull(),
    kind: text('kind').$type<MessageKind>().notNull(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    status: text('status').$type<MessageStatus>().notNull().default('QUEUED'),
    attempts: integer('attempts').notNull().default(0),
    queuedAt: instant('queued_at').notNull(),
    /** Not to be tried before; while somebody is sending it, when it is taken for lost. */
    nextAttemptAt: instant('next_attempt_at').notNull(),
    sentAt: instant('sent_at'),
    /** Why the last attempt failed, without addresses or tokens; null: it did not. */
    error: text('error'),
  },
  (table) => [
    index('candidate_messages_candidate').on(table.candidateId, table.queuedAt, table.id),
    index('candidate_messages_ask').on(table.askId),
    // What is to be sent now.
    index('candidate_messages_queued')
      .on(table.nextAttemptAt)
      .where(sql`status = 'QUEUED'`),
    // Everybody is told once how it ended.
    uniqueIndex('candidate_messages_notice')
      .on(table.candidateId, table.kind, table.channel)
      .where(sql`ask_id is null`),
  ],
);
