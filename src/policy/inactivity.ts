/** Zoom shows a sign-in up to three days late, so nobody is called inactive before three more days have passed. */
export const LOGIN_LAG_DAYS = 3;

/** What a rule asks for when nobody says otherwise. */
export const DEFAULT_THRESHOLD_DAYS = 60;

/** Activity that is looked at on the first sync when nobody says otherwise. */
export const DEFAULT_WINDOW_DAYS = 60;

/** How far back activity can be asked for at most. */
export const MAX_WINDOW_DAYS = 365;

export const DAY_MS = 86_400_000;

/** When somebody was last active, and since when they exist; null is never, or unknown. */
export interface ActivityDates {
  lastActivityAt: Date | null;
  activeDate: Date | null;
}

/**
 * Whole days since the last activity, or since creation for the never active; null when neither is known. A moment in
 * the future (a clock that is wrong) counts as now.
 */
export function inactiveDays(dates: ActivityDates, now: Date): number | null {
  const since = dates.lastActivityAt ?? dates.activeDate;
  return since === null ? null : Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY_MS));
}

/**
 * The latest instant at which a last sign of activity still makes somebody inactive for `thresholdDays`: the threshold
 * and Zoom's lag before now.
 */
export function inactiveBefore(thresholdDays: number, now: Date): Date {
  return new Date(now.getTime() - (thresholdDays + LOGIN_LAG_DAYS) * DAY_MS);
}

/** Has somebody shown no sign for the threshold and Zoom's lag? Unknown dates prove nothing. */
export function isInactive(dates: ActivityDates, thresholdDays: number, now: Date): boolean {
  const since = dates.lastActivityAt ?? dates.activeDate;
  return since !== null && since.getTime() <= inactiveBefore(thresholdDays, now).getTime();
}
