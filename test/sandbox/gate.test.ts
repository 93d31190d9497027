import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox } from '#sandbox/index.ts';
import { connect } from './caller.ts';
import type { Sandbox, SandboxOptions } from '#sandbox/index.ts';

let sandbox: Sandbox;
let now = Date.parse('2026-05-20T10:00:00Z');
afterEach(() => sandbox.close());

async function start(options: SandboxOptions = {}) {
  now = Date.parse('2026-05-20T10:00:00Z');
  sandbox = await startSandbox({ users: 0, now: () => now, ...options });
  return connect(sandbox);
}

const withScopes = (...scopes: string[]): SandboxOptions => ({
  apps: [{ clientId: 'c', clientSecret: 's', name: 'App', account: 'REGULAR', scopes }],
});

describe('scopes', () => {
  it('are named when missing', async () => {
    const zoom = await start(withScopes('report:read:admin'));
    expect(await zoom.get('/users')).toMatchObject({
      status: 400,
      body: {
        code: 4711,
        message:
          'Invalid access token, does not contain scopes:[user:read:admin, user:write:admin, user:read:list_users:admin].',
      },
    });
  });

  it('open by the granular name exactly what it names', async () => {
    const zoom = await start(withScopes('user:read:list_users:admin', 'user:write:user:admin'));
    expect((await zoom.get('/users')).status).toBe(200);
    expect((await zoom.get('/users/me')).body.code).toBe(4711);
    // `write` means create: changing a user is `update`.
    expect((await zoom.send('PATCH', '/users/me', { dept: 'X' })).body.code).toBe(4711);
  });

  it('need a token', async () => {
    await start();
    const response = await fetch(`${sandbox.apiUrl}/users`);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ code: 124, message: 'Invalid access token.' });
  });
});

describe('rate limits', () => {
  it('count a sliding second by label, for all tokens of the account', async () => {
    const zoom = await start({ plan: 'FREE' });
    const first = await zoom.get('/users');
    expect(Object.fromEntries([...first.headers].filter(([name]) => name.startsWith('x-ratelimit')))).toEqual({
      'x-ratelimit-category': 'Medium',
      'x-ratelimit-type': 'QPS',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '1',
    });
    now += 400;
    expect((await zoom.get('/groups')).headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await zoom.get('/users/summary');
    expect(refused).toMatchObject({ status: 429, body: { code: 429, message: expect.stringContaining('per-second') } });
    expect((await zoom.get('/users/me')).status).toBe(200);
    now += 600;
    expect((await zoom.get('/users')).status).toBe(200);
    expect((await zoom.get('/users')).status).toBe(429);
  });

  it('end the day with a date to come back', async () => {
    const zoom = await start({ plan: 'BUSINESS' });
    sandbox.limits.spend(sandbox.world.regular.id, 'HEAVY', 60_000, now);
    const refused = await zoom.get('/report/users?from=2026-05-01&to=2026-05-20');
    expect(refused).toMatchObject({ status: 429, body: { message: expect.stringContaining('daily') } });
    expect(refused.headers.get('retry-after')).toBe('2026-05-21T00:00:00Z');
    expect(refused.headers.get('x-ratelimit-type')).toBe('Daily-limit');
    expect((await zoom.get('/users')).status).toBe(200);
    now = Date.parse('2026-05-21T00:00:01Z');
    sandbox.expireAccessTokens();
    expect((await (await connect(sandbox)).get('/report/users?from=2026-05-01&to=2026-05-20')).status).toBe(200);
  });

  it('are shared by a master account and its sub accounts', async () => {
    await start({ plan: 'FREE' });
    const tiered = await connect(sandbox, 1);
    expect((await tiered.get(`/accounts/${sandbox.world.subAccounts[0]!.id}/users`)).status).toBe(200);
    expect((await tiered.get('/users')).status).toBe(200);
    expect((await tiered.get(`/accounts/${sandbox.world.subAccounts[1]!.id}/users`)).status).toBe(429);
  });

  it('can be switched off', async () => {
    const zoom = await start({ plan: 'FREE', rateLimits: false });
    for (let i = 0; i < 5; i++) expect((await zoom.get('/users')).status).toBe(200);
  });
});

describe('sub accounts', () => {
  it('are listed, described and called through the prefix', async () => {
    await start({ users: 200, subAccounts: 5 });
    const tiered = await connect(sandbox, 1);
    const first = await tiered.get('/accounts?page_size=2');
    expect(first.body).toMatchObject({ total_records: 5, page_size: 2 });
    expect(first.body.next_page_token).not.toBe('');
    const [sub] = first.body.accounts;
    expect(sub).toMatchObject({
      account_type: 'Business',
      seats: expect.any(Number),
      subscription_end_time: expect.any(String),
    });
    expect((await tiered.get(`/accounts/${sub.id}`)).body.owner_email).toBe(sub.owner_email);
    const { users, total_records } = (await tiered.get(`/accounts/${sub.id}/users?page_size=300`)).body;
    expect(total_records).toBe(sandbox.truth(sub.id).totals.active);
    const member = users.find(
      (user: any) => user.role_id === '2' && user.type === 2 && !user.email.startsWith('rooms_'),
    );
    expect(
      (await tiered.send('PUT', `/accounts/${sub.id}/users/${member.id}/status`, { action: 'deactivate' })).status,
    ).toBe(204);
    expect(sandbox.calls.at(-1)).toMatchObject({
      path: '/accounts/{accountId}/users/{userId}/status',
      accountId: sub.id,
    });
    expect((await tiered.get(`/accounts/${sub.id}/plans`)).body.plan_base.status).toBe('active');
    expect((await tiered.get(`/accounts/${sub.id}/plans/usage`)).body.plan_base.hosts).toBe(sub.seats);
    expect((await tiered.get(`/accounts/${sub.id}/report/users?from=2026-05-01&to=2026-05-20`)).status).toBe(200);
  });

  it('are out of reach for others', async () => {
    const regular = await start();
    const sub = sandbox.world.subAccounts[0]!.id;
    expect((await regular.get(`/accounts/${sub}/users`)).body.code).toBe(4711);
    expect((await regular.get('/accounts')).body.code).toBe(200);
    const tiered = await connect(sandbox, 1);
    expect(await tiered.get(`/accounts/${sandbox.world.regular.id}/users`)).toMatchObject({
      status: 404,
      body: { code: 2001 },
    });
    expect((await tiered.get('/accounts/me/users')).status).toBe(200);
  });
});
