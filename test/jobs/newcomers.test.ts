import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { addPastMeeting, type SandboxUser } from '#sandbox/index.ts';
import { learnKeys, upsertMeetings, userKeys } from '#src/datasources/store/activity.ts';
import type { AccountRow } from '#src/db/tables/rows.ts';
import { rowsIn } from '../support/rows.ts';
import { statementsOf } from '../support/statements.ts';
import { openWebhookHouse, type WebhookHouse } from '../support/webhook-house.ts';
import { userCreated } from '../support/webhooks.ts';
import { DAY, makePaid, syncNow, userNamed } from '../support/worlds.ts';

/** People whom events tell of while a run is reading what everybody did. */

let house: WebhookHouse;
let account: AccountRow;
let host: SandboxUser;

beforeAll(async () => {
  house = await openWebhookHouse({ world: (world) => void (host = makePaid(world, 'host', 3)) });
  await syncNow(house, house.integration, ['APPLICATION_ROSTER']);
  account = (await house.database.db.query.accounts.findFirst())!;
}, 60_000);
afterAll(() => house?.close());

it('who came meanwhile is known as host and as participant', async () => {
  const { world, faults, calls } = house.sandbox;
  const newcomer = makePaid(world, 'newcomer', 3);
  // Zoom tells whole seconds.
  const now = Math.floor(house.clock.now().getTime() / 1000) * 1000;
  const at = (days: number) => now - days * DAY;
  addPastMeeting(world, { hostId: newcomer.id, startAt: at(5), participants: [{ userId: host.id }] });
  addPastMeeting(world, { hostId: host.id, startAt: at(4), participants: [{ userId: newcomer.id }] });
  faults.add({ match: { path: '/report/users' }, action: { delayMs: 2_000 }, times: Infinity });
  const running = syncNow(house, house.integration, ['APPLICATION_ACCESS']);
  // By now the run has looked up whom it knows.
  await vi.waitFor(() => expect(calls.map(({ path }) => path)).toContain('/report/users'), {
    timeout: 20_000,
    interval: 10,
  });
  const told = userCreated(newcomer, { at: house.clock.now().getTime() }, 'ssoCreate');
  expect(await house.tell(told)).toBe(204);
  expect((await running).APPLICATION_ACCESS.status).toBe('SUCCEEDED');
  expect(await userNamed(house, 'newcomer')).toMatchObject({
    meetingsHosted: 1,
    lastMeetingHostedAt: new Date(at(5)),
    meetingsJoined: 1,
  });
}, 60_000);

it('only who is not known is looked up, all of them at once', async () => {
  const { sql } = house.database;
  const keys = await userKeys(sql, account.id);
  const late = await rowsIn(house.database).user(account, { zoomUserId: 'zoom-late', email: 'late@example.com' });
  const learn = async (named: Parameters<typeof learnKeys>[3]) =>
    (await statementsOf(house.database, () => learnKeys(sql, account.id, keys, named))).statements.length;
  expect(await learn({ zoomIds: [host.id], emails: ['host@example.com'] })).toBe(0);
  expect(await learn({ zoomIds: ['zoom-late', 'nobody', host.id], emails: ['nobody@example.com'] })).toBe(1);
  expect([keys.byZoomId.get('zoom-late'), keys.byEmail.get('late@example.com')]).toEqual([late.id, late.id]);
  expect(await learn({ zoomIds: ['zoom-late'], emails: ['late@example.com'] })).toBe(0);
});

it('a host whom an event told of stays, where a report is written by who does not know them', async () => {
  const { sql } = house.database;
  const known = await userNamed(house, 'host');
  const meeting = await rowsIn(house.database).meeting(known, { uuid: 'told-by-event' });
  const place = { integrationId: account.integrationId, accountId: account.id };
  await upsertMeetings(sql, place, [{ ...meeting, hostUserId: null, topic: 'As reported' }]);
  const [after] = await sql`select host_user_id as "hostUserId", topic from meetings where uuid = 'told-by-event'`;
  expect(after).toEqual({ hostUserId: known.id, topic: 'As reported' });
});
