import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addPastMeeting, addPastWebinar, makeUser, type SandboxUser } from '#sandbox/index.ts';
import { applyToUser } from '#src/datasources/store/reclaim.ts';
import { upsertRosterPage } from '#src/datasources/store/roster.ts';
import { toRosterEntry } from '#src/datasources/zoom/to-row.ts';
import type { UserRow } from '#src/db/tables/rows.ts';
import { DAY, makePaid, rosterNames, syncNow, userNamed } from '../support/worlds.ts';
import { openWebhookHouse, SECRET, type WebhookHouse } from '../support/webhook-house.ts';
import {
  ended,
  participantsJoined,
  signedWebhook,
  userActivated,
  userDeactivated,
  userDeleted,
  userDisassociated,
  userInvitationAccepted,
  userSettingsUpdated,
  userSignedIn,
  userSignedOut,
  userUpdated,
  webhookBody,
} from '../support/webhooks.ts';

let house: WebhookHouse;
let ann: SandboxUser;
let ben: SandboxUser;

beforeEach(async () => {
  house = await openWebhookHouse({
    world: (world) => {
      ann = makePaid(world, 'ann', 100, { department: 'Sales', webinarCapacity: 500 });
      ben = makePaid(world, 'ben', 3);
    },
  });
  await syncNow(house, house.integration, ['APPLICATION_ROSTER']);
  house.clock.advance(60_000);
});
afterEach(() => house.close());

const nowMs = () => house.clock.now().getTime();
const now = () => ({ at: nowMs() });
const tell = async (body: unknown) => expect(await house.tell(body)).toBe(204);
const sync = () => syncNow(house, house.integration, ['APPLICATION_ROSTER']);
const licensesOf = async (user: Pick<UserRow, 'id'>) =>
  (
    await house.database.sql<{ uniqueId: string }[]>`
      select l.unique_id as "uniqueId" from license_assignments a join licenses l on l.id = a.license_id
      where a.user_id = ${user.id} order by 1`
  ).map((row) => row.uniqueId);
const NOTHING = { enabled: false, capacity: null };
const BASIC = {
  status: 'ACTIVE',
  type: 'BASIC',
  typeCode: 1,
  zoomOneType: null,
  planUnitedType: null,
  features: null,
  webinar: NOTHING,
  largeMeeting: NOTHING,
};
/** Somebody whom Zoom's listings don't know (yet). */
const stranger = (name: string, more: object = {}) => ({
  id: `zoom-${name}`,
  email: `${name}@example.com`,
  first_name: name,
  last_name: 'New',
  type: 2,
  ...more,
});
const about = (event: string, object: object, at = nowMs(), more: object = {}) =>
  webhookBody(event, house.integration.zoomAccountId!, object as Record<string, unknown>, { at }, { ...more });
const waiting = async () =>
  (await house.database.sql<{ event: string }[]>`select event from webhook_events where applied_at is null`).map(
    (row) => row.event,
  );

