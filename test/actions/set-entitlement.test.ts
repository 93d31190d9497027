import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEntitlement } from '#src/actions/add-entitlement.ts';
import { removeEntitlement } from '#src/actions/remove-entitlement.ts';
import { setEntitlement } from '#src/actions/set-entitlement.ts';
import { auditEventsPage } from '#src/datasources/store/audit.ts';
import { entitlementsByLicenseIds, termsByLicenseIds } from '#src/datasources/store/entitlements.ts';
import type { AddEntitlementInput, SetEntitlementInput } from '#src/schema.generated.ts';
import { ADA, done, draft, refusals } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let integrationId: string;

beforeAll(async () => {
  house = await openHouse({ users: 0 });
  integrationId = (await draft(house)).id;
  await house.database.sql`insert into licenses (id, integration_id, account_id, unique_id, name, category)
    values ('lic_1', ${integrationId}, 'acc', 'LICENSED', 'Licensed', 'BASE'),
      ('lic_2', ${integrationId}, 'acc', 'WEBINAR_500', 'Webinar', 'ADD_ON')`;
});
afterAll(() => house.close());

const set = (input: Omit<SetEntitlementInput, 'licenseId'>) =>
  setEntitlement(house.deps, ADA, { licenseId: 'lic_1', ...input });
const entered = async () =>
  (await entitlementsByLicenseIds(house.database.sql, ['lic_1', 'lic_none'], house.deps.now()))[0];

const FULL: Omit<SetEntitlementInput, 'licenseId'> = {
  effectiveDate: '2026-01-01',
  expirationDate: '2026-12-31',
  cost: '149.9',
  currency: 'EUR',
  paymentFrequency: 'ANNUALLY',
  purchaseIdentifier: ' PO-1 ',
};

describe('an entitlement', () => {
  it('is entered exactly, changed as a whole, and taken away by nothing', async () => {
    expect(done(await set(FULL)).license).toMatchObject({ id: 'lic_1', uniqueId: 'LICENSED' });
    expect(await entered()).toMatchObject({
      ...FULL,
      cost: '149.9000',
      purchaseIdentifier: 'PO-1',
      updatedBy: ADA.sub,
      integrationId,
    });

    done(await set({ cost: '0', currency: 'USD', paymentFrequency: 'MONTHLY' }));
    expect(await entered()).toMatchObject({
      cost: '0.0000',
      currency: 'USD',
      effectiveDate: null,
      purchaseIdentifier: null,
    });

    done(await set({}));
    expect(await entered()).toBeNull();
    const events = await auditEventsPage(house.database.sql, { integrationId, first: 3, after: null });
    expect(events.slice(0, 3).map(({ action }) => action)).toEqual([
      'entitlement.set',
      'entitlement.set',
      'entitlement.set',
    ]);
    expect(events[1]?.details).toMatchObject({ from: { cost: '149.9000' }, to: { cost: '0' } });
  });

  it.each<[Omit<SetEntitlementInput, 'licenseId'>, string[]]>([
    [{ cost: '10' }, ['INVALID currency', 'INVALID paymentFrequency']],
    [{ ...FULL, cost: '-1' }, ['INVALID cost']],
    [{ ...FULL, cost: '1e3' }, ['INVALID cost']],
    [{ ...FULL, cost: '1.23456' }, ['INVALID cost']],
    [{ ...FULL, cost: '12345678901' }, ['INVALID cost']],
    [{ ...FULL, currency: 'EURO' }, ['INVALID currency']],
    [{ ...FULL, currency: 'ZZZ' }, ['INVALID currency']],
    [{ ...FULL, expirationDate: '2025-12-31' }, ['INVALID expirationDate']],
    [{ ...FULL, effectiveDate: '2026-02-30' }, ['INVALID effectiveDate']],
    [{ ...FULL, effectiveDate: 'soon' }, ['INVALID effectiveDate']],
    [{ ...FULL, effectiveDate: '0001-01-01' }, ['INVALID effectiveDate']],
    [{ ...FULL, effectiveDate: '2010-12-31' }, ['INVALID effectiveDate']],
    [{ ...FULL, expirationDate: '9999-12-31' }, ['INVALID expirationDate']],
    [{ ...FULL, expirationDate: '2100-01-01' }, ['INVALID expirationDate']],
    [{ ...FULL, effectiveDate: '2027-02-29' }, ['INVALID effectiveDate']],
    [{ ...FULL, quantity: 0 }, ['INVALID quantity']],
    [{ ...FULL, quantity: -5 }, ['INVALID quantity']],
    [{ ...FULL, quantity: 10_000_001 }, ['INVALID quantity']],
    [{ ...FULL, quantity: 1.5 }, ['INVALID quantity']],
    [{ ...FULL, quantity: 5, unlimited: true }, ['INVALID quantity']],
    [{ ...FULL, currency: 'eur' }, ['INVALID currency']],
    [{ ...FULL, currency: 'DEM' }, ['INVALID currency']],
    [{ ...FULL, entitlementId: 'ent_none' }, ['NOT_FOUND entitlementId']],
    [{ ...FULL, purchaseIdentifier: '' }, ['INVALID purchaseIdentifier']],
  ])('is refused with %j', async (input, expected) => {
    const before = await entered();
    expect(refusals(await set(input))).toEqual(expected);
    expect(await entered()).toEqual(before);
  });

  it('may last a single day, cost a fraction, and be without a price', async () => {
    done(await set({ ...FULL, expirationDate: '2026-01-01', cost: '9999999999.9999' }));
    expect(await entered()).toMatchObject({ cost: '9999999999.9999' });
    done(await set({ currency: 'EUR', effectiveDate: '2028-02-29' }));
    expect(await entered()).toMatchObject({ cost: null, effectiveDate: '2028-02-29' });
  });

  it('of a license that does not exist', async () => {
    expect(refusals(await setEntitlement(house.deps, ADA, { licenseId: 'lic_none', ...FULL }))).toEqual([
      'NOT_FOUND licenseId',
    ]);
  });
});

