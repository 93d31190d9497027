import { eq } from 'drizzle-orm';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openPool, type Database } from '#src/db/client.ts';
import { KeyRing } from '#src/db/sealing.ts';
import { grants, integrations } from '#src/db/tables/integrations.ts';
import { Secret } from '#src/secret.ts';
import { getUser, updateUser } from '#src/datasources/zoom/users.ts';
import { clientCredentials } from '#src/datasources/zoom/token.ts';
import type { Zoom } from '#src/datasources/zoom/client.ts';
import { testDatabase } from '#test/support/database.ts';
import {
  openTestZoom,
  startServer,
  testConfig,
  testKeys,
  type Arrival,
  type Reply,
  type ZoomServer,
} from './zoom-server.ts';

let database: Database;
let server: ZoomServer;
let zoom: Zoom;
let other: Zoom;
let otherPool: Database;
let authorize: Awaited<ReturnType<typeof openTestZoom>>['authorize'];
let clock = Date.now();
/** After a first failure; a second in real life. */
const PAUSE_MS = 20;
const now = () => new Date(clock);
const keys = testKeys();

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer();
  ({ zoom, authorize } = await openTestZoom(database, server, { now, pauseMs: PAUSE_MS }));
  otherPool = openPool(database.connection, { max: 2 });
  other = (await openTestZoom(otherPool, server, { now, pauseMs: PAUSE_MS })).zoom;
});

beforeEach(() => {
  clock = Date.now();
});

afterAll(async () => {
  await Promise.all([zoom.close(), other.close(), otherPool.close()]);
  await server.close();
  await database.close();
});

/** A Zoom that rotates strictly: the refresh token `refresh-N` is good once, and gives `access-N+1`. */
function rotate(
  special: (call: Arrival) => Reply | undefined = () => undefined,
  expiresIn = 3600,
): { current: () => number } {
  let current = 1;
  server.answer((call) => {
    const reply = special(call);
    if (reply !== undefined) return reply;
    if (call.path === '/oauth/token') {
      const token = new URLSearchParams(call.body).get('refresh_token');
      if (token !== `refresh-${current}`)
        return { status: 400, json: { reason: 'Invalid Token!', error: 'invalid_grant' } };
      current += 1;
      return {
        json: { access_token: `access-${current}`, refresh_token: `refresh-${current}`, expires_in: expiresIn },
      };
    }
    if (call.headers.authorization !== `Bearer access-${current}`) {
      return { status: 401, json: { code: 124, message: 'Access token is expired.' } };
    }
    return { json: { id: 'u1', email: 'a@example.com', type: 1 } };
  });
  return { current: () => current };
}

const refreshes = () => server.arrivals.filter((call) => call.path === '/oauth/token').length;
const grantOf = async (id: string) => (await database.db.select().from(grants).where(eq(grants.integrationId, id)))[0];
const integrationOf = async (id: string) =>
  (await database.db.select().from(integrations).where(eq(integrations.id, id)))[0];
const set = (id: string, values: Partial<typeof grants.$inferInsert>) =>
  database.db.update(grants).set(values).where(eq(grants.integrationId, id));
const revealed = async (from: Zoom, id: string) => (await from.tokens.accessToken(id)).token.reveal();

