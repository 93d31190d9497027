import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox } from '#sandbox/index.ts';
import { authorizeUrl, callWith, connect, getCode, REDIRECT, tokenCall } from './caller.ts';
import type { Sandbox, SandboxApp } from '#sandbox/index.ts';

let sandbox: Sandbox;
let app: SandboxApp;
let now = Date.parse('2026-05-20T10:00:00Z');

beforeEach(async () => {
  now = Date.parse('2026-05-20T10:00:00Z');
  sandbox = await startSandbox({ users: 0, now: () => now });
  app = sandbox.apps[0]!;
});
afterEach(() => sandbox.close());

const exchange = (code: string, more = {}) =>
  tokenCall(sandbox, app, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more });
const refresh = (token: string) => tokenCall(sandbox, app, { grant_type: 'refresh_token', refresh_token: token });

describe('consent', () => {
  it('shows who asks for what, without script or foreign request', async () => {
    const response = await fetch(authorizeUrl(sandbox, app));
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(html).toContain(app.name);
    for (const scope of app.scopes) expect(html).toContain(scope);
    expect(html).not.toMatch(/<script|src=|@import|url\(/);
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  });

  it('sends back with code and state, or with access_denied and state', async () => {
    const allowed = new URL(await sandbox.consent(authorizeUrl(sandbox, app)));
    expect(allowed.origin + allowed.pathname).toBe(REDIRECT);
    expect(allowed.searchParams.get('code')).toBeTruthy();
    expect(allowed.searchParams.get('state')).toBe('the state');
    const denied = new URL(await sandbox.consent(authorizeUrl(sandbox, app), 'deny'));
    expect(Object.fromEntries(denied.searchParams)).toEqual({ error: 'access_denied', state: 'the state' });
  });

  it('takes a form once', async () => {
    const html = await (await fetch(authorizeUrl(sandbox, app))).text();
    const ticket = /name="ticket" value="([^"]+)"/.exec(html)![1]!;
    const post = () =>
      fetch(`${sandbox.oauthUrl}/authorize`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ ticket, decision: 'allow' }),
      });
    expect((await post()).status).toBe(302);
    expect((await post()).status).toBe(400);
  });

  it('shows a page and does not redirect when the request is wrong', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ users: 0, apps: [{ ...app, redirectUris: ['https://other.example/cb'] }] });
    const mismatch = await fetch(authorizeUrl(sandbox, app), { redirect: 'manual' });
    expect(mismatch.status).toBe(400);
    expect(await mismatch.text()).toContain('4709');
    const unknown = await fetch(authorizeUrl(sandbox, { ...app, clientId: '<img>' }), { redirect: 'manual' });
    expect(unknown.status).toBe(400);
    expect(await unknown.text()).not.toContain('<img>');
  });

  it('narrows the scopes when asked to', async () => {
    const code = await getCode(sandbox, app, { scope: 'user:read:admin' });
    expect((await exchange(code)).body.scope).toBe('user:read:admin');
  });
});

