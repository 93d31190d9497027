import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

/** What `GET /metrics` tells Prometheus. */
export interface Metrics {
  registry: Registry;
  /** One GraphQL operation, by kind and outcome. */
  observeOperation(operation: string, outcome: 'ok' | 'error', seconds: number): void;
  /** One webhook of Zoom's, by event and what became of it. */
  countWebhook(event: string, outcome: string): void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Measures of one server; each has its own, so that tests can run several. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const operations = new Histogram({
    name: 'graphql_operation_duration_seconds',
    help: 'Duration of GraphQL operations in seconds.',
    labelNames: ['operation', 'outcome'],
    buckets: SECONDS,
    registers: [registry],
  });
  const webhooks = new Counter({
    name: 'zoom_webhooks_total',
    help: "Webhooks of Zoom's by event and outcome.",
    labelNames: ['event', 'outcome'],
    registers: [registry],
  });
  return {
    registry,
    countWebhook: (event, outcome) => webhooks.inc({ event, outcome }),
    observeOperation: (operation, outcome, seconds) => operations.observe({ operation, outcome }, seconds),
  };
}

/** Counts every request, and answers `GET /metrics`. */
export function metricsRoutes(server: FastifyInstance, { registry }: Metrics): void {
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  server.addHook('onResponse', (request, reply, done) => {
    // The pattern of the route, not the address: addresses are without number and may hold secrets.
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  server.get('/metrics', async (_, reply) => {
    void reply.type(registry.contentType);
    return registry.metrics();
  });
}
