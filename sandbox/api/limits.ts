import { ZoomError } from './errors.ts';
import type { RateLabel } from './endpoint.ts';

export type RatePlan = 'FREE' | 'PRO' | 'BUSINESS';

interface Limit {
  perSecond: number;
  /** Calls a day (UTC), and the labels that share them. */
  perDay: number;
  dayKey: string;
}

const LABEL_NAMES: Record<RateLabel, string> = {
  LIGHT: 'Light',
  MEDIUM: 'Medium',
  HEAVY: 'Heavy',
  RESOURCE_INTENSIVE: 'Resource-intensive',
};

function limitOf(plan: RatePlan, label: RateLabel): Limit {
  const heavy = label === 'HEAVY' || label === 'RESOURCE_INTENSIVE';
  if (plan === 'FREE') {
    const perSecond = { LIGHT: 4, MEDIUM: 2, HEAVY: 1, RESOURCE_INTENSIVE: 1 }[label];
    const perDay = { LIGHT: 6000, MEDIUM: 2000, HEAVY: 1000, RESOURCE_INTENSIVE: 30_000 }[label];
    return { perSecond, perDay, dayKey: label };
  }
  const perSecond =
    plan === 'PRO'
      ? { LIGHT: 30, MEDIUM: 20, HEAVY: 10, RESOURCE_INTENSIVE: 1 }[label]
      : { LIGHT: 80, MEDIUM: 60, HEAVY: 40, RESOURCE_INTENSIVE: 1 }[label];
  // The two expensive labels share one cap; the cheap ones have none.
  return { perSecond, perDay: heavy ? (plan === 'PRO' ? 30_000 : 60_000) : Infinity, dayKey: heavy ? 'HEAVY' : label };
}

interface Bucket {
  /** Times of the last calls, a ring as long as the limit. */
  times: Float64Array;
  next: number;
}

/** Counts the calls of an account tree by label, in every sliding second and in every UTC day. */
export class RateLimits {
  readonly plan: RatePlan;
  readonly #enabled: boolean;
  readonly #buckets = new Map<string, Bucket>();
  readonly #days = new Map<string, { day: number; used: number }>();

  constructor(plan: RatePlan, enabled: boolean) {
    this.plan = plan;
    this.#enabled = enabled;
  }

  /** Counts one call and gives Zoom's headers for it, or throws Zoom's 429. A refused call is not counted. */
  take(tree: string, label: RateLabel, now: number): Record<string, string> {
    if (!this.#enabled) return {};
    const limit = limitOf(this.plan, label);
    const category = { 'X-RateLimit-Category': LABEL_NAMES[label] };

    const dayKey = `${tree}/${limit.dayKey}`;
    const today = Math.floor(now / 86_400_000);
    let day = this.#days.get(dayKey);
    if (day?.day !== today) this.#days.set(dayKey, (day = { day: today, used: 0 }));
    if (day.used >= limit.perDay) {
      throw new ZoomError(
        429,
        429,
        'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.',
        {
          headers: {
            ...category,
            'X-RateLimit-Type': 'Daily-limit',
            'X-RateLimit-Limit': String(limit.perDay),
            'X-RateLimit-Remaining': '0',
            'Retry-After': new Date((today + 1) * 86_400_000).toISOString().replace('.000Z', 'Z'),
          },
        },
      );
    }

    const headers = { ...category, 'X-RateLimit-Type': 'QPS', 'X-RateLimit-Limit': String(limit.perSecond) };
    const bucketKey = `${tree}/${label}`;
    let bucket = this.#buckets.get(bucketKey);
    if (!bucket)
      this.#buckets.set(bucketKey, (bucket = { times: new Float64Array(limit.perSecond).fill(-Infinity), next: 0 }));
    // The oldest entry of the ring is the call that must be a second away.
    if (now - bucket.times[bucket.next]! < 1000) {
      throw new ZoomError(
        429,
        429,
        'You have reached the maximum per-second rate limit for this API. Try again later.',
        {
          headers: { ...headers, 'X-RateLimit-Remaining': '0' },
        },
      );
    }
    bucket.times[bucket.next] = now;
    bucket.next = (bucket.next + 1) % bucket.times.length;
    day.used++;
    let recent = 0;
    for (const at of bucket.times) if (now - at < 1000) recent++;
    return { ...headers, 'X-RateLimit-Remaining': String(limit.perSecond - recent) };
  }

  /** As if so many calls had been made today already. */
  spend(tree: string, label: RateLabel, calls: number, now: number): void {
    const key = `${tree}/${limitOf(this.plan, label).dayKey}`;
    this.#days.set(key, { day: Math.floor(now / 86_400_000), used: calls });
  }
}
