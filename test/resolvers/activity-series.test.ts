import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { activityDays } from '#src/db/tables/index.ts';
import type { ActivityDayRow, GroupRow, IntegrationRow, LicenseRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-03-10T12:00:00.000Z');

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let group: GroupRow;
let license: LicenseRow;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
  integration = await rows.integration({ kind: 'TIERED' });
  const master = await rows.account(integration, {
    tier: 'MASTER',
    activityKnownFrom: new Date('2026-02-24T00:00:00Z'),
    activityKnownUntil: new Date('2026-03-10T10:00:00Z'),
  });
  const sub = await rows.account(integration, {
    tier: 'SUB',
    masterId: master.id,
    activityKnownFrom: new Date('2026-02-20T00:00:00Z'),
    activityKnownUntil: new Date('2026-03-09T00:00:00Z'),
  });
  group = await rows.group(master, { zoomGroupId: 'zg' });
  license = await rows.license(sub);
  const [ada, bob] = await rows.users(master, [
    { department: 'Sales', groupIds: ['zg'] },
    { department: 'sales', groupIds: ['other'] },
  ]);
  // The same id of Zoom's in another account is another group.
  const [eve, gone] = await rows.users(sub, [{ groupIds: ['zg'] }, { department: 'Sales', removedAt: NOW }]);
  await rows.assign(license, [eve!]);
  const did = (user: UserRow, day: string, what: Partial<ActivityDayRow>) => ({
    accountId: user.accountId,
    integrationId: user.integrationId,
    userId: user.id,
    day,
    ...what,
  });
  await database.db.insert(activityDays).values([
    did(ada!, '2026-03-02', { signIns: 2, meetingsHosted: 3, longMeetingsHosted: 1 }),
    did(ada!, '2026-03-03', { meetingsHosted: 1, cloudRecordings: 2 }),
    did(bob!, '2026-03-03', { meetingsJoined: 4 }),
    did(eve!, '2026-03-08', { webinarsHosted: 1 }),
    // Keeping a recording is no sign of use.
    did(eve!, '2026-03-09', { cloudRecordings: 1 }),
    did(gone!, '2026-02-25', { signIns: 1 }),
  ]);
  // Somebody else's.
  const stranger = await rows.user(await rows.account(await rows.integration()));
  await database.db.insert(activityDays).values(did(stranger, '2026-03-03', { signIns: 9 }));
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const FIELDS = `start end activeUsers signedInUsers hosts joiners webinarHosts signIns meetingsHosted longMeetingsHosted
  meetingsJoined webinarsHosted cloudRecordings isComplete`;
const QUERY = `query ($id: ID!, $by: SeriesInterval!, $from: Date, $to: Date, $group: ID, $department: String, $license: ID) {
  activitySeries(integrationId: $id, by: $by, from: $from, to: $to, groupId: $group, department: $department, licenseId: $license) { ${FIELDS} } }`;
const ask = (by: string, more: Record<string, unknown> = {}) => server.ask(QUERY, { id: integration.id, by, ...more });
const series = async (by: string, more: Record<string, unknown> = {}) => {
  const { data, errors } = await ask(by, more);
  expect(errors).toBeUndefined();
  return data.activitySeries as Record<string, number | string | boolean>[];
};
const active = (points: Record<string, unknown>[]) =>
  points.filter(({ activeUsers }) => activeUsers !== 0).map(({ start, activeUsers }) => `${start} ${activeUsers}`);

const ZERO = {
  activeUsers: 0,
  signedInUsers: 0,
  hosts: 0,
  joiners: 0,
  webinarHosts: 0,
  signIns: 0,
  meetingsHosted: 0,
  longMeetingsHosted: 0,
  meetingsJoined: 0,
  webinarsHosted: 0,
  cloudRecordings: 0,
};

describe('a series of activity', () => {
  it('counts users once a point, and what they did all together', async () => {
    expect(await series('WEEK', { from: '2026-03-02', to: '2026-03-15' })).toEqual([
      {
        start: '2026-03-02',
        end: '2026-03-08',
        activeUsers: 3,
        signedInUsers: 1,
        hosts: 1,
        joiners: 1,
        webinarHosts: 1,
        signIns: 2,
        meetingsHosted: 4,
        longMeetingsHosted: 1,
        meetingsJoined: 4,
        webinarsHosted: 1,
        cloudRecordings: 2,
        isComplete: true,
      },
      { ...ZERO, start: '2026-03-09', end: '2026-03-15', cloudRecordings: 1, isComplete: false },
    ]);
  });

  it('shows what is known in every account when nobody says from when to when, days without anything too', async () => {
    const days = await series('DAY');
    expect(days.map(({ start }) => start)).toEqual([
      ...['2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27', '2026-02-28'],
      ...['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07'],
      ...['2026-03-08', '2026-03-09'],
    ]);
    expect(days[2]).toEqual({ ...ZERO, start: '2026-02-26', end: '2026-02-26', isComplete: true });
    expect(days.filter(({ isComplete }) => isComplete !== true).map(({ start }) => start)).toEqual(['2026-03-09']);
    // Who left was there then.
    expect(active(days)).toEqual(['2026-02-25 1', '2026-03-02 1', '2026-03-03 2', '2026-03-08 1']);
    expect(active(await series('MONTH'))).toEqual(['2026-02-01 1', '2026-03-01 3']);
  });

  it('is about those who are in a group or department or hold a license today', async () => {
    expect(active(await series('DAY', { group: group.id }))).toEqual(['2026-03-02 1', '2026-03-03 1']);
    expect(active(await series('DAY', { department: 'SALES' }))).toEqual(['2026-03-02 1', '2026-03-03 2']);
    expect(active(await series('DAY', { license: license.id }))).toEqual(['2026-03-08 1']);
    expect(active(await series('DAY', { license: license.id, department: 'sales' }))).toEqual([]);
  });

  it('costs two statements however long it is', async () => {
    for (const more of [
      { from: '2026-03-02', to: '2026-03-02' },
      { from: '2025-03-02', to: '2026-03-02' },
    ]) {
      const { statements } = await statementsOf(database, () => ask('DAY', more));
      expect(statements).toHaveLength(2);
    }
  });

  it('is empty, not refused, before anything is known', async () => {
    const fresh = await rows.integration();
    await rows.account(fresh);
    expect(await series('DAY', { id: fresh.id })).toEqual([]);
    expect(await series('DAY', { id: fresh.id, from: '2026-03-10' })).toEqual([
      { ...ZERO, start: '2026-03-10', end: '2026-03-10', isComplete: false },
    ]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['from after to', { from: '2026-03-02', to: '2026-03-01' }, /`from` must not be after `to`/],
    ['from after what is known', { from: '2026-03-20' }, /which is 2026-03-09 where it is left out/],
    ['too many points', { from: '2020-01-01', to: '2026-03-01' }, /more than 400 points/],
    ['days out of this world', { from: '0001-01-01' }, /between 2011-01-01 and 2099-12-31/],
    ['an unknown integration', { id: 'nope' }, /`integrationId` names no integration/],
    ['an unknown group', { group: 'nope' }, /`groupId` names no group of this integration/],
    ['an unknown license', { license: 'nope' }, /`licenseId` names no license of this integration/],
  ])('refuses %s in words', async (_, more, message) => {
    const { errors } = await ask('DAY', more);
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toMatch(message);
  });
});
