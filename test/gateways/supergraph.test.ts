import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readPeople, type Person } from '../../examples/supergraph/hr/subgraph.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { subscribe } from '../support/events.ts';
import { connectedIntegration, JWT_SECRET, openHouse, type House } from '../support/house.ts';
import { rowsIn } from '../support/rows.ts';
import { token } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { neverAborted, syncNow } from '../support/worlds.ts';
import { exampleQuery, GATEWAYS, openPortal, ROUTER_SECRET, type Portal } from './portal.ts';

/** People of a warehouse that the sandbox does not have: so many that a join has to be one. */
const WAREHOUSE = 500;

let house: House;
let portal: Portal;
let integration: IntegrationRow;
/** Of the warehouse; they have no Zoom user. */
let bosses: Person[] = [];
const people = readPeople();
const left = people.filter(({ status }) => status === 'LEFT');

beforeAll(async () => {
  // The account that the demo connects.
  house = await openHouse({
    users: 120,
    seed: 1,
    subAccounts: 0,
    rateLimits: false,
    limiter: UNLIMITED,
    env: { ROUTER_SECRET },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
  const licensed = await house.database.db.query.licenses.findFirst({
    where: (l, { eq }) => eq(l.uniqueId, 'LICENSED'),
  });
  const rows = rowsIn(house.database);
  await rows.entitlement(licensed!, { cost: '159.90', currency: 'USD', paymentFrequency: 'ANNUALLY' });
  portal = await openPortal(house, [...people, ...(await hireWarehouse())]);
}, 120_000);
afterAll(async () => {
  await portal?.close();
  await house?.close();
});
beforeEach(() => {
  portal.asked.length = 0;
});

/** Writes the users of a warehouse, and gives HR's list of them: a boss of 500, and one of 5. */
async function hireWarehouse(): Promise<Person[]> {
  const rows = rowsIn(house.database);
  const account = await rows.account(await rows.integration());
  const license = await rows.license(account, { uniqueId: 'LICENSED' });
  await rows.entitlement(license, { cost: '100', currency: 'EUR', paymentFrequency: 'ANNUALLY' });
  const hired = Array.from({ length: WAREHOUSE + 5 }, (_, n): Person => ({
    number: `W${n}`,
    email: `packer${n}@warehouse.example`,
    name: `Packer ${n}`,
    department: 'Warehouse',
    costCenter: 'CC-300',
    manager: n < WAREHOUSE ? 'BIG' : 'SMALL',
    status: 'EMPLOYED',
    leftAt: null,
  }));
  const users = await rows.users(
    account,
    hired.map(({ email }) => ({ email })),
  );
  await rows.assign(license, users);
  const boss = { ...hired[0]!, manager: 'E1001' };
  bosses = [
    { ...boss, number: 'BIG', email: 'big@warehouse.example' },
    { ...boss, number: 'SMALL', email: 'small@warehouse.example' },
  ];
  return [...hired, ...bosses];
}

const callsFor = (field: string) => portal.asked.filter(({ query }) => query.includes(field));

describe("HR's list", () => {
  it('is about the people of the account that the demo connects', () => {
    const known = new Set([...house.sandbox.world.regular.usersByEmail.keys()]);
    expect(people.filter(({ email }) => !known.has(email)).map(({ name }) => name)).toEqual([
      'Grace Hill',
      'Otto Brandt',
    ]);
    expect(known.has('omar.gupta@northwind.example')).toBe(true);
    expect(left.length).toBeGreaterThan(5);
  });
});

describe('a subscription through Hive Gateway', () => {
  it('brings events of this service, joined with what HR knows, and refuses who may not', async () => {
    const query = `subscription ($id: ID!) {
      candidatesChanged(integrationId: $id) { status user { email employee { name } } }
    }`;
    const rows = rowsIn(house.database);
    const subscribeAs = async (scopes: readonly string[]) =>
      subscribe(
        portal.gatewayUrls['Hive Gateway'],
        query,
        { id: integration.id },
        { authorization: `Bearer ${await token(scopes, {}, JWT_SECRET)}` },
      );
    const events = await subscribeAs(['zoom:read']);
    const user = await house.database.db.query.users.findFirst({ where: (u, { eq }) => eq(u.email, left[0]!.email) });
    const license = await house.database.db.query.licenses.findFirst();
    const candidate = await rows.candidate(user!, license!, await rows.rule(integration), {
      closedAt: new Date(),
      status: 'CLOSED_SKIPPED',
    });
    // Until the gateway's own subscription stands, a step may be too early to be heard.
    const writing = setInterval(
      () =>
        void house.database.sql`
          insert into candidate_events (candidate_id, at, to_status, by) values (${candidate.id}, now(), 'READY', 'test')`.execute(),
      300,
    );
    try {
      const { event, data } = await events.next();
      expect([event, data]).toEqual([
        'next',
        {
          data: {
            candidatesChanged: {
              status: 'CLOSED_SKIPPED',
              user: { email: user!.email, employee: { name: left[0]!.name } },
            },
          },
        },
      ]);
    } finally {
      clearInterval(writing);
      events.hangUp();
    }
    const refused = await subscribeAs(['zoom:operate']);
    const told = refused.body ?? (await refused.next()).data;
    expect(JSON.stringify(told)).toContain('zoom:read');
    expect(told.data ?? null).toBeNull();
    refused.hangUp();
    // The gateway hangs up as well: nothing is looked for any more.
    await vi.waitFor(
      async () => {
        const { statements } = await statementsOf(house.database, () => new Promise((done) => setTimeout(done, 1_200)));
        expect(statements).toEqual([]);
      },
      { timeout: 6_000 },
    );
  });
});

describe.each(GATEWAYS)('%s', (gateway) => {
  it('tells who left and still holds a license, what it costs, and what bought it', async () => {
    const { data, errors } = await portal.ask(gateway, exampleQuery('left-with-license'));
    expect(errors).toBeUndefined();
    expect(data.employees.map((one: any) => one.user.email).sort()).toEqual(left.map(({ email }) => email).sort());
    for (const { user, leftAt } of data.employees) {
      expect(leftAt).toMatch(/^2026-/);
      expect(user.annualCost).toEqual([{ amount: '159.90', currency: 'USD' }]);
      expect(user.licenses.map((license: any) => license.contract)).toContainEqual({
        number: 'C-2026-014',
        purchaseOrder: 'PO-4711',
      });
    }
    expect(callsFor('_entities')).toHaveLength(1);
  });

  it('adds up what licenses cost by departments that only HR knows', async () => {
    const { data, errors = [] } = await portal.ask(gateway, exampleQuery('cost-by-department'));
    // Who has no Zoom user is null in both; Hive Gateway also says that their cost can't be null.
    const strangers = [...people, ...bosses].filter(
      ({ email, status }) => status !== 'LEFT' && !house.sandbox.world.regular.usersByEmail.has(email),
    );
    expect(errors).toHaveLength(gateway === 'Hive Gateway' ? strangers.length : 0);
    for (const { message } of errors)
      expect(message).toBe('Cannot return null for non-nullable field User.annualCost.');
    const costs = new Map<string, number>(
      data.departments.map((one: any) => [
        one.name,
        one.employees.flatMap((employee: any) => employee.user?.annualCost ?? []).length,
      ]),
    );
    const { usersByEmail } = house.sandbox.world.regular;
    for (const name of ['Finance', 'Legal', 'Marketing']) {
      const paid = people.filter(
        (person) =>
          person.department === name && person.status !== 'LEFT' && usersByEmail.get(person.email)?.type === 2,
      );
      expect(costs.get(name), name).toBe(paid.length);
    }
    expect(costs.get('Warehouse')).toBeGreaterThan(WAREHOUSE);
    const finance = data.departments.find((one: any) => one.name === 'Finance').employees;
    expect(finance.find((one: any) => one.name === 'Grace Hill')).toEqual({ name: 'Grace Hill', user: null });
    expect(callsFor('_entities')).toHaveLength(1);
  });

  it("joins a manager's team of 500 by one call, with as many statements as a team of five", async () => {
    // What the service sees for the first time is answered by resolvers, and by one statement when it comes again.
    const team = (name: string) => exampleQuery('team').replace('neverActive', `${name}: neverActive`);
    const ask = (email: string, name: string) =>
      statementsOf(house.database, () => portal.ask(gateway, team(name), { email }));
    const statementsFor = async (email: string, name: string, size: number) => {
      portal.asked.length = 0;
      const { result, statements } = await ask(email, name);
      expect(result.errors).toBeUndefined();
      const { team } = result.data.employee;
      expect(team).toHaveLength(size);
      for (const { user, costCenter } of team) {
        expect(user.licenses).toHaveLength(1);
        expect(user.activity[name]).toBe(true);
        expect(costCenter.budget).toMatchObject({ currency: 'USD' });
      }
      expect(portal.asked).toHaveLength(1);
      expect(portal.asked[0]!.query).toContain('_entities');
      expect(Object.values(portal.asked[0]!.variables)[0]).toHaveLength(size);
      return statements.length;
    };
    const few = await statementsFor('small@warehouse.example', 'never', 5);
    expect(few).toBeGreaterThan(1);
    expect(few).toBeLessThan(8);
    expect(await statementsFor('BIG@warehouse.example', 'noSign', WAREHOUSE)).toBe(few);
    expect(await statementsFor('BIG@warehouse.example', 'noSign', WAREHOUSE)).toBe(1);
    expect(await statementsFor('small@warehouse.example', 'noSign', 5)).toBe(1);
  });

  it('goes from users to HR and back', async () => {
    const { data, errors } = await portal.ask(gateway, exampleQuery('unused'), { integrationId: integration.id });
    expect(errors).toBeUndefined();
    const { nodes, totalCount } = data.users;
    expect(nodes).toHaveLength(totalCount);
    const noel = nodes.find((one: any) => one.email === 'noel.ito@northwind.example');
    expect(noel.employee).toEqual({
      status: 'LEFT',
      manager: { name: 'Olivia Owner', email: 'owner@northwind.example' },
      department: { name: 'Operations' },
    });
  });

  it('finds nobody behind a user whom HR does not know', async () => {
    const { data, errors } = await portal.ask(
      gateway,
      '{ user(email: "omar.gupta@northwind.example") { displayName employee { name } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.user).toMatchObject({ displayName: expect.stringContaining('Omar'), employee: null });
  });

  it('passes a reclamation on with the token of whoever asks', async () => {
    const { data: found } = await portal.ask(gateway, exampleQuery('left-with-license'));
    const ready = found.employees
      .flatMap(({ user }: any) => user.reclamationCandidates.nodes)
      .find((candidate: any) => candidate.status === 'READY');
    const input = { candidateIds: [ready.id], reason: 'Has left' };
    const wakes = house.woken.reclamations.length;

    const refused = await portal.ask(gateway, exampleQuery('reclaim'), { input }, { scopes: ['zoom:read'] });
    expect(refused.errors![0]).toMatchObject({
      message: expect.stringContaining('zoom:operate'),
      extensions: { code: 'FORBIDDEN' },
    });
    expect(house.woken.reclamations).toHaveLength(wakes);

    const { data, errors } = await portal.ask(
      gateway,
      exampleQuery('reclaim'),
      { input },
      { sub: `ada at ${gateway}` },
    );
    expect(errors).toBeUndefined();
    expect(data.reclaim.userErrors).toEqual([]);
    expect(data.reclaim.reclamation).toMatchObject({
      status: 'PENDING',
      requestedBy: `ada at ${gateway}`,
      counts: { total: 1, planned: 1 },
      items: { nodes: [{ status: 'PLANNED', user: { employee: { status: 'LEFT' } } }] },
    });
    expect(house.woken.reclamations).toHaveLength(wakes + 1);
  });

  it('lets HR say who has left, which makes candidates of them', async () => {
    const report = `mutation ($input: ReportOffboardingInput!) { reportOffboarding(input: $input) {
      offboardings { email reportedBy } notOnRoster userErrors { message } } }`;
    // Still there day by day, by every sign: only HR can know.
    const email = gateway === 'Hive Gateway' ? 'dilara.almeida@northwind.example' : 'hannah.nguyen@northwind.example';
    const people = [
      { email, leftAt: house.clock.now().toISOString(), source: 'Workday' },
      { email: 'grace.hill@northwind.example' },
    ];
    const input = { integrationId: integration.id, people };
    const refused = await portal.ask(gateway, report, { input }, { scopes: ['zoom:read'] });
    expect(refused.errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const { data, errors } = await portal.ask(
      gateway,
      report,
      { input },
      { scopes: ['zoom:operate', 'zoom:read'], sub: 'hr' },
    );
    expect(errors).toBeUndefined();
    expect(data.reportOffboarding.userErrors).toEqual([]);
    expect(data.reportOffboarding.notOnRoster).toEqual(['grace.hill@northwind.example']);
    expect(data.reportOffboarding.offboardings[0]).toEqual({ email, reportedBy: 'hr' });
    await runSync(house.deps, integration.id, neverAborted());
    const shown = await portal.ask(
      gateway,
      `query ($email: String!) { user(email: $email) { offboardedAt offboarding { source } employee { name }
        reclamationCandidates { nodes { reason } } } }`,
      { email },
    );
    expect(shown.data.user).toMatchObject({
      offboardedAt: people[0]!.leftAt,
      offboarding: { source: 'Workday' },
      employee: { name: expect.any(String) },
      reclamationCandidates: { nodes: [{ reason: 'OFFBOARDED' }] },
    });
  });

  it('lets nobody in without a token, nor past what the token allows', async () => {
    const query = '{ licenses { name } }';
    const stranger = await portal.ask(gateway, query, {}, { scopes: null });
    expect(stranger.errors![0]!.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    const other = await portal.ask(gateway, query, {}, { scopes: ['zoom:operate'] });
    expect(other.errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN' });
    // By the way that joins take.
    const joined = await portal.ask(
      gateway,
      exampleQuery('team'),
      { email: 'small@warehouse.example' },
      { scopes: [] },
    );
    expect(joined.errors![0]!.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect(joined.data.employee.team.every((one: any) => one.user === null)).toBe(true);
  });
});

describe('the service behind them', () => {
  it('answers its router only', async () => {
    const answer = await fetch(portal.zoomUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(answer.status).toBe(403);
  });
});
