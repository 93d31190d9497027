import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A process of ours and what it has said so far. */
export interface Spawned {
  child: ChildProcess;
  out(): string;
  err(): string;
  /** Waits until standard output has something that fits; fails when the process ends before, or it takes too long. */
  says(pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  /** The exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  /** Ends it, if nobody has. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Starts a script of `src/` with this Node, in `cwd`, with nothing in its environment but `env` and the PATH. `root`: another
 * copy of the code; this one when absent.
 */
export function start(
  script: string,
  options: { cwd?: string; root?: string; env?: Record<string, string>; args?: readonly string[] } = {},
): Spawned {
  const root = options.root ?? ROOT;
  const path = join(root, 'src', script);
  const child = spawn(process.execPath, [path, ...(options.args ?? [])], {
    cwd: options.cwd ?? root,
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  let onMore: () => void = () => undefined;
  const more = () => onMore();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    more();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    more();
  });
  let isOver = false;
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      isOver = true;
      resolve(code);
      more();
    });
  });
  return {
    child,
    out: () => out,
    err: () => err,
    ended,
    async says(pattern, ms = 60_000) {
      const end = performance.now() + ms;
      for (;;) {
        const found = pattern.exec(out);
        if (found !== null) return found;
        if (isOver || performance.now() > end) {
          throw new Error(`${script} ${isOver ? 'ended' : 'ran'} without saying ${String(pattern)}.\n${out}\n${err}`);
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 250);
          onMore = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
    async kill(signal = 'SIGKILL') {
      if (!isOver) child.kill(signal);
      return ended;
    },
  };
}

/** A port that nobody listens at (at this moment). */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
