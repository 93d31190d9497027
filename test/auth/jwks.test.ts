import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWK, type JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAuthenticate } from '#src/auth/jwt.ts';
import { testDatabase } from '../support/database.ts';
import { startServer } from '../support/server.ts';

const STARTED = Date.parse('2026-03-01T12:00:00Z');
const MINUTE = 60_000;

let clock = STARTED;
const now = () => new Date(clock);
const seconds = () => Math.floor(clock / 1000);

/** An issuer with a JWKS of its own, that can be made to fail. */
let issuer: Server;
let jwksUrl: string;
let asked = 0;
let published: JWK[] = [];
let answer: RequestListener | null = null;

const pairs = new Map<string, Awaited<ReturnType<typeof generateKeyPair>>>();
const pair = async (kid: string, alg = 'RS256') => {
  if (!pairs.has(kid)) pairs.set(kid, await generateKeyPair(alg, { extractable: true }));
  return pairs.get(kid)!;
};
const publish = async (kid: string, alg = 'RS256') => {
  published.push({ ...(await exportJWK((await pair(kid, alg)).publicKey)), kid, alg, use: 'sig' });
};
const signed = async (kid: string, given: JWTPayload = {}, alg = 'RS256') =>
  new SignJWT({ sub: 'ada', scope: 'zoom:read', exp: seconds() + 300, ...given })
    .setProtectedHeader({ alg, kid })
    .sign((await pair(kid, alg)).privateKey);
const authenticator = (given = {}) =>
  createAuthenticate({ kind: 'jwks', jwksUrl, issuer: null, audience: null, ...given }, now);
const REFUSED = { code: 'UNAUTHENTICATED' };
const UNKNOWABLE = { code: 'INTERNAL', retryable: true };

