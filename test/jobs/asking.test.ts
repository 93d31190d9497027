import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applyReclamation } from '#src/actions/apply-reclamation.ts';
import { approveKeep } from '#src/actions/approve-keep.ts';
import { confirmReclamation } from '#src/actions/confirm-reclamation.ts';
import { followUpAsks } from '#src/actions/follow-up-asks.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { rejectKeep } from '#src/actions/reject-keep.ts';
import { resumeCandidates } from '#src/actions/resume-candidates.ts';
import { queueSync } from '#src/actions/sync-integration.ts';
import type { Caller } from '#src/caller.ts';
import { candidateEventsByCandidateIds, candidatesByIds } from '#src/datasources/store/candidates.ts';
import { takeMessages } from '#src/datasources/store/messages.ts';
import { itemsOf, openReclamations } from '#src/datasources/store/reclaim.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { lookAfterAsks } from '#src/jobs/index.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { makeUser, type World } from '#sandbox/index.ts';
import { connectedIntegration, JWT_SECRET, openHouse, type House } from '../support/house.ts';
import { startHookReceiver, startMailServer } from '../support/receivers.ts';
import { statementsOf } from '../support/statements.ts';
import { startServer, token, type TestServer } from '../support/server.ts';

const DAY = 86_400_000;
const SECRET = 'a secret that both sides know, long enough';
const caller: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };
const another: Caller = { sub: 'another', scopes: new Set(['zoom:operate']) };
const signal = () => new AbortController().signal;

let hooks: Awaited<ReturnType<typeof startHookReceiver>>;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let house: House;
let server: TestServer;
let integration: IntegrationRow;
let world: World;

beforeAll(async () => {
  hooks = await startHookReceiver(SECRET);
  mail = await startMailServer();
}, 60_000);
afterAll(async () => {
  await hooks?.close();
  await mail?.close();
});

/** A house of its own for each story: each moves the clock. */
beforeEach(async () => {
  hooks.received.length = 0;
  hooks.answers.length = 0;
  mail.received.length = 0;
  await open({
    NOTIFY_WEBHOOK_URL: hooks.url,
    NOTIFY_WEBHOOK_SECRET: SECRET,
    SMTP_URL: mail.url,
    SMTP_FROM: 'Zoom <z@example.com>',
  });
}, 120_000);
afterEach(async () => {
  await server?.close();
  await house?.close();
});

async function open(env: Record<string, string>) {
  house = await openHouse({
    users: 0,
    world: (made: World) => {
      world = made;
      const idle = { type: 2, userCreatedAt: Date.now() - 900 * DAY, lastLoginAt: Date.now() - 200 * DAY };
      makeUser(made, { ...idle, lastLoginAt: Date.now() - DAY, email: 'boss@example.com' });
      for (let n = 0; n < 8; n += 1)
        makeUser(made, { ...idle, email: `idle${n}@example.com`, firstName: 'Ida', lastName: `Le${n}` });
    },
    env,
  });
  integration = await connectedIntegration(house);
  await house.database.sql`update reclamation_rules set notify_user = true, days_before_auto_reclamation = 5`;
  server = await startServer(house.database, { deps: house.deps });
  await sync();
}

async function sync() {
  await queueSync(house.deps, integration, null, 'test');
  await runSync(house.deps, integration.id, signal());
}

/** Some days later: the daily sync, and a look after those who were asked. */
async function later(ms: number) {
  house.clock.advance(ms);
  await sync();
  await look();
}
const look = () => lookAfterAsks(house.deps, signal());

async function candidates(...emails: string[]): Promise<string[]> {
  const rows = await house.database.sql<{ id: string; email: string }[]>`
    select c.id, u.email from reclamation_candidates c join users u on u.id = c.user_id where c.closed_at is null`;
  return emails.map((email) => rows.find((row) => row.email === email)!.id);
}

const find = async (id: string) => (await candidatesByIds(house.database.sql, [id]))[0]!;
const status = async (id: string) => (await find(id)).status;
const steps = async (id: string) =>
  (await candidateEventsByCandidateIds(house.database.sql, [id]))[0]!.map(({ from, to, by }) => `${from} ${to} ${by}`);

async function ask(...emails: string[]) {
  const ids = await candidates(...emails);
  const outcome = await reclaim(house.deps, caller, { candidateIds: ids, reason: 'Quarterly' });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
  await look();
  return { ids, id: ids[0]!, reclamation: outcome.reclamation };
}

