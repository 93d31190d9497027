import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapUnrecognizedSubscription } from '#src/actions/map-subscription.ts';
import { unmapUnrecognizedSubscription } from '#src/actions/unmap-subscription.ts';
import { auditEventsPage } from '#src/datasources/store/audit.ts';
import { unrecognizedSubscriptions } from '#src/datasources/store/license-mappings.ts';
import type { IntegrationRow, LicenseRow } from '#src/db/tables/rows.ts';
import { ADA, done, refusals } from '../support/consent.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { rowsIn } from '../support/rows.ts';
import { statementsOf } from '../support/statements.ts';
import { makePaid, syncNow, userNamed } from '../support/worlds.ts';

const FUTURE = 2 ** 50;
const BUNDLE = `BUNDLE_${FUTURE}`;

let house: House;
let integration: IntegrationRow;
let theirs: LicenseRow;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      makePaid(world, 'plain', 1);
      makePaid(world, 'six', 1, { type: 6 });
      makePaid(world, 'also-six', 1, { type: 6 });
      makePaid(world, 'both', 1, { type: 6, zoomOneType: FUTURE });
      makePaid(world, 'bundled', 1, { zoomOneType: FUTURE });
      makePaid(world, 'known', 1, { zoomOneType: 16 });
      makePaid(world, 'off', 1, { type: 6, status: 'inactive' });
    },
  });
  integration = await connectedIntegration(house);
  house.sandbox.faults.add({
    match: { path: '/accounts/{accountId}/plans/usage' },
    times: Infinity,
    action: {
      mutateBody: (body: object) => ({ ...body, plan_hologram: { type: 'holo_yearly', hosts: 12, usage: 7 } }),
    },
  });
  await syncNow(house, integration);
  const rows = rowsIn(house.database);
  theirs = await rows.license(await rows.account(await rows.integration()), { uniqueId: 'LICENSED' });
}, 60_000);
afterAll(() => house?.close());

const map = (input: { identifier: string; licenseId?: string; licenseName?: string; integrationId?: string }) =>
  mapUnrecognizedSubscription(house.deps, ADA, { integrationId: integration.id, ...input });
const unmap = (identifier: string) =>
  unmapUnrecognizedSubscription(house.deps, ADA, { integrationId: integration.id, identifier });
const list = async () =>
  (await unrecognizedSubscriptions(house.database.sql, integration.id)).map(({ identifier, users, mappedTo }) => [
    identifier,
    users,
    mappedTo?.name ?? null,
  ]);
const license = async (uniqueId: string) => {
  const all = await house.database.db.query.licenses.findMany();
  return all.find((row) => row.uniqueId === uniqueId && row.integrationId === integration.id)!;
};
const held = async (name: string) => {
  const rows = await house.database.sql<{ name: string }[]>`
    select l.name from license_assignments a join licenses l on l.id = a.license_id
    where a.user_id = ${(await userNamed(house, name)).id} order by l.name`;
  return rows.map((row) => row.name);
};
const lastHistory = async (name: string) => {
  const [row] = await house.database.sql<{ licenses: string[] }[]>`
    select licenses from user_history where user_id = ${(await userNamed(house, name)).id} and valid_to is null`;
  return row?.licenses;
};
const lastEvent = async () => {
  const [event] = await auditEventsPage(house.database.sql, { integrationId: integration.id, first: 1, after: null });
  return event;
};
const UNKNOWN_BUNDLE = `Unknown (Zoom Workplace bundle ${FUTURE})`;

describe('what nobody knows', () => {
  it('is listed with how many hold it, and shown as licenses', async () => {
    expect(await list()).toEqual([
      [BUNDLE, 2, null],
      ['PLAN_hologram', 7, null],
      ['TYPE_6', 3, null],
    ]);
    expect(await held('both')).toEqual([UNKNOWN_BUNDLE, 'Unknown (Zoom type 6)']);
    expect(await held('bundled')).toEqual(['Licensed', UNKNOWN_BUNDLE]);
    expect(await held('known')).toEqual(['Licensed']);
    expect(await held('off')).toEqual([]);
    expect((await license(BUNDLE)).category).toBe('ADD_ON');
    const [bundle, plan] = await unrecognizedSubscriptions(house.database.sql, integration.id);
    expect(bundle?.firstSeenAt).toEqual((await license(BUNDLE)).createdAt);
    expect(plan?.firstSeenAt).toBeNull();
  });
});

