import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addPastMeeting, addPastWebinar, type SandboxUser } from '#sandbox/index.ts';
import { checkConnection } from '#src/actions/check-connection.ts';
import type { IntegrationRow, TaskPartRow } from '#src/db/tables/rows.ts';
import { hostedGaps } from '#src/datasources/store/hosted-gaps.ts';
import { basicEvidence } from '#src/policy/basic-sufficiency.ts';
import { TASK_PARTS } from '#src/policy/task-parts.ts';
import { requirementsOf, TASKS } from '#src/policy/task-scopes.ts';
import type { TaskPartName } from '#src/schema.generated.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { DAY, makePaid, syncNow, userNamed } from '../support/worlds.ts';

// Those of a regular account.
const PARTS = (Object.keys(TASK_PARTS) as TaskPartName[]).filter((part) => part !== 'SUB_ACCOUNTS');
const pathOf = (part: TaskPartName) => TASK_PARTS[part].endpoint.replace('GET ', '');
const HOUR = 3_600_000;

let house: House;
let integration: IntegrationRow;
const people: Record<string, SandboxUser> = {};

const sql = () => house.database.sql;
const calls = (part: TaskPartName) => house.sandbox.calls.filter((call) => call.path === pathOf(part));
const windowsOf = (part: TaskPartName) => calls(part).map((call) => new URL(call.url, 'http://x').searchParams);
const count = async (table: string) => (await sql()`select count(*)::int as count from ${sql()(table)}`)[0]!['count'];

async function parts(): Promise<Record<string, TaskPartRow>> {
  const rows = await house.database.db.query.taskParts.findMany();
  return Object.fromEntries(rows.map((row) => [row.part, row]));
}
async function statuses(): Promise<Record<string, string>> {
  return Object.fromEntries(Object.values(await parts()).map((row) => [row.part, row.status]));
}
/** Zoom answers so to every question for a part. */
function answer(part: TaskPartName, status: number, body: unknown) {
  house.sandbox.faults.add({ match: { path: pathOf(part) }, times: Infinity, action: { status, body } });
}
async function meetingNamed(topic: string) {
  const [row] = await sql()<
    { pollCount: number | null; registrantCount: number | null; asked: boolean }[]
  >`select poll_count as "pollCount", registrant_count as "registrantCount", extras_read_at is not null as asked
    from meetings where topic = ${topic} order by start_time desc`;
  return row;
}

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      // Noon, so that nothing near a day's end decides what a test sees.
      const ago = (days: number) => Math.floor(world.now() / DAY) * DAY - days * DAY + 12 * HOUR;
      for (const name of ['poller', 'short', 'long', 'free', 'signer', 'seminar', 'recorder']) {
        people[name] = makePaid(world, name, 1, name === 'seminar' ? { webinarCapacity: 500 } : {});
      }
      const { poller, short, long, free, signer, seminar, recorder } = people as Record<string, SandboxUser>;
      free!.type = 1;
      // Zoom shows the login before the last one still.
      Object.assign(signer!, {
        lastLoginAt: ago(1),
        shownLastLoginAt: ago(3),
        loginEveryDays: 10,
        clientVersion: '6.1.5 (Mac)',
      });
      Object.assign(signer!, { signsOutAfterHours: 2 });
      const minutes = 20;
      const guests = [{ userId: signer!.id }];
      addPastMeeting(world, {
        hostId: poller!.id,
        startAt: ago(2),
        minutes,
        topic: 'polled',
        participants: guests,
        polls: 2,
      });
      const series = addPastMeeting(world, {
        hostId: short!.id,
        startAt: ago(9),
        minutes,
        topic: 'series',
        type: 8,
        registrants: 3,
        participants: guests,
      });
      addPastMeeting(world, {
        hostId: short!.id,
        startAt: ago(8),
        minutes,
        topic: 'series',
        type: 8,
        meetingId: series.meetingId,
        participants: guests,
      });
      addPastMeeting(world, {
        hostId: short!.id,
        startAt: ago(4),
        minutes,
        topic: 'instant',
        type: 1,
        participants: guests,
      });
      addPastMeeting(world, {
        hostId: long!.id,
        startAt: ago(5),
        minutes: 90,
        topic: 'long',
        participants: guests,
        polls: 1,
      });
      addPastMeeting(world, {
        hostId: free!.id,
        startAt: ago(5),
        minutes,
        topic: 'of a free user',
        participants: guests,
        polls: 1,
      });
      addPastMeeting(world, {
        hostId: recorder!.id,
        startAt: ago(6),
        minutes,
        topic: 'recorded',
        participants: guests,
        recordingFiles: 2,
      });
      addPastWebinar(world, {
        hostId: seminar!.id,
        startAt: ago(7),
        topic: 'webinar',
        participants: guests,
        polls: 3,
        registrants: 5,
      });
      world.regular.groups.push({ id: 'grp-a', name: 'A' }, { id: 'grp-b', name: 'B' });
      short!.groupIds = ['grp-a'];
      long!.groupIds = ['grp-a', 'grp-b'];
      world.regular.operationLogs.push({
        at: ago(3),
        operator: 'admin@example.com',
        category: 'user',
        action: 'Update',
        detail: 'Change Type',
      });
      world.regular.managedDomains = [{ domain: 'example.com', status: 'verified' }];
      world.regular.trustedDomains = ['partner.example'];
    },
  });
  integration = await connectedIntegration(house, { includeFreeUsers: true });
}, 60_000);
afterAll(() => house?.close());
afterEach(() => house.sandbox.faults.clear());

