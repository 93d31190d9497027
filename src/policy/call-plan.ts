import type { PlannedCallsRecord } from '../db/tables/integrations.ts';
import type { IntegrationRow, JobRunRow } from '../db/tables/rows.ts';
import { PAGE, pagesOf, partCalls } from './call-plan-parts.ts';
import type { ReportDays } from './report-windows.ts';
import { whyNotRead } from './task-parts.ts';

/** What is known of an account that decides how many calls a sync takes. */
export interface CallFacts {
  kind: IntegrationRow['kind'];
  /** Known sub accounts of a master account; null for any other. */
  subAccounts: number | null;
  /** May the cheaper list of participants be tried? */
  listsParticipants: boolean;
  /** Nothing was read yet: all that is known is Zoom's own count, if that. */
  isFirst: boolean;
  /** Was activity never read to the end? */
  isActivityNew: boolean;
  /** Users by status; null: not even Zoom's count is known. */
  users: { active: number; inactive: number; pending: number; licensed: number } | null;
  groups: number;
  /** Groups of which Zoom counted other members than are known. */
  groupsThatDiffer: number;
  /** Does neither listing nor profile name a role? */
  rolesUnknown: boolean;
  profilesDue: number;
  settingsDue: number;
  /** Are free users counted, so that they are asked for their settings too? */
  includesFree: boolean;
  /** Everybody who can hold add-ons: asked for when Zoom's count of add-ons doesn't fit ours. */
  settingsAll: number;
  /** Was Zoom's count of add-ons noted, to compare the next one with? */
  hasAddOnProof: boolean;
  webinarHolders: number;
  creatorsDue: number;
  /** Users who have something ahead, and those who have been quiet. */
  withUpcoming: number;
  quiet: number;
  mayReadUpcoming: boolean;
  /** Meetings and webinars whose participants are to be read. */
  unread: { meetings: number; webinars: number };
  /** Windows of reports that will be asked for, each with as many hosts as it had, null where it is new. */
  windows: (ReportDays & { hosts: number | null })[];
  /** Windows in which everybody who holds webinars is asked. */
  webinarWindows: number;
  /** Days since activity was last read. */
  elapsedDays: number;
  /** What happened a day, as far as it was seen. */
  perDay: {
    changedUsers: number;
    hosts: number;
    meetings: number;
    webinars: number;
    signIns: number;
    operations: number;
    recordings: number;
  };
  grantedScopes: readonly string[] | null;
  meetingDetail: IntegrationRow['meetingDetail'];
  /** Is activity read at all? */
  readsActivity: boolean;
  /** Meetings and webinars that may be asked for polls, and their series for registrations. */
  extrasDue: { polls: number; series: number; webinarPolls: number; webinarSeries: number };
}

type Task = JobRunRow['task'];
type Label = PlannedCallsRecord['label'];

/** What is assumed of an account of which nothing was seen yet; each line that rests on it says that it is an estimate. */
const ASSUMED = {
  /** Of the licensed, how many host something in a month. */
  hostShare: 0.7,
  /** A host is asked twice where some meetings were held alone. */
  callsPerHost: 1.2,
  /** Meetings of two or more, a licensed user and day. */
  meetingsPerDay: 0.15,
  webinarsPerDay: 0.002,
  /** Of the licensed, how many hold webinars. */
  webinarShare: 0.06,
  upcomingPerUser: 1.2,
} as const;

const up = (count: number) => Math.max(0, Math.ceil(count));

const line = (endpoint: string, label: Label, calls: number, isEstimate: boolean, why: string): PlannedCallsRecord => ({
  endpoint: `GET ${endpoint}`,
  label,
  calls: up(calls),
  isEstimate,
  why,
});

/** The calls that a task of a sync is expected to take, by endpoint; those that need none are left out. */
export function plannedCalls(task: Task, facts: CallFacts): PlannedCallsRecord[] {
  return merged([...LINES[task](facts), ...partCalls(task, facts)]).filter(({ calls }) => calls > 0);
}

const LINES: Readonly<Record<Task, (facts: CallFacts) => PlannedCallsRecord[]>> = {
  APPLICATION_ROSTER: (facts) => [...listings(facts), ...details(facts)],
  LICENSE_INFORMATION: () => [],
  APPLICATION_ACCESS: (facts) => [...hosting(facts), ...participants(facts), ...calendars(facts)],
  LICENSE_DIFFERENTIATION: () => [],
  RECLAMATION: () => [],
};

