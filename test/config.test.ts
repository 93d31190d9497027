import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig, VARIABLES } from '#src/config.ts';
import { ConfigError } from '#src/errors.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const good = { TOKEN_KEYS: `k1:${KEY}`, AUTH_JWT_SECRET: 'x'.repeat(32) };

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('readConfig', () => {
  it('starts with the least there can be', () => {
    expect(readConfig(good)).toMatchObject({
      databaseUrl: null,
      host: '127.0.0.1',
      port: 4000,
      workerPort: null,
      publicUrl: 'http://127.0.0.1:4000',
      zoomApiUrl: 'https://api.zoom.us/v2',
      zoomOAuthUrl: 'https://zoom.us/oauth',
      zoomWebhookSecret: null,
      routerSecrets: null,
      otlpUrl: null,
      logLevel: 'info',
      notify: { webhook: null, smtp: null, reminderDays: [3, 1] },
    });
  });

  it('has the explorer on, in production only when asked for', () => {
    const on = (env: Record<string, string>) => readConfig({ ...good, ...env }).explorer;
    expect([on({}), on({ NODE_ENV: 'development' }), on({ EXPLORER: 'false' })]).toEqual([true, true, false]);
    expect([on({ NODE_ENV: 'production' }), on({ NODE_ENV: 'production', EXPLORER: 'true' })]).toEqual([false, true]);
    expect(problemsOf({ ...good, EXPLORER: 'perhaps' })).toEqual(['EXPLORER: must be true or false']);
  });

  it('names every problem at once, by variable', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://x',
      PORT: '70000',
      WORKER_PORT: 'no',
      PUBLIC_URL: 'not a url',
      ZOOM_APPS: '{"NA":{"REGULAR":{"name":"x"}},"MOON":{}}',
      TOKEN_KEYS: 'k1:short,k2',
      LOG_LEVEL: 'loud',
    });
    for (const name of [
      'DATABASE_URL',
      'PORT',
      'WORKER_PORT',
      'PUBLIC_URL',
      'ZOOM_APPS',
      'TOKEN_KEYS',
      'LOG_LEVEL',
      'AUTH_JWKS_URL',
    ]) {
      expect(
        problems.some((problem) => problem.startsWith(`${name}:`)),
        name,
      ).toBe(true);
    }
  });

  it('wants a secret with a receiver of messages, and a sender with a mail server', () => {
    expect(problemsOf({ ...good, NOTIFY_WEBHOOK_URL: 'https://hooks.example.com' })).toEqual([
      expect.stringContaining('NOTIFY_WEBHOOK_SECRET:'),
    ]);
    expect(
      problemsOf({
        ...good,
        NOTIFY_WEBHOOK_URL: 'ftp://x',
        NOTIFY_WEBHOOK_SECRET: 'short',
        NOTIFY_REMINDER_DAYS: '3,x',
      }),
    ).toHaveLength(3);
    expect(problemsOf({ ...good, SMTP_URL: 'smtp://mail.example.com' })).toEqual([
      expect.stringContaining('SMTP_FROM:'),
    ]);
    expect(
      problemsOf({ ...good, SMTP_URL: 'smtp://m', SMTP_FROM: 'a@example.com\r\nBcc: b@example.com' }),
    ).toHaveLength(1);
    const url = 'smtps://u:hunter2hunter2@mail.example.com';
    const { notify } = readConfig({
      ...good,
      SMTP_URL: url,
      SMTP_FROM: 'Zoom <z@example.com>',
      NOTIFY_REMINDER_DAYS: '0',
    });
    expect([notify.smtp?.url.reveal(), notify.smtp?.from, notify.reminderDays]).toEqual([
      url,
      'Zoom <z@example.com>',
      [],
    ]);
    expect(JSON.stringify(notify) + inspect(notify, { depth: 9 })).not.toContain('hunter2');
  });

  it('refuses to start without somebody who signs callers, or with two', () => {
    expect(problemsOf({ TOKEN_KEYS: good.TOKEN_KEYS })).toHaveLength(1);
    expect(problemsOf({ ...good, AUTH_JWKS_URL: 'https://example.com/jwks' })).toHaveLength(1);
    expect(problemsOf({ ...good, AUTH_JWT_SECRET: 'short' })).toEqual([expect.stringContaining('32 bytes')]);
  });

  it('never shows a secret, however it is printed', () => {
    const config = readConfig({
      ...good,
      DATABASE_URL: 'postgres://u:hunter2hunter2@localhost/db',
      ROUTER_SECRET: 'router-one,router-two',
      ZOOM_APPS: '{"EU":{"TIERED":{"name":"a","clientId":"b","clientSecret":"app-secret"}}}',
    });
    const printed = JSON.stringify(config) + inspect(config, { depth: 9 }) + String(config.databaseUrl);
    for (const secret of ['hunter2hunter2', 'router-one', 'app-secret', 'x'.repeat(32)])
      expect(printed).not.toContain(secret);
    expect(config.zoomApps.EU?.TIERED?.clientSecret.reveal()).toBe('app-secret');
    const words = problemsOf({ AUTH_JWT_SECRET: 'tiny-secret', TOKEN_KEYS: 'k:c2VjcmV0LWJ5dGVz' }).join('\n');
    expect(words).not.toContain('tiny-secret');
    expect(words).not.toContain('c2VjcmV0LWJ5dGVz');
  });

  it('is explained by .env.example, variable by variable', async () => {
    const text = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
    const explained = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
    expect(explained.sort()).toEqual([...VARIABLES].sort());
  });
});
