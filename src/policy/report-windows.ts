import { DAY_MS, DEFAULT_WINDOW_DAYS, LOGIN_LAG_DAYS } from './inactivity.ts';

/** Zoom answers at most a month at once; this many days fit into every month. */
const DAYS_PER_REPORT = 28;

/** Zoom's reports reach six months back; a day less is safe in every month and time zone. */
const REPORT_REACH_DAYS = 180;

/**
 * Days that are asked for again: reports may grow for a day after the fact, and Zoom's day of an event begins up to
 * half a day before ours.
 */
const OVERLAP_DAYS = 2;

const HOUR_MS = 3_600_000;

/** The day of the account that is furthest ahead of UTC (by 14 hours) is over ten hours into ours. */
const EVERYWHERE_UNTIL_MS = 10 * HOUR_MS;

/** A clock may be wrong by so much without harm: the overlap makes up for it. */
const CLOCK_TOLERANCE_MS = 12 * HOUR_MS;

/**
 * Days, both included. Zoom counts them in the time zone of the account, which nobody tells: anything from twelve hours
 * behind UTC to fourteen ahead.
 */
export interface ReportDays {
  from: string;
  to: string;
}

/** What is known without a gap; nulls: nothing. */
export interface KnownSpan {
  from: Date | null;
  until: Date | null;
}

export interface ActivityPlan {
  /** Start of what will be known without a gap once the plan is done. */
  from: Date;
  /** Its end: what is later lies, in some time zone, in a day that was not asked for. */
  until: Date;
  /** No day is in two of them. */
  windows: ReportDays[];
  /** The first day that is due; windows that were asked for before may begin earlier. */
  begin: string;
  /** Those of them that were asked for before, word for word, so that Zoom's answers can be compared. */
  repeated: ReportDays[];
  /** True when Zoom cannot reach back as far as was asked for. */
  isCutByZoom: boolean;
}

const startOfDay = (at: Date | number) => Math.floor(Number(at) / DAY_MS) * DAY_MS;
const day = (at: number) => new Date(at).toISOString().slice(0, 10);
const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** From when on somebody asked for activity: from `analyzeFrom`, or for the days that are usual. */
export function requestedFrom(now: Date, analyzeFrom: Date | null): Date {
  return analyzeFrom ?? new Date(now.getTime() - DEFAULT_WINDOW_DAYS * DAY_MS);
}

/** From when on Zoom's reports can still tell everything, in every time zone. */
export function reachableFrom(now: Date): Date {
  return new Date(startOfDay(now) - (REPORT_REACH_DAYS - 1) * DAY_MS);
}

/**
 * Which days to ask reports for. The first time from `analyzeFrom` (60 days ago when null) and Zoom's lag before it, so
 * that a threshold as long as the window can be proven; later only what is new, with an overlap for late additions. A
 * day more is asked for before the start, since Zoom's day of what happened then may be the day before.
 *
 * What was known stays known: only an earlier `analyzeFrom`, a silence longer than Zoom remembers, or a claim about the
 * future (made by a clock that was wrong) starts over. `asked` are windows of earlier runs; those that are due again are
 * asked for as they were. `zoomNow` is now by Zoom's clock: where that is in another day, its days are asked for as well.
 */
export function planActivity(
  now: Date,
  analyzeFrom: Date | null,
  known: KnownSpan,
  asked: readonly ReportDays[] = [],
  zoomNow: Date = now,
): ActivityPlan {
  const today = startOfDay(Math.max(now.getTime(), zoomNow.getTime()));
  const reach = reachableFrom(now).getTime();
  const wanted = startOfDay(requestedFrom(now, analyzeFrom).getTime() - (LOGIN_LAG_DAYS + 1) * DAY_MS);
  const fresh = Math.min(now.getTime(), startOfDay(now) + EVERYWHERE_UNTIL_MS);
  const oldest = reach - DAY_MS;

  const goesOn = continuation(now, known, oldest);
  // The usual start moves with the clock: by a day it is no wish for more.
  const slack = analyzeFrom === null ? DAY_MS : 0;
  const target = Math.max(wanted, reach);
  if (goesOn !== null && goesOn.from <= target + slack) {
    const kept = repeatable(asked, { begin: goesOn.begin, oldest, today });
    return {
      from: new Date(goesOn.from),
      until: new Date(Math.max(goesOn.until, fresh)),
      windows: [...kept, ...uncovered(kept, goesOn.begin, today)].sort((a, b) => (a.from < b.from ? -1 : 1)),
      begin: day(goesOn.begin),
      repeated: kept,
      isCutByZoom: wanted < reach && wanted + slack < goesOn.from,
    };
  }
  return {
    from: new Date(target),
    until: new Date(Math.max(goesOn?.until ?? 0, fresh)),
    windows: uncovered([], target - DAY_MS, today),
    begin: day(target - DAY_MS),
    repeated: [],
    isCutByZoom: wanted < reach,
  };
}