describe('tokens', () => {
  it('have the fields that Zoom sends', async () => {
    const { status, body } = await exchange(await getCode(sandbox, app));
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^.{400,}$/),
      refresh_token: expect.stringMatching(/^.{400,}$/),
      token_type: 'bearer',
      expires_in: 3600,
      scope: app.scopes.join(' '),
      api_url: sandbox.url,
    });
  });

  it('take the client and the parameters from the query or the form as well', async () => {
    const code = await getCode(sandbox, app);
    const query = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      client_id: app.clientId,
      client_secret: app.clientSecret,
    });
    expect((await fetch(`${sandbox.oauthUrl}/token?${query}`, { method: 'POST' })).status).toBe(200);
    expect(JSON.stringify(sandbox.calls)).not.toContain(app.clientSecret);
    expect(JSON.stringify(sandbox.calls)).not.toContain(code);
  });

  it('refuse a wrong secret, an unknown grant, another redirect', async () => {
    const wrong = await tokenCall(
      sandbox,
      { ...app, clientSecret: 'no' },
      { grant_type: 'refresh_token', refresh_token: 'x' },
    );
    expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_client' } });
    expect(await tokenCall(sandbox, app, { grant_type: 'password' })).toMatchObject({
      status: 400,
      body: { error: 'unsupported_grant_type' },
    });
    const code = await getCode(sandbox, app);
    expect(await exchange(code, { redirect_uri: 'http://127.0.0.1:9/else' })).toMatchObject({
      status: 400,
      body: { reason: 'Redirect URI mismatch.' },
    });
  });

  it('come for a code once, within five minutes; a replay kills nothing', async () => {
    const code = await getCode(sandbox, app);
    const first = await exchange(code);
    expect((await exchange(code)).status).toBe(400);
    expect((await callWith(sandbox, first.body).get('/users/me')).status).toBe(200);
    const late = await getCode(sandbox, app);
    now += 5 * 60_000;
    expect((await exchange(late)).status).toBe(400);
  });

  it('prove PKCE, S256 and plain', async () => {
    const verifier = 'v'.repeat(50);
    const s256 = {
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    expect((await exchange(await getCode(sandbox, app, s256), { code_verifier: verifier })).status).toBe(200);
    expect((await exchange(await getCode(sandbox, app, s256), { code_verifier: 'other' })).status).toBe(400);
    expect((await exchange(await getCode(sandbox, app, s256))).status).toBe(400);
    expect(
      (await exchange(await getCode(sandbox, app, { code_challenge: verifier }), { code_verifier: verifier })).status,
    ).toBe(200);
  });

  it('rotate: a refresh token works once, the old access token lives on', async () => {
    const { tokens, get } = await connect(sandbox);
    const second = await refresh(tokens.refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(tokens.refresh_token);
    expect((await get('/users/me')).status).toBe(200);
    expect(await refresh(tokens.refresh_token)).toMatchObject({
      status: 400,
      body: { reason: 'Invalid Token!', error: 'invalid_grant' },
    });
    expect((await refresh(second.body.refresh_token)).status).toBe(200);
  });

  it('live an hour', async () => {
    const { get } = await connect(sandbox);
    now += 3600_000;
    expect(await get('/users/me')).toMatchObject({
      status: 401,
      body: { code: 124, message: 'Access token is expired.' },
    });
  });

  it('die when the same user consents again', async () => {
    const first = await connect(sandbox);
    const second = await connect(sandbox);
    expect((await first.get('/users/me')).body.code).toBe(124);
    expect((await refresh(first.tokens.refresh_token)).status).toBe(400);
    expect((await second.get('/users/me')).status).toBe(200);
  });

  it('die, both, when one is revoked, when the app is removed, when the user is gone', async () => {
    const first = await connect(sandbox);
    const revoked = await fetch(`${sandbox.oauthUrl}/revoke`, {
      method: 'POST',
      body: new URLSearchParams({
        token: first.tokens.access_token,
        client_id: app.clientId,
        client_secret: app.clientSecret,
      }),
    });
    expect(await revoked.json()).toEqual({ status: 'success' });
    expect((await first.get('/users/me')).status).toBe(401);
    expect((await refresh(first.tokens.refresh_token)).status).toBe(400);

    const second = await connect(sandbox);
    sandbox.revokeGrant();
    expect((await second.get('/users/me')).status).toBe(401);
    expect((await refresh(second.tokens.refresh_token)).body.error).toBe('invalid_grant');

    const third = await connect(sandbox);
    sandbox.world.regular.users.get(sandbox.world.regular.integrationUserId)!.status = 'inactive';
    expect((await third.get('/users/me')).status).toBe(401);
  });

  it('expire on demand, and can then be refreshed', async () => {
    const { tokens, get } = await connect(sandbox);
    sandbox.expireAccessTokens();
    expect((await get('/users/me')).status).toBe(401);
    const next = await refresh(tokens.refresh_token);
    expect((await callWith(sandbox, next.body).get('/users/me')).status).toBe(200);
  });
});
