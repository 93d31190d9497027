import type { PlannedCallsRecord } from '../db/tables/integrations.ts';
import type { JobRunRow } from '../db/tables/rows.ts';
import type { TaskPartName } from '../schema.generated.ts';
import type { CallFacts } from './call-plan.ts';
import { TASK_PARTS, whyNotRead } from './task-parts.ts';

/** What the parts of tasks take in calls; which endpoint each asks, and with which scope, `TASK_PARTS` says. */
interface PartCalls {
  label: PlannedCallsRecord['label'];
  isEstimate: boolean;
  calls: (facts: CallFacts) => number;
  why: string;
}

/** Rows on a page of Zoom's listings. */
export const PAGE = 300;
const OVERLAP_DAYS = 3;

/** What is assumed of an account of which nothing was seen yet: meetings that are asked for polls, a licensed user and day. */
const ASSUMED_EXTRAS = { ALL: 0.15, WHERE_DECISIVE: 0.005, NONE: 0 } as const;
/** Of those how many are of a number that no other has. */
const ASSUMED_SERIES = 0.8;

const daysIn = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
const daysAsked = ({ isActivityNew, windows, elapsedDays }: CallFacts) =>
  isActivityNew ? windows.reduce((sum, { from, to }) => sum + daysIn(from, to), 0) : elapsedDays + OVERLAP_DAYS;

export const pagesOf = (rows: number) => Math.max(1, Math.ceil(rows / PAGE));

/** Pages of a report whose rows a day are known, at least one a window; the first time an assumption stands in. */
const pages = (assumed: (users: number) => number, seen: (facts: CallFacts) => number) => (facts: CallFacts) => {
  const windows = Math.max(1, Math.ceil(daysAsked(facts) / 28));
  const perDay = facts.isActivityNew ? assumed(facts.users?.active ?? 0) : seen(facts);
  return windows + Math.floor((perDay * daysAsked(facts)) / PAGE);
};

const medium = (isEstimate: boolean, why: string, calls: PartCalls['calls']): PartCalls => ({
  label: 'MEDIUM',
  isEstimate,
  calls,
  why,
});
const heavy = (why: string, calls: PartCalls['calls']): PartCalls => ({ label: 'HEAVY', isEstimate: true, calls, why });

const OF_ACCOUNT = { isEstimate: false, calls: () => 1, why: 'What Zoom says of the account as a whole.' } as const;

/** Polls and registrations: those that are waiting, and those of the meetings that are expected. */
const extras = (kind: 'meetings' | 'webinars', what: keyof CallFacts['extrasDue']) => (facts: CallFacts) => {
  const { isActivityNew, users, perDay, elapsedDays, meetingDetail, extrasDue } = facts;
  if (meetingDetail === 'NONE') return 0;
  if (!isActivityNew) return extrasDue[what] + (meetingDetail === 'ALL' ? perDay[kind] * elapsedDays : 0);
  if (kind === 'webinars') return 0;
  const share = what === 'polls' ? 1 : ASSUMED_SERIES;
  return (users?.licensed ?? 0) * ASSUMED_EXTRAS[meetingDetail] * daysAsked(facts) * share;
};

const POLLS = 'Whose polls may show that a license is needed, once each.';
const REGISTRANTS = 'Whose registrations may show that a license is needed, once a series.';

const CALLS: Readonly<Record<TaskPartName, PartCalls>> = {
  // Asked of the account on top alone.
  SUB_ACCOUNTS: medium(true, `Sub accounts, ${PAGE} a page.`, ({ subAccounts }) =>
    subAccounts === null ? 0 : pagesOf(subAccounts),
  ),
  GROUPS: medium(true, `Pages of ${PAGE}.`, ({ groups }) => pagesOf(groups)),
  GROUP_MEMBERS: medium(
    true,
    'Groups of which Zoom counts other members than the list of users names.',
    ({ groupsThatDiffer }) => groupsThatDiffer,
  ),
  ROLES: medium(true, 'Only where no listing names a role.', ({ rolesUnknown }) => (rolesUnknown ? 2 : 0)),
  ACCOUNT_SETTINGS: { label: 'MEDIUM', ...OF_ACCOUNT },
  LOCK_SETTINGS: { label: 'MEDIUM', ...OF_ACCOUNT },
  MANAGED_DOMAINS: { label: 'LIGHT', ...OF_ACCOUNT },
  TRUSTED_DOMAINS: { label: 'LIGHT', ...OF_ACCOUNT },
  SIGN_INS: heavy(
    'Sign-ins since the last sync, with an overlap.',
    pages(
      (users) => users / 2,
      ({ perDay }) => perDay.signIns,
    ),
  ),
  OPERATION_LOGS: heavy(
    'What admins did since the last sync, with an overlap.',
    pages(
      (users) => users / 100,
      ({ perDay }) => perDay.operations,
    ),
  ),
  DAILY_USAGE: heavy('A call a month.', (facts) => Math.ceil(daysAsked(facts) / 30) + 1),
  CLOUD_RECORDINGS: medium(
    true,
    'Cloud recordings since the last sync, with an overlap.',
    pages(
      (users) => users / 20,
      ({ perDay }) => perDay.recordings,
    ),
  ),
  PLAN_USAGE: { label: 'HEAVY', isEstimate: false, calls: () => 1, why: 'Plans and seats.' },
  POLLS: medium(true, POLLS, extras('meetings', 'polls')),
  REGISTRANTS: medium(true, REGISTRANTS, extras('meetings', 'series')),
  WEBINAR_POLLS: medium(true, POLLS, extras('webinars', 'webinarPolls')),
  WEBINAR_REGISTRANTS: medium(true, REGISTRANTS, extras('webinars', 'webinarSeries')),
};

/** In whose run a part is read. Operation logs are activity, but come with the roster: they tell whose add-ons changed. */
function runOf(name: TaskPartName, { readsActivity }: CallFacts): JobRunRow['task'] | null {
  const { task } = TASK_PARTS[name];
  if (task === 'APPLICATION_ACCESS' && !readsActivity) return null;
  return name === 'OPERATION_LOGS' ? 'APPLICATION_ROSTER' : task;
}

/** The calls of the parts of a task that an integration may read. */
export function partCalls(task: JobRunRow['task'], facts: CallFacts): PlannedCallsRecord[] {
  const names = Object.keys(CALLS) as TaskPartName[];
  return names
    .filter((name) => runOf(name, facts) === task && whyNotRead(name, facts.grantedScopes, facts.kind) === null)
    .map((name) => {
      const { label, isEstimate, calls, why } = CALLS[name];
      const { endpoint } = TASK_PARTS[name];
      return { endpoint, label, calls: Math.max(0, Math.ceil(calls(facts))), isEstimate, why };
    });
}
