import { parse, type OperationDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Later, Values } from '#src/datasources/store/batch.ts';
import type { Database } from '#src/db/client.ts';
import { formOf, KeptStatements, keyOfForm } from '#src/http/statement-forms.ts';
import { CROWD, fillCrowd, fillMeetings } from '../support/crowd.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, token, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const START = Date.parse('2026-03-01T12:00:00.500Z');
const DAY = 86_400_000;

let now = new Date(START);
let database: Database;
let server: TestServer;
let people: { id: string; email: string }[];
const bearers: Record<string, string> = {};

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => now } });
  await fillCrowd(database, 200, now);
  await fillMeetings(database, 3, now);
  people = await database.sql`select id, email from users where removed_at is null order by email limit 3`;
  const exp = START / 1000 + 400 * 86_400;
  for (const [name, scopes] of [['all'], ['no meetings', ['zoom:read']], ['nothing', []]] as const) {
    bearers[name] = await token(scopes === undefined ? undefined : [...scopes], { exp: Math.floor(exp) });
  }
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function ask(payload: object, who = 'all', headers: Record<string, string> = {}) {
  const authorization = `Bearer ${bearers[who]}`;
  const { statusCode, body } = await server.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization, 'x-request-id': 'same', ...headers },
    payload,
  });
  return { statusCode, body: JSON.parse(body) as unknown };
}

const PERSON =
  'id email activity { inactiveDays neverActive } licenses { name } meetings(first: 2) { nodes { topic } }';
const COUNTS = 'name assigned active inactive neverActive';
const named = (email: string | undefined) => ({ email });

/** Documents, and what they are asked with, one after the other. */
const ASKED: [string, string, () => object[]][] = [
  [
    'people by address, as people write it',
    `query ($email: String) { user(email: $email) { ${PERSON} } }`,
    () => [
      ...people.map(({ email }) => named(` ${email.toUpperCase()} `)),
      named('nobody@example.com'),
      { email: null },
    ],
  ],
  [
    'people by id, address, or both',
    `query ($id: ID, $email: String) { user(id: $id, email: $email) { ${PERSON} } }`,
    () => [
      ...people,
      { id: people[0]!.id, email: people[1]!.email },
      { id: people[1]!.id },
      named(people[2]!.email),
      { id: 7 },
      { id: 'a\u0000b' },
    ],
  ],
  [
    'counts of licenses',
    `query ($id: ID, $managed: Boolean) { licenses(integrationId: $id, managed: $managed) { ${COUNTS} } }`,
    () => [
      { id: CROWD.integrationId },
      { id: 'int_no' },
      { id: CROWD.integrationId, managed: false },
      { id: null },
      {},
    ],
  ],
  [
    'two keys of one thing',
    `query ($a: ID!, $b: ID!) { a: license(id: $a) { name } b: license(id: $b) { name userType } user(id: $b) { email } }`,
    () => [
      { a: CROWD.license('BASIC'), b: CROWD.license('LICENSED') },
      { a: CROWD.license('LICENSED'), b: people[0]!.id },
    ],
  ],
  [
    'pages of several sizes',
    'query ($id: ID!, $n: Int = 2) { users(integrationId: $id, first: $n) { totalCount pageInfo { endCursor } nodes { email } } }',
    () => [{ id: CROWD.integrationId, n: 3 }, { id: CROWD.integrationId }, { id: 'int_no' }, { id: 'int_no', n: 501 }],
  ],
  [
    'a filter by what is inactive now',
    'query ($id: ID!) { users(integrationId: $id, filter: { inactiveDays: { gte: 60 } }) { totalCount } }',
    () => [{ id: CROWD.integrationId }],
  ],
  [
    'an order by it, with cursors that name the moment',
    `query ($id: ID!) { users(integrationId: $id, first: 3, orderBy: [{ field: INACTIVE_DAYS, direction: DESC }]) {
      edges { cursor node { email activity { inactiveDays } } } } }`,
    () => [{ id: CROWD.integrationId }],
  ],
  [
    'a key that a filter asks for as well',
    'query ($x: String!) { user(email: $x) { id } users(filter: { email: { eq: $x } }) { nodes { id } } }',
    () => people.map(({ email }) => ({ x: email })),
  ],
  [
    'a part that is wanted or not',
    `query ($email: String!, $more: Boolean!) { user(email: $email) { id ... @include(if: $more) { displayName } } }`,
    () => people.flatMap(({ email }) => [true, false].map((more) => ({ email, more }))),
  ],
  [
    'entities by whatever key names them',
    `query ($r: [_Any!]!) { _entities(representations: $r) {
      __typename ... on User { ${PERSON} } ... on License { name userType } } }`,
    () => {
      const emails = people.map(({ email }) => ({ __typename: 'User', email: ` ${email.toUpperCase()}` }));
      const ids = people.map(({ id }) => ({ __typename: 'User', id }));
      const licenses = (['BASIC', 'LICENSED'] as const).map((type) => ({
        __typename: 'License',
        id: CROWD.license(type),
      }));
      const nobody = { __typename: 'User', email: 'nobody@example.com' };
      return [
        emails,
        [...emails].reverse(),
        [emails[1], nobody, emails[1]],
        [nobody],
        ids,
        licenses,
        [...ids, ...licenses, ...emails],
        people.map(({ id, email }) => ({ __typename: 'User', email, id })),
        [{ ...ids[0], email: null }, ids[1]],
        [{ ...ids[0], email: people[1]!.email }, ids[1]],
        [{ __typename: 'User', email: 7 }],
        [emails[0], { __typename: 'User', email: ['x'] }],
        [{ __typename: 'constructor', id: 'x' }],
        [JSON.parse(`{ "__typename": "User", "__proto__": { "email": "${people[0]!.email}" } }`)],
        [{ __typename: 'Query', id: 'x' }],
        [{ email: people[0]!.email }],
        [null],
        [],
        emails[0],
        null,
      ].map((r) => ({ r }));
    },
  ],
  [
    'entities twice, and one that a literal names',
    `query ($r: [_Any!]!, $e: String) { a: _entities(representations: $r) { ... on User { email } }
      b: _entities(representations: $r) { ... on User { id } } user(email: $e) { id } }`,
    () => people.map(({ id, email }) => ({ r: [{ __typename: 'User', id }], e: email })),
  ],
];

