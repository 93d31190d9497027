import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addLiveMeeting, type SandboxUser } from '#sandbox/index.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { resumeCandidates } from '#src/actions/resume-candidates.ts';
import { restore } from '#src/actions/restore-license.ts';
import { stopReclamation } from '#src/actions/stop-reclamation.ts';
import type { Caller } from '#src/caller.ts';
import { itemsOf, markRestored, reclamationToRun } from '#src/datasources/store/reclaim.ts';
import type { IntegrationRow, ReclamationItemRow, ReclamationRow } from '#src/db/tables/rows.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { candidateStatus, makePaid, neverAborted, syncNow, userNamed } from '../support/worlds.ts';

const caller: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };
const PEOPLE = 36;
const BEFORE = {
  status: 'active',
  typeCode: 2,
  zoomOneType: null,
  planUnitedType: null,
  groupIds: [],
  features: null,
  readAt: '2026-01-01T00:00:00Z',
};

let house: House;
let integration: IntegrationRow;
let taken = 0;
const people = new Map<string, SandboxUser>();

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      for (let n = 0; n < PEOPLE; n += 1) people.set(`idle${n}`, makePaid(world, `idle${n}`, 200));
      // Enough active people that the guard has something to be a share of: 5 % of them are 10 and more.
      for (let n = 0; n < 200; n += 1) makePaid(world, `busy${n}`, 1);
      world.regular.plans.base.hosts = 1000;
    },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
}, 120_000);
afterAll(() => house?.close());
beforeEach(async () => {
  house.woken.reclamations.length = 0;
  // What was done counts as done two days ago.
  await house.database.sql`update reclamation_items set sent_at = sent_at - interval '2 days'`;
});
afterEach(() => house.sandbox.faults.clear());

/** Names of people whom no test has used yet. */
function fresh(count: number): string[] {
  taken += count;
  expect(taken).toBeLessThanOrEqual(PEOPLE);
  return Array.from({ length: count }, (_, n) => `idle${taken - count + n}`);
}
async function take(names: string[], more: object = {}): Promise<ReclamationRow> {
  const candidateIds: string[] = [];
  for (const name of names) {
    const { id } = await userNamed(house, name);
    const [row] = await house.database.sql<{ id: string }[]>`
      select id from reclamation_candidates where user_id = ${id} and closed_at is null`;
    candidateIds.push(row!.id);
  }
  const outcome = await reclaim(house.deps, caller, { candidateIds, ...more });
  expect(outcome).toMatchObject({ ok: true });
  return outcome.reclamation!;
}
const work = (reclamation: ReclamationRow, signal = neverAborted()) =>
  runReclamation(house.deps, reclamation.id, signal);
const standing = async (reclamation: ReclamationRow) => ({
  status: (await reclamationToRun(house.database.sql, reclamation.id))!.status,
  items: (await itemsOf(house.database.sql, reclamation.id)).map((item) => item.status),
});
const firstItem = async (reclamation: ReclamationRow): Promise<ReclamationItemRow> =>
  (await itemsOf(house.database.sql, reclamation.id))[0]!;
const writesTo = (name: string) =>
  house.sandbox.calls.filter((call) => call.method !== 'GET' && call.url.includes(`/users/${people.get(name)!.id}`));
/** As a worker leaves an item that was killed after it had been written down. */
const leaveSent = (id: string, status: 'SENT' | 'UNKNOWN' = 'SENT') => house.database.sql`
  update reclamation_items set status = ${status}, step = 'downgrade', sent_at = now() - interval '1 minute',
    before = ${JSON.stringify(BEFORE)}::text::jsonb where id = ${id}`;

