import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind, type Span } from '@opentelemetry/api';
import { Agent } from 'undici';
import type { z } from 'zod';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/client.ts';
import type { KeyRing } from '../../db/sealing.ts';
import type { Logger } from '../../log.ts';
import type { CallOutcome, ZoomMeasures } from '../../metrics.ts';
import { decide } from '../../policy/backoff.ts';
import type { Priority } from '../../policy/turn-order.ts';
import { inSpan } from '../../tracing.ts';
import { readAnswer } from './answer.ts';
import { ZoomClock } from './clock.ts';
import { sentenceFor, ZoomError } from './errors.ts';
import { ANSWER_MS, MAX_ANSWER_BYTES, send, SILENCE_MS, TransportError } from './http.ts';
import { openLimiter, type Limiter } from './limits.ts';
import { openTokens, type AccessToken, type TokenCustody } from './token.ts';
import type { Endpoint, RateLabel } from './endpoints.ts';

export type { RateLabel } from './endpoints.ts';
export type { TokenCustody } from './token.ts';

/** Zoom, as far as this service may touch it. Opened once a process. */
export interface Zoom {
  /** A client that speaks for one integration. */
  forIntegration(integrationId: string, options?: ClientOptions): ZoomClient;
  tokens: TokenCustody;
  /** How far Zoom's clock is ahead of ours, in ms, by the answers that came; 0 while no difference is known. */
  clockSkewMs(): number;
  /** Closes the connections; calls that are still running are cut off. */
  close(): Promise<void>;
}

export interface ClientOptions {
  /** Zoom's id of a sub account: the calls go to `/accounts/{id}/…`. */
  subAccountId?: string;
  /** Calls off what is running and everything after it. */
  signal?: AbortSignal;
  /** Called after each request that has really been sent, repetitions included. The endpoint is named `GET /users`. */
  onCall?: (label: RateLabel, endpoint: string) => void;
  /** Called when a request is given up, repetitions included. */
  onFailure?: (error: ZoomError) => void;
  /** For one call with everything that belongs to it: waiting for the limiter, repetitions. 60 s when absent. */
  deadlineMs?: number;
  /** How much of that may be spent waiting for the limiter. All of it when absent. */
  maxWaitMs?: number;
  /** Background work leaves a fifth of the day's requests to people; it is the default. */
  priority?: Priority;
}

/** What an endpoint function asks for. */
export interface ZoomRequest<T> {
  endpoint: Endpoint;
  /** Values for the `{parameters}` of the path; encoded here. */
  params?: Record<string, string> | undefined;
  /** What is undefined is left out. */
  query?: Record<string, string | undefined>;
  body?: Record<string, unknown>;
  /** The answer is checked with it; null where success has no body that matters. */
  schema: z.ZodType<T> | null;
}

export interface ZoomClient {
  readonly integrationId: string;
  /** @throws {ZoomError}, or an `AppError` `REAUTHORIZATION_REQUIRED` when there is no living grant. */
  call<T>(request: ZoomRequest<T>): Promise<T>;
}

export interface ZoomDeps {
  config: Config;
  database: Database;
  keys: KeyRing;
  log: Logger;
  now: () => Date;
  /** From 0 to below 1: where in its span a wait before a repetition lies. `Math.random` when absent. */
  random?: () => number;
  /** Left out: nothing is measured. */
  measures?: ZoomMeasures | undefined;
  /** The first pause after a 429 or a refresh that failed, of which the later ones are multiples. A second when absent. */
  pauseMs?: number | undefined;
  /** Left out: one that keeps to Zoom's limits, together with every other process on the database. */
  limiter?: Limiter | undefined;
}

const DEADLINE_MS = 60_000;

/** Opens the way to Zoom. Nothing is sent before the first call. */
export function openZoom(deps: ZoomDeps): Zoom {
  const agent = new Agent({
    // Heavy, Medium and Light calls at Zoom's fastest limits, each of which takes 0.7 s.
    connections: 128,
    pipelining: 1,
    connectTimeout: 10_000,
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
  });
  const tokens = openTokens({ ...deps, dispatcher: agent });
  const limiter = deps.limiter ?? openLimiter(deps);
  const clock = new ZoomClock();
  return {
    tokens,
    clockSkewMs: () => clock.skewMs,
    forIntegration: (integrationId, options = {}) => ({
      integrationId,
      call: (request) => call({ deps, agent, tokens, limiter, clock, integrationId, options }, request),
    }),
    close: () => agent.destroy(),
  };
}

interface Line {
  deps: ZoomDeps;
  agent: Agent;
  tokens: TokenCustody;
  limiter: Limiter;
  clock: ZoomClock;
  integrationId: string;
  options: ClientOptions;
}

