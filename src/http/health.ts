import type { FastifyInstance } from 'fastify';
import { schemaState } from '../db/migrate.ts';
import type { Deps } from '../deps.ts';
import { within } from './within.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Set before a stop: `/readyz` answers 503 from then on, so that no new requests are sent here. */
    isDraining: boolean;
  }
}

/** How long the database may take to show that it is there. */
const PATIENCE_MS = 1_000;

/** Ready all the same: to be taken out, or started anew, would end the reads as well. */
const READS_ONLY = 'reads only, the disk of the database is full';

/**
 * `/livez`: the process answers. `/readyz`: it can work, because the database answers in time and has the tables that
 * this code expects, and no stop is near. Zoom is not asked: without it, everything that is known can still be read.
 */
export function healthRoutes(server: FastifyInstance, deps: Deps): void {
  server.decorate('isDraining', false);
  // Whoever asks while a look is under way gets its answer: many who ask cost no more than one.
  let looking: Promise<string> | null = null;
  const look = () => {
    looking ??= lookAt(deps).finally(() => (looking = null));
    return looking;
  };
  server.get('/livez', () => ({ status: 'ok' }));
  server.get('/readyz', async (_, reply) => {
    const status = server.isDraining ? 'draining' : await look();
    return reply.code(status === 'ok' || status === READS_ONLY ? 200 : 503).send({ status });
  });
}

async function lookAt({ database, log }: Deps): Promise<string> {
  try {
    const state = await within(PATIENCE_MS, schemaState(database.sql));
    if (state === null) return 'database unreachable';
    // A newer one is what a rolling upgrade looks like from the old version: migrations leave what it needs.
    if (state === 'older') return 'database schema older than this version, run: npm run migrate';
    return database.isFull() ? READS_ONLY : 'ok';
  } catch (error) {
    log.warn({ err: error }, 'the database does not answer');
    return 'database unreachable';
  }
}
