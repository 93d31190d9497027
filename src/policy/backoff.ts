/**
 * When to try again after Zoom failed, decided in one place and without a clock of its own.
 *
 * Reads may be repeated. A write may only be repeated where it is certain that it was not applied, and of the answers
 * that come by themselves again only a rate limit's 429 is of that kind: everything else about a write is for the
 * caller to find out by reading.
 */

/** What is known of a failed attempt. */
export interface Failure {
  kind: string;
  /** Did the call reach Zoom, and is it known what became of it? */
  outcome: 'NOT_SENT' | 'REFUSED' | 'UNKNOWN';
  /** What Zoom asked us to wait; null when it said nothing. */
  retryAfterMs: number | null;
  /** Of the answer; null when there was none. */
  httpStatus?: number | null;
}

export interface Attempt {
  method: string;
  /** 1 for the first. */
  attempt: number;
  error: Failure;
  /** From 0 to below 1. */
  random: () => number;
}

export const MAX_ATTEMPTS = 5;
const BASE_MS = 500;
const CAP_MS = 20_000;
/** A wait that somebody dictates is stretched by up to this much, or everybody comes back in the same instant. */
const SPREAD_MS = 250;

/** An answer that can't be read is asked for once more; the same twice is no accident. */
const UNREADABLE_ATTEMPTS = 2;

const PASSING = new Set(['RATE_LIMIT', 'DAILY_LIMIT', 'UNAVAILABLE', 'TIMEOUT', 'NETWORK']);

/**
 * How long to wait before the next attempt, or null when there must be none. The caller still has to see whether the
 * wait fits its deadline.
 */
export function decide({ method, attempt, error, random }: Attempt): { retryAfterMs: number } | null {
  const isUnreadable = error.kind === 'BAD_ANSWER' && error.httpStatus === 200 && attempt < UNREADABLE_ATTEMPTS;
  if (attempt >= MAX_ATTEMPTS || !(PASSING.has(error.kind) || isUnreadable)) return null;
  // Our own limiter has waited as long as it was allowed to; asking it again would stretch that.
  if (error.outcome === 'NOT_SENT' && error.kind.endsWith('_LIMIT')) return null;
  const isRead = method === 'GET' || method === 'HEAD';
  const wasTurnedAway = error.outcome === 'REFUSED' && (error.kind === 'RATE_LIMIT' || error.kind === 'DAILY_LIMIT');
  if (!isRead && !wasTurnedAway) return null;
  if (error.retryAfterMs !== null) return { retryAfterMs: error.retryAfterMs + Math.floor(random() * SPREAD_MS) };
  // Full jitter: the whole span is drawn from, so that processes that failed together don't come back together.
  const span = Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1));
  return { retryAfterMs: Math.floor(random() * span) };
}

/** After a first refusal that says nothing of its own: the window that Zoom counts in. */
export const PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * How long nothing of a kind is sent after so many refusals in a row (1 for the first): `firstMs`, then each time
 * twice as long, a minute at most. Refusals that were on their way together are one.
 */
export function pauseAfter(refusals: number, firstMs = PAUSE_MS): number {
  return Math.min(firstMs * (LONGEST_PAUSE_MS / PAUSE_MS), firstMs * 2 ** Math.max(0, refusals - 1));
}

/** What seconds can say; with a later date nobody could write down until when is waited. */
const LONGEST_WAIT_MS = 999_999_999_000;
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Milliseconds that a `Retry-After` header asks for: whole seconds, an HTTP date, or the ISO date that Zoom sends with
 * its daily limits (UTC where it names no zone). Never negative; null when it is absent or none of these.
 */
export function parseRetryAfter(value: string | undefined | null, now: Date): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  let at = Number.NaN;
  if (HTTP_DATE.test(text)) at = Date.parse(text);
  else if (ISO_DATE.test(text)) at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, at - now.getTime()));
}
