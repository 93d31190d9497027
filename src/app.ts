import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfig, type Config } from './config.ts';
import { openPool, parseDatabaseUrl, type ConnectionOptions, type Database } from './db/client.ts';
import { openClock, type Clock } from './db/clock.ts';
import { mib } from './db/disk.ts';
import { openEmbedded, type EmbeddedDatabase } from './db/embedded.ts';
import { DatabaseStoppedError } from './db/engine.ts';
import { migrateDatabase } from './db/migrate.ts';
import { KeyRing } from './db/sealing.ts';
import { openQueue } from './datasources/queue.ts';
import { openNotifier } from './datasources/notify/index.ts';
import { openZoom } from './datasources/zoom/client.ts';
import type { Limiter } from './datasources/zoom/limits.ts';
import { SETTLE_MS } from './policy/settle.ts';
import type { Deps } from './deps.ts';
import { ConfigError } from './errors.ts';
import { createLogger, type Logger } from './log.ts';
import { createMetrics, measureProcess } from './metrics.ts';
import { startTracing, type StopTracing } from './otlp.ts';

const { version: VERSION } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Everything that a process has opened, and the way to close it. */
export interface App {
  deps: Deps;
  close(): Promise<void>;
}

/**
 * Opens the outside world: the database (migrated), the queue and the way to Zoom. The only place that does.
 *
 * @param options.works also look after jobs of dead workers and the timetable
 * @param options.limiter for a Zoom that has no limits; left out, Zoom's own are kept
 */
export async function openApp(
  config: Config,
  options: { works: boolean; log?: Logger; limiter?: Limiter },
): Promise<App> {
  const log = options.log ?? createLogger(config.logLevel);
  const embedded = await embeddedOf(config, log);
  const connection = embedded?.connection ?? parseDatabaseUrl(config.databaseUrl?.reveal() ?? '');
  let database: Database | null = null;
  let clock: Clock | null = null;
  let stopTracing: StopTracing | null = null;
  try {
    await migrateDatabase(connection);
    database = openPool(connection, {
      max: config.databaseConnections,
      isWatched: true,
      ...(embedded !== null && { isFull: embedded.isFull }),
    });
    stopTracing = await startTracing(config, database.sql, VERSION);
    const keys = new KeyRing(config.tokenKeys);
    clock = await openClock(database, log);
    const { now } = clock;
    const metrics = createMetrics();
    measureProcess(metrics.registry, VERSION);
    const zoom = openZoom({ config, database, keys, log, now, limiter: options.limiter, measures: metrics.zoom });
    const notify = openNotifier(config);
    const queue = await openQueue(connection, log, { supervise: options.works });
    const deps: Deps = { config, database, keys, queue, zoom, notify, log, metrics, settleMs: SETTLE_MS, now };
    // Secrets sealed with an older key are sealed anew, while everything runs.
    const rewrapped = await zoom.tokens.rewrap();
    if (rewrapped > 0) log.info({ rewrapped }, 'stored secrets are sealed with the first key of TOKEN_KEYS now');
    return {
      deps,
      async close() {
        await queue.stop();
        await zoom.close();
        await notify.close();
        clock?.close();
        await database?.close();
        await embedded?.close();
        await stopTracing?.();
      },
    };
  } catch (error) {
    await stopTracing?.();
    clock?.close();
    await database?.close();
    await embedded?.close();
    throw error;
  }
}

/**
 * Opens the database alone, for commands that need nothing else. Neither callers nor secrets matter to them: what the
 * environment doesn't say of those is made up.
 */
export async function openDatabaseAlone(): Promise<{ connection: ConnectionOptions; close(): Promise<void> }> {
  const config = configOrExit({ ...anyCallers(), TOKEN_KEYS: `k:${'A'.repeat(43)}=`, ...process.env });
  const embedded = await embeddedOf(
    config,
    createLogger(config.logLevel, (line) => process.stderr.write(line)),
  );
  return {
    connection: embedded?.connection ?? parseDatabaseUrl(config.databaseUrl?.reveal() ?? ''),
    close: async () => embedded?.close(),
  };
}

/** The database in this process, where there is no other. */
async function embeddedOf({ databaseUrl, dataDir }: Config, log: Logger): Promise<EmbeddedDatabase | null> {
  if (databaseUrl !== null) return null;
  return openEmbedded(dataDir, {
    onFull(isFull, freeBytes) {
      const disk = { dataDir, freeMb: mib(freeBytes) };
      if (isFull)
        log.error(disk, 'the disk of the database is nearly full: writes are refused, reads go on; make space');
      else log.info(disk, 'the disk of the database has space again: writes are taken');
    },
    onStopped(error) {
      log.fatal({ err: error }, error.message);
      // Who waits for an answer gets one before.
      setTimeout(() => process.exit(EXIT_STOPPED), 1_000);
    },
  });
}

/** `EX_IOERR`: the embedded database ended by itself. Whoever starts this process again finds everything that was acknowledged. */
const EXIT_STOPPED = 74;

/** The keys alone, of the environment as it is. */
export function keysAlone(): KeyRing {
  return new KeyRing(configOrExit({ ...anyCallers(), ...process.env }).tokenKeys);
}

const anyCallers = () => (process.env['AUTH_JWKS_URL'] === undefined ? { AUTH_JWT_SECRET: 'x'.repeat(32) } : {});

/** Reads the environment; a mistake in it ends the process with every problem named, before anything is opened. */
export function configOrExit(env: NodeJS.ProcessEnv = process.env): Config {
  try {
    return readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\nNothing was started. See .env.example for every variable.\n`);
    process.exit(78);
  }
}

/** Runs a process's main function; what it can't start with is told in one line, not in a stack. */
export async function main(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.stderr.write(`${inWords(error)}\n`);
    if (process.env['LOG_LEVEL'] === 'debug') console.error(error);
    process.exitCode = 1;
    // Something may still be open that would keep the process alive.
    setTimeout(() => process.exit(1), 2_000).unref();
  }
}

function inWords(error: unknown): string {
  if (error instanceof DatabaseStoppedError) return error.message;
  // A failed migration carries its whole script; what went wrong stands in its cause.
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code, address, port, message } = reason as NodeJS.ErrnoException & { address?: string; port?: number };
  const place = `${address ?? ''}:${port ?? ''}`;
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'CONNECT_TIMEOUT':
      return `The database does not answer (${message}). Check DATABASE_URL, and that PostgreSQL runs there.`;
    case '28P01':
    case '28000':
    case '3D000':
      return `The database refused the connection (${message}). Check user, password and database name in DATABASE_URL.`;
    case '42P01':
    case '42703':
    case '42883':
      return `The database has another schema than this version needs (${message}). Run: npm run migrate`;
    case 'EADDRINUSE':
      return `${place} is already in use. Stop what listens there, or set PORT to another one.`;
    default:
      return message ?? String(error);
  }
}

/** Calls `stop` once, on the first SIGTERM or SIGINT; a second signal ends the process at once. */
export function onSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  const handle = () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}

/** A value that is made once and kept in a file that only its owner reads. */
export async function keptSecret(dataDir: string, name: string, make: () => string): Promise<string> {
  const path = join(dataDir, name);
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    await mkdir(dataDir, { recursive: true });
    const value = make();
    await writeFile(path, `${value}\n`, { mode: 0o600 });
    return value;
  }
}