/** Paths of the links in what was sent, the newest last. */
const links = (kind: string) =>
  hooks.received
    .filter(({ body }) => body.kind === kind)
    .map(({ body }) => /http:\/\/\S+?(\/answers\/\S+)/.exec(body.text)![1]!);
const post = (url: string, form: Record<string, string>) =>
  server.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
const run = async () => {
  for (const id of await openReclamations(house.database.sql, house.deps.now()))
    await runReclamation(house.deps, id, signal());
};
const kinds = () => hooks.received.map(({ body }) => body.kind);

describe('silence', () => {
  it('is asked twice and taken after the days that the rule gives, and the holder is told each time', async () => {
    const { id, reclamation } = await ask('idle0@example.com');
    expect(await status(id)).toBe('AWAITING_USER');
    // The request itself took nothing, and says why.
    const [item] = await itemsOf(house.database.sql, reclamation.id);
    expect([item?.status, item?.error?.code]).toEqual(['SKIPPED', 'USER_ASKED']);
    const [hook] = hooks.received;
    expect(hook).toMatchObject({
      isSigned: true,
      body: { kind: 'ASK', to: { email: 'idle0@example.com' }, candidateId: id },
    });
    expect(hook?.body.text).toContain('we have seen no use of it since');
    expect(hook?.body.html).toContain('<a href="http://127.0.0.1:4000/answers/');
    expect(mail.received).toHaveLength(1);
    expect(mail.received[0]).toMatchObject({ from: 'z@example.com', to: ['idle0@example.com'] });
    expect(mail.received[0]?.raw).toMatch(/^Message-ID: <msg_[0-9a-f]{32}@example\.com>/m);
    expect(mail.received[0]?.raw).toContain('text/html');

    await later(1 * DAY);
    expect(kinds()).toEqual(['ASK']);
    await later(1.5 * DAY);
    await look();
    expect(kinds()).toEqual(['ASK', 'REMINDER']);
    await later(1.7 * DAY);
    expect(kinds()).toEqual(['ASK', 'REMINDER', 'REMINDER']);
    expect(await status(id)).toBe('AWAITING_USER');
    await later(1 * DAY);
    expect(await status(id)).toBe('AWAITING_REVOCATION');
    await run();
    expect(await status(id)).toBe('CLOSED_COMPLETE');
    await look();
    expect(kinds()).toEqual(['ASK', 'REMINDER', 'REMINDER', 'TAKEN']);
    expect(await steps(id)).toEqual([
      'null READY system',
      'READY AWAITING_USER operator',
      'AWAITING_USER AWAITING_REVOCATION system',
      'AWAITING_REVOCATION CLOSED_COMPLETE system',
    ]);
  }, 120_000);

  it('counts in the guard: what it does not allow waits for a person', async () => {
    const { ids } = await ask(...[0, 1, 2, 3, 4, 5, 6].map((n) => `idle${n}@example.com`));
    await later(6 * DAY);
    expect(await Promise.all(ids.map(status))).toEqual(ids.map(() => 'AWAITING_REVOCATION'));
    await run();
    const ends = await Promise.all(ids.map(status));
    expect(ends.filter((end) => end === 'CLOSED_COMPLETE')).toHaveLength(5);
    const [held] = await house.database.sql<{ id: string; requested_by: string }[]>`
      select id, requested_by from reclamations where needs_confirmation`;
    expect(held?.requested_by).toBe('system');
    const system = { sub: 'system', scopes: new Set<string>() };
    expect(await confirmReclamation(house.deps, system, { reclamationId: held!.id })).toMatchObject({
      ok: false,
      refusals: [{ code: 'SECOND_CALLER_REQUIRED' }],
    });
    // Who had them asked would be alone with it.
    expect(await confirmReclamation(house.deps, caller, { reclamationId: held!.id })).toMatchObject({
      ok: false,
      refusals: [{ code: 'SECOND_CALLER_REQUIRED' }],
    });
    expect(await confirmReclamation(house.deps, another, { reclamationId: held!.id })).toMatchObject({ ok: true });
    await run();
    expect(await Promise.all(ids.map(status))).toEqual(ids.map(() => 'CLOSED_COMPLETE'));
  }, 120_000);

  it('is none when no message got through', async () => {
    const [id = ''] = await candidates('idle0@example.com');
    await house.database.sql`update users set email = 'refused@example.com' where email = 'idle0@example.com'`;
    hooks.answers.push(...Array.from({ length: 20 }, () => 500));
    await reclaim(house.deps, caller, { candidateIds: [id] });
    await look();
    const channels = () => house.database.sql<{ channel: string; status: string; attempts: number; error: string }[]>`
      select channel, status, attempts, error from candidate_messages order by channel`;
    expect(await channels()).toEqual([
      { channel: 'EMAIL', status: 'FAILED', attempts: 1, error: 'The mail server did not take it (550).' },
      { channel: 'WEBHOOK', status: 'QUEUED', attempts: 1, error: 'The receiver answered with status 500.' },
    ]);
    for (let n = 0; n < 7; n += 1) {
      house.clock.advance(13 * 3_600_000);
      // Nobody was asked yet, whatever day it is.
      expect(await status(id)).toBe('AWAITING_USER');
      await look();
    }
    expect((await channels())[1]).toMatchObject({ status: 'FAILED', attempts: 8 });
    await look();
    const { status: end, blockers } = await find(id);
    expect([end, blockers[0]?.code]).toEqual(['ATTENTION_REQUIRED', 'NOT_REACHED']);
  }, 120_000);
});

