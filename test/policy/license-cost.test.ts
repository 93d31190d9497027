import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costLines, costOfLines } from '#src/policy/license-cost.ts';
import { toUnits, totals, type PaymentFrequency } from '#src/policy/savings.ts';
import type { Term } from '#src/policy/terms.ts';

const TODAY = '2026-03-01';
const LICENSE = {
  category: 'BASE',
  userType: 'LICENSED',
  provisionedCount: null,
  enteredCount: null,
  enteredUnlimited: null,
} as const;

let made = 0;
const term = (more: Partial<Term> = {}): Term => ({
  id: `ent_${String((made += 1)).padStart(6, '0')}`,
  effectiveDate: null,
  expirationDate: null,
  quantity: null,
  unlimited: false,
  cost: '10',
  currency: 'EUR',
  paymentFrequency: 'ANNUALLY',
  ...more,
});
const holders = (assigned: number, more: { excluded?: number; isExcluded?: boolean } = {}) => ({
  assigned,
  excluded: 0,
  isExcluded: false,
  ...more,
});
const seats = (...args: Parameters<typeof costLines>) => costLines(...args).map((line) => line.seats);
const cost = (...args: Parameters<typeof costLines>) =>
  costOfLines(costLines(...args)).map(({ amount, currency }) => `${amount} ${currency}`);
const owned = (provisionedCount: number) => ({ ...LICENSE, provisionedCount });

describe('what a license costs', () => {
  it.each([
    ['by one term, all that are owned', owned(10), [term()], holders(4), ['100.00 EUR']],
    ['by one term, who holds one where nobody knows how many', LICENSE, [term()], holders(4), ['40.00 EUR']],
    ['by one term, its own quantity', owned(10), [term({ quantity: 7 })], holders(4), ['70.00 EUR']],
    [
      'by each term, its quantity at its own price',
      owned(10),
      [term({ quantity: 7 }), term({ quantity: 3, cost: '5' })],
      holders(4),
      ['85.00 EUR'],
    ],
    [
      'by a term without a quantity, what the others leave',
      owned(10),
      [term({ quantity: 7 }), term({ cost: '5' })],
      holders(4),
      ['85.00 EUR'],
    ],
    [
      'by a term without a quantity, nothing where the others count all',
      owned(5),
      [term({ quantity: 7 }), term({ cost: '5' })],
      holders(4),
      ['70.00 EUR'],
    ],
    // What the terms count is not all where one of them does not say.
    [
      'by a term without a quantity, who holds one beyond the others where nobody knows how many',
      LICENSE,
      [term({ quantity: 7 }), term({ cost: '5' })],
      holders(9),
      ['80.00 EUR'],
    ],
    ['by an unlimited term, who holds one', owned(10), [term({ unlimited: true })], holders(4), ['40.00 EUR']],
    [
      'a currency each',
      owned(10),
      [term({ quantity: 7 }), term({ currency: 'USD' })],
      holders(4),
      ['70.00 EUR', '30.00 USD'],
    ],
    ['nothing where nothing was entered', owned(10), [], holders(4), []],
    ['nothing known without a price', owned(10), [term({ cost: null })], holders(4), []],
    ['what has a price', owned(10), [term({ cost: null, quantity: 4 }), term()], holders(4), ['60.00 EUR']],
    ['nothing where the license is out of cost', owned(10), [term()], holders(4, { isExcluded: true }), []],
    ['less the seats of who is out of cost', owned(10), [term()], holders(4, { excluded: 2 }), ['80.00 EUR']],
    ['a zero that is known', LICENSE, [term()], holders(0), ['0.00 EUR']],
  ] as const)('%s', (_, license, terms, counts, expected) => {
    expect(cost(license, terms, counts, TODAY)).toEqual(expected);
  });

  it('takes seats of those out of cost from the term that counts first, and never below none', () => {
    const terms = [
      term({ effectiveDate: '2025-01-01', quantity: 5 }),
      term({ effectiveDate: '2026-01-01', quantity: 2, cost: '1' }),
    ];
    expect(seats(owned(7), terms, holders(7, { excluded: 1 }), TODAY)).toEqual([1, 5]);
    expect(seats(owned(7), terms, holders(7, { excluded: 4 }), TODAY)).toEqual([0, 3]);
    expect(seats(owned(7), terms, holders(9, { excluded: 9 }), TODAY)).toEqual([0, 0]);
  });

  it('counts seats once where two terms do not say how many are theirs: by the one that began last', () => {
    const terms = [term({ effectiveDate: '2025-01-01' }), term({ effectiveDate: '2026-01-01', cost: '1' })];
    expect(cost(owned(10), terms, holders(4), TODAY)).toEqual(['10.00 EUR']);
  });

  it('lets the price of the last term stand in once it has ended, and of the first before it begins', () => {
    const [past, older] = [
      term({ expirationDate: '2026-02-28', quantity: 3 }),
      term({ expirationDate: '2025-02-28', cost: '1' }),
    ];
    // Its seats have ended with it.
    expect(cost(LICENSE, [past, older], holders(4), TODAY)).toEqual(['40.00 EUR']);
    expect(cost(owned(10), [past, older], holders(4), TODAY)).toEqual(['100.00 EUR']);
    expect(cost(LICENSE, [term({ effectiveDate: '2026-03-02', quantity: 3 })], holders(4), TODAY)).toEqual([
      '40.00 EUR',
    ]);
  });

  it.each([
    ['ANNUALLY', null, null, '100.00 EUR'],
    ['MONTHLY', null, null, '1200.00 EUR'],
    ['QUARTERLY', null, null, '400.00 EUR'],
    ['SEMI_ANNUALLY', null, null, '200.00 EUR'],
    ['EVERY_18_MONTHS', null, null, '66.6667 EUR'],
    ['BIANNUALLY', null, null, '50.00 EUR'],
    ['TRIENNIALLY', null, null, '33.3333 EUR'],
    ['ONCE', '2026-01-01', '2026-12-31', '100.00 EUR'],
    ['ONCE', '2026-01-01', '2028-12-31', '33.3029 EUR'],
    ['ONCE', '2026-02-01', '2026-03-01', '1258.6207 EUR'],
  ] as const)(
    'paid %s from %s to %s: ten seats at 10 are %s',
    (paymentFrequency, effectiveDate, expirationDate, expected) => {
      expect(cost(owned(10), [term({ paymentFrequency, effectiveDate, expirationDate })], holders(4), TODAY)).toEqual([
        expected,
      ]);
    },
  );
});

