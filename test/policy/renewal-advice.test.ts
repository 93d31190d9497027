import { describe, expect, it } from 'vitest';
import { renewalAdvice, type RenewalAdvice, type RenewalSeats } from '#src/policy/renewal-advice.ts';

const need = (low: number, expected: number, high: number) => ({ low, expected, high, weeks: 12, trendPerWeek: 0 });
const SEATS: RenewalSeats = {
  owned: 100,
  unlimited: false,
  earlier: 0,
  renewing: null,
  assigned: 90,
  active: 60,
  reserved: 0,
  need: need(55, 60, 70),
  price: {
    cost: '10',
    currency: 'USD',
    paymentFrequency: 'MONTHLY',
    effectiveDate: null,
    expirationDate: null,
  },
  isOverdue: false,
};

describe('a renewal', () => {
  it.each<[string, Partial<RenewalSeats>, Partial<RenewalAdvice>, RegExp]>([
    [
      'gives up what not even the high end needs, and what has to be taken back for it',
      {},
      { verdict: 'CUT', seats: 30, annualAmount: { amount: '3600.00', currency: 'USD' } },
      /^55 to 70 will be needed, most likely 60; 100 are owned\. Take 20 back first/,
    ],
    ['keeps a seat for every invitation', { reserved: 5 }, { verdict: 'CUT', seats: 25 }, /^60 to 75 will be needed/],
    [
      'never goes below who uses one today',
      { active: 85, need: need(30, 40, 50) },
      { verdict: 'CUT', seats: 15 },
      /85 use one today/,
    ],
    ['gives up no more than comes up', { renewing: 10 }, { verdict: 'CUT', seats: 10 }, /100 are owned\.$/],
    [
      'gives nothing up that an earlier one gave up',
      { earlier: -30 },
      { verdict: 'HOLD', seats: 0 },
      /70 will be owned after the renewal before/,
    ],
    [
      'is held when the high end needs all',
      { need: need(80, 90, 100) },
      { verdict: 'HOLD', seats: 0, annualAmount: null },
      /nothing that could be given up safely/,
    ],
    [
      'is held when only the high end is over',
      { need: need(90, 100, 110) },
      { verdict: 'HOLD', seats: 0 },
      /90 to 110/,
    ],
    [
      'buys what is expected',
      { need: need(100, 110, 125) },
      { verdict: 'BUY', seats: 10, annualAmount: { amount: '1200.00', currency: 'USD' } },
      /up to 25 more/,
    ],
    ['buys for invitations', { need: need(98, 98, 98), reserved: 4 }, { verdict: 'BUY', seats: 2 }, /most likely 102/],
    ['says that there is no price', { price: null }, { verdict: 'CUT', annualAmount: null }, /There is no price/],
    ['does not know what is owned', { owned: null }, { verdict: 'UNKNOWN', seats: 0 }, /not known how many/],
    ['does not know the need', { need: 'Use is known of 2 weeks.' }, { verdict: 'UNKNOWN' }, /^Use is known of 2/],
    ['of what has no limit is held', { owned: null, unlimited: true }, { verdict: 'HOLD' }, /as anybody likes/],
    ['that is overdue is told', { isOverdue: true }, { verdict: 'CUT' }, /The day is over/],
  ])('%s', (_, given, expected, reason) => {
    const advice = renewalAdvice({ ...SEATS, ...given });
    expect(advice).toMatchObject(expected);
    expect(advice.reason).toMatch(reason);
  });
});