describe('a first sync with every scope', () => {
  it('reads every part, and says so', async () => {
    const runs = await syncNow(house, integration);
    expect(Object.values(runs).map((run) => [run.task, run.status, run.error])).toEqual(
      Object.keys(runs).map((task) => [task, 'SUCCEEDED', null]),
    );
    expect(await statuses()).toEqual(Object.fromEntries(PARTS.map((part) => [part, 'READ'])));
    expect(Object.values(await parts()).every((row) => row.readAt !== null && row.message === null)).toBe(true);
  }, 60_000);

  it('keeps what Zoom says of the account', async () => {
    const [account] = await house.database.db.query.accounts.findMany();
    expect(account!.settings).toHaveProperty('in_meeting');
    expect(account!.lockSettings).toHaveProperty('meeting_security');
    expect(account!.managedDomains).toEqual([{ domain: 'example.com', status: 'verified' }]);
    expect(account!.trustedDomains).toEqual(['partner.example']);
  });

  it('asks no group for its members where the list of users says enough', async () => {
    expect(calls('GROUPS').length).toBe(1);
    expect(calls('GROUP_MEMBERS')).toEqual([]);
    expect((await userNamed(house, 'long')).groupIds).toEqual(['grp-a', 'grp-b']);
  });

  it('knows sign-ins to the second, and sign-outs apart from them', async () => {
    const { signer } = people as { signer: SandboxUser };
    const user = await userNamed(house, 'signer');
    expect(user.lastSignInAt?.getTime()).toBe(Math.floor(signer.lastLoginAt! / 1000) * 1000);
    expect(user.lastLoginAt!.getTime()).toBeLessThan(user.lastSignInAt!.getTime());
    expect(user.lastActivityAt).toEqual(user.lastSignInAt);
    const rows = await sql()<{ kind: string; clientType: string; clientVersion: string }[]>`
      select kind, client_type as "clientType", client_version as "clientVersion" from sign_ins
      where user_id = ${user.id} order by at desc`;
    expect(rows.slice(0, 2).map((row) => row.kind)).toEqual(['SIGN_OUT', 'SIGN_IN']);
    expect(rows[0]).toMatchObject({ clientType: 'Mac', clientVersion: '6.1.5' });
    // Every ten days since the window began, 64 days ago.
    expect(rows.filter((row) => row.kind === 'SIGN_IN').length).toBe(7);
    const [days] = await sql()`select sum(sign_ins)::int as count from activity_days where user_id = ${user.id}`;
    expect(days!['count']).toBe(7);
  });

  it('knows what admins did, what was recorded, and the figures of every day up to today', async () => {
    expect(await sql()`select operator, category, action, detail from operation_logs`).toContainEqual({
      operator: 'admin@example.com',
      category: 'user',
      action: 'Update',
      detail: 'Change Type',
    });
    const recorder = await userNamed(house, 'recorder');
    expect(recorder).toMatchObject({ cloudRecordings: 1, wouldBasicSuffice: false });
    expect(recorder.lastCloudRecordingAt).not.toBeNull();
    const today = house.clock.now().toISOString().slice(0, 10);
    const [usage] = await sql()`
      select max(day)::text as last, min(day)::text as first, sum(meetings)::int as meetings from daily_usage`;
    expect(usage).toMatchObject({ last: today, meetings: 8 });
    expect(String(usage!['first']).endsWith('-01')).toBe(true);
  });

  it('asks reports by windows of at most 28 days that touch one another', () => {
    for (const part of ['SIGN_INS', 'OPERATION_LOGS', 'CLOUD_RECORDINGS'] as const) {
      const windows = windowsOf(part).map(
        (query) => [Date.parse(query.get('from')!), Date.parse(query.get('to')!)] as const,
      );
      windows.sort(([a], [b]) => a - b);
      expect(windows.length).toBe(3);
      for (const [i, [from, to]] of windows.entries()) {
        expect((to - from) / DAY + 1).toBeLessThanOrEqual(28);
        if (i > 0) expect(from - windows[i - 1]![1]).toBe(DAY);
      }
    }
  });

  it('asks for polls and registrations only where they decide, of a series once, and never of instant meetings', async () => {
    expect(await meetingNamed('polled')).toEqual({ pollCount: 2, registrantCount: 0, asked: true });
    expect(await meetingNamed('series')).toEqual({ pollCount: 0, registrantCount: 3, asked: true });
    for (const topic of ['instant', 'long', 'of a free user', 'recorded', 'webinar']) {
      expect(await meetingNamed(topic), topic).toEqual({ pollCount: null, registrantCount: null, asked: false });
    }
    expect([calls('POLLS').length, calls('REGISTRANTS').length]).toEqual([3, 2]);
    expect(await userNamed(house, 'poller')).toMatchObject({ pollsHeld: 2, wouldBasicSuffice: false });
    expect(await userNamed(house, 'short')).toMatchObject({ registrants: 3, wouldBasicSuffice: false });
  });
});

