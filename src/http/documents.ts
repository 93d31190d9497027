import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Config, Openness } from '../config.ts';
import { AppError } from '../errors.ts';

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
}

/** Names of the fields at the top of an operation, through its fragments. */
function rootFields(document: DocumentNode, operation: OperationDefinitionNode): Set<string> {
  const fragments = fragmentsOf(document);
  const names = new Set<string>();
  const collect = (selectionSet: SelectionSetNode): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else collect(fragments.get(selection.name.value)?.selectionSet ?? selectionSet);
    }
  };
  collect(operation.selectionSet);
  return names;
}

/**
 * Does the operation need a token? Not where it asks for nothing but the schema, and the schema is for anybody.
 *
 * @throws {AppError} FORBIDDEN for a part of the schema that is told to nobody.
 */
export function needsToken(
  { introspection, sdl }: Config['schemaAccess'],
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  const opennessOf = (name: string): Openness => {
    if (operation.operation !== 'query') return 'token';
    if (name === '__typename') return 'anybody';
    if (name === '__schema' || name === '__type') return introspection;
    return name === '_service' ? sdl : 'token';
  };
  const asked = [...rootFields(document, operation)].map(opennessOf);
  if (asked.includes('nobody')) throw new AppError('FORBIDDEN', 'The schema is not told here.');
  return asked.includes('token');
}
