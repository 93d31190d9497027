import type { PGlite } from '@electric-sql/pglite';

/** How PostgreSQL, compiled to WebAssembly, leaves a failed statement; every other way out is its end. */
const LONGJMP = 100;

/** The embedded database is over: what it was asked has no answer, and it answers nothing more. */
export class DatabaseStoppedError extends Error {
  constructor(words: string, cause: unknown) {
    super(
      `The embedded database stopped: ${words}. What was acknowledged is kept, and is there after the next start, ` +
        'which mends the rest. Look whether the disk has space before.',
      { cause },
    );
    this.name = 'DatabaseStoppedError';
  }
}

/** The functions of the engine that PGlite calls for a message, by their names in its module. */
interface Engine {
  _PostgresMainLoopOnce(): void;
  _PostgresSendReadyForQueryIfNecessary(): void;
  _pgl_pq_flush(): void;
  stackRestore(pointer: number): void;
}

/**
 * Notices when PostgreSQL has ended, as it does (PANIC) where the disk has no space for its log, and answers for it from then
 * on. PGlite swallows such an end and goes on with what is left: the statement never gets an answer, and a later one turns for
 * ever, with this whole process.
 *
 * @param onEnd is called once
 */
export function outlive(pglite: PGlite, onEnd: (cause: unknown) => void): void {
  let hasEnded = false;
  const end = (cause: unknown) => {
    if (hasEnded) return;
    hasEnded = true;
    onEnd(cause);
  };
  noticeEnd(pglite.Module as unknown as Engine, end);

  const isInTransaction = pglite.isInTransaction.bind(pglite);
  const execProtocolRawStream = pglite.execProtocolRawStream.bind(pglite);
  pglite.isInTransaction = () => !hasEnded && isInTransaction();
  pglite.execProtocolRawStream = async (message, options) => {
    if (!hasEnded) {
      try {
        return await execProtocolRawStream(message, options);
      } catch (cause) {
        // A failed statement is an answer. Whatever is thrown here would leave the queue of the socket server standing.
        end(cause);
      }
    }
    for (const answer of lastAnswers(message)) options.onRawData(answer);
  };
}

/** By itself, so that nothing that a closed PGlite still holds keeps the engine, and with it all of its memory. */
function noticeEnd(engine: Engine, end: (cause: unknown) => void): void {
  const once = engine._PostgresMainLoopOnce;
  engine._PostgresMainLoopOnce = () => {
    try {
      once();
    } catch (cause) {
      if ((cause as { status?: number }).status !== LONGJMP) {
        // The way out of the loop that calls us; what it does after a failure would touch what is no more.
        engine.stackRestore = () => {
          throw cause;
        };
        engine._PostgresSendReadyForQueryIfNecessary = engine._pgl_pq_flush = () => undefined;
        end(cause);
      }
      throw cause;
    }
  };
}

/** What a PostgreSQL that goes down says to a message: the error, and after the end of an exchange that it is over. */
function lastAnswers(message: Uint8Array): Uint8Array[] {
  const type = String.fromCharCode(message[0] ?? 0);
  return type === 'S' ? [READY] : type === 'Q' ? [CRASHED, READY] : [CRASHED];
}

const CRASHED = packet(
  'E',
  ['SFATAL', 'VFATAL', 'C57P02', 'MThe embedded database has stopped.', ''].join('\0') + '\0',
);
const READY = packet('Z', 'I');

function packet(type: string, body: string): Uint8Array {
  const bytes = Buffer.from(`${type}\0\0\0\0${body}`);
  bytes.writeInt32BE(bytes.length - 1, 1);
  return bytes;
}
