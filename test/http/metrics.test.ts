import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool, type Database } from '#src/db/client.ts';
import { schemaState } from '#src/db/migrate.ts';
import { createMonitor } from '#src/http/monitor.ts';
import { measureProcess } from '#src/metrics.ts';
import { testDatabase } from '../support/database.ts';
import { start } from '../support/processes.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';
import { wireTo } from '../support/wire.ts';

const NOW = new Date('2026-03-10T12:00:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

/** A server with measures of its own, so that nothing is remembered. */
const fresh = (on: Database = database, now = NOW) => startServer(on, { deps: { now: () => now } });

async function scrape({ app }: Pick<TestServer, 'app'>): Promise<string> {
  const response = await app.inject('/metrics');
  expect(response.statusCode).toBe(200);
  return response.body;
}

describe('what the database knows', () => {
  let id: string;
  let lines: string;
  beforeAll(async () => {
    const rows = rowsIn(database);
    const enabledTasks = ['APPLICATION_ROSTER', 'APPLICATION_ACCESS'];
    const integration = await rows.integration({ authorizedAt: ago(100), enabledTasks, rateLimitPlan: 'BUSINESS' });
    id = integration.id;
    const master = await rows.account(integration, { isRosterComplete: true, rosterCompleteAt: ago(3) });
    await rows.account(integration, {
      isRosterComplete: false,
      rosterCompleteAt: ago(30),
      activityKnownUntil: ago(20),
      tier: 'SUB',
    });
    await rows.account(integration, { removedAt: ago(1), tier: 'SUB' });
    const run = { startedAt: ago(2), finishedAt: ago(1.9) };
    await rows.jobRun(integration, { ...run, status: 'SUCCEEDED', createdAt: ago(2) });
    await rows.jobRun(integration, { ...run, status: 'FAILED', createdAt: ago(1.5) });
    await rows.jobRun(integration, { status: 'QUEUED', createdAt: ago(0.5) });
    await rows.jobRun(integration, { status: 'RUNNING', createdAt: ago(9), startedAt: ago(1) });
    const user = await rows.user(master);
    const candidate = await rows.candidate(user, await rows.license(master), await rows.rule(integration));
    const held = await rows.reclamation(integration, { needsConfirmation: true });
    await rows.item(held, candidate);
    await rows.item(held, candidate, { status: 'SENT' });
    await rows.item(await rows.reclamation(integration, { status: 'SUCCEEDED' }), candidate, { status: 'CONFIRMED' });
    await rows.item(await rows.reclamation(integration, { dryRun: true }), candidate);
    await database.sql`
      insert into reclamation_holds (id, integration_id, reason, placed_by, placed_at) values
        ('hol_1', null, 'Audit', 'ada', ${NOW}), ('hol_2', ${id}, 'Doubt', 'ada', ${NOW})`;
    const account = integration.zoomAccountId ?? id;
    await database.sql`
      insert into rate_limits (zoom_account_id, label, day, used_today, blocked_until) values
        (${account}, 'HEAVY', to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 15000, now() + interval '1 hour'),
        (${account}, 'RESOURCE_INTENSIVE', to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 15000, null),
        (${account}, 'LIGHT', '2001-01-01', 7, null)`;
    // Whoever was deleted is told of no more.
    await rows.integration({ deletedAt: ago(1), authorizedAt: ago(9) });
    const server = await fresh();
    lines = await scrape(server);
    await server.close();
  });

  const value = (name: string, labels: Record<string, string> = {}) => {
    const inside = Object.entries(labels).map(([key, text]) => `${key}="${text}"`);
    const head = inside.length === 0 ? name : `${name}{${inside.join(',')}}`;
    const line = lines.split('\n').find((one) => one.startsWith(`${head} `));
    return line === undefined ? undefined : Number(line.slice(head.length + 1));
  };

  it('says how old and how whole the data of an integration is', () => {
    const integration = id;
    expect(value('integration_status', { integration, status: 'CONNECTED' })).toBe(1);
    expect(value('sync_age_seconds', { integration, task: 'APPLICATION_ROSTER' })).toBe(2 * 3600);
    expect(value('sync_age_seconds', { integration, task: 'APPLICATION_ACCESS' })).toBe(100 * 3600);
    expect(value('sync_last_failed', { integration, task: 'APPLICATION_ROSTER' })).toBe(1);
    expect(value('sync_last_failed', { integration, task: 'APPLICATION_ACCESS' })).toBeUndefined();
    expect(value('accounts', { integration })).toBe(2);
    expect(value('accounts_incomplete', { integration })).toBe(1);
    expect(value('accounts_activity_unknown', { integration })).toBe(1);
    expect(value('roster_age_seconds', { integration })).toBe(30 * 3600);
    expect(value('activity_age_seconds', { integration })).toBe(20 * 3600);
    expect(lines.match(/^integration_status\{/gm)).toHaveLength(1);
  });

  it('says what waits, how long, and what is on its way', () => {
    const integration = id;
    expect(value('job_runs', { status: 'QUEUED' })).toBe(1);
    expect(value('job_runs_oldest_seconds', { status: 'QUEUED' })).toBe(1800);
    expect(value('job_runs_oldest_seconds', { status: 'RUNNING' })).toBe(3600);
    expect(value('reclamation_items', { integration, status: 'PLANNED' })).toBe(1);
    expect(value('reclamation_items', { integration, status: 'SENT' })).toBe(1);
    expect(value('reclamations_waiting', { integration, for: 'CONFIRMATION' })).toBe(1);
    expect(value('reclamation_holds', { integration: 'all' })).toBe(1);
    expect(value('reclamation_holds', { integration })).toBe(1);
  });

  it("says how much of Zoom's day is used", () => {
    const integration = id;
    expect(value('zoom_calls_today', { integration, label: 'HEAVY' })).toBe(15_000);
    expect(value('zoom_calls_today', { integration, label: 'LIGHT' })).toBe(0);
    // Both expensive labels share 60,000 calls.
    expect(value('zoom_calls_day_share', { integration, label: 'HEAVY' })).toBe(0.5);
    expect(value('zoom_calls_day_share', { integration, label: 'LIGHT' })).toBeUndefined();
    expect(value('zoom_calls_blocked_seconds', { integration, label: 'HEAVY' })).toBeGreaterThan(3_500);
    expect(value('database_scrape_ok')).toBe(1);
    expect(value('database_pool_connections_max')).toBe(10);
    expect(lines).toMatch(/^database_pool_connections\{state="\w+"\} [1-9]/m);
  });

  it('asks the database once, however many scrape at once', async () => {
    const server = await fresh();
    const { statements } = await statementsOf(database, async () => {
      await Promise.all(Array.from({ length: 20 }, () => scrape(server)));
      await scrape(server);
    });
    expect(statements).toHaveLength(1);
    await server.close();
  });
});

describe('a database that swallows everything', () => {
  it('is told within three seconds, and forgotten once it is back', async () => {
    const wire = await wireTo(database.connection);
    const pool = openPool(wire.connection, { max: 2 });
    const server = await fresh(pool);
    expect((await server.app.inject('/readyz')).statusCode).toBe(200);
    wire.cut();
    const startedAt = performance.now();
    const [ready, body, live] = await Promise.all([
      server.app.inject('/readyz'),
      scrape(server),
      server.app.inject('/livez'),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect([ready.statusCode, ready.json()]).toEqual([503, { status: 'database unreachable' }]);
    expect(live.statusCode).toBe(200);
    // What this process knows by itself is there all the same; what it doesn't know is absent, not old.
    expect(body).toMatch(/^database_scrape_ok 0$/m);
    expect(body).toMatch(/^http_request_duration_seconds_count\{/m);
    expect(body).not.toMatch(/^integration_status\{/m);
    wire.mend();
    await expect.poll(async () => (await server.app.inject('/readyz')).statusCode, { timeout: 5_000 }).toBe(200);
    await server.close();
    await wire.close();
    void pool.close();
  });

  it('is not ready with tables older than its code, and ready with newer ones', async () => {
    const own = await testDatabase();
    const server = await fresh(own);
    const { sql } = own;
    await sql`update drizzle.__drizzle_migrations set created_at = created_at + 1`;
    expect(await schemaState(sql)).toBe('newer');
    expect((await server.app.inject('/readyz')).statusCode).toBe(200);
    await sql`update drizzle.__drizzle_migrations set created_at = created_at - 2`;
    const answer = await server.app.inject('/readyz');
    expect([answer.statusCode, answer.json().status]).toEqual([503, expect.stringContaining('npm run migrate')]);
    await server.close();
    await own.close();
  });
});

describe('a worker by itself', () => {
  it('answers the three addresses at WORKER_PORT and nothing else', async () => {
    const server = await fresh();
    const monitor = createMonitor(server.deps);
    for (const url of ['/livez', '/readyz', '/metrics']) expect((await monitor.inject(url)).statusCode).toBe(200);
    for (const url of ['/graphql', '/oauth/zoom']) expect((await monitor.inject(url)).statusCode).toBe(404);
    monitor.isDraining = true;
    expect((await monitor.inject('/readyz')).json()).toEqual({ status: 'draining' });
    await monitor.close();
    await server.close();
  });

  it('does so as a process, and ends when it is told to', async () => {
    const { host, port, user, password, database: name } = database.connection;
    const env = {
      AUTH_JWT_SECRET: 'a secret of at least thirty-two bytes',
      TOKEN_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      DATABASE_URL: `postgres://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${name}`,
      WORKER_PORT: '0',
    };
    const worker = start('worker.ts', { env });
    const [, address] = await worker.says(/"address":"(http:[^"]+)"/);
    await worker.says(/"msg":"working"/);
    const body = await (await fetch(`${address}/metrics`)).text();
    expect(body).toMatch(/^zoom_license_info\{version="\d+\.\d+\.\d+"\} 1$/m);
    expect(body).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(body).toContain('job_runs{status="QUEUED"}');
    expect(await worker.kill('SIGTERM')).toBe(0);
  });
});

it('is all explained in docs/operations.md, and nothing else is', async () => {
  const server = await fresh();
  measureProcess(server.deps.metrics.registry, '0');
  const all = await server.deps.metrics.registry.getMetricsAsJSON();
  const ours = all
    .filter(({ name }) => !/^(process|nodejs)_/.test(name))
    .map(({ name }) => {
      const { labelNames } = server.deps.metrics.registry.getSingleMetric(name) as unknown as { labelNames: string[] };
      return `${name} ${labelNames.join(' ')}`.trim();
    });
  const text = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const table = text.slice(text.indexOf('### Metrics'));
  const told = [...table.matchAll(/^\| (`[a-z0-9_]+`) +\| ([^|]*)\|/gm)].map(([, name, labels]) =>
    `${name} ${labels}`.replaceAll('`', '').trim().replaceAll(/\s+/g, ' '),
  );
  expect(told.sort()).toEqual(ours.sort());
  await server.close();
});
