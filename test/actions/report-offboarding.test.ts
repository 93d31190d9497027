import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountRow, IntegrationRow, LicenseRow, UserRow } from '#src/db/tables/rows.ts';
import { findCandidates } from '#src/jobs/find-candidates.ts';
import { Job } from '#src/jobs/job.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { candidateStatus, DAY, makePaid, neverAborted, openCandidates, syncNow } from '../support/worlds.ts';

let house: House;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;
let licensed: LicenseRow;

beforeAll(async () => {
  house = await openHouse({ users: 0, rateLimits: false, limiter: UNLIMITED });
  rows = rowsIn(house.database);
  server = await startServer(house.database, {
    deps: { now: house.deps.now, queue: house.deps.queue, zoom: house.deps.zoom },
  });
}, 60_000);
afterAll(async () => {
  await server?.app.close();
  await house?.close();
});

const ago = (days: number) => new Date(house.clock.now().getTime() - days * DAY);

beforeEach(async () => {
  const { sql } = house.database;
  await sql`truncate integrations, accounts, users, licenses, license_assignments, reclamation_rules, reclamation_candidates,
    candidate_events, exclusions, entitlements, groups, job_runs, grants, offboardings, reclamations,
    reclamation_items`;
  integration = await connectedIntegration(house);
  account = (await house.database.db.query.accounts.findFirst())!;
  licensed = await rows.license(account, { uniqueId: 'LICENSED', userType: 'LICENSED' });
  await sql`
    update accounts set is_roster_complete = true, roster_complete_at = ${ago(0)}, activity_known_from = ${ago(64)},
      activity_known_until = ${ago(0)}`;
  house.woken.syncs.length = 0;
});

/** Somebody with a license, last seen so many days ago. */
async function holder(name: string, lastSeenDays: number, more: Partial<UserRow> = {}): Promise<UserRow> {
  const { lastActivityAt: _, ...given } = more;
  return rows.holder(licensed, account, {
    email: `${name}@example.com`,
    activeDate: ago(900),
    lastLoginAt: ago(lastSeenDays),
    ...given,
  });
}

const REPORT = `mutation ($input: ReportOffboardingInput!) { reportOffboarding(input: $input) {
  offboardings { email leftAt source reportedBy } notOnRoster jobRun { task status } userErrors { code message field } } }`;

async function report(people: { email: string; leftAt?: Date; source?: string }[], as = {}) {
  const { data, errors } = await server.ask(REPORT, { input: { integrationId: integration.id, people } }, as);
  expect(errors).toBeUndefined();
  return data.reportOffboarding as {
    offboardings: any[];
    notOnRoster: string[];
    jobRun: unknown;
    userErrors: { code: string; message: string; field: string[] | null }[];
  };
}

async function withdraw(emails: string[]) {
  const { data, errors } = await server.ask(
    `mutation ($input: WithdrawOffboardingInput!) { withdrawOffboarding(input: $input) {
      offboardings { email } userErrors { code field } } }`,
    { input: { integrationId: integration.id, emails } },
  );
  expect(errors).toBeUndefined();
  return data.withdrawOffboarding;
}

async function find(patch: Partial<IntegrationRow> = {}) {
  const run = await rows.jobRun(integration, { task: 'RECLAMATION' });
  return findCandidates(new Job(house.deps, { ...integration, ...patch }, run, neverAborted()));
}

