import { callsToday, dueCounts, planCounts, type Due, type PlanCounts } from '../datasources/store/call-plan.ts';
import { operationsSince, type SettingsDue } from '../datasources/store/details.ts';
import { hostCounts, type HostCount } from '../datasources/store/host-reports.ts';
import { rateAccountOf } from '../datasources/store/rate-limits.ts';
import { taskPartsByIntegrationIds } from '../datasources/store/task-parts.ts';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import { TASK_ORDER, type JobTask } from '../datasources/store/job-runs.ts';
import { dayCapOf, paceOf, type Plan } from '../datasources/zoom/plans.ts';
import { PACE_MARGIN } from '../policy/pace-margin.ts';
import type { RateLabel } from '../datasources/zoom/endpoints.ts';
import type { PlannedCallsRecord } from '../db/tables/integrations.ts';
import type { AccountRow, IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { addOnCycleDays, operationsLookback } from '../policy/add-on-proof.ts';
import {
  callsByLabel,
  expectedSeconds,
  plannedCallsOf,
  planNote,
  type CallFacts,
  type LabelCounts,
} from '../policy/call-plan.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { DAY_MS, LOGIN_LAG_DAYS } from '../policy/inactivity.ts';
import { mergedDays, planActivity, type ActivityPlan } from '../policy/report-windows.ts';
import { areAlike, mayListParticipants, missingScopes, requirementsOf } from '../policy/task-scopes.ts';
import { lastPass, PROFILE_CYCLE_DAYS } from '../policy/turns.ts';

/** Background work leaves a fifth of a day's calls to people. */
const BACKGROUND_SHARE = 0.8;
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
    const lines = plannedCallsOf(task, facts);
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
    note: planNote(facts),
  };
}

/** Tasks that ask nothing of Zoom. */
const SPENDS_NOTHING: ReadonlySet<JobTask> = new Set(['LICENSE_DIFFERENTIATION', 'RECLAMATION']);