describe('users', () => {
  it('who are created are there at once, with license, history and the day they were created', async () => {
    await tell(about('user.created', stranger('cleo'), nowMs(), { creation_type: 'ssoCreate' }));
    const cleo = await userNamed(house, 'cleo');
    expect(cleo).toMatchObject({
      zoomUserId: 'zoom-cleo',
      status: 'ACTIVE',
      type: 'LICENSED',
      typeCode: 2,
      displayName: 'cleo New',
      removedAt: null,
    });
    expect(cleo.activeDate).not.toBeNull();
    expect(await licensesOf(cleo)).toEqual(['LICENSED']);
    const history = await house.database.sql`select status, licenses from user_history where user_id = ${cleo.id}`;
    expect([...history]).toEqual([{ status: 'ACTIVE', licenses: ['LICENSED'] }]);
  });

  it('who are invited are pending until they accept', async () => {
    await tell(about('user.created', stranger('dan'), nowMs() - 2_000, { creation_type: 'create' }));
    expect(await userNamed(house, 'dan')).toMatchObject({ status: 'PENDING', activeDate: null });
    await tell(about('user.invitation_accepted', stranger('dan')));
    expect((await userNamed(house, 'dan')).status).toBe('ACTIVE');
  });

  it('who are updated change only in what was said; licenses follow', async () => {
    const before = await userNamed(house, 'ann');
    expect(await licensesOf(before)).toEqual(['LICENSED', 'WEBINAR_500']);
    await tell(userUpdated(ann, { type: 1, dept: 'Law', role: 'Admin', timezone: 'Asia/Tokyo' }, {}, now()));
    const after = await userNamed(house, 'ann');
    expect(after).toMatchObject({ type: 'BASIC', typeCode: 1, department: 'Law', roleId: '1', timezone: 'Asia/Tokyo' });
    expect(after).toMatchObject({ email: before.email, firstName: before.firstName, status: 'ACTIVE', id: before.id });
    expect(await licensesOf(after)).toEqual(['BASIC']);
    const events = await house.database.sql<{ details: object }[]>`
      select actor, subject, request_id as "requestId", details from audit_events where action = 'user.changed-by-webhook'`;
    expect(events).toMatchObject([{ actor: 'system', subject: after.id, requestId: expect.any(String) }]);
    expect(events[0]?.details).toEqual({
      fields: ['department', 'roleId', 'timezone', 'type', 'typeCode', 'webinarCapacity', 'webinarEnabled'],
      before: { typeCode: 2, webinarCapacity: 500, webinarEnabled: true },
      after: { typeCode: 1, webinarCapacity: null, webinarEnabled: false },
    });
  });

  it('keep a type that is new to us, with a license of its own', async () => {
    await tell(userUpdated(ann, { type: 77 }, {}, now()));
    const after = await userNamed(house, 'ann');
    expect(after).toMatchObject({ type: 'OTHER', typeCode: 77 });
    expect(await licensesOf(after)).toEqual(['TYPE_77', 'WEBINAR_500']);
  });

  it('whose settings change have what was said at once, and the rest is read by the next sync', async () => {
    await tell(
      userSettingsUpdated(ben, { feature: { webinar: true, webinar_capacity: 1000, large_meeting: false } }, {}, now()),
    );
    const after = await userNamed(house, 'ben');
    expect(after).toMatchObject({
      webinarEnabled: true,
      webinarCapacity: 1000,
      largeMeetingEnabled: false,
      settingsReadAt: null,
    });
    expect(await licensesOf(after)).toEqual(['LICENSED', 'WEBINAR_1000']);
    house.clock.advance(60_000);
    await sync();
    const read = await userNamed(house, 'ben');
    expect(read.webinarEnabled).toBe(false);
    expect(read.settingsReadAt).not.toBeNull();
    expect(read.webhookAt).toEqual({});
  });

  it('whose settings changed twice are known to have, whichever event comes first', async () => {
    const at = nowMs();
    const changed = (ms: number) =>
      userSettingsUpdated(ben, { recording: { auto_recording: true } }, {}, { at: at + ms });
    await tell(userUpdated(ben, { dept: 'Law' }, {}, { at: at - 5 }));
    await tell(changed(-10));
    expect((await userNamed(house, 'ben')).webhookAt).toMatchObject({ removedAt: at - 5, settings: at - 10 });
    expect(await waiting()).toEqual([]);
  });

  it('who are deactivated hold nothing, and activating gives no add-on back', async () => {
    await tell(userDeactivated(ann, { at: nowMs() - 2_000 }));
    expect((await userNamed(house, 'ann')).status).toBe('INACTIVE');
    expect(await licensesOf(await userNamed(house, 'ann'))).toEqual([]);
    await tell(userActivated({ ...ann, type: 1 }, now()));
    expect(await userNamed(house, 'ann')).toMatchObject({ status: 'ACTIVE', type: 'BASIC', webinarEnabled: false });
    expect(await licensesOf(await userNamed(house, 'ann'))).toEqual(['BASIC']);
  });

  it.each([
    ['deleted', userDeleted],
    ['disassociated', userDisassociated],
  ])('who are %s are gone at once, with what they held', async (_, event) => {
    await tell(event(ann, now()));
    const after = await userNamed(house, 'ann');
    expect(after.removedAt).not.toBeNull();
    expect(await licensesOf(after)).toEqual([]);
  });

  it('swap addresses, whichever event comes first', async () => {
    const at = nowMs();
    const swap = [
      userUpdated(ann, { email: 'tmp@example.com' }, {}, { at: at - 30 }),
      userUpdated(ben, { email: 'Ann@example.com' }, {}, { at: at - 20 }),
      userUpdated(ann, { email: 'ben@example.com' }, {}, { at: at - 10 }),
    ];
    for (const event of swap.reverse()) await tell(event);
    expect(await userNamed(house, 'ann')).toMatchObject({ zoomUserId: ben.id });
    expect(await userNamed(house, 'ben')).toMatchObject({ zoomUserId: ann.id });
    expect(await waiting()).toEqual([]);
  });

  it('of several integrations of one account change in each', async () => {
    const { sql } = house.database;
    await sql`insert into integrations (id, display_name, kind, region, status, enabled_tasks, zoom_account_id)
      values ('int_b', 'Second', 'REGULAR', 'NA', 'CONNECTED', '{}', ${house.integration.zoomAccountId})`;
    await sql`insert into accounts (id, integration_id, zoom_account_id, name, tier)
      values ('acc_b', 'int_b', ${house.integration.zoomAccountId}, 'Second', 'REGULAR')`;
    await tell(about('user.created', stranger('eve')));
    const rows = await sql<{ id: string }[]>`select integration_id as id from users where email = 'eve@example.com'`;
    expect(rows.map((row) => row.id).sort()).toEqual(['int_b', house.integration.id].sort());
    await sql`update integrations set status = 'DISCONNECTED' where id = 'int_b'`;
    await tell(about('user.deleted', stranger('eve')));
    const left = await sql<{ id: string }[]>`
      select integration_id as id from users where email = 'eve@example.com' and removed_at is null`;
    expect(left.map((row) => row.id)).toEqual(['int_b']);
  });
});