describe('a second sync a day later', () => {
  it('asks only for what is new, and writes none of it twice', async () => {
    const before = [await count('sign_ins'), await count('operation_logs'), await count('cloud_recordings')];
    house.clock.advance(DAY);
    house.sandbox.calls.length = 0;
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
    const today = house.clock.now().toISOString().slice(0, 10);
    for (const part of ['SIGN_INS', 'OPERATION_LOGS', 'CLOUD_RECORDINGS'] as const) {
      const [window, ...others] = windowsOf(part);
      expect(others, part).toEqual([]);
      expect(window!.get('to')).toBe(today);
      expect((Date.parse(today) - Date.parse(window!.get('from')!)) / DAY).toBe(3);
    }
    const months = windowsOf('DAILY_USAGE').map((query) => Number(query.get('month')));
    expect(months).toContain(house.clock.now().getUTCMonth() + 1);
    expect(months.length).toBe(house.clock.now().getUTCDate() <= 4 ? 2 : 1);
    expect([calls('POLLS'), calls('REGISTRANTS'), calls('GROUP_MEMBERS')]).toEqual([[], [], []]);
    expect([await count('sign_ins'), await count('operation_logs'), await count('cloud_recordings')]).toEqual(before);
  }, 60_000);
});

describe('groups', () => {
  it('are asked for their members only where the counts differ, and then believed', async () => {
    // Who left all groups is listed without any, which says nothing; the count of the group gives it away.
    people['long']!.groupIds = [];
    people['poller']!.groupIds = ['grp-a'];
    house.sandbox.calls.length = 0;
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    // The other group has nobody any more: that is known without asking.
    expect(calls('GROUP_MEMBERS').map((call) => call.url.split('?')[0])).toEqual(['/v2/groups/grp-a/members']);
    expect((await userNamed(house, 'long')).groupIds).toEqual([]);
    expect((await userNamed(house, 'poller')).groupIds).toEqual(['grp-a']);
    expect((await userNamed(house, 'short')).groupIds).toEqual(['grp-a']);
    house.sandbox.calls.length = 0;
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(calls('GROUP_MEMBERS')).toEqual([]);
  }, 60_000);

  it('are kept where a listing leaves them out', async () => {
    house.sandbox.faults.add({
      match: { path: '/users' },
      times: Infinity,
      action: { mutateBody: (body) => ({ ...body, users: body.users.map(({ group_ids: _, ...user }: any) => user) }) },
    });
    house.sandbox.calls.length = 0;
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect((await userNamed(house, 'short')).groupIds).toEqual(['grp-a']);
    // Nothing tells who changed places, so every group that has members is asked for them.
    const filled = house.sandbox.world.regular.groups.filter(({ id }) =>
      [...house.sandbox.world.regular.users.values()].some((user) => user.groupIds.includes(id)),
    );
    expect(calls('GROUP_MEMBERS').length).toBe(filled.length);
  }, 60_000);
});