function listings({ users, isFirst }: CallFacts): PlannedCallsRecord[] {
  const { active = 0, inactive = 0, pending = 0 } = users ?? {};
  const pages = pagesOf(active) + pagesOf(inactive) + pagesOf(pending);
  const basis = isFirst ? "Zoom's own count of users" : 'the users who are known';
  return [
    line('/users', 'MEDIUM', pages, true, `Pages of ${PAGE} in three statuses, by ${basis}.`),
    line('/users/summary', 'MEDIUM', 1, false, "Zoom's own count, to compare the listings with."),
  ];
}

function details(facts: CallFacts): PlannedCallsRecord[] {
  const { users, isFirst, grantedScopes, kind, hasAddOnProof, includesFree } = facts;
  const changed = Math.ceil(facts.perDay.changedUsers * Math.min(facts.elapsedDays, 7));
  const active = users?.active ?? 0;
  const profiles = isFirst ? active + (users?.inactive ?? 0) : facts.profilesDue + changed;
  const settings = isFirst
    ? includesFree
      ? active
      : (users?.licensed ?? 0)
    : facts.settingsDue + (hasAddOnProof ? changed : 0);
  const unless = hasAddOnProof
    ? ` If Zoom's count of add-ons doesn't fit what is found, all ${facts.settingsAll} are asked for.`
    : '';
  return [
    line(
      '/users/{userId}',
      'LIGHT',
      profiles,
      isFirst || changed > 0,
      isFirst ? 'Everybody once.' : 'Users who are new, changed, or have their weekly turn.',
    ),
    line(
      '/users/{userId}/settings',
      'MEDIUM',
      settings,
      isFirst || hasAddOnProof,
      isFirst || !hasAddOnProof
        ? 'Everybody who can hold add-ons.'
        : `Users who are new, changed, or have their turn.${unless}`,
    ),
    line(
      '/accounts/{accountId}/plans/usage',
      'HEAVY',
      whyNotRead('PLAN_USAGE', grantedScopes, kind) === null ? 1 : 0,
      false,
      "Zoom's count of add-ons.",
    ),
  ];
}

function hosting(facts: CallFacts): PlannedCallsRecord[] {
  const { users, isActivityNew, windows, webinarHolders, webinarWindows, perDay } = facts;
  const active = users?.active ?? 0;
  const licensed = users?.licensed ?? 0;
  const days = (window: ReportDays) => (Date.parse(window.to) - Date.parse(window.from)) / 86_400_000 + 1;
  const hostsIn = (window: ReportDays & { hosts: number | null }) =>
    window.hosts ?? (isActivityNew ? licensed * ASSUMED.hostShare : Math.min(active, perDay.hosts * days(window)));
  const pages = windows.reduce((sum, window) => sum + pagesOf(hostsIn(window)), 0);
  const fresh = windows.filter(({ hosts }) => hosts === null);
  const changing = isActivityNew
    ? fresh.length * licensed * (ASSUMED.hostShare * ASSUMED.callsPerHost + ASSUMED.webinarShare)
    : 2 *
      newHosts(
        facts,
        fresh.reduce((sum, window) => sum + hostsIn(window), 0),
      );
  return [
    line('/report/users', 'HEAVY', pages, true, `Who hosted, in ${windows.length} windows of days, ${PAGE} a page.`),
    line(
      '/report/users/{userId}/meetings',
      'HEAVY',
      changing + (isActivityNew ? 0 : webinarHolders * webinarWindows),
      true,
      isActivityNew
        ? 'Every host in every window; twice where some meetings were held alone.'
        : `Hosts of whom Zoom will report something new, and ${webinarHolders} who hold webinars, which no report counts.`,
    ),
  ];
}

/** Hosts with something new: of days that were asked for before those since the last sync, of new days all. */
function newHosts({ perDay, elapsedDays, users }: CallFacts, inNewWindows: number): number {
  return Math.min(users?.active ?? 0, Math.max(inNewWindows, perDay.hosts * elapsedDays));
}

function participants(facts: CallFacts): PlannedCallsRecord[] {
  const { isActivityNew, users, windows, unread, perDay, elapsedDays, listsParticipants } = facts;
  const why = 'Each meeting once, ever: those that are waiting, and those that are expected since the last sync.';
  const first = windows[0];
  const last = windows.at(-1);
  const licensed = users?.licensed ?? 0;
  const days = first && last ? (Date.parse(last.to) - Date.parse(first.from)) / 86_400_000 + 1 : 0;
  const meetings = isActivityNew
    ? licensed * ASSUMED.meetingsPerDay * days
    : unread.meetings + perDay.meetings * elapsedDays;
  const webinars = isActivityNew
    ? licensed * ASSUMED.webinarsPerDay * days
    : unread.webinars + perDay.webinars * elapsedDays;
  return [
    listsParticipants
      ? line('/past_meetings/{meetingId}/participants', 'MEDIUM', meetings, true, why)
      : line('/report/meetings/{meetingId}/participants', 'HEAVY', meetings, true, why),
    line('/report/webinars/{webinarId}/participants', 'HEAVY', webinars, true, why),
  ];
}

