import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxUser } from '#sandbox/index.ts';
import { applyReclamation } from '#src/actions/apply-reclamation.ts';
import { confirmReclamation } from '#src/actions/confirm-reclamation.ts';
import { holdReclamations, releaseReclamations } from '#src/actions/hold-reclamations.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { restore } from '#src/actions/restore-license.ts';
import type { Caller } from '#src/caller.ts';
import { itemsOf, moveItem, openReclamations, reclamationToRun } from '#src/datasources/store/reclaim.ts';
import type { IntegrationRow, ReclamationRow } from '#src/db/tables/rows.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { candidateStatus, makePaid, neverAborted, syncNow, userNamed } from '../support/worlds.ts';

const who = (sub: string): Caller => ({ sub, scopes: new Set(['zoom:operate', 'zoom:admin']) });
const ada = who('ada');
const bob = who('bob');
const HOUR = 3_600_000;
const PEOPLE = 44;

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
      for (let n = 0; n < 100; n += 1) makePaid(world, `busy${n}`, 1);
      world.regular.plans.base.hosts = 1000;
    },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
}, 120_000);
afterAll(() => house?.close());
beforeEach(async () => {
  house.sandbox.calls.length = 0;
  await house.database.sql`update reclamation_items set sent_at = sent_at - interval '2 days'`;
});
afterEach(() => house.sandbox.faults.clear());

const writes = () => house.sandbox.calls.filter(({ method }) => method !== 'GET');
function fresh(count: number): string[] {
  taken += count;
  expect(taken, 'more people are needed').toBeLessThanOrEqual(PEOPLE);
  return Array.from({ length: count }, (_, n) => `idle${taken - count + n}`);
}
async function ids(names: readonly string[]): Promise<string[]> {
  const rows = await house.database.sql<{ id: string; name: string }[]>`
    select c.id, split_part(u.email, '@', 1) as name from reclamation_candidates c join users u on u.id = c.user_id
    where c.closed_at is null`;
  return names.map((name) => rows.find((row) => row.name === name)!.id);
}
async function plan(names: readonly string[], more: object = {}, caller = ada): Promise<ReclamationRow> {
  const outcome = await reclaim(house.deps, caller, { candidateIds: await ids(names), dryRun: true, ...more });
  expect(outcome, JSON.stringify(outcome)).toMatchObject({ ok: true });
  return outcome.reclamation!;
}
const apply = (row: ReclamationRow, caller = ada, planHash: string | null = row.planHash) =>
  applyReclamation(house.deps, caller, { reclamationId: row.id, planHash });
const work = (row: Pick<ReclamationRow, 'id'>) => runReclamation(house.deps, row.id, neverAborted());
const standing = async ({ id }: Pick<ReclamationRow, 'id'>) => ({
  status: (await reclamationToRun(house.database.sql, id))!.status,
  items: (await itemsOf(house.database.sql, id)).map(({ status, error }) => [status, error?.code ?? null]),
});
const refused = (code: string) => ({ ok: false, refusals: [{ code }] });

