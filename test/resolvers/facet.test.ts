import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, GroupRow, IntegrationRow, LicenseRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let sub: AccountRow;
let group: GroupRow;
let licensed: LicenseRow;
let webinar: LicenseRow;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
  integration = await rows.integration({ kind: 'TIERED' });
  const master = await rows.account(integration, { tier: 'MASTER' });
  sub = await rows.account(integration, { tier: 'SUB', masterId: master.id, name: 'Branch' });
  group = await rows.group(master, { zoomGroupId: 'zg', name: 'Leaders' });
  licensed = await rows.license(master, { name: 'Licensed' });
  webinar = await rows.license(master, {
    category: 'ADD_ON',
    userType: null,
    uniqueId: 'WEBINAR_500',
    name: 'Webinar 500',
  });
  const unpriced = await rows.license(master, { category: 'ADD_ON', userType: null, name: 'Free of charge' });
  const people = await rows.users(master, [
    // Active to the last moment, and inactive from the first.
    {
      department: 'Sales',
      lastLoginAt: new Date(ago(63).getTime() + 1),
      groupIds: ['zg', 'zg'],
      meetingCapacity: 300,
      wouldBasicSuffice: false,
    },
    {
      department: 'sales',
      lastLoginAt: ago(63),
      groupIds: ['zg', 'gone'],
      meetingCapacity: 300,
      wouldBasicSuffice: true,
    },
    { department: 'Sales', meetingCapacity: 100 },
    { department: null, lastLoginAt: ago(1), meetingCapacity: 300 },
    // Not counted: known, but neither active nor inactive, and holding nothing that counts.
    { department: 'Sales', type: 'BASIC', lastLoginAt: ago(1), isRoom: true },
    { department: 'Gone', removedAt: ago(1) },
  ]);
  const below = await rows.user(sub, { department: '', groupIds: ['zg'] });
  await rows.assign(licensed, people.slice(0, 5));
  await rows.assign(webinar, [people[1]!, people[3]!, below]);
  await rows.assign(unpriced, people.slice(0, 4));
  await rows.entitlement(licensed, { cost: '100.1', currency: 'EUR', paymentFrequency: 'EVERY_18_MONTHS' });
  await rows.entitlement(webinar, { cost: '79', currency: 'USD', paymentFrequency: 'MONTHLY' });
  // Somebody else's.
  await rows.users(await rows.account(await rows.integration()), [{ department: 'Sales' }, { department: 'HR' }]);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const QUERY = `query ($id: ID!, $field: UserFacetField!, $filter: UserFilter, $first: Int) {
  usersBy(integrationId: $id, field: $field, filter: $filter, first: $first) {
    field totalUsers isTruncated
    facets { value label count active inactive neverActive annualCost { amount currency } reclaimableAnnualCost { amount currency } }
  } }`;