describe('an answer', () => {
  it('that gives it back takes it at once, by the way of every reclamation', async () => {
    const { id } = await ask('idle0@example.com');
    const [link = ''] = links('ASK');
    // Looking decides nothing.
    const page = await server.app.inject(link);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('I give it back');
    await server.app.inject({ method: 'HEAD', url: link });
    expect(await status(id)).toBe('AWAITING_USER');
    const answer = await post(link, { choice: 'GIVE_BACK', until: '', note: '' });
    expect([answer.statusCode, answer.body.includes('Thank you')]).toEqual([200, true]);
    expect(await status(id)).toBe('AWAITING_REVOCATION');
    const again = await post(link, { choice: 'KEEP' });
    expect([again.statusCode, again.body.includes('You give it back')]).toEqual([409, true]);
    expect((await server.app.inject(link)).statusCode).toBe(409);
    await run();
    expect(await status(id)).toBe('CLOSED_COMPLETE');
    const audit = await house.database.sql<{ actor: string }[]>`
      select actor from audit_events where action = 'candidate.answered'`;
    expect(audit).toEqual([{ actor: (await find(id)).userId }]);
  }, 120_000);

  it('that comes while everything is on hold is kept, and done afterwards', async () => {
    const { id } = await ask('idle0@example.com');
    await house.database.sql`
      insert into reclamation_holds (id, reason, placed_by, placed_at) values ('hld_1', 'Audit', 'x', now())`;
    expect((await post(links('ASK')[0]!, { choice: 'GIVE_BACK' })).statusCode).toBe(200);
    expect(await status(id)).toBe('AWAITING_USER');
    await house.database.sql`update reclamation_holds set released_at = now()`;
    await look();
    expect(await status(id)).toBe('AWAITING_REVOCATION');
  }, 120_000);

  it('that keeps it is decided by somebody, and is not asked again for some time', async () => {
    const { id } = await ask('idle0@example.com');
    await post(links('ASK')[0]!, { choice: 'KEEP', note: 'I teach\r\n in spring <b>' });
    expect(await status(id)).toBe('AWAITING_APPROVAL');
    expect((await find(id)).dueAt).toBeNull();
    const taken = await reclaim(house.deps, caller, { candidateIds: [id] });
    expect(taken).toMatchObject({ ok: false, refusals: [{ code: 'IN_PROGRESS' }] });
    const self = { ...caller, email: 'idle0@example.com' };
    expect(await approveKeep(house.deps, self, { candidateIds: [id] })).toMatchObject({
      ok: false,
      refusals: [{ code: 'BLOCKED' }],
    });
    expect(await approveKeep(house.deps, caller, { candidateIds: [id], coolDownDays: 10 })).toMatchObject({ ok: true });
    expect(await status(id)).toBe('CLOSED_SKIPPED');
    await look();
    expect(kinds()).toEqual(['ASK', 'KEPT']);
    const open = () => house.database.sql`
      select from reclamation_candidates c join users u on u.id = c.user_id
      where c.closed_at is null and u.email = 'idle0@example.com'`;
    await later(9 * DAY);
    expect(await open()).toHaveLength(0);
    await later(2 * DAY);
    expect(await open()).toHaveLength(1);
  }, 120_000);

  it('that keeps it may be refused by a person, and is taken then', async () => {
    const { ids } = await ask('idle0@example.com', 'idle1@example.com');
    await post(links('ASK').at(-1)!, { choice: 'KEEP' });
    const waiting = (await Promise.all(ids.map(find))).filter((one) => one.status === 'AWAITING_APPROVAL');
    expect(waiting).toHaveLength(1);
    const other = ids.find((id) => id !== waiting[0]!.id)!;
    expect(await rejectKeep(house.deps, caller, { candidateIds: [other] })).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOTHING_TO_DO' }],
    });
    expect(await rejectKeep(house.deps, caller, { candidateIds: [waiting[0]!.id] })).toMatchObject({ ok: true });
    await run();
    expect(await status(waiting[0]!.id)).toBe('CLOSED_COMPLETE');
    expect(await status(other)).toBe('AWAITING_USER');
  }, 120_000);

  it('that keeps it is put to the manager too, who answers by a link of their own', async () => {
    await house.database.sql`update users set manager_email = 'boss@example.com' where email like 'idle%'`;
    const { id } = await ask('idle0@example.com');
    await post(links('ASK')[0]!, { choice: 'KEEP', note: 'I teach in spring' });
    await look();
    const approval = hooks.received.at(-1)!.body;
    expect(approval).toMatchObject({ kind: 'APPROVAL', to: { email: 'boss@example.com' } });
    expect(approval.text).toContain('I teach in spring');
    const [link = ''] = links('APPROVAL');
    // The manager is asked something else than the holder.
    expect((await post(link, { choice: 'GIVE_BACK' })).statusCode).toBe(422);
    expect((await post(link, { choice: 'REJECT' })).statusCode).toBe(200);
    expect(await status(id)).toBe('AWAITING_REVOCATION');
    expect((await steps(id)).at(-1)).toBe('AWAITING_APPROVAL AWAITING_REVOCATION system');
  }, 120_000);

  it('that comes after somebody was found due stands, and keeps nobody else', async () => {
    const { ids } = await ask('idle0@example.com', 'idle1@example.com');
    house.clock.advance(6 * DAY);
    await sync();
    // Both are due by silence now, and that was read; then one of them answers.
    const until = new Date(house.clock.now().getTime() + 20 * DAY).toISOString().slice(0, 10);
    expect((await post(links('ASK')[0]!, { choice: 'NEED_UNTIL', until })).statusCode).toBe(200);
    const settled = { from: 'AWAITING_USER', actor: 'SYSTEM', isAutomatic: true, answer: null } as const;
    const take = () => reclaim(house.deps, { sub: 'system', scopes: new Set() }, { candidateIds: ids }, settled);
    expect(await take()).toMatchObject({ ok: true });
    const states = await Promise.all(ids.map(status));
    expect(states.toSorted()).toEqual(['AWAITING_REVOCATION', 'AWAITING_USER']);
    expect(await take()).toMatchObject({ ok: false, refusals: [{ code: 'BLOCKED' }] });
    expect(await Promise.all(ids.map(status))).toEqual(states);
  });

  it('that needs it until a day is asked again then, twice at most', async () => {
    const { id } = await ask('idle0@example.com');
    const day = (days: number) => new Date(house.deps.now().getTime() + days * DAY).toISOString().slice(0, 10);
    for (const until of ['', day(0), day(91), '2026-02-31', "2027-01-01' or"]) {
      expect((await post(links('ASK')[0]!, { choice: 'NEED_UNTIL', until })).statusCode).toBe(422);
    }
    expect((await post(links('ASK')[0]!, { choice: 'NEED_UNTIL', until: day(20) })).statusCode).toBe(200);
    expect((await find(id)).notBefore?.toISOString().slice(0, 10)).toBe(day(20));
    await later(15 * DAY);
    expect([await status(id), kinds().filter((kind) => kind === 'ASK').length]).toEqual(['AWAITING_USER', 1]);
    await later(6 * DAY);
    expect([await status(id), kinds().filter((kind) => kind === 'ASK').length]).toEqual(['AWAITING_USER', 2]);
    expect((await post(links('ASK')[1]!, { choice: 'NEED_UNTIL', until: day(2) })).statusCode).toBe(200);
    await later(3 * DAY);
    const third = links('ASK')[2]!;
    expect((await server.app.inject(third)).body).not.toContain('NEED_UNTIL');
    expect((await post(third, { choice: 'NEED_UNTIL', until: day(2) })).statusCode).toBe(422);
    await later(6 * DAY);
    expect(await status(id)).toBe('AWAITING_REVOCATION');
  }, 120_000);
});

