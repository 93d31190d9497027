import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';
import { oneOfEach } from '../support/one-of-each.ts';
import { startServer, token, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

/**
 * What comes again but for one thing that nobody honest sends: a read that was learned must not be answered where resolvers
 * refuse, nor otherwise than they do.
 */
const TRACED = { 'apollo-federation-include-trace': 'ftv1' };
const READ = 'query A($r: [_Any!]!) { _entities(representations: $r) { __typename ... on User { id } } }';

let database: Database;
let server: TestServer;
let id: string;
let bearer: string;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  const { references } = await oneOfEach(database);
  id = references['User']![0]!['id']!;
  bearer = await token();
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function send(payload: object, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${bearer}`;
  const request = { method: 'POST', url: '/graphql', payload, headers: { authorization, ...headers } } as const;
  const { statusCode, headers: answered, body } = await server.app.inject(request);
  const { 'x-request-id': _, date: __, ...others } = answered;
  return { statusCode, headers: others, body: body.replaceAll(/"requestId":"[^"]*"/g, '') };
}

const user = () => ({ __typename: 'User', id });
const byId = (text: string, more: object = {}) => ({ query: text, variables: { r: [user()] }, ...more });
const TWO = 'query A { users(first: 1) { totalCount } } query B { licenses { id } }';

it.each<[string, () => object, (() => object)?, Record<string, string>?]>([
  ['a text in a list', () => ({ query: ['{ licenses { id } }'] }), () => ({ query: '{ licenses { id } }' })],
  ['an empty name', () => byId(READ, { operationName: '' }), () => byId(READ)],
  [
    'a name with half of the text',
    () => ({ operationName: 'A query', query: TWO.slice(6) }),
    () => ({ operationName: 'A', query: TWO }),
  ],
  ['a text with a name before it', () => ({ query: `1 A ${TWO}` }), () => ({ operationName: 'A', query: TWO })],
  ['the other operation', () => ({ operationName: 'B', query: TWO }), () => ({ operationName: 'A', query: TWO })],
  ['no operation of several', () => ({ query: TWO }), () => ({ operationName: 'A', query: TWO })],
  [
    'an operation that is not there',
    () => ({ operationName: 'C', query: TWO }),
    () => ({ operationName: 'A', query: TWO }),
  ],
  ['a name that is none', () => byId(READ, { operationName: 7 }), () => byId(READ)],
  ['variables in a list', () => ({ query: READ, variables: [user()] }), () => byId(READ)],
  ['a type in a list', () => ({ query: READ, variables: { r: [{ __typename: ['User'], id }] } }), () => byId(READ)],
  ['a number for an id', () => ({ query: READ, variables: { r: [{ __typename: 'User', id: 7 }] } }), () => byId(READ)],
  ['one instead of a list', () => ({ query: READ, variables: { r: user() } }), () => byId(READ)],
  [
    'an id that is none',
    () => ({ query: READ, variables: { r: [{ __typename: 'User', id: {}, email: 'a@b.c' }] } }),
    () => byId(READ),
  ],
  ['a null in the list', () => ({ query: READ, variables: { r: [null] } }), () => byId(READ)],
  [
    'a type of nature',
    () => ({ query: READ, variables: { r: [{ __typename: 'constructor', id }] } }),
    () => byId(READ),
  ],
  [
    'an entity of no key',
    () => ({ query: READ, variables: { r: [{ __typename: 'UserActivity', id }] } }),
    () => byId(READ),
  ],
  ['zero bytes', () => ({ query: READ, variables: { r: [{ __typename: 'User', id: 'a\0b' }] } }), () => byId(READ)],
  [
    'half a letter',
    () => ({ query: READ, variables: { r: [{ __typename: 'User', email: '\ud83d' }] } }),
    () => byId(READ),
  ],
  [
    'null where there is a default',
    () => ({ query: 'query ($id: ID = "x") { license(id: $id) { id } }', variables: { id: null } }),
    () => ({ query: 'query ($id: ID = "x") { license(id: $id) { id } }' }),
  ],
  [
    'null for a condition',
    () => ({
      query: 'query ($b: Boolean = true) { users(first: 1) { totalCount @include(if: $b) } }',
      variables: { b: null },
    }),
    () => ({ query: 'query ($b: Boolean = true) { users(first: 1) { totalCount @include(if: $b) } }' }),
  ],
  ['everything skipped', () => ({ query: '{ users(first: 1) @skip(if: true) { totalCount } }' })],
  [
    'everything below skipped',
    () => ({
      query:
        '{ users(first: 1) { nodes { id @skip(if: true) } edges { node { id } @skip(if: true) } pageInfo { endCursor @skip(if: true) } } }',
    }),
  ],
  [
    'names that are joined',
    () => ({
      query:
        '{ users(first: 1) { nodes { account { id } ...F } nodes { account { name } } } } fragment F on User { account { users(first: 2) { totalCount } } }',
    }),
  ],
  [
    '63 letters',
    () => ({ query: `{ users(first: 1) { ${'a'.repeat(63)}: totalCount ${'a'.repeat(62)}b: totalCount } }` }),
  ],
  [
    '64 letters',
    () => ({ query: `{ users(first: 1) { ${'a'.repeat(63)}b: totalCount ${'a'.repeat(63)}c: totalCount } }` }),
  ],
  [
    'names of nature',
    () => ({
      query: '{ users(first: 1) { __proto__: totalCount constructor: totalCount key: nodes { __proto__: id } } }',
    }),
  ],
  ['a page of a text', () => ({ query: 'query ($n: Int) { users(first: $n) { totalCount } }', variables: { n: '1' } })],
  [
    'a page of a fraction',
    () => ({ query: 'query ($n: Int) { users(first: $n) { totalCount } }', variables: { n: 1.5 } }),
  ],
  [
    'an order that is no list',
    () => ({ query: '{ users(first: 1, orderBy: { field: EMAIL, direction: ASC }) { totalCount } }' }),
  ],
  [
    'extensions',
    () => byId(READ, { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
    () => byId(READ),
  ],
  ['more than it needs', () => byId(READ, { variables: { r: [user()], other: 7 } }), () => byId(READ)],
  ['nothing of ours', () => ({ query: '{ __typename a: __typename }' })],
  ['an answer that may only be a page', () => byId(READ), () => byId(READ), { accept: 'text/plain' }],
  ['an answer in the newer type', () => byId(READ), () => byId(READ), { accept: 'application/graphql-response+json' }],
  ['another kind of JSON', () => byId(READ), () => byId(READ), { 'content-type': 'application/json-patch+json' }],
  ['another charset', () => byId(READ), () => byId(READ), { 'content-type': 'application/json; charset=utf-16' }],
])('%s is answered as by resolvers, also after it was learned', async (_, odd, learned = odd, headers = {}) => {
  await send(learned());
  await send(learned(), headers);
  const byResolvers = await send(odd(), { ...headers, ...TRACED });
  expect(byResolvers.statusCode).toBeLessThan(500);
  expect(byResolvers.body).not.toContain('INTERNAL');
  expect(await send(odd(), headers)).toEqual(byResolvers);
  expect(await send(odd(), headers)).toEqual(byResolvers);
});

/** Was it answered by one statement that writes the whole of it? */
async function isCompiled(query: string): Promise<boolean> {
  const { result, statements } = await statementsOf(database, () => send({ query }));
  expect(result.statusCode).toBe(200);
  return statements.length === 1 && statements[0]!.startsWith('select row_to_json("row$")::text');
}

it('are counted with their cost, whoever answers', async () => {
  const countIn = (text: string) =>
    Number(/^graphql_operation_cost_count\{operation="query"\} (\d+)/m.exec(text)?.[1] ?? 0);
  const before = countIn((await server.app.inject('/metrics')).body);
  expect(await isCompiled('{ counted: licenses { id } }')).toBe(false);
  expect(await isCompiled('{ counted: licenses { id } }')).toBe(true);
  expect(countIn((await server.app.inject('/metrics')).body)).toBe(before + 2);
});

it('are forgotten before long documents fill the memory', async () => {
  const long = (n: number) => `{ a${n}: licenses { id } } #${'x'.repeat(90_000)}`;
  for (let n = 0; n < 6; n += 1) expect(await isCompiled(long(n)), `${n}`).toBe(false);
  expect(await isCompiled(long(5))).toBe(true);
  expect(await isCompiled(long(0))).toBe(false);
});

it('are left to resolvers where there is much to follow, which PostgreSQL would plan for minutes', async () => {
  const page = (next: number) => `users(first: 1) { nodes { ...F${next} } edges { node { ...F${next} } } }`;
  const fragments = [0, 1, 2].map(
    (i) =>
      `fragment F${i} on User { id account { ${page(i + 1)} } licenses { ${page(i + 1)} } groups { ${page(i + 1)} } }`,
  );
  const query = (first: number) => `{ ${page(first)} } ${fragments.slice(first).join(' ')} fragment F3 on User { id }`;
  for (const [first, small] of [
    [2, true],
    [0, false],
  ] as const) {
    expect(await isCompiled(query(first))).toBe(false);
    expect(await isCompiled(query(first))).toBe(small);
  }
});
