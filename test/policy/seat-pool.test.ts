import { describe, expect, it } from 'vitest';
import type { EntitlementRow, LicenseRow } from '#src/db/tables/rows.ts';
import { pooledSeats, rosterProblem, type PoolAccount } from '#src/policy/seat-pool.ts';

const NOW = new Date('2026-03-10T12:00:00.000Z');
const ACCOUNT: PoolAccount = {
  id: 'acc_1',
  name: 'Branch',
  tier: 'SUB',
  plan: 'Business',
  seats: 8,
  isRosterComplete: true,
  rosterCompleteAt: new Date('2026-03-09T00:00:00.000Z'),
  rosterProblem: null,
};
const LICENSE = {
  id: 'lic_1',
  uniqueId: 'LICENSED',
  name: 'Licensed',
  category: 'BASE',
  userType: 'LICENSED',
  plan: null,
  provisionedCount: null,
  enteredCount: null,
  enteredUnlimited: null,
} as LicenseRow;
const TERM = {
  effectiveDate: '2026-01-01',
  expirationDate: '2026-12-31',
  quantity: 6,
  unlimited: false,
} as EntitlementRow;

describe('the seats of an account', () => {
  it.each<[string, Partial<LicenseRow>, Partial<PoolAccount>, EntitlementRow[], object]>([
    ['its subscription', {}, {}, [], { owned: 8, free: 3, overAssigned: 0, source: 'SUBSCRIPTION' }],
    ['terms before its subscription', {}, {}, [TERM], { owned: 6, free: 1, source: 'ENTITLEMENT' }],
    ['Zoom before all', { provisionedCount: 4 }, {}, [TERM], { owned: 4, free: 0, overAssigned: 1, source: 'ZOOM' }],
    [
      'nobody, of an add-on',
      { uniqueId: 'WEBINAR', category: 'ADD_ON' },
      {},
      [],
      { owned: null, free: null, source: 'UNKNOWN' },
    ],
    ['nobody, of an account that is no sub account', {}, { tier: 'REGULAR' }, [], { owned: null, source: 'UNKNOWN' }],
    ['nobody, where Zoom tells no seats', {}, { seats: null }, [], { owned: null, overAssigned: null }],
    ['no limit', {}, {}, [{ ...TERM, quantity: null, unlimited: true }], { owned: null, unlimited: true, free: null }],
    ['the plan of the license before the account', { plan: 'pro_monthly' }, {}, [], { planFamily: 'pro' }],
    ['the plan of the account', {}, {}, [], { planFamily: 'business' }],
  ])('are those of %s', (_, license, account, terms, expected) => {
    const holders = { assigned: 5, invited: 1 };
    expect(pooledSeats({ ...LICENSE, ...license }, { ...ACCOUNT, ...account }, holders, terms, NOW)).toMatchObject({
      ...holders,
      ...expected,
    });
  });

  it.each<[string, Partial<PoolAccount>, string | null]>([
    ['whole and fresh', {}, null],
    ['two days old', { rosterCompleteAt: new Date('2026-03-08T12:00:00.000Z') }, null],
    [
      'older',
      { rosterCompleteAt: new Date('2026-03-08T11:59:59.000Z') },
      'The roster of Branch is of 2026-03-08. Sync, and ask again.',
    ],
    ['never read', { rosterCompleteAt: null }, 'The roster of Branch was never read whole.'],
    ['not whole', { isRosterComplete: false }, 'The latest roster of Branch did not arrive whole.'],
    [
      'not whole, and why',
      { isRosterComplete: false, rosterProblem: 'Zoom was not there.' },
      'The latest roster of Branch did not arrive whole: Zoom was not there.',
    ],
  ])('are sure by a roster that is %s', (_, account, problem) => {
    expect(rosterProblem({ ...ACCOUNT, ...account }, NOW)).toBe(problem);
  });
});
