import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { columnsIn } from '#src/datasources/store/json-text.ts';
import { SHAPES } from '#src/datasources/store/json-shapes.ts';
import { keysOf } from '#src/references.ts';
import { buildSubgraph } from '#src/schema.ts';
import { CROWD, fillCrowd, fillGuests, fillMeetings } from '../support/crowd.ts';
import { testDatabase } from '../support/database.ts';
import { randomRead } from '../support/random-reads.ts';
import { startServer, token, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

/** Asks for a trace, which resolvers alone can give. */
const BY_RESOLVERS = { 'apollo-federation-include-trace': 'ftv1' };
const READS = Number(process.env['COMPILED_READS'] ?? 150);

const { schema } = buildSubgraph();
const columns = columnsIn(schema);
const now = new Date('2026-03-01T12:00:00.500Z');

let database: Database;
let server: TestServer;
let values: Record<string, string[]>;
let references: object[];
let bearer: string;
/** Why compiled reads were left to resolvers. */
const said: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, {
    deps: { now: () => now },
    log: (line) => line.includes('left to the resolvers') && said.push(line),
  });
  bearer = await token(undefined, { exp: Math.floor(now.getTime() / 1000) + 3600 });
  await fillCrowd(database, 300, now);
  await fillMeetings(database, 7, now);
  await fillGuests(database);
  const { sql } = database;
  await sql`update licenses set entered_name = 'Entered "name"', entered_user_type = 'BASIC' where unique_id = 'BASIC'`;
  await sql`update users set display_name = e'tab\t "quoted" \\ 𝒳 é', last_login_at = '2026-02-28T23:59:59.999Z' where id in (select min(id) from users)`;
  await sql`update users set email = (select min(email) from users) where id in (select max(id) from users where removed_at is not null)`;
  const users = await sql<{ id: string; email: string }[]>`select id, email from users order by email, id limit 40`;
  const meetings = await sql<{ id: string }[]>`select id from meetings order by id limit 5`;
  const ids = [
    users[3]!.id,
    users[9]!.id,
    meetings[0]!.id,
    CROWD.license('LICENSED'),
    CROWD.license('WEBINAR_500'),
    'usr_no',
  ];
  const page = await ask({ query: `{ users(first: 2) { pageInfo { endCursor } } }`, variables: {} });
  values = {
    id: ids.map((id) => JSON.stringify(id)),
    email: [JSON.stringify(` ${users[2]!.email.toUpperCase()} `), '"no@example.com"', 'null'],
    integrationId: [JSON.stringify(CROWD.integrationId), '"int_no"', 'null'],
    managed: ['true', 'false', 'null'],
    first: ['1', '2', '3', '7', '50', '$size'],
    after: [
      ...Array<string>(12).fill('null'),
      '$nothing',
      JSON.stringify(JSON.parse(page.body).data.users.pageInfo.endCursor),
      '"WyJhIl0"',
    ],
    filter: [
      '{ department: { startsWith: "Department 1" } }',
      '{ inactiveDays: { gte: 60 }, status: { eq: ACTIVE } }',
      '{ includeRemoved: true, or: [{ neverActive: { eq: true } }, { search: "first1" }] }',
    ],
    orderBy: [
      '[{ field: INACTIVE_DAYS, direction: DESC }]',
      '[{ field: DEPARTMENT, direction: ASC }, { field: LAST_ACTIVITY_AT, direction: DESC }]',
      '[{ field: WEBINAR_ENABLED, direction: ASC }]',
    ],
  };
  references = [
    ...users.flatMap(({ id, email }) => [
      { __typename: 'User', id },
      { __typename: 'User', email },
      { __typename: 'User', email: email.toUpperCase(), id: null },
    ]),
    ...meetings.map(({ id }) => ({ __typename: 'Meeting', id })),
    ...['LICENSED', 'BASIC'].map((name) => ({ __typename: 'License', id: CROWD.license(name as 'BASIC') })),
    { __typename: 'User', email: 'nobody@example.com' },
    { __typename: 'License', id: 'lic_no' },
    { __typename: 'Group', id: CROWD.group(0) },
  ];
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function ask(payload: object, headers: Record<string, string> = {}, authorization = `Bearer ${bearer}`) {
  const response = await server.app.inject({
    method: 'POST',
    url: '/graphql',
    // The same id for all, for errors repeat it.
    headers: { authorization, 'x-request-id': 'same', ...headers },
    payload,
  });
  return { status: response.statusCode, type: response.headers['content-type'], body: response.body };
}

