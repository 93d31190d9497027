import { afterAll, beforeAll, expect, it } from 'vitest';
import { saveCandidates, type FoundCandidate } from '#src/datasources/store/found-candidates.ts';
import { columnsOf } from '#src/datasources/store/writes.ts';
import { reclamationRules } from '#src/db/tables/index.ts';
import type { EvidenceRecord } from '#src/db/tables/reclamations.ts';
import type { IntegrationRow, RuleRow } from '#src/db/tables/rows.ts';
import { findCandidates } from '#src/jobs/find-candidates.ts';
import { Job } from '#src/jobs/job.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { rowsIn } from '../support/rows.ts';
import { statementsOf } from '../support/statements.ts';
import { DAY, neverAborted } from '../support/worlds.ts';

/** A tree of accounts whose users, thrown about, are looked at in ranges of their ids. */

const ACCOUNTS = 4;
const USERS = 60;
let house: House;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({ users: 0 });
  const { sql } = house.database;
  integration = await connectedIntegration(house);
  const rows = rowsIn(house.database);
  const ago = (days: number) => new Date(house.clock.now().getTime() - days * DAY);
  for (let n = 1; n < ACCOUNTS; n += 1) await rows.account(integration, { zoomAccountId: `sub-${n}`, tier: 'SUB' });
  const accounts = await house.database.db.query.accounts.findMany();
  await sql`update integrations set kind = 'TIERED'`;
  await sql`update accounts set is_roster_complete = true, roster_complete_at = ${ago(0)}, activity_known_from = ${ago(200)}, activity_known_until = ${ago(0)}`;
  for (const [place, account] of accounts.entries()) {
    const license = await rows.license(account, { uniqueId: 'LICENSED', userType: 'LICENSED' });
    for (let n = 0; n < USERS / ACCOUNTS; n += 1) {
      await rows.holder(license, account, {
        email: `${place}-${n}@example.com`,
        activeDate: ago(900),
        lastLoginAt: ago(n % 3 === 0 ? 10 : 100 + n),
      });
    }
  }
}, 60_000);
afterAll(() => house?.close());

async function find(range?: number) {
  const run = await rowsIn(house.database).jobRun(integration, { task: 'RECLAMATION' });
  const job = new Job(house.deps, integration, run, neverAborted());
  return statementsOf(house.database, () => findCandidates(job, range));
}
const found = () => house.database.sql`
  select user_id, license_id, rule_id, action, status, inactive_days, evidence, xmin::text from reclamation_candidates
  where closed_at is null order by user_id`;
const finders = (statements: string[]) => statements.filter((text) => text.includes('found as')).length;

it('finds the same in one range and in many, all accounts of a tree at once, and writes nothing when nothing is new', async () => {
  const { result, statements } = await find();
  expect(result).toEqual({ status: 'SUCCEEDED', note: null });
  expect(finders(statements)).toBe(1);
  const whole = await found();
  expect(whole).toHaveLength((USERS / 3) * 2);
  expect(statements.filter((text) => text.includes('closed as')).length).toBeLessThan(3);

  const again = await find(7);
  expect(finders(again.statements)).toBe(Math.floor(USERS / 7) + 1);
  // The very rows: not one was written again.
  expect(await found()).toEqual(whole);

  await house.database.sql`delete from reclamation_candidates`;
  await find(7);
  const without = (rows: Awaited<ReturnType<typeof found>>) => rows.map(({ xmin: _, ...row }) => row);
  expect(without(await found())).toEqual(without(whole));
});

it('begins none by a rule that is off or does something else since it was read, nor where one was closed since', async () => {
  const { sql } = house.database;
  const [one] = await sql<{ userId: string; licenseId: string; ruleId: string; evidence: EvidenceRecord }[]>`
    select user_id as "userId", license_id as "licenseId", rule_id as "ruleId", evidence from reclamation_candidates limit 1`;
  await sql`delete from reclamation_candidates`;
  const person: FoundCandidate = {
    ...one!,
    ...{ otherRuleIds: [], action: 'DOWNGRADE', reason: 'INACTIVE', status: 'READY', inactiveDays: 100 },
    ...{ lastActivityAt: null, blockers: [], savingsAmount: null, savingsCurrency: null, notBefore: null },
    wasOpen: false,
  };
  const rules = await sql<RuleRow[]>`
    select ${sql.unsafe(columnsOf(reclamationRules))} from reclamation_rules`;
  const save = (more: Partial<FoundCandidate> = {}) =>
    saveCandidates(sql, integration.id, { found: [{ ...person, ...more }], rules }, house.clock.now());
  await sql`update reclamation_rules set enabled = false where id = ${one!.ruleId}`;
  expect([await save(), await found()]).toEqual([{ created: 0 }, []]);
  for (const change of [sql`action = 'DEACTIVATE'`, sql`inactivity_threshold_days = 200`, sql`signs = '{SIGN_IN}'`]) {
    await sql`update reclamation_rules set enabled = true, ${change} where id = ${one!.ruleId}`;
    expect([await save(), await found()]).toEqual([{ created: 0 }, []]);
    await sql`
      update reclamation_rules r set action = 'DOWNGRADE', inactivity_threshold_days = before.days, signs = before.signs
      from (values (${rules[0]!.inactivityThresholdDays}::int, ${rules[0]!.signs}::text[])) before(days, signs)
      where r.id = ${one!.ruleId}`;
  }
  // It was open when it was looked at: whoever has closed it meanwhile wants it to be closed.
  expect([await save({ wasOpen: true }), await found()]).toEqual([{ created: 0 }, []]);
  expect(await save()).toEqual({ created: 1 });
  // Nor is what is open given the action that the rule had.
  await sql`update reclamation_rules set action = 'DEACTIVATE' where id = ${one!.ruleId}`;
  expect([await save({ wasOpen: true, inactiveDays: 300 }), await found()]).toMatchObject([
    { created: 0 },
    [{ inactive_days: 100 }],
  ]);
  await sql`update reclamation_rules set action = 'DOWNGRADE' where id = ${one!.ruleId}`;
  await find();
});

it('closes what no longer holds in every account that is proven, and leaves the others alone', async () => {
  const { sql } = house.database;
  const [, unproven] = await sql<{ id: string }[]>`select id from accounts order by id`;
  await sql`update integrations set kind = 'TIERED'`;
  await sql`update accounts set is_roster_complete = false, roster_problem = 'A page is missing.' where id = ${unproven!.id}`;
  await sql`update users set last_login_at = ${new Date(house.clock.now().getTime() - DAY)}`;
  await find(7);
  const open = await sql<{ id: string; count: number }[]>`
    select u.account_id as id, count(*)::int as count from reclamation_candidates c join users u on u.id = c.user_id
    where c.closed_at is null group by u.account_id`;
  expect(open).toEqual([{ id: unproven!.id, count: (USERS / ACCOUNTS / 3) * 2 }]);
});