describe('a worker that dies', () => {
  it.each([
    ['SENT', true, 0],
    ['SENT', false, 1],
    ['UNKNOWN', true, 0],
    ['UNKNOWN', false, 1],
  ] as const)(
    'leaves an item %s, applied: %s; the next one looks, and sends %d times',
    async (status, applied, writes) => {
      const [name] = fresh(1);
      const planned = await take([name!]);
      await leaveSent((await firstItem(planned)).id, status);
      if (applied) people.get(name!)!.type = 1;
      await work(planned);
      expect(await standing(planned)).toEqual({ status: 'SUCCEEDED', items: ['CONFIRMED'] });
      expect(writesTo(name!).length).toBe(writes);
      expect(people.get(name!)!.type).toBe(1);
      expect(await candidateStatus(house, name!)).toBe('CLOSED_COMPLETE');
    },
  );

  it('before anything was written down leaves everything to be done once', async () => {
    const [name] = fresh(1);
    const planned = await take([name!]);
    await house.database.sql`update reclamations set status = 'RUNNING' where id = ${planned.id}`;
    await work(planned);
    await work(planned);
    expect(await standing(planned)).toEqual({ status: 'SUCCEEDED', items: ['CONFIRMED'] });
    expect(writesTo(name!).length).toBe(1);
  });

  it('told to stop in the middle of a call leaves a doubtful item, which the next one settles without a second write', async () => {
    const [name] = fresh(1);
    const planned = await take([name!]);
    const stop = new AbortController();
    house.sandbox.faults.add({
      match: { method: 'PATCH' },
      action: {
        mutateBody: (body: unknown) => {
          stop.abort();
          return body;
        },
      },
    });
    await work(planned, stop.signal).catch(() => undefined);
    expect(['SENT', 'UNKNOWN', 'CONFIRMED']).toContain((await firstItem(planned)).status);
    await work(planned);
    expect(await standing(planned)).toEqual({ status: 'SUCCEEDED', items: ['CONFIRMED'] });
    expect(writesTo(name!).length).toBe(1);
  });

  it('leaves a doubtful item; whoever began to host meanwhile is left alone', async () => {
    const [name] = fresh(1);
    const planned = await take([name!]);
    await leaveSent((await firstItem(planned)).id);
    addLiveMeeting(house.sandbox.world, { hostId: people.get(name!)!.id });
    await work(planned);
    expect(await standing(planned)).toMatchObject({ items: ['SKIPPED'] });
    expect(writesTo(name!)).toEqual([]);
  });
});

describe('stopping', () => {
  it('ends before the next item; those not reached are free again', async () => {
    const names = fresh(4);
    const planned = await take(names);
    const asked: Promise<unknown>[] = [];
    house.sandbox.faults.add({
      match: { method: 'PATCH' },
      after: 1,
      action: {
        mutateBody: (body: unknown) => {
          asked.push(stopReclamation(house.deps, caller, { reclamationId: planned.id }));
          return body;
        },
      },
    });
    await work(planned);
    await Promise.all(asked);
    const { status, items } = await standing(planned);
    expect(status).toBe('STOPPED');
    expect(items.slice(0, 2)).toEqual(['CONFIRMED', 'CONFIRMED']);
    expect(items.at(-1)).toBe('SKIPPED');
    for (const name of names) {
      const wasReached = writesTo(name).length === 1;
      expect(await candidateStatus(house, name)).toBe(wasReached ? 'CLOSED_COMPLETE' : 'READY');
      expect(people.get(name)!.type).toBe(wasReached ? 1 : 2);
    }
    expect(await stopReclamation(house.deps, caller, { reclamationId: planned.id })).toMatchObject({ ok: false });
  });

  it('looks after what was on its way, and sends nothing more', async () => {
    const [applied, notApplied] = fresh(2);
    const planned = await take([applied!, notApplied!]);
    for (const item of await itemsOf(house.database.sql, planned.id)) await leaveSent(item.id);
    people.get(applied!)!.type = 1;
    await stopReclamation(house.deps, caller, { reclamationId: planned.id });
    await work(planned);
    expect((await standing(planned)).status).toBe('STOPPED');
    expect(await candidateStatus(house, applied!)).toBe('CLOSED_COMPLETE');
    expect(await candidateStatus(house, notApplied!)).toBe('READY');
    expect([...writesTo(applied!), ...writesTo(notApplied!)]).toEqual([]);
  });

  it.each([
    ['reclamation is switched off', `enabled_tasks = array_remove(enabled_tasks, 'RECLAMATION')`],
    ['the integration is disconnected', `status = 'DISCONNECTED'`],
  ])('comes by itself when %s', async (_, change) => {
    const names = fresh(1);
    const planned = await take(names);
    const { enabledTasks } = integration;
    await house.database.sql.unsafe(`update integrations set ${change}`);
    await work(planned);
    await house.database.sql`update integrations set status = 'CONNECTED', enabled_tasks = ${enabledTasks}::text[]`;
    expect(await standing(planned)).toEqual({ status: 'STOPPED', items: ['SKIPPED'] });
    expect(await candidateStatus(house, names[0]!)).toBe('READY');
    expect(writesTo(names[0]!)).toEqual([]);
  });

  it('of a giving-back that was on its way sends nothing more either', async () => {
    const [name] = fresh(1);
    const planned = await take([name!], { action: 'DEACTIVATE' });
    await work(planned);
    const outcome = await restore(house.deps, caller, { reclamationId: planned.id });
    expect(outcome).toMatchObject({ ok: true });
    const giving = outcome.reclamation!;
    await house.database.sql`
      update reclamation_items set status = 'SENT', step = 'activate', sent_at = now() - interval '1 minute'
      where reclamation_id = ${giving.id}`;
    const writesBefore = writesTo(name!).length;
    await stopReclamation(house.deps, caller, { reclamationId: giving.id });
    await work(giving);
    expect(await standing(giving)).toEqual({ status: 'STOPPED', items: ['SKIPPED'] });
    expect(writesTo(name!).length).toBe(writesBefore);
    // It can be asked for again, and is whole then.
    const again = (await restore(house.deps, caller, { reclamationId: planned.id })).reclamation!;
    await work(again);
    expect(await standing(again)).toEqual({ status: 'SUCCEEDED', items: ['RESTORED'] });
    expect(people.get(name!)).toMatchObject({ status: 'active', type: 2 });
  });
});

