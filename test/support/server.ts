import { createSecretKey } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { SignJWT, type JWTPayload } from 'jose';
import { SCOPES } from '#src/caller.ts';
import { readConfig, type Config } from '#src/config.ts';
import type { Queue } from '#src/datasources/queue.ts';
import { openNotifier } from '#src/datasources/notify/index.ts';
import type { Zoom } from '#src/datasources/zoom/client.ts';
import type { Database } from '#src/db/client.ts';
import { KeyRing } from '#src/db/sealing.ts';
import type { Deps } from '#src/deps.ts';
import { createServer } from '#src/http/server.ts';
import { createLogger } from '#src/log.ts';
import { createMetrics } from '#src/metrics.ts';
import { overhear } from './secrets.ts';

const JWT_SECRET = 'only-for-tests-and-thirty-two-bytes-long';

/** What a test may want otherwise than usual. */
export interface ServerOptions {
  config?: Partial<Config>;
  deps?: Partial<Deps>;
  /** Gets every log line; left out, nothing is logged. */
  log?: (line: string) => void;
}

export interface GraphQLAnswer {
  status: number;
  headers: Record<string, unknown>;
  data: any;
  errors:
    { message: string; path?: (string | number)[]; extensions: { code: string; [key: string]: unknown } }[] | undefined;
}

export interface TestServer {
  app: FastifyInstance;
  deps: Deps;
  /** Asks with a token for all scopes; `scopes: null` brings no token. */
  ask(
    query: string,
    variables?: Record<string, unknown>,
    options?: { scopes?: readonly string[] | null; sub?: string; headers?: Record<string, string> },
  ): Promise<GraphQLAnswer>;
  close(): Promise<void>;
}

/** The whole HTTP server in this process, on the given database. Zoom and the queue are not there. */
export async function startServer(database: Database, options: ServerOptions = {}): Promise<TestServer> {
  const config = { ...testConfig(), ...options.config };
  const deps: Deps = {
    config,
    database,
    keys: new KeyRing(config.tokenKeys),
    queue: absent<Queue>('queue'),
    zoom: absent<Zoom>('Zoom'),
    notify: openNotifier(config),
    log: createLogger('debug', (line) => {
      overhear(line);
      options.log?.(line);
    }),
    metrics: createMetrics(),
    settleMs: 0,
    now: () => new Date(),
    ...options.deps,
  };
  const app = await createServer(deps);
  return {
    app,
    deps,
    async ask(query, variables = {}, { scopes = SCOPES, sub = 'tester', headers = {} } = {}) {
      const authorization: Record<string, string> =
        scopes === null ? {} : { authorization: `Bearer ${await token(scopes, { sub })}` };
      const response = await app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { ...authorization, ...headers },
        payload: { query, variables },
      });
      const body = response.json<Pick<GraphQLAnswer, 'data' | 'errors'>>();
      return { status: response.statusCode, headers: response.headers, data: body.data, errors: body.errors };
    },
    close: () => app.close(),
  };
}

/** The configuration of a server in tests. */
export function testConfig(env: Record<string, string> = {}): Config {
  return readConfig({
    AUTH_JWT_SECRET: JWT_SECRET,
    TOKEN_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    LOG_LEVEL: 'silent',
    ...env,
  });
}

/** A token that `startServer` accepts, for an hour unless `claims` say otherwise. */
export function token(
  scopes: readonly string[] = SCOPES,
  claims: JWTPayload = {},
  secret = JWT_SECRET,
): Promise<string> {
  return new SignJWT({ sub: 'tester', scope: scopes.join(' '), exp: Math.floor(Date.now() / 1000) + 3600, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(createSecretKey(Buffer.from(secret)));
}

/** Something of the outside world that the test doesn't have; whoever reaches for it fails. */
function absent<T extends object>(name: string): T {
  return new Proxy({} as T, {
    get(_, key) {
      throw new Error(`There is no ${name} in this test, but ${String(key)} was asked for.`);
    },
  });
}
