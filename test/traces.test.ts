import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { traceStatements } from '#src/db/statement-spans.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { createServer } from '#src/http/server.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { startTracing } from '#src/otlp.ts';
import { beginSpan, currentTraceparent, inSpan, isTracing, linkTo, traceBy } from '#src/tracing.ts';
import { connectedIntegration, JWT_SECRET, openHouse, type House } from './support/house.ts';
import { token } from './support/server.ts';
import { UNLIMITED } from './support/unlimited.ts';
import { neverAborted } from './support/worlds.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const exporter = new InMemorySpanExporter();
const lines: string[] = [];
let house: House;
let integration: IntegrationRow;
let server: FastifyInstance;
let address: string;

beforeAll(async () => {
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider.register();
  traceBy(provider.getTracer('test'));
  house = await openHouse({ users: 12, limiter: UNLIMITED, rateLimits: false });
  traceStatements(house.database.sql);
  integration = await connectedIntegration(house);
  server = await createServer(house.deps);
  address = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  traceBy(null);
  trace.disable();
  context.disable();
  await server?.close();
  await house?.close();
});

/** Asks over HTTP, as a gateway that traces does. */
async function ask(query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await token(undefined, {}, JWT_SECRET)}`,
      traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
      ...headers,
    },
    body: JSON.stringify({ query }),
  });
  return { id: response.headers.get('x-request-id'), body: (await response.json()) as { data: any; errors: any } };
}

const named = (name: string | RegExp, spans = exporter.getFinishedSpans()) =>
  spans.filter((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));
const idOf = (span: ReadableSpan | undefined) => span?.spanContext().spanId;

describe('a request', () => {
  it("goes on with the gateway's trace, down to the statement", async () => {
    exporter.reset();
    const { body } = await ask('query Everybody { users(first: 3) { nodes { id email } } }');
    expect(body.errors).toBeUndefined();
    await expect.poll(() => named('POST /graphql').length).toBe(1);
    const [outer] = named('POST /graphql');
    const [operation] = named('query Everybody');
    const statements = named(/^select /);
    expect(outer?.spanContext().traceId).toBe(TRACE);
    expect(outer?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(operation?.parentSpanContext?.spanId).toBe(idOf(outer));
    expect(statements.map(({ name }) => name)).toContain('select users');
    for (const statement of statements) expect(statement.parentSpanContext?.spanId).toBe(idOf(operation));
    expect(outer?.attributes).toMatchObject({ 'http.route': '/graphql', 'http.response.status_code': 200 });
    // Nothing of the way stays open.
    expect(exporter.getFinishedSpans().every(({ ended }) => ended)).toBe(true);
  });

  it('is named when it comes again and is answered by one statement', async () => {
    exporter.reset();
    for (let round = 0; round < 3; round += 1) {
      await ask('query Again { users(first: 3) { nodes { id email } } }', { accept: 'application/json' });
    }
    await expect.poll(() => named('POST /graphql').length).toBe(3);
    expect(named('query Again')).toHaveLength(3);
    for (const operation of named('query Again')) {
      const below = exporter.getFinishedSpans().filter((span) => span.parentSpanContext?.spanId === idOf(operation));
      expect(below.length).toBeGreaterThan(0);
    }
    const metrics = await house.deps.metrics.registry.metrics();
    expect(metrics).toMatch(/^graphql_operation_cost_count\{operation="query"\} [4-9]$/m);
  });

  it('marks what failed by its code', async () => {
    exporter.reset();
    await ask('query TooMany { users(first: 501) { totalCount } }', { traceparent: 'no such thing' });
    await expect.poll(() => named('POST /graphql').length).toBe(1);
    expect(named('query TooMany')[0]?.attributes['error.type']).toBe('BAD_USER_INPUT');
    expect(named('POST /graphql')[0]?.parentSpanContext).toBeUndefined();
  });

  it('leaves what machines ask all the time alone', async () => {
    exporter.reset();
    for (const path of ['/livez', '/readyz', '/metrics']) await fetch(`${address}${path}`);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });

  it('tells its id in the header, in every line of the log and in errors', async () => {
    house.logged.length = 0;
    const { id, body } = await ask('{ users(first: 501) { totalCount } }', { 'x-request-id': 'gateway-17' });
    expect([id, body.errors[0].extensions.requestId]).toEqual(['gateway-17', 'gateway-17']);
    await expect.poll(() => house.logged.some((line) => line.includes('"answered"'))).toBe(true);
    lines.push(...house.logged.splice(0));
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.match(/"requestId":"gateway-17"/g)).toHaveLength(1);
    expect(lines.some((line) => line.includes(`"traceId":"${TRACE}"`))).toBe(true);
    const refused = await ask('{ users(first: 1) { totalCount } }', { authorization: 'Bearer no' });
    expect(refused.body.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', requestId: refused.id });
  });
});

describe('a sync', () => {
  let spans: ReadableSpan[];
  beforeAll(async () => {
    exporter.reset();
    house.logged.length = 0;
    house.sandbox.faults.add({ match: { path: '/users/summary' }, action: { status: 503 } });
    const mutation = `mutation Now { syncIntegration(input: { integrationId: "${integration.id}" }) { userErrors { message } } }`;
    expect((await ask(mutation)).body.data.syncIntegration.userErrors).toEqual([]);
    await runSync(house.deps, integration.id, neverAborted());
    await vi.waitUntil(() => named('POST /graphql').length === 1);
    spans = exporter.getFinishedSpans();
  });

  it('is a trace of its own with a link to the request that asked for it', () => {
    const [mutation] = named('mutation Now', spans);
    const jobs = named(/^job /, spans);
    expect(jobs.map(({ name }) => name)).toContain('job APPLICATION_ROSTER');
    for (const job of jobs) {
      expect(job.parentSpanContext).toBeUndefined();
      expect(job.links.map(({ context: { spanId } }) => spanId)).toEqual([idOf(mutation)]);
    }
  });

  it("has Zoom's calls and the statements below the task", () => {
    const [roster] = named('job APPLICATION_ROSTER', spans);
    const below = spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === idOf(roster));
    const summary = named('GET /users/summary', below);
    expect(
      summary.map(({ attributes }) => [attributes['http.response.status_code'], attributes['zoom.attempt']]),
    ).toEqual([
      [503, 1],
      [200, 2],
    ]);
    expect(summary[0]?.attributes).toMatchObject({ 'zoom.label': 'MEDIUM', 'error.type': 'ZOOM_UNAVAILABLE' });
    expect(named('GET /users', below).length).toBeGreaterThanOrEqual(3);
    expect(named(/ users$/, below).length).toBeGreaterThan(0);
  });

  it('counts each call', async () => {
    const text = await house.deps.metrics.registry.metrics();
    const count = (outcome: string) => {
      const [, found] =
        new RegExp(
          `^zoom_calls_total\\{integration="${integration.id}",label="MEDIUM",outcome="${outcome}"\\} (\\d+)$`,
          'm',
        ).exec(text) ?? [];
      return Number(found);
    };
    expect(count('unavailable')).toBe(1);
    const answered = spans.filter(
      ({ attributes }) => attributes['zoom.label'] === 'MEDIUM' && attributes['http.response.status_code'] === 200,
    );
    expect(count('ok')).toBe(answered.length);
    expect(text).toContain(`job_runs_ended_total{integration="${integration.id}",task="APPLICATION_ROSTER",status="`);
  });

  it('tells of nobody, and no secret', async () => {
    const said = JSON.stringify(
      spans.map(({ name, attributes, events, status, links }) => ({ name, attributes, events, status, links })),
    );
    const { token: access } = await house.deps.zoom.tokens.accessToken(integration.id);
    const people = await house.database.sql<{ email: string; id: string; name: string | null; zoom: string | null }[]>`
      select email, id, display_name as name, zoom_user_id as zoom from users`;
    expect(people.length).toBeGreaterThan(10);
    const private_ = people
      .flatMap(({ email, id, name, zoom }) => [email, id, name, zoom])
      .filter((one) => one !== null);
    for (const secret of [
      access.reveal(),
      ...house.sandbox.apps.map(({ clientSecret }) => clientSecret),
      ...private_,
    ]) {
      expect(said.includes(secret), secret).toBe(false);
    }
    expect(said).not.toMatch(/@|Bearer|eyJ/);
  });

  it('is found in the log by the id of the run', () => {
    const zoom = house.logged.filter((line) => line.includes('Zoom is asked again'));
    expect(zoom).toHaveLength(1);
    expect(zoom[0]).toMatch(/"requestId":"run_/);
  });
});

