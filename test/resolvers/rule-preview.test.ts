import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReclamationRule } from '#src/actions/create-reclamation-rule.ts';
import { judgeRule } from '#src/actions/judge-rule.ts';
import { previewReclamationRule } from '#src/actions/preview-reclamation-rule.ts';
import { updateReclamationRule } from '#src/actions/update-reclamation-rule.ts';
import type { AccountRow, CandidateRow, IntegrationRow, LicenseRow, RuleRow, UserRow } from '#src/db/tables/rows.ts';
import { findCandidates } from '#src/jobs/find-candidates.ts';
import { Job } from '#src/jobs/job.ts';
import { isPaid } from '#src/policy/guard.ts';
import type { CreateReclamationRuleInput, UpdateReclamationRuleInput } from '#src/schema.generated.ts';
import { ADA, done, refusals } from '../support/consent.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';
import { DAY, neverAborted } from '../support/worlds.ts';

let house: House;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;
let first: RuleRow;
let licensed: LicenseRow;
let webinar: LicenseRow;
let excluded: UserRow;
let dismissed: UserRow;
let asked: UserRow;

const ago = (days: number) => new Date(house.clock.now().getTime() - days * DAY);

async function holder(name: string, lastSeenDays: number | null, more: Partial<UserRow> = {}): Promise<UserRow> {
  const { lastActivityAt: _, kind: __, ...given } = more as Partial<UserRow> & { kind?: unknown };
  return rows.holder(licensed, account, {
    email: `${name}@example.com`,
    activeDate: ago(900),
    lastLoginAt: lastSeenDays === null ? null : ago(lastSeenDays),
    ...given,
  });
}

beforeAll(async () => {
  house = await openHouse({ users: 0 });
  rows = rowsIn(house.database);
  server = await startServer(house.database, { deps: { now: () => house.clock.now() } });
  await buildWorld();
}, 60_000);
afterAll(async () => {
  await server?.close();
  await house?.close();
});

async function buildWorld(): Promise<void> {
  const { sql } = house.database;
  integration = await connectedIntegration(house);
  account = (await house.database.db.query.accounts.findFirst())!;
  first = (await house.database.db.query.reclamationRules.findFirst())!;
  licensed = await rows.license(account, { uniqueId: 'LICENSED', userType: 'LICENSED' });
  webinar = await rows.license(account, { uniqueId: 'WEBINAR_500', category: 'ADD_ON', userType: null });
  await rows.entitlement(licensed, { cost: '100', currency: 'EUR', paymentFrequency: 'ANNUALLY' });
  await sql`update accounts set is_roster_complete = true, roster_complete_at = ${ago(0)}, activity_known_from = ${ago(200)},
    activity_known_until = ${ago(0)}`;
  await rows.account(integration, { name: 'Not read yet', isRosterComplete: false });
  const sales = { department: 'Sales' };
  const idle = await holder('idle', 100, sales);
  const hosting = await holder('hosting', 100, { lastMeetingHostedAt: ago(40) });
  await rows.assign(webinar, [idle, hosting]);
  await holder('never', null);
  await holder('admin', 100, { ...sales, roleId: '1' });
  await holder('ahead', 100, { nextEventAt: ago(-3), status: 'PENDING' });
  await holder('room', 100, { isRoom: true });
  await holder('off', 100, { status: 'INACTIVE' });
  await holder('here', 1, sales);
  await holder('gone', 10);
  const busy = await rows.users(
    account,
    Array.from({ length: 9 }, (_, number) => ({
      email: `busy-${number}@example.com`,
      activeDate: ago(900),
      lastLoginAt: ago(2),
      roleId: '2',
    })),
  );
  await rows.assign(licensed, busy);
  excluded = await holder('excluded', 100);
  await rows.exclusion({ userId: excluded.id });
  dismissed = await holder('dismissed', 100);
  asked = await holder('asked', 100);
  await sql`insert into offboardings (id, integration_id, email, left_at, source, reported_by, reported_at)
    values ('off_1', ${integration.id}, 'gone@example.com', ${ago(5)}, 'HR', 'test', ${ago(4)})`;
}

/** Back to one rule, as it came, and two candidates. */
beforeEach(async () => {
  const { sql } = house.database;
  await sql`delete from reclamation_rules where id <> ${first.id}`;
  await sql`update reclamation_rules set condition = null, priority = 0, signs = null, action = 'DOWNGRADE',
    inactivity_threshold_days = 60, enabled = true`;
  await sql`truncate reclamation_candidates, candidate_events`;
  await rows.candidate(dismissed, licensed, first, { closedAt: ago(1), dismissedAt: ago(1), status: 'CLOSED_SKIPPED' });
  await rows.candidate(asked, licensed, first, { status: 'AWAITING_USER' });
});

