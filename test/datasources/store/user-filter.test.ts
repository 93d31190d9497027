import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsByKey, pagesByKey } from '#src/datasources/store/page.ts';
import { usersOf } from '#src/datasources/store/users.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, GroupRow, IntegrationRow, LicenseRow, UserRow } from '#src/db/tables/rows.ts';
import { countedTypes } from '#src/policy/counted-types.ts';
import { inactiveDays } from '#src/policy/inactivity.ts';
import type { UserFilter } from '#src/schema.generated.ts';
import { testDatabase } from '../../support/database.ts';
import { rowsIn } from '../../support/rows.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const DAY = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);

let database: Database;
let everybody: UserRow[];
let integrations: IntegrationRow[];
let accounts: AccountRow[];
let licenses: LicenseRow[];
let groups: GroupRow[];
const holders = new Map<string, Set<string>>();

/** Picks by number, so that combinations differ from row to row and every run makes the same ones. */
const pick = <T>(list: readonly T[], number: number, stride: number): T =>
  list[Math.floor(number / stride) % list.length]!;

beforeAll(async () => {
  database = await testDatabase();
  const rows = rowsIn(database);
  integrations = [
    await rows.integration(),
    await rows.integration({ includeFreeUsers: true }),
    await rows.integration({ kind: 'TIERED', includeOnPremises: true }),
    await rows.integration({ kind: 'TIERED', includeOnPremises: true, includeFreeUsers: true }),
  ];
  accounts = [];
  for (const integration of integrations) {
    const top = await rows.account(integration, { tier: integration.kind === 'TIERED' ? 'MASTER' : 'REGULAR' });
    accounts.push(top);
    if (integration.kind === 'TIERED')
      accounts.push(await rows.account(integration, { tier: 'SUB', masterId: top.id }));
  }
  licenses = [];
  groups = [];
  for (const account of accounts) {
    licenses.push(await rows.license(account), await rows.license(account, { category: 'ADD_ON', userType: null }));
    // Zoom's ids of groups are only unique within an account.
    groups.push(await rows.group(account, { zoomGroupId: 'zg-1' }), await rows.group(account, { zoomGroupId: 'zg-2' }));
  }
  everybody = [];
  for (const [place, account] of accounts.entries()) {
    everybody.push(
      ...(await rows.users(
        account,
        Array.from({ length: 36 }, (_, index) => {
          const number = place * 36 + index;
          return {
            type: pick(['LICENSED', 'BASIC', 'ON_PREM', 'UNASSIGNED', 'NONE', 'OTHER'] as const, number, 1),
            typeCode: pick([2, 1, 3, 4, 99, null], number, 1),
            status: pick(['ACTIVE', 'ACTIVE', 'INACTIVE', 'PENDING'] as const, number, 2),
            department: pick(['Sales', 'sales', 'R&D_100%', null, ''], number, 1),
            displayName: pick(['Ada Lovelace', 'Bob', null], number, 3),
            firstName: pick(['Ada', null, 'Bob'], number, 2),
            lastName: pick([null, 'Lovelace', 'a\\b'], number, 5),
            jobTitle: pick(['Chief%', null], number, 2),
            costCenter: pick([null, 'CC_1', 'CC11'], number, 1),
            location: pick(['Berlin', null], number, 7),
            managerEmail: pick([null, 'boss@example.com'], number, 3),
            lastClientVersion: pick(['6.4.0(1)', '5.17.5', null], number, 4),
            meetingCapacity: pick([100, 300, null], number, 2),
            largeMeetingEnabled: pick([true, false, null], number, 1),
            largeMeetingCapacity: pick([500, null, 1000], number, 3),
            webinarEnabled: pick([null, true, false], number, 2),
            webinarCapacity: pick([null, 500], number, 5),
            activeDate: pick([daysAgo(400), null, daysAgo(10.5)], number, 4),
            lastLoginAt: pick(
              [null, daysAgo(3), daysAgo(60), daysAgo(60.01), new Date(NOW.getTime() + DAY)],
              number,
              1,
            ),
            groupIds: pick([[], ['zg-1'], ['zg-1', 'zg-2'], ['zg-gone']], number, 2),
            removedAt: number % 11 === 0 ? daysAgo(1) : null,
          };
        }),
      )),
    );
  }
  for (const license of licenses) {
    const held = everybody.filter((user, index) => user.accountId === license.accountId && index % 3 !== 0);
    const some = license.category === 'BASE' ? held : held.filter((_, index) => index % 2 === 0);
    await rows.assign(license, some);
    for (const user of some) holders.set(user.id, (holders.get(user.id) ?? new Set()).add(license.id));
  }
});
afterAll(() => database.close());

// What the filter means, said a second time and in other words.

type Value = string | number | boolean | Date | null;
type Comparators = Record<string, unknown>;
const plain = (value: unknown): string | number | boolean | null =>
  value instanceof Date
    ? value.getTime()
    : typeof value === 'string'
      ? value.toLowerCase()
      : (value as number | boolean | null);

