import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { AskedAtOnce } from '#src/http/asked-at-once.ts';
import { CROWD, fillCrowd } from '../support/crowd.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, token, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

describe('who asks the same at once', () => {
  it('never gets what was read before they asked, and no question is on its way twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.constantFrom('a', 'b'), { maxLength: 12 }), async (s, keys) => {
        const atOnce = new AskedAtOnce<{ key: string; readAt: number }>();
        const onTheirWay = new Map<string, number>();
        let clock = 0;
        const asking = keys.map((key) =>
          s.schedule(Promise.resolve(), 'come').then(async () => {
            clock += 1;
            const askedAt = clock;
            const { key: answered, readAt } = await atOnce.answer(key, async () => {
              clock += 1;
              const read = { key, readAt: clock };
              onTheirWay.set(key, (onTheirWay.get(key) ?? 0) + 1);
              expect(onTheirWay.get(key)).toBe(1);
              await s.schedule(Promise.resolve(), 'read');
              onTheirWay.set(key, 0);
              return read;
            });
            expect(answered).toBe(key);
            expect(readAt).toBeGreaterThan(askedAt);
          }),
        );
        await s.waitFor(Promise.all(asking));
      }),
    );
  });

  it('share a failure, after which the next one asks anew', async () => {
    const atOnce = new AskedAtOnce<string>();
    let times = 0;
    const fail = () => Promise.reject(new Error(`failed ${(times += 1)}`));
    const asked = [1, 2, 3].map(() => atOnce.answer('a', fail));
    const said = (await Promise.allSettled(asked)).map((one) => one.status === 'rejected' && String(one.reason));
    expect(said).toEqual(['Error: failed 1', 'Error: failed 2', 'Error: failed 2']);
    expect(await atOnce.answer('a', () => Promise.resolve('well'))).toBe('well');
  });
});

describe('a question without an answer', () => {
  it('holds nobody up for longer than patience has, and those behind it are asked for once', async () => {
    const atOnce = new AskedAtOnce<string>(30);
    let times = 0;
    const ask = () => ((times += 1) === 1 ? new Promise<string>(() => undefined) : Promise.resolve(`answer ${times}`));
    void atOnce.answer('a', ask);
    expect(await Promise.all([1, 2, 3].map(() => atOnce.answer('a', ask)))).toEqual(Array(3).fill('answer 2'));
    expect(await atOnce.answer('a', ask)).toBe('answer 3');
  });

  it('is forgotten when it could not even be asked', async () => {
    const atOnce = new AskedAtOnce<string>();
    const broken = () => {
      throw new Error('broken');
    };
    const said = await Promise.allSettled([atOnce.answer('a', broken), atOnce.answer('a', broken)]);
    expect(said.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await atOnce.answer('a', () => Promise.resolve('well'))).toBe('well');
  });
});

describe('reads that many send at once', () => {
  let database: Database;
  let server: TestServer;

  beforeAll(async () => {
    database = await testDatabase();
    server = await startServer(database);
    await fillCrowd(database, 50, new Date());
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  const counts = 'query ($id: ID!) { licenses(integrationId: $id) { uniqueId assigned active } }';
  const ask = async (bearer: string, query = counts, variables: object = { id: CROWD.integrationId }) =>
    (
      await server.app.inject({
        method: 'POST',
        url: '/graphql',
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
        payload: { query, variables },
      })
    ).json<{ data: unknown; errors?: { extensions: { code: string } }[] }>();

  it('are one statement or two, are told apart by their variables, and are asked of everybody who may', async () => {
    const [bearer, other, stranger] = [await token(), await token(), await token(['zoom:reclaim'])];
    const alone = await ask(bearer);
    expect(await ask(bearer)).toEqual(alone);
    const { result, statements } = await statementsOf(database, () =>
      Promise.all([...Array.from({ length: 30 }, (_, n) => ask(n % 2 ? bearer : other)), ask(stranger)]),
    );
    expect(result.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => alone));
    expect(result[30]?.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(statements.filter((text) => text.includes('row_to_json')).length).toBeLessThan(4);

    const one = 'query ($email: String!) { user(email: $email) { email } }';
    await ask(bearer, one, { email: 'nobody@example.com' });
    await ask(bearer, one, { email: 'nobody@example.com' });
    const emails = (
      await database.sql<{ email: string }[]>`select email from users where removed_at is null limit 20`
    ).map(({ email }) => email);
    const people = await Promise.all(emails.map((email) => ask(bearer, one, { email })));
    expect(people.map(({ data }) => data)).toEqual(emails.map((email) => ({ user: { email } })));
  });
});
