import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPastMeeting, makeUser, type SandboxUser } from '#sandbox/index.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import type { House } from '../support/house.ts';
import { DAY, makePaid, openCandidates, rosterNames, syncedHouse, syncNow, userNamed } from '../support/worlds.ts';

/**
 * What Zoom sends on a bad day, and what a whole sync makes of it: nothing that was known is lost, nobody is taken for
 * gone or idle, and what is missing is said.
 */

/** More than a page of a listing holds. */
const INVITED = 320;

let house: House;
let integration: IntegrationRow;
let host: SandboxUser;
let guest: SandboxUser;
let viewer: SandboxUser;
let everybody: string[];

beforeAll(async () => {
  ({ house, integration, everybody } = await syncedHouse(
    (world) => {
      const then = (days: number) => world.now() - days * DAY;
      host = makePaid(world, 'host', 200);
      guest = makePaid(world, 'guest', 200);
      makePaid(world, 'idle', 200);
      viewer = makeUser(world, { type: 4, email: 'viewer@example.com', lastLoginAt: then(1) });
      for (let i = 0; i < INVITED; i += 1) {
        makeUser(world, { type: 1, status: 'pending', email: `invited-${String(i).padStart(3, '0')}@example.com` });
      }
      for (const [days, uuid] of [
        [10, 'plain=='],
        [9, '/begins+with=='],
        [8, 'has//two/slashes='],
        [7, 'one/slash='],
      ] as const) {
        addPastMeeting(world, { hostId: host.id, startAt: then(days), uuid, participants: [{ userId: guest.id }] });
      }
    },
    { includeFreeUsers: true },
  ));
}, 60_000);
afterAll(() => house?.close());
beforeEach(() => (house.sandbox.calls.length = 0));
afterEach(() => house.sandbox.faults.clear());

const add: House['sandbox']['faults']['add'] = (fault) => house.sandbox.faults.add(fault);
const callsTo = (path: string) => house.sandbox.calls.filter((call) => call.path === path);

/** Forgets what was read of meetings, so that the next sync reads all of it. */
async function forgetMeetings() {
  await house.database.sql`truncate meetings, meeting_participants`;
  await house.database.sql`update accounts set activity_known_from = null, activity_known_until = null`;
}

/** A sync whose roster was spoilt: it says so, and everybody is still here, and nobody new is a candidate. */
async function expectSpoiltRoster(words: RegExp) {
  const before = Object.keys(await openCandidates(house)).sort();
  const runs = await syncNow(house, integration);
  expect(runs.APPLICATION_ROSTER.status).toBe('INCOMPLETE');
  expect(runs.APPLICATION_ROSTER.error).toMatch(words);
  expect(runs.RECLAMATION).toMatchObject({ status: 'INCOMPLETE', error: expect.stringContaining('roster') });
  expect(await rosterNames(house)).toEqual(everybody);
  expect(Object.keys(await openCandidates(house)).sort()).toEqual(before);
}

