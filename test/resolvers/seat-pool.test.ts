import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, IntegrationRow, LicenseRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-03-10T12:00:00.000Z');
const FRESH = { isRosterComplete: true, rosterCompleteAt: new Date('2026-03-10T06:00:00.000Z') };

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let master: AccountRow;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
  integration = await rows.integration({ kind: 'TIERED' });
  master = await rows.account(integration, { ...FRESH, tier: 'MASTER', name: 'Head office' });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

/** A license of an account, held by so many, some of whom are only invited. */
async function seats(
  account: AccountRow,
  provisionedCount: number | null,
  holders: number,
  { invited = 0, uniqueId = 'LICENSED' } = {},
): Promise<{ license: LicenseRow; users: UserRow[] }> {
  const license = await rows.license(account, {
    uniqueId,
    name: uniqueId,
    provisionedCount,
    plan: 'business_yearly',
    ...(uniqueId === 'LICENSED' ? {} : { category: 'ADD_ON', userType: null }),
  });
  if (holders === 0) return { license, users: [] };
  const users = await rows.users(
    account,
    Array.from({ length: holders }, (_, index) =>
      index < invited ? { status: 'PENDING' as const, zoomUserId: null } : {},
    ),
  );
  await rows.assign(license, users);
  return { license, users };
}
const sub = (name: string, given: Partial<AccountRow> = {}) =>
  rows.account(integration, { ...FRESH, tier: 'SUB', masterId: master.id, name, ...given });

const SEATS = `license { uniqueId } account { id } subAccount { name } planFamily owned unlimited source assigned invited
  free overAssigned rosterProblem`;
const POOL = `query ($id: ID!, $keep: Int, $first: Int) { seatPool(integrationId: $id, keepFree: $keep) {
  integration { id } asOf note
  licenses { uniqueId name owned knownOwned unknownAccounts assigned invited free overAssigned toBuy
    toBuyAnnualAmounts { amount currency } accounts(first: $first) { totalCount nodes { ${SEATS} } } }
  moves { totalCount nodes { from { subAccount { name } } to { subAccount { name } } count
    avoidedAnnualAmount { amount currency } why } } } }`;
const CAN = `query ($id: ID!, $license: String!, $account: ID, $sub: ID, $count: Int) {
  canAssign(integrationId: $id, licenseUniqueId: $license, accountId: $account, subAccountId: $sub, count: $count) {
    answer reason free here { owned assigned } from { count seats { subAccount { name } } } toReclaim readyCandidates
    candidates { id } toBuy toBuyAnnualAmount { amount currency } missing } }`;
const can = (more: Record<string, unknown>) => server.ask(CAN, { id: integration.id, license: 'LICENSED', ...more });
const answer = async (more: Record<string, unknown>) => {
  const { data, errors } = await can(more);
  expect(errors).toBeUndefined();
  return data.canAssign;
};

