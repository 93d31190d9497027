import { boolean, date, index, integer, numeric, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, idColumn, instant } from '../columns.ts';

/** A thing that can be held: a user type of the plan, or an add-on in one capacity. */
export const licenses = pgTable(
  'licenses',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    accountId: text('account_id').notNull(),
    /** Stable within the account: `LICENSED`, `WEBINAR_500`, … */
    uniqueId: text('unique_id').notNull(),
    name: text('name').notNull(),
    category: text('category').$type<'BASE' | 'ADD_ON'>().notNull(),
    /** For base licenses, whose type it is; null for add-ons. */
    userType: text('user_type').$type<'BASIC' | 'LICENSED' | 'ON_PREM' | 'UNASSIGNED' | 'NONE' | 'OTHER'>(),
    /** Zoom's plan code that provides it, as it came; null where Zoom gives none. */
    plan: text('plan'),
    /** Seats that Zoom says were bought; null where Zoom gives none. */
    provisionedCount: integer('provisioned_count'),
    /** When Zoom's plan usage stopped naming a plan that provides it; null while it does, or never did. */
    planGoneAt: instant('plan_gone_at'),
    /** Name, type and seats that a person entered: they count while the integration does not read them from Zoom. */
    enteredName: text('entered_name'),
    enteredUserType: text('entered_user_type').$type<
      'BASIC' | 'LICENSED' | 'ON_PREM' | 'UNASSIGNED' | 'NONE' | 'OTHER'
    >(),
    enteredCount: integer('entered_count'),
    /** Null: nobody said whether there is a limit. */
    enteredUnlimited: boolean('entered_unlimited'),
    /** Do name and count come from Zoom? */
    autoPopulated: boolean('auto_populated').notNull().default(true),
    /** Do we want to manage it? */
    managed: boolean('managed').notNull().default(true),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('licenses_unique_id').on(table.accountId, table.uniqueId),
    index('licenses_integration').on(table.integrationId),
  ],
);

/** Who holds what now. History is in `user_history`. */
export const licenseAssignments = pgTable(
  'license_assignments',
  {
    userId: text('user_id').notNull(),
    licenseId: text('license_id').notNull(),
    integrationId: text('integration_id').notNull(),
    /** When a sync first saw it. */
    since: instant('since').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.licenseId] }),
    // License.users and the counts.
    index('license_assignments_license').on(table.licenseId, table.userId),
  ],
);

/** What was bought, entered by hand: a license has as many terms as were bought one after, or beside, another. */
export const entitlements = pgTable(
  'entitlements',
  {
    id: idColumn(),
    licenseId: text('license_id').notNull(),
    integrationId: text('integration_id').notNull(),
    /** First day; null: since ever. */
    effectiveDate: date('effective_date', { mode: 'string' }),
    /** Last day; null: without an end. */
    expirationDate: date('expiration_date', { mode: 'string' }),
    /** Seats bought by this term; null: not entered. */
    quantity: integer('quantity'),
    /** As many seats as anybody likes; `quantity` is null then. */
    unlimited: boolean('unlimited').notNull().default(false),
    /** Price of one license for one payment period. Exact. */
    cost: numeric('cost', { precision: 20, scale: 4 }),
    /** ISO 4217. */
    currency: text('currency'),
    paymentFrequency: text('payment_frequency').$type<
      'ONCE' | 'MONTHLY' | 'QUARTERLY' | 'SEMI_ANNUALLY' | 'ANNUALLY' | 'EVERY_18_MONTHS' | 'BIANNUALLY' | 'TRIENNIALLY'
    >(),
    purchaseIdentifier: text('purchase_identifier'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    updatedBy: text('updated_by').notNull(),
  },
  (table) => [
    index('entitlements_license').on(table.licenseId, table.effectiveDate),
    index('entitlements_integration').on(table.integrationId, table.expirationDate),
  ],
);

/** What somebody entered that money of one currency is worth in another, from a day on. Nothing else converts. */
export const exchangeRates = pgTable(
  'exchange_rates',
  {
    id: idColumn(),
    /** ISO 4217. */
    fromCurrency: text('from_currency').notNull(),
    toCurrency: text('to_currency').notNull(),
    /** So many of `toCurrency` for one of `fromCurrency`. Exact. */
    rate: numeric('rate', { precision: 24, scale: 12 }).notNull(),
    /** First day that it counts for; it counts until the next one's. */
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('exchange_rates_day').on(table.fromCurrency, table.toCurrency, table.validFrom)],
);

/** Seats and use of a license, day by day, as the last reconciliation of the day saw them. */
export const licenseDays = pgTable(
  'license_days',
  {
    licenseId: text('license_id').notNull(),
    /** UTC. */
    day: date('day', { mode: 'string' }).notNull(),
    integrationId: text('integration_id').notNull(),
    /** Seats owned; null: not known, or unlimited. */
    owned: integer('owned'),
    assigned: integer('assigned').notNull(),
    active: integer('active').notNull(),
    inactive: integer('inactive').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.licenseId, table.day] }),
    index('license_days_integration').on(table.integrationId, table.day),
  ],
);

/** What a person says that a license identifier stands for which Zoom sent and nobody knows. */
export const licenseMappings = pgTable(
  'license_mappings',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    /** As `unrecognizedSubscriptions` names it: `TYPE_6`, `BUNDLE_99`, … */
    identifier: text('identifier').notNull(),
    /** Unique id of the license that its holders hold. */
    uniqueId: text('unique_id').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex('license_mappings_identifier').on(table.integrationId, table.identifier)],
);
