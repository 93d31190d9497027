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
import { demand, type Requirement } from '../scopes.ts';
import { AskedAtOnce } from './asked-at-once.ts';
import { checkCost, type CostOf } from './cost.ts';
import { fragmentsOf } from './documents.ts';
import { LIMITS } from './screen.ts';
import { formOf, KeptStatements, keyOfForm, withLater, type Form, type Written } from './statement-forms.ts';

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
  /** Tells it from all others, also from those that were forgotten. */
  number: number;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  form: Form;
}

/** It took too long already: nobody shall ask for all of it a second time. */
const wasCanceled = (error: object) => 'code' in error && error.code === '57014';

/** Documents and headers that are kept in mind. */
const REMEMBERED = 500;

/** Letters of all documents that are kept in mind: read, each takes some hundred bytes. */
const MOST_LETTERS = 500_000;

/** Costs of one statement that are kept in mind: for as many entities as a request may name. */
const MOST_COSTS = 1_000;

/** By a whole text and name: no other text and name make the same key. */
const keyOf = (text: string, name: string | null) => `${name === null ? '-' : `${name.length} ${name}`} ${text}`;

/**
 * A second way through the same house for the reads that callers send all day: what was looked at and found right once
 * (the server parses, validates and negotiates as ever) is answered by one statement that writes the JSON itself, and
 * that is kept for others who differ in texts only; of those who ask the same at the same time it is asked once. Scopes,
 * limits and costs are asked as for everybody; whatever is not known in SQL, not allowed, or not right, is left to the
 * resolvers, which also have the words for it.
 */
export function createCompiledReads(deps: Deps, { schema, guards }: Subgraph, costOf: CostOf): CompiledReads {
  const columns = columnsIn(schema);
  const read = createReadJson(deps.database.sql);
  const documents = new Map<string, Known>();
  const contentTypes = new Map<string, string>();
  const kept = new KeptStatements();
  const atOnce = new AskedAtOnce<string>();
  let letters = 0;
  let learned = 0;

  /** @throws {AppError} BAD_USER_INPUT for what costs too much. */
  const costIn = ({ document, operation }: Known, inputs: Record<string, unknown>): number => {
    const estimated = costOf(document, operation, inputs);
    checkCost(estimated);
    return estimated;
  };

  const write = (known: Known, inputs: Record<string, unknown>, now: Date, isForAll: boolean): Written => {
    const { operation, fragments, form } = known;
    const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], inputs, { maxErrors: 1 });
    if (coerced === undefined) throw new NotInSql();
    const requirements = new Set<Requirement>();
    const enter = (type: string, field: string | null) => {
      const requirement = guards.get(field === null ? type : `${type}.${field}`);
      if (requirement !== undefined) requirements.add(requirement);
    };
    const variables = isForAll ? withLater(form, inputs, coerced) : coerced;
    const statement = jsonText({ schema, operation, fragments, variables, now, columns, enter });
    return { statement, costs: new Map(), requirements: [...requirements] };
  };

  /** The statement of a request that may be answered; throws where it may not. */
  const statementFor = (
    known: Known,
    inputs: Record<string, unknown>,
    now: Date,
    caller: Caller,
  ): { statement: JsonStatement; estimated: number; key: string | null } => {
    const form = keyOfForm(known.form, inputs);
    const key = form === null ? null : `${known.number} ${form.statement}`;
    let written = key === null ? undefined : kept.get(key);
    let estimated = form === null ? undefined : written?.costs.get(form.counts);
    estimated ??= costIn(known, inputs);
    if (written === undefined) {
      written = write(known, inputs, now, key !== null);
      if (key !== null && !written.statement.isOfMoment) kept.keep(key, written);
    }
    if (form !== null && written.costs.size < MOST_COSTS) written.costs.set(form.counts, estimated);
    for (const requirement of written.requirements) demand(requirement, caller);
    return { statement: written.statement, estimated, key: written.statement.isOfMoment ? null : key };
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
      learned += 1;
      const fragments = Object.fromEntries(fragmentsOf(document));
      documents.set(key, { number: learned, document, operation, fragments, form: formOf(document, operation) });
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
      const inputs = (variables ?? {}) as Record<string, unknown>;
      const now = deps.now();
      let written: ReturnType<typeof statementFor>;
      try {
        written = statementFor(known, inputs, now, caller);
      } catch (error) {
        // GraphQL's own errors are about values that only the moment can tell are wrong, as null is beside a default.
        if (error instanceof NotInSql || error instanceof AppError || error instanceof GraphQLError) return null;
        throw error;
      }
      try {
        const { statement, estimated, key } = written;
        const data =
          key === null
            ? await read(statement, { variables: inputs, now })
            : await atOnce.answer(`${key} ${JSON.stringify(inputs)}`, () =>
                read(statement, { variables: inputs, now: deps.now() }),
              );
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
