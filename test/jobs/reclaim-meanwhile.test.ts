import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SandboxUser } from '#sandbox/index.ts';
import { confirmReclamation } from '#src/actions/confirm-reclamation.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { restore } from '#src/actions/restore-license.ts';
import type { Caller } from '#src/caller.ts';
import { itemsOf, markSent, moveItem } from '#src/datasources/store/reclaim.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { candidateStatus, makePaid, neverAborted, syncNow, userNamed } from '../support/worlds.ts';

const caller: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };
const people = new Map<string, SandboxUser>();
let house: House;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      world.regular.plans.base.hosts = 1000;
      for (const name of [
        'half',
        'left',
        'unmanaged',
        'renamed',
        'busy',
        'twice',
        'both',
        'other',
        'early',
        'keyed',
        'add-ons',
      ]) {
        people.set(name, makePaid(world, name, 200, name === 'half' ? { planUnitedType: '1' } : {}));
      }
      for (let n = 0; n < 400; n += 1) makePaid(world, `here${n}`, 1);
    },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
}, 120_000);
afterAll(() => house?.close());
beforeEach(() => void (house.sandbox.calls.length = 0));

const writes = () => house.sandbox.calls.filter((call) => call.method !== 'GET');
async function ask(name: string) {
  const { id: userId } = await userNamed(house, name);
  const rows = await house.database.sql<{ id: string }[]>`
    select id from reclamation_candidates where user_id = ${userId} and closed_at is null`;
  const outcome = await reclaim(house.deps, caller, { candidateIds: rows.map(({ id }) => id), action: 'DOWNGRADE' });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
  return outcome.reclamation.id;
}
async function work(id: string) {
  await runReclamation(house.deps, id, neverAborted());
  const [item] = await itemsOf(house.database.sql, id);
  return item!;
}