describe('sums', () => {
  const money = fc.record({
    cost: fc
      .integer({ min: 0, max: 10 ** 9 })
      .map((units) => `${Math.floor(units / 10_000)}.${String(units % 10_000).padStart(4, '0')}`),
    currency: fc.constantFrom('EUR', 'USD', 'JPY'),
    paymentFrequency: fc.constantFrom<PaymentFrequency>('MONTHLY', 'EVERY_18_MONTHS', 'TRIENNIALLY', 'ONCE'),
    quantity: fc.option(fc.integer({ min: 1, max: 1000 })),
    effectiveDate: fc.constantFrom('2025-01-01', '2026-02-11', '2026-04-01'),
    expirationDate: fc.constantFrom('2026-02-28', '2026-03-01', '2028-02-29'),
  });
  const licenses = fc.array(
    fc.record({
      terms: fc.array(
        money
          .filter(({ effectiveDate, expirationDate }) => effectiveDate <= expirationDate)
          .map((given) => term(given)),
        { maxLength: 4 },
      ),
      provisionedCount: fc.option(fc.integer({ min: 0, max: 2000 })),
      assigned: fc.integer({ min: 0, max: 2000 }),
      excluded: fc.integer({ min: 0, max: 50 }),
    }),
    { maxLength: 12 },
  );

  it('of parts are the whole, in each currency, to the last place', () => {
    fc.assert(
      fc.property(licenses, (all) => {
        const lines = all.map(({ terms, provisionedCount, assigned, excluded }) =>
          costLines(
            { ...LICENSE, provisionedCount },
            terms,
            holders(assigned, { excluded: Math.min(excluded, assigned) }),
            TODAY,
          ),
        );
        const ofLicenses = totals(lines.flatMap((some) => costOfLines(some)));
        const ofLines = costOfLines(lines.flat());
        expect(ofLicenses).toEqual(ofLines);
        for (const currency of ['EUR', 'USD', 'JPY']) {
          const only = lines.map((some) => some.filter(({ term: { currency: own } }) => own === currency));
          const sum = only.reduce((units, some) => units + toUnits(costOfLines(some)[0]?.amount ?? '0'), 0n);
          expect(toUnits(ofLines.find((amount) => amount.currency === currency)?.amount ?? '0')).toBe(sum);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('count no seat twice, and none of who is out of cost', () => {
    fc.assert(
      fc.property(licenses, (all) => {
        for (const { terms, provisionedCount, assigned, excluded } of all) {
          const license = { ...LICENSE, provisionedCount };
          const out = Math.min(excluded, assigned);
          const whole = seats(license, terms, holders(assigned), TODAY).reduce((sum, one) => sum + one, 0);
          const rest = seats(license, terms, holders(assigned, { excluded: out }), TODAY).reduce(
            (sum, one) => sum + one,
            0,
          );
          expect(rest).toBe(Math.max(0, whole - out));
          const inForce = terms.filter((one) => one.effectiveDate! <= TODAY && one.expirationDate! >= TODAY);
          const bought = inForce.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
          const isCounted = inForce.length > 0 && inForce.every(({ quantity }) => quantity !== null);
          const expected = isCounted ? bought : Math.max(bought, provisionedCount ?? assigned);
          expect(whole).toBe(terms.length === 0 ? 0 : expected);
        }
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});
