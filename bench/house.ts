import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';
import postgres from 'postgres';
import { openApp, type App } from '#src/app.ts';
import { SCOPES } from '#src/caller.ts';
import { readConfig } from '#src/config.ts';
import { parseDatabaseUrl } from '#src/db/client.ts';
import { createLogger } from '#src/log.ts';
import { serve, work } from '#src/processes.ts';
import { UNLIMITED } from '#test/support/unlimited.ts';

/** The whole product in this process, its sandbox in another, on a database of its own. */
export interface BenchHouse {
  app: App;
  sandboxUrl: string;
  integrationId: string;
  database: 'postgresql' | 'embedded';
  ask<T>(query: string, variables?: object): Promise<T>;
  close(): Promise<void>;
}

export interface BenchOptions {
  /** Users of the regular account. */
  users: number;
  seed: number;
  /** What else the integration is created with. */
  profile?: object;
  /** A master with sub accounts, which is then what is connected. */
  tree?: { subAccounts: number; users: number };
  /** false: neither the sandbox nor the product keeps to Zoom's limits. */
  rateLimits?: boolean;
  /** How long Zoom takes for an answer; 0 when absent. */
  latencyMs?: number;
}

/** Starts everything and connects an integration; the first sync is queued. On `BENCH_DATABASE_URL`, or embedded. */
export async function openBenchHouse(options: BenchOptions): Promise<BenchHouse> {
  const { profile = {}, tree, rateLimits = true } = options;
  const sandbox = await startSandboxProcess(options);
  const secret = randomBytes(32).toString('base64url');
  const url = process.env['BENCH_DATABASE_URL'];
  const folder = await mkdtemp(join(tmpdir(), 'zoom-license-bench-'));
  const database = url === undefined ? null : await createDatabase(url);
  const config = readConfig({
    AUTH_JWT_SECRET: secret,
    TOKEN_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    ZOOM_API_URL: `${sandbox.url}/v2`,
    ZOOM_OAUTH_URL: `${sandbox.url}/oauth`,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...(database !== null && { DATABASE_URL: database.url }),
  });
  const log = createLogger('warn', (line) => process.stderr.write(line));
  const app = await openApp(
    { ...config, dataDir: folder },
    { works: true, log, ...(!rateLimits && { limiter: UNLIMITED }) },
  );
  await work(app.deps);
  const server = await serve(app.deps);
  const ask = await asker(server.address, secret);
  const integrationId = await connect(ask, server.address, sandbox, {
    ...(tree !== undefined && { kind: 'TIERED' }),
    ...profile,
  });
  return {
    app,
    sandboxUrl: sandbox.url,
    integrationId,
    database: database === null ? 'embedded' : 'postgresql',
    ask,
    async close() {
      await server.stop();
      await app.close();
      sandbox.child.kill();
      await database?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks a server as somebody who may do everything. */
export async function asker(address: string, secret: string): Promise<BenchHouse['ask']> {
  const token = await new SignJWT({ scope: SCOPES.join(' ') })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('bench')
    .setExpirationTime('12h')
    .sign(Buffer.from(secret));
  return async <T>(query: string, variables: object = {}): Promise<T> => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const answer = (await response.json()) as { data?: T; errors?: { message: string }[] };
    if (answer.errors !== undefined || answer.data === undefined) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  };
}

interface SandboxProcess {
  url: string;
  clientId: string;
  clientSecret: string;
  child: ChildProcess;
}

async function startSandboxProcess({
  users,
  seed,
  tree,
  rateLimits = true,
  latencyMs = 0,
}: BenchOptions): Promise<SandboxProcess> {
  const args = ['--users', `${users}`, '--seed', `${seed}`, '--latency', `${latencyMs}`, '--port', '0'];
  if (tree !== undefined) args.push('--sub-accounts', `${tree.subAccounts}`, '--tree-users', `${tree.users}`);
  if (!rateLimits) args.push('--no-rate-limits');
  const child = spawn(process.execPath, [fileURLToPath(new URL('../sandbox/main.ts', import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kind =
    tree === undefined
      ? /REGULAR\s+client id (\S+)\s+client secret (\S+)/
      : /MASTER\s+client id (\S+)\s+client secret (\S+)/;
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    const url = /ZOOM_API_URL=(\S+)\/v2/.exec(printed)?.[1];
    const app = kind.exec(printed);
    if (url !== undefined && app !== null) return { url, clientId: app[1] ?? '', clientSecret: app[2] ?? '', child };
  }
  throw new Error(`The sandbox did not start: ${printed}`);
}

/** A new, empty database on the server of `url`. */
export async function createDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `zoom_license_bench_${process.pid}`;
  const admin = postgres({ ...parseDatabaseUrl(url), ssl: false, max: 1, onnotice: () => undefined });
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.unsafe(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.toString(),
    async drop() {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

/** Goes through the consent as a browser does. @returns the id of the integration. */
export async function connect(
  ask: BenchHouse['ask'],
  address: string,
  sandbox: Pick<SandboxProcess, 'clientId' | 'clientSecret'>,
  profile: object,
): Promise<string> {
  const { createIntegration } = await ask<{ createIntegration: { integration: { id: string } } }>(
    'mutation ($input: CreateIntegrationInput!) { createIntegration(input: $input) { integration { id } } }',
    {
      input: {
        displayName: 'Bench',
        clientId: sandbox.clientId,
        clientSecret: sandbox.clientSecret,
        rateLimitPlan: 'BUSINESS',
        ...profile,
      },
    },
  );
  const { id } = createIntegration.integration;
  const { authorizeIntegration } = await ask<{ authorizeIntegration: { authorizationUrl: string } }>(
    'mutation ($input: AuthorizeIntegrationInput!) { authorizeIntegration(input: $input) { authorizationUrl } }',
    { input: { integrationId: id } },
  );
  const local = (to: string) => `${address}${new URL(to).pathname}${new URL(to).search}`;
  const toZoom = await fetch(local(authorizeIntegration.authorizationUrl), { redirect: 'manual' });
  const consentUrl = toZoom.headers.get('location') ?? '';
  const consent = await (await fetch(consentUrl)).text();
  const form = consentForm(consent);
  const allowed = await fetch(new URL(form.action, consentUrl), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...form.fields, decision: 'allow' }),
  });
  const cookie = toZoom.headers.get('set-cookie')?.split(';')[0];
  await fetch(local(allowed.headers.get('location') ?? ''), { headers: cookie === undefined ? {} : { cookie } });
  return id;
}

/** Where the consent page's form goes, and what it carries. */
function consentForm(html: string): { action: string; fields: Record<string, string> } {
  const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const inputs = [...html.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
  return { action, fields: Object.fromEntries(inputs.map((input) => [input[1], input[2]])) as Record<string, string> };
}
