import { Kind, visit, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { Later, LaterEntities, type NamedBy } from '../datasources/store/batch.ts';
import { LATER_ARGUMENTS, namedBy } from '../datasources/store/json-shapes.ts';
import type { JsonStatement } from '../datasources/store/json-text.ts';
import type { Requirement } from '../scopes.ts';

/** What of an operation's variables decides how its statement reads. */
export interface Form {
  /** Names of all variables. */
  names: readonly string[];
  /** Those whose texts become values of the statement and nothing else. */
  later: ReadonlySet<string>;
  /** Those that hold representations of entities and nothing else. */
  entities: ReadonlySet<string>;
}

/** A statement with what is asked of everybody who wants its answer. */
export interface Written {
  statement: JsonStatement;
  /** What it costs, by how many entities are named; the same for all where none are. */
  costs: Map<string, number>;
  requirements: readonly Requirement[];
}

/** By what a statement is kept, and by what of it its cost. */
export interface FormKey {
  statement: string;
  /** How many entities each variable names. */
  counts: string;
}

const IS_TEXT: ReadonlySet<string> = new Set(['ID', 'String']);

/**
 * @returns which variables of a valid operation can wait: of texts, and used nowhere but where `LATER_ARGUMENTS` says; and
 * those that are used nowhere but as `representations`.
 */
export function formOf(document: DocumentNode, operation: OperationDefinitionNode): Form {
  const definitions = operation.variableDefinitions ?? [];
  const uses = new Map<string, number>();
  const entities = new Set<string>();
  const use = (name: string, times: number) => uses.set(name, (uses.get(name) ?? 0) + times);
  visit(document, { Variable: ({ name }) => void use(name.value, 1), VariableDefinition: () => false });
  for (const field of operation.selectionSet.selections) {
    if (field.kind !== Kind.FIELD) continue;
    for (const { name, value } of field.arguments ?? []) {
      if (value.kind !== Kind.VARIABLE) continue;
      const isEntities = field.name.value === '_entities';
      if (isEntities) entities.add(value.name.value);
      if (isEntities || LATER_ARGUMENTS[field.name.value]?.includes(name.value) === true) use(value.name.value, -1);
    }
  }
  const isElsewhere = (name: string) => (uses.get(name) ?? 0) > 0;
  const texts = definitions.filter(({ type }) => {
    const named = type.kind === Kind.NON_NULL_TYPE ? type.type : type;
    return named.kind === Kind.NAMED_TYPE && IS_TEXT.has(named.name.value);
  });
  return {
    names: definitions.map(({ variable }) => variable.name.value),
    later: new Set(texts.map(({ variable }) => variable.name.value).filter((name) => !isElsewhere(name))),
    entities: new Set([...entities].filter((name) => !isElsewhere(name))),
  };
}

/**
 * Texts that are the same for all variables with which an operation is the same statement, and of the same cost; null
 * where a statement is good for one request only.
 */
export function keyOfForm({ names, later, entities }: Form, inputs: Readonly<Record<string, unknown>>): FormKey | null {
  let key = '';
  let counts = '';
  for (const name of names) {
    const value = inputs[name];
    if (typeof value === 'string' && later.has(name)) key += '", ';
    else if (value == null || typeof value === 'number' || typeof value === 'boolean') key += `${String(value)}, `;
    else {
      const by = entities.has(name) ? allNamedBy(value) : null;
      if (by === null) return null;
      key += `${by.type}.${by.key}, `;
      counts += `${by.count}, `;
    }
  }
  return { statement: key, counts };
}

/** How representations name their entities, where all do it alike; null otherwise. */
function allNamedBy(representations: unknown): (NamedBy & { count: number }) | null {
  if (!Array.isArray(representations)) return null;
  const first = namedBy(representations[0]);
  if (first === null) return null;
  for (const one of representations) {
    const by = namedBy(one);
    if (by === null || by.type !== first.type || by.key !== first.key) return null;
  }
  return { ...first, count: representations.length };
}

/** The variables that a statement for all of a key is written from: what can wait is not in it. */
export function withLater(
  { later, entities }: Form,
  inputs: Readonly<Record<string, unknown>>,
  coerced: Record<string, unknown>,
) {
  const variables = { ...coerced };
  for (const name of later) if (typeof inputs[name] === 'string') variables[name] = new Later(name);
  for (const name of entities) {
    const by = allNamedBy(inputs[name]);
    if (by !== null) variables[name] = new LaterEntities(name, by);
  }
  return variables;
}

/** Statements that are kept, and letters of all of them. */
const MOST_KEPT = 500;
const MOST_LETTERS = 4_000_000;

/** Statements by a key, as many as are no burden. */
export class KeptStatements {
  readonly #kept = new Map<string, Written>();
  #letters = 0;

  get(key: string): Written | undefined {
    return this.#kept.get(key);
  }

  keep(key: string, written: Written): void {
    const { length } = written.statement.text;
    if (this.#kept.size >= MOST_KEPT || this.#letters + length > MOST_LETTERS) {
      this.#kept.clear();
      this.#letters = 0;
    }
    this.#kept.set(key, written);
    this.#letters += length;
  }
}
