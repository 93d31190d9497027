import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setImmediate as afterInput, setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { AppError } from '../errors.ts';
import type { ConnectionOptions } from './connection.ts';

/** How often the database is asked whether it is there, and how often once it was not. */
const LOOK_EVERY_MS = 500;
const LOOK_AGAIN_MS = 200;
/** Whoever is silent for longer is gone. With the time between two looks, this is the longest that a statement hangs. */
const PATIENCE_MS = 2_000;
/** What callers are told to wait: half of the outages are shorter. */
const RETRY_AFTER_MS = 1_000;

/** Nobody can say what became of a statement that was under way: what it wrote is there, or not, as a whole. */
export class DatabaseGoneError extends AppError {
  constructor(cause?: unknown) {
    super(
      'INTERNAL',
      'The database does not answer at the moment. Reads can be repeated in a second; look before repeating a write.',
      { retryable: true, retryAfterMs: RETRY_AFTER_MS, cause },
    );
    this.name = 'DatabaseGoneError';
  }
}

/** Knows whether the database answers, and has what hangs on one that has fallen silent ended: the driver waits for ever. */
export interface DatabaseWatch {
  /** Opens a connection for the driver; while the database is gone, one that fails at once. */
  socket(): Promise<Duplex>;
  /** Has it not answered lately? */
  isGone(): boolean;
  close(): Promise<void>;
}

/**
 * Asks the database for nothing every half second, on a connection of its own, as long as others are open. A slow
 * statement is left alone: the database still answers beside it.
 *
 * @param options.onGone is called once for each time that it goes; all connections of before are cut then.
 */
export function watchDatabase(connection: ConnectionOptions, options: { onGone: () => void }): DatabaseWatch {
  const pool = new Set<Socket>();
  const own = new Set<Socket>();
  let isGone = false;
  let isClosed = false;
  let isLooking = false;

  const cut = (sockets: Set<Socket>) => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const dialOwn = () => dial(connection, own);
  let probe = openProbe(connection, dialOwn);

  const look = async (): Promise<void> => {
    const tooLate = new AbortController();
    const silence = sleep(PATIENCE_MS, 'silent' as const, { signal: tooLate.signal, ref: false }).catch(() => 'over');
    const answer = probe`select 1`.then(() => 'there' as const, whatItSays);
    let seen = await Promise.race([answer, silence]);
    // A process that was busy for so long has not read the answer yet.
    if (seen === 'silent') seen = await Promise.race([answer, afterInput('silent').then(() => afterInput('silent'))]);
    tooLate.abort();
    if (isClosed) return;
    const wasGone = isGone;
    isGone = seen !== 'there';
    if (!isGone) return;
    // The driver loses count of connections that break at the wrong moment: it begins anew after each outage.
    void probe.end({ timeout: 0 });
    probe = openProbe(connection, dialOwn);
    cut(own);
    if (wasGone) return;
    options.onGone();
    cut(pool);
  };
  const keepLooking = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    while (!isClosed && (isGone || anyOpen(pool))) {
      await look();
      await sleep(isGone ? LOOK_AGAIN_MS : LOOK_EVERY_MS, undefined, { ref: false });
    }
    isLooking = false;
  };

  return {
    socket() {
      if (isGone) return Promise.resolve(failing(new DatabaseGoneError()));
      const opening = dial(connection, pool);
      void keepLooking();
      return opening;
    },
    isGone: () => isGone,
    async close() {
      isClosed = true;
      await probe.end({ timeout: 0 });
    },
  };
}

/** Does a failure come from the database being away, whatever it was wrapped into on its way? */
export function isDatabaseGone(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 8; one = one.cause, depth += 1) {
    if (one instanceof DatabaseGoneError) return true;
    const code = 'code' in one ? String(one.code) : '';
    if (GONE.has(code) || code.startsWith('08')) return true;
    // PostgreSQL's last words, whatever else they tell: it has ended.
    if ('severity' in one && one.severity === 'PANIC') return true;
    // Network codes are everybody's; the driver marks its own errors with the statement that they ended.
    if (NETWORK.has(code) && 'query' in one) return true;
  }
  return false;
}

/** The driver's words for a lost connection; PostgreSQL's for shutting down, crashed, starting up, and full. */
const GONE: ReadonlySet<string> = new Set([
  ...['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  ...['57P01', '57P02', '57P03', '53300'],
]);
const NETWORK: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
]);

/** A database that refuses a connection for want of room, or that does not know us any more, is there. */
function whatItSays(error: unknown): 'there' | 'away' {
  const code = error instanceof postgres.PostgresError ? error.code : '57P03';
  return ['57P01', '57P02', '57P03'].includes(code) ? 'away' : 'there';
}

function openProbe(options: ConnectionOptions, socket: () => Promise<Duplex>): postgres.Sql {
  return postgres({
    ...options,
    ssl: options.ssl ?? false,
    max: 1,
    connect_timeout: PATIENCE_MS / 1000,
    idle_timeout: 60,
    fetch_types: false,
    backoff: () => 0,
    onnotice: () => undefined,
    connection: { application_name: 'zoom-license-watch' },
    ...withSockets(socket),
  });
}

/** The driver takes a function that opens connections; its types do not know. */
export function withSockets(socket: () => Promise<Duplex>): object {
  return { socket };
}

/** Opens a connection and keeps it among `open`. Never rejects: the driver would lose count of its connections. */
function dial({ host, port }: ConnectionOptions, open: Set<Socket>): Promise<Duplex> {
  for (const one of open) if (one.destroyed) open.delete(one);
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    // The driver reads the name that a certificate has to be for from here.
    Object.assign(socket, { host, port });
    open.add(socket);
    const onError = (error: Error) => {
      open.delete(socket);
      resolve(failing(error));
    };
    socket.once('error', onError);
    socket.once('connect', () => {
      socket.off('error', onError);
      resolve(socket);
    });
    socket.setTimeout(PATIENCE_MS, () => socket.connecting && socket.destroy(new DatabaseGoneError()));
  });
}

/**
 * A connection that ends with an error at the first write: not before, when the driver would forget that it had begun to
 * write, and never write again.
 */
function failing(error: Error): Duplex {
  return new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done(error) });
}

function anyOpen(sockets: Set<Socket>): boolean {
  for (const one of sockets) if (!one.destroyed) return true;
  return false;
}
