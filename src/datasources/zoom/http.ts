import { request, type Dispatcher } from 'undici';
import type { Outcome, ZoomErrorKind } from './errors.ts';

/** No answer of Zoom's is near this big: a page of 300 users has half a megabyte. */
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** Longest time for one request with its whole answer; one that only drips is given up then, and asked for again. */
export const ANSWER_MS = 60_000;
/** Longest silence before the headers, and between two pieces of a body. */
export const SILENCE_MS = 30_000;

export interface HttpCall {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** For the whole call, body included. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  status: number;
  /** One header, the first where it came several times. */
  header(name: string): string | undefined;
  text: string;
}

/** No answer came. Says what went wrong and whether the request can have reached the other side. */
export class TransportError extends Error {
  readonly kind: Extract<ZoomErrorKind, 'TIMEOUT' | 'NETWORK' | 'ABORTED' | 'BAD_ANSWER'>;
  readonly outcome: Outcome;

  constructor(kind: TransportError['kind'], outcome: Outcome, cause: unknown) {
    // The cause's code only: messages of causes can repeat headers.
    super(`${kind} ${codeOf(cause) ?? ''}`.trim());
    this.name = 'TransportError';
    this.kind = kind;
    this.outcome = outcome;
  }
}

/** Failures that happen before a byte of the request has left. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TOO_SLOW = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/**
 * Sends one request and reads the whole answer. Never repeats it and never follows a redirect, which would hand the
 * credentials to another host.
 *
 * @throws {TransportError}
 */
export async function send(dispatcher: Dispatcher, call: HttpCall): Promise<HttpAnswer> {
  const isCalledOff = () => call.signal?.aborted === true;
  if (isCalledOff()) throw new TransportError('ABORTED', 'NOT_SENT', call.signal?.reason);
  // Not `AbortSignal.timeout`, which would keep every call for the minute that it might have taken.
  const over = new AbortController();
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    over.abort();
  }, call.timeoutMs);
  const callOff = () => over.abort();
  call.signal?.addEventListener('abort', callOff, { once: true });
  try {
    const { statusCode, headers, body } = await request(call.url, {
      dispatcher,
      method: call.method,
      headers: call.headers,
      signal: over.signal,
      headersTimeout: SILENCE_MS,
      bodyTimeout: SILENCE_MS,
      ...(call.body === undefined ? {} : { body: call.body }),
    });
    const text = await body.text();
    return {
      status: statusCode,
      header(name) {
        const value = headers[name];
        return Array.isArray(value) ? value[0] : value;
      },
      text,
    };
  } catch (error) {
    if (isCalledOff()) throw new TransportError('ABORTED', 'UNKNOWN', error);
    const code = codeOf(error) ?? '';
    if (NEVER_LEFT.has(code)) throw new TransportError('NETWORK', 'NOT_SENT', error);
    if (isLate || TOO_SLOW.has(code)) throw new TransportError('TIMEOUT', 'UNKNOWN', error);
    if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') throw new TransportError('BAD_ANSWER', 'UNKNOWN', error);
    throw new TransportError('NETWORK', 'UNKNOWN', error);
  } finally {
    clearTimeout(late);
    call.signal?.removeEventListener('abort', callOff);
  }
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  // Node joins the failures of several addresses of one host.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : null;
}
