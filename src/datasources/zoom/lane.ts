import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../db/client.ts';
import { outageOf } from '../../db/outage.ts';
import type { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { parseRetryAfter, PAUSE_MS, pauseAfter } from '../../policy/backoff.ts';
import { MOST_MARGIN, PaceMargin } from '../../policy/pace-margin.ts';
import { aheadOf, placeIn, type Priority } from '../../policy/turn-order.ts';
import { blockCalls, rateStanding, reserveCalls } from '../store/rate-limits.ts';
import { withinNone } from '../../tracing.ts';
import { sentenceFor, ZoomError } from './errors.ts';
import { dayCapOf, paceOf, type Pace, type Plan } from './plans.ts';
import { MAX_LEAD_MS, type DatabaseClock } from '../../db/database-clock.ts';
import type { RateLabel } from './endpoints.ts';
import type { HttpAnswer } from './http.ts';

export interface Acquire {
  /** For the error. */
  endpoint: string;
  /** On the clock of `performance.now()`. */
  deadline: number;
  priority: Priority;
  /** Is it a further page of a listing? */
  continues?: boolean;
  signal: AbortSignal | undefined;
}

/** What a 429 turned out to be. */
export interface LimitReached {
  kind: 'RATE_LIMIT' | 'DAILY_LIMIT';
  /** Absent: Zoom didn't say. */
  retryAfterMs?: number;
}

/** How far ahead calls are reserved, several with one statement. */
const HORIZON_MS = 100;
/**
 * A call that is later than this (a busy process) gives its slot up and takes a new one: calls that are late together
 * would arrive together, and Zoom counts arrivals.
 */
const GRACE_MS = 20;
/** A longer wait than this is not about seconds. */
const LONG_WAIT_MS = 60_000;
/** Zoom's words, by which alone its answers tell at times; those about a single user's day are others. */
const DAY_IS_USED_UP = /daily rate limit for this API/i;
/** How long we keep to a limit that we guessed after a 429. */
const GUESS_MS = 300_000;
/** So many first pauses long calls go on singly after the last one, or Zoom would be given all that waits at once. */
const CRAWL_PAUSES = 10;

interface Waiter {
  wish: Acquire;
  /** On the clock of `performance.now()`. */
  since: number;
  isSettled: boolean;
  settle(error?: AppError): void;
}

/** The queue of this process for one account and label. */
export class Lane {
  plan: Plan | null = null;
  readonly #database: Database;
  readonly #log: Logger;
  readonly #clock: DatabaseClock;
  readonly #account: string;
  readonly #label: RateLabel;
  #waiting: Waiter[] = [];
  #isPumping = false;
  /** A lower limit than the plan's that Zoom told us or that we guess. */
  #ceiling: { limit: number; until: number } | null = null;
  readonly #margin = new PaceMargin();
  /** The part of a millisecond that the last reservation was short of. */
  #cutOffMs = 0;
  /** 429s in a row, those that were on their way together counted as one; and when the last of them came. */
  #refusals = 0;
  #refusedAt = 0;
  /** After more than two of them, so long is one call sent after the other. */
  #crawlUntil = 0;
  readonly #pauseMs: number;
  /** Nobody can be let through before that; with the reason. */
  #closed: { until: number; kind: LimitReached['kind'] } = { until: 0, kind: 'RATE_LIMIT' };

  constructor(facts: {
    database: Database;
    log: Logger;
    clock: DatabaseClock;
    account: string;
    label: RateLabel;
    pauseMs?: number | undefined;
  }) {
    this.#database = facts.database;
    this.#log = facts.log;
    this.#clock = facts.clock;
    this.#account = facts.account;
    this.#label = facts.label;
    this.#pauseMs = facts.pauseMs ?? PAUSE_MS;
  }

  wait(wish: Acquire): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => waiter.settle(notSent('ABORTED', wish.endpoint));
      const late = setTimeout(
        () => {
          waiter.settle(
            notSent('RATE_LIMIT', wish.endpoint, Math.max(PAUSE_MS, this.#closed.until - performance.now())),
          );
        },
        Math.max(0, wish.deadline - performance.now()),
      );
      const waiter: Waiter = {
        wish,
        since: performance.now(),
        isSettled: false,
        settle: (error) => {
          if (waiter.isSettled) return;
          waiter.isSettled = true;
          clearTimeout(late);
          wish.signal?.removeEventListener('abort', onAbort);
          if (error === undefined) resolve();
          else {
            this.#waiting = this.#waiting.filter((other) => other !== waiter);
            reject(error);
          }
        },
      };
      if (wish.signal?.aborted === true) return onAbort();
      wish.signal?.addEventListener('abort', onAbort, { once: true });
      if (this.#closed.until > wish.deadline) return this.#turnAway(waiter, this.#closed.until);
      const turnAt = performance.now() + aheadOf(this.#waiting, wish) * this.#gapMs();
      if (turnAt > wish.deadline) return this.#turnAway(waiter, turnAt);
      this.#enqueue(waiter, false);
    });
  }

  /** `sentAt` is on the clock of `performance.now()`. */
  async learn(answer: HttpAnswer, now: Date, sentAt: number): Promise<LimitReached | null> {
    const type = answer.header('x-ratelimit-type')?.toLowerCase() ?? '';
    const category = answer.header('x-ratelimit-category')?.toUpperCase().replace('-', '_');
    const told = Number(answer.header('x-ratelimit-limit'));
    const isOurs = category === undefined || category === this.#label;
    if (type === 'qps' && isOurs && this.#pace().windowMs === 1_000 && Number.isInteger(told) && told > 0) {
      this.#ceiling = { limit: told, until: Number.POSITIVE_INFINITY };
    }
    const isNews = sentAt >= this.#refusedAt;
    if (answer.status !== 429) {
      if (isNews) this.#refusals = 0;
      return null;
    }
    if (isNews) {
      this.#refusals += 1;
      this.#refusedAt = performance.now();
    }

    const asked = parseRetryAfter(answer.header('retry-after'), now);
    const isLong = asked !== null && asked > LONG_WAIT_MS;
    const isSaid = type === '' && DAY_IS_USED_UP.test(answer.text.slice(0, 1000));
    if (type.startsWith('daily') || isSaid || (type === '' && isLong)) {
      const retryAfterMs = asked === null || (isSaid && !isLong) ? msToUtcMidnight(now) : asked;
      await this.#stop([this.#label, ...dayCapOf(this.plan, this.#label).sharedWith], retryAfterMs);
      return { kind: 'DAILY_LIMIT', retryAfterMs };
    }
    if (isNews) this.#margin.refused(performance.now());
    // Who refuses again and again is asked ever more seldom, whatever short wait comes with it.
    const pauseMs = Math.max(asked ?? 0, pauseAfter(this.#refusals, this.#pauseMs));
    if (this.#refusals > 2) this.#crawlUntil = performance.now() + pauseMs + CRAWL_PAUSES * this.#pauseMs;
    await this.#stop([this.#label], pauseMs);
    // Nobody who works in the background waits for that: a run comes back then.
    if (isLong) return { kind: 'DAILY_LIMIT', retryAfterMs: asked };
    // Nobody told us the plan or the limit: be half as fast for a while.
    if (this.plan === null && this.#ceiling?.until !== Number.POSITIVE_INFINITY) {
      this.#ceiling = { limit: Math.max(1, Math.floor(this.#pace().limit / 2)), until: performance.now() + GUESS_MS };
    }
    return asked === null ? { kind: 'RATE_LIMIT' } : { kind: 'RATE_LIMIT', retryAfterMs: asked };
  }

  async #stop(labels: RateLabel[], ms: number): Promise<void> {
    try {
      await blockCalls(this.#database.sql, this.#account, labels, ms);
    } catch (error) {
      // What Zoom answered is the news; and without the database nothing gets leave to be sent anyway.
      this.#log.warn(
        { error: error instanceof Error ? error.message : 'unknown' },
        'A limit of Zoom could not be noted',
      );
    }
  }

  #enqueue(waiter: Waiter, isFirst: boolean): void {
    this.#waiting.splice(placeIn(this.#waiting, waiter.wish, performance.now(), isFirst), 0, waiter);
    // For everybody who waits, and not for whom it happens to begin.
    if (!this.#isPumping) withinNone(() => void this.#pump());
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    try {
      await this.#serve();
    } catch (cause) {
      // Without the database nobody knows what may be sent: nothing is.
      // Zoom has no part in it, and must not be named as who failed.
      const outage = outageOf(cause);
      for (const one of [...this.#waiting])
        one.settle(outage ?? notSent('UNAVAILABLE', one.wish.endpoint, PAUSE_MS, cause));
    }
    this.#isPumping = false;
    // Who came between the last look at the queue and now must not wait for somebody else to come.
    if (this.#waiting.length > 0) void this.#pump();
  }

  async #serve(): Promise<void> {
    let most = Number.POSITIVE_INFINITY;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const { priority } = first.wish;
      const pace = this.#pace();
      const gapMs = this.#gapMs();
      const cap = dayCapOf(this.plan, this.#label);
      const dayCap = cap.calls === null ? null : Math.floor(priority === 'INTERACTIVE' ? cap.calls : cap.calls * 0.8);
      const alike = this.#waiting.filter((waiter) => waiter.wish.priority === priority).length;
      const calls = Math.max(1, Math.min(alike, most, Math.floor(HORIZON_MS / gapMs)));
      // The database counts in whole milliseconds; what is cut off here is added next time.
      const exactMs = calls * gapMs + this.#cutOffMs;
      const stepMs = Math.floor(exactMs);
      most = Number.POSITIVE_INFINITY;

      const askedAt = performance.now();
      const reserved = await reserveCalls(this.#database.sql, {
        account: this.#account,
        label: this.#label,
        calls,
        stepMs,
        leadMs: this.#clock.leadMs,
        horizonMs: HORIZON_MS,
        furthestMs: furthestOf(pace),
        dayCap,
        sharedWith: cap.sharedWith,
      });
      if (reserved !== null) {
        this.#cutOffMs = exactMs - stepMs;
        this.#clock.observe(askedAt, performance.now(), reserved.nowMs);
        const startAt = this.#clock.toLocal(reserved.startMs);
        for (let i = 0; i < calls; i += 1) {
          const waiter = this.#waiting.shift();
          if (waiter !== undefined) this.#letGo(waiter, startAt + i * gapMs);
        }
        await until(startAt + stepMs - HORIZON_MS - this.#clock.leadMs);
        continue;
      }

      const standing = await rateStanding(
        this.#database.sql,
        this.#account,
        this.#label,
        cap.sharedWith,
        furthestOf(pace),
      );
      const left = dayCap === null ? Number.POSITIVE_INFINITY : dayCap - standing.usedToday;
      if (left <= 0) {
        for (const waiter of this.#waiting.filter((one) => one.wish.priority === priority)) {
          waiter.settle(notSent('DAILY_LIMIT', waiter.wish.endpoint, standing.msToMidnight));
        }
        continue;
      }
      most = left;
      const blockedMs = standing.blockedUntilMs - standing.nowMs;
      const waitMs = Math.max(standing.tatMs - standing.nowMs, blockedMs);
      this.#closed = {
        until: performance.now() + waitMs,
        kind: blockedMs > LONG_WAIT_MS ? 'DAILY_LIMIT' : 'RATE_LIMIT',
      };
      for (const waiter of [...this.#waiting]) {
        if (waiter.wish.deadline < this.#closed.until) this.#turnAway(waiter, this.#closed.until);
      }
      // Some randomness, or the processes that wait for the same slot ask for it in step.
      await until(this.#closed.until - HORIZON_MS - this.#clock.leadMs + Math.random() * 5);
    }
  }

  #letGo(waiter: Waiter, at: number): void {
    const go = () => {
      if (waiter.isSettled) return;
      if (performance.now() - at > GRACE_MS) this.#enqueue(waiter, true);
      else waiter.settle();
    };
    const inMs = at - performance.now();
    if (inMs < 1) go();
    else setTimeout(go, inMs);
  }

  #turnAway(waiter: Waiter, opensAt: number): void {
    const { kind } = this.#closed.until > waiter.wish.deadline ? this.#closed : { kind: 'RATE_LIMIT' as const };
    waiter.settle(notSent(kind, waiter.wish.endpoint, opensAt - performance.now()));
  }

  /** Time between two calls. Evenly spaced, without a burst. */
  #gapMs(): number {
    const { limit, windowMs } = this.#pace();
    return (windowMs * this.#margin.at(performance.now())) / limit;
  }

  #pace(): Pace {
    const pace = paceOf(this.plan, this.#label);
    const single = { limit: 1, windowMs: this.#pauseMs };
    if (this.#crawlUntil > performance.now() && pace.limit * single.windowMs > pace.windowMs) return single;
    if (this.#ceiling === null || this.#ceiling.until < performance.now()) return pace;
    return { ...pace, limit: Math.min(pace.limit, this.#ceiling.limit) };
  }
}

/** The furthest that any process can have reserved ahead: after the longest lead one call, by the slowest pace. */
function furthestOf({ windowMs }: Pace): number {
  return MAX_LEAD_MS + HORIZON_MS + windowMs * MOST_MARGIN + 1;
}

function notSent(
  kind: 'RATE_LIMIT' | 'DAILY_LIMIT' | 'ABORTED' | 'UNAVAILABLE',
  endpoint: string,
  retryAfterMs?: number,
  cause?: unknown,
): ZoomError {
  return new ZoomError(sentenceFor(kind, { missingScopes: [], code: null }), {
    endpoint,
    kind,
    outcome: 'NOT_SENT',
    cause,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function msToUtcMidnight(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1) - now.getTime();
}

async function until(at: number): Promise<void> {
  const ms = at - performance.now();
  if (ms > 0) await sleep(ms);
}
