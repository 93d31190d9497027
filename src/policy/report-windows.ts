import { DAY_MS, DEFAULT_WINDOW_DAYS, LOGIN_LAG_DAYS } from './inactivity.ts';

/** Zoom answers at most a month at once; thirty days fit into every month but February's month of itself. */
const DAYS_PER_REPORT = 28;

/** Zoom's reports reach six months back; a day less is safe in every month and time zone. */
const REPORT_REACH_DAYS = 180;

/** Reports may still grow for a while after the day. */
const OVERLAP_DAYS = 2;

/** Days, both included, in UTC as Zoom counts them. */
export interface ReportDays {
  from: string;
  to: string;
}

export interface ActivityPlan {
  /** Start of what will be known without a gap once the plan is done. */
  from: Date;
  windows: ReportDays[];
  /** True when Zoom cannot reach back as far as was asked for. */
  isCutByZoom: boolean;
}

const startOfDay = (at: Date | number) => new Date(Math.floor(Number(at) / DAY_MS) * DAY_MS);
const day = (at: Date) => at.toISOString().slice(0, 10);

/**
 * Which days to ask reports for. The first time from `analyzeFrom` (60 days ago when null), and Zoom's lag before it, so
 * that a threshold as long as the window can be proven; later only what is new, with an overlap for late additions.
 * What was known stays known: an earlier `analyzeFrom` than last time starts over.
 */
export function planActivity(
  now: Date,
  analyzeFrom: Date | null,
  known: { from: Date | null; until: Date | null },
): ActivityPlan {
  const lag = (LOGIN_LAG_DAYS + 1) * DAY_MS;
  const wanted = startOfDay((analyzeFrom?.getTime() ?? now.getTime() - DEFAULT_WINDOW_DAYS * DAY_MS) - lag);
  const reach = startOfDay(now.getTime() - REPORT_REACH_DAYS * DAY_MS);
  const from = wanted < reach ? reach : wanted;
  const knows = known.from !== null && known.until !== null && known.until >= from;
  // The default start moves with the clock; what was known before it is not thrown away.
  const isExtension = !knows || (known.from !== null && known.from > from);
  const begin = isExtension ? from : startOfDay(Number(known.until) - OVERLAP_DAYS * DAY_MS);
  const windows: ReportDays[] = [];
  const today = startOfDay(now);
  for (
    let start = begin < from ? from : begin;
    start <= today;
    start = new Date(start.getTime() + DAYS_PER_REPORT * DAY_MS)
  ) {
    const end = new Date(Math.min(start.getTime() + (DAYS_PER_REPORT - 1) * DAY_MS, today.getTime()));
    windows.push({ from: day(start), to: day(end) });
  }
  return {
    from: isExtension || known.from === null ? from : known.from,
    windows,
    isCutByZoom: wanted < reach,
  };
}