describe('who has left', () => {
  it('is found at once, however lately they were there, and others are not', async () => {
    await holder('leaver', 1);
    await holder('colleague', 1);
    const answer = await report([{ email: 'Leaver@Example.com', leftAt: ago(1), source: 'Workday' }]);
    expect(answer).toEqual({
      offboardings: [
        { email: 'leaver@example.com', leftAt: expect.any(String), source: 'Workday', reportedBy: 'tester' },
      ],
      notOnRoster: [],
      jobRun: { task: 'RECLAMATION', status: 'QUEUED' },
      userErrors: [],
    });
    expect(house.woken.syncs).toEqual([integration.id]);
    await find();
    expect(await openCandidates(house)).toMatchObject({
      leaver: { status: 'READY', reason: 'OFFBOARDED', inactiveDays: 1, codes: [] },
    });
    expect(Object.keys(await openCandidates(house))).toEqual(['leaver']);
    // And stays found.
    await find();
    expect(await candidateStatus(house, 'leaver')).toBe('READY');
  });

  it('is looked for by the run that was queued, without asking Zoom', async () => {
    await holder('leaver', 1);
    await report([{ email: 'leaver@example.com' }]);
    const calls = house.sandbox.calls.length;
    await runSync(house.deps, integration.id, neverAborted());
    expect(Object.keys(await openCandidates(house))).toEqual(['leaver']);
    expect(house.sandbox.calls).toHaveLength(calls);
  });

  it('is shown on the user, with who says so', async () => {
    await holder('leaver', 1);
    await holder('colleague', 1);
    await report([{ email: 'leaver@example.com', leftAt: new Date('2026-03-31T00:00:00Z'), source: 'Workday' }]);
    const query = '{ users(orderBy: [{ field: EMAIL }]) { nodes { offboardedAt offboarding { source reportedBy } } } }';
    const { result, statements } = await statementsOf(house.database, () => server.ask(query));
    expect(result.data.users.nodes).toEqual([
      { offboardedAt: null, offboarding: null },
      { offboardedAt: '2026-03-31T00:00:00.000Z', offboarding: { source: 'Workday', reportedBy: 'tester' } },
    ]);
    expect(statements.filter((text) => text.includes('offboardings'))).toHaveLength(1);
  });

  it('has everything against them that others have', async () => {
    await holder('owner', 1, { roleId: '0' });
    await holder('host', 1, { nextEventAt: ago(-1) });
    await holder('excluded', 1);
    await holder('robot', 1, { loginTypes: [99] });
    await holder('free', 1, { type: 'BASIC', typeCode: 1 });
    await rows.exclusion({ integrationId: integration.id, emailPattern: 'excluded@*' });
    await report(['owner', 'host', 'excluded', 'robot', 'free'].map((name) => ({ email: `${name}@example.com` })));
    await find();
    expect(await openCandidates(house)).toMatchObject({
      owner: { status: 'ATTENTION_REQUIRED', codes: ['OWNER'] },
      host: { status: 'ATTENTION_REQUIRED', codes: ['UPCOMING_MEETING'] },
    });
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['host', 'owner']);
  });

  it('is found where activity does not prove anything, and then waits for it to be read', async () => {
    await holder('leaver', 1);
    await holder('idle', 200);
    await house.database.sql`update accounts set activity_known_until = ${ago(5)}`;
    await report([{ email: 'leaver@example.com' }]);
    expect(await find()).toMatchObject({ status: 'INCOMPLETE' });
    expect(await openCandidates(house)).toEqual({
      leaver: expect.objectContaining({ status: 'ATTENTION_REQUIRED', codes: ['STALE_DATA'] }),
    });
    await house.database.sql`update accounts set is_roster_complete = false`;
    await holder('other', 1);
    await report([{ email: 'other@example.com' }]);
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['leaver']);
  });

  it('is not found before their day', async () => {
    await holder('leaver', 1);
    await report([{ email: 'leaver@example.com', leftAt: ago(-3) }]);
    await find();
    expect(await openCandidates(house)).toEqual({});
    await house.database.sql`update offboardings set left_at = ${ago(0)}`;
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['leaver']);
  });

  it('is to be asked about when they were there after they are said to have left', async () => {
    await holder('ghost', 5);
    // Gone for as long as the rule asks, whatever HR says of the day.
    await holder('idle', 100);
    await report(['ghost', 'idle'].map((name) => ({ email: `${name}@example.com`, leftAt: ago(300) })));
    await find();
    expect(await openCandidates(house)).toMatchObject({
      ghost: { status: 'ATTENTION_REQUIRED', reason: 'OFFBOARDED', codes: ['ACTIVE_AGAIN'] },
      idle: { status: 'READY', reason: 'INACTIVE' },
    });
    await report([{ email: 'ghost@example.com', leftAt: ago(4) }]);
    await find();
    expect(await openCandidates(house)).toMatchObject({ ghost: { status: 'READY', codes: [] } });
  });

  it('is found again after a dismissal only when HR says it anew', async () => {
    const leaver = await holder('leaver', 1);
    const people = [{ email: leaver.email, leftAt: ago(1) }];
    await report(people);
    await find();
    const [candidate] = await house.database.sql<{ id: string }[]>`select id from reclamation_candidates`;
    await server.ask(
      'mutation ($input: DismissCandidatesInput!) { dismissCandidates(input: $input) { userErrors { code } } }',
      { input: { candidateIds: [candidate!.id] } },
    );
    expect(await report(people)).toMatchObject({ jobRun: null });
    await find();
    expect(await openCandidates(house)).toEqual({});
    house.clock.advance(1000);
    await report([{ email: leaver.email, source: 'SAP' }]);
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['leaver']);
  });
});

