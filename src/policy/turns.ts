import { DAY_MS } from './inactivity.ts';

/** Everybody's profile is read once in so many days, each at a moment of their own. */
export const PROFILE_CYCLE_DAYS = 7;

/** A clock may have gone back by so much. */
const CLOCK_TOLERANCE_MS = DAY_MS / 2;

/** The beginning of the last pass; null when there was none that can be believed, so that everybody is due. */
export function lastPass(noted: Date | null, startedAt: Date): Date | null {
  if (noted === null || noted.getTime() > startedAt.getTime() + CLOCK_TOLERANCE_MS) return null;
  return noted;
}
