import type { UserRow } from '../../db/tables/rows.ts';
import { AppError } from '../../errors.ts';
import { inactiveDays } from '../../policy/inactivity.ts';
import type { UserOrder, UserOrderField } from '../../schema.generated.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import { zoomUserIdOf } from '../../policy/people.ts';
import { inactiveDaysOf, IS_ROOM, ZOOM_USER_ID } from './user-columns.ts';

const known = { isNullable: true };
const text = (key: string & keyof UserRow, column: string) => columnTerm<UserRow>(key, column, 'text', known);
const count = (key: string & keyof UserRow, column: string) => columnTerm<UserRow>(key, column, 'int');
const number = (key: string & keyof UserRow, column: string) => columnTerm<UserRow>(key, column, 'int', known);
const yesNo = (key: string & keyof UserRow, column: string) => columnTerm<UserRow>(key, column, 'boolean', known);
const instant = (key: string & keyof UserRow, column: string) => columnTerm<UserRow>(key, column, 'timestamptz', known);

const BY_ID = columnTerm<UserRow>('id', 'id', 'text');

const TERMS: Record<Exclude<UserOrderField, 'INACTIVE_DAYS'>, OrderTerm<UserRow>> = {
  EMAIL: columnTerm('email', 'email', 'text'),
  ZOOM_USER_ID: {
    name: 'zoom_user_id',
    kind: 'text',
    isNullable: true,
    descending: false,
    expression: () => ZOOM_USER_ID,
    valueOf: zoomUserIdOf,
  },
  FIRST_NAME: text('firstName', 'first_name'),
  LAST_NAME: text('lastName', 'last_name'),
  DISPLAY_NAME: text('displayName', 'display_name'),
  STATUS: columnTerm('status', 'status', 'text'),
  TYPE: columnTerm('type', 'type', 'text'),
  TYPE_CODE: number('typeCode', 'type_code'),
  KIND: columnTerm('kind', 'kind', 'text'),
  IS_ZOOM_ROOM: {
    name: 'is_zoom_room',
    kind: 'boolean',
    isNullable: false,
    descending: false,
    expression: () => IS_ROOM,
    valueOf: (row) => row.kind === 'ZOOM_ROOM',
  },
  ACTIVE_DATE: instant('activeDate', 'active_date'),
  REMOVED_AT: instant('removedAt', 'removed_at'),
  DEPARTMENT: text('department', 'department'),
  JOB_TITLE: text('jobTitle', 'job_title'),
  COST_CENTER: text('costCenter', 'cost_center'),
  LOCATION: text('location', 'location'),
  MANAGER_EMAIL: text('managerEmail', 'manager_email'),
  LAST_CLIENT_VERSION: text('lastClientVersion', 'last_client_version'),
  MEETING_CAPACITY: number('meetingCapacity', 'meeting_capacity'),
  LARGE_MEETING_ENABLED: yesNo('largeMeetingEnabled', 'large_meeting_enabled'),
  LARGE_MEETING_CAPACITY: number('largeMeetingCapacity', 'large_meeting_capacity'),
  WEBINAR_ENABLED: yesNo('webinarEnabled', 'webinar_enabled'),
  WEBINAR_CAPACITY: number('webinarCapacity', 'webinar_capacity'),
  NEVER_ACTIVE: {
    name: 'never_active',
    kind: 'boolean',
    isNullable: false,
    descending: false,
    expression: () => '(t.last_activity_at is null)',
    valueOf: (row) => row.lastActivityAt === null,
  },
  LAST_ACTIVITY_AT: instant('lastActivityAt', 'last_activity_at'),
  LAST_LOGIN_AT: instant('lastLoginAt', 'last_login_at'),
  LAST_SIGN_IN_AT: instant('lastSignInAt', 'last_sign_in_at'),
  LAST_MEETING_CREATED_AT: instant('lastMeetingCreatedAt', 'last_meeting_created_at'),
  LAST_MEETING_HOSTED_AT: instant('lastMeetingHostedAt', 'last_meeting_hosted_at'),
  LAST_MEETING_JOINED_AT: instant('lastMeetingJoinedAt', 'last_meeting_joined_at'),
  LAST_WEBINAR_HOSTED_AT: instant('lastWebinarHostedAt', 'last_webinar_hosted_at'),
  LAST_LONG_MEETING_HOSTED_AT: instant('lastLongMeetingHostedAt', 'last_long_meeting_hosted_at'),
  LAST_CLOUD_RECORDING_AT: instant('lastCloudRecordingAt', 'last_cloud_recording_at'),
  MEETINGS_HOSTED: count('meetingsHosted', 'meetings_hosted'),
  MEETINGS_JOINED: count('meetingsJoined', 'meetings_joined'),
  WEBINARS_HOSTED: count('webinarsHosted', 'webinars_hosted'),
  LONG_MEETINGS_HOSTED: count('longMeetingsHosted', 'long_meetings_hosted'),
  CLOUD_RECORDINGS: count('cloudRecordings', 'cloud_recordings'),
  LARGEST_MEETING: number('largestMeeting', 'largest_meeting'),
  POLLS_HELD: count('pollsHeld', 'polls_held'),
  REGISTRANTS: count('registrants', 'registrants'),
  WOULD_BASIC_SUFFICE: yesNo('wouldBasicSuffice', 'would_basic_suffice'),
};

/** What users are to be ordered by, e-mail addresses where nothing is said. @throws {AppError} BAD_USER_INPUT for twice the same. */
export function wantedOrder(orderBy: readonly UserOrder[] | null | undefined): readonly UserOrder[] {
  const wanted: readonly UserOrder[] =
    orderBy == null || orderBy.length === 0 ? [{ field: 'EMAIL', direction: 'ASC' }] : orderBy;
  if (new Set(wanted.map((order) => order.field)).size < wanted.length) {
    throw new AppError('BAD_USER_INPUT', '`orderBy` names a field more than once.');
  }
  return wanted;
}

/** The terms of an order; the last one tells all users apart. `asOf` is the moment that days are counted until. */
export function userTerms(wanted: readonly UserOrder[], asOf: Date): OrderTerm<UserRow>[] {
  return [
    ...wanted.map(({ field, direction }) => ({ ...termOf(field, asOf), descending: direction === 'DESC' })),
    BY_ID,
  ];
}

function termOf(field: UserOrderField, asOf: Date): OrderTerm<UserRow> {
  if (field !== 'INACTIVE_DAYS') return TERMS[field];
  return {
    name: 'inactive_days',
    kind: 'int',
    isNullable: true,
    descending: false,
    expression: (values) => `(${inactiveDaysOf(values.add(asOf.toISOString(), 'timestamptz'))})`,
    valueOf: (row) => inactiveDays(row, asOf),
  };
}
