import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countsByKey, pagesByKey } from '#src/datasources/store/page.ts';
import { usersOf } from '#src/datasources/store/users.ts';
import type { Database } from '#src/db/client.ts';
import type { UserRow } from '#src/db/tables/rows.ts';
import type { UserFilter } from '#src/schema.generated.ts';
import { testDatabase } from '../../support/database.ts';
import { isFound, type FilterWorld } from '../../support/plain-filter.ts';
import { rowsIn } from '../../support/rows.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const TEXTS = ['Sales', 'sales', 'R&D_100%', '', 'Ünïcode ÉTÉ', 'a\\b', "o'neil"] as const;
const DATES = [ago(0), ago(59.5), ago(60), ago(60.0001), ago(400), ago(-1)];
const INTS = [-1, 0, 1, 60, 100, 500];

const orNull = <T>(values: readonly T[]) => fc.constantFrom<T | null>(...values, null);

/** Rows in which every combination of known and unknown comes up. */
const person = fc.record({
  type: fc.constantFrom('LICENSED', 'BASIC', 'ON_PREM', 'OTHER', 'NONE' as const),
  status: fc.constantFrom('ACTIVE', 'INACTIVE', 'PENDING' as const),
  department: orNull(TEXTS),
  displayName: orNull(TEXTS),
  firstName: orNull(TEXTS),
  activeDate: orNull(DATES),
  lastLoginAt: orNull(DATES),
  lastMeetingHostedAt: orNull(DATES),
  lastWebinarHostedAt: orNull([]),
  meetingsHosted: fc.constantFrom(0, 1, 60, 100),
  largestMeeting: orNull([1, 60, 100, 500]),
  meetingCapacity: orNull([100, 500]),
  webinarEnabled: orNull([true, false]),
  wouldBasicSuffice: orNull([true, false]),
  isRoom: fc.boolean(),
  groupIds: fc.constantFrom<string[]>([], ['zg-1'], ['zg-1', 'zg-1', 'zg-2'], ['zg-gone']),
  removedAt: fc.constantFrom(null, null, null, ago(1)),
});

const some = <T>(values: readonly T[]) => fc.constantFrom(...values);
const lists = <T>(values: readonly T[]) => fc.array(some(values), { maxLength: 3 });

/** One or two comparators at once. */
const comparators = (all: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .uniqueArray(some(Object.keys(all)), { minLength: 1, maxLength: 2 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, all[name] ?? fc.constant(null)]))));
const equality = (values: readonly unknown[]) => ({
  eq: some(values),
  ne: some(values),
  in: lists(values),
  notIn: lists(values),
  isNull: fc.boolean(),
});
const range = (values: readonly unknown[]) => ({
  lt: some(values),
  lte: some(values),
  gt: some(values),
  gte: some(values),
});
const text = comparators({
  ...equality(TEXTS),
  contains: some(['a', '%', '_', 'S', 'é', '']),
  startsWith: some(['s', 'R&', 'ü']),
});
const int = comparators({ ...equality(INTS), ...range(INTS) });
const instant = comparators({ ...equality(DATES), ...range(DATES) });
const yesNo = comparators(equality([true, false]));

const leaf = fc.oneof(
  ...Object.entries({
    department: text,
    displayName: text,
    firstName: text,
    status: comparators(equality(['ACTIVE', 'PENDING'])),
    type: comparators(equality(['LICENSED', 'BASIC', 'OTHER'])),
    kind: comparators(equality(['PERSON', 'ZOOM_ROOM'])),
    isZoomRoom: yesNo,
    activeDate: instant,
    removedAt: instant,
    lastActivityAt: instant,
    lastLoginAt: instant,
    lastMeetingHostedAt: instant,
    lastWebinarHostedAt: instant,
    meetingsHosted: int,
    largestMeeting: int,
    meetingCapacity: int,
    webinarEnabled: yesNo,
    wouldBasicSuffice: yesNo,
    inactiveDays: int,
    neverActive: yesNo,
    search: some(['sal', 'Ü', '@EXAMPLE', 'nobody']),
  }).map(([field, condition]) => condition.map((value): UserFilter => ({ [field]: value }))),
);

const links = (world: FilterWorld): fc.Arbitrary<UserFilter> => {
  const ids = (rows: readonly { id: string }[]) => comparators(equality([...rows.map(({ id }) => id), 'unknown']));
  return fc.oneof(
    ids(world.licenses).map((license): UserFilter => ({ license: license as object })),
    ids(world.groups).map((group): UserFilter => ({ group: group as object })),
    ids(world.accounts).map((account): UserFilter => ({ account: account as object })),
    ids(world.accounts).map((subAccount): UserFilter => ({ subAccount: subAccount as object })),
  );
};

const nested = (world: FilterWorld) =>
  fc.letrec<{ filter: UserFilter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'filter' },
      leaf,
      links(world),
      fc.tuple(leaf, leaf).map(([one, other]): UserFilter => ({ ...one, ...other })),
      fc.array(tie('filter'), { maxLength: 3 }).map((and): UserFilter => ({ and })),
      fc.array(tie('filter'), { maxLength: 3 }).map((or): UserFilter => ({ or })),
      tie('filter').map((not): UserFilter => ({ not })),
    ),
  })).filter;

let database: Database;
let everybody: UserRow[];
let world: FilterWorld;

beforeAll(async () => {
  database = await testDatabase();
  const rows = rowsIn(database);
  const integrations = [await rows.integration({ kind: 'TIERED' }), await rows.integration({ includeFreeUsers: true })];
  const master = await rows.account(integrations[0]!, { tier: 'MASTER' });
  const accounts = [
    master,
    await rows.account(integrations[0]!, { tier: 'SUB', masterId: master.id }),
    await rows.account(integrations[1]!),
  ];
  const licenses = [];
  const groups = [];
  const holders = new Map<string, Set<string>>();
  everybody = [];
  for (const [place, account] of accounts.entries()) {
    const license = await rows.license(account);
    licenses.push(license);
    groups.push(await rows.group(account, { zoomGroupId: 'zg-1' }), await rows.group(account, { zoomGroupId: 'zg-2' }));
    const people = await rows.users(account, fc.sample(person, { numRuns: 20, seed: place + 1 }));
    everybody.push(...people);
    const held = people.filter((_, index) => index % 3 === 0);
    await rows.assign(license, held);
    for (const { id } of held) holders.set(id, new Set([license.id]));
  }
  world = { integrations, accounts, licenses, groups, holders };
});
afterAll(() => database.close());

const asksForRemoved = (filter: UserFilter) => /"removedAt":\{"/.test(JSON.stringify(filter));

it('any filter finds whom a plain reading of it finds', async () => {
  const sizes = new Set<number>();
  await fc.assert(
    fc.asyncProperty(nested(world), async (filter) => {
      const source = usersOf('all', { filter }, NOW);
      const [page] = await pagesByKey(database.sql, source, ['all'], { first: 100 }, NOW);
      const expected = everybody
        .filter((user) => (asksForRemoved(filter) || user.removedAt === null) && isFound(user, filter, world, NOW))
        .map(({ email }) => email)
        .sort();
      expect(page?.rows.map(({ email }) => email)).toEqual(expected);
      expect(await countsByKey(database.sql, source, ['all'])).toEqual([expected.length]);
      sizes.add(expected.length);
    }),
    { numRuns: 150, seed: 3 },
  );
  // Filters that all find nobody or everybody would prove nothing.
  expect(sizes.size).toBeGreaterThan(15);
}, 120_000);
