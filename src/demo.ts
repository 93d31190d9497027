import { randomBytes } from 'node:crypto';
import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { SignJWT } from 'jose';
import { startSandbox, type Sandbox } from '../sandbox/index.ts';
import { keptSecret, main, onSignal, openApp } from './app.ts';
import { SCOPES } from './caller.ts';
import { readConfig } from './config.ts';
import { createLogger } from './log.ts';
import { serve, work, type Running } from './processes.ts';

/** Users of the demo's Zoom account. */
const USERS = 120;
const DISPLAY_NAME = 'Demo: Northwind on the Zoom sandbox';
/** What one license costs a year in the demo; a real one is entered with the same mutation. */
const PRICE = { cost: '159.90', currency: 'USD', paymentFrequency: 'ANNUALLY' };

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Asks our own endpoint, as any caller would. */
type Ask = <T>(query: string, variables?: object) => Promise<T>;

await main(async () => {
  const startedAt = Date.now();
  say('Starting the Zoom sandbox and the embedded database …');
  const dataDir = '.data';
  const sandbox = await startSandbox({ users: USERS, seed: 1 });
  const app = sandbox.apps.find((one) => one.account === 'REGULAR');
  if (app === undefined) throw new Error('The sandbox has no regular app.');
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
    ZOOM_APPS: JSON.stringify({
      NA: { REGULAR: { name: app.name, clientId: app.clientId, clientSecret: app.clientSecret } },
    }),
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

  const integrationId = await connect(ask, sandbox, server.address);
  await watchSync(ask, integrationId);
  await enterPrice(ask, integrationId);
  await tellFigures(ask, integrationId);
  const somebody = await anyLicensed(ask, integrationId);
  tellWhereToLook({ publicUrl: config.publicUrl, sandboxUrl: sandbox.url, token, integrationId, somebody });
  say(`Ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops everything.`);
});

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function newKey(): string {
  return randomBytes(32).toString('base64');
}

/** Finds or creates the demo's integration and authorizes it through the real OAuth flow. */
async function connect(ask: Ask, sandbox: Sandbox, address: string): Promise<string> {
  const { integrations } = await ask<{ integrations: { id: string; displayName: string }[] }>(
    '{ integrations { id displayName } }',
  );
  let id = integrations.find((integration) => integration.displayName === DISPLAY_NAME)?.id;
  if (id === undefined) {
    const { createIntegration } = await ask<{ createIntegration: { integration: { id: string } } }>(
      `mutation ($input: CreateIntegrationInput!) { createIntegration(input: $input) { integration { id } userErrors { message } } }`,
      { input: { displayName: DISPLAY_NAME, kind: 'REGULAR', region: 'NA', rateLimitPlan: 'BUSINESS' } },
    );
    id = createIntegration.integration.id;
    say('Created an integration. Authorizing it at the sandbox: consent page, code, tokens …');
  } else {
    say('Found the integration of an earlier start. The sandbox forgot its tokens, so it is authorized once more …');
  }
  const { authorizeIntegration } = await ask<{
    authorizeIntegration: { authorizationUrl: string | null; userErrors: { message: string }[] };
  }>(
    `mutation ($input: AuthorizeIntegrationInput!) {
      authorizeIntegration(input: $input) { authorizationUrl userErrors { message } }
    }`,
    { input: { integrationId: id } },
  );
  const url = authorizeIntegration.authorizationUrl;
  if (url === null) throw new Error(authorizeIntegration.userErrors.map((error) => error.message).join('\n'));
  // What a person's browser does: our leg, Zoom's consent, our callback.
  const local = (to: string) => `${address}${new URL(to).pathname}${new URL(to).search}`;
  const toZoom = await fetch(local(url), { redirect: 'manual' });
  const callback = await sandbox.consent(toZoom.headers.get('location') ?? '', 'allow');
  const cookie = toZoom.headers.get('set-cookie')?.split(';')[0];
  const page = await fetch(local(callback), { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });
  if (!page.ok) throw new Error(`The authorization ended with HTTP ${page.status}.`);
  return id;
}

interface Run {
  id: string;
  task: string;
  status: string;
  error: string | null;
  progress: { done: number; total: number };
}

