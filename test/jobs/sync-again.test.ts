import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addPastMeeting, addPastWebinar, addScheduledMeeting, recordLogin, type SandboxUser } from '#sandbox/index.ts';
import { newId } from '#src/db/id.ts';
import { updateUserSettings } from '#src/datasources/zoom/users.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { DAY, makePaid, syncNow, userNamed } from '../support/worlds.ts';

const HOUR = 3_600_000;
const COUNT = 40;

let house: House;
let integration: IntegrationRow;
const people: SandboxUser[] = [];
const ago = (days: number) => house.clock.now().getTime() - days * DAY;
const calls = (path: string) => house.sandbox.calls.filter((call) => call.method === 'GET' && call.path === path);
/** Calls that are about one user each. */
const ofUsers = () =>
  house.sandbox.calls
    .filter((call) => /^\/(report\/)?users\/\{userId\}|participants/.test(call.path))
    .map((call) => call.path);
const asked = (path: string) => calls(path).map((call) => decodeURIComponent(call.url.split('?')[0]!.split('/')[3]!));

async function sync() {
  house.sandbox.calls.length = 0;
  const runs = await syncNow(house, integration);
  expect(Object.values(runs).map((run) => [run.task, run.status, run.error])).toEqual(
    Object.keys(runs).map((task) => [task, 'SUCCEEDED', null]),
  );
  return runs;
}

/** Puts the weekly and daily turns of everybody out of the way: nobody is due by turn before so long from now. */
async function nobodyIsDueFor(ms: number) {
  // The turn of a user hangs on the id alone, so users get ids whose turn was just over.
  const now = Math.floor(house.clock.now().getTime() / 1000);
  const rows = await house.database.sql<{ id: string }[]>`select id from users`;
  for (const { id } of rows) {
    for (;;) {
      const other = newId('usr');
      const [row] = await house.database.sql<{ hash: number }[]>`select hashtext(${other}) & 2147483647 as hash`;
      const untilTurn = (cycle: number) => (cycle - ((now - (row!.hash % cycle)) % cycle)) % cycle;
      const isDueSoon = (cycle: number) => untilTurn(cycle) * 1000 <= ms + 10 * 60_000;
      // Nor since the last pass, which was minutes ago.
      const wasJustDue = (cycle: number) => cycle - untilTurn(cycle) < 20 * 60;
      if ([86_400, 7 * 86_400].some((cycle) => isDueSoon(cycle) || wasJustDue(cycle))) continue;
      for (const [table, column] of [
        ['users', 'id'],
        ['meetings', 'host_user_id'],
        ['meeting_participants', 'user_id'],
        ['license_assignments', 'user_id'],
        ['user_history', 'user_id'],
        ['reclamation_candidates', 'user_id'],
        ['activity_days', 'user_id'],
        ['sign_ins', 'user_id'],
        ['cloud_recordings', 'host_user_id'],
      ] as const) {
        await house.database.sql`
          update ${house.database.sql(table)} set ${house.database.sql(column)} = ${other}
          where ${house.database.sql(column)} = ${id}`;
      }
      break;
    }
  }
}

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      const webinars = world.regular.plans.webinar.find((plan) => plan.capacity === 500)!;
      webinars.hosts = 20;
      for (let n = 0; n < COUNT; n += 1) {
        people.push(makePaid(world, `p${n}`, 1 + (n % 20), n < 3 ? { webinarCapacity: 500 } : {}));
      }
      for (let n = 0; n < COUNT; n += 2) {
        for (const days of [2, 9, 33]) {
          addPastMeeting(world, {
            hostId: people[n]!.id,
            startAt: world.now() - days * DAY,
            participants: days === 9 ? [] : [{ userId: people[n + 1]!.id }],
          });
        }
      }
      addPastWebinar(world, { hostId: people[0]!.id, startAt: world.now() - 5 * DAY });
    },
  });
  integration = await connectedIntegration(house);
}, 60_000);
afterAll(() => house?.close());
afterEach(() => house.sandbox.faults.clear());

