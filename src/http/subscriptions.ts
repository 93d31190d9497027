import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
} from 'graphql';
import { ANONYMOUS } from '../auth/jwt.ts';
import type { Caller } from '../caller.ts';
import { Changes, type Change, type ChangesOf } from '../changes.ts';
import { createContext, type Context } from '../context.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import type { Subgraph } from '../schema.ts';
import { demandAll } from '../scopes.ts';
import { checkCost, type CostOf } from './cost.ts';
import { formatError, isMistake, toldOf } from './errors.ts';
import { EventStream } from './event-stream.ts';
import type { Incoming } from './incoming.ts';
import { LIMITS } from './screen.ts';
import { noLongerInFlight, unavailable } from './shedding.ts';

/** Streams that are open at once in one process, and of one caller. */
export const MOST_STREAMS = 200;
export const MOST_OF_A_CALLER = 20;

/** Timers take no more. Who has a token for longer subscribes again. */
const LONGEST_MS = 2 ** 31 - 1;

/** A subscription that wants to be answered by events. */
interface Asked {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>>;
}

/** Answers subscriptions as server-sent events. What is asked went through the screen before. */
export class Subscriptions {
  readonly #deps: Deps;
  readonly #subgraph: Subgraph;
  readonly #costOf: CostOf;
  readonly #changes: Changes;
  /** Open streams, by what ends each with a last word. */
  readonly #open = new Map<(why: AppError) => void, Caller>();
  #isEnding = false;

  constructor(deps: Deps, subgraph: Subgraph, costOf: CostOf) {
    this.#deps = deps;
    this.#subgraph = subgraph;
    this.#costOf = costOf;
    this.#changes = new Changes(deps);
  }

  /** What is asked, if it is a subscription whose answer may be events; null for everything else. */
  asked({ headers }: FastifyRequest, { text, variables, operationName }: Incoming): Asked | null {
    if (headers.accept?.includes('text/event-stream') !== true || typeof text !== 'string') return null;
    const name = typeof operationName === 'string' ? operationName : null;
    try {
      const document = parse(text, { maxTokens: LIMITS.tokens });
      const operation = getOperationAST(document, name);
      if (operation?.operation !== 'subscription') return null;
      return { document, operation, operationName: name, variables: (variables ?? {}) as Asked['variables'] };
    } catch {
      // The server has the words for it.
      return null;
    }
  }

  /**
   * Answers with a stream that lasts until the caller hangs up, the token ends, or the server does.
   *
   * @throws {AppError} before anything is sent, where it is refused.
   */
  async answer(request: FastifyRequest, reply: FastifyReply, caller: Caller, asked: Asked): Promise<FastifyReply> {
    this.#check(caller, asked);
    const busy = this.#noRoomFor(caller);
    if (busy !== null) return unavailable(reply, busy);

    let source: ChangesOf<object> | null = null;
    let expiry: NodeJS.Timeout | null = null;
    const end = (why: AppError) => stream.complete({ errors: [formatError(asError(why).toJSON(), why)] });
    const stream = new EventStream(reply.raw, () => {
      if (expiry !== null) clearTimeout(expiry);
      this.#leave(end);
      void source?.return?.();
    });
    // Its place is taken before anything is waited for.
    this.#open.set(end, caller);
    this.#deps.metrics.streamsOpen(this.#open.size);
    const context = createContext(this.#deps, caller, request.id, this.#changes);
    try {
      source = await this.#subscribe(asked, context);
    } catch (error) {
      this.#leave(end);
      throw error;
    }
    if (!stream.isOpen || this.#isEnding) {
      this.#leave(end);
      void source.return?.();
      if (stream.isOpen) return unavailable(reply, ending());
    }
    noLongerInFlight(reply);
    void reply.hijack();
    if (!stream.isOpen) return reply;
    stream.begin(reply.getHeaders());
    const leftMs = (caller.expiresAt?.getTime() ?? 0) - this.#deps.now().getTime();
    expiry = setTimeout(() => end(expired()), Math.min(Math.max(leftMs, 0), LONGEST_MS));
    void this.#tell(stream, source, asked, context);
    return reply;
  }

  #leave(end: (why: AppError) => void): void {
    this.#open.delete(end);
    this.#deps.metrics.streamsOpen(this.#open.size);
  }