function matches(value: Value, filter: Comparators): boolean {
  const mine = plain(value);
  return Object.entries(filter).every(([comparator, wanted]) => {
    if (wanted == null) return true;
    const theirs = plain(wanted)!;
    const list = Array.isArray(wanted) ? wanted.map(plain) : [];
    if (comparator === 'isNull') return (mine === null) === wanted;
    if (comparator === 'ne') return mine !== theirs;
    if (comparator === 'notIn') return mine === null || !list.includes(mine);
    if (mine === null) return false;
    if (comparator === 'eq') return mine === theirs;
    if (comparator === 'in') return list.includes(mine);
    if (comparator === 'contains') return String(mine).includes(String(theirs));
    if (comparator === 'startsWith') return String(mine).startsWith(String(theirs));
    if (comparator === 'lt') return mine < theirs;
    if (comparator === 'lte') return mine <= theirs;
    if (comparator === 'gt') return mine > theirs;
    if (comparator === 'gte') return mine >= theirs;
    throw new Error(comparator);
  });
}

function has(ids: readonly string[], filter: Comparators): boolean {
  return Object.entries(filter).every(([comparator, wanted]) => {
    if (wanted == null) return true;
    if (comparator === 'isNull') return (ids.length === 0) === wanted;
    const isThere = (Array.isArray(wanted) ? (wanted as string[]) : [wanted as string]).some((id) => ids.includes(id));
    return comparator === 'eq' || comparator === 'in' ? isThere : !isThere;
  });
}

function holds(user: UserRow, filter: UserFilter): boolean {
  const account = accounts.find(({ id }) => id === user.accountId)!;
  const options = integrations.find(({ id }) => id === user.integrationId)!;
  const isCounted = countedTypes(options).includes(user.type);
  return Object.entries(filter).every(([field, wanted]) => {
    if (wanted == null || field === 'includeRemoved') return true;
    const condition = wanted as Comparators;
    switch (field) {
      case 'and':
        return (wanted as UserFilter[]).every((inner) => holds(user, inner));
      case 'or':
        return (wanted as UserFilter[]).some((inner) => holds(user, inner));
      case 'search':
        return [user.email, user.firstName, user.lastName, user.displayName].some((text) =>
          text?.toLowerCase().includes((wanted as string).toLowerCase()),
        );
      case 'license':
        return has([...(holders.get(user.id) ?? [])], condition);
      case 'group':
        return has(
          groups
            .filter((group) => group.accountId === user.accountId && user.groupIds.includes(group.zoomGroupId))
            .map(({ id }) => id),
          condition,
        );
      case 'subAccount':
        return matches(account.tier === 'SUB' ? account.id : null, condition);
      case 'inactiveDays':
        return isCounted && matches(inactiveDays(user, NOW), condition);
      case 'neverActive':
        return isCounted && matches(user.lastActivityAt === null, condition);
      default:
        return matches(user[field as keyof UserRow] as Value, condition);
    }
  });
}

async function found(filter: UserFilter): Promise<string[]> {
  const source = usersOf('all', { filter }, NOW);
  const [page] = await pagesByKey(database.sql, source, ['all'], { first: 500 }, NOW);
  const [count] = await countsByKey(database.sql, source, ['all']);
  expect(count).toBe(page?.rows.length);
  return page?.rows.map(({ email }) => email) ?? [];
}

const expected = (filter: UserFilter, includesRemoved = false) =>
  everybody
    .filter((user) => (includesRemoved || user.removedAt === null) && holds(user, filter))
    .map(({ email }) => email)
    .sort();

const TEXT = (one: string, other: string): Comparators[] => [
  { eq: one.toUpperCase() },
  { ne: one },
  { in: [one.toUpperCase(), other] },
  { notIn: [one, other] },
  { in: [] },
  { notIn: [] },
  { isNull: true },
  { isNull: false },
  { contains: one.slice(1, 4).toUpperCase() },
  { contains: '%' },
  { contains: '_1' },
  { contains: '' },
  { startsWith: one.slice(0, 2).toUpperCase() },
  { startsWith: '%' },
  { ne: one, isNull: false, contains: 'l' },
  { eq: null, ne: null },
];
const RANGE = (one: unknown, other: unknown): Comparators[] => [
  { eq: one },
  { ne: one },
  { in: [one, other] },
  { notIn: [one, other] },
  { in: [] },
  { notIn: [] },
  { isNull: true },
  { isNull: false },
  { lt: one },
  { lte: one },
  { gt: one },
  { gte: one },
  { gt: one, lte: other },
];
const BOOLEAN: Comparators[] = [
  { eq: true },
  { eq: false },
  { ne: true },
  { in: [true, false] },
  { in: [] },
  { notIn: [true] },
  { notIn: [] },
  { isNull: true },
  { isNull: false },
];
const CHOICE = (one: string, other: string): Comparators[] => [
  { eq: one },
  { ne: one },
  { in: [one, other] },
  { in: [] },
  { notIn: [one, other] },
  { notIn: [] },
  { isNull: true },
  { isNull: false },
];

