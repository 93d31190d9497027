import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addScheduledMeeting, type SandboxUser, type World } from '#sandbox/index.ts';
import { confirmReclamation } from '#src/actions/confirm-reclamation.ts';
import { createReclamationRule } from '#src/actions/create-reclamation-rule.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { restore } from '#src/actions/restore-license.ts';
import { stopReclamation } from '#src/actions/stop-reclamation.ts';
import type { Caller } from '#src/caller.ts';
import { itemsOf } from '#src/datasources/store/reclaim.ts';
import type { IntegrationRow, ReclamationItemRow } from '#src/db/tables/rows.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import type { ReclaimInput, ReclamationAction } from '#src/schema.generated.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import {
  candidateStatus,
  makePaid,
  neverAborted,
  openCandidates,
  rosterNames,
  syncNow,
  userNamed,
} from '../support/worlds.ts';

const caller: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };
const second: Caller = { sub: 'second', scopes: new Set(['zoom:operate']) };
const ADD_ONS = 14;

let house: House;
let integration: IntegrationRow;
const people = new Map<string, SandboxUser>();
const put = (world: World, name: string, daysAgo: number, more: Partial<SandboxUser> = {}) =>
  people.set(name, makePaid(world, name, daysAgo, more));

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      const [group] = world.regular.groups;
      const { plans } = world.regular;
      plans.base.hosts = 1000;
      plans.zoomOne = [{ type: 'zoomone_biz_yearly', hosts: 40, zoomOneType: 16 }];
      plans.webinar = [{ type: 'webinar500_yearly', hosts: 60, capacity: 500 }];
      plans.largeMeeting = [{ type: 'large_meeting_1000_yearly', hosts: 20, capacity: 1000 }];
      for (const name of ['bundled', 'bundled-late', 'bundled-broken']) {
        put(world, name, 200, { zoomOneType: 16, groupIds: group ? [group.id] : [] });
      }
      put(world, 'united', 200, { planUnitedType: '1' });
      put(world, 'rich', 200, { webinarCapacity: 500, largeMeetingCapacity: 1000, otherFeatures: ['zoom_whiteboard'] });
      put(world, 'robbed', 200, { webinarCapacity: 500, largeMeetingCapacity: 1000 });
      for (const name of ['leaver', 'leaver-lost', 'unlinked', 'gone', 'evented', 'late']) put(world, name, 200);
      people.get('evented')!.zoomEventsCapacity = 500;
      put(world, 'heir', 1);
      put(world, 'poor', 1, { type: 1 });
      for (let n = 0; n < ADD_ONS; n += 1) put(world, `panel${n}`, 1, { webinarCapacity: 500 });
      for (let n = 0; n < 130; n += 1) makePaid(world, `busy${n}`, 1);
      for (const domain of ['example.com'])
        world.regular.managedDomains = world.regular.managedDomains.filter((one) => one.domain !== domain);
    },
  });
  integration = await connectedIntegration(house);
  const rule = await createReclamationRule(house.deps, caller, {
    integrationId: integration.id,
    name: 'Webinars that nobody holds',
    appliesTo: 'WEBINAR_500',
    action: 'REMOVE_ADD_ON',
    inactivityThresholdDays: 50,
  });
  expect(rule).toMatchObject({ ok: true, rule: { signs: ['WEBINAR_HOSTED'] } });
  await syncNow(house, integration);
}, 120_000);
afterAll(() => house?.close());
beforeEach(async () => {
  house.sandbox.calls.length = 0;
  await house.database.sql`update reclamation_items set sent_at = sent_at - interval '2 days'`;
});
afterEach(() => house.sandbox.faults.clear());

