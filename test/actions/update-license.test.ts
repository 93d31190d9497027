import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { updateLicense } from '#src/actions/update-license.ts';
import { auditEventsPage } from '#src/datasources/store/audit.ts';
import { licensesByIds } from '#src/datasources/store/licenses.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, IntegrationRow, LicenseRow } from '#src/db/tables/rows.ts';
import type { UpdateLicenseInput } from '#src/schema.generated.ts';
import { ADA, done, refusals } from '../support/consent.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;
let license: LicenseRow;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  rows = rowsIn(database);
});
beforeEach(async () => {
  integration = await rows.integration({ kind: 'TIERED', enabledTasks: ['APPLICATION_ROSTER'] });
  account = await rows.account(integration);
  license = await rows.license(account, { name: 'Licensed', provisionedCount: 100 });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

type Entry = Omit<UpdateLicenseInput, 'licenseId'>;
const enter = (entry: Entry, { id } = license) => updateLicense(server.deps, ADA, { licenseId: id, ...entry });
const stored = async ({ id } = license) => (await licensesByIds(database.sql, [id]))[0]!;
const entered = async (one = license) => {
  const { enteredName, enteredUserType, enteredCount, enteredUnlimited } = await stored(one);
  return [enteredName, enteredUserType, enteredCount, enteredUnlimited];
};
const set = (patch: { tasks?: string[]; includeOnPremises?: boolean }) => database.sql`
  update integrations set enabled_tasks = coalesce(${patch.tasks ?? null}::text[], enabled_tasks),
    include_on_premises = coalesce(${patch.includeOnPremises ?? null}::boolean, include_on_premises)
  where id = ${integration.id}`;
const READ = ['APPLICATION_ROSTER', 'LICENSE_INFORMATION'];

describe('entering by hand', () => {
  it('is kept, changed field by field, taken away by null, and audited', async () => {
    done(await enter({ name: ' Meetings ', userType: 'BASIC', provisionedCount: 40 }));
    expect(await entered()).toEqual(['Meetings', 'BASIC', 40, false]);
    done(await enter({ unlimited: true }));
    expect(await entered()).toEqual(['Meetings', 'BASIC', null, true]);
    done(await enter({ name: null, userType: null, provisionedCount: null, unlimited: null }));
    expect(await entered()).toEqual([null, null, null, null]);
    expect(await stored()).toMatchObject({ name: 'Licensed', provisionedCount: 100 });
    const [, second] = await auditEventsPage(database.sql, { integrationId: integration.id, first: 5, after: null });
    expect(second).toMatchObject({
      action: 'license.updated',
      subject: license.id,
      actor: ADA.sub,
      details: { enteredCount: { from: 40, to: null }, enteredUnlimited: { from: false, to: true } },
    });
  });

  it('of what it is already writes nothing', async () => {
    done(await enter({ provisionedCount: 7 }));
    const before = await stored();
    expect(done(await enter({ provisionedCount: 7 })).license).toEqual(before);
    expect(await stored()).toEqual(before);
    const events = await auditEventsPage(database.sql, { integrationId: integration.id, first: 5, after: null });
    expect(events).toHaveLength(1);
  });

  it('FT-72, FT-73, FT-74: is refused field by field while the task is on, with what to do', async () => {
    done(await enter({ name: 'Ours', provisionedCount: 40 }));
    await set({ tasks: READ });
    const all = await enter({ name: 'x', userType: 'BASIC', provisionedCount: 1, unlimited: false });
    expect(refusals(all)).toEqual(['LOCKED name', 'LOCKED userType', 'LOCKED provisionedCount', 'LOCKED unlimited']);
    expect(all).toMatchObject({
      refusals: [{ message: expect.stringMatching(/LICENSE_INFORMATION.*updateIntegration/) }, {}, {}, {}],
    });
    expect(await entered()).toEqual(['Ours', null, 40, false]);

    // Where Zoom says no seats, the entitlement is where they go.
    const unknown = await rows.license(account, { provisionedCount: null });
    expect(await enter({ provisionedCount: 1 }, unknown)).toMatchObject({
      refusals: [{ code: 'LOCKED', message: expect.stringContaining('entitlement') }],
    });
  });

  it.each<[string, LicenseRow['userType'], boolean, Entry, string[]]>([
    ['FT-23: a number for Basic', 'BASIC', false, { provisionedCount: 0 }, []],
    ['FT-23: Unlimited for Basic', 'BASIC', false, { unlimited: true }, []],
    ['FT-22: a number for Licensed', 'LICENSED', false, { provisionedCount: 5 }, []],
    ['FT-24: Unlimited for Licensed', 'LICENSED', false, { unlimited: true }, ['LOCKED unlimited']],
    ['FT-24: a number for On-Premises', 'ON_PREM', false, { provisionedCount: 5 }, ['LOCKED provisionedCount']],
    ['FT-24: Unlimited for On-Premises', 'ON_PREM', false, { unlimited: true }, ['LOCKED unlimited']],
    ['FT-24: Unlimited for Licensed, included', 'LICENSED', true, { unlimited: true }, []],
    ['FT-24: a number for On-Premises, included', 'ON_PREM', true, { provisionedCount: 5 }, []],
    ['FT-24: Unlimited for On-Premises, included', 'ON_PREM', true, { unlimited: true }, []],
    ['by the type that is entered with it', 'LICENSED', false, { userType: 'BASIC', unlimited: true }, []],
    ['and not by the one before', 'BASIC', false, { userType: 'LICENSED', unlimited: true }, ['LOCKED unlimited']],
    ['Unlimited for an add-on', null, true, { unlimited: true }, ['LOCKED unlimited']],
    ['a number for an add-on', null, false, { provisionedCount: 3 }, []],
    ['a type for an add-on', null, false, { userType: 'BASIC' }, ['INVALID userType']],
    ['a negative number', 'LICENSED', false, { provisionedCount: -1 }, ['INVALID provisionedCount']],
    ['a giant number', 'LICENSED', false, { provisionedCount: 2_000_000_000 }, ['INVALID provisionedCount']],
    ['a fraction', 'LICENSED', false, { provisionedCount: 1.5 }, ['INVALID provisionedCount']],
    ['a number and Unlimited', 'BASIC', false, { provisionedCount: 1, unlimited: true }, ['INVALID unlimited']],
    ['a limit without its number', 'BASIC', false, { unlimited: false }, ['INVALID provisionedCount']],
    ['no name', 'LICENSED', false, { name: ' ' }, ['INVALID name']],
    ['a giant name', 'LICENSED', false, { name: 'x'.repeat(201) }, ['INVALID name']],
    ['a name with a null byte', 'LICENSED', false, { name: 'a\u0000b' }, ['INVALID name']],
    ['nothing', 'LICENSED', false, {}, ['NOTHING_TO_DO']],
    ['two wrongs', 'LICENSED', false, { name: '', provisionedCount: -1 }, ['INVALID name', 'INVALID provisionedCount']],
  ])('%s', async (_, userType, includeOnPremises, entry, expected) => {
    await set({ includeOnPremises });
    const one = await rows.license(account, { userType, category: userType === null ? 'ADD_ON' : 'BASE' });
    const outcome = await enter(entry, one);
    expect(outcome.ok ? [] : refusals(outcome)).toEqual(expected);
    if (!outcome.ok) expect(await stored(one)).toEqual(one);
  });

  it('is refused for what is not there, and for the name of another license of the account', async () => {
    expect(refusals(await enter({ name: 'x' }, { ...license, id: 'lic_none' }))).toEqual(['NOT_FOUND licenseId']);
    await rows.license(account, { name: 'Webinar 500' });
    expect(refusals(await enter({ name: 'WEBINAR 500' }))).toEqual(['INVALID name']);
    done(await enter({ name: 'licensed' }));
    await rows.license(await rows.account(integration), { name: 'Elsewhere' });
    done(await enter({ name: 'Elsewhere' }));
  });
});

describe('what is shown', () => {
  const ask = async (includes = '') => {
    const { data, errors } = await server.ask(
      `{ license(id: "${license.id}") { name userType readOnlyFields provisionedEntry provisioned { count unlimited source } unassigned compliance { position } ${includes} } }`,
    );
    expect(errors).toBeUndefined();
    return data.license;
  };

  it('is what was entered while the task is off, and what Zoom says while it is on', async () => {
    await rows.assign(license, [await rows.user(account)]);
    const { data } = await server.ask(
      `mutation ($input: UpdateLicenseInput!) { updateLicense(input: $input) { license { name } userErrors { code } } }`,
      { input: { licenseId: license.id, name: 'Ours', provisionedCount: 40 } },
    );
    expect(data.updateLicense).toEqual({ license: { name: 'Ours' }, userErrors: [] });
    expect(await ask()).toEqual({
      name: 'Ours',
      userType: 'LICENSED',
      readOnlyFields: [],
      provisionedEntry: 'NUMBER',
      provisioned: { count: 40, unlimited: false, source: 'ENTERED' },
      unassigned: 39,
      compliance: { position: 'UNDER_USED' },
    });
    await set({ tasks: READ });
    expect(await ask()).toMatchObject({
      name: 'Licensed',
      readOnlyFields: ['NAME', 'USER_TYPE', 'PROVISIONED'],
      provisioned: { count: 100, unlimited: false, source: 'ZOOM' },
      unassigned: 99,
    });
    await set({ tasks: ['APPLICATION_ROSTER'] });
    expect(await ask()).toMatchObject({ name: 'Ours', provisioned: { count: 40 } });
  });

  it('costs by the seats that are shown', async () => {
    await rows.entitlement(license, { cost: '10', currency: 'USD', paymentFrequency: 'ANNUALLY' });
    done(await enter({ provisionedCount: 40 }));
    expect(await ask('annualCost { amount }')).toMatchObject({ annualCost: { amount: '400.00' } });
    await set({ tasks: READ });
    expect(await ask('annualCost { amount }')).toMatchObject({ annualCost: { amount: '1000.00' } });
  });

  it('is the quantity of the entitlement where the task is on and Zoom gives no seats', async () => {
    await set({ tasks: READ });
    await database.sql`update licenses set provisioned_count = null, entered_count = 7 where id = ${license.id}`;
    await rows.entitlement(license, { quantity: 25 });
    expect(await ask()).toMatchObject({
      provisioned: { count: 25, unlimited: false, source: 'ENTITLEMENT' },
      unassigned: 25,
    });
  });

  it('may be asked with a scope to operate only', async () => {
    const { errors } = await server.ask(
      `mutation { updateLicense(input: { licenseId: "${license.id}", name: "x" }) { userErrors { code } } }`,
      {},
      { scopes: ['zoom:read'] },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
