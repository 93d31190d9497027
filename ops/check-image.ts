import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run image:check`: does what the Dockerfile does, without Docker. Copies into an empty folder exactly what it copies,
 * runs its `npm ci` there, and starts migration, server and worker with what is there, on the PostgreSQL at DATABASE_URL, or
 * embedded ones. Ends with 1 at the first thing that does not work.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

/** What `COPY a b ./` and `COPY a ./a` take from the project. */
export function copiedFiles(text: string): string[] {
  const lines = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)];
  return [...new Set(lines.flatMap(([, names = '']) => names.split(' ')))];
}

/** The arguments of its `npm ci`, with the defaults of `ARG`. */
export function installArguments(text: string): string[] {
  const defaults = new Map([...text.matchAll(/^ARG (\w+)="?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value]));
  const [, line = ''] = /^RUN npm (ci .+)$/m.exec(text) ?? [];
  return line
    .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => defaults.get(name) ?? '')
    .split(' ')
    .filter((word) => word !== '');
}

async function check(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  try {
    for (const name of copiedFiles(dockerfile)) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    // The Node that runs this, and its npm: what npm put into the path belongs to this folder.
    const path = `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`;
    const { npm_execpath: npm, HOME = '' } = process.env;
    const [command, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
    say(`npm ${installArguments(dockerfile).join(' ')}`);
    execFileSync(command, [...before, ...installArguments(dockerfile)], {
      cwd: folder,
      env: { PATH: path, HOME },
      stdio: 'inherit',
    });
    const env = {
      PATH: path,
      NODE_ENV: 'production',
      AUTH_JWT_SECRET: randomBytes(32).toString('base64'),
      TOKEN_KEYS: `check:${randomBytes(32).toString('base64')}`,
      PORT: '0',
      WORKER_PORT: '0',
      ...(process.env['DATABASE_URL'] !== undefined && { DATABASE_URL: process.env['DATABASE_URL'] }),
    };
    say('node src/migrate.ts');
    execFileSync(process.execPath, ['src/migrate.ts'], { cwd: folder, env, stdio: 'inherit' });
    for (const script of ['src/server.ts', 'src/worker.ts']) {
      say(`node ${script}`);
      await answers(folder, script, env);
    }
    say('well');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts a process, waits until it tells where it listens, asks whether it is ready, and ends it as Docker does. */
async function answers(cwd: string, script: string, env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [script], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
        const [, found] = /"address":"(http:[^"]+)"/.exec(text) ?? [];
        if (found !== undefined) resolve(found);
      });
      void ended.then((code) => reject(new Error(`${script} ended with ${code}:\n${text}`)));
      setTimeout(() => reject(new Error(`${script} did not listen within 60 s:\n${text}`)), 60_000).unref();
    });
    const response = await fetch(`${address}/readyz`);
    if (!response.ok) throw new Error(`${script} is not ready: ${response.status} ${await response.text()}`);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  child.kill('SIGTERM');
  const code = await ended;
  if (code !== 0) throw new Error(`${script} ended with ${code} on SIGTERM.`);
}

function say(text: string): void {
  process.stderr.write(`> ${text}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await check();
