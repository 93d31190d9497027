import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, idColumn, instant } from '../columns.ts';

/** Zoom's own count of an account's users (`GET /users/summary`); a count that Zoom leaves out is null. */
export interface AccountSummaryRecord {
  licensed: number | null;
  basic: number | null;
  onPrem: number | null;
  pending: number | null;
  rooms: number | null;
  joinOnly: number | null;
  total: number | null;
}

/** A domain that an account manages. */
export interface ManagedDomainRecord {
  domain: string;
  /** Zoom's word, for example `verified`; null where Zoom sends none. */
  status: string | null;
}

/** Zoom accounts: regular ones, masters, and the sub accounts below a master. */
export const accounts = pgTable(
  'accounts',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    zoomAccountId: text('zoom_account_id').notNull(),
    name: text('name').notNull(),
    tier: text('tier').$type<'REGULAR' | 'MASTER' | 'SUB'>().notNull(),
    /** The master's row; null for regular accounts and masters. */
    masterId: text('master_id'),
    ownerEmail: text('owner_email'),
    /** Zoom's `account_type` of a sub account as it came; null where Zoom tells none. */
    plan: text('plan'),
    seats: integer('seats'),
    subscriptionStartAt: instant('subscription_start_at'),
    subscriptionEndAt: instant('subscription_end_at'),
    /** Null until Zoom answered. */
    summary: jsonb('summary').$type<AccountSummaryRecord>(),
    summaryAt: instant('summary_at'),
    /** When the last complete roster of this account was finished; null: never. */
    rosterCompleteAt: instant('roster_complete_at'),
    /** When its first page was asked for: everybody on it was seen then or later. Null: never, or not noted yet. */
    rosterBegunAt: instant('roster_begun_at'),
    /** Did the latest roster arrive whole? */
    isRosterComplete: boolean('is_roster_complete').notNull().default(false),
    /** What kept the latest roster from arriving whole, in words; null when nothing did. */
    rosterProblem: text('roster_problem'),
    /** What kept the latest reading of activity from being whole, in words; null when nothing did. */
    activityProblem: text('activity_problem'),
    /** Since when activity is known without a gap; null: unknown. */
    activityKnownFrom: instant('activity_known_from'),
    /** Up to when activity is known; null: unknown. */
    activityKnownUntil: instant('activity_known_until'),
    /** Did Zoom ever say who owns it or has a role? Then who has none named is a member. */
    rolesKnown: boolean('roles_known').notNull().default(false),
    /** When all announced meetings and webinars of the account were last read; null: never. */
    eventsReadAt: instant('events_read_at'),
    /** Zoom's plan usage as it came; null where Zoom gives none. */
    planUsage: jsonb('plan_usage').$type<Record<string, unknown>>(),
    planUsageAt: instant('plan_usage_at'),
    settings: jsonb('settings').$type<Record<string, unknown>>(),
    /** Settings that the account's admins keep users from changing; null until read. */
    lockSettings: jsonb('lock_settings').$type<Record<string, unknown>>(),
    /** Domains whose users the account may manage; null until read. */
    managedDomains: jsonb('managed_domains').$type<ManagedDomainRecord[]>(),
    /** Domains that the account trusts; null until read. */
    trustedDomains: text('trusted_domains').array(),
    /** When a pass over the profiles that were due was last finished; it began then. Null: never. */
    profilesReadAt: instant('profiles_read_at'),
    /** When a pass over the add-ons that were due was last finished; it began then. Null: never. */
    addOnsReadAt: instant('add_ons_read_at'),
    /** What Zoom said of add-ons when all of them were last read: what tells whether they changed since. */
    addOnsProof: jsonb('add_ons_proof').$type<Record<string, number>>(),
    /** When users were last asked for the meetings they created; null: never. */
    createdReadAt: instant('created_read_at'),
    createdAt: createdAt(),
    /** Set when Zoom no longer lists it. */
    removedAt: instant('removed_at'),
  },
  (table) => [uniqueIndex('accounts_zoom_account').on(table.integrationId, table.zoomAccountId)],
);

/** Zoom user groups. Members are found by `users.group_ids`. */
export const groups = pgTable(
  'groups',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    accountId: text('account_id').notNull(),
    zoomGroupId: text('zoom_group_id').notNull(),
    name: text('name').notNull(),
    /** Zoom's own count of members. */
    memberCount: integer('member_count').notNull().default(0),
    removedAt: instant('removed_at'),
  },
  (table) => [
    uniqueIndex('groups_zoom_group').on(table.accountId, table.zoomGroupId),
    index('groups_integration').on(table.integrationId),
  ],
);
