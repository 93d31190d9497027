import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const FIELDS = `
  uniqueId name category userType autoPopulated managed assigned active inactive neverActive unassigned
  provisioned { count unlimited }
  entitlement { effectiveDate expirationDate cost currency paymentFrequency purchaseIdentifier }
  annualCost { amount currency } reclaimableAnnualCost { amount currency } compliance { position delta }
  account { id } subAccount { id } users { totalCount nodes { email } }`;
const ask = async (id: string) => {
  const { data, errors } = await server.ask(`{ license(id: "${id}") { ${FIELDS} } }`);
  expect(errors).toBeUndefined();
  return data.license;
};

describe('a license', () => {
  it('counts who holds it, and who uses it', async () => {
    const account = await rows.account(await rows.integration());
    const license = await rows.license(account, { provisionedCount: 10 });
    await rows.assign(
      license,
      await rows.users(account, [
        { lastLoginAt: ago(1) },
        // Zoom's three days on top of sixty: the last moment of being active, and the first of not being it.
        { lastMeetingJoinedAt: new Date(ago(63).getTime() + 1) },
        { lastLoginAt: ago(63) },
        { lastWebinarHostedAt: ago(300), lastLoginAt: ago(200) },
        { activeDate: ago(2) },
        { activeDate: null },
        { status: 'PENDING', zoomUserId: null },
        // Gone: holds nothing.
        { lastLoginAt: ago(1), removedAt: ago(1) },
      ]),
    );
    expect(await ask(license.id)).toMatchObject({
      assigned: 7,
      active: 2,
      inactive: 5,
      neverActive: 3,
      unassigned: 3,
      compliance: { position: 'UNDER_USED', delta: 3 },
      provisioned: { count: 10, unlimited: false },
      annualCost: null,
      entitlement: null,
      users: { totalCount: 7 },
    });
  });

  it('counts only the types that the integration counts', async () => {
    const types = ['LICENSED', 'BASIC', 'ON_PREM', 'OTHER', 'UNASSIGNED', 'NONE'] as const;
    const assignedWith = async (options: { includeFreeUsers?: boolean; includeOnPremises?: boolean }) => {
      const account = await rows.account(await rows.integration({ kind: 'TIERED', ...options }));
      const license = await rows.license(account);
      await rows.assign(
        license,
        await rows.users(
          account,
          types.map((type) => ({ type })),
        ),
      );
      const { assigned, inactive, users } = await ask(license.id);
      expect(inactive).toBe(assigned);
      // They are known all the same.
      expect(users.totalCount).toBe(types.length);
      return assigned;
    };
    expect(await assignedWith({})).toBe(2);
    expect(await assignedWith({ includeFreeUsers: true })).toBe(5);
    expect(await assignedWith({ includeOnPremises: true })).toBe(3);
    expect(await assignedWith({ includeFreeUsers: true, includeOnPremises: true })).toBe(6);
  });

  it('goes by the shortest threshold of the rules that look at it', async () => {
    const integration = await rows.integration();
    const account = await rows.account(integration);
    const [licensed, webinar] = [
      await rows.license(account, { uniqueId: 'LICENSED' }),
      await rows.license(account, { uniqueId: 'WEBINAR_500', category: 'ADD_ON', userType: null }),
    ];
    const holders = await rows.users(account, [
      { lastLoginAt: ago(10) },
      { lastLoginAt: ago(40) },
      { lastLoginAt: ago(100) },
    ]);
    await rows.assign(licensed, holders);
    await rows.assign(webinar, holders);
    const inactive = async () => [(await ask(licensed.id)).inactive, (await ask(webinar.id)).inactive];
    expect(await inactive()).toEqual([1, 1]);
    await rows.rule(integration, { inactivityThresholdDays: 30 });
    expect(await inactive()).toEqual([2, 1]);
    await rows.rule(integration, { inactivityThresholdDays: 5, appliesTo: 'WEBINAR_500' });
    expect(await inactive()).toEqual([2, 3]);
    await rows.rule(integration, { inactivityThresholdDays: 1, enabled: false });
    await rows.rule(integration, { inactivityThresholdDays: 1, deletedAt: NOW });
    expect(await inactive()).toEqual([2, 3]);
  });

  it('costs what was entered', async () => {
    const account = await rows.account(await rows.integration());
    const counted = await rows.license(account, { provisionedCount: 10 });
    const uncounted = await rows.license(account, { provisionedCount: null });
    const holders = await rows.users(account, [{ lastLoginAt: ago(1) }, { lastLoginAt: ago(100) }]);
    for (const license of [counted, uncounted]) {
      await rows.assign(license, holders);
      await rows.entitlement(license, {
        cost: '149.9',
        currency: 'EUR',
        paymentFrequency: 'MONTHLY',
        effectiveDate: '2026-01-01',
      });
    }
    expect(await ask(counted.id)).toMatchObject({
      annualCost: { amount: '17988.00', currency: 'EUR' },
      reclaimableAnnualCost: { amount: '1798.80', currency: 'EUR' },
      entitlement: {
        cost: '149.90',
        currency: 'EUR',
        effectiveDate: '2026-01-01',
        expirationDate: null,
        purchaseIdentifier: null,
      },
    });
    expect(await ask(uncounted.id)).toMatchObject({
      annualCost: { amount: '3597.60', currency: 'EUR' },
      unassigned: null,
      compliance: { position: 'UNKNOWN', delta: null },
    });
  });

  it('of a sub account belongs to the master as well', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { tier: 'MASTER' });
    const sub = await rows.account(integration, { tier: 'SUB', masterId: master.id, name: 'Branch' });
    const [above, below] = [await rows.license(master), await rows.license(sub)];
    expect(await ask(above.id)).toMatchObject({ account: { id: master.id }, subAccount: null });
    expect(await ask(below.id)).toMatchObject({ account: { id: master.id }, subAccount: { id: sub.id } });
    const { data } = await server.ask(
      `{ account(id: "${master.id}") { tier licenses { id } subAccounts { totalCount nodes { name master { id } licenses { id } } } }
         hidden: account(id: "${sub.id}") { id } subAccount(id: "${sub.id}") { id } none: subAccount(id: "${master.id}") { id } }`,
    );
    expect(data).toEqual({
      account: {
        tier: 'MASTER',
        licenses: [{ id: above.id }, { id: below.id }],
        subAccounts: {
          totalCount: 1,
          nodes: [{ name: 'Branch', master: { id: master.id }, licenses: [{ id: below.id }] }],
        },
      },
      hidden: null,
      subAccount: { id: sub.id },
      none: null,
    });
  });

  it('costs the same number of statements as a hundred', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { tier: 'MASTER' });
    const query = `query ($id: ID) { licenses(integrationId: $id) { ${FIELDS} } }`;
    const count = async (size: number) => {
      const { result, statements } = await statementsOf(database, () => server.ask(query, { id: integration.id }));
      expect(result.errors).toBeUndefined();
      expect(result.data.licenses).toHaveLength(size);
      return statements.length;
    };
    const add = async () => {
      const sub = await rows.account(integration, { tier: 'SUB', masterId: master.id });
      const license = await rows.license(sub);
      await rows.assign(license, [await rows.user(sub)]);
    };
    await add();
    const one = await count(1);
    for (let more = 0; more < 99; more += 1) await add();
    expect(await count(100)).toBe(one);
  });
});
