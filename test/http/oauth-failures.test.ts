import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { deauthorizeIntegration } from '#src/actions/deauthorize-integration.ts';
import { deleteIntegration } from '#src/actions/delete-integration.ts';
import { validateIntegration } from '#src/actions/validate-integration.ts';
import { grantById } from '#src/datasources/store/grants.ts';
import { ADA, appWith, browserLegs, current, done, draft, tokenCalls, walk } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';

const READ_ALL = ['user:read:admin', 'meeting:read:admin', 'report:read:admin', 'account:read:admin'];
const apps = {
  full: appWith('full', [...READ_ALL, 'user:write:admin']),
  second: appWith('second', [...READ_ALL, 'user:write:admin']),
  rosterOnly: appWith('roster-only', [
    'user:read:list_users:admin',
    'user:read:user:admin',
    'user:read:summary:admin',
    'user:read:settings:admin',
  ]),
  blind: appWith('blind', ['report:read:admin', 'meeting:read:admin']),
};

let house: House;
let legs: FastifyInstance;

beforeAll(async () => {
  house = await openHouse({ users: 12, apps: Object.values(apps) });
  legs = await browserLegs(house);
});
afterAll(async () => {
  await legs.close();
  await house.close();
});
beforeEach(async () => {
  house.sandbox.faults.clear();
  house.sandbox.calls.length = 0;
  // One account and a few apps serve all tests: whoever is still connected would be in the way of the next.
  for (const { id } of await house.database.sql<
    { id: string }[]
  >`select id from integrations where deleted_at is null`) {
    await deleteIntegration(house.deps, ADA, { integrationId: id });
  }
  house.sandbox.calls.length = 0;
  house.woken.syncs.length = 0;
  house.logged.length = 0;
});

describe('when Zoom gives no tokens', () => {
  it('for a wrong client secret: says what to check', async () => {
    const integration = await draft(house, { ...apps.full, clientSecret: 'a-wrong-one' });
    const { answer } = await walk(house, legs, integration);
    expect(answer.statusCode).toBe(502);
    expect(answer.body).toContain('client secret is wrong');
    expect(await current(house, integration)).toMatchObject({ status: 'DRAFT', grantedScopes: null });
    expect(tokenCalls(house)).toBe(1);
  });

  it.each([
    [
      'another redirect URL',
      { status: 400, body: { reason: 'Redirect URI mismatch.', error: 'invalid_request' } },
      '/oauth/zoom/callback',
    ],
    [
      'a code that it does not take',
      { status: 400, body: { reason: 'Invalid code', error: 'invalid_grant' } },
      'older than five minutes',
    ],
    [
      'an app that is switched off',
      { status: 400, body: { errorCode: 4717, reason: 'disabled', error: 'invalid_request' } },
      'switched off',
    ],
    ['a server error', { status: 500, body: '<h1>oops</h1>' }, 'Zoom'],
    ['a broken line', { reset: 'before' as const }, 'could not be reached'],
    ['an answer that is none', { status: 200, body: { hello: 'world' } }, 'something else'],
    [
      'a refusal with status 200',
      { status: 200, body: { reason: 'no', error: 'invalid_client' } },
      'client secret is wrong',
    ],
  ])('for %s', async (_, action, words) => {
    house.sandbox.faults.add({ match: { method: 'POST', path: '/oauth/token' }, action });
    const integration = await draft(house, apps.full);
    const { answer } = await walk(house, legs, integration);
    expect(answer.statusCode).toBe(502);
    expect(answer.body).toContain(words);
    expect((await current(house, integration)).status).toBe('DRAFT');
    expect(await grantById(house.database.db, integration.id)).toBeNull();
    expect(tokenCalls(house)).toBe(1);
  });
});

