import type { Dispatcher } from 'undici';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/client.ts';
import type { KeyRing } from '../../db/sealing.ts';
import type { Logger } from '../../log.ts';
import type { ZoomMeasures } from '../../metrics.ts';
import type { Secret } from '../../secret.ts';
import { deleteGrant, grantById, integrationOfGrant, saveNewGrant } from '../store/grants.ts';
import { clientCredentials, openSecret } from './credentials.ts';
import { marginOf, openRefresher, sealTokens } from './refresh.ts';
import { rewrapSecrets } from './rewrap.ts';
import { revokeToken, type FreshTokens, type TokenEndpoint } from './token-endpoint.ts';

export { clientCredentials } from './credentials.ts';

/** Keeps the tokens of all integrations: sealed at rest, refreshed by one process at a time. */
export interface TokenCustody {
  /** Saves the tokens of a new authorization in the place of the old ones, dead or not. */
  saveGrant(integrationId: string, tokens: FreshTokens): Promise<void>;
  /**
   * An access token that is good for the next two minutes (or most of its life, where that is short), or for what is left of the old one while a new one is being
   * fetched. `notThisOne` is the generation that Zoom turned down; what comes back is another one.
   *
   * @throws {AppError} `REAUTHORIZATION_REQUIRED`, without asking Zoom, when there is no living grant; a `ZoomError` with
   * outcome `NOT_SENT` when a refresh was needed and failed for now.
   */
  accessToken(integrationId: string, options?: { notThisOne?: number }): Promise<AccessToken>;
  /** Takes the tokens back at Zoom and erases them here; erases them also when Zoom can't be reached, and says so. */
  revoke(integrationId: string): Promise<{ revoked: boolean }>;
  /** Erases the tokens here. Another process may use one that it has just read for another five seconds. */
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
  measures?: ZoomMeasures | undefined;
  now: () => Date;
  dispatcher: Dispatcher;
  pauseMs?: number | undefined;
}

/** How long a process believes that the token it read is still the one. */
const BELIEF_MS = 5_000;

/** See `TokenCustody`. */
export function openTokens(deps: TokenDeps): TokenCustody {
  const { config, database, keys, log, measures, now, dispatcher, pauseMs } = deps;
  const { db } = database;
  const endpoint: TokenEndpoint = { dispatcher, oauthUrl: config.zoomOAuthUrl, now };
  const refresh = openRefresher({ config, db, keys, log, measures, now, endpoint, pauseMs });
  const read = new Map<string, { token: AccessToken; goodUntil: number; until: number }>();
  const looking = new Map<string, Promise<AccessToken>>();

  const look = async (id: string, notThisOne: number | undefined): Promise<AccessToken> => {
    try {
      const grant = await refresh(id, notThisOne);
      const token = { token: openSecret(keys, grant.accessToken, `grants.access_token:${id}`), gen: grant.gen };
      const goodUntil = grant.accessExpiresAt.getTime() - marginOf(grant);
      read.set(id, { token, goodUntil, until: performance.now() + BELIEF_MS });
      return token;
    } catch (error) {
      read.delete(id);
      throw error;
    } finally {
      looking.delete(id);
    }
  };

  /** Works on the row with nothing remembered before or after. */
  const forgetting = async (id: string, work: () => Promise<void>) => {
    read.delete(id);
    await work();
    read.delete(id);
  };

  const custody: TokenCustody = {
    saveGrant: (id, tokens) =>
      forgetting(id, () => {
        const accessExpiresAt = new Date(now().getTime() + tokens.expiresInSeconds * 1000);
        return saveNewGrant(db, id, sealTokens(keys, id, { ...tokens, accessExpiresAt }, now()));
      }),

    async accessToken(id, { notThisOne } = {}) {
      for (;;) {
        const known = read.get(id);
        const isFresh = known !== undefined && known.until > performance.now();
        if (isFresh && known.token.gen !== notThisOne && known.goodUntil > now().getTime()) {
          return known.token;
        }
        const running = looking.get(id);
        if (running === undefined) {
          const started = look(id, notThisOne);
          looking.set(id, started);
          return started;
        }
        // Started by somebody who may have had nothing against the generation that we can't use.
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
          const credentials = clientCredentials({ config, keys }, integration);
          const accessToken = openSecret(keys, grant.accessToken, `grants.access_token:${id}`);
          const refreshToken = openSecret(keys, grant.refreshToken, `grants.refresh_token:${id}`);
          revoked = await revokeToken(endpoint, credentials, accessToken);
          // An access token that has expired is nobody's any more; the refresh token says whose grant it is.
          revoked ||= await revokeToken(endpoint, credentials, refreshToken);
        } catch (error) {
          // Whatever stands in the way of telling Zoom must not keep the tokens here.
          const words = error instanceof Error ? error.message : 'unknown';
          log.warn({ integrationId: id, error: words }, 'Zoom could not be told to revoke');
        }
      }
      await custody.eraseGrant(id);
      return { revoked };
    },

    eraseGrant: (id) => forgetting(id, () => deleteGrant(db, id)),

    rewrap: () =>
      rewrapSecrets({
        sql: database.sql,
        keys,
        onProblem: (integrationId, what, error) =>
          log.error({ integrationId, what, error }, 'something sealed could not be sealed with the current key'),
      }),
  };
  return custody;
}