describe('somebody unknown', () => {
  it('is waited for, and then all is applied in the order of events', async () => {
    const at = nowMs();
    await tell(about('user.updated', { id: 'zoom-fay', dept: 'Second' }, at - 10));
    await tell(about('user.updated', { id: 'zoom-fay', dept: 'First', first_name: 'Fay' }, at - 20));
    await tell(
      about(
        'user.signed_in',
        { id: 'zoom-fay', email: 'fay@example.com', date_time: new Date(at - 5_000).toISOString() },
        at - 5_000,
      ),
    );
    expect(await waiting()).toHaveLength(3);
    await tell(
      about('user.created', stranger('fay', { first_name: 'F' }), at - 30_000, { creation_type: 'ssoCreate' }),
    );
    expect(await waiting()).toEqual([]);
    const fay = await userNamed(house, 'fay');
    expect(fay).toMatchObject({ department: 'Second', firstName: 'Fay' });
    expect(fay.lastSignInAt?.getTime()).toBe(at - 5_000);
  });

  it('is waited for until a listing names them', async () => {
    const gus = makePaid(house.sandbox.world, 'gus', 5);
    await tell(userUpdated(gus, { dept: 'Later' }, {}, { at: nowMs() + 20 * 60_000 }));
    await tell(userSignedIn(gus, nowMs() - 1_000));
    expect(await waiting()).toHaveLength(2);
    house.clock.advance(-30_000);
    await sync();
    expect(await userNamed(house, 'gus')).toMatchObject({ department: 'Later' });
    expect((await userNamed(house, 'gus')).lastSignInAt).not.toBeNull();
    expect(await waiting()).toEqual([]);
  });

  it('who is deleted before we hear that they were created stays deleted', async () => {
    await tell(about('user.deleted', stranger('hal'), nowMs() - 10));
    await tell(about('user.created', stranger('hal'), nowMs() - 2_000));
    expect((await userNamed(house, 'hal')).removedAt).not.toBeNull();
  });
});

