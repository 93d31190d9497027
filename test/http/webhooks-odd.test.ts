import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxUser } from '#sandbox/index.ts';
import { MAX_IDENTITY, MAX_TEXT } from '#src/policy/bounds.ts';
import { openWebhookHouse, type WebhookHouse } from '../support/webhook-house.ts';
import { webhookBody } from '../support/webhooks.ts';
import { makePaid, syncNow, userNamed } from '../support/worlds.ts';

/** Zoom sends an event a few times and never again: what can't be read of it must not cost the rest. */

let house: WebhookHouse;
let ann: SandboxUser;
beforeAll(async () => {
  house = await openWebhookHouse({ world: (world) => void (ann = makePaid(world, 'ann', 100)) });
  await syncNow(house, house.integration, ['APPLICATION_ROSTER']);
  house.clock.advance(60_000);
});
afterAll(() => house.close());

const nowMs = () => house.clock.now().getTime();
const iso = (ms: number) => new Date(ms).toISOString();
/** Each is told a second after the one before. */
async function tell(event: string, object: object, at: unknown = nowMs()): Promise<void> {
  const body = webhookBody(event, house.integration.zoomAccountId!, object as Record<string, unknown>, { at: 0 });
  expect(await house.tell({ ...body, event_ts: at })).toBe(204);
  house.clock.advance(1_000);
}
const meetingOf = async (uuid: string) =>
  (
    await house.database.sql`
      select start_time as "startTime", end_time as "endTime", duration_minutes as minutes,
        host_user_id is not null as "hasHost" from meetings where uuid = ${uuid}`
  )[0];

it.each([
  ['as text', () => String(nowMs())],
  ['in seconds', () => Math.floor(nowMs() / 1000)],
  ['in seconds, as text', () => String(Math.floor(nowMs() / 1000))],
  ['with a fraction', () => nowMs() + 0.5],
  ['as null', () => null],
  ['as nothing that is a time', () => 'soon'],
  ['as zero', () => 0],
  ['beyond all times', () => 1e300],
])('the time of an event may come %s', async (words, at) => {
  await tell('user.updated', { id: ann.id, dept: words }, at());
  expect((await userNamed(house, 'ann')).department).toBe(words);
});

it.each([1e12, '99999999999999', 6.5, 'abc', null])('a type that is none (%s) leaves the rest said', async (type) => {
  const before = await userNamed(house, 'ann');
  await tell('user.updated', { id: ann.id, type, dept: `With type ${type}` });
  expect(await userNamed(house, 'ann')).toMatchObject({
    typeCode: before.typeCode,
    department: `With type ${type}`,
  });
});

it.each([2 ** 40, -5, 1.5])('a capacity that is none (%s) leaves the rest said', async (capacity) => {
  const feature = { webinar: true, webinar_capacity: capacity, large_meeting: true, large_meeting_capacity: 500 };
  await tell('user.settings_updated', { id: ann.id, settings: { feature } });
  expect(await userNamed(house, 'ann')).toMatchObject({ webinarEnabled: true, largeMeetingCapacity: 500 });
});

it.each(['-200000-01-01T00:00:00Z', '0000-01-01T00:00:00Z', '2099-01-01T00:00:00Z', 'yesterday', '', null])(
  'a sign-in on no day (%s) happened when Zoom told of it, never later',
  async (date) => {
    const at = nowMs();
    await tell('user.signed_in', { id: ann.id, email: ann.email, date_time: date }, at);
    expect((await userNamed(house, 'ann')).lastSignInAt?.getTime()).toBe(at);
  },
);

it.each<[string, object, object]>([
  ['without a start', { start_time: undefined }, { minutes: null }],
  ['with an empty start', { start_time: '' }, { minutes: null }],
  ['with a start before all days', { start_time: '0001-01-01T00:00:00Z' }, { minutes: null }],
  ['with a type that is none', { type: 1e12 }, { minutes: 60 }],
  ['with a participant that is none', { participant: 'x' }, { minutes: 60 }],
])('a meeting %s still tells of its host', async (uuid, odd, expected) => {
  const at = nowMs();
  const meeting = { id: '1', uuid, host_id: ann.id, type: 2, start_time: iso(at - 3_600_000), end_time: iso(at) };
  await tell('meeting.ended', { ...meeting, ...odd });
  expect(await meetingOf(uuid)).toMatchObject({ hasHost: true, endTime: new Date(at), ...expected });
});

it('a meeting that ended before it began lasted no time', async () => {
  const at = nowMs();
  const times = { start_time: iso(at - 60_000), end_time: iso(at - 3_600_000) };
  await tell('meeting.ended', { id: '1', uuid: 'backwards', host_id: ann.id, ...times });
  expect(await meetingOf('backwards')).toMatchObject({ minutes: 0, startTime: new Date(at - 60_000) });
});

