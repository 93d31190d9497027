import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '#sandbox/index.ts';
import { connect, isoDay } from './caller.ts';
import type { Sandbox } from '#sandbox/index.ts';
import type { Caller } from './caller.ts';

const DAY = 86_400_000;
let now = Date.parse('2026-05-20T10:00:00Z');
let sandbox: Sandbox;
let zoom: Caller;

beforeAll(async () => {
  sandbox = await startSandbox({ users: 400, now: () => now, rateLimits: false });
  zoom = await connect(sandbox);
});
afterAll(() => sandbox.close());

async function all(path: string, items: string): Promise<any[]> {
  const list: any[] = [];
  let token = '';
  do {
    const { status, body } = await zoom.get(`${path}${path.includes('?') ? '&' : '?'}next_page_token=${token}`);
    expect(status).toBe(200);
    list.push(...body[items]);
    token = body.next_page_token;
  } while (token !== '');
  return list;
}

describe('users', () => {
  it('are listed by status: three listings make everybody', async () => {
    const { totals } = sandbox.truth();
    for (const status of ['active', 'inactive', 'pending'] as const) {
      expect(await all(`/users?status=${status}`, 'users')).toHaveLength(totals[status]);
    }
    const { body } = await zoom.get('/users');
    expect(body).toMatchObject({ page_size: 30, page_number: 1, total_records: totals.active });
    expect(body.users.every((user: any) => user.status === 'active')).toBe(true);
    expect(totals.inactive).toBeGreaterThan(5);
    expect(totals.pending).toBeGreaterThan(5);
  });

  it('have no id while pending', async () => {
    const pending = await all('/users?status=pending', 'users');
    expect(pending.every((user) => !('id' in user) && user.email)).toBe(true);
    expect((await zoom.get(`/users/${pending[0].email}`)).body).toMatchObject({
      status: 'pending',
      created_at: '2026-05-20T10:00:00Z',
    });
  });

  it('are found by id, by e-mail in any case, as me; unknown ones are 1001', async () => {
    const [someone] = await all('/users?page_size=300', 'users');
    expect((await zoom.get(`/users/${someone.id}`)).body.email).toBe(someone.email);
    expect((await zoom.get(`/users/${someone.email.toUpperCase()}`)).body.id).toBe(someone.id);
    expect((await zoom.get('/users/me')).body.email).toMatch(/^integration@/);
    expect(await zoom.get('/users/nobody')).toMatchObject({ status: 404, body: { code: 1001 } });
  });

  it('agree with the truth and the summary', async () => {
    const truth = sandbox.truth();
    const listed = new Map((await all('/users?page_size=300', 'users')).map((user) => [user.id, user]));
    for (const user of truth.users.filter((one) => one.status === 'active')) {
      expect(listed.get(user.id!)).toMatchObject({ email: user.email, type: user.type });
      expect(listed.get(user.id!).last_login_time ?? null).toBe(user.lastLoginAt);
    }
    expect((await zoom.get('/users/summary')).body).toEqual(truth.summary);
    expect(truth.summary.total_users_count).toBe(truth.totals.all);
  });

  it('have settings, whole or only what is asked for', async () => {
    const webinar = sandbox.truth().users.find((user) => user.licenses.some((name) => name.startsWith('WEBINAR')))!;
    const whole = await zoom.get(`/users/${webinar.id}/settings`);
    expect(whole.body.feature).toMatchObject({
      webinar: true,
      webinar_capacity: expect.any(Number),
      meeting_capacity: 300,
    });
    expect(whole.body.in_meeting).toBeDefined();
    expect((await zoom.get(`/users/${webinar.id}/settings?custom_query_fields=feature`)).body).toEqual({
      feature: whole.body.feature,
    });
  });

  it('can be filtered by role and shown with custom attributes', async () => {
    expect((await zoom.get('/users?role_id=0')).body.users).toHaveLength(1);
    expect(
      (await zoom.get('/users?include_fields=custom_attributes')).body.users[5].custom_attributes[0],
    ).toHaveProperty('key');
  });
});

