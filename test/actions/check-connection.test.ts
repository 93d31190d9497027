import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkConnection } from '#src/actions/check-connection.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { requirementsOf, TASKS } from '#src/policy/task-scopes.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';

let house: House;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({ users: 5, rateLimits: false });
  integration = await connectedIntegration(house);
}, 60_000);
afterAll(() => house?.close());

const needed = TASKS.flatMap((task) => requirementsOf(task, 'REGULAR'));
/** A check after a consent to exactly these scopes. */
const check = async (grantedScopes: string[]) =>
  (await checkConnection(house.deps, { ...integration, grantedScopes })).record;

it('without a scope that is no reason not to connect, the connection works and says what it goes without', async () => {
  const record = await check(needed.filter(({ isOptional }) => isOptional !== true).map(({ granular }) => granular));
  expect(record.checks.filter(({ ok }) => !ok)).toEqual([
    expect.objectContaining({
      endpoint: 'GET /users/summary',
      message: expect.stringMatching(/user:read:summary:admin was not granted.*The connection works without it\./),
    }),
  ]);
  expect(record.ok).toBe(true);
});

it('without a scope that is needed it does not work', async () => {
  for (const scope of ['user:read:list_users:admin', 'user:read:settings:admin', 'report:read:user:admin']) {
    const record = await check(needed.map(({ granular }) => granular).filter((one) => one !== scope));
    expect([scope, record.ok]).toEqual([scope, false]);
  }
});
