import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annualCost, type PaymentFrequency, type Price, totals } from '#src/policy/savings.ts';

const price = (cost: string | null, paymentFrequency: PaymentFrequency | null, more: Partial<Price> = {}): Price => ({
  cost,
  currency: 'EUR',
  paymentFrequency,
  effectiveDate: null,
  expirationDate: null,
  ...more,
});
const amount = (...args: Parameters<typeof annualCost>) => annualCost(...args)?.amount;

describe('annualCost', () => {
  it.each([
    ['MONTHLY', '13.99', '167.88'],
    ['QUARTERLY', '40.00', '160.00'],
    ['SEMI_ANNUALLY', '79.95', '159.90'],
    ['ANNUALLY', '159.90', '159.90'],
    ['EVERY_18_MONTHS', '100', '66.6667'],
    ['BIANNUALLY', '319.81', '159.905'],
    ['TRIENNIALLY', '100', '33.3333'],
  ] as const)('of one paid %s at %s is %s', (frequency, cost, expected) => {
    expect(annualCost(price(cost, frequency), 1)).toEqual({ amount: expected, currency: 'EUR' });
  });

  it.each([
    ['0.1', 3, '0.30'],
    ['0.0001', 1, '0.0001'],
    ['1.005', 1000, '1005.00'],
    ['9007199254740993.01', 1, '9007199254740993.01'],
    ['159.90', 100_000, '15990000.00'],
    ['12', 0, '0.00'],
    ['0', 5, '0.00'],
    ['-12.5', 2, '-25.00'],
    ['1.23456', 1, '1.2345'],
  ])('has no float errors: %s times %d is %s', (cost, count, expected) => {
    expect(amount(price(cost, 'ANNUALLY'), count)).toBe(expected);
  });

  it('rounds halves of the fourth place away from zero', () => {
    expect(amount(price('0.0001', 'BIANNUALLY'), 1)).toBe('0.0001');
    expect(amount(price('0.0003', 'BIANNUALLY'), 1)).toBe('0.0002');
    expect(amount(price('-0.0001', 'BIANNUALLY'), 1)).toBe('-0.0001');
    expect(amount(price('0.0001', 'TRIENNIALLY'), 1)).toBe('0.00');
  });

  it.each([
    // First and last day both count.
    ['2026-01-01', '2026-12-31', '100.00', '100.00'],
    ['2026-01-01', '2027-12-31', '100.00', '50.00'],
    ['2026-01-01', '2026-01-01', '1.00', '365.00'],
    ['2024-01-01', '2024-12-31', '366.00', '365.00'],
    ['2026-03-01', '2026-03-30', '10.00', '121.6667'],
  ])('spreads what was paid once from %s to %s: %s is %s a year', (effectiveDate, expirationDate, cost, expected) => {
    expect(amount(price(cost, 'ONCE', { effectiveDate, expirationDate }), 1)).toBe(expected);
  });

  it.each([
    ['nothing entered', null],
    ['no cost', price(null, 'ANNUALLY')],
    ['no currency', { ...price('1', 'ANNUALLY'), currency: null }],
    ['no frequency', price('1', null)],
    ['paid once without dates', price('1', 'ONCE')],
    ['paid once without an end', price('1', 'ONCE', { effectiveDate: '2026-01-01' })],
    ['paid once without a beginning', price('1', 'ONCE', { expirationDate: '2026-01-01' })],
    ['an end before the beginning', price('1', 'ONCE', { effectiveDate: '2026-02-01', expirationDate: '2026-01-01' })],
    ['a date that is none', price('1', 'ONCE', { effectiveDate: 'soon', expirationDate: '2026-01-01' })],
  ])('is unknown, not zero: %s', (_, given) => {
    expect(annualCost(given, 3)).toBeNull();
  });

  it.each(['', 'abc', '1e5', '1,50', ' 1', '1.', '.5', 'NaN'])('takes no guess at %j', (cost) => {
    expect(() => annualCost(price(cost, 'ANNUALLY'), 1)).toThrow(RangeError);
  });

  it('is the exact fraction, rounded once, for every frequency, price and count', () => {
    const months = {
      MONTHLY: 1n,
      QUARTERLY: 3n,
      SEMI_ANNUALLY: 6n,
      ANNUALLY: 12n,
      EVERY_18_MONTHS: 18n,
      BIANNUALLY: 24n,
      TRIENNIALLY: 36n,
    } as const;
    const frequencies = fc.constantFrom(...(Object.keys(months) as (keyof typeof months)[]));
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 16n }),
        fc.integer({ min: 0, max: 500_000 }),
        frequencies,
        (units, count, frequency) => {
          const cost = `${units / 10_000n}.${(units % 10_000n).toString().padStart(4, '0')}`;
          const [whole, fraction] = amount(price(cost, frequency), count)!.split('.') as [string, string];
          expect(fraction).toMatch(/^\d{2}(\d{0,1}[1-9])?$/);
          const answered = BigInt(whole) * 10_000n + BigInt(fraction.padEnd(4, '0'));
          // |answered - total * 12 / months| is at most one half.
          const error = 2n * (answered * months[frequency] - units * BigInt(count) * 12n);
          expect(error <= months[frequency] && error > -months[frequency]).toBe(true);
        },
      ),
      { seed: 7 },
    );
  });
});

describe('totals', () => {
  it('add up exactly, a currency each, and leave out what is not known', () => {
    expect(
      totals([
        { amount: '0.1', currency: 'USD' },
        { amount: '0.2', currency: 'USD' },
        null,
        { amount: '1234567890123456.7891', currency: 'EUR' },
        { amount: '0.0009', currency: 'EUR' },
      ]),
    ).toEqual([
      { amount: '1234567890123456.79', currency: 'EUR' },
      { amount: '0.30', currency: 'USD' },
    ]);
    expect(totals([null])).toEqual([]);
  });
});