describe('what is being given back', () => {
  it('is not given back a second time at once', async () => {
    const names = fresh(2);
    const planned = await take(names);
    await work(planned);
    const [one, two] = await itemsOf(house.database.sql, planned.id);
    const ask = (itemIds?: string[]) =>
      restore(house.deps, caller, { reclamationId: planned.id, ...(itemIds && { itemIds }) });
    const first = await ask([one!.id]);
    expect(first).toMatchObject({ ok: true });
    expect(await ask([one!.id, two!.id])).toMatchObject({
      ok: false,
      refusals: [{ code: 'IN_PROGRESS', message: expect.stringContaining(one!.id), field: ['input', 'itemIds'] }],
    });
    // Of the whole reclamation the other one is.
    const rest = (await ask()).reclamation!;
    expect((await itemsOf(house.database.sql, rest.id)).map(({ restoresItemId }) => restoresItemId)).toEqual([two!.id]);
    expect(await ask()).toMatchObject({ ok: false, refusals: [{ code: 'IN_PROGRESS' }] });
    await work(first.reclamation!);
    await work(rest);
    expect(await standing(planned)).toMatchObject({ items: ['RESTORED', 'RESTORED'] });
    expect(await ask()).toMatchObject({ ok: false, refusals: [{ code: 'NOTHING_TO_DO' }] });
  });

  it('is noted only of what was taken', async () => {
    const [name] = fresh(1);
    const planned = await take([name!]);
    const { id: itemId, candidateId } = await firstItem(planned);
    await house.database.sql`update reclamation_items set status = 'SKIPPED' where id = ${itemId}`;
    const note = () => house.database.sql.begin((tx) => markRestored(tx, { itemId, candidateId }, house.clock.now()));
    await expect(note()).rejects.toThrow('may not become RESTORED');
  });
});

