import { createHash, randomBytes } from 'node:crypto';
import type { SandboxApp } from '../types.ts';

const CODE_LIFE_MS = 5 * 60_000;
const ACCESS_LIFE_S = 3600;
const REFRESH_LIFE_MS = 90 * 86_400_000;

/** Consent of one Zoom user to one app. */
export interface Grant {
  app: SandboxApp;
  accountId: string;
  userId: string;
  scopes: string[];
  /** A newer consent, a revocation or a removed app ends it, and with it every token. */
  alive: boolean;
}

interface Code {
  grant: Grant;
  redirectUri: string;
  challenge: string | null;
  challengeMethod: 'S256' | 'plain';
  expiresAt: number;
  used: boolean;
}

/** What the token endpoint says. */
export interface Tokens {
  access_token: string;
  token_type: 'bearer';
  refresh_token: string;
  expires_in: number;
  scope: string;
  api_url: string;
}

/** A token endpoint "no": always HTTP 400. */
export class OauthError extends Error {
  readonly error: string;

  constructor(error: string, reason: string) {
    super(reason);
    this.error = error;
  }

  get body() {
    return { reason: this.message, error: this.error };
  }
}

const invalidToken = () => new OauthError('invalid_grant', 'Invalid Token!');

/** Codes, grants and tokens. Refresh tokens work once; access tokens live on beside their successors. */
export class Grants {
  readonly #now: () => number;
  readonly #apiUrl: () => string;
  readonly #codes = new Map<string, Code>();
  readonly #live = new Map<string, Grant>();
  readonly #access = new Map<string, { grant: Grant; expiresAt: number }>();
  readonly #refresh = new Map<string, { grant: Grant; expiresAt: number; used: boolean }>();

  constructor(now: () => number, apiUrl: () => string) {
    this.#now = now;
    this.#apiUrl = apiUrl;
  }

  issueCode(
    grant: Grant,
    request: { redirectUri: string; challenge: string | null; challengeMethod: 'S256' | 'plain' },
  ): string {
    const code = opaque(24);
    this.#codes.set(code, { grant, ...request, expiresAt: this.#now() + CODE_LIFE_MS, used: false });
    return code;
  }

  /** Exchanges a code, once. A replay is refused and harms nobody. */
  exchange(app: SandboxApp, code: string, redirectUri: string, verifier: string | null): Tokens {
    const entry = this.#codes.get(code);
    if (!entry || entry.grant.app.clientId !== app.clientId || entry.used || entry.expiresAt <= this.#now()) {
      throw new OauthError('invalid_grant', `Invalid authorization code ${code}`);
    }
    if (entry.redirectUri !== redirectUri) throw new OauthError('invalid_request', 'Redirect URI mismatch.');
    if (entry.challenge !== null && !isProven(entry.challenge, entry.challengeMethod, verifier)) {
      throw new OauthError('invalid_grant', 'Invalid code verifier.');
    }
    entry.used = true;
    // One live grant per user and app: the tokens of an earlier consent die here.
    const key = `${app.clientId}/${entry.grant.userId}`;
    const earlier = this.#live.get(key);
    if (earlier) earlier.alive = false;
    this.#live.set(key, entry.grant);
    return this.#issue(entry.grant);
  }

  refresh(app: SandboxApp, token: string): Tokens {
    const entry = this.#refresh.get(token);
    if (
      !entry ||
      entry.grant.app.clientId !== app.clientId ||
      entry.used ||
      !entry.grant.alive ||
      entry.expiresAt <= this.#now()
    ) {
      throw invalidToken();
    }
    entry.used = true;
    return this.#issue(entry.grant);
  }

  /** Ends the grant behind an access or refresh token. Unknown tokens are no error. */
  revoke(app: SandboxApp, token: string): void {
    const grant = this.#access.get(token)?.grant ?? this.#refresh.get(token)?.grant;
    if (grant?.app.clientId === app.clientId) grant.alive = false;
  }

  /** As if the admin removed the app from the account. Answers what ended by it. */
  revokeAll(): Grant[] {
    const ended = [...this.#live.values()].filter((grant) => grant.alive);
    for (const grant of ended) grant.alive = false;
    return ended;
  }

  expireAccessTokens(): void {
    for (const entry of this.#access.values()) entry.expiresAt = 0;
  }

  /** The grant of an access token, or why there is none. */
  read(token: string): Grant | 'invalid' | 'expired' {
    const entry = this.#access.get(token);
    if (!entry || !entry.grant.alive) return 'invalid';
    return entry.expiresAt <= this.#now() ? 'expired' : entry.grant;
  }

  #issue(grant: Grant): Tokens {
    const now = this.#now();
    const tokens: Tokens = {
      access_token: jwtLike(),
      token_type: 'bearer',
      refresh_token: jwtLike(),
      expires_in: ACCESS_LIFE_S,
      scope: grant.scopes.join(' '),
      api_url: this.#apiUrl(),
    };
    this.#access.set(tokens.access_token, { grant, expiresAt: now + ACCESS_LIFE_S * 1000 });
    this.#refresh.set(tokens.refresh_token, { grant, expiresAt: now + REFRESH_LIFE_MS, used: false });
    return tokens;
  }
}

function isProven(challenge: string, method: 'S256' | 'plain', verifier: string | null): boolean {
  if (!verifier) return false;
  return challenge === (method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier);
}

const opaque = (bytes: number) => randomBytes(bytes).toString('base64url');

/** As long and as dotted as Zoom's, and nothing in it to read. */
function jwtLike(): string {
  return `${Buffer.from('{"sv":"000001","alg":"HS512","v":"2.0","kid":"sandbox"}').toString('base64url')}.${opaque(330)}.${opaque(64)}`;
}
