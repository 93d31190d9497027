import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Dispatcher } from 'undici';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/client.ts';
import type { KeyRing } from '../../db/sealing.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { Secret } from '../../secret.ts';
import {
  applyTokens,
  claimLease,
  deleteGrant,
  grantById,
  integrationOfGrant,
  journalAnswer,
  markDead,
  markIntent,
  releaseLease,
  saveNewGrant,
  type Grant,
  type Integration,
  type SealedTokens,
} from '../store/grants.ts';
import { sentenceFor, ZoomError } from './errors.ts';
import { rewrapSecrets } from './rewrap.ts';
import {
  DeadGrantError,
  refreshTokens,
  revokeToken,
  type ClientCredentials,
  type FreshTokens,
  type TokenEndpoint,
} from './token-endpoint.ts';

/** Keeps the tokens of all integrations: sealed at rest, refreshed by one process at a time. */
export interface TokenCustody {
  /** Saves the tokens of a new authorization in the place of the old ones, dead or not. */
  saveGrant(integrationId: string, tokens: FreshTokens): Promise<void>;
  /**
   * An access token that is good for the next two minutes. `notThisOne` is the generation that Zoom turned down; what
   * comes back is a later one.
   *
   * @throws {AppError} `REAUTHORIZATION_REQUIRED` without asking Zoom when there is no living grant; a `ZoomError` when
   * a refresh was needed and failed for now.
   */
  accessToken(integrationId: string, options?: { notThisOne?: number }): Promise<AccessToken>;
  /** Takes the tokens back at Zoom and erases them here; erases them also when Zoom can't be reached, and says so. */
  revoke(integrationId: string): Promise<{ revoked: boolean }>;
  /** Erases the tokens here. */
  eraseGrant(integrationId: string): Promise<void>;
  /**
   * Seals everything that an older key has sealed with the current one, tokens and client secrets. May run while
   * everything else does, in several processes.
   *
   * @returns how many rows were changed.
   */
  rewrap(): Promise<number>;
}

export interface AccessToken {
  token: Secret;
  /** Counts the refreshes of a grant. */
  gen: number;
}

interface TokenDeps {
  config: Config;
  database: Database;
  keys: KeyRing;
  log: Logger;
  now: () => Date;
  dispatcher: Dispatcher;
}

/** A token that has less than this left is refreshed first. */
const MARGIN_MS = 120_000;
/** A token that has less than this left is no help when the refresh fails. */
const LAST_RESORT_MS = 10_000;
/** Longer than the token endpoint's timeout, with room for the statements around it. */
const LEASE_MS = 10_000;
/** How long a process believes that the token it read is still the one. */
const BELIEF_MS = 5_000;
/** How long somebody else's refresh is waited for: their lease, and one of ours. */
const PATIENCE_MS = 25_000;
const POLL_MS = 100;

/** The OAuth client that speaks for an integration: its own, or the vendor's app of its region and kind. */
export function clientCredentials(
  { config, keys }: { config: Config; keys: KeyRing },
  {
    id,
    region,
    kind,
    clientId,
    clientSecret,
  }: Pick<Integration, 'id' | 'region' | 'kind' | 'clientId' | 'clientSecret'>,
): ClientCredentials {
  if (clientId !== null) {
    if (clientSecret === null) throw new AppError('INTERNAL', 'The integration has a client id but no client secret.');
    return { clientId, clientSecret: open(keys, clientSecret, `integrations.client_secret:${id}`) };
  }
  const app = config.zoomApps[region]?.[kind];
  if (app === undefined) {
    throw new AppError('INTERNAL', `No Zoom app is configured for ${kind} integrations in ${region}, see ZOOM_APPS.`);
  }
  return { clientId: app.clientId, clientSecret: app.clientSecret };
}

/** Opens a stored secret; one that doesn't open is told without its value. */
function open(keys: KeyRing, sealed: string, context: string): Secret {
  try {
    return keys.open(sealed, context);
  } catch (cause) {
    throw new AppError('INTERNAL', 'A stored secret does not open: its key is missing, or it was tampered with.', {
      cause,
    });
  }
}

const journaled = z.object({ accessToken: z.string(), refreshToken: z.string(), accessExpiresAt: z.coerce.date() });

