import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { queueSync } from '#src/actions/sync-integration.ts';
import { openQueue } from '#src/datasources/queue.ts';
import { openZoom } from '#src/datasources/zoom/client.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { tick } from '#src/jobs/index.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { TIMETABLE } from '#src/policy/timetable.ts';
import { connectedIntegration, JWT_SECRET, openHouse, type House } from '../support/house.ts';
import { start, type Spawned } from '../support/processes.ts';
import { DAY, makePaid, neverAborted, syncNow } from '../support/worlds.ts';

const runsOf = (house: House, integrationId: string) =>
  house.database.sql<
    { task: string; status: string; error: string | null; attempts: number }[]
  >`select task, status, error, attempts from job_runs where integration_id = ${integrationId} order by created_at desc, id`;

describe('a run', () => {
  let house: House;
  let integration: IntegrationRow;
  beforeAll(async () => {
    house = await openHouse({ users: 0, rateLimits: false, world: (world) => void makePaid(world, 'somebody', 1) });
    integration = await connectedIntegration(house);
  }, 60_000);
  afterAll(() => house?.close());
  afterEach(async () => {
    house.sandbox.faults.clear();
    await house.database.sql`delete from job_runs`;
    await house.database.sql`delete from rate_limits`;
    await house.database.sql`update integrations set status = 'CONNECTED'`;
    house.woken.syncs.length = 0;
  });
  const work = (deps = house.deps) => runSync(deps, integration.id, neverAborted());

  it('leaves no token and no secret in the log, also when Zoom answers strangely', async () => {
    house.sandbox.faults.add({ match: { path: '/users', query: { status: 'pending' } }, action: { reset: 'before' } });
    house.sandbox.faults.add({
      match: { path: '/groups' },
      times: Infinity,
      action: { status: 200, body: '<html>login</html>' },
    });
    house.sandbox.expireAccessTokens();
    await syncNow(house, integration);
    const { token } = await house.deps.zoom.tokens.accessToken(integration.id);
    const log = house.logged.join('');
    expect(log).toContain('run ended');
    for (const secret of [token.reveal(), ...house.sandbox.apps.map((app) => app.clientSecret), 'eyJ', 'example.com']) {
      expect(log).not.toContain(secret);
    }
  });

  it('waits until tomorrow when the requests of the day are used up, and goes on then', async () => {
    const midnight = new Date(Math.ceil(house.clock.now().getTime() / DAY) * DAY);
    house.sandbox.faults.add({
      match: { path: '/users' },
      times: Infinity,
      action: {
        status: 429,
        body: { code: 429, message: 'You have exceeded the daily rate limit.' },
        headers: { 'retry-after': midnight.toISOString(), 'x-ratelimit-type': 'Daily-limit' },
      },
    });
    await queueSync(house.deps, integration, null, 'test');
    house.sandbox.calls.length = 0;
    // A process of its own, which remembers that Zoom is closed for today.
    const today = { ...house.deps, zoom: openZoom(house.deps) };
    await work(today);
    expect(house.sandbox.calls.length).toBeLessThan(10);
    const waiting = await runsOf(house, integration.id);
    expect(waiting.map((run) => run.status)).toEqual(waiting.map(() => 'QUEUED'));
    // Waiting on purpose is no failed attempt.
    expect(waiting.every((run) => run.attempts === 0)).toBe(true);
    expect(waiting.find((run) => run.error !== null)?.error).toMatch(/It goes on by itself at \d{4}-/);
    expect(house.woken.syncs).toEqual([integration.id, integration.id]);
    // Woken too early it asks Zoom for nothing.
    house.sandbox.calls.length = 0;
    await work(today);
    expect(house.sandbox.calls).toEqual([]);
    await today.zoom.close();
    house.sandbox.faults.clear();
    await house.database.sql`delete from rate_limits`;
    await work();
    const ended = await runsOf(house, integration.id);
    expect(ended.map((run) => [run.status, run.error])).toEqual(ended.map(() => ['SUCCEEDED', null]));
  });

  it('that brought twenty workers down is given up, and those after it still run', async () => {
    await queueSync(house.deps, integration, ['APPLICATION_ROSTER', 'LICENSE_DIFFERENTIATION'], 'test');
    await house.database.sql`update job_runs set attempts = 20, status = 'RUNNING' where task = 'APPLICATION_ROSTER'`;
    await work();
    const ended = await runsOf(house, integration.id);
    expect(ended.find((run) => run.task === 'APPLICATION_ROSTER')).toMatchObject({ status: 'FAILED' });
    expect(ended.find((run) => run.task === 'LICENSE_DIFFERENTIATION')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('that fails through our own fault says so without our insides, and those after it still run', async () => {
    await house.database.sql`alter table roster_listings rename to roster_listings_gone`;
    await queueSync(house.deps, integration, ['APPLICATION_ROSTER', 'LICENSE_INFORMATION'], 'test');
    await work();
    await house.database.sql`alter table roster_listings_gone rename to roster_listings`;
    const ended = await runsOf(house, integration.id);
    const failed = ended.find((run) => run.task === 'APPLICATION_ROSTER')!;
    expect(failed).toMatchObject({ status: 'FAILED', error: expect.stringContaining('Something of ours failed') });
    expect(failed.error).not.toContain('roster_listings');
    expect(house.logged.join('')).toContain('roster_listings');
    expect(ended.find((run) => run.task === 'LICENSE_INFORMATION')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('of an integration that is not connected ends in words, without a call', async () => {
    await queueSync(house.deps, integration, null, 'test');
    await house.database.sql`update integrations set status = 'DISCONNECTED'`;
    house.sandbox.calls.length = 0;
    await work();
    for (const run of await runsOf(house, integration.id)) {
      expect(run).toMatchObject({ status: 'FAILED', error: expect.stringContaining('not connected') });
    }
    expect(house.sandbox.calls).toEqual([]);
  });

  describe('asked for by the timetable', () => {
    const requests = async () =>
      Number(
        (
          await house.database.sql`
            select count(*)::int as count from audit_events where action = 'integration.sync_requested' and actor = ${TIMETABLE}`
        )[0]!['count'],
      );

    it('is asked for once a day, however often the timetable looks', async () => {
      await tick(house.deps);
      expect(await requests()).toBe(0);
      house.clock.advance(DAY);
      for (let n = 0; n < 3; n += 1) await tick(house.deps);
      expect(await requests()).toBe(1);
      await work();
      await tick(house.deps);
      expect(await requests()).toBe(1);
      house.clock.advance(DAY);
      await tick(house.deps);
      expect(await requests()).toBe(2);
    });

    it('is not asked for again and again while one that somebody else asked for waits', async () => {
      await queueSync(house.deps, integration, null, 'somebody');
      const before = await requests();
      house.clock.advance(DAY);
      house.woken.syncs.length = 0;
      for (let n = 0; n < 3; n += 1) await tick(house.deps);
      expect(await requests()).toBe(before);
      // A message that was lost is sent again all the same.
      expect(house.woken.syncs.length).toBe(3);
    });
  });
});

const isPostgres = inject('template').kind === 'postgres';

describe.skipIf(!isPostgres)('a worker that is killed (only with TEST_DATABASE_URL: embedded is one process)', () => {
  let house: House;
  let integration: IntegrationRow;
  const workers: Spawned[] = [];
  const keys = `test:${randomBytes(32).toString('base64')}`;

  beforeAll(async () => {
    house = await openHouse({
      users: 0,
      latencyMs: 30,
      env: { TOKEN_KEYS: keys },
      world: (world) => {
        for (let n = 0; n < 320; n += 1) makePaid(world, `user${n}`, 1, { type: 1 });
      },
    });
    integration = await connectedIntegration(house);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    await house?.close();
  });

  function startWorker(): Spawned {
    const { host, port, user, password, database } = house.database.connection;
    const worker = start('worker.ts', {
      env: {
        DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`,
        TOKEN_KEYS: keys,
        AUTH_JWT_SECRET: JWT_SECRET,
        ZOOM_API_URL: house.sandbox.apiUrl,
        ZOOM_OAUTH_URL: house.sandbox.oauthUrl,
      },
    });
    workers.push(worker);
    return worker;
  }
  const roster = async () => (await runsOf(house, integration.id)).find((run) => run.task === 'APPLICATION_ROSTER')!;
  const finishedListings = async () => (await house.database.sql`select status from roster_listings`).length;
  const listings = (status: string) =>
    house.sandbox.calls.filter((call) => call.path === '/users' && call.url.includes(`status=${status}`)).length;
  async function until(what: () => Promise<boolean>, ms: number): Promise<number> {
    const startedAt = performance.now();
    while (!(await what())) {
      if (performance.now() - startedAt > ms) {
        throw new Error(`It did not come to that.\n${workers.map((one) => one.out() + one.err()).join('\n---\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return performance.now() - startedAt;
  }

  it('is followed by another within 20 seconds, which lists nothing again that was finished', async () => {
    // The second page of the active takes so long that the first worker dies over it.
    house.sandbox.faults.add({
      match: { path: '/users', query: { status: 'active' } },
      after: 1,
      action: { delayMs: 25_000 },
    });
    const first = startWorker();
    await first.says(/"msg":"working"/);
    const queue = await openQueue(house.database.connection, house.deps.log, { supervise: false });
    await queueSync({ ...house.deps, queue }, integration, null, 'test');
    await queue.stop();
    await until(async () => (await finishedListings()) === 2 && listings('active') === 2, 20_000);
    const second = startWorker();
    await second.says(/"msg":"working"/);

    await first.kill('SIGKILL');
    const tookMs = await until(async () => (await roster()).attempts === 2, 40_000);
    expect(tookMs).toBeLessThan(20_000);
    await until(async () => {
      const runs = await runsOf(house, integration.id);
      return runs.every((run) => !['QUEUED', 'RUNNING'].includes(run.status));
    }, 60_000);
    for (const run of await runsOf(house, integration.id))
      expect(run).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect([listings('inactive'), listings('pending')]).toEqual([1, 1]);
    expect(second.out()).not.toContain('"level":50');
    expect(await second.kill('SIGTERM')).toBe(0);
  }, 120_000);

  it('told to stop in the middle of a run ends in time, and the next one goes on at once', async () => {
    await house.database.sql`update users set profile_read_at = null`;
    const third = startWorker();
    await third.says(/"msg":"working"/);
    const queue = await openQueue(house.database.connection, house.deps.log, { supervise: false });
    await queueSync({ ...house.deps, queue }, integration, ['APPLICATION_ROSTER'], 'test');
    await queue.stop();
    const before = house.sandbox.calls.length;
    await until(
      async () => house.sandbox.calls.slice(before).filter((call) => call.path === '/users/{userId}').length > 30,
      20_000,
    );
    const toldAt = performance.now();
    expect(await third.kill('SIGTERM')).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(15_000);
    if ((await roster()).status === 'RUNNING') {
      startWorker();
      await until(async () => (await roster()).status === 'SUCCEEDED', 30_000);
    }
    expect(await roster()).toMatchObject({ status: 'SUCCEEDED', error: null });
  }, 90_000);
});
