import { createSecretKey, hash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Caller } from '../caller.ts';
import { remoteKeys } from './jwks.ts';

/** Somebody who brought no token. May ask what the schema is, nothing else. */
export const ANONYMOUS: Caller = { sub: 'anonymous', scopes: new Set() };

/** Signatures that can't be forged with what a JWKS publishes. */
const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** A name that the audit trail can keep: some letter or digit, nothing that only moves a cursor or hides. */
const NAME = /^(?=.*[\p{L}\p{N}])[^\p{C}]{1,255}$/u;

/** How far callers' clocks may be off. */
const CLOCK_TOLERANCE_SECONDS = 30;

/**
 * Who an `Authorization` header says is calling; `ANONYMOUS` without one.
 *
 * @throws {AppError} UNAUTHENTICATED for a header that proves nothing, INTERNAL when the issuer's keys can't be had.
 */
export type Authenticate = (authorization: string | undefined) => Promise<Caller>;

/** Checks callers as the environment says: against a JWKS, whose keys are kept for ten minutes, or one shared secret. */
export function createAuthenticate(auth: Config['auth'], now: () => Date): Authenticate {
  const options: JWTVerifyOptions = {
    algorithms: auth.kind === 'jwks' ? ASYMMETRIC : ['HS256'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['exp', 'sub'],
    ...(auth.issuer !== null && { issuer: auth.issuer }),
    ...(auth.audience !== null && { audience: auth.audience }),
  };
  const verify = verifier(auth, now);
  const seen = new Map<string, Seen>();
  return async (authorization) => {
    if (authorization === undefined || authorization === '') return ANONYMOUS;
    const at = now();
    // By its digest: what is kept in mind is no token.
    const digest = hash('sha256', authorization, 'base64');
    const known = seen.get(digest);
    if (known !== undefined && at >= known.from && at < known.until) return known.caller;
    const token = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new AppError('UNAUTHENTICATED', 'The Authorization header holds no bearer token.');
    const payload = await verify(token, { ...options, currentDate: at });
    const caller = callerOf(payload);
    if (seen.size >= MOST_SEEN) seen.clear();
    const until = new Date(Math.min(caller.expiresAt.getTime(), at.getTime() + SEEN_MS));
    seen.set(digest, { caller, from: at, until });
    return caller;
  };
}

/** A token that was found good is taken for good for some seconds, and never longer than it says itself. */
interface Seen {
  caller: Caller;
  /** Before it, somebody has set the clock back. */
  from: Date;
  until: Date;
}

/** Much shorter than keys are kept, so that a key that the issuer gave up is not taken for longer because of it. */
const SEEN_MS = 10_000;
const MOST_SEEN = 2_000;

function verifier(
  auth: Config['auth'],
  now: () => Date,
): (token: string, options: JWTVerifyOptions) => Promise<JWTPayload> {
  if (auth.kind === 'secret') {
    const key = createSecretKey(Buffer.from(auth.secret.reveal()));
    return (token, options) => jwtVerify(token, key, options).then(({ payload }) => payload, refuse);
  }
  const key = remoteKeys(auth.jwksUrl, now);
  return (token, options) => jwtVerify(token, key, options).then(({ payload }) => payload, refuse);
}

function refuse(cause: unknown): never {
  if (cause instanceof AppError) throw cause;
  const message =
    cause instanceof errors.JWTExpired ? 'The bearer token has expired.' : 'The bearer token is not valid here.';
  throw new AppError('UNAUTHENTICATED', message, { cause });
}

function callerOf(payload: JWTPayload): Caller & { expiresAt: Date } {
  const sub: unknown = payload.sub;
  // `system` is the service itself in the audit trail.
  if (typeof sub !== 'string' || !NAME.test(sub) || sub.trim().toLowerCase() === 'system') {
    throw new AppError('UNAUTHENTICATED', 'The bearer token names no caller.');
  }
  const { email } = payload;
  return {
    sub,
    ...(typeof email === 'string' && { email }),
    scopes: new Set([...scopesIn(payload['scope']), ...scopesIn(payload['scp'])]),
    expiresAt: new Date(((payload.exp ?? 0) + CLOCK_TOLERANCE_SECONDS) * 1000),
  };
}

/** Scopes as a text with spaces, or as a list. */
function scopesIn(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((scope) => scope !== '');
  return Array.isArray(claim) ? claim.filter((scope): scope is string => typeof scope === 'string') : [];
}
