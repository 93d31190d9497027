import {
  buildASTSchema,
  findBreakingChanges,
  findDangerousChanges,
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type ValueNode,
} from 'graphql';
import { covers, type Requirement } from '../../src/scopes.ts';

/** What a change of the schema does to those who use it, in words, each with the place. */
export interface Comparison {
  /** Somebody's query, join or contract stops working. */
  breaking: string[];
  /** Somebody may have to look: a value they don't know, another default. */
  dangerous: string[];
}

/** Compares two versions of the subgraph's SDL: what graphql-js knows, and what only a supergraph knows. */
export function compareSdl(before: DocumentNode, after: DocumentNode): Comparison {
  const [old, now] = [before, after].map((document) =>
    // Directives of federation are defined elsewhere.
    buildASTSchema(document, { assumeValid: true, assumeValidSDL: true }),
  );
  if (old === undefined || now === undefined) throw new Error('A schema is missing.');
  return {
    breaking: [
      ...findBreakingChanges(old, now).map(({ type, description }) => `${type}: ${description}`),
      ...federationChanges(before, after),
    ],
    dangerous: findDangerousChanges(old, now).map(({ type, description }) => `${type}: ${description}`),
  };
}

/** What federation reads of a type or field. */
interface Place {
  directives: readonly ConstDirectiveNode[];
  /** Is it a type? Otherwise a field of one. */
  isType: boolean;
}

function federationChanges(before: DocumentNode, after: DocumentNode): string[] {
  const [old, now] = [placesOf(before), placesOf(after)];
  const found: string[] = [];
  for (const [name, { directives, isType }] of old) {
    const current = now.get(name);
    // That it is gone was told already.
    if (current === undefined) continue;
    const keys = new Set(keysOf(current.directives));
    for (const key of keysOf(directives)) {
      if (!keys.has(key)) {
        found.push(`KEY_REMOVED: ${name} can't be joined by "${key}" any more. Subgraphs that reference it so fail.`);
      }
    }
    const has = (list: readonly ConstDirectiveNode[], directive: string) =>
      list.some((node) => nameOf(node) === directive);
    if (has(directives, 'shareable') && !has(current.directives, 'shareable')) {
      found.push(
        `SHAREABLE_REMOVED: ${name} is not @shareable any more. Subgraphs that have it too no longer compose.`,
      );
    }
    if (!has(directives, 'inaccessible') && has(current.directives, 'inaccessible')) {
      found.push(`MADE_INACCESSIBLE: ${name} is hidden from callers of the supergraph.`);
    }
    const needed = requirementOf(current.directives);
    if (!covers(requirementOf(directives), needed)) {
      const words = needed.map((scopes) => scopes.join(' with ') || 'a token').join(' or ');
      found.push(`SCOPES_RAISED: ${name} needs ${words} now. ${isType ? 'Entities' : 'Callers'} without are refused.`);
    }
    if (!has(directives, 'authenticated') && has(current.directives, 'authenticated')) {
      found.push(`AUTHENTICATION_ADDED: ${name} needs a token now.`);
    }
    for (const tag of tagsOf(current.directives).filter((one) => !tagsOf(directives).includes(one))) {
      found.push(`TAG_ADDED: ${name} is tagged "${tag}" now. Contracts that leave the tag out lose it.`);
    }
    for (const tag of tagsOf(directives).filter((one) => !tagsOf(current.directives).includes(one))) {
      found.push(`TAG_REMOVED: ${name} is not tagged "${tag}" any more. Contracts that leave the tag out now show it.`);
    }
  }
  return found;
}

/** Types and fields by name; what several definitions and extensions say is put together. */
function placesOf(document: DocumentNode): Map<string, Place> {
  const places = new Map<string, Place>();
  const add = (name: string, isType: boolean, directives: readonly ConstDirectiveNode[] = []) =>
    places.set(name, { isType, directives: [...(places.get(name)?.directives ?? []), ...directives] });
  for (const node of document.definitions) {
    if (!('name' in node) || node.name === undefined || !('directives' in node)) continue;
    if (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) continue;
    const typeName = node.name.value;
    add(typeName, true, node.directives);
    if (!('fields' in node)) continue;
    for (const field of node.fields ?? []) add(`${typeName}.${field.name.value}`, false, field.directives);
  }
  return places;
}

/** A directive's name, by whichever name it was imported. */
const nameOf = ({ name }: ConstDirectiveNode) => name.value.replace(/^federation__/, '');

function argumentsOf(directives: readonly ConstDirectiveNode[], directive: string, argument: string): ValueNode[] {
  return directives
    .filter((node) => nameOf(node) === directive)
    .flatMap((node) => node.arguments?.find(({ name }) => name.value === argument)?.value ?? []);
}

const textsOf = (values: readonly ValueNode[]) =>
  values.flatMap((value) => (value.kind === Kind.STRING ? [value.value] : []));

/** Fields of each key that may be resolved here. */
function keysOf(directives: readonly ConstDirectiveNode[]): string[] {
  return textsOf(argumentsOf(directives, 'key', 'fields')).map((fields) => fields.trim().replace(/\s+/g, ' '));
}

const tagsOf = (directives: readonly ConstDirectiveNode[]) => textsOf(argumentsOf(directives, 'tag', 'name'));

/** Lists of scopes of which one is needed; a single empty one: nothing is. */
function requirementOf(directives: readonly ConstDirectiveNode[]): Requirement {
  const [value] = argumentsOf(directives, 'requiresScopes', 'scopes');
  if (value?.kind !== Kind.LIST) return [[]];
  return value.values.map((list) => (list.kind === Kind.LIST ? textsOf(list.values) : []));
}
