import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { databaseGauges, type RefreshGauges } from './gauges.ts';

/** One reading a process, whichever of its servers is asked. */
const gaugesOf = new WeakMap<object, RefreshGauges>();

/** Measures every request, and answers `GET /metrics`. */
export function metricsRoutes(server: FastifyInstance, deps: Deps): void {
  const { metrics } = deps;
  const { registry } = metrics;
  const refresh = gaugesOf.get(registry) ?? databaseGauges(registry, deps);
  gaugesOf.set(registry, refresh);
  server.addHook('onResponse', (request, reply, done) => {
    // The pattern of the route, not the address: addresses are without number and may hold secrets.
    const route = request.routeOptions.url ?? 'unknown';
    metrics.observeRequest({
      method: request.method,
      route,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    done();
  });
  server.get('/metrics', async (_, reply) => {
    await refresh();
    void reply.type(registry.contentType);
    return registry.metrics();
  });
}
