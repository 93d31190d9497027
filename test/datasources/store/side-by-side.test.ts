import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { saveCreated, saveNextEvents, saveParticipants, upsertMeetings } from '#src/datasources/store/activity.ts';
import { recountActivity, recountEverybody } from '#src/datasources/store/activity-counts.ts';
import { askAgain, saveProfiles, saveSettings } from '#src/datasources/store/details.ts';
import { upsertRosterPage } from '#src/datasources/store/roster.ts';
import type { SqlOrTx } from '#src/datasources/store/writes.ts';
import type { Database } from '#src/db/client.ts';
import type { AccountRow, MeetingRow, RosterEntry, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../../support/database.ts';
import { untilBlocked } from '../../support/locks.ts';
import { rowsIn } from '../../support/rows.ts';

const ROUNDS = 15;
let database: Database;
let rows: ReturnType<typeof rowsIn>;
let account: AccountRow;
let people: UserRow[];
let held: MeetingRow[];

beforeAll(async () => {
  database = await testDatabase();
  rows = rowsIn(database);
  account = await rows.account(await rows.integration());
  people = [];
  held = [];
  for (let i = 0; i < 60; i++) {
    people.push(await rows.user(account));
    held.push(await rows.meeting(people[0]!));
  }
});
afterAll(() => database?.close());

describe('writers of the same rows at the same time', () => {
  it('wait for each other, in whatever order each names the users', async () => {
    const note = { accountId: account.id, askedAt: new Date(), askedAtZoom: new Date(), marked: [] };
    for (let round = 0; round < ROUNDS; round++) {
      const profiles = people.map(({ id }) => ({
        id,
        jobTitle: `Title ${round}`,
        costCenter: null,
        location: null,
        managerEmail: null,
        zoomOneType: null,
        loginTypes: [],
        roleId: null,
      }));
      const settings = people.toReversed().map(({ id }) => ({
        id,
        meetingCapacity: 100 + round,
        largeMeetingEnabled: false,
        largeMeetingCapacity: null,
        webinarEnabled: false,
        webinarCapacity: null,
        features: {},
      }));
      const ids = people.map(({ id }) => id);
      const page = people
        .toSorted((a, b) => (a.email < b.email ? 1 : -1))
        .map((user): RosterEntry => ({ ...user, department: `Department ${round}` }));
      await Promise.all([
        upsertRosterPage(
          database.sql,
          { integrationId: account.integrationId, accountId: account.id },
          page,
          new Date(),
        ),
        saveProfiles(database.sql, profiles, note),
        saveSettings(database.sql, settings, note),
        askAgain(database.sql, 'PROFILE', account.id, round % 2 === 0 ? ids : ids.toReversed()),
      ]);
    }
    const after = await database.db.query.users.findMany();
    expect(after.every((user) => user.jobTitle === `Title ${ROUNDS - 1}`)).toBe(true);
    expect(after.every((user) => user.meetingCapacity === 100 + ROUNDS - 1)).toBe(true);
    expect(after.every((user) => user.department === `Department ${ROUNDS - 1}`)).toBe(true);
  });

  it('wait for each other when what is ahead and what was created is noted', async () => {
    const at = (round: number) => new Date(Date.UTC(2026, 0, 1 + round)).toISOString();
    for (let round = 0; round < ROUNDS; round++) {
      const ahead = people.map(({ id }) => ({ userId: id, at: at(round) }));
      const created = people.toReversed().map(({ id }, n) => ({
        userId: id,
        zoomMeetingId: held[n]!.zoomMeetingId,
        at: at(round),
      }));
      await Promise.all([
        saveNextEvents(database.sql, account.id, ahead, new Date()),
        saveCreated(database.sql, account.id, created),
        saveParticipants(
          database.sql,
          account.integrationId,
          held.map(({ id }) => id),
          [],
          new Date(),
        ),
      ]);
    }
    const after = await database.db.query.users.findMany();
    const last = new Date(at(ROUNDS - 1));
    expect(after.map(({ nextEventAt, lastMeetingCreatedAt }) => [nextEventAt, lastMeetingCreatedAt])).toEqual(
      after.map(() => [last, last]),
    );
    const meetings = await database.db.query.meetings.findMany();
    expect(meetings.map(({ createdAt }) => createdAt)).toEqual(meetings.map(() => last));
  });

  it('wait for each other when everybody is counted beside events of the same people', async () => {
    const ids = people.map(({ id }) => id);
    const at = (round: number) => new Date(Date.UTC(2026, 1, 1 + round));
    for (let round = 0; round < ROUNDS; round++) {
      await database.sql`
        insert into sign_ins (account_id, integration_id, email, at, kind, user_id)
        select account_id, integration_id, email, ${at(round)}, 'SIGN_IN', id from users`;
      const facts = { from: at(0), isKnown: false, now: new Date() };
      const ahead = ids.toReversed().map((userId) => ({ userId, at: at(round).toISOString() }));
      await Promise.all([
        // In ranges of which the last one has no end.
        recountEverybody(database.sql, account.id, facts, 7),
        recountActivity(database.sql, account.id, { ...facts, userIds: ids.toReversed() }),
        recountActivity(database.sql, account.id, { ...facts, userIds: ids.slice(20, 50) }),
        saveNextEvents(database.sql, account.id, ahead, new Date()),
      ]);
    }
    const last = at(ROUNDS - 1);
    const signedIn = async () => (await database.db.query.users.findMany()).map(({ lastSignInAt }) => lastSignInAt);
    await database.sql`update users set last_sign_in_at = null`;
    await recountEverybody(database.sql, account.id, { from: at(0), isKnown: false, now: new Date() }, 7);
    expect(await signedIn()).toEqual(ids.map(() => last));
    const after = await database.db.query.users.findMany();
    expect(after.map(({ lastSignInAt, nextEventAt }) => [lastSignInAt, nextEventAt])).toEqual(
      after.map(() => [last, last]),
    );
  });

  it('wait for each other, in whatever order each names the meetings', async () => {
    const place = { integrationId: account.integrationId, accountId: account.id };
    for (let round = 0; round < ROUNDS; round++) {
      const reported = held.toReversed().map((meeting) => ({ ...meeting, topic: `Topic ${round}` }));
      await Promise.all([
        upsertMeetings(database.sql, place, reported),
        saveParticipants(
          database.sql,
          account.integrationId,
          held.map(({ id }) => id),
          [],
          new Date(),
        ),
      ]);
    }
    const after = await database.db.query.meetings.findMany();
    expect(after.every((meeting) => meeting.topic === `Topic ${ROUNDS - 1}`)).toBe(true);
  });
});

// Embedded, one transaction is over before the next one begins.
describe.skipIf(inject('template').kind !== 'postgres')('a count (only with TEST_DATABASE_URL)', () => {
  const NOON = Date.UTC(2026, 2, 1, 12);
  const from = new Date(NOON - 86_400_000);
  const facts = { from, isKnown: false, now: new Date() };
  const signIn = (sql: SqlOrTx, user: UserRow, at: Date) => sql`
    insert into sign_ins (account_id, integration_id, email, at, kind, user_id)
    values (${user.accountId}, ${user.integrationId}, ${user.email}, ${at}, 'SIGN_IN', ${user.id})`;
  /** As an event does: what was seen, and with it the count of its user. */
  const tellOf = async (tx: SqlOrTx, user: UserRow, at: Date) => {
    await signIn(tx, user, at);
    await recountActivity(tx, account.id, { ...facts, userIds: [user.id] });
  };
  const stored = async (id: string) => (await database.db.query.users.findMany()).find((user) => user.id === id);

  it('of everybody, begun before somebody signed in, does not take that back', async () => {
    const user = await rows.user(account);
    await rows.meeting(user, { startTime: new Date(NOON) });
    let counted: Promise<void> | undefined;
    await database.sql.begin(async (tx) => {
      await tellOf(tx, user, new Date(NOON));
      counted = recountActivity(database.sql, account.id, facts);
      await untilBlocked(database, 1, counted);
    });
    await counted;
    expect(await stored(user.id)).toMatchObject({ lastSignInAt: new Date(NOON), meetingsHosted: 1 });
  });

  it('for one event does not take back what another tells in the same moment', async () => {
    const user = await rows.user(account);
    let second: Promise<unknown> | undefined;
    await database.sql.begin(async (tx) => {
      await tellOf(tx, user, new Date(NOON + 60_000));
      second = database.sql.begin((other) => tellOf(other, user, new Date(NOON)));
      await untilBlocked(database, 1, second);
    });
    await second;
    expect(await stored(user.id)).toMatchObject({ lastSignInAt: new Date(NOON + 60_000) });
  });
});
