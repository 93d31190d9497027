import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPastMeeting, addPastWebinar, makeUser, type SandboxUser } from '#sandbox/index.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { DAY, makePaid, openCandidates, syncNow, userNamed } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;
const people: Record<string, SandboxUser> = {};
const ago = (days: number) => house.clock.now().getTime() - days * DAY;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      const then = (days: number) => world.now() - days * DAY;
      for (const name of ['host', 'alone', 'guest', 'hidden', 'presenter', 'idle', 'slash']) {
        people[name] = makePaid(world, name, 200, name === 'presenter' ? { webinarCapacity: 500 } : {});
      }
      // May not host at all: Zoom answers 3161 to a question for their meetings.
      people['viewer'] = makeUser(world, { type: 4, email: 'viewer@example.com', lastLoginAt: then(1) });
      const { host, alone, guest, hidden, presenter, slash } = people as Record<string, SandboxUser>;
      addPastMeeting(world, {
        hostId: host!.id,
        startAt: then(10),
        uuid: 'plain==',
        participants: [
          { userId: guest!.id, joinAfter: 3 },
          { userId: hidden!.id },
          { name: 'A stranger', email: 'stranger@elsewhere.example' },
          { name: 'Nobody at all' },
        ],
      });
      addPastMeeting(world, { hostId: alone!.id, startAt: then(5) });
      addPastWebinar(world, { hostId: presenter!.id, startAt: then(20), participants: [{ userId: guest!.id }] });
      addPastMeeting(world, {
        hostId: slash!.id,
        startAt: then(8),
        uuid: '/begins+with==',
        participants: [{ userId: host!.id }],
      });
      addPastMeeting(world, {
        hostId: slash!.id,
        startAt: then(7),
        uuid: 'has//two/slashes=',
        participants: [{ userId: host!.id }],
      });
      addPastMeeting(world, {
        hostId: slash!.id,
        startAt: then(6),
        uuid: 'one/slash=',
        participants: [{ userId: host!.id }],
      });
    },
  });
  integration = await connectedIntegration(house);
}, 60_000);
afterAll(() => house?.close());
afterEach(() => house.sandbox.faults.clear());

/** Forgets what was read, so that a test begins as on the first day. */
async function forgetActivity() {
  await house.database.sql`truncate meetings, meeting_participants, reclamation_candidates, host_reports`;
  await house.database.sql`
    update accounts set activity_known_from = null, activity_known_until = null, created_read_at = null`;
  await house.database.sql`
    update users set last_meeting_hosted_at = null, last_meeting_joined_at = null, last_webinar_hosted_at = null,
      meetings_hosted = 0, meetings_joined = 0`;
  house.sandbox.calls.length = 0;
}
const calls = (path: string) => house.sandbox.calls.filter((call) => call.path === path);
const known = async () =>
  (
    await house.database.sql<{ from: Date | null; until: Date | null }[]>`
      select activity_known_from as from, activity_known_until as until from accounts`
  )[0]!;
const oldest = ['idle'];

describe('a whole sync', () => {
  it('ends well', async () => {
    const runs = await syncNow(house, integration);
    expect(Object.values(runs).map((run) => [run.task, run.status, run.error])).toEqual(
      Object.keys(runs).map((task) => [task, 'SUCCEEDED', null]),
    );
  }, 60_000);

  it('knows who hosted, also alone, and never takes either for idle', async () => {
    expect(await userNamed(house, 'host')).toMatchObject({ lastMeetingHostedAt: expect.any(Date), meetingsHosted: 1 });
    expect(await userNamed(house, 'alone')).toMatchObject({ lastMeetingHostedAt: expect.any(Date), meetingsHosted: 1 });
    expect(await userNamed(house, 'presenter')).toMatchObject({
      lastMeetingHostedAt: null,
      lastWebinarHostedAt: expect.any(Date),
    });
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(oldest);
  });

  it('knows who joined and when; strangers are nobody of ours', async () => {
    const guest = await userNamed(house, 'guest');
    expect(guest.meetingsJoined).toBe(1);
    expect(guest.lastMeetingJoinedAt!.getTime()).toBeGreaterThan(ago(10));
    const rows = await house.database.sql<{ name: string; email: string | null; known: boolean }[]>`
      select p.name, p.email, p.user_id is not null as known from meeting_participants p
      join meetings m on m.id = p.meeting_id where m.uuid = 'plain==' order by p.name`;
    expect(rows.filter((row) => !row.known)).toEqual([
      { name: 'A stranger', email: 'stranger@elsewhere.example', known: false },
      { name: 'Nobody at all', email: null, known: false },
    ]);
    expect(rows.filter((row) => row.known).length).toBe(3);
  });

  it('asks for meetings whose UUIDs have slashes in them', async () => {
    const rows = await house.database.sql<{ uuid: string; count: number }[]>`
      select m.uuid, count(p.position)::int as count from meetings m left join meeting_participants p on p.meeting_id = m.id
      where m.uuid like '%/%' group by m.uuid order by m.uuid`;
    expect(rows.map((row) => row.count)).toEqual([2, 2, 2]);
    expect((await userNamed(house, 'host')).meetingsJoined).toBe(3);
  });

  it('says what is known from when on, far enough for the default rule', async () => {
    const { from, until } = await known();
    expect(house.clock.now().getTime() - from!.getTime()).toBeGreaterThanOrEqual(63 * DAY);
    // As far as today is over, or at least begun, in every time zone.
    const now = house.clock.now().getTime();
    const everywhere = Math.floor(now / DAY) * DAY + (10 / 24) * DAY;
    expect(Math.abs(until!.getTime() - Math.min(now, everywhere))).toBeLessThan(60_000);
  });
});

