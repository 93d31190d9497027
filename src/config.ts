import { z } from 'zod';
import { ConfigError } from './errors.ts';
import { Secret } from './secret.ts';

/** The vendor's OAuth app for one region and kind of integration. */
export interface VendorApp {
  name: string;
  clientId: string;
  clientSecret: Secret;
}

export interface NotifyConfig {
  webhook: { url: Secret; secret: Secret } | null;
  smtp: { url: Secret; from: string } | null;
  /** Days before the end of the time to answer. */
  reminderDays: number[];
}

export type Region = 'NA' | 'APAC' | 'EU';
export type IntegrationKind = 'REGULAR' | 'TIERED';

/** One 32-byte key that seals secrets at rest. */
export interface TokenKey {
  kid: string;
  key: Buffer;
}

/** Everything the environment decides. A group that is null is a feature that is off. */
export interface Config {
  databaseUrl: Secret | null;
  /** Most connections that this process opens for its own statements; its queue takes up to four more, its watch one. */
  databaseConnections: number;
  /** Where the embedded database lives when there is no `databaseUrl`. */
  dataDir: string;
  host: string;
  port: number;
  /** Where a worker by itself answers `/metrics`, `/livez` and `/readyz`, on `host`; null: nowhere. */
  workerPort: number | null;
  publicUrl: string;
  zoomApiUrl: string;
  zoomOAuthUrl: string;
  zoomApps: Partial<Record<Region, Partial<Record<IntegrationKind, VendorApp>>>>;
  zoomWebhookSecret: Secret | null;
  /** The first encrypts, all decrypt. Never empty. */
  tokenKeys: [TokenKey, ...TokenKey[]];
  auth:
    | { kind: 'jwks'; jwksUrl: string; issuer: string | null; audience: string | null }
    | { kind: 'secret'; secret: Secret; issuer: string | null; audience: string | null };
  routerSecrets: Secret[] | null;
  /** To whom introspection and the SDL of the subgraph are told. */
  schemaAccess: { introspection: Openness; sdl: Openness };
  /** Whether browsers get the explorer at `GET /graphql`. */
  explorer: boolean;
  /** Documents that are known by id, and whether only these may be asked. */
  trustedDocuments: { file: string; only: boolean } | null;
  /** The ways to holders of licenses, and when they are reminded. */
  notify: NotifyConfig;
  /** Days that sign-ins, operation logs and ended runs are kept; null: for ever. */
  historyKeptDays: number | null;
  /** Where traces are sent to, by OTLP over HTTP; null: nothing is traced. */
  otlpUrl: string | null;
  logLevel: LogLevel;
}

const OPENNESS = ['anybody', 'token', 'nobody'] as const;
/** Who may ask for something: anybody, whoever brings a valid token, or nobody. */
export type Openness = (typeof OPENNESS)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** Every variable that `readConfig` reads; `.env.example` explains the same ones. */
export const VARIABLES = [
  'DATABASE_URL',
  'DATABASE_CONNECTIONS',
  'HOST',
  'PORT',
  'WORKER_PORT',
  'PUBLIC_URL',
  'ZOOM_API_URL',
  'ZOOM_OAUTH_URL',
  'ZOOM_APPS',
  'ZOOM_WEBHOOK_SECRET',
  'TOKEN_KEYS',
  'AUTH_JWKS_URL',
  'AUTH_ISSUER',
  'AUTH_AUDIENCE',
  'AUTH_JWT_SECRET',
  'ROUTER_SECRET',
  'INTROSPECTION',
  'SUBGRAPH_SDL',
  'EXPLORER',
  'NODE_ENV',
  'TRUSTED_DOCUMENTS',
  'TRUSTED_DOCUMENTS_ONLY',
  'NOTIFY_WEBHOOK_URL',
  'NOTIFY_WEBHOOK_SECRET',
  'SMTP_URL',
  'SMTP_FROM',
  'NOTIFY_REMINDER_DAYS',
  'HISTORY_KEPT_DAYS',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'LOG_LEVEL',
] as const;

const vendorApp = z
  .object({ name: z.string().min(1), clientId: z.string().min(1), clientSecret: z.string().min(1) })
  .transform((app): VendorApp => ({ ...app, clientSecret: new Secret(app.clientSecret) }));
const kinds = z.strictObject({ REGULAR: vendorApp.optional(), TIERED: vendorApp.optional() });
const zoomApps = z.strictObject({ NA: kinds.optional(), APAC: kinds.optional(), EU: kinds.optional() });

