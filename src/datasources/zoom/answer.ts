import type { z } from 'zod';
import { kindOf, outcomeOf, scopesIn, sentenceFor, ZoomError } from './errors.ts';
import { isInt32 } from '../../policy/bounds.ts';
import { parseJson } from './json.ts';
import type { HttpAnswer } from './http.ts';
import type { LimitReached } from './limits.ts';

/** The door: what Zoom sent becomes what was asked for, or a `ZoomError`. */
export function readAnswer<T>(
  answer: HttpAnswer,
  facts: {
    endpoint: string;
    schema: z.ZodType<T> | null;
    hasPageToken: boolean;
    /** What the limiter made of a 429; null for every other answer. */
    limit: LimitReached | null;
  },
): T {
  const { endpoint, schema, hasPageToken, limit } = facts;
  const { status } = answer;
  const body = tryParse(answer.text);
  const { isError, code, message } = errorIn(body);
  const isSuccess = status >= 200 && status < 300;

  if (!isSuccess || isError) {
    const known = kindOf(status, code);
    const kind = limit?.kind ?? (hasPageToken && code === 300 ? 'PAGE_TOKEN' : known);
    const missingScopes = kind === 'SCOPE' ? scopesIn(message) : [];
    throw new ZoomError(sentenceFor(kind, { missingScopes, code }), {
      endpoint,
      kind,
      outcome: outcomeOf(status, code),
      httpStatus: status,
      zoomCode: code,
      zoomMessage: message?.slice(0, 300) ?? null,
      missingScopes,
      ...(limit?.retryAfterMs === undefined ? {} : { retryAfterMs: limit.retryAfterMs }),
    });
  }
  if (schema === null) {
    // A page of HTML instead of nothing is somebody else's answer: a proxy's, or a login page.
    if (body === undefined && answer.text.trim() !== '') throw badAnswer(endpoint, status, 'it is not JSON');
    return undefined as T;
  }
  if (body === undefined) throw badAnswer(endpoint, status, 'it is not JSON');
  const checked = schema.safeParse(body);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  // Path and expectation only: the value may be somebody's name.
  throw badAnswer(endpoint, status, `${pathOf(issue?.path ?? [])} ${issue?.message ?? 'does not fit'}`);
}

function badAnswer(endpoint: string, httpStatus: number, what: string): ZoomError {
  return new ZoomError(`Zoom's answer to ${endpoint} doesn't fit: ${what}.`, {
    endpoint,
    kind: 'BAD_ANSWER',
    outcome: 'UNKNOWN',
    httpStatus,
  });
}

/** Undefined when it isn't JSON. */
function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Zoom's error body; it comes with HTTP 200 at times. A code that is too large to be kept, or shown, is not known. */
function errorIn(body: unknown): { isError: boolean; code: number | null; message: string | null } {
  if (typeof body !== 'object' || body === null || !('code' in body)) {
    return { isError: false, code: null, message: null };
  }
  const code = typeof body.code === 'string' && /^\d+$/.test(body.code) ? Number(body.code) : body.code;
  const message = 'message' in body && typeof body.message === 'string' ? body.message : null;
  return { isError: typeof code === 'number', code: isInt32(code) ? code : null, message };
}

function pathOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the answer:';
  return `${path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('')}:`;
}