describe('pages', () => {
  it('refuse a token with other parameters, or after 15 minutes', async () => {
    const { next_page_token: token } = (await zoom.get('/users?page_size=50')).body;
    expect((await zoom.get(`/users?page_size=50&next_page_token=${token}`)).body.page_number).toBe(2);
    expect(await zoom.get(`/users?page_size=60&next_page_token=${token}`)).toMatchObject({
      status: 400,
      body: { code: 300 },
    });
    expect((await zoom.get(`/users?page_size=50&status=inactive&next_page_token=${token}`)).status).toBe(400);
    expect((await zoom.get('/users?page_size=50&next_page_token=made-up')).status).toBe(400);
    now += 15 * 60_000;
    expect(await zoom.get(`/users?page_size=50&next_page_token=${token}`)).toMatchObject({
      status: 400,
      body: { code: 300 },
    });
  });

  it('are as long as Zoom lets them be', async () => {
    expect((await zoom.get('/users?page_size=9999')).body.page_size).toBe(2000);
    expect((await zoom.get('/groups?page_size=9999')).body.page_size).toBe(300);
    expect(await zoom.get('/users?page_size=0')).toMatchObject({
      status: 400,
      body: { code: 300, errors: [{ field: 'page_size' }] },
    });
    expect((await zoom.get('/users?page_size=100&page_number=2')).body.page_number).toBe(2);
  });
});

describe('groups and roles', () => {
  it('count their members', async () => {
    const { body } = await zoom.get('/groups');
    for (const group of body.groups.filter((one: any) => one.total_members > 0)) {
      expect(await all(`/groups/${group.id}/members`, 'members')).toHaveLength(group.total_members);
    }
    expect(await zoom.get('/groups/none/members')).toMatchObject({ status: 404, body: { code: 4130 } });
    expect((await zoom.get('/roles')).body.roles.map((role: any) => role.name)).toContain('Owner');
    expect((await zoom.get('/roles/0/members')).body.members).toHaveLength(1);
    expect(await zoom.get('/roles/none/members')).toMatchObject({ status: 400, body: { code: 1034 } });
  });
});

describe('account', () => {
  it('tells seats and their use as they are', async () => {
    const { plan_base } = (await zoom.get('/accounts/me/plans/usage')).body;
    expect(plan_base).toMatchObject(sandbox.truth().seats);
    expect(plan_base.hosts).toBeGreaterThan(plan_base.usage);
  });

  it('has settings, locks and domains', async () => {
    expect((await zoom.get('/accounts/me/settings')).body.feature.meeting_capacity).toBe(300);
    expect((await zoom.get('/accounts/me/lock_settings')).status).toBe(200);
    expect((await zoom.get('/accounts/me/managed_domains')).body.domains[0].status).toBe('verified');
    expect((await zoom.get('/accounts/me/trusted_domains')).body.trusted_domains).toHaveLength(1);
  });
});

