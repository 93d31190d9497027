import type { PlannedCallsRecord } from '../db/tables/integrations.ts';
import type { JobRunRow } from '../db/tables/rows.ts';
import type { CallFacts } from './call-plan.ts';

/** A part of a task that is read where a scope of its own was granted. */
interface PartCalls {
  task: JobRunRow['task'];
  path: string;
  label: PlannedCallsRecord['label'];
  /** Any one of these is enough. */
  scopes: readonly string[];
  isEstimate: boolean;
  calls: (facts: CallFacts) => number;
  why: string;
}

const PAGE = 300;
const OVERLAP_DAYS = 3;

const admin = (scope: string, ...classic: string[]) => [`${scope}:admin`, `${scope}:master`, ...classic];
const REPORTS = ['report:read:admin', 'report:master'];
const ACCOUNT = ['account:read:admin', 'account:master'];

const daysAsked = ({ isActivityNew, windows, elapsedDays }: CallFacts) =>
  isActivityNew ? windows.reduce((sum, { from, to }) => sum + daysIn(from, to), 0) : elapsedDays + OVERLAP_DAYS;
const daysIn = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;

/** Pages of a report whose rows a day are known, at least one a window; the first time an assumption stands in. */
const pages = (assumed: (users: number) => number, seen: (facts: CallFacts) => number) => (facts: CallFacts) => {
  const windows = Math.max(1, Math.ceil(daysAsked(facts) / 28));
  const perDay = facts.isActivityNew ? assumed(facts.users?.active ?? 0) : seen(facts);
  return windows + Math.ceil((perDay * daysAsked(facts)) / PAGE);
};

const ofActivity = (
  path: string,
  label: PartCalls['label'],
  scopes: readonly string[],
  why: string,
  calls: PartCalls['calls'],
): PartCalls => ({ task: 'APPLICATION_ACCESS', path, label, scopes, isEstimate: true, calls, why });

const ofAccount = (path: string, label: PartCalls['label'], scopes: readonly string[]): PartCalls => ({
  task: 'APPLICATION_ROSTER',
  path,
  label,
  scopes,
  isEstimate: false,
  calls: () => 1,
  why: 'What Zoom says of the account as a whole.',
});

const extras = (facts: CallFacts) => (facts.meetingDetail === 'NONE' ? 0 : facts.extrasDue);

const PARTS: readonly PartCalls[] = [
  ofAccount('/accounts/{accountId}/settings', 'MEDIUM', admin('account:read:settings', ...ACCOUNT)),
  ofAccount('/accounts/{accountId}/lock_settings', 'MEDIUM', ['account:read:lock_settings:master', ...ACCOUNT]),
  ofAccount('/accounts/{accountId}/managed_domains', 'LIGHT', ['account:read:managed_domains:master', ...ACCOUNT]),
  ofAccount('/accounts/{accountId}/trusted_domains', 'LIGHT', ['account:read:trusted_domains:master', ...ACCOUNT]),
  {
    task: 'APPLICATION_ROSTER',
    path: '/groups/{groupId}/members',
    label: 'MEDIUM',
    scopes: admin('group:read:list_members', 'group:read:admin', 'group:write:admin', 'group:master'),
    isEstimate: true,
    calls: ({ groups }) => groups,
    why: 'At most once a group: where the list of users names other members than Zoom counts.',
  },
  ofActivity(
    '/report/activities',
    'HEAVY',
    admin('report:read:user_activities', ...REPORTS),
    'Sign-ins since the last sync, with an overlap.',
    pages(
      (users) => users / 2,
      ({ perDay }) => perDay.signIns,
    ),
  ),
  ofActivity(
    '/report/operationlogs',
    'HEAVY',
    admin('report:read:operation_logs', ...REPORTS),
    'What admins did since the last sync, with an overlap.',
    pages(
      (users) => users / 100,
      ({ perDay }) => perDay.operations,
    ),
  ),
  ofActivity(
    '/report/daily',
    'HEAVY',
    admin('report:read:daily_usage', ...REPORTS),
    'A call a month.',
    (facts) => Math.ceil(daysAsked(facts) / 30) + 1,
  ),
  ofActivity(
    '/accounts/{accountId}/recordings',
    'MEDIUM',
    admin('cloud_recording:read:list_account_recordings', ...ACCOUNT, 'recording:read:admin', 'recording:master'),
    'Cloud recordings since the last sync, with an overlap.',
    pages(
      (users) => users / 20,
      ({ perDay }) => perDay.recordings,
    ),
  ),
  ofActivity(
    '/past_meetings/{meetingId}/polls',
    'MEDIUM',
    admin('meeting:read:list_past_polls', 'meeting:read:admin', 'meeting:master'),
    'Meetings whose polls may show that a license is needed, once each.',
    extras,
  ),
  ofActivity(
    '/meetings/{meetingId}/registrants',
    'MEDIUM',
    admin('meeting:read:list_registrants', 'meeting:read:admin', 'meeting:master'),
    'Series whose registrations may show that a license is needed, once each.',
    extras,
  ),
];

/** The calls of the parts of a task that an integration may read. */
export function partCalls(task: JobRunRow['task'], facts: CallFacts): PlannedCallsRecord[] {
  const granted = facts.grantedScopes === null ? null : new Set(facts.grantedScopes);
  return PARTS.filter(
    ({ task: own, scopes }) => own === task && (granted === null || scopes.some((scope) => granted.has(scope))),
  ).map(({ path, label, isEstimate, calls, why }) => ({
    endpoint: `GET ${path}`,
    label,
    calls: Math.max(0, Math.ceil(calls(facts))),
    isEstimate,
    why,
  }));
}