describe('whoever uses it again', () => {
  it.each(['AWAITING_USER', 'AWAITING_APPROVAL'] as const)(
    'keeps it, and is told: %s',
    async (where) => {
      const { id } = await ask('idle0@example.com');
      if (where === 'AWAITING_APPROVAL') await post(links('ASK')[0]!, { choice: 'KEEP' });
      expect(await status(id)).toBe(where);
      house.clock.advance(DAY);
      [...world.regular.users.values()].find(({ email }) => email === 'idle0@example.com')!.lastLoginAt = house.deps
        .now()
        .getTime();
      await later(3_600_000);
      expect(await status(id)).toBe('CLOSED_CANCELED');
      expect(kinds()).toEqual(['ASK', 'CANCELED']);
      const over = await post(links('ASK')[0]!, { choice: 'GIVE_BACK' });
      expect(over.statusCode).toBe(where === 'AWAITING_USER' ? 410 : 409);
      await look();
      expect(kinds()).toEqual(['ASK', 'CANCELED']);
    },
    120_000,
  );

  it('and whoever has left is closed, and told nothing', async () => {
    const { id } = await ask('idle0@example.com');
    const users = world.regular.users;
    const [key] = [...users].find(([, { email }]) => email === 'idle0@example.com')!;
    users.delete(key);
    await later(DAY);
    expect(await status(id)).toBe('CLOSED_SKIPPED');
    expect(kinds()).toEqual(['ASK']);
  }, 120_000);
});

