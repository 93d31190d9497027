import { describe, expect, it } from 'vitest';
import { onZoomClock, ZoomClock } from '#src/datasources/zoom/clock.ts';

const T = Date.parse('2026-05-20T10:00:00Z');
const header = (ms: number) => new Date(ms).toUTCString();

describe("Zoom's clock", () => {
  it('is ours until something speaks against it', () => {
    const clock = new ZoomClock();
    expect(clock.skewMs).toBe(0);
    clock.observe(undefined, T, T + 50);
    clock.observe('yesterday, or so', T, T + 50);
    // What follows from these could be written down nowhere.
    clock.observe('Fri, 01 Jan 275000 00:00:00 GMT', T, T + 50);
    clock.observe('Fri, 01 Jan 1700 00:00:00 GMT', T, T + 50);
    expect(clock.skewMs).toBe(0);
  });

  it.each([0, 900, -900, 1_900])('is ours when it is %i ms away: whole seconds and a way tell no more', (awayMs) => {
    const clock = new ZoomClock();
    clock.observe(header(T + awayMs), T, T + 80);
    expect(clock.skewMs).toBe(0);
  });

  it.each([3_600_000, -3_600_000, 30_000, -5_000])('is known to a second when it is %i ms away', (awayMs) => {
    const clock = new ZoomClock();
    for (let n = 0; n < 10; n += 1) {
      const at = T + n * 1_370;
      clock.observe(header(at + 40 + awayMs), at, at + 80);
    }
    expect(Math.abs(clock.skewMs - awayMs)).toBeLessThanOrEqual(1_000);
    const zoom = { clockSkewMs: () => clock.skewMs };
    expect(onZoomClock({ zoom }, new Date(T)).getTime()).toBe(T + clock.skewMs);
  });

  it('believes the quicker exchange, and follows a clock that is set right', () => {
    const clock = new ZoomClock();
    clock.observe(header(T + 60_000), T, T + 20);
    const known = clock.skewMs;
    clock.observe(header(T + 61_000), T, T + 4_000);
    expect(clock.skewMs).toBe(known);
    clock.observe(header(T + 10_000), T + 10_000, T + 10_200);
    expect(clock.skewMs).toBe(0);
  });
});
