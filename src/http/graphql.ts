import { ApolloServer, HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ANONYMOUS, createAuthenticate } from '../auth/jwt.ts';
import type { Caller } from '../caller.ts';
import { createContext, type Context } from '../context.ts';
import type { Deps } from '../deps.ts';
import { DatabaseFullError, outageOf } from '../db/outage.ts';
import { AppError } from '../errors.ts';
import { buildSubgraph, type Subgraph } from '../schema.ts';
import { demandAll } from '../scopes.ts';
import { createCompiledReads, type CompiledReads } from './compiled-reads.ts';
import { checkCost, costsOf, type CostOf } from './cost.ts';
import { needsToken } from './documents.ts';
import { asRequestError, formatError, internalError, isMistake, statusOf, toldOf } from './errors.ts';
import { explorer } from './explorer.ts';
import type { Metrics } from '../metrics.ts';
import { incoming, type Incoming } from './incoming.ts';
import { routerSecretCheck } from './router-secret.ts';
import { createScreen, LIMITS } from './screen.ts';
import { Subscriptions } from './subscriptions.ts';
import { nameOperation, traceOperations } from './tracing.ts';
import { trustedDocuments } from './trusted-documents.ts';

/** The only headers that the GraphQL server has to know. */
const HEADERS = [
  'content-type',
  'accept',
  'authorization',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'apollo-federation-include-trace',
];

/** A request that was let in, with who asks and what for. */
interface Asked {
  request: FastifyRequest;
  reply: FastifyReply;
  caller: Caller;
  given: Incoming;
}

/**
 * Answers `POST /graphql`, `GET /graphql`, and browsers with the explorer. A request takes the first of three ways that can
 * answer it: a stream, one statement, resolvers.
 */
export async function graphqlRoutes(server: FastifyInstance, deps: Deps, metrics: Metrics): Promise<void> {
  const subgraph = buildSubgraph();
  const costOf = costsOf(subgraph.schema);
  const reads = createCompiledReads(deps, subgraph, costOf);
  const apollo = createApollo(deps, subgraph, requestPlugin(deps, subgraph, metrics, costOf, reads));
  await apollo.start();
  server.addHook('onClose', () => apollo.stop());
  const subscriptions = new Subscriptions(deps, subgraph, costOf);
  // First of all: the server waits for whatever is open.
  server.addHook('preClose', async () => subscriptions.end());
  const authenticate = createAuthenticate(deps.config.auth, deps.now);
  const screen = createScreen();
  const trust = trustedDocuments(deps.config.trustedDocuments, subgraph.schema, screen);
  const comesFromRouter = routerSecretCheck(deps.config.routerSecrets);

  const fail = ({ reply }: Asked, operation: string, error: unknown) => {
    metrics.observeOperation(operation, 'error', reply.elapsedTime / 1000);
    refuse(reply, error);
  };
  // Whether they have answered. A reply itself is no answer to hand on: it is a promise, of nothing, once it is sent.
  const bySubscription = async (asked: Asked): Promise<boolean> => {
    const { request, reply, caller, given } = asked;
    const subscription = subscriptions.asked(request, given);
    if (subscription === null) return false;
    try {
      await subscriptions.answer(request, reply, caller, subscription);
      const outcome = reply.statusCode < 400 ? 'ok' : 'error';
      metrics.observeOperation('subscription', outcome, reply.elapsedTime / 1000);
    } catch (error) {
      fail(asked, 'subscription', error);
    }
    return true;
  };
  const byStatement = async (asked: Asked): Promise<boolean> => {
    const { request, reply, caller, given } = asked;
    // A trace tells of resolvers.
    if (!isPlainPost(request)) return false;
    try {
      const read = await reads.answer({ caller, body: given.request.body, accept: request.headers.accept });
      if (read === null) return false;
      metrics.observeOperation('query', 'ok', reply.elapsedTime / 1000, read.cost);
      nameOperation('query', read.operationName);
      void reply.type(read.contentType).send(read.body);
    } catch (error) {
      fail(asked, 'query', error);
    }
    return true;
  };
  const byResolvers = async ({ request, reply, caller, given }: Asked): Promise<void> => {
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: request.method, headers: headersOf(request), ...given.request },
      context: () => Promise.resolve(createContext(deps, caller, request.id)),
    });
    for (const [name, value] of headers) void reply.header(name, value);
    const contentType = headers.get('content-type');
    // A refusal has a type of its own where the one that was wanted can't be had.
    if (contentType !== undefined && status !== 406) reads.learnContentType(request.headers.accept, contentType);
    // Nothing is ever sent in parts: the schema has no way to ask for it.
    if (body.kind === 'complete') void reply.code(status ?? 200).send(body.string);
    else void reply.code(406).send();
  };

  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    // Before the body is read: strangers' bodies are not worth it.
    onRequest: async (request, reply) => {
      if (!comesFromRouter(request.headers['x-router-secret'])) {
        return refuse(reply, new AppError('FORBIDDEN', 'This address answers its router only.'));
      }
    },
    handler: async (request, reply) => {
      if (request.method === 'GET' && isBrowser(request)) {
        if (deps.config.explorer) return sendExplorer(request, reply);
        return refuse(reply, new AppError('FORBIDDEN', 'The explorer is off here; EXPLORER=true switches it on.'));
      }
      let asked: Asked;
      try {
        asked = {
          request,
          reply,
          caller: await authenticate(request.headers.authorization),
          given: incoming(request, trust),
        };
      } catch (error) {
        return refuse(reply, error);
      }
      const refusal = screen(asked.given.text, asked.given.variables);
      if (refusal !== null) fail(asked, 'none', refusal);
      else if (!(await bySubscription(asked)) && !(await byStatement(asked))) await byResolvers(asked);
      return reply;
    },
  });
}