const writes = () => house.sandbox.calls.filter((call) => call.method !== 'GET');
async function candidateIds(names: readonly string[], license = 'LICENSED'): Promise<string[]> {
  const rows = await house.database.sql<{ id: string; name: string }[]>`
    select c.id, split_part(u.email, '@', 1) as name from reclamation_candidates c join users u on u.id = c.user_id
    join licenses l on l.id = c.license_id where c.closed_at is null and l.unique_id = ${license}`;
  return names.map((name) => rows.find((row) => row.name === name)!.id);
}
async function ask(
  names: readonly string[],
  action: ReclamationAction,
  more: Partial<ReclaimInput> = {},
  license = 'LICENSED',
) {
  return reclaim(house.deps, caller, { candidateIds: await candidateIds(names, license), action, ...more });
}
async function work(id: string): Promise<ReclamationItemRow[]> {
  await runReclamation(house.deps, id, neverAborted());
  return itemsOf(house.database.sql, id);
}
async function take(
  names: readonly string[],
  action: ReclamationAction,
  more: Partial<ReclaimInput> = {},
  license = 'LICENSED',
) {
  const outcome = await ask(names, action, more, license);
  expect(outcome, JSON.stringify(outcome)).toMatchObject({ ok: true });
  const id = outcome.reclamation!.id;
  return { id, items: await work(id) };
}
async function giveBack(id: string) {
  const outcome = await restore(house.deps, caller, { reclamationId: id });
  expect(outcome).toMatchObject({ ok: true });
  return work(outcome.reclamation!.id);
}
/** Everything that a reclaim may change. */
const licensesOf = (name: string) => {
  const {
    status,
    type,
    zoomOneType,
    planUnitedType,
    webinarCapacity,
    largeMeetingCapacity,
    otherFeatures,
    groupIds,
    concurrentMeeting,
  } = people.get(name)!;
  return structuredClone({
    status,
    type,
    zoomOneType,
    planUnitedType,
    webinarCapacity,
    largeMeetingCapacity,
    otherFeatures,
    groupIds,
    concurrentMeeting,
  });
};

describe('every action that can be undone', () => {
  it.each<[ReclamationAction, string, string, object, object[]]>([
    ['DOWNGRADE', 'bundled', 'LICENSED', { type: 1, zoomOneType: 0 }, [{ zoom_one_type: 0 }]],
    ['DOWNGRADE', 'united', 'LICENSED', { type: 1, planUnitedType: '' }, [{ plan_united_type: 'none' }, { type: 1 }]],
    [
      'DEACTIVATE',
      'rich',
      'LICENSED',
      { status: 'inactive', type: 1, webinarCapacity: 0, otherFeatures: [] },
      [{ action: 'deactivate' }],
    ],
  ])('%s of %s takes it, and giving it back leaves them as before', async (action, name, license, expected, bodies) => {
    const before = licensesOf(name);
    const { id, items } = await take([name], action, {}, license);
    expect(items.map((item) => [item.status, item.error])).toEqual([['CONFIRMED', null]]);
    expect(licensesOf(name)).toMatchObject(expected);
    expect(writes().map(({ body }) => body)).toEqual(bodies);
    const row = await userNamed(house, name);
    expect(row.type).toBe('BASIC');
    expect((await giveBack(id)).map((item) => [item.status, item.error, item.notRestored])).toEqual([
      ['RESTORED', null, []],
    ]);
    expect(licensesOf(name)).toEqual(before);
    expect(await userNamed(house, name)).toMatchObject({ type: 'LICENSED', status: 'ACTIVE' });
  });

  it('says part by part what Zoom did not give back, and why', async () => {
    const { id } = await take(['robbed'], 'DEACTIVATE');
    house.sandbox.world.regular.plans.largeMeeting[0]!.hosts = 0;
    const [item] = await giveBack(id);
    expect(item).toMatchObject({ status: 'FAILED', error: { code: 'NOT_GIVEN_BACK' } });
    expect(item!.notRestored.map(({ part }) => part)).toEqual(['large_meeting']);
    expect(item!.notRestored[0]!.reason).toContain('Zoom code 200');
    expect(licensesOf('robbed')).toMatchObject({
      status: 'active',
      type: 2,
      webinarCapacity: 500,
      largeMeetingCapacity: 0,
    });
    expect(await userNamed(house, 'robbed')).toMatchObject({ webinarEnabled: true, largeMeetingEnabled: false });
    house.sandbox.world.regular.plans.largeMeeting[0]!.hosts = 20;
    // Once there is a seat, the rest can still be given back.
    expect((await giveBack(id)).map(({ status }) => status)).toEqual(['RESTORED']);
    expect(licensesOf('robbed')).toMatchObject({ largeMeetingCapacity: 1000 });
  });
});

