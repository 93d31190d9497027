import { setTimeout as sleep } from 'node:timers/promises';
import { jobHandlers } from './jobs/index.ts';
import type { Deps } from './deps.ts';
import { createMonitor } from './http/monitor.ts';
import { createServer } from './http/server.ts';

/** How long everything is still answered after a stop was asked for. */
const DRAIN_MS = 1_000;

/** A part of the service that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>;
}

/** Serves GraphQL and the browser legs. @returns also the address that it listens at. */
export async function serve(deps: Deps): Promise<Running & { address: string }> {
  const server = await createServer(deps);
  const address = await server.listen({ host: deps.config.host, port: deps.config.port });
  deps.log.info({ address }, 'serving');
  return {
    address,
    async stop() {
      // Not ready first, so that nobody sends more and callers let go of their connections; then what is under way is answered.
      server.isDraining = true;
      await sleep(DRAIN_MS);
      await server.close();
    },
  };
}

/** Works on jobs. `deps.queue` stops it. */
export async function work(deps: Deps): Promise<void> {
  await deps.queue.work(jobHandlers(deps));
  deps.log.info('working');
}

/** Answers `/livez`, `/readyz` and `/metrics` for a process that serves nobody; null where no port is set for that. */
export async function watch(deps: Deps): Promise<(Running & { address: string; drain(): void }) | null> {
  const { host, workerPort } = deps.config;
  if (workerPort === null) return null;
  const monitor = createMonitor(deps);
  const address = await monitor.listen({ host, port: workerPort });
  deps.log.info({ address }, 'telling how it goes');
  return {
    address,
    drain() {
      monitor.isDraining = true;
    },
    stop: () => monitor.close(),
  };
}
