import type { AnswerChoice } from '../db/tables/asks.ts';
import { DAY_MS } from './inactivity.ts';

/** How long somebody may say that they need a license before they are asked again, and how often. */
export const NEED = { maxDays: 90, times: 2 } as const;

/** A link can be opened for so long after the last day to answer: it then says what became of it. */
export const LINK_DAYS_AFTER = 30;

/** So long may a note be that somebody leaves, in characters. */
export const MAX_NOTE = 500;

/** Waits between the attempts to send a message, in minutes; after the last one it has failed. */
const RETRY_MINUTES = [1, 5, 15, 60, 180, 360, 720] as const;

/** A worker that is sending a message has so long before another one takes it for lost. */
export const SENDING_MS = 2 * 60_000;

/** @returns when to try again after so many attempts; null: never. */
export function nextAttempt(attempts: number, now: Date): Date | null {
  const minutes = RETRY_MINUTES[attempts - 1];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
}

/** What can be chosen: by the holder, who may ask for time only so often, and by the manager. */
export function choicesOf(role: 'HOLDER' | 'MANAGER', needed: number): AnswerChoice[] {
  if (role === 'MANAGER') return ['APPROVE', 'REJECT'];
  return needed >= NEED.times ? ['KEEP', 'GIVE_BACK'] : ['KEEP', 'NEED_UNTIL', 'GIVE_BACK'];
}

/** First and last day that somebody may need it until, as `2026-11-30`. */
export function needBounds(now: Date): { first: string; last: string } {
  const day = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  return { first: day(1), last: day(NEED.maxDays) };
}

/** @returns the end of that day in UTC; null when it is none, or out of bounds. */
export function readNeedUntil(text: string, now: Date): Date | null {
  const { first, last } = needBounds(now);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < first || text > last) return null;
  const at = new Date(`${text}T23:59:59.000Z`);
  // The 31st of a shorter month is no day.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : at;
}