beforeAll(async () => {
  issuer = createServer((request, response) => {
    asked += 1;
    if (answer !== null) return void answer(request, response);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => issuer.once('listening', resolve));
  jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/keys`;
});
afterAll(() => {
  issuer.closeAllConnections();
  issuer.close();
});
beforeEach(async () => {
  clock = STARTED;
  published = [];
  answer = null;
  await publish('k1');
  asked = 0;
});

describe('a JWKS', () => {
  it('is read once for however many come at a time, and kept for ten minutes', async () => {
    const authenticate = authenticator();
    const token = await signed('k1', { exp: seconds() + 3_600 });
    await Promise.all(Array.from({ length: 50 }, () => authenticate(`Bearer ${token}`)));
    clock += 9 * MINUTE;
    expect((await authenticate(`Bearer ${token}`)).sub).toBe('ada');
    expect(asked).toBe(1);
    clock += 2 * MINUTE;
    await authenticate(`Bearer ${token}`);
    expect(asked).toBe(2);
  });

  it('is read once more for a key that is new, which is then known', async () => {
    const authenticate = authenticator();
    await authenticate(`Bearer ${await signed('k1')}`);
    clock += MINUTE;
    await publish('k2');
    const renewed = await signed('k2');
    await Promise.all(Array.from({ length: 20 }, () => authenticate(`Bearer ${renewed}`)));
    expect((await authenticate(`Bearer ${await signed('k1')}`)).sub).toBe('ada');
    expect(asked).toBe(2);
  });

  it('is not asked for every unknown key: once in half a minute', async () => {
    const authenticate = authenticator();
    await authenticate(`Bearer ${await signed('k1')}`);
    clock += MINUTE;
    for (let round = 0; round < 100; round += 1) {
      clock += 100;
      const header = { alg: 'RS256', kid: `made-up-${round}` };
      const forged = await new SignJWT({ sub: 'eve', exp: seconds() + 300 })
        .setProtectedHeader(header)
        .sign((await pair('k1')).privateKey);
      await expect(authenticate(`Bearer ${forged}`)).rejects.toMatchObject(REFUSED);
    }
    expect(asked).toBe(2);
    // Those who have a key are let in meanwhile.
    expect((await authenticate(`Bearer ${await signed('k1')}`)).sub).toBe('ada');
  });

  it('that forgets a key makes it worthless within ten minutes', async () => {
    const authenticate = authenticator();
    await authenticate(`Bearer ${await signed('k1')}`);
    published = [];
    await publish('k2');
    clock += 11 * MINUTE;
    await expect(authenticate(`Bearer ${await signed('k1')}`)).rejects.toMatchObject(REFUSED);
  });

  it('takes elliptic keys as well', async () => {
    const authenticate = authenticator();
    for (const [kid, alg] of [
      ['e1', 'ES256'],
      ['d1', 'EdDSA'],
    ] as const) {
      await publish(kid, alg);
      clock += MINUTE;
      expect((await authenticate(`Bearer ${await signed(kid, {}, alg)}`)).sub).toBe('ada');
    }
  });
});

describe('a token that is none', () => {
  const hs256 = (secret: string) =>
    new SignJWT({ sub: 'eve', scope: 'zoom:admin', exp: seconds() + 300 })
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(Buffer.from(secret));

  it.each([
    ['without a signature', () => new UnsecuredJWT({ sub: 'eve', exp: seconds() + 300 }).encode()],
    ['signed with the public key as JSON', async () => hs256(JSON.stringify(published[0]))],
    ['signed with the public key as PEM', async () => hs256(await exportSPKI((await pair('k1')).publicKey))],
    ['signed with the modulus', () => hs256(published[0]!.n!)],
    [
      'that brings its own key',
      async () =>
        new SignJWT({ sub: 'eve', exp: seconds() + 300 })
          .setProtectedHeader({ alg: 'RS256', kid: 'k1', jwk: await exportJWK((await pair('own')).publicKey) })
          .sign((await pair('own')).privateKey),
    ],
    [
      'that says where its key is',
      async () =>
        new SignJWT({ sub: 'eve', exp: seconds() + 300 })
          .setProtectedHeader({ alg: 'RS256', kid: 'k1', jku: 'http://127.0.0.1:9/keys' })
          .sign((await pair('own')).privateKey),
    ],
    ['whose content was changed', async () => (await signed('k1')).replace(/\.[^.]+\./, `.${forgedPayload()}.`)],
    ['that has ended', () => signed('k1', { exp: seconds() - 31 })],
    ['that has not begun', () => signed('k1', { nbf: seconds() + 31 })],
    ['without an end', () => signed('k1', { exp: undefined })],
    ['without a subject', () => signed('k1', { sub: undefined })],
    ['of another issuer', () => signed('k1', { iss: 'https://evil.example', aud: 'zoom' })],
    ['for somebody else', () => signed('k1', { iss: 'https://id.example', aud: 'other' })],
    ['of no issuer', () => signed('k1', { aud: 'zoom' })],
  ])('%s is refused', async (_, make) => {
    const authenticate = authenticator({ issuer: 'https://id.example', audience: 'zoom' });
    await expect(authenticate(`Bearer ${await make()}`)).rejects.toMatchObject(REFUSED);
    const good = await signed('k1', { iss: 'https://id.example', aud: ['zoom'] });
    expect((await authenticate(`Bearer ${good}`)).sub).toBe('ada');
  });

  function forgedPayload(): string {
    return Buffer.from(JSON.stringify({ sub: 'eve', scope: 'zoom:admin', exp: seconds() + 300 })).toString('base64url');
  }

  it('is refused where the JWKS holds a shared secret by mistake', async () => {
    const secret = 'a secret that was published by mistake, long enough';
    published.push({ kty: 'oct', k: Buffer.from(secret).toString('base64url'), kid: 'k1', alg: 'HS256' });
    await expect(authenticator()(`Bearer ${await hs256(secret)}`)).rejects.toMatchObject(REFUSED);
  });
});

describe('an issuer that does not answer', () => {
  const failures: [string, RequestListener][] = [
    ['says 500', (_, response) => void response.writeHead(500).end()],
    ['says no JSON', (_, response) => void response.end('<html>')],
    ['says no keys', (_, response) => void response.end('{"keys":7}')],
    ['sends elsewhere', (_, response) => void response.writeHead(302, { location: jwksUrl }).end()],
    ['says far too much', (_, response) => void response.end(`{"keys":[],"x":"${'x'.repeat(2_000_000)}"}`)],
    ['hangs up', (_, response) => void response.destroy()],
  ];

  it.each(failures)('but %s is nobody’s fault who calls', async (_, how) => {
    const authenticate = authenticator();
    answer = how;
    await expect(authenticate(`Bearer ${await signed('k1')}`)).rejects.toMatchObject(UNKNOWABLE);
    answer = null;
    clock += 2_000;
    expect((await authenticate(`Bearer ${await signed('k1')}`)).sub).toBe('ada');
  });

  it('leaves those in whose key is known, for an hour', async () => {
    const authenticate = authenticator();
    await authenticate(`Bearer ${await signed('k1')}`);
    answer = failures[0]![1];
    asked = 0;
    for (let minute = 0; minute < 69; minute += 1) {
      clock += MINUTE - 1;
      expect((await authenticate(`Bearer ${await signed('k1')}`)).sub).toBe('ada');
      await authenticate(`Bearer ${await signed('k1')}`);
    }
    // Asked once a minute at most, not for each of two.
    expect(asked).toBeLessThanOrEqual(60);
    // Whether a key is new can't be known now.
    await expect(authenticate(`Bearer ${await signed('k9')}`)).rejects.toMatchObject(UNKNOWABLE);
    clock += 2 * MINUTE;
    await expect(authenticate(`Bearer ${await signed('k1')}`)).rejects.toMatchObject(UNKNOWABLE);
  });

  it('is told as 503 over HTTP within three seconds, and without a token nothing changes', async () => {
    const database = await testDatabase();
    const server = await startServer(database, {
      config: { auth: { kind: 'jwks', jwksUrl, issuer: null, audience: null } },
      deps: { now },
    });
    answer = () => undefined;
    const headers = { authorization: `Bearer ${await signed('k1')}` };
    const startedAt = performance.now();
    const refused = await server.ask('{ integrations { id } }', {}, { scopes: null, headers });
    // The promise is three seconds; the machine that tests may be busy.
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
    expect(refused.errors).toEqual([
      {
        message: expect.stringMatching(/keys of the token issuer could not be read/),
        extensions: { code: 'INTERNAL', requestId: expect.any(String), retryAfterMs: 1_000 },
      },
    ]);
    expect((await server.ask('{ __typename }', {}, { scopes: null })).status).toBe(200);
    answer = null;
    clock += 2_000;
    const told = await server.ask('{ integrations { id } }', {}, { scopes: null, headers });
    expect([told.status, told.errors]).toEqual([200, undefined]);
    await server.close();
    await database.close();
  });
});
