import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, ExclusionRow, LicenseRow, UserRow } from '#src/db/tables/rows.ts';
import { entitlementsByLicenseIds } from '#src/datasources/store/entitlements.ts';
import { toUnits, totals, type Amount } from '#src/policy/savings.ts';
import { countingTerm, type Term } from '#src/policy/terms.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const EUR = { currency: 'EUR', paymentFrequency: 'ANNUALLY' } as const;
const USD = { currency: 'USD', paymentFrequency: 'MONTHLY' } as const;
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const usd = (amount: string) => ({ amount, currency: 'USD' });

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
  await database.sql`insert into exchange_rates (id, from_currency, to_currency, rate, valid_from, created_by) values
    ('fxr_1', 'USD', 'EUR', 0.5, '2026-01-01', 'test'), ('fxr_2', 'USD', 'EUR', 0.9, '2026-03-01', 'test'),
    ('fxr_3', 'USD', 'EUR', 0.1, '2026-03-02', 'test')`;
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const ask = async (query: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await server.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
};
const MONEY = '{ amount currency }';
const LICENSE = `
  annualCost ${MONEY} annualCosts ${MONEY} reclaimableAnnualCost ${MONEY} excludedFromCost { license assigned inactive }
  inEur: annualCost(currency: "EUR") ${MONEY} inUsd: annualCost(currency: "USD") ${MONEY}
  listInEur: annualCosts(currency: "EUR") ${MONEY} reclaimableInEur: reclaimableAnnualCost(currency: "EUR") ${MONEY}
  entitlement { id }
  entitlements { id quantity unlimited status countedSeats annualCost ${MONEY} annualCostPerLicense(currency: "EUR") ${MONEY} }
  entitlementIssues { code from to message entitlements { id } }`;
const licenseOf = async ({ id }: { id: string }) => (await ask(`{ license(id: "${id}") { ${LICENSE} } }`)).license;

/** A license of an integration of its own with two active holders and two who are not. */
async function held(
  given: Partial<LicenseRow> = {},
): Promise<{ account: AccountRow; license: LicenseRow; people: UserRow[] }> {
  const account = await rows.account(await rows.integration());
  const license = await rows.license(account, given);
  const people = await rows.users(account, [
    { lastLoginAt: ago(1), department: 'Sales' },
    { lastLoginAt: ago(1), department: 'Sales', email: `under_score${account.id}@example.com` },
    { lastLoginAt: ago(99), department: 'HR' },
    { department: 'HR' },
  ]);
  await rows.assign(license, people);
  return { account, license, people };
}