const usersBy = async (field: string, more: Record<string, unknown> = {}) => {
  const { data, errors } = await server.ask(QUERY, { id: integration.id, field, ...more });
  expect(errors).toBeUndefined();
  return data.usersBy;
};
const counts = async (field: string, more: Record<string, unknown> = {}) =>
  (await usersBy(field, more)).facets.map(
    (facet: { value: string | null; label: string | null; count: number }) =>
      `${facet.value} ${facet.label} ${facet.count}`,
  );
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('users counted by a field', () => {
  it('tell who is active and what their licenses cost, exactly, value by value', async () => {
    expect(await usersBy('DEPARTMENT')).toEqual({
      field: 'DEPARTMENT',
      totalUsers: 6,
      isTruncated: false,
      facets: [
        {
          value: 'Sales',
          label: 'Sales',
          count: 4,
          active: 1,
          inactive: 2,
          neverActive: 1,
          // Three times 100.10 in 18 months, and one webinar license.
          annualCost: [eur('200.20'), usd('948.00')],
          // 2 × 66.7333…: rounded once, not twice.
          reclaimableAnnualCost: [eur('133.4667'), usd('948.00')],
        },
        {
          value: '',
          label: '',
          count: 1,
          active: 0,
          inactive: 1,
          neverActive: 1,
          annualCost: [usd('948.00')],
          reclaimableAnnualCost: [usd('948.00')],
        },
        {
          value: null,
          label: null,
          count: 1,
          active: 1,
          inactive: 0,
          neverActive: 0,
          annualCost: [eur('66.7333'), usd('948.00')],
          reclaimableAnnualCost: [eur('0.00'), usd('0.00')],
        },
      ],
    });
  });

  it('by license say what the license itself says', async () => {
    const { facets } = await usersBy('LICENSE');
    for (const license of [licensed, webinar]) {
      const { data } = await server.ask(
        `{ license(id: "${license.id}") { assigned active inactive neverActive annualCost { amount currency } reclaimableAnnualCost { amount currency } } }`,
      );
      const { assigned, annualCost, reclaimableAnnualCost, ...rest } = data.license;
      const facet = facets.find(({ value }: { value: string }) => value === license.id);
      expect(facet).toMatchObject({
        ...rest,
        annualCost: [annualCost],
        reclaimableAnnualCost: [reclaimableAnnualCost],
      });
      expect(facet.active + facet.inactive).toBe(assigned);
    }
  });

  it('by license follow the rule that looks at it, as the license does', async () => {
    const account = await rows.account(await rows.integration());
    const license = await rows.license(account);
    await rows.assign(license, await rows.users(account, [{ lastLoginAt: ago(40) }, { lastLoginAt: ago(10) }]));
    await rows.rule({ id: account.integrationId }, { inactivityThresholdDays: 30 });
    const { facets } = await usersBy('LICENSE', { id: account.integrationId });
    expect(facets).toMatchObject([{ value: license.id, active: 1, inactive: 1 }]);
    expect((await usersBy('TYPE', { id: account.integrationId })).facets).toMatchObject([{ active: 2, inactive: 0 }]);
  });

  it('stand under the names of what they are in', async () => {
    expect(await counts('GROUP')).toEqual([`null null 4`, `${group.id} Leaders 2`]);
    expect(await counts('SUB_ACCOUNT')).toEqual(['null null 5', `${sub.id} Branch 1`]);
    expect(await counts('LICENSE')).toEqual([
      `${licensed.id} Licensed 5`,
      expect.stringContaining('Free of charge 4'),
      `${webinar.id} Webinar 500 3`,
    ]);
  });

  it.each([
    ['TYPE', ['LICENSED LICENSED 5', 'BASIC BASIC 1']],
    ['STATUS', ['ACTIVE ACTIVE 6']],
    ['KIND', ['PERSON PERSON 5', 'ZOOM_ROOM ZOOM_ROOM 1']],
    ['MEETING_CAPACITY', ['300 300 3', 'null null 2', '100 100 1']],
    ['WEBINAR_CAPACITY', ['null null 6']],
    ['LARGE_MEETING_CAPACITY', ['null null 6']],
    ['LAST_CLIENT_VERSION', ['null null 6']],
    ['COST_CENTER', ['null null 6']],
    ['LOCATION', ['null null 6']],
    ['JOB_TITLE', ['null null 6']],
    ['MANAGER_EMAIL', ['null null 6']],
    ['WOULD_BASIC_SUFFICE', ['null null 4', 'false false 1', 'true true 1']],
  ])('by %s: most first, then by value', async (field, expected) => {
    expect(await counts(field)).toEqual(expected);
  });

  it('are those of the filter, and every value is one that the filter takes', async () => {
    expect(await counts('STATUS', { filter: { department: { eq: 'SALES' }, type: { eq: 'LICENSED' } } })).toEqual([
      'ACTIVE ACTIVE 3',
    ]);
    expect(await counts('DEPARTMENT', { filter: { includeRemoved: true, department: { eq: 'gone' } } })).toEqual([
      'Gone Gone 1',
    ]);
    for (const { value, count } of (await usersBy('DEPARTMENT')).facets) {
      const filter = { department: value === null ? { isNull: true } : { eq: value } };
      const { data } = await server.ask(
        'query ($id: ID!, $filter: UserFilter) { users(integrationId: $id, filter: $filter) { totalCount } }',
        { id: integration.id, filter },
      );
      expect(data.users.totalCount).toBe(count);
    }
  });

  it('say when there are more values, and refuse a size out of range', async () => {
    expect(await usersBy('DEPARTMENT', { first: 2 })).toMatchObject({
      isTruncated: true,
      totalUsers: 6,
      facets: [{}, {}],
    });
    expect((await usersBy('DEPARTMENT', { first: 3 })).isTruncated).toBe(false);
    const { errors } = await server.ask(QUERY, { id: integration.id, field: 'TYPE', first: 501 });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('are none of an integration without users', async () => {
    expect(await usersBy('DEPARTMENT', { id: 'nobody' })).toEqual({
      field: 'DEPARTMENT',
      totalUsers: 0,
      isTruncated: false,
      facets: [],
    });
  });

  it('cost one statement, however many values and licenses there are', async () => {
    for (const field of ['DEPARTMENT', 'LICENSE', 'GROUP', 'SUB_ACCOUNT']) {
      const { statements } = await statementsOf(database, () => usersBy(field));
      expect(statements).toHaveLength(1);
    }
  });
});
