import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsByKey, pagesByKey } from '#src/datasources/store/page.ts';
import { usersByEmails, usersOf, type UserScope } from '#src/datasources/store/users.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, IntegrationRow, UserRow } from '#src/db/tables/rows.ts';
import { inactiveDays } from '#src/policy/inactivity.ts';
import type { OrderDirection, UserFilter, UserOrder, UserOrderField } from '#src/schema.generated.ts';
import { testDatabase } from '../../support/database.ts';
import { rowsIn } from '../../support/rows.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let database: Database;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;
let people: UserRow[];

beforeAll(async () => {
  database = await testDatabase();
  rows = rowsIn(database);
  integration = await rows.integration({ createdAt: ago(10) });
  account = await rows.account(integration);
  const pick = <T>(list: readonly T[], index: number, stride = 1): T => list[Math.floor(index / stride) % list.length]!;
  people = await rows.users(
    account,
    Array.from({ length: 23 }, (_, index) => ({
      displayName: pick(['b', 'a', null], index),
      department: pick([null, 'x', 'y'], index, 2),
      status: pick(['ACTIVE', 'PENDING'] as const, index, 3),
      type: pick(['LICENSED', 'BASIC'] as const, index, 5),
      activeDate: pick([ago(30), null], index, 4),
      lastLoginAt: pick([null, ago(5), ago(5.2), ago(7)], index),
      lastClientVersion: pick(['6.1', '6.0', null], index),
      meetingCapacity: pick([100, null, 300], index),
      largeMeetingCapacity: pick([500, null], index, 2),
      largeMeetingEnabled: pick([true, false, null], index),
      webinarCapacity: pick([null, 500], index, 3),
      webinarEnabled: pick([null, true, false], index, 2),
      costCenter: pick(['1', '2', null], index, 3),
      zoomUserId: pick([`z${index}`, null], index, 2),
      firstName: pick(['Ada', null, 'bob'], index),
      lastName: pick([null, 'x', 'Y'], index, 2),
      typeCode: pick([1, 2, null], index, 2),
      isRoom: index % 5 === 0,
      removedAt: null,
      jobTitle: pick(['CEO', null], index, 3),
      location: pick([null, 'Berlin', 'aachen'], index),
      managerEmail: pick(['a@example.com', null, 'b@example.com'], index, 4),
      lastSignInAt: pick([null, ago(3), ago(9)], index, 2),
      lastMeetingCreatedAt: pick([ago(3), null, ago(9)], index),
      lastMeetingHostedAt: pick([null, ago(30), ago(90)], index, 5),
      lastMeetingJoinedAt: pick([ago(31), null, ago(9)], index, 4),
      lastWebinarHostedAt: pick([null, ago(8), ago(12)], index, 3),
      lastLongMeetingHostedAt: pick([null, ago(3), ago(9)], index, 3),
      lastCloudRecordingAt: pick([ago(5), ago(4), null], index, 2),
      meetingsHosted: index % 4,
      meetingsJoined: index % 3,
      webinarsHosted: index % 2,
      longMeetingsHosted: (index * 7) % 5,
      cloudRecordings: (index * 3) % 7,
      largestMeeting: pick([null, 2, 100], index, 2),
      wouldBasicSuffice: pick([true, null, false], index, 4),
    })),
  );
});
afterAll(() => database.close());

/** All pages of a list, one after the other. */
async function walk(
  orderBy: UserOrder[],
  first: number,
  scope: UserScope = 'integration',
  key = integration.id,
  now = () => NOW,
) {
  const all: UserRow[] = [];
  for (let after: string | null = null, rounds = 0; ; rounds += 1) {
    const [page]: Awaited<ReturnType<typeof pagesByKey<UserRow>>> = await pagesByKey(
      database.sql,
      usersOf(scope, { orderBy }, now()),
      [key],
      { first, after },
      now(),
    );
    if (page === undefined || rounds > 100) throw new Error('There is no end.');
    all.push(...page.rows);
    expect(page.hasPreviousPage).toBe(after !== null);
    const last = page.rows.at(-1);
    if (!page.hasNextPage || last === undefined) return all;
    after = page.cursorOf(last);
  }
}

