import { afterAll, beforeAll, expect, it } from 'vitest';
import { markUsersGone, saveListing } from '#src/datasources/store/roster.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../../support/database.ts';
import { rowsIn } from '../../support/rows.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const BEGUN = new Date('2026-03-02T11:00:00Z');
const BEFORE = new Date('2026-03-01T11:00:00Z');
const AFTER = new Date('2026-03-02T11:30:00Z');

let database: Database;
let rows: ReturnType<typeof rowsIn>;
let here: AccountRow;
let there: AccountRow;

beforeAll(async () => {
  database = await testDatabase();
  rows = rowsIn(database);
  const integration = await rows.integration({ kind: 'TIERED' });
  here = await rows.account(integration);
  there = await rows.account(integration);
});
afterAll(() => database?.close());

/** Somebody with a row on both accounts, as is left when the old row was held while the page of the new account came. */
async function both(name: string, seenThere: Date): Promise<{ old: UserRow; next: UserRow }> {
  const who = { zoomUserId: `zoom-${name}`, email: `${name}@example.com` };
  const old = await rows.user(there, { ...who, observedAt: seenThere });
  const next = await rows.user(here, { ...who, observedAt: BEFORE });
  await rows.exclusion({ integrationId: there.integrationId, userId: old.id, licenseId: null });
  return { old, next };
}
const excluded = async (id: string) =>
  (await database.sql`select id from exclusions where user_id = ${id} and deleted_at is null`).length;
const isHere = async (id: string) =>
  (await database.sql<{ here: boolean }[]>`select removed_at is null as here from users where id = ${id}`)[0]?.here;

it('ends whoever moved, with their exclusion, when the new account is listed to the end', async () => {
  const moved = await both('moved', BEFORE);
  const newer = await both('newer', AFTER);
  const stranger = await rows.user(there, { zoomUserId: 'zoom-other', email: 'moved@example.org', observedAt: BEFORE });
  const run = await rows.jobRun({ id: here.integrationId });
  const emails = [moved.next.email, newer.next.email];
  await saveListing(
    database.sql,
    { jobRunId: run.id, accountId: here.id, status: 'active', emails, begunAt: BEGUN },
    NOW,
  );
  const place = { integrationId: here.integrationId, accountId: here.id };
  expect(await markUsersGone(database.sql, run.id, place, NOW)).toBe(0);
  expect([await isHere(moved.old.id), await isHere(moved.next.id)]).toEqual([false, true]);
  expect([await excluded(moved.old.id), await excluded(moved.next.id)]).toEqual([0, 1]);
  // What their account said since then is newer than this listing.
  expect([await isHere(newer.old.id), await excluded(newer.old.id), await excluded(newer.next.id)]).toEqual([
    true,
    1,
    0,
  ]);
  expect(await isHere(stranger.id)).toBe(true);
});
