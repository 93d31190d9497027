import type { GraphQLInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsByKey, pagesByKey } from '#src/datasources/store/page.ts';
import { usersOf } from '#src/datasources/store/users.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, GroupRow, IntegrationRow, LicenseRow, UserRow } from '#src/db/tables/rows.ts';
import type { UserFilter } from '#src/schema.generated.ts';
import { buildSubgraph } from '#src/schema.ts';
import { testDatabase } from '../../support/database.ts';
import { isFound, type Comparators } from '../../support/plain-filter.ts';
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
            zoomUserId: pick([`zu-${number}`, null, `ZU-${number}`], number, 1),
            isRoom: number % 13 === 0,
            isServiceAccount: number % 7 === 0,
            loginTypes: pick([null, [99], [99, 101], []], number, 3),
            lastSignInAt: pick([null, daysAgo(2), daysAgo(90)], number, 2),
            lastMeetingCreatedAt: pick([null, daysAgo(60)], number, 3),
            lastMeetingHostedAt: pick([null, daysAgo(100), daysAgo(61)], number, 4),
            lastMeetingJoinedAt: pick([null, null, daysAgo(200)], number, 1),
            lastWebinarHostedAt: pick([null, daysAgo(150)], number, 6),
            lastLongMeetingHostedAt: pick([null, daysAgo(60), daysAgo(3)], number, 5),
            lastCloudRecordingAt: pick([daysAgo(60), null], number, 1),
            meetingsHosted: pick([0, 3, 12], number, 1),
            meetingsJoined: pick([0, 7], number, 3),
            webinarsHosted: pick([0, 0, 2], number, 2),
            longMeetingsHosted: pick([3, 0], number, 4),
            cloudRecordings: pick([0, 12], number, 5),
            largestMeeting: pick([null, 3, 250], number, 2),
            pollsHeld: pick([0, 2], number, 3),
            registrants: pick([0, 40], number, 5),
            wouldBasicSuffice: pick([null, true, false], number, 3),
            removedAt: number % 11 === 0 ? daysAgo(number % 2 === 0 ? 1 : 5) : null,
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

const holds = (user: UserRow, filter: UserFilter) =>
  isFound(user, filter, { accounts, integrations, licenses, groups, holders }, NOW);

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
  removedAt: [],
  lastSignInAt: RANGE(daysAgo(2), daysAgo(90)),
  lastMeetingCreatedAt: RANGE(daysAgo(60), daysAgo(1)),
  lastMeetingHostedAt: RANGE(daysAgo(100), daysAgo(61)),
  lastMeetingJoinedAt: RANGE(daysAgo(200), daysAgo(1)),
  lastWebinarHostedAt: RANGE(daysAgo(150), daysAgo(1)),
  lastLongMeetingHostedAt: RANGE(daysAgo(60), daysAgo(3)),
  lastCloudRecordingAt: RANGE(daysAgo(60), daysAgo(1)),
  meetingsHosted: RANGE(3, 12),
  meetingsJoined: RANGE(0, 7),
  webinarsHosted: RANGE(0, 2),
  longMeetingsHosted: RANGE(3, 0),
  cloudRecordings: RANGE(12, 0),
  largestMeeting: RANGE(3, 250),
  pollsHeld: RANGE(2, 0),
  registrants: RANGE(40, 0),
  wouldBasicSuffice: BOOLEAN,
  isZoomRoom: BOOLEAN,
  zoomUserId: TEXT('zu-7', 'zu-8'),
  firstName: TEXT('Ada', 'Bob'),
  lastName: TEXT('Lovelace', 'a\\b'),
  kind: CHOICE('PERSON', 'ZOOM_ROOM'),
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

  it.each([[-1], [0], [1], [10], [2_147_483_647]])('inactive for %i days, to the day', async (days) => {
    for (const comparator of ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'in', 'notIn']) {
      const wanted = comparator.endsWith('n') && comparator !== 'eq' ? [days, 60] : days;
      const filter = { inactiveDays: { [comparator]: wanted } } as UserFilter;
      expect(await found(filter), JSON.stringify(filter)).toEqual(expected(filter));
    }
  });

  it('when they left, which shows those who left', async () => {
    for (const condition of RANGE(daysAgo(1), daysAgo(5))) {
      const filter = { removedAt: condition } as UserFilter;
      expect(await found(filter), JSON.stringify(filter)).toEqual(expected(filter, true));
    }
    const gone: UserFilter = { not: { removedAt: { isNull: true } }, status: { eq: 'ACTIVE' } };
    expect(await found(gone)).toEqual(expected(gone, true));
    expect(await found(gone)).not.toEqual([]);
  });

  it('id, license, unique id of a license, group, account, sub account', async () => {
    const of = (list: readonly { id: string }[]) => CHOICE(list[1]!.id, list[2]!.id);
    const subs = accounts.filter(({ tier }) => tier === 'SUB');
    for (const [field, cases] of [
      ['license', of(licenses)],
      ['licenseUniqueId', TEXT(licenses[1]!.uniqueId, licenses[2]!.uniqueId)],
      ['id', CHOICE(everybody[1]!.id, everybody[2]!.id)],
      ['group', of(groups)],
      ['account', CHOICE(accounts[0]!.id, accounts[2]!.id)],
      // The id of a sub account is no account's.
      ['account', [{ eq: subs[0]!.id }, { ne: subs[0]!.id }]],
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
    const tried = [
      ...Object.keys(CASES),
      ...['id', 'license', 'licenseUniqueId', 'group', 'account', 'subAccount'],
      ...['search', 'includeRemoved', 'and', 'or', 'not'],
    ];
    const input = buildSubgraph().schema.getType('UserFilter') as GraphQLInputObjectType;
    expect(tried.sort()).toEqual(Object.keys(input.getFields()).sort());
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
      { search: 'ada\nada' },
      { search: 'LOVELACE\n' },
      { not: {} },
      { not: { department: { eq: 'sales' } } },
      { not: { not: { displayName: { contains: 'o' } } } },
      { not: { inactiveDays: { lt: 60 } } },
      { not: { or: [{ department: { eq: 'sales' } }, { neverActive: { eq: true } }] } },
      {
        or: [
          { group: { eq: groups[0]!.id } },
          { license: { eq: licenses[1]!.id } },
          { not: { group: { isNull: true } } },
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
