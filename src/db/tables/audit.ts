import { sql } from 'drizzle-orm';
import { bigint, bigserial, index, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { instant } from '../columns.ts';

/**
 * Who did what. Append-only, and a chain: triggers of the database (see the migrations) give every event its position and
 * hashes when its transaction commits, and refuse every other change. Holds ids, never what tells who somebody is.
 */
export const auditEvents = pgTable(
  'audit_events',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    id: text('id').notNull().unique(),
    at: instant('at').notNull(),
    /** The caller's `sub`, or `system`. */
    actor: text('actor').notNull(),
    /** An `AuditAction`. */
    action: text('action').notNull(),
    /** Null: about no integration in particular. */
    integrationId: text('integration_id'),
    /** Id of what it was done to. */
    subject: text('subject'),
    details: jsonb('details').$type<Record<string, unknown>>().notNull().default({}),
    /** Id of the HTTP request, job run or reclamation that it was done in; null: none. */
    requestId: text('request_id'),
    /** Place in the chain, 1 for the first, without gaps. Null only inside the transaction that writes it. */
    position: bigint('position', { mode: 'number' }),
    /** Hash of the event before; of the first, 64 zeros. SHA-256, hex. */
    previousHash: text('previous_hash'),
    /** SHA-256 of `previousHash`, a line feed and `audit_event_content(row)`; hex. */
    hash: text('hash'),
  },
  (table) => [
    uniqueIndex('audit_events_position').on(table.position),
    index('audit_events_integration').on(table.integrationId, table.position),
    index('audit_events_subject').on(table.subject, table.position),
    index('audit_events_at').on(table.at),
    // Only inside transactions under way; anything else here is a trail that was tampered with.
    index('audit_events_unsealed')
      .on(table.seq)
      .where(sql`hash is null`),
  ],
);
