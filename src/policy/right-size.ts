import { DAY_MS } from './inactivity.ts';
import type { AddOn } from './reclaim-step.ts';

/** Capacities that Zoom sells, smallest first. */
export const TIERS: Readonly<Record<AddOn, readonly number[]>> = {
  webinar: [100, 500, 1000, 3000, 5000, 10_000],
  large_meeting: [500, 1000],
};

/** So many people every paid plan lets into a meeting without an add-on. */
export const BASE_CAPACITY = 100;

/** Room above the fullest event that was seen, in percent. */
export const RESERVE_PERCENT = 20;

/** Use must be known for so many days before anything is proposed. */
export const MIN_DAYS = 60;

/** What is known of the use of an add-on. */
export interface CapacityUse {
  addOn: AddOn;
  /** Null where Zoom told none. */
  capacity: number | null;
  /** Webinars or meetings that were hosted. */
  held: number;
  /** Of these, so many of which Zoom told no number of people. */
  uncounted: number;
  /** Most people in one; null: none was counted. */
  peak: number | null;
  /** Without a gap since; null: not known at all. */
  knownFrom: Date | null;
  knownUntil: Date | null;
}

export interface RightSize {
  action: 'REMOVE' | 'REDUCE';
  /** The capacity that is enough; null when none is needed. */
  capacity: number | null;
}

/** The smaller capacity that would have been enough, with a reserve; null when there is none, or too little is known to say. */
export function rightSize(use: CapacityUse, now: Date): RightSize | null {
  const { addOn, capacity, held, uncounted, peak, knownFrom, knownUntil } = use;
  if (knownFrom === null || knownUntil === null) return null;
  if (now.getTime() - knownUntil.getTime() > 5 * DAY_MS) return null;
  if (knownUntil.getTime() - knownFrom.getTime() < MIN_DAYS * DAY_MS) return null;
  // One event whose size nobody knows may have needed all of it.
  if (uncounted > 0) return null;
  if (held === 0) return { action: 'REMOVE', capacity: null };
  if (peak === null) return null;
  const needed = Math.ceil((peak * (100 + RESERVE_PERCENT)) / 100);
  if (addOn === 'large_meeting' && needed <= BASE_CAPACITY) return { action: 'REMOVE', capacity: null };
  const enough = TIERS[addOn].find((tier) => tier >= needed);
  return enough === undefined || capacity === null || enough >= capacity
    ? null
    : { action: 'REDUCE', capacity: enough };
}