/** Where reading goes on so that no gap opens after what is known; null when it has to start over. */
function continuation(
  now: Date,
  known: KnownSpan,
  oldest: number,
): { from: number; until: number; begin: number } | null {
  if (known.from === null || known.until === null) return null;
  const from = known.from.getTime();
  const until = known.until.getTime();
  // Nobody knows the future: whoever claimed so had a clock that was wrong, and nobody knows since when.
  if (until > now.getTime() + CLOCK_TOLERANCE_MS || from > until) return null;
  const begin = startOfDay(Math.min(until, now.getTime()) - OVERLAP_DAYS * DAY_MS);
  return begin < oldest ? null : { from, until, begin: Math.max(begin, startOfDay(from) - DAY_MS) };
}

/** Windows of earlier runs that hold days which are due again, and that Zoom can still answer. */
function repeatable(
  asked: readonly ReportDays[],
  { begin, oldest, today }: { begin: number; oldest: number; today: number },
): ReportDays[] {
  const kept: ReportDays[] = [];
  const sorted = asked.filter(({ from, to }) => isDay(from) && isDay(to)).sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const { from, to } of sorted) {
    const start = Date.parse(from);
    const end = Date.parse(to);
    const isSound = start <= end && end - start < DAYS_PER_REPORT * DAY_MS && start >= oldest && end <= today;
    if (isSound && end >= begin && from > (kept.at(-1)?.to ?? '')) kept.push({ from, to });
  }
  return kept;
}

/** The days from `begin` to `today` that are in none of `kept` (sorted), in windows that Zoom answers. */
function uncovered(kept: readonly ReportDays[], begin: number, today: number): ReportDays[] {
  const windows: ReportDays[] = [];
  const fill = (start: number, end: number) => {
    for (let from = start; from <= end; from += DAYS_PER_REPORT * DAY_MS) {
      windows.push({ from: day(from), to: day(Math.min(from + (DAYS_PER_REPORT - 1) * DAY_MS, end)) });
    }
  };
  let next = begin;
  for (const { from, to } of kept) {
    fill(next, Date.parse(from) - DAY_MS);
    next = Math.max(next, Date.parse(to) + DAY_MS);
  }
  fill(next, today);
  return windows;
}

/** The days of some windows that are due, from `begin` on, in as few windows as Zoom answers. */
export function mergedDays(windows: readonly ReportDays[], begin: string): ReportDays[] {
  const last = windows.at(-1)?.to;
  const first = windows[0]?.from;
  if (first === undefined || last === undefined) return [];
  return uncovered([], Date.parse(first > begin ? first : begin), Date.parse(last));
}

/** Those windows of a run that hold days which the next one may ask for again. */
export function daysToRemember(windows: readonly ReportDays[]): ReportDays[] {
  const last = windows.at(-1);
  if (last === undefined) return [];
  const oldest = day(Date.parse(last.to) - (OVERLAP_DAYS + 1) * DAY_MS);
  return windows.filter(({ to }) => to >= oldest);
}

/** What may be known of activity, what is, and why it isn't more. */
export interface ActivityWindowFacts {
  requestedFrom: Date;
  reachableFrom: Date;
  knownFrom: Date | null;
  knownUntil: Date | null;
  isCutByZoom: boolean;
  isWhole: boolean;
  limits: string[];
}

/** The limits that Zoom sets, in words. */
const LIMITS: readonly string[] = [
  'Zoom reports at most a month at once: longer spans are asked for in windows of 28 days.',
  'Zoom reports reach six months back; what is older can only be known from syncs that were made in time.',
  'Zoom tells who was in a meeting for a year, and of meetings of one person nobody but the host.',
  'Zoom shows the last sign-in of a user up to three days late, so nobody is called inactive before three more days.',
  "Zoom counts days in the account's time zone and doesn't tell which: the last hours of today count as known only when they are over everywhere.",
];

/** The window of an integration, told whole: nothing is silently short. */
export function activityWindow(now: Date, analyzeFrom: Date | null, known: KnownSpan): ActivityWindowFacts {
  const requested = requestedFrom(now, analyzeFrom);
  const reachable = reachableFrom(now);
  const isWhole = known.from !== null && known.until !== null && known.from <= requested;
  return {
    requestedFrom: requested,
    reachableFrom: reachable,
    knownFrom: known.from,
    knownUntil: known.until,
    isCutByZoom: !isWhole && requested < reachable,
    isWhole,
    limits: [...LIMITS],
  };
}
