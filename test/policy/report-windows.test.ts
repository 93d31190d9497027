import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, inactiveBefore } from '#src/policy/inactivity.ts';
import {
  activityWindow,
  daysToRemember,
  mergedDays,
  planActivity,
  type KnownSpan,
  type ReportDays,
} from '#src/policy/report-windows.ts';

const HOUR_MS = 3_600_000;
const at = (text: string) => new Date(text);
const nothing: KnownSpan = { from: null, until: null };
const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);
const daysIn = ({ from, to }: ReportDays) => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
const isIn = (day: string, windows: readonly ReportDays[]) => windows.some(({ from, to }) => from <= day && day <= to);

describe('planActivity', () => {
  it('goes back far enough the first time to prove the default threshold, and asks for a day more', () => {
    const now = at('2026-03-31T09:30:00Z');
    const plan = planActivity(now, null, nothing);
    expect(plan.from.toISOString()).toBe('2026-01-26T00:00:00.000Z');
    expect(plan.from.getTime()).toBeLessThanOrEqual(inactiveBefore(60, now).getTime());
    expect(plan.windows).toEqual([
      { from: '2026-01-25', to: '2026-02-21' },
      { from: '2026-02-22', to: '2026-03-21' },
      { from: '2026-03-22', to: '2026-03-31' },
    ]);
    expect(plan.isCutByZoom).toBe(false);
  });

  it("asks for Zoom's day too where that is another one, and claims nothing of it", () => {
    const now = at('2026-03-31T13:30:00Z');
    const plan = planActivity(now, null, nothing, [], at('2026-04-01T01:30:00Z'));
    expect(plan.windows.at(-1)?.to).toBe('2026-04-01');
    expect(plan.until).toEqual(planActivity(now, null, nothing).until);
    expect(planActivity(now, null, nothing, [], at('2026-03-30T01:30:00Z'))).toEqual(planActivity(now, null, nothing));
  });

  it('claims today only as far as it is over in every time zone', () => {
    const until = (now: string) => planActivity(at(now), null, nothing).until.toISOString();
    expect(until('2026-03-31T09:30:00Z')).toBe('2026-03-31T09:30:00.000Z');
    // From ten o'clock on it is tomorrow already on the Line Islands, and tomorrow was not asked for.
    expect(until('2026-03-31T10:00:00Z')).toBe('2026-03-31T10:00:00.000Z');
    expect(until('2026-03-31T23:59:00Z')).toBe('2026-03-31T10:00:00.000Z');
  });

  it('asks the second time for what is new, and two days more', () => {
    const known = { from: at('2026-01-26T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    expect(planActivity(at('2026-04-01T02:00:00Z'), null, known)).toEqual({
      from: known.from,
      until: at('2026-04-01T02:00:00Z'),
      begin: '2026-03-29',
      windows: [{ from: '2026-03-29', to: '2026-04-01' }],
      repeated: [],
      isCutByZoom: false,
    });
  });

  it('asks for days that were asked for before as they were, and for the new ones by themselves', () => {
    const known = { from: at('2026-01-26T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    const asked = [
      { from: '2026-02-22', to: '2026-03-21' },
      { from: '2026-03-22', to: '2026-03-31' },
    ];
    const plan = planActivity(at('2026-04-02T02:00:00Z'), null, known, asked);
    expect(plan.repeated).toEqual([{ from: '2026-03-22', to: '2026-03-31' }]);
    expect(plan.windows).toEqual([
      { from: '2026-03-22', to: '2026-03-31' },
      { from: '2026-04-01', to: '2026-04-02' },
    ]);
    expect(mergedDays(plan.windows, plan.begin)).toEqual([{ from: '2026-03-29', to: '2026-04-02' }]);
    expect(daysToRemember(plan.windows)).toEqual(plan.windows);
    expect(daysToRemember(asked)).toEqual([asked[1]]);
  });

  it('does not trust windows of earlier runs that make no sense', () => {
    const known = { from: at('2026-01-26T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    const nonsense = [
      { from: '2026-03-30', to: '2026-03-29' },
      { from: 'yesterday', to: '2026-03-31' },
      { from: '2026-03-01', to: '2026-03-31' },
      { from: '2026-03-31', to: '2026-04-05' },
    ];
    const plan = planActivity(at('2026-04-01T02:00:00Z'), null, known, nonsense);
    expect([plan.windows, plan.repeated]).toEqual([[{ from: '2026-03-29', to: '2026-04-01' }], []]);
  });

  it('starts over when activity is to be analyzed from an earlier day, and not when from a later one', () => {
    const known = { from: at('2026-01-26T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    const now = at('2026-04-01T02:00:00Z');
    const earlier = planActivity(now, at('2025-12-01T00:00:00Z'), known);
    expect(earlier.from.toISOString()).toBe('2025-11-27T00:00:00.000Z');
    expect(earlier.windows[0]?.from).toBe('2025-11-26');
    const later = planActivity(now, at('2026-03-01T00:00:00Z'), known);
    expect(later.from).toEqual(known.from);
    expect(later.windows).toEqual([{ from: '2026-03-29', to: '2026-04-01' }]);
  });

  it('bridges a silence that Zoom remembers, and gives up what was known before a longer one', () => {
    const now = at('2026-04-01T02:00:00Z');
    const bridged = planActivity(now, null, { from: at('2025-08-01T00:00:00Z'), until: at('2025-12-01T00:00:00Z') });
    expect(bridged.from.toISOString()).toBe('2025-08-01T00:00:00.000Z');
    expect(bridged.windows[0]?.from).toBe('2025-11-29');
    const lost = planActivity(now, null, { from: at('2025-01-01T00:00:00Z'), until: at('2025-06-01T00:00:00Z') });
    expect(lost.from.toISOString()).toBe('2026-01-27T00:00:00.000Z');
    expect(lost.windows[0]?.from).toBe('2026-01-26');
  });

  it('is cut to what Zoom remembers, and says so until enough has been gathered', () => {
    const plan = planActivity(at('2026-03-31T09:30:00Z'), at('2025-06-01T00:00:00Z'), nothing);
    expect(plan.isCutByZoom).toBe(true);
    expect(plan.from.toISOString()).toBe('2025-10-03T00:00:00.000Z');
    expect(plan.windows[0]?.from).toBe('2025-10-02');
    const gathered = { from: at('2025-05-01T00:00:00Z'), until: at('2026-03-30T09:30:00Z') };
    const later = planActivity(at('2026-03-31T09:30:00Z'), at('2025-06-01T00:00:00Z'), gathered);
    expect([later.isCutByZoom, later.from]).toEqual([false, gathered.from]);
  });

  it('asks from a future day for nothing but today', () => {
    const plan = planActivity(at('2026-03-31T09:30:00Z'), at('2026-03-31T00:00:00Z'), nothing);
    expect(plan.windows).toEqual([{ from: '2026-03-26', to: '2026-03-31' }]);
  });

  it('reads everything again when it finds that a clock was wrong, and claims no future', () => {
    const known = { from: at('2026-01-26T00:00:00Z'), until: at('2027-03-31T09:00:00Z') };
    const plan = planActivity(at('2026-04-01T02:00:00Z'), null, known);
    expect(plan.until.toISOString()).toBe('2026-04-01T02:00:00.000Z');
    expect(plan.windows[0]?.from).toBe('2026-01-26');
    // A few hours are no such thing: nothing shrinks, and the overlap makes up for them.
    const alittle = { from: at('2026-01-26T00:00:00Z'), until: at('2026-04-01T09:00:00Z') };
    const goesOn = planActivity(at('2026-04-01T02:00:00Z'), null, alittle);
    expect([goesOn.until, goesOn.from]).toEqual([alittle.until, alittle.from]);
    expect(goesOn.windows).toEqual([{ from: '2026-03-30', to: '2026-04-01' }]);
  });
});

/** A run at a real moment, by a clock that may be a little wrong. */
interface Run {
  at: number;
  clock: number;
  windows: readonly ReportDays[];
}

const step = fc.record({
  // Mostly hours, at times months, at times (by the clock) back.
  afterMs: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 * DAY_MS }) },
    { weight: 1, arbitrary: fc.integer({ min: 2 * DAY_MS, max: 170 * DAY_MS }) },
  ),
  clockErrorMs: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: -6 * HOUR_MS, max: 6 * HOUR_MS }) },
  ),
  ends: fc.boolean(),
});
const analyzeDaysBack = fc.option(fc.integer({ min: 0, max: 365 }));
const startsAt = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') });

