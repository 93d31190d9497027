import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueSync } from '#src/actions/sync-integration.ts';
import type { IntegrationRow, JobRunRow, UserRow } from '#src/db/tables/rows.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { planActivity } from '#src/policy/report-windows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';

let house: House;
let integration: IntegrationRow;

async function sync(): Promise<JobRunRow[]> {
  await queueSync(house.deps, integration, null, 'test');
  await runSync(house.deps, integration.id, new AbortController().signal);
  return house.database.db.query.jobRuns.findMany({
    orderBy: (run, { desc }) => [desc(run.createdAt), desc(run.id)],
    limit: 5,
  });
}

const iso = (at: Date | null) => at?.toISOString().replace(/\.\d+Z$/, 'Z') ?? null;

beforeAll(async () => {
  house = await openHouse({ users: 150, seed: 7 });
  integration = await connectedIntegration(house, { meetingDetail: 'ALL' });
}, 60_000);
afterAll(() => house?.close());

describe('a first sync', () => {
  let runs: JobRunRow[];
  beforeAll(async () => {
    runs = await sync();
  }, 120_000);

  it('ends every task well, in order, with its calls counted', () => {
    expect(runs.map((run) => [run.task, run.status, run.error]).sort()).toEqual(
      ['APPLICATION_ACCESS', 'APPLICATION_ROSTER', 'LICENSE_DIFFERENTIATION', 'LICENSE_INFORMATION', 'RECLAMATION'].map(
        (task) => [task, 'SUCCEEDED', null],
      ),
    );
    const counted = runs.reduce((sum, run) => sum + run.callsLight + run.callsMedium + run.callsHeavy, 0);
    // The test's own call to /users/me is not ours.
    expect(counted).toBe(house.sandbox.calls.filter((call) => call.label !== null).length - 1);
  });

  it('shows everybody as the sandbox knows them', async () => {
    const truth = house.sandbox.truth();
    const rows = await house.database.db.query.users.findMany();
    const shown = new Map<string, UserRow>(rows.map((row) => [row.email, row]));
    expect(shown.size).toBe(truth.users.length);
    // What is shown as last is all that was read: from the first day that was asked for.
    const from = new Date(planActivity(house.deps.now(), null, { from: null, until: null }).begin);
    const since = (at: string | null) => (at !== null && new Date(at) >= from ? at : null);
    for (const user of truth.users) {
      const row = shown.get(user.email.toLowerCase())!;
      expect({
        email: row.email,
        id: row.zoomUserId,
        status: row.status,
        typeCode: row.typeCode,
        department: row.department ?? '',
        lastLoginAt: iso(row.lastLoginAt),
        hosted: iso(row.lastMeetingHostedAt),
        webinar: iso(row.lastWebinarHostedAt),
        isRoom: row.isRoom,
      }).toEqual({
        email: user.email.toLowerCase(),
        id: user.id,
        status: user.status.toUpperCase(),
        typeCode: user.type,
        department: user.department,
        lastLoginAt: user.lastLoginAt,
        hosted: since(user.lastMeetingHostedOfAnySizeAt),
        webinar: since(user.lastWebinarHostedAt),
        isRoom: user.isRoom,
      });
    }
  });

  it('knows when counted people who use Zoom last created a meeting, and when a held one was created', async () => {
    const truth = house.sandbox.truth();
    const rows = await house.database.db.query.users.findMany();
    const shown = new Map(rows.map((row) => [row.email, row]));
    const asked = truth.users.filter((user) => {
      const row = shown.get(user.email.toLowerCase())!;
      return row.status === 'ACTIVE' && row.type === 'LICENSED' && !row.isRoom && row.lastActivityAt !== null;
    });
    const from = planActivity(house.deps.now(), null, { from: null, until: null }).from.getTime() - 3 * 86_400_000;
    for (const user of asked) {
      const row = shown.get(user.email.toLowerCase())!;
      if (row.lastActivityAt!.getTime() < from) continue;
      expect([user.email, iso(row.lastMeetingCreatedAt)]).toEqual([user.email, user.lastMeetingCreatedAt]);
    }
    const [held] = await house.database.sql`select count(*)::int as count from meetings where created_at is not null`;
    expect(held!['count']).toBeGreaterThan(0);
  });

  it('knows who joined what, to the meeting', async () => {
    const from = planActivity(house.deps.now(), null, { from: null, until: null }).from;
    const truth = house.sandbox.truth(undefined, from.getTime());
    const rows = await house.database.db.query.users.findMany();
    const shown = new Map(rows.map((row) => [row.email, row]));
    for (const user of truth.users) {
      const row = shown.get(user.email.toLowerCase())!;
      expect([user.email, row.meetingsJoined]).toEqual([user.email, user.meetingsJoined]);
      // The sandbox tells the start of the meeting; people come a little later. Attended webinars may be later still.
      const start = user.lastMeetingJoinedAt === null ? 0 : Date.parse(user.lastMeetingJoinedAt);
      if (start >= from.getTime()) expect(row.lastMeetingJoinedAt?.getTime()).toBeGreaterThanOrEqual(start);
    }
  });

  it('knows sign-ins, recordings, polls and registrations, and what follows from them', async () => {
    const { from, begin } = planActivity(house.deps.now(), null, { from: null, until: null });
    const truth = house.sandbox.truth(undefined, from.getTime());
    const rows = await house.database.db.query.users.findMany();
    const shown = new Map(rows.map((row) => [row.email, row]));
    const within = (at: string | null) => (at !== null && at >= begin ? at : null);
    for (const user of truth.users) {
      const row = shown.get(user.email.toLowerCase())!;
      expect({
        email: row.email,
        signedIn: iso(row.lastSignInAt),
        recorded: iso(row.lastCloudRecordingAt),
        recordings: row.cloudRecordings,
        polls: row.pollsHeld,
        registrants: row.registrants,
      }).toEqual({
        email: user.email.toLowerCase(),
        signedIn: within(user.lastSignInAt),
        recorded: within(user.lastCloudRecordingAt),
        recordings: user.cloudRecordings,
        polls: user.pollsHeld,
        registrants: user.registrants,
      });
      // Registrations of series that Zoom has forgotten are nowhere to be read.
      if (user.registrants === user.registrantsEver) {
        expect([row.email, row.wouldBasicSuffice]).toEqual([row.email, user.wouldBasicSuffice]);
      }
    }
    expect(truth.users.some((user) => user.pollsHeld > 0) && truth.users.some((user) => user.registrants > 0)).toBe(
      true,
    );
  });

  it('makes candidates of exactly the paid people without any sign for 63 days', async () => {
    const now = house.deps.now().getTime();
    const truth = house.sandbox.truth();
    // The report of sign-ins tells the true login; the list of users shows an older one for up to three days.
    const { from } = planActivity(house.deps.now(), null, { from: null, until: null });
    const trueWithin = (at: string | null) => (at !== null && new Date(at) >= from ? at : null);
    const expected = truth.users
      .filter((user) => user.type === 2 && user.status === 'active' && !user.isRoom && !user.isApiUser)
      .filter((user) => {
        const signs = [
          user.lastLoginAt,
          trueWithin(user.trueLastLoginAt),
          user.lastMeetingHostedOfAnySizeAt,
          user.lastMeetingJoinedAt,
          user.lastWebinarHostedAt,
        ].filter((at) => at !== null);
        const last = signs.length === 0 ? user.userCreatedAt : signs.sort().at(-1)!;
        return now - Date.parse(last) >= 63 * 86_400_000;
      })
      .map((user) => user.email.toLowerCase());
    const found = await house.database.sql<{ email: string }[]>`
      select u.email from reclamation_candidates c join users u on u.id = c.user_id where u.status = 'ACTIVE'`;
    expect(found.map((row) => row.email).sort()).toEqual(expected.sort());
    expect(expected.length).toBeGreaterThan(3);
  });
});

describe('a second sync right after', () => {
  it('writes no user, and reads no participant again', async () => {
    const { sql } = house.database;
    const before = await sql`select id, xmin from users order by id`;
    const meetings = await sql`select id, xmin from meetings order by id`;
    const callsBefore = house.sandbox.calls.length;
    const runs = await sync();
    expect(runs.every((run) => run.status === 'SUCCEEDED')).toBe(true);
    expect(await sql`select id, xmin from users order by id`).toEqual(before);
    expect(await sql`select id, xmin from meetings order by id`).toEqual(meetings);
    const calls = house.sandbox.calls.slice(callsBefore);
    expect(calls.filter((call) => call.path.includes('participants'))).toEqual([]);
  }, 120_000);
});
