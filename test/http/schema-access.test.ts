import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Openness } from '#src/config.ts';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, testConfig, token, type TestServer } from '../support/server.ts';

let database: Database;
let folder: string;
const open: TestServer[] = [];
const start = async (env: Record<string, string>) => {
  const server = await startServer(database, { config: testConfig(env) });
  open.push(server);
  return server;
};

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'trusted-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

describe.each([
  ['INTROSPECTION', '{ __schema { queryType { name } } }'],
  ['INTROSPECTION', '{ __type(name: "User") { name } }'],
  ['INTROSPECTION', '{ ...A } fragment A on Query { ... { x: __type(name: "User") { name } } }'],
  ['SUBGRAPH_SDL', '{ _service { sdl } }'],
])('%s, asked as %s', (variable, query) => {
  it.each<[Openness, number, number]>([
    ['anybody', 200, 200],
    ['token', 401, 200],
    ['nobody', 403, 403],
  ])('for %s', async (openness, without, withToken) => {
    const server = await start({ [variable]: openness });
    const stranger = await server.ask(query, {}, { scopes: null });
    expect(stranger.status).toBe(without);
    const caller = await server.ask(query, {}, { scopes: [] });
    expect(caller.status).toBe(withToken);
    if (withToken !== 200) expect(JSON.stringify([stranger, caller])).not.toMatch(/"data"|queryType|type User/);
    expect((await server.ask('{ __typename }', {}, { scopes: null })).status).toBe(200);
  });
});

describe('TRUSTED_DOCUMENTS', () => {
  const QUERY = 'query Mine { integrations { id } }';
  const write = async (content: string) => {
    const path = join(folder, `${Math.random()}.json`);
    await writeFile(path, content);
    return path;
  };
  const post = async (server: TestServer, payload: object) => {
    const headers = { authorization: `Bearer ${await token()}` };
    return server.app.inject({ method: 'POST', url: '/graphql', headers, payload });
  };

  it('are asked by their id, beside others', async () => {
    const server = await start({ TRUSTED_DOCUMENTS: await write(JSON.stringify({ mine: QUERY })) });
    const answer = { integrations: [] };
    const hash = { extensions: { persistedQuery: { version: 1, sha256Hash: 'mine' } } };
    for (const payload of [{ documentId: 'mine' }, { documentId: 'mine', query: QUERY }, hash, { query: QUERY }]) {
      expect((await post(server, payload)).json().data, JSON.stringify(payload)).toEqual(answer);
    }
    const url = '/graphql?documentId=mine';
    const got = await server.app.inject({ url, headers: { authorization: `Bearer ${await token()}` } });
    expect(got.json().data).toEqual(answer);
    expect((await post(server, { query: '{ __typename }' })).statusCode).toBe(200);
    for (const payload of [{ documentId: 'other' }, { documentId: 'mine', query: '{ __typename }' }]) {
      const { statusCode, body } = await post(server, payload);
      expect([statusCode, body]).toEqual([400, expect.stringContaining('BAD_USER_INPUT')]);
    }
    // Who may is asked as ever.
    expect(
      (await server.app.inject({ method: 'POST', url: '/graphql', payload: { documentId: 'mine' } })).statusCode,
    ).toBe(401);
  });

  it('are the only ones where the environment says so', async () => {
    const env = { TRUSTED_DOCUMENTS: await write(JSON.stringify({ mine: QUERY })), TRUSTED_DOCUMENTS_ONLY: 'true' };
    const server = await start(env);
    expect((await post(server, { documentId: 'mine' })).statusCode).toBe(200);
    expect((await post(server, { query: QUERY })).statusCode).toBe(200);
    for (const query of ['{ __typename }', `${QUERY} `, '{ _service { sdl } }', undefined]) {
      const { statusCode, body } = await post(server, { query });
      expect([query, statusCode, body]).toEqual([query, 403, expect.stringContaining('documentId')]);
    }
    const batch = await post(server, [{ query: '{ integrations { id } }' }]);
    expect(batch.statusCode).toBe(400);
  });

  it.each([
    ['{', /can't be read as JSON/],
    ['{"a":7}', /document a: has no text/],
    ['{"a":"{ nothing }"}', /document a: Cannot query field/],
    ['{"a":"{"}', /document a: Syntax Error/],
    [JSON.stringify({ a: `{ integrations { ${'id '.repeat(30)} } }` }), /document a: A selection asks/],
  ])('that are wrong keep the server from starting: %s', async (content, why) => {
    await expect(start({ TRUSTED_DOCUMENTS: await write(content) })).rejects.toThrow(why);
  });

  it('that are missing do, too, and so does a mistake in the variables', async () => {
    await expect(start({ TRUSTED_DOCUMENTS: join(folder, 'absent.json') })).rejects.toThrow(/ENOENT/);
    expect(() => testConfig({ TRUSTED_DOCUMENTS_ONLY: 'true' })).toThrow(/needs TRUSTED_DOCUMENTS/);
    expect(() => testConfig({ INTROSPECTION: 'everybody', SUBGRAPH_SDL: 'x' })).toThrow(/INTROSPECTION.*SUBGRAPH_SDL/s);
  });
});
