import { existsSync, readdirSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { printSubgraphSchema } from '@apollo/subgraph';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  parse,
  print,
  type GraphQLNamedType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { resolvers } from '#src/resolvers/index.ts';
import { buildSubgraph, readSdl } from '#src/schema.ts';

const { schema } = buildSubgraph();
const documents = readSdl();
const sdl = documents.map(({ document }) => print(document)).join('\n\n');
const FEDERATION = /^(_|federation__|link__|core__)/;

const ours = (type: GraphQLNamedType) =>
  !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !FEDERATION.test(type.name);

/** Everything that must be described, by its place. */
function describable(): [string, string | null | undefined][] {
  const found: [string, string | null | undefined][] = [];
  for (const type of Object.values(schema.getTypeMap()).filter(ours)) {
    // The root types speak through their fields.
    const roots: unknown[] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    if (!roots.includes(type)) found.push([type.name, type.description]);
    if (isEnumType(type)) {
      for (const value of type.getValues()) found.push([`${type.name}.${value.name}`, value.description]);
    }
    if (isObjectType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        if (field.name.startsWith('_')) continue;
        found.push([`${type.name}.${field.name}`, field.description]);
        const args = 'args' in field ? field.args : [];
        for (const arg of args) found.push([`${type.name}.${field.name}(${arg.name})`, arg.description]);
      }
    }
  }
  return found;
}

describe('the schema', () => {
  it('says a sentence about every type, field, argument and value', () => {
    const silent = describable().filter(([, text]) => text == null || !/^\S.*[.?]$/s.test(text.trim()));
    expect(silent.map(([place]) => place)).toEqual([]);
  });

  it('has a resolvers file for every schema file, and the other way round', () => {
    const helpers = new Set([
      'index',
      'scalars',
      'connection',
      'payload',
      'missing',
      'account-of',
      'users-page',
      'question',
      'costs',
      'findings',
      'subscribed',
    ]);
    const names = readdirSync(new URL('../src/resolvers', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));
    expect(names.filter((name) => !helpers.has(name)).sort()).toEqual(documents.map(({ name }) => name).sort());
    expect(existsSync(new URL('../schema/base.graphql', import.meta.url))).toBe(true);
  });

  it('resolves every root field and every reference itself', () => {
    const missing: string[] = [];
    for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
      const resolved = (resolvers as Record<string, object>)[root?.name ?? ''] ?? {};
      for (const name of Object.keys(root?.getFields() ?? {})) {
        if (!name.startsWith('_') && !(name in resolved)) missing.push(`${root?.name}.${name}`);
      }
    }
    for (const { document } of documents) {
      for (const node of document.definitions) {
        const isEntity =
          node.kind === Kind.OBJECT_TYPE_DEFINITION && node.directives?.some(({ name }) => name.value === 'key');
        if (!isEntity) continue;
        const resolved = (resolvers as Record<string, object>)[node.name.value] ?? {};
        if (!('__resolveReference' in resolved)) missing.push(`${node.name.value} by reference`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('has no resolver for what it does not have', () => {
    const unknown: string[] = [];
    for (const [typeName, fields] of Object.entries(resolvers as Record<string, object>)) {
      const type = schema.getType(typeName);
      if (type === undefined) unknown.push(typeName);
      if (!isObjectType(type)) continue;
      for (const name of Object.keys(fields)) {
        if (name !== '__resolveReference' && !(name in type.getFields())) unknown.push(`${typeName}.${name}`);
      }
    }
    expect(unknown).toEqual([]);
  });

  it('keys entities by scalars that every subgraph has', () => {
    for (const { document } of documents) {
      for (const node of document.definitions) {
        if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
        for (const key of node.directives?.filter(({ name }) => name.value === 'key') ?? []) {
          const value = key.arguments?.find(({ name }) => name.value === 'fields')?.value;
          const field = value?.kind === Kind.STRING ? value.value : '';
          const type = schema.getType(node.name.value);
          const keyType = isObjectType(type) ? type.getFields()[field]?.type : undefined;
          expect(keyType && isSpecifiedScalarType(getNamedType(keyType)), `${node.name.value} by ${field}`).toBe(true);
        }
      }
    }
  });

  it('tells routers how long lists are, and contracts what can be left out', () => {
    const wrong: string[] = [];
    for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
      for (const field of Object.values(type.getFields())) {
        const directives = (field.astNode?.directives ?? []).map((node) => print(node));
        const says = (text: string) => directives.some((directive) => directive.includes(text));
        const place = `${type.name}.${field.name}`;
        if (field.args.some(({ name }) => name === 'first') && !says('slicingArguments: ["first"]')) {
          wrong.push(`${place} has pages and no @listSize(slicingArguments: ["first"], sizedFields: …)`);
        }
        // What can be read anyway needs no tag: whoever leaves a tag out means things that are done, or topics.
        for (const [scope, tag] of [
          ['zoom:operate', 'operate'],
          ['zoom:admin', 'admin'],
          ['zoom:meetings', 'meetings'],
        ] as const) {
          if (tag !== 'meetings' && type !== schema.getMutationType()) continue;
          if (says(`"${scope}"`) !== says(`@tag(name: "${tag}")`)) {
            wrong.push(`${place} needs ${scope} and no @tag(name: "${tag}"), or the other way round`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('changes only where a reviewer sees it', async () => {
    await expect(`${printSubgraphSchema(schema)}\n`).toMatchFileSnapshot('./__snapshots__/schema.graphql');
  });
});

describe('composition', () => {
  const service = (name: string, text: string) => ({ name, url: `http://${name}.invalid`, typeDefs: parse(text) });
  const compose = (...others: { name: string; url: string; typeDefs: ReturnType<typeof parse> }[]) =>
    composeServices([service('zoom', sdl), ...others]);

  it('succeeds alone', () => {
    expect(compose().errors).toBeUndefined();
  });

  it('succeeds with others who know the same people and accounts', () => {
    const hr = service(
      'hr',
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
       type Query { employees: [User!]! }
       type User @key(fields: "email") { email: String! employeeNumber: String manager: User }
       type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }`,
    );
    const finance = service(
      'finance',
      `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
       type Query { invoices: [Invoice!]! }
       type Invoice { id: ID! license: License account: Account }
       type License @key(fields: "id", resolvable: false) { id: ID! }
       type Account @key(fields: "zoomAccountId") { zoomAccountId: String! invoices: [Invoice!]! }`,
    );
    const { errors, supergraphSdl } = compose(hr, finance);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain('employeeNumber');
  });
});
