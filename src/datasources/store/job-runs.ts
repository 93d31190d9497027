import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import type { PlannedCallsRecord } from '../../db/tables/integrations.ts';
import type { JobRunRow } from '../../db/tables/rows.ts';
import { currentTraceparent } from '../../tracing.ts';
import type { SqlOrTx } from './writes.ts';

export type JobTask = JobRunRow['task'];

/**
 * The order in which tasks of one sync run: each builds on those before it. Plan information comes early because it tells
 * how fast Zoom may be asked.
 */
export const TASK_ORDER: readonly JobTask[] = [
  'APPLICATION_ROSTER',
  'LICENSE_INFORMATION',
  'APPLICATION_ACCESS',
  'LICENSE_DIFFERENTIATION',
  'RECLAMATION',
];

const COLUMNS = `id, integration_id as "integrationId", task, status, requested_by as "requestedBy", created_at as "createdAt",
  started_at as "startedAt", finished_at as "finishedAt", progress_done as "progressDone", progress_total as "progressTotal",
  users_seen as "usersSeen", calls_light as "callsLight", calls_medium as "callsMedium", calls_heavy as "callsHeavy",
  calls_resource_intensive as "callsResourceIntensive", error, checkpoint, attempts, planned, spent, traceparent`;

/** Queues runs; a task that already waits is not queued a second time. Answers one run a task, in the order given. */
export async function queueRuns(
  sql: SqlOrTx,
  integrationId: string,
  tasks: readonly JobTask[],
  requestedBy: string,
  now: Date,
): Promise<JobRunRow[]> {
  const ids = tasks.map(() => newId('run', now.getTime()));
  await sql`
    insert into job_runs (id, integration_id, task, requested_by, created_at, traceparent)
    select new.id, ${integrationId}, new.task, ${requestedBy}, ${now}, ${currentTraceparent()}
    from unnest(${ids}::text[], ${[...tasks]}::text[]) as new(id, task)
    where not exists (
      select from job_runs r where r.integration_id = ${integrationId} and r.task = new.task and r.status = 'QUEUED'
    )`;
  return sql<JobRunRow[]>`
    select ${sql.unsafe(COLUMNS)} from job_runs
    where integration_id = ${integrationId} and status = 'QUEUED' and task = any(${[...tasks]}::text[])
    order by array_position(${[...tasks]}::text[], task)`;
}

/** The run to work on next: one that was begun and not ended before those that wait. Null when all is done. */
export async function nextRun(sql: Sql, integrationId: string): Promise<JobRunRow | null> {
  const [row] = await sql<JobRunRow[]>`
    select ${sql.unsafe(COLUMNS)} from job_runs
    where integration_id = ${integrationId} and status in ('QUEUED', 'RUNNING')
    order by status = 'RUNNING' desc, array_position(${[...TASK_ORDER]}::text[], task), created_at limit 1`;
  return row ?? null;
}

/** Marks a run as taken up (once more). */
export async function beginRun(sql: Sql, id: string, now: Date): Promise<boolean> {
  const { count } = await sql`
    update job_runs set status = 'RUNNING', started_at = coalesce(started_at, ${now}), attempts = attempts + 1, error = null
    where id = ${id} and status in ('QUEUED', 'RUNNING')`;
  return count > 0;
}

/** Growth of a run since it was last saved. */
export interface RunProgress {
  done: number;
  total: number;
  usersSeen: number;
  /** Calls since the last save, by label. */
  calls: Readonly<Record<'LIGHT' | 'MEDIUM' | 'HEAVY' | 'RESOURCE_INTENSIVE', number>>;
  checkpoint: Record<string, unknown>;
  /** What is planned by now; null: nothing. */
  planned: readonly PlannedCallsRecord[] | null;
  /** All calls of the run, by endpoint. */
  spent: Readonly<Record<string, number>>;
}

