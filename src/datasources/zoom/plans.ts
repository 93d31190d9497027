import type { RateLabel } from './endpoints.ts';

/** The kinds of Zoom accounts that have limits of their own; Business stands for everything above it. */
export type Plan = 'FREE' | 'PRO' | 'BUSINESS';

/** At most `limit` calls in any window of that length. */
export interface Pace {
  limit: number;
  windowMs: number;
}

const SECOND = 1_000;
const MINUTE = 60_000;

/** Zoom's published limits. */
const PACES: Record<Plan, Record<RateLabel, Pace>> = {
  FREE: {
    LIGHT: { limit: 4, windowMs: SECOND },
    MEDIUM: { limit: 2, windowMs: SECOND },
    HEAVY: { limit: 1, windowMs: SECOND },
    RESOURCE_INTENSIVE: { limit: 10, windowMs: MINUTE },
  },
  PRO: {
    LIGHT: { limit: 30, windowMs: SECOND },
    MEDIUM: { limit: 20, windowMs: SECOND },
    HEAVY: { limit: 10, windowMs: SECOND },
    RESOURCE_INTENSIVE: { limit: 10, windowMs: MINUTE },
  },
  BUSINESS: {
    LIGHT: { limit: 80, windowMs: SECOND },
    MEDIUM: { limit: 60, windowMs: SECOND },
    HEAVY: { limit: 40, windowMs: SECOND },
    RESOURCE_INTENSIVE: { limit: 20, windowMs: MINUTE },
  },
};

const FREE_DAY: Record<RateLabel, number> = { LIGHT: 6_000, MEDIUM: 2_000, HEAVY: 1_000, RESOURCE_INTENSIVE: 30_000 };
const SHARED_DAY = { PRO: 30_000, BUSINESS: 60_000 };

export interface DayCap {
  /** Null: no cap. */
  calls: number | null;
  /** Labels whose calls count against the same cap. */
  sharedWith: readonly RateLabel[];
}

/**
 * How fast calls of a label may follow each other. An account whose plan nobody knows is treated as Pro, never faster;
 * Zoom's headers may slow it down.
 */
export function paceOf(plan: Plan | null, label: RateLabel): Pace {
  return PACES[plan ?? 'PRO'][label];
}

/** How many calls of a label a UTC day has. Above Free only the two expensive labels are capped, together. */
export function dayCapOf(plan: Plan | null, label: RateLabel): DayCap {
  if (plan === 'FREE') return { calls: FREE_DAY[label], sharedWith: [] };
  if (label === 'HEAVY') return { calls: SHARED_DAY[plan ?? 'PRO'], sharedWith: ['RESOURCE_INTENSIVE'] };
  if (label === 'RESOURCE_INTENSIVE') return { calls: SHARED_DAY[plan ?? 'PRO'], sharedWith: ['HEAVY'] };
  return { calls: null, sharedWith: [] };
}