describe('a bundle', () => {
  it.each([
    ['after the first write', 'bundled-late', { reset: 'after' as const }],
    ['before it', 'bundled-broken', { reset: 'before' as const }],
  ])('is taken once when the answer is lost %s', async (_, name, action) => {
    house.sandbox.faults.add({ match: { method: 'PATCH' }, times: 1, action });
    const { items } = await take([name], 'DOWNGRADE');
    expect(items.map(({ status }) => status)).toEqual(['CONFIRMED']);
    expect(licensesOf(name)).toMatchObject({ type: 1, zoomOneType: 0 });
  });
});

describe('an add-on', () => {
  const panel = Array.from({ length: ADD_ONS }, (_, n) => `panel${n}`);

  it('is found by what it is for, whatever else its holder does', async () => {
    const found = await openCandidates(house);
    for (const name of panel) expect(found[name]).toMatchObject({ reason: 'ADD_ON_UNUSED', status: 'READY' });
    expect(found['heir']).toBeUndefined();
  });

  it('is taken from many by one call, and each ends as Zoom said of them', async () => {
    const names = panel.slice(0, 6);
    // One was lost by hand meanwhile, one hosts in a minute, and one is refused by Zoom.
    people.get('panel1')!.webinarCapacity = 0;
    addScheduledMeeting(house.sandbox.world, {
      hostId: people.get('panel2')!.id,
      startAt: house.clock.now().getTime() + 60_000,
    });
    const refused = people.get('panel3')!.id;
    house.sandbox.faults.add({
      match: { method: 'POST', path: '/users/features' },
      action: {
        mutateBody: (body: { success_user_ids: string[] }) => {
          people.get('panel3')!.webinarCapacity = 500;
          return {
            success_user_ids: body.success_user_ids.filter((id) => id !== refused),
            fail_details: [{ user_ids: [refused], reason: 'Not enough seats' }],
          };
        },
      },
    });
    const { items } = await take(names, 'REMOVE_ADD_ON', {}, 'WEBINAR_500');
    const byName: Record<string, ReclamationItemRow> = {};
    for (const name of names) {
      const { id } = await userNamed(house, name);
      byName[name] = items.find(({ userId }) => userId === id)!;
    }
    expect(Object.fromEntries(names.map((name) => [name, byName[name]!.status]))).toEqual({
      panel0: 'CONFIRMED',
      panel1: 'SKIPPED',
      panel2: 'SKIPPED',
      panel3: 'FAILED',
      panel4: 'CONFIRMED',
      panel5: 'CONFIRMED',
    });
    expect(byName['panel1']!.error).toMatchObject({ code: 'CHANGED_IN_ZOOM' });
    expect(byName['panel2']!.error).toMatchObject({ code: 'UPCOMING_MEETING' });
    expect(byName['panel3']!.error).toEqual({
      code: 'REFUSED',
      message: 'Zoom refused: Not enough seats',
      zoomCode: null,
    });
    expect(writes()).toHaveLength(1);
    const { users, ...call } = writes()[0]!.body as { users: { id: string }[] };
    expect(call).toEqual({ feature_type: 'webinar', feature_value: '0' });
    expect(users.map(({ id }) => id).sort()).toEqual([0, 3, 4, 5].map((n) => people.get(`panel${n}`)!.id).sort());
    for (const n of [0, 4, 5]) {
      expect(people.get(`panel${n}`)).toMatchObject({ type: 2, webinarCapacity: 0 });
      expect(await userNamed(house, `panel${n}`)).toMatchObject({ type: 'LICENSED', webinarEnabled: false });
      expect(await candidateStatus(house, `panel${n}`)).toBe('CLOSED_COMPLETE');
    }
    expect(people.get('panel2')!.webinarCapacity).toBe(500);
  });

  it('of many is given back to each', async () => {
    const names = panel.slice(6, 8);
    const { id, items } = await take(names, 'REMOVE_ADD_ON', {}, 'WEBINAR_500');
    expect(items.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
    expect((await giveBack(id)).map(({ status }) => status)).toEqual(['RESTORED', 'RESTORED']);
    for (const name of names) expect(people.get(name)!.webinarCapacity).toBe(500);
  });

  it.each([
    ['lost after it was applied', { reset: 'after' as const }, 1],
    ['lost before', { reset: 'before' as const }, 3],
  ])('whose answer is %s is looked after one by one, and nobody is sent twice blindly', async (_, action, sent) => {
    const names = action.reset === 'after' ? panel.slice(8, 10) : panel.slice(10, 12);
    house.sandbox.faults.add({ match: { method: 'POST', path: '/users/features' }, times: 1, action });
    const { items } = await take(names, 'REMOVE_ADD_ON', {}, 'WEBINAR_500');
    expect(items.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
    expect(writes()).toHaveLength(sent);
    for (const name of names) expect(people.get(name)!.webinarCapacity).toBe(0);
  });

  it('of many is not taken from those who were written down already when somebody stops it', async () => {
    const names = panel.slice(12, 14);
    const asked = await ask(names, 'REMOVE_ADD_ON', {}, 'WEBINAR_500');
    const { id } = asked.reclamation!;
    const [, second] = await itemsOf(house.database.sql, id);
    const { zoomUserId } = (await house.database.db.query.users.findMany()).find((one) => one.id === second!.userId)!;
    // While the second is looked at, the first stands as sent; nothing has left yet.
    const stopped: Promise<unknown>[] = [];
    house.sandbox.faults.add({
      match: { method: 'GET', path: `/users/${zoomUserId}` },
      action: {
        delayMs: 300,
        mutateBody: (body: unknown) => {
          stopped.push(stopReclamation(house.deps, caller, { reclamationId: id }));
          return body;
        },
      },
    });
    const slow = { match: { method: 'GET', path: `/users/${zoomUserId}/settings` }, action: { delayMs: 300 } };
    house.sandbox.faults.add(slow);
    const items = await work(id);
    expect(await stopped.at(-1)).toMatchObject({ ok: true });
    expect(items.map(({ status, error }) => [status, error?.code])).toEqual([
      ['SKIPPED', 'STOPPED'],
      ['SKIPPED', 'STOPPED'],
    ]);
    const sent = await house.database
      .sql`select from audit_events where action = 'license.reclaim-sent' and details ->> 'itemId' = ${items[0]!.id}`;
    expect(sent).toHaveLength(1);
    expect(writes()).toEqual([]);
    for (const name of names) expect(people.get(name)!.webinarCapacity).toBe(500);
    for (const name of names) expect(await candidateStatus(house, name)).toBe('READY');
  });

  it('is taken by settings where the call for many may not be made', async () => {
    const scopes = [
      'user:update:settings:admin',
      'user:update:user:admin',
      'user:update:status:admin',
      'meeting:read:admin',
      'webinar:read:admin',
    ];
    const names = panel.slice(6, 8);
    await house.database.sql`update reclamation_candidates set restored_at = restored_at - interval '400 days'`;
    await syncNow(house, integration);
    await house.database.sql`update integrations set granted_scopes = ${scopes}::text[]`;
    const { items } = await take(names, 'REMOVE_ADD_ON', {}, 'WEBINAR_500');
    await house.database.sql`update integrations set granted_scopes = ${integration.grantedScopes}::text[]`;
    expect(items.map(({ status }) => status)).toEqual(['CONFIRMED', 'CONFIRMED']);
    expect(writes().map(({ method, path, body }) => [method, path, body])).toEqual(
      names.map(() => ['PATCH', '/users/{userId}/settings', { feature: { webinar: false } }]),
    );
  });
});

describe('removing somebody', () => {
  const transfer = { email: 'Heir@example.com', meetings: true, docs: true };

  it('DELETE waits for a second caller, hands over, and leaves nobody behind', async () => {
    const asked = await ask(['leaver'], 'DELETE', { transfer });
    expect(asked).toMatchObject({
      ok: false,
      refusals: [{ code: 'GUARD_EXCEEDED' }],
      reclamation: { needsConfirmation: true },
    });
    const { id } = asked.reclamation!;
    await work(id);
    expect(writes()).toEqual([]);
    expect(await confirmReclamation(house.deps, caller, { reclamationId: id })).toMatchObject({
      refusals: [{ code: 'SECOND_CALLER_REQUIRED' }],
    });
    expect(await confirmReclamation(house.deps, second, { reclamationId: id })).toMatchObject({ ok: true });
    expect((await work(id)).map(({ status }) => status)).toEqual(['CONFIRMED']);
    const [call] = writes();
    expect(Object.fromEntries(new URL(call!.url, 'http://zoom').searchParams)).toEqual({
      action: 'delete',
      transfer_email: 'heir@example.com',
      transfer_meeting: 'true',
      transfer_docs: 'true',
    });
    expect(house.sandbox.world.regular.usersByEmail.has('leaver@example.com')).toBe(false);
    expect(await rosterNames(house)).not.toContain('leaver');
    expect(await candidateStatus(house, 'leaver')).toBe('CLOSED_COMPLETE');
    expect(await restore(house.deps, caller, { reclamationId: id })).toMatchObject({
      refusals: [{ code: 'ACTION_NOT_POSSIBLE' }],
    });
  });

  it('whose answer is lost is done once', async () => {
    const asked = await ask(['leaver-lost'], 'DELETE');
    await confirmReclamation(house.deps, second, { reclamationId: asked.reclamation!.id });
    house.sandbox.faults.add({ match: { method: 'DELETE' }, times: 1, action: { reset: 'after' } });
    expect((await work(asked.reclamation!.id)).map(({ status }) => status)).toEqual(['CONFIRMED']);
    expect(writes()).toHaveLength(1);
  });

  it('UNLINK leaves them an account of their own, and says who is managed', async () => {
    const { items } = await take(['unlinked'], 'UNLINK');
    expect(items.map(({ status, error }) => [status, error])).toEqual([['CONFIRMED', null]]);
    expect(writes()[0]!.url).toContain('action=disassociate');
    expect(await rosterNames(house)).not.toContain('unlinked');
  });

  it('of whom Zoom knows nothing any more is left alone before anything is sent', async () => {
    const account = house.sandbox.world.regular;
    account.users.delete(people.get('gone')!.id);
    account.usersByEmail.delete('gone@example.com');
    const { items } = await take(['gone'], 'UNLINK');
    expect(items.map(({ status, error }) => [status, error?.code])).toEqual([['SKIPPED', 'NOT_FOUND']]);
    expect(writes()).toEqual([]);
  });

  it('with events wants to know who gets them', async () => {
    const { items } = await take(['evented'], 'UNLINK');
    expect(items.map(({ status, error }) => [status, error?.code])).toEqual([['SKIPPED', 'TRANSFER_IMPOSSIBLE']]);
    expect(writes()).toEqual([]);
  });

  it('to somebody who was deactivated meanwhile is left alone', async () => {
    const asked = await ask(['late'], 'UNLINK', { transfer });
    expect(asked).toMatchObject({ ok: true });
    people.get('heir')!.status = 'inactive';
    const items = await work(asked.reclamation!.id);
    people.get('heir')!.status = 'active';
    expect(items.map(({ status, error }) => [status, error?.code])).toEqual([['SKIPPED', 'TRANSFER_IMPOSSIBLE']]);
  });

  it.each<[string, Partial<ReclaimInput>, ReclamationAction, string]>([
    ['nobody', { transfer: { email: 'nobody@example.com' } }, 'UNLINK', 'NOT_FOUND input transfer email'],
    ['themselves', { transfer: { email: 'late@example.com' } }, 'UNLINK', 'INVALID input transfer email'],
    [
      'a Basic user',
      { transfer: { email: 'poor@example.com', meetings: true } },
      'DELETE',
      'INVALID input transfer email',
    ],
    ['anybody, when they stay', { transfer }, 'DOWNGRADE', 'ACTION_NOT_POSSIBLE input transfer'],
  ])('can hand nothing over to %s', async (_, more, action, expected) => {
    const outcome = await ask(['late'], action, more).catch((error: unknown) => error);
    const refusals = (outcome as { refusals: { code: string; field: string[] }[] }).refusals;
    expect(refusals.map(({ code, field }) => [code, ...field].join(' '))).toEqual([expected]);
  });

  it('needs the scope for it', async () => {
    const scopes = [
      'user:update:settings:admin',
      'user:update:user:admin',
      'user:update:status:admin',
      'meeting:read:admin',
    ];
    await house.database.sql`update integrations set granted_scopes = ${scopes}::text[]`;
    const outcome = await ask(['late'], 'DELETE').finally(
      () => house.database.sql`update integrations set granted_scopes = ${integration.grantedScopes}::text[]`,
    );
    expect(outcome).toMatchObject({ refusals: [{ code: 'MISSING_SCOPE' }] });
    expect(JSON.stringify(outcome)).toContain('user:delete:user:admin');
  });
});
