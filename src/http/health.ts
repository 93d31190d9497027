import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Set before a stop: `/readyz` answers 503 from then on, so that no new requests are sent here. */
    isDraining: boolean;
  }
}

/** How long the database may take to show that it is there. */
const PATIENCE_MS = 1_000;

/** `/livez`: the process answers. `/readyz`: it can work, because the database answers and no stop is near. */
export function healthRoutes(server: FastifyInstance, deps: Deps): void {
  server.decorate('isDraining', false);
  server.get('/livez', () => ({ status: 'ok' }));
  server.get('/readyz', async (_, reply) => {
    if (server.isDraining) return reply.code(503).send({ status: 'draining' });
    if (await isReachable(deps)) return { status: 'ok' };
    return reply.code(503).send({ status: 'database unreachable' });
  });
}

async function isReachable({ database, log }: Deps): Promise<boolean> {
  const waiting = new AbortController();
  const answer = database.ping().then(
    () => true,
    (error: unknown) => {
      log.warn({ err: error }, 'the database does not answer');
      return false;
    },
  );
  const tooLate = sleep(PATIENCE_MS, false, { signal: waiting.signal }).catch(() => false);
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    waiting.abort();
  }
}
