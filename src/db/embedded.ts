import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite, protocol } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { ConnectionOptions } from './connection.ts';
import { demandSpace, Disk, WAL_SETTINGS, type DiskOptions } from './disk.ts';
import { DatabaseStoppedError, outlive } from './engine.ts';

/** PostgreSQL inside this process, reachable like any other one while `close` has not been called. */
export interface EmbeddedDatabase {
  connection: ConnectionOptions;
  /** Are writes refused (SQLSTATE 25006), because its disk is nearly full? */
  isFull(): boolean;
  close(): Promise<void>;
}

export interface EmbeddedOptions extends DiskOptions {
  /** An earlier `dumpDataDir` to fill a new database from, which is much faster than creating one. */
  dump?: Blob;
  /** The database has ended by itself. Whoever waits for it is told, and it answers nobody any more: start anew. */
  onStopped?: (error: DatabaseStoppedError) => void;
}

/** The folder is in use by another process. */
export class DatabaseInUseError extends Error {
  constructor(dataDir: string) {
    super(
      `The embedded database in ${dataDir} is already open in another process, and two at once would lose data. ` +
        'Stop the other one, or set DATABASE_URL to a PostgreSQL that several processes can share.',
    );
    this.name = 'DatabaseInUseError';
  }
}

/**
 * Opens the embedded database in `dataDir`, creating it at first use; `null` keeps it in memory.
 *
 * @throws {DatabaseInUseError} when another living process has it open. A killed one leaves nothing behind.
 * @throws {NoSpaceError} when its disk is full
 * @throws {DatabaseStoppedError} when it can't begin, with its own last words
 */
export async function openEmbedded(
  dataDir: string | null,
  { dump, ...options }: EmbeddedOptions = {},
): Promise<EmbeddedDatabase> {
  let lock: Server | null = null;
  if (dataDir !== null) {
    await mkdir(dataDir, { recursive: true });
    lock = await lockFolder(await realpath(dataDir));
  }
  let lastWords = 'it said nothing';
  try {
    if (dataDir !== null) demandSpace(dataDir, options);
    const pglite = await PGlite.create({
      ...(dataDir !== null && {
        dataDir: join(dataDir, 'postgres'),
        startParams: [...PGlite.defaultStartParams, ...WAL_SETTINGS],
      }),
      ...(dump !== undefined && { loadDataDir: dump }),
      onStderr(line: string) {
        lastWords = /(?:FATAL|PANIC): .*/.exec(line)?.[0] ?? lastWords;
        return false;
      },
    }).catch((cause: unknown) => {
      throw new DatabaseStoppedError(lastWords, cause);
    });
    const disk = dataDir === null ? null : new Disk(dataDir, options);
    const onStopped = (cause: unknown) => options.onStopped?.(new DatabaseStoppedError(lastWords, cause));
    const embedded = await openEmbeddedOver(pglite, { disk, onStopped });
    return {
      connection: embedded.connection,
      isFull: () => disk?.isFull ?? false,
      async close() {
        await embedded.close();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw error;
  }
}

/** Puts a socket in front of a database that is already open in this process. `close` closes both. */
export async function openEmbeddedOver(
  pglite: PGlite,
  { disk = null, onStopped }: { disk?: Disk | null; onStopped?: (cause: unknown) => void } = {},
): Promise<Omit<EmbeddedDatabase, 'isFull'>> {
  let hasStopped = false;
  keepExchangesWhole(pglite, disk);
  outlive(pglite, (cause) => {
    hasStopped = true;
    onStopped?.(cause);
  });
  const socketDir = await mkdtemp(join(tmpdir(), 'zoom-license-db-'));
  // A socket file in a folder of ours keeps other people of the machine out; Windows has no such files.
  const isWindows = process.platform === 'win32';
  const port = isWindows ? await freePort() : 5432;
  const server = new PGLiteSocketServer({
    db: pglite,
    maxConnections: 100,
    ...(isWindows ? { host: '127.0.0.1', port } : { path: join(socketDir, `.s.PGSQL.${port}`) }),
  });
  await server.start();
  return {
    connection: {
      host: isWindows ? '127.0.0.1' : socketDir,
      port,
      user: 'postgres',
      password: 'postgres',
      database: 'postgres',
      ssl: null,
    },
    async close() {
      await server.stop();
      // After its end there is nothing to close; to be asked that, it would have to answer.
      if (!hasStopped) await pglite.close();
      await rm(socketDir, { recursive: true, force: true });
    },
  };
}

/**
 * All connections share the one session of the embedded database, and its socket server takes turns after every protocol
 * message: between one client's Bind and Execute another's Sync could throw the portal away. While an exchange is open
 * we therefore say what the server already heeds for transactions: that it is still the same client's turn. Between
 * exchanges, outside of transactions, the disk is looked after.
 */
function keepExchangesWhole(pglite: PGlite, disk: Disk | null): void {
  let isOpen = false;
  const isInTransaction = pglite.isInTransaction.bind(pglite);
  const execProtocolRawStream = pglite.execProtocolRawStream.bind(pglite);
  const run = (statement: string) =>
    execProtocolRawStream(protocol.serialize.query(statement), { onRawData: () => undefined });
  pglite.isInTransaction = () => isOpen || isInTransaction();
  pglite.execProtocolRawStream = async (message, options) => {
    if (disk?.isDue() === true && !pglite.isInTransaction()) await disk.look(run);
    // Parse, Bind, Describe, Execute, Close and Flush leave an exchange open; Sync and everything else end it.
    isOpen = 'PBDECH'.includes(String.fromCharCode(message[0] ?? 0));
    await execProtocolRawStream(message, options);
  };
}

/** A lock that the system releases when its process dies, however it dies: a listening socket named after the folder. */
async function lockFolder(dataDir: string): Promise<Server> {
  const name = `zoom-license-${createHash('sha256').update(dataDir).digest('hex').slice(0, 32)}`;
  const address =
    process.platform === 'linux'
      ? `\0${name}`
      : process.platform === 'win32'
        ? `\\\\.\\pipe\\${name}`
        : join(tmpdir(), `${name}.sock`);
  try {
    return await listen(address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    // Only where the name is a file can it outlive its process.
    if (process.platform === 'linux' || process.platform === 'win32' || (await isAlive(address))) {
      throw new DatabaseInUseError(dataDir);
    }
    await unlink(address);
    return listen(address);
  }
}

function listen(address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.unref();
    server.once('error', reject);
    server.listen(address, () => resolve(server));
  });
}

function isAlive(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
