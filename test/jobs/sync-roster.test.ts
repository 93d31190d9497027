import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeUser } from '#sandbox/index.ts';
import { queueSync } from '#src/actions/sync-integration.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import {
  candidateStatus,
  DAY,
  makePaid,
  neverAborted,
  openCandidates,
  rosterNames,
  syncNow,
  userNamed,
} from '../support/worlds.ts';

const PAGE = 300;
let house: House;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      // Free users fill two pages without a call for settings each.
      for (let n = 0; n < PAGE + 20; n += 1) makeUser(world, { type: 1, email: `free${n}@example.com` });
      makePaid(world, 'idle', 200);
      makePaid(world, 'busy', 2);
      makePaid(world, 'mixed', 2, { email: 'Mixed.Case@Example.com' });
      makePaid(world, 'strange', 2, { type: 23 });
      makePaid(world, 'gone-quiet', 200, { status: 'inactive' });
      makePaid(world, 'invited', null, { status: 'pending' });
    },
  });
  integration = await connectedIntegration(house);
  const runs = await syncNow(house, integration);
  expect(Object.values(runs).map((run) => [run.task, run.status, run.error])).toEqual(
    Object.keys(runs).map((task) => [task, 'SUCCEEDED', null]),
  );
}, 120_000);
afterAll(() => house?.close());
afterEach(() => house.sandbox.faults.clear());

const world = () => house.sandbox.world;
const zoomUser = (email: string) => world().regular.usersByEmail.get(email.toLowerCase())!;
/** As an administrator does who deletes somebody in Zoom. */
function removeFromZoom(email: string) {
  const user = zoomUser(email);
  world().regular.users.delete(user.id);
  world().regular.usersByEmail.delete(email.toLowerCase());
  return user;
}
function bringBack(user: ReturnType<typeof zoomUser>) {
  world().regular.users.set(user.id, user);
  world().regular.usersByEmail.set(user.email.toLowerCase(), user);
}
/** Somebody else, of whom there are as many. */
const asStranger = ({ id, email, ...user }: { id?: string; email: string }) => ({
  ...user,
  ...(id !== undefined && { id: `other${id}` }),
  email: `other.${email}`,
});
/** Only the roster and what follows from it. */
const syncRoster = () => syncNow(house, integration, ['APPLICATION_ROSTER', 'RECLAMATION']);
const account = async () =>
  (
    await house.database.sql<{ complete: boolean; at: Date }[]>`
      select is_roster_complete as complete, roster_complete_at as at from accounts`
  )[0]!;

describe('what a listing says', () => {
  it('is kept, also what nobody has a name for', async () => {
    expect(await userNamed(house, 'strange')).toMatchObject({ type: 'OTHER', typeCode: 23 });
    const held = await house.database.sql`
      select l.unique_id, l.name from license_assignments a join licenses l on l.id = a.license_id
      join users u on u.id = a.user_id where u.email = 'strange@example.com'`;
    expect(held).toEqual([{ unique_id: 'TYPE_23', name: 'Unknown (Zoom type 23)' }]);
    expect(await userNamed(house, 'mixed.case')).toMatchObject({ email: 'mixed.case@example.com' });
    expect(await userNamed(house, 'invited')).toMatchObject({ status: 'PENDING', zoomUserId: null, activeDate: null });
    expect(await userNamed(house, 'gone-quiet')).toMatchObject({ status: 'INACTIVE', type: 'LICENSED' });
  });

  it('writes nothing when it says nothing new', async () => {
    const rows = () => house.database.sql`
      select 'user' as what, id, xmin::text from users union all
      select 'license', id, xmin::text from licenses union all
      select 'assignment', user_id || license_id, xmin::text from license_assignments union all
      select 'history', seq::text, xmin::text from user_history union all
      select 'group', id, xmin::text from groups order by 1, 2`;
    const before = await rows();
    expect((await syncRoster()).APPLICATION_ROSTER.status).toBe('SUCCEEDED');
    expect(await rows()).toEqual(before);
  });
});

