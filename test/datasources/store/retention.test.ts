import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { forgetHistory, forgetLeftListings } from '#src/datasources/store/retention.ts';
import { isTimeToForget } from '#src/policy/timetable.ts';
import { testDatabase } from '../../support/database.ts';

const BEFORE = new Date('2026-06-01T00:00:00Z');
const OLD = '2026-05-01T00:00:00Z';
const OLDER = '2026-04-01T00:00:00Z';
const RECENT = '2026-07-01T00:00:00Z';
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  const { sql } = database;
  await sql`insert into accounts (id, integration_id, zoom_account_id, name, tier) values ('acc', 'int', 'z', 'A', 'REGULAR')`;
  const signIns = [
    ['gone-quiet', OLDER, 'SIGN_IN'],
    ['gone-quiet', OLD, 'SIGN_IN'],
    ['gone-quiet', OLD, 'SIGN_OUT'],
    ['busy', OLD, 'SIGN_IN'],
    ['busy', RECENT, 'SIGN_IN'],
    [null, OLD, 'SIGN_IN'],
  ] as const;
  for (const [userId, at, kind] of signIns) {
    await sql`
      insert into sign_ins (account_id, integration_id, email, at, kind, user_id)
      values ('acc', 'int', ${userId ?? 'nobody'}, ${at}, ${kind}, ${userId})`;
  }
  for (const at of [OLD, RECENT])
    await sql`insert into operation_logs (id, account_id, integration_id, at) values (${at}, 'acc', 'int', ${at})`;
  const runs = [
    ['first', 'APPLICATION_ROSTER', OLDER, OLDER, 'FAILED'],
    ['latest', 'APPLICATION_ROSTER', OLD, OLD, 'SUCCEEDED'],
    ['open', 'APPLICATION_ACCESS', OLDER, null, 'RUNNING'],
    ['open too', 'APPLICATION_ACCESS', RECENT, null, 'QUEUED'],
  ] as const;
  for (const [id, task, at, end, status] of runs) {
    await sql`
      insert into job_runs (id, integration_id, task, status, requested_by, created_at, finished_at)
      values (${id}, 'int', ${task}, ${status}, 'timetable', ${at}, ${end})`;
  }
  for (const id of ['first', 'open', 'unknown'])
    await sql`
      insert into roster_listings (job_run_id, account_id, status, emails, finished_at) values (${id}, 'acc', 'active', '{}', ${OLD})`;
  await sql`
    insert into report_coverage (account_id, integration_id, report, known_from, known_until)
    values ('acc', 'int', 'SIGN_INS', ${OLDER}, ${RECENT}), ('acc', 'int', 'RECORDINGS', ${OLDER}, ${RECENT})`;
});
afterAll(() => database.close());

it('forgets what is old, and keeps what still proves something', async () => {
  const { sql } = database;
  const listed = await forgetLeftListings(sql);
  const forgotten = await forgetHistory(sql, BEFORE, () => false);
  expect({ ...forgotten, listed }).toEqual({ signIns: 4, operationLogs: 1, jobRuns: 1, listed: 2 });

  // Who has not signed in for long is still known to have been there once.
  expect([...(await sql`select user_id as "userId", at from sign_ins order by at`)]).toEqual([
    { userId: 'gone-quiet', at: new Date(OLD) },
    { userId: 'busy', at: new Date(RECENT) },
  ]);
  expect((await sql`select id from job_runs order by id`).map(({ id }) => id as string)).toEqual([
    'latest',
    'open',
    'open too',
  ]);
  expect((await sql`select job_run_id as id from roster_listings`).map(({ id }) => id as string)).toEqual(['open']);
  // What is no longer there is not called known.
  expect([...(await sql`select report, known_from as "from" from report_coverage order by report`)]).toEqual([
    { report: 'RECORDINGS', from: new Date(OLDER) },
    { report: 'SIGN_INS', from: BEFORE },
  ]);
  expect(await forgetHistory(sql, BEFORE, () => false)).toEqual({ signIns: 0, operationLogs: 0, jobRuns: 0 });
});

it('is done once a day', () => {
  const minutes = Array.from({ length: 1440 }, (_, n) => new Date(Date.UTC(2026, 0, 1, 0, n)));
  expect(minutes.filter(isTimeToForget)).toEqual([new Date('2026-01-01T05:30:00Z')]);
});
