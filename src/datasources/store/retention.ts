import type { Sql } from '../../db/client.ts';
import type { SqlOrTx } from './writes.ts';

/** Rows that one statement takes away: few enough to hold no lock for long. */
const BATCH = 5_000;

/** Rows that were forgotten, by table. */
export interface Forgotten {
  signIns: number;
  operationLogs: number;
  jobRuns: number;
}

/**
 * Forgets what is older than `before` and no longer proves anything, batch by batch, until all is gone or `isOver` says so.
 *
 * Everybody's latest sign-in stays, however old: who has none would count as never active. Meetings stay altogether, since
 * when somebody last hosted and joined is counted from them. From when on reports are known is said anew, in the same breath.
 */
export async function forgetHistory(sql: Sql, before: Date, isOver: () => boolean): Promise<Forgotten> {
  await sql`
    update report_coverage set known_from = greatest(known_from, ${before}::timestamptz)
    where report in ('SIGN_INS', 'OPERATIONS') and known_from < ${before} and known_until > ${before}`;
  const byBatch = async (forget: () => Promise<number>): Promise<number> => {
    let sum = 0;
    while (!isOver()) {
      const count = await forget();
      sum += count;
      if (count < BATCH) break;
    }
    return sum;
  };
  return {
    signIns: await byBatch(() => forgetSignIns(sql, before)),
    operationLogs: await byBatch(() => forgetOperationLogs(sql, before)),
    jobRuns: await byBatch(() => forgetJobRuns(sql, before)),
  };
}

async function forgetSignIns(sql: SqlOrTx, before: Date): Promise<number> {
  const { count } = await sql`
    delete from sign_ins s using (
      select o.account_id, o.email, o.at, o.kind from accounts k join sign_ins o on o.account_id = k.id and o.at < ${before}
      where o.kind <> 'SIGN_IN' or o.user_id is null or exists (
        select from sign_ins later where later.user_id = o.user_id and later.kind = 'SIGN_IN' and later.at > o.at
      )
      limit ${BATCH}
    ) old
    where s.account_id = old.account_id and s.email = old.email and s.at = old.at and s.kind = old.kind`;
  return count;
}

async function forgetOperationLogs(sql: SqlOrTx, before: Date): Promise<number> {
  const { count } = await sql`
    delete from operation_logs l using (
      select o.account_id, o.id from accounts k join operation_logs o on o.account_id = k.id and o.at < ${before} limit ${BATCH}
    ) old
    where l.account_id = old.account_id and l.id = old.id`;
  return count;
}

/** The latest run of every task stays: what is due is told by it. */
async function forgetJobRuns(sql: SqlOrTx, before: Date): Promise<number> {
  const { count } = await sql`
    delete from job_runs r using (
      select o.id from job_runs o
      where o.created_at < ${before} and o.finished_at is not null and exists (
        select from job_runs later
        where later.integration_id = o.integration_id and later.task = o.task and later.created_at > o.created_at
      )
      limit ${BATCH}
    ) old
    where r.id = old.id`;
  return count;
}

/** What a run that failed had listed; one that goes on needs it. */
export async function forgetLeftListings(sql: SqlOrTx): Promise<number> {
  const { count } = await sql`
    delete from roster_listings l where not exists (
      select from job_runs r where r.id = l.job_run_id and r.status in ('QUEUED', 'RUNNING')
    )`;
  return count;
}
