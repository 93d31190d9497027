import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { LONGEST_LIFE_SECONDS, type ClientCredentials, type FreshTokens } from '../datasources/zoom/token-endpoint.ts';
import { Secret } from '../secret.ts';

/** Where and as whom the two legs are walked. */
export interface OauthParty {
  /** Base of Zoom's OAuth, without a slash at the end. */
  oauthUrl: string;
  /** Where Zoom sends the browser back to; the very same on both legs. */
  redirectUrl: string;
  credentials: ClientCredentials;
}

/** What the second leg needs of the first: state and PKCE verifier. Secret; sealed where it is kept. */
export interface OauthSession {
  provider: string;
  state: string;
  code_verifier: string;
}

/** Why there are no tokens. Nothing here repeats what Zoom wrote: its words can hold the code. */
export type ExchangeFailure =
  'CLIENT' | 'REDIRECT' | 'CODE' | 'APP_DISABLED' | 'REFUSED' | 'UNREACHABLE' | 'BAD_ANSWER';

export type Exchange =
  | { ok: true; tokens: FreshTokens; scopes: string[] }
  | { ok: false; failure: ExchangeFailure; zoomCode: number | null };

interface GrantAnswer {
  location?: string;
  session: Record<string, unknown>;
  state: { response?: unknown };
}

type Grant = (request: {
  method: 'GET';
  params: { provider: string; override?: 'callback' };
  query: Record<string, string>;
  session?: OauthSession;
  state: { dynamic: { key: string; secret: string } };
}) => Promise<GrantAnswer>;

// The library's core as a plain function: as middleware it keeps one flow a browser session, and its state in a cookie.
const openGrant = createRequire(import.meta.url)('grant/lib/grant.js') as (options: object) => Grant;

/** Longest silence of the token endpoint, and longest wait for its whole answer. */
const SILENCE_MS = 10_000;
const DEADLINE_MS = 20_000;

function grantFor({ oauthUrl, redirectUrl }: OauthParty): Grant {
  return openGrant({
    config: {
      defaults: { transport: 'state' },
      zoom: {
        authorize_url: `${oauthUrl}/authorize`,
        access_url: `${oauthUrl}/token`,
        redirect_uri: redirectUrl,
        oauth: 2,
        state: true,
        pkce: true,
        token_endpoint_auth_method: 'client_secret_basic',
        response: ['tokens', 'raw'],
        // Nothing may come from a query: it could name another token endpoint, which would then be sent the secret.
        dynamic: [],
      },
    },
    request: { timeout: SILENCE_MS },
    extend: [],
  });
}

/** Both legs need the client: it is handed over with each, and kept in no session. */
const client = ({ credentials }: OauthParty) => ({
  dynamic: { key: credentials.clientId, secret: credentials.clientSecret.reveal() },
});

/** Where to send the browser, and what to keep until it comes back. Asks nobody. */
export async function beginAuthorization(party: OauthParty): Promise<{ location: string; session: OauthSession }> {
  const { location, session } = await grantFor(party)({
    method: 'GET',
    params: { provider: 'zoom' },
    query: {},
    state: client(party),
  });
  const { provider, state, code_verifier } = session;
  if (
    location === undefined ||
    typeof provider !== 'string' ||
    typeof state !== 'string' ||
    typeof code_verifier !== 'string'
  ) {
    throw new Error('The OAuth library made no authorization request.');
  }
  return { location, session: { provider, state, code_verifier } };
}

/** Trades the code for tokens: one request, never repeated, since a code is good once. */
export async function exchangeCode(
  party: OauthParty,
  session: OauthSession,
  answer: { code: string; state: string },
): Promise<Exchange> {
  const asked = grantFor(party)({
    method: 'GET',
    params: { provider: 'zoom', override: 'callback' },
    query: answer,
    session,
    state: client(party),
  }).then(
    ({ state }) => state.response,
    () => ({ error: 'network' }),
  );
  // The library's own limit is for a silent line only; one that drips has to end as well.
  const late = new AbortController();
  const response = await Promise.race([asked, sleep(DEADLINE_MS, { error: 'network' }, { signal: late.signal })]);
  late.abort();
  return readExchange(response);
}

/** Letters that the name of a scope may have, RFC 6749 3.3; the database keeps all of them. */
const SCOPE = /^[\x21-\x7e]+$/;

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce
    .number()
    .positive()
    .transform((seconds) => Math.min(seconds, LONGEST_LIFE_SECONDS)),
  scope: z.string(),
});

const errorAnswer = z.object({
  error: z.string().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  code: z.coerce.number().int().optional().catch(undefined),
  errorCode: z.coerce.number().int().optional().catch(undefined),
});

/** Turns what the library answers into tokens or a reason. Exported for its tests. */
export function readExchange(response: unknown): Exchange {
  const wrapped = z.object({ error: z.unknown(), raw: z.unknown() }).partial().safeParse(response).data ?? {};
  const tokens = tokenAnswer.safeParse(wrapped.raw);
  if (wrapped.error === undefined && tokens.success) {
    const { access_token, refresh_token, expires_in, scope } = tokens.data;
    return {
      ok: true,
      tokens: {
        accessToken: new Secret(access_token),
        refreshToken: new Secret(refresh_token),
        expiresInSeconds: expires_in,
      },
      scopes: [...new Set(scope.split(/[\s,]+/).filter((name) => SCOPE.test(name)))],
    };
  }
  if (wrapped.error === undefined) return { ok: false, failure: 'BAD_ANSWER', zoomCode: null };
  // An error status puts Zoom's body under `error`; an error body under status 200 is the response itself.
  const said = typeof wrapped.error === 'object' ? wrapped.error : response;
  const { error = '', reason = '', code, errorCode } = errorAnswer.safeParse(said).data ?? {};
  const zoomCode = errorCode ?? code ?? null;
  return { ok: false, failure: failureOf(error, reason, zoomCode), zoomCode };
}

function failureOf(error: string, reason: string, zoomCode: number | null): ExchangeFailure {
  if (zoomCode === 4702 || zoomCode === 4704 || zoomCode === 4706 || error === 'invalid_client') return 'CLIENT';
  // Zoom has no error name of its own for this one, only words; a wrong guess merely gives other advice.
  if (zoomCode === 4709 || /redirect/i.test(reason)) return 'REDIRECT';
  if (zoomCode === 4717) return 'APP_DISABLED';
  if (zoomCode === 4733 || zoomCode === 4734 || error === 'invalid_grant') return 'CODE';
  if (/^[a-z_]+$/.test(error) && error !== 'network') return 'REFUSED';
  // What is left are the library's own words for a broken line or for a status without a body.
  return /^4\d\d\b/.test(error) ? 'REFUSED' : 'UNREACHABLE';
}