function calendars(facts: CallFacts): PlannedCallsRecord[] {
  const { isActivityNew, users, mayReadUpcoming, withUpcoming, quiet, creatorsDue, perDay, elapsedDays } = facts;
  const ahead = isActivityNew ? (users?.licensed ?? 0) * ASSUMED.upcomingPerUser : withUpcoming * 3;
  const active = users?.active ?? 0;
  const creators = isActivityNew ? (users?.licensed ?? 0) : Math.min(active, creatorsDue + perDay.hosts * elapsedDays);
  return [
    line('/report/upcoming_events', 'HEAVY', mayReadUpcoming ? pagesOf(ahead) : 0, true, 'All that is ahead.'),
    line(
      '/users/{userId}/meetings',
      'MEDIUM',
      creators + (mayReadUpcoming ? 0 : quiet),
      true,
      isActivityNew
        ? 'When users created meetings: everybody who is active.'
        : 'When users created meetings: those who showed a new sign of use.',
    ),
  ];
}

/**
 * The calls that a task takes for all accounts of an integration, by endpoint. Where the accounts differ, the figure is
 * explained by the one that takes most of it.
 */
export function plannedCallsOf(task: Task, accounts: readonly CallFacts[]): PlannedCallsRecord[] {
  const lines = accounts.flatMap((facts) => plannedCalls(task, facts));
  const byEndpoint = Map.groupBy(lines, ({ endpoint }) => endpoint);
  return merged(lines).map((sum) => {
    const summed = byEndpoint.get(sum.endpoint) ?? [sum];
    if (summed.every(({ why }) => why === sum.why)) return sum;
    const most = summed.reduce((a, b) => (b.calls > a.calls ? b : a));
    return { ...sum, why: `Of ${summed.length} accounts; of the one that takes most: ${most.why}` };
  });
}

/** One line an endpoint. */
function merged(lines: readonly PlannedCallsRecord[]): PlannedCallsRecord[] {
  const byEndpoint = new Map<string, PlannedCallsRecord>();
  for (const one of lines) {
    const before = byEndpoint.get(one.endpoint);
    byEndpoint.set(
      one.endpoint,
      before === undefined
        ? one
        : { ...before, calls: before.calls + one.calls, isEstimate: before.isEstimate || one.isEstimate },
    );
  }
  return [...byEndpoint.values()];
}

/** Calls by label. */
export type LabelCounts = Record<Label, number>;

export function callsByLabel(lines: readonly Pick<PlannedCallsRecord, 'label' | 'calls'>[]): LabelCounts {
  const counts: LabelCounts = { LIGHT: 0, MEDIUM: 0, HEAVY: 0, RESOURCE_INTENSIVE: 0 };
  for (const { label, calls } of lines) counts[label] += calls;
  return counts;
}

/** How long tasks take that run one after the other, when the labels of each are asked side by side. In seconds. */
export function expectedSeconds(tasks: readonly LabelCounts[], gapMs: (label: Label) => number): number {
  const ofTask = (counts: LabelCounts) =>
    Math.max(...Object.entries(counts).map(([label, calls]) => calls * gapMs(label as Label)));
  return Math.ceil(tasks.reduce((sum, counts) => sum + ofTask(counts), 0) / 1000);
}

/** Why the figures are what they are. */
export function planNote(accounts: readonly Pick<CallFacts, 'isFirst' | 'users' | 'subAccounts'>[]): string {
  const [top = { isFirst: true, users: null, subAccounts: null }] = accounts;
  const words = noteOf(top);
  if (top.subAccounts === 0 && top.isFirst) {
    return `${words} Which sub accounts there are is not known before the first roster lists them: what they take comes on top.`;
  }
  const fresh = accounts.slice(1).filter(({ isFirst }) => isFirst).length;
  return fresh === 0 || top.isFirst
    ? words
    : `${words} Not read yet: ${fresh} of the sub accounts; theirs is an estimate.`;
}

function noteOf({ isFirst, users }: Pick<CallFacts, 'isFirst' | 'users'>): string {
  if (users === null) {
    return "Nothing is known of the account yet, not even how many users it has: validate the integration, and the plan follows from Zoom's own count.";
  }
  if (isFirst) {
    return "An estimate from Zoom's own count of users and from how accounts are usually used; it is refined while the sync finds out more.";
  }
  return 'Computed from what is known; where something new turns up, the plan of a run is refined as it is found.';
}