describe('tokens whose account is the wrong one', () => {
  it('another account than before: everything stays, the new tokens are given back', async () => {
    const integration = await draft(house, apps.full);
    await walk(house, legs, integration);
    const before = await current(house, integration);
    house.sandbox.faults.add({
      match: { method: 'GET', path: '/users/{userId}' },
      action: { mutateBody: (body: object) => ({ ...body, account_id: 'another-account' }) },
    });
    const { answer } = await walk(house, legs, integration);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain('another Zoom account');
    expect(await current(house, integration)).toEqual(before);
    expect(house.sandbox.calls.filter(({ path }) => path === '/oauth/revoke')).toHaveLength(1);
  });

  it('a second consent for the same account and app: the new one works, the older one learns that its grant died', async () => {
    const first = await draft(house, apps.full, { displayName: 'First' });
    await walk(house, legs, first);
    const second = await draft(house, apps.full, { displayName: 'Second' });
    expect((await walk(house, legs, second)).answer.statusCode).toBe(200);
    expect((await current(house, second)).status).toBe('CONNECTED');
    // Zoom has killed the tokens of the first with the second consent.
    await validateIntegration(house.deps, ADA, { integrationId: first.id });
    expect((await current(house, first)).status).toBe('REAUTHORIZATION_REQUIRED');
  });

  it('the same account by another app is another connection', async () => {
    const first = await draft(house, apps.full);
    await walk(house, legs, first);
    const second = await draft(house, apps.second);
    expect((await walk(house, legs, second)).answer.statusCode).toBe(200);
    expect((await current(house, first)).status).toBe('CONNECTED');
  });

  it('the other account is welcome once the data of the first is erased', async () => {
    const integration = await draft(house, apps.full);
    await walk(house, legs, integration);
    done(await deauthorizeIntegration(house.deps, ADA, { integrationId: integration.id, eraseData: true }));
    house.sandbox.faults.add({
      match: { method: 'GET', path: '/users/{userId}' },
      times: 2,
      action: { mutateBody: (body: object) => ({ ...body, account_id: 'another-account' }) },
    });
    expect((await walk(house, legs, integration)).answer.statusCode).toBe(200);
    expect((await current(house, integration)).zoomAccountId).toBe('another-account');
  });
});

describe('scopes that were not granted', () => {
  it('leave it authorized, named by task, and their calls are not made', async () => {
    const integration = await draft(house, apps.rosterOnly);
    const { answer } = await walk(house, legs, integration);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('authorized, but not connected yet');
    expect(answer.body).toContain('APPLICATION_ACCESS: add report:read:list_users:admin');
    const after = await current(house, integration);
    expect(after).toMatchObject({ status: 'AUTHORIZED', connectionCheck: { ok: false } });
    expect(after.connectionCheck?.checks).toContainEqual({
      task: 'APPLICATION_ACCESS',
      endpoint: 'GET /report/users',
      ok: false,
      message: expect.stringContaining('report:read:list_users:admin'),
    });
    expect(house.sandbox.calls.some(({ path }) => path === '/report/users')).toBe(false);
    expect(house.woken.syncs).toEqual([]);
  });

  it('even the one that says whose account it is', async () => {
    const integration = await draft(house, apps.blind);
    const { answer } = await walk(house, legs, integration);
    expect(answer.body).toContain('user:read:user:admin');
    expect(await current(house, integration)).toMatchObject({
      status: 'AUTHORIZED',
      zoomAccountId: null,
      grantedScopes: apps.blind.scopes,
    });
  });

  it('Zoom down right after the consent: authorized, and a later validation finishes', async () => {
    const integration = await draft(house, apps.full);
    house.sandbox.faults.add({
      match: { path: /^\/v2\// },
      times: Infinity,
      action: { status: 503, body: { code: 503, message: 'down' } },
    });
    const { answer } = await walk(house, legs, integration);
    expect(answer.body).toContain('could not be checked');
    expect(await current(house, integration)).toMatchObject({
      status: 'AUTHORIZED',
      zoomAccountId: null,
      connectionCheck: { ok: false },
    });
    house.sandbox.faults.clear();
    const { integration: after } = done(await validateIntegration(house.deps, ADA, { integrationId: integration.id }));
    expect(after).toMatchObject({ status: 'CONNECTED', zoomAccountId: house.sandbox.world.regular.id });
    expect(house.woken.syncs).toEqual([integration.id]);
  });
});
