import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { asRequest } from '#src/origin.ts';
import { hashOf, NO_HASH, whyBroken, type Link } from '#src/policy/audit-chain.ts';
import { recordAudit, type AuditEntry } from '#src/datasources/store/audit.ts';
import { chainHead, chainLinks, countUnsealed } from '#src/datasources/store/audit-chain.ts';
import { testDatabase } from '../../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const entry = (subject: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: new Date('2026-03-01T08:00:00.123Z'),
  actor: 'ada',
  action: 'rule.updated',
  integrationId: null,
  subject,
  ...more,
});
const links = async (after = 0) => (await Array.fromAsync(chainLinks(database.sql, { after }))).flat();
const here = async () => (await chainHead(database.sql))?.position ?? 0;

function expectWhole(chain: readonly Link[], from: { position: number; hash: string | null }) {
  let before = from;
  for (const link of chain) {
    expect(whyBroken(before, link)).toBeNull();
    before = link;
  }
}

it('chains what is written: each event has the hash of the one before, over all that it tells', async () => {
  const details = { ü: 'ß "quoted" \n', list: [1, 2.5, null, { b: true }], big: 1e21 };
  await recordAudit(database.sql, [entry('one', { details }), entry('two', { integrationId: 'int_1' })]);
  const [one, two] = await links();
  expect(one).toMatchObject({ position: 1, previousHash: NO_HASH, at: '2026-03-01T08:00:00.123Z' });
  expect(one?.hash).toBe(hashOf(one!));
  expect(two).toMatchObject({ position: 2, previousHash: one?.hash });
  expect(JSON.parse(one!.content)).toEqual({
    position: 1,
    id: one?.id,
    at: '2026-03-01T08:00:00.123Z',
    actor: 'ada',
    action: 'rule.updated',
    integrationId: null,
    subject: 'one',
    requestId: null,
    details,
  });
  expect(JSON.parse(two!.content)).toMatchObject({ integrationId: 'int_1', details: {} });
});

it('says the same whatever the time zone of the session', async () => {
  const [before] = await links();
  const [after] = await database.sql.begin(async (tx) => {
    await tx`set local timezone = 'Asia/Tokyo'`;
    return (await Array.fromAsync(chainLinks(tx, { after: 0, until: 1 }))).flat();
  });
  expect(after).toEqual(before);
});

it('keeps in which request it was done, also inside a transaction', async () => {
  const after = await here();
  await asRequest('req-1', async () => {
    await recordAudit(database.sql, [entry('direct')]);
    await database.sql.begin(async (tx) => {
      await tx`select 1`;
      await recordAudit(tx, [entry('inside')]);
    });
  });
  await recordAudit(database.sql, [entry('outside')]);
  const told = (await links(after)).map(({ content }) => JSON.parse(content) as { requestId: string | null });
  expect(told.map(({ requestId }) => requestId)).toEqual(['req-1', 'req-1', null]);
});

it('is one chain without a gap, however many write at once and whoever gives up', async () => {
  const head = await chainHead(database.sql);
  const after = head?.position ?? 0;
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      database.sql
        .begin(async (tx) => {
          // Early in their transaction, and in no order: nobody waits for the chain before they commit.
          await recordAudit(tx, [entry(`w${index}`), entry(`w${index} again`)]);
          await tx`select pg_sleep(${(index % 5) / 200})`;
          if (index % 6 === 0) throw new Error('given up');
        })
        .catch((error: unknown) => expect(String(error)).toContain('given up')),
    ),
  );
  const chain = await links(after);
  expect(chain).toHaveLength(100);
  expectWhole(chain, { position: after, hash: head?.hash ?? NO_HASH });
  expect(await countUnsealed(database.sql)).toBe(0);
});

// The embedded database is one connection: there everybody waits for everybody.
it.skipIf(inject('template').kind === 'dump')('makes nobody wait for one who is still at work', async () => {
  const { sql } = database;
  const written = Promise.withResolvers<void>();
  const mayEnd = Promise.withResolvers<void>();
  const slow = sql.begin(async (tx) => {
    await recordAudit(tx, [entry('slow')]);
    written.resolve();
    await mayEnd.promise;
  });
  await written.promise;
  await recordAudit(sql, [entry('quick')]);
  mayEnd.resolve();
  await slow;
  const subjects = (await links()).slice(-2).map(({ content }) => (JSON.parse(content) as AuditEntry).subject);
  expect(subjects).toEqual(['quick', 'slow']);
});

describe('refuses', () => {
  const refused = { message: expect.stringContaining('append-only') };
  it.each([
    ['a change', "update audit_events set actor = 'eve'"],
    ['a change of the hash alone', "update audit_events set hash = repeat('1', 64)"],
    ['a removal', 'delete from audit_events'],
    ['to be emptied', 'truncate audit_events'],
    ['to be emptied with others', 'truncate exclusions, audit_events cascade'],
    ['a change with triggers set aside', 'set local session_replication_role = replica; delete from audit_events'],
    [
      'a change under cover of sealing',
      "insert into audit_events (id, at, actor, action) values ('aud_x', now(), 'x', 'x');" +
        " update audit_events set hash = repeat('1', 64), actor = 'eve' where id = 'aud_x'",
    ],
  ])('%s', async (_, text) => {
    const before = await links();
    await expect(database.sql.begin((tx) => tx.unsafe(text))).rejects.toMatchObject(refused);
    expect(await links()).toEqual(before);
  });

  it('a hash that somebody brings along: the database makes its own', async () => {
    const { sql } = database;
    await sql`
      insert into audit_events (id, at, actor, action, position, previous_hash, hash)
      values ('aud_brought', now(), 'eve', 'rule.updated', 999, 'a', 'b')`;
    const chain = await links();
    expectWhole(chain, { position: 0, hash: NO_HASH });
    expect(chain.at(-1)).toMatchObject({ id: 'aud_brought', position: chain.length });
  });
});
