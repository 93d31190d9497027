import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { manageLicenses } from '#src/actions/manage-licenses.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { auditEventsPage } from '#src/datasources/store/audit.ts';
import { candidateEventsByCandidateIds, candidatesByIds } from '#src/datasources/store/candidates.ts';
import { closeOutdatedCandidates, inactiveHolders } from '#src/datasources/store/inactive-holders.ts';
import { lookedBy } from '#src/actions/found-candidate.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, CandidateRow, IntegrationRow, LicenseRow, RuleRow, UserRow } from '#src/db/tables/rows.ts';
import type { ManageLicensesInput } from '#src/schema.generated.ts';
import { ADA, done, refusals } from '../support/consent.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let master: AccountRow;
let sub: AccountRow;
let license: LicenseRow;
let below: LicenseRow;
let rule: RuleRow;
let user: UserRow;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  rows = rowsIn(database);
});
beforeEach(async () => {
  integration = await rows.integration({ kind: 'TIERED' });
  master = await rows.account(integration, { tier: 'MASTER' });
  sub = await rows.account(integration, { tier: 'SUB', masterId: master.id });
  license = await rows.license(master, { uniqueId: 'LICENSED' });
  below = await rows.license(sub, { uniqueId: 'LICENSED' });
  rule = await rows.rule(integration);
  user = await rows.user(master, { activeDate: new Date('2020-01-01T00:00:00Z') });
  await rows.assign(license, [user]);
  await rows.entitlement(license, { cost: '10', currency: 'USD', paymentFrequency: 'ANNUALLY' });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const manage = (input: Omit<ManageLicensesInput, 'integrationId'>, integrationId = integration.id) =>
  manageLicenses(server.deps, ADA, { integrationId, ...input });
const candidate = (given: Partial<CandidateRow> = {}, of = user) => rows.candidate(of, license, rule, given);
const statusOf = async ({ id }: CandidateRow) => (await candidatesByIds(database.sql, [id]))[0]?.status;
const found = async () =>
  (
    await inactiveHolders(database.sql, {
      places: [{ accountId: master.id, provenIds: [rule.id], types: ['LICENSED'] }],
      rules: [{ ...lookedBy(rule, new Date()), inactiveBefore: new Date(), coolDownSince: new Date(0) }],
      now: new Date(),
      of: 'FINDABLE',
    })
  ).map(({ userId }) => userId);
const costs = async () => {
  const { data, errors } = await server.ask(
    `query ($id: ID!) {
       usersBy(integrationId: $id, field: TYPE) { facets { count annualCost { amount } reclaimableAnnualCost { amount } } }
       integration(id: $id) { account { annualCost { amount } reclaimableAnnualCost { amount } } }
       users(integrationId: $id) { nodes { annualCost { amount } } }
       licenses(integrationId: $id, managed: false) { id }
       managed: licenses(integrationId: $id, managed: true) { id }
       all: licenses(integrationId: $id) { id assigned annualCost { amount } reclaimableAnnualCost { amount } }
     }`,
    { id: integration.id },
  );
  expect(errors).toBeUndefined();
  return {
    facet: data.usersBy.facets[0],
    account: data.integration.account,
    user: data.users.nodes[0],
    unmanaged: data.licenses.map((one: { id: string }) => one.id),
    managed: data.managed.length,
    own: data.all.find((one: { id: string }) => one.id === license.id),
  };
};

describe('FT-76: what is managed', () => {
  it('is shown and costs something; what is not is shown, and has no costs and no candidates, until it is added again', async () => {
    const before = await costs();
    expect(before).toMatchObject({ own: { annualCost: { amount: '10.00' } }, unmanaged: [], managed: 2 });
    const sums = [before.facet, before.account, before.user].map(({ annualCost }) => annualCost);
    expect(sums).toEqual([[{ amount: '10.00' }], [{ amount: '10.00' }], [{ amount: '10.00' }]]);
    expect(await found()).toEqual([user.id]);

    expect(done(await manage({ remove: [license.id] })).licenses).toMatchObject([{ id: license.id, managed: false }]);
    expect(await costs()).toMatchObject({
      facet: { count: 1, annualCost: [], reclaimableAnnualCost: [] },
      account: { annualCost: [], reclaimableAnnualCost: [] },
      user: { annualCost: [] },
      own: { assigned: 1, annualCost: null, reclaimableAnnualCost: null },
      unmanaged: [license.id],
      managed: 1,
    });
    expect(await found()).toEqual([]);

    expect(done(await manage({ add: [license.id] })).licenses).toMatchObject([{ managed: true }]);
    expect(await costs()).toEqual(before);
    expect(await found()).toEqual([user.id]);
    const events = await auditEventsPage(database.sql, { integrationId: integration.id, first: 5, after: null });
    expect(events.map(({ action, subject, actor }) => [action, subject, actor])).toEqual([
      ['license.managed', license.id, ADA.sub],
      ['license.unmanaged', license.id, ADA.sub],
    ]);
  });

  it('closes open candidates as skipped with a note, but for those that are being taken back right now', async () => {
    const others = await rows.users(master, [{}, {}, {}, {}]);
    const open = [
      await candidate(),
      await candidate({ status: 'ATTENTION_REQUIRED' }, others[0]),
      await candidate({ status: 'AWAITING_APPROVAL' }, others[1]),
    ];
    const leaving = await candidate({ status: 'AWAITING_REVOCATION' }, others[2]);
    const closed = await candidate({ status: 'CLOSED_COMPLETE', closedAt: new Date() }, others[3]);
    done(await manage({ remove: [license.id] }));
    expect(await Promise.all(open.map(statusOf))).toEqual(['CLOSED_SKIPPED', 'CLOSED_SKIPPED', 'CLOSED_SKIPPED']);
    expect([await statusOf(leaving), await statusOf(closed)]).toEqual(['AWAITING_REVOCATION', 'CLOSED_COMPLETE']);
    const [steps] = await candidateEventsByCandidateIds(database.sql, [open[0]!.id]);
    expect(steps?.at(-1)).toMatchObject({
      to: 'CLOSED_SKIPPED',
      by: ADA.sub,
      note: expect.stringContaining('managed'),
    });
    // Found by a run that began before: closed by the next look.
    const late = await candidate();
    await closeOutdatedCandidates(database.sql, [master.id], {
      inactiveBefore: new Date(0),
      types: ['LICENSED'],
      now: new Date(),
    });
    expect(await statusOf(late)).toBe('CLOSED_SKIPPED');
  });

  it('lets nothing be planned of a candidate that came back after its license was taken out', async () => {
    await database.sql`update integrations set enabled_tasks = '{RECLAMATION}' where id = ${integration.id}`;
    const leaving = await candidate({ status: 'AWAITING_REVOCATION' });
    done(await manage({ remove: [license.id] }));
    // As a request that is stopped leaves it.
    await database.sql`update reclamation_candidates set status = 'READY' where id = ${leaving.id}`;
    const outcome = await reclaim(server.deps, ADA, { candidateIds: [leaving.id] });
    expect(refusals(outcome)).toEqual(['ACTION_NOT_POSSIBLE candidateIds']);
    expect(outcome).toMatchObject({ refusals: [{ message: expect.stringContaining('not managed') }] });
  });

  it('works for the whole tree at once, twice as well as once, and each license once', async () => {
    const input = { remove: [license.id, below.id, below.id] };
    expect(done(await manage(input)).licenses.map(({ id, managed }) => [id, managed])).toEqual([
      [license.id, false],
      [below.id, false],
    ]);
    expect(done(await manage(input)).licenses).toHaveLength(2);
    expect(done(await manage({ add: [below.id], remove: [license.id] })).licenses.map((one) => one.managed)).toEqual([
      true,
      false,
    ]);
    const events = await auditEventsPage(database.sql, { integrationId: integration.id, first: 9, after: null });
    expect(events).toHaveLength(3);
  });

  it('answers every bad input, and does nothing of it', async () => {
    const foreign = await rows.license(await rows.account(await rows.integration()));
    const many = Array.from({ length: 501 }, (_, at) => `lic_${at}`);
    const none = await manage({ add: ['lic_none', foreign.id], remove: [license.id, ''] });
    expect(refusals(none)).toEqual(['NOT_FOUND add', 'NOT_FOUND add', 'NOT_FOUND remove']);
    expect(refusals(await manage({ add: [license.id], remove: [license.id] }))).toEqual(['INVALID add']);
    expect(refusals(await manage({}))).toEqual(['NOTHING_TO_DO add']);
    expect(refusals(await manage({ add: [], remove: null }))).toEqual(['NOTHING_TO_DO add']);
    expect(refusals(await manage({ remove: many }))).toEqual(['INVALID remove']);
    expect(refusals(await manage({ add: ['\u0000', 'x'.repeat(1e5)] }))).toEqual(['NOT_FOUND add', 'NOT_FOUND add']);
    expect(refusals(await manage({ add: [license.id] }, 'int_none'))).toEqual(['NOT_FOUND integrationId']);
    expect(await costs()).toMatchObject({ unmanaged: [], managed: 2 });
  });

  it('costs the same number of statements for a hundred licenses, and needs the scope to operate', async () => {
    const query = `mutation ($input: ManageLicensesInput!) { manageLicenses(input: $input) { licenses { id managed } userErrors { code } } }`;
    const count = async (ids: string[]) => {
      const input = { integrationId: integration.id, remove: ids };
      const { result, statements } = await statementsOf(database, () => server.ask(query, { input }));
      expect(result.data.manageLicenses.userErrors).toEqual([]);
      return statements.length;
    };
    const more: string[] = [];
    for (let at = 0; at < 100; at += 1) more.push((await rows.license(sub)).id);
    expect(await count(more)).toBe(await count([below.id]));
    const { errors } = await server.ask(query, { input: { integrationId: integration.id } }, { scopes: ['zoom:read'] });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
