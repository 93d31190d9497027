import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { makePaid, syncNow, userNamed } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      makePaid(world, 'plain', 1);
      makePaid(world, 'presenter', 1, { webinarCapacity: 500, largeMeetingCapacity: 1000 });
      makePaid(world, 'invited', null, { status: 'pending' });
      makePaid(world, 'off', 1, { status: 'inactive', webinarCapacity: 500 });
    },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
}, 60_000);
afterAll(() => house?.close());
afterEach(() => house.sandbox.faults.clear());

const held = async (name: string) =>
  (
    await house.database.sql<{ id: string }[]>`
      select l.unique_id as id from license_assignments a join licenses l on l.id = a.license_id
      where a.user_id = ${(await userNamed(house, name)).id} order by 1`
  ).map((row) => row.id);
const seats = async () =>
  Object.fromEntries(
    (
      await house.database.sql<{ id: string; count: number | null }[]>`
        select unique_id as id, provisioned_count as count from licenses`
    ).map((row) => [row.id, row.count]),
  );

const gone = async () =>
  (
    await house.database.sql<{ id: string }[]>`
      select unique_id as id from licenses where plan_gone_at is not null order by 1`
  ).map((row) => row.id);
const licensed = () =>
  house.database.sql<{ id: string; plan: string; createdAt: Date }[]>`
    select id, plan, created_at as "createdAt" from licenses where unique_id = 'LICENSED'`;
const planChanges = () =>
  house.database.sql<{ uniqueId: string; before: object; after: object }[]>`
    select l.unique_id as "uniqueId", e.details -> 'before' as before, e.details -> 'after' as after
    from audit_events e join licenses l on l.id = e.subject where e.action = 'license.plan.changed' and l.unique_id in ('LICENSED', 'WEBINAR_500')
    order by e.at, l.unique_id`;
const usageBecomes = (mutateBody: (body: any) => object) =>
  house.sandbox.faults.add({
    match: { path: '/accounts/{accountId}/plans/usage' },
    times: Infinity,
    action: { mutateBody },
  });

describe('who holds what', () => {
  it('is the base license and every add-on of the active; what is reserved for the invited; nothing of the deactivated', async () => {
    expect(await held('plain')).toEqual(['LICENSED']);
    expect(await held('presenter')).toEqual(['LARGE_MEETING_1000', 'LICENSED', 'WEBINAR_500']);
    expect(await held('invited')).toEqual(['LICENSED']);
    expect(await held('off')).toEqual([]);
  });

  it('follows the next roster, and history keeps what it was', async () => {
    const { world } = house.sandbox;
    const presenter = world.regular.usersByEmail.get('presenter@example.com')!;
    presenter.webinarCapacity = 1000;
    presenter.largeMeetingCapacity = 0;
    world.regular.usersByEmail.get('plain@example.com')!.type = 1;
    await syncNow(house, integration, ['LICENSE_DIFFERENTIATION']);
    expect(await held('presenter')).toEqual(['LICENSED', 'WEBINAR_1000']);
    expect(await held('plain')).toEqual(['BASIC']);
    const history = await house.database.sql<{ licenses: string[]; open: boolean }[]>`
      select licenses, valid_to is null as open from user_history
      where user_id = ${(await userNamed(house, 'presenter')).id} order by seq`;
    expect(history.map((row) => ({ ...row }))).toEqual([
      { licenses: ['LARGE_MEETING_1000', 'LICENSED', 'WEBINAR_500'], open: false },
      { licenses: ['LICENSED', 'WEBINAR_1000'], open: true },
    ]);
  });

  it('does not ask Zoom anything', async () => {
    await syncNow(house, integration, ['LICENSE_DIFFERENTIATION']);
    const [run] = await house.database.sql<{ calls: number }[]>`
      select calls_light + calls_medium + calls_heavy as calls from job_runs
      where task = 'LICENSE_DIFFERENTIATION' order by created_at desc limit 1`;
    expect(run?.calls).toBe(0);
  });
});

