import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { activityDays, licenseDays } from '#src/db/tables/index.ts';
import type { AccountRow, IntegrationRow, LicenseRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

/** A Tuesday. */
const NOW = new Date('2026-06-02T12:00:00.000Z');
const monday = (back: number) => new Date(Date.UTC(2026, 5, 1) - back * 7 * 86_400_000);
const day = (date: Date) => date.toISOString().slice(0, 10);

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

const FIELDS = `id kind date daysLeft isOverdue isFollowed license { id uniqueId } account { id } subAccount { id }
  entitlement { purchaseIdentifier } seats owned unlimited source assigned active
  need { low expected high reserved trendPerWeek weeks basis }
  advice { verdict seats annualAmount { amount currency } reason }`;
const QUERY = `query ($id: ID!, $days: Int, $first: Int, $after: String) {
  renewals(integrationId: $id, withinDays: $days, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { cursor } nodes { ${FIELDS} } } }`;
const ask = (integration: { id: string }, more: Record<string, unknown> = {}) =>
  server.ask(QUERY, { id: integration.id, ...more });
const renewals = async (integration: { id: string }, more: Record<string, unknown> = {}) => {
  const { data, errors } = await ask(integration, more);
  expect(errors).toBeUndefined();
  return data.renewals;
};
const reconciled = (license: LicenseRow, active: readonly number[]) =>
  database.db.insert(licenseDays).values(
    active.map((count, index) => ({
      licenseId: license.id,
      integrationId: license.integrationId,
      day: day(monday(active.length - 1 - index)),
      owned: 100,
      assigned: 10,
      active: count,
      inactive: 0,
    })),
  );

describe('renewals', () => {
  it('tell what ends when, soonest first, and what that says', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { tier: 'MASTER' });
    const license = await rows.license(master, { uniqueId: 'LICENSED', provisionedCount: 20 });
    const holders = await rows.users(master, [
      ...Array.from({ length: 6 }, () => ({ lastLoginAt: monday(1) })),
      { status: 'PENDING' as const, zoomUserId: null },
      { email: 'on-leave@example.com' },
      { type: 'ON_PREM' as const },
      // Nobody needs a seat of hers.
      {},
    ]);
    await rows.assign(license, holders);
    await rows.exclusion({ integrationId: integration.id, emailPattern: 'on-leave@*' });
    await rows.exclusion({ integrationId: integration.id, userId: holders[0]!.id, scope: 'BOTH' });
    await reconciled(license, [6, 7, 6, 6, 7, 6, 6, 6]);
    const price = { cost: '10', currency: 'EUR', paymentFrequency: 'MONTHLY' } as const;
    await rows.entitlement(license, {
      ...price,
      effectiveDate: '2025-07-01',
      expirationDate: '2026-06-30',
      quantity: 20,
      purchaseIdentifier: 'PO-1',
    });
    // History: what followed it is told, and what comes after the days asked for is not.
    await rows.entitlement(license, { ...price, effectiveDate: '2024-07-01', expirationDate: '2025-06-30' });
    await rows.entitlement(license, { ...price, effectiveDate: '2026-07-01', expirationDate: '2027-06-30' });
    const webinar = await rows.license(master, { uniqueId: 'WEBINAR_500', category: 'ADD_ON', userType: null });
    await rows.entitlement(webinar, { expirationDate: '2026-05-20', quantity: 5, purchaseIdentifier: 'PO-2' });
    const sub = await rows.account(integration, {
      tier: 'SUB',
      masterId: master.id,
      seats: 8,
      subscriptionEndAt: new Date('2026-06-15T09:00:00.000Z'),
    });
    await rows.account(integration, {
      tier: 'SUB',
      masterId: master.id,
      subscriptionEndAt: new Date('2026-06-15T09:00:00.000Z'),
      removedAt: NOW,
    });

    const { totalCount, nodes } = await renewals(integration, { days: 30 });
    expect(totalCount).toBe(3);
    expect(nodes).toMatchObject([
      {
        kind: 'TERM',
        date: '2026-05-20',
        daysLeft: -13,
        isOverdue: true,
        license: { uniqueId: 'WEBINAR_500' },
        entitlement: { purchaseIdentifier: 'PO-2' },
        seats: 5,
        owned: 5,
        source: 'ENTITLEMENT',
        need: null,
        advice: { verdict: 'UNKNOWN', seats: 0, reason: expect.stringContaining('The day is over') },
      },
      {
        kind: 'SUBSCRIPTION',
        date: '2026-06-15',
        daysLeft: 13,
        license: null,
        account: { id: master.id },
        subAccount: { id: sub.id },
        entitlement: null,
        owned: 8,
        source: 'SUBSCRIPTION',
        advice: { verdict: 'UNKNOWN', reason: expect.stringContaining('Use is known of 0 weeks') },
      },
      {
        kind: 'TERM',
        date: '2026-06-30',
        daysLeft: 28,
        isOverdue: false,
        isFollowed: true,
        license: { id: license.id },
        subAccount: null,
        seats: 20,
        owned: 20,
        source: 'ZOOM',
        assigned: 9,
        active: 6,
        need: { low: 9, expected: 9, high: 10, reserved: 3, trendPerWeek: 0, weeks: 8, basis: 'RECONCILIATIONS' },
        advice: { verdict: 'CUT', seats: 10, annualAmount: { amount: '1200.00', currency: 'EUR' } },
      },
    ]);
    // Asked for no day ahead, only what is over is told.
    expect((await renewals(integration, { days: 0 })).totalCount).toBe(1);
    // Two terms of one license give up the same seats once.
    await rows.entitlement(license, { ...price, expirationDate: '2026-06-29', quantity: 7 });
    const both = (await renewals(integration, { days: 30 })).nodes.slice(2);
    expect(both.map(({ advice }: { advice: { seats: number } }) => advice.seats)).toEqual([7, 3]);
  });

  it('go by the activity of holders where nothing was reconciled, as far as it is known', async () => {
    const integration = await rows.integration();
    const account = await rows.account(integration, {
      activityKnownFrom: monday(8),
      activityKnownUntil: new Date('2026-06-02T10:00:00Z'),
    });
    const license = await rows.license(account, { uniqueId: 'LICENSED', provisionedCount: 5 });
    const users = await rows.users(
      account,
      Array.from({ length: 5 }, () => ({ lastLoginAt: monday(1) })),
    );
    await rows.assign(license, users);
    await rows.entitlement(license, { expirationDate: '2026-06-29', quantity: 5 });
    // The week of today is not over, and a recording that is kept is no sign of use.
    await database.db.insert(activityDays).values(
      [8, 7, 6, 5, 4, 3, 2, 1, 0].flatMap((back) =>
        users.map((user, index) => ({
          accountId: account.id,
          integrationId: integration.id,
          userId: user.id,
          day: day(monday(back)),
          ...(index < 4 - Math.floor(back / 2) ? { signIns: 1 } : { cloudRecordings: 1 }),
        })),
      ),
    );
    const { nodes } = await renewals(integration);
    expect(nodes[0]).toMatchObject({
      active: 5,
      need: { basis: 'ACTIVITY', weeks: 8, trendPerWeek: 0.5, expected: 8 },
      advice: { verdict: 'BUY', seats: 3, annualAmount: null },
    });
  });

  it.each([
    ['an unknown integration', { id: 'int_nobody' }, '`integrationId` names no integration.'],
    ['days that are over', { days: -1 }, '`withinDays` must be from 0 to 3650, not -1.'],
    ['too many days', { days: 2_000_000_000 }, '`withinDays` must be from 0 to 3650'],
    ['a cursor of another list', { after: 'bm8' }, '`after` is not a cursor'],
  ])('refuse %s', async (_, more, message) => {
    const { errors } = await ask(await rows.integration(), more);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('cost as many statements for two hundred sub accounts as for one', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { tier: 'MASTER' });
    await manySubAccounts(integration, master, 1, 1);
    const count = async () => {
      const { result, statements } = await statementsOf(database, () => ask(integration, { first: 500 }));
      expect(result.errors).toBeUndefined();
      return { found: result.data.renewals.totalCount as number, statements: statements.length };
    };
    const one = await count();
    expect(one.found).toBe(2);
    await manySubAccounts(integration, master, 2, 200);
    expect(await count()).toEqual({ found: 400, statements: one.statements });
  });
});

/** Sub accounts with a subscription and a term that end. */
async function manySubAccounts(integration: IntegrationRow, master: AccountRow, from: number, to: number) {
  const { sql } = database;
  const numbers = sql`generate_series(${from}::int, ${to}::int) n`;
  await sql`
    insert into accounts (id, integration_id, zoom_account_id, name, tier, master_id, seats, subscription_end_at)
    select 'acc_ren_' || n, ${integration.id}, 'ren ' || n, 'Sub ' || n, 'SUB', ${master.id}, 5, ${NOW} from ${numbers}`;
  await sql`
    insert into licenses (id, integration_id, account_id, unique_id, name, category, user_type)
    select 'lic_ren_' || n, ${integration.id}, 'acc_ren_' || n, 'LICENSED', 'Licensed', 'BASE', 'LICENSED' from ${numbers}`;
  await sql`
    insert into entitlements (id, license_id, integration_id, expiration_date, updated_by)
    select 'ent_ren_' || n, 'lic_ren_' || n, ${integration.id}, '2026-06-20', 'test' from ${numbers}`;
}
