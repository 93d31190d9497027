import { readdirSync, readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph';
import { parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Context } from './context.ts';
import { checkReferences } from './references.ts';
import { resolvers } from './resolvers/index.ts';
import { guardSchema, type Guards } from './scopes.ts';

const FOLDER = new URL('../schema/', import.meta.url);

/** The schema as it is written, one document a file, in the order of their names. */
export function readSdl(): { name: string; document: DocumentNode }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({
      name: file.replace(/\.graphql$/, ''),
      document: parse(readFileSync(new URL(file, FOLDER), 'utf8')),
    }));
}

/** The executable subgraph, and what guards it. */
export interface Subgraph {
  schema: GraphQLSchema;
  guards: Guards;
}

/**
 * Builds the subgraph. Every path into it asks for the scopes that the schema names.
 *
 * @throws when a root field or an entity names none: what was forgotten must not be open.
 */
export function buildSubgraph(): Subgraph {
  const typeDefs = readSdl().map(({ document }) => document);
  const schema = buildSubgraphSchema(
    typeDefs.map((document, index) => ({
      typeDefs: document,
      resolvers: index === 0 ? (resolvers as GraphQLResolverMap<Context>) : {},
    })),
  );
  checkReferences(schema);
  return { schema, guards: guardSchema(schema) };
}
