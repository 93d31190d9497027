import { getNamedType, isObjectType, isUnionType, parse, type ConstDirectiveNode } from 'graphql';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '#src/caller.ts';
import type { Database } from '#src/db/client.ts';
import { buildSubgraph } from '#src/schema.ts';
import { guardSchema } from '#src/scopes.ts';
import { testDatabase } from '../support/database.ts';
import { oneOfEach } from '../support/one-of-each.ts';
import { callOf, ownFields, ownTypes, waysFrom, type Step } from '../support/schema-paths.ts';
import { startServer, token, type GraphQLAnswer, type TestServer } from '../support/server.ts';

/**
 * Every field of every type, with every kind of caller, by the way from the root and by the way from an entity. All of it
 * is made from the schema, so that a field is covered from the day on which it is added. What a way needs is worked out
 * here by itself, from the directives along it.
 */
const { schema } = buildSubgraph();

/** Scopes of which each list alone is enough. */
type Enough = string[][];

const query = schema.getQueryType()!;
const mutation = schema.getMutationType()!;
const subscription = schema.getSubscriptionType()!;
const payloads = new Set(ownFields(mutation).map(({ type }) => getNamedType(type).name));
const union = schema.getType('_Entity');
const entities = isUnionType(union) ? [...union.getTypes()] : [];

let database: Database;
let server: TestServer;
let references: Record<string, Record<string, string>[]>;

beforeAll(async () => {
  database = await testDatabase();
  // One moment for all of it: what is asked again has to be the same.
  const moment = new Date();
  server = await startServer(database, { deps: { now: () => moment } });
  ({ references } = await oneOfEach(database));
});
afterAll(async () => {
  await server.close();
  await database.close();
});

/** What a directive on a type or field asks for; `[[]]` is anybody with a token. */
function asked(node: { directives?: readonly ConstDirectiveNode[] } | null | undefined): Enough {
  const directive = node?.directives?.find(({ name }) => name.value === 'requiresScopes');
  const value = directive?.arguments?.[0]?.value;
  if (value?.kind !== 'ListValue') return [[]];
  return value.values.map((list) =>
    list.kind === 'ListValue' ? list.values.map((scope) => (scope.kind === 'StringValue' ? scope.value : '')) : [],
  );
}

const both = (one: Enough, other: Enough): Enough => one.flatMap((a) => other.map((b) => [...new Set([...a, ...b])]));

/** What a type asks for; a page asks for what its items ask for. */
function askedByType(name: string): Enough {
  const type = schema.getType(name);
  if (!isObjectType(type)) return [[]];
  const nodes = type.getFields()['nodes'];
  return asked(nodes === undefined ? type.astNode : (getNamedType(nodes.type) as typeof type).astNode);
}

/** What a way asks for in all, step by step. What a mutation changed may be seen by whoever may change it. */
function needed(way: readonly Step[], start: Enough): Enough {
  return way.reduce((sum, { type, field }) => {
    const target = payloads.has(type.name) ? [[]] : askedByType(getNamedType(field.type).name);
    return both(both(sum, asked(field.astNode)), target);
  }, start);
}

const isEnough = (scopes: readonly string[], enough: Enough) =>
  enough.some((list) => list.every((scope) => scopes.includes(scope)));

/** Sets of scopes that are not enough although nothing can be added to them without being so. */
function almost(enough: Enough): string[][] {
  const sets = Array.from({ length: 2 ** SCOPES.length }, (_, bits) =>
    SCOPES.filter((_, index) => bits & (1 << index)),
  );
  const wrong = sets.filter((set) => !isEnough(set, enough));
  return wrong.filter(
    (set) => !wrong.some((other) => other.length > set.length && set.every((s) => other.includes(s))),
  );
}

interface Cell {
  name: string;
  /** Where it stands, with it at the end. */
  way: Step[];
  /** The field as it is asked for where it stands. */
  selection: string;
  enough: Enough;
}

/** The fields of one type, and the document that asks for some of them. */
interface Row {
  isRoot: boolean;
  fields: Cell[];
  documentOf: (selection: string) => string;
}

const idOf = (typename: string) => references[typename]?.[0]?.['id'] ?? 'unknown';

function select(way: readonly Step[], tail: string): string {
  return way.reduceRight((inner, step) => {
    const call = callOf(step, ({ type, field }, argument) => {
      if (type === mutation) return null;
      if (argument === 'id') return JSON.stringify(idOf(getNamedType(field.type).name));
      if (argument === 'integrationId') return JSON.stringify(idOf('Integration'));
      return null;
    });
    return inner === '' ? call : `${call} { ${inner} }`;
  }, tail);
}

