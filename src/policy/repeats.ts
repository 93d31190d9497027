/** Who asks for runs that Zoom's silence cut short. */
export const REPEAT = 'timetable, once more';

const FIRST_MS = 15 * 60_000;
/** The longest time before a repetition. */
export const LONGEST_MS = 4 * 3_600_000;
/** Then the next day's sync is near enough. */
const AT_MOST = 5;

/** Failures that pass by themselves; the others stay until somebody does something. */
const PASSING = new Set(['UNAVAILABLE', 'TIMEOUT', 'NETWORK', 'RATE_LIMIT']);

/** Is it worth asking again in a while what failed so? */
export const isPassing = (kind: string): boolean => PASSING.has(kind);

/** Questions in a row that Zoom may leave without a usable answer before a run asks nothing more. */
export const GIVE_UP_AFTER = 30;

/** Failures that are about Zoom or the way to it; every other one is an answer to the question. */
const UNANSWERED = new Set([...PASSING, 'BAD_ANSWER', 'AUTH']);

/** Did Zoom leave a question unanswered that ended so? */
export const isUnanswered = (kind: string): boolean => UNANSWERED.has(kind);

/** When to repeat a task that has been repeated so often already; null: not before the next day. */
export function repeatAt(repeated: number, now: Date): Date | null {
  if (repeated >= AT_MOST) return null;
  return new Date(now.getTime() + Math.min(LONGEST_MS, FIRST_MS * 2 ** repeated));
}
