import { afterEach, describe, expect, it } from 'vitest';
import {
  addPastMeeting,
  addPastWebinar,
  addScheduledMeeting,
  makeUser,
  removeUser,
  startSandbox,
} from '#sandbox/index.ts';
import { connect, isoDay } from './caller.ts';
import type { Sandbox, SandboxOptions } from '#sandbox/index.ts';

const NOW = Date.parse('2026-05-20T10:00:00Z');
const DAY = 86_400_000;
let sandbox: Sandbox;
afterEach(() => sandbox.close());

async function start(options: SandboxOptions = {}, app = 0) {
  sandbox = await startSandbox({ users: 0, now: () => NOW, rateLimits: false, ...options });
  return connect(sandbox, app);
}

const withScopes = (...scopes: string[]): SandboxOptions => ({
  apps: [{ clientId: 'c', clientSecret: 's', name: 'App', account: 'REGULAR', scopes }],
});

describe('polls', () => {
  it('are told by who answered, with an address only for people of the account', async () => {
    const zoom = await start();
    const host = makeUser(sandbox.world);
    const guest = makeUser(sandbox.world);
    const { uuid, meetingId } = addPastMeeting(sandbox.world, {
      hostId: host.id,
      startAt: NOW - DAY,
      participants: [{ userId: guest.id }, { name: 'Visitor', email: 'v@else.example' }],
      polls: [{ pollId: 'p1', question: 'Ready?' }, { pollId: 'p1' }, { pollId: 'p2', answers: 1 }],
      uuid: '/odd//uuid/poll=',
    });
    const { status, body } = await zoom.get(`/past_meetings/${encodeURIComponent(encodeURIComponent(uuid))}/polls`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: meetingId, uuid, start_time: '2026-05-19T10:00:00Z' });
    expect(body.questions.map((person: any) => [person.email, person.question_details.length])).toEqual([
      [host.email, 3],
      [guest.email, 2],
      ['', 2],
    ]);
    expect(body.questions[1].question_details[0]).toMatchObject({ polling_id: 'p1', question: 'Ready?' });
    expect((await zoom.get(`/past_meetings/${meetingId}/polls`)).body).toEqual(body);
  });

  it('are none where none were held, and a webinar is no meeting', async () => {
    const zoom = await start();
    const host = makeUser(sandbox.world);
    const { meetingId } = addPastMeeting(sandbox.world, { hostId: host.id, startAt: NOW - DAY });
    const webinar = addPastWebinar(sandbox.world, { hostId: host.id, startAt: NOW - DAY, polls: 1 });
    expect((await zoom.get(`/past_meetings/${meetingId}/polls`)).body.questions).toEqual([]);
    expect((await zoom.get(`/past_webinars/${webinar.meetingId}/polls`)).body.questions).toHaveLength(1);
    expect(await zoom.get(`/past_meetings/${webinar.meetingId}/polls`)).toMatchObject({
      status: 404,
      body: { code: 3001 },
    });
    const old = addPastMeeting(sandbox.world, { hostId: host.id, startAt: NOW - 366 * DAY });
    expect((await zoom.get(`/past_meetings/${old.meetingId}/polls`)).body.code).toBe(12702);
  });
});

describe('registrants', () => {
  it('are those who got in, unless others are asked for, page by page', async () => {
    const zoom = await start();
    const host = makeUser(sandbox.world, { webinarCapacity: 500 });
    const { meetingId } = addScheduledMeeting(sandbox.world, {
      hostId: host.id,
      startAt: NOW + DAY,
      registrants: [{}, { email: 'b@else.example' }, {}, { status: 'denied' }, { status: 'pending' }],
    });
    const first = (await zoom.get(`/meetings/${meetingId}/registrants?page_size=2`)).body;
    expect(first).toMatchObject({ total_records: 3, page_size: 2 });
    expect(first.registrants[1]).toMatchObject({ email: 'b@else.example', status: 'approved' });
    const next = await zoom.get(
      `/meetings/${meetingId}/registrants?page_size=2&next_page_token=${first.next_page_token}`,
    );
    expect(next.body.registrants).toHaveLength(1);
    expect(next.body.next_page_token).toBe('');
    expect((await zoom.get(`/meetings/${meetingId}/registrants?status=denied`)).body.total_records).toBe(1);
    expect((await zoom.get(`/meetings/${meetingId}/registrants?status=other`)).body.code).toBe(300);

    const webinar = addPastWebinar(sandbox.world, { hostId: host.id, startAt: NOW - DAY, registrants: 4 });
    expect((await zoom.get(`/webinars/${webinar.meetingId}/registrants`)).body.total_records).toBe(4);
  });

  it('are refused without registration, and for meetings that Zoom no longer knows', async () => {
    const zoom = await start();
    const host = makeUser(sandbox.world);
    const plain = addPastMeeting(sandbox.world, { hostId: host.id, startAt: NOW - DAY });
    expect(await zoom.get(`/meetings/${plain.meetingId}/registrants`)).toMatchObject({
      status: 400,
      body: { code: 300, message: 'Registration has not been enabled for this meeting.' },
    });
    const unknown = { status: 404, body: { code: 3001 } };
    expect(await zoom.get('/meetings/12345/registrants')).toMatchObject(unknown);
    const expired = addPastMeeting(sandbox.world, { hostId: host.id, startAt: NOW - 31 * DAY, registrants: 1 });
    expect(await zoom.get(`/meetings/${expired.meetingId}/registrants`)).toMatchObject(unknown);
    removeUser(sandbox.world.regular, host);
    expect(await zoom.get(`/meetings/${plain.meetingId}/registrants`)).toMatchObject(unknown);
  });
});

