import { date, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.ts';

/** Zoom's report of hosts for some days (both included). */
export interface HostsReportedRecord {
  from: string;
  to: string;
  /** By Zoom's user id: meetings, minutes and participants, as one text. */
  hosts: Record<string, string>;
}

/** Sign-ins and sign-outs, from the report of sign-ins or a webhook. */
export const signIns = pgTable(
  'sign_ins',
  {
    accountId: text('account_id').notNull(),
    integrationId: text('integration_id').notNull(),
    /** Lower case: Zoom's report has no other key to the user. */
    email: text('email').notNull(),
    at: instant('at').notNull(),
    kind: text('kind').$type<'SIGN_IN' | 'SIGN_OUT'>().notNull(),
    /** Null when nobody on the roster has the address. */
    userId: text('user_id'),
    /** `Browser`, `Windows`, … as Zoom says it. */
    clientType: text('client_type'),
    clientVersion: text('client_version'),
  },
  (table) => [
    // The same one that comes again, by a report or a webhook, is no second one.
    primaryKey({ columns: [table.accountId, table.email, table.at, table.kind] }),
    // The last sign-in of a user, and User.signIns, newest first.
    index('sign_ins_user').on(table.userId, table.at),
    // Which days have to be counted again after a sync.
    index('sign_ins_account').on(table.accountId, table.at),
  ],
);

/** What admins did, from the report of operation logs. */
export const operationLogs = pgTable(
  'operation_logs',
  {
    /** Digest of what it says: an entry that is read again is no second one. */
    id: text('id').notNull(),
    accountId: text('account_id').notNull(),
    integrationId: text('integration_id').notNull(),
    at: instant('at').notNull(),
    operator: text('operator'),
    category: text('category'),
    action: text('action'),
    detail: text('detail'),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    index('operation_logs_account').on(table.accountId, table.at, table.id),
  ],
);

/** Zoom's own count of a day of an account (`GET /report/daily`). */
export const dailyUsage = pgTable(
  'daily_usage',
  {
    accountId: text('account_id').notNull(),
    integrationId: text('integration_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    newUsers: integer('new_users').notNull(),
    meetings: integer('meetings').notNull(),
    participants: integer('participants').notNull(),
    meetingMinutes: integer('meeting_minutes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.day] })],
);

/** Meetings and webinars that were recorded in the cloud. */
export const cloudRecordings = pgTable(
  'cloud_recordings',
  {
    accountId: text('account_id').notNull(),
    integrationId: text('integration_id').notNull(),
    /** Zoom's id of the instance that was recorded. */
    uuid: text('uuid').notNull(),
    /** Null when the host is not on the roster. */
    hostUserId: text('host_user_id'),
    startTime: instant('start_time').notNull(),
    /** Files of the recording. */
    recordingCount: integer('recording_count'),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.uuid] }),
    index('cloud_recordings_host').on(table.hostUserId, table.startTime),
  ],
);

/**
 * What each user did on each day (UTC), counted from meetings, participants, sign-ins and recordings. Days without
 * anything have no row.
 */
export const activityDays = pgTable(
  'activity_days',
  {
    accountId: text('account_id').notNull(),
    integrationId: text('integration_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    userId: text('user_id').notNull(),
    signIns: integer('sign_ins').notNull().default(0),
    meetingsHosted: integer('meetings_hosted').notNull().default(0),
    longMeetingsHosted: integer('long_meetings_hosted').notNull().default(0),
    meetingsJoined: integer('meetings_joined').notNull().default(0),
    webinarsHosted: integer('webinars_hosted').notNull().default(0),
    cloudRecordings: integer('cloud_recordings').notNull().default(0),
  },
  (table) => [
    // Time series of an account, and of those of its users who are asked for.
    primaryKey({ columns: [table.accountId, table.day, table.userId] }),
    // activitySeries, of a whole integration.
    index('activity_days_integration').on(table.integrationId, table.day),
  ],
);

/** From when to when a report of Zoom's is known without a gap. Meetings have theirs in `accounts`. */
export const reportCoverage = pgTable(
  'report_coverage',
  {
    accountId: text('account_id').notNull(),
    integrationId: text('integration_id').notNull(),
    report: text('report').$type<'SIGN_INS' | 'OPERATIONS' | 'RECORDINGS' | 'DAILY_USAGE'>().notNull(),
    knownFrom: instant('known_from').notNull(),
    knownUntil: instant('known_until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.report] })],
);

/**
 * What Zoom reported of an account's hosts in the latest windows, when all that they held was read: what tells whom to ask
 * again. Apart from the account, since it grows with its users and only a sync reads it.
 */
export const hostReports = pgTable('host_reports', {
  accountId: text('account_id').primaryKey(),
  integrationId: text('integration_id').notNull(),
  windows: jsonb('windows').$type<HostsReportedRecord[]>().notNull(),
});

/** How reading a part of a task last ended: parts that need a scope of their own are skipped without it. */
export const taskParts = pgTable(
  'task_parts',
  {
    integrationId: text('integration_id').notNull(),
    part: text('part').notNull(),
    status: text('status').$type<'READ' | 'SKIPPED' | 'FAILED'>().notNull(),
    /** Why it was skipped or failed, for a license manager; null when it was read. */
    message: text('message'),
    at: instant('at').notNull(),
    /** When it was last read; null: never. */
    readAt: instant('read_at'),
  },
  (table) => [primaryKey({ columns: [table.integrationId, table.part] })],
);
