import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { addPastMeeting, makeUser, makeWorld } from '#sandbox/index.ts';
import { readInstanceUuid, instanceUuid, meetingNumber, readMeetingNumber } from '#sandbox/world/ids.ts';
import { truthOf } from '#sandbox/world/truth.ts';

const NOW = Date.parse('2026-05-20T10:00:00Z');
const make = (users: number, seed = 1, now = NOW) => makeWorld({ users, seed, subAccounts: 3, now: () => now });
const people = (world: ReturnType<typeof make>) => truthOf(world, world.regular, 0).users;

describe('a world', () => {
  it('is the same for the same seed, size and day, and another for another seed', () => {
    expect(people(make(300))).toEqual(people(make(300)));
    const later = people(make(300, 1, NOW + 3_600_000));
    const strip = (users: typeof later) =>
      users.map(({ email, id, lastLoginAt, lastMeetingHostedAt, licenses }) => ({
        email,
        id,
        lastLoginAt,
        lastMeetingHostedAt,
        licenses,
      }));
    expect(strip(later)).toEqual(strip(people(make(300))));
    expect(people(make(300, 2))).not.toEqual(people(make(300)));
  });

  it('has as many users as asked for, and one of every kind', () => {
    const world = make(200);
    const users = people(world);
    expect(users).toHaveLength(200);
    expect(world.master.users.size).toBe(20);
    for (const type of [1, 2, 3, 4, 6]) expect(users.some((user) => user.type === type)).toBe(true);
    for (const status of ['active', 'inactive', 'pending'])
      expect(users.some((user) => user.status === status)).toBe(true);
    for (const kind of [
      'room',
      'apiUser',
      'webinarOnly',
      'idle61',
      'idle63',
      'idle64',
      'neverLoggedIn',
      'joinsOnly',
      'dailyHost',
    ]) {
      expect(
        users.some((user) => user.behavior === kind),
        kind,
      ).toBe(true);
    }
    expect(users.filter((user) => user.isOwner)).toHaveLength(1);
    expect(users.some((user) => user.isLive)).toBe(true);
    expect(users.some((user) => user.email !== user.email.toLowerCase())).toBe(true);
    expect(users.some((user) => /[^\x20-\x7e]/.test(user.displayName))).toBe(true);
    expect(new Set(users.map((user) => user.email.toLowerCase())).size).toBe(200);
  });

  it('puts the last sign of the idle where their class says', () => {
    for (const user of people(make(600)).filter((one) => one.status === 'active' && one.behavior.startsWith('idle'))) {
      const days = Number(user.behavior.slice(4));
      const signs = [
        user.trueLastLoginAt,
        user.lastMeetingHostedOfAnySizeAt,
        user.lastMeetingJoinedAt,
        user.lastWebinarHostedAt,
      ];
      const last = Math.max(...signs.filter((sign) => sign !== null).map((sign) => Date.parse(sign)));
      expect((NOW - last) / 86_400_000).toBeGreaterThan(days);
      expect((NOW - last) / 86_400_000).toBeLessThan(days + 1.5);
    }
  });

  it('shows a login at most three days late, never early', () => {
    for (const user of people(make(500)).filter((one) => one.lastLoginAt !== null)) {
      const late = Date.parse(user.trueLastLoginAt!) - Date.parse(user.lastLoginAt!);
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThan(3 * 86_400_000);
    }
  });

  it('of ten thousand users is made in seconds', () => {
    const before = performance.now();
    const world = make(10_000);
    expect(performance.now() - before).toBeLessThan(3000);
    const { history } = world.regular;
    const hosts = world.regular.people.filter((user) => user.hosted.length > 0).length;
    expect(history.instanceSeries.length / hosts).toBeGreaterThan(5);
    expect(history.instanceSeries.length / hosts).toBeLessThan(16);
  });

  it('without users has only those who let an app in', () => {
    const world = make(0);
    expect(people(world).map((user) => user.email)).toEqual([
      'owner@northwind.example',
      'integration@northwind.example',
    ]);
    const host = makeUser(world, { email: 'host@x.example' });
    const guest = makeUser(world);
    const { uuid } = addPastMeeting(world, {
      hostId: host.id,
      startAt: NOW - 86_400_000,
      participants: [{ userId: guest.id }, { name: 'Out Sider', email: 'o@else.example' }],
      uuid: '/given//uuid==',
    });
    expect(uuid).toBe('/given//uuid==');
    const truth = new Map(people(world).map((user) => [user.id, user]));
    expect(truth.get(host.id)).toMatchObject({
      meetingsHosted: 1,
      meetingsJoined: 0,
      lastMeetingHostedAt: '2026-05-19T10:00:00Z',
    });
    expect(truth.get(guest.id)).toMatchObject({
      meetingsHosted: 0,
      meetingsJoined: 1,
      lastMeetingJoinedAt: '2026-05-19T10:00:00Z',
    });
  });
});

describe('ids', () => {
  it('are found again, and nothing else is', () => {
    for (let i = 0; i < 5000; i += 7) {
      expect(readInstanceUuid(instanceUuid(3, i))).toEqual({ accountOrdinal: 3, instance: i });
      expect(readMeetingNumber(meetingNumber(3, i))).toEqual({ accountOrdinal: 3, series: i });
    }
    expect(readInstanceUuid('AAAAAAAAAAAAAAAAAAAAAA==')).toBeNull();
    expect(readMeetingNumber(12345)).toBeNull();
  });
});

describe('npm run sandbox', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, ['sandbox/main.ts', ...args], { encoding: 'utf8' });

  it('says what is wrong with its arguments, all at once, and ends with 2', () => {
    const { status, stderr } = run('--users', 'many', '--plan', 'GOLD');
    expect(status).toBe(2);
    expect(stderr).toContain('--users');
    expect(stderr).toContain('--plan');
    expect(run('--nothing').status).toBe(2);
    expect(run('--help').status).toBe(0);
  });
});