describe('meetings', () => {
  const span = () => `from=${isoDay(now - 30 * DAY)}&to=${isoDay(now)}`;

  it('of a host are listed, live and ahead', async () => {
    const live = sandbox.truth().users.find((user) => user.isLive)!;
    const { body } = await zoom.get(`/users/${live.id}/meetings?type=live`);
    expect(body.meetings).toHaveLength(1);
    expect((await zoom.get(`/meetings/${body.meetings[0].id}`)).body.status).toBe('started');
    const planner = sandbox.truth().users.find((user) => user.upcoming.length > 0)!;
    const upcoming = (await zoom.get(`/users/${planner.id}/meetings?type=upcoming`)).body.meetings;
    expect(upcoming.map((meeting: any) => meeting.start_time).sort()).toEqual(expect.arrayContaining(planner.upcoming));
    const scheduled = await all(`/users/${planner.id}/meetings`, 'meetings');
    expect(
      scheduled
        .map((meeting) => meeting.created_at)
        .sort()
        .at(-1),
    ).toBe(planner.lastMeetingCreatedAt);
    const soon = sandbox.truth().users.find((user) => user.upcoming.some((at) => Date.parse(at) < now + DAY))!;
    expect((await zoom.get(`/users/${soon.id}/upcoming_meetings`)).body.meetings.length).toBeGreaterThan(0);
  });

  it('of users who may not host are 3161', async () => {
    const unassigned = sandbox.truth().users.find((user) => user.type === 4 && user.status === 'active')!;
    expect(await zoom.get(`/users/${unassigned.id}/meetings`)).toMatchObject({ status: 400, body: { code: 3161 } });
  });

  it('in the reports are what was true', async () => {
    const active = await all(`/report/users?type=active&${span()}`, 'users');
    const inactive = await all(`/report/users?type=inactive&${span()}`, 'users');
    const from = Date.parse(isoDay(now - 30 * DAY));
    const { users } = sandbox.truth(undefined, from);
    const hosted = users.filter(
      (user) => user.lastMeetingHostedOfAnySizeAt !== null && Date.parse(user.lastMeetingHostedOfAnySizeAt) >= from,
    );
    expect(active.map((user) => user.email).sort()).toEqual(hosted.map((user) => user.email).sort());
    expect(active.length + inactive.length).toBe(
      users.filter((user) => user.status === 'active' && !user.isRoom).length,
    );

    const host = hosted.find((user) => user.meetingsHosted > 3)!;
    const past = await all(`/report/users/${host.id}/meetings?${span()}`, 'meetings');
    expect(past.filter((meeting) => meeting.type < 5 || meeting.type === 8)).toHaveLength(host.meetingsHosted);
    expect(past.every((meeting) => meeting.participants_count >= 2)).toBe(true);
    const joiner = users.find((user) => user.meetingsJoined > 0 && user.meetingsHosted === 0)!;
    const joined = await all(`/report/users/${joiner.id}/meetings?type=pastJoined&${span()}`, 'meetings');
    expect(joined.some((meeting) => meeting.start_time === joiner.lastMeetingJoinedAt)).toBe(true);
  });

  it('of one are in pastOne only, and show no participants', async () => {
    const solo = sandbox
      .truth()
      .users.find(
        (user) =>
          user.lastMeetingHostedOfAnySizeAt !== null && user.lastMeetingHostedAt !== user.lastMeetingHostedOfAnySizeAt,
      )!;
    const at = Date.parse(solo.lastMeetingHostedOfAnySizeAt!);
    const around = `from=${isoDay(at)}&to=${isoDay(at)}`;
    const [one] = await all(`/report/users/${solo.id}/meetings?type=pastOne&${around}`, 'meetings');
    expect(one.participants_count).toBe(1);
    expect(await all(`/past_meetings/${one.id}/participants`, 'participants')).toEqual([]);
  });

  it('have participants: rows with and without ids, one more when somebody comes back', async () => {
    const rows: any[] = [];
    for (const host of sandbox
      .truth()
      .users.filter((user) => user.meetingsHosted > 3)
      .slice(0, 12)) {
      for (const meeting of await all(`/report/users/${host.id}/meetings?${span()}`, 'meetings')) {
        if (meeting.type === 5) continue;
        const path = `/past_meetings/${encodeURIComponent(encodeURIComponent(meeting.uuid))}/participants`;
        const list = await all(path, 'participants');
        expect(new Set(list.map((row) => row.name)).size).toBeGreaterThanOrEqual(2);
        expect(list[0].duration).toBe((Date.parse(list[0].leave_time) - Date.parse(list[0].join_time)) / 1000);
        rows.push(...list.map((row) => ({ ...row, meeting: meeting.uuid })));
      }
    }
    expect(rows.some((row) => row.id === '' && row.user_email === '')).toBe(true);
    const stays = new Map<string, number>();
    for (const row of rows) stays.set(row.meeting + row.name, (stays.get(row.meeting + row.name) ?? 0) + 1);
    expect(Math.max(...stays.values())).toBeGreaterThan(1);
  });

  it('with a slash at the head of the uuid must be encoded twice', async () => {
    const { history } = sandbox.world.regular;
    const uuids = Array.from({ length: history.instanceSeries.length }, (_, i) => history.uuid(i));
    const odd = uuids.find((uuid) => uuid.startsWith('/'))!;
    expect(uuids.filter((uuid) => uuid.includes('/')).length / uuids.length).toBeGreaterThan(0.02);
    expect(await zoom.get(`/past_meetings/${encodeURIComponent(odd)}`)).toMatchObject({
      status: 404,
      body: { code: 3001 },
    });
    const twice = encodeURIComponent(encodeURIComponent(odd));
    expect((await zoom.get(`/past_meetings/${twice}`)).body.uuid).toBe(odd);
    expect((await zoom.get(`/report/meetings/${twice}/participants`)).status).toBe(200);
  });

  it('by number mean the latest instance, and all instances can be asked for', async () => {
    const { history } = sandbox.world.regular;
    const series = Array.from({ length: history.seriesHost.length }, (_, i) => i).find(
      (i) => history.instancesOf(i).length > 2,
    )!;
    const { meetings } = (await zoom.get(`/past_meetings/${history.number(series)}/instances`)).body;
    expect(meetings.length).toBeGreaterThan(2);
    const latest = meetings
      .map((meeting: any) => meeting.start_time)
      .sort()
      .at(-1);
    expect((await zoom.get(`/past_meetings/${history.number(series)}`)).body.start_time).toBe(latest);
  });

  it('are webinars too', async () => {
    const host = sandbox
      .truth()
      .users.find((user) => user.lastWebinarHostedAt && Date.parse(user.lastWebinarHostedAt) > now - 28 * DAY)!;
    const webinars = await all(`/users/${host.id}/webinars`, 'webinars');
    const held = webinars.find((webinar) => webinar.start_time === host.lastWebinarHostedAt);
    expect(await all(`/past_webinars/${held.id}/participants`, 'participants')).not.toHaveLength(0);
    expect(await all(`/report/webinars/${held.id}/participants`, 'participants')).not.toHaveLength(0);
    const without = sandbox.truth().users.find((user) => user.status === 'active' && user.type === 1)!;
    expect((await zoom.get(`/users/${without.id}/webinars`)).body.code).toBe(200);
  });

  it('are counted by day, and what is ahead is reported', async () => {
    const daily = (await zoom.get('/report/daily?year=2026&month=4')).body;
    expect(daily.dates).toHaveLength(30);
    expect(daily.dates.some((date: any) => date.meetings > 0)).toBe(true);
    expect((await zoom.get('/report/daily?year=2025&month=4')).body.code).toBe(300);
    expect(
      (await all(`/report/upcoming_events?from=${isoDay(now)}&to=${isoDay(now + 20 * DAY)}`, 'upcoming_events')).length,
    ).toBeGreaterThan(3);
  });
});