/** What one task of a sync is expected to spend, planned when it begins. */
export async function planTask(
  deps: Deps,
  integration: IntegrationRow,
  task: JobTask,
  startedAt: Date,
): Promise<PlannedCallsRecord[]> {
  if (SPENDS_NOTHING.has(task)) return [];
  return plannedCallsOf(task, await callFacts(deps, integration, startedAt));
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

/** What is known of every account of an integration. A few statements, however many accounts there are. */
async function callFacts({ database: { sql } }: Deps, integration: IntegrationRow, now: Date): Promise<CallFacts[]> {
  const known = await accountsToSync(sql, integration.id);
  const subAccounts = integration.kind === 'TIERED' ? known.filter(({ tier }) => tier === 'SUB').length : null;
  // Those that Zoom does not give to the master are not asked about.
  const accounts = (await areRefused(sql, integration)) ? known.filter(({ tier }) => tier !== 'SUB') : known;
  const types = countedTypes(integration);
  const reported = await hostCounts(
    sql,
    accounts.map(({ id }) => id),
  );
  const settings = await settingsPlans(sql, accounts, now);
  const plans = accounts.map((account, index): AccountPlan => {
    const known = { from: account.activityKnownFrom, until: account.activityKnownUntil };
    const reportedBefore = reported[index] ?? [];
    const plan = planActivity(now, integration.analyzeActivityFrom, known, reportedBefore);
    const seenFrom = new Date(Math.max(now.getTime() - SEEN_DAYS * DAY_MS, Number(known.from ?? 0)));
    return { account, known, reportedBefore, plan, seenFrom };
  });
  const due = plans.map(({ account, plan }, index): Due => {
    const askedFrom = new Date(plan.windows[0]?.from ?? plan.from);
    const creatorsFrom = lastPass(account.createdReadAt, now) === null && plan.from < askedFrom ? plan.from : askedFrom;
    return {
      profiles: {
        accountId: account.id,
        turn: { after: lastPass(account.profilesReadAt, now), until: now, now, cycleDays: PROFILE_CYCLE_DAYS },
      },
      settings: { ...(settings[index] as SettingsPlan), types },
      creators: {
        activeSince: new Date(creatorsFrom.getTime() - LOGIN_LAG_DAYS * DAY_MS),
        signsSince: lastPass(account.createdReadAt, now),
        types,
      },
    };
  });
  const [counts, dues] = await Promise.all([
    planCounts(
      sql,
      plans.map(({ account, known, seenFrom }) => ({ accountId: account.id, knownFrom: known.from, seenFrom })),
      { quietSince: new Date(now.getTime() - QUIET_DAYS * DAY_MS), types, detail: integration.meetingDetail, now },
    ),
    dueCounts(sql, due),
  ]);
  return plans.map((one, index) =>
    factsOf(integration, one, {
      counts: counts[index] as PlanCounts,
      due: dues[index] as DueCounts,
      subAccounts: one.account.tier === 'SUB' ? null : subAccounts,
      now,
    }),
  );
}

/** Did the latest roster learn that Zoom does not give the sub accounts? */
async function areRefused(sql: Deps['database']['sql'], { id, kind }: IntegrationRow): Promise<boolean> {
  if (kind === 'REGULAR') return false;
  const [parts = []] = await taskPartsByIntegrationIds(sql, [id]);
  return parts.some(({ part, status }) => part === 'SUB_ACCOUNTS' && status === 'SKIPPED');
}

/** An account with the days of which it will be asked. */
interface AccountPlan {
  account: AccountRow;
  known: { from: Date | null; until: Date | null };
  reportedBefore: HostCount[];
  plan: ActivityPlan;
  seenFrom: Date;
}

type DueCounts = Awaited<ReturnType<typeof dueCounts>>[number];

function factsOf(
  integration: IntegrationRow,
  { account, known, reportedBefore, plan, seenFrom }: AccountPlan,
  { counts, due, subAccounts, now }: { counts: PlanCounts; due: DueCounts; subAccounts: number | null; now: Date },
): CallFacts {
  const seenDays = Math.max(1, (now.getTime() - seenFrom.getTime()) / DAY_MS);
  const lastRead = account.createdReadAt ?? known.until;
  const may = (task: JobTask, scope: string) => {
    const needed = requirementsOf(task, integration.kind).filter(({ granular }) => areAlike(granular, scope));
    return integration.grantedScopes === null || missingScopes(needed, integration.grantedScopes).length === 0;
  };
  const isFirst = account.rosterCompleteAt === null;
  const reported = new Map(reportedBefore.map(({ from, hosts }) => [from, hosts]));
  return {
    kind: integration.kind,
    subAccounts,
    listsParticipants: mayListParticipants(account.tier === 'SUB', integration.grantedScopes),
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
  { summary, seats }: AccountRow,
  counts: { active: number; inactive: number; pending: number; licensed: number },
  isFirst: boolean,
): CallFacts['users'] {
  if (!isFirst) return counts;
  if (summary?.total == null && counts.active > 0) return counts;
  // Of a sub account that was only listed, its seats are known.
  if (summary?.total == null)
    return seats === null ? null : { active: seats, inactive: 0, pending: 0, licensed: seats };
  const pending = summary.pending ?? 0;
  const active = summary.total - pending - (summary.rooms ?? 0);
  return { active, inactive: 0, pending, licensed: summary.licensed ?? active };
}

type SettingsPlan = Omit<SettingsDue, 'types'>;

/** Of whom settings will be read in each account, as far as it can be said before Zoom's count of add-ons is. */
async function settingsPlans(
  sql: Deps['database']['sql'],
  accounts: readonly AccountRow[],
  now: Date,
): Promise<SettingsPlan[]> {
  const plans = accounts.map((account) => {
    const after = lastPass(account.addOnsReadAt, now);
    return {
      account,
      after,
      all: after === null || account.addOnsProof === null,
      since: operationsLookback(after ?? now),
    };
  });
  const operations = await operationsSince(
    sql,
    plans.map(({ account, since }) => ({ accountId: account.id, since })),
  );
  return plans.map(({ account, after, all, since }, index) => {
    const logs = operations[index];
    const cycleDays = all || logs === undefined || after === null ? 1 : addOnCycleDays(logs, { after, startedAt: now });
    return { accountId: account.id, turn: { after, until: now, now, cycleDays }, all, operationsSince: since };
  });
}