describe('terms of a license', () => {
  const terms = async () => (await termsByLicenseIds(house.database.sql, ['lic_2']))[0]!;
  const add = (input: Omit<AddEntitlementInput, 'licenseId'>) =>
    addEntitlement(house.deps, ADA, { licenseId: 'lic_2', ...input });
  const remove = (entitlementId: string, licenseId = 'lic_2') =>
    removeEntitlement(house.deps, ADA, { licenseId, entitlementId });

  it('are added, changed by id, and removed, each in the audit trail', async () => {
    const { entitlement: first } = done(await add({ ...FULL, quantity: 10 }));
    const { entitlement: second } = done(await add({ effectiveDate: '2027-01-01', unlimited: true }));
    expect(await terms()).toMatchObject([
      { id: first.id, quantity: 10, unlimited: false, cost: '149.9000' },
      { id: second.id, quantity: null, unlimited: true, cost: null },
    ]);

    // The one that is named, not the one that counts; what is left out is cleared.
    const changed = await setEntitlement(house.deps, ADA, {
      licenseId: 'lic_2',
      entitlementId: second.id,
      quantity: 4,
    });
    expect(done(changed).entitlement).toMatchObject({ id: second.id, quantity: 4 });
    expect(await terms()).toMatchObject([
      { id: second.id, quantity: 4, unlimited: false, effectiveDate: null },
      { id: first.id, quantity: 10 },
    ]);

    expect(done(await remove(second.id))).toMatchObject({ entitlementId: second.id, license: { id: 'lic_2' } });
    expect(await terms()).toMatchObject([{ id: first.id }]);
    const nothing = await setEntitlement(house.deps, ADA, { licenseId: 'lic_2', entitlementId: first.id });
    expect(done(nothing).entitlement).toBeNull();
    expect(await terms()).toEqual([]);

    const events = await auditEventsPage(house.database.sql, { integrationId, first: 4, after: null });
    expect(events.map(({ action, subject, details }) => [action, subject, details['entitlementId']])).toEqual([
      ['entitlement.set', 'lic_2', first.id],
      ['entitlement.removed', 'lic_2', second.id],
      ['entitlement.set', 'lic_2', second.id],
      ['entitlement.added', 'lic_2', second.id],
      ['entitlement.added', 'lic_2', first.id],
    ]);
    expect(events[1]?.details).toMatchObject({ from: { quantity: 4 } });
  });

  it('are not removed, or changed, through another license', async () => {
    const { entitlement } = done(await add({ quantity: 3 }));
    expect(refusals(await remove(entitlement.id, 'lic_1'))).toEqual(['NOT_FOUND entitlementId']);
    expect(refusals(await remove(entitlement.id, 'lic_none'))).toEqual(['NOT_FOUND licenseId']);
    expect(refusals(await set({ entitlementId: entitlement.id, quantity: 5 }))).toEqual(['NOT_FOUND entitlementId']);
    expect(await terms()).toMatchObject([{ id: entitlement.id, quantity: 3 }]);
    done(await remove(entitlement.id));
    expect(refusals(await remove(entitlement.id))).toEqual(['NOT_FOUND entitlementId']);
  });

  it('say something, and are at most a hundred', async () => {
    expect(refusals(await add({}))).toEqual(['INVALID']);
    expect(refusals(await add({ unlimited: false }))).toEqual(['INVALID']);
    expect(refusals(await addEntitlement(house.deps, ADA, { licenseId: 'lic_none', quantity: 1 }))).toEqual([
      'NOT_FOUND licenseId',
    ]);
    expect(await terms()).toEqual([]);
    await house.database.sql`insert into entitlements (id, license_id, integration_id, quantity, updated_by)
      select 'ent_' || n, 'lic_2', ${integrationId}, 1, 'test' from generate_series(1, 100) n`;
    expect(refusals(await add({ quantity: 1 }))).toEqual(['INVALID licenseId']);
    expect(await terms()).toHaveLength(100);
  });
});
