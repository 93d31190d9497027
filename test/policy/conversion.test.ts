import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, convertKnown, convertWhole } from '#src/policy/conversion.ts';
import { toUnits } from '#src/policy/savings.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const rateOf = (currency: string) => ({ USD: '0.92', GBP: '1.2' })[currency] ?? null;

describe('converting', () => {
  it.each([
    ['100.00', '0.92', '92.00'],
    ['0.0001', '0.5', '0.0001'],
    ['0.0001', '0.499999999999', '0.00'],
    ['-0.0001', '0.5', '-0.0001'],
    ['0.00', '0.92', '0.00'],
    ['9999999999999999.9999', '1', '9999999999999999.9999'],
    ['1.00', '0.000000000001', '0.00'],
    ['1000000000.00', '0.000000000001', '0.001'],
    ['1.00', '1000000000', '1000000000.00'],
    ['3.00', '0.333333333333', '1.00'],
  ])('%s at %s is %s', (amount, rate, expected) => {
    expect(convert(usd(amount), 'EUR', rate)).toEqual(eur(expected));
  });

  it.each(['', '-1', '1e3', '1,5', '.5', '1.', 'NaN', '0.1234567890123'])('takes no guess at the rate %j', (rate) => {
    expect(() => convert(usd('1.00'), 'EUR', rate)).toThrow(RangeError);
  });

  it('is the exact product, rounded once', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 18n), fc.bigInt(1n, 10n ** 21n), (units, scaled) => {
        const amount = `${units / 10_000n}.${(units % 10_000n).toString().padStart(4, '0')}`;
        const rate = `${scaled / 10n ** 12n}.${(scaled % 10n ** 12n).toString().padStart(12, '0')}`;
        const error = 2n * (toUnits(convert(usd(amount), 'EUR', rate).amount) * 10n ** 12n - units * scaled);
        expect(error <= 10n ** 12n && error > -(10n ** 12n)).toBe(true);
      }),
      { seed: 13 },
    );
  });

  it('leaves what has no rate in its own currency, and adds what has', () => {
    expect(convertKnown([usd('100.00'), eur('1.00'), { amount: '7.00', currency: 'JPY' }], 'EUR', rateOf)).toEqual([
      eur('93.00'),
      { amount: '7.00', currency: 'JPY' },
    ]);
    expect(convertKnown([], 'EUR', rateOf)).toEqual([]);
  });

  it('into one amount is all of it or nothing', () => {
    expect(convertWhole([usd('100.00'), eur('1.00')], 'EUR', rateOf)).toEqual(eur('93.00'));
    expect(convertWhole([usd('100.00'), { amount: '0.00', currency: 'JPY' }], 'EUR', rateOf)).toBeNull();
    expect(convertWhole([], 'EUR', rateOf)).toBeNull();
  });

  it('never turns a rate around', () => {
    expect(convertWhole([eur('92.00')], 'USD', rateOf)).toBeNull();
  });
});
