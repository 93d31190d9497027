import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { openPool } from '#src/db/client.ts';
import { Secret } from '#src/secret.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, token, type ServerOptions, type TestServer } from '../support/server.ts';

let database: Database;
const open: TestServer[] = [];
const start = async (options?: ServerOptions, on: Database = database) => {
  const server = await startServer(on, options);
  open.push(server);
  return server;
};

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
afterAll(() => database.close());

describe('GET /graphql', () => {
  const url = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;

  it('answers queries', async () => {
    const { app } = await start();
    const response = await app.inject({
      url: url('{ integrations { id } }'),
      headers: { authorization: `Bearer ${await token()}` },
    });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ data: { integrations: [] }, extensions: { cost: expect.any(Object) } });
  });

  it('does not carry out mutations', async () => {
    const { app } = await start();
    const response = await app.inject({
      url: url('mutation { deleteExclusion(input: { exclusionId: "1" }) { deletedExclusionId } }'),
      headers: { authorization: `Bearer ${await token()}` },
    });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('POST');
  });

  it('is refused where a foreign page could have sent it', async () => {
    const { app } = await start();
    expect((await app.inject(url('{ __typename }'))).statusCode).toBe(400);
    const form = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'text/plain' },
      payload: '{"query":"{__typename}"}',
    });
    expect(form.statusCode).toBeGreaterThanOrEqual(400);
  });

  it('shows browsers an explorer that asks nobody else', async () => {
    const { app } = await start();
    const response = await app.inject({
      url: '/graphql',
      headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    const policy = String(response.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(response.body).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="https?:/);
    const zipped = await app.inject({
      url: '/graphql',
      headers: { accept: 'text/html', 'accept-encoding': 'gzip, br' },
    });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.rawPayload.length).toBeLessThan(response.rawPayload.length / 2);
  });
});

describe('POST /graphql', () => {
  it('answers mistakes in form as mistakes, in the form of GraphQL', async () => {
    const { app } = await start();
    const headers = { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' };
    const post = (payload: string, type = 'application/json') =>
      app.inject({ method: 'POST', url: '/graphql', headers: { ...headers, 'content-type': type }, payload });
    for (const [payload, status] of [
      ['', 400],
      ['{', 400],
      ['{}', 400],
      ['{"query":""}', 400],
      ['{"query":1}', 400],
      ['{"query":"{__typename}","variables":"{}"}', 400],
      ['{"query":"query A {__typename} query B {__typename}"}', 400],
      [`{"query":"${' '.repeat(1_048_600)}"}`, 413],
    ] as const) {
      const response = await post(payload);
      expect([payload.slice(0, 60), response.statusCode, response.json().errors[0].extensions.code]).toEqual([
        payload.slice(0, 60),
        status,
        'BAD_USER_INPUT',
      ]);
    }
    expect((await post('query={__typename}', 'application/x-www-form-urlencoded')).statusCode).toBe(415);
  });

  it('answers in the media type that was asked for', async () => {
    const { app } = await start();
    const response = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { accept: 'application/graphql-response+json' },
      payload: { query: '{ __typename }' },
    });
    expect(response.headers['content-type']).toMatch(/^application\/graphql-response\+json/);
  });

  it('keeps what went wrong inside to itself, and logs it under the request id', async () => {
    const lines: string[] = [];
    const broken = openPool({ ...database.connection, port: 1, host: '127.0.0.1' }, { max: 1 });
    const server = await start({ log: (line) => lines.push(line) }, broken);
    const answer = await server.ask('{ integrations { id } }', {}, { headers: { 'x-request-id': 'trace-me-1' } });
    expect(answer.errors).toEqual([
      expect.objectContaining({
        path: ['integrations'],
        extensions: { code: 'INTERNAL', requestId: 'trace-me-1', retryAfterMs: 1_000 },
      }),
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|stack/);
    expect(answer.headers['x-request-id']).toBe('trace-me-1');
    expect(lines.some((line) => line.includes('trace-me-1') && line.includes('ECONNREFUSED'))).toBe(true);
    await broken.close();
  });

  it('gives a request an id of its own where none or a strange one came along', async () => {
    const { app } = await start();
    for (const given of [undefined, 'a b', 'x'.repeat(200)]) {
      const response = await app.inject({
        url: '/livez',
        headers: given === undefined ? {} : { 'x-request-id': given },
      });
      expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });
});

describe('ROUTER_SECRET', () => {
  const config = { routerSecrets: [new Secret('first-secret'), new Secret('second-secret')] };

  it('lets only its router in, for any of several secrets', async () => {
    const server = await start({ config });
    for (const secret of ['first-secret', 'second-secret']) {
      expect(
        (await server.ask('{ integrations { id } }', {}, { headers: { 'x-router-secret': secret } })).errors,
      ).toBeUndefined();
    }
    for (const headers of [
      {},
      { 'x-router-secret': '' },
      { 'x-router-secret': 'first' },
      { 'x-router-secret': 'first-secret,second-secret' },
    ]) {
      const answer = await server.ask('{ __typename }', {}, { headers: headers as Record<string, string> });
      expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
    }
    expect((await server.app.inject({ url: '/graphql', headers: { accept: 'text/html' } })).statusCode).toBe(403);
  });

  it('is asked for on /graphql only, and takes the place of no token', async () => {
    const server = await start({ config });
    for (const url of ['/livez', '/readyz', '/metrics']) expect((await server.app.inject(url)).statusCode).toBe(200);
    const answer = await server.ask(
      '{ integrations { id } }',
      {},
      { scopes: null, headers: { 'x-router-secret': 'first-secret' } },
    );
    expect(answer.status).toBe(401);
  });
});

describe('health', () => {
  it('is told to whoever asks', async () => {
    const { app } = await start();
    expect((await app.inject('/livez')).statusCode).toBe(200);
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    app.isDraining = true;
    expect((await app.inject('/readyz')).statusCode).toBe(503);
    expect((await app.inject('/livez')).statusCode).toBe(200);
  });

  it('is not ready within a second when the database does not answer', async () => {
    // Nobody is routed to this address, so that connecting hangs.
    const silent = openPool({ ...database.connection, host: '192.0.2.1', port: 5432 }, { max: 1 });
    const { app } = await start({}, silent);
    const startedAt = performance.now();
    expect((await app.inject('/readyz')).statusCode).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(1_800);
    expect((await app.inject('/livez')).statusCode).toBe(200);
    void silent.close();
  });

  it('is measured', async () => {
    const server = await start();
    await server.ask('{ integrations { id } }');
    await server.ask('{ nothing }');
    const { body } = await server.app.inject('/metrics');
    expect(body).toMatch(/^graphql_operation_duration_seconds_count\{operation="query",outcome="ok"\} 1$/m);
    expect(body).toMatch(/^graphql_operation_duration_seconds_count\{operation="none",outcome="error"\} 1$/m);
    expect(body).toMatch(/^http_request_duration_seconds_count\{method="POST",route="\/graphql",status="200"\} 1$/m);
  });
});
