import { expect, it } from 'vitest';
import { aheadOf, placeIn, type Place } from '#src/policy/turn-order.ts';

const WORK = { priority: 'BACKGROUND' } as const;
const PAGE = { priority: 'BACKGROUND', continues: true } as const;
const PERSON = { priority: 'INTERACTIVE' } as const;
const NOW = 1_000_000;

const since = (wish: Place['wish'], seconds: number): Place => ({ wish, since: NOW - seconds * 1_000 });

it('puts people first, then further pages of listings, then other work, each behind those who are alike', () => {
  const queue = [since(PERSON, 1), since(PAGE, 2), since(WORK, 3)];
  expect([PERSON, PAGE, WORK].map((wish) => placeIn(queue, wish, NOW))).toEqual([1, 2, 3]);
  expect([PERSON, PAGE, WORK].map((wish) => aheadOf(queue, wish))).toEqual([1, 2, 3]);
  expect(placeIn([], WORK, NOW)).toBe(0);
});

it('lets pages pass nobody who has waited for half a minute, and people everybody', () => {
  const queue = [since(WORK, 31), since(WORK, 29)];
  expect(placeIn(queue, PAGE, NOW)).toBe(1);
  expect(placeIn(queue, PERSON, NOW)).toBe(0);
});

it('serves work in time however many pages keep coming', () => {
  // A call a second, and more than one page for each: without an end to patience the work would never be served.
  let queue: Place[] = [{ wish: WORK, since: 0 }];
  let servedAt: number | null = null;
  for (let second = 0; second < 300 && servedAt === null; second += 1) {
    const now = second * 1_000;
    for (let n = 0; n < 3; n += 1) queue = queue.toSpliced(placeIn(queue, PAGE, now), 0, { wish: PAGE, since: now });
    const [next, ...others] = queue;
    if (next?.wish === WORK) servedAt = second;
    queue = others;
  }
  expect(servedAt).toBeGreaterThan(30);
  expect(servedAt).toBeLessThan(120);
});

it('puts who was served too late before all who are alike', () => {
  const queue = [since(PERSON, 1), since(PAGE, 2), since(WORK, 60), since(WORK, 3)];
  expect([PERSON, PAGE, WORK].map((wish) => placeIn(queue, wish, NOW, true))).toEqual([0, 1, 2]);
});
