import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientOptions, Zoom, ZoomClient } from '#src/datasources/zoom/client.ts';
import { ZoomError } from '#src/datasources/zoom/errors.ts';
import type { Database } from '#src/db/client.ts';
import { AppError } from '#src/errors.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let asked: { user: string; options: ClientOptions | undefined; integrationId: string }[] = [];
let answer: (user: string) => object = () => ({});
let running = 0;
let mostRunning = 0;

const zoom = {
  forIntegration: (integrationId: string, options?: ClientOptions): ZoomClient => ({
    integrationId,
    async call(request) {
      const user = request.params?.['userId'] ?? '';
      asked.push({ user, options, integrationId });
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return request.schema!.parse({ id: user, email: 'x@example.com', type: 2, ...answer(user) });
    },
  }),
} as unknown as Zoom;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { zoom, now: () => NOW } });
  rows = rowsIn(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

describe('User.live', () => {
  const query = `query ($id: ID) { users(integrationId: $id, first: 100) { nodes { email live {
    readAt status type typeCode lastLoginAt department lastClientVersion } } } }`;
  const ask = async (id: string) => {
    asked = [];
    mostRunning = 0;
    const { data, errors } = await server.ask(query, { id });
    return { nodes: data.users.nodes as { email: string; live: Record<string, unknown> | null }[], errors };
  };

  it('asks Zoom once a user, a few at a time, in the place of the account', async () => {
    const integration = await rows.integration({ kind: 'TIERED' });
    const master = await rows.account(integration, { tier: 'MASTER' });
    const sub = await rows.account(integration, { tier: 'SUB', masterId: master.id });
    await rows.user(sub, { email: 'a@example.com', zoomUserId: 'sub-user' });
    await rows.user(master, { email: 'b@example.com', zoomUserId: null, status: 'PENDING' });
    await rows.users(
      master,
      Array.from({ length: 40 }, () => ({})),
    );
    answer = () => ({
      type: 1,
      status: 'inactive',
      last_login_time: '2026-02-28T10:00:00Z',
      dept: '',
      last_client_version: '6.4',
    });
    const { nodes, errors } = await ask(integration.id);
    expect(errors).toBeUndefined();
    expect(nodes[0]?.live).toEqual({
      readAt: NOW.toISOString(),
      status: 'INACTIVE',
      type: 'BASIC',
      typeCode: 1,
      lastLoginAt: '2026-02-28T10:00:00.000Z',
      department: null,
      lastClientVersion: '6.4',
    });
    expect(asked).toHaveLength(42);
    expect(mostRunning).toBeLessThanOrEqual(10);
    expect(asked[0]).toMatchObject({
      user: 'sub-user',
      options: { subAccountId: sub.zoomAccountId, priority: 'INTERACTIVE' },
    });
    expect(asked[1]).toMatchObject({ user: 'b@example.com' });
    expect(asked[1]?.options).not.toHaveProperty('subAccountId');
  });

  it('is null for whom Zoom does not know, and a failure for one spoils no other', async () => {
    const integration = await rows.integration();
    const account = await rows.account(integration);
    await rows.users(
      account,
      ['gone', 'limited', 'dead', 'fine'].map((zoomUserId) => ({ zoomUserId, email: `${zoomUserId}@example.com` })),
    );
    answer = (user) => {
      const endpoint = 'GET /users/{userId}';
      if (user === 'gone') throw new ZoomError('?', { endpoint, kind: 'NOT_FOUND', outcome: 'REFUSED' });
      if (user === 'limited')
        throw new ZoomError('Too often.', { endpoint, kind: 'RATE_LIMIT', outcome: 'REFUSED', retryAfterMs: 700 });
      if (user === 'dead') throw new AppError('REAUTHORIZATION_REQUIRED', 'Authorize again.');
      return {};
    };
    const { nodes, errors } = await ask(integration.id);
    expect(nodes.map(({ email, live }) => [email, live !== null])).toEqual([
      ['dead@example.com', false],
      ['fine@example.com', true],
      ['gone@example.com', false],
      ['limited@example.com', false],
    ]);
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [['users', 'nodes', 0, 'live'], { code: 'REAUTHORIZATION_REQUIRED', requestId: expect.any(String) }],
      [['users', 'nodes', 3, 'live'], { code: 'ZOOM_RATE_LIMITED', requestId: expect.any(String), retryAfterMs: 700 }],
    ]);
  });
});
