import { DAY_MS } from './inactivity.ts';

export type SeriesInterval = 'DAY' | 'WEEK' | 'MONTH';

/** A series that is longer says nothing that a coarser one doesn't. */
export const MAX_POINTS = 400;

/** First and last day of a point, both within it; days are `2026-03-01`. */
export interface Stretch {
  start: string;
  end: string;
}

const toDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const toMs = (day: string) => Date.parse(`${day}T00:00:00.000Z`);

/** First day of the point in which a day lies. Weeks begin on Monday. */
function startOf(day: string, by: SeriesInterval): string {
  if (by === 'MONTH') return `${day.slice(0, 7)}-01`;
  if (by === 'DAY') return day;
  const ms = toMs(day);
  return toDay(ms - ((new Date(ms).getUTCDay() + 6) % 7) * DAY_MS);
}

/** First day of the point after the one that starts with `start`. */
function startAfter(start: string, by: SeriesInterval): string {
  if (by !== 'MONTH') return toDay(toMs(start) + (by === 'DAY' ? 1 : 7) * DAY_MS);
  const date = new Date(toMs(start));
  return toDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}

/**
 * The points of a series, the first with the day `from` in it and the last with the day `to`. Null when there would be
 * more than `MAX_POINTS`; none when `from` lies after `to`.
 */
export function seriesPoints(by: SeriesInterval, from: string, to: string): Stretch[] | null {
  const points: Stretch[] = [];
  for (let start = startOf(from, by); start <= to;) {
    if (points.length === MAX_POINTS) return null;
    const next = startAfter(start, by);
    points.push({ start, end: toDay(toMs(next) - DAY_MS) });
    start = next;
  }
  return points;
}

/** Is every moment of a point known? `until` is the first moment that is not. */
export function isKnown({ start, end }: Stretch, from: Date | null, until: Date | null): boolean {
  return from !== null && until !== null && from.getTime() <= toMs(start) && toMs(end) + DAY_MS <= until.getTime();
}
