import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPastMeeting, addScheduledMeeting, makeUser, recordLogin, startSandbox } from '#sandbox/index.ts';
import { connect, isoDay } from './caller.ts';
import type { Sandbox, SandboxUser } from '#sandbox/index.ts';
import type { Caller } from './caller.ts';

const now = Date.parse('2026-05-20T10:00:00Z');
let sandbox: Sandbox;
let zoom: Caller;
let user: SandboxUser;

beforeEach(async () => {
  sandbox = await startSandbox({ users: 0, now: () => now });
  zoom = await connect(sandbox);
  user = makeUser(sandbox.world, {
    email: 'Ann@northwind.example',
    webinarCapacity: 500,
    largeMeetingCapacity: 500,
    zoomOneType: 0,
  });
});
afterEach(() => sandbox.close());

const patch = (id: string, body: unknown) => zoom.send('PATCH', `/users/${id}`, body);
const setStatus = (id: string, action: string) => zoom.send('PUT', `/users/${id}/status`, { action });
const settings = async (id: string) => (await zoom.get(`/users/${id}/settings`)).body.feature;
const usage = async () => (await zoom.get('/accounts/me/plans/usage')).body;

describe('type', () => {
  it('down to Basic frees the seat and takes the add-ons', async () => {
    const before = (await usage()).plan_base.usage;
    expect(await patch(user.id, { type: 1 })).toMatchObject({ status: 204, body: undefined });
    expect((await zoom.get(`/users/${user.id}`)).body.type).toBe(1);
    expect(await settings(user.id)).toMatchObject({ webinar: false, large_meeting: false, meeting_capacity: 100 });
    expect((await usage()).plan_base.usage).toBe(before - 1);
    expect((await patch(user.id, { type: 2 })).status).toBe(204);
    expect(await settings(user.id)).toMatchObject({ webinar: false, meeting_capacity: 300 });
  });

  it('up to Licensed needs a free seat', async () => {
    const basic = makeUser(sandbox.world, { type: 1 });
    sandbox.world.regular.plans.base.hosts = (await usage()).plan_base.usage;
    expect(await patch(basic.id, { type: 2 })).toMatchObject({ status: 400, body: { code: 2034 } });
    makeUser(sandbox.world, { type: 2, status: 'pending' });
    sandbox.world.regular.plans.base.hosts += 1;
    expect((await patch(basic.id, { type: 2 })).status).toBe(400);
    sandbox.world.regular.plans.base.hosts += 1;
    expect((await patch(basic.id, { type: 2 })).status).toBe(204);
  });

  it('cannot be changed for the inactive, the pending, rooms, the owner, bundles', async () => {
    const inactive = makeUser(sandbox.world, { status: 'inactive', type: 1 });
    const pending = makeUser(sandbox.world, { status: 'pending' });
    const room = makeUser(sandbox.world, { isRoom: true });
    const bundle = makeUser(sandbox.world, { zoomOneType: 16 });
    expect((await patch(inactive.id, { type: 2 })).body.code).toBe(200);
    expect((await patch(pending.email, { type: 1 })).body.code).toBe(1120);
    expect((await patch(room.id, { type: 1 })).body.code).toBe(200);
    expect((await patch(sandbox.world.regular.ownerId, { type: 1 })).body.code).toBe(1108);
    expect((await patch(bundle.id, { type: 1 })).body.code).toBe(300);
    expect((await patch(bundle.id, { type: 1, zoom_one_type: 0 })).body.code).toBe(300);
    expect((await patch(bundle.id, { zoom_one_type: 0 })).status).toBe(204);
    expect((await patch(user.id, { type: 3 })).body.code).toBe(300);
    expect((await patch('nobody', { type: 1 })).body.code).toBe(1001);
  });
});