describe('seats', () => {
  it('are those that Zoom says were bought', async () => {
    const { plans } = house.sandbox.world.regular;
    expect(await seats()).toMatchObject({
      LICENSED: plans.base.hosts,
      WEBINAR_500: plans.webinar.find((plan) => plan.capacity === 500)!.hosts,
      BASIC: null,
    });
  });

  it('change with the plan, and are none once Zoom no longer names it among others; who holds it stays, and all is audited', async () => {
    const { plans } = house.sandbox.world.regular;
    plans.base.hosts += 7;
    usageBecomes((body) => ({ ...body, plan_webinar: [] }));
    const runs = await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(runs.LICENSE_INFORMATION).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await seats()).toMatchObject({ LICENSED: plans.base.hosts, WEBINAR_500: 0, BASIC: null });
    expect((await gone()).filter((id) => !id.startsWith('WEBINAR_'))).toEqual([]);
    expect(await gone()).toContain('WEBINAR_500');
    expect(await held('presenter')).toContain('LICENSED');
    const changes = await planChanges();
    expect(changes).toMatchObject([
      {
        uniqueId: 'LICENSED',
        before: { provisionedCount: plans.base.hosts - 7 },
        after: { provisionedCount: plans.base.hosts },
      },
      {
        uniqueId: 'WEBINAR_500',
        before: { planGoneAt: null },
        after: { plan: null, provisionedCount: 0, planGoneAt: expect.any(String) },
      },
    ]);
    // The same again is no change.
    await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(await planChanges()).toEqual(changes);
  });

  it('are not known where Zoom names no plan at all, and come back with the plan', async () => {
    usageBecomes(() => ({ message: 'Nothing here.' }));
    const runs = await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(runs.LICENSE_INFORMATION).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await seats()).toMatchObject({ LICENSED: null, WEBINAR_500: null, BASIC: null });
    expect(await gone()).toEqual(expect.arrayContaining(['LICENSED', 'WEBINAR_500']));
    house.sandbox.faults.clear();
    await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(await seats()).toMatchObject({ LICENSED: house.sandbox.world.regular.plans.base.hosts });
    expect(await gone()).toEqual([]);
  });

  it('keep the license and what was bought when the code of the plan changes', async () => {
    await syncNow(house, integration, ['LICENSE_INFORMATION']);
    const [before] = await licensed();
    await house.database.sql`insert into entitlements (id, license_id, integration_id, cost, updated_by)
      values ('ent_kept', ${before!.id}, ${integration.id}, 10, 'test')`;
    usageBecomes((body) => ({ ...body, plan_base: { ...body.plan_base, type: 'enterprise_monthly' } }));
    await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(await licensed()).toEqual([{ ...before, plan: 'enterprise_monthly' }]);
    const [kept] = await house.database.sql`select license_id from entitlements where id = 'ent_kept'`;
    expect(kept).toEqual({ license_id: before!.id });
    expect((await planChanges()).filter((one) => one.uniqueId === 'LICENSED').at(-1)).toMatchObject({
      before: { plan: before!.plan },
      after: { plan: 'enterprise_monthly' },
    });
  });

  it.each([-1, 1e12])('of %s are refused in words, and nothing else of the account is lost', async (hosts) => {
    await syncNow(house, integration, ['LICENSE_INFORMATION']);
    const before = await seats();
    usageBecomes((body) => ({ ...body, plan_base: { ...body.plan_base, hosts }, plan_webinar: undefined }));
    const runs = await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(runs.LICENSE_INFORMATION).toMatchObject({
      status: 'INCOMPLETE',
      error: expect.stringContaining(`hosts of plan_base is ${hosts}.`),
    });
    const [part] = await house.database.sql`select status from task_parts where part = 'PLAN_USAGE'`;
    expect(part).toEqual({ status: 'FAILED' });
    // An answer that is partly nonsense doesn't say that a plan is gone.
    expect(await seats()).toEqual({ ...before, LICENSED: null });
    expect(await gone()).toEqual([]);
    house.sandbox.faults.clear();
    await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(await seats()).toEqual(before);
  });

  it('stay as they were known where Zoom does not give them, and the run and its part say so', async () => {
    const before = await seats();
    const action = { status: 400, body: { code: 2100, message: 'Only available for accounts that pay themselves.' } };
    house.sandbox.faults.add({ match: { path: '/accounts/{accountId}/plans/usage' }, times: Infinity, action });
    const runs = await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(runs.LICENSE_INFORMATION).toMatchObject({
      status: 'INCOMPLETE',
      error: expect.stringContaining('enter entitlements by hand'),
    });
    const [part] = await house.database.sql`select status, message from task_parts where part = 'PLAN_USAGE'`;
    expect(part).toEqual({ status: 'SKIPPED', message: expect.stringContaining('enter entitlements by hand') });
    expect(await seats()).toEqual(before);
  });

  it('stay as they were known when Zoom fails, and the run is incomplete', async () => {
    const before = await seats();
    const action = { status: 500, body: 'Oops.' };
    house.sandbox.faults.add({ match: { path: '/accounts/{accountId}/plans/usage' }, times: Infinity, action });
    const runs = await syncNow(house, integration, ['LICENSE_INFORMATION']);
    expect(runs.LICENSE_INFORMATION).toMatchObject({
      status: 'INCOMPLETE',
      error: expect.stringContaining('enter entitlements by hand'),
    });
    expect(await seats()).toEqual(before);
  });
});
