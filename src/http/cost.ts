import {
  getDirectiveValues,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE } from '../datasources/store/page.ts';
import { AppError } from '../errors.ts';
import { fragmentsOf } from './documents.ts';
import { LIMITS } from './screen.ts';

type Variables = Readonly<Record<string, unknown>>;

/** How long a list is, as the schema tells it. */
interface ListSize {
  assumedSize: number | null;
  slicingArguments: readonly string[];
  sizedFields: readonly string[];
}

interface Price {
  /** What one costs by itself. */
  weight: number;
  list: ListSize | null;
}

/** What a list is taken for that doesn't say how long it is. */
const ASSUMED_SIZE = 10;

/** The same for what is asked about the schema itself. */
const INTROSPECTED: Readonly<Record<string, number>> = {
  types: 250,
  args: 2,
  inputFields: 4,
  enumValues: 4,
  interfaces: 1,
  possibleTypes: 1,
};

/** What an operation will cost at most, worked out before it runs. */
export type CostOf = (document: DocumentNode, operation: OperationDefinitionNode, variables: Variables) => number;

/**
 * Works costs out as the schema says by `@cost` and `@listSize`: an object costs 1, a value nothing, a field with
 * `@cost` what that says, and everything in a list as often as the list is long. A page is as long as it may be.
 *
 * @throws {AppError} BAD_USER_INPUT for more representations than a request may have.
 */
export function costsOf(schema: GraphQLSchema): CostOf {
  const prices = new Map<GraphQLField<unknown, unknown>, Price>();
  const priceOf = (field: GraphQLField<unknown, unknown>): Price => {
    let price = prices.get(field);
    if (price === undefined) prices.set(field, (price = readPrice(schema, field)));
    return price;
  };
  return (document, operation, variables) => {
    const fragments = fragmentsOf(document);
    const known = new Map<string, number>();
    let representations = 0;

    const costOfField = (node: FieldNode, parent: GraphQLNamedType | undefined, sized: Map<string, number>): number => {
      if (node.name.value === '_entities') {
        const list = argumentOf(node, 'representations', operation, variables);
        const count = Array.isArray(list) ? list.length : 0;
        representations += count;
        return count * (1 + below(node, schema.getType('_Entity')));
      }
      const field =
        META.find(({ name }) => name === node.name.value) ??
        (isObjectType(parent) ? parent.getFields()[node.name.value] : undefined);
      if (field === undefined) return 0;
      const { weight, list } = priceOf(field);
      const slice = list?.slicingArguments.map((name) => argumentOf(node, name, operation, variables));
      // What is no number is refused elsewhere.
      const sizes = slice?.filter((size): size is number => typeof size === 'number' && size > 0);
      const size = sizes?.length ? Math.max(...sizes) : (list?.assumedSize ?? null);
      const inner = new Map(size === null ? [] : list?.sizedFields.map((name) => [name, size]));
      const total = weight + below(node, getNamedType(field.type), inner);
      if (sized.has(field.name)) return (sized.get(field.name) ?? 1) * total;
      return (isList(field) ? (size ?? ASSUMED_SIZE) : 1) * total;
    };
    const below = (node: FieldNode, type: GraphQLNamedType | undefined, sized = new Map<string, number>()): number =>
      node.selectionSet === undefined ? 0 : sum(node.selectionSet, type, sized);
    const sum = (set: SelectionSetNode, parent: GraphQLNamedType | undefined, sized: Map<string, number>): number =>
      set.selections.reduce((total, selection) => {
        if (selection.kind === Kind.FIELD) return total + costOfField(selection, parent, sized);
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const on = selection.typeCondition?.name.value;
          return total + sum(selection.selectionSet, on === undefined ? parent : schema.getType(on), sized);
        }
        return total + costOfFragment(selection.name.value, sized);
      }, 0);
    const costOfFragment = (name: string, sized: Map<string, number>): number => {
      const key = `${name} ${[...sized].join()}`;
      const before = known.get(key);
      const definition = fragments.get(name);
      if (before !== undefined || definition === undefined) return before ?? 0;
      const cost = sum(definition.selectionSet, schema.getType(definition.typeCondition.name.value), sized);
      known.set(key, cost);
      return cost;
    };

    const total = sum(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, new Map());
    if (representations > LIMITS.representations) {
      throw new AppError('BAD_USER_INPUT', `\`representations\` may hold ${LIMITS.representations} in all.`);
    }
    return total;
  };
}

/** Says no to an operation that costs too much; the answer tells by `extensions.cost` how much too much. */
export function checkCost(cost: number): void {
  if (cost <= LIMITS.cost) return;
  throw new AppError(
    'BAD_USER_INPUT',
    `The operation may cost ${cost}, of which ${LIMITS.cost} may be spent at once. Make \`first\` smaller, or ask in parts.`,
  );
}

const META: readonly GraphQLField<unknown, unknown>[] = [SchemaMetaFieldDef, TypeMetaFieldDef];

const isList = ({ type }: GraphQLField<unknown, unknown>) => isListType(isNonNullType(type) ? type.ofType : type);

function readPrice(schema: GraphQLSchema, field: GraphQLField<unknown, unknown>): Price {
  const read = (name: string) => {
    const directive = schema.getDirective(name) ?? schema.getDirective(`federation__${name}`);
    if (directive == null || field.astNode == null) return undefined;
    return getDirectiveValues(directive, field.astNode);
  };
  const weight = read('cost')?.['weight'] as number | undefined;
  const told = read('listSize');
  const isIntrospection = getNamedType(field.type).name.startsWith('__');
  const target = getNamedType(field.type);
  // Pages are pages even where nobody said so.
  const isPage = isObjectType(target) && target.getFields()['nodes'] !== undefined;
  const list = (name: string) => told?.[name] as string[] | null | undefined;
  return {
    weight: weight ?? (isLeafType(target) ? 0 : 1),
    list: {
      assumedSize:
        (told?.['assumedSize'] as number | null | undefined) ??
        (isIntrospection ? INTROSPECTED[field.name] : undefined) ??
        (isPage ? DEFAULT_PAGE_SIZE : null),
      slicingArguments: list('slicingArguments') ?? (isPage ? ['first'] : []),
      sizedFields: list('sizedFields') ?? (isPage ? ['nodes', 'edges'] : []),
    },
  };
}

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