describe('the terms of a license', () => {
  it('cost what each is for, a currency each, and in one by the rate of today', async () => {
    const { license } = await held({ provisionedCount: 10 });
    const past = await rows.entitlement(license, { ...EUR, cost: '50', quantity: 7, expirationDate: '2025-12-31' });
    const first = await rows.entitlement(license, { ...EUR, cost: '100', quantity: 6, effectiveDate: '2026-01-01' });
    const second = await rows.entitlement(license, { ...USD, cost: '10', effectiveDate: '2025-12-01' });
    const ahead = await rows.entitlement(license, { ...EUR, quantity: 5, effectiveDate: '2027-01-01' });
    expect(await licenseOf(license)).toMatchObject({
      entitlement: { id: first.id },
      annualCost: eur('600.00'),
      annualCosts: [eur('600.00'), usd('480.00')],
      // 0.9 since today; 0.1 is of tomorrow.
      inEur: eur('1032.00'),
      listInEur: [eur('1032.00')],
      // Nobody entered that way round.
      inUsd: null,
      reclaimableAnnualCost: eur('200.00'),
      reclaimableInEur: eur('200.00'),
      excludedFromCost: { license: false, assigned: 0, inactive: 0 },
      entitlements: [
        { id: past.id, status: 'ENDED', countedSeats: 0, annualCost: eur('350.00') },
        {
          id: second.id,
          status: 'IN_FORCE',
          countedSeats: 4,
          annualCost: usd('480.00'),
          annualCostPerLicense: eur('108.00'),
        },
        { id: first.id, status: 'IN_FORCE', countedSeats: 6, quantity: 6, annualCost: eur('600.00') },
        { id: ahead.id, status: 'AHEAD', countedSeats: 0, annualCost: null, annualCostPerLicense: null },
      ],
      entitlementIssues: [
        // One that has a quantity and one that has none are told apart, but not their currencies.
        { code: 'OVERLAP', from: '2025-12-01', to: '2025-12-31', entitlements: [{ id: past.id }, { id: second.id }] },
        { code: 'OVERLAP', from: '2026-01-01', to: null, entitlements: [{ id: second.id }, { id: first.id }] },
        { code: 'NO_PRICE', from: '2027-01-01', to: null, entitlements: [{ id: ahead.id }] },
        { code: 'OVERLAP', from: '2027-01-01', to: null, entitlements: [{ id: second.id }, { id: ahead.id }] },
      ],
    });
  });

  it('say that the last one has ended, whose price stands in', async () => {
    const { license } = await held();
    await rows.entitlement(license, { ...EUR, cost: '100', quantity: 99, expirationDate: '2026-02-28' });
    const answer = await licenseOf(license);
    expect(answer).toMatchObject({
      annualCost: eur('400.00'),
      entitlements: [{ status: 'ENDED', countedSeats: 4, annualCost: eur('400.00') }],
      entitlementIssues: [{ code: 'ENDED', from: '2026-03-01', to: null }],
    });
    expect(answer.entitlementIssues[0].message).toContain('stands in');
  });

  it('count in SQL as they do in the policy', async () => {
    const account = await rows.account(await rows.integration());
    const day = fc.option(fc.integer({ min: -3, max: 3 }).map((days) => ago(days).toISOString().slice(0, 10)));
    const spans = fc.sample(fc.array(fc.tuple(day, day), { minLength: 1, maxLength: 5 }), { numRuns: 60, seed: 21 });
    const expected: (string | undefined)[] = [];
    const licenses: string[] = [];
    for (const some of spans) {
      const license = await rows.license(account);
      const terms: Term[] = [];
      for (const [from, to] of some) {
        const isTurned = from !== null && to !== null && to < from;
        const [effectiveDate, expirationDate] = isTurned ? [to, from] : [from, to];
        terms.push(await rows.entitlement(license, { effectiveDate, expirationDate }));
      }
      licenses.push(license.id);
      expected.push(countingTerm(terms, '2026-03-01')?.id);
    }
    const found = await entitlementsByLicenseIds(database.sql, licenses, NOW);
    expect(found.map((term) => term?.id)).toEqual(expected);
  });

  it('are entered, named and removed over the whole way', async () => {
    const { license } = await held();
    const add = await ask(
      `mutation ($input: AddEntitlementInput!) { addEntitlement(input: $input) { entitlement { id quantity cost updatedBy updatedAt }
         license { entitlements { id } annualCost ${MONEY} } userErrors { code field } } }`,
      { input: { licenseId: license.id, quantity: 3, cost: '12.5', currency: 'EUR', paymentFrequency: 'QUARTERLY' } },
    );
    const { id } = add.addEntitlement.entitlement;
    expect(add.addEntitlement).toEqual({
      entitlement: { id, quantity: 3, cost: '12.50', updatedBy: 'tester', updatedAt: NOW.toISOString() },
      license: { entitlements: [{ id }], annualCost: eur('150.00') },
      userErrors: [],
    });
    const set = await ask(
      `mutation ($input: SetEntitlementInput!) { setEntitlement(input: $input) { entitlement { id unlimited cost } userErrors { code field } } }`,
      { input: { licenseId: license.id, entitlementId: id, quantity: 1, unlimited: true } },
    );
    expect(set.setEntitlement).toEqual({
      entitlement: null,
      userErrors: [{ code: 'INVALID', field: ['input', 'quantity'] }],
    });
    const remove = await ask(
      `mutation ($input: RemoveEntitlementInput!) { removeEntitlement(input: $input) { removedEntitlementId license { entitlements { id } } userErrors { code } } }`,
      { input: { licenseId: license.id, entitlementId: id } },
    );
    expect(remove.removeEntitlement).toEqual({
      removedEntitlementId: id,
      license: { entitlements: [] },
      userErrors: [],
    });
  });
});

