import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A field, and the type that it is of. */
export interface Step {
  type: GraphQLObjectType;
  field: GraphQLField<unknown, unknown>;
}

/** Types that are ours: what begins with an underscore is GraphQL's or the federation's. */
export function ownTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_'));
}

export function ownFields(type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
  return Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));
}

/** The shortest way from one of `starts` to every type that can be reached from there; a start's own is empty. */
export function waysFrom(starts: readonly GraphQLObjectType[]): Map<GraphQLObjectType, Step[]> {
  const ways = new Map<GraphQLObjectType, Step[]>(starts.map((type) => [type, []]));
  for (const [type, way] of ways) {
    for (const field of ownFields(type)) {
      const target = getNamedType(field.type);
      if (isObjectType(target) && !ways.has(target)) ways.set(target, [...way, { type, field }]);
    }
  }
  return ways;
}

/** A literal of an input type, with nothing in it that needn't be. Ids are of nothing. */
export function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return `[${literal(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const needed = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) && field.defaultValue === undefined,
    );
    return `{ ${needed.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
  }
  const { name } = getNamedType(type);
  const known: Record<string, string> = { Int: '1', Boolean: 'true', Currency: '"EUR"' };
  return known[name] ?? '"unknown"';
}

/** A field with the arguments that it needs, and what `valueOf` gives for others. */
export function callOf({ type, field }: Step, valueOf: (step: Step, argument: string) => string | null): string {
  const args = field.args.flatMap((argument) => {
    const needed = isNonNullType(argument.type) && argument.defaultValue === undefined;
    const value = valueOf({ type, field }, argument.name) ?? (needed ? literal(argument.type) : null);
    return value === null ? [] : [`${argument.name}: ${value}`];
  });
  return args.length === 0 ? field.name : `${field.name}(${args.join(', ')})`;
}
