import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, IntegrationRow, LicenseRow, RuleRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-06-30T12:00:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const KNOWN = {
  isRosterComplete: true,
  rosterCompleteAt: ago(0),
  activityKnownFrom: ago(200),
  activityKnownUntil: ago(0),
};

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let other: IntegrationRow;
let account: AccountRow;
let sub: AccountRow;
let rule: RuleRow;
let licensed: LicenseRow;
let ann: UserRow;

const holder = async (
  place: AccountRow,
  license: LicenseRow,
  name: string,
  days: number,
  more: Partial<UserRow> = {},
) => {
  const { lastActivityAt: _, kind: __, ...given } = more;
  const user = await rows.user(place, {
    email: `${name}@example.com`,
    activeDate: ago(900),
    lastLoginAt: ago(days),
    roleId: '2',
    ...given,
  });
  await rows.assign(license, [user]);
  return user;
};
const ask = async (query: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await server.ask(query, variables);
  expect(errors).toBeUndefined();
  return data;
};

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
  integration = await rows.integration({ kind: 'TIERED' });
  other = await rows.integration();
  account = await rows.account(integration, { tier: 'MASTER', ...KNOWN });
  sub = await rows.account(integration, { tier: 'SUB', masterId: account.id, name: 'Branch', ...KNOWN });
  const far = await rows.account(other, KNOWN);
  rule = await rows.rule(integration);
  await rows.rule(other, { inactivityThresholdDays: 30 });
  const price = { cost: '120', currency: 'EUR', paymentFrequency: 'ANNUALLY' } as const;
  licensed = await rows.license(account, { uniqueId: 'LICENSED' });
  await rows.entitlement(licensed, price);
  const below = await rows.license(sub, { uniqueId: 'LICENSED' });
  await rows.entitlement(below, { ...price, currency: 'USD' });
  ann = await holder(account, licensed, 'ann', 100, { department: 'Board' });
  await holder(account, licensed, 'ben', 100, { department: 'Board' });
  await holder(account, licensed, 'room', 100, { department: 'Board', isRoom: true });
  await holder(account, licensed, 'here', 1, { department: 'Board' });
  await holder(account, licensed, 'free', 100, { department: 'Board', type: 'BASIC' });
  await holder(sub, below, 'cy', 100, { department: 'Board' });
  await holder(account, licensed, 'idle', 100);
  await holder(far, await rows.license(far, { uniqueId: 'LICENSED' }), 'dan', 40, { department: 'Board' });
}, 60_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const HIDES = `query { exclusions { nodes { id subAccount { name } hides { candidates users annualCost { amount currency } } } } }`;
async function hides() {
  const { exclusions } = await ask(HIDES);
  return Object.fromEntries(
    exclusions.nodes.map(({ id, hides: { candidates, users, annualCost } }: any) => [
      id,
      [candidates, users, ...annualCost.map(({ amount, currency }: any) => `${amount} ${currency}`)],
    ]),
  );
}

describe('what an exclusion hides', () => {
  it('is whom the rules of each integration would find without it, and what they cost', async () => {
    const exclusions = {
      board: await rows.exclusion({ integrationId: integration.id, department: 'Board', scope: 'BOTH' }),
      everywhere: await rows.exclusion({ department: 'Board' }),
      ann: await rows.exclusion({ integrationId: integration.id, userId: ann.id }),
      branch: await rows.exclusion({ integrationId: integration.id, subAccountId: sub.id }),
      license: await rows.exclusion({ integrationId: integration.id, licenseId: licensed.id }),
      cost: await rows.exclusion({ integrationId: integration.id, department: 'Board', scope: 'COST' }),
      over: await rows.exclusion({ integrationId: integration.id, department: 'Board', expiresAt: ago(1) }),
    };
    const found = await hides();
    const named = Object.fromEntries(Object.entries(exclusions).map(([name, { id }]) => [name, found[id]]));
    expect(named).toEqual({
      board: [3, 3, '240.00 EUR', '120.00 USD'],
      everywhere: [4, 4, '240.00 EUR', '120.00 USD'],
      ann: [1, 1, '120.00 EUR'],
      branch: [1, 1, '120.00 USD'],
      license: [3, 3, '360.00 EUR'],
      cost: [0, 0],
      over: [0, 0],
    });
    // Whom no enabled rule finds is not hidden.
    await database.sql`update reclamation_rules set enabled = false where id = ${rule.id}`;
    expect((await hides())[exclusions.everywhere.id]).toEqual([1, 1]);
    await database.sql`update reclamation_rules set enabled = true where id = ${rule.id}`;
  });

  it('costs as many statements for many exclusions as for one', async () => {
    const count = async (first: number) =>
      (
        await statementsOf(database, () =>
          ask(`query ($first: Int) { exclusions(first: $first) { nodes { hides { candidates } } } }`, { first }),
        )
      ).statements.length;
    expect(await count(7)).toBe(await count(1));
  });
});

