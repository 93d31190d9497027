import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogger, scrub } from '#src/log.ts';
import { Secret } from '#src/secret.ts';
import { testDatabase } from './support/database.ts';

const SECRET = 'sUp3r-s3cret.Value_1';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl';

/** The line that a logger writes. */
function lineOf(facts: unknown, message = 'something happened'): string {
  const lines: string[] = [];
  createLogger('debug', (line) => lines.push(line)).info(facts, message);
  expect(lines.length).toBe(1);
  expect(() => JSON.parse(lines[0]!)).not.toThrow();
  return lines[0]!;
}

describe('scrub', () => {
  it.each([
    ['a bearer token', `authorization: Bearer ${SECRET}`],
    ['basic credentials', `Authorization: Basic ${Buffer.from(`id:${SECRET}`).toString('base64')}`],
    ['a JWT on its own', `the caller sent ${JWT} twice`],
    ['a URL', `GET https://zoom.us/oauth/callback?code=${SECRET}&state=${SECRET}`],
    ['a URL inside a URL', `/login?return=https%3A%2F%2Fx.example%2Fcb%3Fcode%3D${SECRET}%26a%3Db`],
    ['a form', `grant_type=refresh_token&refresh_token=${SECRET}&client_secret=${SECRET}`],
    ['JSON', JSON.stringify({ access_token: SECRET, refreshToken: SECRET })],
    ['JSON in JSON', JSON.stringify({ body: JSON.stringify({ access_token: SECRET }) })],
    ['JSON in JSON in JSON', JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ client_secret: SECRET }) }) })],
    ['what inspect makes of an object', `{ clientSecret: '${SECRET}', password: "${SECRET}" }`],
    ['a PKCE verifier', `code_verifier=${SECRET}`],
    ['an address of a database', `postgres://owner:${SECRET}@db.example.com:5432/zoom`],
    ['a cookie', `cookie: zoom_flow=${SECRET}`],
    ['a variable', `AUTH_JWT_SECRET=${SECRET}`],
  ])('hides a secret in %s', (_, text) => {
    const clean = scrub(text);
    expect(clean).not.toContain(SECRET);
    expect(clean).not.toContain(JWT);
    expect(clean).not.toContain(Buffer.from(`id:${SECRET}`).toString('base64'));
    expect(clean).toContain('[secret]');
  });

  it.each([
    '{"level":30,"time":"2026-03-31T09:30:00.000Z","msg":"run begins","task":"APPLICATION_ROSTER"}',
    '{"err":{"code":"ECONNREFUSED","message":"connect ECONNREFUSED 127.0.0.1:5432"}}',
    '{"code":"REAUTHORIZATION_REQUIRED"}',
    '{"state":"CONNECTED","zoomCode":4711}',
    'GET /users?status=active&page_size=300',
    'https://zoom.us/docs: how codes are made',
  ])('leaves alone what is none: %s', (line) => {
    expect(scrub(line)).toBe(line);
  });

  it('hides whatever stands behind a name of a secret, and keeps JSON whole', () => {
    const names = fc.constantFrom('access_token', 'refresh_token', 'client_secret', 'clientSecret', 'code', 'password');
    const values = fc.stringMatching(/^[a-zA-Z0-9._~-]{6,60}$/).filter((value) => !/^[A-Z][A-Z_]+$/.test(value));
    fc.assert(
      fc.property(names, values, (name, value) => {
        const clean = scrub(JSON.stringify({ before: 1, [name]: value, after: 2 }));
        expect(JSON.parse(clean)).toEqual({ before: 1, [name]: '[secret]', after: 2 });
        expect(scrub(`https://x.example/cb?${name}=${value}&next=1`)).toBe(
          `https://x.example/cb?${name}=[secret]&next=1`,
        );
      }),
      { seed: 7 },
    );
  });

  it('takes no long time for a long line', () => {
    const line = `${'token '.repeat(50_000)}${'=:"'.repeat(20_000)}${'a:b:'.repeat(50_000)}`;
    const startedAt = performance.now();
    scrub(line);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('a log line', () => {
  it('hides secrets in errors, their causes and their properties', () => {
    const root = new Error(`POST /token with client_secret=${SECRET}`);
    const error = Object.assign(new Error(`Bearer ${SECRET} was refused`, { cause: root }), {
      config: { headers: { authorization: `Bearer ${SECRET}` }, url: `https://x/?access_token=${SECRET}` },
      code: 'UND_ERR_SOCKET',
    });
    const line = lineOf({ err: error }, `failed for code=${SECRET}`);
    expect(line).not.toContain(SECRET);
    expect(line).toContain('UND_ERR_SOCKET');
    expect(line).toContain('was refused');
  });

  it('tells no row of the database that a statement failed on', async () => {
    const { sql, close } = await testDatabase();
    const error: unknown = await sql`
      insert into users (id, integration_id, account_id, email, status, type, first_seen_at, updated_at)
      select 'usr', 'int', 'acc', 'ann@example.com', 'ACTIVE', 'BASIC', now(), now() from generate_series(1, 2)`.catch(
      (caught: unknown) => caught,
    );
    await close();
    const line = lineOf({ err: error });
    expect(error).toMatchObject({ detail: expect.stringContaining('usr') });
    expect(JSON.parse(line).err).toMatchObject({ code: '23505', message: expect.stringContaining('duplicate key') });
    expect(line).not.toMatch(/ann@example|\(usr\)/);
  });

  it('says of a Secret only that it is one', () => {
    const line = lineOf({ key: new Secret(SECRET), text: `${String(new Secret(SECRET))}` });
    expect(line).not.toContain(SECRET);
    expect(JSON.parse(line)).toMatchObject({ key: '[secret]', text: '[secret]' });
  });
});
