import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import type { Db } from '../../db/client.ts';
import type { KeyRing } from '../../db/sealing.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { ZoomMeasures } from '../../metrics.ts';
import { Secret } from '../../secret.ts';
import {
  applyTokens,
  claimLease,
  grantById,
  integrationOfGrant,
  journalAnswer,
  markDead,
  markIntent,
  releaseLease,
  type Grant,
  type SealedTokens,
} from '../store/grants.ts';
import { pauseAfter } from '../../policy/backoff.ts';
import { clientCredentials, openSecret } from './credentials.ts';
import { sentenceFor, ZoomError } from './errors.ts';
import { DeadGrantError, refreshTokens, type FreshTokens, type TokenEndpoint } from './token-endpoint.ts';

export interface RefreshDeps {
  config: Config;
  db: Db;
  keys: KeyRing;
  log: Logger;
  measures?: ZoomMeasures | undefined;
  now: () => Date;
  endpoint: TokenEndpoint;
  /** The first pause after a refresh that failed, of which the later ones are multiples. A second when absent. */
  pauseMs?: number | undefined;
}

/** A token that has less than this left is refreshed first; of one that lives for minutes only, a quarter of its life. */
const MARGIN_MS = 120_000;
/** A token that has less than this left is no help while a refresh is under way, or fails. */
const LAST_RESORT_MS = 10_000;
/** Longer than the token endpoint's timeout, with room for the statements around it. */
const LEASE_MS = 10_000;
/** How long somebody else's refresh is waited for: their lease, and one of ours. */
const PATIENCE_MS = 25_000;
const POLL_MS = 100;

const REASON_REFUSED =
  'Zoom no longer accepts this connection: the permission was withdrawn, has expired, or was given to another ' +
  'installation. Authorize it again.';
const REASON_CUT_OFF =
  'This connection was lost when an earlier renewal was cut off before its answer was stored. Authorize it again.';

/** How much of its life a grant's access token must have left to be handed out without a refresh. */
export function marginOf({ accessExpiresAt, refreshObtainedAt }: Grant): number {
  return Math.min(MARGIN_MS, Math.max(0, accessExpiresAt.getTime() - refreshObtainedAt.getTime()) / 4);
}

/** What a grant is like that has a usable token: see `TokenCustody.accessToken` for the promise. */
export type Refresher = (integrationId: string, notThisOne: number | undefined) => Promise<Grant>;

/**
 * One refresh at a time, whoever asks, and nothing lost that could be kept.
 *
 * Zoom's refresh tokens are good once. The lease in the row lets one process use it; the intent is on disk before it is
 * used, the answer before anything else is done with it. So a crash leaves one of three rows: untouched (go on), with an
 * answer (use it), or with an intent only. Then nobody can know whether Zoom has rotated; the old token is tried once.
 */
