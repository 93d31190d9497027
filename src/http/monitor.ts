import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { endConnections } from './draining.ts';
import { healthRoutes } from './health.ts';
import { metricsRoutes } from './metrics.ts';

/** What a process that serves nobody tells its operators: `/livez`, `/readyz` and `/metrics`, and nothing else. */
export function createMonitor(deps: Deps): FastifyInstance {
  const monitor = fastify({
    loggerInstance: deps.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
  });
  endConnections(monitor);
  monitor.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'There is nothing here.' }));
  metricsRoutes(monitor, deps);
  healthRoutes(monitor, deps);
  return monitor;
}
