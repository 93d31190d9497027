import { afterAll, beforeAll, expect, it } from 'vitest';
import { candidateEventsByCandidateIds, candidatesByIds } from '#src/datasources/store/candidates.ts';
import { moveAllCandidates, moveCandidates } from '#src/datasources/store/reclaim.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, CandidateRow, LicenseRow, RuleRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';

let database: Database;
let make: ReturnType<typeof rowsIn>;
let account: AccountRow;
let license: LicenseRow;
let rule: RuleRow;
const now = new Date('2026-11-01T12:00:00.000Z');

beforeAll(async () => {
  database = await testDatabase();
  make = rowsIn(database);
  const integration = await make.integration();
  account = await make.account(integration);
  license = await make.license(account);
  rule = await make.rule(integration);
}, 120_000);
afterAll(() => database?.close());

const candidate = async (given: Partial<CandidateRow>) =>
  make.candidate(await make.user(account), license, rule, given);
const look = async (...ids: string[]) =>
  (await candidatesByIds(database.sql, ids)).map((row) => [row?.status, row?.closedAt]);

it('moves those that may go, leaves the others as they are, and says which', async () => {
  const closedAt = new Date('2026-10-01T00:00:00.000Z');
  const ready = await candidate({ status: 'READY' });
  const closed = await candidate({ status: 'CLOSED_SKIPPED', closedAt });
  const asked = await candidate({ status: 'AWAITING_USER' });
  const ids = [ready.id, closed.id, asked.id, 'can_unknown'];
  const unmoved = await moveCandidates(
    database.sql,
    ids,
    { to: 'AWAITING_REVOCATION', by: 'operator', note: 'Quarterly' },
    now,
  );
  expect(unmoved).toEqual([
    { id: closed.id, from: 'CLOSED_SKIPPED' },
    // Who was asked is not taken from by an operator before the answer.
    { id: asked.id, from: 'AWAITING_USER' },
    { id: 'can_unknown', from: null },
  ]);
  expect(await look(ready.id, closed.id, asked.id)).toEqual([
    ['AWAITING_REVOCATION', null],
    ['CLOSED_SKIPPED', closedAt],
    ['AWAITING_USER', null],
  ]);
  const history = await candidateEventsByCandidateIds(database.sql, [ready.id, closed.id, asked.id]);
  expect(history.map((steps) => steps.length)).toEqual([2, 1, 1]);
  expect(history[0]?.[1]).toMatchObject({
    at: now,
    from: 'READY',
    to: 'AWAITING_REVOCATION',
    by: 'operator',
    note: 'Quarterly',
  });
});

it('never opens again what was closed', async () => {
  const closed = await candidate({ status: 'CLOSED_COMPLETE', closedAt: now });
  const move = { to: 'READY', by: 'system', note: 'Stopped' } as const;
  expect(await moveCandidates(database.sql, [closed.id], move, now)).toEqual([
    { id: closed.id, from: 'CLOSED_COMPLETE' },
  ]);
  await expect(moveAllCandidates(database.sql, [closed.id], move, now)).rejects.toThrow('may not go from');
  expect(await look(closed.id)).toEqual([['CLOSED_COMPLETE', now]]);
});