describe('mapping', () => {
  it('to a license that is there gives it to the holders at once, once, and is kept by the next sync', async () => {
    const licensed = await license('LICENSED');
    const { subscription, license: answered } = done(await map({ identifier: 'TYPE_6', licenseId: licensed.id }));
    expect(answered?.id).toBe(licensed.id);
    expect(subscription).toMatchObject({ identifier: 'TYPE_6', users: 3, mappedTo: { id: licensed.id } });
    expect(await held('six')).toEqual(['Licensed']);
    expect(await lastHistory('six')).toEqual(['LICENSED']);
    expect(await lastEvent()).toMatchObject({
      action: 'subscription.mapped',
      actor: ADA.sub,
      subject: 'TYPE_6',
      details: { from: null, to: 'LICENSED' },
    });
    const before = await house.database.sql`select id, xmin from users order by id`;
    await syncNow(house, integration);
    expect(await house.database.sql`select id, xmin from users order by id`).toEqual(before);
    expect(await held('six')).toEqual(['Licensed']);
    expect(await held('off')).toEqual([]);
  });

  it('of several identifiers to one license is held once', async () => {
    done(await map({ identifier: BUNDLE, licenseId: (await license('LICENSED')).id }));
    expect(await held('both')).toEqual(['Licensed']);
    expect(await held('bundled')).toEqual(['Licensed']);
    expect(await lastHistory('both')).toEqual(['LICENSED']);
  });

  it('to a license of its own names it', async () => {
    const { license: named } = done(await map({ identifier: BUNDLE, licenseName: ' Future Bundle ' }));
    expect(named).toMatchObject({ uniqueId: BUNDLE, name: 'Future Bundle', category: 'ADD_ON', autoPopulated: false });
    expect(await held('both')).toEqual(['Future Bundle', 'Licensed']);
    await syncNow(house, integration);
    expect(await held('bundled')).toEqual(['Future Bundle', 'Licensed']);
    // Another one can stand for the same.
    done(await map({ identifier: 'TYPE_6', licenseId: named!.id }));
    expect(await held('both')).toEqual(['Future Bundle']);
    expect(await held('six')).toEqual(['Future Bundle']);
  });

  it('of what others stand for is refused until those are mapped elsewhere', async () => {
    const licensed = await license('LICENSED');
    expect(refusals(await map({ identifier: BUNDLE, licenseId: licensed.id }))).toEqual(['INVALID identifier']);
    expect(refusals(await unmap(BUNDLE))).toEqual(['INVALID identifier']);
    done(await map({ identifier: 'TYPE_6', licenseId: licensed.id }));
    done(await map({ identifier: BUNDLE, licenseId: licensed.id }));
    expect((await license(BUNDLE)).name).toBe(UNKNOWN_BUNDLE);
    expect(await held('bundled')).toEqual(['Licensed']);
  });

  it('of a plan gives its seats right away, and at the next sync', async () => {
    const { license: named } = done(await map({ identifier: 'PLAN_hologram', licenseName: 'Hologram' }));
    expect(await license('PLAN_hologram')).toMatchObject({ id: named!.id, provisionedCount: 12, plan: 'holo_yearly' });
    await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(await license('PLAN_hologram')).toMatchObject({ name: 'Hologram', provisionedCount: 12 });
    const bought = house.sandbox.world.regular.plans.base.hosts;
    done(await map({ identifier: 'PLAN_hologram', licenseId: (await license('LICENSED')).id }));
    expect((await license('LICENSED')).provisionedCount).toBe(bought + 12);
    expect((await license('PLAN_hologram')).provisionedCount).toBeNull();
  });

  it.each<[string, () => Parameters<typeof map>[0], string]>([
    ['no license', () => ({ identifier: 'TYPE_6' }), 'INVALID licenseId'],
    ['both', () => ({ identifier: 'TYPE_6', licenseId: theirs.id, licenseName: 'x' }), 'INVALID licenseName'],
    ['a license of another integration', () => ({ identifier: 'TYPE_6', licenseId: theirs.id }), 'NOT_FOUND licenseId'],
    ['an unknown license', () => ({ identifier: 'TYPE_6', licenseId: 'lic_none' }), 'NOT_FOUND licenseId'],
    ['an empty name', () => ({ identifier: 'TYPE_6', licenseName: ' ' }), 'INVALID licenseName'],
    ['a name that is taken', () => ({ identifier: 'TYPE_6', licenseName: 'LICENSED' }), 'INVALID licenseName'],
    ['what is known', () => ({ identifier: 'WEBINAR_500', licenseName: 'x' }), 'INVALID identifier'],
    ['what is nothing', () => ({ identifier: 'nonsense', licenseName: 'x' }), 'INVALID identifier'],
    ['what nobody holds', () => ({ identifier: 'TYPE_77', licenseName: 'x' }), 'NOT_FOUND identifier'],
    [
      'an unknown integration',
      () => ({ identifier: 'TYPE_6', licenseName: 'x', integrationId: 'int_none' }),
      'NOT_FOUND integrationId',
    ],
  ])('is refused with %s', async (_, input, expected) => {
    const before = await list();
    expect(refusals(await map(input()))).toEqual([expected]);
    expect(await list()).toEqual(before);
  });

  it('to a license that nobody knows itself is refused', async () => {
    done(await unmap(BUNDLE));
    const unknown = await license(BUNDLE);
    expect(refusals(await map({ identifier: 'TYPE_6', licenseId: unknown.id }))).toEqual(['INVALID licenseId']);
    expect(refusals(await map({ identifier: BUNDLE, licenseId: unknown.id }))).toEqual(['INVALID licenseId']);
  });
});

