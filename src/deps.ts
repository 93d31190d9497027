import type { Config } from './config.ts';
import type { Database } from './db/client.ts';
import type { KeyRing } from './db/sealing.ts';
import type { Queue } from './datasources/queue.ts';
import type { Notifier } from './datasources/notify/index.ts';
import type { Zoom } from './datasources/zoom/client.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';

/** The outside world, opened once by `app.ts` and handed down. */
export interface Deps {
  config: Config;
  database: Database;
  keys: KeyRing;
  queue: Queue;
  zoom: Zoom;
  notify: Notifier;
  log: Logger;
  /** What this process counts and measures. */
  metrics: Metrics;
  /** How long a write of unclear outcome is given to show at Zoom before anybody looks. */
  settleMs: number;
  /** The clock of the database, the same in every process; tests bring their own. */
  now: () => Date;
}