/** Lets polls and registrations be asked for once more. */
async function forgetExtras() {
  await sql()`update meetings set poll_count = null, registrant_count = null, extras_read_at = null`;
  await sql()`update users set would_basic_suffice = null`;
}
const ALL_MEETINGS = { meetingDetail: 'ALL' as const };
async function setDetail(patch: { meetingDetail: IntegrationRow['meetingDetail'] }) {
  await sql()`update integrations set meeting_detail = ${patch.meetingDetail} where id = ${integration.id}`;
}

describe('of all meetings', () => {
  it('reads polls and registrations, of webinars too', async () => {
    await forgetExtras();
    await setDetail(ALL_MEETINGS);
    house.sandbox.calls.length = 0;
    await syncNow(house, integration, ['APPLICATION_ACCESS']);
    expect(await meetingNamed('webinar')).toEqual({ pollCount: 3, registrantCount: 5, asked: true });
    expect(await meetingNamed('long')).toMatchObject({ pollCount: 1, asked: true });
    expect(await meetingNamed('of a free user')).toMatchObject({ pollCount: 1, asked: true });
    expect(await meetingNamed('instant')).toEqual({ pollCount: null, registrantCount: null, asked: false });
    expect([calls('WEBINAR_POLLS').length, calls('WEBINAR_REGISTRANTS').length]).toEqual([1, 1]);
  }, 60_000);

  it('takes what Zoom forgot for unknown and never for none, and asks for it once', async () => {
    await forgetExtras();
    // Registration that is off is another thing: nobody registered.
    const [series] = await sql()<{ number: string }[]>`
      select zoom_meeting_id as number from meetings where topic = 'series' limit 1`;
    for (const tail of [`meetings/${series!.number}/registrants`, 'webinars/{webinarId}/registrants']) {
      house.sandbox.faults.add({
        match: { path: `/${tail}` },
        times: Infinity,
        action: { status: 404, body: { code: 3001, message: 'Meeting does not exist.' } },
      });
    }
    house.sandbox.faults.add({
      match: { path: pathOf('POLLS') },
      times: Infinity,
      action: { status: 404, body: { code: 3001, message: 'Meeting does not exist.' } },
    });
    await syncNow(house, integration, ['APPLICATION_ACCESS']);
    for (const topic of ['series', 'webinar']) {
      expect(await meetingNamed(topic), topic).toMatchObject({ registrantCount: null, asked: true });
    }
    expect(await meetingNamed('polled')).toEqual({ pollCount: null, registrantCount: 0, asked: true });
    const short = await userNamed(house, 'short');
    const [gaps] = await hostedGaps(sql(), [short.id]);
    expect(gaps).toMatchObject({ polls: true, registrants: true });
    const known = { from: new Date(0), until: house.clock.now() };
    const evidence = basicEvidence(short, { window: known, recordings: known, gaps: gaps! });
    // Nothing that was seen speaks against it, and what was not seen is said.
    expect(short).toMatchObject({ registrants: 0, pollsHeld: 0, wouldBasicSuffice: true });
    expect(evidence).toEqual({ reasons: [], notLookedAt: ['POLL', 'REGISTRATION'] });
    house.sandbox.calls.length = 0;
    await syncNow(house, integration, ['APPLICATION_ACCESS']);
    for (const part of ['POLLS', 'REGISTRANTS', 'WEBINAR_POLLS', 'WEBINAR_REGISTRANTS'] as const) {
      expect(calls(part), part).toEqual([]);
    }
  }, 60_000);

  it('reads none where that is switched off, and says so', async () => {
    await forgetExtras();
    await setDetail({ meetingDetail: 'NONE' });
    house.sandbox.calls.length = 0;
    const runs = await syncNow(house, integration, ['APPLICATION_ACCESS']);
    expect(runs.APPLICATION_ACCESS.status).toBe('SUCCEEDED');
    expect(calls('POLLS')).toEqual([]);
    expect((await parts())['POLLS']).toMatchObject({ status: 'SKIPPED', message: expect.stringContaining('NONE') });
    await setDetail(ALL_MEETINGS);
  }, 60_000);
});

