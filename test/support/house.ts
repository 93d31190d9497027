import { randomBytes } from 'node:crypto';
import { startSandbox, type Sandbox, type SandboxOptions } from '#sandbox/index.ts';
import { readConfig } from '#src/config.ts';
import type { Database } from '#src/db/client.ts';
import { newId } from '#src/db/id.ts';
import { KeyRing } from '#src/db/sealing.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import type { Queue } from '#src/datasources/queue.ts';
import { openNotifier } from '#src/datasources/notify/index.ts';
import { openZoom } from '#src/datasources/zoom/client.ts';
import type { Limiter } from '#src/datasources/zoom/limits.ts';
import type { Deps } from '#src/deps.ts';
import { createMetrics } from '#src/metrics.ts';
import { createLogger } from '#src/log.ts';
import { Secret } from '#src/secret.ts';
import { insertIntegration } from '#src/datasources/store/integrations.ts';
import { authorizeUrl, REDIRECT, tokenCall } from '../sandbox/caller.ts';
import { testDatabase } from './database.ts';
import { overhear } from './secrets.ts';

/** Secret that test tokens are signed with. */
export const JWT_SECRET = 'a secret that only tests know, 32 bytes or more';

/** A whole house on a database and a sandbox of its own: real parts, but for a queue that only remembers. */
export interface House {
  deps: Deps;
  database: Database;
  sandbox: Sandbox;
  /** What the queue was asked to wake workers for. */
  woken: { syncs: string[]; reclamations: string[] };
  /** Lines that were logged. */
  logged: string[];
  /** Moves the clock of house and sandbox. */
  clock: { advance(ms: number): void; now(): Date };
  close(): Promise<void>;
}

export async function openHouse(
  options: SandboxOptions & {
    env?: Record<string, string>;
    /** Left out: one that keeps to Zoom's limits. */
    limiter?: Limiter;
  } = {},
): Promise<House> {
  const { env, limiter, ...sandboxOptions } = options;
  let offset = 0;
  const now = () => new Date(Date.now() + offset);
  const database = await testDatabase();
  const sandbox = await startSandbox({ now: () => now().getTime(), ...sandboxOptions });
  const config = readConfig({
    AUTH_JWT_SECRET: JWT_SECRET,
    TOKEN_KEYS: `test:${randomBytes(32).toString('base64')}`,
    ZOOM_API_URL: sandbox.apiUrl,
    ZOOM_OAUTH_URL: sandbox.oauthUrl,
    PUBLIC_URL: 'http://127.0.0.1:4000',
    ...env,
  });
  const logged: string[] = [];
  const log = createLogger('debug', (line) => {
    overhear(line);
    logged.push(line);
  });
  const keys = new KeyRing(config.tokenKeys);
  // Repetitions come almost at once: how long they wait is tested where it is decided.
  const metrics = createMetrics();
  const measures = metrics.zoom;
  const quick = { random: () => 0.01, pauseMs: 5 };
  const zoom = openZoom({ config, database, keys, log, now, limiter, measures, ...quick });
  const notify = openNotifier(config);
  const woken: House['woken'] = { syncs: [], reclamations: [] };
  const queue: Queue = {
    requestSync: async (id) => void woken.syncs.push(id),
    requestReclamation: async (id) => void woken.reclamations.push(id),
    work: async () => undefined,
    stop: async () => undefined,
  };
  return {
    deps: { config, database, keys, queue, zoom, notify, log, metrics, settleMs: 0, now },
    database,
    sandbox,
    woken,
    logged,
    clock: {
      advance(ms) {
        offset += ms;
      },
      now,
    },
    async close() {
      await zoom.close();
      await notify.close();
      await sandbox.close();
      await database.close();
    },
  };
}

/**
 * An integration that is connected to the sandbox through its real consent, with the generated rule: to the regular
 * account, or, where the patch says that it is tiered, to the master account.
 */
export async function connectedIntegration(house: House, patch: Partial<IntegrationRow> = {}): Promise<IntegrationRow> {
  const { deps, sandbox } = house;
  const kind = patch.kind ?? 'REGULAR';
  const tier = kind === 'TIERED' ? 'MASTER' : 'REGULAR';
  const app = sandbox.apps.find(({ account }) => account === tier)!;
  const redirected = new URL(await sandbox.consent(authorizeUrl(sandbox, app)));
  const { body } = await tokenCall(sandbox, app, {
    grant_type: 'authorization_code',
    code: redirected.searchParams.get('code')!,
    redirect_uri: REDIRECT,
  });
  const id = newId('int');
  const answer = await fetch(`${sandbox.apiUrl}/users/me`, {
    headers: { authorization: `Bearer ${body.access_token}` },
  });
  const me = (await answer.json()) as { id: string; account_id: string; email: string };
  const now = deps.now();
  const integration = await insertIntegration(deps.database.sql, {
    id,
    displayName: 'Sandbox',
    kind: 'REGULAR',
    region: 'NA',
    status: 'CONNECTED',
    clientId: app.clientId,
    clientSecret: deps.keys.seal(new Secret(app.clientSecret), `integrations.client_secret:${id}`),
    enabledTasks: [
      'APPLICATION_ROSTER',
      'APPLICATION_ACCESS',
      'LICENSE_DIFFERENTIATION',
      'LICENSE_INFORMATION',
      'RECLAMATION',
    ],
    grantedScopes: String(body.scope).split(' '),
    rateLimitPlan: 'BUSINESS',
    zoomAccountId: me.account_id,
    authorizedZoomUserId: me.id,
    authorizedEmail: me.email,
    authorizedAt: now,
    ...patch,
  });
  await deps.zoom.tokens.saveGrant(id, {
    accessToken: new Secret(body.access_token),
    refreshToken: new Secret(body.refresh_token),
    expiresInSeconds: body.expires_in,
  });
  await deps.database.sql`
    insert into accounts (id, integration_id, zoom_account_id, name, tier)
    values (${newId('acc')}, ${id}, ${me.account_id}, 'Sandbox', ${tier})`;
  await deps.database.sql`
    insert into reclamation_rules (id, integration_id, name, auto_generated, action, inactivity_threshold_days)
    values (${newId('rul')}, ${id}, 'Inactive for 60 days', true, 'DOWNGRADE', 60)`;
  return integration;
}
