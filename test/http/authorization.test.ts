import { composeServices } from '@apollo/composition';
import { isUnionType, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { MeetingRow } from '#src/db/tables/rows.ts';
import { buildSubgraph } from '#src/schema.ts';
import { testDatabase } from '../support/database.ts';
import { oneOfEach } from '../support/one-of-each.ts';
import { callOf } from '../support/schema-paths.ts';
import { startServer, type TestServer } from '../support/server.ts';

const { schema } = buildSubgraph();

let database: Database;
let server: TestServer;
let meeting: MeetingRow;
let references: Record<string, Record<string, string>[]>;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  ({ references, meeting } = await oneOfEach(database));
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const codes = (answer: { errors: { extensions: { code: string } }[] | undefined }) =>
  answer.errors?.map(({ extensions }) => extensions.code);

/** One operation for each root field, and who may run it. */
function rootFields(): { name: string; operation: string; allowed: string[][] }[] {
  const allowedFor = (name: string): string[][] => {
    if (/^(create|update|delete|authorize|validate|deauthorize)Integration$/.test(name)) return [['zoom:admin']];
    if (name === 'releaseReclamations') return [['zoom:admin']];
    if (name === 'holdReclamations') return [['zoom:operate'], ['zoom:admin']];
    if (schema.getMutationType()?.getFields()[name] !== undefined) return [['zoom:operate']];
    return name === 'auditEvents' ? [['zoom:operate'], ['zoom:admin']] : [['zoom:read']];
  };
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {})
      .filter(({ name }) => !name.startsWith('_'))
      .map((field) => {
        // A user needs one of two arguments, of which neither is needed.
        const call = callOf({ type: root!, field }, (_, name) => (name === 'id' ? '"unknown"' : null));
        const kind = root === schema.getQueryType() ? 'query' : 'mutation';
        return {
          name: field.name,
          operation: `${kind} { ${call} { __typename } }`,
          allowed: allowedFor(field.name),
        };
      }),
  );
}

describe('root fields', () => {
  it.each(rootFields())('$name needs its scope', async ({ operation, allowed }) => {
    const nobody = await server.ask(operation, {}, { scopes: null });
    expect(nobody.status).toBe(401);
    expect(codes(nobody)).toEqual(['UNAUTHENTICATED']);

    const others = ['zoom:read', 'zoom:meetings', 'zoom:operate', 'zoom:admin'].filter(
      (scope) => !allowed.some((set) => set.includes(scope)),
    );
    for (const scopes of [[], others, ['zoom:READ', 'zoom:operat', 'zoom:admins', 'zoom']]) {
      const refused = await server.ask(operation, {}, { scopes });
      expect(codes(refused)).toEqual(['FORBIDDEN']);
      expect(Object.values(refused.data ?? {}).filter((value) => value !== null)).toEqual([]);
    }
    for (const scopes of allowed) {
      const answer = await server.ask(operation, {}, { scopes });
      expect(codes(answer) ?? []).not.toContain('FORBIDDEN');
      expect(codes(answer) ?? []).not.toContain('UNAUTHENTICATED');
    }
  });
});