const NO = { code: 200, message: 'Only available for paid account.' };
/** Roles come with the list of users here, so they are never asked for; plans are read by a task of their own. */
const ASKED = PARTS.filter((part) => part !== 'ROLES' && part !== 'PLAN_USAGE');

describe('a part that Zoom refuses', () => {
  it.each([
    ['HTTP 200 with code 200', 200, NO],
    ['HTTP 400 with code 200', 400, NO],
    [
      'a scope that is missing after all',
      400,
      { code: 4711, message: 'Invalid access token, does not contain scopes:[a:b:c].' },
    ],
    ['HTTP 404', 404, { code: 2001, message: 'Account does not exist.' }],
  ])(
    'is left out in words after %s; the run succeeds and nothing is forgotten',
    async (_, status, body) => {
      await forgetExtras();
      const known = [
        await count('sign_ins'),
        await count('operation_logs'),
        await count('cloud_recordings'),
        await count('daily_usage'),
        await count('groups'),
      ];
      for (const part of ASKED) answer(part, status, body);
      const runs = await syncNow(house, integration, ['APPLICATION_ACCESS']);
      expect([runs.APPLICATION_ROSTER.status, runs.APPLICATION_ROSTER.error]).toEqual(['SUCCEEDED', null]);
      expect([runs.APPLICATION_ACCESS.status, runs.APPLICATION_ACCESS.error]).toEqual(['SUCCEEDED', null]);
      const ended = await parts();
      // One meeting that Zoom doesn't know says nothing of the others, and without groups nobody is asked for members.
      const perMeeting = ['POLLS', 'REGISTRANTS', 'WEBINAR_POLLS', 'WEBINAR_REGISTRANTS'];
      for (const part of ASKED.filter(
        (one) => one !== 'GROUP_MEMBERS' && !(status === 404 && perMeeting.includes(one)),
      )) {
        expect([part, ended[part]!.status]).toEqual([part, 'SKIPPED']);
        expect(ended[part]!.message).toContain(TASK_PARTS[part].what);
        expect(ended[part]!.readAt).not.toBeNull();
      }
      expect([
        await count('sign_ins'),
        await count('operation_logs'),
        await count('cloud_recordings'),
        await count('daily_usage'),
        await count('groups'),
      ]).toEqual(known);
      const [account] = await house.database.db.query.accounts.findMany();
      expect(account!.trustedDomains).toEqual(['partner.example']);
    },
    60_000,
  );

  it('is group members alone, too', async () => {
    await sql()`update users set group_ids = '{grp-a}' where email = 'recorder@example.com'`;
    answer('GROUP_MEMBERS', 400, NO);
    const runs = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(runs.APPLICATION_ROSTER.status).toBe('SUCCEEDED');
    expect(await statuses()).toMatchObject({ GROUPS: 'READ', GROUP_MEMBERS: 'SKIPPED' });
    house.sandbox.faults.clear();
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect((await userNamed(house, 'recorder')).groupIds).toEqual([]);
  }, 60_000);
});

