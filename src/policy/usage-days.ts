import { AppError } from '../errors.ts';
import { DAY_MS } from './inactivity.ts';

/** So many days may be asked for at once. */
export const MAX_DAYS = 400;

/** Zoom keeps the daily figures of so many months, the current one included. */
const MONTHS = 6;

/** The figures of a month may still change for so many days after it. */
const SETTLING_DAYS = 3;

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/**
 * The days that somebody asks for, both included (`YYYY-MM-DD`): up to today, 400 of them, where nothing is said.
 *
 * @throws {AppError} BAD_USER_INPUT when they end before they begin, or are too many.
 */
export function daysOf(
  asked: { from?: string | null | undefined; to?: string | null | undefined },
  now: Date,
): { from: string; to: string } {
  const to = asked.to ?? day(now.getTime());
  const from = asked.from ?? day(Date.parse(to) - (MAX_DAYS - 1) * DAY_MS);
  const days = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  if (days < 1) throw new AppError('BAD_USER_INPUT', `\`from\` must not be later than \`to\`, which is ${to}.`);
  if (days > MAX_DAYS) throw new AppError('BAD_USER_INPUT', `Ask for at most ${MAX_DAYS} days, not ${days}.`);
  return { from, to };
}

export interface Month {
  year: number;
  /** 1 to 12. */
  month: number;
}

const monthsSince = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth();

/**
 * Months (UTC) whose daily figures are to be read: all since `from` that Zoom still has, the first time; later those that
 * were not over for three days when they were last read.
 */
export function monthsToRead(now: Date, from: Date, known: { from: Date; until: Date } | null): Month[] {
  const last = monthsSince(now);
  const first = Math.max(monthsSince(from), last - MONTHS + 1);
  const knows = known !== null && monthsSince(known.from) <= first;
  const settled = knows ? monthsSince(new Date(known.until.getTime() - SETTLING_DAYS * DAY_MS)) : first;
  const begin = Math.min(last, Math.max(first, settled));
  return Array.from({ length: last - begin + 1 }, (_, index) => ({
    year: Math.floor((begin + index) / 12),
    month: ((begin + index) % 12) + 1,
  }));
}
