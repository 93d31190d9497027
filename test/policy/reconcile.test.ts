import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compliance } from '#src/policy/compliance.ts';
import { ownedSeats } from '#src/policy/owned.ts';
import { ENDS_SOON_DAYS, reconcileLicense, type HolderCounts, type LineFacts } from '#src/policy/reconcile.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const DAY = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const dayIn = (days: number) => ago(-days).toISOString().slice(0, 10);

const counts = (assigned: number, inactive: number, more: Partial<HolderCounts> = {}): HolderCounts => ({
  assigned,
  inactive,
  active: assigned - inactive,
  neverActive: 0,
  excluded: 0,
  excludedInactive: 0,
  holders: assigned,
  rooms: 0,
  bundled: 0,
  roomsOrBundled: 0,
  ...more,
});

const LICENSE: LineFacts['license'] = {
  category: 'BASE',
  userType: 'LICENSED',
  provisionedCount: 10,
  enteredCount: null,
  enteredUnlimited: null,
  planGoneAt: null,
};
const ACCOUNT: LineFacts['account'] = {
  isRosterComplete: true,
  rosterCompleteAt: ago(0.5),
  activityKnownFrom: ago(90),
  activityKnownUntil: ago(0.5),
  planUsageAt: ago(0.5),
};
const PRICE: LineFacts['price'] = {
  cost: '10.00',
  currency: 'EUR',
  paymentFrequency: 'MONTHLY',
  effectiveDate: null,
  expirationDate: null,
};
type Given = Partial<Omit<LineFacts, 'license' | 'account'>> & {
  license?: Partial<LineFacts['license']>;
  account?: Partial<LineFacts['account']>;
};
const facts = ({ license, account, ...given }: Given = {}): LineFacts => ({
  terms: [],
  price: PRICE,
  counts: counts(10, 0),
  activeSince: ago(63),
  readsActivity: true,
  isExcluded: false,
  zoom: null,
  ...given,
  license: { ...LICENSE, ...license },
  account: { ...ACCOUNT, ...account },
});
const say = (given?: Given) => {
  const { position, reasons, trueUpCost, unassignedCost, unusedCost } = reconcileLicense(facts(given), NOW);
  const codes = reasons.map(({ code, count }) => (count === null ? code : `${code} ${count}`));
  return [position, codes, trueUpCost, unassignedCost, unusedCost];
};
const TERM = { effectiveDate: '2026-01-01', expirationDate: null, quantity: 10, unlimited: false };

