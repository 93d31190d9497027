/** Zoom's rate-limit labels; a limit is shared by all endpoints of a label. */
export type RateLabel = 'LIGHT' | 'MEDIUM' | 'HEAVY' | 'RESOURCE_INTENSIVE';

/** One endpoint of Zoom's API. */
export interface Endpoint {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Below the API's base, with `{parameters}`. */
  path: string;
  label: RateLabel;
  /** Any one of these sets is enough: classic admin, classic master, granular admin, granular master. */
  scopes: readonly (readonly string[])[];
}

const endpoint = (method: Endpoint['method'], path: string, label: RateLabel, ...scopes: string[]): Endpoint => ({
  method,
  path,
  label,
  scopes: scopes.map((scope) => [scope]),
});

/**
 * Every endpoint that this service calls, by the name of its function. Under a master account the same path is called
 * below `/accounts/{accountId}`, with the scopes that end in `master`.
 */
export const ENDPOINTS = {
  listUsers: endpoint(
    'GET',
    '/users',
    'MEDIUM',
    'user:read:admin',
    'user:write:admin',
    'user:master',
    'user:read:list_users:admin',
    'user:read:list_users:master',
  ),
  getUser: endpoint(
    'GET',
    '/users/{userId}',
    'LIGHT',
    'user:read:admin',
    'user:write:admin',
    'user:master',
    'user:read:user:admin',
    'user:read:user:master',
  ),
  getUserSettings: endpoint(
    'GET',
    '/users/{userId}/settings',
    'MEDIUM',
    'user:read:admin',
    'user:write:admin',
    'user:master',
    'user:read:settings:admin',
    'user:read:settings:master',
  ),
  getUsersSummary: endpoint(
    'GET',
    '/users/summary',
    'MEDIUM',
    'user:read:admin',
    'user:write:admin',
    'user:master',
    'user:read:summary:admin',
    'user:read:summary:master',
  ),
  updateUserStatus: endpoint(
    'PUT',
    '/users/{userId}/status',
    'LIGHT',
    'user:write:admin',
    'user:master',
    'user:update:status:admin',
    'user:update:status:master',
  ),
  updateUser: endpoint(
    'PATCH',
    '/users/{userId}',
    'LIGHT',
    'user:write:admin',
    'user:master',
    'user:update:user:admin',
    'user:update:user:master',
  ),
  updateUserSettings: endpoint(
    'PATCH',
    '/users/{userId}/settings',
    'MEDIUM',
    'user:write:admin',
    'user:master',
    'user:update:settings:admin',
    'user:update:settings:master',
  ),
  listGroups: endpoint(
    'GET',
    '/groups',
    'MEDIUM',
    'group:read:admin',
    'group:write:admin',
    'group:master',
    'group:read:list_groups:admin',
    'group:read:list_groups:master',
  ),
  listScheduledMeetings: endpoint(
    'GET',
    '/users/{userId}/meetings',
    'MEDIUM',
    'meeting:read:admin',
    'meeting:master',
    'meeting:read:list_meetings:admin',
    'meeting:read:list_meetings:master',
  ),
  listWebinars: endpoint(
    'GET',
    '/users/{userId}/webinars',
    'MEDIUM',
    'webinar:read:admin',
    'webinar:master',
    'webinar:read:list_webinars:admin',
    'webinar:read:list_webinars:master',
  ),
  listPastMeetingParticipants: endpoint(
    'GET',
    '/past_meetings/{meetingId}/participants',
    'MEDIUM',
    'meeting:read:admin',
    'meeting:master',
    'meeting:read:list_past_participants:admin',
  ),
  listMeetingReportParticipants: endpoint(
    'GET',
    '/report/meetings/{meetingId}/participants',
    'HEAVY',
    'report:read:admin',
    'report:master',
    'report:read:list_meeting_participants:admin',
    'report:read:list_meeting_participants:master',
  ),
  listWebinarReportParticipants: endpoint(
    'GET',
    '/report/webinars/{webinarId}/participants',
    'HEAVY',
    'report:read:admin',
    'report:master',
    'report:read:list_webinar_participants:admin',
    'report:read:list_webinar_participants:master',
  ),
  listActiveHosts: endpoint(
    'GET',
    '/report/users',
    'HEAVY',
    'report:read:admin',
    'report:master',
    'report:read:list_users:admin',
    'report:read:list_users:master',
  ),
  listHostedMeetings: endpoint(
    'GET',
    '/report/users/{userId}/meetings',
    'HEAVY',
    'report:read:admin',
    'report:master',
    'report:read:user:admin',
    'report:read:user:master',
  ),
  listJoinedMeetings: endpoint(
    'GET',
    '/report/users/{userId}/meetings',
    'HEAVY',
    'report:read:admin',
    'report:master',
    'report:read:user:admin',
    'report:read:user:master',
  ),
  listUpcomingEvents: endpoint(
    'GET',
    '/report/upcoming_events',
    'HEAVY',
    'report:read:admin',
    'report:master',
    'report:read:upcoming_meetings_webinars:admin',
    'report:read:upcoming_meetings_webinars:master',
  ),
  listActivities: endpoint(
    'GET',
    '/report/activities',
    'HEAVY',
    'report:read:admin',
    'report:master',
    'report:read:user_activities:admin',
    'report:read:user_activities:master',
  ),
  getPlanUsage: endpoint(
    'GET',
    '/accounts/{accountId}/plans/usage',
    'HEAVY',
    'account:read:admin',
    'billing:master',
    'account:master',
    'billing:read:plan_usage:admin',
    'billing:read:plan_usage:master',
  ),
  getAccountSettings: endpoint(
    'GET',
    '/accounts/{accountId}/settings',
    'MEDIUM',
    'account:read:admin',
    'account:master',
    'account:read:settings:admin',
    'account:read:settings:master',
  ),
  listSubAccounts: endpoint(
    'GET',
    '/accounts',
    'MEDIUM',
    'account:read:admin',
    'account:master',
    'account:read:list_sub_accounts:master',
  ),
  listRoles: endpoint(
    'GET',
    '/roles',
    'MEDIUM',
    'role:read:admin',
    'role:write:admin',
    'role:master',
    'role:read:list_roles:admin',
    'role:read:list_roles:master',
  ),
  listRoleMembers: endpoint(
    'GET',
    '/roles/{roleId}/members',
    'MEDIUM',
    'role:read:admin',
    'role:write:admin',
    'role:master',
    'role:read:list_members:admin',
    'role:read:list_members:master',
  ),
} as const satisfies Record<string, Endpoint>;

/** The name of a function of this client. */
export type EndpointName = keyof typeof ENDPOINTS;
