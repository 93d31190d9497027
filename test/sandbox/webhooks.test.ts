import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPastMeeting, addPastWebinar, makeUser, startSandbox } from '#sandbox/index.ts';
import {
  ended,
  participantsJoined,
  signedWebhook,
  userInvitationAccepted,
  userSignedIn,
  userSignedOut,
  validationAnswer,
} from '../support/webhooks.ts';
import { connect } from './caller.ts';
import type { AddressInfo } from 'node:net';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { Sandbox, SandboxUser } from '#sandbox/index.ts';
import type { Caller } from './caller.ts';

const SECRET = 'the secret token';
const NOW = Date.parse('2026-05-20T10:00:00Z');

let sandbox: Sandbox;
let zoom: Caller;
let user: SandboxUser;
let receiver: Server;
let url: string;
let received: { headers: IncomingHttpHeaders; text: string; body: any }[];
let answer: (body: any) => { status: number; body?: unknown } | null;

beforeEach(async () => {
  received = [];
  answer = () => ({ status: 204 });
  receiver = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      const body = JSON.parse(text);
      received.push({ headers: request.headers, text, body });
      const said = answer(body);
      if (said === null) return request.socket.destroy();
      response.writeHead(said.status).end(said.body === undefined ? undefined : JSON.stringify(said.body));
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  sandbox = await startSandbox({ users: 0, now: () => NOW, webhooks: { url, secretToken: SECRET } });
  zoom = await connect(sandbox);
  user = makeUser(sandbox.world, { email: 'Ann@northwind.example', webinarCapacity: 500 });
});
afterEach(async () => {
  await sandbox.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

const told = async () => {
  await sandbox.webhooks.settled();
  return received.map(({ body }) => body);
};

describe('what the API writes', () => {
  it('is told signed over the very bytes, by whom and when', async () => {
    await zoom.send('PUT', `/users/${user.id}/status`, { action: 'deactivate' });
    const operator = sandbox.world.regular.users.get(sandbox.world.regular.integrationUserId)!;
    expect(await told()).toEqual([
      {
        event: 'user.deactivated',
        event_ts: NOW,
        payload: {
          account_id: sandbox.world.regular.id,
          operator: operator.email,
          operator_id: operator.id,
          object: { id: user.id, first_name: 'User', last_name: user.lastName, email: user.email, type: 1 },
        },
      },
    ]);
    const { headers, text } = received[0]!;
    expect(headers['x-zm-request-timestamp']).toBe(String(NOW / 1000));
    expect(headers['x-zm-signature']).toBe(
      `v0=${createHmac('sha256', SECRET)
        .update(`v0:${NOW / 1000}:${text}`)
        .digest('hex')}`,
    );
    expect(headers['x-zm-request-id']).toMatch(/.{16}/);
    expect(sandbox.webhooks.sent).toMatchObject([{ status: 204, body: { event: 'user.deactivated' } }]);
  });

  it('is told in the order in which it happened, each write once, refused ones not at all', async () => {
    const other = makeUser(sandbox.world);
    const bulk = makeUser(sandbox.world);
    const body = { email: 'new@northwind.example', type: 1, first_name: 'New', last_name: 'One' };
    await zoom.send('POST', '/users', { action: 'create', user_info: body });
    await zoom.send('PATCH', `/users/${user.id}`, { dept: 'Sales' });
    await zoom.send('PATCH', `/users/${user.id}/settings`, { feature: { webinar: false } });
    await zoom.send('PUT', `/users/${user.id}/status`, { action: 'deactivate' });
    await zoom.send('PUT', `/users/${user.id}/status`, { action: 'activate' });
    await zoom.send('PATCH', `/users/${sandbox.world.regular.ownerId}`, { type: 1 });
    await zoom.send('POST', '/users/features', {
      feature_type: 'user_type',
      feature_value: '1',
      users: [{ id: bulk.id }, { id: 'nobody' }],
    });
    await zoom.send('DELETE', `/users/${user.id}`);
    await zoom.send('DELETE', `/users/${other.id}?action=delete`);
    const all = await told();
    expect(all.map((body) => body.event)).toEqual([
      'user.created',
      'user.updated',
      'user.settings_updated',
      'user.deactivated',
      'user.activated',
      'user.updated',
      'user.disassociated',
      'user.deleted',
    ]);
    expect(all[0].payload).toMatchObject({ creation_type: 'create', object: { email: 'new@northwind.example' } });
    expect(all[1].payload).toMatchObject({
      time_stamp: NOW,
      object: { id: user.id, dept: 'Sales' },
      old_object: { id: user.id, dept: '' },
    });
    expect(all[2].payload.object).toEqual({ id: user.id, settings: { feature: { webinar: false } } });
    expect(all[2].payload.old_object).toEqual({
      id: user.id,
      settings: { feature: { webinar: true, webinar_capacity: 500 } },
    });
    expect(all[5].payload.object).toMatchObject({ id: bulk.id, type: 1 });
  });

  it('tells with a type what licenses went with it', async () => {
    await zoom.send('PATCH', `/users/${user.id}`, { type: 1 });
    const [{ payload }] = await told();
    expect(payload.object).toEqual({
      id: user.id,
      type: 1,
      settings: { feature: { webinar: false, meeting_capacity: 100, concurrent_meeting: 'None' } },
    });
    expect(payload.old_object).toMatchObject({ type: 2, settings: { feature: { webinar_capacity: 500 } } });
  });

  it('goes on when nobody answers, and is told to nobody without a receiver', async () => {
    answer = () => null;
    expect((await zoom.send('PATCH', `/users/${user.id}`, { dept: 'A' })).status).toBe(204);
    await sandbox.webhooks.settled();
    expect(sandbox.webhooks.sent.map((one) => one.status)).toEqual([null]);
    sandbox.webhooks.receiver = null;
    await zoom.send('PATCH', `/users/${user.id}`, { dept: 'B' });
    await sandbox.webhooks.settled();
    expect(sandbox.webhooks.sent).toHaveLength(1);
    await expect(sandbox.webhooks.send(userSignedIn(user, NOW))).rejects.toThrow('nobody receives');
  });
});

describe('what happens elsewhere', () => {
  it('is told when a test says so', async () => {
    const guest = makeUser(sandbox.world, { clientVersion: '6.1.11.45504 (Windows)' });
    const { uuid, meetingId } = addPastMeeting(sandbox.world, {
      hostId: user.id,
      startAt: NOW - 3_600_000,
      minutes: 50,
      participants: [
        { userId: guest.id, joinAfter: 2 },
        { name: 'Visitor', joinAfter: 5 },
      ],
      uuid: '/an/odd//one==',
    });
    const webinar = addPastWebinar(sandbox.world, { hostId: user.id, startAt: NOW - 3_600_000 });
    const { regular } = sandbox.world;
    for (const body of [
      userSignedIn(guest, NOW),
      userSignedOut(guest, NOW),
      userInvitationAccepted(guest, { at: NOW }),
      ended(regular, uuid),
      ...participantsJoined(regular, uuid),
      ended(regular, webinar.uuid),
    ]) {
      expect(await sandbox.webhooks.send(body)).toBe(204);
    }
    const all = await told();
    expect(all[0]).toEqual({
      event: 'user.signed_in',
      event_ts: NOW,
      payload: {
        account_id: regular.id,
        object: {
          id: guest.id,
          client_type: 'Windows',
          date_time: '2026-05-20T10:00:00Z',
          email: guest.email,
          version: '6.1.11.45504',
          login_type: 100,
        },
      },
    });
    expect(all[1].event).toBe('user.signed_out');
    expect(all[2].event).toBe('user.invitation_accepted');
    expect(all[3]).toMatchObject({
      event: 'meeting.ended',
      payload: {
        object: {
          id: String(meetingId),
          uuid,
          host_id: user.id,
          start_time: '2026-05-20T09:00:00Z',
          end_time: '2026-05-20T09:50:00Z',
          duration: 50,
        },
      },
    });
    expect(all.slice(4, 7).map((body) => [body.event, body.payload.object.participant.id])).toEqual([
      ['meeting.participant_joined', user.id],
      ['meeting.participant_joined', guest.id],
      ['meeting.participant_joined', ''],
    ]);
    expect(all[5].payload.object.participant).toMatchObject({
      participant_user_id: guest.id,
      email: guest.email,
      join_time: '2026-05-20T09:02:00Z',
    });
    expect(all[7].event).toBe('webinar.ended');
    expect(() => ended(regular, 'never held')).toThrow('never held');
  });

  it('is told when the app is removed', async () => {
    sandbox.revokeGrant();
    const [body] = await told();
    expect(body).toMatchObject({
      event: 'app_deauthorized',
      payload: {
        account_id: sandbox.world.regular.id,
        user_id: sandbox.world.regular.integrationUserId,
        client_id: sandbox.apps[0]!.clientId,
        deauthorization_time: '2026-05-20T10:00:00.000Z',
      },
    });
    expect(body.payload).not.toHaveProperty('object');
    expect((await zoom.get('/users/me')).status).toBe(401);
  });
});

describe('a receiver', () => {
  it('proves that it knows the secret', async () => {
    answer = (body) => ({ status: 200, body: validationAnswer(SECRET, body.payload.plainToken) });
    expect(await sandbox.webhooks.validate()).toBe(true);
    expect(received[0]!.body).toMatchObject({ event: 'endpoint.url_validation', event_ts: NOW });
    answer = (body) => ({ status: 200, body: validationAnswer('another', body.payload.plainToken) });
    expect(await sandbox.webhooks.validate()).toBe(false);
    answer = () => ({ status: 204 });
    expect(await sandbox.webhooks.validate()).toBe(false);
    answer = () => null;
    expect(await sandbox.webhooks.validate()).toBe(false);
  });

  it('can be set from another process', async () => {
    const control = `${sandbox.url}/sandbox/webhooks`;
    const set = (body: unknown) => fetch(control, { method: 'POST', body: JSON.stringify(body) });
    expect((await fetch(control, { method: 'DELETE' })).status).toBe(204);
    await zoom.send('PATCH', `/users/${user.id}`, { dept: 'A' });
    expect((await set({ url })).status).toBe(400);
    expect((await set({ url, secretToken: SECRET })).status).toBe(204);
    await zoom.send('PATCH', `/users/${user.id}`, { dept: 'B' });
    expect((await told()).map((body) => body.payload.object.dept)).toEqual(['B']);
    const shown = await (await fetch(control)).text();
    expect(JSON.parse(shown)).toMatchObject({ url, sent: [{ status: 204 }] });
    expect(shown).not.toContain(SECRET);
  });
});

describe('a signed webhook of a test', () => {
  it('is what Zoom would send, also at another time', () => {
    const { headers, body } = signedWebhook(SECRET, { event: 'x' }, { at: 1_700_000_000_999 });
    expect(body).toBe('{"event":"x"}');
    expect(headers['x-zm-request-timestamp']).toBe('1700000000');
    expect(headers['x-zm-signature']).toBe(
      `v0=${createHmac('sha256', SECRET).update(`v0:1700000000:${body}`).digest('hex')}`,
    );
    expect(signedWebhook(SECRET, '{ "event" : "x" }').body).toBe('{ "event" : "x" }');
  });
});