const VALUES: Record<UserOrderField, (user: UserRow) => string | number | null> = {
  EMAIL: (user) => user.email,
  DISPLAY_NAME: (user) => user.displayName,
  DEPARTMENT: (user) => user.department,
  STATUS: (user) => user.status,
  TYPE: (user) => user.type,
  ACTIVE_DATE: (user) => user.activeDate?.getTime() ?? null,
  LAST_LOGIN_AT: (user) => user.lastLoginAt?.getTime() ?? null,
  LAST_ACTIVITY_AT: (user) => user.lastActivityAt?.getTime() ?? null,
  INACTIVE_DAYS: (user) => inactiveDays(user, NOW),
  LAST_CLIENT_VERSION: (user) => user.lastClientVersion,
  MEETING_CAPACITY: (user) => user.meetingCapacity,
  LARGE_MEETING_CAPACITY: (user) => user.largeMeetingCapacity,
  LARGE_MEETING_ENABLED: (user) => (user.largeMeetingEnabled === null ? null : Number(user.largeMeetingEnabled)),
  WEBINAR_CAPACITY: (user) => user.webinarCapacity,
  WEBINAR_ENABLED: (user) => (user.webinarEnabled === null ? null : Number(user.webinarEnabled)),
  COST_CENTER: (user) => user.costCenter,
  ZOOM_USER_ID: (user) => (user.status === 'PENDING' ? null : user.zoomUserId),
  FIRST_NAME: (user) => user.firstName,
  LAST_NAME: (user) => user.lastName,
  TYPE_CODE: (user) => user.typeCode,
  KIND: (user) => user.kind,
  IS_ZOOM_ROOM: (user) => Number(user.isRoom),
  REMOVED_AT: (user) => user.removedAt?.getTime() ?? null,
  JOB_TITLE: (user) => user.jobTitle,
  LOCATION: (user) => user.location,
  MANAGER_EMAIL: (user) => user.managerEmail,
  NEVER_ACTIVE: (user) => Number(user.lastActivityAt === null),
  LAST_SIGN_IN_AT: (user) => user.lastSignInAt?.getTime() ?? null,
  LAST_MEETING_CREATED_AT: (user) => user.lastMeetingCreatedAt?.getTime() ?? null,
  LAST_MEETING_HOSTED_AT: (user) => user.lastMeetingHostedAt?.getTime() ?? null,
  LAST_MEETING_JOINED_AT: (user) => user.lastMeetingJoinedAt?.getTime() ?? null,
  LAST_WEBINAR_HOSTED_AT: (user) => user.lastWebinarHostedAt?.getTime() ?? null,
  LAST_LONG_MEETING_HOSTED_AT: (user) => user.lastLongMeetingHostedAt?.getTime() ?? null,
  LAST_CLOUD_RECORDING_AT: (user) => user.lastCloudRecordingAt?.getTime() ?? null,
  MEETINGS_HOSTED: (user) => user.meetingsHosted,
  MEETINGS_JOINED: (user) => user.meetingsJoined,
  WEBINARS_HOSTED: (user) => user.webinarsHosted,
  LONG_MEETINGS_HOSTED: (user) => user.longMeetingsHosted,
  CLOUD_RECORDINGS: (user) => user.cloudRecordings,
  LARGEST_MEETING: (user) => user.largestMeeting,
  POLLS_HELD: (user) => user.pollsHeld,
  REGISTRANTS: (user) => user.registrants,
  WOULD_BASIC_SUFFICE: (user) => (user.wouldBasicSuffice === null ? null : Number(user.wouldBasicSuffice)),
};

function sorted(orderBy: UserOrder[]): string[] {
  const compare = (a: UserRow, b: UserRow): number => {
    for (const { field, direction } of orderBy) {
      const [left, right] = [VALUES[field](a), VALUES[field](b)];
      if (left === right) continue;
      if (left === null) return 1;
      if (right === null) return -1;
      return (left < right ? -1 : 1) * (direction === 'DESC' ? -1 : 1);
    }
    return a.id < b.id ? -1 : 1;
  };
  return [...people].sort(compare).map(({ id }) => id);
}

