import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { ANONYMOUS, createAuthenticate } from '#src/auth/jwt.ts';
import { SCOPES } from '#src/caller.ts';
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
    for (const scope of [{ a: 1 }, null, 7, true, '', '   ', ['zoom:read zoom:admin'], 'zoom:read,zoom:admin']) {
      const { scopes } = await bearer(hs256(claims({ scope } as unknown as JWTPayload)));
      for (const known of SCOPES) expect(scopes.has(known), JSON.stringify(scope)).toBe(false);
    }
  });

  it('takes a token that it has seen for good no longer than it says, and no longer than some seconds after the clock', async () => {
    let at = NOW.getTime();
    const moving = createAuthenticate(auth, () => new Date(at));
    const short = `Bearer ${await hs256(claims({ exp: seconds + 2, nbf: seconds - 100 }))}`;
    const caller = await moving(short);
    at += 9_000;
    expect(await moving(short)).toBe(caller);
    at += 9_000;
    expect(await moving(short)).not.toBe(caller);
    at = NOW.getTime() + 33_000;
    await expect(moving(short)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    // Set back to before it is valid.
    at = NOW.getTime() - 200_000;
    await expect(moving(short)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
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
    ['a subject that is no text', async () => `Bearer ${await hs256(claims({ sub: 7 as unknown as string }))}`],
    ['a subject of nothing to see', async () => `Bearer ${await hs256(claims({ sub: '\u200b\u200b' }))}`],
    ['a subject with a line break', async () => `Bearer ${await hs256(claims({ sub: 'ada\nroot' }))}`],
    ['a subject without end', async () => `Bearer ${await hs256(claims({ sub: 'a'.repeat(256) }))}`],
    ['the service itself', async () => `Bearer ${await hs256(claims({ sub: 'system' }))}`],
    ['the service itself, in disguise', async () => `Bearer ${await hs256(claims({ sub: ' System' }))}`],
    ['an end that is no number', async () => `Bearer ${await hs256(claims({ exp: 'later' as unknown as number }))}`],
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
