import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEntitlement } from '#src/actions/set-entitlement.ts';
import { auditEventsPage } from '#src/datasources/store/audit.ts';
import { entitlementsByLicenseIds } from '#src/datasources/store/entitlements.ts';
import type { SetEntitlementInput } from '#src/schema.generated.ts';
import { ADA, done, draft, refusals } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let integrationId: string;

beforeAll(async () => {
  house = await openHouse({ users: 0 });
  integrationId = (await draft(house)).id;
  await house.database.sql`insert into licenses (id, integration_id, account_id, unique_id, name, category)
    values ('lic_1', ${integrationId}, 'acc', 'LICENSED', 'Licensed', 'BASE')`;
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