describe('entities', () => {
  const fetch = (typename: string, key: Record<string, string>, scopes: string[] | null, fields = '__typename') =>
    server.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${typename} { ${fields} } } }`,
      { representations: [{ __typename: typename, ...key }] },
      { scopes },
    );

  it('are tested, all of them', () => {
    const entities = schema.getType('_Entity');
    const names = isUnionType(entities) ? entities.getTypes() : [];
    expect(Object.keys(references).sort()).toEqual(names.map(({ name }) => name).sort());
  });

  it('need their scope, by every key', async () => {
    for (const [typename, keys] of Object.entries(references)) {
      const allowed = typename === 'AuditEvent' ? ['zoom:operate', 'zoom:admin'] : ['zoom:read'];
      const others = ['zoom:read', 'zoom:meetings', 'zoom:operate', 'zoom:admin'].filter(
        (scope) => !allowed.includes(scope),
      );
      for (const key of keys) {
        const [name] = Object.keys(key);
        expect(codes(await fetch(typename, key, null)), typename).toEqual(['UNAUTHENTICATED']);
        for (const scopes of [[], others]) {
          const refused = await fetch(typename, key, scopes, name);
          expect(codes(refused), `${typename} by ${name}`).toEqual(['FORBIDDEN']);
          expect(refused.data?._entities ?? [null]).toEqual([null]);
        }
        for (const scope of allowed) {
          const answer = await fetch(typename, key, [scope], name);
          expect(answer.errors, `${typename} by ${name}`).toBeUndefined();
          expect(answer.data._entities[0]).toMatchObject(key);
        }
      }
    }
  });

  it('are null when unknown', async () => {
    for (const [typename, keys] of Object.entries(references)) {
      for (const key of keys) {
        const unknown = Object.fromEntries(Object.keys(key).map((name) => [name, 'unknown']));
        const answer = await fetch(typename, unknown, ['zoom:read', 'zoom:admin']);
        expect([answer.errors, answer.data?._entities], typename).toEqual([undefined, [null]]);
      }
    }
  });
});

describe('what meetings were about', () => {
  const fields = 'id topic participants { nodes { email } }';

  it('is told to who may know', async () => {
    const { data } = await server.ask(
      `{ meeting(id: "${meeting.id}") { ${fields} } }`,
      {},
      { scopes: ['zoom:read', 'zoom:meetings'] },
    );
    expect(data.meeting).toMatchObject({
      topic: meeting.topic,
      participants: { nodes: [{ email: 'guest@example.com' }] },
    });
  });

  it.each([
    ['directly', () => `{ meeting(id: "${meeting.id}") { ${fields} } }`],
    ['through a user', () => `{ users { nodes { meetings { nodes { ${fields} } edges { node { ${fields} } } } } } }`],
    [
      'as an entity',
      () =>
        `{ _entities(representations: [{ __typename: "Meeting", id: "${meeting.id}" }]) { ... on Meeting { ${fields} } } }`,
    ],
    [
      'under another name',
      () =>
        `{ meeting(id: "${meeting.id}") { ...M } } fragment M on Meeting { a: topic b: participants { totalCount } }`,
    ],
  ])('is not told %s to who only reads', async (_, query) => {
    const answer = await server.ask(query(), {}, { scopes: ['zoom:read'] });
    expect(new Set(codes(answer))).toEqual(new Set(['FORBIDDEN']));
    expect(JSON.stringify(answer.data)).not.toMatch(/Secret plan|guest@example|totalCount/);
  });

  it('does not spoil the rest of the answer', async () => {
    const answer = await server.ask(`{ meeting(id: "${meeting.id}") { id topic } }`, {}, { scopes: ['zoom:read'] });
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({ meeting: { id: meeting.id, topic: null } });
    expect(answer.errors?.[0]?.path).toEqual(['meeting', 'topic']);
  });
});

describe('what a mutation answers', () => {
  const create = (selection: string, scopes: string[]) =>
    server.ask(
      `mutation { createIntegration(input: { displayName: "Mine" }) { ${selection} userErrors { code } } }`,
      {},
      { scopes },
    );

  it('is the changed thing, for who may change it', async () => {
    const { data, errors } = await create('integration { id displayName status tasks { task } }', ['zoom:admin']);
    expect(errors).toBeUndefined();
    expect(data.createIntegration.integration).toMatchObject({ displayName: 'Mine', status: 'DRAFT' });
  });

  it('leads no further, and nothing is done when it would', async () => {
    const count = async () => (await database.sql`select count(*)::int as n from integrations`)[0]?.['n'];
    const before = await count();
    for (const way of [
      'account { users { totalCount } }',
      'jobRuns { totalCount }',
      '... on Integration { account { name } }',
    ]) {
      expect(codes(await create(`integration { id ${way} }`, ['zoom:admin'])), way).toEqual(['FORBIDDEN']);
    }
    expect(await count()).toBe(before);
  });
});

describe('without a token', () => {
  it('the schema may be read, as gateways do', async () => {
    const { data } = await server.ask(
      '{ __typename _service { sdl } ...S } fragment S on Query { __schema { queryType { name } } }',
      {},
      { scopes: null },
    );
    expect(data.__schema.queryType.name).toBe('Query');
    const { errors } = composeServices([
      { name: 'zoom', url: 'http://zoom.invalid', typeDefs: parse(data._service.sdl) },
    ]);
    expect(errors).toBeUndefined();
  });

  it('nothing else comes along with it', async () => {
    for (const query of [
      '{ __typename integrations { id } }',
      '{ ...Q } fragment Q on Query { _service { sdl } integrations { id } }',
      '{ __typename _entities(representations: []) { __typename } }',
      'mutation { __typename }',
    ]) {
      const answer = await server.ask(query, {}, { scopes: null });
      expect([answer.status, ...(codes(answer) ?? [])], query).toEqual([401, 'UNAUTHENTICATED']);
    }
  });
});
