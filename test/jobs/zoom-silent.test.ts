import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '#sandbox/index.ts';
import { openZoom } from '#src/datasources/zoom/client.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import type { Deps } from '#src/deps.ts';
import { tick } from '#src/jobs/index.ts';
import { WIDTH } from '#src/jobs/reading.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { GIVE_UP_AFTER } from '#src/policy/repeats.ts';
import type { House } from '../support/house.ts';
import { makePaid, neverAborted, openCandidates, rosterNames, syncedHouse, syncNow } from '../support/worlds.ts';

/** Zoom that answers nothing of use for an hour, in the middle of many questions. */

const MINUTE = 60_000;
const USERS = 160;
let house: House;
let integration: IntegrationRow;
let everybody: string[];

beforeAll(async () => {
  ({ house, integration, everybody } = await syncedHouse((world) => {
    makePaid(world, 'idle', 200);
    for (let n = 0; n < USERS; n += 1) makePaid(world, `user${n}`, 1);
  }));
  expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
}, 60_000);
afterAll(() => house?.close());
beforeEach(async () => {
  // The night's sync would come between, whenever this is run.
  await house.database.sql`update integrations set authorized_at = now() + interval '9 days', status = 'CONNECTED'`;
  await house.database.sql`delete from job_runs`;
  // Everybody's profile and add-ons are to be read again.
  await house.database.sql`update users set profile_read_at = null, settings_read_at = null`;
  await house.database.sql`update accounts set profiles_read_at = null, add_ons_read_at = null`;
  house.sandbox.calls.length = 0;
});
afterEach(async () => {
  house.sandbox.faults.clear();
  await house.database.sql`delete from rate_limits`;
});

const spoil = (action: Fault['action'], match: Fault['match']) =>
  house.sandbox.faults.add({ match, times: Infinity, action });
const DETAILS = /^\/v2\/users\/[^/]+(\/settings)?$/;
const asked = (pattern: RegExp) => house.sandbox.calls.filter(({ url }) => pattern.test(url.split('?')[0]!));
const rosterRuns = () => house.database.sql<{ status: string; error: string | null }[]>`
  select status, error from job_runs where task = 'APPLICATION_ROSTER' order by created_at desc, id`;

/** An hour as the workers live it, a minute at a time. */
async function anHour(deps: Deps = house.deps) {
  for (let minute = 0; minute < 60; minute += 5) {
    house.clock.advance(5 * MINUTE);
    await tick(deps);
    await runSync(deps, integration.id, neverAborted());
  }
}

async function expectWhole(deps: Deps = house.deps) {
  expect(await rosterNames(house)).toEqual(everybody);
  expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
  house.sandbox.faults.clear();
  await house.database.sql`delete from rate_limits`;
  const { APPLICATION_ROSTER: roster } = await syncNow({ ...house, deps }, integration, ['APPLICATION_ROSTER']);
  expect(roster).toMatchObject({ status: 'SUCCEEDED', error: null });
  expect(await rosterNames(house)).toEqual(everybody);
}

describe('details that nobody answers', () => {
  it.each<[string, Fault['action']]>([
    ['503', { status: 503, body: 'down' }],
    ['truncated JSON', { status: 200, body: '{"id":"u1","em', headers: { 'content-type': 'application/json' } }],
  ])('%s: after some questions in a row nothing more is asked', async (_, action) => {
    spoil(action, { path: DETAILS });
    const runs = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(runs.APPLICATION_ROSTER.status).toBe('FAILED');
    expect(runs.APPLICATION_ROSTER.error).toContain(`after ${GIVE_UP_AFTER} questions in a row`);
    // Five attempts of each, and those that were on their way.
    const most = 5 * (GIVE_UP_AFTER + 2 * WIDTH);
    expect(2 * 5 * everybody.length).toBeGreaterThan(most);
    expect(asked(DETAILS).length).toBeLessThanOrEqual(most);
    await expectWhole();
  });

  it('of some users only cost nobody else theirs', async () => {
    const some = [...house.sandbox.world.regular.users.values()].filter((_, n) => n % 3 === 0).map(({ id }) => id);
    for (const id of some) spoil({ status: 503, body: 'down' }, { path: `/users/${id}` });
    const runs = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(runs.APPLICATION_ROSTER.status).toBe('INCOMPLETE');
    expect(runs.APPLICATION_ROSTER.error).toContain(`of ${some.length} users could not be read`);
    await expectWhole();
  });
});