describe('an exclusion, over HTTP', () => {
  it('names its sub account, and is changed', async () => {
    const { createExclusion } = await ask(
      `mutation ($input: CreateExclusionInput!) { createExclusion(input: $input) { userErrors { code } exclusion { id subAccount { id name } user { id } scope } } }`,
      { input: { subAccountId: sub.id, reason: 'Sold' } },
    );
    const { id, ...made } = createExclusion.exclusion;
    expect(made).toEqual({ subAccount: { id: sub.id, name: 'Branch' }, user: null, scope: 'CANDIDATES' });
    const UPDATE = `mutation ($input: UpdateExclusionInput!) { updateExclusion(input: $input) { userErrors { code field } exclusion { reason owner scope active expiresAt } } }`;
    const update = async (input: object) =>
      (await ask(UPDATE, { input: { exclusionId: id, ...input } })).updateExclusion;
    expect(await update({ scope: 'BOTH', owner: 'Finance', expiresAt: ago(-1).toISOString() })).toEqual({
      userErrors: [],
      exclusion: { reason: 'Sold', owner: 'Finance', scope: 'BOTH', active: true, expiresAt: ago(-1).toISOString() },
    });
    expect(await update({ reason: ' ' })).toEqual({
      userErrors: [{ code: 'INVALID', field: ['input', 'reason'] }],
      exclusion: null,
    });
    expect((await update({ exclusionId: 'exc_none' })).userErrors).toEqual([
      { code: 'NOT_FOUND', field: ['input', 'exclusionId'] },
    ]);
    const { errors } = await server.ask(UPDATE, { input: { exclusionId: id } }, { scopes: ['zoom:read'] });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('rules, over HTTP', () => {
  it('that come second are named by the candidate, in their order', async () => {
    const second = await rows.rule(integration, { name: 'Second' });
    const third = await rows.rule(integration, { name: 'Third', deletedAt: ago(1) });
    const user = await rows.user(account);
    const candidate = await rows.candidate(user, licensed, rule, { otherRuleIds: [third.id, second.id] });
    const { reclamationCandidates } = await ask(
      `query ($user: ID) { reclamationCandidates(filter: { user: { eq: $user } }) { nodes { id rule { id } otherRules { id } } } }`,
      { user: user.id },
    );
    expect(reclamationCandidates.nodes).toEqual([
      { id: candidate.id, rule: { id: rule.id }, otherRules: [{ id: third.id }, { id: second.id }] },
    ]);
  });

  it('that were generated ask for a review until somebody looked', async () => {
    const made = await rows.rule(other, { autoGenerated: true });
    const needing = async () =>
      (
        await ask(
          `query ($id: ID) { reclamationRules(integrationId: $id, needsReview: true) { id needsReview reviewedAt reviewedBy } }`,
          { id: other.id },
        )
      ).reclamationRules;
    expect(await needing()).toEqual([{ id: made.id, needsReview: true, reviewedAt: null, reviewedBy: null }]);
    const REVIEW = `mutation ($id: ID!) { reviewReclamationRule(input: { ruleId: $id }) { userErrors { code } reclamationRule { needsReview reviewedAt reviewedBy } } }`;
    const review = async (id: string) => (await ask(REVIEW, { id })).reviewReclamationRule;
    const { userErrors, reclamationRule } = await review(made.id);
    expect(userErrors).toEqual([]);
    expect(reclamationRule).toMatchObject({ needsReview: false, reviewedAt: NOW.toISOString() });
    expect(reclamationRule.reviewedBy).toBeTruthy();
    expect(await needing()).toEqual([]);
    expect(await review('rul_none')).toEqual({ userErrors: [{ code: 'NOT_FOUND' }], reclamationRule: null });
  });
});
