import { PgBoss, type Job } from 'pg-boss';
import type { ConnectionOptions } from '../db/client.ts';
import { DatabaseFullError, outageOf } from '../db/outage.ts';
import type { Logger } from '../log.ts';

/** Handlers of a worker; each gets a signal that aborts when the process is told to stop or the job was taken away. */
export interface QueueHandlers {
  sync(integrationId: string, signal: AbortSignal): Promise<void>;
  reclamation(reclamationId: string, signal: AbortSignal): Promise<void>;
  /** Once a minute, in one of the workers. */
  tick(signal: AbortSignal): Promise<void>;
  /** Once a minute by each worker's own clock, so that it comes also when the queue believes in another time. */
  mend(): Promise<void>;
}

/**
 * Wakes workers. What is to be done stands in our own tables (`job_runs`, `reclamations`); the queue only says where to
 * look, so a message that comes twice does no harm and one that is lost is sent again by the next tick.
 */
export interface Queue {
  /** One waiting and one running message an integration; more are dropped. */
  requestSync(integrationId: string, startAfter?: Date): Promise<void>;
  requestReclamation(reclamationId: string, startAfter?: Date): Promise<void>;
  /** Starts working. A worker that dies is noticed after 10 seconds, and another takes its job up. */
  work(handlers: QueueHandlers): Promise<void>;
  /** Lets running handlers finish for at most `graceMs`. */
  stop(graceMs?: number): Promise<void>;
}

const SYNC = 'sync';
const RECLAMATION = 'reclamation';
const TICK = 'tick';

const JOB_LIMITS = {
  // A dead worker is noticed by its missing heartbeat, so a long job needs no tight bound.
  expireInSeconds: 23 * 3600,
  heartbeatSeconds: 10,
  retryLimit: 1000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
};

/** Opens the queue on the database; its tables live in a schema of their own. */
export async function openQueue(
  connection: ConnectionOptions,
  log: Logger,
  options: { supervise: boolean; mendEveryMs?: number },
): Promise<Queue> {
  // Requests wait for a server's queue, and only its own jobs for a worker's: those can be patient with a slow statement.
  const patienceMs = options.supervise ? 15_000 : 2_500;
  const patience = { connectionTimeoutMillis: patienceMs, query_timeout: patienceMs, keepAlive: true };
  const boss = new PgBoss({
    host: connection.host,
    port: connection.port,
    user: connection.user,
    password: connection.password,
    database: connection.database,
    ssl: connection.ssl ?? false,
    // Its scripts open transactions of their own: never share our pool.
    max: 4,
    application_name: 'zoom-license-queue',
    ...patience,
    supervise: options.supervise,
    schedule: options.supervise,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    cronMonitorIntervalSeconds: 10,
  });
  boss.on('error', (error) => {
    // It asks for work every second, which is a write: that a disk is full is told once, by whoever watches it.
    if (outageOf(error) instanceof DatabaseFullError) return;
    log.warn({ err: error }, 'The job queue had a problem and goes on');
  });
  await boss.start();
  await boss.createQueue(SYNC, { policy: 'stately', ...JOB_LIMITS });
  await boss.createQueue(RECLAMATION, { policy: 'stately', ...JOB_LIMITS });
  await boss.createQueue(TICK, { policy: 'stately', expireInSeconds: 300, heartbeatSeconds: 10, retryLimit: 0 });

  const work = (name: string, handle: (job: Job<{ id: string }>) => Promise<void>) =>
    boss.work<{ id: string }>(
      name,
      { pollingIntervalSeconds: 1, heartbeatRefreshSeconds: 3, localConcurrency: name === TICK ? 1 : 4 },
      async ([job]) => {
        if (job !== undefined) await handle(job);
      },
    );

  let mending: NodeJS.Timeout | undefined;

  const wake = async (name: string, id: string, startAfter: Date | undefined) => {
    try {
      await boss.send(name, { id }, { singletonKey: id, ...(startAfter && { startAfter }) });
    } catch (error) {
      // What is to be done is written down already, and the next look at the timetable finds it: nobody has to be told no.
      log.warn({ err: error, queue: name, id }, 'a worker could not be woken; it begins with the next look');
    }
  };

  return {
    requestSync: (integrationId, startAfter) => wake(SYNC, integrationId, startAfter),
    requestReclamation: (reclamationId, startAfter) => wake(RECLAMATION, reclamationId, startAfter),
    async work(handlers) {
      await boss.schedule(TICK, '* * * * *', { id: 'tick' });
      await work(SYNC, (job) => handlers.sync(job.data.id, job.signal));
      await work(RECLAMATION, (job) => handlers.reclamation(job.data.id, job.signal));
      await work(TICK, (job) => handlers.tick(job.signal));
      const mend = () => {
        handlers.mend().catch((error: unknown) => log.warn({ err: error }, 'The queue’s clock could not be looked at'));
      };
      mend();
      mending = setInterval(mend, options.mendEveryMs ?? 60_000);
    },
    stop(graceMs = 10_000) {
      clearInterval(mending);
      return boss.stop({ graceful: true, timeout: graceMs });
    },
  };
}