describe('the tree as one pool', () => {
  let full: AccountRow;
  let roomy: AccountRow;
  let over: AccountRow;
  let silent: AccountRow;
  let stale: AccountRow;

  beforeAll(async () => {
    await seats(master, 3, 3);
    [full, roomy, over, silent, stale] = [
      await sub('Full'),
      await sub('Roomy'),
      await sub('Over', { seats: 2 }),
      await sub('Silent'),
      await sub('Stale', { rosterCompleteAt: new Date('2026-03-01T00:00:00.000Z') }),
    ];
    const { license, users } = await seats(full, 2, 2);
    await seats(roomy, 6, 4, { invited: 1 });
    await seats(silent, null, 1);
    await seats(stale, 9, 1);
    // Seats of the subscription count where nobody says more.
    const { license: overLicense } = await seats(over, null, 5);
    for (const one of [license, overLicense]) {
      await rows.entitlement(one, { cost: '100', currency: 'EUR', paymentFrequency: 'ANNUALLY' });
    }
    await seats(full, 4, 0, { uniqueId: 'WEBINAR_500' });
    // No seat is taken by a free user, and none is owned by an account that is gone.
    await rows.license(full, { uniqueId: 'BASIC', userType: 'BASIC' });
    await seats(await sub('Gone', { removedAt: NOW }), 50, 0);
    const rule = await rows.rule(integration);
    await rows.candidate(users[0]!, license, rule, { inactiveDays: 90 });
    await rows.candidate(users[1]!, license, rule, { inactiveDays: 300, status: 'ATTENTION_REQUIRED' });
  });

  it('shows every license over all accounts, and the moves that would spare purchases', async () => {
    const { data, errors } = await server.ask(POOL, { id: integration.id });
    expect(errors).toBeUndefined();
    const [licensed, webinar] = data.seatPool.licenses;
    expect(data.seatPool.licenses).toHaveLength(2);
    expect(data.seatPool.note).toContain('Zoom has no call that moves seats');
    expect(licensed).toMatchObject({
      uniqueId: 'LICENSED',
      owned: null,
      knownOwned: 22,
      unknownAccounts: 1,
      assigned: 16,
      invited: 1,
      free: 10,
      overAssigned: 3,
      toBuy: 1,
      toBuyAnnualAmounts: [{ amount: '100.00', currency: 'EUR' }],
    });
    expect(webinar).toMatchObject({ uniqueId: 'WEBINAR_500', owned: 4, free: 4, toBuy: 0, toBuyAnnualAmounts: [] });
    expect(licensed.accounts.nodes).toMatchObject([
      { subAccount: null, account: { id: master.id }, owned: 3, free: 0, overAssigned: 0, source: 'ZOOM' },
      { subAccount: { name: 'Full' }, owned: 2, free: 0, planFamily: 'business' },
      { subAccount: { name: 'Over' }, owned: 2, assigned: 5, free: 0, overAssigned: 3, source: 'SUBSCRIPTION' },
      { subAccount: { name: 'Roomy' }, owned: 6, assigned: 4, invited: 1, free: 2, rosterProblem: null },
      { subAccount: { name: 'Silent' }, owned: null, free: null, overAssigned: null, source: 'UNKNOWN' },
      { subAccount: { name: 'Stale' }, free: 8, rosterProblem: expect.stringContaining('is of 2026-03-01') },
    ]);
    expect(data.seatPool.moves).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          from: { subAccount: { name: 'Roomy' } },
          to: { subAccount: { name: 'Over' } },
          count: 2,
          avoidedAnnualAmount: { amount: '200.00', currency: 'EUR' },
          why: 'Over has given out 5 and owns 2; Roomy has 2 free.',
        },
      ],
    });
    const kept = await server.ask(POOL, { id: integration.id, keep: 1 });
    expect(kept.data.seatPool.moves.nodes).toMatchObject([{ count: 1 }]);
  });

  it('answers whether a license can be assigned', async () => {
    expect(await answer({ sub: roomy.id })).toMatchObject({ answer: 'YES', free: 2, here: { owned: 6, assigned: 4 } });
    expect(await answer({})).toMatchObject({
      answer: 'MOVE',
      free: 0,
      from: [{ count: 1, seats: { subAccount: { name: 'Roomy' } } }],
      missing: [expect.stringContaining('Silent'), expect.stringContaining('Stale')],
    });
    expect(await answer({ account: master.id, count: 2 })).toMatchObject({ answer: 'MOVE' });
    const taken = await answer({ sub: full.id, count: 3 });
    expect(taken).toMatchObject({ answer: 'RECLAIM', toReclaim: 1, readyCandidates: 1, toBuy: 0 });
    expect(taken.candidates).toHaveLength(1);
    expect(await answer({ sub: full.id, count: 10 })).toMatchObject({
      answer: 'BUY',
      toReclaim: 1,
      toBuy: 7,
      toBuyAnnualAmount: { amount: '700.00', currency: 'EUR' },
      reason: expect.stringContaining('numbers are not sure'),
    });
    expect(await answer({ sub: silent.id })).toMatchObject({ answer: 'UNKNOWN', free: null });
    expect(await answer({ sub: stale.id })).toMatchObject({ answer: 'UNKNOWN', free: 8 });
    expect(await answer({ sub: roomy.id, license: 'WEBINAR_500' })).toMatchObject({ answer: 'UNKNOWN', here: null });
  });

  it.each<[string, () => Record<string, unknown>, string]>([
    ['an unknown integration', () => ({ id: 'int_nobody' }), '`integrationId` names no integration.'],
    ['an unknown license', () => ({ license: 'NOTHING' }), '`licenseUniqueId` names no license'],
    ['a license that takes no seat', () => ({ license: 'BASIC' }), 'takes a seat'],
    ['an unknown account', () => ({ account: 'acc_nobody' }), '`accountId` names no account'],
    ['a sub account as an account', () => ({ account: full.id }), '`accountId` names no account'],
    ['an account as a sub account', () => ({ sub: master.id }), '`subAccountId` names no sub account'],
    ['both', () => ({ account: master.id, sub: full.id }), 'not both'],
    ['nobody', () => ({ count: 0 }), '`count` must be from 1 to 10000, not 0.'],
    ['less than nobody', () => ({ count: -3 }), '`count` must be from 1 to 10000'],
    ['everybody', () => ({ count: 2_000_000_000 }), '`count` must be from 1 to 10000'],
  ])('refuses %s', async (_, more, message) => {
    const { errors } = await can(more());
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('refuses what nobody keeps, and an integration without an account', async () => {
    const { errors } = await server.ask(POOL, { id: integration.id, keep: -1 });
    expect(errors?.[0]?.message).toContain('`keepFree` must be from 0 to 1000');
    const bare = await rows.integration();
    const refused = await can({ id: bare.id });
    expect(refused.errors?.[0]?.message).toContain('no account yet');
    const { data } = await server.ask(POOL, { id: bare.id });
    expect(data.seatPool).toMatchObject({ licenses: [], moves: { totalCount: 0 } });
  });

  it('needs the scope for reading', async () => {
    for (const query of [POOL, CAN]) {
      const { errors } = await server.ask(
        query,
        { id: integration.id, license: 'LICENSED' },
        { scopes: ['zoom:operate'] },
      );
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });

  it('costs as many statements for two hundred sub accounts as for one', async () => {
    const other = await rows.integration({ kind: 'TIERED' });
    const top = await rows.account(other, { ...FRESH, tier: 'MASTER' });
    const count = async (query: string, more: Record<string, unknown>) => {
      const { result, statements } = await statementsOf(database, () => server.ask(query, { id: other.id, ...more }));
      expect(result.errors).toBeUndefined();
      return { data: result.data, statements: statements.length };
    };
    const both = async () => ({
      pool: await count(POOL, { first: 500 }),
      can: await count(CAN, { license: 'LICENSED', sub: 'acc_pool_1' }),
    });
    await manySubAccounts(other, top, 1, 1);
    const one = await both();
    await manySubAccounts(other, top, 2, 200);
    const all = await both();
    expect(all.pool.data.seatPool.licenses[0].accounts.totalCount).toBe(200);
    expect([all.pool.statements, all.can.statements]).toEqual([one.pool.statements, one.can.statements]);
  });
});

/** Sub accounts that own three seats each. */
async function manySubAccounts(of: IntegrationRow, top: AccountRow, from: number, to: number) {
  const { sql } = database;
  const numbers = sql`generate_series(${from}::int, ${to}::int) n`;
  await sql`
    insert into accounts (id, integration_id, zoom_account_id, name, tier, master_id, is_roster_complete, roster_complete_at)
    select 'acc_pool_' || n, ${of.id}, 'pool ' || n, 'Sub ' || n, 'SUB', ${top.id}, true, ${NOW} from ${numbers}`;
  await sql`
    insert into licenses (id, integration_id, account_id, unique_id, name, category, user_type, provisioned_count)
    select 'lic_pool_' || n, ${of.id}, 'acc_pool_' || n, 'LICENSED', 'Licensed', 'BASE', 'LICENSED', 3 from ${numbers}`;
}