const find = async () =>
  findCandidates(
    new Job(house.deps, integration, await rows.jobRun(integration, { task: 'RECLAMATION' }), neverAborted()),
  );

/** What a preview and a finding have in common. */
const inCommon = (found: Omit<Partial<CandidateRow>, 'notBefore'> & { notBefore?: Date | string | null }) => ({
  userId: found.userId,
  licenseId: found.licenseId,
  action: found.action,
  reason: found.reason,
  status: found.status,
  inactiveDays: found.inactiveDays,
  lastActivityAt: found.lastActivityAt,
  evidence: found.evidence,
  blockers: found.blockers,
  savings: found.savingsAmount == null ? null : `${Number(found.savingsAmount)} ${found.savingsCurrency}`,
  notBefore: found.notBefore == null ? null : new Date(found.notBefore).toISOString(),
});

async function foundBy(ruleId: string) {
  const all = await house.database.db.query.reclamationCandidates.findMany();
  const own = all.filter(
    (one) => one.ruleId === ruleId && (one.status === 'READY' || one.status === 'ATTENTION_REQUIRED'),
  );
  return own.map(inCommon).sort((a, b) => (`${a.userId} ${a.licenseId}` < `${b.userId} ${b.licenseId}` ? -1 : 1));
}

async function preview(input: { create: Omit<CreateReclamationRuleInput, 'integrationId'> } | { update: object }) {
  const previewed =
    'create' in input
      ? { create: { integrationId: integration.id, ...input.create } }
      : { update: { ruleId: first.id, ...input.update } };
  const { preview } = done(await previewReclamationRule(house.deps, previewed));
  const own = preview.matches.filter(({ outcome }) => outcome === 'READY' || outcome === 'BLOCKED');
  return { ...preview, found: own.map((match) => inCommon(match)) };
}

describe('what is previewed is what is found once it is saved', () => {
  it.each<[string, Partial<CreateReclamationRuleInput>, number]>([
    ['everybody, after the rule that there is', {}, 0],
    ['everybody, before it', { priority: 1 }, 6],
    ['those who left', { priority: 1, inactivityThresholdDays: 150 }, 2],
    ['a longer time than is known', { priority: 1, inactivityThresholdDays: 300 }, 1],
    ['more by fewer days', { inactivityThresholdDays: 30 }, 1],
    ['a department', { condition: { departments: ['Sales'] }, action: 'DEACTIVATE' }, 2],
    ['never active only', { condition: { neverActiveOnly: true } }, 1],
    ['created before', { priority: 1, condition: { createdBefore: new Date('2001-01-01') } }, 0],
    ['other signs', { priority: 1, signs: ['MEETING_HOSTED'] }, 16],
    ['a sign that was never read', { priority: 1, signs: ['CLOUD_RECORDED'] }, 1],
    ['an add-on', { appliesTo: 'WEBINAR_500', action: 'REMOVE_ADD_ON' }, 2],
    ['a license, after the more specific', { appliesTo: 'LICENSED', priority: -1 }, 0],
    ['a license, before all', { appliesTo: 'LICENSED' }, 6],
  ])('a new rule: %s', async (name, input, expected) => {
    const before = await preview({ create: { name, ...input } });
    const { rule } = done(
      await createReclamationRule(house.deps, ADA, {
        integrationId: integration.id,
        name,
        confirmBroad: true,
        ...input,
      }),
    );
    await find();
    expect(before.found).toEqual(await foundBy(rule.id));
    expect(before.found).toHaveLength(expected);
    // It looks the same as a rule that there is.
    const after = done(await previewReclamationRule(house.deps, { update: { ruleId: rule.id } })).preview;
    expect(after.matches.map(({ outcome }) => outcome)).toEqual(before.matches.map(({ outcome }) => outcome));
  });

  it.each<[string, Omit<UpdateReclamationRuleInput, 'ruleId'>, number]>([
    ['as it is', {}, 6],
    ['fewer days', { inactivityThresholdDays: 1 }, 8],
    ['a department', { condition: { departments: ['Sales'] } }, 2],
    ['goes after another one', { priority: -5 }, 4],
    ['another action', { action: 'DEACTIVATE' }, 6],
    ['other signs', { signs: ['SIGNED_IN'] }, 7],
  ])('a changed rule: %s', async (_, input, expected) => {
    await rows.rule(integration, { condition: { departments: ['Sales'] }, priority: -1 });
    await find();
    const before = await preview({ update: input });
    done(await updateReclamationRule(house.deps, ADA, { ruleId: first.id, confirmBroad: true, ...input }));
    await find();
    expect(before.found).toEqual(await foundBy(first.id));
    expect(before.found).toHaveLength(expected);
  });
});

