import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportCoverage } from '#src/db/tables/index.ts';
import type { AccountRow, IntegrationRow, LicenseRow, UserRow } from '#src/db/tables/rows.ts';
import { findCandidates } from '#src/jobs/find-candidates.ts';
import { Job, type JobResult } from '#src/jobs/job.ts';
import type { ActivitySign } from '#src/policy/activity-signs.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { rowsIn } from '../support/rows.ts';
import { candidateStatus, DAY, neverAborted, openCandidates } from '../support/worlds.ts';

let house: House;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;
let licensed: LicenseRow;

// Zoom is not asked by this task: what it knows is written here as a sync would leave it.
beforeAll(async () => {
  house = await openHouse({ users: 0 });
  rows = rowsIn(house.database);
}, 60_000);
afterAll(() => house?.close());

const ago = (days: number, ms = 0) => new Date(house.clock.now().getTime() - days * DAY - ms);

beforeEach(async () => {
  const { sql } = house.database;
  await sql`truncate integrations, accounts, users, licenses, license_assignments, reclamation_rules, reclamation_candidates,
    candidate_events, exclusions, entitlements, groups, job_runs, grants, report_coverage`;
  integration = await connectedIntegration(house);
  account = (await house.database.db.query.accounts.findFirst())!;
  licensed = await rows.license(account, { uniqueId: 'LICENSED', userType: 'LICENSED' });
  await sql`
    update accounts set is_roster_complete = true, roster_complete_at = ${ago(0)}, activity_known_from = ${ago(64)},
      activity_known_until = ${ago(0)}`;
});

const count = (signs: ActivitySign[] | null) =>
  house.database.sql`update reclamation_rules set signs = ${signs}::text[]`;

async function holder(name: string, more: Partial<Omit<UserRow, 'lastActivityAt' | 'kind'>>): Promise<UserRow> {
  return rows.holder(licensed, account, {
    email: `${name}@example.com`,
    activeDate: ago(900),
    ...more,
  });
}

async function find(): Promise<JobResult> {
  const run = await rows.jobRun(integration, { task: 'RECLAMATION' });
  return findCandidates(new Job(house.deps, integration, run, neverAborted()));
}

const lastNote = async () => {
  const [event] = await house.database.sql<
    { note: string }[]
  >`select note from candidate_events order by seq desc limit 1`;
  return event?.note;
};

describe('a rule that says which signs count', () => {
  it('finds who shows none of them, whatever else they do', async () => {
    await count(['LONG_MEETING_HOSTED']);
    await holder('listener', { lastLoginAt: ago(1), lastMeetingJoinedAt: ago(1), lastMeetingHostedAt: ago(2) });
    await holder('host', { lastLoginAt: ago(1), lastLongMeetingHostedAt: ago(10) });
    await holder('once', { lastLoginAt: ago(1), lastLongMeetingHostedAt: ago(100) });
    await holder('edge', { lastLongMeetingHostedAt: ago(63, -5_000) });
    await holder('new', { activeDate: ago(62), lastLoginAt: ago(1) });
    expect(await find()).toEqual({ status: 'SUCCEEDED', note: null });
    expect(await openCandidates(house)).toMatchObject({
      listener: { reason: 'NEVER_ACTIVE', inactiveDays: 900, status: 'READY' },
      once: { reason: 'INACTIVE', inactiveDays: 100 },
    });
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['listener', 'once']);
  });

  it('writes into the evidence which counted, beside all that were seen', async () => {
    await count(['LONG_MEETING_HOSTED']);
    const user = await holder('once', { lastLoginAt: ago(1), lastLongMeetingHostedAt: ago(100) });
    await find();
    const [row] = await house.database.sql<{ evidence: any; last: Date }[]>`
      select evidence, last_activity_at as last from reclamation_candidates`;
    expect(row?.evidence.countedSigns).toEqual(['LONG_MEETING_HOSTED']);
    expect(row?.evidence.signs).toMatchObject({
      lastLoginAt: user.lastLoginAt!.toISOString(),
      lastLongMeetingHostedAt: user.lastLongMeetingHostedAt!.toISOString(),
      lastCloudRecordingAt: null,
    });
    expect(row?.last).toEqual(user.lastLongMeetingHostedAt);
  });

  it('takes the later of two ways to tell a sign-in', async () => {
    await count(['SIGNED_IN']);
    await holder('reported', { lastLoginAt: ago(200), lastSignInAt: ago(5), lastMeetingHostedAt: ago(300) });
    await holder('quiet', { lastLoginAt: ago(200), lastSignInAt: ago(90), lastMeetingJoinedAt: ago(1) });
    await find();
    expect(await openCandidates(house)).toMatchObject({ quiet: { inactiveDays: 90 } });
    expect(Object.keys(await openCandidates(house))).toEqual(['quiet']);
  });

  it('calls never active who never showed one that counts', async () => {
    await count(['WEBINAR_HOSTED']);
    await house.database.sql`
      update reclamation_rules set condition = '{"departments":null,"groupIds":null,"neverActiveOnly":true}'`;
    await holder('attendee', { lastLoginAt: ago(100) });
    await holder('presenter', { lastWebinarHostedAt: ago(100) });
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['attendee']);
  });

  it('keeps the usual signs where it names none', async () => {
    await count(null);
    await holder('created', { lastLoginAt: ago(100), lastMeetingCreatedAt: ago(1), lastCloudRecordingAt: ago(1) });
    await holder('joined', { lastLoginAt: ago(100), lastMeetingJoinedAt: ago(1) });
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['created']);
  });

  it('waits for sign-ins that Zoom shows late, even where none counts', async () => {
    await count(['LONG_MEETING_HOSTED']);
    await holder('days61', { lastLongMeetingHostedAt: ago(61) });
    await find();
    expect(await openCandidates(house)).toEqual({});
  });
});