describe('report spans', () => {
  it('are a month at most, in the last six', async () => {
    const report = (from: number, to: number) => zoom.get(`/report/users?from=${isoDay(from)}&to=${isoDay(to)}`);
    expect((await report(now - 30 * DAY, now)).status).toBe(200);
    expect(await report(now - 32 * DAY, now)).toMatchObject({ status: 400, body: { code: 300 } });
    expect((await report(now - 250 * DAY, now - 230 * DAY)).body.code).toBe(300);
    expect((await report(now, now - DAY)).body.code).toBe(300);
    expect((await zoom.get('/report/users')).body.errors[0].field).toBe('from');
  });

  it('hold for sign-ins and operations', async () => {
    const span = `from=${isoDay(now - 20 * DAY)}&to=${isoDay(now)}`;
    const signIns = await all(`/report/activities?${span}`, 'activity_logs');
    expect(signIns[0]).toMatchObject({ email: expect.stringContaining('@'), version: expect.any(String) });
    expect([...new Set(signIns.map((log) => log.type))].sort()).toEqual(['Sign in', 'Sign out']);
    const times = signIns.map((log) => log.time);
    expect(times).toEqual([...times].sort().reverse());
    expect((await zoom.get(`/report/operationlogs?${span}&category_type=user`)).status).toBe(200);
  });
});

it('does not know other paths', async () => {
  expect((await zoom.get('/nothing')).status).toBe(404);
});
