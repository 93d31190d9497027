import type { ServerResponse } from 'node:http';

/** A line now and then, so that nobody in between takes the connection for dead. */
const HEARTBEAT_MS = 15_000;

/** How long a caller may take to fetch the end of a stream. */
const LAST_WORDS_MS = 2_000;

/**
 * An answer of server-sent events, as GraphQL over SSE has them ("distinct connections"): `next` for each result, and
 * `complete` at the end.
 */
export class EventStream {
  readonly #raw: ServerResponse;
  #heartbeat: NodeJS.Timeout | null = null;
  /** Is somebody still there to be written to? */
  isOpen = true;

  /** @param onEnd called once when nothing can be written any more, whoever ended it. */
  constructor(raw: ServerResponse, onEnd: () => void) {
    this.#raw = raw;
    raw.once('close', () => {
      this.#stop();
      onEnd();
    });
  }

  begin(headers: Readonly<Record<string, string | number | string[] | undefined>>, heartbeatMs = HEARTBEAT_MS): void {
    this.#raw.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies of the nginx kind would collect events otherwise.
      'x-accel-buffering': 'no',
      // A server that ends has nothing to wait for once the stream is over.
      connection: 'close',
    });
    this.#raw.write(':\n\n');
    // Who doesn't even take these gets no more of them.
    this.#heartbeat = setInterval(() => this.#raw.writableNeedDrain || this.#raw.write(':\n\n'), heartbeatMs);
    this.#heartbeat.unref();
  }

  next(result: object): void {
    if (this.isOpen) this.#raw.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
  }

  /** Waits until what was written has been taken; also ends when the caller is gone. */
  async taken(): Promise<void> {
    if (!this.isOpen || !this.#raw.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#raw.off('drain', done).off('close', done);
        resolve();
      };
      this.#raw.on('drain', done).on('close', done);
    });
  }

  /** Ends the stream, with `last` as the last result if there is one. */
  complete(last: object | null = null): void {
    if (!this.isOpen) return;
    if (last !== null) this.next(last);
    this.#stop();
    this.#raw.end('event: complete\ndata:\n\n');
    setTimeout(() => this.#raw.destroy(), LAST_WORDS_MS).unref();
  }

  #stop(): void {
    this.isOpen = false;
    if (this.#heartbeat !== null) clearInterval(this.#heartbeat);
  }
}