describe('messages', () => {
  it('are sent again with the same id when a worker dies over them, and by one worker at a time', async () => {
    const [id = ''] = await candidates('idle0@example.com');
    await reclaim(house.deps, caller, { candidateIds: [id] });
    // A worker takes them up and is gone.
    const taken = await takeMessages(house.database.sql, 10, house.deps.now());
    expect(taken).toHaveLength(2);
    await Promise.all([look(), look()]);
    expect(hooks.received).toEqual([]);
    house.clock.advance(3 * 60_000);
    await Promise.all([look(), look(), look()]);
    expect(hooks.received.map((one) => one.id)).toEqual([taken.find(({ channel }) => channel === 'WEBHOOK')!.id]);
    expect(mail.received).toHaveLength(1);
  }, 120_000);

  it('are shown with the candidate, without what is in them; no token is in logs or database', async () => {
    const { id } = await ask('idle0@example.com');
    const query = `query($id: ID!) { reclamationCandidates(filter: { user: { eq: $id } }) { nodes {
      messages { totalCount nodes { kind channel status attempts sentAt error } } } } }`;
    const answer = await server.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { authorization: `Bearer ${await token(['zoom:read'], {}, JWT_SECRET)}` },
      payload: { query, variables: { id: (await find(id)).userId } },
    });
    const { messages } = answer.json().data.reclamationCandidates.nodes[0];
    expect(messages.totalCount).toBe(2);
    expect(messages.nodes).toContainEqual(
      expect.objectContaining({ kind: 'ASK', channel: 'EMAIL', status: 'SENT', attempts: 1, error: null }),
    );
    const link = links('ASK')[0]!;
    await server.app.inject(link);
    await post(link, { choice: 'KEEP' });
    house.deps.log.warn(`somebody logs http://127.0.0.1:4000${link} by mistake`);
    const secret = link.slice('/answers/'.length);
    expect(house.logged.join('\n')).not.toContain(secret);
    const signature = secret.slice(secret.indexOf('.') + 1);
    for (const table of ['candidate_asks', 'candidate_messages', 'audit_events', 'candidate_events']) {
      const rows = await house.database.sql.unsafe(`select t::text as text from ${table} t`);
      expect(rows.filter(({ text }) => String(text).includes(signature))).toEqual([]);
    }
  }, 120_000);
});