/** Of each label, what the runs planned and what they spent, and what Zoom saw. */
function planAgainstSpent(runs: Awaited<ReturnType<typeof sync>>) {
  const sum = { LIGHT: [0, 0], MEDIUM: [0, 0], HEAVY: [0, 0] };
  for (const run of Object.values(runs)) {
    for (const { label, calls: count } of run.planned ?? []) if (label in sum) sum[label as 'LIGHT'][0]! += count;
    sum.LIGHT[1]! += run.callsLight;
    sum.MEDIUM[1]! += run.callsMedium;
    sum.HEAVY[1]! += run.callsHeavy;
  }
  return sum;
}

function expectWithinPlan(runs: Awaited<ReturnType<typeof sync>>) {
  for (const [label, [planned, spent]] of Object.entries(planAgainstSpent(runs))) {
    const seen = house.sandbox.calls.filter((call) => call.label === label).length;
    expect([label, spent]).toEqual([label, seen]);
    expect(spent, label).toBeLessThanOrEqual(planned!);
  }
  for (const run of Object.values(runs)) {
    const byEndpoint = Object.values(run.spent).reduce((sum, count) => sum + count, 0);
    expect(byEndpoint).toBe(run.callsLight + run.callsMedium + run.callsHeavy);
  }
}

describe('calls of a sync', () => {
  it('the first asks for everybody once, and spends no more than its runs planned', async () => {
    const runs = await sync();
    expectWithinPlan(runs);
    expect(new Set(asked('/users/{userId}')).size).toBeGreaterThanOrEqual(COUNT);
    expect(new Set(asked('/users/{userId}/settings')).size).toBeGreaterThanOrEqual(COUNT);
  }, 60_000);

  it('the second, right after, asks for nobody but those who hold webinars, which no report counts', async () => {
    await nobodyIsDueFor(DAY / 2);
    const runs = await sync();
    expectWithinPlan(runs);
    expect(ofUsers()).toEqual(Array.from({ length: 3 }, () => '/report/users/{userId}/meetings'));
    expect(asked('/report/users/{userId}/meetings').length).toBe(3);
    // Listings, reports and what is said of the account as a whole: as many whoever is on it.
    expect(house.sandbox.calls.length).toBeLessThan(25);
  });

  it('an hour later, what changed costs a few calls', async () => {
    house.clock.advance(HOUR);
    const someone = people[5]!;
    someone.department = 'Moved';
    recordLogin(someone, house.clock.now().getTime());
    const host = people[6]!;
    addPastMeeting(house.sandbox.world, {
      hostId: host.id,
      startAt: house.clock.now().getTime() - HOUR / 2,
      participants: [{ userId: people[7]!.id }],
    });
    addScheduledMeeting(house.sandbox.world, {
      hostId: someone.id,
      startAt: house.clock.now().getTime() + DAY,
      createdAt: house.clock.now().getTime() - HOUR / 4,
    });
    const runs = await sync();
    expectWithinPlan(runs);
    expect(asked('/users/{userId}')).toEqual([someone.id]);
    expect(asked('/users/{userId}/settings')).toEqual([someone.id]);
    // Who hosted is asked twice: Zoom lists the meeting that was held alone, days ago, apart.
    const hosts = calls('/report/users/{userId}/meetings').map((call) => call.url.split('/')[4]!);
    expect(new Set(hosts)).toEqual(new Set([host, ...people.slice(0, 3)].map(({ id }) => id)));
    expect(hosts.length).toBeLessThanOrEqual(2 + 3);
    expect(calls('/past_meetings/{meetingId}/participants').length).toBe(1);
    // Who signed in, who hosted and who joined may have created something.
    expect(asked('/users/{userId}/meetings').sort()).toEqual([someone.id, host.id, people[7]!.id].sort());
    expect(await userNamed(house, 'p5')).toMatchObject({ department: 'Moved', lastMeetingCreatedAt: expect.any(Date) });
    expect((await userNamed(house, 'p6')).lastMeetingHostedAt!.getTime()).toBeGreaterThan(ago(0.1));

    await sync();
    expect(ofUsers().length).toBe(3);
  });

  it('writes of one more sync that nothing changed: nothing', async () => {
    const { sql } = house.database;
    const rows = () => sql`select id, xmin from users union all select account_id, xmin from host_reports order by id`;
    const before = await rows();
    expect(before.length).toBe(house.sandbox.world.regular.users.size + 1);
    await sync();
    expect(await rows()).toEqual(before);
  });

  it('everybody has a turn within a week', async () => {
    const seen = new Set<string>();
    for (let days = 0; days < 7; days += 1) {
      house.clock.advance(DAY);
      await syncNow(house, integration, ['APPLICATION_ROSTER']);
      for (const { url } of calls('/users/{userId}')) seen.add(decodeURIComponent(url.split('?')[0]!.split('/')[3]!));
      // Far fewer than all: about a seventh.
      expect(calls('/users/{userId}').length).toBeLessThan(COUNT / 2 + 1);
      house.sandbox.calls.length = 0;
    }
    expect(people.filter(({ id }) => !seen.has(id))).toEqual([]);
  }, 60_000);
});

