import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseIntegrationData } from '#src/datasources/store/erasure.ts';
import type { Database } from '#src/db/client.ts';
import { newId } from '#src/db/id.ts';
import { licenses } from '#src/db/tables/index.ts';
import type { AccountRow, IntegrationRow, LicenseRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const START = new Date('2026-03-01T12:00:00.000Z');
const DAY = 86_400_000;
const ago = (days: number) => new Date(START.getTime() - days * DAY);

let now = START;
let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => now } });
  rows = rowsIn(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

/** Known as of now: a whole roster, and activity without a gap. */
const KNOWN: Partial<AccountRow> = {
  isRosterComplete: true,
  rosterCompleteAt: ago(0),
  activityKnownFrom: ago(100),
  activityKnownUntil: ago(0),
};
const PRICE = { cost: '10', currency: 'EUR', paymentFrequency: 'ANNUALLY' } as const;
const USED = { lastLoginAt: ago(1) };
const UNUSED = { lastLoginAt: ago(100) };

async function known(options: Partial<IntegrationRow> = {}) {
  const integration = await rows.integration(options);
  return { integration, account: await rows.account(integration, KNOWN) };
}

async function licenseWith(
  account: AccountRow,
  holders: Parameters<typeof rows.users>[1],
  given: Partial<LicenseRow> = {},
): Promise<LicenseRow> {
  const license = await rows.license(account, given);
  if (holders.length > 0) await rows.assign(license, await rows.users(account, holders));
  return license;
}

const LINE = `
  uniqueId name owned ownedSource assigned active inactive neverActive unassigned overAssigned excludedFromCost zoomAssigned
  position reasons { code count message } annualCost { amount currency } trueUpCost { amount } unassignedCost { amount }
  unusedCost { amount } openCandidates nextSteps { action message count }
  license { id name compliance { position } reclaimableAnnualCost { amount } } account { id } subAccount { id }`;
const RECONCILIATION = `
  id at requestedBy isComplete note counts { total compliant overAssigned underUsed unknown }
  totals { currency licenses owned assigned used trueUpCost unassignedCost unusedCost }
  lines { totalCount nodes { ${LINE} } } previous { id }
  changes { kinds before { uniqueId owned } now { uniqueId owned reasons { code } } } integration { id }`;
const MUTATION = `mutation ($id: ID!) {
  reconcile(input: { integrationId: $id }) {
    reconciliation { ${RECONCILIATION} } integration { id } userErrors { code message field } } }`;
const reconcile = async ({ id }: Pick<IntegrationRow, 'id'>) => {
  const { data, errors } = await server.ask(MUTATION, { id });
  expect(errors).toBeUndefined();
  return data.reconcile;
};
/** The lines of a fresh reconciliation by the unique id of their license. */
const linesOf = async (integration: Pick<IntegrationRow, 'id'>): Promise<Record<string, any>> => {
  const { reconciliation, userErrors } = await reconcile(integration);
  expect(userErrors).toEqual([]);
  return Object.fromEntries(reconciliation.lines.nodes.map((line: any) => [line.uniqueId, line]));
};
const daysOf = (license: LicenseRow) =>
  database.sql`
    select day::text, owned, assigned, active, inactive from license_days where license_id = ${license.id} order by day`;

describe('SN-71, SN-73: reconciling on demand', () => {
  it('compares what is owned with what is used, says why, what it costs and what to do', async () => {
    const { integration, account } = await known();
    const over = await licenseWith(account, [USED, USED, UNUSED], { uniqueId: 'LICENSED', provisionedCount: 2 });
    const free = await licenseWith(account, [USED], {
      uniqueId: 'WEBINAR_500',
      category: 'ADD_ON',
      userType: null,
      enteredCount: 4,
    });
    await licenseWith(account, [{}], { uniqueId: 'LARGE_MEETING', category: 'ADD_ON', userType: null });
    await licenseWith(account, [USED], { uniqueId: 'LEFT_OUT', managed: false, provisionedCount: 5 });
    await rows.entitlement(over, PRICE);
    await rows.entitlement(free, { ...PRICE, cost: '79.90', currency: 'USD', paymentFrequency: 'MONTHLY' });
    const rule = await rows.rule(integration);
    const [holder] = await database.db.query.users.findMany({
      where: (user, { eq }) => eq(user.lastLoginAt, ago(100)),
    });
    await rows.candidate(holder!, over, rule);

    const { reconciliation, integration: of } = await reconcile(integration);
    expect(of.id).toBe(integration.id);
    expect(reconciliation).toMatchObject({
      at: START.toISOString(),
      requestedBy: 'tester',
      isComplete: true,
      note: '1 license that is not managed is left out.',
      counts: { total: 3, compliant: 0, overAssigned: 1, underUsed: 1, unknown: 1 },
      totals: [
        {
          currency: 'EUR',
          licenses: 1,
          owned: 2,
          assigned: 3,
          used: 2,
          trueUpCost: '10.00',
          unassignedCost: '0.00',
          unusedCost: '10.00',
        },
        { currency: 'USD', licenses: 1, owned: 4, trueUpCost: '0.00', unassignedCost: '2876.40', unusedCost: '0.00' },
        { currency: null, licenses: 1, owned: 0, assigned: 1, trueUpCost: null, unusedCost: null },
      ],
      previous: null,
      changes: [],
    });
    const [first, second, third] = reconciliation.lines.nodes;
    expect(first).toMatchObject({
      uniqueId: 'WEBINAR_500',
      ownedSource: 'ENTERED',
      position: 'UNDER_USED',
      unassigned: 3,
      overAssigned: 0,
      annualCost: { amount: '958.80', currency: 'USD' },
      nextSteps: [{ action: 'BUY_LESS', count: 3 }],
    });
    expect(second).toMatchObject({
      uniqueId: 'LICENSED',
      owned: 2,
      ownedSource: 'ZOOM',
      assigned: 3,
      active: 2,
      inactive: 1,
      neverActive: 0,
      position: 'OVER_ASSIGNED',
      overAssigned: 1,
      reasons: [
        { code: 'OVER_ASSIGNED', count: 1, message: '1 more is assigned than 2 owned.' },
        { code: 'INACTIVE_HOLDERS', count: 1 },
      ],
      trueUpCost: { amount: '10.00' },
      openCandidates: 1,
      nextSteps: [
        { action: 'BUY_OR_RECLAIM', count: 1 },
        { action: 'REVIEW_CANDIDATES', count: 1 },
      ],
      account: { id: account.id },
      subAccount: null,
    });
    expect(third).toMatchObject({
      uniqueId: 'LARGE_MEETING',
      owned: null,
      position: 'UNKNOWN',
      unassigned: null,
      overAssigned: null,
      annualCost: null,
      reasons: [
        { code: 'OWNED_UNKNOWN' },
        { code: 'INACTIVE_HOLDERS', count: 1 },
        { code: 'NEVER_ACTIVE_HOLDERS', count: 1 },
        { code: 'NO_PRICE' },
      ],
    });
    // What each license tells of itself is the same.
    for (const line of reconciliation.lines.nodes) {
      expect(line.license.compliance.position).toBe(line.position);
      expect(line.license.reclaimableAnnualCost).toEqual(line.unusedCost);
    }

    const { data } = await server.ask(
      `query ($id: ID!, $license: ID!, $rcn: ID!, $refs: [_Any!]!) {
         integration(id: $id) { latestReconciliation { id } scheduledJobs { name task } }
         license(id: $license) { latestReconciliationLine { position } }
         none: license(id: "lic_none") { latestReconciliationLine { position } }
         reconciliation(id: $rcn) { id } unknown: reconciliation(id: "rcn_none") { id }
         _entities(representations: $refs) { ... on Reconciliation { isComplete } }
         auditEvents(integrationId: $id) { nodes { action actor subject details } }
       }`,
      {
        id: integration.id,
        license: over.id,
        rcn: reconciliation.id,
        refs: [{ __typename: 'Reconciliation', id: reconciliation.id }],
      },
    );
    expect(data).toMatchObject({
      integration: { latestReconciliation: { id: reconciliation.id } },
      license: { latestReconciliationLine: { position: 'OVER_ASSIGNED' } },
      none: null,
      reconciliation: { id: reconciliation.id },
      unknown: null,
      _entities: [{ isComplete: true }],
      auditEvents: {
        nodes: [
          {
            action: 'integration.reconciled',
            actor: 'tester',
            subject: reconciliation.id,
            details: { licenses: 3, unmanaged: 1, overAssigned: 1, isComplete: true },
          },
        ],
      },
    });
    expect(data.integration.scheduledJobs).toContainEqual({ name: 'Reconcile licenses', task: 'APPLICATION_ROSTER' });
    expect(await daysOf(over)).toEqual([{ day: '2026-03-01', owned: 2, assigned: 3, active: 2, inactive: 1 }]);
  });

  it('takes what was entered by hand only where it is not read from Zoom, as the license does', async () => {
    const tasks = ['APPLICATION_ROSTER', 'APPLICATION_ACCESS'];
    for (const enabledTasks of [tasks, [...tasks, 'LICENSE_INFORMATION']]) {
      const { integration, account } = await known({ enabledTasks });
      await licenseWith(account, [USED], { uniqueId: 'LICENSED', enteredCount: 3, enteredName: 'Ours' });
      const { LICENSED: line } = await linesOf(integration);
      const isRead = enabledTasks.length === 3;
      expect(line).toMatchObject(isRead ? { owned: null, position: 'UNKNOWN' } : { owned: 3, position: 'UNDER_USED' });
      expect(line.license).toMatchObject({ name: line.name, compliance: { position: line.position } });
      expect(line.name === 'Ours').toBe(!isRead);
    }
  });

  it('SN-66: keeps out of cost whom an exclusion of any kind names, each once', async () => {
    const { integration, account } = await known();
    const group = await rows.group(account);
    const license = await licenseWith(
      account,
      [
        { ...UNUSED, email: 'one@partner.example' },
        { ...UNUSED, department: 'Leased' },
        { ...USED, department: 'Leased', email: 'two@partner.example' },
        { ...UNUSED, groupIds: [group.zoomGroupId] },
        { ...UNUSED, email: 'un-der@example.com' },
        USED,
      ],
      { uniqueId: 'LICENSED', provisionedCount: 3 },
    );
    const kept = await licenseWith(account, [UNUSED], { uniqueId: 'KEPT_OUT', provisionedCount: 5 });
    for (const one of [license, kept]) await rows.entitlement(one, PRICE);
    const { id: integrationId } = integration;
    await rows.exclusion({ integrationId, scope: 'COST', emailPattern: '*@partner.example' });
    await rows.exclusion({ integrationId, scope: 'BOTH', department: 'Leased' });
    await rows.exclusion({ integrationId: null, scope: 'COST', groupId: group.id });
    await rows.exclusion({ integrationId, scope: 'COST', licenseId: kept.id });
    // These keep nobody out of cost: of another address, for candidates only, ended, lifted, and of somebody else.
    await rows.exclusion({ integrationId, scope: 'COST', emailPattern: 'un_der@*' });
    const everybody = { integrationId, emailPattern: '*' };
    await rows.exclusion({ ...everybody, scope: 'CANDIDATES' });
    await rows.exclusion({ ...everybody, scope: 'COST', expiresAt: ago(1) });
    await rows.exclusion({ ...everybody, scope: 'COST', deletedAt: ago(1) });
    await rows.exclusion({ ...everybody, scope: 'COST', integrationId: 'int_other' });
    const { LICENSED: line, KEPT_OUT: out } = await linesOf(integration);
    expect(line).toMatchObject({
      assigned: 6,
      inactive: 4,
      excludedFromCost: 4,
      position: 'OVER_ASSIGNED',
      // Three too many, and four of the holders cost nothing.
      trueUpCost: { amount: '0.00' },
      unusedCost: { amount: '10.00' },
    });
    expect(line.reasons).toContainEqual(expect.objectContaining({ code: 'EXCLUDED_FROM_COST', count: 4 }));
    for (const one of [line, out]) expect(one.license.reclaimableAnnualCost).toEqual(one.unusedCost);
    expect(out).toMatchObject({ excludedFromCost: 1, position: 'UNDER_USED', unassignedCost: null, unusedCost: null });
  });

  it.each<[string, object, number]>([
    ['a role', { roleId: 'r-7' }, 2],
    ['another role', { roleId: '2' }, 0],
    ['a sub account', {}, 3],
  ])('keeps out of cost who is named by %s', async (_, target, count) => {
    const { integration, account } = await known();
    const license = await licenseWith(account, [{ ...UNUSED, roleId: 'r-7' }, { ...USED, roleId: 'r-7' }, UNUSED], {
      uniqueId: 'LICENSED',
      provisionedCount: 3,
    });
    await rows.entitlement(license, PRICE);
    const named = Object.keys(target).length === 0 ? { subAccountId: account.id } : target;
    await rows.exclusion({ integrationId: integration.id, scope: 'COST', ...named });
    expect((await linesOf(integration))['LICENSED']).toMatchObject({ assigned: 3, excludedFromCost: count });
  });

  it("FT-75: shows what Zoom's billing counts beside what is known", async () => {
    const integration = await rows.integration({ includeFreeUsers: false });
    const account = await rows.account(integration, {
      ...KNOWN,
      planUsageAt: ago(0),
      planUsage: {
        plan_base: { type: 'monthly', hosts: 5, usage: 1, pending: 1 },
        plan_webinar: [
          { type: 'webinar500_monthly', hosts: 3, usage: 3 },
          { type: 'webinar1000_monthly', hosts: 1 },
        ],
        plan_recording: { type: 'cmr', free_storage: '5 GB' },
      },
    });
    await licenseWith(account, [USED, { ...USED, status: 'PENDING' }], { uniqueId: 'LICENSED', provisionedCount: 5 });
    await licenseWith(account, [USED, { ...USED, type: 'BASIC' }], { uniqueId: 'WEBINAR_500', category: 'ADD_ON' });
    await licenseWith(account, [USED], { uniqueId: 'WEBINAR_1000', category: 'ADD_ON' });
    const lines = await linesOf(integration);
    const codes = (id: string) => lines[id].reasons.map(({ code }: any) => code);
    expect(lines['LICENSED'].zoomAssigned).toBe(2);
    expect(codes('LICENSED')).not.toContain('ZOOM_COUNTS_DIFFER');
    // A Basic user holds one: not counted here, but Zoom counts them.
    expect(lines['WEBINAR_500']).toMatchObject({ assigned: 1, zoomAssigned: 3 });
    expect(lines['WEBINAR_500'].reasons).toContainEqual({
      code: 'ZOOM_COUNTS_DIFFER',
      count: 1,
      message: "Zoom's billing counted 3 as assigned on 2026-03-01, and 2 hold it by the roster.",
    });
    expect(lines['WEBINAR_1000'].zoomAssigned).toBeNull();
  });

  it('concludes nothing about accounts whose roster is not whole or old, and names them', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { ...KNOWN, tier: 'MASTER', name: 'Main' });
    const below = { ...KNOWN, tier: 'SUB', masterId: master.id } as const;
    const whole = await rows.account(integration, { ...below, name: 'Whole' });
    const partial = await rows.account(integration, {
      ...below,
      name: 'Partial',
      isRosterComplete: false,
      rosterProblem: 'Zoom refused it',
    });
    const old = await rows.account(integration, { ...below, name: 'Old', rosterCompleteAt: ago(5) });
    const gone = await rows.account(integration, { ...below, name: 'Gone', removedAt: ago(1) });
    const made: LicenseRow[] = [];
    for (const account of [master, whole, partial, old, gone]) {
      made.push(await licenseWith(account, [USED, USED], { uniqueId: `OF_${account.name}`, provisionedCount: 1 }));
    }
    const { reconciliation } = await reconcile(integration);
    expect(reconciliation).toMatchObject({
      isComplete: false,
      counts: { total: 4, overAssigned: 2, unknown: 2 },
    });
    expect(reconciliation.note).toContain('not complete of Partial (Zoom refused it)');
    expect(reconciliation.note).toContain('older than two days of Old (2026-02-24)');
    const of = Object.fromEntries(reconciliation.lines.nodes.map((line: any) => [line.uniqueId, line]));
    expect(of['OF_Whole']).toMatchObject({ account: { id: master.id }, subAccount: { id: whole.id } });
    expect(of['OF_Main'].subAccount).toBeNull();
    expect(of['OF_Partial']).toMatchObject({ position: 'UNKNOWN', assigned: 2, trueUpCost: null });
    expect(of['OF_Partial'].reasons[0]).toMatchObject({ code: 'ROSTER_INCOMPLETE' });
    expect(of['OF_Old'].reasons[0]).toMatchObject({ code: 'DATA_OLD' });
    expect(of['OF_Old'].nextSteps[0].action).toBe('SYNC');
    // Made a regular one, it looks at the account on top only.
    await database.sql`update integrations set kind = 'REGULAR' where id = ${integration.id}`;
    expect((await reconcile(integration)).reconciliation).toMatchObject({ isComplete: true, counts: { total: 1 } });
    // What is not certain is no history.
    expect((await Promise.all(made.map(daysOf))).map((days) => days.length)).toEqual([1, 1, 0, 0, 0]);
  });

  it('says what became different since the one before, and keeps one row a day', async () => {
    const { integration, account } = await known();
    const license = await licenseWith(account, [USED], { uniqueId: 'LICENSED', provisionedCount: 1 });
    const { reconciliation: first } = await reconcile(integration);
    await rows.assign(license, await rows.users(account, [USED]));
    await licenseWith(account, [], { uniqueId: 'NEW', provisionedCount: 0 });
    try {
      now = new Date(START.getTime() + 3_600_000);
      const { reconciliation: second } = await reconcile(integration);
      expect(second).toMatchObject({
        previous: { id: first.id },
        changes: [
          { kinds: ['NEWLY_OVER_ASSIGNED', 'ASSIGNED_CHANGED'], before: { uniqueId: 'LICENSED' } },
          { kinds: ['LICENSE_ADDED'], before: null, now: { uniqueId: 'NEW' } },
        ],
      });
      await database.sql`update licenses set provisioned_count = 2 where id = ${license.id}`;
      await database.sql`update licenses set managed = false where unique_id = 'NEW'`;
      now = new Date(START.getTime() + DAY);
      const { reconciliation: third } = await reconcile(integration);
      expect(third.changes).toMatchObject([
        { kinds: ['NO_LONGER_OVER_ASSIGNED', 'OWNED_CHANGED'], before: { owned: 1 }, now: { owned: 2, reasons: [{}] } },
        { kinds: ['LICENSE_GONE'], before: { uniqueId: 'NEW' }, now: null },
      ]);
      expect(await daysOf(license)).toEqual([
        { day: '2026-03-01', owned: 1, assigned: 2, active: 2, inactive: 0 },
        { day: '2026-03-02', owned: 2, assigned: 2, active: 2, inactive: 0 },
      ]);
      const { data } = await server.ask(
        `query ($id: ID) { reconciliations(integrationId: $id, first: 2) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { id: integration.id },
      );
      expect(data.reconciliations).toMatchObject({
        totalCount: 3,
        nodes: [{ id: third.id }, { id: second.id }],
        pageInfo: { hasNextPage: true },
      });
    } finally {
      now = START;
    }
  });

  it('makes one after the other where several ask at once', async () => {
    const { integration, account } = await known();
    await licenseWith(account, [USED], { provisionedCount: 1 });
    const answers = await Promise.all([1, 2, 3].map(() => reconcile(integration)));
    expect(new Set(answers.map(({ reconciliation }) => reconciliation.id)).size).toBe(3);
    expect(answers.flatMap(({ reconciliation }) => reconciliation.changes)).toEqual([]);
  });

  it('is allowed while a sync runs, and says so', async () => {
    const { integration, account } = await known();
    await licenseWith(account, [USED], { provisionedCount: 1 });
    await rows.jobRun(integration, { status: 'RUNNING' });
    const { reconciliation } = await reconcile(integration);
    expect(reconciliation).toMatchObject({
      isComplete: true,
      note: expect.stringContaining('A sync was not finished'),
    });
  });

  it.each<[string, () => Promise<{ id: string }>, string, string]>([
    ['unknown', () => Promise.resolve({ id: 'int_none' }), 'NOT_FOUND', 'no such integration'],
    ['deleted', () => rows.integration({ deletedAt: ago(1) }), 'NOT_FOUND', 'no such integration'],
    ['a draft', () => rows.integration({ status: 'DRAFT' }), 'NOT_CONNECTED', 'not connected'],
    ['ended', () => rows.integration({ status: 'DISCONNECTED' }), 'NOT_CONNECTED', 'not connected'],
    [
      'refused by Zoom',
      () => rows.integration({ status: 'REAUTHORIZATION_REQUIRED' }),
      'REAUTHORIZATION_REQUIRED',
      'Authorize it again',
    ],
    ['without an account', () => rows.integration(), 'NOTHING_TO_DO', 'Wait for the first sync'],
    [
      'without a roster',
      async () => {
        const integration = await rows.integration();
        await rows.account(integration);
        return integration;
      },
      'NOTHING_TO_DO',
      'Wait for the first sync',
    ],
  ])('of an integration that is %s says what is wrong and writes nothing', async (_, make, code, words) => {
    const integration = await make();
    const { reconciliation, integration: of, userErrors } = await reconcile(integration);
    expect([reconciliation, of]).toEqual([null, null]);
    expect(userErrors).toEqual([expect.objectContaining({ code, message: expect.stringContaining(words) })]);
    const [written] = await database.sql`
      select (select count(*) from reconciliations where integration_id = ${integration.id})::int
        + (select count(*) from audit_events where integration_id = ${integration.id})::int as count`;
    expect(written!['count']).toBe(0);
  });

  it('takes the scope of operators, and shows to readers', async () => {
    const { integration, account } = await known();
    await licenseWith(account, [USED], { provisionedCount: 1 });
    const refused = await server.ask(MUTATION, { id: integration.id }, { scopes: ['zoom:read'] });
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { reconciliation } = await reconcile(integration);
    const query = '{ reconciliations { nodes { id } } }';
    const { data } = await server.ask(query, {}, { scopes: ['zoom:read'] });
    expect(data.reconciliations.nodes).toContainEqual({ id: reconciliation.id });
    expect((await server.ask(query, {}, { scopes: [] })).errors).toBeDefined();
  });
});

describe('LX-08: erasing what was read of an integration', () => {
  it('erases its reconciliations as well, and no others', async () => {
    const [gone, stays] = [await known(), await known()];
    for (const { integration, account } of [gone, stays]) {
      await licenseWith(account, [USED], { provisionedCount: 1 });
      await reconcile(integration);
    }
    await database.sql.begin((tx) => eraseIntegrationData(tx, gone.integration.id));
    const left = async ({ id }: IntegrationRow) => {
      const [row] = await database.sql`
        select (select count(*) from reconciliations where integration_id = ${id})::int as reconciliations,
          (select count(*) from license_days where integration_id = ${id})::int as days,
          (select count(*) from reconciliation_lines l join reconciliations r on r.id = l.reconciliation_id
            where r.integration_id = ${id})::int as lines`;
      return row;
    };
    expect(await left(gone.integration)).toEqual({ reconciliations: 0, days: 0, lines: 0 });
    expect(await left(stays.integration)).toEqual({ reconciliations: 1, days: 1, lines: 1 });
    const orphans = await database.sql`
      select from reconciliation_lines l where not exists (select from reconciliations r where r.id = l.reconciliation_id)`;
    expect(orphans).toHaveLength(0);
  });
});

describe('lines', () => {
  const page = async (id: string, args: string) => {
    const { data, errors } = await server.ask(
      `{ reconciliation(id: "${id}") { lines(${args}) { totalCount nodes { uniqueId } pageInfo { hasNextPage endCursor } } } }`,
    );
    return { errors, lines: data?.reconciliation?.lines };
  };

  it('are filtered and ordered, and paged in every order', async () => {
    const { integration, account } = await known();
    for (let n = 0; n < 7; n += 1) {
      const license = await licenseWith(account, n % 3 === 0 ? [USED, UNUSED] : [USED], {
        uniqueId: `L${n}`,
        name: `License ${6 - n}`,
        provisionedCount: n === 2 ? null : n,
      });
      if (n !== 4)
        await rows.entitlement(license, { ...PRICE, cost: `${(n * 7) % 5}.05`, currency: n > 4 ? 'USD' : 'EUR' });
    }
    const { reconciliation } = await reconcile(integration);
    const ids = async (args: string) =>
      (await page(reconciliation.id, args)).lines.nodes.map(({ uniqueId }: any) => uniqueId);
    expect(await ids('filter: { position: { eq: OVER_ASSIGNED } }')).toEqual(['L0']);
    expect((await ids('filter: { position: { notIn: [UNDER_USED] } }')).sort()).toEqual(['L0', 'L1', 'L2']);
    expect((await ids('filter: { reasons: [NO_PRICE, OWNED_UNKNOWN] }')).sort()).toEqual(['L2', 'L4']);
    expect((await ids('filter: { currency: { eq: "USD" } }')).sort()).toEqual(['L5', 'L6']);
    expect(await ids('filter: { currency: { isNull: true } }')).toEqual(['L4']);
    expect(await ids(`filter: { account: { ne: "${account.id}" } }`)).toEqual([]);
    expect(await ids('orderBy: [{ field: NAME, direction: DESC }]')).toEqual([
      'L0',
      'L1',
      'L2',
      'L3',
      'L4',
      'L5',
      'L6',
    ]);
    expect((await ids('orderBy: [{ field: OWNED }]')).at(-1)).toBe('L2');
    expect((await ids('first: 50')).at(-1)).toBe('L4');

    const orders = ['NAME', 'COST', 'TRUE_UP_COST', 'UNASSIGNED_COST', 'UNUSED_COST', 'OWNED', 'ASSIGNED', 'INACTIVE'];
    for (const order of orders) {
      for (const direction of ['ASC', 'DESC']) {
        const by = `orderBy: [{ field: ${order}, direction: ${direction} }]`;
        const all = await ids(by);
        const seen: string[] = [];
        let after = '';
        for (;;) {
          const { lines } = await page(reconciliation.id, `${by}, first: 2 ${after}`);
          seen.push(...lines.nodes.map(({ uniqueId }: any) => uniqueId));
          if (!lines.pageInfo.hasNextPage) break;
          after = `, after: "${lines.pageInfo.endCursor}"`;
        }
        expect(seen, `${order} ${direction}`).toEqual(all);
      }
    }
    const twice = await page(reconciliation.id, 'orderBy: [{ field: COST }, { field: COST }]');
    expect(twice.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('a tree', () => {
  it('of fifty accounts costs as many statements as one, to reconcile and to read', async () => {
    const tree = async (accounts: number) => {
      const integration = await rows.integration({ kind: 'TIERED' });
      const master = await rows.account(integration, { ...KNOWN, tier: 'MASTER' });
      for (let n = 0; n < accounts; n += 1) {
        const sub = await rows.account(integration, { ...KNOWN, tier: 'SUB', masterId: master.id });
        await rows.users(sub, [USED, UNUSED]);
        await database.db.insert(licenses).values(
          Array.from({ length: 10 }, (_, l) => ({
            id: newId('lic'),
            integrationId: integration.id,
            accountId: sub.id,
            uniqueId: `L${l}`,
            name: `License ${l}`,
            category: 'BASE' as const,
            userType: 'LICENSED' as const,
            provisionedCount: 1,
          })),
        );
      }
      await database.sql`
        insert into license_assignments (user_id, license_id, integration_id, since)
        select u.id, l.id, l.integration_id, now() from users u join licenses l on l.account_id = u.account_id
        where l.integration_id = ${integration.id}`;
      const [license] = await database.db.query.licenses.findMany({
        where: (one, { eq }) => eq(one.integrationId, integration.id),
      });
      await rows.entitlement(license!, PRICE);
      return integration;
    };
    const cost = async (integration: IntegrationRow, lines: number) => {
      await reconcile(integration);
      const made = await statementsOf(database, () =>
        server.ask('mutation ($id: ID!) { reconcile(input: { integrationId: $id }) { userErrors { message } } }', {
          id: integration.id,
        }),
      );
      expect(made.result.data.reconcile.userErrors).toEqual([]);
      const read = await statementsOf(database, () =>
        server.ask(
          `query ($id: ID!) { reconciliations(integrationId: $id) { nodes { ${RECONCILIATION.replace('lines {', 'lines(first: 500) {')} } }
             licenses(integrationId: $id) { latestReconciliationLine { position } } }`,
          { id: integration.id },
        ),
      );
      expect(read.result.errors).toBeUndefined();
      expect(read.result.data.reconciliations.nodes.map((node: any) => node.lines.totalCount)).toEqual([lines, lines]);
      return [made.statements.length, read.statements.length];
    };
    const one = await cost(await tree(1), 10);
    expect(one[0]).toBeLessThanOrEqual(16);
    expect(await cost(await tree(50), 500)).toEqual(one);
  });
});