it('is sent to a receiver, by OTLP', async () => {
  const received: { url: string | undefined; body: string }[] = [];
  const receiver = createHttpServer((request: IncomingMessage, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      received.push({ url: request.url, body });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const otlpUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const stop = await startTracing({ otlpUrl }, house.database.sql, '1.2.3');
  await inSpan('on its way', {}, () => Promise.resolve());
  await stop();
  expect(received.map(({ url }) => url)).toEqual(['/v1/traces']);
  for (const word of ['on its way', 'zoom-license-subgraph', '1.2.3']) expect(received[0]?.body).toContain(word);
  await new Promise((resolve) => receiver.close(resolve));
});

it('costs nothing where nobody traces', async () => {
  traceBy(null);
  const quiet = await createServer(house.deps);
  expect(isTracing()).toBe(false);
  expect(beginSpan('nothing')).toBeNull();
  expect(currentTraceparent()).toBeNull();
  expect(await (await startTracing({ otlpUrl: null }, house.database.sql, '0'))()).toBeUndefined();
  await inSpan('nothing', {}, (span) => {
    expect(span).toBeNull();
    return Promise.resolve();
  });
  await quiet.close();
});

it.each(['', '00-0-0-00', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `01-${TRACE}-b7ad6b7169203331-01`, 5, undefined])(
  'takes %j for no trace',
  (text) => expect(linkTo(text)).toBeNull(),
);