describe('when Zoom says no', () => {
  it('needs somebody who looks: no later look for candidates makes it ready by itself', async () => {
    const [name] = fresh(1);
    const planned = await take([name!]);
    house.sandbox.faults.add({
      match: { method: 'PATCH' },
      action: { status: 400, body: { code: 300, message: 'No.' } },
    });
    await work(planned);
    const candidate = async () => {
      const { id } = await userNamed(house, name!);
      const [row] = await house.database.sql<{ id: string; status: string; codes: string[] }[]>`
        select id, status, array(select b ->> 'code' from jsonb_array_elements(blockers) b) as codes
        from reclamation_candidates where user_id = ${id} and closed_at is null`;
      return row!;
    };
    const failed = { status: 'ATTENTION_REQUIRED', codes: ['TAKING_FAILED'] };
    expect(await candidate()).toMatchObject(failed);
    await syncNow(house, integration, ['RECLAMATION']);
    expect(await candidate()).toMatchObject(failed);
    // What the look finds comes to it, and goes again.
    await house.database
      .sql`update users set next_event_at = ${new Date(house.clock.now().getTime() + 86_400_000)} where email = ${`${name}@example.com`}`;
    await syncNow(house, integration, ['RECLAMATION']);
    expect((await candidate()).codes).toEqual(['TAKING_FAILED', 'UPCOMING_MEETING']);
    await house.database.sql`update users set next_event_at = null where email = ${`${name}@example.com`}`;
    await syncNow(house, integration, ['RECLAMATION']);
    expect(await candidate()).toMatchObject(failed);
    const resumed = await resumeCandidates(house.deps, caller, { candidateIds: [(await candidate()).id] });
    expect(resumed).toMatchObject({ ok: true });
    await syncNow(house, integration, ['RECLAMATION']);
    expect(await candidate()).toMatchObject({ status: 'READY', codes: [] });
  });

  it('gives up after five refusals in a row, and leaves the rest alone', async () => {
    const names = fresh(7);
    const planned = await take(names);
    house.sandbox.faults.add({
      match: { method: 'PATCH' },
      times: Infinity,
      action: { status: 400, body: { code: 300, message: 'No.' } },
    });
    await work(planned);
    expect(await standing(planned)).toEqual({
      status: 'STOPPED',
      items: ['FAILED', 'FAILED', 'FAILED', 'FAILED', 'FAILED', 'SKIPPED', 'SKIPPED'],
    });
    expect(names.flatMap(writesTo).length).toBe(5);
    for (const name of names) {
      const wasTried = writesTo(name).length === 1;
      expect(await candidateStatus(house, name)).toBe(wasTried ? 'ATTENTION_REQUIRED' : 'READY');
    }
  });

  it('goes on past a single refusal', async () => {
    const names = fresh(2);
    const planned = await take(names);
    house.sandbox.faults.add({
      match: { method: 'PATCH' },
      action: { status: 400, body: { code: 300, message: 'No.' } },
    });
    await work(planned);
    expect(await standing(planned)).toEqual({ status: 'PARTIALLY_FAILED', items: ['FAILED', 'CONFIRMED'] });
  });

  it('waits as long as Zoom asks when it is asked too often, then goes on where it was', async () => {
    const names = fresh(2);
    const planned = await take(names);
    house.woken.reclamations.length = 0;
    house.sandbox.faults.add({
      match: { method: 'PATCH' },
      after: 1,
      action: {
        status: 429,
        body: { code: 429, message: 'You have reached the maximum per-second rate limit for this API.' },
        headers: { 'retry-after': '120', 'x-ratelimit-type': 'QPS' },
      },
    });
    await work(planned);
    expect(await standing(planned)).toEqual({ status: 'RUNNING', items: ['CONFIRMED', 'PLANNED'] });
    expect(house.woken.reclamations).toEqual([planned.id]);
    expect(names.map((name) => people.get(name)!.type).sort()).toEqual([1, 2]);
    // The two minutes are over.
    await house.database.sql`update rate_limits set blocked_until = now()`;
    await work(planned);
    expect(await standing(planned)).toEqual({ status: 'SUCCEEDED', items: ['CONFIRMED', 'CONFIRMED'] });
    expect(names.map((name) => writesTo(name).length).sort()).toEqual([1, 2]);
    expect(names.map((name) => people.get(name)!.type)).toEqual([1, 1]);
  });

  it('leaves who was deleted in Zoom alone', async () => {
    const [name] = fresh(1);
    const planned = await take([name!]);
    const { regular } = house.sandbox.world;
    regular.users.delete(people.get(name!)!.id);
    await work(planned);
    expect(await standing(planned)).toEqual({ status: 'SUCCEEDED', items: ['SKIPPED'] });
    expect(await candidateStatus(house, name!)).toBe('CLOSED_SKIPPED');
  });

  it('acts on one user in one request at a time', async () => {
    const [name] = fresh(1);
    const planned = await take([name!]);
    const item = await firstItem(planned);
    // Another request has a write on its way for the same user.
    await house.database
      .sql`insert into reclamations (id, integration_id, kind, dry_run, requested_by, requested_at, input_hash)
      values ('rec_other', ${integration.id}, 'RECLAIM', false, 'test', now(), '')`;
    await house.database
      .sql`insert into reclamation_items (id, reclamation_id, integration_id, position, candidate_id, user_id, action, status, at)
      values ('itm_other', 'rec_other', ${integration.id}, 0, ${item.candidateId}, ${item.userId}, 'DOWNGRADE', 'SENT', now())`;
    await work(planned);
    expect(await firstItem(planned)).toMatchObject({ status: 'SKIPPED', error: { code: 'IN_PROGRESS' } });
    expect(writesTo(name!)).toEqual([]);
    await house.database.sql`delete from reclamation_items where id = 'itm_other'`;
  });
});
