import type { Sql } from '../../db/client.ts';
import { LONGEST_MS } from '../../policy/repeats.ts';
import { TASK_ORDER, type JobTask } from './job-runs.ts';

/** Where a run that ended notes in its checkpoint when it is to be repeated. */
export const REPEAT_AT = 'repeatAt';

/** How many runs of a task in a row, the latest ones before this, noted that they are to be repeated. */
export async function repeatsInARow(
  sql: Sql,
  run: { id: string; integrationId: string; task: JobTask },
): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    with before as (
      select created_at, checkpoint ? ${REPEAT_AT} as is_noted from job_runs
      where integration_id = ${run.integrationId} and task = ${run.task} and id <> ${run.id} and finished_at is not null
      order by created_at desc limit 20
    )
    select count(*)::int as count from before
    where is_noted and created_at > coalesce((select max(created_at) from before where not is_noted), '-infinity')`;
  return row?.count ?? 0;
}

/**
 * Tasks to repeat now, by integration: those whose latest run noted it, once the last of them is due. What is noted further
 * ahead than any repetition (the clock was set back) is due as well.
 */
export async function repeatsDue(sql: Sql, now: Date): Promise<Map<string, JobTask[]>> {
  const rows = await sql<{ id: string; tasks: JobTask[] }[]>`
    select i.id, array_agg(t.task) as tasks
    from integrations i cross join unnest(${[...TASK_ORDER]}::text[]) as t(task)
    cross join lateral (
      select status, (checkpoint ->> ${REPEAT_AT})::timestamptz as at from job_runs r
      where r.integration_id = i.id and r.task = t.task order by r.created_at desc limit 1
    ) last
    where i.status = 'CONNECTED' and last.status in ('FAILED', 'INCOMPLETE') and last.at is not null
    group by i.id
    having bool_and(last.at <= ${now} or last.at > ${new Date(now.getTime() + LONGEST_MS)})`;
  return new Map(rows.map((row) => [row.id, row.tasks]));
}