/** The fields of all types that a kind of way leads to. */
function rowsOf(kind: 'root' | 'entities'): Row[] {
  const ways = kind === 'root' ? waysFrom([query, mutation]) : waysFrom(entities);
  return ownTypes(schema).flatMap((type) => {
    const way = ways.get(type);
    if (way === undefined) return [];
    const start = way[0]?.type ?? type;
    const documentOf = (selection: string) => {
      const whole = select(way, selection);
      if (kind === 'root') return `${start === mutation ? 'mutation' : 'query'} { ${whole} }`;
      const representation = `{ __typename: "${start.name}", id: ${JSON.stringify(idOf(start.name))} }`;
      return `{ _entities(representations: [${representation}]) { ... on ${start.name} { ${whole} } } }`;
    };
    const fields = ownFields(type).map((field): Cell => {
      const whole = [...way, { type, field }];
      return {
        name: `${type.name}.${field.name}`,
        way: whole,
        selection: select([{ type, field }], isObjectType(getNamedType(field.type)) ? '__typename' : ''),
        enough: needed(whole, kind === 'root' ? [[]] : askedByType(start.name)),
      };
    });
    return [{ isRoot: type === mutation || type === query, fields, documentOf }];
  });
}

const codes = ({ errors }: GraphQLAnswer) => (errors ?? []).map(({ extensions }) => extensions.code);

/** What stands in an answer at the end of a way, in however many items of lists. */
function atTheEnd(data: unknown, names: readonly string[]): unknown[] {
  const [name, ...rest] = names;
  const items = (Array.isArray(data) ? data.flat() : [data]).filter((item) => item !== null && item !== undefined);
  if (name === undefined) return items;
  return items.flatMap((item) => atTheEnd((item as Record<string, unknown>)[name], rest));
}

/** What nobody without `zoom:meetings` may find in any answer. */
const CONTENT = /Secret plan|guest@example\.com|Guest 0/;

it('leaves no type out', () => {
  // What subscriptions lead to is reached by queries; their own doors are below.
  const reached = new Set([...waysFrom([query, mutation]).keys(), subscription]);
  expect(
    ownTypes(schema)
      .filter((type) => !reached.has(type))
      .map(String),
  ).toEqual([]);
});