/** Shows the sync while it works: bars on a terminal, plain lines in a pipe. */
async function watchSync(ask: Ask, integrationId: string): Promise<void> {
  const isTerminal = process.stdout.isTTY;
  const bars = isTerminal
    ? new MultiBar(
        { format: '  {task} {bar} {value}/{total} {status}', hideCursor: true, clearOnComplete: false },
        Presets.shades_classic,
      )
    : null;
  const shown = new Map<string, SingleBar | string>();
  for (;;) {
    const { integration } = await ask<{ integration: { status: string; jobRuns: { nodes: Run[] } } }>(
      `query ($id: ID!) { integration(id: $id) { status jobRuns(first: 5) { nodes { id task status error progress { done total } } } } }`,
      { id: integrationId },
    );
    const runs = integration.jobRuns.nodes;
    for (const run of [...runs].reverse()) {
      const status = run.status.toLowerCase();
      if (bars === null) {
        const line = `  ${run.task} ${status}${run.status === 'RUNNING' ? ` ${run.progress.done}/${run.progress.total}` : ''}`;
        if (shown.get(run.id) !== line) say(line);
        shown.set(run.id, line);
        continue;
      }
      if (run.status === 'QUEUED') continue;
      const payload = { task: run.task.padEnd(23), status };
      const bar = (shown.get(run.id) as SingleBar | undefined) ?? bars.create(1, 0, payload);
      shown.set(run.id, bar);
      bar.setTotal(Math.max(1, run.progress.total));
      const isDone = ['SUCCEEDED', 'INCOMPLETE', 'FAILED'].includes(run.status);
      bar.update(isDone ? Math.max(1, run.progress.total) : run.progress.done, payload);
    }
    const isOver = runs.length > 0 && runs.every((run) => !['QUEUED', 'RUNNING'].includes(run.status));
    if (isOver) {
      bars?.stop();
      for (const run of runs) if (run.error !== null) say(`  ${run.task}: ${run.error}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

/** Enters what a license costs, so that money can be shown. */
async function enterPrice(ask: Ask, integrationId: string): Promise<void> {
  const { licenses } = await ask<{ licenses: { id: string; uniqueId: string }[] }>(
    'query ($id: ID) { licenses(integrationId: $id) { id uniqueId } }',
    { id: integrationId },
  );
  const licenseId = licenses.find((license) => license.uniqueId === 'LICENSED')?.id;
  await ask('mutation ($input: SetEntitlementInput!) { setEntitlement(input: $input) { userErrors { message } } }', {
    input: { licenseId, ...PRICE },
  });
}

interface Figures {
  users: { totalCount: number };
  licenses: {
    name: string;
    assigned: number;
    inactive: number;
    provisioned: { count: number | null };
    reclaimableAnnualCost: { amount: string; currency: string } | null;
  }[];
  reclamationCandidates: { totalCount: number };
}

async function tellFigures(ask: Ask, integrationId: string): Promise<void> {
  const figures = await ask<Figures>(
    `query ($id: ID!) {
      users(integrationId: $id) { totalCount }
      licenses(integrationId: $id) { name assigned inactive provisioned { count } reclaimableAnnualCost { amount currency } }
      reclamationCandidates(integrationId: $id, filter: { status: { eq: READY } }) { totalCount }
    }`,
    { id: integrationId },
  );
  say(`\n${figures.users.totalCount} users`);
  const held = figures.licenses.filter((one) => one.assigned > 0);
  const width = Math.max(...held.map(({ name }) => name.length));
  for (const license of held) {
    const cost = license.reclaimableAnnualCost;
    say(
      `  ${license.name.padEnd(width)} ${String(license.assigned).padStart(4)} assigned` +
        `${license.provisioned.count === null ? '' : ` of ${license.provisioned.count}`}, ${license.inactive} unused` +
        `${cost === null ? '' : `, ${cost.amount} ${cost.currency} a year to win back`}`,
    );
  }
  say(
    `${figures.reclamationCandidates.totalCount} candidates are ready to be taken back (the price is an example of ours).`,
  );
}

/** Somebody with a license, to play with. */
async function anyLicensed(ask: Ask, integrationId: string): Promise<string> {
  const { users } = await ask<{ users: { nodes: { email: string }[] } }>(
    `query ($id: ID!) {
      users(integrationId: $id, first: 1, filter: { status: { eq: ACTIVE }, type: { eq: LICENSED }, kind: { eq: PERSON } }) { nodes { email } }
    }`,
    { id: integrationId },
  );
  return users.nodes[0]?.email ?? '';
}

function tellWhereToLook({
  publicUrl,
  sandboxUrl,
  token,
  integrationId,
  somebody,
}: {
  publicUrl: string;
  sandboxUrl: string;
  token: string;
  integrationId: string;
  somebody: string;
}): void {
  say(`
Explorer   ${publicUrl}/graphql   (open it in a browser)
Sandbox    ${sandboxUrl}
Token      (put it into the explorer's headers: { "authorization": "Bearer …" })
${token}

Queries worth trying:

1. Who holds a license and doesn't use it?
   { users(integrationId: "${integrationId}", filter: { inactiveDays: { gte: 63 } }, first: 5) {
       totalCount nodes { email activity { lastActivityAt inactiveDays neverActive } licenses { name } } } }

2. What do unused licenses cost?
   { licenses(integrationId: "${integrationId}") {
       name assigned active inactive neverActive annualCost { amount currency } reclaimableAnnualCost { amount currency } } }

3. Whom could I take a license from, and what speaks against it?
   { reclamationCandidates(integrationId: "${integrationId}", first: 10) {
       nodes { id user { email } reason inactiveDays blockers { code message } estimatedAnnualSavings { amount currency } } } }

4. Which department has how much to win back?
   { usersBy(integrationId: "${integrationId}", field: DEPARTMENT) {
       facets { value count active inactive reclaimableAnnualCost { amount currency } } } }

5. What will the next sync cost?
   { syncPlan(integrationId: "${integrationId}") { calls { light medium heavy } expectedSeconds note } }

Something happens at Zoom, and is known here at once (the sandbox sends webhooks as Zoom does):
   curl -X POST ${sandboxUrl}/sandbox/users/${somebody} -d '{"status":"inactive"}'
   { user(email: "${somebody}") { status licenses { name } history { status validFrom } } }
`);
}
