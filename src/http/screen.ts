import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { AppError } from '../errors.ts';

/** What one request may be. Everything that people and gateways write stays far below. */
export const LIMITS = {
  /** Of the document's text. */
  letters: 100_000,
  tokens: 4_000,
  depth: 16,
  aliases: 60,
  rootFields: 20,
  directives: 50,
  fragments: 100,
  /** Times that a selection names the same field, or the same name for fields. */
  repetitions: 20,
  /** Fields that a request has once its fragments are written out. */
  fields: 20_000,
  representations: 1_000,
  /** Values in the variables, however nested. */
  values: 20_000,
  valueDepth: 24,
  /** What an operation may cost, as `costsOf` works it out. */
  cost: 500_000,
} as const;

/** Texts that passed and are not looked at again. */
const REMEMBERED = 500;

/** Looks at what a request brings before anything is spent on it, and tells what is wrong; null where nothing is. */
export type Screen = (text: unknown, variables: unknown) => AppError | null;

/**
 * Refuses documents and variables by their shape alone: before validation, whose time grows with the square of some of
 * it, and before anything is carried out. What is no GraphQL at all passes; the server says better what it lacks.
 */
export function createScreen(): Screen {
  const passed = new Set<string>();
  return (text, variables) => {
    const wrong = wrongWithValues(variables);
    if (wrong !== null) return refusal(wrong);
    if (typeof text !== 'string' || passed.has(text)) return null;
    if (text.length > LIMITS.letters) return refusal(`The document has more than ${LIMITS.letters} letters.`);
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: LIMITS.tokens, noLocation: true });
    } catch (error) {
      return error instanceof RangeError ? refusal('The document is nested too deeply to be read.') : null;
    }
    const problem = wrongWith(document);
    if (problem !== null) return refusal(problem);
    if (passed.size >= REMEMBERED) passed.clear();
    passed.add(text);
    return null;
  };
}

const refusal = (text: string) => new AppError('BAD_USER_INPUT', text);

/** Literals can't hold one, by the grammar. The database would keep another text, or fail over it. */
const HALF = 'A text in the variables holds half a character (a lone surrogate).';

function wrongWithValues(variables: unknown): string | null {
  let count = 0;
  // No deeper than what is allowed, so no nesting is too deep for it.
  const look = (value: unknown, depth: number): string | null => {
    if (depth > LIMITS.valueDepth) return `The variables are nested deeper than ${LIMITS.valueDepth}.`;
    if (typeof value === 'string') return value.isWellFormed() ? null : HALF;
    if (typeof value !== 'object' || value === null) return null;
    let wrong: string | null = null;
    if (Array.isArray(value)) {
      count += value.length;
      for (let n = 0; n < value.length && wrong === null && count <= LIMITS.values; n += 1) {
        wrong = look(value[n], depth + 1);
      }
    } else {
      for (const name in value) {
        count += 1;
        wrong = name.isWellFormed() ? look((value as Record<string, unknown>)[name], depth + 1) : HALF;
        if (wrong !== null || count > LIMITS.values) break;
      }
    }
    return wrong ?? (count > LIMITS.values ? `The variables hold more than ${LIMITS.values} values.` : null);
  };
  return look(variables, 0);
}

interface Size {
  depth: number;
  aliases: number;
  /** Fields at the top of the selection. */
  top: number;
  /** Fields in all. */
  fields: number;
}

const EMPTY: Size = { depth: 0, aliases: 0, top: 0, fields: 0 };

class TooMuch extends Error {}

function wrongWith(document: DocumentNode): string | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let directives = 0;
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    if (node.kind === Kind.FRAGMENT_DEFINITION || node.kind === Kind.OPERATION_DEFINITION) {
      directives += node.directives?.length ?? 0;
      directives += node.variableDefinitions?.reduce((sum, one) => sum + (one.directives?.length ?? 0), 0) ?? 0;
    }
  }
  if (fragments.size > LIMITS.fragments) return `The document has more than ${LIMITS.fragments} fragments.`;

  const known = new Map<string, Size | null>();
  const measure = (selectionSet: SelectionSetNode): Size => {
    const size = { ...EMPTY };
    const names = new Map<string, number>();
    for (const selection of selectionSet.selections) {
      directives += selection.directives?.length ?? 0;
      let inner: Size;
      let name: string;
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet === undefined ? EMPTY : measure(selection.selectionSet);
        name = selection.alias?.value ?? selection.name.value;
        const aliases = below.aliases + (selection.alias === undefined ? 0 : 1);
        inner = { depth: 1 + below.depth, aliases, top: 1, fields: 1 + below.fields };
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        name = `... on ${selection.typeCondition?.name.value ?? ''}`;
        inner = measure(selection.selectionSet);
      } else {
        name = `...${selection.name.value}`;
        inner = fragment(selection.name.value);
      }
      const times = (names.get(name) ?? 0) + 1;
      names.set(name, times);
      if (times > LIMITS.repetitions) {
        throw new TooMuch(`A selection asks for the same thing more than ${LIMITS.repetitions} times.`);
      }
      size.depth = Math.max(size.depth, inner.depth);
      size.aliases += inner.aliases;
      size.top += inner.top;
      size.fields += inner.fields;
      if (size.fields > LIMITS.fields) {
        throw new TooMuch(`With its fragments written out the document has more than ${LIMITS.fields} fields.`);
      }
    }
    return size;
  };
  const fragment = (name: string): Size => {
    const before = known.get(name);
    if (before === null) throw new TooMuch('A fragment contains itself.');
    if (before !== undefined) return before;
    known.set(name, null);
    const definition = fragments.get(name);
    const size = definition === undefined ? EMPTY : measure(definition.selectionSet);
    known.set(name, size);
    return size;
  };

  try {
    for (const name of fragments.keys()) fragment(name);
    for (const operation of document.definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
      const size = measure(operation.selectionSet);
      if (size.depth > LIMITS.depth) return `The operation is nested deeper than ${LIMITS.depth} fields.`;
      if (size.aliases > LIMITS.aliases) return `The operation has more than ${LIMITS.aliases} aliases.`;
      if (size.top > LIMITS.rootFields) return `The operation has more than ${LIMITS.rootFields} root fields.`;
      if (operation.operation !== 'query' && size.top > 1)
        return `An operation may hold one ${operation.operation} only.`;
    }
  } catch (error) {
    if (error instanceof TooMuch) return error.message;
    throw error;
  }
  return directives > LIMITS.directives ? `The document has more than ${LIMITS.directives} directives.` : null;
}
