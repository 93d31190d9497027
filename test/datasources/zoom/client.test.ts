import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { Zoom } from '#src/datasources/zoom/client.ts';
import { getPlanUsage, plansOf } from '#src/datasources/zoom/accounts.ts';
import { listPastMeetingParticipants, listScheduledMeetings } from '#src/datasources/zoom/meetings.ts';
import { listWebinars } from '#src/datasources/zoom/webinars.ts';
import { getUser, getUsersSummary, updateUser, updateUserStatus } from '#src/datasources/zoom/users.ts';
import { ZoomError } from '#src/datasources/zoom/errors.ts';
import { MAX_ANSWER_BYTES } from '#src/datasources/zoom/http.ts';
import { testDatabase } from '#test/support/database.ts';
import { openTestZoom, startServer, type Reply, type ZoomServer } from './zoom-server.ts';

let database: Database;
let server: ZoomServer;
let zoom: Zoom;
let integrationId: string;
let authorize: () => Promise<string>;
const profile = { id: 'u1', email: 'a@example.com', type: 2 };

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer();
  ({ zoom, authorize } = await openTestZoom(database, server));
  integrationId = await authorize();
});

afterAll(async () => {
  await zoom.close();
  await server.close();
  await database.close();
});

const client = (options = {}) => zoom.forIntegration(integrationId, options);
const failure = (work: Promise<unknown>): Promise<ZoomError> =>
  work.then(
    () => Promise.reject(new Error('did not fail')),
    (error: unknown) => (error instanceof ZoomError ? error : Promise.reject(error as Error)),
  );

describe('what is sent', () => {
  it('carries the token in its header and nowhere else', async () => {
    server.answer(() => ({ json: profile }));
    await getUser(client(), 'a@example.com');
    expect(server.arrivals[0]).toMatchObject({ method: 'GET', url: '/v2/users/a%40example.com' });
    expect(server.arrivals[0]?.headers.authorization).toBe('Bearer access-1');
  });

  it('goes to the sub account that the client speaks for', async () => {
    server.answer((call) => ({ json: call.path.endsWith('usage') ? {} : profile }));
    await getUser(client({ subAccountId: 'sub1' }), 'me');
    await getPlanUsage(client({ subAccountId: 'sub1' }));
    expect(server.arrivals.map((call) => call.path)).toEqual([
      '/v2/accounts/sub1/users/me',
      '/v2/accounts/sub1/plans/usage',
    ]);
  });

  it.each([
    ['abc==', 'abc%3D%3D'],
    ['a/b==', 'a%2Fb%3D%3D'],
    ['/ab==', '%252Fab%253D%253D'],
    ['a//b==', 'a%252F%252Fb%253D%253D'],
  ])('encodes the UUID %s as %s', async (uuid, encoded) => {
    server.answer(() => ({ json: { participants: [], total_records: 0 } }));
    await listPastMeetingParticipants(client(), uuid).next();
    expect(server.arrivals[0]?.url).toContain(`/v2/past_meetings/${encoded}/participants`);
  });

  it.each(['', '.', '..'])('refuses %j as an id, which would be another address', async (userId) => {
    server.answer(() => ({ json: profile }));
    expect(await failure(getUser(client(), userId))).toMatchObject({ kind: 'VALIDATION', outcome: 'NOT_SENT' });
    expect(server.arrivals).toHaveLength(0);
  });

  it('does not follow a redirect with the token', async () => {
    server.answer(() => ({ status: 302, headers: { location: `${server.url}/elsewhere` } }));
    expect(await failure(getUser(client(), 'u1'))).toMatchObject({ kind: 'BAD_ANSWER', httpStatus: 302 });
    expect(server.arrivals).toHaveLength(1);
  });

  it('is counted after every request that left', async () => {
    const labels: string[] = [];
    server.answer((_, count) => (count === 1 ? { status: 503 } : { json: profile }));
    await getUser(client({ onCall: (label: string) => labels.push(label) }), 'u1');
    expect(labels).toEqual(['LIGHT', 'LIGHT']);
  });
});