export async function saveProgress(sql: Sql, id: string, progress: RunProgress): Promise<void> {
  const { calls } = progress;
  await sql`
    update job_runs set progress_done = ${progress.done}, progress_total = ${progress.total}, users_seen = ${progress.usersSeen},
      calls_light = calls_light + ${calls.LIGHT}, calls_medium = calls_medium + ${calls.MEDIUM},
      calls_heavy = calls_heavy + ${calls.HEAVY},
      calls_resource_intensive = calls_resource_intensive + ${calls.RESOURCE_INTENSIVE},
      checkpoint = ${JSON.stringify(progress.checkpoint)}::text::jsonb,
      planned = ${progress.planned === null ? null : JSON.stringify(progress.planned)}::text::jsonb,
      spent = ${JSON.stringify(progress.spent)}::text::jsonb
    where id = ${id}`;
}

/** Ends a run, or (with `QUEUED`) puts it back to wait. */
export async function endRun(
  sql: Sql,
  id: string,
  end: { status: 'SUCCEEDED' | 'INCOMPLETE' | 'FAILED' | 'QUEUED'; error: string | null },
  now: Date,
): Promise<void> {
  const finishedAt = end.status === 'QUEUED' ? null : now;
  await sql`
    update job_runs set status = ${end.status}, error = ${end.error}, finished_at = ${finishedAt},
      -- Waiting on purpose is no failed attempt.
      attempts = case when ${end.status} = 'QUEUED' then greatest(attempts - 1, 0) else attempts end
    where id = ${id} and status in ('QUEUED', 'RUNNING')`;
}

/** Ends everything of an integration that waits or runs, with the same words. */
export async function failOpenRuns(sql: SqlOrTx, integrationId: string, error: string, now: Date): Promise<void> {
  await sql`
    update job_runs set status = 'FAILED', error = ${error}, finished_at = ${now}
    where integration_id = ${integrationId} and status in ('QUEUED', 'RUNNING')`;
}

/** Integrations with runs that wait or run: each needs a worker. */
export async function integrationsWithOpenRuns(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select distinct integration_id as id from job_runs where status in ('QUEUED', 'RUNNING')`;
  return rows.map((row) => row.id);
}

/** When the timetable last queued a sync of each integration; integrations without one are left out. */
export async function lastScheduledSyncs(sql: Sql, requestedBy: string): Promise<Map<string, Date>> {
  const rows = await sql<{ id: string; at: Date }[]>`
    select integration_id as id, max(created_at) as at from job_runs
    where task = 'APPLICATION_ROSTER' and requested_by = ${requestedBy} group by integration_id`;
  return new Map(rows.map((row) => [row.id, row.at]));
}

/** Runs by id, in the order asked for; null where unknown. */
export async function jobRunsByIds(sql: Sql, ids: readonly string[]): Promise<(JobRunRow | null)[]> {
  const rows = await sql<JobRunRow[]>`select ${sql.unsafe(COLUMNS)} from job_runs where id = any(${[...ids]}::text[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** When the latest run of a task was first taken up; null: none was. */
export async function lastStartOf(sql: Sql, integrationId: string, task: JobTask): Promise<Date | null> {
  const [row] = await sql<{ at: Date | null }[]>`
    select max(started_at) as at from job_runs where integration_id = ${integrationId} and task = ${task}`;
  return row?.at ?? null;
}

/** Four syncs have so many runs; none of those before them can still change. */
const LATEST = 20;

/** The latest runs of integrations, oldest first, in one statement whatever their number. */
export function latestRunsOf(sql: Sql, integrationIds: readonly string[]): Promise<JobRunRow[]> {
  return sql<JobRunRow[]>`
    select r.* from unnest(${[...integrationIds]}::text[]) as of(id)
    cross join lateral (
      select ${sql.unsafe(COLUMNS)} from job_runs
      where integration_id = of.id order by created_at desc, id desc limit ${LATEST}
    ) r order by r."createdAt", r.id`;
}
