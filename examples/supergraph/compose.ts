import { composeServices } from '@apollo/composition';
import { concatAST, Kind, visit, type ASTNode, type DocumentNode } from 'graphql';
import { readSdl } from '../../src/schema.ts';
import { financeSchema } from './finance/subgraph.ts';
import { hrSchema } from './hr/subgraph.ts';

/** Where each subgraph answers. */
export interface Addresses {
  zoom: string;
  hr: string;
  finance: string;
}

/** The schema of this service as it is written. */
export const zoomSchema = concatAST(readSdl().map(({ document }) => document));

/**
 * One schema of the three.
 *
 * @param options.policies keep `@authenticated` and `@requiresScopes`. Apollo's gateway in JavaScript refuses schemas
 *   that have them; the subgraph enforces them anyway.
 * @throws when the subgraphs don't fit together, with every reason.
 */
export function composeSupergraph(
  addresses: Addresses,
  { policies = true, zoom = zoomSchema }: { policies?: boolean; zoom?: DocumentNode } = {},
): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'zoom', url: addresses.zoom, typeDefs: policies ? zoom : withoutPolicies(zoom) },
    { name: 'hr', url: addresses.hr, typeDefs: hrSchema },
    { name: 'finance', url: addresses.finance, typeDefs: financeSchema },
  ]);
  if (supergraphSdl === undefined) {
    throw new Error(`The subgraphs don't fit together:\n${errors.map(({ message }) => `- ${message}`).join('\n')}`);
  }
  return supergraphSdl;
}

const POLICIES = new Set(['authenticated', 'requiresScopes']);

/** A subgraph's schema that leaves it to the subgraph to say who may see what. */
function withoutPolicies(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: ({ name }): ASTNode | null | undefined => (POLICIES.has(name.value) ? null : undefined),
    ListValue: ({ values, ...list }): ASTNode => ({
      ...list,
      values: values.filter((value) => value.kind !== Kind.STRING || !POLICIES.has(value.value.replace('@', ''))),
    }),
  });
}
