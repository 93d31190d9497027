import {
  getNamedType,
  GraphQLError,
  isInterfaceType,
  isObjectType,
  Kind,
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { DEFAULT_PAGE_SIZE } from '../datasources/store/page.ts';
import { AppError } from '../errors.ts';

/** What one document may be. Everything that people and gateways write stays far below. */
export const LIMITS = {
  tokens: 4_000,
  depth: 16,
  aliases: 60,
  rootFields: 20,
  recursiveSelections: 20_000,
  representations: 1_000,
  /** Rows that the page sizes of a request multiply to. */
  rows: 300_000,
} as const;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(document: DocumentNode): Fragments {
  return new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
}

interface Size {
  depth: number;
  aliases: number;
  /** Fields at the top of the selection. */
  fields: number;
}

/** Validation rule: refuses operations that are too deep, rename too much or ask for too many things at once. */
export function documentLimits(context: ValidationContext): ASTVisitor {
  const fragments = fragmentsOf(context.getDocument());
  const known = new Map<string, Size>();
  const measure = (selectionSet: SelectionSetNode): Size => {
    const size = { depth: 0, aliases: 0, fields: 0 };
    for (const selection of selectionSet.selections) {
      let inner: Size;
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet && measure(selection.selectionSet);
        inner = {
          depth: 1 + (below?.depth ?? 0),
          aliases: (selection.alias === undefined ? 0 : 1) + (below?.aliases ?? 0),
          fields: 1,
        };
      } else {
        inner =
          selection.kind === Kind.INLINE_FRAGMENT ? measure(selection.selectionSet) : fragment(selection.name.value);
      }
      size.depth = Math.max(size.depth, inner.depth);
      size.aliases += inner.aliases;
      size.fields += inner.fields;
    }
    return size;
  };
  const fragment = (name: string): Size => {
    let size = known.get(name);
    if (size === undefined) {
      // A fragment that contains itself is refused by a rule of its own; here it must only come to an end.
      known.set(name, { depth: 0, aliases: 0, fields: 0 });
      const definition = fragments.get(name);
      if (definition !== undefined) known.set(name, measure(definition.selectionSet));
      size = known.get(name) ?? { depth: 0, aliases: 0, fields: 0 };
    }
    return size;
  };
  return {
    OperationDefinition(operation) {
      const size = measure(operation.selectionSet);
      const refuse = (text: string) => context.reportError(new GraphQLError(text, { nodes: operation }));
      if (size.depth > LIMITS.depth) refuse(`The operation is nested deeper than ${LIMITS.depth} fields.`);
      if (size.aliases > LIMITS.aliases) refuse(`The operation has more than ${LIMITS.aliases} aliases.`);
      if (size.fields > LIMITS.rootFields) refuse(`The operation has more than ${LIMITS.rootFields} root fields.`);
      if (operation.operation === 'mutation' && size.fields > 1) refuse('An operation may hold one mutation only.');
    },
  };
}

/** Fields that say what the schema is; who asks only for these needs no token. */
const PUBLIC: ReadonlySet<string> = new Set(['__typename', '__schema', '__type', '_service']);

/** Does the operation ask for nothing but the schema? */
export function isPublic(document: DocumentNode, operation: OperationDefinitionNode): boolean {
  const fragments = fragmentsOf(document);
  const areAll = (selectionSet: SelectionSetNode): boolean =>
    selectionSet.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return PUBLIC.has(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return areAll(selection.selectionSet);
      const fragment = fragments.get(selection.name.value);
      return fragment !== undefined && areAll(fragment.selectionSet);
    });
  return operation.operation === 'query' && areAll(operation.selectionSet);
}

type Variables = Readonly<Record<string, unknown>>;

/** Value of an argument: a literal, or what the variable (or its default) holds. */
function argumentOf(field: FieldNode, name: string, operation: OperationDefinitionNode, variables: Variables): unknown {
  let value = field.arguments?.find((argument) => argument.name.value === name)?.value;
  if (value?.kind === Kind.VARIABLE) {
    const variable = value.name.value;
    if (variables[variable] !== undefined) return variables[variable];
    value = operation.variableDefinitions?.find(
      (definition) => definition.variable.name.value === variable,
    )?.defaultValue;
  }
  if (value?.kind === Kind.INT) return Number(value.value);
  return value?.kind === Kind.LIST ? value.values : undefined;
}

/**
 * Refuses operations whose values make them too large: too many representations, or page sizes that multiply to too
 * many rows.
 *
 * @throws {AppError} BAD_USER_INPUT
 */
export function checkSize(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): void {
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();
  let representations = 0;

  const factor = (field: FieldNode, type: GraphQLNamedType | undefined): number => {
    if (field.name.value === '_entities') {
      const list = argumentOf(field, 'representations', operation, variables);
      const count = Array.isArray(list) ? list.length : 0;
      representations += count;
      return count;
    }
    if (!isObjectType(type) || type.getFields()['nodes'] === undefined) return 1;
    const first = argumentOf(field, 'first', operation, variables);
    // What is no number is refused elsewhere.
    return typeof first === 'number' && first > 0 ? first : DEFAULT_PAGE_SIZE;
  };
  const rows = (selectionSet: SelectionSetNode, parent: GraphQLNamedType | undefined): number => {
    let sum = 0;
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const isParent = isObjectType(parent) || isInterfaceType(parent);
        const definition = isParent ? parent.getFields()[selection.name.value] : undefined;
        const type =
          selection.name.value === '_entities'
            ? schema.getType('_Entity')
            : definition && getNamedType(definition.type);
        const count = factor(selection, type);
        const below = selection.selectionSet === undefined ? 0 : rows(selection.selectionSet, type);
        sum += count === 1 ? below : count * (1 + below);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition?.name.value;
        sum += rows(selection.selectionSet, on === undefined ? parent : schema.getType(on));
      } else {
        sum += rowsOfFragment(selection.name.value);
      }
    }
    return sum;
  };
  const rowsOfFragment = (name: string): number => {
    const definition = fragments.get(name);
    let sum = known.get(name);
    if (sum === undefined && definition !== undefined) {
      sum = rows(definition.selectionSet, schema.getType(definition.typeCondition.name.value));
      known.set(name, sum);
    }
    return sum ?? 0;
  };

  const total = rows(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  if (representations > LIMITS.representations) {
    throw new AppError('BAD_USER_INPUT', `\`representations\` may hold ${LIMITS.representations} in all.`);
  }
  if (total > LIMITS.rows) {
    throw new AppError(
      'BAD_USER_INPUT',
      `The page sizes multiply to ${total} rows; ${LIMITS.rows} may be asked for at once. Make \`first\` smaller.`,
    );
  }
}