describe('a sign that was not looked at proves nothing', () => {
  it.each<[string, { from: number; until: number } | null, RegExp]>([
    ['recordings never read', null, /recordings have not been read/],
    ['recordings known from a day too late', { from: 62, until: 0 }, /recordings are known from/],
    ['recordings read days ago', { from: 90, until: 3 }, /recordings are known from/],
  ])('%s', async (_, known, words) => {
    await count(['SIGNED_IN', 'CLOUD_RECORDED']);
    await holder('idle', { lastLoginAt: ago(100) });
    if (known !== null) await coverRecordings(known);
    const result = await find();
    expect(result.status).toBe('INCOMPLETE');
    expect(result.note).toMatch(words);
    expect(await openCandidates(house)).toEqual({});
  });

  const coverRecordings = ({ from, until }: { from: number; until: number }) =>
    house.database.db.insert(reportCoverage).values({
      accountId: account.id,
      integrationId: integration.id,
      report: 'RECORDINGS',
      knownFrom: ago(from),
      knownUntil: ago(until),
    });

  it('recordings that are known count', async () => {
    await count(['SIGNED_IN', 'CLOUD_RECORDED']);
    await coverRecordings({ from: 90, until: 0 });
    await holder('idle', { lastLoginAt: ago(100) });
    await holder('recorder', { lastLoginAt: ago(100), lastCloudRecordingAt: ago(20) });
    expect(await find()).toMatchObject({ status: 'SUCCEEDED' });
    expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
  });

  it('meetings that people create, until they were read', async () => {
    await count(['MEETING_CREATED']);
    await holder('idle', { lastLoginAt: ago(1) });
    expect((await find()).note).toMatch(/meetings that people create, and that was never read/);
    expect(await openCandidates(house)).toEqual({});
    await house.database.sql`update accounts set created_read_at = ${ago(0)}`;
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
  });

  it('other rules are not held up by it', async () => {
    await count(['CLOUD_RECORDED']);
    await rows.rule(integration, { name: 'Usual' });
    await holder('idle', { lastLoginAt: ago(100) });
    expect((await find()).status).toBe('INCOMPLETE');
    expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
  });
});

describe('an open candidate', () => {
  it('stays when only a sign is seen that does not count, and is canceled by one that does', async () => {
    await count(['LONG_MEETING_HOSTED']);
    const user = await holder('visitor', { lastLoginAt: ago(100), lastLongMeetingHostedAt: ago(100) });
    await find();
    await house.database.sql`
      update users set last_login_at = ${ago(1)}, last_meeting_hosted_at = ${ago(1)} where id = ${user.id}`;
    await find();
    expect(await candidateStatus(house, 'visitor')).toBe('READY');
    await house.database.sql`update users set last_long_meeting_hosted_at = ${ago(1)} where id = ${user.id}`;
    await find();
    expect(await candidateStatus(house, 'visitor')).toBe('CLOSED_CANCELED');
  });

  it('is closed when the rule counts other signs now, by which it would not be found', async () => {
    await count(['LONG_MEETING_HOSTED']);
    await holder('visitor', { lastLoginAt: ago(1) });
    await find();
    expect(await candidateStatus(house, 'visitor')).toBe('READY');
    await count(null);
    await find();
    expect(await candidateStatus(house, 'visitor')).toBe('CLOSED_SKIPPED');
    expect(await lastNote()).toBe('The rule counts other signs now');
  });

  it('is kept, by the new signs, when it is found by those as well', async () => {
    await holder('idle', { lastLoginAt: ago(100) });
    await find();
    await count(['LONG_MEETING_HOSTED']);
    await find();
    expect(await openCandidates(house)).toMatchObject({ idle: { reason: 'NEVER_ACTIVE', inactiveDays: 900 } });
    await find();
    expect(await candidateStatus(house, 'idle')).toBe('READY');
  });

  it('is closed when the rule counts recordings now and nobody knows them', async () => {
    await holder('idle', { lastLoginAt: ago(100) });
    await find();
    await count(['SIGNED_IN', 'CLOUD_RECORDED']);
    await find();
    expect(await candidateStatus(house, 'idle')).toBe('CLOSED_SKIPPED');
  });

  it('is closed when the address turned out to be a program', async () => {
    const user = await holder('idle', { lastLoginAt: ago(100) });
    await find();
    await house.database.sql`update users set is_service_account = true where id = ${user.id}`;
    await find();
    expect(await candidateStatus(house, 'idle')).toBe('CLOSED_SKIPPED');
    expect(await lastNote()).toBe('Not a person');
    await find();
    expect(await openCandidates(house)).toEqual({});
  });
});
