import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../deps.ts';
import { DatabaseGoneError } from '../db/watch.ts';
import { AppError } from '../errors.ts';

/**
 * Requests that are worked on at once, in one process. Ten connections and one thread serve them, so that the last of so
 * many waits for about a second, and the bodies of all of them fit into 100 MB. One more is better off elsewhere.
 */
export const MAX_IN_FLIGHT = 100;

/** What has to be answered whatever happens: it is how others learn that something happens. */
const EXEMPT: ReadonlySet<string | undefined> = new Set(['/livez', '/readyz', '/metrics']);

const LOG_EVERY_MS = 5_000;

/**
 * Refuses at the door what can't be served now: 503 with `Retry-After`. Nothing was done, so whatever was asked for can be asked for again.
 */
export function shedLoad(server: FastifyInstance, { database, log }: Pick<Deps, 'database' | 'log'>): void {
  let inFlight = 0;
  let refused = 0;
  let loggedAt = Number.NEGATIVE_INFINITY;
  /** True when the request was answered here. */
  const turnAway = (request: FastifyRequest, reply: FastifyReply): boolean => {
    if (EXEMPT.has(request.routeOptions.url)) return false;
    const reason = database.isGone() ? new DatabaseGoneError() : inFlight >= MAX_IN_FLIGHT ? busy() : null;
    if (reason === null) return false;
    refused += 1;
    if (performance.now() - loggedAt > LOG_EVERY_MS) {
      log.warn({ refused, inFlight, reason: reason.message }, 'requests are refused');
      loggedAt = performance.now();
      refused = 0;
    }
    unavailable(reply, reason);
    return true;
  };
  // Before a byte of the body is read, and again after it: many that were let in may have arrived at once.
  server.addHook('onRequest', (request, reply, done) => {
    if (!turnAway(request, reply)) done();
  });
  server.addHook('preHandler', (request, reply, done) => {
    if (turnAway(request, reply)) return;
    // Counted from here: who is slow to send a body must not keep others out.
    inFlight += 1;
    const settle = () => {
      if (leave.delete(reply.raw)) inFlight -= 1;
    };
    leave.set(reply.raw, settle);
    // Comes also when the caller went away, unlike the hook for responses.
    reply.raw.once('close', settle);
    done();
  });
}

/** What gives back the place of each request that is being worked on. */
const leave = new WeakMap<object, () => void>();

/** For answers that stay open and are counted by themselves: they take no place among the requests any more. */
export function noLongerInFlight({ raw }: FastifyReply): void {
  leave.get(raw)?.();
}

/** The answer to whom we can't serve now, in GraphQL's form. */
export function unavailable(reply: FastifyReply, error: AppError): FastifyReply {
  const retryAfterMs = error.retryAfterMs ?? 1_000;
  const extensions = { code: error.code, retryAfterMs, requestId: reply.request.id };
  return reply
    .code(503)
    .headers({ 'retry-after': Math.ceil(retryAfterMs / 1000), 'content-type': 'application/json; charset=utf-8' })
    .send(JSON.stringify({ errors: [{ message: error.message, extensions }] }));
}

function busy(): AppError {
  return new AppError('INTERNAL', 'Too much is being asked at the moment; nothing was done. Ask again in a second.', {
    retryable: true,
    retryAfterMs: 1_000,
  });
}
