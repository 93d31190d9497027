import { SpanKind } from '@opentelemetry/api';
import { z } from 'zod';
import { parseRetryAfter } from '../../policy/backoff.ts';
import { Secret } from '../../secret.ts';
import { sentenceFor, ZoomError, type Outcome, type ZoomErrorKind } from './errors.ts';
import { inSpan } from '../../tracing.ts';
import { send, TransportError } from './http.ts';
import { parseJson } from './json.ts';
import type { Dispatcher } from 'undici';

/** Shorter than the lease under which a refresh runs: who takes the lease over can be sure that nothing is under way. */
export const TOKEN_TIMEOUT_MS = 5_000;

export interface ClientCredentials {
  clientId: string;
  clientSecret: Secret;
}

/** What a refresh yields. */
export interface FreshTokens {
  accessToken: Secret;
  refreshToken: Secret;
  expiresInSeconds: number;
}

export interface TokenEndpoint {
  dispatcher: Dispatcher;
  /** Base of Zoom's OAuth, without a slash at the end. */
  oauthUrl: string;
  now: () => Date;
}

/** Zoom takes this refresh token no more, and never will again. */
export class DeadGrantError extends ZoomError {
  constructor(zoomCode: number | null, httpStatus: number) {
    super('Zoom no longer accepts this connection.', {
      endpoint: REFRESH,
      kind: 'AUTH',
      outcome: 'REFUSED',
      zoomCode,
      httpStatus,
    });
    this.name = 'DeadGrantError';
  }
}

const REFRESH = 'POST /oauth/token';
const REVOKE = 'POST /oauth/revoke';

/** `invalid_request` is what Zoom said until 2022 about a token it doesn't take; our own request is always well-formed. */
const DEAD_ERRORS: ReadonlySet<string> = new Set(['invalid_grant', 'invalid_request']);
/** Wrong scopes, owner gone, authorization not found, disabled by an administrator, revoked. */
const DEAD_CODES: ReadonlySet<number> = new Set([4711, 4735, 4737, 4738, 4741]);

/** An access token lives an hour. */
export const LONGEST_LIFE_SECONDS = 365 * 86_400;

const answerOfRefresh = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  // Whoever gets a time without end asks for the next token sooner: these are worth nothing if they can't be written down.
  expires_in: z
    .number()
    .positive()
    .transform((seconds) => Math.min(seconds, LONGEST_LIFE_SECONDS)),
});
const answerOfError = z.object({
  error: z.string().optional(),
  code: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).optional(),
});

/**
 * Trades a refresh token for the next pair. The old one is worth nothing afterwards.
 *
 * @throws {DeadGrantError} when Zoom says that the token is no good; {ZoomError} for everything that may pass.
 */
export async function refreshTokens(
  endpoint: TokenEndpoint,
  credentials: ClientCredentials,
  refreshToken: Secret,
): Promise<FreshTokens> {
  const { status, text, retryAfterMs } = await post(endpoint, '/token', REFRESH, credentials, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken.reveal(),
  });
  const body = tryParse(text);
  const tokens = answerOfRefresh.safeParse(body);
  if (status === 200 && tokens.success) {
    return {
      accessToken: new Secret(tokens.data.access_token),
      refreshToken: new Secret(tokens.data.refresh_token),
      expiresInSeconds: tokens.data.expires_in,
    };
  }
  const said = answerOfError.safeParse(body).data;
  const code = said?.code ?? null;
  const isNo = status >= 400 && status < 500 && status !== 429 && status !== 408;
  if (isNo && (DEAD_ERRORS.has(said?.error ?? '') || DEAD_CODES.has(code ?? -1)))
    throw new DeadGrantError(code, status);
  // Without a word of OAuth it is somebody on the way who refuses, a proxy or a firewall.
  if (isNo && (status === 401 || said?.error !== undefined || code !== null)) {
    throw failure(REFRESH, 'AUTH', 'REFUSED', {
      httpStatus: status,
      zoomCode: code,
      message: "Zoom does not accept the app's client id and secret, or the app is switched off.",
    });
  }
  if (status === 429) {
    throw failure(REFRESH, 'RATE_LIMIT', 'REFUSED', {
      httpStatus: status,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  if (status === 200) throw failure(REFRESH, 'BAD_ANSWER', 'UNKNOWN', { httpStatus: status });
  throw failure(REFRESH, 'UNAVAILABLE', status >= 500 ? 'UNKNOWN' : 'REFUSED', { httpStatus: status, zoomCode: code });
}

/** Asks Zoom to forget a token and what came with it. False when Zoom didn't confirm. */
export async function revokeToken(
  endpoint: TokenEndpoint,
  credentials: ClientCredentials,
  token: Secret,
): Promise<boolean> {
  try {
    // In the body, not in the address as Zoom's examples have it: addresses end up in logs.
    const { status } = await post(endpoint, '/revoke', REVOKE, credentials, { token: token.reveal() });
    return status >= 200 && status < 300;
  } catch (error) {
    if (error instanceof ZoomError) return false;
    throw error;
  }
}

async function post(
  { dispatcher, oauthUrl, now }: TokenEndpoint,
  path: string,
  name: string,
  { clientId, clientSecret }: ClientCredentials,
  form: Record<string, string>,
): Promise<{ status: number; text: string; retryAfterMs: number | null }> {
  const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64');
  try {
    const call = {
      method: 'POST' as const,
      url: `${oauthUrl}${path}`,
      headers: {
        authorization: `Basic ${basic}`,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(form).toString(),
      timeoutMs: TOKEN_TIMEOUT_MS,
    };
    const answer = await inSpan(name, { kind: SpanKind.CLIENT }, async (span) => {
      const answered = await send(dispatcher, call);
      span?.setAttribute('http.response.status_code', answered.status);
      return answered;
    });
    return {
      status: answer.status,
      text: answer.text,
      retryAfterMs: parseRetryAfter(answer.header('retry-after'), now()),
    };
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw failure(name, error.kind, error.outcome, { cause: error });
  }
}

function failure(
  endpoint: string,
  kind: ZoomErrorKind,
  outcome: Outcome,
  facts: { httpStatus?: number; zoomCode?: number | null; retryAfterMs?: number; message?: string; cause?: unknown },
): ZoomError {
  const { message, ...rest } = facts;
  return new ZoomError(message ?? sentenceFor(kind, { missingScopes: [], code: facts.zoomCode ?? null }), {
    endpoint,
    kind,
    outcome,
    ...rest,
  });
}

function tryParse(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
