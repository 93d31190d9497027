import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planSync } from '#src/actions/plan-sync.ts';
import { validateIntegration } from '#src/actions/validate-integration.ts';
import { integrationById } from '#src/datasources/store/integrations.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';
import { DAY, syncNow } from '../support/worlds.ts';

let house: House;
let server: TestServer;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({ users: 30, seed: 3, rateLimits: false });
  const { zoom, queue, now } = house.deps;
  server = await startServer(house.database, { deps: { zoom, queue, now } });
  integration = await connectedIntegration(house);
}, 60_000);
afterAll(async () => {
  await server?.close();
  await house?.close();
});

const PLAN = `
  integration { id } computedAt calls { light medium heavy resourceIntensive } expectedSeconds fitsToday note
  dailyCaps { label limit usedToday left fits }
  tasks { task calls { light medium heavy } lines { endpoint label calls isEstimate why } }`;
async function plan() {
  const { data, errors } = await server.ask(`{ syncPlan(integrationId: "${integration.id}") { ${PLAN} } }`);
  expect(errors).toBeUndefined();
  return data.syncPlan;
}
const linesOf = (shown: { tasks: { lines: { endpoint: string; calls: number }[] }[] }) =>
  new Map(shown.tasks.flatMap(({ lines }) => lines).map((line) => [line.endpoint, line.calls]));

describe('syncPlan', () => {
  it('is null for an integration that does not exist, and closed to whoever may not read', async () => {
    expect((await server.ask('{ syncPlan(integrationId: "nobody") { note } }')).data).toEqual({ syncPlan: null });
    const closed = await server.ask('{ syncPlan(integrationId: "nobody") { note } }', {}, { scopes: [] });
    expect(closed.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('says before anything is known what it would need, then estimates from the count that validation read', async () => {
    expect((await plan()).note).toContain('validate the integration');
    const checked = await validateIntegration(house.deps, { sub: 'test', scopes: [] } as never, {
      integrationId: integration.id,
    });
    expect(checked.ok).toBe(true);
    house.sandbox.calls.length = 0;
    const shown = await plan();
    // Nothing is asked of Zoom for it.
    expect(house.sandbox.calls).toEqual([]);
    expect(shown.note).toContain('estimate');
    expect(shown.integration.id).toBe(integration.id);
    expect(shown.tasks.map(({ task }: { task: string }) => task)).toEqual([
      'APPLICATION_ROSTER',
      'LICENSE_INFORMATION',
      'APPLICATION_ACCESS',
      'LICENSE_DIFFERENTIATION',
      'RECLAMATION',
    ]);
    const users = house.sandbox.world.regular.users.size;
    expect(linesOf(shown).get('GET /users/{userId}')).toBeGreaterThan(users / 2);
    expect(shown.calls.medium).toBeGreaterThan(20);
    expect(shown.expectedSeconds).toBeGreaterThan(0);
    const [cap] = shown.dailyCaps;
    expect(cap).toMatchObject({ label: 'HEAVY', limit: 60_000, fits: true });
    expect(cap.left).toBe(48_000 - cap.usedToday);
    expect(shown.fitsToday).toBe(true);
  });

  it('is what the runs keep, and is compared with what they spent, endpoint by endpoint', async () => {
    const before = linesOf(await plan());
    await syncNow(house, integration);
    const { data } = await server.ask(`{ integration(id: "${integration.id}") {
      activityWindow { requestedFrom reachableFrom knownFrom knownUntil isCutByZoom isWhole limits }
      jobRuns { nodes { task zoomCalls { light medium heavy } plannedCalls { light medium heavy }
        callsByEndpoint { endpoint label planned spent why } } } } }`);
    const { nodes } = data.integration.jobRuns;
    for (const run of nodes) {
      for (const label of ['light', 'medium', 'heavy']) {
        expect(run.zoomCalls[label], `${run.task} ${label}`).toBeLessThanOrEqual(run.plannedCalls[label]);
        const lines = run.callsByEndpoint.filter((one: { label: string }) => one.label === label.toUpperCase());
        const sum = (field: string) => lines.reduce((all: number, one: Record<string, number>) => all + one[field]!, 0);
        expect([sum('planned'), sum('spent')]).toEqual([run.plannedCalls[label], run.zoomCalls[label]]);
      }
    }
    const roster = nodes.find((run: { task: string }) => run.task === 'APPLICATION_ROSTER');
    const profiles = roster.callsByEndpoint.find((one: { endpoint: string }) => one.endpoint === 'GET /users/{userId}');
    expect(profiles.planned).toBeGreaterThanOrEqual(before.get('GET /users/{userId}')!);
    expect(profiles.why).toBe('Everybody once.');

    const { activityWindow } = data.integration;
    expect(activityWindow).toMatchObject({ isWhole: true, isCutByZoom: false });
    expect(Date.parse(activityWindow.knownFrom)).toBeLessThan(Date.parse(activityWindow.requestedFrom));
    expect(activityWindow.limits.length).toBeGreaterThan(3);
  }, 60_000);

  it('costs far less the second time, and is computed with a few statements', async () => {
    const shown = await plan();
    expect(shown.note).toContain('what is known');
    expect(linesOf(shown).get('GET /users/{userId}') ?? 0).toBeLessThan(8);
    expect(linesOf(shown).get('GET /users/{userId}/settings') ?? 0).toBeLessThan(8);
    const { statements } = await statementsOf(house.database, plan);
    expect(statements.length).toBeLessThan(20);
  });

  it('grows with the days since, and says what a day of a free account does not have room for', async () => {
    // Asked directly: tokens don't live for days.
    const planNow = async () => planSync(house.deps, (await integrationById(house.database.sql, integration.id))!);
    const now = linesOf(await planNow());
    house.clock.advance(2 * DAY);
    const later = linesOf(await planNow());
    for (const endpoint of ['GET /past_meetings/{meetingId}/participants', 'GET /users/{userId}']) {
      expect(later.get(endpoint), endpoint).toBeGreaterThan(now.get(endpoint) ?? 0);
    }
    await house.database.sql`update integrations set rate_limit_plan = 'FREE' where id = ${integration.id}`;
    await house.database.sql`update rate_limits set used_today = 790 where label = 'HEAVY'`;
    const free = await planNow();
    expect(free.dailyCaps.map(({ label, fits }) => [label, fits])).toEqual([
      ['LIGHT', true],
      ['MEDIUM', true],
      ['HEAVY', false],
      ['RESOURCE_INTENSIVE', true],
    ]);
    expect(free.fitsToday).toBe(false);
  });
});
