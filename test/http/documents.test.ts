import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getIntrospectionQuery } from 'graphql';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, token, type TestServer } from '../support/server.ts';

let database: Database;
let server: TestServer;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

describe('hostile documents', () => {
  it.each([
    ['too many tokens', `{ ${many(4_100, () => '__typename')} }`],
    [
      'too deep',
      `{ users(first: 1) { nodes { ${'licenses { users(first: 1) { nodes { '.repeat(5)} id ${'} } } '.repeat(5)} } } }`,
    ],
    [
      'too deep in fragments',
      `{ users(first: 1) { nodes { ...A } } }
       fragment A on User { licenses { users(first: 1) { nodes { ...B } } } }
       fragment B on User { licenses { users(first: 1) { nodes { ...C } } } }
       fragment C on User { licenses { users(first: 1) { nodes { ...D } } } }
       fragment D on User { licenses { users(first: 1) { nodes { ...E } } } }
       fragment E on User { licenses { users(first: 1) { nodes { licenses { id } } } } }`,
    ],
    ['many aliases', `{ integrations { ${many(61, (index) => `a${index}: id`)} } }`],
    ['many root fields', `{ ${many(21, (index) => `a${index}: integrations { id }`)} }`],
    [
      'several mutations',
      `mutation { a: deleteExclusion(input: { exclusionId: "1" }) { userErrors { code } } b: deleteExclusion(input: { exclusionId: "2" }) { userErrors { code } } }`,
    ],
    [
      'a circle of fragments',
      '{ integrations { ...A } } fragment A on Integration { ...B } fragment B on Integration { ...A }',
    ],
    [
      'fragments that double',
      `{ integrations { ...F0 } } ${many(20, (index) => `fragment F${index} on Integration { ...F${index + 1} ...F${index + 1} }`)} fragment F20 on Integration { id displayName }`,
    ],
    ['unknown fields', '{ users { nodes { passwords } } }'],
    ['no GraphQL', 'select * from users'],
    [
      'page sizes that multiply',
      '{ users(first: 500) { nodes { meetings(first: 500) { nodes { participants(first: 500) { nodes { name } } } } } } }',
    ],
  ])('are refused: %s', async (_, query) => {
    const startedAt = performance.now();
    const answer = await server.ask(query);
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    for (const { extensions, message } of answer.errors ?? []) {
      expect(extensions.code).toBe('BAD_USER_INPUT');
      expect(message).not.toMatch(/Did you mean/);
    }
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('are refused: representations without end, in variables, literals and parts', async () => {
    const of = (count: number) => Array.from({ length: count }, () => ({ __typename: 'User', id: 'usr_1' }));
    const query = 'query ($a: [_Any!]!) { _entities(representations: $a) { __typename } }';
    expect((await server.ask(query, { a: of(1_000) })).errors).toBeUndefined();
    expect((await server.ask(query, { a: of(1_001) })).status).toBe(400);

    const literal = `{ _entities(representations: [${many(400, () => '{__typename:"User",id:"u"}')}]) { __typename } }`;
    expect((await server.ask(literal)).errors?.[0]?.message).toBeUndefined();
    const twice =
      'query ($a: [_Any!]!, $b: [_Any!]!) { x: _entities(representations: $a) { __typename } y: _entities(representations: $b) { __typename } }';
    expect((await server.ask(twice, { a: of(600), b: of(600) })).status).toBe(400);
  });

  it('are refused: several in one request', async () => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${await token()}` },
      payload: [{ query: '{ __typename }' }, { query: '{ __typename }' }],
    });
    expect(response.statusCode).toBe(400);
    expect(response.json().errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('do not keep honest ones out', async () => {
    expect((await server.ask(getIntrospectionQuery())).errors).toBeUndefined();
  });
});

describe('page sizes', () => {
  it.each([0, -1, 501, 2_147_483_647])('%i is refused by name', async (first) => {
    for (const list of ['users', 'reclamationCandidates', 'reclamations', 'exclusions', 'auditEvents']) {
      const answer = await server.ask(`query ($first: Int) { ${list}(first: $first) { totalCount } }`, { first });
      expect(answer.errors?.[0], list).toMatchObject({
        message: expect.stringMatching(/`first`/) as string,
        extensions: { code: 'BAD_USER_INPUT' },
      });
    }
  });

  it.each([
    '',
    'garbage',
    Buffer.from('[]').toString('base64url'),
    Buffer.from('["users EMAIL ASC",["a"]]').toString('base64url'),
  ])('a cursor that is none is refused: %s', async (after) => {
    for (const list of ['users', 'reclamationCandidates', 'reclamations', 'exclusions', 'auditEvents']) {
      const answer = await server.ask(`query ($after: String) { ${list}(after: $after) { totalCount } }`, { after });
      expect(answer.errors?.[0], list).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    }
  });
});

describe('values that PostgreSQL does not keep', () => {
  it.each([
    '{ user(id: "\\u0000") { id } }',
    '{ users(filter: { search: "a\\u0000b" }) { totalCount } }',
    '{ users(filter: { lastLoginAt: { gt: "0000-01-01T00:00:00Z" } }) { totalCount } }',
  ])('are the caller’s mistake: %s', async (query) => {
    expect((await server.ask(query)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
