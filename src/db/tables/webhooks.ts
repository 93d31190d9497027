import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.ts';

/** Events that Zoom sent. Kept for a while: what comes twice is applied once, and what came too early is applied later. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    /** SHA-256 of the body. */
    id: text('id').primaryKey(),
    event: text('event').notNull(),
    zoomAccountId: text('zoom_account_id').notNull(),
    /** The user that it is about; null for events about none. */
    zoomUserId: text('zoom_user_id'),
    /** Zoom's time of the event. */
    eventAt: instant('event_at').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** What it said; null once it was applied. */
    payload: jsonb('payload').$type<Record<string, unknown>>(),
    /** Null: the user that it is about is not known yet. */
    appliedAt: instant('applied_at'),
  },
  (table) => [
    // What waits for a user.
    index('webhook_events_waiting')
      .on(table.zoomAccountId, table.zoomUserId, table.eventAt)
      .where(sql`applied_at is null`),
    // Forgetting.
    index('webhook_events_received').on(table.receivedAt),
  ],
);
