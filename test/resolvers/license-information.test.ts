import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const READ_AT = new Date('2026-03-01T02:00:00.000Z');
const USAGE = {
  plan_base: { type: 'yearly', hosts: 100, usage: 80, pending: 2 },
  plan_webinar: [{ type: 'webinar500_monthly', hosts: 3, usage: 1 }],
  plan_zoom_rooms: { type: 'zroom_yearly', hosts: 5, usage: 4 },
  plan_brand_new: { type: 'brandnew_monthly', hosts: -3 },
};

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  rows = rowsIn(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const ask = async (query: string, variables = {}) => {
  const { data, errors } = await server.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
};
const PLANS = `plan planName informationAt plans {
  uniqueId key code name isKnown edition billingPeriod termMonths seats assigned pending asOf license { id uniqueId }
}`;
const LICENSE = `id name plan planName planGoneAt informationAt problems { code message }
  assignedByZoom { count source asOf } provisioned { count unlimited source }`;

describe('License Information of an account', () => {
  it('FT-17…FT-21, FT-62…FT-64: names every plan with unique id, name and total, and when that was read', async () => {
    const account = await rows.account(await rows.integration(), { planUsage: USAGE, planUsageAt: READ_AT });
    const license = await rows.license(account, { uniqueId: 'LICENSED', plan: 'yearly', provisionedCount: 100 });
    const data = await ask(`{ account(id: "${account.id}") { ${PLANS} } license(id: "${license.id}") { ${LICENSE} } }`);
    const asOf = READ_AT.toISOString();
    expect(data.account).toMatchObject({ plan: 'yearly', planName: 'Pro', informationAt: asOf });
    expect(data.account.plans).toEqual([
      {
        uniqueId: 'plan_base:pro',
        key: 'plan_base',
        code: 'yearly',
        name: 'Pro',
        isKnown: true,
        edition: 'PRO',
        billingPeriod: 'ANNUALLY',
        termMonths: null,
        seats: 100,
        assigned: 80,
        pending: 2,
        asOf,
        license: { id: license.id, uniqueId: 'LICENSED' },
      },
      expect.objectContaining({
        name: 'Unknown (brandnew_monthly)',
        isKnown: false,
        seats: null,
        billingPeriod: 'MONTHLY',
      }),
      // Nobody has this license yet, so no sync has made it.
      expect.objectContaining({ uniqueId: 'plan_webinar:webinar500', name: 'Webinar 500', seats: 3, license: null }),
      expect.objectContaining({ uniqueId: 'plan_zoom_rooms:zroom', name: 'Zoom Rooms', seats: 5, license: null }),
    ]);
    expect(data.license).toMatchObject({
      planName: 'Pro',
      planGoneAt: null,
      informationAt: asOf,
      problems: [],
      assignedByZoom: { count: 80, source: 'PLAN_USAGE', asOf },
      provisioned: { count: 100, unlimited: false, source: 'ZOOM' },
    });
  });

  it('says what a mapped plan stands for', async () => {
    const integration = await rows.integration();
    const account = await rows.account(integration, { planUsage: USAGE, planUsageAt: READ_AT });
    await rows.license(account, { uniqueId: 'LICENSED' });
    await database.sql`insert into license_mappings (id, integration_id, identifier, unique_id, created_by, created_at)
      values ('uns_1', ${integration.id}, 'PLAN_brand_new', 'LICENSED', 'test', now())`;
    const { account: shown } = await ask(`{ account(id: "${account.id}") { ${PLANS} } }`);
    expect(shown.plans[1].license).toMatchObject({ uniqueId: 'LICENSED' });
  });

  it('of which Zoom gives none is empty; its own count of users stands beside, never as seats', async () => {
    const summary = { licensed: 70, basic: 1, onPrem: 0, pending: 0, rooms: 0, joinOnly: 0, total: 71 };
    const account = await rows.account(await rows.integration(), { summary, summaryAt: READ_AT });
    const license = await rows.license(account, { uniqueId: 'LICENSED' });
    const webinar = await rows.license(account, { uniqueId: 'WEBINAR_500', category: 'ADD_ON', userType: null });
    const data = await ask(
      `{ account(id: "${account.id}") { ${PLANS} } license(id: "${license.id}") { ${LICENSE} }
         webinar: license(id: "${webinar.id}") { assignedByZoom { count } } }`,
    );
    expect(data.account).toEqual({ plan: null, planName: null, informationAt: null, plans: [] });
    expect(data.license).toMatchObject({
      planName: null,
      informationAt: null,
      assignedByZoom: { count: 70, source: 'USER_SUMMARY', asOf: READ_AT.toISOString() },
      provisioned: { count: null, unlimited: false, source: 'UNKNOWN' },
    });
    expect(data.webinar.assignedByZoom).toBeNull();
  });

  it('FT-39…FT-43, FT-53: of a sub account is called by its type, and says where on-premises has no plan for it', async () => {
    const integration = await rows.integration({ kind: 'TIERED', includeOnPremises: true });
    const master = await rows.account(integration, { tier: 'MASTER' });
    const shown = async (plan: string | null, planUsage: Record<string, unknown> | null = null) => {
      const planUsageAt = planUsage === null ? null : READ_AT;
      const sub = await rows.account(integration, { tier: 'SUB', masterId: master.id, plan, planUsage, planUsageAt });
      const license = await rows.license(sub, { uniqueId: 'ON_PREM', userType: 'ON_PREM' });
      const data = await ask(
        `{ subAccount(id: "${sub.id}") { ${PLANS} } license(id: "${license.id}") { ${LICENSE} } }`,
      );
      expect(data.license.provisioned.unlimited).toBe(true);
      const codes = data.license.problems.map(({ code }: { code: string }) => code);
      return [data.subAccount.plan, data.subAccount.planName, codes];
    };
    expect(await shown('Business')).toEqual(['Business', 'Business', []]);
    expect(await shown('education')).toEqual(['education', 'Education', []]);
    expect(await shown('API Partner')).toEqual(['API Partner', 'API Partner', []]);
    expect(await shown('Bulk License')).toEqual(['Bulk License', 'Bulk License', []]);
    expect(await shown('Pro')).toEqual(['Pro', 'Pro', ['ON_PREMISES_NOT_IN_PLAN']]);
    expect(await shown('Gold')).toEqual(['Gold', 'Unknown (Gold)', []]);
    expect(await shown(null)).toEqual([null, null, []]);
    expect(await shown(null, USAGE)).toEqual([null, 'Pro', ['ON_PREMISES_NOT_IN_PLAN']]);
    // What nobody knows of the one is known by the other.
    expect(await shown('Pro', { plan_base: { type: 'odd', hosts: 1 } })).toEqual([
      'Pro',
      'Pro',
      ['ON_PREMISES_NOT_IN_PLAN'],
    ]);
  });

  it('says of a license since when its plan is gone, and that people still hold it', async () => {
    const account = await rows.account(await rows.integration({ enabledTasks: ['LICENSE_INFORMATION'] }));
    const license = await rows.license(account, { planGoneAt: READ_AT, provisionedCount: 0 });
    await rows.assign(license, [await rows.user(account)]);
    const data = await ask(
      `{ license(id: "${license.id}") { ${LICENSE} assigned compliance { position delta } users { totalCount } } }`,
    );
    expect(data.license).toMatchObject({
      planGoneAt: READ_AT.toISOString(),
      problems: [{ code: 'PLAN_GONE', message: expect.stringContaining('1 still hold it') }],
      assigned: 1,
      users: { totalCount: 1 },
      compliance: { position: 'OVER_ASSIGNED', delta: -1 },
    });
  });

  it('names the bundles of a user', async () => {
    const account = await rows.account(await rows.integration());
    const user = await rows.user(account, { zoomOneType: '16', planUnitedType: null });
    const { user: shown } = await ask(`{ user(id: "${user.id}") { bundles { source code name isKnown } } }`);
    const name = 'Zoom Workplace Business Plus (US/Canada)';
    expect(shown.bundles).toEqual([{ source: 'WORKPLACE_BUNDLE', code: '16', name, isKnown: true }]);
  });

  it('of a hundred sub accounts costs the same number of statements as of one', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { tier: 'MASTER' });
    const query = `query ($id: ID!) {
      account(id: $id) { ${PLANS} licenses { ${LICENSE} readOnlyFields provisionedEntry } subAccounts(first: 500) { nodes { ${PLANS} } } }
    }`;
    const add = async () => {
      const given = { tier: 'SUB', masterId: master.id, planUsage: USAGE, planUsageAt: READ_AT } as const;
      await rows.license(await rows.account(integration, given), { uniqueId: 'LICENSED' });
    };
    const count = async (size: number) => {
      const { result, statements } = await statementsOf(database, () => server.ask(query, { id: master.id }));
      expect(result.errors).toBeUndefined();
      expect(result.data.account.subAccounts.nodes).toHaveLength(size);
      expect(result.data.account.subAccounts.nodes.at(-1).plans).toHaveLength(4);
      return statements.length;
    };
    await add();
    const one = await count(1);
    for (let more = 0; more < 99; more += 1) await add();
    expect(await count(100)).toBe(one);
  });
});
