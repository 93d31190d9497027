import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, start, type Spawned } from '../support/processes.ts';

const GOOD = {
  AUTH_JWT_SECRET: 'a secret of at least thirty-two bytes',
  TOKEN_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
};
const running: Spawned[] = [];
let folder: string;

const launch = (...args: Parameters<typeof start>) => {
  const one = start(...args);
  running.push(one);
  return one;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'processes-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.kill()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a wrong environment', () => {
  it.each(['start.ts', 'worker.ts'])(
    'ends %s with every problem by name, and opens nothing',
    { timeout: 60_000 },
    async (script) => {
      const one = launch(script, {
        cwd: folder,
        env: {
          PORT: 'http',
          TOKEN_KEYS: 'k1:c2hvcnQ=',
          LOG_LEVEL: 'loud',
          ZOOM_API_URL: 'ftp://zoom',
          DATABASE_URL: 'mysql://x',
        },
      });
      expect(await one.ended).toBe(78);
      for (const name of ['PORT', 'TOKEN_KEYS', 'LOG_LEVEL', 'ZOOM_API_URL', 'DATABASE_URL', 'AUTH_JWKS_URL']) {
        expect(one.err()).toMatch(new RegExp(`${name}:`));
      }
      expect(one.err()).toContain('Nothing was started');
      // What was wrong with a secret is told without the secret.
      expect(one.err()).not.toContain('c2hvcnQ=');
      expect(one.out()).toBe('');
    },
  );

  it('tells in one line that no database answers', { timeout: 60_000 }, async () => {
    const port = await freePort();
    const one = launch('migrate.ts', {
      cwd: folder,
      env: { ...GOOD, DATABASE_URL: `postgres://u:hidden-pw@127.0.0.1:${port}/x` },
    });
    expect(await one.ended).toBe(1);
    expect(one.err()).toContain('ECONNREFUSED');
    expect(one.err()).not.toContain('hidden-pw');
    expect(one.err()).not.toMatch(/\n\s+at /);
  });
});

describe('npm start on an embedded database', () => {
  it('serves and works, refuses a second one beside it, ends cleanly on SIGTERM, and starts again', async () => {
    const port = await freePort();
    const env = { ...GOOD, PORT: String(port) };
    const first = launch('start.ts', { cwd: folder, env });
    await first.says(/"msg":"serving"/);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/livez`)).status).toBe(200);

    const second = launch('start.ts', { cwd: folder, env: { ...env, PORT: String(await freePort()) } });
    expect(await second.ended).toBe(1);
    expect(second.err()).toContain('is already open in another process');
    expect(second.err()).toContain('DATABASE_URL');
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);

    const toldAt = performance.now();
    expect(await first.kill('SIGTERM')).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(12_000);
    expect(first.err()).toBe('');
    await expect(fetch(`http://127.0.0.1:${port}/livez`)).rejects.toThrow();

    const again = launch('start.ts', { cwd: folder, env });
    await again.says(/"msg":"serving"/);
    expect(await again.kill('SIGINT')).toBe(0);
  }, 90_000);

  it('says so when the port is taken', async () => {
    const port = await freePort();
    const other = await mkdtemp(join(tmpdir(), 'processes-'));
    const first = launch('start.ts', { cwd: folder, env: { ...GOOD, PORT: String(port) } });
    await first.says(/"msg":"serving"/);
    const second = launch('start.ts', { cwd: other, env: { ...GOOD, PORT: String(port) } });
    expect(await second.ended).toBe(1);
    expect(second.err()).toContain(`127.0.0.1:${port} is already in use`);
    expect(second.err()).toContain('PORT');
    await rm(other, { recursive: true, force: true });
  }, 60_000);
});