describe('a kept statement', () => {
  it.each(ASKED)('answers as resolvers do: %s', async (_, query, variables) => {
    for (const days of [0, 0, 45, 200]) {
      now = new Date(START + days * DAY);
      for (const one of variables()) {
        const payload = { query, variables: one };
        const plain = await ask(payload, 'all', { 'apollo-federation-include-trace': 'ftv1' });
        expect(await ask(payload), JSON.stringify([days, one])).toEqual(plain);
      }
    }
    const { statements } = await statementsOf(database, () => ask({ query, variables: variables()[0] }));
    expect(statements.join()).toMatch(/^select row_to_json/);
  });

  it('costs what as many entities cost, and no more of them are let in than there may be', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { email } } }';
    const one = { __typename: 'User', email: people[0]!.email };
    for (const count of [1, 1000, 1001, 2, 1000, 1001]) {
      const payload = { query, variables: { r: Array.from({ length: count }, () => one) } };
      const plain = await ask(payload, 'all', { 'apollo-federation-include-trace': 'ftv1' });
      expect(await ask(payload), String(count)).toEqual(plain);
      expect(JSON.stringify(plain.body).includes('BAD_USER_INPUT'), String(count)).toBe(count > 1000);
    }
  });

  it('gives everybody who asks at once their own entities', async () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { id email } } }';
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const { id, email } = people[n % 3]!;
        const { body } = await ask({ query, variables: { r: [{ __typename: 'User', email }] } });
        return [(body as { data: object }).data, { _entities: [{ id, email }] }];
      }),
    );
    for (const [given, wanted] of answers) expect(given).toEqual(wanted);
  });

  it('asks everybody for their scopes', async () => {
    const query = 'query ($email: String!) { user(email: $email) { email meetings(first: 1) { nodes { topic } } } }';
    for (const who of ['nothing', 'all', 'no meetings', 'nothing', 'all', 'no meetings']) {
      const payload = { query, variables: named(people[0]!.email) };
      const plain = await ask(payload, who, { 'apollo-federation-include-trace': 'ftv1' });
      expect(await ask(payload, who), who).toEqual(plain);
      if (who !== 'all') expect(JSON.stringify(plain.body), who).toContain('FORBIDDEN');
    }
  });
});

