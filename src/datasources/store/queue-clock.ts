import type { Sql } from '../../db/client.ts';

/**
 * Brings what the queue noted in the future, before the database's clock was set back, to now: without it nobody would look at the
 * timetable, notice dead workers or begin what waits until that time has come again. Costs a look when all is well.
 *
 * @returns how many notes were in the future.
 */
export async function bringQueueBack(sql: Sql): Promise<number> {
  // Its clocks agree, for all of these are the database's; a minute is more than any wait of its own but the ones asked for.
  const soon = sql`now() + interval '1 minute'`;
  const [row] = await sql<{ count: number }[]>`
    with claims as (
      update pgboss.version set cron_on = least(cron_on, now()), bam_on = least(bam_on, now()), flow_on = least(flow_on, now()),
        reindex_on = least(reindex_on, now()), monitor_backoff_on = null
      where greatest(cron_on, bam_on, flow_on, reindex_on) > ${soon} returning 1
    ), queues as (
      update pgboss.queue set monitor_on = least(monitor_on, now()), monitor_claim_on = least(monitor_claim_on, now()),
        maintain_on = least(maintain_on, now())
      where greatest(monitor_on, monitor_claim_on, maintain_on) > ${soon} returning 1
    ), jobs as (
      update pgboss.job set
        -- What was asked to wait waits as long as it was asked to.
        start_after = case when created_on > ${soon} then now() + greatest(start_after - created_on, interval '0')
          when state = 'retry' then least(start_after, now()) else start_after end,
        created_on = least(created_on, now()), started_on = least(started_on, now()),
        completed_on = least(completed_on, now()), heartbeat_on = least(heartbeat_on, now()),
        singleton_on = case when created_on > ${soon} then null else singleton_on end
      where greatest(created_on, started_on, completed_on, heartbeat_on) > ${soon}
        or (state = 'retry' and start_after > ${soon} + interval '1 minute') returning 1
    )
    select ((select count(*) from claims) + (select count(*) from queues) + (select count(*) from jobs))::int as count`;
  return row?.count ?? 0;
}
