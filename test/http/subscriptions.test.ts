import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { queueSync } from '#src/actions/sync-integration.ts';
import { Changes, type Change } from '#src/changes.ts';
import type { CandidateRow, IntegrationRow, JobRunRow } from '#src/db/tables/rows.ts';
import { EventStream } from '#src/http/event-stream.ts';
import { createServer } from '#src/http/server.ts';
import { MOST_OF_A_CALLER } from '#src/http/subscriptions.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { subscribe, type Events } from '../support/events.ts';
import { connectedIntegration, JWT_SECRET, openHouse, type House } from '../support/house.ts';
import { rowsIn } from '../support/rows.ts';
import { token } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { neverAborted } from '../support/worlds.ts';

const PROGRESS = `subscription ($id: ID!) {
  jobRunProgress(integrationId: $id) { id task status progress { done total } integration { displayName } }
}`;
const CANDIDATES = `subscription ($id: ID!) { candidatesChanged(integrationId: $id) { id status user { email } } }`;

let house: House;
let app: FastifyInstance;
let url: string;
let integration: IntegrationRow;
let other: IntegrationRow;
const opened: Events[] = [];

beforeAll(async () => {
  house = await openHouse({ users: 30, seed: 1, subAccounts: 0, rateLimits: false, limiter: UNLIMITED });
  integration = await connectedIntegration(house);
  other = await rowsIn(house.database).integration();
  ({ app, url } = await serve());
});
afterAll(async () => {
  for (const events of opened) events.hangUp();
  await app.close();
  await house.close();
});

async function serve() {
  const server = await createServer(house.deps);
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  return { app: server, url: `${address}/graphql` };
}

interface How {
  at?: string;
  scopes?: readonly string[];
  claims?: Record<string, unknown>;
}

async function open(query: string, id: string, { at = url, scopes = ['zoom:read'], claims = {} }: How = {}) {
  const authorization = `Bearer ${await token(scopes, claims, JWT_SECRET)}`;
  const events = await subscribe(at, query, { id }, { authorization });
  opened.push(events);
  return events;
}

const code = ({ body }: Events) => body.errors[0].extensions.code;

