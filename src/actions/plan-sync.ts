import { callsToday, dueCounts, planCounts } from '../datasources/store/call-plan.ts';
import { operationsSince } from '../datasources/store/details.ts';
import { hostCounts } from '../datasources/store/host-reports.ts';
import { rateAccountOf } from '../datasources/store/rate-limits.ts';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import { TASK_ORDER, type JobTask } from '../datasources/store/job-runs.ts';
import { dayCapOf, paceOf, type Plan } from '../datasources/zoom/plans.ts';
import type { RateLabel } from '../datasources/zoom/endpoints.ts';
import type { PlannedCallsRecord } from '../db/tables/integrations.ts';
import type { AccountRow, IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { addOnCycleDays, operationsLookback } from '../policy/add-on-proof.ts';
import {
  callsByLabel,
  expectedSeconds,
  plannedCalls,
  planNote,
  type CallFacts,
  type LabelCounts,
} from '../policy/call-plan.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { DAY_MS, LOGIN_LAG_DAYS } from '../policy/inactivity.ts';
import { mergedDays, planActivity } from '../policy/report-windows.ts';
import { missingScopes, requirementsOf } from '../policy/task-scopes.ts';
import { lastPass, PROFILE_CYCLE_DAYS } from '../policy/turns.ts';

/** Background work leaves a fifth of a day's calls to people. */
const BACKGROUND_SHARE = 0.8;
/** Calls are spread a little wider than Zoom's limit. */
const PACE_MARGIN = 1.06;
/** Who shows no sign for so many days is asked for meetings ahead where no report tells them. */
const QUIET_DAYS = 14;
/** What happens a day is counted over so many days. */
const SEEN_DAYS = 28;

export interface DailyCapFacts {
  label: RateLabel;
  limit: number;
  usedToday: number;
  left: number;
  fits: boolean;
}

/** What a sync would cost now. */
export interface SyncPlanFacts {
  integrationId: string;
  computedAt: Date;
  tasks: { task: JobTask; calls: LabelCounts; lines: PlannedCallsRecord[] }[];
  calls: LabelCounts;
  expectedSeconds: number;
  dailyCaps: DailyCapFacts[];
  fitsToday: boolean;
  note: string;
}

/** Plans a sync of an integration as it would run now. Nothing is asked of Zoom. */
export async function planSync(deps: Deps, integration: IntegrationRow): Promise<SyncPlanFacts> {
  const { sql } = deps.database;
  const now = deps.now();
  const facts = await callFacts(deps, integration, now);
  const enabled = TASK_ORDER.filter((task) => task === 'APPLICATION_ROSTER' || integration.enabledTasks.includes(task));
  const tasks = enabled.map((task) => {
    const lines = facts.flatMap((one) => plannedCalls(task, one));
    return { task, calls: callsByLabel(lines), lines };
  });
  const calls = callsByLabel(tasks.flatMap(({ lines }) => lines));
  const rate = (await rateAccountOf(sql, integration.id)) ?? { account: integration.id, plan: null };
  const dailyCaps = capsOf(rate.plan, calls, await callsToday(sql, rate.account));
  const gapMs = (label: RateLabel) => {
    const { limit, windowMs } = paceOf(rate.plan, label);
    return (windowMs * PACE_MARGIN) / limit;
  };
  return {
    integrationId: integration.id,
    computedAt: now,
    tasks,
    calls,
    expectedSeconds: expectedSeconds(
      tasks.map((task) => task.calls),
      gapMs,
    ),
    dailyCaps,
    fitsToday: dailyCaps.every(({ fits }) => fits),
    note: planNote(facts[0] ?? { isFirst: true, users: null }),
  };
}

/** What one task of a sync is expected to spend, planned when it begins. */
export async function planTask(
  deps: Deps,
  integration: IntegrationRow,
  task: JobTask,
  startedAt: Date,
): Promise<PlannedCallsRecord[]> {
  return (await callFacts(deps, integration, startedAt)).flatMap((one) => plannedCalls(task, one));
}

/** What the daily caps of an account allow, after what was used today and what is left to people. */
function capsOf(plan: Plan | null, calls: LabelCounts, used: Readonly<Record<string, number>>): DailyCapFacts[] {
  const labels: RateLabel[] = ['LIGHT', 'MEDIUM', 'HEAVY', 'RESOURCE_INTENSIVE'];
  return labels.flatMap((label) => {
    const { calls: limit, sharedWith } = dayCapOf(plan, label);
    if (limit === null) return [];
    const together = [label, ...sharedWith];
    const usedToday = together.reduce((sum, one) => sum + (used[one] ?? 0), 0);
    const left = Math.max(0, Math.floor(limit * BACKGROUND_SHARE) - usedToday);
    return [{ label, limit, usedToday, left, fits: together.reduce((sum, one) => sum + calls[one], 0) <= left }];
  });
}

async function callFacts(deps: Deps, integration: IntegrationRow, now: Date): Promise<CallFacts[]> {
  const accounts = await accountsToSync(deps.database.sql, integration.id);
  return Promise.all(accounts.map((account) => factsOf(deps, integration, account, now)));
}

async function factsOf(
  { database: { sql } }: Deps,
  integration: IntegrationRow,
  account: AccountRow,
  now: Date,
): Promise<CallFacts> {
  const types = countedTypes(integration);
  const known = { from: account.activityKnownFrom, until: account.activityKnownUntil };
  const reportedBefore = await hostCounts(sql, account.id);
  const plan = planActivity(now, integration.analyzeActivityFrom, known, reportedBefore);
  const seenFrom = new Date(Math.max(now.getTime() - SEEN_DAYS * DAY_MS, Number(known.from ?? 0)));
  const settings = { ...(await settingsPlan(sql, account, now)), types };
  const askedFrom = new Date(plan.windows[0]?.from ?? plan.from);
  const creatorsFrom = lastPass(account.createdReadAt, now) === null && plan.from < askedFrom ? plan.from : askedFrom;
  const [counts, due] = await Promise.all([
    planCounts(sql, account.id, {
      knownFrom: known.from,
      seenFrom,
      quietSince: new Date(now.getTime() - QUIET_DAYS * DAY_MS),
      types,
      detail: integration.meetingDetail,
      now,
    }),
    dueCounts(sql, account, {
      profiles: {
        accountId: account.id,
        turn: { after: lastPass(account.profilesReadAt, now), until: now, cycleDays: PROFILE_CYCLE_DAYS },
      },
      settings,
      creators: {
        activeSince: new Date(creatorsFrom.getTime() - LOGIN_LAG_DAYS * DAY_MS),
        signsSince: lastPass(account.createdReadAt, now),
        types,
      },
    }),
  ]);
  const seenDays = Math.max(1, (now.getTime() - seenFrom.getTime()) / DAY_MS);
  const lastRead = account.createdReadAt ?? known.until;
  const may = (task: JobTask, scope: string) => {
    const needed = requirementsOf(task, integration.kind).filter(({ granular }) => granular === scope);
    return integration.grantedScopes === null || missingScopes(needed, integration.grantedScopes).length === 0;
  };
  const isFirst = account.rosterCompleteAt === null;
  const reported = new Map(reportedBefore.map(({ from, hosts }) => [from, hosts]));
  return {
    isFirst,
    isActivityNew: known.until === null,
    users: usersOf(account, counts, isFirst),
    groups: counts.groups,
    groupsThatDiffer: counts.groupsThatDiffer,
    rolesUnknown: !account.rolesKnown,
    profilesDue: due.profiles,
    settingsDue: due.settings,
    includesFree: integration.includeFreeUsers,
    settingsAll: counts.canHold,
    hasAddOnProof: account.addOnsProof !== null && account.addOnsReadAt !== null,
    webinarHolders: counts.webinarHolders,
    creatorsDue: due.creators,
    withUpcoming: counts.withUpcoming,
    quiet: counts.quiet,
    mayReadUpcoming: may('APPLICATION_ACCESS', 'report:read:upcoming_meetings_webinars:admin'),
    unread: { meetings: counts.unreadMeetings, webinars: counts.unreadWebinars },
    windows: plan.windows.map((days) => ({
      ...days,
      hosts: plan.repeated.some(({ from }) => from === days.from) ? (reported.get(days.from) ?? null) : null,
    })),
    webinarWindows: plan.repeated.length > 0 ? mergedDays(plan.windows, plan.begin).length : plan.windows.length,
    elapsedDays: lastRead === null ? SEEN_DAYS : Math.max(0, (now.getTime() - lastRead.getTime()) / DAY_MS),
    perDay: {
      changedUsers: counts.changedInWeek / 7,
      hosts: counts.hostDays / seenDays,
      meetings: counts.meetings / seenDays,
      webinars: counts.webinars / seenDays,
      signIns: counts.signIns / seenDays,
      operations: counts.operations / seenDays,
      recordings: counts.recordings / seenDays,
    },
    grantedScopes: integration.grantedScopes,
    meetingDetail: integration.meetingDetail,
    readsActivity: integration.enabledTasks.includes('APPLICATION_ACCESS'),
    extrasDue: {
      polls: counts.pollsDue,
      series: counts.seriesDue,
      webinarPolls: counts.webinarPollsDue,
      webinarSeries: counts.webinarSeriesDue,
    },
  };
}

/** Users as they were listed, or before the first listing as Zoom counts them. */
function usersOf(
  { summary }: AccountRow,
  counts: { active: number; inactive: number; pending: number; licensed: number },
  isFirst: boolean,
): CallFacts['users'] {
  if (!isFirst) return counts;
  if (summary?.total == null) return counts.active > 0 ? counts : null;
  const pending = summary.pending ?? 0;
  const active = summary.total - pending - (summary.rooms ?? 0);
  return { active, inactive: 0, pending, licensed: summary.licensed ?? active };
}

/** Of whom settings will be read, as far as it can be said before Zoom's count of add-ons is. */
async function settingsPlan(sql: Deps['database']['sql'], account: AccountRow, now: Date) {
  const after = lastPass(account.addOnsReadAt, now);
  const operationsFrom = operationsLookback(after ?? now);
  const all = after === null || account.addOnsProof === null;
  const cycleDays = all
    ? 1
    : addOnCycleDays(await operationsSince(sql, account.id, operationsFrom), { after, startedAt: now });
  const turn = { after, until: now, cycleDays };
  return { accountId: account.id, turn, all, operationsSince: operationsFrom };
}
