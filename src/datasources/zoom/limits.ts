import type { Database } from '../../db/client.ts';
import type { Logger } from '../../log.ts';
import { rateAccountOf, type RateAccount } from '../store/rate-limits.ts';
import { DatabaseClock } from '../../db/database-clock.ts';
import { Lane, type Acquire, type LimitReached } from './lane.ts';
import type { RateLabel } from './endpoints.ts';
import type { HttpAnswer } from './http.ts';

export type { Acquire, LimitReached } from './lane.ts';

/** Leave to send one call, now. */
export interface Pass {
  /** Takes what the answer says about limits to heart; not null for a 429. */
  learn(answer: HttpAnswer, now: Date): Promise<LimitReached | null>;
}

export interface Limiter {
  /**
   * Waits for leave to send one call; it must be sent at once.
   *
   * @throws {ZoomError} with outcome `NOT_SENT` when that can't be before the deadline.
   */
  acquire(integrationId: string, label: RateLabel, wish: Acquire): Promise<Pass>;
}

/** How long a process believes what it knows of an integration. */
const BELIEF_MS = 10_000;

interface LimiterDeps {
  database: Database;
  log: Logger;
  /** The first pause after a 429, of which the later ones are multiples. A second when absent. */
  pauseMs?: number | undefined;
}

/** A limiter whose limits hold for all limiters that share the database. */
export function openLimiter({ database, log, pauseMs }: LimiterDeps): Limiter {
  const clock = new DatabaseClock();
  const lanes = new Map<string, Lane>();
  const accounts = new Map<string, { value: Promise<RateAccount | null>; until: number }>();

  const accountOf = async (integrationId: string): Promise<RateAccount> => {
    const now = performance.now();
    let known = accounts.get(integrationId);
    if (known === undefined || known.until < now) {
      known = { value: rateAccountOf(database.sql, integrationId), until: now + BELIEF_MS };
      accounts.set(integrationId, known);
      known.value.catch(() => accounts.delete(integrationId));
    }
    return (await known.value) ?? { account: integrationId, plan: null };
  };

  return {
    async acquire(integrationId, label, wish) {
      const { account, plan } = await accountOf(integrationId);
      const name = `${account} ${label}`;
      let lane = lanes.get(name);
      if (lane === undefined) {
        lane = new Lane({ database, log, clock, account, label, pauseMs });
        lanes.set(name, lane);
      }
      lane.plan = plan;
      await lane.wait(wish);
      const sentAt = performance.now();
      return { learn: (answer, now) => lane.learn(answer, now, sentAt) };
    },
  };
}
