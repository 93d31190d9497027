import { afterEach, describe, expect, it } from 'vitest';
import { makeUser, type SandboxOptions } from '#sandbox/index.ts';
import { queueSync } from '#src/actions/sync-integration.ts';
import { integrationById } from '#src/datasources/store/integrations.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { DAY, makePaid, neverAborted, syncNow, userNamed } from '../support/worlds.ts';

const REFUSED = { status: 403, body: { code: 1010, message: 'User does not belong to this account.' } };
const BROKEN = { status: 500, body: { message: 'Internal error.' } };

const NO_SCOPE = {
  status: 400,
  body: { code: 4711, message: 'Invalid access token, does not contain scopes:[user:read:settings:admin].' },
};

const PAGE = 300;
const MADE = 4 * PAGE + 20;
let house: House;
let integration: IntegrationRow;

async function open(world: NonNullable<SandboxOptions['world']> = () => undefined) {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    limiter: UNLIMITED,
    world: (one) => {
      for (let n = 0; n < MADE; n += 1) {
        if (n % 10 === 0) makePaid(one, `paid${n}`, 2);
        else makeUser(one, { type: 1, email: `free${n}@example.com` });
      }
      world(one);
    },
  });
  integration = await connectedIntegration(house);
  // Each page takes a while, as Zoom's do.
  house.sandbox.faults.add({ match: { path: '/users' }, action: { delayMs: 150 }, times: Infinity });
}
afterEach(async () => {
  await house?.close();
});

async function syncRoster() {
  house.sandbox.calls.length = 0;
  integration = (await integrationById(house.database.sql, integration.id))!;
  const { APPLICATION_ROSTER: run } = await syncNow(house, integration, ['APPLICATION_ROSTER']);
  const calls = house.sandbox.calls.map(({ path, url }) => ({ path, user: url.split('?')[0]!.split('/')[3] }));
  const of = (path: string) => calls.filter((call) => call.path === path);
  const lastPage = calls.findLastIndex(({ path }) => path === '/users');
  const early = calls.slice(0, lastPage);
  return { run: run!, profiles: of('/users/{userId}'), settings: of('/users/{userId}/settings'), early };
}
/** The sandbox has a few people of its own. */
const everybody = () => [...house.sandbox.world.regular.users.values()];
const unread = async () =>
  (
    await house.database.sql<{ profiles: number; settings: number }[]>`
      select count(*) filter (where profile_read_at is null)::int as profiles,
        count(*) filter (where settings_read_at is null and type = 'LICENSED')::int as settings
      from users where removed_at is null`
  )[0];