describe('over many runs, with clocks that go back, in any time zone', () => {
  const history = fc.record({
    start: startsAt,
    steps: fc.array(step, { minLength: 1, maxLength: 14 }),
    analyzeDaysBack,
    zoneMinutes: fc.integer({ min: -12 * 60, max: 14 * 60 }),
    events: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }),
    lagMs: fc.integer({ min: 0, max: DAY_MS }),
  });

  it('everything that is claimed was asked for after it happened, no day twice in a run, and no claim shrinks', () => {
    let claims = 0;
    fc.assert(
      fc.property(history, ({ start, steps, analyzeDaysBack: back, zoneMinutes, events, lagMs }) => {
        const analyzeFrom = back === null ? null : new Date(start - back * DAY_MS);
        const runs: Run[] = [];
        let real = start;
        let known = nothing;
        let remembered: ReportDays[] = [];
        for (const { afterMs, clockErrorMs, ends } of steps) {
          real += afterMs;
          const clock = real + clockErrorMs;
          const plan = planActivity(new Date(clock), analyzeFrom, known, remembered);
          const { windows } = plan;
          for (const [index, window] of windows.entries()) {
            expect(daysIn(window)).toBeGreaterThanOrEqual(1);
            expect(daysIn(window)).toBeLessThanOrEqual(28);
            expect(window.to <= dayOf(clock)).toBe(true);
            expect(Date.parse(window.from)).toBeGreaterThanOrEqual(clock - 181 * DAY_MS);
            expect(window.from > (windows[index - 1]?.to ?? '')).toBe(true);
          }
          if (!ends) continue;
          runs.push({ at: real, clock, windows });
          const isSilence = known.until !== null && clock - known.until.getTime() > 177 * DAY_MS;
          if (known.from !== null && known.until !== null && !isSilence) {
            expect(plan.from.getTime()).toBeLessThanOrEqual(known.from.getTime());
            expect(plan.until.getTime()).toBeGreaterThanOrEqual(known.until.getTime());
          }
          known = { from: plan.from, until: plan.until };
          remembered = daysToRemember(windows);

          // Random moments within what is claimed: Zoom's day of each was asked for, after it (and Zoom's lag) had passed.
          const span = Math.min(plan.until.getTime(), real) - plan.from.getTime();
          for (const place of events) {
            const event = plan.from.getTime() + Math.floor(place * Math.max(0, span - 1));
            if (event + lagMs > real) continue;
            const zoomsDay = dayOf(event + zoneMinutes * 60_000);
            claims += 1;
            const wasSeen = runs.some((run) => run.at >= event + lagMs && isIn(zoomsDay, run.windows));
            expect(wasSeen, `${new Date(event).toISOString()} at ${zoneMinutes} min`).toBe(true);
          }
          const wanted = (analyzeFrom?.getTime() ?? clock - 60 * DAY_MS) - 3 * DAY_MS;
          if (!plan.isCutByZoom) expect(plan.from.getTime()).toBeLessThanOrEqual(wanted);
        }
      }),
      { seed: 7, numRuns: 400 },
    );
    expect(claims).toBeGreaterThan(10_000);
  });

  it('a clock that is off by days or months opens no gap once it is found', () => {
    const wrong = fc.record({
      start: startsAt,
      offMs: fc.oneof(
        fc.integer({ min: -300 * DAY_MS, max: -DAY_MS }),
        fc.integer({ min: 4 * DAY_MS, max: 300 * DAY_MS }),
      ),
      betweenMs: fc.integer({ min: 0, max: DAY_MS }),
      zoneMinutes: fc.integer({ min: -12 * 60, max: 14 * 60 }),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(wrong, ({ start, offMs, betweenMs, zoneMinutes, place }) => {
        const runs: Run[] = [];
        let known = nothing;
        const clocks = [
          [start, 0],
          [start + betweenMs, offMs],
          [start + 2 * betweenMs, 0],
        ] as const;
        for (const [real, error] of clocks) {
          const plan = planActivity(new Date(real + error), null, known);
          runs.push({ at: real, clock: real + error, windows: plan.windows });
          known = { from: plan.from, until: plan.until };
        }
        const last = runs.at(-1)!;
        expect(known.until!.getTime()).toBeLessThanOrEqual(last.clock);
        const event = known.from!.getTime() + Math.floor(place * (known.until!.getTime() - known.from!.getTime() - 1));
        const zoomsDay = dayOf(event + zoneMinutes * 60_000);
        expect(runs.some((run) => run.at >= event && isIn(zoomsDay, run.windows))).toBe(true);
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('activityWindow', () => {
  const now = at('2026-03-31T09:30:00Z');

  it('tells what is asked for, reachable and known, and what Zoom limits', () => {
    const before = activityWindow(now, null, nothing);
    expect(before).toMatchObject({ knownFrom: null, isWhole: false, isCutByZoom: false });
    expect(before.requestedFrom.toISOString()).toBe('2026-01-30T09:30:00.000Z');
    expect(before.reachableFrom.toISOString()).toBe('2025-10-03T00:00:00.000Z');
    expect(before.limits.join(' ')).toMatch(/a month at once.*six months.*a year.*three days late/);
    const known = { from: at('2026-01-26T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    expect(activityWindow(now, null, known)).toMatchObject({ isWhole: true, isCutByZoom: false });
  });

  it('is cut by Zoom where more was asked for than it remembers, and not yet whole where it could still be read', () => {
    const known = { from: at('2025-10-03T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    expect(activityWindow(now, at('2025-06-01T00:00:00Z'), known)).toMatchObject({ isCutByZoom: true, isWhole: false });
    const short = { from: at('2026-03-01T00:00:00Z'), until: at('2026-03-31T09:30:00Z') };
    expect(activityWindow(now, at('2026-01-01T00:00:00Z'), short)).toMatchObject({
      isCutByZoom: false,
      isWhole: false,
    });
  });
});
