import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { Secret } from '#src/secret.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, token, type TestServer } from '../support/server.ts';

const TRACED = { 'apollo-federation-include-trace': 'ftv1' };
const ROUTER = { 'x-router-secret': 'known to the router' };

let database: Database;
let open: TestServer;
let behindRouter: TestServer;

beforeAll(async () => {
  database = await testDatabase();
  open = await startServer(database);
  behindRouter = await startServer(database, { config: { routerSecrets: [new Secret(ROUTER['x-router-secret'])] } });
});
afterAll(async () => {
  await open?.app.close();
  await behindRouter?.app.close();
  await database?.close();
});

/** The trace that came with an answer; undefined: none. */
async function traceOf(server: TestServer, headers: Record<string, string>, query = '{ users { totalCount } }') {
  const response = await server.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization: `Bearer ${await token()}`, ...headers },
    payload: { query },
  });
  const { extensions, data } = response.json<{ data: unknown; extensions?: { ftv1?: string } }>();
  expect(data).toBeDefined();
  return extensions?.ftv1 && Buffer.from(extensions.ftv1, 'base64').toString('latin1');
}

it('tells a router that asks how long every field took', async () => {
  const trace = await traceOf(behindRouter, { ...ROUTER, ...TRACED });
  for (const name of ['users', 'totalCount', 'UserConnection!']) expect(trace).toContain(name);
});

it('tells nothing to who does not ask', async () => {
  expect(await traceOf(behindRouter, ROUTER)).toBeUndefined();
});

it('tells nothing where everybody could ask', async () => {
  expect(await traceOf(open, TRACED)).toBeUndefined();
});

it('says of a failure that there was one, and not which', async () => {
  const trace = await traceOf(behindRouter, { ...ROUTER, ...TRACED }, '{ users(first: 501) { totalCount } }');
  expect(trace).toContain('<masked>');
  expect(trace).not.toContain('501');
});