/** See `TokenCustody`. */
export function openTokens(deps: TokenDeps): TokenCustody {
  const { config, keys, log, now } = deps;
  const { db } = deps.database;
  const endpoint: TokenEndpoint = { dispatcher: deps.dispatcher, oauthUrl: config.zoomOAuthUrl, now };
  const owner = randomUUID();
  const read = new Map<string, { token: AccessToken; expiresAt: number; until: number }>();
  const refreshing = new Map<string, Promise<AccessToken>>();

  const seal = (
    id: string,
    tokens: { accessToken: Secret; refreshToken: Secret; accessExpiresAt: Date },
  ): SealedTokens => ({
    accessToken: keys.seal(tokens.accessToken, `grants.access_token:${id}`),
    refreshToken: keys.seal(tokens.refreshToken, `grants.refresh_token:${id}`),
    accessExpiresAt: tokens.accessExpiresAt,
    refreshObtainedAt: now(),
  });
  const expiry = (expiresInSeconds: number) => new Date(now().getTime() + expiresInSeconds * 1000);
  const msLeft = (grant: Grant) => grant.accessExpiresAt.getTime() - now().getTime();

  const use = (grant: Grant): AccessToken => {
    const id = grant.integrationId;
    const token = { token: open(keys, grant.accessToken, `grants.access_token:${id}`), gen: grant.gen };
    read.set(id, { token, expiresAt: grant.accessExpiresAt.getTime(), until: performance.now() + BELIEF_MS });
    return token;
  };

  /** The grant as it stands; an answer that somebody left behind is made the grant first. */
  const settled = async (id: string): Promise<Grant> => {
    for (;;) {
      const grant = await grantById(db, id);
      if (grant === null) throw notAuthorized();
      if (grant.pendingAnswer === null) {
        if (grant.deadAt !== null) throw await dead(id);
        return grant;
      }
      const text = open(keys, grant.pendingAnswer, `grants.pending_answer:${id}`).reveal();
      const answer = journaled.parse(JSON.parse(text));
      await applyTokens(
        db,
        id,
        grant.gen,
        seal(id, {
          accessToken: new Secret(answer.accessToken),
          refreshToken: new Secret(answer.refreshToken),
          accessExpiresAt: answer.accessExpiresAt,
        }),
      );
    }
  };

  const dead = async (id: string): Promise<AppError> => {
    read.delete(id);
    const integration = await integrationOfGrant(db, id);
    return new AppError(
      'REAUTHORIZATION_REQUIRED',
      integration?.reauthorizationReason ?? 'Zoom no longer accepts this connection. Authorize it again.',
    );
  };

  const isGood = (grant: Grant, notThisOne: number | undefined) =>
    grant.gen !== notThisOne && msLeft(grant) > MARGIN_MS;

  const refresh = async (id: string, notThisOne: number | undefined): Promise<AccessToken> => {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      const grant = await settled(id);
      if (isGood(grant, notThisOne)) return use(grant);
      const claimed = await claimLease(db, { integrationId: id, gen: grant.gen, owner, leaseMs: LEASE_MS });
      if (claimed === null) {
        await sleep(POLL_MS * (0.5 + Math.random()));
        continue;
      }
      // Claimed by the generation only: the last owner may have left an answer between our two looks.
      if (claimed.pendingAnswer === null) {
        try {
          await refreshUnderLease(claimed);
        } catch (error) {
          const isUsable = grant.gen !== notThisOne && msLeft(grant) > LAST_RESORT_MS;
          if (!(error instanceof ZoomError)) throw error;
          if (error.kind === 'AUTH' || !isUsable) throw asNotSent(error);
          log.warn(
            { integrationId: id, kind: error.kind },
            'A token could not be refreshed in time; the old one still holds',
          );
          return use(grant);
        }
      }
    }
    // Somebody else's lease has not ended in all that time.
    throw new ZoomError(sentenceFor('TIMEOUT', { missingScopes: [], code: null }), {
      endpoint: 'POST /oauth/token',
      kind: 'TIMEOUT',
      outcome: 'NOT_SENT',
    });
  };

  /** Returns when the row has moved on, by whoever. */
  const refreshUnderLease = async (grant: Grant): Promise<void> => {
    const { integrationId: id, gen } = grant;
    const integration = await integrationOfGrant(db, id);
    if (integration === null) throw notAuthorized();
    const credentials = clientCredentials(deps, integration);
    const refreshToken = open(keys, grant.refreshToken, `grants.refresh_token:${id}`);
    if (!(await markIntent(db, id, gen, owner))) return;

    let tokens: FreshTokens;
    try {
      tokens = await refreshTokens(endpoint, credentials, refreshToken);
    } catch (error) {
      if (error instanceof DeadGrantError) return bury(grant, error);
      // Unknown: Zoom may be working on it still. The lease then runs out by itself, later than the request can live.
      if (error instanceof ZoomError && error.outcome !== 'UNKNOWN') await releaseLease(db, id, gen, owner);
      throw error;
    }
    const accessExpiresAt = expiry(tokens.expiresInSeconds);
    // The old refresh token died with this answer. It is on disk before anything else can go wrong.
    const text = JSON.stringify({
      accessToken: tokens.accessToken.reveal(),
      refreshToken: tokens.refreshToken.reveal(),
      accessExpiresAt,
    });
    await journalAnswer(db, id, gen, keys.seal(new Secret(text), `grants.pending_answer:${id}`));
    await applyTokens(db, id, gen, seal(id, { ...tokens, accessExpiresAt }));
  };

  /** Zoom refused the refresh token. Ours to give up only when nobody has put another one in its place meanwhile. */
  const bury = async (grant: Grant, error: DeadGrantError): Promise<void> => {
    const { integrationId: id, gen } = grant;
    const reason =
      grant.refreshIntentAt === null
        ? 'Zoom no longer accepts this connection: the permission was withdrawn, has expired, or was given to another installation. Authorize it again.'
        : 'This connection was lost when an earlier renewal was cut off before its answer was stored. Authorize it again.';
    if (!(await markDead(db, id, gen, reason))) return;
    read.delete(id);
    log.warn(
      { integrationId: id, zoomCode: error.zoomCode },
      'Zoom refused the refresh token; the integration has to be authorized again',
    );
    throw new AppError('REAUTHORIZATION_REQUIRED', reason, { cause: error });
  };

  const custody: TokenCustody = {
    async saveGrant(id, tokens) {
      read.delete(id);
      await saveNewGrant(db, id, seal(id, { ...tokens, accessExpiresAt: expiry(tokens.expiresInSeconds) }));
      read.delete(id);
    },

    async accessToken(id, { notThisOne } = {}) {
      for (;;) {
        const known = read.get(id);
        if (
          known !== undefined &&
          known.until > performance.now() &&
          known.token.gen !== notThisOne &&
          known.expiresAt - now().getTime() > MARGIN_MS
        ) {
          return known.token;
        }
        let running = refreshing.get(id);
        if (running === undefined) {
          running = refresh(id, notThisOne).finally(() => refreshing.delete(id));
          refreshing.set(id, running);
          return running;
        }
        // Somebody's look that may have been for another generation than ours: what it finds is looked at again.
        const found = await running;
        if (found.gen !== notThisOne) return found;
      }
    },

    async revoke(id) {
      const grant = await grantById(db, id);
      const integration = await integrationOfGrant(db, id);
      let revoked = false;
      if (grant !== null && integration !== null) {
        try {
          const credentials = clientCredentials(deps, integration);
          revoked = await revokeToken(
            endpoint,
            credentials,
            open(keys, grant.accessToken, `grants.access_token:${id}`),
          );
          // An access token that has expired is nobody's any more; the refresh token says whose grant it is.
          revoked ||= await revokeToken(
            endpoint,
            credentials,
            open(keys, grant.refreshToken, `grants.refresh_token:${id}`),
          );
        } catch (error) {
          // Whatever stands in the way of telling Zoom must not keep the tokens here.
          log.warn(
            { integrationId: id, error: error instanceof Error ? error.message : 'unknown' },
            'Zoom could not be told to revoke',
          );
        }
      }
      await custody.eraseGrant(id);
      return { revoked };
    },

    async eraseGrant(id) {
      read.delete(id);
      await deleteGrant(db, id);
      read.delete(id);
    },

    rewrap: () => rewrapSecrets({ db, keys, log }),
  };
  return custody;
}

function notAuthorized(): AppError {
  return new AppError('REAUTHORIZATION_REQUIRED', 'This integration is not authorized at Zoom.');
}

/** What a failed refresh is to who needed the token: their own call has not been sent, whatever became of the refresh. */
function asNotSent(error: ZoomError): ZoomError {
  const { endpoint, kind, httpStatus, zoomCode, retryAfterMs } = error;
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
