/**
 * Failures that are nobody's input. A business "no" is data (an action's `{ ok: false, reason }`); everything else
 * that goes wrong is thrown as an `AppError` and handled at one door each: `formatError` for the server, the runner
 * for jobs.
 */

/** What callers can tell failures apart by; also the `extensions.code` of GraphQL errors. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'ZOOM_UNAVAILABLE'
  | 'ZOOM_RATE_LIMITED'
  | 'REAUTHORIZATION_REQUIRED'
  | 'INTERNAL';

export interface AppErrorFacts {
  /** May the same thing be tried again without change? */
  retryable?: boolean;
  /** How long to wait before, in milliseconds, where somebody told us. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** A failure with a code, a sentence for people, and what is known about trying again. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;

  constructor(code: ErrorCode, message: string, facts: AppErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryable = facts.retryable ?? false;
    this.retryAfterMs = facts.retryAfterMs ?? null;
  }
}

/** Everything that is wrong with the environment, told at once by variable name. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