describe('exclusions from cost', () => {
  const seen = async (license: LicenseRow) => {
    const { annualCost, reclaimableAnnualCost, excludedFromCost } = await licenseOf(license);
    const amountOf = (money: Amount | null) => money?.amount ?? null;
    return { annualCost: amountOf(annualCost), reclaimable: amountOf(reclaimableAnnualCost), ...excludedFromCost };
  };

  it.each<
    [
      string,
      (world: Awaited<ReturnType<typeof held>>) => Partial<ExclusionRow> | Promise<Partial<ExclusionRow>>,
      object,
    ]
  >([
    [
      'of a department',
      () => ({ department: 'HR' }),
      { annualCost: '800.00', reclaimable: '0.00', assigned: 2, inactive: 2 },
    ],
    [
      'of a user',
      ({ people }) => ({ userId: people[2]!.id }),
      { annualCost: '900.00', reclaimable: '100.00', assigned: 1, inactive: 1 },
    ],
    // Nothing but the star stands for anything.
    [
      'of addresses',
      () => ({ emailPattern: 'UNDER_*@example.com' }),
      { annualCost: '900.00', reclaimable: '200.00', assigned: 1, inactive: 0 },
    ],
    [
      'of the license',
      ({ license }) => ({ licenseId: license.id }),
      { annualCost: null, reclaimable: null, license: true, assigned: 4, inactive: 2 },
    ],
    [
      'of a group',
      async ({ account, people }) => {
        const group = await rows.group(account, { zoomGroupId: 'zg' });
        await database.sql`update users set group_ids = '{zg}' where id = any(${people.slice(1, 4).map(({ id }) => id)})`;
        return { groupId: group.id };
      },
      { annualCost: '700.00', reclaimable: '0.00', assigned: 3, inactive: 2 },
    ],
    [
      'from candidates alone',
      () => ({ department: 'HR', scope: 'CANDIDATES' }),
      { annualCost: '1000.00', reclaimable: '200.00', assigned: 0 },
    ],
    [
      'from both',
      () => ({ department: 'HR', scope: 'BOTH' }),
      { annualCost: '800.00', reclaimable: '0.00', assigned: 2 },
    ],
    ['that is over', () => ({ department: 'HR', expiresAt: NOW }), { annualCost: '1000.00', assigned: 0 }],
    ['that was lifted', () => ({ department: 'HR', deletedAt: ago(1) }), { annualCost: '1000.00', assigned: 0 }],
    [
      'of another integration',
      () => ({ department: 'HR', integrationId: 'int_other' }),
      { annualCost: '1000.00', assigned: 0 },
    ],
  ])('%s', async (_, exclusionOf, expected) => {
    const world = await held({ provisionedCount: 10 });
    const { license, people, account } = world;
    await rows.entitlement(license, { ...EUR, cost: '100' });
    const exclusion = await exclusionOf(world);
    await rows.exclusion({ integrationId: account.integrationId, scope: 'COST', ...exclusion });
    const answered = await seen(license);
    expect(answered).toMatchObject(expected);

    // Users, facets, candidates and totals say the same.
    const { license: isLicense, assigned } = answered;
    const left = isLicense ? 0 : 4 - assigned;
    const rule = await rows.rule({ id: account.integrationId });
    for (const person of people) await rows.candidate(person, license, rule);
    const answer = await ask(
      `query ($id: ID!, $account: ID!) {
         users(integrationId: $id) { nodes { excludedFromCost annualCost ${MONEY} } }
         usersBy(integrationId: $id, field: TYPE) { facets { excludedFromCost annualCost ${MONEY} } }
         byLicense: usersBy(integrationId: $id, field: LICENSE) { facets { excludedFromCost annualCost ${MONEY} } }
         reclamationCandidates(integrationId: $id) { nodes { estimatedAnnualSavings ${MONEY} } }
         account(id: $account) { annualCost ${MONEY} reclaimableAnnualCost ${MONEY} }
         license(id: "${license.id}") { annualCosts ${MONEY} entitlements { annualCost ${MONEY} } } }`,
      { id: account.integrationId, account: account.id },
    );
    const costs = left === 0 ? [] : [eur(`${left * 100}.00`)];
    expect(
      answer.users.nodes.filter(({ annualCost }: { annualCost: Amount[] }) => annualCost.length === 1),
    ).toHaveLength(left);
    expect(totals(answer.users.nodes.flatMap(({ annualCost }: { annualCost: Amount[] }) => annualCost))).toEqual(costs);
    expect(answer.users.nodes.filter((one: { excludedFromCost: boolean }) => one.excludedFromCost)).toHaveLength(
      isLicense ? 0 : assigned,
    );
    expect(answer.usersBy.facets).toEqual([{ excludedFromCost: isLicense ? 0 : assigned, annualCost: costs }]);
    expect(answer.byLicense.facets).toEqual([{ excludedFromCost: assigned, annualCost: costs }]);
    expect(
      answer.reclamationCandidates.nodes.filter(
        (one: { estimatedAnnualSavings: object | null }) => one.estimatedAnnualSavings,
      ),
    ).toHaveLength(left);
    expect(answer.account.annualCost).toEqual(answer.license.annualCosts);
    expect(answer.license.entitlements).toEqual([{ annualCost: answer.license.annualCosts[0] ?? null }]);
  });
});

