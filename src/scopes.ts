import {
  defaultFieldResolver,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Caller } from './caller.ts';
import type { Context } from './context.ts';
import { AppError } from './errors.ts';
import { keysOf, wrapReference } from './references.ts';

/**
 * Enforcement of `@authenticated` and `@requiresScopes`, read from the schema itself. A router may check the same, but
 * routers have had holes, and not everybody comes through one.
 *
 * What is checked is every door: root fields, references of entities, and fields that ask for more than was already
 * asked on every way to them. Behind a door nothing is checked again, so a list of users costs no checks.
 */

/** Scopes as the directive has them: one of the lists is needed, and all of it. */
export type Requirement = readonly (readonly string[])[];

/** Needs nothing beyond a valid token. */
const ANYBODY: Requirement = [[]];

/** What each guarded field needs, by `Type.field`, and what each entity does, by `Type`. */
export type Guards = ReadonlyMap<string, Requirement>;

interface Annotated {
  astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined;
  extensionASTNodes?: readonly { readonly directives?: readonly ConstDirectiveNode[] | undefined }[] | undefined;
}

/** The requirement of a type or field; null where the schema names none. */
function requirementOf(schema: GraphQLSchema, { astNode, extensionASTNodes }: Annotated): Requirement | null {
  const nodes = [astNode, ...(extensionASTNodes ?? [])].filter((node) => node != null);
  const requiresScopes = schema.getDirective('requiresScopes') ?? schema.getDirective('federation__requiresScopes');
  let found: Requirement | null = null;
  for (const node of nodes) {
    if (node.directives?.some(({ name }) => name.value === 'authenticated')) found ??= ANYBODY;
    const values = requiresScopes == null ? undefined : getDirectiveValues(requiresScopes, node);
    if (values !== undefined) found = both(found ?? ANYBODY, values['scopes'] as Requirement);
  }
  return found;
}

/** Needs what either needs. */
function both(a: Requirement, b: Requirement): Requirement {
  return a.flatMap((one) => b.map((other) => [...new Set([...one, ...other])].sort()));
}

/** Does whoever meets `met` meet `wanted` as well? */
export function covers(met: Requirement, wanted: Requirement): boolean {
  return met.every((has) => wanted.some((needs) => needs.every((scope) => has.includes(scope))));
}

function isMet(requirement: Requirement, { scopes }: Caller): boolean {
  return requirement.some((needs) => needs.every((scope) => scopes.has(scope)));
}

/** @throws {AppError} FORBIDDEN naming what is missing. */
export function demand(requirement: Requirement, caller: Caller): void {
  if (isMet(requirement, caller)) return;
  const wanted = requirement.map((needs) => needs.join(' with ')).join(' or ');
  throw new AppError('FORBIDDEN', `This needs the scope ${wanted}.`);
}

/** Unions and interfaces would lead to types past what those ask for; the federation's own is guarded type by type. */
function refuseAbstract(schema: GraphQLSchema): void {
  const abstract = Object.values(schema.getTypeMap()).find(
    (type) => isAbstractType(type) && !type.name.startsWith('_'),
  );
  if (abstract === undefined) return;
  throw new Error(`${abstract.name} is a union or an interface: who may see what it leads to is not worked out.`);
}

/** What the analysis of the schema rests on. */
interface Plan {
  types: readonly GraphQLObjectType[];
  roots: ReadonlySet<unknown>;
  /** Requirement of a type; a page asks for what its items ask for. Null where nothing is asked. */
  ofType: (name: string) => Requirement | null;
  /** What entering a field asks for. */
  needs: (type: GraphQLObjectType, field: GraphQLField<unknown, Context>) => Requirement;
}

function plan(schema: GraphQLSchema): Plan {
  const types = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_'));
  const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const payloads = new Set(
    Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ type }) => getNamedType(type).name),
  );
  const found = new Map(
    types.map((type) => {
      const items = type.getFields()['nodes'];
      const item = items === undefined ? type : getNamedType(items.type);
      return [type.name, requirementOf(schema, isObjectType(item) ? item : type)];
    }),
  );
  const ofType = (name: string) => found.get(name) ?? null;
  return {
    types,
    roots,
    ofType,
    needs(type, field) {
      const own = requirementOf(schema, field);
      if (own === null && roots.has(type)) throw new Error(`${type.name}.${field.name} names no scopes.`);
      // Whoever may change a thing may see it as it is then; what it leads to asks anew.
      if (payloads.has(type.name)) return own ?? ANYBODY;
      return both(own ?? ANYBODY, ofType(getNamedType(field.type).name) ?? ANYBODY);
    },
  };
}

