import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool, type Database } from '#src/db/client.ts';
import { openLimiter, type Acquire, type Limiter } from '#src/datasources/zoom/limits.ts';
import type { RateLabel } from '#src/datasources/zoom/endpoints.ts';
import { createLogger } from '#src/log.ts';
import { DAY_MS } from '#src/policy/inactivity.ts';
import { testDatabase } from '#test/support/database.ts';
import { makeIntegration, startServer } from './zoom-server.ts';

let database: Database;
const pools: Database[] = [];
const log = createLogger('silent');

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await database.close();
});

/** A limiter as another process would have it: with connections of its own. */
function otherLimiter(): Limiter {
  const pool = openPool(database.connection, { max: 2 });
  pools.push(pool);
  return openLimiter({ database: pool, log });
}

const wish = (facts: Partial<Acquire> = {}): Acquire => ({
  endpoint: 'GET /test',
  deadline: performance.now() + 30_000,
  priority: 'BACKGROUND',
  signal: undefined,
  ...facts,
});
const headers = (values: Record<string, string>) => (name: string) => values[name];

/** The most arrivals in any window of that length. */
function densest(times: number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  let first = 0;
  for (const [last, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe('the limiter', () => {
  it.each<['FREE' | 'PRO' | 'BUSINESS', RateLabel, number, number]>([
    ['FREE', 'LIGHT', 4, 14],
    ['PRO', 'MEDIUM', 20, 70],
    ['BUSINESS', 'LIGHT', 80, 240],
  ])('holds the limit of %s %s in every sliding second, across processes', async (plan, label, limit, calls) => {
    const id = await makeIntegration(database, { rateLimitPlan: plan });
    const server = await startServer();
    server.answer(() => ({ status: 204 }));
    const limiters = [otherLimiter(), otherLimiter(), otherLimiter()];
    await fetch(server.url);

    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: calls }, async (_, i) => {
        await limiters[i % limiters.length]?.acquire(id, label, wish());
        await fetch(server.url);
      }),
    );
    const seconds = (performance.now() - startedAt) / 1_000;
    const times = server.arrivals.slice(1).map((call) => call.at);
    await server.close();

    expect(times).toHaveLength(calls);
    expect(densest(times, 1_000)).toBeLessThanOrEqual(limit);
    // Slower than allowed is safe, but not by much: a busy test machine loses slots.
    expect(calls / seconds).toBeGreaterThan(limit * 0.5);
  });

  it('reserves several calls with one statement', async () => {
    const id = await makeIntegration(database, { rateLimitPlan: 'BUSINESS' });
    let statements = 0;
    const counting = new Proxy(database.sql, {
      apply(target, self, parts: unknown[]) {
        const [template] = parts;
        if (Array.isArray(template) && String(template[0]).includes('update rate_limits')) statements += 1;
        return Reflect.apply(target, self, parts) as unknown;
      },
    });
    const limiter = openLimiter({ database: { ...database, sql: counting }, log });
    await Promise.all(Array.from({ length: 80 }, () => limiter.acquire(id, 'LIGHT', wish())));
    expect(statements).toBeGreaterThan(0);
    expect(statements).toBeLessThan(40);
  });

  it('lets people pass before background work', async () => {
    const id = await makeIntegration(database, { rateLimitPlan: 'PRO' });
    const limiter = otherLimiter();
    const order: string[] = [];
    const go = async (priority: Acquire['priority']) => {
      await limiter.acquire(id, 'HEAVY', wish({ priority }));
      order.push(priority);
    };
    const background = Array.from({ length: 8 }, () => go('BACKGROUND'));
    await Promise.all([...background, go('INTERACTIVE')]);
    expect(order.indexOf('INTERACTIVE')).toBeLessThan(4);
  });

  it('lets further pages of a listing pass before other background work, and people before them', async () => {
    const id = await makeIntegration(database, { rateLimitPlan: 'PRO' });
    const limiter = otherLimiter();
    const order: string[] = [];
    const go = async (name: string, more: Partial<Acquire> = {}) => {
      await limiter.acquire(id, 'HEAVY', wish({ priority: 'BACKGROUND', ...more }));
      order.push(name);
    };
    const first = Array.from({ length: 8 }, (_, n) => go(`work ${n}`));
    const pages = ['page 2', 'page 3'].map((name) => go(name, { continues: true }));
    await Promise.all([...first, ...pages, go('person', { priority: 'INTERACTIVE' })]);
    expect(order.filter((name) => name.startsWith('work'))).toEqual(Array.from({ length: 8 }, (_, n) => `work ${n}`));
    const places = ['person', 'page 2', 'page 3', 'work 7'].map((name) => order.indexOf(name));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(order.indexOf('page 3')).toBeLessThan(6);
  });

  it('lets nobody wait beyond the deadline, and turns away at once who would', async () => {
    const id = await makeIntegration(database, { rateLimitPlan: 'FREE' });
    const limiter = otherLimiter();
    await limiter.acquire(id, 'HEAVY', wish());
    const startedAt = performance.now();
    const late = Array.from({ length: 5 }, () =>
      limiter.acquire(id, 'HEAVY', wish({ deadline: performance.now() + 1_500 })).then(
        () => 'sent',
        (error: unknown) => error,
      ),
    );
    await late.at(-1);
    const turnedAwayAt = performance.now();
    const results = await Promise.all(late);
    expect(results.filter((one) => one === 'sent').length).toBeLessThanOrEqual(2);
    expect(turnedAwayAt - startedAt).toBeLessThan(100);
    expect(results.at(-1)).toMatchObject({ kind: 'RATE_LIMIT', outcome: 'NOT_SENT', code: 'ZOOM_RATE_LIMITED' });
  });

  it('lets go of who is called off, and of nobody else', async () => {
    const id = await makeIntegration(database, { rateLimitPlan: 'FREE' });
    const limiter = otherLimiter();
    const stop = new AbortController();
    const first = limiter.acquire(id, 'HEAVY', wish());
    const second = limiter.acquire(id, 'HEAVY', wish({ signal: stop.signal }));
    const third = limiter.acquire(id, 'HEAVY', wish());
    stop.abort();
    await expect(second).rejects.toMatchObject({ kind: 'ABORTED', outcome: 'NOT_SENT' });
    await expect(Promise.all([first, third])).resolves.toHaveLength(2);
  });

  it('stops every process for as long as a 429 asks', async () => {
    const id = await makeIntegration(database);
    const pass = await otherLimiter().acquire(id, 'MEDIUM', wish());
    const said = await pass.learn({ status: 429, header: headers({ 'retry-after': '2' }), text: '' }, new Date());
    expect(said).toEqual({ kind: 'RATE_LIMIT', retryAfterMs: 2_000 });

    const startedAt = performance.now();
    await otherLimiter().acquire(id, 'MEDIUM', wish());
    expect(performance.now() - startedAt).toBeGreaterThan(1_800);
    await expect(
      otherLimiter().acquire(id, 'LIGHT', wish({ deadline: performance.now() + 500 })),
      'other labels go on',
    ).resolves.toBeDefined();
  });

  it('is slower when Zoom says that the limit is lower', async () => {
    const id = await makeIntegration(database, { rateLimitPlan: 'BUSINESS' });
    const limiter = otherLimiter();
    const pass = await limiter.acquire(id, 'LIGHT', wish());
    const header = headers({ 'x-ratelimit-type': 'QPS', 'x-ratelimit-category': 'Light', 'x-ratelimit-limit': '4' });
    expect(await pass.learn({ status: 200, header, text: '' }, new Date())).toBeNull();
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 6 }, () => limiter.acquire(id, 'LIGHT', wish())));
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
  });

  const words = (message: string) => JSON.stringify({ code: 429, message });
  it.each([
    ['in a header', { 'x-ratelimit-type': 'Daily-limit' }, ''],
    ['in words alone', {}, words('You have reached the maximum daily rate limit for this API. Refer to the …')],
    ['in words, with a short wait', { 'retry-after': '1' }, words('… the maximum daily rate limit for this API. …')],
  ])('tells a daily limit without a date until the next day of UTC, said %s', async (_, told, text) => {
    const id = await makeIntegration(database);
    const pass = await otherLimiter().acquire(id, 'HEAVY', wish());
    const said = await pass.learn({ status: 429, header: headers(told), text }, new Date('2026-03-01T23:00:00Z'));
    expect(said).toEqual({ kind: 'DAILY_LIMIT', retryAfterMs: 3_600_000 });
    // Heavy and resource-intensive calls share their cap.
    const error: unknown = await otherLimiter()
      .acquire(id, 'RESOURCE_INTENSIVE', wish())
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'DAILY_LIMIT', outcome: 'NOT_SENT' });
  });

  it.each([
    ['a second', 'You have reached the maximum per-second rate limit for this API. Try again later.'],
    ['one user', 'You have exceeded the daily rate limit (100) of … requests permitted for this particular user.'],
    ['one thing at once', 'Too many concurrent requests. A request to disassociate this user has already been made.'],
  ])('takes the words about %s for no limit of the day', async (_, message) => {
    const id = await makeIntegration(database);
    const pass = await otherLimiter().acquire(id, 'HEAVY', wish());
    const said = await pass.learn({ status: 429, header: headers({}), text: words(message) }, new Date());
    expect(said).toEqual({ kind: 'RATE_LIMIT' });
  });
});