const CASES: Partial<Record<keyof UserFilter, Comparators[]>> = {
  department: TEXT('Sales', 'R&D_100%'),
  lastClientVersion: TEXT('6.4.0(1)', '5.17.5'),
  email: TEXT('user-00007@example.com', 'user-00008@example.com'),
  displayName: TEXT('Ada Lovelace', 'Bob'),
  jobTitle: TEXT('Chief%', 'nobody'),
  costCenter: TEXT('CC_1', 'CC11'),
  location: TEXT('Berlin', 'Paris'),
  managerEmail: TEXT('boss@example.com', 'x'),
  meetingCapacity: RANGE(100, 300),
  largeMeetingCapacity: RANGE(500, 1000),
  webinarCapacity: RANGE(500, 501),
  typeCode: RANGE(2, 99),
  inactiveDays: RANGE(60, 400),
  lastLoginAt: RANGE(daysAgo(60), daysAgo(3)),
  lastActivityAt: RANGE(daysAgo(60), daysAgo(3)),
  activeDate: RANGE(daysAgo(400), daysAgo(10.5)),
  largeMeetingEnabled: BOOLEAN,
  webinarEnabled: BOOLEAN,
  neverActive: BOOLEAN,
  status: CHOICE('ACTIVE', 'PENDING'),
  type: CHOICE('LICENSED', 'BASIC'),
};

describe('filters find what they say', () => {
  it.each(Object.entries(CASES))('%s', async (field, cases) => {
    for (const condition of cases) {
      const filter = { [field]: condition } as UserFilter;
      expect(await found(filter), JSON.stringify(filter)).toEqual(expected(filter));
    }
  });

  it('license, group, sub account', async () => {
    const of = (list: readonly { id: string }[]) => CHOICE(list[1]!.id, list[2]!.id);
    const subs = accounts.filter(({ tier }) => tier === 'SUB');
    for (const [field, cases] of [
      ['license', of(licenses)],
      ['group', of(groups)],
      ['subAccount', CHOICE(subs[0]!.id, subs[1]!.id)],
      // The id of another account is no sub account's.
      ['subAccount', [{ eq: accounts[0]!.id }]],
    ] as const) {
      for (const condition of cases) {
        const filter = { [field]: condition } as UserFilter;
        expect(await found(filter), JSON.stringify(filter)).toEqual(expected(filter));
      }
    }
  });

  it('every field has been tried', () => {
    const tried = new Set([
      ...Object.keys(CASES),
      'license',
      'group',
      'subAccount',
      'search',
      'includeRemoved',
      'and',
      'or',
    ]);
    const known: Record<keyof Required<UserFilter>, true> = {
      department: true,
      largeMeetingCapacity: true,
      largeMeetingEnabled: true,
      lastClientVersion: true,
      meetingCapacity: true,
      status: true,
      type: true,
      webinarEnabled: true,
      webinarCapacity: true,
      typeCode: true,
      license: true,
      group: true,
      subAccount: true,
      inactiveDays: true,
      neverActive: true,
      lastLoginAt: true,
      lastActivityAt: true,
      activeDate: true,
      email: true,
      displayName: true,
      jobTitle: true,
      costCenter: true,
      location: true,
      managerEmail: true,
      search: true,
      includeRemoved: true,
      and: true,
      or: true,
    };
    expect([...tried].sort()).toEqual(Object.keys(known).sort());
  });

  it('combine', async () => {
    const some: UserFilter[] = [
      {},
      { and: [] },
      { or: [] },
      { or: [{}] },
      { search: 'ADA' },
      { search: '_' },
      { search: 'a\\b' },
      { search: '' },
      { department: { eq: 'sales' }, type: { eq: 'LICENSED' } },
      { or: [{ department: { isNull: true } }, { status: { eq: 'PENDING' }, search: 'bob' }] },
      {
        or: [
          { and: [{ type: { ne: 'BASIC' } }, { or: [{ inactiveDays: { gte: 60 } }, { neverActive: { eq: true } }] }] },
          { typeCode: { isNull: true } },
        ],
      },
      { license: { eq: licenses[0]!.id }, webinarEnabled: { eq: true }, and: [{ largeMeetingEnabled: { ne: true } }] },
    ];
    for (const filter of some) expect(await found(filter), JSON.stringify(filter)).toEqual(expected(filter));
  });

  it('show those who left only when asked to', async () => {
    const filter: UserFilter = { includeRemoved: true };
    expect(await found(filter)).toEqual(expected(filter, true));
    expect(await found({ includeRemoved: false })).toEqual(expected({}));
    expect(await found({ and: [{ includeRemoved: true }, { type: { eq: 'BASIC' } }] })).toEqual(
      expected({ type: { eq: 'BASIC' } }, true),
    );
  });

  it('are refused when they are nested too deep or too many', async () => {
    let deep: UserFilter = { search: 'a' };
    for (let level = 0; level < 6; level += 1) deep = { and: [deep] };
    await expect(found(deep)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(found({ or: Array.from({ length: 100 }, () => ({ search: 'a' })) })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('take a long list of values', async () => {
    const emails = [
      ...everybody.map(({ email }) => email),
      ...Array.from({ length: 70_000 }, (_, index) => `x${index}`),
    ];
    expect(await found({ email: { in: emails } })).toEqual(expected({}));
  });
});
