import { afterAll, beforeAll, expect, it } from 'vitest';
import { markUsersGone, saveListing } from '#src/datasources/store/roster.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../../support/database.ts';
import { rowsIn } from '../../support/rows.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const BEGUN = new Date('2026-03-02T11:00:00Z');
const BEFORE = new Date('2026-03-01T11:00:00Z');

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

/** Somebody with a row on both accounts, and an exclusion with the first. */
async function both(name: string, first: AccountRow, second: AccountRow): Promise<{ old: UserRow; next: UserRow }> {
  const who = { zoomUserId: `zoom-${name}`, email: `${name}@example.com` };
  const old = await rows.user(first, { ...who, observedAt: BEFORE });
  // Made by an event: no listing has named them yet.
  const next = await rows.user(second, { ...who, observedAt: null });
  await rows.exclusion({ integrationId: first.integrationId, userId: old.id, licenseId: null });
  return { old, next };
}
async function listed(account: AccountRow, people: readonly UserRow[]): Promise<void> {
  const run = await rows.jobRun({ id: account.integrationId });
  const emails = people.map(({ email }) => email);
  const listing = { jobRunId: run.id, accountId: account.id, status: 'active', emails, begunAt: BEGUN };
  await saveListing(database.sql, listing, NOW);
  await markUsersGone(database.sql, run.id, { integrationId: account.integrationId, accountId: account.id }, NOW);
}
const excluded = async (id: string) =>
  (await database.sql`select id from exclusions where user_id = ${id} and deleted_at is null`).length;
const isHere = async (id: string) =>
  (await database.sql<{ here: boolean }[]>`select removed_at is null as here from users where id = ${id}`)[0]?.here;

it('an exclusion goes with whoever left an account for another, whichever of both is listed to the end first', async () => {
  const left = await both('left', there, here);
  const stays = await both('stays', here, there);
  const stranger = await rows.user(here, { zoomUserId: 'zoom-other', email: 'left@example.org', observedAt: BEFORE });
  const gone = await rows.user(there, { zoomUserId: 'zoom-gone', email: 'gone@example.com', observedAt: BEFORE });
  await rows.exclusion({ integrationId: there.integrationId, userId: gone.id, licenseId: null });

  // The account that they left names neither them nor who is gone.
  await listed(there, [stays.next]);
  expect([await isHere(left.old.id), await isHere(left.next.id)]).toEqual([false, true]);
  expect([await excluded(left.old.id), await excluded(left.next.id)]).toEqual([0, 1]);
  expect([await isHere(gone.id), await excluded(gone.id)]).toEqual([false, 1]);
  // Of whom both accounts have a row, none is ended before a listing leaves them out.
  expect([await isHere(stays.old.id), await isHere(stays.next.id), await excluded(stays.old.id)]).toEqual([
    true,
    true,
    1,
  ]);

  await listed(here, [left.next, stranger]);
  expect([await isHere(stays.old.id), await isHere(stays.next.id)]).toEqual([false, true]);
  expect([await excluded(stays.old.id), await excluded(stays.next.id)]).toEqual([0, 1]);
  expect([await isHere(left.next.id), await excluded(left.next.id)]).toEqual([true, 1]);
});
