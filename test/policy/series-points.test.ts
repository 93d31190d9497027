import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnown, MAX_POINTS, seriesPoints, type SeriesInterval } from '#src/policy/series-points.ts';

describe('points of a series', () => {
  it('are whole days, weeks from Monday, and months', () => {
    expect(seriesPoints('DAY', '2026-02-27', '2026-03-01')).toEqual([
      { start: '2026-02-27', end: '2026-02-27' },
      { start: '2026-02-28', end: '2026-02-28' },
      { start: '2026-03-01', end: '2026-03-01' },
    ]);
    // A Sunday belongs to the week before.
    expect(seriesPoints('WEEK', '2026-03-01', '2026-03-02')).toEqual([
      { start: '2026-02-23', end: '2026-03-01' },
      { start: '2026-03-02', end: '2026-03-08' },
    ]);
    expect(seriesPoints('MONTH', '2024-01-31', '2024-03-01')).toEqual([
      { start: '2024-01-01', end: '2024-01-31' },
      { start: '2024-02-01', end: '2024-02-29' },
      { start: '2024-03-01', end: '2024-03-31' },
    ]);
  });

  it('are none backwards, and not more than can be read', () => {
    expect(seriesPoints('DAY', '2026-03-02', '2026-03-01')).toEqual([]);
    expect(seriesPoints('DAY', '2025-01-01', '2026-02-04')).toHaveLength(MAX_POINTS);
    expect(seriesPoints('DAY', '2025-01-01', '2026-02-05')).toBeNull();
  });

  it('follow on each other without a gap, from the first day to the last', () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom<SeriesInterval>('DAY', 'WEEK', 'MONTH'), day, day, (by, one, other) => {
        const [from, to] = one <= other ? [one, other] : [other, one];
        const points = seriesPoints(by, from, to);
        if (points === null) return;
        expect(points[0]!.start <= from && from <= points[0]!.end).toBe(true);
        expect(points.at(-1)!.start <= to && to <= points.at(-1)!.end).toBe(true);
        points.slice(1).forEach((point, index) => {
          expect(Date.parse(point.start) - Date.parse(points[index]!.end)).toBe(86_400_000);
        });
      }),
    );
  });

  it('are known when every moment of them is', () => {
    const march = { start: '2026-03-01', end: '2026-03-31' };
    const [first, after] = [new Date('2026-03-01T00:00:00Z'), new Date('2026-04-01T00:00:00Z')];
    expect(isKnown(march, first, after)).toBe(true);
    expect(isKnown(march, new Date(first.getTime() + 1), after)).toBe(false);
    expect(isKnown(march, first, new Date(after.getTime() - 1))).toBe(false);
    expect(isKnown(march, null, after)).toBe(false);
    expect(isKnown(march, first, null)).toBe(false);
  });
});