describe('add-ons', () => {
  const syncRoster = async () => {
    house.sandbox.calls.length = 0;
    const runs = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(runs.APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
    return asked('/users/{userId}/settings');
  };
  const holds = async (name: string) => (await userNamed(house, name)).webinarEnabled;
  const log = (at: number, category: string, detail: string) => house.database.sql`
    insert into operation_logs (id, account_id, integration_id, at, operator, category, action, detail)
    select ${newId('run')}, id, integration_id, ${new Date(at)}, 'admin@example.com', ${category}, 'Update', ${detail} from accounts`;
  /** As a finished reading of the logs leaves it. */
  const logsAreKnown = () => house.database.sql`
    insert into report_coverage (account_id, integration_id, report, known_from, known_until)
    select id, integration_id, 'OPERATIONS', ${new Date(ago(60))}, ${house.clock.now()} from accounts
    on conflict (account_id, report) do update set known_until = excluded.known_until`;

  beforeAll(async () => {
    await syncRoster();
    await nobodyIsDueFor(DAY / 2);
    expect(await syncRoster()).toEqual([]);
  });

  it('somebody got one: Zoom counts more than we know, so everybody is asked', async () => {
    people[10]!.webinarCapacity = 500;
    const was = await syncRoster();
    expect(new Set(was).size).toBeGreaterThanOrEqual(COUNT);
    expect(await holds('p10')).toBe(true);
    expect(await syncRoster()).toEqual([]);
  });

  it('one that we can explain by who changed costs nobody else a call', async () => {
    Object.assign(people[11]!, { webinarCapacity: 500, department: 'Events' });
    expect(await syncRoster()).toEqual([people[11]!.id]);
    expect(await holds('p11')).toBe(true);
    // Neither does a holder who leaves.
    const { regular } = house.sandbox.world;
    regular.users.delete(people[11]!.id);
    regular.usersByEmail.delete(people[11]!.email.toLowerCase());
    expect(await syncRoster()).toEqual([]);
    expect((await userNamed(house, 'p11')).removedAt).not.toBeNull();
  });

  it('one handed from one user to another is found by the operation log that names them', async () => {
    people[10]!.webinarCapacity = 0;
    people[12]!.webinarCapacity = 500;
    const now = house.clock.now().getTime();
    await log(now, 'user', `Update User p10@example.com: Webinar removed.`);
    await log(now, 'user_settings', `Add-on of <P12@Example.com>, changed: Webinar 500`);
    await log(now, 'account', `Somebody looked at p13@example.com`);
    await logsAreKnown();
    expect((await syncRoster()).sort()).toEqual([people[10]!.id, people[12]!.id].sort());
    expect([await holds('p10'), await holds('p12')]).toEqual([false, true]);
    house.clock.advance(10 * 60_000);
    await logsAreKnown();
    expect((await syncRoster()).length).toBeLessThanOrEqual(2);
    expect(await syncRoster()).toEqual([]);
  });

  it('one handed over at Zoom is found by the very next sync: logs are read before add-ons are', async () => {
    // What was noted above is as good as read.
    await house.database.sql`delete from operation_logs`;
    await syncRoster();
    await syncRoster();
    house.clock.advance(10 * 60_000);
    const zoom = house.deps.zoom.forIntegration(integration.id);
    await updateUserSettings(zoom, people[12]!.id, { feature: { webinar: false } });
    await updateUserSettings(zoom, people[13]!.id, { feature: { webinar: true, webinar_capacity: 500 } });
    expect((await syncRoster()).sort()).toEqual([people[12]!.id, people[13]!.id].sort());
    expect([await holds('p12'), await holds('p13')]).toEqual([false, true]);
    // Told as a part of activity, and not asked for twice.
    const [part] = await house.database.sql`select status from task_parts where part = 'OPERATION_LOGS'`;
    expect(part).toEqual({ status: 'READ' });
    await sync();
    expect(calls('/report/operationlogs').length).toBe(1);
    // And handed back, for what comes below.
    await updateUserSettings(zoom, people[13]!.id, { feature: { webinar: false } });
    await updateUserSettings(zoom, people[12]!.id, { feature: { webinar: true, webinar_capacity: 500 } });
    await syncRoster();
    expect([await holds('p12'), await holds('p13')]).toEqual([true, false]);
  }, 60_000);

  it('logs are asked for once more with activity where they could not be read before', async () => {
    house.sandbox.faults.add({
      match: { path: '/report/operationlogs' },
      times: 1,
      action: { status: 200, body: { from: 'Zoom', without: 'its rows' } },
    });
    await sync();
    expect(calls('/report/operationlogs').length).toBe(2);
    const [part] = await house.database.sql`select status, message from task_parts where part = 'OPERATION_LOGS'`;
    expect(part).toEqual({ status: 'READ', message: null });
  }, 60_000);

  it('without logs it is found after a day at the latest', async () => {
    await house.database.sql`delete from report_coverage`;
    const granted = integration.grantedScopes!;
    await house.database.sql`
      update integrations set granted_scopes = ${granted.filter((scope) => !scope.startsWith('report:'))}`;
    await syncRoster();
    people[12]!.webinarCapacity = 0;
    people[14]!.webinarCapacity = 500;
    for (let hours = 0; hours < 24; hours += 6) {
      house.clock.advance(6 * HOUR);
      await syncRoster();
    }
    expect([await holds('p12'), await holds('p14')]).toEqual([false, true]);
    expect(calls('/report/operationlogs')).toEqual([]);
    await house.database.sql`update integrations set granted_scopes = ${granted}`;
  }, 60_000);

  it('a log that names nobody (many were changed at once) is taken as no log at all', async () => {
    await logsAreKnown();
    await log(house.clock.now().getTime(), 'user', 'webinar: 64 for 2 users');
    await syncRoster();
    people[14]!.webinarCapacity = 0;
    people[15]!.webinarCapacity = 500;
    for (let hours = 0; hours < 24; hours += 8) {
      house.clock.advance(8 * HOUR);
      await logsAreKnown();
      await syncRoster();
    }
    expect([await holds('p14'), await holds('p15')]).toEqual([false, true]);
  }, 60_000);

  it('where Zoom gives no plan usage, everybody is asked every time', async () => {
    house.sandbox.faults.add({
      match: { path: '/accounts/{accountId}/plans/usage' },
      times: Infinity,
      action: { status: 400, body: { code: 2100, message: 'Only available for accounts that pay themselves.' } },
    });
    expect(new Set(await syncRoster()).size).toBeGreaterThanOrEqual(COUNT - 1);
    expect(new Set(await syncRoster()).size).toBeGreaterThanOrEqual(COUNT - 1);
    house.sandbox.faults.clear();
    // And once more when there is one again: nothing was noted to compare it with.
    expect(new Set(await syncRoster()).size).toBeGreaterThanOrEqual(COUNT - 1);
  });
});

describe('what Zoom did not answer', () => {
  it('is asked again next time, of nobody else', async () => {
    await nobodyIsDueFor(DAY / 2);
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    const [a, b] = [people[20]!, people[21]!];
    for (const person of [a, b]) person.department = 'Shuffled';
    for (const tail of ['', '/settings']) {
      house.sandbox.faults.add({
        match: { path: `/users/${a.id}${tail}` },
        times: Infinity,
        action: { status: 403, body: { code: 200, message: 'Not today.' } },
      });
    }
    const failed = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(failed.APPLICATION_ROSTER.status).toBe('INCOMPLETE');
    expect(failed.APPLICATION_ROSTER.error).toContain('of 1 users could not be read');
    house.sandbox.faults.clear();
    house.sandbox.calls.length = 0;
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect([asked('/users/{userId}'), asked('/users/{userId}/settings')]).toEqual([[a.id], [a.id]]);
    house.sandbox.calls.length = 0;
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect([asked('/users/{userId}'), asked('/users/{userId}/settings')]).toEqual([[], []]);
  });
});
