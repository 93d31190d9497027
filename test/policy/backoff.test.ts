import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, MAX_ATTEMPTS, pauseAfter, parseRetryAfter, type Failure } from '#src/policy/backoff.ts';

const now = new Date('2026-03-01T12:00:00Z');
const failed = (facts: Partial<Failure>): Failure => ({
  kind: 'UNAVAILABLE',
  outcome: 'UNKNOWN',
  retryAfterMs: null,
  ...facts,
});

describe('parseRetryAfter', () => {
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['1.5', 1_500],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['2026-03-02T00:00:00Z', 12 * 3_600_000],
    ['2026-03-02T00:00:00.250Z', 12 * 3_600_000 + 250],
    ['2026-03-02T02:00:00+02:00', 12 * 3_600_000],
    // Without a zone it is UTC, wherever this process runs.
    ['2026-03-02T00:00:00', 12 * 3_600_000],
    ['2026-02-01T00:00:00Z', 0],
    // A date that no database keeps is as far off as seconds can say.
    ['Fri, 01 Jan 275000 00:00:00 GMT', 999_999_999_000],
    ['soon', null],
    ['-5', null],
    ['2026', 2_026_000],
    ['', null],
  ])('reads %j as %s ms', (text, ms) => {
    expect(parseRetryAfter(text, now)).toBe(ms);
  });

  it('is null without a header', () => {
    expect(parseRetryAfter(undefined, now)).toBeNull();
  });

  it('never answers something negative or endless', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ms = parseRetryAfter(text, now);
        expect(ms === null || (ms >= 0 && Number.isFinite(ms))).toBe(true);
      }),
    );
  });
});

describe('decide', () => {
  const methods = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];
  const kinds = [
    'AUTH',
    'SCOPE',
    'VALIDATION',
    'RATE_LIMIT',
    'DAILY_LIMIT',
    'UNAVAILABLE',
    'TIMEOUT',
    'NETWORK',
    'BAD_ANSWER',
    'ABORTED',
  ];
  const outcomes = ['NOT_SENT', 'REFUSED', 'UNKNOWN'] as const;

  it('repeats no write whose fate is unknown, nor one that Zoom refused for another reason than its rate', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...methods.slice(1)),
        fc.constantFrom(...kinds),
        fc.constantFrom(...outcomes),
        fc.integer({ min: 1, max: 10 }),
        (method, kind, outcome, attempt) => {
          const again = decide({ method, attempt, error: failed({ kind, outcome }), random: () => 0.5 });
          if (again !== null) expect([kind.endsWith('_LIMIT'), outcome]).toEqual([true, 'REFUSED']);
        },
      ),
    );
  });

  it('repeats reads after what passes, a few times', () => {
    for (const kind of ['RATE_LIMIT', 'UNAVAILABLE', 'TIMEOUT', 'NETWORK']) {
      const at = (attempt: number) => decide({ method: 'GET', attempt, error: failed({ kind }), random: () => 0.5 });
      expect(at(1)).not.toBeNull();
      expect(at(MAX_ATTEMPTS)).toBeNull();
    }
    expect(decide({ method: 'GET', attempt: 1, error: failed({ kind: 'VALIDATION' }), random: () => 0.5 })).toBeNull();
  });

  it('draws from a span that doubles, and never comes back before it was asked to', () => {
    const wait = (attempt: number, retryAfterMs: number | null = null) =>
      decide({ method: 'GET', attempt, error: failed({ retryAfterMs }), random: () => 0.999 })?.retryAfterMs;
    expect([wait(1), wait(2), wait(3), wait(4)]).toEqual([499, 999, 1998, 3996]);
    expect(wait(1, 5_000)).toBeGreaterThanOrEqual(5_000);
    expect(wait(1, 5_000)).toBeLessThan(5_300);
  });
});

describe('a pause after refusals', () => {
  it('is a second first, then twice as long, a minute at most', () => {
    expect([1, 2, 3, 6, 7, 8, 1_000].map((refusals) => pauseAfter(refusals))).toEqual([
      1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('leaves few calls to an hour of them', () => {
    let calls = 0;
    for (let ms = 0; ms < 3_600_000; ms += pauseAfter(calls)) calls += 1;
    expect(calls).toBeLessThan(70);
  });
});