describe('a part that fails', () => {
  it('makes the run of the roster incomplete, says what, and forgets nothing', async () => {
    const failing = ['GROUPS', 'ACCOUNT_SETTINGS', 'LOCK_SETTINGS', 'MANAGED_DOMAINS', 'TRUSTED_DOMAINS'] as const;
    const [before] = await house.database.db.query.accounts.findMany();
    for (const part of failing) answer(part, 500, '<html>oops</html>');
    const { APPLICATION_ROSTER: run } = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(run.status).toBe('INCOMPLETE');
    for (const part of failing) {
      expect(run.error).toContain(`${TASK_PARTS[part].what} could not be read`);
      expect((await parts())[part]).toMatchObject({ status: 'FAILED', readAt: expect.any(Date) });
    }
    const [after] = await house.database.db.query.accounts.findMany();
    expect(after).toMatchObject({
      settings: before!.settings,
      managedDomains: before!.managedDomains,
      isRosterComplete: true,
    });
    expect(
      (await sql()`select count(*)::int as count from groups where removed_at is null`)[0]!['count'],
    ).toBeGreaterThan(1);
  }, 90_000);

  it('makes the run of activity incomplete, says what, and is asked for the same days again', async () => {
    await forgetExtras();
    const failing = ['SIGN_INS', 'OPERATION_LOGS', 'DAILY_USAGE', 'CLOUD_RECORDINGS', 'POLLS'] as const;
    const coverage = await sql()`select report, known_until from report_coverage order by report`;
    const [before] = await house.database.db.query.accounts.findMany();
    house.clock.advance(DAY);
    for (const part of failing) answer(part, 500, '<html>oops</html>');
    const { APPLICATION_ACCESS: run } = await syncNow(house, integration, ['APPLICATION_ACCESS']);
    expect(run.status).toBe('INCOMPLETE');
    for (const part of failing) {
      expect(run.error).toContain(`${TASK_PARTS[part].what} could not be read`);
      expect((await parts())[part]!.status).toBe('FAILED');
    }
    expect(await sql()`select report, known_until from report_coverage order by report`).toEqual(coverage);
    // What hosts and participants tell is whole, so activity is proven all the same.
    const [account] = await house.database.db.query.accounts.findMany();
    expect(account!.activityKnownUntil!.getTime()).toBeGreaterThan(before!.activityKnownUntil!.getTime());
    expect((await userNamed(house, 'signer')).lastSignInAt).not.toBeNull();

    house.sandbox.faults.clear();
    house.sandbox.calls.length = 0;
    const again = await syncNow(house, integration, ['APPLICATION_ACCESS']);
    expect(again.APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await statuses()).toMatchObject(Object.fromEntries(failing.map((part) => [part, 'READ'])));
    expect(await meetingNamed('polled')).toMatchObject({ pollCount: 2, asked: true });
  }, 90_000);

  it('lets the whole run wait for tomorrow when the day is used up', async () => {
    house.sandbox.faults.add({
      match: { path: pathOf('SIGN_INS') },
      times: Infinity,
      action: {
        status: 429,
        body: { code: 429, message: 'daily' },
        headers: {
          'x-ratelimit-type': 'Daily-limit',
          'retry-after': new Date(house.clock.now().getTime() + 6 * HOUR).toISOString(),
        },
      },
    });
    const { APPLICATION_ACCESS: run } = await syncNow(house, integration, ['APPLICATION_ACCESS']);
    expect(run.status).toBe('QUEUED');
    await sql()`update job_runs set status = 'FAILED' where status = 'QUEUED'`;
    await sql()`update rate_limits set blocked_until = null`;
  }, 90_000);
});

