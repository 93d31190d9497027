import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUser } from '#sandbox/index.ts';
import { tick } from '#src/jobs/index.ts';
import { testDatabase } from '../support/database.ts';
import { startServer } from '../support/server.ts';
import { openWebhookHouse, SECRET, type WebhookHouse } from '../support/webhook-house.ts';
import { signedWebhook, urlValidation, userCreated, userUpdated, webhookBody } from '../support/webhooks.ts';

const URL = '/webhooks/zoom';

let house: WebhookHouse;
beforeAll(async () => {
  house = await openWebhookHouse();
});
afterAll(() => house.close());

const nowMs = () => house.clock.now().getTime();
const newcomer = (name: string) => makeUser(house.sandbox.world, { email: `${name}@example.com`, type: 2 });
const send = (body: string, headers: Record<string, string>) =>
  house.server.inject({ method: 'POST', url: URL, headers, payload: body });
const kept = async () =>
  (await house.database.sql<{ count: number }[]>`select count(*)::int as count from webhook_events`)[0]!.count;
const rowsNamed = (name: string) =>
  house.database.sql<{ firstName: string | null }[]>`
    select first_name as "firstName" from users where email = ${`${name}@example.com`}`;

describe('the door', () => {
  it('is closed without a secret, in words', async () => {
    const database = await testDatabase();
    const server = await startServer(database);
    const { headers, body } = signedWebhook(SECRET, urlValidation('abc', nowMs()));
    const answer = await server.app.inject({ method: 'POST', url: URL, headers, payload: body });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().error).toContain('ZOOM_WEBHOOK_SECRET');
    await server.close();
    await database.close();
  });

  it('opens for the bytes that Zoom signed, however they are written', async () => {
    const user = newcomer('bytes');
    const event = userCreated(user, { at: nowMs() }, 'autoCreate');
    const text = JSON.stringify(event, null, 3).replace('"user.created"', '"user\\u002ecreated"');
    const { headers, body } = signedWebhook(SECRET, text, { at: nowMs() });
    expect((await send(body, headers)).statusCode).toBe(204);
    expect(await rowsNamed('bytes')).toHaveLength(1);
  });

  it.each<[string, (signed: { headers: Record<string, string>; body: string }) => [string, Record<string, string>]]>([
    ['a body that was changed', ({ headers, body }) => [body.replace('stranger', 'tampered'), headers]],
    ['a body whose blanks were changed', ({ headers, body }) => [body.replace(':', ': '), headers]],
    ['no signature', ({ headers, body }) => [body, { ...headers, 'x-zm-signature': '' }]],
    ['no time', ({ headers: { 'x-zm-request-timestamp': _, ...headers }, body }) => [body, headers]],
    ['no headers at all', ({ body }) => [body, { 'content-type': 'application/json' }]],
  ])('stays closed for %s: 401, and nothing is kept', async (_, change) => {
    const before = await kept();
    const signed = signedWebhook(SECRET, userCreated(newcomer('stranger'), { at: nowMs() }), { at: nowMs() });
    const answer = await send(...change(signed));
    expect(answer.statusCode).toBe(401);
    expect(answer.json().error).toMatch(/\.$|\?$/);
    expect(await kept()).toBe(before);
    expect(await rowsNamed('stranger')).toHaveLength(0);
  });

  it.each([
    ['another secret', 'another secret', 0],
    ['a time long past', SECRET, -301_000],
    ['a time far ahead', SECRET, 301_000],
  ])('stays closed for %s', async (_, secret, awayMs) => {
    const before = await kept();
    const { headers, body } = signedWebhook(secret, userCreated(newcomer('late'), { at: nowMs() }), {
      at: nowMs() + awayMs,
    });
    expect((await send(body, headers)).statusCode).toBe(401);
    expect(await kept()).toBe(before);
  });

  it('tells what is wrong with a signed body that is no event', async () => {
    for (const text of [
      '{"event":',
      '',
      '[]',
      '{"event":"user.created"}',
      '{"event":"user.signed_in","payload":{"account_id":"x"}}',
    ]) {
      const { headers, body } = signedWebhook(SECRET, text, { at: nowMs() });
      const answer = await send(body, headers);
      expect([text, answer.statusCode]).toEqual([text, 400]);
      expect(answer.json().error).toMatch(/\.$/);
    }
  });

  it('takes no more than a megabyte', async () => {
    const { headers, body } = signedWebhook(
      SECRET,
      { event: 'user.updated', fill: 'x'.repeat(1_100_000) },
      { at: nowMs() },
    );
    const answer = await send(body, headers);
    expect(answer.statusCode).toBe(413);
  });

  it('needs neither a token nor the secret of the router, whatever the content type', async () => {
    const { headers, body } = signedWebhook(SECRET, userCreated(newcomer('plain'), { at: nowMs() }), { at: nowMs() });
    expect((await send(body, { ...headers, 'content-type': 'text/plain' })).statusCode).toBe(204);
    expect(await rowsNamed('plain')).toHaveLength(1);
  });
});