describe('status', () => {
  it('deactivation takes every license, reactivation gives none back', async () => {
    expect((await setStatus(user.id, 'deactivate')).status).toBe(204);
    expect((await zoom.get('/users?status=inactive')).body.users[0]).toMatchObject({ id: user.id, type: 1 });
    expect((await setStatus(user.id, 'activate')).status).toBe(204);
    expect((await zoom.get(`/users/${user.id}`)).body).toMatchObject({ status: 'active', type: 1 });
    expect(await settings(user.id)).toMatchObject({ webinar: false, large_meeting: false });
  });

  it('holds for owners, admins, rooms and events; unknown users are 1001', async () => {
    const room = makeUser(sandbox.world, { isRoom: true });
    const event = makeUser(sandbox.world, { hasUpcomingEvent: true });
    expect((await setStatus(sandbox.world.regular.ownerId, 'deactivate')).body.code).toBe(200);
    expect((await setStatus('me', 'deactivate')).body.code).toBe(200);
    expect((await setStatus(room.id, 'deactivate')).body.code).toBe(200);
    expect((await setStatus(event.id, 'deactivate')).body.code).toBe(300);
    expect((await setStatus('nobody', 'deactivate')).body.code).toBe(1001);
    expect((await setStatus(user.id, 'explode')).body.code).toBe(300);
  });
});

describe('settings', () => {
  const set = (id: string, feature: unknown) => zoom.send('PATCH', `/users/${id}/settings`, { feature });

  it('take and give add-ons, within what was bought', async () => {
    expect((await set(user.id, { webinar: false })).status).toBe(204);
    expect(await settings(user.id)).toMatchObject({ webinar: false, large_meeting: true });
    sandbox.world.regular.plans.webinar.find((plan) => plan.capacity === 1000)!.hosts = 0;
    expect((await set(user.id, { webinar: true, webinar_capacity: 1000 })).body.code).toBe(200);
    expect((await set(user.id, { webinar: true, webinar_capacity: 100 })).status).toBe(204);
    expect((await set(user.id, { webinar_capacity: 500 })).status).toBe(204);
    expect((await settings(user.id)).webinar_capacity).toBe(500);
    expect((await set(user.id, { webinar: true, webinar_capacity: 123 })).body.code).toBe(300);
  });

  it('give none to Basic users', async () => {
    const basic = makeUser(sandbox.world, { type: 1 });
    expect((await set(basic.id, { webinar: true, webinar_capacity: 100 })).body.code).toBe(1122);
    expect((await set(basic.id, { large_meeting: true, large_meeting_capacity: 500 })).body.code).toBe(1108);
  });
});

describe('many at once', () => {
  it('succeed and fail one by one', async () => {
    const basic = makeUser(sandbox.world, { type: 1 });
    const { status, body } = await zoom.send('POST', '/users/features', {
      feature_type: 'webinar',
      feature_value: '16',
      users: [{ id: user.id }, { id: basic.id }, { id: 'nobody' }],
    });
    expect(status).toBe(201);
    expect(body.success_user_ids).toEqual([user.id]);
    expect(body.fail_details).toEqual([
      { user_ids: [basic.id], reason: "Can't update for free users" },
      { user_ids: ['nobody'], reason: 'Users not found' },
    ]);
    expect((await settings(user.id)).webinar_capacity).toBe(100);
  });

  it('are thirty', async () => {
    const users = Array.from({ length: 31 }, () => ({ id: user.id }));
    expect(
      (await zoom.send('POST', '/users/features', { feature_type: 'user_type', feature_value: '1', users })).body.code,
    ).toBe(300);
  });
});