describe('while everybody is listed for the first time', () => {
  it('profiles and settings are read of whom a page named, of each once, and all of them in the end', async () => {
    await open();
    const { run, profiles, settings, early } = await syncRoster();
    expect([run.status, run.error]).toEqual(['SUCCEEDED', null]);
    expect(early.filter(({ path }) => path === '/users/{userId}').length).toBeGreaterThan(50);
    expect(early.filter(({ path }) => path === '/users/{userId}/settings').length).toBeGreaterThan(10);
    const ids = (of: { user?: string | undefined }[]) => of.map(({ user }) => decodeURIComponent(user!)).sort();
    expect(ids(profiles)).toEqual(
      everybody()
        .map(({ id }) => id)
        .sort(),
    );
    const paid = everybody().filter(({ type }) => type !== 1);
    expect(ids(settings)).toEqual(paid.map(({ id }) => id).sort());
    expect(await unread()).toEqual({ profiles: 0, settings: 0 });
    const planned = new Map(run.planned?.map(({ endpoint, calls }) => [endpoint, calls]));
    expect(Object.entries(run.spent).filter(([endpoint, spent]) => spent > (planned.get(endpoint) ?? 0))).toEqual([]);
  }, 60_000);

  it('and never again: a second listing is over before anybody is asked for', async () => {
    await open();
    await syncRoster();
    const someone = everybody().find(({ email }) => email === 'paid10@example.com');
    Object.assign(someone!, { firstName: 'Another' });
    const { run, profiles, settings, early } = await syncRoster();
    expect(run.status).toBe('SUCCEEDED');
    expect(early.filter(({ path }) => path !== '/users')).toEqual([]);
    expect([profiles.map(({ user }) => user), settings.length]).toEqual([[someone!.id], 1]);
  }, 60_000);

  it('nobody is asked for where nothing can be listed', async () => {
    await open();
    house.sandbox.faults.clear();
    house.sandbox.faults.add({ match: { path: '/users' }, action: REFUSED, times: Infinity });
    const { run, profiles, settings } = await syncRoster();
    expect(run.status).toBe('INCOMPLETE');
    expect([profiles, settings]).toEqual([[], []]);
  }, 60_000);

  it('what was read stays read when the listing breaks off', async () => {
    await open();
    house.sandbox.faults.clear();
    house.sandbox.faults.add({ match: { path: '/users' }, action: { delayMs: 150 }, times: 6 });
    house.sandbox.faults.add({ match: { path: '/users' }, action: BROKEN, times: Infinity });
    const first = await syncRoster();
    expect(first.run.status).toBe('INCOMPLETE');
    expect(first.profiles.length).toBeGreaterThan(20);
    house.sandbox.faults.clear();
    const second = await syncRoster();
    expect(second.run.status).toBe('SUCCEEDED');
    expect(await unread()).toEqual({ profiles: 0, settings: 0 });
  }, 60_000);

  it('a listing that never agrees with the count costs details once, and not each time', async () => {
    await open();
    house.sandbox.faults.add({
      match: { path: '/users/summary' },
      action: { mutateBody: (body: { total_users_count: number }) => ({ ...body, total_users_count: 5000 }) },
      times: Infinity,
    });
    const first = await syncRoster();
    expect([first.run.status, first.profiles.length > 20]).toEqual(['INCOMPLETE', true]);
    const second = await syncRoster();
    expect([second.run.status, second.profiles.length, second.settings.length]).toEqual(['INCOMPLETE', 0, 0]);
  }, 60_000);

  it('a worker that ends leaves to the next only what it has not read', async () => {
    await open();
    const stop = new AbortController();
    house.sandbox.faults.clear();
    house.sandbox.faults.add({ match: { path: '/users' }, action: { delayMs: 150 }, times: 6 });
    house.sandbox.faults.add({
      match: { path: '/users' },
      action: {
        mutateBody: (body: unknown) => {
          stop.abort();
          return body;
        },
      },
    });
    await queueSync(house.deps, integration, ['APPLICATION_ROSTER'], 'test');
    await expect(runSync(house.deps, integration.id, stop.signal)).rejects.toThrow();
    const asked = () => house.sandbox.calls.filter(({ path }) => path === '/users/{userId}').length;
    const before = asked();
    expect(before).toBeGreaterThan(20);
    await runSync(house.deps, integration.id, neverAborted());
    expect(await unread()).toEqual({ profiles: 0, settings: 0 });
    // What was on its way, and what was answered but not written down yet, is asked for again.
    expect(asked()).toBeLessThanOrEqual(everybody().length + 3 * 64);
    const [run] = await house.database.db.query.jobRuns.findMany();
    expect(run).toMatchObject({ status: 'SUCCEEDED' });
    for (const { endpoint, calls } of run!.planned!) expect(run!.spent[endpoint] ?? 0).toBeLessThanOrEqual(calls);
  }, 60_000);

  it('what the consent leaves out is not asked for a second time, and told', async () => {
    await open();
    house.sandbox.faults.add({ match: { path: '/users/{userId}/settings' }, action: NO_SCOPE, times: Infinity });
    const { run, profiles, settings } = await syncRoster();
    expect(run).toMatchObject({ status: 'INCOMPLETE' });
    expect(run.error).toContain('add-ons and capacities could not be read');
    expect(settings.length).toBeLessThanOrEqual(64);
    expect(profiles.length).toBe(everybody().length);
    expect((await unread())?.profiles).toBe(0);
  }, 60_000);

  it('where Zoom has no answer about anybody, no more than a few are asked for twice', async () => {
    await open();
    const no = { status: 400, body: { code: 200, message: 'No permission.' } };
    house.sandbox.faults.add({ match: { path: '/users/{userId}' }, action: no, times: Infinity });
    const { run, profiles } = await syncRoster();
    expect(run.error).toContain(`of ${everybody().length} users could not be read`);
    expect(profiles.length).toBeLessThanOrEqual(everybody().length + 3 * 64);
  }, 60_000);
});

it('a failure of ours ends the listing beside it, and does not wait for its end', async () => {
  await open();
  house.sandbox.faults.clear();
  house.sandbox.faults.add({ match: { path: '/users' }, action: { delayMs: 400 }, times: Infinity });
  await house.database.sql`
    create function no_room() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$`;
  await house.database.sql`
    create trigger no_room before update of job_title on users for each row execute function no_room()`;
  const { run } = await syncRoster();
  expect(run).toMatchObject({ status: 'FAILED' });
  expect(run.error).toContain('Something of ours failed');
  const pages = house.sandbox.calls.filter(({ path }) => path === '/users').length;
  expect(pages).toBeLessThan(3 + MADE / PAGE);
}, 60_000);

it('who was read, as a clock says that was wrong, is read when everybody is', async () => {
  await open();
  await syncRoster();
  const { sql } = house.database;
  const ahead = new Date(house.clock.now().getTime() + 2 * DAY);
  await sql`update users set profile_read_at = ${ahead}, settings_read_at = ${ahead}`;
  await sql`update accounts set profiles_read_at = ${ahead}, add_ons_read_at = ${ahead}`;
  const someone = everybody().find(({ email }) => email === 'paid10@example.com')!;
  Object.assign(someone, { webinarCapacity: 500, jobTitle: 'Baker' });
  const { profiles, settings } = await syncRoster();
  expect([profiles.length, settings.length]).toEqual([
    everybody().length,
    everybody().filter(({ type }) => type !== 1).length,
  ]);
  expect(await userNamed(house, 'paid10')).toMatchObject({ webinarCapacity: 500, jobTitle: 'Baker' });
}, 60_000);