/** Fields that are ours to guard: what begins with an underscore is the federation's. */
function fieldsOf(type: GraphQLObjectType): GraphQLField<unknown, Context>[] {
  return Object.values(type.getFields()).filter(({ name }) => !name.startsWith('_'));
}

/**
 * Puts guards at every door of the schema, in place.
 *
 * @throws when a root field or an entity names no scopes, and for unions and interfaces.
 */
export function guardSchema(schema: GraphQLSchema): Guards {
  refuseAbstract(schema);
  const { types, roots, ofType, needs } = plan(schema);
  const met = whatIsMet({ types, roots, ofType, needs });
  const guards = new Map<string, Requirement>();
  for (const type of types) {
    const entity = guardReference(type, ofType(type.name));
    if (entity !== null) guards.set(type.name, entity);
    for (const field of fieldsOf(type)) {
      const needed = needs(type, field);
      if (!roots.has(type) && covers(met.get(type.name) ?? ANYBODY, needed)) continue;
      guards.set(`${type.name}.${field.name}`, needed);
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (parent, args, context, info) => {
        demand(needed, context.caller);
        return resolve(parent, args, context, info);
      };
    }
  }
  return guards;
}

/**
 * The least that has been asked for on the ways to each type: what the type itself asks for, or, where a way doesn't
 * ask for that, what was asked before.
 */
function whatIsMet({ types, roots, ofType, needs }: Plan): Map<string, Requirement> {
  const met = new Map<string, Requirement>();
  for (const type of types) {
    const own = roots.has(type) ? ANYBODY : ofType(type.name);
    if (own !== null) met.set(type.name, own);
  }
  for (let hasChanged = true; hasChanged;) {
    hasChanged = false;
    for (const type of types) {
      const here = met.get(type.name);
      if (here === undefined) continue;
      for (const field of fieldsOf(type)) {
        const target = getNamedType(field.type);
        if (!isObjectType(target) || roots.has(target)) continue;
        const before = met.get(target.name) ?? [];
        const added = both(here, needs(type, field)).filter((list) => !covers([list], before));
        if (added.length === 0) continue;
        met.set(target.name, [...before, ...added]);
        hasChanged = true;
      }
    }
  }
  return met;
}

/** @returns what the entity needs; null for what is none. */
function guardReference(type: GraphQLObjectType, requirement: Requirement | null): Requirement | null {
  if (keysOf(type).length === 0) return null;
  if (requirement === null) throw new Error(`The entity ${type.name} names no scopes.`);
  wrapReference(type, (resolve) => (reference, context, info) => {
    demand(requirement, context.caller);
    return resolve(reference, context, info);
  });
  return requirement;
}

/**
 * Asks for everything that an operation will ask for, before any of it runs: a mutation must not be carried out and
 * then be answered with a refusal.
 *
 * @throws {AppError} FORBIDDEN
 */
export function demandAll(
  { schema, guards }: { schema: GraphQLSchema; guards: Guards },
  document: DocumentNode,
  operation: OperationDefinitionNode,
  caller: Caller,
): void {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const seen = new Set<string>();
  const walk = (selectionSet: SelectionSetNode, type: GraphQLObjectType): void => {
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        const requirement = guards.get(`${type.name}.${selection.name.value}`);
        if (requirement !== undefined) demand(requirement, caller);
        const field = type.getFields()[selection.name.value];
        const target = field === undefined ? undefined : getNamedType(field.type);
        if (selection.selectionSet !== undefined && isObjectType(target)) walk(selection.selectionSet, target);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.selectionSet, type);
      } else {
        const fragment = fragments.get(selection.name.value);
        const visit = `${type.name} ${selection.name.value}`;
        if (fragment === undefined || seen.has(visit)) continue;
        seen.add(visit);
        walk(fragment.selectionSet, type);
      }
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root != null) walk(operation.selectionSet, root);
}