describe('a connection with nothing but the scopes that the tasks need', () => {
  const needed = TASKS.flatMap((task) => requirementsOf(task, 'REGULAR').map(({ granular }) => granular));
  let narrow: House;
  let connected: IntegrationRow;
  beforeAll(async () => {
    narrow = await openHouse({
      users: 0,
      rateLimits: false,
      apps: [{ clientId: 'narrow', clientSecret: 'secret', name: 'Narrow', account: 'REGULAR', scopes: needed }],
      world: (world) => {
        const host = makePaid(world, 'host', 1);
        addPastMeeting(world, {
          hostId: host.id,
          startAt: world.now() - 3 * DAY,
          minutes: 20,
          polls: 1,
          participants: [{ name: 'Guest' }],
        });
      },
    });
    connected = await connectedIntegration(narrow);
  }, 60_000);
  afterAll(() => narrow?.close());

  it('leaves every part out without a call, and says which scope it would take; the runs succeed', async () => {
    const runs = await syncNow(narrow, connected);
    expect(Object.values(runs).map((run) => [run.task, run.status, run.error])).toEqual(
      Object.keys(runs).map((task) => [task, 'SUCCEEDED', null]),
    );
    // Plans are all that their task reads: whoever switches it on grants their scope.
    const rows = (await narrow.database.db.query.taskParts.findMany()).filter(({ part }) => part !== 'PLAN_USAGE');
    const left = PARTS.filter((part) => part !== 'PLAN_USAGE');
    expect(rows.map((row) => row.part).sort()).toEqual([...left].sort());
    for (const { part, status, message, readAt } of rows) {
      expect([part, status, readAt]).toEqual([part, 'SKIPPED', null]);
      expect(message).toContain(`the scope ${TASK_PARTS[part as TaskPartName].requirement.granular} was not granted`);
    }
    expect(left.flatMap((part) => narrow.sandbox.calls.filter((call) => call.path === pathOf(part)))).toEqual([]);
    expect(narrow.sandbox.calls.filter((call) => call.code === 4711)).toEqual([]);
    expect((await checkConnection(narrow.deps, connected)).record.ok).toBe(true);
  }, 60_000);

  it('reads polls of earlier meetings once that was allowed', async () => {
    const [before] = await narrow.database.db.query.meetings.findMany();
    expect(before).toMatchObject({ pollCount: null, extrasReadAt: null });
    // Registrations first: the meeting counts as asked, without its polls.
    const grant = (scopes: string[]) => narrow.database.sql`
      update integrations set granted_scopes = ${[...needed, ...scopes]}, authorized_at = ${narrow.clock.now()}`;
    for (const part of ['POLLS', 'REGISTRANTS'] as const) {
      narrow.sandbox.faults.add({
        match: { path: pathOf(part) },
        times: Infinity,
        action: {
          status: 200,
          body:
            part === 'POLLS'
              ? { questions: [{ question_details: [{ polling_id: 'a' }] }] }
              : { total_records: 4, registrants: [] },
        },
      });
    }
    await grant(['meeting:read:list_registrants:admin']);
    await syncNow(narrow, connected, ['APPLICATION_ACCESS']);
    const [between] = await narrow.database.db.query.meetings.findMany();
    expect(between).toMatchObject({ pollCount: null, registrantCount: 4, extrasReadAt: expect.any(Date) });
    narrow.clock.advance(HOUR);
    await grant(['meeting:read:list_registrants:admin', 'meeting:read:list_past_polls:admin']);
    await narrow.database.sql`update integrations set meeting_detail = 'ALL'`;
    narrow.sandbox.calls.length = 0;
    await syncNow(narrow, connected, ['APPLICATION_ACCESS']);
    const [after] = await narrow.database.db.query.meetings.findMany();
    expect(after).toMatchObject({ pollCount: 1, registrantCount: 4 });
    expect(narrow.sandbox.calls.filter((call) => call.path === pathOf('REGISTRANTS'))).toEqual([]);
  }, 60_000);
});