describe('what can not be asked', () => {
  it('is not taken: without a channel, without an address; and is resumed when that is mended', async () => {
    await server.close();
    await house.close();
    await open({});
    const [id = '', nameless = ''] = await candidates('idle0@example.com', 'idle1@example.com');
    const plan = await reclaim(house.deps, caller, { candidateIds: [id], dryRun: true });
    expect(plan).toMatchObject({ ok: false, refusals: [{ code: 'BLOCKED' }] });
    expect(await status(id)).toBe('READY');
    const refused = await reclaim(house.deps, caller, { candidateIds: [id] });
    expect(refused).toMatchObject({ ok: false, refusals: [{ code: 'BLOCKED' }] });
    expect((await find(id)).blockers.map(({ code }) => code)).toEqual(['NO_CHANNEL']);
    expect(await status(id)).toBe('ATTENTION_REQUIRED');
    await house.database.sql`update users set email = '' where email = 'idle1@example.com'`;
    house.deps.notify = { channels: ['EMAIL'], send: async () => undefined, close: async () => undefined };
    await reclaim(house.deps, caller, { candidateIds: [nameless] });
    expect((await find(nameless)).blockers.map(({ code }) => code)).toEqual(['NO_EMAIL']);

    expect(await resumeCandidates(house.deps, caller, { candidateIds: [id] })).toMatchObject({ ok: true });
    expect(await status(id)).toBe('READY');
    expect(await resumeCandidates(house.deps, caller, { candidateIds: [id] })).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOTHING_TO_DO' }],
    });
    expect((await steps(id)).slice(1)).toEqual([
      'READY ATTENTION_REQUIRED system',
      'ATTENTION_REQUIRED READY operator',
    ]);
  }, 120_000);
});

describe('a plan', () => {
  it('says who would be asked, and asks them when it is applied, unless the rule asks otherwise by then', async () => {
    const ids = await candidates('idle0@example.com', 'idle1@example.com');
    const planned = await reclaim(house.deps, caller, { candidateIds: ids, dryRun: true });
    if (!planned.ok) throw new Error(JSON.stringify(planned.refusals));
    const items = await itemsOf(house.database.sql, planned.reclamation.id);
    expect(items.map(({ error }) => error?.code)).toEqual(['USER_ASKED', 'USER_ASKED']);
    await look();
    expect([await Promise.all(ids.map(status)), hooks.received]).toEqual([['READY', 'READY'], []]);

    const apply = () => applyReclamation(house.deps, caller, { reclamationId: planned.reclamation.id });
    await house.database.sql`update reclamation_rules set notify_user = false`;
    expect(await apply()).toMatchObject({ ok: false, refusals: [{ code: 'PLAN_STALE' }] });
    await house.database.sql`update reclamation_rules set notify_user = true`;
    expect(await apply()).toMatchObject({ ok: true });
    await look();
    expect([await Promise.all(ids.map(status)), kinds()]).toEqual([
      ['AWAITING_USER', 'AWAITING_USER'],
      ['ASK', 'ASK'],
    ]);
    await run();
    expect(await Promise.all(ids.map(status))).toEqual(['AWAITING_USER', 'AWAITING_USER']);
    expect(house.sandbox.calls.filter((call) => call.label !== null && call.method !== 'GET')).toEqual([]);
  }, 120_000);

  it('remembers nothing but the rule’s own action until the answer', async () => {
    const [id = ''] = await candidates('idle0@example.com');
    expect(await reclaim(house.deps, caller, { candidateIds: [id], action: 'DEACTIVATE' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'ACTION_NOT_POSSIBLE', field: ['input', 'action'] }],
    });
    expect(await status(id)).toBe('READY');
  }, 120_000);
});

describe('what is due', () => {
  it('waits when a meeting is ahead, and needs a person when it is blocked otherwise', async () => {
    const { ids } = await ask('idle0@example.com', 'idle1@example.com');
    house.clock.advance(6 * DAY);
    await sync();
    const ahead = new Date(house.deps.now().getTime() + 2 * DAY);
    await house.database.sql`update users set next_event_at = ${ahead} where email = 'idle0@example.com'`;
    await house.database.sql`update users set role_id = '1' where email = 'idle1@example.com'`;
    await look();
    expect(await Promise.all(ids.map(status))).toEqual(['AWAITING_USER', 'ATTENTION_REQUIRED']);
    expect((await find(ids[0]!)).notBefore).toEqual(ahead);
    expect((await find(ids[1]!)).blockers.map(({ code }) => code)).toEqual(['ADMIN']);
    await later(3 * DAY);
    expect(await status(ids[0]!)).toBe('AWAITING_REVOCATION');
  }, 120_000);

  it('costs the same number of statements for one and for many', async () => {
    const statements = async (emails: string[]) => {
      await ask(...emails);
      house.clock.advance(6 * DAY);
      await sync();
      return (await statementsOf(house.database, () => followUpAsks(house.deps))).statements.length;
    };
    const one = await statements(['idle0@example.com']);
    const four = await statements(['idle1@example.com', 'idle2@example.com', 'idle3@example.com', 'idle4@example.com']);
    expect(four).toBeLessThanOrEqual(one);
  }, 120_000);
});