describe('who is back', () => {
  it('is no candidate any more, at once, unless the rule finds them', async () => {
    await holder('leaver', 1);
    await holder('idle', 100);
    await report(['leaver', 'idle'].map((name) => ({ email: `${name}@example.com`, leftAt: ago(1) })));
    await find();
    expect(await withdraw(['LEAVER@example.com', 'idle@example.com', 'nobody@example.com'])).toMatchObject({
      offboardings: expect.arrayContaining([{ email: 'leaver@example.com' }, { email: 'idle@example.com' }]),
      userErrors: [],
    });
    expect(await openCandidates(house)).toEqual({});
    expect(await candidateStatus(house, 'leaver')).toBe('CLOSED_SKIPPED');
    await find();
    expect(await openCandidates(house)).toMatchObject({ idle: { reason: 'INACTIVE', status: 'READY' } });
    expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
    expect(await withdraw(['leaver@example.com'])).toEqual({ offboardings: [], userErrors: [] });
  });

  it('is no candidate any more where only the next finding could notice', async () => {
    await holder('leaver', 1);
    await report([{ email: 'leaver@example.com' }]);
    await find();
    await house.database.sql`update offboardings set withdrawn_at = now()`;
    await find();
    expect(await openCandidates(house)).toEqual({});
    const [last] = await house.database.sql<{ note: string }[]>`select note from candidate_events order by seq desc`;
    expect(last!.note).toBe('No longer reported as having left');
  });
});

