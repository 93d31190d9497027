import type { ApolloServerPlugin } from '@apollo/server';
import { SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { isMistake, toldOf } from './errors.ts';
import { beginSpan, contextOf, currentSpan, isTracing, within } from '../tracing.ts';

/** Machines ask these all the time. */
const QUIET: ReadonlySet<string | undefined> = new Set(['/metrics', '/livez', '/readyz']);

/**
 * Makes every request a span below the `traceparent` that came along, and a second one below that for GraphQL. Adds
 * nothing at all where nobody traces. Attributes hold patterns, never addresses: those may hold secrets.
 */
export function traceRequests(server: FastifyInstance): void {
  if (!isTracing()) return;
  /** The spans of a request, the outer one first. */
  const spansOf = new WeakMap<object, Span[]>();
  server.addHook('onRequest', (request, _, done) => {
    const route = request.routeOptions.url;
    if (!QUIET.has(route)) {
      const attributes = { 'http.request.method': request.method, 'http.route': route ?? 'unknown' };
      const options = { kind: SpanKind.SERVER, attributes: { ...attributes, 'request.id': request.id } };
      const name = `${request.method} ${route ?? 'unknown'}`;
      const span = beginSpan(name, options, contextOf(request.headers['traceparent']));
      if (span !== null) spansOf.set(request, [span]);
    }
    done();
  });
  // After the body was read, as with the request's id: before, what is going on belongs to the connection.
  server.addHook('preHandler', (request, _, done) => {
    const spans = spansOf.get(request);
    const outer = spans?.[0];
    if (spans === undefined || outer === undefined) return done();
    within(outer, () => {
      const inner = request.routeOptions.url === '/graphql' ? beginSpan('graphql') : null;
      if (inner === null) return done();
      spans.push(inner);
      within(inner, done);
    });
  });
  server.addHook('onResponse', (request, reply, done) => {
    const [outer, inner] = spansOf.get(request) ?? [];
    inner?.end();
    outer?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) outer?.setStatus({ code: SpanStatusCode.ERROR });
    outer?.end();
    done();
  });
}

/** Names the span of a GraphQL request by its operation. */
export function nameOperation(type: string, name: string | null): void {
  const span = currentSpan();
  if (span === undefined) return;
  const short = name?.slice(0, 100) ?? null;
  span.updateName(short === null ? type : `${type} ${short}`).setAttribute('graphql.operation.type', type);
  if (short !== null) span.setAttribute('graphql.operation.name', short);
}

/** Tells the span of a GraphQL request which operation it is, and with which codes it failed. */
export function traceOperations(): ApolloServerPlugin<Context>[] {
  if (!isTracing()) return [];
  const plugin: ApolloServerPlugin<Context> = {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ operation, operationName }) {
          nameOperation(operation?.operation ?? 'unknown', operationName ?? null);
          return Promise.resolve();
        },
        didEncounterErrors({ errors }) {
          const codeOf = (error: GraphQLError) =>
            isMistake(error) ? 'BAD_USER_INPUT' : (toldOf(error)?.code ?? 'INTERNAL');
          const codes = [...new Set(errors.map(codeOf))];
          currentSpan()?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', codes.join(' '));
          return Promise.resolve();
        },
      }),
  };
  return [plugin];
}