const formIn = (text: string) => {
  const document = parse(text);
  return formOf(document, document.definitions[0] as OperationDefinitionNode);
};

describe('the form of an operation', () => {
  it('leaves texts to be filled in where they are keys, and nowhere else', () => {
    const later = (text: string) => [...formIn(text).later];
    expect(later('query ($id: ID!, $e: String) { user(id: $id, email: $e) { id } }')).toEqual(['id', 'e']);
    expect(later('query ($i: ID!, $a: String) { users(integrationId: $i, after: $a) { totalCount } }')).toEqual(['i']);
    expect(
      later('query ($e: String!) { user(email: $e) { id } users(filter: { email: { eq: $e } }) { totalCount } }'),
    ).toEqual([]);
    expect(later('query ($e: String!) { ...F } fragment F on Query { user(email: $e) { id } }')).toEqual([]);
    expect(later('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }')).toEqual([]);
    const entities = (text: string) => [...formIn(text).entities];
    expect(entities('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }')).toEqual(['r']);
    expect(
      entities('query ($r: [_Any!]!) { ...F } fragment F on Query { _entities(representations: $r) { __typename } }'),
    ).toEqual([]);
  });

  it('is another one for everything else that variables hold', () => {
    const form = formIn(
      'query ($id: ID, $n: Int, $b: Boolean) { users(integrationId: $id, first: $n) { totalCount } }',
    );
    const keys = [{}, { id: null }, { id: 'x' }, { n: 1 }, { n: 2 }, { n: null }, { b: true }, { b: false }];
    expect(new Set(keys.map((one) => keyOfForm(form, one)?.statement)).size).toBe(keys.length);
    expect(keyOfForm(form, { id: 'x' })).toEqual(keyOfForm(form, { id: 'another' }));
    for (const one of [{ n: '1' }, { id: ['x'] }, { b: {} }]) expect(keyOfForm(form, one)).toBeNull();
    const entities = formIn('query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }');
    const key = (...r: unknown[]) => keyOfForm(entities, { r });
    const [ada, bob] = ['ada', 'bob'].map((name) => ({ __typename: 'User', email: `${name}@example.com` }));
    const byId = { __typename: 'User', id: 'usr_1' };
    expect(key(ada)).toEqual(key(bob));
    expect(key(ada, bob)?.statement).toBe(key(ada)?.statement);
    expect(key(ada, bob)?.counts).not.toBe(key(ada)?.counts);
    const others = [key(ada), key(byId), key({ ...byId, __typename: 'License' })];
    expect(new Set(others.map((one) => one?.statement)).size).toBe(3);
    for (const mixed of [[ada, byId], [], [null], [{ ...ada, email: 1 }], [{ ...byId, __typename: 'toString' }]]) {
      expect(key(...mixed)).toBeNull();
    }
  });

  it('fails where what is not known yet would be written', () => {
    const later = new Later('id');
    expect(() => `${later as unknown as string}`).toThrow('$id, which is known only when it runs');
    expect(() => String(later)).toThrow();
    const values = new Values();
    expect([values.add('a', 'text'), values.addLater((given) => later.read(given), 'text')]).toEqual([
      '$1::text',
      '$2::text',
    ]);
    expect(values.filled({ variables: { id: 'x' }, now })).toEqual(['a', 'x']);
    expect(values.filled({ variables: { id: 'y' }, now })).toEqual(['a', 'y']);
  });
});

it('keeps as many statements as are no burden', () => {
  const kept = new KeptStatements();
  const written = (letters: number) => ({
    statement: { text: 'x'.repeat(letters), values: new Values(), isFixed: true, isOfMoment: false },
    costs: new Map(),
    requirements: [],
  });
  for (let n = 0; n < 500; n += 1) kept.keep(`${n}`, written(10));
  expect(kept.get('0')).toBeDefined();
  kept.keep('one more', written(10));
  expect([kept.get('0'), kept.get('one more')?.statement.text]).toEqual([undefined, 'x'.repeat(10)]);
  kept.keep('long', written(3_999_995));
  expect([kept.get('one more'), kept.get('long')?.statement.text.length]).toEqual([undefined, 3_999_995]);
});
