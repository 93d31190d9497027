import { AppError } from '../errors.ts';
import { DatabaseGoneError, isDatabaseGone } from './watch.ts';

/** Space comes back when somebody has made some: that takes longer than an outage. */
const RETRY_AFTER_MS = 30_000;

/** `disk_full`, and `read_only_sql_transaction`: what the embedded database answers, and services that guard their disk. */
const NO_WRITES: ReadonlySet<unknown> = new Set(['53100', '25006']);

/** The database answers and refuses to write. What was refused is not there, as a whole. */
export class DatabaseFullError extends AppError {
  constructor(cause?: unknown) {
    super(
      'INTERNAL',
      'The database takes no writes at the moment, most likely because its disk is full. This write was not made; ' +
        'reads go on. Repeat it once the operator has made space.',
      { retryable: true, retryAfterMs: RETRY_AFTER_MS, cause },
    );
    this.name = 'DatabaseFullError';
  }
}

/** What keeps the database from serving, where a failure comes from that, whatever it was wrapped into on its way. */
export function outageOf(error: unknown): AppError | null {
  if (isDatabaseGone(error)) return new DatabaseGoneError(error);
  // Not everybody hands on an error as one: the queue tells of copies.
  for (let one = error, depth = 0; typeof one === 'object' && one !== null && depth < 8; depth += 1) {
    if (one instanceof DatabaseFullError) return one;
    if ('code' in one && NO_WRITES.has(one.code)) return new DatabaseFullError(error);
    one = 'cause' in one ? one.cause : null;
  }
  return null;
}

/** `deadlock_detected`, `serialization_failure`: two transactions met, and one of them was not made. */
const COLLISIONS: ReadonlySet<unknown> = new Set(['40P01', '40001']);

/** Was something not made only because somebody else wrote at the same time? Made again, it goes well. */
export const isCollision = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && COLLISIONS.has(error.code);