describe('lists of users', () => {
  const fields = Object.keys(VALUES) as UserOrderField[];
  const orders: UserOrder[][] = [
    ...fields.flatMap((field) => (['ASC', 'DESC'] as OrderDirection[]).map((direction) => [{ field, direction }])),
    [
      { field: 'INACTIVE_DAYS', direction: 'DESC' },
      { field: 'DISPLAY_NAME', direction: 'ASC' },
    ],
    [
      { field: 'TYPE', direction: 'ASC' },
      { field: 'LARGE_MEETING_ENABLED', direction: 'DESC' },
      { field: 'DEPARTMENT', direction: 'ASC' },
    ],
  ];

  it.each(
    orders.map((order) => [order.map(({ field, direction }) => `${field} ${direction}`).join(', '), order] as const),
  )('come in the order of %s, unknown values last, whatever the size of the pages', async (_, order) => {
    for (const first of [1, 4, 500]) {
      expect((await walk(order, first)).map(({ id }) => id)).toEqual(sorted(order));
    }
  });

  it('keep their order while time goes on between pages', async () => {
    let rounds = 0;
    const later = () => new Date(NOW.getTime() + (rounds++ * 86_400_000) / 3);
    const order: UserOrder[] = [{ field: 'INACTIVE_DAYS', direction: 'ASC' }];
    const all = await walk(order, 3, 'integration', integration.id, later);
    expect(new Set(all.map(({ id }) => id)).size).toBe(people.length);
    expect(all).toHaveLength(people.length);
  });

  it('do not take the cursor of another order', async () => {
    const page = async (orderBy: UserOrder[], after: string | null) =>
      (await pagesByKey(database.sql, usersOf('all', { orderBy }, NOW), ['all'], { first: 2, after }, NOW))[0]!;
    const byName = await page([{ field: 'DISPLAY_NAME', direction: 'ASC' }], null);
    const cursor = byName.cursorOf(byName.rows[0]!);
    await expect(page([{ field: 'DISPLAY_NAME', direction: 'DESC' }], cursor)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(page([{ field: 'DEPARTMENT', direction: 'ASC' }], cursor)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    const forged = (values: unknown[]) =>
      Buffer.from(JSON.stringify(['users ACTIVE_DATE ASC', values])).toString('base64url');
    for (const values of [
      ['not a date', 'usr_1'],
      [5, 'usr_1'],
      ['2026-03-01T00:00:00.000Z', null],
      ['2026-03-01T00:00:00.000Z'],
      [{}, []],
    ]) {
      await expect(page([{ field: 'ACTIVE_DATE', direction: 'ASC' }], forged(values))).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    }
  });

  it('are not ordered twice by the same', () => {
    const twice: UserOrder[] = [
      { field: 'EMAIL', direction: 'ASC' },
      { field: 'EMAIL', direction: 'DESC' },
    ];
    expect(() => usersOf('all', { orderBy: twice }, NOW)).toThrow(/more than once/);
  });

  it('show somebody whose texts are too long for an index in their place, and find them', async () => {
    const wordy = await rows.account(await rows.integration());
    // Letters that don't compress, so that the index would really refuse them.
    const long = Array.from({ length: 900 }, (_, index) => Math.imul(index + 1, 2_654_435_761).toString(36)).join('');
    await rows.users(wordy, [
      { email: 'a@example.com', displayName: 'Zoe' },
      { email: 'b@example.com', displayName: `Max ${long}`, department: long, managerEmail: `${long}@example.com` },
      { email: 'c@example.com', displayName: 'Ada' },
    ]);
    const emails = async (filter: UserFilter, orderBy: UserOrder[] = []) => {
      const source = usersOf('integration', { filter, orderBy }, NOW);
      const [page] = await pagesByKey(database.sql, source, [wordy.integrationId], { first: 10 }, NOW);
      const [count] = await countsByKey(database.sql, source, [wordy.integrationId]);
      expect(count).toBe(page?.rows.length);
      return page?.rows.map(({ email }) => email[0]).join('');
    };
    expect(await emails({})).toBe('abc');
    expect(await emails({}, [{ field: 'DISPLAY_NAME', direction: 'ASC' }])).toBe('cba');
    expect(await emails({ department: { eq: long.toUpperCase() } })).toBe('b');
    expect(await emails({ search: `max ${long.slice(0, 50)}` })).toBe('b');
    expect(await emails({ department: { isNull: true } })).toBe('ac');
    expect((await walk([{ field: 'DISPLAY_NAME', direction: 'DESC' }], 1, 'account', wordy.id)).length).toBe(3);
  });

  it('belong to their parents', async () => {
    const tiered = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(tiered, { tier: 'MASTER' });
    const sub = await rows.account(tiered, { tier: 'SUB', masterId: master.id });
    const group = await rows.group(sub);
    const license = await rows.license(sub);
    const above = await rows.user(master, { email: 'above@example.com' });
    const below = await rows.user(sub, { email: 'below@example.com', groupIds: [group.zoomGroupId] });
    await rows.user(master, { email: 'left@example.com', removedAt: NOW });
    await rows.assign(license, [below]);
    const emails = async (scope: UserScope, key: string) => (await walk([], 10, scope, key)).map(({ email }) => email);
    expect(await emails('integration', tiered.id)).toEqual([above.email, below.email]);
    expect(await emails('account', master.id)).toEqual([above.email, below.email]);
    expect(await emails('subAccount', sub.id)).toEqual([below.email]);
    expect(await emails('license', license.id)).toEqual([below.email]);
    expect(await emails('group', group.id)).toEqual([below.email]);
    expect(await emails('integration', 'unknown')).toEqual([]);
  });
});

describe('users by e-mail address', () => {
  it('are those of the integration that came first, unless they left it', async () => {
    const later = await rows.account(await rows.integration({ createdAt: ago(5) }));
    const earlier = await rows.account(await rows.integration({ createdAt: ago(20) }));
    const both = { email: 'both@example.com' };
    await rows.user(later, both);
    const first = await rows.user(earlier, both);
    await rows.user(earlier, { email: 'moved@example.com', removedAt: NOW });
    const moved = await rows.user(later, { email: 'moved@example.com' });
    const left = await rows.user(later, { email: 'left-all@example.com', removedAt: NOW });
    const found = await usersByEmails(database.sql, [left.email, 'nobody@example.com', moved.email, both.email]);
    expect(found.map((user) => user?.id ?? null)).toEqual([left.id, null, moved.id, first.id]);
  });
});
