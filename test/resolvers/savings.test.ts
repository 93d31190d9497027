import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { candidateEvents, licenseDays, userHistory } from '#src/db/tables/index.ts';
import type { AccountRow, IntegrationRow, LicenseRow, RuleRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-03-31T12:00:00.000Z');
const at = (day: string) => new Date(`2026-${day}T12:00:00.000Z`);
const ENTERED = at('01-01');

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

/** An account with `holders` who hold Licensed since January, all seats taken, and a price. */
async function company(holders: number, owned: number | null = holders) {
  const integration = await rows.integration();
  const account = await rows.account(integration);
  const license = await rows.license(account, { uniqueId: 'LICENSED', name: 'Licensed' });
  const rule = await rows.rule(integration);
  await rows.entitlement(license, {
    cost: '100',
    currency: 'EUR',
    paymentFrequency: 'ANNUALLY',
    effectiveDate: '2026-01-01',
    createdAt: ENTERED,
    updatedAt: ENTERED,
  });
  const users = await rows.users(
    account,
    Array.from({ length: holders }, () => ({})),
  );
  await history(users, ['LICENSED'], at('01-01'));
  await database.db.insert(licenseDays).values(
    ['01-02', '03-01', '03-30'].map((day) => ({
      licenseId: license.id,
      integrationId: integration.id,
      day: `2026-${day}`,
      owned,
      assigned: holders,
      active: holders,
      inactive: 0,
    })),
  );
  return { integration, account, license, rule, users };
}

/** From a moment on, users hold this and nothing else. */
async function history(users: readonly UserRow[], licenses: string[], from: Date) {
  for (const user of users) {
    await database.sql`update user_history set valid_to = ${from} where user_id = ${user.id} and valid_to is null`;
  }
  await database.db.insert(userHistory).values(
    users.map((user) => ({
      integrationId: user.integrationId,
      userId: user.id,
      status: 'ACTIVE',
      typeCode: 2,
      licenses,
      validFrom: from,
    })),
  );
}

/** One license that was taken back, as a worker leaves it. */
async function takenBack(
  { integration, rule }: { integration: IntegrationRow; rule: RuleRow },
  user: UserRow,
  license: LicenseRow,
  when: Date,
  { restoredAt = null as Date | null, dryRun = false, action = 'DOWNGRADE' as 'DOWNGRADE' | 'DEACTIVATE' } = {},
) {
  const closed = dryRun ? {} : { status: 'CLOSED_COMPLETE' as const, closedAt: when };
  const candidate = await rows.candidate(user, license, rule, { ...closed, action, detectedAt: at('02-01') });
  const reclamation = await rows.reclamation(integration, { dryRun, status: 'SUCCEEDED', requestedAt: when });
  if (!dryRun) {
    await database.db.insert(candidateEvents).values({
      candidateId: candidate.id,
      at: when,
      from: 'AWAITING_REVOCATION',
      to: 'CLOSED_COMPLETE',
      by: 'tester',
    });
    await history([user], action === 'DEACTIVATE' ? [] : ['BASIC'], when);
    if (restoredAt !== null) await history([user], ['LICENSED'], restoredAt);
  }
  return rows.item(reclamation, candidate, {
    status: restoredAt === null ? 'CONFIRMED' : 'RESTORED',
    sentAt: new Date(when.getTime() - 1000),
    at: restoredAt ?? when,
  });
}

const FIGURES = ['potential', 'freed', 'reused', 'realized', 'returned'] as const;
const FIGURE = 'seats annualAmounts { amount currency } seatsWithoutPrice';
const ALL = FIGURES.map((name) => `${name} { ${FIGURE} }`).join(' ');
const ENTRY = `id candidate { id } item { id } user { email } license { uniqueId } freedAt state stateAt givenTo { email }
  annualAmount { amount currency } priceNote evidence`;
const QUERY = `query ($id: ID!, $from: Date, $to: Date, $state: FreedSeatState, $license: ID, $first: Int, $after: String) {
  savings(integrationId: $id, from: $from, to: $to) { integration { id } asOf ${ALL} byLicense { license { id } ${ALL} }
    entries(state: $state, licenseId: $license, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { ${ENTRY} } edges { cursor } } } }`;
const ask = (integration: { id: string }, more: Record<string, unknown> = {}) =>
  server.ask(QUERY, { id: integration.id, ...more });
const savings = async (integration: { id: string }, more: Record<string, unknown> = {}) => {
  const { data, errors } = await ask(integration, more);
  expect(errors).toBeUndefined();
  return data.savings;
};
const told = (all: Record<string, { seats: number; annualAmounts: { amount: string; currency: string }[] }>) =>
  Object.fromEntries(
    FIGURES.map((name) => [
      name,
      `${all[name]!.seats}${all[name]!.annualAmounts.map(({ amount, currency }) => ` ${amount} ${currency}`).join('')}`,
    ]),
  );

describe('savings', () => {
  it('keep what might be, what idles, what avoided a purchase and what was given up apart', async () => {
    const all = await company(6);
    const { integration, account, license, rule, users } = all;
    const [a, b, c, d, e, f] = users as [UserRow, UserRow, UserRow, UserRow, UserRow, UserRow];
    await rows.candidate(e, license, rule, { detectedAt: at('03-20') });
    const first = await takenBack(all, a, license, at('02-10'));
    await takenBack(all, b, license, at('02-11'));
    await takenBack(all, c, license, at('02-12'));
    await takenBack(all, d, license, at('02-13'), { restoredAt: at('02-20') });
    await takenBack(all, f, license, at('02-14'), { dryRun: true });
    // A candidate who is kept out of cost saves nothing.
    const kept = await rows.user(account);
    await rows.candidate(kept, license, rule, { detectedAt: at('03-20') });
    await rows.exclusion({ integrationId: integration.id, userId: kept.id, scope: 'COST' });
    const newcomer = await rows.user(account);
    await history([newcomer], ['LICENSED'], at('02-25'));
    // One of the two that idle is given up.
    await database.db.insert(licenseDays).values(
      [
        ['03-15', 6],
        ['03-16', 5],
        ['03-29', 5],
      ].map(([day, owned]) => ({
        licenseId: license.id,
        integrationId: integration.id,
        day: `2026-${day}`,
        owned: Number(owned),
        assigned: 4,
        active: 4,
        inactive: 0,
      })),
    );
    await database.sql`update license_days set owned = 5 where license_id = ${license.id} and day = '2026-03-30'`;

    const now = await savings(integration);
    expect(told(now)).toEqual({
      potential: '3 200.00 EUR',
      freed: '1 100.00 EUR',
      reused: '1 100.00 EUR',
      realized: '1 100.00 EUR',
      returned: '1 100.00 EUR',
    });
    expect(now.byLicense.map((one: { license: { id: string } }) => one.license.id)).toEqual([license.id]);
    expect(told(now.byLicense[0])).toEqual(told(now));
    expect(now.entries.totalCount).toBe(4);
    const reused = now.entries.nodes.find(({ state }: { state: string }) => state === 'REUSED');
    expect(reused).toMatchObject({
      item: { id: first.id },
      candidate: { id: first.candidateId },
      user: { email: a.email },
      license: { uniqueId: 'LICENSED' },
      freedAt: at('02-10').toISOString(),
      stateAt: at('02-25').toISOString(),
      givenTo: { email: newcomer.email },
      annualAmount: { amount: '100.00', currency: 'EUR' },
      priceNote: null,
      evidence: expect.stringContaining('of 6 seats owned 3 were held'),
    });
    // The sums are those of the entries.
    for (const [name, state] of [
      ['freed', 'FREED'],
      ['reused', 'REUSED'],
      ['realized', 'REALIZED'],
      ['returned', 'RETURNED'],
    ] as const) {
      const { entries } = await savings(integration, { state });
      expect(entries.totalCount).toBe(now[name].seats);
    }

    // As it stood in February, and what came about in March.
    expect(told(await savings(integration, { to: '2026-02-19' }))).toMatchObject({
      freed: '4 400.00 EUR',
      reused: '0',
      returned: '0',
    });
    expect(told(await savings(integration, { from: '2026-03-01' }))).toMatchObject({
      freed: '0',
      reused: '0',
      realized: '1 100.00 EUR',
      returned: '0',
    });
  });

  it('of a deactivated user are those of every license held, each by its own price and history', async () => {
    const all = await company(2);
    const { integration, account, users } = all;
    const webinar = await rows.license(account, { uniqueId: 'WEBINAR_500', category: 'ADD_ON', userType: null });
    await history([users[0]!], ['LICENSED', 'WEBINAR_500'], at('01-10'));
    await takenBack(all, users[0]!, all.license, at('02-10'), { action: 'DEACTIVATE' });
    const { freed, entries } = await savings(integration);
    expect(freed).toEqual({
      seats: 2,
      annualAmounts: [{ amount: '100.00', currency: 'EUR' }],
      seatsWithoutPrice: 1,
    });
    const other = entries.nodes.find(
      ({ license }: { license: { uniqueId: string } }) => license.uniqueId === 'WEBINAR_500',
    );
    expect(other).toMatchObject({
      annualAmount: null,
      priceNote: 'No price: nobody entered what the license costs.',
      evidence: expect.stringContaining('Nobody knows how many seats are owned'),
    });
    // A price that is entered later changes no figure that was told.
    await rows.entitlement(webinar, {
      cost: '50',
      currency: 'EUR',
      paymentFrequency: 'ANNUALLY',
      createdAt: at('03-01'),
    });
    expect((await savings(integration)).freed.annualAmounts).toEqual(freed.annualAmounts);
  });

  it('are told page by page', async () => {
    const all = await company(3);
    for (const [index, user] of all.users.entries()) await takenBack(all, user, all.license, at(`02-0${index + 1}`));
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 3; page += 1) {
      const { entries }: { entries: any } = await savings(all.integration, { first: 1, after });
      expect(entries.pageInfo.hasNextPage).toBe(page < 2);
      seen.push(entries.nodes[0].user.email);
      after = entries.pageInfo.endCursor;
    }
    expect(seen).toEqual(all.users.map(({ email }) => email).reverse());
    const { errors } = await ask(all.integration, { after: 'nonsense' });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('are nothing where nothing was taken back', async () => {
    const all = await company(1);
    expect(told(await savings(all.integration))).toEqual({
      potential: '0',
      freed: '0',
      reused: '0',
      realized: '0',
      returned: '0',
    });
  });

  it.each([
    ['an unknown integration', { id: 'int_nobody' }, '`integrationId` names no integration.'],
    ['days the wrong way round', { from: '2026-03-02', to: '2026-03-01' }, '`from` must not be after `to`.'],
    ['a day that nobody means', { from: '0001-01-01' }, 'Days must lie between'],
    ['a page of none', { first: 0 }, '`first` must be from 1 to 500'],
  ])('refuse %s', async (_, more, message) => {
    const integration = await rows.integration();
    const { errors } = await ask(integration, more);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining(message),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('cost as many statements for two hundred licenses as for one', async () => {
    const all = await company(1);
    await takenBack(all, all.users[0]!, all.license, at('02-10'));
    const count = async () => {
      const { result, statements } = await statementsOf(database, () => ask(all.integration, { first: 500 }));
      expect(result.errors).toBeUndefined();
      return { seats: result.data.savings.freed.seats as number, statements: statements.length };
    };
    const one = await count();
    await manySubAccounts(all, 199);
    expect(await count()).toEqual({ seats: 200, statements: one.statements });
  });
});

/** Sub accounts in each of which one license was taken back. */
async function manySubAccounts(
  { integration, account, rule }: { integration: IntegrationRow; account: AccountRow; rule: RuleRow },
  count: number,
): Promise<void> {
  const { sql } = database;
  const when = at('02-10');
  const numbers = sql`generate_series(1, ${count}) n`;
  const reclamation = await rows.reclamation(integration);
  const id = (prefix: string) => sql`${`${prefix}_many_`} || n`;
  await sql`
    insert into accounts (id, integration_id, zoom_account_id, name, tier, master_id)
    select ${id('acc')}, ${integration.id}, 'many ' || n, 'Sub ' || n, 'SUB', ${account.id} from ${numbers}`;
  await sql`
    insert into licenses (id, integration_id, account_id, unique_id, name, category, user_type)
    select ${id('lic')}, ${integration.id}, ${id('acc')}, 'LICENSED', 'Licensed', 'BASE', 'LICENSED' from ${numbers}`;
  await sql`
    insert into users (id, integration_id, account_id, email, status, type, first_seen_at, updated_at)
    select ${id('usr')}, ${integration.id}, ${id('acc')}, n || '@many.example', 'ACTIVE', 'BASIC', ${when}, ${when} from ${numbers}`;
  await sql`
    insert into reclamation_candidates (id, integration_id, user_id, license_id, rule_id, action, reason, status,
      inactive_days, evidence, detected_at, closed_at)
    select ${id('can')}, ${integration.id}, ${id('usr')}, ${id('lic')}, ${rule.id}, 'DOWNGRADE', 'INACTIVE',
      'CLOSED_COMPLETE', 99, '{"signs": {}}', ${when}, ${when} from ${numbers}`;
  await sql`
    insert into reclamation_items (id, reclamation_id, integration_id, position, candidate_id, user_id, action, status, at)
    select ${id('itm')}, ${reclamation.id}, ${integration.id}, n, ${id('can')}, ${id('usr')}, 'DOWNGRADE', 'CONFIRMED',
      ${when} from ${numbers}`;
}
