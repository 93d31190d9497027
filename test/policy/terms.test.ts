import { describe, expect, it } from 'vitest';
import { countingTerm, inCountingOrder, termIssues, termStatus, type Term } from '#src/policy/terms.ts';

const TODAY = '2026-03-01';

let made = 0;
const term = (effectiveDate: string | null, expirationDate: string | null, more: Partial<Term> = {}): Term => ({
  id: `ent_${String((made += 1)).padStart(3, '0')}`,
  effectiveDate,
  expirationDate,
  quantity: null,
  unlimited: false,
  cost: '12',
  currency: 'EUR',
  paymentFrequency: 'ANNUALLY',
  ...more,
});
const issues = (...terms: Term[]) =>
  termIssues(terms, TODAY).map(({ code, from, to }) => `${code} ${from ?? '…'} ${to ?? '…'}`);

describe('the status of a term', () => {
  it.each([
    [null, null, 'IN_FORCE'],
    ['2026-03-01', '2026-03-01', 'IN_FORCE'],
    ['2026-03-02', null, 'AHEAD'],
    [null, '2026-02-28', 'ENDED'],
    ['2026-01-01', '2026-02-28', 'ENDED'],
    ['2026-03-02', '2026-03-02', 'AHEAD'],
  ] as const)('from %s to %s is %s', (from, to, status) => {
    expect(termStatus(term(from, to), TODAY)).toBe(status);
  });

  it('on a leap day is that of any other day', () => {
    expect(termStatus(term('2028-02-29', '2028-02-29'), '2028-02-29')).toBe('IN_FORCE');
    expect(termStatus(term('2028-02-01', '2028-02-28'), '2028-02-29')).toBe('ENDED');
    expect(termStatus(term('2028-03-01', null), '2028-02-29')).toBe('AHEAD');
  });
});

describe('the term that counts', () => {
  it('is the one in force that began last, then the one that ended last, then the next one', () => {
    const terms = {
      inForceLate: term('2026-02-01', null),
      inForceEarly: term('2025-01-01', '2026-03-01'),
      inForceEver: term(null, null),
      endedLate: term('2020-01-01', '2026-01-01'),
      endedEarly: term('2024-01-01', '2025-01-01'),
      aheadSoon: term('2026-04-01', null),
      aheadLater: term('2027-04-01', null),
    };
    const order = Object.values(terms);
    expect(inCountingOrder([...order].reverse(), TODAY)).toEqual(order);
    expect(countingTerm([terms.endedEarly, terms.aheadSoon], TODAY)).toBe(terms.endedEarly);
    expect(countingTerm([], TODAY)).toBeNull();
  });

  it('is the one entered last where all else is the same', () => {
    const [first, second] = [term('2026-01-01', null), term('2026-01-01', null)];
    expect(countingTerm([first, second], TODAY)).toBe(second);
    expect(countingTerm([second, first], TODAY)).toBe(second);
  });
});

describe('what is wrong with terms', () => {
  it('is nothing where they follow each other to the day', () => {
    expect(issues()).toEqual([]);
    expect(issues(term(null, null))).toEqual([]);
    expect(issues(term('2025-01-01', '2025-12-31'), term('2026-01-01', null))).toEqual([]);
    // Through a leap day.
    expect(issues(term('2023-03-01', '2024-02-29'), term('2024-03-01', null))).toEqual([]);
  });

  it('is an overlap, for the days of both, where quantities do not tell them apart', () => {
    expect(issues(term('2025-01-01', '2026-03-31'), term('2026-02-01', null))).toEqual([
      'OVERLAP 2026-02-01 2026-03-31',
    ]);
    expect(issues(term(null, null), term(null, '2026-12-31'))).toEqual(['OVERLAP … 2026-12-31']);
    expect(issues(term('2026-01-01', '2026-03-01'), term('2026-03-01', '2026-12-31'))).toEqual([
      'OVERLAP 2026-03-01 2026-03-01',
    ]);
    expect(issues(term(null, null, { unlimited: true }), term(null, null))).toEqual(['OVERLAP … …']);
    // Each of three with each.
    expect(issues(term(null, null), term(null, null), term(null, null))).toHaveLength(3);
  });

  it('is no overlap where a quantity tells them apart, unless the currencies differ', () => {
    expect(issues(term(null, null, { quantity: 5 }), term(null, null))).toEqual([]);
    expect(issues(term(null, null, { quantity: 5 }), term(null, null, { quantity: 5 }))).toEqual([]);
    expect(issues(term(null, null, { quantity: 5 }), term(null, null, { quantity: 5, currency: 'USD' }))).toEqual([
      'OVERLAP … …',
    ]);
    // One after the other may be of any currency.
    expect(issues(term(null, '2025-12-31'), term('2026-01-01', null, { currency: 'USD' }))).toEqual([]);
  });

  it('is a gap of the days between, said to be now where it is', () => {
    expect(issues(term('2024-01-01', '2024-02-28'), term('2024-03-01', null))).toEqual(['GAP 2024-02-29 2024-02-29']);
    const now = termIssues([term('2025-01-01', '2025-12-31'), term('2026-04-01', null)], TODAY);
    expect(now).toMatchObject([{ code: 'GAP', from: '2026-01-01', to: '2026-03-31' }]);
    expect(now[0]?.message).toContain('the price of the term that ended last stands in');
  });

  it('is no gap where a longer term reaches over it', () => {
    const quantity = 1;
    expect(
      issues(
        term('2024-01-01', '2027-12-31', { quantity }),
        term('2024-02-01', '2024-03-01', { quantity }),
        term('2026-01-01', '2026-12-31', { quantity }),
      ),
    ).toEqual([]);
  });

  it('is that the last one ended, or the first one has not begun', () => {
    expect(issues(term('2025-01-01', '2026-02-28'))).toEqual(['ENDED 2026-03-01 …']);
    expect(issues(term('2024-01-01', '2024-12-31'), term('2025-01-01', '2025-12-31'))).toEqual(['ENDED 2026-01-01 …']);
    expect(issues(term('2026-03-02', null))).toEqual(['NOT_BEGUN … 2026-03-01']);
  });

  it('is a price that is missing, or paid once for nobody knows how long', () => {
    expect(issues(term('2026-01-01', null, { cost: null }))).toEqual(['NO_PRICE 2026-01-01 …']);
    expect(issues(term('2026-01-01', null, { paymentFrequency: 'ONCE' }))).toEqual(['ONCE_WITHOUT_DATES 2026-01-01 …']);
    expect(issues(term('2026-01-01', '2026-12-31', { paymentFrequency: 'ONCE' }))).toEqual([]);
  });

  it('names the terms, and comes in the order of days', () => {
    const [old, next] = [term('2024-01-01', '2024-12-31', { cost: null }), term('2025-02-01', '2025-12-31')];
    expect(termIssues([next, old], TODAY).map(({ code, termIds }) => [code, termIds])).toEqual([
      ['NO_PRICE', [old.id]],
      ['GAP', [old.id, next.id]],
      ['ENDED', [next.id]],
    ]);
  });
});