function createApollo(deps: Deps, subgraph: Subgraph, plugin: ApolloServerPlugin<Context>): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: subgraph.schema,
    introspection: true,
    // Callers prove themselves by a header that no foreign page can send without asking first; so may their `GET`s.
    csrfPrevention: { requestHeaders: ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name'] },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    formatError,
    stringifyResult: (value) => JSON.stringify(value),
    logger: deps.log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      // How long every single field took is for a router that asks (ftv1), not for everybody.
      deps.config.routerSecrets === null ? ApolloServerPluginInlineTraceDisabled() : ApolloServerPluginInlineTrace(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      plugin,
      ...traceOperations(),
    ],
  });
}

/** What happens to every request: it is let in or not, it is measured, and its failures are logged. */
function requestPlugin(
  { config, database }: Deps,
  subgraph: Subgraph,
  metrics: Metrics,
  costOf: CostOf,
  reads: CompiledReads,
): ApolloServerPlugin<Context> {
  return {
    requestDidStart() {
      const startedAt = performance.now();
      let cost: { estimated: number; limit: number } | null = null;
      return Promise.resolve({
        didResolveOperation({ document, operation, request, contextValue: { caller } }) {
          try {
            if (operation === undefined || needsToken(config.schemaAccess, document, operation)) {
              if (caller === ANONYMOUS) throw new AppError('UNAUTHENTICATED', 'Send a bearer token.');
            }
            if (operation === undefined) return Promise.resolve();
            if (operation.operation === 'subscription') {
              throw new AppError('BAD_USER_INPUT', 'Subscriptions are answered with `accept: text/event-stream` only.');
            }
            const estimated = costOf(document, operation, request.variables ?? {});
            cost = { estimated, limit: LIMITS.cost };
            checkCost(estimated);
            if (operation.operation === 'mutation') {
              demandAll(subgraph, document, operation, caller);
              if (database.isFull()) throw new DatabaseFullError();
            }
            reads.learn(request.query ?? '', request.operationName ?? null, document, operation);
          } catch (error) {
            throw asRequestError(error);
          }
          return Promise.resolve();
        },
        didEncounterErrors({ errors, contextValue: { deps, requestId } }) {
          for (const error of errors) {
            if (isMistake(error) || toldOf(error) !== null) {
              deps.log.debug({ requestId, code: error.extensions['code'], path: error.path }, error.message);
            } else {
              error.extensions['requestId'] = requestId;
              tellFailure(deps.log, error.originalError ?? error, { requestId, path: error.path });
            }
          }
          return Promise.resolve();
        },
        willSendResponse({ operation, errors, response: { body } }) {
          if (cost !== null && body.kind === 'single') {
            body.singleResult.extensions = { ...body.singleResult.extensions, cost };
          }
          const seconds = (performance.now() - startedAt) / 1000;
          metrics.observeOperation(
            operation?.operation ?? 'none',
            errors === undefined ? 'ok' : 'error',
            seconds,
            cost?.estimated,
          );
          return Promise.resolve();
        },
      });
    },
  };
}

/** Is it JSON that is sent, and nothing but an answer that is wanted? */
function isPlainPost({ method, headers }: FastifyRequest): boolean {
  return (
    method === 'POST' &&
    headers['content-type']?.startsWith('application/json') === true &&
    headers['apollo-federation-include-trace'] === undefined
  );
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const name of HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

function isBrowser({ headers }: FastifyRequest): boolean {
  return headers.accept?.includes('text/html') === true;
}

function sendExplorer(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { html, gzipped, contentSecurityPolicy } = explorer();
  const isGzipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
      vary: 'accept, accept-encoding',
      ...(isGzipped && { 'content-encoding': 'gzip' }),
    })
    .send(isGzipped ? gzipped : html);
}

/** Answers a request that does not get as far as GraphQL, in GraphQL's form. */
export function refuse(reply: FastifyReply, error: unknown, status?: number): FastifyReply {
  const told = toldOf(error);
  if (told === null) {
    tellFailure(reply.request.log, error, { requestId: reply.request.id });
    // Only the keys of the token issuer are asked for on the way here. That they are missing is no secret.
    if (status === undefined && error instanceof AppError && error.retryable) {
      const { message, code, retryAfterMs } = error;
      void reply.header('retry-after', Math.ceil((retryAfterMs ?? 1_000) / 1000));
      const extensions = { code, requestId: reply.request.id, ...(retryAfterMs !== null && { retryAfterMs }) };
      return sendError(reply, 503, { message, extensions });
    }
    return sendError(reply, status ?? 503, internalError(reply.request.id));
  }
  if (told.code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer error="invalid_token"');
  return sendError(reply, status ?? statusOf(told.code), {
    message: told.message,
    extensions: { code: told.code, requestId: reply.request.id },
  });
}

/** An outage is one failure, which `/readyz` and the metrics tell of: its requests don't each come with where they were. */
function tellFailure(log: FastifyBaseLogger, error: unknown, facts: object): void {
  const outage = outageOf(error);
  if (outage === null) return log.error({ ...facts, err: error }, 'a request failed');
  let cause: unknown = outage;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  const reason = cause instanceof Error ? cause.message : undefined;
  log.warn({ ...facts, reason }, 'a request failed over an outage of the database');
}

function sendError(reply: FastifyReply, status: number, error: object): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ errors: [error] }));
}
