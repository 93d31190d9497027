import type { Sql } from '../../db/client.ts';

/** One number of the database's for Prometheus. */
export interface Measure {
  name: string;
  /** Null: not about one integration. */
  integration: string | null;
  /** Second label: a task, status or rate label, as the name says; null: none. */
  kind: string | null;
  value: number;
}

/**
 * Everything that operators want to know of the database, in one statement, whatever there is of anything.
 *
 * What never happened is as old as the authorization: an age says how long one has been waiting for it. The pool is told
 * by the name that its connections carry. `rate_plan` is no number: its `kind` is the plan whose limits hold, null while unknown.
 */
export async function measures(sql: Sql, now: Date): Promise<Measure[]> {
  return sql<Measure[]>`
    with living as (
      select id, status, enabled_tasks, created_at, authorized_at, rate_limit_plan, coalesce(zoom_account_id, id) as account
      from integrations where deleted_at is null
    ), authorized as (
      select * from living where authorized_at is not null
    ), known as (
      select i.id, count(*) as accounts, count(*) filter (where not a.is_roster_complete) as incomplete,
        min(coalesce(a.roster_complete_at, i.authorized_at)) as roster_at,
        count(*) filter (where a.activity_known_until is null) as unknown,
        min(a.activity_known_until) as activity_until
      from authorized i join accounts a on a.integration_id = i.id and a.removed_at is null group by i.id
    ), open_runs as (
      select status, coalesce(started_at, created_at) as since from job_runs where status in ('QUEUED', 'RUNNING')
    ), in_flight as (
      select i.integration_id, i.status from reclamation_items i where i.status in ('SENT', 'UNKNOWN')
      union all
      select i.integration_id, i.status from reclamations r
      join reclamation_items i on i.reclamation_id = r.id and i.status = 'PLANNED'
      where r.status in ('PENDING', 'RUNNING') and not r.dry_run
    )
    select 'integration_status' as name, id as integration, status as kind, 1::float8 as value from living
    union all
    select 'sync_age_seconds', i.id, t.task, ${age(sql, now, sql`coalesce(last.started_at, i.authorized_at)`)}
    from authorized i cross join unnest(i.enabled_tasks) as t(task) left join lateral (
      select r.started_at from job_runs r
      where r.integration_id = i.id and r.task = t.task and r.status = 'SUCCEEDED' order by r.created_at desc limit 1
    ) last on true
    union all
    select 'sync_last_failed', i.id, t.task, case when last.status = 'SUCCEEDED' then 0 else 1 end
    from authorized i cross join unnest(i.enabled_tasks) as t(task) cross join lateral (
      select r.status from job_runs r where r.integration_id = i.id and r.task = t.task and r.finished_at is not null
      order by r.created_at desc limit 1
    ) last
    union all
    select 'accounts', id, null, accounts from known
    union all
    select 'accounts_incomplete', id, null, incomplete from known
    union all
    select 'accounts_activity_unknown', id, null, unknown from known
    union all
    select 'roster_age_seconds', id, null, ${age(sql, now, sql`roster_at`)} from known
    union all
    select 'activity_age_seconds', id, null, ${age(sql, now, sql`activity_until`)} from known
    where activity_until is not null
    union all
    select 'zoom_calls_today', i.id, l.label, case when l.day = ${today(sql)} then l.used_today else 0 end
    from authorized i join rate_limits l on l.zoom_account_id = i.account
    union all
    select 'zoom_calls_blocked_seconds', i.id, l.label, greatest(0, extract(epoch from l.blocked_until - clock_timestamp()))
    from authorized i join rate_limits l on l.zoom_account_id = i.account and l.blocked_until is not null
    union all
    select 'rate_plan', id, rate_limit_plan, 1 from authorized
    union all
    select 'job_runs', null, s.status, count(r.status)
    from (values ('QUEUED'), ('RUNNING')) s(status) left join open_runs r using (status) group by s.status
    union all
    select 'job_runs_oldest_seconds', null, s.status, coalesce(${age(sql, now, sql`min(r.since)`)}, 0)
    from (values ('QUEUED'), ('RUNNING')) s(status) left join open_runs r using (status) group by s.status
    union all
    select 'reclamation_items', integration_id, status, count(*) from in_flight group by integration_id, status
    union all
    select 'reclamations_waiting', integration_id, 'CONFIRMATION', count(*) from reclamations
    where needs_confirmation and confirmed_at is null and not dry_run and status = 'PENDING' group by integration_id
    union all
    select 'reclamation_holds', coalesce(integration_id, 'all'), null, count(*) from reclamation_holds
    where released_at is null group by integration_id
    union all
    select 'database_pool_connections', null, coalesce(state, 'other'), count(*) from pg_stat_activity
    where application_name = current_setting('application_name') and datname = current_database() group by state`;
}

const age = (sql: Sql, now: Date, since: ReturnType<Sql>) =>
  sql`extract(epoch from ${now}::timestamptz - ${since})::float8`;

/** Calls are counted by the database's day. */
const today = (sql: Sql) => sql`to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD')`;