describe('what is reported', () => {
  it('is kept once, however often it is said, and told in the audit trail', async () => {
    await holder('leaver', 1);
    const people = [
      { email: 'leaver@example.com', source: 'Workday' },
      { email: 'stranger@example.com', leftAt: ago(2), source: 'Workday' },
    ];
    const first = await report(people);
    expect(first.notOnRoster).toEqual(['stranger@example.com']);
    house.clock.advance(60_000);
    expect(await report(people)).toEqual({ ...first, jobRun: null });
    expect(house.woken.syncs).toHaveLength(1);
    const events = await house.database.sql`
      select action, actor, details from audit_events where integration_id = ${integration.id} order by seq`;
    expect(events.map(({ action, actor }) => ({ action, actor }))).toEqual([
      { action: 'offboarding.reported', actor: 'tester' },
      { action: 'offboarding.reported', actor: 'tester' },
    ]);
    expect(JSON.stringify(events)).not.toContain('@example.com');
    await withdraw(['leaver@example.com']);
    const [event] = await house.database.sql`
      select action from audit_events where integration_id = ${integration.id} order by seq desc`;
    expect(event).toEqual({ action: 'offboarding.withdrawn' });
  });

  it('costs as many statements for 1,000 people as for one', async () => {
    const named = (count: number, of: string) =>
      Array.from({ length: count }, (_, n) => ({ email: `${of}${n}@example.com`, source: 'Workday' }));
    const one = await statementsOf(house.database, () => report(named(1, 'one')));
    const many = await statementsOf(house.database, () => report(named(1000, 'many')));
    expect(many.result.offboardings).toHaveLength(1000);
    expect(many.result.offboardings[999].email).toBe('many999@example.com');
    expect(many.statements).toHaveLength(one.statements.length);
  });

  it('is refused as a whole, with every mistake', async () => {
    const answer = await report([
      { email: 'no address' },
      { email: 'a@example.com', leftAt: ago(-400) },
      { email: 'b@example.com', source: ' ' },
      { email: 'B@example.com' },
    ]);
    expect(answer.userErrors.map(({ code, field }) => [code, field!.join('.')])).toEqual([
      ['INVALID', 'input.people.0.email'],
      ['INVALID', 'input.people.1.leftAt'],
      ['INVALID', 'input.people.2.source'],
      ['INVALID', 'input.people.3.email'],
    ]);
    expect((await report([])).userErrors).toHaveLength(1);
    expect(await house.database.sql`select from offboardings`).toHaveLength(0);
    integration = { ...integration, id: 'int_unknown' };
    expect((await report([{ email: 'a@example.com' }])).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await withdraw([])).toMatchObject({ userErrors: [{ code: 'INVALID' }] });
    expect(await withdraw(['a@example.com'])).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('needs zoom:operate', async () => {
    const input = { integrationId: integration.id, people: [{ email: 'a@example.com' }] };
    const { errors } = await server.ask(REPORT, { input }, { scopes: ['zoom:read'] });
    expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
  });
});

describe('taking it back from who has left', () => {
  it('stops right before the write when they are back', async () => {
    await house.database
      .sql`truncate integrations, accounts, users, licenses, license_assignments, reclamation_rules, grants`;
    const names = ['gone', 'back'];
    for (const name of names) makePaid(house.sandbox.world, name, 10);
    integration = await connectedIntegration(house);
    await syncNow(house, integration);
    await report(names.map((name) => ({ email: `${name}@example.com`, leftAt: ago(9), source: 'Workday' })));
    await find();
    expect(await openCandidates(house)).toMatchObject({
      gone: { status: 'READY', reason: 'OFFBOARDED' },
      back: { status: 'READY', reason: 'OFFBOARDED' },
    });
    const ids = await house.database.sql<
      { id: string }[]
    >`select id from reclamation_candidates where closed_at is null`;
    const { data } = await server.ask(
      'mutation ($input: ReclaimInput!) { reclaim(input: $input) { reclamation { id } userErrors { code message } } }',
      { input: { candidateIds: ids.map(({ id }) => id) } },
    );
    expect(data.reclaim.userErrors).toEqual([]);
    await withdraw(['back@example.com']);
    await runReclamation(house.deps, data.reclaim.reclamation.id, neverAborted());
    const { usersByEmail } = house.sandbox.world.regular;
    expect(usersByEmail.get('gone@example.com')?.type).toBe(1);
    expect(usersByEmail.get('back@example.com')?.type).toBe(2);
    expect(await openCandidates(house)).toMatchObject({
      back: { status: 'ATTENTION_REQUIRED', codes: ['BACK_AGAIN'] },
    });
    await find();
    expect(await openCandidates(house)).toEqual({});
    // Nor is it planned once it was taken back.
    await report([{ email: 'back@example.com', leftAt: ago(9) }]);
    await find();
    const [again] = await house.database.sql<
      { id: string }[]
    >`select id from reclamation_candidates where closed_at is null`;
    await house.database.sql`update offboardings set withdrawn_at = now()`;
    const refused = await server.ask(
      'mutation ($input: ReclaimInput!) { reclaim(input: $input) { userErrors { code message } } }',
      { input: { candidateIds: [again!.id] } },
    );
    expect(refused.data.reclaim.userErrors[0]).toMatchObject({
      code: 'BLOCKED',
      message: expect.stringContaining('no longer reported'),
    });
  });
});