const QUERY = `query ($create: CreateReclamationRuleInput, $update: UpdateReclamationRuleInput, $outcome: RuleOutcome, $first: Int, $after: String) {
  previewReclamationRule(create: $create, update: $update) { userErrors { code field } preview {
    users outcomes { outcome licenses users } blockedBy { code licenses } annualCost { amount currency } withoutCost
    paidUsers foundPaidUsers shareOfPaidUsers broad notes
    matches(outcome: $outcome, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes {
      outcome reason inactiveDays lastActivityAt user { email } license { uniqueId } annualCost { amount }
      evidence { countedSigns } blockers { code } takenBy { id } exclusions { reason }
    } } } } }`;
const ask = async (variables: Record<string, unknown>, scopes?: readonly string[]) => {
  const { data, errors } = await server.ask(QUERY, variables, scopes && { scopes });
  expect(errors).toBeUndefined();
  return data.previewReclamationRule;
};
const create = (input: Omit<CreateReclamationRuleInput, 'integrationId'>) => ({
  create: { integrationId: integration.id, ...input },
});

/** Everything that a preview could have written. */
const written = async () =>
  house.database.sql`
    select (select count(*) from reclamation_rules) rules, (select count(*) from reclamation_candidates) candidates,
      (select count(*) from candidate_events) events, (select count(*) from audit_events) audit, (select count(*) from job_runs) runs`;

describe('a preview', () => {
  it('says what becomes of each, what they cost, and what is missing, and writes nothing', async () => {
    const before = await written();
    const { preview, userErrors } = await ask(create({ name: 'All', priority: 1 }), ['zoom:read']);
    expect(userErrors).toEqual([]);
    expect(Object.fromEntries(preview.outcomes.map((one: any) => [one.outcome, [one.licenses, one.users]]))).toEqual({
      READY: [4, 4],
      BLOCKED: [2, 2],
      EXCLUDED: [1, 1],
      LEFT_ALONE: [1, 1],
      UNDERWAY: [1, 1],
      OTHER_RULE: [0, 0],
    });
    expect(preview).toMatchObject({
      users: 9,
      blockedBy: [
        { code: 'ADMIN', licenses: 1 },
        { code: 'PENDING_USER', licenses: 1 },
        { code: 'UPCOMING_MEETING', licenses: 1 },
      ],
      annualCost: [{ amount: '600.00', currency: 'EUR' }],
      withoutCost: 0,
      // Of 21 with a license one is deactivated; of the nine one is excluded and one is that one.
      paidUsers: 20,
      foundPaidUsers: 7,
      shareOfPaidUsers: 0.35,
      broad: false,
      notes: ['Not read yet: The roster is not complete, so nobody was made a candidate. Sync again.'],
    });
    const byName = Object.fromEntries(preview.matches.nodes.map((node: any) => [node.user.email.split('@')[0], node]));
    expect(byName['admin']).toMatchObject({ outcome: 'BLOCKED', blockers: [{ code: 'ADMIN' }], reason: 'INACTIVE' });
    expect(byName['never']).toMatchObject({ reason: 'NEVER_ACTIVE', lastActivityAt: null, inactiveDays: 900 });
    expect(byName['excluded']).toMatchObject({ outcome: 'EXCLUDED', exclusions: [{ reason: 'On leave' }] });
    expect(byName['gone']).toMatchObject({ outcome: 'READY', reason: 'OFFBOARDED', takenBy: null });
    expect(await written()).toEqual(before);
  });

  it('names the rule that goes first, and pages', async () => {
    const variables = create({ name: 'All', priority: -1, appliesTo: 'LICENSED', enabled: false });
    const one = (await ask({ ...variables, outcome: 'OTHER_RULE', first: 4 })).preview;
    expect(one.notes).toContain('The rule is switched off: nobody becomes a candidate before it is switched on.');
    expect(one.matches).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: true } });
    expect(one.matches.nodes.map(({ takenBy }: any) => takenBy.id)).toEqual(Array(4).fill(first.id));
    const { endCursor } = one.matches.pageInfo;
    const two = (await ask({ ...variables, outcome: 'OTHER_RULE', first: 4, after: endCursor })).preview;
    expect(two.matches.nodes).toHaveLength(2);
    // A cursor of one list fits no other.
    const { errors } = await server.ask(QUERY, { ...variables, after: endCursor });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it.each<[string, () => Record<string, unknown>, object[]]>([
    ['neither', () => ({}), [{ code: 'INVALID', field: null }]],
    ['both', () => ({ ...create({ name: 'All' }), update: { ruleId: first.id } }), [{ code: 'INVALID', field: null }]],
    [
      'what could not be saved',
      () => create({ name: '', condition: { departments: [] } }),
      [
        { code: 'INVALID', field: ['create', 'condition', 'departments'] },
        { code: 'INVALID', field: ['create', 'name'] },
      ],
    ],
    [
      'an unknown rule',
      () => ({ update: { ruleId: 'rul_none' } }),
      [{ code: 'NOT_FOUND', field: ['update', 'ruleId'] }],
    ],
    [
      'an unknown integration',
      () => ({ create: { integrationId: 'int_none', name: 'All' } }),
      [{ code: 'NOT_FOUND', field: ['create', 'integrationId'] }],
    ],
  ])('of %s is refused', async (_, variables, errors) => {
    expect(await ask(variables())).toEqual({ preview: null, userErrors: errors });
  });

  it('costs as many statements for many as for few', async () => {
    const count = async (input: Partial<CreateReclamationRuleInput>) =>
      (await statementsOf(house.database, () => ask(create({ name: 'All', priority: 1, ...input })))).statements.length;
    const few = await count({ condition: { departments: ['Sales'] } });
    expect(await count({ signs: ['MEETING_HOSTED'] })).toBe(few);
  });

  it('says the same of however many users it looks at at once', async () => {
    const judged = await judgeRule(house.deps, integration, first);
    expect(judged.matches.length).toBeGreaterThan(3);
    for (const atOnce of [1, 2, 5]) expect(await judgeRule(house.deps, integration, first, atOnce)).toEqual(judged);
  });
});

