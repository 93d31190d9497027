import { createHash } from 'node:crypto';
import { CronExpressionParser } from 'cron-parser';
import type { IntegrationRow, JobRunRow } from '../db/tables/rows.ts';
import { DAY_MS } from './inactivity.ts';

/** Who asks for the runs of the timetable. */
export const TIMETABLE = 'timetable';

export interface ScheduledJob {
  name: string;
  task: JobRunRow['task'];
  cron: string;
  nextRunAt: Date | null;
  enabled: boolean;
}

const NAMES: Readonly<Record<JobRunRow['task'], string>> = {
  APPLICATION_ROSTER: 'Refresh users',
  APPLICATION_ACCESS: 'Refresh activity',
  LICENSE_INFORMATION: 'Refresh plans and seats',
  LICENSE_DIFFERENTIATION: 'Refresh licenses',
  RECLAMATION: 'Find reclamation candidates',
};

/** Once a day, at a minute of the night that the id picks, so that integrations don't start all at once. UTC. */
export function syncCron(integrationId: string): string {
  const pick = createHash('sha256').update(integrationId).digest().readUInt16BE();
  return `${pick % 60} ${Math.floor(pick / 60) % 5} * * *`;
}

/** It rests on the roster, which is always on; whoever looks for the job of another task must not find it. */
const RECONCILE = { name: 'Reconcile licenses', task: 'APPLICATION_ROSTER' } as const;

/** Goes on with holders who were asked: silence, answers, reminders. Runs for all integrations together. */
const FOLLOW_UP = { name: 'Follow up on holders who were asked', task: 'RECLAMATION', cron: '* * * * *' } as const;

/**
 * What runs by itself. A task that is switched off has no job; candidates are looked for in any case, and what is owned is
 * compared with what is used, right after the sync.
 */
export function scheduledJobs(integration: IntegrationRow, now: Date): ScheduledJob[] {
  const cron = syncCron(integration.id);
  const enabled = integration.status === 'CONNECTED';
  const next = (expression: string) =>
    CronExpressionParser.parse(expression, { currentDate: now, tz: 'UTC' }).next().toDate();
  const nextRunAt = enabled ? next(cron) : null;
  const tasks = (Object.keys(NAMES) as JobRunRow['task'][]).filter(
    (task) => task === 'RECLAMATION' || integration.enabledTasks.includes(task),
  );
  const jobs = [...tasks.map((task) => ({ name: NAMES[task], task })), RECONCILE];
  const mayTake = enabled && integration.enabledTasks.includes('RECLAMATION');
  return [
    ...jobs.map((job) => ({ ...job, cron, nextRunAt, enabled })),
    { ...FOLLOW_UP, nextRunAt: mayTake ? next(FOLLOW_UP.cron) : null, enabled: mayTake },
  ];
}

/** Has a time of the timetable passed since the last sync that it asked for (or since the integration was connected)? */
export function isSyncDue(integration: IntegrationRow, lastScheduledAt: Date | null, now: Date): boolean {
  if (integration.status !== 'CONNECTED') return false;
  const previous = CronExpressionParser.parse(syncCron(integration.id), { currentDate: now, tz: 'UTC' })
    .prev()
    .toDate();
  const since = lastScheduledAt ?? integration.authorizedAt ?? integration.createdAt;
  return previous > since;
}

/**
 * Is it time to reconcile by itself? Once a UTC day at most, for the first time at once, and then when the day's time of the
 * timetable has passed, so that it rests on the day's sync; where syncs take longer than that, a day after the last time.
 * Whoever asks makes sure that no sync is due or open.
 */
export function isReconciliationDue(integration: IntegrationRow, lastAt: Date | null, now: Date): boolean {
  if (integration.status !== 'CONNECTED') return false;
  if (lastAt === null) return true;
  if (lastAt > now || dayOf(lastAt) === dayOf(now)) return false;
  const previous = CronExpressionParser.parse(syncCron(integration.id), { currentDate: now, tz: 'UTC' })
    .prev()
    .toDate();
  return dayOf(previous) === dayOf(now) || now.getTime() - lastAt.getTime() >= DAY_MS;
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/** Is it the minute of the day (UTC, after the syncs of the night) at which old history is forgotten? */
export function isTimeToForget(now: Date): boolean {
  return now.getUTCHours() === 5 && now.getUTCMinutes() === 30;
}
