import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, createAuthenticate } from '#src/auth/jwt.ts';
import { Secret } from '#src/secret.ts';

const SECRET = 'a-secret-of-tests-that-is-long-enough';
const NOW = new Date('2026-03-01T12:00:00Z');
const seconds = NOW.getTime() / 1000;
const now = () => NOW;
const claims = (given: JWTPayload = {}): JWTPayload => ({
  sub: 'ada',
  scope: 'zoom:read',
  exp: seconds + 60,
  ...given,
});
const hs256 = (payload: JWTPayload, secret = SECRET, alg = 'HS256') =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(Buffer.from(secret));

describe('a shared secret', () => {
  const auth = { kind: 'secret', secret: new Secret(SECRET), issuer: null, audience: null } as const;
  const authenticate = createAuthenticate(auth, now);
  const bearer = async (jwt: string | Promise<string>) => authenticate(`Bearer ${await jwt}`);

  it('lets in whoever it was signed for', async () => {
    const caller = await bearer(hs256(claims({ scope: 'zoom:read  zoom:operate' })));
    expect(caller.sub).toBe('ada');
    expect([...caller.scopes]).toEqual(['zoom:read', 'zoom:operate']);
  });

  it('reads scopes as lists, too', async () => {
    const lists = claims({ scope: ['zoom:read', 7], scp: ['zoom:admin'] } as unknown as JWTPayload);
    expect([...(await bearer(hs256(lists))).scopes]).toEqual(['zoom:read', 'zoom:admin']);
    expect([...(await bearer(hs256(claims({ scope: { a: 1 } } as unknown as JWTPayload)))).scopes]).toEqual([]);
  });

  it('knows nobody without a header', async () => {
    expect(await authenticate(undefined)).toBe(ANONYMOUS);
  });

  it.each([
    ['no bearer', () => 'Basic YTpi'],
    ['no token', () => 'Bearer '],
    ['no JWT', () => 'Bearer abc'],
    ['another secret', async () => `Bearer ${await hs256(claims(), 'another-secret-that-is-long-enough-too')}`],
    ['another algorithm', async () => `Bearer ${await hs256(claims(), SECRET.repeat(2), 'HS512')}`],
    ['no signature', () => `Bearer ${new UnsecuredJWT(claims()).encode()}`],
    ['expired', async () => `Bearer ${await hs256(claims({ exp: seconds - 31 }))}`],
    ['without an end', async () => `Bearer ${await hs256(claims({ exp: undefined }))}`],
    ['not yet valid', async () => `Bearer ${await hs256(claims({ nbf: seconds + 31 }))}`],
    ['without a subject', async () => `Bearer ${await hs256(claims({ sub: undefined }))}`],
    ['an empty subject', async () => `Bearer ${await hs256(claims({ sub: ' ' }))}`],
    ['the service itself', async () => `Bearer ${await hs256(claims({ sub: 'system' }))}`],
  ])('refuses %s', async (_, header) => {
    await expect(authenticate(await header())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('forgives clocks half a minute', async () => {
    await expect(bearer(hs256(claims({ exp: seconds - 29, nbf: seconds + 29 })))).resolves.toMatchObject({
      sub: 'ada',
    });
  });

  it('insists on issuer and audience where they are set', async () => {
    const strict = createAuthenticate({ ...auth, issuer: 'https://id.example', audience: 'zoom' }, now);
    const ask = async (given: JWTPayload) => strict(`Bearer ${await hs256(claims(given))}`);
    await expect(ask({ iss: 'https://id.example', aud: ['other', 'zoom'] })).resolves.toMatchObject({ sub: 'ada' });
    for (const given of [
      {},
      { iss: 'https://id.example' },
      { aud: 'zoom' },
      { iss: 'https://evil.example', aud: 'zoom' },
    ]) {
      await expect(ask(given)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });
});

describe('a JWKS', () => {
  let server: Server;
  let base: string;
  let asked = 0;
  let isBroken = false;
  const keys = generateKeyPair('RS256', { extractable: true });
  const signed = async (kid: string, payload = claims()) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).sign((await keys).privateKey);
  const authenticateFrom = (path: string) =>
    createAuthenticate({ kind: 'jwks', jwksUrl: `${base}${path}`, issuer: null, audience: null }, now);

  beforeAll(async () => {
    const jwk = { ...(await exportJWK((await keys).publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    server = createServer((_, response) => {
      asked += 1;
      response
        .writeHead(isBroken ? 500 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: [jwk] }));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('is read once and kept', async () => {
    asked = 0;
    const authenticate = authenticateFrom('/keys');
    for (let round = 0; round < 3; round += 1) {
      expect((await authenticate(`Bearer ${await signed('k1')}`)).sub).toBe('ada');
    }
    // A key that is not there makes it be read again, but not for every request.
    for (let round = 0; round < 3; round += 1) {
      await expect(authenticate(`Bearer ${await signed('k2')}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('does not accept its public key as a shared secret', async () => {
    const jwk = JSON.stringify(await exportJWK((await keys).publicKey));
    const forged = await hs256(claims(), jwk);
    await expect(authenticateFrom('/keys')(`Bearer ${forged}`)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('that can’t be had is not the caller’s fault', async () => {
    isBroken = true;
    await expect(authenticateFrom('/keys')(`Bearer ${await signed('k1')}`)).rejects.toMatchObject({ code: 'INTERNAL' });
    isBroken = false;
  });
});
