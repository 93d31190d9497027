import { sql } from 'drizzle-orm';
import { pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { idColumn, instant } from '../columns.ts';

/** That somebody has left the company, or will, as HR says. By address: whoever has it on the integration's roster. */
export const offboardings = pgTable(
  'offboardings',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    /** Lower case. */
    email: text('email').notNull(),
    leftAt: instant('left_at').notNull(),
    /** Who knows it, for example `Workday`. */
    source: text('source').notNull(),
    reportedBy: text('reported_by').notNull(),
    /** When it was reported like this. */
    reportedAt: instant('reported_at').notNull(),
    withdrawnBy: text('withdrawn_by'),
    /** Null: it holds. */
    withdrawnAt: instant('withdrawn_at'),
  },
  (table) => [
    // Whether somebody has left: one fact a person that holds.
    uniqueIndex('offboardings_open')
      .on(table.integrationId, table.email)
      .where(sql`withdrawn_at is null`),
  ],
);