describe('progress of a sync', () => {
  it('is told in order until it succeeded, to those who asked for this integration', async () => {
    const queued = await queueSync(house.deps, integration, null, 'test');
    const events = await open(PROGRESS, integration.id);
    expect([events.status, events.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const stranger = await open(PROGRESS, other.id, { claims: { sub: 'stranger' } });
    const heard: { task: string; status: string; done: number }[] = [];
    const take = async () => {
      const { event, data } = await events.next();
      expect([event, data.errors]).toEqual(['next', undefined]);
      const run = data.data.jobRunProgress;
      expect(run.integration.displayName).toBe('Sandbox');
      heard.push({ task: run.task, status: run.status, done: run.progress.done });
    };
    // What is open now comes first.
    for (const _ of queued) await take();
    expect(heard.map(({ status }) => status)).toEqual(queued.map(() => 'QUEUED'));
    const synced = runSync(house.deps, integration.id, neverAborted());
    while (heard.filter(({ status }) => status === 'SUCCEEDED').length < queued.length) await take();
    await synced;
    const order = ['QUEUED', 'RUNNING', 'SUCCEEDED'];
    for (const steps of Map.groupBy(heard, ({ task }) => task).values()) {
      const places = steps.map(({ status }) => order.indexOf(status));
      expect(places).toEqual(places.toSorted());
      const done = steps.map((step) => step.done);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
      expect(steps.at(-1)!.status).toBe('SUCCEEDED');
    }
    await rowsIn(house.database).jobRun(other, { status: 'RUNNING' });
    expect((await stranger.next()).data.data.jobRunProgress.integration.displayName).toBe(other.displayName);
    events.hangUp();
    stranger.hangUp();
  }, 30_000);
});

// The embedded database has one connection: nothing is written there while a transaction is open.
describe.skipIf(inject('template').kind !== 'postgres')('candidates (only with TEST_DATABASE_URL)', () => {
  it('are told when they change, also those whose transaction ends after later ones', async () => {
    const { database } = house;
    const rows = rowsIn(database);
    const account = await rows.account(other);
    const license = await rows.license(account);
    const rule = await rows.rule(other);
    const make = async (): Promise<CandidateRow> =>
      rows.candidate(await rows.user(account), license, rule, { status: 'READY' });
    const [first, second] = [await make(), await make()];
    const events = await open(CANDIDATES, other.id, { claims: { sub: 'watcher' } });
    const step = (sql: typeof database.sql, id: string) => sql`
      insert into candidate_events (candidate_id, at, from_status, to_status, by)
      values (${id}, now(), 'READY', 'AWAITING_USER', 'test')`;
    const written = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const slow = database.sql.begin(async (tx) => {
      await step(tx as unknown as typeof database.sql, first.id);
      written.resolve();
      await mayEnd.promise;
    });
    await written.promise;
    await step(database.sql, second.id);
    expect((await events.next()).data.data.candidatesChanged).toMatchObject({ id: second.id, status: 'READY' });
    mayEnd.resolve();
    await slow;
    const late = (await events.next()).data.data.candidatesChanged;
    expect(late).toMatchObject({ id: first.id, user: { email: expect.stringContaining('@') } });
    events.hangUp();
  });
});

describe('before anything is told', () => {
  it.each([
    ['a scope that is missing', { scopes: ['zoom:operate'] }, 403, 'FORBIDDEN'],
    ['no scope at all', { scopes: [] }, 403, 'FORBIDDEN'],
  ] as const)('%s is refused', async (_, how, status, refusal) => {
    for (const query of [PROGRESS, CANDIDATES]) {
      const events = await open(query, integration.id, how);
      expect([events.status, code(events)]).toEqual([status, refusal]);
    }
  });

  it('nobody without a token hears anything', async () => {
    const events = await subscribe(url, PROGRESS, { id: integration.id });
    expect([events.status, code(events)]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('a field that asks for more is refused', async () => {
    const events = await open(
      'subscription ($id: ID!) { candidatesChanged(integrationId: $id) { user { meetings(first: 1) { nodes { topic } } } } }',
      integration.id,
    );
    expect([events.status, code(events)]).toEqual([403, 'FORBIDDEN']);
  });

  it.each([
    ['an integration that there is not', PROGRESS, 'int_unknown', /No integration/],
    ['a field that there is not', 'subscription { jobRunProgres { id } }', '', /jobRunProgres/],
    ['a value of another type', PROGRESS, null, /\$id/],
    [
      'two at once',
      'subscription { a: jobRunProgress(integrationId: "1") { id } b: jobRunProgress(integrationId: "1") { id } }',
      '',
      /one subscription/,
    ],
    [
      'what costs too much',
      `subscription ($id: ID!) { candidatesChanged(integrationId: $id) {
        user { account { users(first: 500) { nodes { account { users(first: 500) { nodes { account { id } licenses { id } } } } } } } }
      } }`,
      '',
      /may cost/,
    ],
  ])('%s is refused', async (_, query, id, says) => {
    const events = await open(query, id as string);
    expect([events.status, code(events)]).toEqual([400, 'BAD_USER_INPUT']);
    expect(events.body.errors[0].message).toMatch(says);
    expect(events.body.errors[0].message).not.toMatch(/Did you mean/);
  });

  it('who can take no events is told so', async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token([], {}, JWT_SECRET)}` },
      body: JSON.stringify({ query: PROGRESS, variables: { id: integration.id } }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('text/event-stream');
  });
});

describe('the end of a stream', () => {
  it('comes with the token', async () => {
    // Half a minute is what clocks may be off.
    const exp = Math.floor(Date.now() / 1000) - 28;
    const events = await open(PROGRESS, other.id, { claims: { sub: 'leaving', exp } });
    expect(events.status).toBe(200);
    const last = (await events.rest()).slice(-2);
    expect(last.map(({ event }) => event)).toEqual(['next', 'complete']);
    expect(last[0]!.data.errors[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('comes when the server drains, which waits for nobody', async () => {
    const second = await serve();
    const events = await open(CANDIDATES, integration.id, { at: second.url });
    const startedAt = performance.now();
    await second.app.close();
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    const [last, complete] = await events.rest();
    expect(last!.data.errors[0]).toMatchObject({ extensions: { code: 'INTERNAL', retryAfterMs: 1_000 } });
    expect(complete!.event).toBe('complete');
  });

  it('gives back the place of a caller who hangs up', async () => {
    const claims = { sub: 'greedy' };
    const mine = await Promise.all(
      Array.from({ length: MOST_OF_A_CALLER }, () => open(CANDIDATES, integration.id, { claims })),
    );
    expect(mine.map(({ status }) => status)).toEqual(mine.map(() => 200));
    const measured = async () => {
      const metric = house.deps.metrics.registry.getSingleMetric('graphql_streams_open');
      return (await metric?.get())?.values[0]?.value;
    };
    expect(await measured()).toBe(MOST_OF_A_CALLER);
    const refused = await open(CANDIDATES, integration.id, { claims });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
    mine[0]!.hangUp();
    await vi.waitFor(async () => expect((await open(CANDIDATES, integration.id, { claims })).status).toBe(200));
    for (const events of opened) events.hangUp();
    await vi.waitFor(async () => expect(await measured()).toBe(0));
  });
});

describe('looking for changes', () => {
  /** Statements of the look that finds something of everybody, with what `count` listeners then read of it. */
  async function looks(count: number): Promise<number> {
    const changes = new Changes(house.deps);
    const rows = rowsIn(house.database);
    const mine = await rows.integration();
    const listeners = await Promise.all(Array.from({ length: count }, () => changes.jobRuns(mine.id)));
    await rows.jobRun(mine, { status: 'RUNNING' });
    const { statements } = await statementsOf(house.database, () =>
      Promise.all(
        listeners.map(async (one) => {
          const { value } = await one.next();
          await value![0]!.load.integrationById.load(mine.id);
        }),
      ),
    );
    expect(changes.listeners).toBe(count);
    await Promise.all(listeners.map((one) => one.return!()));
    expect(changes.listeners).toBe(0);
    return statements.length;
  }

  it('costs the same statements for one listener and for twenty', async () => {
    const [one, twenty] = [await looks(1), await looks(20)];
    expect([one, twenty]).toEqual([2, 2]);
  });

  it('costs nothing when nobody listens any more', async () => {
    const { statements } = await statementsOf(house.database, () => new Promise((done) => setTimeout(done, 1_200)));
    expect(statements).toEqual([]);
  });

  it('keeps only the latest of each thing for who is slow', async () => {
    const rows = rowsIn(house.database);
    const mine = await rows.integration();
    const run = await rows.jobRun(mine, { status: 'RUNNING' });
    const changes = new Changes(house.deps);
    const slow = await changes.jobRuns(mine.id);
    const quick = await changes.jobRuns(mine.id);
    for (const done of [1, 2]) {
      await quick.next();
      await house.database.sql`update job_runs set progress_done = ${done} where id = ${run.id}`;
    }
    await quick.next();
    expect((await slow.next()).value!.map((one: Change<JobRunRow>) => one.row.progressDone)).toEqual([2]);
    await Promise.all([slow.return!(), quick.return!()]);
  });
});

it('a stream tells now and then that it is alive', async () => {
  const server = createHttpServer((_, response) => new EventStream(response, () => {}).begin({}, 20));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.length > 9) break;
  }
  expect(text).toMatch(/^(:\n\n){3,}$/);
  server.closeAllConnections();
  server.close();
});