describe('the second sync', () => {
  it('asks only for the days since, for hosts of those days, and for no participant again', async () => {
    house.clock.advance(DAY);
    addPastMeeting(house.sandbox.world, {
      hostId: people['host']!.id,
      startAt: ago(0.5),
      participants: [{ userId: people['idle']!.id }],
    });
    house.sandbox.calls.length = 0;
    const fromBefore = (await known()).from;
    expect((await syncNow(house, integration)).APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
    // The days of the last window once more, word for word, so that the answers can be compared; and the new one.
    const windows = calls('/report/users')
      .map((call) => new URL(call.url, 'http://x').searchParams)
      .map((days) => [days.get('from')!, days.get('to')!]);
    const today = house.clock.now().toISOString().slice(0, 10);
    expect(windows.map(([, to]) => to).sort()).toEqual([new Date(ago(1)).toISOString().slice(0, 10), today]);
    expect(windows).toContainEqual([today, today]);
    // Of whom Zoom reports nothing new, nothing is asked; but no report counts webinars.
    const hosts = calls('/report/users/{userId}/meetings').map((call) => call.url.split('/')[4]);
    expect(hosts.sort()).toEqual([people['host']!.id, people['presenter']!.id].sort());
    expect(calls('/past_meetings/{meetingId}/participants').length).toBe(1);
    expect(calls('/report/webinars/{webinarId}/participants').length).toBe(0);
    expect((await known()).from).toEqual(fromBefore);
    expect((await userNamed(house, 'host')).meetingsHosted).toBe(2);
    // The only one who had been idle has joined since.
    expect(await openCandidates(house)).toEqual({});
  });
});

describe('what Zoom hides or refuses', () => {
  beforeEach(forgetActivity);

  it('finds people by their address where Zoom leaves their ids out', async () => {
    const anonymous = (body: { participants: object[] }) => ({
      ...body,
      participants: body.participants.map((one) => ({
        ...one,
        id: '',
        user_email: String((one as { user_email: string }).user_email).toUpperCase(),
      })),
    });
    house.sandbox.faults.add({
      match: { path: '/past_meetings/{meetingId}/participants' },
      times: Infinity,
      action: { mutateBody: anonymous },
    });
    await syncNow(house, integration);
    expect((await userNamed(house, 'guest')).meetingsJoined).toBe(1);
    expect((await userNamed(house, 'hidden')).meetingsJoined).toBe(1);
  });

  it('takes the report where the permission for past participants is missing', async () => {
    house.sandbox.faults.add({
      match: { path: '/past_meetings/{meetingId}/participants' },
      times: Infinity,
      action: { status: 400, body: { code: 4711, message: 'Invalid access token, does not contain scopes:[a:b:c].' } },
    });
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(calls('/report/meetings/{meetingId}/participants').length).toBeGreaterThan(3);
    expect((await userNamed(house, 'guest')).meetingsJoined).toBe(1);
  });

  it.each([
    ['who hosted', '/report/users'],
    ['what they hosted', '/report/users/{userId}/meetings'],
    ['who was in it', '/past_meetings/{meetingId}/participants'],
  ])('proves nothing when the report of %s is refused', async (_, path) => {
    house.sandbox.faults.add({
      match: { path },
      times: Infinity,
      action: { status: 403, body: { code: 200, message: 'No.' } },
    });
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ACCESS.status).toBe('INCOMPLETE');
    expect(runs.APPLICATION_ACCESS.error).toContain('proves nothing yet');
    expect(await known()).toEqual({ from: null, until: null });
    expect(runs.RECLAMATION).toMatchObject({ status: 'INCOMPLETE' });
    expect(await openCandidates(house)).toEqual({});
  });

  it('keeps what was proven before when a later report fails', async () => {
    await syncNow(house, integration);
    const before = await known();
    house.sandbox.faults.add({
      match: { path: '/report/users' },
      times: Infinity,
      action: { status: 403, body: { code: 200, message: 'No.' } },
    });
    await syncNow(house, integration);
    expect(await known()).toEqual(before);
    // Three days later that is no proof of today any more.
    house.clock.advance(3 * DAY);
    makePaid(house.sandbox.world, 'idle-later', 200);
    const runs = await syncNow(house, integration);
    expect(runs.RECLAMATION.error).toContain('activity was last read on');
    expect(Object.keys(await openCandidates(house))).not.toContain('idle-later');
  });

  it('goes on without who was deleted between the report and the question for their meetings', async () => {
    const { regular } = house.sandbox.world;
    const slash = people['slash']!;
    house.sandbox.faults.add({
      match: { path: '/report/users' },
      times: Infinity,
      action: {
        mutateBody: (body: unknown) => {
          regular.users.delete(slash.id);
          return body;
        },
      },
    });
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect((await userNamed(house, 'host')).lastMeetingHostedAt).not.toBeNull();
    regular.users.set(slash.id, slash);
  });

  it('asks whoever may not host for nothing that would end the run', async () => {
    await house.database.sql`update integrations set include_free_users = true where id = ${integration.id}`;
    const runs = await syncNow(house, integration);
    await house.database.sql`update integrations set include_free_users = false where id = ${integration.id}`;
    expect(calls('/users/{userId}/meetings').some((call) => call.url.includes(people['viewer']!.id))).toBe(true);
    expect(runs.APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
  });

  it('says when it cannot look back as far as was asked', async () => {
    const analyzeActivityFrom = new Date(ago(400));
    await house.database.sql`
      update integrations set analyze_activity_from = ${analyzeActivityFrom} where id = ${integration.id}`;
    const runs = await syncNow(house, integration);
    await house.database.sql`update integrations set analyze_activity_from = null where id = ${integration.id}`;
    expect(runs.APPLICATION_ACCESS.error).toMatch(/six months back: activity is known from \d{4}-\d{2}-\d{2} on/);
    for (const call of calls('/report/users')) {
      const days = new URL(call.url, 'http://x').searchParams;
      expect((Date.parse(days.get('to')!) - Date.parse(days.get('from')!)) / DAY).toBeLessThan(28);
    }
  });
});

describe('who left and came back', () => {
  it('has the activity that is theirs, and is not taken for idle', async () => {
    await forgetActivity();
    const { regular } = house.sandbox.world;
    const alone = people['alone']!;
    regular.users.delete(alone.id);
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    regular.users.set(alone.id, alone);
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ACCESS.error).toBeNull();
    expect(await userNamed(house, 'alone')).toMatchObject({ removedAt: null, lastMeetingHostedAt: expect.any(Date) });
    expect(Object.keys(await openCandidates(house))).not.toContain('alone');
  });

  it('an address of two who left is whose who is here now', async () => {
    await forgetActivity();
    const { sql } = house.database;
    // Two earlier owners of the address, as two earlier rosters left them.
    const [row] = await sql<
      { id: string }[]
    >`select id from users where email = 'guest@example.com' and removed_at is null`;
    for (const days of [30, 20]) {
      await sql`
        insert into users (id, integration_id, account_id, zoom_user_id, email, status, type, first_seen_at, updated_at, removed_at)
        select ${`usr_old${days}`}, integration_id, account_id, zoom_user_id, email, status, type, first_seen_at, updated_at,
          ${new Date(ago(days))} from users where id = ${row!.id}`;
    }
    await syncNow(house, integration);
    expect(await userNamed(house, 'guest')).toMatchObject({ id: row!.id, meetingsJoined: 1 });
  });
});
