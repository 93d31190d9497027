import { sql } from 'drizzle-orm';
import { bigserial, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { idColumn, instant } from '../columns.ts';

/** A person, or one of the things that Zoom lists among its users. */
export type UserKind = 'PERSON' | 'ZOOM_ROOM' | 'API_USER' | 'SERVICE_ACCOUNT';

/** One entry of Zoom's `license_info_list`. */
export interface LicenseInfoRecord {
  /** `MEETING`, `ZOOM_WORKPLACE_BUNDLE`, or what Zoom comes up with. */
  type: string | null;
  /** Digits. */
  option: string | null;
  subscriptionId: string | null;
}

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
    /** Zoom's `license_info_list` as it came; null where Zoom sends none. */
    licenseInfos: jsonb('license_infos').$type<LicenseInfoRecord[]>(),
    timezone: text('timezone'),
    employeeUniqueId: text('employee_unique_id'),
    /**
     * How fresh the columns above are: when Zoom was asked for the listing that they came with. Null: before that was
     * noted. What a webhook said later, and what a write of ours showed, stands in `webhookAt`.
     */
    observedAt: instant('observed_at'),
    /** Columns that a webhook said after the last listing, by name: Zoom's time of the event in ms since 1970. */
    webhookAt: jsonb('webhook_at').$type<Record<string, number>>().notNull().default({}),

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
    /** Last sign-in by the report of sign-ins or a webhook; to the second, unlike `lastLoginAt`. */
    lastSignInAt: instant('last_sign_in_at'),
    lastMeetingCreatedAt: instant('last_meeting_created_at'),
    lastMeetingHostedAt: instant('last_meeting_hosted_at'),
    lastMeetingJoinedAt: instant('last_meeting_joined_at'),
    lastWebinarHostedAt: instant('last_webinar_hosted_at'),
    meetingsHosted: integer('meetings_hosted').notNull().default(0),
    meetingsJoined: integer('meetings_joined').notNull().default(0),
    webinarsHosted: integer('webinars_hosted').notNull().default(0),
    /** Meetings of more than 40 minutes with two people or more: what a Basic user can't host. */
    lastLongMeetingHostedAt: instant('last_long_meeting_hosted_at'),
    longMeetingsHosted: integer('long_meetings_hosted').notNull().default(0),
    /** Null: none seen, or recordings may not be read. */
    lastCloudRecordingAt: instant('last_cloud_recording_at'),
    cloudRecordings: integer('cloud_recordings').notNull().default(0),
    /** Most people in a meeting that the user hosted; null: hosted none, or Zoom told no number. */
    largestMeeting: integer('largest_meeting'),
    /** Polls held and people registered in meetings hosted, as far as they were read. */
    pollsHeld: integer('polls_held').notNull().default(0),
    registrants: integer('registrants').notNull().default(0),
    /** Did nothing that was seen need more than a Basic user? Null: not known. */
    wouldBasicSuffice: boolean('would_basic_suffice'),
    /** When a sign above, or the login that Zoom shows, was last seen to change; null: never. */
    signsChangedAt: instant('signs_changed_at'),
    /** Latest of login, sign-in, hosted, joined, webinar. Null: never. */
    lastActivityAt: instant('last_activity_at').generatedAlwaysAs(
      sql`greatest(last_login_at, last_sign_in_at, last_meeting_hosted_at, last_meeting_joined_at, last_webinar_hosted_at)`,
    ),
    /** Start of the next meeting or webinar that Zoom announced; null: none known. */
    nextEventAt: instant('next_event_at'),

    /** A Zoom Room that shows up as a user: not a person, never a candidate. */
    isRoom: boolean('is_room').notNull().default(false),
    /** The address is one of the integration's `serviceAccountPatterns`. */
    isServiceAccount: boolean('is_service_account').notNull().default(false),
    /** A room, a user that a program made (no other way to sign in than 99), a service account, or a person. */
    kind: text('kind')
      .$type<UserKind>()
      .notNull()
      .generatedAlwaysAs(
        sql`case when is_room then 'ZOOM_ROOM' when cardinality(login_types) > 0 and login_types <@ '{99}'::int[] then 'API_USER' when is_service_account then 'SERVICE_ACCOUNT' else 'PERSON' end`,
      ),
    /** What `UserFilter.search` looks through: e-mail address and names in lower case, one a line. */
    searchText: text('search_text')
      .notNull()
      .generatedAlwaysAs(
        sql`lower(email || chr(10) || coalesce(first_name, '') || chr(10) || coalesce(last_name, '') || chr(10) || coalesce(display_name, ''))`,
      ),
    /** Its texts together are too long for an index (Zoom's own limits keep them shorter): kept out of those that hold texts. */
    isLong: boolean('is_long')
      .notNull()
      .generatedAlwaysAs(
        sql`2 * octet_length(email || coalesce(first_name, '') || coalesce(last_name, '') || coalesce(display_name, '')) + octet_length(coalesce(zoom_user_id, '') || coalesce(department, '') || coalesce(job_title, '') || coalesce(cost_center, '') || coalesce(location, '') || coalesce(manager_email, '') || coalesce(last_client_version, '')) > 1800`,
      ),
    firstSeenAt: instant('first_seen_at').notNull(),
    /** When a column above last changed. */
    updatedAt: instant('updated_at').notNull(),
    /** Set when a complete roster no longer named the user. */
    removedAt: instant('removed_at'),
  },
  (table) => {
    // What every list of users is restricted by and ordered by; the wide indexes below all begin with it.
    const head = [
      table.integrationId,
      table.isLong,
      table.email,
      table.id,
      table.removedAt,
      table.accountId,
      table.status,
      table.type,
      table.kind,
    ] as const;
    return [
      // user(email), federation by e-mail. Several accounts may know the same person.
      index('users_email').on(table.email),
      // The roster's upsert: an account names an e-mail once.
      uniqueIndex('users_account_email')
        .on(table.accountId, table.email)
        .where(sql`removed_at is null`),
      // Meetings and participants find their user by Zoom's id.
      index('users_account_zoom_user').on(table.accountId, table.zoomUserId),
      // usersBy, and users(integrationId) with any filter, order and count of what the roster says, from the index alone: a
      // fifth of the table is read. In the default order, by e-mail, it is read only as far as the page needs.
      index('users_roster')
        .on(
          ...head,
          table.lastActivityAt,
          table.activeDate,
          table.typeCode,
          table.meetingCapacity,
          table.largeMeetingEnabled,
          table.largeMeetingCapacity,
          table.webinarEnabled,
          table.webinarCapacity,
          table.wouldBasicSuffice,
          table.department,
          table.jobTitle,
          table.costCenter,
          table.location,
          table.managerEmail,
          table.lastClientVersion,
          table.displayName,
        )
        .where(sql`not is_long`),
      // The same for names: users(filter: { search }), and the order by name.
      index('users_names')
        .on(...head, table.displayName, table.firstName, table.lastName, table.searchText)
        .where(sql`not is_long`),
      // The same for what they did. It holds no text of Zoom's that could be too long.
      index('users_signs').on(
        ...head,
        table.lastActivityAt,
        table.activeDate,
        table.lastLoginAt,
        table.lastSignInAt,
        table.lastMeetingCreatedAt,
        table.lastMeetingHostedAt,
        table.lastMeetingJoinedAt,
        table.lastWebinarHostedAt,
        table.lastLongMeetingHostedAt,
        table.lastCloudRecordingAt,
        table.meetingsHosted,
        table.meetingsJoined,
        table.webinarsHosted,
        table.longMeetingsHosted,
        table.cloudRecordings,
        table.largestMeeting,
        table.wouldBasicSuffice,
      ),
      // Those whom the two with texts leave out: hardly anybody, and asked for by every list.
      index('users_long')
        .on(table.integrationId, table.email, table.id)
        .where(sql`is_long`),
      // users(filter: { inactiveDays }): since when, for those who were active and those who never were.
      index('users_since')
        .on(table.integrationId, sql`coalesce(last_activity_at, active_date)`)
        .where(sql`removed_at is null`),
      // users(filter: { neverActive, lastActivityAt }), and the order by it; with the type, also who counts for a license.
      index('users_last_activity')
        .on(table.integrationId, table.lastActivityAt, table.id, table.type)
        .where(sql`removed_at is null`),
      // users(filter: { department: { eq, in, startsWith } }), and so the three below.
      index('users_department')
        .on(table.integrationId, sql`lower(department)`)
        .where(sql`not is_long`),
      index('users_cost_center')
        .on(table.integrationId, sql`lower(cost_center)`)
        .where(sql`not is_long`),
      index('users_manager')
        .on(table.integrationId, sql`lower(manager_email)`)
        .where(sql`not is_long`),
      index('users_client_version')
        .on(table.integrationId, sql`lower(last_client_version)`)
        .where(sql`not is_long`),
      // users(filter: { group }) and Group.users.
      index('users_groups').using('gin', table.groupIds),
    ];
  },
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
    /** When its first page was asked for: who was seen later is not judged by it. Null: before that was noted. */
    begunAt: instant('begun_at'),
    finishedAt: instant('finished_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobRunId, table.accountId, table.status] })],
);