describe('what happens meanwhile', () => {
  it('a second write that Zoom refuses leaves what the first took to be given back', async () => {
    const id = await ask('half');
    house.sandbox.faults.add({
      match: { method: 'PATCH' },
      after: 1,
      times: 1,
      action: { status: 400, body: { code: 300, message: 'No' } },
    });
    expect(await work(id)).toMatchObject({ status: 'FAILED', error: { code: 'HALF_DONE' } });
    house.sandbox.faults.clear();
    const back = await restore(house.deps, caller, { reclamationId: id });
    expect(await work(back.reclamation!.id)).toMatchObject({ status: 'RESTORED' });
    expect(people.get('half')).toMatchObject({ type: 2, planUnitedType: '1' });
  });

  it('whom somebody else deactivated is not let in again by giving a license back', async () => {
    const id = await ask('left');
    expect(await work(id)).toMatchObject({ status: 'CONFIRMED' });
    people.get('left')!.status = 'inactive';
    house.sandbox.calls.length = 0;
    const back = await restore(house.deps, caller, { reclamationId: id });
    expect(await work(back.reclamation!.id)).toMatchObject({ status: 'SKIPPED', error: { code: 'CHANGED_IN_ZOOM' } });
    expect(writes()).toEqual([]);
  });

  it('a license that is no longer managed is not taken', async () => {
    const id = await ask('unmanaged');
    await house.database.sql`update licenses set managed = false`;
    const item = await work(id);
    await house.database.sql`update licenses set managed = true`;
    expect(item).toMatchObject({ status: 'SKIPPED', error: { code: 'NOT_MANAGED' } });
    expect(writes()).toEqual([]);
  });

  it('a user whose address became another, in the roster too, is not who was agreed to', async () => {
    const id = await ask('renamed');
    const { id: userId } = await userNamed(house, 'renamed');
    people.get('renamed')!.email = 'somebody-new@example.com';
    await house.database.sql`update users set email = 'somebody-new@example.com' where id = ${userId}`;
    expect(await work(id)).toMatchObject({ status: 'SKIPPED', error: { code: 'CHANGED_IN_ZOOM' } });
    expect(writes()).toEqual([]);
  });

  it('who is being acted on by another request is not left waiting for ever', async () => {
    const id = await ask('busy');
    const [{ userId } = { userId: '' }] = await itemsOf(house.database.sql, id);
    const other = await ask('twice');
    await house.database.sql`
      update reclamation_items set user_id = ${userId}, status = 'SENT' where reclamation_id = ${other}`;
    expect(await work(id)).toMatchObject({ status: 'SKIPPED', error: { code: 'IN_PROGRESS' } });
    expect(await candidateStatus(house, 'busy')).toBe('READY');
    expect(writes()).toEqual([]);
  });

  it('a worker that comes late does not end what another one has sent', async () => {
    const id = await ask('busy');
    const [item] = await itemsOf(house.database.sql, id);
    await house.database.sql`update reclamation_items set status = 'SKIPPED' where status = 'SENT'`;
    const now = house.clock.now();
    const before = { readAt: now.toISOString(), status: 'active', typeCode: 2 } as never;
    const sent = {
      id: item!.id,
      userId: item!.userId,
      from: 'PLANNED' as const,
      step: 'downgrade',
      before,
      isBegun: false,
    };
    expect(await house.database.sql.begin((tx) => markSent(tx, sent, now))).toBe(true);
    await expect(moveItem(house.database.sql, item!, 'SKIPPED', {}, now)).rejects.toThrow('moved meanwhile');
  });

  it('two requests at one user do not both write', async () => {
    const ids = [await ask('both'), await ask('other')];
    const [first] = await itemsOf(house.database.sql, ids[0]!);
    const { userId } = first!;
    await house.database.sql`update reclamation_items set user_id = ${userId} where reclamation_id = ${ids[1]!}`;
    const now = house.clock.now();
    const before = { readAt: now.toISOString(), status: 'active', typeCode: 2 } as never;
    const items = (await Promise.all(ids.map((id) => itemsOf(house.database.sql, id)))).flat();
    const mayWrite = await Promise.all(
      items.map(({ id }) =>
        house.database.sql.begin((tx) =>
          markSent(tx, { id, userId, from: 'PLANNED', step: 'downgrade', before, isBegun: false }, now),
        ),
      ),
    );
    expect(mayWrite.filter(Boolean)).toHaveLength(1);
  });

  it('a clock that is set back lets nothing go that nobody has confirmed', async () => {
    const { id: userId } = await userNamed(house, 'early');
    const [row] = await house.database.sql<{ id: string }[]>`
      select id from reclamation_candidates where user_id = ${userId} and closed_at is null`;
    const asked = await reclaim(house.deps, caller, { candidateIds: [row!.id], action: 'DELETE' });
    const { id } = asked.reclamation!;
    // Late enough to look as if the time to confirm were over, and back to now right after.
    let looks = 0;
    const now = () => new Date(house.clock.now().getTime() + (looks++ === 0 ? 25 * 3_600_000 : 0));
    await runReclamation({ ...house.deps, now }, id, neverAborted());
    expect(writes()).toEqual([]);
    expect((await itemsOf(house.database.sql, id)).map(({ status }) => status)).toEqual(['SKIPPED']);
    expect(house.sandbox.world.regular.usersByEmail.has('early@example.com')).toBe(true);
  });

  it('a request that was confirmed says so when it is sent again', async () => {
    const { id: userId } = await userNamed(house, 'keyed');
    const [row] = await house.database.sql<{ id: string }[]>`
      select id from reclamation_candidates where user_id = ${userId} and closed_at is null`;
    const input = { candidateIds: [row!.id], action: 'DELETE' as const, idempotencyKey: 'once' };
    const asked = await reclaim(house.deps, caller, input);
    expect(asked).toMatchObject({ ok: false, refusals: [{ code: 'GUARD_EXCEEDED' }] });
    const { id: reclamationId } = asked.reclamation!;
    const second: Caller = { ...caller, sub: 'second' };
    expect(await confirmReclamation(house.deps, second, { reclamationId })).toMatchObject({ ok: true });
    expect(await reclaim(house.deps, caller, input)).toMatchObject({ ok: true, reclamation: { id: reclamationId } });
  });

  it('add-ons of somebody who was inactive then, and is active now, are given back too', async () => {
    const id = await ask('add-ons');
    expect(await work(id)).toMatchObject({ status: 'CONFIRMED' });
    await house.database.sql`
      update reclamation_items set before = before || '{"status":"inactive"}' || jsonb_build_object('features',
        before -> 'features' || '{"webinar":true,"webinar_capacity":500}') where reclamation_id = ${id}`;
    const back = await restore(house.deps, caller, { reclamationId: id });
    expect(await work(back.reclamation!.id)).toMatchObject({ status: 'RESTORED' });
    expect(people.get('add-ons')).toMatchObject({ type: 2, webinarCapacity: 500 });
  });
});
