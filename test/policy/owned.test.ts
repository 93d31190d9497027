import { describe, expect, it } from 'vitest';
import { isInForce, ownedSeats } from '#src/policy/owned.ts';

const LICENSE = {
  category: 'BASE',
  userType: 'LICENSED',
  provisionedCount: null,
  enteredCount: null,
  enteredUnlimited: null,
} as const;
const TERM = { effectiveDate: '2026-01-01', expirationDate: '2026-12-31', quantity: 10, unlimited: false };
const TODAY = '2026-06-01';

describe('what is owned', () => {
  it.each([
    ['nothing known', LICENSE, [], { count: null, unlimited: false, source: 'UNKNOWN' }],
    ["Zoom's count", { ...LICENSE, provisionedCount: 5, enteredCount: 7 }, [TERM], { count: 5, source: 'ZOOM' }],
    ["Zoom's count of none", { ...LICENSE, provisionedCount: 0 }, [TERM], { count: 0, source: 'ZOOM' }],
    ['a number entered', { ...LICENSE, enteredCount: 7 }, [TERM], { count: 7, source: 'ENTERED' }],
    ['unlimited entered', { ...LICENSE, enteredUnlimited: true }, [TERM], { unlimited: true, source: 'ENTERED' }],
    ['terms in force', LICENSE, [TERM, { ...TERM, quantity: 4 }], { count: 14, source: 'ENTITLEMENT' }],
    ['an ended term', LICENSE, [{ ...TERM, expirationDate: '2026-05-31' }], { count: null, source: 'UNKNOWN' }],
    ['a term ahead', LICENSE, [{ ...TERM, effectiveDate: '2026-06-02' }], { count: null, source: 'UNKNOWN' }],
    ['a term without seats', LICENSE, [{ ...TERM, quantity: null }], { count: null, source: 'UNKNOWN' }],
    [
      'LX-14: one unlimited term among others',
      { ...LICENSE, provisionedCount: 5 },
      [TERM, { ...TERM, quantity: null, unlimited: true }],
      { count: null, unlimited: true, source: 'UNLIMITED' },
    ],
    ['a free type', { ...LICENSE, userType: 'BASIC', provisionedCount: 5 }, [], { count: null, unlimited: true }],
    [
      'a free type with a number entered',
      { ...LICENSE, userType: 'BASIC', enteredCount: 7 },
      [],
      { count: 7, unlimited: false, source: 'ENTERED' },
    ],
    ['an add-on of no type', { ...LICENSE, category: 'ADD_ON', userType: null }, [], { unlimited: false }],
  ] as const)('of %s', (_, license, terms, expected) => {
    expect(ownedSeats(license, terms, TODAY)).toMatchObject(expected);
  });

  it('counts a term on its first and its last day', () => {
    expect(['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map((day) => isInForce(TERM, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isInForce({ effectiveDate: null, expirationDate: null }, TODAY)).toBe(true);
  });
});
