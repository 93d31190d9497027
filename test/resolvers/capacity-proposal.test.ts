import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, IntegrationRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-06-30T12:00:00.000Z');
const KNOWN = {
  isRosterComplete: true,
  rosterCompleteAt: new Date('2026-06-30T06:00:00.000Z'),
  activityKnownFrom: new Date('2026-03-01T00:00:00.000Z'),
  activityKnownUntil: new Date('2026-06-29T00:00:00.000Z'),
};
const QUERY = `query ($id: ID!, $first: Int, $after: String) { capacityProposals(integrationId: $id, first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor } nodes { user { email } addOn capacity action proposedCapacity held peak reservePercent
    knownFrom estimatedAnnualSavings { amount currency } } } }`;

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;

const holder = async (name: string, webinarCapacity: number | null, more: Partial<UserRow> = {}) => {
  const [user] = await rows.users(account, [
    {
      email: `${name}@example.com`,
      webinarEnabled: true,
      webinarCapacity,
      kind: 'PERSON',
      ...more,
    } as Partial<UserRow>,
  ]);
  return user!;
};
const webinar = (user: UserRow, participantCount: number | null, startTime = new Date('2026-05-01T10:00:00.000Z')) =>
  rows.meeting(user, { kind: 'WEBINAR', participantCount, startTime });
const ask = async (more: object = {}) => {
  const { data, errors } = await server.ask(QUERY, { id: integration.id, ...more });
  expect(errors).toBeUndefined();
  return data.capacityProposals;
};

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
  integration = await rows.integration();
  account = await rows.account(integration, KNOWN);
  for (const [uniqueId, cost] of [
    ['WEBINAR_1000', '3400'],
    ['WEBINAR_500', '690'],
  ]) {
    const license = await rows.license(account, { uniqueId: uniqueId!, category: 'ADD_ON', userType: null });
    await rows.entitlement(license, { cost: cost!, currency: 'EUR', paymentFrequency: 'ANNUALLY' });
  }
  const large = await holder('a-large', 1000);
  await webinar(large, 240);
  await webinar(large, 180);
  // Before the time that is known whole: says nothing.
  await webinar(large, 900, new Date('2026-01-01T10:00:00.000Z'));
  await holder('b-idle', 500);
  await webinar(await holder('c-full', 1000), 900);
  await webinar(await holder('d-unknown', 1000), null);
  await holder('e-gone', 1000, { removedAt: NOW });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

describe('capacities that are larger than anything needed', () => {
  it('are told with what they rest on and what a smaller one saves', async () => {
    const { nodes, totalCount } = await ask();
    expect(totalCount).toBe(2);
    expect(nodes).toEqual([
      {
        user: { email: 'a-large@example.com' },
        addOn: 'WEBINAR',
        capacity: 1000,
        action: 'REDUCE',
        proposedCapacity: 500,
        held: 2,
        peak: 240,
        reservePercent: 20,
        knownFrom: '2026-03-01T00:00:00.000Z',
        estimatedAnnualSavings: { amount: '2710.00', currency: 'EUR' },
      },
      {
        user: { email: 'b-idle@example.com' },
        addOn: 'WEBINAR',
        capacity: 500,
        action: 'REMOVE',
        proposedCapacity: null,
        held: 0,
        peak: null,
        reservePercent: 20,
        knownFrom: '2026-03-01T00:00:00.000Z',
        estimatedAnnualSavings: { amount: '690.00', currency: 'EUR' },
      },
    ]);
  });

  it('come in pages, with a number of statements that does not grow', async () => {
    const first = await ask({ first: 1 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await ask({ first: 1, after: first.pageInfo.endCursor });
    expect(second.nodes.map((node: { user: { email: string } }) => node.user.email)).toEqual(['b-idle@example.com']);
    const one = await statementsOf(database, () => ask({ first: 1 }));
    const two = await statementsOf(database, () => ask({ first: 2 }));
    expect(two.statements.length).toBe(one.statements.length);
  });

  it('are not told of an account whose activity has a gap', async () => {
    await database.sql`update accounts set activity_problem = 'Oops' where id = ${account.id}`;
    expect((await ask()).totalCount).toBe(0);
    await database.sql`update accounts set activity_problem = null where id = ${account.id}`;
    const { errors } = await server.ask(QUERY, { id: 'int_none' });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