describe('429s that do not end', () => {
  it.each([
    ['without a word', {}],
    ['with a short Retry-After', { 'retry-after': '0' }],
  ])('%s are followed by ever longer pauses, and by no storm', async (_, told) => {
    const pauseMs = 50;
    const id = await makeIntegration(database);
    const limiter = openLimiter({ database, log, pauseMs });
    const sent: number[] = [];
    let status = 429;
    const work = Array.from({ length: 24 }, async () => {
      for (let isOver = false; !isOver;) {
        const pass = await limiter.acquire(id, 'LIGHT', wish());
        sent.push(performance.now());
        isOver = status === 204;
        await pass.learn({ status, header: headers(told), text: '' }, new Date());
      }
    });
    await sleep(40 * pauseMs);
    // After 0, 1, 3, 7, 15 and 31 pauses, the first of them with others on their way.
    expect(sent.length).toBeLessThan(15);
    const before = sent.length;
    status = 204;
    await Promise.all(work);
    const after = sent.slice(before);
    const first = after[0] ?? 0;
    expect(after.filter((at) => at < first + 6 * pauseMs).length).toBeLessThanOrEqual(8);
    const startedAt = performance.now();
    for (let n = 0; n < 20; n += 1) await limiter.acquire(id, 'LIGHT', wish());
    expect(performance.now() - startedAt, 'full speed again').toBeLessThan(20 * pauseMs);
  });
});