describe("Zoom's question for the address", () => {
  const hmac = (text: string) => createHmac('sha256', SECRET).update(text).digest('hex');

  it.each([true, false])('is answered, signed: %s', async (isSigned) => {
    const { headers, body } = signedWebhook(SECRET, urlValidation('qgg8vlvZRS6UYooatFL8Aw', nowMs()), { at: nowMs() });
    const answer = await send(body, isSigned ? headers : { 'content-type': 'application/json' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
      encryptedToken: hmac('qgg8vlvZRS6UYooatFL8Aw'),
    });
  });

  it('does not sign events for strangers', async () => {
    const event = JSON.stringify(userCreated(newcomer('forged'), { at: nowMs() }));
    const plainToken = `v0:${Math.floor(nowMs() / 1000)}:${event}`;
    const asked = JSON.stringify(urlValidation(plainToken, nowMs()));
    const answer = await send(asked, { 'content-type': 'application/json' });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain(hmac(plainToken));
  });

  it('is not answered under a wrong signature', async () => {
    const { headers, body } = signedWebhook('wrong', urlValidation('abc', nowMs()), { at: nowMs() });
    const answer = await send(body, headers);
    expect(answer.statusCode).toBe(401);
    expect(answer.body).not.toContain(hmac('abc'));
  });
});

describe('the same webhook', () => {
  it('is applied once, however often it comes', async () => {
    const user = newcomer('twice');
    expect(await house.tell(userCreated(user, { at: nowMs() - 5_000 }, 'autoCreate'))).toBe(204);
    const first = userUpdated(user, { first_name: 'First' }, {}, { at: nowMs() - 3_000 });
    expect(await house.tell(first)).toBe(204);
    await house.database.sql`update users set first_name = 'By hand' where email = 'twice@example.com'`;
    const before = await kept();
    expect(await house.tell(first)).toBe(204);
    expect(await kept()).toBe(before);
    expect(await rowsNamed('twice')).toEqual([{ firstName: 'By hand' }]);
  });

  it('has one effect when twenty of it come at once', async () => {
    const before = await kept();
    const event = userCreated(newcomer('twenty'), { at: nowMs() }, 'autoCreate');
    const statuses = await Promise.all(Array.from({ length: 20 }, () => house.tell(event)));
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(await kept()).toBe(before + 1);
    expect(await rowsNamed('twenty')).toHaveLength(1);
    const metrics = await house.server.inject('/metrics');
    expect(metrics.body).toMatch(/zoom_webhooks_total\{event="user.created",outcome="duplicate"\} (19|2\d)/);
  });

  it('makes one user of twenty different ones about somebody new that come at once', async () => {
    const user = newcomer('crowd');
    const at = nowMs();
    const events = Array.from({ length: 20 }, (_, n) =>
      n === 7
        ? userCreated(user, { at: at - 100 }, 'autoCreate')
        : userUpdated(user, { first_name: `Name ${String(n).padStart(2, '0')}` }, {}, { at: at - 50 + n }),
    );
    const statuses = await Promise.all(events.map((event) => house.tell(event)));
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(await rowsNamed('crowd')).toEqual([{ firstName: 'Name 19' }]);
  });
});

describe('what is none of ours', () => {
  it.each([
    [
      'an event that we have no use for',
      () => webhookBody('meeting.sharing_started', house.integration.zoomAccountId!, {}, { at: nowMs() }),
    ],
    [
      'another account',
      () => webhookBody('user.created', 'nobody knows', { id: 'x', email: 'x@example.com', type: 2 }, { at: nowMs() }),
    ],
  ])('%s is answered, counted and not kept', async (_, body) => {
    const before = await kept();
    expect(await house.tell(body())).toBe(204);
    expect(await kept()).toBe(before);
    expect((await house.server.inject('/metrics')).body).toContain('outcome="ignored"');
  });
});

describe('our own failure', () => {
  it('is told by a 500 so that Zoom sends it again, and then it is taken', async () => {
    const event = userCreated(newcomer('retry'), { at: nowMs() }, 'autoCreate');
    await house.database.sql`alter table users rename to users_away`;
    try {
      expect(await house.tell(event)).toBe(500);
    } finally {
      await house.database.sql`alter table users_away rename to users`;
    }
    expect(await house.tell(event)).toBe(204);
    expect(await rowsNamed('retry')).toHaveLength(1);
    expect(house.logged.join('\n')).toContain('a webhook could not be taken');
  });
});

it('logs no address, name or body', () => {
  expect(house.logged.join('\n')).not.toMatch(/@example\.com|First|plainToken/);
});

it('forgets after three days what came', async () => {
  await house.database.sql`update webhook_events set received_at = received_at - interval '3 days 1 minute'`;
  expect(await kept()).toBeGreaterThan(0);
  await house.tell(userCreated(newcomer('fresh'), { at: nowMs() }, 'autoCreate'));
  await tick(house.deps);
  expect(await kept()).toBe(1);
});
