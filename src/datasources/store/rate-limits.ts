import type { Sql } from '../../db/client.ts';
import { DAY_MS } from '../../policy/inactivity.ts';

/** Whose limits an integration's calls count against, and how high they are. */
export interface RateAccount {
  /** Zoom's account id; the integration's own id until it is known. */
  account: string;
  /** Null: not known. */
  plan: 'FREE' | 'PRO' | 'BUSINESS' | null;
}

/** Null when there is no such integration. */
export async function rateAccountOf(sql: Sql, integrationId: string): Promise<RateAccount | null> {
  const [row] = await sql<RateAccount[]>`
    select coalesce(zoom_account_id, id) as account, rate_limit_plan as plan
    from integrations where id = ${integrationId}`;
  return row ?? null;
}

export interface Reserve {
  account: string;
  label: string;
  calls: number;
  /** How far the calls move the line, in milliseconds. */
  stepMs: number;
  /** The first call is at the earliest this far from now, so that the answer is back before it. */
  leadMs: number;
  /** Nothing is reserved that would begin later than this after the lead: what is reserved too early is taken from others. */
  horizonMs: number;
  /** Nobody reserves further ahead than this: a line beyond it was drawn before the database's clock was set back. */
  furthestMs: number;
  /** Null: the day has no cap. */
  dayCap: number | null;
  /** Other labels whose calls count against the same cap. */
  sharedWith: readonly string[];
}

/**
 * Reserves several calls at once, all or none, in one statement: the generic cell rate algorithm without a burst. The
 * clock is the database's, so that processes whose clocks differ agree.
 *
 * @returns when the first call may be sent, and now, both in the database's milliseconds; null when it is too early, the
 * day's cap doesn't leave that many, or there is no row yet: `rateStanding` tells which.
 */
export async function reserveCalls(sql: Sql, want: Reserve): Promise<{ startMs: number; nowMs: number } | null> {
  const start = sql`greatest(
    ${line(sql, want.furthestMs)}, ${nowMs(sql)}::bigint + ${want.leadMs}::bigint,
    coalesce((extract(epoch from ${blocked(sql)}) * 1000)::bigint, 0)
  )`;
  const others =
    want.sharedWith.length === 0
      ? sql`0`
      : sql`(
          select coalesce(sum(used_today), 0) from rate_limits other
          where other.zoom_account_id = ${want.account} and other.label in ${sql([...want.sharedWith])}
            and other.day = ${today(sql)}
        )`;
  const used = sql`case when day = ${today(sql)} then used_today else 0 end`;
  const [row] = await sql<{ tat: string; now: number }[]>`
    update rate_limits set
      tat_ms = ${start} + ${want.stepMs}::bigint,
      used_today = ${used} + ${want.calls}::int,
      day = ${today(sql)}
    where zoom_account_id = ${want.account} and label = ${want.label}
      and ${start} <= ${nowMs(sql)} + ${want.leadMs}::bigint + ${want.horizonMs}::bigint
      and (${want.dayCap}::int is null or ${used} + ${others} + ${want.calls}::int <= ${want.dayCap}::int)
    returning tat_ms as tat, ${nowMs(sql)}::float8 as now`;
  return row === undefined ? null : { startMs: Number(row.tat) - want.stepMs, nowMs: row.now };
}

export interface RateStanding {
  nowMs: number;
  /** When the next call could begin. */
  tatMs: number;
  /** Zoom told us to stop until then; 0 when it didn't. */
  blockedUntilMs: number;
  /** Calls of today (UTC), with those of the labels that share the cap. */
  usedToday: number;
  msToMidnight: number;
}

/** How an account stands with a label; makes its row where there is none. */
export async function rateStanding(
  sql: Sql,
  account: string,
  label: string,
  sharedWith: readonly string[],
  furthestMs: number,
): Promise<RateStanding> {
  const labels = [label, ...sharedWith];
  const [row] = await sql<{ tat: string | null; blocked: number | null; used: number; now: number; left: number }[]>`
    select
      max(${line(sql, furthestMs)}) filter (where label = ${label}) as tat,
      max(extract(epoch from ${blocked(sql)}) * 1000) filter (where label = ${label})::float8 as blocked,
      coalesce(sum(used_today) filter (where day = ${today(sql)}), 0)::int as used,
      ${nowMs(sql)}::float8 as now,
      (extract(epoch from date_trunc('day', clock_timestamp() at time zone 'utc') + interval '1 day'
        - clock_timestamp() at time zone 'utc') * 1000)::float8 as left
    from rate_limits where zoom_account_id = ${account} and label in ${sql(labels)}`;
  if (row?.tat === null || row === undefined) {
    await sql`insert into rate_limits (zoom_account_id, label) values (${account}, ${label}) on conflict do nothing`;
  }
  return {
    nowMs: row?.now ?? 0,
    tatMs: Number(row?.tat ?? 0),
    blockedUntilMs: row?.blocked ?? 0,
    usedToday: row?.used ?? 0,
    msToMidnight: row?.left ?? 0,
  };
}

/**
 * Stops all calls of these labels for `ms` from now, a day at most, in every process. Never shortens an earlier stop,
 * unless that was told before the database's clock was set back.
 */
export async function blockCalls(sql: Sql, account: string, labels: readonly string[], ms: number): Promise<void> {
  const rows = [...labels].sort().map((label) => ({ zoom_account_id: account, label }));
  await sql`
    insert into rate_limits ${sql(rows)} on conflict do nothing`;
  await sql`
    update rate_limits set
      blocked_until = greatest(
        ${blocked(sql)}, clock_timestamp() + ${Math.ceil(Math.min(ms, DAY_MS))}::float8 * interval '1 millisecond'
      )
    where zoom_account_id = ${account} and label in ${sql([...labels])}`;
}

/** What is reserved already; nothing where the clock that it was reserved by is still to come. */
const line = (sql: Sql, furthestMs: number) =>
  sql`(case when tat_ms > ${nowMs(sql)} + ${furthestMs}::float8 then 0 else tat_ms end)`;
/** Zoom's longest limit is that of a day: a stop that reaches further was told by a clock that was ahead. */
const blocked = (sql: Sql) =>
  sql`(case when blocked_until > clock_timestamp() + ${DAY_MS}::float8 * interval '1 millisecond' then null else blocked_until end)`;
const nowMs = (sql: Sql) => sql`(extract(epoch from clock_timestamp()) * 1000)`;
const today = (sql: Sql) => sql`to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD')`;