it.each<[string, object]>([
  ['no start', { start_time: null }],
  ['a name that is none', { participant: { id: '', user_name: {} } }],
])('somebody who joins a meeting of %s joined it', async (uuid, odd) => {
  const at = nowMs();
  const participant = { id: ann.id, user_name: 'Ann', join_time: iso(at - 5_000) };
  const body = { id: '1', uuid, host_id: 'another', start_time: iso(at - 9_000), ...odd };
  await tell('meeting.participant_joined', { ...body, participant: { ...participant, ...pick(odd), id: ann.id } });
  expect((await userNamed(house, 'ann')).lastMeetingJoinedAt?.getTime()).toBe(at - 5_000);
});

const pick = (odd: object) => ('participant' in odd ? (odd.participant as object) : {});

const ZERO = 'ab\u0000cd';
const HALF = 'ab\ud800cd';
const LONG = 'é'.repeat(MAX_IDENTITY + 1);
const eventsKept = async () =>
  (await house.database.sql<{ count: number }[]>`select count(*)::int as count from webhook_events`)[0]!.count;

describe('what the database can not keep', () => {
  it.each<[string, string, (value: string) => object]>([
    ['user.updated', 'object.id', (id) => ({ object: { id, email: 'ann@example.com', dept: 'Altered' } })],
    ['user.signed_in', 'object.id', (id) => ({ object: { id, email: 'ann@example.com' } })],
    ['meeting.ended', 'object.uuid', (uuid) => ({ object: { id: '1', uuid, host_id: ann.id } })],
    ['meeting.ended', 'object.id', (id) => ({ object: { id, uuid: 'u', host_id: ann.id } })],
    ['meeting.ended', 'object.host_id', (host_id) => ({ object: { id: '1', uuid: 'u', host_id } })],
    ['app_deauthorized', 'client_id', (client_id) => ({ client_id })],
    ['user.updated', 'payload.account_id', (account_id) => ({ account_id, object: { id: ann.id, dept: 'Altered' } })],
  ])('refuses %s as a whole where it is its %s, and says which in the log', async (event, field, payload) => {
    const before = await eventsKept();
    for (const value of [ZERO, HALF, LONG]) {
      house.logged.length = 0;
      const account_id = house.integration.zoomAccountId;
      // Not 500: Zoom would send it again, and again, and then none at all.
      expect(await house.tell({ event, event_ts: nowMs(), payload: { account_id, ...payload(value) } })).toBe(400);
      const lines = house.logged.map((line) => JSON.parse(line) as { msg: string; field?: string; wrong?: string });
      const said = lines.find(({ msg }) => msg === 'a webhook of Zoom could not be read');
      expect(said).toMatchObject({ field, wrong: expect.stringMatching(/zero byte|half a|longer/) as string });
      expect(house.logged.join()).not.toContain(value);
    }
    expect(await eventsKept()).toBe(before);
    expect((await userNamed(house, 'ann')).department).not.toBe('Altered');
  });

  it.each([
    ['a zero byte', ZERO],
    ['half a character', HALF],
    ['too many letters', LONG],
  ])('counts as not said where it is another identity with %s', async (words, value) => {
    const before = await userNamed(house, 'ann');
    const odd = { email: value, role_id: value, plan_united_type: value, employee_unique_id: value, operator: value };
    await tell('user.updated', { id: ann.id, ...odd, dept: `But ${words}` });
    const { email, roleId, planUnitedType, employeeUniqueId } = before;
    expect(await userNamed(house, 'ann')).toMatchObject({
      ...{ email, roleId, planUnitedType, employeeUniqueId },
      department: `But ${words}`,
    });
  });

  it('is left out of texts', async () => {
    await tell('user.updated', { id: ann.id, dept: ZERO, first_name: HALF, last_name: 'x'.repeat(MAX_TEXT + 1) });
    expect(await userNamed(house, 'ann')).toMatchObject({
      department: 'abcd',
      firstName: 'ab\ufffdcd',
      lastName: 'x'.repeat(MAX_TEXT),
    });
    const meeting = { id: '1', uuid: 'odd-topic', host_id: ann.id, topic: `${ZERO}${HALF}` };
    const participant = { id: ann.id, user_name: ZERO, email: HALF };
    await tell('meeting.participant_joined', { ...meeting, participant });
    const [row] = await house.database.sql`
      select topic, name, p.email from meetings m join meeting_participants p on p.meeting_id = m.id
      where uuid = 'odd-topic'`;
    expect(row).toEqual({ topic: 'abcdab\ufffdcd', name: 'abcd', email: null });
  });
});