describe('recordings', () => {
  const span = `from=${isoDay(NOW - 20 * DAY)}&to=${isoDay(NOW)}`;

  it('of the account are listed for a month at most, newest first', async () => {
    const zoom = await start();
    const host = makeUser(sandbox.world);
    const record = (ago: number, recordingFiles: number) =>
      addPastMeeting(sandbox.world, { hostId: host.id, startAt: NOW - ago * DAY, recordingFiles });
    const [old, middle, young] = [record(25, 1), record(19, 2), record(3, 4), record(2, 0)];
    const { body } = await zoom.get(`/accounts/me/recordings?${span}&page_size=1`);
    expect(body).toMatchObject({ total_records: 2, page_size: 1, from: '2026-04-30', to: '2026-05-20' });
    expect(body.meetings[0]).toMatchObject({
      uuid: young!.uuid,
      host_id: host.id,
      host_email: host.email,
      account_id: sandbox.world.regular.id,
      recording_count: 4,
      start_time: '2026-05-17T10:00:00Z',
    });
    expect(body.meetings[0].recording_files).toHaveLength(4);
    const next = await zoom.get(`/accounts/me/recordings?${span}&page_size=1&next_page_token=${body.next_page_token}`);
    expect(next.body.meetings.map((meeting: any) => meeting.uuid)).toEqual([middle!.uuid]);
    const wide = await zoom.get(`/accounts/me/recordings?from=${isoDay(NOW - 40 * DAY)}&to=${isoDay(NOW)}`);
    expect(wide).toMatchObject({ status: 400, body: { code: 300 } });
    expect((await zoom.get(`/accounts/me/recordings?page_size=999`)).body).toMatchObject({
      page_size: 300,
      total_records: 0,
    });
    expect(old!.uuid).not.toBe('');
  });

  it('open by any of their scopes, also those of a sub account for its master', async () => {
    for (const scope of [
      'account:read:admin',
      'recording:read:admin',
      'cloud_recording:read:list_account_recordings:admin',
    ]) {
      const zoom = await start(withScopes(scope));
      expect((await zoom.get(`/accounts/me/recordings?${span}`)).status, scope).toBe(200);
      await sandbox.close();
    }
    const without = await start(withScopes('user:read:admin'));
    expect((await without.get('/accounts/me/recordings')).body.code).toBe(4711);
    await sandbox.close();
    const tiered = await start({}, 1);
    const sub = sandbox.world.subAccounts[0]!.id;
    expect((await tiered.get(`/accounts/${sub}/recordings?${span}`)).status).toBe(200);
    const host = makeUser(sandbox.world, { accountId: sub });
    const { meetingId } = addPastMeeting(sandbox.world, {
      hostId: host.id,
      startAt: NOW - DAY,
      polls: 1,
      registrants: 2,
    });
    const below = `/accounts/${sub}`;
    expect((await tiered.get(`${below}/past_meetings/${meetingId}/polls`)).body.questions).toHaveLength(1);
    expect((await tiered.get(`${below}/meetings/${meetingId}/registrants`)).body.total_records).toBe(2);
    expect((await tiered.get(`/past_meetings/${meetingId}/polls`)).body.code).toBe(3001);
  });
});

describe('the account of a regular app', () => {
  it('is read with its classic scope: settings, locks, domains', async () => {
    const zoom = await start(withScopes('account:read:admin'));
    const { id } = sandbox.world.regular;
    for (const part of ['settings', 'lock_settings', 'managed_domains', 'trusted_domains']) {
      expect((await zoom.get(`/accounts/me/${part}`)).status, part).toBe(200);
      expect((await zoom.get(`/accounts/${id}/${part}`)).status, part).toBe(200);
    }
    expect((await zoom.get('/accounts/another/settings')).body.code).toBe(4711);
  });
});

describe('a world', () => {
  it('of some size has each of it, and people who are none or hold what nobody knows', async () => {
    const zoom = await start({ users: 60 });
    const { history } = sandbox.world.regular;
    expect(history.polls.size).toBeGreaterThan(0);
    expect(history.registrants.size).toBeGreaterThan(0);
    expect(history.recordings.size).toBeGreaterThan(0);

    const users = [...sandbox.world.regular.users.values()];
    const service = users.find((user) => user.isServiceAccount)!;
    expect(service).toMatchObject({ email: 'svc-backup@northwind.example', loginTypes: [100], status: 'active' });
    expect((await zoom.get(`/users/${service.email}`)).body.id).toBe(service.id);
    const bundled = users.find((user) => user.zoomOneType > 16)!;
    expect((await zoom.get(`/users/${bundled.id}`)).body.zoom_one_type).toBe(2 ** 50);
    const listed = users.find((user) => user.licenseInfos.length > 0)!;
    const infos = [
      { license_type: 'MEETING', license_option: 2 },
      { license_type: 'ZOOM_HOLOGRAM', license_option: 1 },
    ];
    expect((await zoom.get(`/users/${listed.id}`)).body.license_info_list).toMatchObject(infos);
    const { body } = await zoom.get('/users?page_size=300');
    expect(body.users.find((user: any) => user.id === listed.id).license_info_list).toMatchObject(infos);
    expect(body.users.find((user: any) => user.id === bundled.id)).not.toHaveProperty('license_info_list');
  });

  it('of twenty has hosts for it too', async () => {
    await start({ users: 20 });
    const { history } = sandbox.world.regular;
    expect([history.polls.size > 0, history.registrants.size > 0, history.recordings.size > 0]).toEqual([
      true,
      true,
      true,
    ]);
    expect([...sandbox.world.regular.users.values()].filter((user) => user.isServiceAccount)).toHaveLength(1);
  });
});
