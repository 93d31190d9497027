import { countedTypes } from '../../policy/counted-types.ts';

/** Fields of users that are a column, by the kind of their values. */
export const TEXTS = {
  firstName: 'first_name',
  lastName: 'last_name',
  displayName: 'display_name',
  department: 'department',
  jobTitle: 'job_title',
  costCenter: 'cost_center',
  location: 'location',
  managerEmail: 'manager_email',
  lastClientVersion: 'last_client_version',
} as const;
export const CHOICES = { id: 'id', status: 'status', type: 'type', kind: 'kind' } as const;
export const INTS = {
  typeCode: 'type_code',
  meetingCapacity: 'meeting_capacity',
  largeMeetingCapacity: 'large_meeting_capacity',
  webinarCapacity: 'webinar_capacity',
  meetingsHosted: 'meetings_hosted',
  meetingsJoined: 'meetings_joined',
  webinarsHosted: 'webinars_hosted',
  longMeetingsHosted: 'long_meetings_hosted',
  cloudRecordings: 'cloud_recordings',
  largestMeeting: 'largest_meeting',
  pollsHeld: 'polls_held',
  registrants: 'registrants',
} as const;
export const BOOLEANS = {
  largeMeetingEnabled: 'large_meeting_enabled',
  webinarEnabled: 'webinar_enabled',
  wouldBasicSuffice: 'would_basic_suffice',
} as const;
export const INSTANTS = {
  activeDate: 'active_date',
  removedAt: 'removed_at',
  lastActivityAt: 'last_activity_at',
  lastLoginAt: 'last_login_at',
  lastSignInAt: 'last_sign_in_at',
  lastMeetingCreatedAt: 'last_meeting_created_at',
  lastMeetingHostedAt: 'last_meeting_hosted_at',
  lastMeetingJoinedAt: 'last_meeting_joined_at',
  lastWebinarHostedAt: 'last_webinar_hosted_at',
  lastLongMeetingHostedAt: 'last_long_meeting_hosted_at',
  lastCloudRecordingAt: 'last_cloud_recording_at',
} as const;

/** Zoom's id of the user `t`. An event may tell that of somebody who is invited; it is theirs only once they joined. */
export const ZOOM_USER_ID = "(case when t.status <> 'PENDING' then t.zoom_user_id end)";

/** Since when somebody is inactive, for the user `t`. */
export const INACTIVE_SINCE = 'coalesce(t.last_activity_at, t.active_date)';

/** A room comes first among the kinds, and indexes know kinds only. */
export const IS_ROOM = "(t.kind = 'ZOOM_ROOM')";

/**
 * The two parts that users `t` are read in, each with indexes of its own: whose texts fit into an index, and, as good as
 * nobody, whose don't. That no is at most yes says nothing, but PostgreSQL can't know: it takes a page of an index for
 * four times as dear as one of the table, and would rather read all of the table than a fifth as much of an index. Asked
 * for what is at most something unknown, it counts on a third.
 */
export const USER_PARTS: readonly string[] = ['not t.is_long and t.is_long <= (select true)', 't.is_long'];

/** SQL of the policy's `inactiveDays` for the user `t`. A difference of instants is made of days of 24 hours and the rest. */
export function inactiveDaysOf(now: string): string {
  return `case when ${INACTIVE_SINCE} is not null then greatest(0, date_part('day', ${now} - ${INACTIVE_SINCE}))::int end`;
}

const literal = (types: readonly string[]) => `'{${types.join(',')}}'::text[]`;
const typesWhen = (includeFreeUsers: boolean, includeOnPremises: boolean) =>
  countedTypes({ includeFreeUsers, includeOnPremises });

/** SQL of the question whether the type of `user` counts for `integration`, both aliases; the rule is the policy's. */
export function isCounted(user: string, integration: string): string {
  return (
    `${user}.type = any(case when ${integration}.include_free_users and ${integration}.include_on_premises ` +
    `then ${literal(typesWhen(true, true))} when ${integration}.include_free_users then ${literal(typesWhen(true, false))} ` +
    `when ${integration}.include_on_premises then ${literal(typesWhen(false, true))} else ${literal(typesWhen(false, false))} end)`
  );
}

/** The same for the user `t` and their own integration, without looking at an integration for every user. */
export const COUNTED = (() => {
  const always = typesWhen(false, false);
  const more = (types: readonly string[], option: string) =>
    `(t.type = any(${literal(types.filter((type) => !(always as string[]).includes(type)))}) ` +
    `and t.integration_id = any(array(select i.id from integrations i where i.${option})))`;
  return (
    `(t.type = any(${literal(always)}) or ${more(typesWhen(true, false), 'include_free_users')} ` +
    `or ${more(typesWhen(false, true), 'include_on_premises')})`
  );
})();
