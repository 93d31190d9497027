import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxApp } from '#sandbox/index.ts';
import { createIntegration } from '#src/actions/create-integration.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { requirementsOf, TASKS } from '#src/policy/task-scopes.ts';
import type { CreateIntegrationInput } from '#src/schema.generated.ts';
import { ADA, appWith, browserLegs, current, done, draft, walk } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';

const CLASSIC = ['account:master', 'user:master', 'report:master', 'meeting:master', 'user:write:admin'];
const GRANULAR = TASKS.flatMap((task) => requirementsOf(task, 'TIERED').map(({ granular }) => granular));
const REGIONS = ['NA', 'APAC', 'EU'] as const;

const vendor = REGIONS.map((region) => appWith(`tiered-${region}`, CLASSIC, 'MASTER'));
const granular = appWith('granular', GRANULAR, 'MASTER');
/** Scopes of a master, granted by an account that is none. */
const noMaster = appWith('no-master', [...CLASSIC, 'user:read:admin', 'report:read:admin'], 'REGULAR');
const onlyAdmin = appWith('only-admin', ['user:read:admin', 'report:read:admin', 'meeting:read:admin'], 'MASTER');

let house: House;
let legs: FastifyInstance;

beforeAll(async () => {
  const apps = Object.fromEntries(
    REGIONS.map((region, index) => {
      const { name, clientId, clientSecret } = vendor[index]!;
      return [region, { TIERED: { name, clientId, clientSecret } }];
    }),
  );
  house = await openHouse({
    users: 0,
    subAccounts: 2,
    rateLimits: false,
    apps: [...vendor, granular, noMaster, onlyAdmin],
    env: { ZOOM_APPS: JSON.stringify(apps) },
  });
  legs = await browserLegs(house);
}, 60_000);
afterAll(async () => {
  await legs?.close();
  await house?.close();
});
afterEach(() => house.sandbox.faults.clear());

/** Consents at Zoom; answers the integration as it is then. */
async function connect(app: SandboxApp | null, input: Partial<CreateIntegrationInput> = {}): Promise<IntegrationRow> {
  const created =
    app === null
      ? done(await createIntegration(house.deps, ADA, { displayName: 'Zoom', kind: 'TIERED', ...input })).integration
      : await draft(house, app, { kind: 'TIERED', ...input });
  house.sandbox.calls.length = 0;
  await walk(house, legs, created);
  return current(house, created);
}
const checksOf = ({ connectionCheck }: IntegrationRow) =>
  Object.fromEntries(connectionCheck!.checks.map((check) => [check.endpoint, check]));

describe('a tiered integration', () => {
  it.each([...REGIONS])("FT-54 to FT-57: connects with the vendor's app of %s", async (region) => {
    const integration = await connect(null, { region });
    expect(integration).toMatchObject({ status: 'CONNECTED', clientId: null, region });
    const app = vendor[REGIONS.indexOf(region)]!;
    const consent = house.sandbox.calls.find(({ path }) => path === '/oauth/authorize')!;
    expect(new URL(consent.url, 'http://zoom').searchParams.get('client_id')).toBe(app.clientId);
    expect(
      await house.database.sql`select tier, zoom_account_id from accounts where integration_id = ${integration.id}`,
    ).toEqual([{ tier: 'MASTER', zoom_account_id: house.sandbox.world.master.id }]);
  });

  it.each([
    ['granular scopes alone', granular],
    ['classic scopes', vendor[0]!],
  ])('connects with an app of its own and %s, having listed sub accounts and read one', async (_, app) => {
    const integration = await connect(app, {});
    const checks = checksOf(integration);
    expect(checks['GET /accounts']).toMatchObject({ ok: true, message: 'Sub accounts can be listed.' });
    const [sub] = house.sandbox.world.subAccounts;
    expect(checks['GET /accounts/{accountId}/users']).toMatchObject({
      ok: true,
      message: `Users of sub accounts can be read; tried with ${sub!.name}.`,
    });
    const below = house.sandbox.calls.filter(({ path }) => path === '/accounts/{accountId}/users');
    expect(below.map(({ accountId }) => accountId)).toEqual([sub!.id]);
    expect(integration.status).toBe('CONNECTED');
  });

  it('FT-44: of an account without the Master Account feature is not connected, and says what to do', async () => {
    const integration = await connect(noMaster, {});
    expect(integration.status).toBe('AUTHORIZED');
    const check = checksOf(integration)['GET /accounts']!;
    expect(check.ok).toBe(false);
    expect(check.message).toContain('Zoom Web Portal > Account Management > Sub Accounts');
    expect(check.message).toContain('ask Zoom to enable the Master Account feature, or make the integration REGULAR');
  });

  it('whose scopes reach the master alone is not connected, and names those that reach sub accounts', async () => {
    const integration = await connect(onlyAdmin, {});
    expect(integration.status).toBe('AUTHORIZED');
    const messages = integration.connectionCheck!.checks.map(({ message }) => message).join(' ');
    expect(messages).toContain('user:read:list_users:master was not granted');
    expect(messages).toContain('account:read:list_sub_accounts:master was not granted');
    expect(house.sandbox.calls.some(({ path }) => path.startsWith('/accounts'))).toBe(false);
  });

  it('that may list sub accounts and read none of them is not connected', async () => {
    house.sandbox.faults.add({
      match: { path: '/accounts/{accountId}/users' },
      times: Infinity,
      action: { status: 400, body: { code: 200, message: 'No permission.' } },
    });
    const integration = await connect(granular, {});
    expect(integration.status).toBe('AUTHORIZED');
    const check = checksOf(integration)['GET /accounts/{accountId}/users']!;
    expect(check.message).toContain(`The sub account ${house.sandbox.world.subAccounts[0]!.name} could not be read`);
  });

  it('without any sub account yet is connected', async () => {
    const { subAccounts } = house.sandbox.world;
    const all = subAccounts.splice(0);
    const integration = await connect(granular, {});
    subAccounts.push(...all);
    expect(checksOf(integration)['GET /accounts']).toMatchObject({
      ok: true,
      message: expect.stringContaining('none yet'),
    });
    expect(integration.status).toBe('CONNECTED');
  });
});
