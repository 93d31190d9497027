import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webinarHolders } from '#src/datasources/store/activity.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../../support/database.ts';
import { plansOf, words } from '../../support/plans.ts';
import { rowsIn } from '../../support/rows.ts';

const KNOWN_UNTIL = new Date('2026-05-20T00:00:00Z');
let database: Database;
let account: AccountRow;
let users: Record<'holds' | 'lost' | 'lostLongAgo' | 'lostSomethingElse' | 'never', UserRow>;

beforeAll(async () => {
  database = await testDatabase();
  const rows = rowsIn(database);
  const integration = await rows.integration();
  account = await rows.account(integration, { activityKnownUntil: KNOWN_UNTIL });
  users = {
    holds: await rows.user(account, { webinarEnabled: true }),
    lost: await rows.user(account, { webinarEnabled: false }),
    lostLongAgo: await rows.user(account, { webinarEnabled: false }),
    lostSomethingElse: await rows.user(account, { webinarEnabled: false }),
    never: await rows.user(account, { webinarEnabled: false }),
  };
  const { sql } = database;
  const ended = (user: UserRow, license: string, at: string) => sql`
    insert into user_history (integration_id, user_id, status, licenses, valid_from, valid_to)
    values (${integration.id}, ${user.id}, 'ACTIVE', ${[license]}::text[], '2026-01-01', ${new Date(at)})`;
  await ended(users.lost, 'WEBINAR_500', '2026-05-19T12:00:00Z');
  await ended(users.lostLongAgo, 'WEBINAR_500', '2026-05-01T12:00:00Z');
  await ended(users.lostSomethingElse, 'LARGE_MEETING_500', '2026-05-19T12:00:00Z');
  // What others of the integration have behind them.
  await sql`
    insert into user_history (integration_id, user_id, status, licenses, valid_from)
    select ${integration.id}, 'usr_' || i, 'ACTIVE', '{LICENSED}', '2026-01-01' from generate_series(1, 5000) i`;
  await sql`analyze user_history`;
});
afterAll(() => database?.close());

describe('who is asked for webinars', () => {
  it('holds the add-on, or lost it in days that are due', async () => {
    const zoomIds = await webinarHolders(database.sql, account.id);
    expect(zoomIds.sort()).toEqual([users.holds.zoomUserId, users.lost.zoomUserId].sort());
  });

  it('is found by the history of each, not by that of everybody for each', async () => {
    const { plans } = await plansOf(database, () => webinarHolders(database.sql, account.id));
    const steps = plans.flatMap(words).filter((step) => step.includes('user_history'));
    expect(steps).not.toEqual([]);
    expect(steps.filter((step) => step.startsWith('Seq Scan'))).toEqual([]);
  });
});
