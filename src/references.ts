import { isObjectType, Kind, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { Context } from './context.ts';
import { AppError } from './errors.ts';

/** What a gateway sends to name an entity; anything until it was checked. */
type Reference = Readonly<Record<string, unknown>>;

/** How an entity is looked up by a reference. */
export type ReferenceResolver = (reference: Reference, context: Context, info: unknown) => unknown;

interface Extensions {
  apollo?: { subgraph?: { resolveReference?: ReferenceResolver } };
}

/** Fields of an entity's keys; each key of ours is one field. Empty for what is no entity. */
export function keysOf(type: GraphQLObjectType): string[] {
  return (type.astNode?.directives ?? [])
    .filter(({ name }) => name.value === 'key')
    .flatMap(({ arguments: list }) => list?.find(({ name }) => name.value === 'fields')?.value ?? [])
    .flatMap((value) => (value.kind === Kind.STRING ? [value.value] : []));
}

/**
 * Puts something before the lookup of an entity, in place.
 *
 * @throws when the entity can't be looked up.
 */
export function wrapReference(type: GraphQLObjectType, wrap: (resolve: ReferenceResolver) => ReferenceResolver): void {
  const { subgraph } = (type.extensions as Extensions).apollo ?? {};
  if (subgraph?.resolveReference === undefined) throw new Error(`The entity ${type.name} has no way to be referenced.`);
  subgraph.resolveReference = wrap(subgraph.resolveReference);
}

/**
 * Checks what names an entity before anything is looked up, in place: a type that there is, and a value for one of its
 * keys. Lookups then get that one key, as a text.
 */
export function checkReferences(schema: GraphQLSchema): void {
  const entities = new Set<unknown>();
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    const keys = keysOf(type);
    if (keys.length === 0) continue;
    entities.add(type.name);
    wrapReference(type, (resolve) => (reference, context, info) => {
      const key = keys.find((name) => typeof reference[name] === 'string' || Number.isSafeInteger(reference[name]));
      if (key === undefined) {
        throw new AppError('BAD_USER_INPUT', `A reference to ${type.name} needs a value for ${keys.join(' or ')}.`);
      }
      return resolve({ __typename: type.name, [key]: String(reference[key]) }, context, info);
    });
  }
  const field = schema.getQueryType()?.getFields()['_entities'];
  const resolve = field?.resolve;
  if (field === undefined || resolve === undefined) return;
  field.resolve = (parent, args, context, info) => {
    for (const representation of args['representations'] as unknown[]) {
      const name: unknown = (representation as Reference | null)?.['__typename'];
      if (!entities.has(name)) throw new AppError('BAD_USER_INPUT', 'A representation names no entity of ours.');
    }
    return resolve(parent, args, context, info);
  };
}