describe('a page token that expires', () => {
  it('makes the listing begin again, and the roster is whole', async () => {
    const expired = { status: 400, body: { code: 300, message: 'The next page token is invalid or expired.' } };
    add({ match: { path: '/users', query: { status: 'pending' } }, after: 1, action: expired });
    const runs = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(runs.APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(callsTo('/users').filter((call) => call.url.includes('status=pending'))).toHaveLength(4);
    expect(await rosterNames(house)).toEqual(everybody);
  });

  it('time and again, ends as a roster that is not whole', async () => {
    const expired = { status: 400, body: { code: 300, message: 'The next page token is invalid or expired.' } };
    // Every second question is the one for a second page.
    for (let n = 0; n < 3; n += 1) {
      add({ match: { path: '/users', query: { status: 'pending' } }, after: 1, action: expired });
    }
    await expectSpoiltRoster(/did not arrive whole/);
  });
});

describe('a page that fails for ever', () => {
  it('removes nobody and makes no candidate, however often it is asked for', async () => {
    add({
      match: { path: '/users', query: { status: 'pending' } },
      after: 1,
      times: Infinity,
      action: { status: 403, body: { code: 200, message: 'No permission.' } },
    });
    await expectSpoiltRoster(/did not arrive whole/);
  });
});

describe('a user deleted between list and detail', () => {
  it('costs nobody else anything, and is gone with the next roster', async () => {
    const { regular } = house.sandbox.world;
    const leaver = makePaid(house.sandbox.world, 'leaver', 5);
    add({
      match: { path: '/users', query: { status: 'active' } },
      action: {
        mutateBody: (body: unknown) => {
          regular.users.delete(leaver.id);
          regular.usersByEmail.delete(leaver.email);
          return body;
        },
      },
    });
    const runs = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(runs.APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(house.sandbox.calls.some((call) => call.url.includes(leaver.id) && call.status === 404)).toBe(true);
    expect((await userNamed(house, 'leaver')).removedAt).toBeNull();
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect((await userNamed(house, 'leaver')).removedAt).not.toBeNull();
    expect(await rosterNames(house)).toEqual(everybody);
  });
});

describe('meeting UUIDs with /', () => {
  it('are encoded twice where Zoom wants it, once elsewhere, and their participants are found', async () => {
    await forgetMeetings();
    await syncNow(house, integration);
    const asked = house.sandbox.calls
      .filter((call) => call.path === '/past_meetings/{meetingId}/participants')
      .map((call) => /past_meetings\/([^/]+)\/participants/.exec(call.url)?.[1]);
    expect(asked.sort()).toEqual([
      '%252Fbegins%252Bwith%253D%253D',
      'has%252F%252Ftwo%252Fslashes%253D',
      'one%2Fslash%3D',
      'plain%3D%3D',
    ]);
    expect((await userNamed(house, 'guest')).meetingsJoined).toBe(4);
  });
});

describe('participants without ids', () => {
  it('are found by their address, and who has neither is kept as a guest', async () => {
    await forgetMeetings();
    add({
      match: { path: '/past_meetings/{meetingId}/participants' },
      times: Infinity,
      action: {
        mutateBody: (body: { participants: Record<string, unknown>[] }) => ({
          ...body,
          participants: [
            ...body.participants.map(({ id: _, participant_user_id: __, ...one }) => ({ ...one, id: '' })),
            { name: 'iPhone', join_time: '', leave_time: '', duration: 60 },
          ],
          total_records: body.participants.length + 1,
        }),
      },
    });
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ACCESS.error).toBeNull();
    expect((await userNamed(house, 'guest')).meetingsJoined).toBe(4);
    const [guests] = await house.database.sql`
      select count(*)::int as count from meeting_participants where name = 'iPhone' and user_id is null`;
    expect(guests!['count']).toBe(4);
  });
});

describe('participants that Zoom does not tell yet', () => {
  it('are asked for again, and nothing is known from that meeting on until then', async () => {
    const startAt = house.clock.now().getTime() - DAY;
    addPastMeeting(house.sandbox.world, { hostId: host.id, startAt, participants: [{ userId: guest.id }] });
    const before = (await userNamed(house, 'guest')).meetingsJoined;
    const action = { status: 404, body: { code: 3001, message: 'Meeting does not exist.' } };
    add({ match: { path: '/past_meetings/{meetingId}/participants' }, times: Infinity, action });
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
    const known = async () =>
      (await house.database.sql<{ at: Date }[]>`select activity_known_until as at from accounts`)[0]!.at.getTime();
    expect(Math.abs((await known()) - startAt)).toBeLessThan(1000);
    house.sandbox.faults.clear();
    await syncNow(house, integration);
    expect((await userNamed(house, 'guest')).meetingsJoined).toBe(before + 1);
    expect(await known()).toBeGreaterThan(startAt + 3_600_000);
  });
});

describe('a listing that names no groups', () => {
  it('has every group asked for its members: who changed places leaves every count as it was', async () => {
    const { regular } = house.sandbox.world;
    const [group] = regular.groups;
    const mute = (body: { users: Record<string, unknown>[] }) => ({
      ...body,
      users: body.users.map(({ group_ids: _, ...user }) => user),
    });
    add({ match: { path: '/users' }, times: Infinity, action: { mutateBody: mute } });
    host.groupIds = [group!.id];
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect((await userNamed(house, 'host')).groupIds).toEqual([group!.id]);
    host.groupIds = [];
    guest.groupIds = [group!.id];
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect((await userNamed(house, 'host')).groupIds).toEqual([]);
    expect((await userNamed(house, 'guest')).groupIds).toEqual([group!.id]);
  });

  it('finds the invited among the members by their address', async () => {
    const { regular } = house.sandbox.world;
    const [, group] = regular.groups;
    const invited = (body: { members: object[] }) => ({
      members: [...body.members, { email: 'Invited-001@example.com' }],
      total_records: body.members.length + 1,
    });
    add({ match: { path: `/groups/${group!.id}/members` }, times: Infinity, action: { mutateBody: invited } });
    const count = (body: { groups: { id: string; total_members: number }[] }) => ({
      ...body,
      groups: body.groups.map((one) => ({ ...one, total_members: one.total_members + (one.id === group!.id ? 1 : 0) })),
    });
    add({ match: { path: '/groups' }, times: Infinity, action: { mutateBody: count } });
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect((await userNamed(house, 'invited-001')).groupIds).toContain(group!.id);
  });
});

describe('error 3161 for unlicensed hosts', () => {
  it('means that they host nothing, not that the sync failed', async () => {
    const [row] = await house.database.sql`
      update users set signs_changed_at = now() + interval '1 hour' where zoom_user_id = ${viewer.id} returning id`;
    expect(row).toBeDefined();
    const runs = await syncNow(house, integration);
    const asked = callsTo('/users/{userId}/meetings').filter((call) => call.url.includes(viewer.id));
    expect(asked.map((call) => call.code)).toContain(3161);
    expect(runs.APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect((await userNamed(house, 'viewer')).lastMeetingCreatedAt).toBeNull();
  });
});

describe('HTTP 200 with code 200', () => {
  const denied = { status: 200, body: { code: 200, message: 'Only available for Paid account.' } };

  it('in place of the users is no empty roster', async () => {
    add({ match: { path: '/users', query: { status: 'inactive' } }, times: Infinity, action: denied });
    await expectSpoiltRoster(/did not arrive whole/);
  });

  it('in place of the groups is no roster without groups', async () => {
    const [before] = await house.database.sql`select count(*)::int as count from groups where removed_at is null`;
    expect(before!['count']).toBeGreaterThan(0);
    add({ match: { path: '/groups' }, times: Infinity, action: denied });
    const runs = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(runs.APPLICATION_ROSTER.status).toBe('SUCCEEDED');
    const [after] = await house.database.sql`select count(*)::int as count from groups where removed_at is null`;
    expect(after).toEqual(before);
  });
});

describe('HTML instead of JSON', () => {
  const page = { status: 200, body: '<html><body>Be right back.</body></html>' };

  it('in place of the users is no roster', async () => {
    add({ match: { path: '/users', query: { status: 'active' } }, times: Infinity, action: page });
    await expectSpoiltRoster(/did not arrive whole/);
  });

  it('in place of a report proves nothing, and what was proven stays', async () => {
    await syncNow(house, integration);
    const [before] = await house.database.sql`select activity_known_from, activity_known_until from accounts`;
    add({ match: { path: '/report/users' }, times: Infinity, action: page });
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ACCESS).toMatchObject({
      status: 'INCOMPLETE',
      error: expect.stringContaining('proves nothing'),
    });
    const [after] = await house.database.sql`select activity_known_from, activity_known_until from accounts`;
    expect(after).toEqual(before);
  });
});