  /** Ends every stream: what is told of it says to subscribe again. */
  end(): void {
    this.#isEnding = true;
    for (const end of [...this.#open.keys()]) end(ending());
  }

  #check(caller: Caller, { document, operation, variables }: Asked): void {
    if (caller === ANONYMOUS) throw new AppError('UNAUTHENTICATED', 'Send a bearer token.');
    if (typeof variables !== 'object' || Array.isArray(variables)) {
      throw new AppError('BAD_USER_INPUT', '`variables` must be an object.');
    }
    const [mistake] = validate(this.#subgraph.schema, document, undefined, { maxErrors: 1, hideSuggestions: true });
    if (mistake !== undefined) throw new AppError('BAD_USER_INPUT', mistake.message);
    demandAll(this.#subgraph, document, operation, caller);
    checkCost(this.#costOf(document, operation, variables));
  }

  #noRoomFor(caller: Caller): AppError | null {
    if (this.#isEnding) return ending();
    const own = [...this.#open.values()].filter(({ sub }) => sub === caller.sub).length;
    if (this.#open.size < MOST_STREAMS && own < MOST_OF_A_CALLER) return null;
    const whose = own < MOST_OF_A_CALLER ? 'here' : 'for this caller';
    const text = `No more subscriptions can be opened ${whose} at the moment. End one, or ask again later.`;
    return new AppError('INTERNAL', text, { retryable: true, retryAfterMs: 10_000 });
  }

  async #subscribe({ document, operationName, variables }: Asked, context: Context): Promise<ChangesOf<object>> {
    const { schema } = this.#subgraph;
    const source = await createSourceEventStream({
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
    });
    if (Symbol.asyncIterator in source) return source as ChangesOf<object>;
    const [error] = (source as ExecutionResult).errors ?? [];
    throw error?.originalError ?? new AppError('BAD_USER_INPUT', error?.message ?? 'This is no subscription.');
  }

  /** Tells what comes out of `source`, one batch after the other was taken. */
  async #tell(stream: EventStream, source: ChangesOf<object>, asked: Asked, context: Context): Promise<void> {
    try {
      for await (const batch of source) {
        for (const result of await Promise.all(batch.map((change) => this.#resultOf(change, asked, context)))) {
          stream.next(result);
        }
        await stream.taken();
      }
      stream.complete();
    } catch (error) {
      const told = formatError(asError(error).toJSON(), error);
      if (!(error instanceof AppError)) this.#log([asError(error)], context);
      stream.complete({ errors: [told] });
    }
  }

  async #resultOf({ row, load, now }: Change<object>, asked: Asked, context: Context): Promise<object> {
    const { data, errors } = await execute({
      schema: this.#subgraph.schema,
      document: asked.document,
      operationName: asked.operationName,
      variableValues: asked.variables,
      rootValue: row,
      contextValue: { ...context, load, now },
    });
    if (errors === undefined) return { data };
    this.#log(errors, context);
    return { data, errors: errors.map((error) => formatError(error.toJSON(), error)) };
  }

  #log(errors: readonly GraphQLError[], { requestId }: Context): void {
    for (const error of errors) {
      if (isMistake(error) || toldOf(error) !== null) continue;
      error.extensions['requestId'] = requestId;
      const facts = { requestId, path: error.path, err: error.originalError ?? error };
      this.#deps.log.error(facts, 'an event of a subscription failed');
    }
  }
}

const asError = (error: unknown) =>
  error instanceof GraphQLError ? error : new GraphQLError('failed', { originalError: error as Error });

const expired = () => new AppError('UNAUTHENTICATED', 'The bearer token has expired. Subscribe again with a new one.');

const ending = () =>
  new AppError('INTERNAL', 'This server ends. Subscribe again; another one answers.', {
    retryable: true,
    retryAfterMs: 1_000,
  });