describe('an hour of 429', () => {
  const body = {
    code: 429,
    message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
  };
  it.each<[string, Fault['action']]>([['without a word', { status: 429, body }]])(
    '%s: few calls, a run that says so, and a whole sync after it',
    async (_, action) => {
      spoil(action, { path: /^\/v2\// });
      await syncNow(house, integration, ['APPLICATION_ROSTER']);
      await anHour();
      const runs = await rosterRuns();
      expect(runs.length).toBeGreaterThan(1);
      expect(runs.length).toBeLessThan(5);
      for (const { status, error } of runs) {
        expect(status).toBe('INCOMPLETE');
        expect(error).toMatch(/asked too often.* It is repeated by itself at \d{4}-/);
      }
      expect(house.sandbox.calls.length).toBeLessThan(runs.length * 30);
      await expectWhole();
    },
  );

  const reset = () => new Date(house.clock.now().getTime() + 3_600_000);
  it.each<[string, () => Fault['action']]>([
    [
      'of the day, told as a date',
      () => ({
        status: 429,
        body: { code: 429, message: 'You have reached the maximum daily rate limit for this API.' },
        headers: { 'x-ratelimit-type': 'Daily-limit', 'retry-after': reset().toISOString() },
      }),
    ],
    [
      'of the second, with an hour to wait',
      () => ({ status: 429, body, headers: { 'x-ratelimit-type': 'QPS', 'retry-after': '3600' } }),
    ],
  ])('%s: the run waits, asks nothing in that hour, and goes on', async (_, action) => {
    const { database, keys, config, log } = house.deps;
    // Two processes: one that was told, and one that begins after it.
    const [told, later] = [0, 1].map(() => {
      const zoom = openZoom({ database, keys, config, log, now: house.clock.now, pauseMs: 5 });
      return { ...house.deps, zoom };
    }) as [Deps, Deps];
    try {
      spoil(action(), { path: /^\/v2\// });
      const until = reset();
      const { APPLICATION_ROSTER: run } = await syncNow({ ...house, deps: told }, integration, ['APPLICATION_ROSTER']);
      expect(run.status).toBe('QUEUED');
      const when = new Date(/goes on by itself at (\S+)\.$/.exec(run.error ?? '')?.[1] ?? 0);
      expect(Math.abs(when.getTime() - until.getTime())).toBeLessThan(MINUTE);
      const calls = house.sandbox.calls.length;
      expect(calls).toBeLessThanOrEqual(4);
      await anHour(told);
      // Each kind of call is told once.
      expect(house.sandbox.calls.length).toBeLessThanOrEqual(calls + 3);
      house.sandbox.faults.clear();
      await house.database.sql`delete from rate_limits`;
      await runSync(later, integration.id, neverAborted());
      expect(await rosterRuns()).toMatchObject([{ status: 'SUCCEEDED', error: null }]);
      await expectWhole(later);
    } finally {
      await Promise.all([told.zoom.close(), later.zoom.close()]);
    }
  });
});

describe('a token that dies in the middle of a sync while its endpoint is down', () => {
  it.each<[string, Fault['action']]>([
    ['503', { status: 503, body: 'down' }],
    ['a page for people', { status: 404, body: '<html>maintenance</html>' }],
  ])('%s: few calls, no new authorization, and it comes back by itself', async (_, action) => {
    spoil(action, { path: '/oauth/token' });
    house.sandbox.faults.add({
      match: { path: DETAILS },
      after: 40,
      action: {
        mutateBody: (answer: unknown) => {
          house.sandbox.expireAccessTokens();
          return answer;
        },
      },
    });
    // Of an answer that tells nothing the lease lasts ten seconds; here nobody waits for that.
    const lease = setInterval(() => void house.database.sql`update grants set lease_until = null`.execute(), 50);
    try {
      const { APPLICATION_ROSTER: run } = await syncNow(house, integration, ['APPLICATION_ROSTER']);
      expect(['FAILED', 'INCOMPLETE']).toContain(run.status);
      expect(run.error).toMatch(/It is repeated by itself at/);
    } finally {
      clearInterval(lease);
    }
    expect(asked(/oauth\/token/).length).toBeLessThan(40);
    const [grant] = await house.database.sql`
      select dead_at as "deadAt", status from grants join integrations i on i.id = integration_id`;
    expect(grant).toEqual({ deadAt: null, status: 'CONNECTED' });
    await house.database.sql`update grants set lease_until = null`;
    // The longest pause.
    await sleep(400);
    await expectWhole();
  });

  it('refusing connections: few are tried, no new authorization, and it comes back by itself', async () => {
    const { database, keys, config, log, now } = house.deps;
    const outcomes: string[] = [];
    const measures = { ...house.deps.metrics.zoom, refreshed: (_: string, outcome: string) => outcomes.push(outcome) };
    const zoomOAuthUrl = await refusingUrl();
    const zoom = openZoom({ database, keys, config: { ...config, zoomOAuthUrl }, log, now, pauseMs: 5, measures });
    house.sandbox.faults.add({
      match: { path: DETAILS },
      after: 40,
      action: {
        mutateBody: (answer: unknown) => {
          house.sandbox.expireAccessTokens();
          return answer;
        },
      },
    });
    try {
      const deps = { ...house.deps, zoom };
      const { APPLICATION_ROSTER: run } = await syncNow({ ...house, deps }, integration, ['APPLICATION_ROSTER']);
      expect(['FAILED', 'INCOMPLETE']).toContain(run.status);
      expect(run.error).toMatch(/The connection to Zoom failed\..* It is repeated by itself at/);
    } finally {
      await zoom.close();
    }
    expect(new Set(outcomes)).toEqual(new Set(['failed']));
    expect(outcomes.length).toBeLessThan(40);
    expect(asked(/oauth\/token/)).toEqual([]);
    // Nothing has left, so nobody has to wait: neither for a lease nor for a person.
    const [grant] = await database.sql`
      select dead_at as "deadAt", lease_until as "leaseUntil", status from grants join integrations i on i.id = integration_id`;
    expect(grant).toEqual({ deadAt: null, leaseUntil: null, status: 'CONNECTED' });
    await expectWhole();
  });
});

/** An address where nobody listens. */
async function refusingUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/oauth`;
}
