import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { outageOf } from '../db/outage.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { currentRequest } from '../origin.ts';

/** Codes of mistakes that the server finds in a request before it runs. */
const MISTAKES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
};

/** HTTP status of a request that is refused as a whole. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 500;
}

/** What PostgreSQL says of values that it has no room for: a text with a zero byte, an instant of the year 0, a number. */
const UNFIT: ReadonlySet<unknown> = new Set(['22021', '22P05', '22007', '22008', '22009', '22003']);

/** What a failure is, for callers; null for what is nobody's business but ours. */
export function toldOf(error: unknown): AppError | null {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  if (original instanceof AppError) return original.code === 'INTERNAL' ? null : original;
  // A variable that has a default may be null where the argument may not, which GraphQL finds when it gets there.
  if (original instanceof GraphQLError && original.message.startsWith('Argument "')) {
    return new AppError('BAD_USER_INPUT', original.message);
  }
  if (original instanceof Error && 'code' in original && UNFIT.has(original.code)) {
    return new AppError('BAD_USER_INPUT', 'A value is outside of what can be kept.');
  }
  return null;
}

/** Is it a mistake in the request, found by the server itself? */
export function isMistake(error: { extensions?: Readonly<Record<string, unknown>> | undefined }): boolean {
  return MISTAKES.has(error.extensions?.['code']) || error.extensions?.['code'] === 'PERSISTED_QUERY_NOT_SUPPORTED';
}

/** A failure that refuses a whole request. */
export function asRequestError(error: unknown): GraphQLError {
  const outage = error instanceof AppError ? outageOf(error) : null;
  const told = outage ?? toldOf(error);
  if (told === null) throw error;
  const status = outage === null ? statusOf(told.code) : 503;
  const headers = new Map<string, string>(status === 401 ? [['www-authenticate', 'Bearer']] : []);
  if (told.retryAfterMs !== null) headers.set('retry-after', String(Math.ceil(told.retryAfterMs / 1000)));
  // The server wants a map of headers; a type of another package, which is merged in, says otherwise.
  const http = { status, headers } as never;
  return new GraphQLError(told.message, { originalError: told, extensions: { code: told.code, http } });
}

/**
 * The one door through which errors leave: what callers can do something about keeps its code and words, everything
 * else is only told by the id under which it stands in the log.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { code } = formatted.extensions ?? {};
  const requestId = formatted.extensions?.['requestId'] ?? currentRequest();
  const known = requestId === null ? {} : { requestId };
  const place = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  const told = toldOf(error);
  if (told !== null) {
    const retryAfterMs = told.retryAfterMs === null ? {} : { retryAfterMs: told.retryAfterMs };
    return { message: told.message, ...place, extensions: { code: told.code, ...known, ...retryAfterMs } };
  }
  // Clients that try persisted queries first recognize the refusal by its own code.
  if (code === 'PERSISTED_QUERY_NOT_SUPPORTED') return { message: formatted.message, extensions: { code } };
  const passing = passingOf(error);
  if (passing !== null) {
    const { message, retryAfterMs } = passing;
    return { message, ...place, extensions: { ...internalError(requestId).extensions, retryAfterMs } };
  }
  if (MISTAKES.has(code)) {
    return { message: formatted.message, ...place, extensions: { code: 'BAD_USER_INPUT', ...known } };
  }
  return internalError(requestId, place);
}

/** A failure of ours that passes by itself, which callers should know; null for every other. */
function passingOf(error: unknown): AppError | null {
  const original = error instanceof GraphQLError ? error.originalError : error;
  const outage = outageOf(original);
  if (outage !== null) return outage;
  return original instanceof AppError && original.code === 'INTERNAL' && original.retryable ? original : null;
}

/** What callers read of a failure that is ours. */
export function internalError(requestId: unknown, place: object = {}): GraphQLFormattedError {
  return {
    message: 'Something went wrong on our side. The log knows more under the request id.',
    ...place,
    extensions: { code: 'INTERNAL' satisfies ErrorCode, ...(typeof requestId === 'string' && { requestId }) },
  };
}
