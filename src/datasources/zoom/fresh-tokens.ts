import { setTimeout as sleep } from 'node:timers/promises';
import { getGlobalDispatcher } from 'undici';
import type { Config } from '../../config.ts';
import type { KeyRing } from '../../db/sealing.ts';
import type { IntegrationRow } from '../../db/tables/rows.ts';
import type { Logger } from '../../log.ts';
import { readAnswer } from './answer.ts';
import type { ZoomClient } from './client.ts';
import { ZoomError } from './errors.ts';
import { send } from './http.ts';
import { clientCredentials } from './token.ts';
import { revokeToken, type FreshTokens } from './token-endpoint.ts';
import { getUser, type UserProfilePayload } from './users.ts';

/** What is done with the tokens of a consent before it is known whether they are kept. */
interface FreshTokensDeps {
  config: Config;
  keys: KeyRing;
  log: Logger;
  now: () => Date;
}

const TRIES = 3;
const PAUSE_MS = 300;
const TIMEOUT_MS = 5_000;

/**
 * Asks Zoom whose tokens these are. Null when Zoom does not say, for want of a scope or because it can't be reached.
 *
 * The custody is passed by on purpose: it may hold the tokens of an earlier consent, which have to stay where they are
 * when these turn out to be for another account.
 *
 * GET /users/me · Light · user:read:admin or user:read:user:admin
 */
export async function whoConsented(
  { config, log }: FreshTokensDeps,
  integrationId: string,
  tokens: FreshTokens,
): Promise<UserProfilePayload | null> {
  const zoom: ZoomClient = {
    integrationId,
    async call({ endpoint, schema }) {
      const answer = await send(getGlobalDispatcher(), {
        method: endpoint.method,
        url: `${config.zoomApiUrl}${endpoint.path.replace('{userId}', 'me')}`,
        headers: { authorization: `Bearer ${tokens.accessToken.reveal()}`, accept: 'application/json' },
        timeoutMs: TIMEOUT_MS,
      });
      return readAnswer(answer, {
        endpoint: `${endpoint.method} ${endpoint.path}`,
        schema,
        hasPageToken: false,
        limit: null,
      });
    },
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await getUser(zoom, 'me');
    } catch (error) {
      const kind = error instanceof ZoomError ? error.kind : 'NO_ANSWER';
      log.warn({ integrationId, attempt, kind }, 'Zoom did not say who gave the consent');
      if (attempt === TRIES || (error instanceof ZoomError && !error.retryable)) return null;
      await sleep(PAUSE_MS * attempt * (0.5 + Math.random()));
    }
  }
}

/**
 * Takes tokens back at Zoom that are not going to be kept. When Zoom can't be told they die unused, in an hour and in
 * 90 days.
 */
export async function giveBack(deps: FreshTokensDeps, integration: IntegrationRow, tokens: FreshTokens): Promise<void> {
  const endpoint = { dispatcher: getGlobalDispatcher(), oauthUrl: deps.config.zoomOAuthUrl, now: deps.now };
  const revoked = await revokeToken(endpoint, clientCredentials(deps, integration), tokens.accessToken);
  if (!revoked)
    deps.log.warn({ integrationId: integration.id }, 'Tokens that were not kept could not be revoked at Zoom');
}