describe('the day', () => {
  const spend = async (
    account: string,
    label: RateLabel,
    used: number,
    day = sql`to_char(now() at time zone 'utc', 'YYYY-MM-DD')`,
  ) => {
    await database.db.execute(
      sql`insert into rate_limits (zoom_account_id, label, day, used_today) values (${account}, ${label}, ${day}, ${used})`,
    );
  };
  const tryOne = (limiter: Limiter, id: string, label: RateLabel, priority: Acquire['priority']) =>
    limiter.acquire(id, label, wish({ priority })).then(
      () => 'sent',
      (error: unknown) => (error as { kind: string }).kind,
    );

  it('gives background work 80 % and people the rest', async () => {
    const account = 'capped';
    const id = await makeIntegration(database, { rateLimitPlan: 'FREE', zoomAccountId: account });
    await spend(account, 'HEAVY', 799);
    const limiter = otherLimiter();
    expect(await tryOne(limiter, id, 'HEAVY', 'BACKGROUND')).toBe('sent');
    expect(await tryOne(limiter, id, 'HEAVY', 'BACKGROUND')).toBe('DAILY_LIMIT');
    expect(await tryOne(limiter, id, 'HEAVY', 'INTERACTIVE')).toBe('sent');
    await database.db.execute(sql`update rate_limits set used_today = 1000 where zoom_account_id = ${account}`);
    expect(await tryOne(limiter, id, 'HEAVY', 'INTERACTIVE')).toBe('DAILY_LIMIT');
  });

  it('hands out the last calls even when many are waiting', async () => {
    const account = 'almost-capped';
    const id = await makeIntegration(database, { rateLimitPlan: 'BUSINESS', zoomAccountId: account });
    await spend(account, 'RESOURCE_INTENSIVE', 40_000);
    await spend(account, 'HEAVY', 7_997);
    const limiter = otherLimiter();
    const results = await Promise.all(Array.from({ length: 6 }, () => tryOne(limiter, id, 'HEAVY', 'BACKGROUND')));
    expect(results.toSorted()).toEqual(['DAILY_LIMIT', 'DAILY_LIMIT', 'DAILY_LIMIT', 'sent', 'sent', 'sent']);
  });

  it('begins anew', async () => {
    const account = 'yesterday';
    const id = await makeIntegration(database, { rateLimitPlan: 'FREE', zoomAccountId: account });
    await spend(account, 'HEAVY', 1_000, sql`'2020-01-01'`);
    expect(await tryOne(otherLimiter(), id, 'HEAVY', 'BACKGROUND')).toBe('sent');
    const [row] = await database.sql`select used_today from rate_limits where zoom_account_id = ${account}`;
    expect(row).toEqual({ used_today: 1 });
  });
});

