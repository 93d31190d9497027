import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seatBand, type SeatBand, type WeekPoint } from '#src/policy/seat-need.ts';

/** Monday of the week `back` weeks before the one of 2026-06-01. */
const monday = (back: number) => new Date(Date.UTC(2026, 5, 1) - back * 7 * 86_400_000).toISOString().slice(0, 10);
const TODAY = '2026-06-03';
/** Weeks up to this one, the oldest first; null is a gap. */
const weeks = (...active: (number | null)[]): WeekPoint[] =>
  active.flatMap((count, index) =>
    count === null ? [] : [{ week: monday(active.length - 1 - index), active: count }],
  );
const band = (points: WeekPoint[], weeksAhead = 4, level: number | null = null) =>
  seatBand(points, { today: TODAY, day: monday(-weeksAhead), level });

describe('the need of seats', () => {
  it.each<[string, WeekPoint[], Partial<SeatBand>]>([
    ['flat', weeks(50, 50, 50, 50, 50, 50), { low: 50, expected: 50, high: 50, weeks: 6, trendPerWeek: 0 }],
    ['flat with scatter', weeks(50, 48, 51, 50, 53, 50), { low: 48, expected: 50, high: 53 }],
    ['growing', weeks(10, 12, 14, 16, 18, 20), { low: 28, expected: 28, high: 28, trendPerWeek: 2 }],
    ['shrinking', weeks(40, 38, 36, 34, 32, 30), { low: 22, expected: 22, high: 22, trendPerWeek: -2 }],
    ['shrinking to nothing', weeks(8, 6, 4, 2), { low: 0, expected: 0, high: 0 }],
    [
      'one seasonal spike: no trend, but a higher end',
      weeks(30, 30, 30, 80, 30, 30, 30, 30),
      { low: 30, expected: 30, high: 80, trendPerWeek: 0 },
    ],
    ['growing with scatter', weeks(10, 13, 13, 17, 18, 19, 23, 24), { expected: 32, trendPerWeek: 2 }],
    ['gaps, of four weeks', weeks(10, null, 14, 16, null, 20), { expected: 28, weeks: 4, trendPerWeek: 2 }],
  ])('%s', (_, points, expected) => {
    expect(band(points)).toMatchObject(expected);
  });

  it('is not foretold from too little, or from long ago', () => {
    expect(band([])).toContain('Use is known of 0 weeks, and 4 are needed');
    expect(band(weeks(5))).toContain('Use is known of 1 week,');
    expect(band(weeks(10, null, null, 16, null, 20))).toContain('Use is known of 3 weeks,');
    const old = weeks(5, 5, 5, 5, 5).map((point, index) => ({ ...point, week: monday(10 - index) }));
    expect(band(old)).toContain('lies 6 weeks back');
    // Half a year ago the company was another one.
    expect(band(weeks(...Array.from({ length: 30 }, (__, index) => (index < 4 ? 500 : 20))))).toMatchObject({
      weeks: 26,
      high: 20,
    });
  });

  it('carries a trend on for as long as it is known, and no longer', () => {
    expect(band(weeks(10, 12, 14, 16), 100)).toMatchObject({ expected: 16 + 4 * 2 });
    // A day that is over is seen as of today.
    expect(band(weeks(10, 12, 14, 16), -20)).toMatchObject({ expected: 16 });
  });

  it('begins at what is used now where weeks tell only how use develops', () => {
    expect(band(weeks(10, 12, 11, 13, 12, 14), 0, 60)).toMatchObject({ expected: 60 });
    expect(band(weeks(10, 12, 14, 16), 2, 60)).toMatchObject({ low: 64, expected: 64, high: 64 });
  });

  it('is a band, whatever the weeks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(500), { minLength: 4, maxLength: 26 }),
        fc.integer({ min: -5, max: 60 }),
        (all, ahead) => {
          const found = band(weeks(...all), ahead);
          if (typeof found === 'string') throw new Error(found);
          expect(found.low).toBeLessThanOrEqual(found.expected);
          expect(found.expected).toBeLessThanOrEqual(found.high);
          expect(found.low).toBeGreaterThanOrEqual(0);
          expect([found.low, found.expected, found.high].every(Number.isInteger)).toBe(true);
        },
      ),
    );
  });
});
