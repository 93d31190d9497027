import { afterAll, beforeAll, expect, it } from 'vitest';
import { learnRateLimitPlan } from '#src/datasources/store/integrations.ts';
import { beginRun, failOpenRuns } from '#src/datasources/store/job-runs.ts';
import { reportCoverage, saveReportCoverage } from '#src/datasources/store/report-coverage.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, IntegrationRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../../support/database.ts';
import { rowsIn } from '../../support/rows.ts';

/** What was read before somebody else wrote does not decide. */

const NOW = new Date('2026-03-02T12:00:00Z');
const day = (n: number) => new Date(Date.UTC(2026, 0, n));
let database: Database;
let integration: IntegrationRow;
let account: AccountRow;

beforeAll(async () => {
  database = await testDatabase();
  const rows = rowsIn(database);
  integration = await rows.integration({ rateLimitPlan: null });
  account = await rows.account(integration);
});
afterAll(() => database?.close());

it('a run that was ended since it was looked up does not begin', async () => {
  const { sql } = database;
  const run = await rowsIn(database).jobRun(integration, { status: 'QUEUED' });
  expect(await beginRun(sql, run.id, NOW)).toBe(true);
  await failOpenRuns(sql, integration.id, 'Disconnected.', NOW);
  expect(await beginRun(sql, run.id, NOW)).toBe(false);
  const [row] = await sql`select status, error, attempts from job_runs where id = ${run.id}`;
  expect(row).toMatchObject({ status: 'FAILED', error: 'Disconnected.', attempts: 1 });
});

it('a plan that somebody has named is not learned over', async () => {
  const { sql } = database;
  const plan = async () => (await sql`select rate_limit_plan as plan from integrations`)[0]!['plan'];
  await learnRateLimitPlan(sql, integration.id, 'BUSINESS', NOW);
  expect(await plan()).toBe('BUSINESS');
  await learnRateLimitPlan(sql, integration.id, 'PRO', NOW);
  expect(await plan()).toBe('BUSINESS');
});

it('days that were forgotten while a report was read are not known again', async () => {
  const { sql } = database;
  const place = { integrationId: integration.id, accountId: account.id };
  const known = async () => (await reportCoverage(sql, account.id)).get('SIGN_INS');
  await saveReportCoverage(sql, place, 'SIGN_INS', { from: day(1), until: day(20) }, null);
  const before = await known();
  await sql`update report_coverage set known_from = ${day(10)}`;
  await saveReportCoverage(sql, place, 'SIGN_INS', { from: day(1), until: day(21) }, before!);
  expect(await known()).toEqual({ from: day(10), until: day(21) });
  // Nothing was forgotten since: what was read anew from an earlier day on is known.
  await saveReportCoverage(sql, place, 'SIGN_INS', { from: day(5), until: day(22) }, (await known())!);
  expect(await known()).toEqual({ from: day(5), until: day(22) });
});