describe('activity', () => {
  it('is seen when somebody signs in; signing out is noted', async () => {
    await tell(userSignedIn(ann, nowMs() - 5_000));
    await tell(userSignedOut(ann, nowMs()));
    const after = await userNamed(house, 'ann');
    expect(after.lastSignInAt?.getTime()).toBe(Math.floor((nowMs() - 5_000) / 1000) * 1000);
    expect(after.lastActivityAt).toEqual(after.lastSignInAt);
    const kinds = await house.database.sql<
      { kind: string }[]
    >`select kind from sign_ins where user_id = ${after.id} order by at`;
    expect(kinds.map((row) => row.kind)).toEqual(['SIGN_IN', 'SIGN_OUT']);
  });

  it.each([
    ['meeting', addPastMeeting, 'MEETING'],
    ['webinar', addPastWebinar, 'WEBINAR'],
  ] as const)('of a %s is seen when somebody joins and when it ends, in either order', async (_, place, kind) => {
    const { world } = house.sandbox;
    for (const isReversed of [false, true]) {
      const startAt = Math.floor(nowMs() / 1000) * 1000 - (isReversed ? 4 : 8) * 3_600_000;
      const { uuid } = place(world, {
        hostId: ann.id,
        startAt,
        minutes: 50,
        participants: [
          { userId: ben.id, joinAfter: 2 },
          { name: 'A guest', email: 'guest@elsewhere.example' },
        ],
      });
      const events = [...participantsJoined(world.regular, uuid), ended(world.regular, uuid)];
      for (const event of isReversed ? events.reverse() : events) await tell(event);
      const rows = await house.database.sql<{ id: string }[]>`
        select id, kind, duration_minutes, host_user_id, start_time, end_time from meetings where uuid = ${uuid}`;
      const host = await userNamed(house, 'ann');
      expect([...rows]).toMatchObject([
        {
          kind,
          duration_minutes: 50,
          host_user_id: host.id,
          start_time: new Date(startAt),
          end_time: new Date(startAt + 50 * 60_000),
        },
      ]);
      const people = await house.database.sql<{ email: string | null; user_id: string | null }[]>`
        select email, user_id from meeting_participants where meeting_id = ${rows[0]!.id}`;
      expect(people).toHaveLength(3);
      expect(people.filter((row) => row.user_id === null).map((row) => row.email)).toEqual(['guest@elsewhere.example']);
      expect((await userNamed(house, 'ben')).lastMeetingJoinedAt).toEqual(new Date(startAt + 2 * 60_000));
      if (kind === 'WEBINAR') expect(host.lastWebinarHostedAt).toEqual(new Date(startAt));
      else
        expect(host).toMatchObject({ lastMeetingHostedAt: new Date(startAt), longMeetingsHosted: isReversed ? 2 : 1 });
    }
  });

  it('that a report has told is not made worse, and a report replaces what events told', async () => {
    const { world } = house.sandbox;
    const startAt = Math.floor(nowMs() / 1000) * 1000 - 5 * DAY;
    const { uuid } = addPastMeeting(world, {
      hostId: ann.id,
      startAt,
      minutes: 30,
      participants: [{ userId: ben.id }],
    });
    for (const event of participantsJoined(world.regular, uuid)) await tell(event);
    await syncNow(house, house.integration, ['APPLICATION_ACCESS']);
    const told = () => house.database.sql`
      select m.topic, m.start_time, m.end_time, m.duration_minutes, m.participant_count, m.participants_read_at,
        (select array_agg(p.position order by p.position) from meeting_participants p where p.meeting_id = m.id) as positions
      from meetings m where m.uuid = ${uuid}`;
    const [reported] = await told();
    expect(reported).toMatchObject({ participant_count: 2, positions: [0, 1] });
    for (const event of participantsJoined(world.regular, uuid)) await tell({ ...event, event_ts: nowMs() });
    const end = ended(world.regular, uuid);
    const object = {
      ...(end.payload['object'] as object),
      topic: 'Another',
      start_time: new Date(startAt - 60_000).toISOString(),
    };
    await tell({ ...end, payload: { ...end.payload, object } });
    expect((await told())[0]).toEqual(reported);
  });
});