describe('a plan', () => {
  it('says who loses what and why, sends nothing by itself, and is carried out as it was shown', async () => {
    const [name] = fresh(1);
    const planned = await plan([name!]);
    const [item] = await itemsOf(house.database.sql, planned.id);
    expect(item!.plan).toMatchObject({
      reason: 'INACTIVE',
      rule: 'Inactive for 60 days',
      loses: ['Licensed'],
      facts: {
        status: 'ACTIVE',
        type: 'LICENSED',
        email: `${name}@example.com`,
        licenses: 'LICENSED',
        candidate: 'open',
      },
    });
    expect(item!.plan!.inactiveDays).toBeGreaterThanOrEqual(199);
    expect(planned.expiresAt!.getTime()).toBe(planned.requestedAt.getTime() + 24 * HOUR);
    await work(planned);
    expect(writes()).toEqual([]);
    expect(await candidateStatus(house, name!)).toBe('READY');

    expect(await apply(planned, ada, 'f'.repeat(64))).toMatchObject(refused('PLAN_STALE'));
    expect(await apply(planned)).toMatchObject({ ok: true, reclamation: { dryRun: false, appliedBy: 'ada' } });
    expect(house.woken.reclamations).toContain(planned.id);
    expect(await candidateStatus(house, name!)).toBe('AWAITING_REVOCATION');
    // Once more is the same; somebody else hears that it was done.
    expect(await apply(planned)).toMatchObject({ ok: true, reclamation: { id: planned.id } });
    expect(await apply(planned, bob)).toMatchObject(refused('NOTHING_TO_DO'));
    await work(planned);
    expect(await standing(planned)).toEqual({ status: 'SUCCEEDED', items: [['CONFIRMED', null]] });
    expect(writes()).toHaveLength(1);
  });

  it('is refused when it is too old', async () => {
    const planned = await plan(fresh(1));
    house.clock.advance(25 * HOUR);
    await syncNow(house, integration);
    expect(await apply(planned)).toMatchObject(refused('PLAN_EXPIRED'));
  }, 30_000);

  it.each<[string, (name: string) => Promise<unknown>, string]>([
    [
      'somebody signed in',
      (name) =>
        house.database.sql`update users set last_sign_in_at = now() - interval '150 days' where email = ${name}`,
      'lastSignAt',
    ],
    [
      'somebody has another type',
      (name) => house.database.sql`update users set type = 'BASIC' where email = ${name}`,
      'type',
    ],
    [
      'somebody was deactivated',
      (name) => house.database.sql`update users set status = 'INACTIVE' where email = ${name}`,
      'status',
    ],
    ['somebody left', (name) => house.database.sql`update users set removed_at = now() where email = ${name}`, 'gone'],
    [
      'somebody lost a license',
      (name) =>
        house.database
          .sql`delete from license_assignments where user_id in (select id from users where email = ${name})`,
      'licenses',
    ],
  ])('is refused as a whole when %s since', async (_, change, fact) => {
    const names = fresh(2);
    const planned = await plan(names);
    await change(`${names[0]}@example.com`);
    const outcome = await apply(planned);
    expect(outcome).toMatchObject(refused('PLAN_STALE'));
    expect(JSON.stringify(outcome)).toContain(fact);
    expect((await reclamationToRun(house.database.sql, planned.id))!.dryRun).toBe(true);
    expect(await candidateStatus(house, names[1]!)).toBe('READY');
    expect(writes()).toEqual([]);
  });

  it('of one who is excluded by now is refused', async () => {
    const [name] = fresh(1);
    const planned = await plan([name!]);
    const { id } = await userNamed(house, name!);
    await house.database.sql`
      insert into exclusions (id, user_id, reason, owner) values (${`exc_${id}`}, ${id}, 'On leave', 'hr')`;
    expect(await apply(planned)).toMatchObject(refused('PLAN_STALE'));
  });

  it('nobody makes of themselves', async () => {
    const [name] = fresh(1);
    for (const caller of [who(`${name}@EXAMPLE.com`), { ...who('x'), email: `${name}@example.com` }]) {
      const outcome = await reclaim(house.deps, caller, { candidateIds: await ids([name!]) });
      expect(outcome).toMatchObject(refused('BLOCKED'));
    }
  });
});

describe('a request that waits for a second caller', () => {
  it('is confirmed by none of those who planned and applied it, and not when it is another', async () => {
    const planned = await plan(fresh(1), { action: 'DELETE' }, ada);
    expect(await apply(planned, bob)).toMatchObject({
      ...refused('GUARD_EXCEEDED'),
      reclamation: { appliedBy: 'bob' },
    });
    for (const caller of [ada, bob]) {
      expect(await confirmReclamation(house.deps, caller, { reclamationId: planned.id })).toMatchObject(
        refused('SECOND_CALLER_REQUIRED'),
      );
    }
    const other = { reclamationId: planned.id, planHash: 'f'.repeat(64) };
    expect(await confirmReclamation(house.deps, who('eve'), other)).toMatchObject(refused('PLAN_STALE'));
    const same = { reclamationId: planned.id, planHash: planned.planHash };
    expect(await confirmReclamation(house.deps, who('eve'), same)).toMatchObject({ ok: true });
  });

  it('ends by itself when nobody does in time, and its candidates are free again', async () => {
    const [name] = fresh(1);
    const outcome = await reclaim(house.deps, ada, { candidateIds: await ids([name!]), action: 'DELETE' });
    const row = outcome.reclamation!;
    house.clock.advance(25 * HOUR);
    expect(await confirmReclamation(house.deps, bob, { reclamationId: row.id })).toMatchObject(refused('PLAN_EXPIRED'));
    expect(await openReclamations(house.database.sql, house.clock.now())).toContain(row.id);
    await work(row);
    expect(await standing(row)).toEqual({ status: 'STOPPED', items: [['SKIPPED', 'STOPPED']] });
    expect(await candidateStatus(house, name!)).toBe('READY');
    await syncNow(house, integration);
  }, 30_000);
});

