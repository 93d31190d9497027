import { setTimeout as sleep } from 'node:timers/promises';
import { eq, sql as statement } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  applyTokens,
  claimLease,
  deleteGrant,
  grantById,
  journalAnswer,
  markDead,
  markIntent,
  releaseLease,
  saveNewGrant,
} from '#src/datasources/store/grants.ts';
import { replaceSealed } from '#src/datasources/store/sealed.ts';
import { grants, integrations } from '#src/db/tables/integrations.ts';
import { testDatabase } from '#test/support/database.ts';
import { openPool, type Database, type Db } from '#src/db/client.ts';

let database: Database;
let db: Db;
const id = 'int_grants';
const tokens = (name: string) => ({
  accessToken: `k1.${name}.access`,
  refreshToken: `k1.${name}.refresh`,
  accessExpiresAt: new Date('2026-03-01T13:00:00Z'),
  refreshObtainedAt: new Date('2026-03-01T12:00:00Z'),
});
const claim = (gen: number, owner: string, leaseMs = 10_000) =>
  claimLease(db, { integrationId: id, gen, owner, leaseMs });
const statusNow = async () => (await db.select().from(integrations).where(eq(integrations.id, id)))[0];

beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
  await db.insert(integrations).values({ id, displayName: 'A', kind: 'REGULAR', region: 'NA', enabledTasks: [] });
});

beforeEach(async () => {
  await deleteGrant(db, id);
  await saveNewGrant(db, id, tokens('first'));
  await db.update(integrations).set({ status: 'CONNECTED', reauthorizationReason: null });
});

afterAll(() => database.close());

it("keeps the answer of a refresh where writes are refused: Zoom's tokens are good once", async () => {
  const pool = openPool(database.connection, { max: 1 });
  await pool.sql`set default_transaction_read_only = on`;
  await expect(markIntent(pool.db, id, 1, 'a')).rejects.toThrow();
  expect(await journalAnswer(pool.db, id, 1, 'sealed')).toBe(true);
  await pool.sql`set default_transaction_read_only = off`;
  await pool.close();
  expect(await grantById(db, id)).toMatchObject({ pendingAnswer: 'sealed' });
});

describe('the lease', () => {
  it('is given to one of many', async () => {
    const claims = await Promise.all(Array.from({ length: 10 }, (_, i) => claim(1, `process ${i}`)));
    expect(claims.filter((row) => row !== null)).toHaveLength(1);
  });

  it('ends by itself, or when it is given back', async () => {
    await claim(1, 'a', -1);
    expect(await claim(1, 'b')).not.toBeNull();
    await releaseLease(db, id, 1, 'a');
    expect(await claim(1, 'c'), 'not for others to give back').toBeNull();
    await releaseLease(db, id, 1, 'b');
    expect(await claim(1, 'c')).not.toBeNull();
  });

  it('lasts no longer than a lease when the clock goes back a day, and is nobody else’s until then', async () => {
    await claim(1, 'a', 300);
    await db.update(grants).set({ leaseUntil: statement`${grants.leaseUntil} + interval '1 day'` });
    expect(await claim(1, 'b', 300), 'a may have a refresh under way').toBeNull();
    expect(await claim(1, 'b', 300)).toBeNull();
    await sleep(350);
    expect(await claim(1, 'b', 300)).not.toBeNull();
  });

  it('is free when the clock goes on a day, and what its owner still gets is kept', async () => {
    await claim(1, 'a');
    await markIntent(db, id, 1, 'a');
    await db.update(grants).set({ leaseUntil: statement`${grants.leaseUntil} - interval '1 day'` });
    expect(await claim(1, 'b')).toMatchObject({ refreshIntentAt: expect.any(Date) as Date });
    expect(await journalAnswer(db, id, 1, 'answer of a')).toBe(true);
    expect(await markDead(db, id, 1, 'refused to b'), 'an answer lies ready').toBe(false);
    expect((await statusNow())?.status).toBe('CONNECTED');
  });

  it('is of one generation', async () => {
    expect(await claim(2, 'a')).toBeNull();
    await claim(1, 'a');
    await saveNewGrant(db, id, tokens('second'));
    expect(await markIntent(db, id, 1, 'a')).toBe(false);
    expect(await journalAnswer(db, id, 1, 'k1.x.y')).toBe(false);
    expect(await applyTokens(db, id, 1, tokens('third'))).toBe(false);
    expect(await grantById(db, id)).toMatchObject({ gen: 2, accessToken: 'k1.second.access', leaseOwner: null });
  });

  it('tells an intent that somebody left behind', async () => {
    await claim(1, 'a', -1);
    await markIntent(db, id, 1, 'a');
    expect((await claim(1, 'b'))?.refreshIntentAt).toBeInstanceOf(Date);
  });
});

describe('an answer', () => {
  it('becomes the next generation once', async () => {
    await journalAnswer(db, id, 1, 'k1.x.y');
    const applied = await Promise.all([1, 2, 3].map((n) => applyTokens(db, id, 1, tokens(`answer${n}`))));
    expect(applied.filter(Boolean)).toHaveLength(1);
    expect(await grantById(db, id)).toMatchObject({ gen: 2, pendingAnswer: null, refreshIntentAt: null });
  });
});

describe('markDead', () => {
  it('changes grant and integration together', async () => {
    expect(await markDead(db, id, 1, 'why')).toBe(true);
    expect((await grantById(db, id))?.deadAt).toBeInstanceOf(Date);
    expect(await statusNow()).toMatchObject({ status: 'REAUTHORIZATION_REQUIRED', reauthorizationReason: 'why' });
    expect(await markDead(db, id, 1, 'again')).toBe(false);
    expect((await statusNow())?.reauthorizationReason).toBe('why');
  });

  it('changes nothing when the grant has moved on, or an answer lies ready', async () => {
    expect(await markDead(db, id, 7, 'why')).toBe(false);
    await journalAnswer(db, id, 1, 'k1.x.y');
    expect(await markDead(db, id, 1, 'why')).toBe(false);
    expect((await grantById(db, id))?.deadAt).toBeNull();
    expect((await statusNow())?.status).toBe('CONNECTED');
  });
});

it('does not put old tokens back over new ones when it seals anew', async () => {
  const seen = await grantById(db, id);
  if (seen === null) throw new Error('no grant');
  await applyTokens(db, id, 1, tokens('second'));
  const { accessToken, refreshToken, pendingAnswer } = seen;
  const next = { id, accessToken: 'k2', refreshToken: 'k2', pendingAnswer: null };
  const pairs = [{ seen: { id, accessToken, refreshToken, pendingAnswer }, next }];
  expect(await replaceSealed(database.sql, pairs)).toBe(0);
  expect((await grantById(db, id))?.accessToken).toBe('k1.second.access');
});
