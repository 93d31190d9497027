import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { Sql } from '#src/db/client.ts';
import { openClock, type Clock } from '#src/db/clock.ts';
import { createLogger } from '#src/log.ts';
import { testDatabase } from '../support/database.ts';

const DAY = 86_400_000;
let clock: Clock | null = null;
let lines: string[];
const log = createLogger('info', (line) => lines.push(line));

beforeEach(() => {
  lines = [];
});
afterEach(() => {
  clock?.close();
  vi.useRealTimers();
});

/** A database that says what time it is, or fails. */
function databaseAt(time: () => number): { sql: Sql } {
  const answer = async () => [{ ms: time() }];
  return { sql: answer as unknown as Sql };
}

// The embedded database runs in this process, so its clock is this one.
describe.skipIf(inject('template').kind !== 'postgres')('a machine (only with TEST_DATABASE_URL)', () => {
  it.each([
    ['a day ahead', DAY],
    ['a day behind', -DAY],
  ])('whose clock is %s goes by the database, and tells', async (_, awayMs) => {
    const database = await testDatabase();
    try {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + awayMs });
      clock = await openClock(database, log);
      const [row] = await database.sql<{ at: Date }[]>`select clock_timestamp() as at`;
      expect(Math.abs(clock.now().getTime() - row!.at.getTime())).toBeLessThan(1_000);
      expect(Math.abs(clock.now().getTime() + awayMs - Date.now())).toBeLessThan(1_000);
      expect(lines.join('\n')).toContain(`"secondsAhead":${awayMs / 1000}`);
    } finally {
      await database.close();
    }
  });
});

describe('the clock', () => {
  it('follows the database when that is set, and tells when the machine agrees again', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    let awayMs = 0;
    clock = await openClock(
      databaseAt(() => Date.now() + awayMs),
      log,
    );
    // Never -0.
    const isAway = () => Math.round((clock!.now().getTime() - Date.now()) / 1000) + 0;
    expect(isAway()).toBe(0);
    for (const next of [DAY, -DAY, 0]) {
      awayMs = next;
      await vi.advanceTimersByTimeAsync(10_000);
      expect(isAway()).toBe(next / 1000);
    }
    expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual([40, 30]);
  });

  it('goes on while the database is away, whatever becomes of the machine’s own', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
    let isGone = false;
    const at = Date.now();
    clock = await openClock(
      databaseAt(() => {
        if (isGone) throw new Error('gone');
        return at;
      }),
      log,
    );
    isGone = true;
    vi.setSystemTime(at + DAY);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(Math.abs(clock.now().getTime() - at)).toBeLessThan(5_000);
  });

  it('is no clock when the database never said', async () => {
    const gone = databaseAt(() => {
      throw new Error('gone');
    });
    await expect(openClock(gone, log)).rejects.toThrow('gone');
  });
});
