import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addPastMeeting, type Fault } from '#sandbox/index.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { tick } from '#src/jobs/index.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { REPEAT } from '#src/policy/repeats.ts';
import type { House } from '../support/house.ts';
import { makePaid, neverAborted, openCandidates, rosterNames, syncedHouse, syncNow } from '../support/worlds.ts';

/** Zoom away, silent or telling lies for as long as it likes: nothing is concluded, little is asked, and it goes on after. */

const MINUTE = 60_000;
const USERS = 340;
let house: House;
let integration: IntegrationRow;
let everybody: string[];

beforeAll(async () => {
  ({ house, integration, everybody } = await syncedHouse(
    (world) => {
      const host = makePaid(world, 'host', 1);
      makePaid(world, 'idle', 200);
      for (let n = 0; n < USERS; n += 1) makePaid(world, `user${n}`, null, { type: 1, status: 'pending' });
      addPastMeeting(world, { hostId: host.id, startAt: world.now() - 5 * 86_400_000, participants: [] });
    },
    { includeFreeUsers: true },
  ));
  expect(everybody.length).toBeGreaterThan(USERS);
  expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
}, 60_000);
afterAll(() => house?.close());
beforeEach(async () => {
  await house.database.sql`delete from job_runs`;
  house.sandbox.calls.length = 0;
});
afterEach(async () => {
  house.sandbox.faults.clear();
  await house.database.sql`delete from rate_limits`;
});

const spoil = (action: Fault['action'], match: Fault['match'] = {}, after = 0) =>
  house.sandbox.faults.add({ match, after, times: Infinity, action });
const runs = () => house.database.sql<{ task: string; status: string; error: string | null; requestedBy: string }[]>`
  select task, status, error, requested_by as "requestedBy" from job_runs order by created_at desc, id`;
const rosterRuns = async () => (await runs()).filter((run) => run.task === 'APPLICATION_ROSTER');

async function expectNothingConcluded() {
  expect(await rosterNames(house)).toEqual(everybody);
  expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
}

describe('Zoom', () => {
  it.each<[string, Fault['action'], Fault['match'], number]>([
    ['is down', { status: 503, body: 'down' }, {}, 0],
    ['hangs up', { reset: 'before' }, {}, 0],
    ['sends a page for people', { status: 200, body: '<html>maintenance</html>' }, {}, 0],
    ['sends JSON of something else', { status: 200, body: { ok: true } }, { path: '/users' }, 0],
    ['leaves fields out', { status: 200, body: { users: [{ nobody: 1 }] } }, { path: '/users' }, 0],
    [
      'sends an empty page in the middle',
      { status: 200, body: { users: [], next_page_token: '' } },
      { path: '/users', query: { status: 'pending' } },
      1,
    ],
  ])('%s: the run says so, nobody is gone or found, and few calls are made', async (_, action, match, after) => {
    spoil(action, match, after);
    const ended = await syncNow(house, integration);
    expect(['FAILED', 'INCOMPLETE']).toContain(ended.APPLICATION_ROSTER.status);
    expect(ended.APPLICATION_ROSTER.error).toMatch(/\w+ .*\./);
    expect(ended.RECLAMATION.status).not.toBe('SUCCEEDED');
    await expectNothingConcluded();
    expect(house.sandbox.calls.length).toBeLessThan(250);
    house.sandbox.faults.clear();
    const healed = await syncNow(house, integration);
    expect(healed.APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(healed.RECLAMATION.status).toBe('SUCCEEDED');
    await expectNothingConcluded();
  });

  it('is asked again after 15 minutes, then after twice as long, five times, and then not before the next day', async () => {
    // The night's sync would come between, whenever this is run.
    await house.database.sql`update integrations set authorized_at = now() + interval '2 days'`;
    spoil({ status: 503, body: 'down' }, { path: /^\/v2\// });
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect((await rosterRuns())[0]?.error).toMatch(/It is repeated by itself at \d{4}-/);
    for (const [round, minutes] of [15, 30, 60, 120, 240].entries()) {
      house.clock.advance((minutes - 2) * MINUTE);
      await tick(house.deps);
      expect(await rosterRuns(), 'too early').toHaveLength(round + 1);
      house.clock.advance(3 * MINUTE);
      await tick(house.deps);
      await tick(house.deps);
      expect(await rosterRuns(), `after ${minutes} minutes`).toHaveLength(round + 2);
      expect((await rosterRuns())[0]?.requestedBy).toBe(REPEAT);
      house.sandbox.calls.length = 0;
      await runSync(house.deps, integration.id, neverAborted());
      expect(house.sandbox.calls.length, 'four listings, five attempts each').toBeLessThan(30);
    }
    expect((await rosterRuns())[0]?.error).toContain('with the next sync of the timetable');
    house.clock.advance(8 * 60 * MINUTE);
    await tick(house.deps);
    expect(await rosterRuns(), 'not for ever').toHaveLength(6);
    await expectNothingConcluded();
  });

  it('is not asked again for what a newer run has read, nor for what is no passing failure', async () => {
    spoil({ status: 503, body: 'down' }, { path: '/users' });
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    house.sandbox.faults.clear();
    expect((await syncNow(house, integration, ['APPLICATION_ROSTER'])).APPLICATION_ROSTER.status).toBe('SUCCEEDED');
    spoil({ status: 400, body: { code: 200, message: 'No permission.' } }, { path: '/users' });
    house.clock.advance(20 * MINUTE);
    await tick(house.deps);
    expect(await rosterRuns()).toHaveLength(2);
    const refused = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(refused.APPLICATION_ROSTER.status).toBe('INCOMPLETE');
    expect(refused.APPLICATION_ROSTER.error).not.toContain('repeated');
    house.clock.advance(20 * MINUTE);
    await tick(house.deps);
    expect(await rosterRuns()).toHaveLength(3);
  });
});