describe('sums', () => {
  it('of users, of what they share, of licenses and of accounts are the whole, in each currency', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { tier: 'MASTER' });
    const sub = await rows.account(integration, { tier: 'SUB', masterId: master.id });
    const choice = <T>(values: readonly T[], at: number) => values[at % values.length]!;
    const all: UserRow[] = [];
    for (const [index, account] of [master, sub].entries()) {
      const people = await rows.users(
        account,
        Array.from({ length: 23 }, (_, at) => ({
          department: choice(['Sales', 'sales', 'HR', null], at * 7),
          costCenter: choice(['A', 'B', null], at),
          lastLoginAt: at % 3 === 0 ? ago(100) : ago(1),
          type: choice(['LICENSED', 'LICENSED', 'BASIC', 'OTHER'] as const, at),
        })),
      );
      all.push(...people);
      for (const at of [0, 1, 2]) {
        const license = await rows.license(account, { provisionedCount: choice([30, null], at + index) });
        await rows.entitlement(license, { cost: `1${at}.37`, ...choice([EUR, USD], at) });
        await rows.assign(
          license,
          people.filter((_, place) => (place + at) % 2 === 0),
        );
      }
    }
    await rows.exclusion({ integrationId: integration.id, department: 'HR', scope: 'COST' });
    const sumOf = (parts: { annualCost: Amount[] }[]) => totals(parts.flatMap(({ annualCost }) => annualCost));
    const answer = await ask(
      `query ($id: ID!, $master: ID!, $sub: ID!) {
         users(integrationId: $id, first: 500) { nodes { annualCost ${MONEY} } }
         ${['DEPARTMENT', 'COST_CENTER', 'SUB_ACCOUNT', 'LICENSE', 'TYPE']
           .map(
             (field) =>
               `${field}: usersBy(integrationId: $id, field: ${field}) { facets { annualCost ${MONEY} reclaimableAnnualCost ${MONEY} inEur: annualCost(currency: "EUR") ${MONEY} } }`,
           )
           .join('\n')}
         integration(id: $id) { annualCost ${MONEY} reclaimableAnnualCost ${MONEY} inEur: annualCost(currency: "EUR") ${MONEY} inUsd: annualCost(currency: "USD") ${MONEY} }
         account(id: $master) { annualCost ${MONEY} reclaimableAnnualCost ${MONEY} licenses { annualCosts ${MONEY} reclaimableAnnualCost ${MONEY} } }
         subAccount(id: $sub) { annualCost ${MONEY} licenses { annualCosts ${MONEY} } }
       }`,
      { id: integration.id, master: master.id, sub: sub.id },
    );
    const whole = sumOf(answer.users.nodes);
    expect(whole.map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
    for (const field of ['DEPARTMENT', 'COST_CENTER', 'SUB_ACCOUNT', 'LICENSE', 'TYPE']) {
      const { facets } = answer[field];
      expect(sumOf(facets)).toEqual(whole);
      for (const facet of facets) expect(facet.inEur.length).toBeLessThanOrEqual(1);
    }
    const listed = (licenses: { annualCosts: Amount[] }[]) =>
      totals(licenses.flatMap(({ annualCosts }) => annualCosts));
    expect(answer.account.annualCost).toEqual(listed(answer.account.licenses));
    expect(answer.subAccount.annualCost).toEqual(listed(answer.subAccount.licenses));
    expect(answer.integration).toMatchObject({
      annualCost: answer.account.annualCost,
      reclaimableAnnualCost: totals(
        answer.account.licenses.map((one: { reclaimableAnnualCost: Amount | null }) => one.reclaimableAnnualCost),
      ),
      // What has no rate stays as it is.
      inUsd: answer.account.annualCost,
    });
    const [inEur, inUsd] = answer.integration.annualCost.map(({ amount }: Amount) => toUnits(amount));
    expect(answer.integration.inEur).toHaveLength(1);
    expect(toUnits(answer.integration.inEur[0].amount)).toBe(inEur + (inUsd * 9n) / 10n);
    // What the inactive hold is the same by license and by department.
    expect(
      totals(answer.DEPARTMENT.facets.flatMap((one: { reclaimableAnnualCost: Amount[] }) => one.reclaimableAnnualCost)),
    ).toEqual(answer.account.reclaimableAnnualCost);
  });

  it('are asked for in a currency that there is', async () => {
    const { license } = await held();
    const { data, errors } = await server.ask(
      `{ license(id: "${license.id}") { annualCosts(currency: "eur") ${MONEY} } }`,
    );
    expect([data?.license, errors?.[0]?.extensions.code]).toEqual([null, 'BAD_USER_INPUT']);
  });
});

