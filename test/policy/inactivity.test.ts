import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, inactiveBefore, inactiveDays, isInactive, LOGIN_LAG_DAYS } from '#src/policy/inactivity.ts';

const now = new Date('2026-03-31T09:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const seen = (lastActivityAt: Date | null, activeDate: Date | null = null) => ({ lastActivityAt, activeDate });
const instants = fc.date({ min: new Date('2015-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
const thresholds = fc.integer({ min: 1, max: 3650 });

describe('isInactive', () => {
  it.each([
    ['a millisecond before threshold and lag are over', 63 * DAY_MS - 1, false],
    ['the millisecond in which they are', 63 * DAY_MS, true],
    ['a millisecond later', 63 * DAY_MS + 1, true],
    ['after the threshold, within the lag', 60 * DAY_MS, false],
    ['now', 0, false],
    ['tomorrow, by a clock that is wrong', -DAY_MS, false],
  ])('60 days, last seen %s', (_, age, expected) => {
    expect(isInactive(seen(ago(age)), 60, now)).toBe(expected);
    // The never active are judged by when they were made, by the same measure.
    expect(isInactive(seen(null, ago(age)), 60, now)).toBe(expected);
  });

  it('is proven by nothing when nothing is known', () => {
    expect(isInactive(seen(null), 1, now)).toBe(false);
    expect(inactiveDays(seen(null), now)).toBeNull();
  });

  it('goes by activity, however long ago somebody was made', () => {
    expect(isInactive(seen(ago(DAY_MS), ago(900 * DAY_MS)), 60, now)).toBe(false);
  });

  it('says the same at the same instant, in whatever time zone the instant was written', () => {
    const lastSeen = ['2026-01-27T09:30:00Z', '2026-01-27T18:30:00+09:00', '2026-01-26T21:30:00-12:00'];
    for (const at of lastSeen) {
      expect(isInactive(seen(new Date(at)), 60, now)).toBe(true);
      expect(isInactive(seen(new Date(new Date(at).getTime() + 1)), 60, now)).toBe(false);
    }
  });

  it('knows no daylight saving: 63 days are 63 times 24 hours', () => {
    // Both ends of the European and the American change lie in between.
    const end = new Date('2026-04-10T00:30:00Z');
    expect(inactiveBefore(60, end).toISOString()).toBe('2026-02-06T00:30:00.000Z');
  });

  it('never calls anybody inactive before threshold and lag have passed, and always after', () => {
    fc.assert(
      fc.property(instants, instants, thresholds, (at, clock, threshold) => {
        const passed = clock.getTime() - at.getTime();
        expect(isInactive(seen(at), threshold, clock)).toBe(passed >= (threshold + LOGIN_LAG_DAYS) * DAY_MS);
      }),
      { seed: 7 },
    );
  });

  it('once inactive, stays so while nothing is seen', () => {
    fc.assert(
      fc.property(instants, thresholds, fc.nat(10 * 365 * DAY_MS), (at, threshold, more) => {
        const first = new Date(at.getTime() + (threshold + LOGIN_LAG_DAYS) * DAY_MS);
        expect(isInactive(seen(at), threshold, new Date(first.getTime() + more))).toBe(true);
      }),
      { seed: 7 },
    );
  });
});

describe('inactiveDays', () => {
  it.each([
    [0, 0],
    [DAY_MS - 1, 0],
    [DAY_MS, 1],
    [63 * DAY_MS - 1, 62],
    [63 * DAY_MS, 63],
    [-5 * DAY_MS, 0],
  ])('of %d ms are %d whole days, without the lag', (age, days) => {
    expect(inactiveDays(seen(ago(age)), now)).toBe(days);
    expect(inactiveDays(seen(null, ago(age)), now)).toBe(days);
  });

  it('agrees with isInactive: inactive for N means at least N and the lag', () => {
    fc.assert(
      fc.property(instants, instants, thresholds, (at, clock, threshold) => {
        const days = inactiveDays(seen(at), clock)!;
        expect(days).toBeGreaterThanOrEqual(0);
        expect(isInactive(seen(at), threshold, clock)).toBe(days >= threshold + LOGIN_LAG_DAYS);
      }),
      { seed: 7 },
    );
  });
});