describe('reconcileLicense', () => {
  it.each<[string, Given, unknown[]]>([
    ['all used', {}, ['COMPLIANT', [], '0.00', '0.00', '0.00']],
    [
      'more assigned than owned',
      { counts: counts(12, 0) },
      ['OVER_ASSIGNED', ['OVER_ASSIGNED 2'], '240.00', '0.00', '0.00'],
    ],
    ['free seats', { counts: counts(7, 0) }, ['UNDER_USED', ['UNASSIGNED 3'], '0.00', '360.00', '0.00']],
    [
      'holders who do not use it',
      { counts: counts(10, 4, { neverActive: 1 }) },
      ['UNDER_USED', ['INACTIVE_HOLDERS 4', 'NEVER_ACTIVE_HOLDERS 1'], '0.00', '0.00', '480.00'],
    ],
    [
      'over-assigned and unused at once',
      { counts: counts(12, 5) },
      ['OVER_ASSIGNED', ['OVER_ASSIGNED 2', 'INACTIVE_HOLDERS 5'], '240.00', '0.00', '600.00'],
    ],
    [
      'none owned',
      { license: { provisionedCount: 0 }, counts: counts(2, 0) },
      ['OVER_ASSIGNED', ['OVER_ASSIGNED 2'], '240.00', '0.00', '0.00'],
    ],
    [
      'none owned, none assigned',
      { license: { provisionedCount: 0 }, counts: counts(0, 0) },
      ['COMPLIANT', [], '0.00', '0.00', '0.00'],
    ],
    [
      'nobody knows what is owned',
      { license: { provisionedCount: null }, counts: counts(10, 3) },
      ['UNKNOWN', ['OWNED_UNKNOWN', 'INACTIVE_HOLDERS 3'], null, null, '360.00'],
    ],
    [
      'unlimited',
      { terms: [{ ...TERM, quantity: null, unlimited: true }], counts: counts(10, 3) },
      ['COMPLIANT', [], null, null, null],
    ],
    [
      'a free type, which nobody buys',
      { license: { userType: 'BASIC', provisionedCount: null }, price: null, counts: counts(10, 3) },
      ['COMPLIANT', [], null, null, null],
    ],
    [
      'quantities of terms',
      { license: { provisionedCount: null }, terms: [TERM, { ...TERM, quantity: 5 }], counts: counts(14, 0) },
      ['UNDER_USED', ['UNASSIGNED 1'], '0.00', '120.00', '0.00'],
    ],
    [
      'no price',
      { price: null, counts: counts(12, 0) },
      ['OVER_ASSIGNED', ['OVER_ASSIGNED 2', 'NO_PRICE'], null, null, null],
    ],
    [
      'a price paid once that nobody can spread',
      { price: { ...PRICE, paymentFrequency: 'ONCE' }, counts: counts(9, 0) },
      ['UNDER_USED', ['UNASSIGNED 1', 'NO_PRICE'], null, null, null],
    ],
    [
      'an incomplete roster',
      { account: { isRosterComplete: false }, counts: counts(12, 3) },
      ['UNKNOWN', ['ROSTER_INCOMPLETE'], null, null, null],
    ],
    [
      'no roster ever',
      { account: { rosterCompleteAt: null }, counts: counts(0, 0) },
      ['UNKNOWN', ['ROSTER_INCOMPLETE'], null, null, null],
    ],
    [
      'an old roster',
      { account: { rosterCompleteAt: ago(2.01) }, counts: counts(12, 3) },
      ['UNKNOWN', ['DATA_OLD'], null, null, null],
    ],
    [
      'activity that is not known over the threshold, and nothing else to see',
      { account: { activityKnownFrom: ago(62) }, counts: counts(10, 3) },
      ['UNKNOWN', ['ACTIVITY_UNKNOWN 3'], '0.00', '0.00', null],
    ],
    [
      'activity that is not known, and free seats all the same',
      { account: { activityKnownFrom: null }, counts: counts(9, 3) },
      ['UNDER_USED', ['UNASSIGNED 1', 'ACTIVITY_UNKNOWN 3'], '0.00', '120.00', null],
    ],
    [
      'activity that is not known, though everybody was seen',
      { account: { activityKnownUntil: ago(3) } },
      ['COMPLIANT', [], '0.00', '0.00', null],
    ],
    [
      'activity that is not read',
      { readsActivity: false, counts: counts(10, 10) },
      ['UNKNOWN', ['ACTIVITY_UNKNOWN 10'], '0.00', '0.00', null],
    ],
    [
      'holders who are excluded from cost',
      { counts: counts(13, 4, { excluded: 2, excludedInactive: 1 }) },
      ['OVER_ASSIGNED', ['OVER_ASSIGNED 3', 'INACTIVE_HOLDERS 4', 'EXCLUDED_FROM_COST 2'], '120.00', '0.00', '360.00'],
    ],
    [
      'more excluded from cost than over-assigned',
      { counts: counts(11, 0, { excluded: 5 }) },
      ['OVER_ASSIGNED', ['OVER_ASSIGNED 1', 'EXCLUDED_FROM_COST 5'], '0.00', '0.00', '0.00'],
    ],
    [
      'a license that is excluded from cost',
      { isExcluded: true, price: null, counts: counts(8, 2, { excluded: 8, excludedInactive: 2 }) },
      ['UNDER_USED', ['UNASSIGNED 2', 'INACTIVE_HOLDERS 2', 'EXCLUDED_FROM_COST 8'], null, null, null],
    ],
    ['a plan that is gone', { license: { planGoneAt: ago(3) } }, ['COMPLIANT', ['PLAN_GONE'], '0.00', '0.00', '0.00']],
  ])('%s', (_, given, expected) => {
    expect(say(given)).toEqual(expected);
  });

  it("FT-75: tells where Zoom's billing counts others than the roster, with both figures", () => {
    const about = (zoom: LineFacts['zoom'], more: Partial<HolderCounts> = {}, license = {}) =>
      reconcileLicense(facts({ zoom, counts: counts(10, 0, more), license }), NOW);
    expect(about({ assigned: 8, pending: 2 })).toMatchObject({ zoomAssigned: 10, reasons: [] });
    expect(about(null)).toMatchObject({ zoomAssigned: null, reasons: [] });
    const { zoomAssigned, reasons } = about({ assigned: 6, pending: 1 });
    expect(zoomAssigned).toBe(7);
    expect(reasons).toEqual([
      {
        code: 'ZOOM_COUNTS_DIFFER',
        count: 3,
        message:
          "Zoom's billing counted 7 as assigned (1 of them invited) on 2026-06-01, and 10 hold it by the roster.",
      },
    ]);
    // Free users hold add-ons too, whether they are counted or not.
    expect(about({ assigned: 14, pending: 0 }, { holders: 14 }).reasons).toEqual([]);
    // Rooms and bundles may stand under plans of their own, but not those of add-ons.
    const elsewhere = { rooms: 2, bundled: 3, roomsOrBundled: 4 };
    const codes = (...args: Parameters<typeof about>) =>
      about(...args).reasons.map(({ code, count }) => `${code} ${count}`);
    expect(codes({ assigned: 10, pending: 0 }, elsewhere)).toEqual([]);
    for (const more of [2, 3, 4])
      expect(codes({ assigned: 10 - more, pending: 0 }, elsewhere)).toEqual([`ZOOM_COUNTS_ELSEWHERE ${more}`]);
    for (const assigned of [11, 9, 5])
      expect(codes({ assigned, pending: 0 }, elsewhere)).toEqual([`ZOOM_COUNTS_DIFFER ${Math.abs(10 - assigned)}`]);
    const addOn = { category: 'ADD_ON', userType: null } as const;
    expect(codes({ assigned: 8, pending: 0 }, elsewhere, addOn)).toEqual(['ZOOM_COUNTS_DIFFER 2']);
  });

  it('tells when what was bought has ended or ends, unless as much goes on', () => {
    const about = (...terms: Partial<typeof TERM | { expirationDate: string }>[]) =>
      reconcileLicense(facts({ terms: terms.map((term) => ({ ...TERM, ...term })) }), NOW).reasons.map(
        ({ code, count }) => `${code} ${count}`,
      );
    expect(about({})).toEqual([]);
    expect(about({ expirationDate: dayIn(-1) })).toEqual(['ENTITLEMENT_ENDED 1']);
    expect(about({ expirationDate: dayIn(0) })).toEqual(['ENTITLEMENT_ENDS_SOON 0']);
    expect(about({ expirationDate: dayIn(ENDS_SOON_DAYS) })).toEqual([`ENTITLEMENT_ENDS_SOON ${ENDS_SOON_DAYS}`]);
    expect(about({ expirationDate: dayIn(ENDS_SOON_DAYS + 1) })).toEqual([]);
    const ending = { expirationDate: dayIn(30) };
    expect(about(ending, { effectiveDate: dayIn(31) })).toEqual([]);
    expect(about(ending, { effectiveDate: dayIn(32) })).toEqual(['ENTITLEMENT_ENDS_SOON 30']);
    // Fewer go on than end.
    expect(about(ending, { quantity: 4 })).toEqual(['ENTITLEMENT_ENDS_SOON 30']);
    // One that is to begin says nothing of an end.
    expect(about({ effectiveDate: dayIn(5) })).toEqual([]);
  });

  const number = fc.nat({ max: 200 });
  const anyFacts = fc
    .record({
      owned: fc.option(number, { nil: null }),
      active: number,
      inactive: number,
      never: number,
      excluded: number,
      excludedInactive: number,
      isFresh: fc.boolean(),
      knowsUse: fc.boolean(),
      isUnlimited: fc.boolean(),
      isExcluded: fc.boolean(),
      price: fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: null }),
    })
    .map((any) => {
      const assigned = any.active + any.inactive;
      const excludedInactive = Math.min(any.excludedInactive, any.inactive);
      return facts({
        license: { provisionedCount: any.owned },
        terms: any.isUnlimited ? [{ ...TERM, quantity: null, unlimited: true }] : [],
        counts: counts(assigned, any.inactive, {
          neverActive: Math.min(any.never, any.inactive),
          excluded: Math.min(assigned, excludedInactive + Math.min(any.excluded, any.active)),
          excludedInactive,
        }),
        account: { isRosterComplete: any.isFresh, activityKnownFrom: any.knowsUse ? ago(100) : null },
        isExcluded: any.isExcluded,
        price:
          any.price === null ? null : { ...PRICE, cost: (any.price / 100).toFixed(2), paymentFrequency: 'ANNUALLY' },
      });
    });

  it('adds up, whatever the counts are', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const line = reconcileLicense(given, NOW);
        const count = (code: string) => line.reasons.find((reason) => reason.code === code)?.count ?? 0;
        const { assigned, inactive, excluded, excludedInactive } = given.counts;
        if (given.account.isRosterComplete && line.owned !== null) {
          expect(count('UNASSIGNED') - count('OVER_ASSIGNED')).toBe(line.owned - assigned);
          expect(count('UNASSIGNED') * count('OVER_ASSIGNED')).toBe(0);
        }
        expect(count('INACTIVE_HOLDERS') + count('ACTIVITY_UNKNOWN')).toBe(
          given.account.isRosterComplete && line.ownedSource !== 'UNLIMITED' ? inactive : 0,
        );
        // Costs are the counts times the price, to the cent.
        const cents = (amount: string | null) => (amount === null ? null : Math.round(Number(amount) * 100));
        const unit = cents(line.unitAnnualCost);
        const check = (cost: string | null, seats: number) => {
          if (cost === null) return;
          expect(cents(cost)).toBe(unit! * seats);
          expect(seats).toBeGreaterThanOrEqual(0);
        };
        check(line.trueUpCost, Math.max(0, count('OVER_ASSIGNED') - excluded));
        check(line.unassignedCost, count('UNASSIGNED'));
        check(line.unusedCost, inactive - excludedInactive);
        if (unit === null || !given.account.isRosterComplete) {
          expect([line.trueUpCost, line.unassignedCost, line.unusedCost]).toEqual([null, null, null]);
        }
      }),
      { seed: 11 },
    );
  });

  it('says what a license says of itself, or that nothing is known', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { position } = reconcileLicense(given, NOW);
        const owned = ownedSeats(given.license, given.terms, '2026-06-01');
        const live = compliance(owned, given.counts).position;
        const isProven = given.account.isRosterComplete && given.account.activityKnownFrom !== null;
        expect(isProven ? [live] : [live, 'UNKNOWN']).toContain(position);
      }),
      { seed: 12 },
    );
  });
});
