import {
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { ANONYMOUS } from '../auth/jwt.ts';
import type { Caller } from '../caller.ts';
import { createReadJson } from '../datasources/store/json-read.ts';
import { columnsIn, jsonText, NotInSql, type JsonStatement } from '../datasources/store/json-text.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { Subgraph } from '../schema.ts';
import { demand } from '../scopes.ts';
import { checkCost, type CostOf } from './cost.ts';
import { fragmentsOf } from './documents.ts';
import { LIMITS } from './screen.ts';

/** What a request brings; not yet known to be GraphQL at all. */
export interface ReadRequest {
  caller: Caller;
  body: unknown;
  accept: string | undefined;
}

export interface ReadAnswer {
  body: string;
  contentType: string;
  /** For measures and traces. */
  cost: number;
  operationName: string | null;
}

/** Answers of whole queries by one statement each. */
export interface CompiledReads {
  /** Keeps in mind a document that was found valid, and may be asked. */
  learn(text: string, operationName: string | null, document: DocumentNode, operation: OperationDefinitionNode): void;
  /** Keeps in mind how an answer is called for an `Accept` header. */
  learnContentType(accept: string | undefined, contentType: string): void;
  /** The answer; null where resolvers have to give it. Rejects when the database can't be reached. */
  answer(request: ReadRequest): Promise<ReadAnswer | null>;
}

interface Known {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
}

/** It took too long already: nobody shall ask for all of it a second time. */
const wasCanceled = (error: object) => 'code' in error && error.code === '57014';

/** Documents and headers that are kept in mind. */
const REMEMBERED = 500;

/** Letters of all documents that are kept in mind: read, each takes some hundred bytes. */
const MOST_LETTERS = 500_000;

/** By a whole text and name: no other text and name make the same key. */
const keyOf = (text: string, name: string | null) => `${name === null ? '-' : `${name.length} ${name}`} ${text}`;

/**
 * A second way through the same house for the reads that callers send all day: what was looked at and found right once
 * (the server parses, validates and negotiates as ever) is answered by one statement that writes the JSON itself. Scopes,
 * limits and costs are asked as for everybody; whatever is not known in SQL, not allowed, or not right, is left to the
 * resolvers, which also have the words for it.
 */
export function createCompiledReads(deps: Deps, { schema, guards }: Subgraph, costOf: CostOf): CompiledReads {
  const columns = columnsIn(schema);
  const read = createReadJson(deps.database.sql, deps.now);
  const documents = new Map<string, Known>();
  const contentTypes = new Map<string, string>();
  let letters = 0;

  const compile = (known: Known, inputs: Record<string, unknown>, caller: Caller) => {
    const { document, operation, fragments } = known;
    const estimated = costOf(document, operation, inputs);
    checkCost(estimated);
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], inputs, { maxErrors: 1 });
    if (coerced === undefined) throw new NotInSql();
    const enter = (type: string, field: string | null) => {
      const requirement = guards.get(field === null ? type : `${type}.${field}`);
      if (requirement !== undefined) demand(requirement, caller);
    };
    const now = deps.now();
    const statement = jsonText({ schema, operation, fragments, variables: coerced, now, columns, enter });
    return { statement, estimated };
  };

  return {
    learn(text, operationName, document, operation) {
      if (operation.operation !== 'query') return;
      const key = keyOf(text, operationName);
      if (documents.has(key)) return;
      if (documents.size >= REMEMBERED || letters + text.length > MOST_LETTERS) {
        documents.clear();
        letters = 0;
      }
      letters += text.length;
      documents.set(key, { document, operation, fragments: Object.fromEntries(fragmentsOf(document)) });
    },
    learnContentType(accept, contentType) {
      if (contentTypes.size >= REMEMBERED) contentTypes.clear();
      contentTypes.set(accept ?? '', contentType);
    },
    async answer({ caller, body, accept }) {
      if (caller === ANONYMOUS || typeof body !== 'object' || body === null) return null;
      const { query, operationName = null, variables, extensions } = body as Readonly<Record<string, unknown>>;
      if (typeof query !== 'string' || (operationName !== null && typeof operationName !== 'string')) return null;
      const contentType = contentTypes.get(accept ?? '');
      const known = documents.get(keyOf(query, operationName));
      if (known === undefined || contentType === undefined || extensions !== undefined) return null;
      if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
      let statement: JsonStatement;
      let estimated: number;
      try {
        ({ statement, estimated } = compile(known, (variables ?? {}) as Record<string, unknown>, caller));
      } catch (error) {
        // GraphQL's own errors are about values that only the moment can tell are wrong, as null is beside a default.
        if (error instanceof NotInSql || error instanceof AppError || error instanceof GraphQLError) return null;
        throw error;
      }
      try {
        const data = await read(statement);
        const told = { cost: estimated, operationName: known.operation.name?.value ?? null };
        const cost = `{"estimated":${estimated},"limit":${LIMITS.cost}}`;
        return { body: `{"data":${data},"extensions":{"cost":${cost}}}`, contentType, ...told };
      } catch (error) {
        // What PostgreSQL itself says no to, resolvers may know how to say.
        if (error instanceof Error && 'severity' in error && !wasCanceled(error)) {
          deps.log.debug({ err: error }, 'a compiled read was left to the resolvers');
          return null;
        }
        throw error;
      }
    },
  };
}