describe('what comes back', () => {
  it('keeps unknown values and what a double would round', async () => {
    const text = '{"id":"u1","email":"a@example.com","type":77,"status":"frozen","zoom_one_type":576460752303423488}';
    server.answer(() => ({ text }));
    expect(await getUser(client(), 'u1')).toMatchObject({
      type: 77,
      status: 'frozen',
      zoom_one_type: '576460752303423488',
      last_login_time: null,
      group_ids: null,
    });
  });

  it('names the field that does not fit, and not its value', async () => {
    server.answer(() => ({ json: { ...profile, type: 'somebody@example.com' } }));
    const error = await failure(getUser(client(), 'u1'));
    expect(error).toMatchObject({ kind: 'BAD_ANSWER', endpoint: 'GET /users/{userId}', code: 'ZOOM_UNAVAILABLE' });
    expect(error.message).toContain('type');
    expect(error.message).not.toContain('somebody');
  });

  it('is not believed when it is HTML', async () => {
    server.answer(() => ({ text: '<html>Sign in</html>' }));
    expect(await failure(getUsersSummary(client()))).toMatchObject({ kind: 'BAD_ANSWER' });
    expect(await failure(updateUser(client(), 'u1', { type: 1 }))).toMatchObject({
      kind: 'BAD_ANSWER',
      outcome: 'UNKNOWN',
    });
  });

  it('is an error when HTTP 200 carries a code', async () => {
    server.answer(() => ({ json: { code: 200, message: 'No permission.' } }));
    expect(await failure(getUser(client(), 'u1'))).toMatchObject({ kind: 'FORBIDDEN', httpStatus: 200, zoomCode: 200 });
    expect(await failure(updateUserStatus(client(), 'u1', 'deactivate'))).toMatchObject({ outcome: 'REFUSED' });
  });

  it.each<[Reply, object]>([
    [
      { status: 404, json: { code: 1001, message: 'Пользователь a@example.com' } },
      { kind: 'NOT_FOUND', zoomCode: 1001 },
    ],
    [{ status: 400, json: { code: 1010, message: '' } }, { kind: 'NOT_FOUND' }],
    [
      { status: 400, json: { code: 300, message: '' } },
      { kind: 'VALIDATION', outcome: 'REFUSED' },
    ],
    [{ status: 400, json: { code: 2034, message: '' } }, { kind: 'SEATS' }],
    [{ status: 409, json: { code: 1005, message: '' } }, { kind: 'CONFLICT' }],
    [
      { status: 403, text: '<html>' },
      { kind: 'FORBIDDEN', zoomCode: null },
    ],
    [
      {
        status: 400,
        json: { code: 4711, message: 'Invalid access token, does not contain scopes:[user:read:admin, x:y].' },
      },
      { kind: 'SCOPE', missingScopes: ['user:read:admin', 'x:y'], code: 'ZOOM_UNAVAILABLE' },
    ],
  ])('%j is told by its code', async (reply, facts) => {
    server.answer(() => reply);
    const error = await failure(getUser(client(), 'u1'));
    expect(error).toMatchObject(facts);
    expect(error.message).not.toContain('@');
    expect(server.arrivals).toHaveLength(1);
  });

  it.each([2 ** 31, 1e300, 1.5, '99999999999999999999'])(
    'with a code that nobody can keep (%s) is an error all the same',
    async (code) => {
      for (const status of [200, 400]) {
        server.answer(() => ({ status, json: { code, message: 'no' } }));
        expect(await failure(updateUser(client(), 'u1', { type: 1 }))).toMatchObject({ zoomCode: null });
      }
    },
  );

  it('may not be endless', async () => {
    server.answer(() => ({ text: 'x'.repeat(MAX_ANSWER_BYTES + 1) }));
    expect(await failure(updateUser(client(), 'u1', { type: 1 }))).toMatchObject({ kind: 'BAD_ANSWER' });
  });

  it('says nothing of a host who may not hold meetings or webinars', async () => {
    server.answer((call) => ({
      status: 400,
      json: { code: call.path.endsWith('webinars') ? 200 : 3161, message: 'no' },
    }));
    expect(await Array.fromAsync(listScheduledMeetings(client(), 'u1', 'live'))).toEqual([]);
    expect(await Array.fromAsync(listWebinars(client(), 'u1', 'scheduled'))).toEqual([]);
    server.answer((_, count) =>
      count === 1 ? { json: { webinars: [], next_page_token: 't' } } : { status: 400, json: { code: 200 } },
    );
    // On a later page it is a failure like any other.
    expect(await failure(Array.fromAsync(listWebinars(client(), 'u1', 'scheduled')))).toMatchObject({ zoomCode: 200 });
  });

  it('reads plans of every shape', async () => {
    server.answer(() => ({
      json: {
        plan_base: { type: 'monthly', hosts: 10, usage: 8, active_hosts: 3 },
        plan_webinar: [{ type: 'webinar500_yearly', hosts: 2, usage: 1, pending: 1 }],
        plan_recording: { type: 'cmr', free_storage: '1 GB' },
        other: 1,
      },
    }));
    const usage = await getPlanUsage(client());
    expect(plansOf(usage).map(({ key, plan }) => [key, plan.hosts])).toEqual([
      ['plan_base', 10],
      ['plan_webinar', 2],
      ['plan_recording', null],
    ]);
    // A count that is none is said to be unknown; the other plans are not lost by it.
    server.answer(() => ({ json: { plan_base: { hosts: 'ten' }, plan_webinar: [{ type: 'webinar500', hosts: 2 }] } }));
    expect(plansOf(await getPlanUsage(client())).map(({ key, plan }) => [key, plan.hosts])).toEqual([
      ['plan_base', null],
      ['plan_webinar', 2],
    ]);
  });
});

