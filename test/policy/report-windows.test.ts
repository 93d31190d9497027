import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, inactiveBefore } from '#src/policy/inactivity.ts';
import { planActivity, type ReportDays } from '#src/policy/report-windows.ts';

const at = (text: string) => new Date(text);
const nothing = { from: null, until: null };
const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);
const daysIn = ({ from, to }: ReportDays) => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
const nextDay = (day: string) => dayOf(new Date(Date.parse(day) + DAY_MS));

/** Every day that some window asks for. */
function asked(windows: readonly ReportDays[]): Set<string> {
  const days = new Set<string>();
  for (const { from, to } of windows) for (let day = from; day <= to; day = nextDay(day)) days.add(day);
  return days;
}

describe('planActivity', () => {
  it('goes back far enough the first time to prove the default threshold', () => {
    const now = at('2026-03-31T09:30:00Z');
    const plan = planActivity(now, null, nothing);
    expect(plan.from.toISOString()).toBe('2026-01-26T00:00:00.000Z');
    expect(plan.from.getTime()).toBeLessThanOrEqual(inactiveBefore(60, now).getTime());
    expect(plan.windows).toEqual([
      { from: '2026-01-26', to: '2026-02-22' },
      { from: '2026-02-23', to: '2026-03-22' },
      { from: '2026-03-23', to: '2026-03-31' },
    ]);
    expect(plan.isCutByZoom).toBe(false);
  });

  it('asks the second time for what is new, and two days more', () => {
    const known = { from: at('2026-01-26T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    expect(planActivity(at('2026-04-01T02:00:00Z'), null, known)).toEqual({
      from: known.from,
      windows: [{ from: '2026-03-29', to: '2026-04-01' }],
      isCutByZoom: false,
    });
  });

  it('starts over when activity is to be analyzed from an earlier day, and not when from a later one', () => {
    const known = { from: at('2026-01-26T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    const now = at('2026-04-01T02:00:00Z');
    const earlier = planActivity(now, at('2025-12-01T00:00:00Z'), known);
    expect(earlier.from.toISOString()).toBe('2025-11-27T00:00:00.000Z');
    expect(earlier.windows[0]?.from).toBe('2025-11-27');
    const later = planActivity(now, at('2026-03-01T00:00:00Z'), known);
    expect(later.from).toEqual(known.from);
    expect(later.windows).toEqual([{ from: '2026-03-29', to: '2026-04-01' }]);
  });

  it('does not bridge a gap: what was known before a long silence is given up', () => {
    const known = { from: at('2025-01-01T00:00:00Z'), until: at('2025-06-01T00:00:00Z') };
    const plan = planActivity(at('2026-04-01T02:00:00Z'), null, known);
    expect(plan.from.toISOString()).toBe('2026-01-27T00:00:00.000Z');
    expect(plan.windows[0]?.from).toBe('2026-01-27');
  });

  it('is cut to what Zoom remembers, and says so', () => {
    const plan = planActivity(at('2026-03-31T09:30:00Z'), at('2025-01-01T00:00:00Z'), nothing);
    expect(plan.isCutByZoom).toBe(true);
    expect(plan.from.toISOString()).toBe('2025-10-02T00:00:00.000Z');
    expect(plan.windows[0]?.from).toBe('2025-10-02');
  });

  it('asks from a future day for nothing but today', () => {
    const plan = planActivity(at('2026-03-31T09:30:00Z'), at('2026-03-31T00:00:00Z'), nothing);
    expect(plan.windows).toEqual([{ from: '2026-03-27', to: '2026-03-31' }]);
  });

  it('leaves no day out and asks for no more than 28 at once, over many runs with any clock', () => {
    const run = fc.record({
      // Mostly a day, at times months, at times the clock goes back an hour.
      afterMs: fc.oneof(
        fc.integer({ min: -3_600_000, max: 2 * DAY_MS }),
        fc.integer({ min: 2 * DAY_MS, max: 250 * DAY_MS }),
      ),
      analyzeDaysBack: fc.option(fc.integer({ min: 0, max: 400 })),
      ends: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 12 }), fc.nat(365 * DAY_MS), (runs, offset) => {
        let now = Date.parse('2026-01-01T00:00:00Z') + offset;
        let known: { from: Date | null; until: Date | null } = nothing;
        // Days that were asked for in a run that ended, each with the latest clock at which it was.
        const read = new Map<string, number>();
        for (const { afterMs, analyzeDaysBack, ends } of runs) {
          now += afterMs;
          const clock = new Date(now);
          const analyzeFrom = analyzeDaysBack === null ? null : new Date(now - analyzeDaysBack * DAY_MS);
          const plan = planActivity(clock, analyzeFrom, known);
          for (const window of plan.windows) {
            expect(daysIn(window)).toBeGreaterThanOrEqual(1);
            expect(daysIn(window)).toBeLessThanOrEqual(28);
            expect(window.to <= dayOf(clock)).toBe(true);
            expect(Date.parse(window.from)).toBeGreaterThanOrEqual(now - 181 * DAY_MS);
          }
          expect(asked(plan.windows).size).toBe(plan.windows.reduce((sum, window) => sum + daysIn(window), 0));
          if (!ends) continue;
          for (const day of asked(plan.windows)) read.set(day, Math.max(now, read.get(day) ?? 0));
          known = { from: plan.from, until: clock };
          // Everything from `from` until now was asked for, each day after it was over (or today).
          const missed: string[] = [];
          for (let day = dayOf(plan.from); day <= dayOf(clock); day = nextDay(day)) {
            if ((read.get(day) ?? 0) < Math.min(now, Date.parse(nextDay(day)))) missed.push(day);
          }
          expect(missed).toEqual([]);
          const wanted = (analyzeFrom?.getTime() ?? now - 60 * DAY_MS) - 3 * DAY_MS;
          if (!plan.isCutByZoom) expect(plan.from.getTime()).toBeLessThanOrEqual(wanted);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
