import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { Zoom } from '#src/datasources/zoom/client.ts';
import { listUsers } from '#src/datasources/zoom/users.ts';
import { testDatabase } from '#test/support/database.ts';
import { openTestZoom, startServer, type Arrival, type Reply, type ZoomServer } from './zoom-server.ts';

let database: Database;
let server: ZoomServer;
let zoom: Zoom;
let integrationId: string;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer();
  const opened = await openTestZoom(database, server);
  zoom = opened.zoom;
  integrationId = await opened.authorize();
});

afterAll(async () => {
  await zoom.close();
  await server.close();
  await database.close();
});

const people = (...names: string[]) => names.map((name) => ({ id: name, email: `${name}@example.com`, type: 1 }));
const list = () => Array.fromAsync(listUsers(zoom.forIntegration(integrationId), 'active'));
const ids = async () => (await list()).map((page) => page.map((user) => user.id).join(''));
const expired: Reply = { status: 400, json: { code: 300, message: 'The next page token is invalid or expired.' } };

/** Answers pages a, b, c, … by the tokens t1, t2, …; `special` may step in. */
function threePages(special: (call: Arrival, count: number) => Reply | undefined = () => undefined) {
  server.answer((call, count) => {
    const token = call.query.get('next_page_token');
    return (
      special(call, count) ??
      (token === null
        ? { json: { users: people('a', 'b'), next_page_token: 't1', total_records: 5 } }
        : token === 't1'
          ? { json: { users: people('c', 'd'), next_page_token: 't2', total_records: 5 } }
          : { json: { users: people('e'), next_page_token: '', total_records: 5 } })
    );
  });
}

describe('a listing', () => {
  it('goes on until there is no token, asking the same but for the token', async () => {
    threePages();
    expect(await ids()).toEqual(['ab', 'cd', 'e']);
    expect(server.arrivals.map((call) => call.url)).toEqual([
      '/v2/users?status=active&page_size=300',
      '/v2/users?status=active&page_size=300&next_page_token=t1',
      '/v2/users?status=active&page_size=300&next_page_token=t2',
    ]);
  });

  it('starts again when its token has expired, and yields its pages again', async () => {
    threePages((_, count) => (count === 2 ? expired : undefined));
    expect(await ids()).toEqual(['ab', 'ab', 'cd', 'e']);
  });

  it('gives up when tokens expire time and again', async () => {
    threePages((call) => (call.query.get('next_page_token') === 't2' ? expired : undefined));
    await expect(list()).rejects.toMatchObject({ kind: 'PAGE_TOKEN', retryable: true });
    expect(server.arrivals).toHaveLength(9);
  });

  it('takes a 300 without a token for what it is', async () => {
    server.answer(() => expired);
    await expect(list()).rejects.toMatchObject({ kind: 'VALIDATION' });
    expect(server.arrivals).toHaveLength(1);
  });

  it('fails when a page fails', async () => {
    threePages((call) =>
      call.query.get('next_page_token') === 't1' ? { status: 403, json: { code: 200 } } : undefined,
    );
    await expect(list()).rejects.toMatchObject({ kind: 'FORBIDDEN' });
  });

  it('fails when one row does not fit', async () => {
    server.answer(() => ({ json: { users: [...people('a'), { id: 'b', type: 1 }] } }));
    await expect(list()).rejects.toThrow(/users\[1\]\.email/);
  });

  it('fails when tokens go round in circles', async () => {
    server.answer((call) => ({
      json: { users: people('a'), next_page_token: call.query.get('next_page_token') === 'x' ? 'y' : 'x' },
    }));
    await expect(list()).rejects.toMatchObject({ kind: 'BAD_ANSWER' });
    expect(server.arrivals.length).toBeLessThan(5);
  });

  it.each([true, false])('fails when a page comes in the place of another (with a count: %s)', async (isCounted) => {
    const count = isCounted ? { total_records: 6 } : {};
    server.answer((call) => {
      const token = call.query.get('next_page_token');
      return token === null
        ? { json: { users: people('a', 'b'), next_page_token: 't1', ...count } }
        : token === 't1'
          ? { json: { users: people('a', 'b'), next_page_token: 't2', ...count } }
          : { json: { users: people('e', 'f'), next_page_token: '', ...count } };
    });
    await expect(list()).rejects.toMatchObject({ kind: 'BAD_ANSWER' });
  });

  it('does not count a row that came twice as two', async () => {
    server.answer((_, count) =>
      count === 1
        ? { json: { users: people('a', 'b'), next_page_token: 't', total_records: 4 } }
        : { json: { users: people('b', 'c'), next_page_token: '', total_records: 4 } },
    );
    await expect(list()).rejects.toThrow('3 of 4 rows');
  });

  it('bears a row that moves to the next page because somebody came', async () => {
    server.answer((_, count) =>
      count === 1
        ? { json: { users: people('a', 'b'), next_page_token: 't', total_records: 3 } }
        : { json: { users: people('b', 'c'), next_page_token: '', total_records: 4 } },
    );
    await expect(ids()).resolves.toEqual(['ab', 'bc']);
  });

  it('fails when empty pages never end', async () => {
    server.answer((_, count) => ({ json: { users: [], next_page_token: `t${count}` } }));
    await expect(list()).rejects.toMatchObject({ kind: 'BAD_ANSWER' });
    expect(server.arrivals.length).toBeLessThan(10);
  });

  it('fails when rows are missing', async () => {
    server.answer(() => ({ json: { users: people('a', 'b'), next_page_token: '', total_records: 5 } }));
    await expect(list()).rejects.toThrow('2 of 5 rows');
  });

  it('bears people who come and go meanwhile', async () => {
    for (const total of [4, 6]) {
      server.answer((_, count) =>
        count === 1
          ? { json: { users: people('a', 'b'), next_page_token: 't', total_records: 5 } }
          : { json: { users: people('c', 'd', 'e').slice(0, total === 4 ? 2 : 3), total_records: total } },
      );
      await expect(list()).resolves.toHaveLength(2);
    }
  });

  it('does not take an answer without its list for an empty one', async () => {
    server.answer(() => ({ json: { page_size: 300 } }));
    await expect(list()).rejects.toThrow(/users/);
    server.answer(() => ({ json: { total_records: 0, next_page_token: '' } }));
    await expect(list()).resolves.toEqual([[]]);
  });

  it('knows pending users, who have no id', async () => {
    server.answer(() => ({ json: { users: [{ email: 'p@example.com', type: 1, created_at: '' }], total_records: 1 } }));
    expect((await list())[0]?.[0]).toMatchObject({ id: null, email: 'p@example.com', created_at: null });
  });
});