describe('trying again', () => {
  it.each<Reply>([{ status: 500, text: '<html>' }, { status: 429 }, 'drop'])('reads again after %j', async (reply) => {
    server.answer((_, count) => (count < 3 ? reply : { json: profile }));
    expect(await getUser(client(), 'u1')).toMatchObject({ id: 'u1' });
    expect(server.arrivals).toHaveLength(3);
  });

  it.each<[Reply, string]>([
    [{ status: 500 }, 'UNAVAILABLE'],
    [{ status: 502, text: '<html>' }, 'UNAVAILABLE'],
    ['drop', 'NETWORK'],
    ['hang', 'TIMEOUT'],
  ])('never sends a write again after %j', async (reply, kind) => {
    server.answer(() => reply);
    const error = await failure(updateUserStatus(client({ deadlineMs: 1_500 }), 'u1', 'deactivate'));
    expect(error).toMatchObject({ kind, outcome: 'UNKNOWN', retryable: false });
    expect(server.arrivals).toHaveLength(1);
  });

  it('sends a write again that was turned away for its rate', async () => {
    server.answer((_, count) => (count === 1 ? { status: 429, headers: { 'retry-after': '1' } } : { status: 204 }));
    await updateUserStatus(client(), 'u1', 'deactivate');
    expect(server.arrivals.map((call) => call.body)).toEqual(['{"action":"deactivate"}', '{"action":"deactivate"}']);
    expect((server.arrivals[1]?.at ?? 0) - (server.arrivals[0]?.at ?? 0)).toBeGreaterThan(990);
  });

  it('knows that a refused connection sent nothing', async () => {
    const gone = await startServer();
    await gone.close();
    const other = await openTestZoom(database, gone);
    const id = await other.authorize();
    const error = await failure(updateUser(other.zoom.forIntegration(id), 'u1', { type: 1 }));
    expect(error).toMatchObject({ kind: 'NETWORK', outcome: 'NOT_SENT' });
    await other.zoom.close();
  });

  it('ends at the deadline', async () => {
    server.answer(() => 'hang');
    const startedAt = performance.now();
    expect(await failure(getUser(client({ deadlineMs: 700 }), 'u1'))).toMatchObject({ kind: 'TIMEOUT' });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('ends at the deadline also when the answer has begun and drips', async () => {
    server.answer(() => 'drip');
    const startedAt = performance.now();
    expect(await failure(getUser(client({ deadlineMs: 700 }), 'u1'))).toMatchObject({ kind: 'TIMEOUT' });
    const write = updateUser(client({ deadlineMs: 300 }), 'u1', { type: 1 });
    expect(await failure(write)).toMatchObject({ kind: 'TIMEOUT', outcome: 'UNKNOWN' });
    expect(performance.now() - startedAt).toBeLessThan(2_500);
  });

  it('keeps no more in memory of answers without end than one answer may be long, each', async () => {
    server.answer(() => 'flood');
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const errors = await Promise.all(
      Array.from({ length: 8 }, (_, n) => failure(updateUser(client(), `u${n}`, { type: 1 }))),
    );
    clearInterval(timer);
    for (const error of errors) expect(error).toMatchObject({ kind: 'BAD_ANSWER', outcome: 'UNKNOWN' });
    expect((most - before) / 1024 / 1024).toBeLessThan(8 * 8 * 2 + 100);
  });

  it('ends when it is called off', async () => {
    const stop = new AbortController();
    server.answer(() => {
      stop.abort();
      return 'hang';
    });
    const write = updateUser(client({ signal: stop.signal }), 'u1', { type: 1 });
    expect(await failure(write)).toMatchObject({ kind: 'ABORTED', outcome: 'UNKNOWN' });
    expect(await failure(getUser(client({ signal: stop.signal }), 'u1'))).toMatchObject({ outcome: 'NOT_SENT' });
  });

  it('parks on a daily limit, for every client of the account, without asking Zoom again', async () => {
    const id = await authorize();
    const reset = new Date(Date.now() + 3_600_000).toISOString();
    server.answer(() => ({
      status: 429,
      headers: { 'x-ratelimit-type': 'Daily-limit', 'retry-after': reset },
      json: { code: 429, message: '…' },
    }));
    const first = await failure(getUsersSummary(zoom.forIntegration(id)));
    expect(first).toMatchObject({ kind: 'DAILY_LIMIT', code: 'ZOOM_RATE_LIMITED', outcome: 'REFUSED' });
    expect(first.retryAfterMs).toBeGreaterThan(3_500_000);

    const other = await openTestZoom(database, server);
    const second = await failure(getUsersSummary(other.zoom.forIntegration(id)));
    expect(second).toMatchObject({ kind: 'DAILY_LIMIT', outcome: 'NOT_SENT' });
    expect(second.retryAfterMs).toBeGreaterThan(3_500_000);
    expect(server.arrivals).toHaveLength(1);
    await other.zoom.close();
  });

  it('shows no secret in any error', async () => {
    const lines: string[] = [];
    const other = await openTestZoom(database, server, { log: (line) => lines.push(line) });
    server.answer((call) => {
      if (call.path.startsWith('/oauth')) return { status: 400, json: { error: 'invalid_client', reason: call.body } };
      return { status: 401, json: { code: 124, message: String(call.headers.authorization) } };
    });
    const error = await other.zoom
      .forIntegration(await other.authorize())
      .call({ endpoint: { method: 'GET', path: '/x', label: 'LIGHT', scopes: [] }, schema: null })
      .catch((caught: unknown) => caught);
    const { inspect } = await import('node:util');
    const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + lines.join('\n');
    for (const secret of ['access-1', 'refresh-1', 'vendor-secret-value']) expect(shown).not.toContain(secret);
    await other.zoom.close();
  });
});
