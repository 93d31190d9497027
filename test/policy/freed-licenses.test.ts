import { describe, expect, it } from 'vitest';
import type { EntitlementRow } from '#src/db/tables/rows.ts';
import { freedLicenses, priceThen } from '#src/policy/freed-licenses.ts';

const IMAGE = {
  readAt: '2026-01-05T00:00:00.000Z',
  status: 'active',
  typeCode: 2,
  zoomOneType: null,
  planUnitedType: null,
  roleId: '2',
  groupIds: [],
  features: { webinar: true, webinar_capacity: 500, large_meeting: false },
};
const TAKEN = { uniqueId: 'LICENSED', before: IMAGE, heldBefore: null, heldAfter: null };

describe('what taking a license back frees', () => {
  it.each([
    ['by the before-image, with its add-ons', TAKEN, ['LICENSED', 'WEBINAR_500']],
    [
      'by the history, which knows better',
      { ...TAKEN, heldBefore: ['LICENSED', 'WEBINAR_100', 'BUNDLE_99'], heldAfter: ['BASIC', 'BUNDLE_99'] },
      ['LICENSED', 'WEBINAR_100'],
    ],
    [
      'of a deactivated user: every one',
      { ...TAKEN, heldBefore: ['LARGE_MEETING', 'LICENSED'], heldAfter: [] },
      ['LARGE_MEETING', 'LICENSED'],
    ],
    ['of a free user: no seat', { ...TAKEN, uniqueId: 'WEBINAR', heldBefore: ['BASIC', 'WEBINAR'] }, ['WEBINAR']],
    ['at least what was to be taken', { ...TAKEN, before: null }, ['LICENSED']],
    ['without a license that is still known', { ...TAKEN, uniqueId: null, before: null }, []],
  ])('%s', (_, taken, expected) => {
    expect(freedLicenses(taken)).toEqual(expected);
  });
});

describe('the price of a freed seat', () => {
  const FREED_AT = new Date('2026-03-10T12:00:00.000Z');
  const term = (given: Partial<EntitlementRow>): EntitlementRow => ({
    id: 'ent_1',
    licenseId: 'lic_1',
    integrationId: 'int_1',
    effectiveDate: '2026-01-01',
    expirationDate: '2026-12-31',
    quantity: 10,
    unlimited: false,
    cost: '120.0000',
    currency: 'EUR',
    paymentFrequency: 'ANNUALLY',
    purchaseIdentifier: null,
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
    updatedAt: new Date('2026-01-01T00:00:00.000Z'),
    updatedBy: 'test',
    ...given,
  });
  const EUR = (amount: string) => ({ amount, currency: 'EUR' });
  const later = new Date('2026-03-11T00:00:00.000Z');

  it.each<[string, EntitlementRow[], string | null, string | null, RegExp | null]>([
    ['is that of the term in force', [term({})], null, '120.00', null],
    [
      'is that of the term that began last',
      [term({ id: 'ent_2', effectiveDate: '2026-03-01', cost: '10.0050', paymentFrequency: 'MONTHLY' }), term({})],
      '1.00',
      '120.06',
      null,
    ],
    [
      'is that of the term that ended last, while none is in force',
      [term({ expirationDate: '2026-03-09' })],
      null,
      '120.00',
      null,
    ],
    ['is not one that was entered later', [term({ createdAt: later, updatedAt: later })], null, null, /No price: none/],
    ['is what was said when the price changed since', [term({ updatedAt: later })], '99.00', '99.00', /what was said/],
    ['is the corrected one where nothing was said', [term({ updatedAt: later })], null, '120.00', null],
    ['is what was said where the term is gone', [], '99.00', '99.00', /what was said/],
    ['is none where none was entered', [], null, null, /nobody entered/],
  ])('%s', (_, terms, kept, amount, note) => {
    const price = priceThen(terms, FREED_AT, kept === null ? null : EUR(kept));
    expect(price.amount).toEqual(amount === null ? null : EUR(amount));
    if (note === null) expect(price.note).toBeNull();
    else expect(price.note).toMatch(note);
  });
});