async function call<T>(line: Line, request: ZoomRequest<T>): Promise<T> {
  const { options, tokens, integrationId } = line;
  const { method, path, label } = request.endpoint;
  const endpoint = `${method} ${path}`;
  const deadline = performance.now() + (options.deadlineMs ?? DEADLINE_MS);
  const url = urlOf(line.deps.config.zoomApiUrl, request, options.subAccountId);
  let grant: AccessToken | null = null;
  let turnedDown: number | undefined;

  for (let attempt = 1; ; attempt += 1) {
    try {
      const wanted = tokens.accessToken(integrationId, turnedDown === undefined ? {} : { notThisOne: turnedDown });
      grant = await within(wanted, deadline, endpoint);
      const token = grant.token.reveal();
      const attributes = { 'zoom.label': label, 'zoom.attempt': attempt, 'integration.id': integrationId };
      return await inSpan(endpoint, { kind: SpanKind.CLIENT, attributes }, (span) =>
        sendOnce(line, request, { url, endpoint, token, deadline, span }),
      );
    } catch (error) {
      if (!(error instanceof ZoomError)) throw error;
      if (error.kind === 'AUTH' && grant !== null && turnedDown === undefined) {
        // Turned away at the door, so nothing was applied: the one error after which even a write is sent again.
        turnedDown = grant.gen;
        continue;
      }
      const again = decide({ method, attempt, error, random: line.deps.random ?? Math.random });
      if (again === null) {
        options.onFailure?.(error);
        throw error;
      }
      if (performance.now() + again.retryAfterMs > deadline) {
        options.onFailure?.(error);
        throw error.retryAfterMs === null ? withRetryAfter(error, again.retryAfterMs) : error;
      }
      line.deps.log.debug({ endpoint, attempt, kind: error.kind, waitMs: again.retryAfterMs }, 'Zoom is asked again');
      await pause(again.retryAfterMs, endpoint, options.signal);
    }
  }
}

interface Sending {
  url: string;
  endpoint: string;
  token: string;
  deadline: number;
  span: Span | null;
}

async function sendOnce<T>(
  { deps, agent, limiter, clock, integrationId, options }: Line,
  request: ZoomRequest<T>,
  { url, endpoint, token, deadline, span }: Sending,
): Promise<T> {
  const { method, label } = request.endpoint;
  const waitEnd =
    options.maxWaitMs === undefined ? deadline : Math.min(deadline, performance.now() + options.maxWaitMs);
  const waitFrom = performance.now();
  const hasPageToken = request.query?.['next_page_token'] !== undefined;
  const pass = await limiter.acquire(integrationId, label, {
    endpoint,
    deadline: waitEnd,
    priority: options.priority ?? 'BACKGROUND',
    continues: hasPageToken,
    signal: options.signal,
  });
  const sentFrom = performance.now();
  span?.addEvent('leave to send');
  deps.measures?.waited(label, (sentFrom - waitFrom) / 1000);
  const measure = (outcome: CallOutcome) =>
    deps.measures?.called({ integrationId, label, outcome, seconds: (performance.now() - sentFrom) / 1000 });
  let answer;
  const sentAt = deps.now().getTime();
  try {
    answer = await send(agent, {
      method,
      url,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      timeoutMs: Math.min(deadline - performance.now(), ANSWER_MS),
      signal: options.signal,
    });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    if (error.outcome !== 'NOT_SENT') options.onCall?.(label, endpoint);
    measure('no_answer');
    throw new ZoomError(sentenceFor(error.kind, { missingScopes: [], code: null }), {
      endpoint,
      kind: error.kind,
      outcome: error.outcome,
      cause: error,
    });
  }
  clock.observe(answer.header('date'), sentAt, deps.now().getTime());
  options.onCall?.(label, endpoint);
  measure(outcomeOf(answer.status));
  span?.setAttribute('http.response.status_code', answer.status);
  const limit = await pass.learn(answer, deps.now());
  return readAnswer(answer, {
    endpoint,
    schema: request.schema,
    hasPageToken,
    limit,
  });
}

function outcomeOf(status: number): CallOutcome {
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'unavailable';
  return status >= 400 ? 'refused' : 'ok';
}

/** Waits no longer than the deadline; what was waited for goes on without us. */
async function within<T>(work: Promise<T>, deadline: number, endpoint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        const kind = 'TIMEOUT';
        reject(
          new ZoomError(sentenceFor(kind, { missingScopes: [], code: null }), { endpoint, kind, outcome: 'NOT_SENT' }),
        );
      },
      Math.max(0, deadline - performance.now()),
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function pause(ms: number, endpoint: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  } catch (cause) {
    const kind = 'ABORTED';
    throw new ZoomError(sentenceFor(kind, { missingScopes: [], code: null }), {
      endpoint,
      kind,
      // Only what was certainly not applied is ever waited for.
      outcome: 'REFUSED',
      cause,
    });
  }
}

function withRetryAfter(error: ZoomError, retryAfterMs: number): ZoomError {
  return new ZoomError(error.message, { ...error, retryAfterMs, zoomMessage: error.zoomMessage, cause: error.cause });
}

/** The address of a call. `me` as an account is, under a sub account, that sub account. */
function urlOf(base: string, { endpoint, params, query }: ZoomRequest<unknown>, subAccountId?: string): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params?.[name] ?? '';
    const segment = name === 'accountId' && value === 'me' ? (subAccountId ?? value) : value;
    return encodeSegment(segment, endpoint);
  });
  const prefix =
    subAccountId === undefined || endpoint.path.startsWith('/accounts')
      ? ''
      : `/accounts/${encodeSegment(subAccountId, endpoint)}`;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(name, value);
  const tail = search.size === 0 ? '' : `?${search.toString()}`;
  return `${base}${prefix}${path}${tail}`;
}

function encodeSegment(value: string, { method, path }: Endpoint): string {
  // An empty segment or one of dots would make the address that of another endpoint.
  if (value === '' || value === '.' || value === '..') {
    throw new ZoomError('Zoom was to be asked about something without an id.', {
      endpoint: `${method} ${path}`,
      kind: 'VALIDATION',
      outcome: 'NOT_SENT',
    });
  }
  const once = encodeURIComponent(value);
  // Zoom's rule for UUIDs of meetings: one that begins with a slash or has two in a row is encoded twice.
  return value.startsWith('/') || value.includes('//') ? encodeURIComponent(once) : once;
}