describe('a listing and a webhook', () => {
  /** Syncs while the page of the active is on its way: asked for before `meanwhile`, written after it. */
  async function syncAround(meanwhile: () => Promise<void>): Promise<void> {
    const { sandbox } = house;
    sandbox.faults.add({ match: { path: '/users', query: { status: 'active' } }, action: { delayMs: 1_000 } });
    const before = sandbox.calls.length;
    const running = sync();
    await vi.waitFor(() => {
      const isAsked = sandbox.calls.slice(before).some(({ url }) => url.includes('status=active'));
      if (!isAsked) throw new Error('not asked yet');
    });
    await meanwhile();
    await running;
  }

  it('an event from before the listing changes nothing, also about a user who was listed unchanged', async () => {
    await sync();
    const before = await userNamed(house, 'ann');
    await tell(userUpdated(ann, { type: 1, dept: 'Old news' }, {}, { at: nowMs() - 50_000 }));
    await tell(userDeleted(ben, { at: nowMs() - 50_000 }));
    expect(await userNamed(house, 'ann')).toEqual(before);
    expect((await userNamed(house, 'ben')).removedAt).toBeNull();
    expect(await waiting()).toEqual([]);
  });

  it('a page that was on its way does not undo what an event said; the next one does', async () => {
    ann.firstName = 'Anna';
    await syncAround(() => tell(userUpdated(ann, { type: 1, email: 'ann.b@example.com' }, {}, now())));
    const after = await userNamed(house, 'ann.b');
    expect(after).toMatchObject({ type: 'BASIC', zoomUserId: ann.id, firstName: 'Anna', removedAt: null });
    expect(await rosterNames(house)).not.toContain('ann');
    house.clock.advance(5_000);
    await sync();
    expect(await userNamed(house, 'ann')).toMatchObject({ id: after.id, type: 'LICENSED', webhookAt: {} });
  });

  it('who was deleted while the page was on its way stays gone, until a later one names them', async () => {
    await syncAround(() => tell(userDeleted(ann, now())));
    expect(await rosterNames(house)).not.toContain('ann');
    house.clock.advance(5_000);
    await sync();
    expect(await rosterNames(house)).toContain('ann');
  });

  it('who was created while the listing ran is not taken for gone, until a later one leaves them out', async () => {
    await syncAround(() => tell(about('user.created', stranger('ivy'))));
    expect(await rosterNames(house)).toContain('ivy');
    house.clock.advance(5_000);
    await sync();
    expect(await rosterNames(house)).not.toContain('ivy');
    await tell(about('user.created', stranger('ivy'), nowMs() - 20_000));
    expect(await rosterNames(house)).not.toContain('ivy');
  });

  it('late news waits for the end of a roster that was begun after it', async () => {
    await syncAround(async () => {
      await tell(userUpdated(ann, { dept: 'Late' }, {}, { at: nowMs() - 10_000 }));
      expect(await waiting()).toEqual(['user.updated']);
    });
    expect(await userNamed(house, 'ann')).toMatchObject({ department: 'Sales' });
    expect(await waiting()).toEqual([]);
  });

  it('a write of ours that was read back stands against pages and events from before', async () => {
    const { sql } = house.database;
    const before = await userNamed(house, 'ann');
    const askedAt = house.clock.now();
    house.clock.advance(2_000);
    await applyToUser(sql, before.id, BASIC, house.clock.now());
    const { email, zoomUserId, firstName, accountId, integrationId } = before;
    const page = {
      id: zoomUserId,
      email,
      first_name: firstName,
      last_name: 'Changed',
      type: 2,
      group_ids: [],
      license_info_list: [],
    };
    const place = { integrationId, accountId };
    const entry = toRosterEntry(page as never, 'active', []);
    await upsertRosterPage(sql, place, [entry], house.clock.now(), askedAt);
    await tell(userUpdated(ann, { type: 2, settings: { feature: { webinar: true } } }, {}, { at: nowMs() - 1_000 }));
    expect(await userNamed(house, 'ann')).toMatchObject({ type: 'BASIC', lastName: 'Changed', webinarEnabled: false });
    await upsertRosterPage(sql, place, [entry], house.clock.now(), new Date(nowMs() + 1_000));
    expect(await userNamed(house, 'ann')).toMatchObject({ type: 'LICENSED' });
  });

  it('a write of ours that was read back does not undo what was told after Zoom was asked', async () => {
    const { id } = await userNamed(house, 'ann');
    const seenAt = new Date(nowMs() - 5_000);
    await tell(userUpdated(ann, { type: 2 }, { type: 1 }, { at: nowMs() - 1_000 }));
    await applyToUser(house.database.sql, id, BASIC, house.clock.now(), seenAt);
    // Whoever gave the license back was faster; the settings are as they were read.
    expect(await userNamed(house, 'ann')).toMatchObject({ type: 'LICENSED', typeCode: 2, webinarEnabled: false });
    await applyToUser(house.database.sql, id, BASIC, house.clock.now(), new Date(nowMs()));
    expect(await userNamed(house, 'ann')).toMatchObject({ type: 'BASIC', typeCode: 1, webinarEnabled: false });
  });

  it('a clock of ours that is wrong does not change who was later', async () => {
    // Ours is ten minutes behind Zoom's: all that Zoom tells seems to come from the future.
    const aheadMs = 10 * 60_000;
    const date = () => ({ date: new Date(nowMs() + aheadMs).toUTCString() });
    house.sandbox.faults.add({ match: {}, times: Infinity, action: { headers: date() } });
    await sync();
    expect(Math.abs(house.deps.zoom.clockSkewMs() - aheadMs)).toBeLessThan(3_000);
    const send = async (at: number, dept: string) => {
      const { headers, body } = signedWebhook(SECRET, userUpdated(ann, { dept }, {}, { at }), {
        at: nowMs() + aheadMs,
      });
      return (await house.server.inject({ method: 'POST', url: '/webhooks/zoom', headers, payload: body })).statusCode;
    };
    expect(await send(nowMs() + aheadMs - 60_000, 'Before')).toBe(204);
    expect((await userNamed(house, 'ann')).department).toBe('Sales');
    house.clock.advance(10_000);
    expect(await send(nowMs() + aheadMs - 2_000, 'After')).toBe(204);
    expect((await userNamed(house, 'ann')).department).toBe('After');
  });
});

describe('an event of somebody invited', () => {
  it('finds the row that has no id yet', async () => {
    const jo = makeUser(house.sandbox.world, { email: 'jo@example.com', status: 'pending', type: 2 });
    await sync();
    const before = await userNamed(house, 'jo');
    expect(before).toMatchObject({ zoomUserId: null, status: 'PENDING' });
    house.clock.advance(1_000);
    await tell(userInvitationAccepted(jo, now()));
    expect(await userNamed(house, 'jo')).toMatchObject({ id: before.id, zoomUserId: jo.id, status: 'ACTIVE' });
  });
});