describe('a clock of the database that jumps', () => {
  // The rows move instead of the clock: it is the same to whoever compares them.
  const byDays = (account: string, days: number) => database.sql`
    update rate_limits set tat_ms = tat_ms + ${days * DAY_MS}::bigint,
      blocked_until = blocked_until + make_interval(days => ${days}),
      day = to_char(day::date + ${days}::int, 'YYYY-MM-DD')
    where zoom_account_id = ${account}`;
  const millisecondsOf = async (work: Promise<unknown>) => {
    const startedAt = performance.now();
    await work;
    return performance.now() - startedAt;
  };

  it.each([
    ['back', 1],
    ['ahead', -1],
  ])('a day %s lets calls go on at their pace, in every label', async (way, days) => {
    const account = `jumped-${way}`;
    const id = await makeIntegration(database, { rateLimitPlan: 'PRO', zoomAccountId: account });
    for (const label of ['HEAVY', 'RESOURCE_INTENSIVE'] as const) {
      await otherLimiter().acquire(id, label, wish());
      await byDays(account, days);
      expect(await millisecondsOf(otherLimiter().acquire(id, label, wish()))).toBeLessThan(1_000);
    }
    const calls = Promise.all(Array.from({ length: 6 }, () => otherLimiter().acquire(id, 'HEAVY', wish())));
    expect(await millisecondsOf(calls), 'ten a second').toBeGreaterThan(450);
  });

  it.each([
    ['back', 1],
    ['ahead', -1],
  ])('a day %s ends what Zoom told before, and not what it tells then', async (way, days) => {
    const account = `stopped-${way}`;
    const id = await makeIntegration(database, { rateLimitPlan: 'PRO', zoomAccountId: account });
    const stop = async () => {
      const pass = await otherLimiter().acquire(id, 'LIGHT', wish());
      await pass.learn({ status: 429, header: headers({ 'retry-after': '40' }), text: '' }, new Date());
    };
    const go = () => otherLimiter().acquire(id, 'LIGHT', wish({ deadline: performance.now() + 1_000 }));
    await stop();
    await expect(go()).rejects.toMatchObject({ kind: 'RATE_LIMIT', outcome: 'NOT_SENT' });
    await byDays(account, days);
    await stop();
    await expect(go()).rejects.toMatchObject({ kind: 'RATE_LIMIT', outcome: 'NOT_SENT' });
  });

  it('keeps what is reserved honestly far ahead, and believes no stop of more than a day', async () => {
    const id = await makeIntegration(database, { rateLimitPlan: 'FREE', zoomAccountId: 'far-ahead' });
    const pass = await otherLimiter().acquire(id, 'RESOURCE_INTENSIVE', wish());
    const again = otherLimiter().acquire(id, 'RESOURCE_INTENSIVE', wish({ deadline: performance.now() + 1_000 }));
    await expect(again, 'ten a minute').rejects.toMatchObject({ kind: 'RATE_LIMIT' });
    await pass.learn({ status: 429, header: headers({ 'retry-after': '999999999' }), text: '' }, new Date());
    const [row] = await database.sql<{ hours: number }[]>`
      select extract(epoch from blocked_until - clock_timestamp())::float8 / 3600 as hours
      from rate_limits where zoom_account_id = 'far-ahead' and label = 'RESOURCE_INTENSIVE'`;
    expect(row?.hours).toBeGreaterThan(23.9);
    expect(row?.hours).toBeLessThanOrEqual(24);
  });
});