describe('at rest', () => {
  it('tokens are sealed, each to its row and column', async () => {
    rotate();
    const id = await authorize();
    const stranger = await authorize();
    const row = await grantOf(id);
    expect(JSON.stringify(row)).not.toMatch(/access-1|refresh-1/);
    expect(keys.open(row?.accessToken ?? '', `grants.access_token:${id}`).reveal()).toBe('access-1');

    await set(stranger, { accessToken: row?.accessToken ?? '' });
    await expect(zoom.tokens.accessToken(stranger)).rejects.toMatchObject({ code: 'INTERNAL' });
    await set(id, { accessToken: row?.refreshToken ?? '' });
    await expect(zoom.tokens.accessToken(id)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(server.arrivals).toHaveLength(0);
  });

  it('are sealed anew with a new key, which then is enough', async () => {
    rotate();
    const secret = (id: string) => `integrations.client_secret:${id}`;
    const id = await authorize({ clientId: 'mine' });
    await database.db
      .update(integrations)
      .set({ clientSecret: keys.seal(new Secret('hush'), secret(id)) })
      .where(eq(integrations.id, id));
    await set(id, { pendingAnswer: keys.seal(new Secret('{}'), `grants.pending_answer:${id}`) });

    const [k1, k2] = [
      { kid: 'k1', key: Buffer.alloc(32, 1) },
      { kid: 'k2', key: Buffer.alloc(32, 2) },
    ];
    const rotated = await openTestZoom(database, server, { keys: new KeyRing([k2, k1]) });
    expect(await rotated.zoom.tokens.rewrap()).toBeGreaterThanOrEqual(2);
    expect(await rotated.zoom.tokens.rewrap()).toBe(0);

    const onlyNew = new KeyRing([k2]);
    const row = await grantOf(id);
    const integration = await integrationOf(id);
    expect(onlyNew.open(row?.accessToken ?? '', `grants.access_token:${id}`).reveal()).toBe('access-1');
    expect(onlyNew.open(row?.refreshToken ?? '', `grants.refresh_token:${id}`).reveal()).toBe('refresh-1');
    expect(onlyNew.open(row?.pendingAnswer ?? '', `grants.pending_answer:${id}`).reveal()).toBe('{}');
    expect(onlyNew.open(integration?.clientSecret ?? '', secret(id)).reveal()).toBe('hush');
    await rotated.zoom.close();
    // The other tests of this file know the old key only.
    const back = await openTestZoom(database, server, { keys: new KeyRing([k1, k2]) });
    await back.zoom.tokens.rewrap();
    await back.zoom.close();
  });
});

describe('a refresh', () => {
  it('happens two minutes before the end, and not earlier', async () => {
    rotate();
    const id = await authorize();
    clock += 57 * 60_000;
    expect(await revealed(zoom, id)).toBe('access-1');
    clock += 90_000;
    expect(await revealed(zoom, id)).toBe('access-2');
    expect(await revealed(other, id)).toBe('access-2');
    expect(refreshes()).toBe(1);
    expect(server.arrivals[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('vendor:vendor-secret-value').toString('base64')}`,
    );
    expect(await grantOf(id)).toMatchObject({ gen: 2, leaseUntil: null, refreshIntentAt: null, pendingAnswer: null });
  });

  it.each([120, 60, 5])('keeps up with tokens that live %i seconds', async (seconds) => {
    rotate(undefined, seconds);
    const id = await authorize();
    clock += 3_600_000;
    expect(await revealed(zoom, id)).toBe('access-2');
    expect(await revealed(zoom, id)).toBe('access-2');
    expect(await revealed(other, id)).toBe('access-2');
    expect(refreshes()).toBe(1);
    clock += seconds * 1000;
    expect(await revealed(zoom, id)).toBe('access-3');
    expect(refreshes()).toBe(2);
  });

  it('keeps tokens of which Zoom says that they live for ever', async () => {
    rotate(undefined, 1e300);
    const id = await authorize();
    clock += 3_600_000;
    expect(await revealed(zoom, id)).toBe('access-2');
    expect(await revealed(other, id)).toBe('access-2');
    expect(await grantOf(id)).toMatchObject({ gen: 2, pendingAnswer: null, deadAt: null });
  });

  it('is one call for many callers in two processes', async () => {
    rotate();
    const id = await authorize();
    for (let round = 2; round <= 4; round += 1) {
      clock += 3_600_000;
      const tokens = await Promise.all(Array.from({ length: 40 }, (_, i) => revealed(i % 2 === 0 ? zoom : other, id)));
      expect(new Set(tokens)).toEqual(new Set([`access-${round}`]));
      expect(refreshes()).toBe(round - 1);
    }
  });

  it('is one call for 50 calls that were turned down together', async () => {
    const zoomSide = rotate();
    const id = await authorize();
    // Zoom has forgotten the access token; we think that it is good.
    await zoom.tokens.accessToken(id);
    const own = zoomSide.current();
    rotate((call) =>
      call.headers.authorization === `Bearer access-${own}` ? { status: 401, json: { code: 124 } } : undefined,
    );
    const users = await Promise.all(Array.from({ length: 50 }, () => getUser(zoom.forIntegration(id), 'u1')));
    expect(users).toHaveLength(50);
    expect(refreshes()).toBe(1);
  });

  it('is followed by one repetition, of writes as well, and by no second one', async () => {
    rotate((call) => (call.path.startsWith('/v2') ? { status: 401, json: { code: 124 } } : undefined));
    const id = await authorize();
    await expect(updateUser(zoom.forIntegration(id), 'u1', { type: 1 })).rejects.toMatchObject({
      kind: 'AUTH',
      outcome: 'REFUSED',
    });
    expect(server.arrivals.map((call) => call.path)).toEqual(['/v2/users/u1', '/oauth/token', '/v2/users/u1']);
  });

  it('does not cure missing scopes', async () => {
    rotate((call) => (call.path.startsWith('/v2') ? { status: 401, json: { code: 4711 } } : undefined));
    const id = await authorize();
    await expect(getUser(zoom.forIntegration(id), 'u1')).rejects.toMatchObject({ kind: 'SCOPE' });
    expect(refreshes()).toBe(0);
  });

  it.each<Reply>([{ status: 500, text: '<html>' }, { status: 429 }, 'drop'])(
    'that fails with %j costs nothing but the moment',
    async (reply) => {
      const id = await authorize();
      rotate(() => reply);
      // Still good for a minute: used.
      clock += 59 * 60_000;
      expect(await revealed(zoom, id)).toBe('access-1');
      clock += 60_000;
      await set(id, { leaseUntil: null });
      await expect(zoom.tokens.accessToken(id)).rejects.toMatchObject({ retryable: true, outcome: 'NOT_SENT' });
      expect(await integrationOf(id)).toMatchObject({ status: 'CONNECTED' });
      expect(await grantOf(id)).toMatchObject({ gen: 1, deadAt: null });
      rotate();
      await set(id, { leaseUntil: null });
      // Who has not failed need not wait.
      expect(await revealed(other, id)).toBe('access-2');
      expect(await revealed(zoom, id)).toBe('access-2');
    },
  );

  it.each<[Reply, boolean]>([
    [{ status: 404, text: '<html>' }, false],
    [{ status: 429 }, false],
    [{ status: 503, text: '<html>' }, true],
    [{ status: 200, text: '<html>' }, true],
    [{ status: 200, json: { access_token: 'access-x' } }, true],
    ['drop', true],
  ])('is asked for ever more seldom while it fails with %j, and comes back by itself', async (reply, isUnclear) => {
    const id = await authorize();
    rotate(() => reply);
    clock += 3_600_000;
    const end = performance.now() + 40 * PAUSE_MS;
    const failures = await Promise.all(
      Array.from({ length: 30 }, async () => {
        let count = 0;
        for (; performance.now() < end; count += 1) {
          await expect(zoom.tokens.accessToken(id)).rejects.toMatchObject({ outcome: 'NOT_SENT' });
          await sleep(5);
          // Nobody asks again within ten seconds of an answer that is not known.
          if (isUnclear) await set(id, { leaseUntil: null });
        }
        return count;
      }),
    );
    expect(Math.min(...failures)).toBeGreaterThan(5);
    // After 0, 1, 3, 7, 15 and 31 pauses.
    expect(refreshes()).toBeLessThanOrEqual(6);
    expect(await integrationOf(id)).toMatchObject({ status: 'CONNECTED' });
    expect(await grantOf(id)).toMatchObject({ gen: 1, deadAt: null });
    rotate();
    await vi.waitFor(async () => expect(await revealed(zoom, id)).toBe('access-2'), 5_000);
    expect(refreshes()).toBe(1);
  });

  it('whose answer never ends is given up after five seconds, and nothing is said of the grant', async () => {
    const id = await authorize();
    server.answer(() => 'drip');
    clock += 3_600_000;
    const startedAt = performance.now();
    await expect(zoom.tokens.accessToken(id)).rejects.toMatchObject({ kind: 'TIMEOUT', outcome: 'NOT_SENT' });
    expect(performance.now() - startedAt).toBeLessThan(7_000);
    expect(await grantOf(id)).toMatchObject({ gen: 1, deadAt: null });
    expect(refreshes()).toBe(1);
  });

  it('that fails leaves a write unsent, and is tried again for a read', async () => {
    const id = await authorize();
    rotate((call) => (call.path.startsWith('/oauth') ? { status: 429, headers: { 'retry-after': '0' } } : undefined));
    clock += 3_600_000;
    const write = updateUser(zoom.forIntegration(id), 'u1', { type: 1 });
    await expect(write).rejects.toMatchObject({ kind: 'RATE_LIMIT', outcome: 'NOT_SENT' });
    await sleep(2 * PAUSE_MS);
    let failures = 2;
    rotate((call) => (call.path.startsWith('/oauth') && failures-- > 0 ? { status: 404, text: '<html>' } : undefined));
    expect(await getUser(zoom.forIntegration(id), 'u1')).toMatchObject({ id: 'u1' });
    expect(refreshes()).toBe(3);
  });

  it('is not followed to another host', async () => {
    const id = await authorize();
    server.answer(() => ({ status: 307, headers: { location: `${server.url}/elsewhere` } }));
    clock += 3_600_000;
    await expect(zoom.tokens.accessToken(id)).rejects.toMatchObject({ code: 'ZOOM_UNAVAILABLE' });
    expect(server.arrivals).toHaveLength(1);
  });

  it('tells a wrong client secret from a dead grant', async () => {
    const id = await authorize();
    server.answer(() => ({ status: 401, json: { error: 'invalid_client' } }));
    clock += 3_600_000;
    await expect(zoom.tokens.accessToken(id)).rejects.toMatchObject({ kind: 'AUTH', retryable: false });
    expect(await grantOf(id)).toMatchObject({ deadAt: null, leaseUntil: null });
  });
});

describe('a crash', () => {
  it('before the answer: the old token is tried once', async () => {
    rotate();
    const id = await authorize();
    clock += 3_600_000;
    await set(id, { refreshIntentAt: new Date(), leaseUntil: new Date(Date.now() - 1), leaseOwner: 'gone' });
    expect(await revealed(zoom, id)).toBe('access-2');
  });

  it('before the answer, and Zoom had rotated: given up, with the reason', async () => {
    const id = await authorize();
    server.answer(() => ({ status: 400, json: { error: 'invalid_grant' } }));
    clock += 3_600_000;
    await set(id, { refreshIntentAt: new Date(), leaseUntil: new Date(Date.now() - 1), leaseOwner: 'gone' });
    await expect(zoom.tokens.accessToken(id)).rejects.toMatchObject({ code: 'REAUTHORIZATION_REQUIRED' });
    expect((await integrationOf(id))?.reauthorizationReason).toContain('cut off');
    expect(refreshes()).toBe(1);
  });

  it('after the answer was written down: it is used, by whoever comes, without a call', async () => {
    rotate();
    const id = await authorize();
    clock += 3_600_000;
    const answer = JSON.stringify({
      accessToken: 'access-found',
      refreshToken: 'refresh-found',
      accessExpiresAt: new Date(clock + 3_600_000),
    });
    await set(id, {
      pendingAnswer: keys.seal(new Secret(answer), `grants.pending_answer:${id}`),
      refreshIntentAt: new Date(),
      leaseUntil: new Date(Date.now() + 60_000),
      leaseOwner: 'gone',
    });
    expect(await Promise.all([revealed(zoom, id), revealed(other, id)])).toEqual(['access-found', 'access-found']);
    expect(server.arrivals).toHaveLength(0);
    expect(await grantOf(id)).toMatchObject({ gen: 2, pendingAnswer: null, leaseUntil: null });
  });

  it('of the lease holder is waited out', async () => {
    rotate();
    const id = await authorize();
    clock += 3_600_000;
    await set(id, { leaseUntil: new Date(Date.now() + 1_000), leaseOwner: 'gone' });
    expect(await revealed(zoom, id)).toBe('access-2');
    expect(refreshes()).toBe(1);
  });
});

describe('a dead grant', () => {
  it('makes the integration ask for a new authorization, and ends all calls', async () => {
    const id = await authorize();
    server.answer(() => ({ status: 400, json: { reason: 'Invalid Token!', error: 'invalid_grant' } }));
    clock += 3_600_000;
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, i) => getUser((i % 2 === 0 ? zoom : other).forIntegration(id), 'u1')),
    );
    for (const one of tries)
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'REAUTHORIZATION_REQUIRED' } });
    expect(await integrationOf(id)).toMatchObject({
      status: 'REAUTHORIZATION_REQUIRED',
      reauthorizationReason: expect.stringContaining('Authorize it again') as unknown,
    });
    expect(server.arrivals).toHaveLength(1);
  });

  it('lives again after a new authorization', async () => {
    const id = await authorize();
    await set(id, { deadAt: new Date(), refreshIntentAt: new Date(), pendingAnswer: null });
    await expect(other.tokens.accessToken(id)).rejects.toMatchObject({ code: 'REAUTHORIZATION_REQUIRED' });
    await zoom.tokens.saveGrant(id, {
      accessToken: new Secret('new'),
      refreshToken: new Secret('r'),
      expiresInSeconds: 3600,
    });
    expect(await revealed(other, id)).toBe('new');
    expect(await grantOf(id)).toMatchObject({ gen: 2, deadAt: null, refreshIntentAt: null });
  });

  it('is not buried when somebody put a new one in its place', async () => {
    const id = await authorize();
    server.answer(async () => {
      await other.tokens.saveGrant(id, {
        accessToken: new Secret('new'),
        refreshToken: new Secret('r'),
        expiresInSeconds: 7200,
      });
      return { status: 400, json: { error: 'invalid_grant' } };
    });
    clock += 3_600_000;
    expect(await revealed(zoom, id)).toBe('new');
    expect(await integrationOf(id)).toMatchObject({ status: 'CONNECTED' });
  });

  it('is what there is before the first authorization', async () => {
    await expect(zoom.tokens.accessToken('int_none')).rejects.toMatchObject({ code: 'REAUTHORIZATION_REQUIRED' });
  });
});

describe('revoking', () => {
  it('tells Zoom and erases, without a token in the address', async () => {
    const id = await authorize();
    server.answer(() => ({ json: { status: 'success' } }));
    expect(await zoom.tokens.revoke(id)).toEqual({ revoked: true });
    expect(server.arrivals).toMatchObject([{ url: '/oauth/revoke', body: 'token=access-1' }]);
    expect(await grantOf(id)).toBeUndefined();
    await expect(getUser(zoom.forIntegration(id), 'u1')).rejects.toMatchObject({ code: 'REAUTHORIZATION_REQUIRED' });
  });

  it.each<Reply>([{ status: 500 }, 'drop'])('erases also when Zoom answers %j, and says so', async (reply) => {
    const id = await authorize();
    server.answer(() => reply);
    expect(await zoom.tokens.revoke(id)).toEqual({ revoked: false });
    expect(await grantOf(id)).toBeUndefined();
  });
});

describe('clientCredentials', () => {
  const config = testConfig('http://zoom');
  const integration = { id: 'int_x', region: 'NA', kind: 'REGULAR', clientId: null, clientSecret: null } as const;

  it("are the integration's own, or the vendor's for its region and kind", () => {
    const sealed = keys.seal(new Secret('own-secret'), 'integrations.client_secret:int_x');
    const own = clientCredentials({ config, keys }, { ...integration, clientId: 'own', clientSecret: sealed });
    expect([own.clientId, own.clientSecret.reveal()]).toEqual(['own', 'own-secret']);
    expect(clientCredentials({ config, keys }, integration).clientId).toBe('vendor');
    expect(() => clientCredentials({ config, keys }, { ...integration, region: 'EU' })).toThrow('ZOOM_APPS');
    expect(() =>
      clientCredentials({ config, keys }, { ...integration, id: 'int_y', clientId: 'own', clientSecret: sealed }),
    ).toThrow('does not open');
  });
});
