import { afterEach, describe, expect, it } from 'vitest';
import { planSync } from '#src/actions/plan-sync.ts';
import { integrationById } from '#src/datasources/store/integrations.ts';
import { ENDPOINTS } from '#src/datasources/zoom/endpoints.ts';
import type { IntegrationRow, JobRunRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { statementsOf } from '../support/statements.ts';
import { syncNow } from '../support/worlds.ts';

type Runs = Record<string, JobRunRow>;

let house: House;
afterEach(() => house?.close());

const PATHS: ReadonlySet<string> = new Set(Object.values(ENDPOINTS).map(({ path }) => path));
/** The path as Zoom's documents name it, also where it was asked below a sub account's prefix. */
const unprefixed = (path: string) => (PATHS.has(path) ? path : path.replace('/accounts/{accountId}', ''));

/** What the runs planned and spent, endpoint by endpoint. */
function expectWithinPlan(runs: Runs) {
  const spentByPath = new Map<string, number>();
  for (const run of Object.values(runs)) {
    expect([run.task, run.status, run.error]).toEqual([run.task, 'SUCCEEDED', null]);
    const planned = new Map(run.planned!.map((line) => [line.endpoint, line.calls]));
    for (const [endpoint, spent] of Object.entries(run.spent)) {
      expect(spent, `${run.task} ${endpoint}`).toBeLessThanOrEqual(planned.get(endpoint) ?? 0);
      spentByPath.set(endpoint, (spentByPath.get(endpoint) ?? 0) + spent);
    }
  }
  // What Zoom saw, no more and no less.
  const seen = new Map<string, number>();
  for (const { method, path, label } of house.sandbox.calls) {
    const endpoint = `${method} ${unprefixed(path)}`;
    if (label !== null) seen.set(endpoint, (seen.get(endpoint) ?? 0) + 1);
  }
  expect(Object.fromEntries(spentByPath)).toEqual(Object.fromEntries(seen));
}

const mediumOf = (runs: Runs) => Object.values(runs).reduce((sum, run) => sum + run.callsMedium, 0);

describe('what a sync of 60 people spends', () => {
  it.each(['ALL', 'WHERE_DECISIVE'] as const)(
    'is no more than planned, endpoint by endpoint, with meeting detail %s',
    async (meetingDetail) => {
      house = await openHouse({ users: 60, seed: 7, rateLimits: false });
      const integration: IntegrationRow = await connectedIntegration(house, { meetingDetail, includeFreeUsers: true });
      const sync = async () => {
        house.sandbox.calls.length = 0;
        return syncNow(house, integration);
      };
      const first = await sync();
      expectWithinPlan(first);
      // Whoever signed in is asked for meetings they created while hosts are read, and not once more after it.
      const created = house.sandbox.calls.filter(({ path }) => path === '/users/{userId}/meetings');
      expect(new Set(created.map(({ url }) => url)).size).toBe(created.length);
      expect(created.length).toBeGreaterThan(10);
      const polls = house.sandbox.calls.filter(({ path }) => path.startsWith('/past_') && path.endsWith('/polls'));
      expect(polls.length).toBeGreaterThan(meetingDetail === 'ALL' ? 50 : 0);

      const shown = await planSync(house.deps, (await integrationById(house.database.sql, integration.id))!);
      const second = await sync();
      expectWithinPlan(second);
      // The plan that was shown before is close, not only an upper bound.
      const spent = mediumOf(second);
      expect(shown.calls.MEDIUM).toBeLessThanOrEqual(3 * spent + 10);
      expect(spent).toBeLessThan(mediumOf(first) / 4);
      expect(second['APPLICATION_ACCESS']!.spent['GET /past_meetings/{meetingId}/polls'] ?? 0).toBe(0);
    },
    180_000,
  );
});

describe('what a sync of a master account and its sub accounts spends', () => {
  it('is no more than planned for all of them together, and planned in as many statements as for one', async () => {
    house = await openHouse({ users: 40, seed: 5, subAccounts: 3, rateLimits: false });
    const integration = await connectedIntegration(house, { kind: 'TIERED' });
    const planned = async () => {
      const row = (await integrationById(house.database.sql, integration.id))!;
      return statementsOf(house.database, () => planSync(house.deps, row));
    };
    const before = await planned();
    expect(before.result.note).toContain('Which sub accounts there are is not known');
    house.sandbox.calls.length = 0;
    expectWithinPlan(await syncNow(house, integration));

    house.clock.advance(86_400_000);
    const { result: shown, statements } = await planned();
    // Four accounts instead of one, and not a statement more.
    expect(statements.length).toBe(before.statements.length);
    expect(statements.length).toBeLessThanOrEqual(10);
    const lines = shown.tasks.flatMap((task) => task.lines);
    expect(lines.find(({ endpoint }) => endpoint === 'GET /accounts')).toMatchObject({ calls: 1, label: 'MEDIUM' });
    expect(lines.find(({ endpoint }) => endpoint === 'GET /users')!.calls).toBe(4 * 3);
    for (const { task, lines: own } of shown.tasks) {
      expect(new Set(own.map(({ endpoint }) => endpoint)).size, task).toBe(own.length);
    }
    house.sandbox.calls.length = 0;
    const second = await syncNow(house, integration);
    expectWithinPlan(second);
    expect(shown.calls.MEDIUM).toBeLessThanOrEqual(3 * mediumOf(second) + 10);
  }, 60_000);
});