/** An answer, its errors in an order that does not depend on who was read first. */
function answerOf(body: string) {
  const { errors = [], ...others } = JSON.parse(body) as { errors?: object[] };
  return { errors: errors.map((error) => JSON.stringify(error)).sort(), ...others };
}

/** Asks three times: by resolvers, as who is seen for the first time, and again. */
async function bothWays(payload: object, authorization?: string) {
  const plain = await ask(payload, BY_RESOLVERS, authorization);
  await ask(payload, {}, authorization);
  const { result: compiled, statements } = await statementsOf(database, () => ask(payload, {}, authorization));
  return {
    plain,
    compiled,
    statements,
    // Resolvers whose answer was given up may still be asking.
    isCompiled: statements.some((text) => text.startsWith('select row_to_json("row$")::text')),
  };
}

describe('reads in one statement', () => {
  it('say what resolvers say, letter for letter, whatever is asked', { timeout: 300_000 }, async () => {
    let compiledReads = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
        const read = randomRead(schema, columns, values, references, seed);
        const { plain, compiled, isCompiled } = await bothWays(read);
        expect([compiled.status, compiled.type]).toEqual([plain.status, plain.type]);
        expect(answerOf(compiled.body)).toEqual(answerOf(plain.body));
        if (plain.body.includes('"errors"')) refused += 1;
        // The order of fields is part of the answer.
        else expect(JSON.stringify(JSON.parse(compiled.body))).toBe(plain.body);
        if (isCompiled) compiledReads += 1;
        // A cursor of no list is looked at, also where nothing is below which the list would be.
        else if (!plain.body.includes('"errors"') && !read.query.includes('after: "'))
          throw new Error(`left to resolvers: ${JSON.stringify(read)} ${said.at(-1)}`);
      }),
      { seed: Number(process.env['COMPILED_SEED'] ?? 20_261_126), numRuns: READS, endOnFailure: true },
    );
    expect(compiledReads).toBeGreaterThan(READS * 0.8);
    expect(refused).toBeLessThan(READS * 0.2);
  });

  it('are one statement for any number of rows', async () => {
    const query = `query ($n: Int!) { users(first: $n) { totalCount pageInfo { endCursor } nodes { email account { name }
      activity { inactiveDays } licenses { name } meetings(first: 2) { nodes { topic host { email } } } } } }`;
    for (const n of [1, 100]) {
      const { plain, compiled, statements } = await bothWays({ query, variables: { n } });
      expect(answerOf(compiled.body)).toEqual(answerOf(plain.body));
      expect(JSON.parse(compiled.body).data.users.nodes).toHaveLength(n);
      expect(statements).toHaveLength(1);
    }
  });

  it('refuse whom resolvers refuse, also after somebody else was answered', async () => {
    const query = `query ($r: [_Any!]!) { users(first: 1) { nodes { meetings(first: 1) { nodes { topic } } } }
      _entities(representations: $r) { ... on User { email } } }`;
    const payload = { query, variables: { r: [references[0]] } };
    expect((await bothWays(payload)).isCompiled).toBe(true);
    const bearers = {
      nothing: await token([], { exp: Math.floor(now.getTime() / 1000) + 3600 }),
      'no meetings': await token(['zoom:read'], { exp: Math.floor(now.getTime() / 1000) + 3600 }),
      expired: await token(undefined, { exp: Math.floor(now.getTime() / 1000) - 3600 }),
    };
    for (const [who, text] of Object.entries(bearers)) {
      const { plain, compiled, isCompiled } = await bothWays(payload, `Bearer ${text}`);
      expect(compiled, who).toEqual(plain);
      expect(compiled.body, who).toContain('"errors"');
      expect(isCompiled, who).toBe(false);
    }
    const anonymous = await bothWays(payload, '');
    expect(anonymous.compiled).toEqual(anonymous.plain);
    expect(anonymous.compiled.status).toBe(401);
  });

  it('cost what they cost by resolvers, and are refused when it is too much', async () => {
    const query = `query ($n: Int!) { users(first: $n) { nodes { meetings(first: $n) { nodes { participants(first: $n) { nodes { email } } } } } } }`;
    expect((await bothWays({ query, variables: { n: 2 } })).isCompiled).toBe(true);
    const { plain, compiled, isCompiled } = await bothWays({ query, variables: { n: 500 } });
    expect(compiled).toEqual(plain);
    expect(compiled.status).toBe(400);
    expect(isCompiled).toBe(false);
  });

  it('know keys of entities in the order of the schema', () => {
    for (const [name, { keys }] of Object.entries(SHAPES)) {
      if (keys !== undefined) expect(Object.keys(keys), name).toEqual(keysOf(schema.getType(name) as never));
    }
  });
});
