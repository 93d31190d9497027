import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { startSandbox } from '../sandbox/index.ts';
import { keptSecret, main, onSignal, openApp } from './app.ts';
import { SCOPES } from './caller.ts';
import { readConfig } from './config.ts';
import { say, type Ask } from './demo/ask.ts';
import { connect, type DemoAccount } from './demo/connect.ts';
import { anyLicensed, enterPrice, tellFigures, tellTree } from './demo/figures.ts';
import { watchSyncs } from './demo/watch-syncs.ts';
import { tellWhereToLook } from './demo/where-to-look.ts';
import { createLogger } from './log.ts';
import { serve, work, type Running } from './processes.ts';

/** Users of the demo's regular Zoom account. */
const USERS = 120;
/** The demo's tree: a master account and what is below it. */
const TREE = { subAccounts: 6, treeUsers: 100 };
const REGULAR: DemoAccount = {
  title: 'Northwind',
  displayName: 'Demo: Northwind on the Zoom sandbox',
  kind: 'REGULAR',
};
const TIERED: DemoAccount = {
  title: 'Contoso Group',
  displayName: 'Demo: Contoso Group and its sub accounts on the Zoom sandbox',
  kind: 'TIERED',
};

await main(async () => {
  const startedAt = Date.now();
  say('Starting the Zoom sandbox and the embedded database …');
  const dataDir = '.data';
  const sandbox = await startSandbox({ users: USERS, seed: 1, ...TREE });
  const appOf = (account: 'REGULAR' | 'MASTER') => {
    const app = sandbox.apps.find((one) => one.account === account);
    if (app === undefined) throw new Error(`The sandbox has no ${account.toLowerCase()} app.`);
    return { name: app.name, clientId: app.clientId, clientSecret: app.clientSecret };
  };
  const secret = process.env['AUTH_JWT_SECRET'] ?? (await keptSecret(dataDir, 'jwt-secret', newSecret));
  const keys = process.env['TOKEN_KEYS'] ?? `demo:${await keptSecret(dataDir, 'token-key', newKey)}`;
  const webhookSecret = process.env['ZOOM_WEBHOOK_SECRET'] ?? (await keptSecret(dataDir, 'webhook-secret', newSecret));
  const config = readConfig({
    LOG_LEVEL: 'warn',
    ...process.env,
    AUTH_JWT_SECRET: secret,
    AUTH_JWKS_URL: '',
    TOKEN_KEYS: keys,
    ZOOM_WEBHOOK_SECRET: webhookSecret,
    ZOOM_API_URL: sandbox.apiUrl,
    ZOOM_OAUTH_URL: sandbox.oauthUrl,
    ZOOM_APPS: JSON.stringify({ NA: { REGULAR: appOf('REGULAR'), TIERED: appOf('MASTER') } }),
  });
  const house = await openApp(config, {
    works: true,
    log: createLogger(config.logLevel, (line) => process.stderr.write(line)),
  }).catch(async (error: unknown) => {
    await sandbox.close();
    throw error;
  });
  let running: Running | null = null;
  onSignal(async () => {
    say('\nStopping; the data stays in .data for the next start.');
    await running?.stop();
    await house.close();
    await sandbox.close();
  });
  await work(house.deps);
  const server = await serve(house.deps);
  running = server;
  // From here on the sandbox tells what happens, as Zoom does.
  sandbox.webhooks.receiver = { url: `${server.address}/webhooks/zoom`, secretToken: webhookSecret };

  const token = await new SignJWT({ scope: SCOPES.join(' ') })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('demo')
    .setIssuedAt()
    .setExpirationTime('7d')
    .sign(Buffer.from(secret));
  const ask: Ask = async (query, variables = {}) => {
    const response = await fetch(`${server.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...(config.routerSecrets?.[0] && { 'x-router-secret': config.routerSecrets[0].reveal() }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: unknown; errors?: { message: string }[] };
    if (answer.errors !== undefined) throw new Error(answer.errors.map((error) => error.message).join('\n'));
    return answer.data as never;
  };

  const browser = { address: server.address, consent: (url: string) => sandbox.consent(url, 'allow') };
  const regularId = await connect(ask, REGULAR, browser);
  const tieredId = await connect(ask, TIERED, browser);
  await watchSyncs(ask, [
    { integrationId: regularId, title: REGULAR.title },
    { integrationId: tieredId, title: TIERED.title },
  ]);
  await enterPrice(ask, regularId);
  await tellFigures(ask, REGULAR.title, regularId);
  await tellTree(ask, TIERED.title, tieredId);
  tellWhereToLook({
    publicUrl: config.publicUrl,
    sandboxUrl: sandbox.url,
    token,
    regularId,
    tieredId,
    somebody: await anyLicensed(ask, regularId),
  });
  say(`Ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops everything.`);
});

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function newKey(): string {
  return randomBytes(32).toString('base64');
}