describe('a hold', () => {
  const hold = (integrationId: string | null = null) =>
    holdReclamations(house.deps, ada, { integrationId, reason: 'Audit week' });
  const release = (integrationId: string | null = null) => releaseReclamations(house.deps, ada, { integrationId });

  it.each([['of everything'], ['of the integration']])(
    '%s refuses what is asked, and stops what runs',
    async (what) => {
      const scope = what === 'of everything' ? null : integration.id;
      const [running, asked] = fresh(2);
      const begun = await reclaim(house.deps, ada, { candidateIds: await ids([running!]) });
      expect(await hold(scope)).toMatchObject({ ok: true, hold: { reason: 'Audit week', placedBy: 'ada' } });
      expect(await hold(scope)).toMatchObject({ ok: true });
      await work(begun.reclamation!);
      expect(await standing(begun.reclamation!)).toEqual({ status: 'STOPPED', items: [['SKIPPED', 'STOPPED']] });
      expect(await candidateStatus(house, running!)).toBe('READY');
      expect(await reclaim(house.deps, ada, { candidateIds: await ids([asked!]) })).toMatchObject(refused('ON_HOLD'));
      expect(writes()).toEqual([]);
      expect(await release(scope)).toMatchObject({ ok: true, hold: null });
      expect(await release(scope)).toMatchObject(refused('NOTHING_TO_DO'));
      expect(await reclaim(house.deps, ada, { candidateIds: await ids([asked!]), dryRun: true })).toMatchObject({
        ok: true,
      });
    },
  );

  it('that is placed while Zoom answers keeps the write from being sent', async () => {
    const [name] = fresh(1);
    const begun = await reclaim(house.deps, ada, { candidateIds: await ids([name!]) });
    house.sandbox.faults.add({
      match: { path: '/users/{userId}/meetings' },
      times: Infinity,
      action: { delayMs: 300 },
    });
    const running = work(begun.reclamation!);
    await expect.poll(() => house.sandbox.calls.some(({ path }) => path === '/users/{userId}/settings')).toBe(true);
    await hold();
    await running;
    expect(await standing(begun.reclamation!)).toEqual({ status: 'STOPPED', items: [['SKIPPED', 'STOPPED']] });
    expect(writes()).toEqual([]);
    await release();
  });

  it('keeps from giving back as well, and is unknown for no integration', async () => {
    const [name] = fresh(1);
    const begun = await reclaim(house.deps, ada, { candidateIds: await ids([name!]) });
    await work(begun.reclamation!);
    await hold();
    expect(await restore(house.deps, ada, { reclamationId: begun.reclamation!.id })).toMatchObject(refused('ON_HOLD'));
    await release();
    expect(await hold('int_none')).toMatchObject(refused('NOT_FOUND'));
    expect(await holdReclamations(house.deps, ada, { reason: ' ' })).toMatchObject(refused('INVALID'));
  });
});

describe('an item', () => {
  it('goes nowhere from its end', async () => {
    const [name] = fresh(1);
    const begun = await reclaim(house.deps, ada, { candidateIds: await ids([name!]) });
    await work(begun.reclamation!);
    const [item] = await itemsOf(house.database.sql, begun.reclamation!.id);
    expect(item!.status).toBe('CONFIRMED');
    await expect(moveItem(house.database.sql, item!, 'SENT', {}, house.clock.now())).rejects.toThrow('moved meanwhile');
    expect((await itemsOf(house.database.sql, begun.reclamation!.id))[0]!.status).toBe('CONFIRMED');
  });
});
