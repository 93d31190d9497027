import { afterAll, beforeAll, expect, it } from 'vitest';
import { addPastMeeting, makeUser } from '#sandbox/index.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { DAY, makePaid, syncNow } from '../support/worlds.ts';

/**
 * Ten to try, and two whole batches, of which one is asked about while the one before is written down. The newest meetings
 * come first, so that none of these holds two meetings of one host: those would both be asked about.
 */
const HOSTS = 10 + 2 * 200;
const isPoller = (n: number) => n % 7 === 0;
let house: House;
let series: string;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    limiter: UNLIMITED,
    world: (world) => {
      const noon = Math.floor(world.now() / DAY) * DAY + DAY / 2;
      const guest = makeUser(world, { type: 1, email: 'guest@example.com' });
      const participants = [{ userId: guest.id }];
      for (let n = 0; n < HOSTS; n += 1) {
        const hostId = makePaid(world, `host${n}`, 1).id;
        const meeting = { hostId, minutes: 20, participants };
        const earlier = addPastMeeting(world, { ...meeting, startAt: noon - 3 * DAY });
        const isSeries = n === 5;
        if (isSeries) series = String(earlier.meetingId);
        addPastMeeting(world, {
          ...meeting,
          startAt: noon - 2 * DAY,
          ...(isSeries && { meetingId: earlier.meetingId }),
          ...(isPoller(n) && { polls: 1 }),
        });
      }
    },
  });
  const integration = await connectedIntegration(house, {
    meetingDetail: 'WHERE_DECISIVE',
    analyzeActivityFrom: new Date(house.clock.now().getTime() - 5 * DAY),
  });
  const runs = await syncNow(house, integration, ['APPLICATION_ROSTER', 'APPLICATION_ACCESS']);
  expect(Object.values(runs).map(({ status, error }) => [status, error])).toEqual([
    ['SUCCEEDED', null],
    ['SUCCEEDED', null],
  ]);
}, 120_000);
afterAll(() => house?.close());

const calls = (path: string) => house.sandbox.calls.filter((call) => call.path === path).map(({ url }) => url);

it('asks of everybody until something shows that they need their license, and nothing more of who showed it', async () => {
  const between = new Date(Math.floor(house.clock.now().getTime() / DAY) * DAY - 2 * DAY);
  const rows = await house.database.sql<{ topic: string; poller: boolean; asked: number; all: number }[]>`
    select case when m.start_time < ${between} then 'earlier' else 'later' end as topic, substring(u.email from '\\d+')::int % 7 = 0 as poller, count(m.extras_read_at)::int as asked, count(*)::int as "all"
    from meetings m join users u on u.id = m.host_user_id group by 1, 2`;
  const asked = Object.fromEntries(rows.map((row) => [`${row.topic} ${row.poller}`, [row.asked, row.all]]));
  const pollers = Array.from({ length: HOSTS }, (_, n) => n).filter(isPoller).length;
  const others = HOSTS - pollers;
  expect(asked).toEqual({
    'later true': [pollers, pollers],
    'earlier true': [0, pollers],
    'later false': [others, others],
    'earlier false': [others, others],
  });
  expect(calls('/past_meetings/{meetingId}/polls').length).toBe(HOSTS + others);
  const [counts] = await house.database.sql`
    select count(*) filter (where not would_basic_suffice)::int as needed, count(*)::int as all from users where email like 'host%'`;
  expect(counts).toEqual({ needed: pollers, all: HOSTS });
});

it('asks for the registrations of a series once, in whatever batches its meetings are', () => {
  const asked = calls('/meetings/{meetingId}/registrants');
  expect(asked.filter((url) => url.includes(series))).toHaveLength(1);
  expect(new Set(asked).size).toBe(asked.length);
});
