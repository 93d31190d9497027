import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { integrations } from '#src/db/tables/integrations.ts';
import { KeyRing } from '#src/db/sealing.ts';
import { createLogger } from '#src/log.ts';
import { Secret } from '#src/secret.ts';
import { openZoom, type Zoom } from '#src/datasources/zoom/client.ts';
import type { Config } from '#src/config.ts';
import type { Database } from '#src/db/client.ts';

/** One request as it arrived. */
export interface Arrival {
  at: number;
  method: string;
  /** With the query. */
  url: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

/**
 * What a test answers: a status, headers and a body; `drop` cuts the connection, `hang` never answers, `drip` sends a byte now
 * and then and `flood` as many as are taken, both without end.
 */
export type Reply =
  | { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
  | 'drop'
  | 'hang'
  | 'drip'
  | 'flood';

export interface ZoomServer {
  url: string;
  arrivals: Arrival[];
  /** Decides every answer from now on. */
  answer(how: (arrival: Arrival, count: number) => Reply | Promise<Reply>): void;
  close(): Promise<void>;
}

/** A real HTTP server on this machine that says what the test wants it to. */
export async function startServer(): Promise<ZoomServer> {
  const arrivals: Arrival[] = [];
  let how: (arrival: Arrival, count: number) => Reply | Promise<Reply> = () => ({ status: 404 });
  const server = createServer((request, response) => {
    const at = performance.now();
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://zoom');
      const arrival: Arrival = {
        at,
        method: request.method ?? '',
        url: request.url ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body,
      };
      arrivals.push(arrival);
      void Promise.resolve(how(arrival, arrivals.length)).then((reply) => send(request, response, reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    answer: (next) => {
      arrivals.length = 0;
      how = next;
    },
    close: () => stop(server),
  };
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'drip' || reply === 'flood') {
    response.writeHead(200, { 'content-type': 'application/json' });
    if (reply === 'drip') {
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
      return;
    }
    const piece = Buffer.alloc(65_536, ' ');
    const more = () => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
    return;
  }
  if (reply === 'drop') {
    request.socket.destroy();
    return;
  }
  const isJson = 'json' in reply;
  response.writeHead(reply.status ?? 200, {
    ...(isJson ? { 'content-type': 'application/json' } : {}),
    ...reply.headers,
  });
  response.end(isJson ? JSON.stringify(reply.json) : (reply.text ?? ''));
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

export const testKeys = () => new KeyRing([{ kid: 'k1', key: Buffer.alloc(32, 1) }]);

/** Configuration for a Zoom at `url`; no vendor apps but one. */
export function testConfig(url: string): Config {
  return {
    databaseUrl: null,
    databaseConnections: 10,
    historyKeptDays: null,
    dataDir: '.data',
    host: '127.0.0.1',
    port: 0,
    workerPort: null,
    publicUrl: 'http://127.0.0.1',
    zoomApiUrl: `${url}/v2`,
    zoomOAuthUrl: `${url}/oauth`,
    zoomApps: { NA: { REGULAR: { name: 'app', clientId: 'vendor', clientSecret: new Secret('vendor-secret-value') } } },
    zoomWebhookSecret: null,
    tokenKeys: [{ kid: 'k1', key: Buffer.alloc(32, 1) }],
    auth: { kind: 'secret', secret: new Secret('x'.repeat(32)), issuer: null, audience: null },
    routerSecrets: null,
    schemaAccess: { introspection: 'anybody', sdl: 'anybody' },
    explorer: false,
    trustedDocuments: null,
    notify: { webhook: null, smtp: null, reminderDays: [] },
    otlpUrl: null,
    logLevel: 'silent',
  };
}

let made = 0;

/** A new integration; on the Business plan and with an account of its own unless told otherwise. */
export async function makeIntegration(
  { db }: Database,
  values: Partial<typeof integrations.$inferInsert> = {},
): Promise<string> {
  made += 1;
  const id = `int_test${made}`;
  await db.insert(integrations).values({
    id,
    displayName: 'Test',
    kind: 'REGULAR',
    region: 'NA',
    status: 'CONNECTED',
    enabledTasks: [],
    zoomAccountId: `account${made}`,
    rateLimitPlan: 'BUSINESS',
    ...values,
  });
  return id;
}

/** A Zoom client for tests, and an integration that is authorized with access token `access-1`. */
export async function openTestZoom(
  database: Database,
  server: ZoomServer,
  options: { now?: () => Date; keys?: KeyRing; log?: (line: string) => void; pauseMs?: number } = {},
): Promise<{ zoom: Zoom; authorize: (values?: Partial<typeof integrations.$inferInsert>) => Promise<string> }> {
  const zoom = openZoom({
    config: testConfig(server.url),
    database,
    keys: options.keys ?? testKeys(),
    log: options.log === undefined ? createLogger('silent') : createLogger('trace', options.log),
    now: options.now ?? (() => new Date()),
    pauseMs: options.pauseMs,
  });
  return {
    zoom,
    async authorize(values) {
      const id = await makeIntegration(database, values);
      await zoom.tokens.saveGrant(id, {
        accessToken: new Secret('access-1'),
        refreshToken: new Secret('refresh-1'),
        expiresInSeconds: 3600,
      });
      return id;
    },
  };
}
