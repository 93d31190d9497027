import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { newId } from '#src/db/id.ts';
import { cloudRecordings, meetings, reportCoverage } from '#src/db/tables/index.ts';
import type { AccountRow, UserRow } from '#src/db/tables/rows.ts';
import { recountActivity } from '#src/datasources/store/activity-counts.ts';
import { basicReasons, wouldBasicSuffice } from '#src/policy/basic-sufficiency.ts';
import { testDatabase } from '../../support/database.ts';
import { rowsIn } from '../../support/rows.ts';
import { startServer, type TestServer } from '../../support/server.ts';
import { statementsOf } from '../../support/statements.ts';

const FROM = new Date('2026-01-01T00:00:00Z');
const UNTIL = new Date('2026-03-01T00:00:00Z');

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let account: AccountRow;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  rows = rowsIn(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});
beforeEach(async () => {
  await database.sql`truncate integrations, accounts, users, meetings, cloud_recordings, report_coverage`;
  account = await rows.account(await rows.integration(), { activityKnownFrom: FROM, activityKnownUntil: UNTIL });
});

const within = fc.date({ min: new Date('2025-12-01'), max: UNTIL, noInvalidDate: true });
const meeting = fc.record({
  kind: fc.constantFrom('MEETING' as const, 'WEBINAR' as const),
  startTime: within,
  durationMinutes: fc.option(fc.constantFrom(5, 40, 41, 300)),
  participantCount: fc.option(fc.constantFrom(1, 2, 100, 101)),
  pollCount: fc.option(fc.constantFrom(0, 1)),
  registrantCount: fc.option(fc.constantFrom(0, 3)),
});
const person = fc.record({
  before: fc.option(fc.boolean()),
  // Few, so that many have nothing that speaks against Basic.
  hosted: fc.array(meeting, { maxLength: 2 }),
  recorded: fc.array(within, { maxLength: 1 }),
});

async function place(people: readonly any[]): Promise<UserRow[]> {
  const made = await rows.users(
    account,
    people.map(({ before }) => ({ wouldBasicSuffice: before })),
  );
  const place = { integrationId: account.integrationId, accountId: account.id };
  const held = people.flatMap(({ hosted }, index) =>
    hosted.map((one: object) => ({
      ...place,
      id: newId('mtg'),
      uuid: newId('mtg'),
      zoomMeetingId: newId('mtg'),
      hostUserId: made[index]!.id,
      ...one,
    })),
  );
  const recorded = people.flatMap(({ recorded }, index) =>
    recorded.map((startTime: Date) => ({ ...place, uuid: newId('mtg'), hostUserId: made[index]!.id, startTime })),
  );
  if (held.length > 0) await database.db.insert(meetings).values(held);
  if (recorded.length > 0) await database.db.insert(cloudRecordings).values(recorded);
  return made;
}

describe('what is counted of a user', () => {
  it.each([true, false])('agrees with the policy on the verdict, for everybody (all known: %s)', async (isKnown) => {
    const people = fc.sample(person, 150);
    const made = await place(people);
    await recountActivity(database.sql, account.id, { from: FROM, isKnown, now: UNTIL });
    const counted = new Map((await database.db.query.users.findMany()).map((user) => [user.id, user]));
    const verdicts = new Set<boolean | null>();
    for (const [index, { id }] of made.entries()) {
      const user = counted.get(id)!;
      const expected = wouldBasicSuffice(user, isKnown, people[index]!.before);
      expect([people[index], user.wouldBasicSuffice]).toEqual([people[index], expected]);
      expect(basicReasons(user).length > 0).toBe(user.wouldBasicSuffice === false);
      verdicts.add(user.wouldBasicSuffice);
    }
    expect(verdicts.size).toBe(isKnown ? 2 : 3);
  });
});

const FIELDS = `activity { longMeetingsHosted webinarsHosted largestMeeting pollsHeld registrants cloudRecordings wouldBasicSuffice
  lastLongMeetingHostedAt lastCloudRecordingAt lastSignInAt
  basicSufficiency { verdict windowFrom windowUntil reasons longMeetingsHosted lastLongMeetingHostedAt largestMeeting
    webinarsHosted cloudRecordings pollsHeld registrants notLookedAt } }`;

describe('what is told of a user', () => {
  it('is the verdict with what it rests on', async () => {
    const read = { pollCount: 0, registrantCount: 0 };
    const [talker, quiet] = await place([
      {
        before: null,
        recorded: [],
        hosted: [
          {
            ...read,
            kind: 'MEETING',
            startTime: new Date('2026-02-01T09:00:00Z'),
            durationMinutes: 41,
            participantCount: 2,
          },
        ],
      },
      {
        before: null,
        recorded: [],
        hosted: [
          { kind: 'MEETING', startTime: new Date('2026-02-01T09:00:00Z'), durationMinutes: 41, participantCount: 1 },
        ],
      },
    ]);
    await database.db.insert(reportCoverage).values({
      accountId: account.id,
      integrationId: account.integrationId,
      report: 'RECORDINGS',
      knownFrom: FROM,
      knownUntil: UNTIL,
    });
    await recountActivity(database.sql, account.id, { from: FROM, isKnown: true, now: UNTIL });
    const ask = async (id: string) => {
      const { data, errors } = await server.ask(`{ user(id: "${id}") { kind ${FIELDS} } }`);
      expect(errors).toBeUndefined();
      expect(data.user.kind).toBe('PERSON');
      return data.user.activity;
    };
    expect(await ask(talker!.id)).toMatchObject({
      wouldBasicSuffice: false,
      longMeetingsHosted: 1,
      lastLongMeetingHostedAt: '2026-02-01T09:00:00.000Z',
      basicSufficiency: {
        verdict: false,
        windowFrom: FROM.toISOString(),
        windowUntil: UNTIL.toISOString(),
        reasons: ['LONG_MEETING'],
        longMeetingsHosted: 1,
        largestMeeting: 2,
        notLookedAt: [],
      },
    });
    // Alone for any time is what Basic users may; polls and registration of that meeting were not read.
    expect(await ask(quiet!.id)).toMatchObject({
      wouldBasicSuffice: true,
      longMeetingsHosted: 0,
      basicSufficiency: { verdict: true, reasons: [], notLookedAt: ['POLL', 'REGISTRATION'] },
    });
    await database.sql`delete from report_coverage`;
    expect((await ask(talker!.id)).basicSufficiency.notLookedAt).toEqual(['CLOUD_RECORDING']);
  });

  it('costs the same number of statements for one as for many', async () => {
    await place(fc.sample(person, 60));
    const query = `query ($first: Int) { users(first: $first) { nodes { id kind ${FIELDS} } } }`;
    await server.ask(query, { first: 1 });
    const one = await statementsOf(database, () => server.ask(query, { first: 1 }));
    const many = await statementsOf(database, () => server.ask(query, { first: 60 }));
    expect(many.result.errors).toBeUndefined();
    expect(many.result.data.users.nodes).toHaveLength(60);
    expect(many.statements.length).toBe(one.statements.length);
  });
});
