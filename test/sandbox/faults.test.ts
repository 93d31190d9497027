import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeUser, startSandbox } from '#sandbox/index.ts';
import { connect } from './caller.ts';
import type { Sandbox } from '#sandbox/index.ts';
import type { Caller } from './caller.ts';

let sandbox: Sandbox;
let zoom: Caller;
beforeEach(async () => {
  sandbox = await startSandbox({ users: 0, rateLimits: false });
  zoom = await connect(sandbox);
});
afterEach(() => sandbox.close());

describe('faults', () => {
  it('answer otherwise, as often as said, after as many as said', async () => {
    sandbox.faults.add({
      match: { method: 'GET', path: '/users', query: { status: 'inactive' } },
      after: 1,
      times: 2,
      action: { status: 503, body: '<h1>Sorry</h1>' },
    });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await zoom.get('/users?status=inactive')).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect((await zoom.get('/users')).status).toBe(200);
  });

  it('match templates, paths and expressions', async () => {
    sandbox.faults.add({ match: { path: '/users/{userId}' }, action: { status: 500 } });
    sandbox.faults.add({
      match: { path: /^\/v2\/groups/ },
      times: Infinity,
      action: { status: 429, headers: { 'retry-after': '7' } },
    });
    expect((await zoom.get('/users/me')).status).toBe(500);
    expect((await zoom.get('/groups')).headers.get('retry-after')).toBe('7');
    sandbox.faults.clear();
    expect((await zoom.get('/groups')).status).toBe(200);
  });

  it('drop the connection before or after the effect', async () => {
    const user = makeUser(sandbox.world);
    const match = { method: 'PATCH' };
    sandbox.faults.add({ match, action: { reset: 'before' } });
    await expect(zoom.send('PATCH', `/users/${user.id}`, { type: 1 })).rejects.toThrow();
    expect(user.type).toBe(2);
    sandbox.faults.add({ match, action: { reset: 'after' } });
    await expect(zoom.send('PATCH', `/users/${user.id}`, { type: 1 })).rejects.toThrow();
    expect(user.type).toBe(1);
  });

  it('lie, hang and dawdle', async () => {
    sandbox.faults.add({
      match: { path: '/users' },
      action: { mutateBody: (body) => ({ ...body, total_records: 9999 }) },
    });
    expect((await zoom.get('/users')).body.total_records).toBe(9999);
    sandbox.faults.add({ match: { path: '/users' }, action: { hang: true } });
    const asked = fetch(`${sandbox.apiUrl}/users`, { signal: AbortSignal.timeout(80) });
    await expect(asked).rejects.toThrow();
    sandbox.faults.add({ match: { path: '/users' }, action: { delayMs: 80 } });
    const before = performance.now();
    expect((await zoom.get('/users')).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(75);
  });

  it('reach OAuth: a refresh whose answer is lost has happened', async () => {
    sandbox.faults.add({ match: { path: '/oauth/token' }, action: { reset: 'after' } });
    const [app] = sandbox.apps;
    const refresh = () =>
      fetch(`${sandbox.oauthUrl}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: zoom.tokens.refresh_token,
          client_id: app!.clientId,
          client_secret: app!.clientSecret,
        }),
      });
    await expect(refresh()).rejects.toThrow();
    expect((await refresh()).status).toBe(400);
  });
});

describe('the same over HTTP', () => {
  const control = (path: string, method = 'GET', body?: unknown) =>
    fetch(sandbox.url + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });

  it('tells truth, world and calls', async () => {
    expect(await (await control('/sandbox/truth')).json()).toMatchObject({
      accountName: 'Northwind',
      totals: { all: 2 },
    });
    const master = sandbox.world.master.id;
    expect(await (await control(`/sandbox/truth?account=${master}`)).json()).toMatchObject({ accountId: master });
    expect((await control('/sandbox/truth?account=none')).status).toBe(404);
    expect(((await (await control('/sandbox/world')).json()) as { accounts: unknown[] }).accounts).toHaveLength(5);
    await zoom.get('/users');
    expect(((await (await control('/sandbox/calls')).json()) as unknown[]).at(-1)).toMatchObject({
      path: '/users',
      status: 200,
    });
    expect((await control('/sandbox/calls', 'DELETE')).status).toBe(204);
    expect(sandbox.calls).toHaveLength(0);
    expect(await (await control('/')).text()).toContain('A Zoom to develop against');
  });

  it('arms faults and patches users', async () => {
    await control('/sandbox/faults', 'POST', {
      match: { path: '^/v2/us' },
      times: 'Infinity',
      action: { status: 502 },
    });
    expect((await zoom.get('/users')).status).toBe(502);
    await control('/sandbox/faults', 'DELETE');
    expect((await zoom.get('/users')).status).toBe(200);
    const user = makeUser(sandbox.world);
    await control(`/sandbox/users/${user.id}`, 'POST', { email: 'moved@x.example', type: 1, id: 'not this' });
    expect((await zoom.get('/users/moved@x.example')).body).toMatchObject({ id: user.id, type: 1 });
  });
});
