import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginAuthorization, exchangeCode, readExchange, type OauthParty } from '#src/auth/oauth.ts';
import { Secret } from '#src/secret.ts';

interface Seen {
  url: string | undefined;
  headers: IncomingMessage['headers'];
  form: URLSearchParams;
}

const TOKENS = {
  access_token: 'aaa',
  refresh_token: 'rrr',
  token_type: 'bearer',
  expires_in: 3599,
  scope: 'user:read:admin  report:read:admin',
};

let server: Server;
let party: OauthParty;
const seen: Seen[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ url: request.url, headers: request.headers, form: new URLSearchParams(body) });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(TOKENS));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  party = {
    oauthUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth`,
    redirectUrl: 'https://licenses.example.com/oauth/zoom/callback',
    credentials: { clientId: 'the-client', clientSecret: new Secret('s3cr&t= +%') },
  };
});
afterAll(() => server.close());

describe('the first leg', () => {
  it('asks nobody, and makes a new state and verifier each time', async () => {
    const one = await beginAuthorization(party);
    const other = await beginAuthorization(party);
    expect(seen).toEqual([]);
    expect(one.session.state).not.toBe(other.session.state);
    expect(one.session.code_verifier).not.toBe(other.session.code_verifier);
    expect(one.session.code_verifier.length).toBeGreaterThanOrEqual(43);
    const { origin, pathname, searchParams } = new URL(one.location);
    expect(`${origin}${pathname}`).toBe(`${party.oauthUrl}/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'the-client',
      response_type: 'code',
      redirect_uri: party.redirectUrl,
      state: one.session.state,
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(one.session.code_verifier).digest('base64url'),
    });
  });

  it('keeps no secret in the session', async () => {
    const { session, location } = await beginAuthorization(party);
    expect(JSON.stringify(session) + location).not.toContain('s3cr');
    expect(Object.keys(session).sort()).toEqual(['code_verifier', 'provider', 'state']);
  });
});

describe('the second leg', () => {
  it('sends the client by Basic, the verifier and the code in the body, and nothing in the address', async () => {
    const { session } = await beginAuthorization(party);
    const exchange = await exchangeCode(party, session, { code: 'the-code', state: session.state });
    expect(seen).toHaveLength(1);
    const [{ url, headers, form }] = seen as [Seen];
    expect(url).toBe('/oauth/token');
    expect(Buffer.from(String(headers.authorization).slice(6), 'base64').toString()).toBe('the-client:s3cr&t= +%');
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'authorization_code',
      code: 'the-code',
      redirect_uri: party.redirectUrl,
      code_verifier: session.code_verifier,
    });
    expect(exchange).toMatchObject({ ok: true, scopes: ['user:read:admin', 'report:read:admin'] });
    expect(exchange.ok && exchange.tokens.accessToken.reveal()).toBe('aaa');
    expect(exchange.ok && exchange.tokens.expiresInSeconds).toBe(3599);
    expect(JSON.stringify(exchange)).not.toContain('aaa');
  });

  it('asks for nothing when the state is another one', async () => {
    const { session } = await beginAuthorization(party);
    seen.length = 0;
    const exchange = await exchangeCode(party, session, { code: 'the-code', state: 'another' });
    expect(exchange.ok).toBe(false);
    expect(seen).toEqual([]);
  });

  it('says when nobody answers', async () => {
    const { session } = await beginAuthorization(party);
    const exchange = await exchangeCode({ ...party, oauthUrl: 'http://127.0.0.1:1/oauth' }, session, {
      code: 'c',
      state: session.state,
    });
    expect(exchange).toEqual({ ok: false, failure: 'UNREACHABLE', zoomCode: null });
  });
});

describe('what Zoom answers', () => {
  it.each([
    [{ error: { reason: 'Invalid client_id or client_secret', error: 'invalid_client' } }, 'CLIENT'],
    [{ error: { errorCode: 4702, reason: 'x', error: 'invalid_request' } }, 'CLIENT'],
    [{ error: { code: '4709', error: 'invalid_request' } }, 'REDIRECT'],
    [{ error: { reason: 'Redirect URI mismatch.', error: 'invalid_request' } }, 'REDIRECT'],
    [{ error: { reason: 'x', error: 'invalid_grant' } }, 'CODE'],
    [{ error: { errorCode: 4733 } }, 'CODE'],
    [{ error: { errorCode: 4717, error: 'invalid_request' } }, 'APP_DISABLED'],
    [{ error: { reason: 'x', error: 'invalid_request' } }, 'REFUSED'],
    [{ error: 'invalid_client', reason: 'with status 200' }, 'CLIENT'],
    [{ error: '401 Unauthorized' }, 'REFUSED'],
    [{ error: '503 Service Unavailable' }, 'UNREACHABLE'],
    [{ error: 'connect ECONNREFUSED 127.0.0.1:1' }, 'UNREACHABLE'],
    [{ error: 'request-compose: timeout' }, 'UNREACHABLE'],
    [{ error: { '<html>': '' } }, 'UNREACHABLE'],
    [{ raw: {} }, 'BAD_ANSWER'],
    [{ raw: { ...TOKENS, refresh_token: '' } }, 'BAD_ANSWER'],
    [{ raw: { ...TOKENS, token_type: 'mac' } }, 'BAD_ANSWER'],
    [{ raw: { ...TOKENS, scope: undefined } }, 'BAD_ANSWER'],
    [{ raw: { ...TOKENS, expires_in: 'soon' } }, 'BAD_ANSWER'],
    [undefined, 'BAD_ANSWER'],
    ['text', 'BAD_ANSWER'],
  ])('%j is %s', (response, failure) => {
    expect(readExchange(response)).toMatchObject({ ok: false, failure });
  });

  it('takes Bearer in any spelling and seconds as digits', () => {
    expect(readExchange({ raw: { ...TOKENS, token_type: 'Bearer', expires_in: '3600' } })).toMatchObject({
      ok: true,
      tokens: { expiresInSeconds: 3600 },
    });
  });

  it('keeps what can be written down: no time without an end, and no scope that is none', () => {
    const scope = 'user:read:admin a\u0000b \ud800 report:read:admin';
    expect(readExchange({ raw: { ...TOKENS, expires_in: 1e300, scope } })).toMatchObject({
      ok: true,
      tokens: { expiresInSeconds: 365 * 86_400 },
      scopes: ['user:read:admin', 'report:read:admin'],
    });
  });

  it('never repeats what Zoom wrote', () => {
    expect(
      JSON.stringify(
        readExchange({ error: { reason: 'Invalid authorization code THE-CODE', error: 'invalid_grant' } }),
      ),
    ).not.toContain('THE-CODE');
  });
});