describe.each(['root', 'entities'] as const)('every field by the way from the %s', (kind) => {
  const sizes = { types: 0, fields: 0, cases: 0 };

  it('is refused without a token and with scopes that are not enough, and only then', async () => {
    const wrong: string[] = [];
    for (const { fields, documentOf } of rowsOf(kind)) {
      sizes.types += 1;
      for (const { name, way, selection, enough } of fields) {
        sizes.fields += 1;
        const document = documentOf(selection);
        const names = [...(kind === 'root' ? [] : ['_entities']), ...way.map(({ field }) => field.name)];
        const nobody = await server.ask(document, {}, { scopes: null });
        if (nobody.status !== 401 || codes(nobody).join() !== 'UNAUTHENTICATED' || nobody.data !== undefined) {
          wrong.push(`${name} without a token: ${nobody.status}`);
        }
        const sets = [[], ['zoom:READ', 'zoom:meeting', 'zoom', '*'], ...almost(enough)];
        for (const scopes of sets) {
          const answer = await server.ask(document, {}, { scopes });
          const isRefused = answer.errors !== undefined && codes(answer).every((code) => code === 'FORBIDDEN');
          if (!isRefused || atTheEnd(answer.data, names).length > 0 || CONTENT.test(JSON.stringify(answer))) {
            wrong.push(`${name} with ${scopes.join(' ')}: ${JSON.stringify(answer).slice(0, 200)}`);
          }
        }
        sizes.cases += 1 + sets.length;
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is told to those whose scopes are enough', async () => {
    const wrong: string[] = [];
    for (const { isRoot, fields, documentOf } of rowsOf(kind)) {
      // Fields of one type that need the same are asked for together, but for root fields, of which a request may have few.
      const groups = Map.groupBy(fields, ({ name, enough }) => (isRoot ? name : JSON.stringify(enough)));
      for (const together of groups.values()) {
        const whole = documentOf(together.map(({ selection }) => selection).join(' '));
        const { enough } = together[0]!;
        for (const scopes of enough) {
          const answer = await server.ask(whole, {}, { scopes });
          const refused = codes(answer).filter((code) => code === 'FORBIDDEN' || code === 'UNAUTHENTICATED');
          const leaks = !scopes.includes('zoom:meetings') && CONTENT.test(JSON.stringify(answer));
          if (refused.length > 0 || answer.status >= 400 || leaks) {
            wrong.push(`${together.map(({ name }) => name).join()}: ${JSON.stringify(answer).slice(0, 200)}`);
          }
          sizes.cases += together.length;
          // What comes again may be answered another way.
          if (whole.startsWith('mutation')) continue;
          const again = await server.ask(whole, {}, { scopes });
          if (
            JSON.stringify(again.data) !== JSON.stringify(answer.data) ||
            codes(again).join() !== codes(answer).join()
          ) {
            wrong.push(`${together.map(({ name }) => name).join()} again: ${JSON.stringify(again).slice(0, 200)}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    console.info(`${kind}: ${sizes.fields} fields of ${sizes.types} types, ${sizes.cases} cases`);
    expect(sizes.cases).toBeGreaterThan(4 * sizes.fields - 1);
  });
});

describe('every subscription', () => {
  it('is refused without a token and with scopes that are not enough', async () => {
    const wrong: string[] = [];
    for (const field of ownFields(subscription)) {
      const way = [{ type: subscription, field }];
      const enough = needed(way, [[]]);
      const payload = { query: `subscription { ${select(way, '__typename')} }` };
      for (const scopes of [null, [], ['zoom:READ', '*'], ...almost(enough)]) {
        const authorization: Record<string, string> =
          scopes === null ? {} : { authorization: `Bearer ${await token(scopes)}` };
        const answer = await server.app.inject({
          method: 'POST',
          url: '/graphql',
          headers: { accept: 'text/event-stream', ...authorization },
          payload,
        });
        const { errors, data } = answer.json<GraphQLAnswer>();
        const expected = scopes === null ? [401, 'UNAUTHENTICATED'] : [403, 'FORBIDDEN'];
        const got = [answer.statusCode, errors?.[0]?.extensions.code];
        if (got.join() !== expected.join() || data !== undefined) wrong.push(`${field.name} with ${scopes}: ${got}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(ownFields(subscription).length).toBeGreaterThan(1);
  });
});

describe('a schema that forgets to say who may', () => {
  const federated = (sdl: string) => {
    const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", "@requiresScopes"])`;
    const resolvers = { Thing: { __resolveReference: () => ({ id: '1' }) } };
    return buildSubgraphSchema([{ typeDefs: parse(`${link} ${sdl}`), resolvers }]);
  };
  const READ = '@requiresScopes(scopes: [["zoom:read"]])';

  it.each([
    ['on a query', `type Query { a: Int ${READ} forgotten: Int }`, /Query\.forgotten names no scopes/],
    [
      'on a mutation',
      `type Query { a: Int ${READ} } type Mutation { forgotten: Int }`,
      /Mutation\.forgotten names no scopes/,
    ],
    [
      'on a subscription',
      `type Query { a: Int ${READ} } type Subscription { forgotten: Int }`,
      /Subscription\.forgotten names no scopes/,
    ],
    [
      'on an entity',
      `type Query { a: Thing ${READ} } type Thing @key(fields: "id") { id: ID! }`,
      /The entity Thing names no scopes/,
    ],
    [
      'and has a union, through which a type could be had that asks for more',
      `type Query { a: Any ${READ} } union Any = A type A ${READ} { id: ID! }`,
      /Any is a union or an interface/,
    ],
    [
      'and has an interface',
      `type Query { a: Named ${READ} } interface Named { id: ID! } type A implements Named ${READ} { id: ID! }`,
      /Named is a union or an interface/,
    ],
  ])('%s does not start', (_, sdl, why) => {
    expect(() => guardSchema(federated(sdl))).toThrow(why);
  });

  it('on a type below asks for what the way to it asked for, and a field that asks for more is guarded', () => {
    const guards = guardSchema(
      federated(`
        type Query { thing: Thing ${READ} }
        type Thing @key(fields: "id") ${READ} { id: ID! part: Part secret: Int @requiresScopes(scopes: [["zoom:meetings"]]) }
        type Part { name: String thing: Thing }`),
    );
    expect(Object.fromEntries(guards)).toEqual({
      Thing: [['zoom:read']],
      'Query.thing': [['zoom:read']],
      'Thing.secret': [['zoom:meetings']],
    });
  });
});
