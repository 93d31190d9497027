import { DAY_MS } from './inactivity.ts';

/** How many used a license in a week, which is named by its Monday. */
export interface WeekPoint {
  week: string;
  active: number;
}

/** Seats that will be needed: between `low` and `high`, most likely `expected`. */
export interface SeatBand {
  low: number;
  expected: number;
  high: number;
  /** How many weeks it rests on. */
  weeks: number;
  /** Seats more (or fewer) every week. */
  trendPerWeek: number;
}

/** From fewer weeks nothing is foretold. */
export const MIN_WEEKS = 4;
/** Weeks that are longer ago tell of another company. */
export const MAX_WEEKS = 26;
/** When the last week lies further back, nothing is foretold. */
export const STALE_WEEKS = 4;
/** What a trend adds up to over all weeks must be more than so many times what a week usually lies off it. */
export const TREND_SCATTERS = 3;

const WEEK_MS = 7 * DAY_MS;
// Weeks are counted from a Monday.
const weekOf = (day: string) => Math.floor((Date.parse(`${day}T00:00:00.000Z`) + 3 * DAY_MS) / WEEK_MS);

/** Sums of fractions are never quite whole. */
const up = (value: number) => Math.max(0, Math.ceil(value - 1e-9));

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? 0) + high) / 2;
}

/** The line with a slope that has as many weeks above it as below, and how far each lies off. */
function fitOf(known: readonly { x: number; active: number }[], slope: number) {
  const base = median(known.map(({ x, active }) => active - slope * x));
  return { slope, base, off: known.map(({ x, active }) => active - (base + slope * x)) };
}

/**
 * How many seats will be used on a day, by the weeks that are known. The trend is the median of the slopes between any two
 * weeks (Theil–Sen), which one odd week doesn't move, and none where weeks scatter as much; the band is as wide as weeks lay
 * off the trend. The trend goes on
 * for as many weeks as are known at most, and weeks that are missing are just not there.
 *
 * @param level how many use it now, where the weeks tell only how use develops; null: they tell how many.
 * @returns words instead of a band where there are too few weeks, or the last of them is too long ago.
 */
export function seatBand(
  points: readonly WeekPoint[],
  { today, day, level }: { today: string; day: string; level: number | null },
): SeatBand | string {
  const now = weekOf(today);
  const known = points
    .map(({ week, active }) => ({ x: weekOf(week), active }))
    .filter(({ x }) => x <= now && now - x < MAX_WEEKS)
    .sort((a, b) => a.x - b.x);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined || known.length < MIN_WEEKS) {
    return `Use is known of ${known.length} ${known.length === 1 ? 'week' : 'weeks'}, and ${MIN_WEEKS} are needed to tell what will be.`;
  }
  if (now - last.x > STALE_WEEKS) {
    return `The last week of which use is known lies ${now - last.x} weeks back. Reconcile, or sync, and ask again.`;
  }
  const slopes = known.flatMap((a, index) => known.slice(index + 1).map((b) => (b.active - a.active) / (b.x - a.x)));
  const steepest = fitOf(known, median(slopes));
  const scatter = median(steepest.off.map(Math.abs));
  const isTrend = Math.abs(steepest.slope) * (last.x - first.x) > TREND_SCATTERS * scatter;
  const { slope, base, off } = isTrend ? steepest : fitOf(known, 0);
  const ahead = Math.min(Math.max(0, weekOf(day) - last.x), last.x - first.x + 1);
  const expected = (level ?? base + slope * last.x) + slope * ahead;
  return {
    low: up(expected + Math.min(...off)),
    expected: up(expected),
    high: up(expected + Math.max(...off)),
    weeks: known.length,
    trendPerWeek: Math.round(slope * 100) / 100,
  };
}