describe('deletion', () => {
  it('unlinks by default and keeps the past', async () => {
    const other = makeUser(sandbox.world);
    const { uuid } = addPastMeeting(sandbox.world, {
      hostId: user.id,
      startAt: now - 3_600_000,
      participants: [{ userId: other.id }],
    });
    expect((await zoom.send('DELETE', `/users/${user.id}`)).status).toBe(204);
    expect((await zoom.get(`/users/${user.id}`)).body.code).toBe(1001);
    expect((await zoom.get(`/past_meetings/${encodeURIComponent(uuid)}/participants`)).body.participants).toHaveLength(
      2,
    );
  });

  it('hands planned meetings over', async () => {
    const heir = makeUser(sandbox.world, { email: 'heir@northwind.example' });
    const { meetingId } = addScheduledMeeting(sandbox.world, { hostId: user.id, startAt: now + 86_400_000 });
    expect(
      (
        await zoom.send(
          'DELETE',
          `/users/${user.id}?action=delete&transfer_email=nobody@x.example&transfer_meeting=true`,
        )
      ).body.code,
    ).toBe(300);
    expect(
      (await zoom.send('DELETE', `/users/${user.id}?action=delete&transfer_email=${heir.email}&transfer_meeting=true`))
        .status,
    ).toBe(204);
    expect((await zoom.get(`/meetings/${meetingId}`)).body.host_id).toBe(heir.id);
  });

  it('holds for admins, rooms, API users, managed domains; pending users can only be unlinked', async () => {
    const remove = async (made: SandboxUser, query = '') =>
      (await zoom.send('DELETE', `/users/${made.status === 'pending' ? made.email : made.id}${query}`)).body?.code;
    expect(await remove(makeUser(sandbox.world, { roleId: '1' }))).toBe(1117);
    expect(await remove(makeUser(sandbox.world, { isRoom: true }))).toBe(200);
    expect(await remove(makeUser(sandbox.world, { loginTypes: [99] }))).toBe(300);
    expect(await remove(makeUser(sandbox.world, { email: 'x@corp.northwind.example' }))).toBe(1107);
    const pending = makeUser(sandbox.world, { status: 'pending' });
    expect(await remove(pending, '?action=delete')).toBe(300);
    expect(await remove(pending)).toBeUndefined();
  });
});

describe('every write', () => {
  it('is in the operation log and among the calls', async () => {
    await setStatus(user.id, 'deactivate');
    const logs = (await zoom.get(`/report/operationlogs?from=${isoDay(now)}&to=${isoDay(now)}`)).body.operation_logs;
    expect(logs[0]).toMatchObject({
      operator: 'integration@northwind.example',
      operation_detail: expect.stringContaining(user.email),
    });
    expect(sandbox.calls.find((call) => call.method === 'PUT')).toMatchObject({
      path: '/users/{userId}/status',
      url: `/v2/users/${user.id}/status`,
      label: 'LIGHT',
      status: 204,
      code: null,
      body: { action: 'deactivate' },
      accountId: sandbox.world.regular.id,
    });
  });

  it('of a user waits for the one before', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ users: 0, latencyMs: 60 });
    zoom = await connect(sandbox);
    user = makeUser(sandbox.world);
    const both = await Promise.all([patch(user.id, { dept: 'A' }), patch(user.email, { dept: 'B' })]);
    expect(both.map((answer) => answer.status).sort()).toEqual([204, 429]);
  });

  it('needs JSON', async () => {
    const response = await fetch(`${sandbox.apiUrl}/users/${user.id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${zoom.tokens.access_token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect(await response.json()).toMatchObject({ code: 300 });
  });
});

it('adds users: 201, and 409 for a known e-mail', async () => {
  const add = (email: string) =>
    zoom.send('POST', '/users', { action: 'create', user_info: { email, type: 1, first_name: 'New' } });
  expect(await add('new@northwind.example')).toMatchObject({
    status: 201,
    body: { email: 'new@northwind.example', type: 1 },
  });
  expect((await zoom.get('/users?status=pending')).body.users[0].email).toBe('new@northwind.example');
  expect(await add('NEW@northwind.example')).toMatchObject({ status: 409, body: { code: 1005 } });
});

it('shows a login three days late', async () => {
  const shown = async () => (await zoom.get(`/users/${user.id}`)).body.last_login_time;
  expect(await shown()).toBeUndefined();
  recordLogin(user, Date.parse('2026-05-01T00:00:00Z'));
  recordLogin(user, Date.parse('2026-05-02T00:00:00Z'));
  expect(await shown()).toBe('2026-05-01T00:00:00Z');
  recordLogin(user, Date.parse('2026-05-04T00:00:00Z'));
  expect(await shown()).toBe('2026-05-04T00:00:00Z');
});
