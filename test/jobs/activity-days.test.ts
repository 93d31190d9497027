import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPastMeeting, addPastWebinar } from '#sandbox/index.ts';
import { queueSync } from '#src/actions/sync-integration.ts';
import { activitySeries } from '#src/datasources/store/activity-series.ts';
import { jobRunsByIds } from '#src/datasources/store/job-runs.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { DAY, makePaid, neverAborted, syncNow, userNamed } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;
let noon: number;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      // Noon, so that nothing near a day's end decides what a test sees.
      noon = Math.floor(world.now() / DAY) * DAY - 10 * DAY + DAY / 2;
      const host = makePaid(world, 'host', 200, { webinarCapacity: 500 });
      const viewer = makePaid(world, 'viewer', 200);
      const guest = makePaid(world, 'guest', 200);
      addPastWebinar(world, {
        hostId: host.id,
        startAt: noon,
        participants: [{ userId: viewer.id }, { userId: guest.id }],
      });
      addPastMeeting(world, { hostId: host.id, startAt: noon + DAY, participants: [{ userId: guest.id }] });
    },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
}, 60_000);
afterAll(() => house?.close());

const day = (at: number) => new Date(at).toISOString().slice(0, 10);
const points = (...stretches: [number, number][]) =>
  activitySeries(
    house.database.sql,
    { integrationId: integration.id },
    stretches.map(([start, end]) => ({ start: day(start), end: day(end) })),
  );

it('a webinar that was attended is a day of use, and no meeting that was joined', async () => {
  expect(await userNamed(house, 'viewer')).toMatchObject({ meetingsJoined: 0 });
  expect(await points([noon, noon], [noon + DAY, noon + DAY])).toMatchObject([
    { activeUsers: 3, joiners: 0, meetingsJoined: 0, webinarHosts: 1, webinarsHosted: 1 },
    { activeUsers: 2, joiners: 1, meetingsJoined: 1, hosts: 1, meetingsHosted: 1 },
  ]);
  expect(await points([noon - DAY, noon + DAY])).toMatchObject([
    { activeUsers: 3, joiners: 1, meetingsJoined: 1, hosts: 1, webinarHosts: 1 },
  ]);
});

it('a series counts the meetings joined that its users count', async () => {
  const [sum] = await house.database.sql`select sum(meetings_joined)::int as joined from users`;
  expect(await points([noon - 5 * DAY, noon + 5 * DAY])).toMatchObject([{ meetingsJoined: sum!['joined'] }]);
});

it('a webinar of who gave the add-on away since is found', async () => {
  const host = house.sandbox.world.regular.usersByEmail.get('host@example.com')!;
  house.clock.advance(DAY);
  const heldAt = house.clock.now().getTime() - DAY / 4;
  addPastWebinar(house.sandbox.world, { hostId: host.id, startAt: heldAt, participants: [{ name: 'A stranger' }] });
  host.webinarCapacity = 0;
  await syncNow(house, integration);
  expect(await userNamed(house, 'host')).toMatchObject({ webinarEnabled: false, webinarsHosted: 2 });
  // It is not asked for ever: two days later nothing of it is due any more.
  house.clock.advance(3 * DAY);
  await syncNow(house, integration);
  house.sandbox.calls.length = 0;
  await syncNow(house, integration);
  expect(house.sandbox.calls.filter(({ path }) => path === '/report/users/{userId}/meetings')).toEqual([]);
});

it('days that could not be counted are not taken for known, and are counted by the next run', async () => {
  const { sql } = house.database;
  const host = house.sandbox.world.regular.usersByEmail.get('host@example.com')!;
  const guest = house.sandbox.world.regular.usersByEmail.get('guest@example.com')!;
  const known = async () =>
    (await sql<{ until: Date }[]>`select activity_known_until as until from accounts`)[0]!.until.getTime();
  const before = await known();
  house.clock.advance(2 * DAY);
  addPastMeeting(house.sandbox.world, {
    hostId: host.id,
    startAt: house.clock.now().getTime() - DAY,
    participants: [{ userId: guest.id }],
  });
  await sql`
    create function no_room() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$`;
  await sql`create trigger no_room before insert or update on activity_days for each row execute function no_room()`;
  const sync = () => syncNow(house, integration, ['APPLICATION_ROSTER', 'APPLICATION_ACCESS']);
  expect((await sync()).APPLICATION_ACCESS.status).toBe('FAILED');
  expect(await known()).toBe(before);
  await sql`drop trigger no_room on activity_days`;
  await sql`drop function no_room`;
  expect((await sync()).APPLICATION_ACCESS.status).toBe('SUCCEEDED');
  expect(await known()).toBeGreaterThan(before);
  const yesterday = house.clock.now().getTime() - DAY;
  expect(await points([yesterday, yesterday])).toMatchObject([{ hosts: 1, joiners: 1 }]);
});

it('a run that met somebody who wrote at the same time is gone on with', async () => {
  const { sql } = house.database;
  const host = house.sandbox.world.regular.usersByEmail.get('host@example.com')!;
  house.clock.advance(2 * DAY);
  addPastMeeting(house.sandbox.world, { hostId: host.id, startAt: house.clock.now().getTime() - DAY });
  await sql`
    create function met() returns trigger language plpgsql as $$ begin raise exception 'met' using errcode = '40P01'; end $$`;
  await sql`create trigger met before insert or update on activity_days for each row execute function met()`;
  const queued = await queueSync(house.deps, integration, ['APPLICATION_ACCESS'], 'test');
  await expect(runSync(house.deps, integration.id, neverAborted())).rejects.toThrow('met');
  const run = async () =>
    (
      await jobRunsByIds(
        sql,
        queued.map(({ id }) => id),
      )
    ).find((one) => one?.task === 'APPLICATION_ACCESS');
  expect(await run()).toMatchObject({ status: 'RUNNING', attempts: 1 });
  await sql`drop trigger met on activity_days`;
  await sql`drop function met`;
  await runSync(house.deps, integration.id, neverAborted());
  expect(await run()).toMatchObject({ status: 'SUCCEEDED', attempts: 2 });
});
