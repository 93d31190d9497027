import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { matchEndpoint } from './api/endpoints.ts';
import { Gate } from './api/gate.ts';
import { RateLimits } from './api/limits.ts';
import { addControl } from './control.ts';
import { Faults } from './faults.ts';
import { defaultApps } from './oauth/apps.ts';
import { Grants } from './oauth/grants.ts';
import { Oauth } from './oauth/routes.ts';
import { consent } from './oauth/browser.ts';
import { serve } from './serve.ts';
import { makeWorld } from './world/index.ts';
import { appDeauthorized } from './webhooks.ts';
import { WebhookSender } from './webhook-sender.ts';
import { treeTruthOf } from './world/tree-truth.ts';
import { truthOf } from './world/truth.ts';
import type { Outcome } from './serve.ts';
import type { Fault, SandboxApp, SandboxCall, SandboxOptions } from './types.ts';
import type { World } from './world/model.ts';
import type { TreeTruth } from './world/tree-truth.ts';
import type { Truth } from './world/truth.ts';

export type { Fault, SandboxApp, SandboxCall, SandboxOptions } from './types.ts';
export type { Account, SandboxUser, World } from './world/model.ts';
export type { SentWebhook, WebhookReceiver } from './webhook-sender.ts';
export type { WebhookBody } from './webhooks.ts';
export type { AccountTruth, TreeTruth } from './world/tree-truth.ts';
export type { Truth, TruthUser } from './world/truth.ts';
export { changeType, signIn } from './api/returns.ts';
export * from './world/index.ts';

/** A Zoom that listens. */
export interface Sandbox {
  url: string;
  /** For ZOOM_API_URL. */
  apiUrl: string;
  /** For ZOOM_OAUTH_URL. */
  oauthUrl: string;
  apps: SandboxApp[];
  /** Live: what is changed here, the API says at once. */
  world: World;
  /** Every API and OAuth call received, in order of arrival. */
  calls: SandboxCall[];
  faults: { add(fault: Fault): void; clear(): void };
  limits: RateLimits;
  /** Tells the receiver what the API's own writes do, and whatever else a test makes with `webhooks.ts`. */
  webhooks: WebhookSender;
  /** What is true of an account (default: the regular one); meetings are counted since `since` (ms, default 60 days ago). */
  truth(accountId?: string, since?: number): Truth;
  /** What is true of the master account and everything below it, without a word about single users. */
  tree(): TreeTruth;
  /** Plays the browser at Zoom: opens the page, answers the form, gives the address it is sent to without going there. */
  consent(authorizationUrl: string, decision?: 'allow' | 'deny'): Promise<string>;
  /** As if the admin removed the app: every token dies, and a receiver of webhooks is told. */
  revokeGrant(): void;
  /** As if an hour had passed, for access tokens only. */
  expireAccessTokens(): void;
  close(): Promise<void>;
}

/** Starts a Zoom to develop against: OAuth, API, a world by seed. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const apps = options.apps ?? defaultApps;
  const world = makeWorld({
    seed: options.seed ?? 1,
    users: options.users ?? 200,
    subAccounts: options.subAccounts ?? 3,
    treeUsers: options.treeUsers,
    now,
  });
  options.world?.(world);

  let url = '';
  const calls: SandboxCall[] = [];
  const faults = new Faults();
  const limits = new RateLimits(options.plan ?? 'BUSINESS', options.rateLimits ?? true);
  const grants = new Grants(now, () => url);
  const oauth = new Oauth(apps, world, grants);
  const webhooks = new WebhookSender(options.webhooks ?? null, now);
  const gate = new Gate(world, grants, limits, options.latencyMs ?? 0, (body) => webhooks.emit(body));
  const truth = (accountId?: string, since?: number) => {
    const account = accountId ? world.accounts.get(accountId) : world.regular;
    if (!account) throw new Error(`no account ${accountId} in the world`);
    return truthOf(world, account, since);
  };

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 4 * 1024 * 1024 });
  // Bodies are read as text: what is JSON and what is a form is Zoom's to judge.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error, _request, reply) => {
    void reply.code(500).send({ code: 500, message: `The sandbox itself failed: ${String(error)}` });
  });

  serve(app, {
    now,
    calls,
    faults,
    async api(request, path, query, call) {
      const match = matchEndpoint(request.method, path);
      const body = typeof request.body === 'string' ? request.body : '';
      const response = await gate.answer(
        { method: request.method, path, query, authorization: request.headers.authorization, body },
        match,
      );
      call.accountId = response.accountId;
      return { status: response.status, body: response.body, headers: response.headers } satisfies Outcome;
    },
    oauth,
    match: matchEndpoint,
    sleep,
  });
  // Zoom's clock is told with every answer, and here it is the sandbox's own.
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('date')) reply.header('date', new Date(now()).toUTCString());
  });
  addControl(app, { world, calls, faults, truth, webhooks, apps, plan: limits.plan });

  await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  url = `http://${options.host ?? '127.0.0.1'}:${port}`;

  return {
    url,
    apiUrl: `${url}/v2`,
    oauthUrl: `${url}/oauth`,
    apps,
    world,
    calls,
    faults,
    limits,
    webhooks,
    truth,
    tree: () => treeTruthOf(world),
    consent,
    revokeGrant() {
      for (const { accountId, userId, app } of grants.revokeAll()) {
        webhooks.emit(appDeauthorized({ accountId, userId, clientId: app.clientId, at: now() }));
      }
    },
    expireAccessTokens: () => grants.expireAccessTokens(),
    async close() {
      webhooks.close();
      await app.close();
    },
  };
}