describe('a rule that finds over half of the paid users', () => {
  const broad = { name: 'All', priority: 1, signs: ['MEETING_HOSTED'] as const };
  const save = (more: Partial<CreateReclamationRuleInput> = {}) =>
    createReclamationRule(house.deps, ADA, {
      integrationId: integration.id,
      ...broad,
      signs: [...broad.signs],
      ...more,
    });
  const change = (rule: RuleRow, more: object) => updateReclamationRule(house.deps, ADA, { ruleId: rule.id, ...more });
  const refused = ['TOO_BROAD confirmBroad'];

  it('is told in the preview, and only saved when it is meant so, or switched off', async () => {
    const { preview } = await ask(create({ ...broad, signs: [...broad.signs] }));
    expect(preview).toMatchObject({ broad: true, foundPaidUsers: 17, paidUsers: 20 });
    expect(preview.notes.join()).toMatch(/finds 17 of 20 paid users.*confirmBroad/);
    expect(refusals(await save())).toEqual(refused);
    expect(await house.database.sql`select from reclamation_rules`).toHaveLength(1);
    const off = done(await save({ enabled: false })).rule;
    expect(refusals(await change(off, { enabled: true }))).toEqual(refused);
    done(await change(off, { enabled: true, confirmBroad: true }));
    const [event] = await house.database.sql<
      { details: object }[]
    >`select details from audit_events order by seq desc limit 1`;
    expect(event?.details).toMatchObject({ confirmBroad: true });
    // What decides about nobody is not asked for again; what they lose is.
    done(await change(off, { name: 'Everybody' }));
    expect(refusals(await change(off, { action: 'DEACTIVATE' }))).toEqual(refused);
    done(await change(off, { condition: { departments: ['Sales'] } }));
    expect(refusals(await change(off, { condition: null }))).toEqual(refused);
  });

  it('counts each paid user once, and nobody who is excluded', async () => {
    const people = await house.database.db.query.users.findMany();
    const { preview } = await ask(create({ ...broad, signs: [...broad.signs] }));
    expect(preview.paidUsers).toBe(people.filter(isPaid).length);
    await rows.exclusion({ department: 'Sales' });
    const without = (await ask(create({ ...broad, signs: [...broad.signs] }))).preview;
    expect(without.foundPaidUsers).toBe(preview.foundPaidUsers - 3);
    await house.database.sql`delete from exclusions where department is not null`;
  });
});
