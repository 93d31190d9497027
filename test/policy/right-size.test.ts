import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rightSize, TIERS, type CapacityUse } from '#src/policy/right-size.ts';

const NOW = new Date('2026-06-30T00:00:00Z');
const use = (more: Partial<CapacityUse> = {}): CapacityUse => ({
  addOn: 'webinar',
  capacity: 1000,
  held: 4,
  uncounted: 0,
  peak: 240,
  knownFrom: new Date('2026-03-01T00:00:00Z'),
  knownUntil: new Date('2026-06-29T00:00:00Z'),
  ...more,
});

describe('the capacity that would have been enough', () => {
  it.each<[string, Partial<CapacityUse>, ReturnType<typeof rightSize>]>([
    ['1000 held, 240 came', {}, { action: 'REDUCE', capacity: 500 }],
    ['with a reserve: 440 came', { peak: 440 }, null],
    ['just within the reserve', { peak: 416 }, { action: 'REDUCE', capacity: 500 }],
    ['no webinar', { held: 0, peak: null }, { action: 'REMOVE', capacity: null }],
    ['the smallest one already', { capacity: 100, peak: 10 }, null],
    ['a capacity that nobody told', { capacity: null }, null],
    ['one webinar of unknown size', { uncounted: 1 }, null],
    ['activity that is not known', { knownFrom: null }, null],
    ['activity of 59 days', { knownFrom: new Date('2026-05-01T00:00:00Z') }, null],
    ['activity that ended a week ago', { knownUntil: new Date('2026-06-20T00:00:00Z') }, null],
    ['a large meeting that any plan holds', { addOn: 'large_meeting', peak: 80 }, { action: 'REMOVE', capacity: null }],
    ['a large meeting of 400', { addOn: 'large_meeting', peak: 400 }, { action: 'REDUCE', capacity: 500 }],
    ['a large meeting of 400, held 500', { addOn: 'large_meeting', peak: 400, capacity: 500 }, null],
    ['more came than are let in', { peak: 20_000 }, null],
  ])('%s', (_, more, expected) => {
    expect(rightSize(use(more), NOW)).toEqual(expected);
  });

  it('is never too small for what was seen, and always less than what is held', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('webinar' as const, 'large_meeting' as const),
        fc.integer({ min: 1, max: 12_000 }),
        fc.constantFrom(100, 500, 1000, 3000, 5000, 10_000),
        (addOn, peak, capacity) => {
          const smaller = rightSize(use({ addOn, peak, capacity }), NOW);
          if (smaller === null) return;
          if (smaller.action === 'REMOVE') expect(peak).toBeLessThanOrEqual(100);
          else {
            expect(TIERS[addOn]).toContain(smaller.capacity);
            expect(smaller.capacity).toBeLessThan(capacity);
            expect(smaller.capacity).toBeGreaterThanOrEqual(peak * 1.2);
          }
        },
      ),
      { seed: 9 },
    );
  });
});
