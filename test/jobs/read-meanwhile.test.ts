import { afterEach, describe, expect, it } from 'vitest';
import { makeUser, type SandboxOptions } from '#sandbox/index.ts';
import { integrationById } from '#src/datasources/store/integrations.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { makePaid, syncNow } from '../support/worlds.ts';

const REFUSED = { status: 403, body: { code: 1010, message: 'User does not belong to this account.' } };
const BROKEN = { status: 500, body: { message: 'Internal error.' } };

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
});
