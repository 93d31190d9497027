import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerLink } from '#src/actions/answer-token.ts';
import { insertAsks } from '#src/datasources/store/asks.ts';
import type { Database } from '#src/db/client.ts';
import type { CandidateRow, RuleRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';

let database: Database;
let server: TestServer;
let make: ReturnType<typeof rowsIn>;
let candidate: CandidateRow;
let rule: RuleRow;
let link: string;
let now = new Date('2026-11-01T12:00:00.000Z');
const logged: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  make = rowsIn(database);
  server = await startServer(database, { log: (line) => logged.push(line), deps: { now: () => now } });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

beforeEach(async () => {
  now = new Date('2026-11-01T12:00:00.000Z');
  const integration = await make.integration();
  const account = await make.account(integration);
  rule = await make.rule(integration, { notifyUser: true, daysBeforeAutoReclamation: 5 });
  const license = await make.license(account, { name: 'Zoom <One> "Pro"' });
  const user = await make.user(account, { firstName: 'Ada', lastName: '<script>alert(1)</script>' });
  await make.assign(license, [user]);
  candidate = await make.candidate(user, license, rule, {
    status: 'AWAITING_USER',
    lastActivityAt: new Date('2026-03-04T10:00:00.000Z'),
  });
  await insertAsks(
    database.sql,
    [
      {
        candidateId: candidate.id,
        integrationId: integration.id,
        userId: user.id,
        role: 'HOLDER',
        askedBy: 'operator',
        dueAt: new Date('2026-11-06T12:00:00.000Z'),
      },
    ],
    'ASK',
    ['EMAIL'],
    now,
  );
  const [ask] = await database.sql<
    { id: string }[]
  >`select id from candidate_asks where candidate_id = ${candidate.id}`;
  link = new URL(answerLink(server.deps, ask!.id)).pathname;
});

const send = (url: string, payload: string, headers: Record<string, string> = {}) =>
  server.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload,
  });
const status = async () => {
  const [row] = await database.sql<{ status: string }[]>`
    select status from reclamation_candidates where id = ${candidate.id}`;
  return row?.status;
};

describe('the page', () => {
  it('says which license, since when unused, what happens when, what is lost and how to keep it', async () => {
    const { statusCode, body, headers } = await server.app.inject(link);
    expect(statusCode).toBe(200);
    for (const words of [
      '4 March 2026',
      '6 November 2026',
      'What you lose:',
      'I want to keep it',
      'Zoom &#60;One&#62;',
    ]) {
      expect(body).toContain(words);
    }
    expect(body).not.toContain('<script');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; .*form-action 'self'/,
    );
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-store');
    // Every field has a label.
    for (const id of ['day', 'note']) expect(body).toContain(`<label for="${id}">`);
    expect(await status()).toBe('AWAITING_USER');
  });

  it('takes one answer, also when two come at once', async () => {
    const answers = await Promise.all([
      send(link, 'choice=KEEP'),
      send(link, 'choice=KEEP'),
      send(link, 'choice=KEEP'),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
    expect(await status()).toBe('AWAITING_APPROVAL');
    const [{ count } = { count: 0 }] = await database.sql<{ count: number }[]>`
      select count(*)::int as count from candidate_events where candidate_id = ${candidate.id} and to_status = 'AWAITING_APPROVAL'`;
    expect(count).toBe(1);
  });

  it('is over when its time is, when it was decided otherwise, and when another question took its place', async () => {
    await database.sql`update reclamation_candidates set status = 'CLOSED_SKIPPED', closed_at = ${now} where id = ${candidate.id}`;
    const over = await send(link, 'choice=GIVE_BACK');
    expect([over.statusCode, over.body.includes('nothing is taken')]).toEqual([410, true]);
    await database.sql`update reclamation_candidates set status = 'AWAITING_USER', closed_at = null where id = ${candidate.id}`;
    now = new Date('2027-01-01T12:00:00.000Z');
    const late = await send(link, 'choice=KEEP');
    expect([late.statusCode, late.body.includes('expired')]).toEqual([410, true]);
    expect(await status()).toBe('AWAITING_USER');
  });
});

describe('what is none of our forms', () => {
  it('a token that was changed, made up, or of another question', async () => {
    const signature = link.split('.').slice(1).join('.');
    const flipped = link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A');
    const odd = ['x', `ask_${'0'.repeat(26)}.${signature}`, '%00', `${'a'.repeat(3000)}`, '..%2f..%2fetc'];
    for (const url of [flipped, ...odd.map((token) => `/answers/${token}`)]) {
      for (const answer of [await server.app.inject(url), await send(url, 'choice=KEEP')]) {
        expect([404, 414], url).toContain(answer.statusCode);
      }
    }
    expect(await status()).toBe('AWAITING_USER');
  });

  it('another method, another type, a body that is too large, a choice that is none', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await server.app.inject({ method, url: link });
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
    }
    const json = await send(link, '{"choice":"KEEP"}', { 'content-type': 'application/json' });
    expect([json.statusCode, json.headers['content-type']]).toEqual([415, 'text/html; charset=utf-8']);
    expect((await send(link, `choice=KEEP&note=${'x'.repeat(20_000)}`)).statusCode).toBe(413);
    for (const choice of ['', 'APPROVE', 'REJECT', 'keep', '__proto__']) {
      expect((await send(link, `choice=${choice}`)).statusCode).toBe(422);
    }
    expect((await server.app.inject({ url: `${link}?choice=GIVE_BACK` })).statusCode).toBe(200);
    expect(await status()).toBe('AWAITING_USER');
  });

  it('and nothing of it is in the log', () => {
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('\n')).not.toMatch(/ask_[0-9a-z]{26}\.[A-Za-z]/);
  });
});
