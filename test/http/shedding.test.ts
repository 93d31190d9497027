import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openPool, type Database } from '#src/db/client.ts';
import { MAX_IN_FLIGHT } from '#src/http/shedding.ts';
import { testDatabase } from '../support/database.ts';
import { openProxy } from '../support/proxy.ts';
import { startServer, token, type TestServer } from '../support/server.ts';

let database: Database;
const servers: TestServer[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
afterAll(() => database.close());

async function start(on: Database, log?: (line: string) => void) {
  const server = await startServer(on, log && { log });
  servers.push(server);
  return server;
}

const STATUSES = async ({ app }: TestServer) =>
  Promise.all(['/livez', '/metrics'].map(async (url) => (await app.inject(url)).statusCode));

it('refuses everything but questions about its health while the database is gone, and says when to come back', async () => {
  let isGone = true;
  const server = await start({ ...database, isGone: () => isGone });
  const refused = await server.ask('{ __typename }');
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
  expect(refused.errors).toEqual([
    {
      message: expect.stringContaining('database does not answer'),
      extensions: { code: 'INTERNAL', retryAfterMs: 1_000, requestId: expect.any(String) },
    },
  ]);
  const webhook = await server.app.inject({ method: 'POST', url: '/webhooks/zoom', payload: {} });
  expect(webhook.statusCode).toBe(503);
  expect(await STATUSES(server)).toEqual([200, 200]);
  isGone = false;
  expect((await server.ask('{ __typename }')).status).toBe(200);
});

const HOLD = 'mutation { holdReclamations(input: { reason: "why" }) { reclamationHold { reason } } }';

it('answers reads and refuses mutations while the disk of the database is full, and tells it apart from not being there', async () => {
  let isFull = true;
  // One connection, so that a setting of its session holds for all that is asked.
  const pool = openPool(database.connection, { max: 1 });
  const logged: string[] = [];
  const server = await start({ ...pool, isFull: () => isFull }, (line) => logged.push(line));
  const message = expect.stringMatching(/takes no writes.*This write was not made.*reads go on/);
  const extensions = { code: 'INTERNAL', retryAfterMs: 30_000, requestId: expect.any(String) };

  const refused = await server.ask(HOLD);
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '30']);
  expect(refused.errors).toEqual([{ message, extensions }]);
  expect(await server.ask('{ integrations { id } }')).toMatchObject({ status: 200, errors: undefined });
  const ready = await server.app.inject('/readyz');
  expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'reads only, the disk of the database is full' }]);
  expect((await server.app.inject('/metrics')).body).toMatch(/^database_writes_refused 1$/m);

  // The database says so before we know.
  isFull = false;
  await pool.sql`set default_transaction_read_only = on`;
  expect((await server.ask(HOLD)).errors).toMatchObject([{ message, extensions }]);
  await pool.sql`set default_transaction_read_only = off`;
  expect((await server.ask(HOLD)).data).toMatchObject({ holdReclamations: { reclamationHold: { reason: 'why' } } });
  // One failure of the machine, and no bug of ours: a line each, without where in the code.
  const failures = logged.filter((line) => line.includes('failed'));
  expect(failures.map((line) => (JSON.parse(line) as { level: unknown }).level)).toEqual([40, 40]);
  expect(failures.join()).not.toContain('stack');
  await pool.close();
});

it('works on so many at once and refuses more, until some are done', async () => {
  const { host, port } = database.connection;
  const proxy = await openProxy(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  // Nobody watches this one: what is asked of it hangs.
  const stuck = openPool({ ...database.connection, host: '127.0.0.1', port: proxy.port });
  await stuck.ping();
  const server = await start(stuck);
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await token()}` };
  const ask = (query: string) =>
    fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });

  proxy.state = 'black hole';
  const hanging = Array.from({ length: MAX_IN_FLIGHT + 5 }, () => ask('{ integrations { id } }'));
  const refused: number[] = [];
  for (const one of hanging) void one.then(({ status }) => refused.push(status));
  await expect.poll(() => refused.length).toBe(5);
  expect(refused).toEqual([503, 503, 503, 503, 503]);
  expect((await ask('{ __typename }')).status).toBe(503);
  expect((await fetch(`${address}/livez`)).status).toBe(200);

  proxy.close();
  void stuck.close();
  const ended = await Promise.all(hanging);
  expect(ended.filter(({ status }) => status === 200)).toHaveLength(MAX_IN_FLIGHT);
  expect((await ask('{ __typename }')).status).toBe(200);
});