describe('a roster that did not arrive whole', () => {
  let namesBefore: string[];
  let completeBefore: Date;
  beforeEach(async () => {
    namesBefore = await rosterNames(house);
    completeBefore = (await account()).at;
  });

  it.each([
    [
      'page 2 of the active fails for ever',
      { match: { path: '/users', query: { status: 'active' } }, after: 1, times: Infinity, action: { status: 500 } },
    ],
    [
      'only the invited cannot be listed',
      {
        match: { path: '/users', query: { status: 'pending' } },
        times: Infinity,
        action: { status: 403, body: { code: 200, message: 'No.' } },
      },
    ],
    [
      'a listing ends early and calls itself whole',
      {
        match: { path: '/users', query: { status: 'active' } },
        times: Infinity,
        action: { mutateBody: (body: object) => ({ ...body, next_page_token: '' }) },
      },
    ],
    [
      "Zoom's own count disagrees, twice",
      {
        match: { path: '/users/summary' },
        times: Infinity,
        action: { mutateBody: (body: { total_users_count: number }) => ({ ...body, total_users_count: 5000 }) },
      },
    ],
  ])('%s: removes nobody, finds nobody, and says so', async (_, fault) => {
    const leaver = removeFromZoom('busy@example.com');
    const freshlyIdle = makePaid(world(), 'idle-too', 300);
    house.sandbox.faults.add(fault);
    const runs = await syncRoster();
    expect(runs.APPLICATION_ROSTER.status).toBe('INCOMPLETE');
    expect(runs.APPLICATION_ROSTER.error).toMatch(/Nobody was removed, and no candidates are made from this roster\./);
    expect(runs.RECLAMATION.status).toBe('INCOMPLETE');
    expect(runs.RECLAMATION.error).toContain('roster is not complete');
    const names = await rosterNames(house);
    expect(namesBefore.filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(await openCandidates(house))).not.toContain('idle-too');
    expect(await account()).toEqual({ complete: false, at: completeBefore });

    house.sandbox.faults.clear();
    removeFromZoom(freshlyIdle.email);
    bringBack(leaver);
    expect((await syncRoster()).APPLICATION_ROSTER.status).toBe('SUCCEEDED');
    expect(await rosterNames(house)).toEqual(namesBefore);
    expect((await account()).complete).toBe(true);
  });

  it("looks a second time when Zoom's count disagrees once", async () => {
    const lie = (body: { total_users_count: number }) => ({ ...body, total_users_count: 5000 });
    house.sandbox.faults.add({ match: { path: '/users/summary' }, action: { mutateBody: lie } });
    expect((await syncRoster()).APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
  });

  it('removes nobody when a page comes twice and another not at all, also where Zoom counts nothing', async () => {
    let first: unknown = null;
    const again = ({
      total_records: _,
      ...body
    }: {
      next_page_token: string;
      users: unknown;
      total_records: number;
    }) => (body.next_page_token === '' ? { ...body, users: first } : { ...body, users: (first = body.users) });
    const noCount = {
      status: 400,
      body: { code: 4711, message: 'Invalid access token, does not contain scopes:[x:y].' },
    };
    house.sandbox.faults.add({ match: { path: '/users/summary' }, times: Infinity, action: noCount });
    house.sandbox.faults.add({
      match: { path: '/users', query: { status: 'active' } },
      times: Infinity,
      action: { mutateBody: again },
    });
    const { APPLICATION_ROSTER: run } = await syncRoster();
    expect(run).toMatchObject({ status: 'INCOMPLETE', error: expect.stringContaining('the same page twice') });
    expect(await rosterNames(house)).toEqual(namesBefore);
  });

  it.each([
    ['of another account', (users: { id?: string; email: string }[]) => users.map(asStranger), {}],
    ['with nobody in them', () => [], { next_page_token: '', total_records: 0 }],
  ])('removes nobody by listings %s, however often they come', async (_, users, rest) => {
    const lie = (body: { users: { id?: string; email: string }[] }) => ({ ...body, users: users(body.users), ...rest });
    const noCount = (body: object) => ({ ...body, total_users_count: 0 });
    house.sandbox.faults.add({ match: { path: '/users' }, times: Infinity, action: { mutateBody: lie } });
    house.sandbox.faults.add({ match: { path: '/users/summary' }, times: Infinity, action: { mutateBody: noCount } });
    for (const time of ['first', 'second']) {
      const { APPLICATION_ROSTER: run } = await syncRoster();
      expect([time, run]).toMatchObject([
        time,
        { status: 'INCOMPLETE', error: expect.stringContaining('those of another account') },
      ]);
      expect(await rosterNames(house)).toEqual(namesBefore);
      expect(await account()).toEqual({ complete: false, at: completeBefore });
    }
    house.sandbox.faults.clear();
    expect((await syncRoster()).APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await rosterNames(house)).toEqual(namesBefore);
  });

  it("is complete without Zoom's count where the permission for it is missing", async () => {
    house.sandbox.faults.add({
      match: { path: '/users/summary' },
      times: Infinity,
      action: { status: 400, body: { code: 4711, message: 'Invalid access token, does not contain scopes:[x:y].' } },
    });
    expect((await syncRoster()).APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
  });
});

describe('people come and go', () => {
  it('who becomes free has no capacity of a paid user any more', async () => {
    const user = zoomUser('mixed.case@example.com');
    expect((await userNamed(house, 'mixed.case')).meetingCapacity).toBeGreaterThan(100);
    user.type = 1;
    await syncRoster();
    expect(await userNamed(house, 'mixed.case')).toMatchObject({ type: 'BASIC', meetingCapacity: null });
    user.type = 2;
    await syncRoster();
    expect((await userNamed(house, 'mixed.case')).meetingCapacity).toBeGreaterThan(100);
  });

  it('who left a complete roster is removed, with history and candidate ended, and comes back as the same person', async () => {
    expect(await openCandidates(house)).toMatchObject({ idle: { status: 'READY' } });
    const { id } = await userNamed(house, 'idle');
    const zoomed = removeFromZoom('idle@example.com');
    expect((await syncRoster()).APPLICATION_ROSTER.status).toBe('SUCCEEDED');
    expect((await userNamed(house, 'idle')).removedAt).not.toBeNull();
    expect(await house.database.sql`select 1 from license_assignments where user_id = ${id}`).toEqual([]);
    const history = () => house.database.sql<{ open: boolean; is_removal: boolean }[]>`
      select valid_to is null as open, is_removal from user_history where user_id = ${id} order by seq`;
    expect((await history()).at(-1)).toEqual({ open: false, is_removal: true });
    expect(await candidateStatus(house, 'idle')).toBe('CLOSED_SKIPPED');

    bringBack(zoomed);
    expect((await syncRoster()).APPLICATION_ROSTER.status).toBe('SUCCEEDED');
    expect(await userNamed(house, 'idle')).toMatchObject({ id, removedAt: null, status: 'ACTIVE' });
    expect((await history()).at(-1)).toEqual({ open: true, is_removal: false });
    expect(await openCandidates(house)).toMatchObject({ idle: { status: 'READY' } });
  });

  it('a new e-mail address keeps the row', async () => {
    const { id } = await userNamed(house, 'busy');
    const user = removeFromZoom('busy@example.com');
    user.email = 'Renamed@example.com';
    bringBack(user);
    await syncRoster();
    expect(await userNamed(house, 'renamed')).toMatchObject({ id, removedAt: null, zoomUserId: user.id });
  });

  it("an address that somebody else has now begins a new row; the old one's activity stays with the old one", async () => {
    const old = await userNamed(house, 'renamed');
    removeFromZoom('renamed@example.com');
    const successor = makePaid(world(), 'renamed', null);
    await syncRoster();
    const fresh = await userNamed(house, 'renamed');
    expect(fresh.id).not.toBe(old.id);
    expect(fresh).toMatchObject({ zoomUserId: successor.id, lastLoginAt: null });
    const [ended] = await house.database.sql<{ removed: boolean }[]>`
      select removed_at is not null as removed from users where id = ${old.id}`;
    expect(ended).toEqual({ removed: true });
  });

  it('the invited becomes active in the same row, now with an id', async () => {
    const before = await userNamed(house, 'invited');
    zoomUser('invited@example.com').status = 'active';
    await syncRoster();
    expect(await userNamed(house, 'invited')).toMatchObject({
      id: before.id,
      status: 'ACTIVE',
      zoomUserId: zoomUser('invited@example.com').id,
    });
  });

  it('who is deactivated keeps the last sign-in that Zoom no longer shows, and holds nothing', async () => {
    const before = await userNamed(house, 'mixed.case');
    const user = zoomUser('mixed.case@example.com');
    user.status = 'inactive';
    user.lastLoginAt = null;
    await syncRoster();
    const after = await userNamed(house, 'mixed.case');
    expect(after).toMatchObject({ id: before.id, status: 'INACTIVE', lastLoginAt: before.lastLoginAt });
    expect(await house.database.sql`select 1 from license_assignments where user_id = ${after.id}`).toEqual([]);
  });
});

describe('interrupted', () => {
  const begin = async () => {
    await queueSync(house.deps, integration, ['APPLICATION_ROSTER'], 'test');
    house.sandbox.calls.length = 0;
  };
  const listings = (status: string) =>
    house.sandbox.calls.filter((call) => call.path === '/users' && call.url.includes(`status=${status}`)).length;
  const run = async () =>
    (
      await house.database.sql<{ status: string; error: string | null; attempts: number }[]>`
        select status, error, attempts from job_runs where task = 'APPLICATION_ROSTER' order by created_at desc limit 1`
    )[0]!;

  it('goes on where it was stopped: finished statuses are not listed again', async () => {
    await begin();
    const stop = new AbortController();
    house.sandbox.faults.add({
      match: { path: '/users', query: { status: 'active' } },
      after: 1,
      action: {
        mutateBody: (body: unknown) => {
          stop.abort();
          return body;
        },
        delayMs: 400,
      },
    });
    await expect(runSync(house.deps, integration.id, stop.signal)).rejects.toThrow();
    expect(await run()).toMatchObject({ status: 'RUNNING', attempts: 1 });
    expect([listings('inactive'), listings('pending')]).toEqual([1, 1]);
    await runSync(house.deps, integration.id, neverAborted());
    expect(await run()).toEqual({ status: 'SUCCEEDED', error: null, attempts: 2 });
    expect([listings('inactive'), listings('pending')]).toEqual([1, 1]);
  });

  it('asks for nobody again whose details were read before', async () => {
    // Everybody is new, so all profiles are to be read: two batches.
    await house.database.sql`update users set profile_read_at = null`;
    await begin();
    const stop = new AbortController();
    const profiles = () =>
      house.sandbox.calls.filter((call) => call.path === '/users/{userId}').map((call) => call.url.split('?')[0]);
    house.sandbox.faults.add({
      match: { method: 'GET', path: /^\/users\/[^/]+$/ },
      after: 230,
      action: {
        delayMs: 50,
        mutateBody: (body: unknown) => {
          stop.abort();
          return body;
        },
      },
    });
    await expect(runSync(house.deps, integration.id, stop.signal)).rejects.toThrow();
    const first = profiles();
    await runSync(house.deps, integration.id, neverAborted());
    expect((await run()).status).toBe('SUCCEEDED');
    const again = profiles().slice(first.length);
    // The first 200 were one finished batch.
    expect(again.filter((url) => first.slice(0, 200).includes(url))).toEqual([]);
    const everybody = await house.database.sql`
      select 1 from users where removed_at is null and status = 'ACTIVE' and zoom_user_id is not null`;
    expect(new Set([...first, ...again]).size).toBeGreaterThanOrEqual(everybody.length);
  });

  it('refreshes once when the tokens expire in the middle', async () => {
    await begin();
    house.sandbox.faults.add({
      match: { path: '/users', query: { status: 'active' } },
      action: {
        mutateBody: (body: unknown) => {
          house.sandbox.expireAccessTokens();
          return body;
        },
      },
    });
    await runSync(house.deps, integration.id, neverAborted());
    expect(await run()).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(house.sandbox.calls.filter((call) => call.path === '/oauth/token').length).toBe(1);
  });

  it('ends in words when the grant is taken away in the middle, without asking again and again', async () => {
    const other = await queueSync(house.deps, integration, null, 'test');
    expect(other.length).toBe(5);
    house.sandbox.calls.length = 0;
    house.sandbox.faults.add({
      match: { path: '/users', query: { status: 'active' } },
      action: {
        mutateBody: (body: unknown) => {
          house.sandbox.revokeGrant();
          return body;
        },
      },
    });
    await runSync(house.deps, integration.id, neverAborted());
    const ended = await house.database.sql<{ status: string; error: string }[]>`
      select status, error from job_runs where id = any(${other.map((one) => one.id)})`;
    expect(ended.map((one) => one.status)).toEqual(other.map(() => 'FAILED'));
    for (const { error } of ended) expect(error).toMatch(/[Aa]uthoriz/);
    const [row] = await house.database.sql`select status from integrations where id = ${integration.id}`;
    expect(row).toEqual({ status: 'REAUTHORIZATION_REQUIRED' });
    expect(house.sandbox.calls.length).toBeLessThan(20);
    expect(house.sandbox.calls.filter((call) => call.path === '/oauth/token').length).toBeLessThanOrEqual(2);

    house.sandbox.calls.length = 0;
    await runSync(house.deps, integration.id, neverAborted());
    expect(house.sandbox.calls).toEqual([]);
    expect(house.clock.now().getTime() - Date.now()).toBeLessThan(DAY);
  });
});
