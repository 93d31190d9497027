import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, IntegrationRow, UserRow } from '#src/db/tables/rows.ts';
import { lastSignOf, signsDiffer } from '#src/datasources/store/last-sign.ts';
import { ACTIVITY_SIGNS, countedSigns, lastSign } from '#src/policy/activity-signs.ts';
import { kindOf } from '#src/policy/people.ts';
import { testDatabase } from '../../support/database.ts';
import { rowsIn } from '../../support/rows.ts';

let database: Database;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;

beforeAll(async () => {
  database = await testDatabase();
  rows = rowsIn(database);
  integration = await rows.integration();
  account = await rows.account(integration);
});
afterAll(() => database.close());

const instant = fc.option(fc.date({ min: new Date('2025-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }));
const facts = fc.record({
  lastLoginAt: instant,
  lastSignInAt: instant,
  lastMeetingCreatedAt: instant,
  lastMeetingHostedAt: instant,
  lastMeetingJoinedAt: instant,
  lastWebinarHostedAt: instant,
  lastLongMeetingHostedAt: instant,
  lastCloudRecordingAt: instant,
});
const signs = fc.option(fc.subarray([...ACTIVITY_SIGNS]));

describe('what the store says of signs', () => {
  it('is what the policy says, for every rule and user', async () => {
    const people = await rows.users(account, fc.sample(facts, 60));
    const rules = await Promise.all(fc.sample(signs, 25).map((given) => rows.rule(integration, { signs: given })));
    const told = await database.sql.unsafe<{ userId: string; ruleId: string; at: Date | null }[]>(
      `select u.id as "userId", r.id as "ruleId", ${lastSignOf('r.signs')} as at from users u, reclamation_rules r`,
    );
    expect(told).toHaveLength(people.length * rules.length);
    const people_ = new Map(people.map((user) => [user.id, user]));
    const rules_ = new Map(rules.map((rule) => [rule.id, rule]));
    for (const { userId, ruleId, at } of told) {
      const expected = lastSign(people_.get(userId) as UserRow, countedSigns(rules_.get(ruleId)!.signs));
      expect([ruleId, userId, at]).toEqual([ruleId, userId, expected]);
    }
  });

  it('tells a change of signs from another order of them', async () => {
    const pairs = fc.sample(fc.tuple(signs, signs), 60);
    for (const [now, then] of pairs) {
      const evidence = then === null ? '{}' : JSON.stringify({ countedSigns: countedSigns(then).reverse() });
      const [row] = await database.sql.unsafe<{ differ: boolean }[]>(
        `select ${signsDiffer('r.signs', 'r.evidence')} as differ from (select $1::text[] as signs, $2::text::jsonb as evidence) r`,
        [now, evidence],
      );
      expect(row?.differ).toBe(countedSigns(now).join() !== countedSigns(then).join());
    }
  });
});

it('what the column says of people is what the policy says', async () => {
  const kinds = fc.record({
    isRoom: fc.boolean(),
    isServiceAccount: fc.boolean(),
    loginTypes: fc.option(fc.array(fc.constantFrom(1, 99, 100), { maxLength: 3 })),
  });
  const people = await rows.users(account, fc.sample(kinds, 80));
  expect(people.map((user) => user.kind)).toEqual(people.map((user) => kindOf(user)));
  expect(new Set(people.map((user) => user.kind)).size).toBe(4);
});
