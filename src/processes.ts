import { jobHandlers } from './jobs/index.ts';
import type { Deps } from './deps.ts';
import { createServer } from './http/server.ts';

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
      // Not ready first, so that nobody sends more; then what is under way is answered.
      server.isDraining = true;
      await server.close();
    },
  };
}

/** Works on jobs. `deps.queue` stops it. */
export async function work(deps: Deps): Promise<void> {
  await deps.queue.work(jobHandlers(deps));
  deps.log.info('working');
}