describe('money of a hundred', () => {
  it('costs as many statements as that of one', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { tier: 'MASTER' });
    const rule = await rows.rule(integration);
    await rows.exclusion({ integrationId: integration.id, department: 'HR', scope: 'BOTH' });
    const query = `query ($id: ID!) {
      licenses(integrationId: $id) { ${LICENSE} }
      users(integrationId: $id, first: 500) { nodes { excludedFromCost annualCost(currency: "EUR") ${MONEY} } }
      integration(id: $id) { annualCost(currency: "EUR") ${MONEY} account { subAccounts(first: 500) { nodes { annualCost(currency: "USD") ${MONEY} } } } }
      reclamationCandidates(integrationId: $id, first: 500) { nodes { estimatedAnnualSavings(currency: "EUR") ${MONEY} } } }`;
    const count = async (size: number) => {
      const { result, statements } = await statementsOf(database, () => ask(query, { id: integration.id }));
      expect(result.licenses).toHaveLength(size);
      expect(result.users.nodes).toHaveLength(size);
      return statements.length;
    };
    let made = 0;
    const add = async () => {
      made += 1;
      const sub = await rows.account(integration, { tier: 'SUB', masterId: master.id });
      const license = await rows.license(sub);
      const user = await rows.user(sub, { department: made % 2 === 0 ? 'HR' : 'Sales' });
      await rows.assign(license, [user]);
      await rows.entitlement(license, { ...USD, cost: '10', quantity: 2 });
      await rows.entitlement(license, { ...EUR, cost: '10' });
      await rows.candidate(user, license, rule);
    };
    await add();
    const one = await count(1);
    while (made < 100) await add();
    expect(await count(100)).toBe(one);
  });
});