/**
 * Reads the environment, and nothing else.
 *
 * @throws {ConfigError} naming every wrong variable at once; values of secrets are never repeated.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const read = (name: (typeof VARIABLES)[number]) => {
    const value = env[name]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const problem = (name: string, text: string) => {
    problems.push(`${name}: ${text}`);
  };

  const url = (name: (typeof VARIABLES)[number], protocols: string[]): string | null => {
    const value = read(name);
    if (value === null) return null;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      problem(name, `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`);
      return null;
    }
    return value.replace(/\/+$/, '');
  };
  const web = ['http:', 'https:'];

  const host = read('HOST') ?? '127.0.0.1';
  const portOf = (name: 'PORT' | 'WORKER_PORT'): number | null => {
    const text = read(name);
    const value = Number(text);
    if (Number.isInteger(value) && value >= 0 && value <= 65_535) return text === null ? null : value;
    problem(name, 'must be a whole number from 0 to 65535');
    return null;
  };
  const port = portOf('PORT') ?? 4000;
  const workerPort = portOf('WORKER_PORT');

  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const databaseConnections = Number(read('DATABASE_CONNECTIONS') ?? 10);
  // A transaction holds one, and what it waits for may need another.
  if (!Number.isInteger(databaseConnections) || databaseConnections < 2 || databaseConnections > 1000) {
    problem('DATABASE_CONNECTIONS', 'must be a whole number from 2 to 1000');
  }
  const jwksUrl = url('AUTH_JWKS_URL', web);
  const jwtSecret = read('AUTH_JWT_SECRET');
  if (read('AUTH_JWKS_URL') !== null && jwtSecret !== null) {
    problem('AUTH_JWT_SECRET', 'set it or AUTH_JWKS_URL, not both');
  }
  if (read('AUTH_JWKS_URL') === null && jwtSecret === null) {
    problem('AUTH_JWKS_URL', 'set it, or AUTH_JWT_SECRET: without one of them nobody could prove who is calling');
  }
  if (jwtSecret !== null && Buffer.byteLength(jwtSecret) < 32) {
    problem('AUTH_JWT_SECRET', 'must be at least 32 bytes long');
  }

  const tokenKeys = readTokenKeys(read('TOKEN_KEYS'), (text) => problem('TOKEN_KEYS', text));
  const apps = readZoomApps(read('ZOOM_APPS'), (text) => problem('ZOOM_APPS', text));
  const logLevel = read('LOG_LEVEL') ?? 'info';
  if (!(LOG_LEVELS as readonly string[]).includes(logLevel)) {
    problem('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`);
  }
  const publicUrl = url('PUBLIC_URL', web);
  const zoomApiUrl = url('ZOOM_API_URL', web);
  const zoomOAuthUrl = url('ZOOM_OAUTH_URL', web);
  const otlpUrl = url('OTEL_EXPORTER_OTLP_ENDPOINT', web);
  const routerSecrets = read('ROUTER_SECRET')
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (routerSecrets?.length === 0) problem('ROUTER_SECRET', 'has no value between its commas');

  const openness = (name: 'INTROSPECTION' | 'SUBGRAPH_SDL'): Openness => {
    const value = read(name) ?? 'anybody';
    const known = OPENNESS.find((one) => one === value);
    if (known === undefined) problem(name, `must be one of ${OPENNESS.join(', ')}`);
    return known ?? 'nobody';
  };
  const schemaAccess = { introspection: openness('INTROSPECTION'), sdl: openness('SUBGRAPH_SDL') };
  const explorer = read('EXPLORER') ?? (read('NODE_ENV') === 'production' ? 'false' : 'true');
  if (!['true', 'false'].includes(explorer)) problem('EXPLORER', 'must be true or false');
  const documentsFile = read('TRUSTED_DOCUMENTS');
  const only = read('TRUSTED_DOCUMENTS_ONLY') ?? 'false';
  if (!['true', 'false'].includes(only)) problem('TRUSTED_DOCUMENTS_ONLY', 'must be true or false');
  if (only === 'true' && documentsFile === null) problem('TRUSTED_DOCUMENTS_ONLY', 'needs TRUSTED_DOCUMENTS');
  const keptDays = read('HISTORY_KEPT_DAYS');
  const historyKeptDays = keptDays === null ? null : Number(keptDays);
  // Zoom tells of the last six months; who forgot part of that would read it again.
  if (historyKeptDays !== null && !(Number.isInteger(historyKeptDays) && historyKeptDays >= 200)) {
    problem('HISTORY_KEPT_DAYS', 'must be a whole number of days from 200 on, or be left out to keep everything');
  }
  const notify = readNotify(read, url, problem);

  const [firstKey, ...otherKeys] = tokenKeys;
  if (problems.length > 0 || firstKey === undefined) throw new ConfigError(problems);

  const claims = { issuer: read('AUTH_ISSUER'), audience: read('AUTH_AUDIENCE') };
  return {
    databaseUrl: databaseUrl === null ? null : new Secret(databaseUrl),
    databaseConnections,
    historyKeptDays,
    dataDir: '.data',
    host,
    port,
    workerPort,
    publicUrl: publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    zoomApiUrl: zoomApiUrl ?? 'https://api.zoom.us/v2',
    zoomOAuthUrl: zoomOAuthUrl ?? 'https://zoom.us/oauth',
    zoomApps: apps,
    zoomWebhookSecret: secretOrNull(read('ZOOM_WEBHOOK_SECRET')),
    tokenKeys: [firstKey, ...otherKeys],
    auth:
      jwksUrl !== null
        ? { kind: 'jwks', jwksUrl, ...claims }
        : { kind: 'secret', secret: new Secret(jwtSecret ?? ''), ...claims },
    routerSecrets: routerSecrets?.map((value) => new Secret(value)) ?? null,
    schemaAccess,
    explorer: explorer === 'true',
    trustedDocuments: documentsFile === null ? null : { file: documentsFile, only: only === 'true' },
    notify,
    otlpUrl,
    logLevel: logLevel as LogLevel,
  };
}

type Name = (typeof VARIABLES)[number];

function readNotify(
  read: (name: Name) => string | null,
  url: (name: Name, protocols: string[]) => string | null,
  problem: (name: string, text: string) => void,
): NotifyConfig {
  const hookUrl = url('NOTIFY_WEBHOOK_URL', ['http:', 'https:']);
  const hookSecret = read('NOTIFY_WEBHOOK_SECRET');
  if (read('NOTIFY_WEBHOOK_URL') !== null && hookSecret === null) {
    problem('NOTIFY_WEBHOOK_SECRET', 'set it too: the receiver of NOTIFY_WEBHOOK_URL tells our messages by it');
  }
  if (hookSecret !== null && Buffer.byteLength(hookSecret) < 24) {
    problem('NOTIFY_WEBHOOK_SECRET', 'must be at least 24 bytes long');
  }
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:']);
  const from = read('SMTP_FROM');
  if (read('SMTP_URL') !== null && from === null) problem('SMTP_FROM', 'set it too: who the e-mails come from');
  if (from !== null && !/^(?:[^<>\r\n]{0,100}<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(from)) {
    problem('SMTP_FROM', 'must be an e-mail address, for example `Zoom licenses <licenses@example.com>`');
  }
  const days = (read('NOTIFY_REMINDER_DAYS') ?? '3,1').split(',').map((part) => Number(part.trim()));
  if (days.some((day) => !Number.isInteger(day) || day < 0 || day > 365)) {
    problem('NOTIFY_REMINDER_DAYS', 'must be whole numbers of days from 0 to 365, comma-separated; 0 for no reminder');
  }
  return {
    webhook:
      hookUrl === null || hookSecret === null ? null : { url: new Secret(hookUrl), secret: new Secret(hookSecret) },
    smtp: smtpUrl === null || from === null ? null : { url: new Secret(smtpUrl), from },
    reminderDays: [...new Set(days.filter((day) => day > 0))],
  };
}

function secretOrNull(value: string | null): Secret | null {
  return value === null ? null : new Secret(value);
}

function readTokenKeys(text: string | null, problem: (text: string) => void): TokenKey[] {
  if (text === null) {
    problem('set it to kid:base64(32 bytes), for example "k1:" and the output of `openssl rand -base64 32`');
    return [];
  }
  const keys: TokenKey[] = [];
  for (const [index, part] of text.split(',').entries()) {
    const match = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/.exec(part.trim());
    const [, kid, encoded] = match ?? [];
    const key = Buffer.from(encoded ?? '', 'base64');
    if (kid === undefined || key.length !== 32) {
      problem(`entry ${index + 1} is not kid:base64(32 bytes)`);
    } else if (keys.some((other) => other.kid === kid)) {
      problem(`key id ${kid} appears twice`);
    } else {
      keys.push({ kid, key });
    }
  }
  return keys;
}

function readZoomApps(text: string | null, problem: (text: string) => void): Config['zoomApps'] {
  if (text === null) return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    problem('is not JSON');
    return {};
  }
  const parsed = zoomApps.safeParse(json);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) problem(`${issue.path.join('.') || 'value'}: ${issue.message}`);
  return {};
}
