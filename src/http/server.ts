import { randomUUID } from 'node:crypto';
import fastify, { LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance } from 'fastify';
import { outageOf } from '../db/outage.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { asRequest } from '../origin.ts';
import { endConnections } from './draining.ts';
import { graphqlRoutes, refuse } from './graphql.ts';
import { healthRoutes } from './health.ts';
import { answerRoutes } from './answers.ts';
import { metricsRoutes } from './metrics.ts';
import { oauthRoutes } from './oauth.ts';
import { shedLoad, unavailable } from './shedding.ts';
import { traceRequests } from './tracing.ts';
import { webhookRoutes } from './webhooks.ts';

const MAX_BODY_BYTES = 1_048_576;

/** Ids that others gave a request are kept where they are harmless. */
const REQUEST_ID = /^[A-Za-z0-9._:/+=-]{1,128}$/;

/** The HTTP server with all of its routes, ready to listen. `close` lets requests that are under way finish. */
export async function createServer(deps: Deps): Promise<FastifyInstance> {
  const server = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Lines name their request by themselves.
    childLoggerFactory: (logger) => logger,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  endConnections(server);
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
    done();
  });
  shedLoad(server, deps);
  // After the body was read: what comes from here on belongs to the request.
  server.addHook('preHandler', (request, _, done) => asRequest(request.id, done));
  traceRequests(server);
  server.addHook('onResponse', (request, reply, done) => {
    const { method, id } = request;
    const facts = { requestId: id, method, route: request.routeOptions.url, status: reply.statusCode };
    deps.log.debug({ ...facts, ms: Math.round(reply.elapsedTime) }, 'answered');
    done();
  });
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return refuse(reply, new AppError('BAD_USER_INPUT', error.message), status);
    deps.log.error({ requestId: request.id, err: error }, 'a request failed');
    const outage = outageOf(error);
    if (outage !== null) return unavailable(reply, outage);
    return refuse(reply, error, 500);
  });
  server.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'There is nothing here.' }));

  metricsRoutes(server, deps);
  healthRoutes(server, deps);
  await graphqlRoutes(server, deps, deps.metrics);
  await server.register(oauthRoutes(deps));
  await server.register(webhookRoutes(deps, deps.metrics));
  await server.register(answerRoutes(deps));
  return server;
}
