import { boolean, index, integer, jsonb, numeric, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { idColumn, instant } from '../columns.ts';

/** One comparison of what is owned with what is assigned and used: a finding that stays as it was. */
export const reconciliations = pgTable(
  'reconciliations',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    /** The caller's `sub`, or `timetable`. */
    requestedBy: text('requested_by').notNull(),
    at: instant('at').notNull(),
    /** Was every account's roster complete and not older than two days? */
    isComplete: boolean('is_complete').notNull(),
    /** What is missing or unsure, in words; null when nothing is. */
    note: text('note'),
  },
  (table) => [index('reconciliations_integration').on(table.integrationId, table.at, table.id)],
);

/** What a reconciliation found of one license. */
export const reconciliationLines = pgTable(
  'reconciliation_lines',
  {
    reconciliationId: text('reconciliation_id').notNull(),
    licenseId: text('license_id').notNull(),
    accountId: text('account_id').notNull(),
    /** As they were then. */
    uniqueId: text('unique_id').notNull(),
    name: text('name').notNull(),
    /** Null: not known, or unlimited. */
    owned: integer('owned'),
    /** Where `owned` comes from. */
    ownedSource: text('owned_source').$type<'ZOOM' | 'ENTITLEMENT' | 'ENTERED' | 'UNLIMITED' | 'UNKNOWN'>().notNull(),
    assigned: integer('assigned').notNull(),
    active: integer('active').notNull(),
    inactive: integer('inactive').notNull(),
    neverActive: integer('never_active').notNull(),
    /** Holders whom an exclusion keeps out of cost. */
    excluded: integer('excluded').notNull(),
    /** How many Zoom's billing says are assigned; null where it tells none. */
    zoomAssigned: integer('zoom_assigned'),
    position: text('position').$type<'COMPLIANT' | 'OVER_ASSIGNED' | 'UNDER_USED' | 'UNKNOWN'>().notNull(),
    /** Why that is the position, by code, with figures. */
    reasons: jsonb('reasons').$type<{ code: string; message: string; count: number | null }[]>().notNull(),
    /** What one costs a year; null without a price. Exact. */
    unitAnnualCost: numeric('unit_annual_cost', { precision: 24, scale: 4 }),
    /** Over what is owned, a year. */
    trueUpCost: numeric('true_up_cost', { precision: 24, scale: 4 }),
    /** Owned and not assigned, a year. */
    unassignedCost: numeric('unassigned_cost', { precision: 24, scale: 4 }),
    /** Assigned and not used, a year. */
    unusedCost: numeric('unused_cost', { precision: 24, scale: 4 }),
    /** ISO 4217, of all the amounts; null without a price. */
    currency: text('currency'),
  },
  (table) => [primaryKey({ columns: [table.reconciliationId, table.licenseId] })],
);