describe('taking a mapping back', () => {
  it('gives the holders their unknown license again, and the plan no seats', async () => {
    done(await unmap('TYPE_6'));
    done(await unmap('PLAN_hologram'));
    expect(await lastEvent()).toMatchObject({ action: 'subscription.unmapped', subject: 'PLAN_hologram' });
    expect(await held('six')).toEqual(['Unknown (Zoom type 6)']);
    expect(await lastHistory('both')).toEqual([BUNDLE, 'TYPE_6']);
    expect((await license('LICENSED')).provisionedCount).toBe(house.sandbox.world.regular.plans.base.hosts);
    expect(await license('PLAN_hologram')).toMatchObject({ name: 'Unknown (Zoom plan hologram)', autoPopulated: true });
    expect(await list()).toEqual([
      [BUNDLE, 2, null],
      ['PLAN_hologram', 7, null],
      ['TYPE_6', 3, null],
    ]);
  });

  it('is refused where nothing was said', async () => {
    expect(refusals(await unmap('TYPE_6'))).toEqual(['NOT_FOUND identifier']);
  });

  it('is still possible when nobody holds it any more', async () => {
    done(await map({ identifier: BUNDLE, licenseName: 'Future Bundle' }));
    await house.database.sql`update users set zoom_one_type = null`;
    expect(await list()).toContainEqual([BUNDLE, 0, 'Future Bundle']);
    expect(refusals(await map({ identifier: BUNDLE, licenseName: 'Other' }))).toEqual(['NOT_FOUND identifier']);
    expect(done(await unmap(BUNDLE))).toMatchObject({ subscription: null, license: null });
    expect((await list()).map(([identifier]) => identifier)).not.toContain(BUNDLE);
  });
});

it('costs as many statements for many holders as for few', async () => {
  const rows = rowsIn(house.database);
  const account = (await house.database.db.query.accounts.findMany()).find(
    (row) => row.integrationId === integration.id,
  )!;
  const counts: number[] = [];
  for (const size of [5, 200]) {
    await rows.users(
      account,
      Array.from({ length: size }, () => ({ type: 'OTHER' as const, typeCode: 8 })),
    );
    const mapped = await statementsOf(house.database, () => map({ identifier: 'TYPE_8', licenseName: 'Eight' }));
    done(mapped.result);
    const told = await statementsOf(house.database, list);
    const unmapped = await statementsOf(house.database, () => unmap('TYPE_8'));
    counts.push(mapped.statements.length + told.statements.length + unmapped.statements.length);
  }
  expect(counts[1]).toBe(counts[0]);
});
