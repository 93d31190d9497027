import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { idColumn, instant } from '../columns.ts';

/** Everybody on a Zoom account's roster, in every status, with what is known of their use. */
export const users = pgTable(
  'users',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    accountId: text('account_id').notNull(),
    /** Null while pending: Zoom gives an invited person no id. */
    zoomUserId: text('zoom_user_id'),
    /** Lower case. */
    email: text('email').notNull(),
    firstName: text('first_name'),
    lastName: text('last_name'),
    displayName: text('display_name'),
    status: text('status').$type<'ACTIVE' | 'INACTIVE' | 'PENDING'>().notNull(),
    type: text('type').$type<'BASIC' | 'LICENSED' | 'ON_PREM' | 'UNASSIGNED' | 'NONE' | 'OTHER'>().notNull(),
    /** Zoom's number, kept as it came; null where Zoom sent none. */
    typeCode: integer('type_code'),
    /** Zoom's `user_created_at`. */
    activeDate: instant('active_date'),
    department: text('department'),
    lastClientVersion: text('last_client_version'),
    lastLoginAt: instant('last_login_at'),
    roleId: text('role_id'),
    groupIds: text('group_ids').array().notNull().default([]),
    planUnitedType: text('plan_united_type'),
    timezone: text('timezone'),
    employeeUniqueId: text('employee_unique_id'),

    // From the profile (one Light call a user). All null until read.
    jobTitle: text('job_title'),
    costCenter: text('cost_center'),
    location: text('location'),
    /** Zoom's `manager`, lower case. */
    managerEmail: text('manager_email'),
    /** Exceeds 2^53: kept as text. */
    zoomOneType: text('zoom_one_type'),
    loginTypes: integer('login_types').array(),
    profileReadAt: instant('profile_read_at'),

    // From the settings (one Medium call for a user who can hold add-ons). All null until read.
    meetingCapacity: integer('meeting_capacity'),
    largeMeetingEnabled: boolean('large_meeting_enabled'),
    largeMeetingCapacity: integer('large_meeting_capacity'),
    webinarEnabled: boolean('webinar_enabled'),
    webinarCapacity: integer('webinar_capacity'),
    /** Zoom's `feature` block as it came: the before-image of add-ons. */
    features: jsonb('features').$type<Record<string, unknown>>(),
    settingsReadAt: instant('settings_read_at'),

    // What somebody did. Null: nothing seen in the window that was looked at.
    lastMeetingCreatedAt: instant('last_meeting_created_at'),
    lastMeetingHostedAt: instant('last_meeting_hosted_at'),
    lastMeetingJoinedAt: instant('last_meeting_joined_at'),
    lastWebinarHostedAt: instant('last_webinar_hosted_at'),
    meetingsHosted: integer('meetings_hosted').notNull().default(0),
    meetingsJoined: integer('meetings_joined').notNull().default(0),
    /** Latest of login, hosted, joined, webinar. Null: never. */
    lastActivityAt: instant('last_activity_at').generatedAlwaysAs(
      sql`greatest(last_login_at, last_meeting_hosted_at, last_meeting_joined_at, last_webinar_hosted_at)`,
    ),
    /** Start of the next meeting or webinar that Zoom announced; null: none known. */
    nextEventAt: instant('next_event_at'),

    /** A Zoom Room that shows up as a user: not a person, never a candidate. */
    isRoom: boolean('is_room').notNull().default(false),
    firstSeenAt: instant('first_seen_at').notNull(),
    /** When a column above last changed. */
    updatedAt: instant('updated_at').notNull(),
    /** Set when a complete roster no longer named the user. */
    removedAt: instant('removed_at'),
  },
  (table) => [
    // user(email), federation by e-mail. Several accounts may know the same person.
    index('users_email').on(table.email),
    // The roster's upsert: an account names an e-mail once.
    uniqueIndex('users_account_email')
      .on(table.accountId, table.email)
      .where(sql`removed_at is null`),
    // Meetings and participants find their user by Zoom's id.
    index('users_account_zoom_user').on(table.accountId, table.zoomUserId),
    // users(integrationId) in its default order.
    index('users_integration').on(table.integrationId, table.email, table.id),
  ],
);

/** Who had which type, status and licenses from when to when. The open row (no `validTo`) is today. */
export const userHistory = pgTable(
  'user_history',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    integrationId: text('integration_id').notNull(),
    userId: text('user_id').notNull(),
    status: text('status').notNull(),
    typeCode: integer('type_code'),
    /** Unique ids of the licenses held, sorted. */
    licenses: text('licenses').array().notNull(),
    /** The roster was the first to say so then; the change itself may be older by one sync. */
    validFrom: instant('valid_from').notNull(),
    /** Null while it still holds. */
    validTo: instant('valid_to'),
    /** True when the user left the roster at `validTo`. */
    isRemoval: boolean('is_removal').notNull().default(false),
  },
  (table) => [
    uniqueIndex('user_history_open')
      .on(table.userId)
      .where(sql`valid_to is null`),
    index('user_history_user').on(table.userId, table.validFrom),
  ],
);

/** Who was named by a finished listing of a run that is still going on: what tells, at its end, who has left. */
export const rosterListings = pgTable(
  'roster_listings',
  {
    jobRunId: text('job_run_id').notNull(),
    accountId: text('account_id').notNull(),
    status: text('status').notNull(),
    /** Lower-case e-mail addresses. */
    emails: text('emails').array().notNull(),
    finishedAt: instant('finished_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobRunId, table.accountId, table.status] })],
);