export function openRefresher(deps: RefreshDeps): Refresher {
  const { config, db, keys, log, measures, now, endpoint, pauseMs } = deps;
  const owner = randomUUID();
  /** Refreshes that failed for now: who comes before their pause is over is told the same, and Zoom is not asked. */
  const failed = new Map<string, { gen: number; error: ZoomError; times: number; until: number }>();
  const msLeft = (grant: Grant) => grant.accessExpiresAt.getTime() - now().getTime();

  /** The grant as it stands; an answer that somebody left behind is made the grant first. */
  const settled = async (id: string): Promise<Grant> => {
    for (;;) {
      const grant = await grantById(db, id);
      if (grant === null) throw notAuthorized();
      if (grant.pendingAnswer !== null) {
        const answer = openAnswer(keys, id, grant.pendingAnswer);
        await applyTokens(db, id, grant.gen, sealTokens(keys, id, answer, now()));
      } else if (grant.deadAt !== null) {
        const integration = await integrationOfGrant(db, id);
        throw new AppError('REAUTHORIZATION_REQUIRED', integration?.reauthorizationReason ?? REASON_REFUSED);
      } else {
        return grant;
      }
    }
  };

  /** Returns when the row has moved on, by whoever; throws `DeadGrantError` and what else went wrong. */
  const refreshUnderLease = async ({ integrationId: id, gen }: Grant, prepared: Prepared): Promise<void> => {
    if (!(await markIntent(db, id, gen, owner))) return;
    let tokens: FreshTokens;
    try {
      tokens = await refreshTokens(endpoint, prepared.credentials, prepared.refreshToken);
      measures?.refreshed(id, 'ok');
    } catch (error) {
      measures?.refreshed(id, error instanceof DeadGrantError ? 'refused' : 'failed');
      // Unknown: Zoom may be working on it still. The lease then runs out by itself, later than the request can live.
      const isOver = error instanceof ZoomError && error.outcome !== 'UNKNOWN';
      if (isOver && !(error instanceof DeadGrantError)) await releaseLease(db, id, gen, owner);
      throw error;
    }
    const answer = { ...tokens, accessExpiresAt: new Date(now().getTime() + tokens.expiresInSeconds * 1000) };
    // The old refresh token died with this answer, which is nowhere but here: it is on disk before anything else.
    await persistently(() => journalAnswer(db, id, gen, sealAnswer(keys, id, answer)));
    await applyTokens(db, id, gen, sealTokens(keys, id, answer, now()));
    failed.delete(id);
  };

  const prepare = async (grant: Grant): Promise<Prepared> => {
    const integration = await integrationOfGrant(db, grant.integrationId);
    if (integration === null) throw notAuthorized();
    return {
      credentials: clientCredentials({ config, keys }, integration),
      refreshToken: openSecret(keys, grant.refreshToken, `grants.refresh_token:${grant.integrationId}`),
    };
  };

  return async (id, notThisOne) => {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      const grant = await settled(id);
      const isOther = grant.gen !== notThisOne;
      if (isOther && msLeft(grant) > marginOf(grant)) return grant;
      const isUsable = isOther && msLeft(grant) > Math.min(LAST_RESORT_MS, marginOf(grant) / 2);

      const lately = failed.get(id);
      const pausedMs = lately?.gen === grant.gen ? lately.until - performance.now() : 0;
      if (lately !== undefined && pausedMs > 0) {
        if (isUsable) return grant;
        throw asNotSent(lately.error, pausedMs);
      }

      // Before the lease: what can go wrong here must not keep the others waiting.
      const prepared = await prepare(grant);
      const claimed = await claimLease(db, { integrationId: id, gen: grant.gen, owner, leaseMs: LEASE_MS });
      if (claimed === null) {
        if (isUsable) return grant;
        await sleep(POLL_MS * (0.5 + Math.random()));
        continue;
      }
      // The last owner may have left an answer between our two looks.
      if (claimed.pendingAnswer !== null) continue;
      try {
        await refreshUnderLease(claimed, prepared);
      } catch (error) {
        if (error instanceof DeadGrantError) {
          const reason = claimed.refreshIntentAt === null ? REASON_REFUSED : REASON_CUT_OFF;
          // Ours to give up only when nobody has put another grant in its place meanwhile.
          if (await markDead(db, id, claimed.gen, reason)) {
            log.warn({ integrationId: id, zoomCode: error.zoomCode }, 'Zoom refused the refresh token');
          }
          continue;
        }
        if (!(error instanceof ZoomError)) throw error;
        // A secret that is wrong is put right by a person, who then wants to see it work at once.
        if (error.kind === 'AUTH') throw asNotSent(error, null);
        const times = lately?.gen === grant.gen ? lately.times + 1 : 1;
        const waitMs = Math.max(error.retryAfterMs ?? 0, pauseAfter(times, pauseMs));
        failed.set(id, { gen: grant.gen, error, times, until: performance.now() + waitMs });
        if (!isUsable) throw asNotSent(error, waitMs);
        log.warn({ integrationId: id, kind: error.kind }, 'A token could not be refreshed; the old one still holds');
        return grant;
      }
    }
    // Somebody else's lease has not ended in all that time.
    throw new ZoomError(sentenceFor('TIMEOUT', { missingScopes: [], code: null }), {
      endpoint: 'POST /oauth/token',
      kind: 'TIMEOUT',
      outcome: 'NOT_SENT',
    });
  };
}

interface Prepared {
  credentials: { clientId: string; clientSecret: Secret };
  refreshToken: Secret;
}

interface Tokens {
  accessToken: Secret;
  refreshToken: Secret;
  accessExpiresAt: Date;
}

/** Tokens as they are stored, each bound to its row and column. */
export function sealTokens(keys: KeyRing, id: string, tokens: Tokens, refreshObtainedAt: Date): SealedTokens {
  return {
    accessToken: keys.seal(tokens.accessToken, `grants.access_token:${id}`),
    refreshToken: keys.seal(tokens.refreshToken, `grants.refresh_token:${id}`),
    accessExpiresAt: tokens.accessExpiresAt,
    refreshObtainedAt,
  };
}

const journaled = z.object({ accessToken: z.string(), refreshToken: z.string(), accessExpiresAt: z.coerce.date() });

function sealAnswer(keys: KeyRing, id: string, { accessToken, refreshToken, accessExpiresAt }: Tokens): string {
  const text = JSON.stringify({
    accessToken: accessToken.reveal(),
    refreshToken: refreshToken.reveal(),
    accessExpiresAt,
  });
  return keys.seal(new Secret(text), `grants.pending_answer:${id}`);
}

function openAnswer(keys: KeyRing, id: string, sealed: string): Tokens {
  const text = openSecret(keys, sealed, `grants.pending_answer:${id}`).reveal();
  const { accessToken, refreshToken, accessExpiresAt } = journaled.parse(JSON.parse(text));
  return { accessToken: new Secret(accessToken), refreshToken: new Secret(refreshToken), accessExpiresAt };
}

/** A database that is away for a moment must not cost the grant. */
async function persistently(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === 6) throw error;
      await sleep(100 * 2 ** attempt);
    }
  }
}

function notAuthorized(): AppError {
  return new AppError('REAUTHORIZATION_REQUIRED', 'This integration is not authorized at Zoom.');
}

/** What a failed refresh is to who needed the token: their own call has not been sent, whatever became of the refresh. */
function asNotSent(error: ZoomError, retryAfterMs: number | null): ZoomError {
  const { endpoint, kind, httpStatus, zoomCode } = error;
  return new ZoomError(error.message, {
    endpoint,
    kind,
    httpStatus,
    zoomCode,
    outcome: 'NOT_SENT',
    cause: error,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}
