import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { confirmReclamation } from '#src/actions/confirm-reclamation.ts';
import { dismissCandidates } from '#src/actions/dismiss-candidates.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { restore } from '#src/actions/restore-license.ts';
import { settleSavings } from '#src/actions/settle-savings.ts';
import { queueSync } from '#src/actions/sync-integration.ts';
import type { Caller } from '#src/caller.ts';
import type { CandidateRow, IntegrationRow, ReclamationItemRow, ReclamationRow } from '#src/db/tables/rows.ts';
import { itemsOf, reclamationToRun } from '#src/datasources/store/reclaim.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { addLiveMeeting, addScheduledMeeting, makeUser, type SandboxUser, type World } from '#sandbox/index.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';

const DAY = 86_400_000;
const caller: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };
const idle = { type: 2, userCreatedAt: Date.now() - 900 * DAY, lastLoginAt: Date.now() - 200 * DAY } as const;
const signal = () => new AbortController().signal;

let house: House;
let integration: IntegrationRow;
const people = new Map<string, SandboxUser>();

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    world: (world: World) => {
      for (let n = 0; n < 16; n += 1) {
        const name = `idle${String(n).padStart(2, '0')}`;
        people.set(
          name,
          makeUser(world, { ...idle, email: `${name}@example.com`, ...(n === 1 && { webinarCapacity: 500 }) }),
        );
      }
      // Enough active people that the guard has something to be a share of.
      for (let n = 0; n < 40; n += 1) {
        makeUser(world, {
          type: 2,
          email: `busy${n}@example.com`,
          userCreatedAt: Date.now() - 900 * DAY,
          lastLoginAt: Date.now() - 5 * DAY,
        });
      }
    },
  });
  integration = await connectedIntegration(house);
  await sync();
}, 120_000);
afterAll(() => house?.close());
afterEach(() => house.sandbox.faults.clear());

async function sync() {
  await queueSync(house.deps, integration, null, 'test');
  await runSync(house.deps, integration.id, signal());
}

async function candidate(name: string): Promise<CandidateRow> {
  const [user] = await house.database.sql<
    { id: string }[]
  >`select id from users where email = ${`${name}@example.com`}`;
  const rows = await house.database.db.query.reclamationCandidates.findMany();
  const found = rows.filter((row) => row.userId === user?.id).sort((a, b) => (a.detectedAt < b.detectedAt ? 1 : -1));
  return found.find((row) => row.closedAt === null) ?? found[0]!;
}

/** Frees the guard: what was done counts as done two days ago. */
const forgetGuard = () => house.database.sql`update reclamation_items set sent_at = sent_at - interval '2 days'`;

async function take(names: string[], more: object = {}): Promise<ReclamationRow> {
  const candidateIds = await Promise.all(names.map(async (name) => (await candidate(name)).id));
  const outcome = await reclaim(house.deps, caller, { candidateIds, ...more });
  expect(outcome).toMatchObject({ ok: true });
  return outcome.ok ? outcome.reclamation : (undefined as never);
}

/** What became of every seat that was taken from somebody, by license and state. */
async function seatsOf(name: string): Promise<string[]> {
  const { entries } = await settleSavings(house.deps, integration.id, { from: null, to: null });
  const { userId } = await candidate(name);
  const names = new Map((await house.database.db.query.licenses.findMany()).map(({ id, uniqueId }) => [id, uniqueId]));
  return entries
    .filter((entry) => entry.userId === userId)
    .map(({ licenseId, state }) => `${names.get(licenseId)} ${state}`)
    .sort();
}

const writesTo = (name: string) =>
  house.sandbox.calls.filter((call) => call.method !== 'GET' && call.url.includes(`/users/${people.get(name)!.id}`));

async function run(reclamation: ReclamationRow): Promise<{ reclamation: ReclamationRow; items: ReclamationItemRow[] }> {
  await runReclamation(house.deps, reclamation.id, signal());
  return {
    reclamation: (await reclamationToRun(house.database.sql, reclamation.id))!,
    items: await itemsOf(house.database.sql, reclamation.id),
  };
}

describe('reclaim', () => {
  it('sends exactly one write, sees it in Zoom, and keeps the before-image', async () => {
    const planned = await take(['idle00']);
    expect(writesTo('idle00')).toEqual([]);
    expect(house.woken.reclamations).toContain(planned.id);
    const { reclamation, items } = await run(planned);
    expect(reclamation.status).toBe('SUCCEEDED');
    expect(items.map((item) => item.status)).toEqual(['CONFIRMED']);
    expect(items[0]?.before).toMatchObject({ status: 'active', typeCode: 2 });
    expect(writesTo('idle00').map((call) => [call.method, call.path, call.body])).toEqual([
      ['PATCH', '/users/{userId}', { type: 1 }],
    ]);
    expect(await candidate('idle00')).toMatchObject({ status: 'CLOSED_COMPLETE' });
    const audit = await house.database.sql`select action from audit_events where action = 'license.reclaimed'`;
    expect(audit.length).toBe(1);
    // Running it again, as after a message that came twice, does nothing.
    await run(planned);
    expect(writesTo('idle00').length).toBe(1);
  });

  it('gives back exactly what it took: activate, type, add-ons, in that order', async () => {
    const { reclamation } = await run(await take(['idle01'], { action: 'DEACTIVATE' }));
    expect(writesTo('idle01').map((call) => [call.method, call.body])).toEqual([['PUT', { action: 'deactivate' }]]);
    expect(people.get('idle01')).toMatchObject({ status: 'inactive', type: 1, webinarCapacity: 0 });
    expect(await seatsOf('idle01')).toEqual(['LICENSED FREED', 'WEBINAR_500 FREED']);

    const outcome = await restore(house.deps, caller, { reclamationId: reclamation.id });
    expect(outcome).toMatchObject({ ok: true });
    if (!outcome.ok) return;
    const restored = await run(outcome.reclamation);
    expect(restored.items.map((item) => [item.status, item.error])).toEqual([['RESTORED', null]]);
    expect(restored.reclamation.status).toBe('SUCCEEDED');
    expect(
      writesTo('idle01')
        .slice(1)
        .map((call) => call.body),
    ).toEqual([
      { action: 'activate' },
      { type: 2 },
      { feature: { webinar: true, webinar_capacity: 500 } },
      { feature: { concurrent_meeting: 'Basic' } },
    ]);
    expect(people.get('idle01')).toMatchObject({ status: 'active', type: 2, webinarCapacity: 500 });
    const [item] = await itemsOf(house.database.sql, reclamation.id);
    expect(item?.status).toBe('RESTORED');
    expect((await candidate('idle01')).restoredAt).not.toBeNull();
    expect(await seatsOf('idle01')).toEqual(['LICENSED RETURNED', 'WEBINAR_500 RETURNED']);
    expect(await seatsOf('idle00')).toEqual(['LICENSED FREED']);
    expect(await restore(house.deps, caller, { reclamationId: reclamation.id })).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOTHING_TO_DO' }],
    });
    // Somebody who was given their license back is not taken it again by the next sync.
    await sync();
    expect(await candidate('idle01')).toMatchObject({ status: 'CLOSED_COMPLETE' });
    expect(await seatsOf('idle01')).toEqual(['LICENSED RETURNED', 'WEBINAR_500 RETURNED']);
  });

  it.each([
    ['applied, answer lost', { reset: 'after' as const }],
    ['not applied, connection lost', { reset: 'before' as const }],
    ['a 500 before it was applied', { status: 500, body: '<html>oops</html>' }],
  ])('looks before it sends again: %s', async (title, action) => {
    await forgetGuard();
    const name = `idle0${2 + ['applied, answer lost', 'not applied, connection lost', 'a 500 before it was applied'].indexOf(title)}`;
    const planned = await take([name]);
    house.sandbox.faults.add({ match: { method: 'PATCH' }, action });
    const { items } = await run(planned);
    expect(items.map((item) => item.status)).toEqual(['CONFIRMED']);
    expect(people.get(name)?.type).toBe(1);
    const writes = writesTo(name);
    expect(writes.length).toBe(title.startsWith('applied') ? 1 : 2);
    const readsBetween = house.sandbox.calls.slice(
      house.sandbox.calls.indexOf(writes[0]!),
      writes[1] === undefined ? undefined : house.sandbox.calls.indexOf(writes[1]),
    );
    expect(
      readsBetween.some((call) => call.method === 'GET' && call.url.includes(`/users/${people.get(name)!.id}`)),
    ).toBe(true);
  });

  it('goes on after a crash between writing down and sending, without a second write', async () => {
    await forgetGuard();
    const planned = await take(['idle05']);
    const [item] = await itemsOf(house.database.sql, planned.id);
    // As a worker leaves it that was killed right after Zoom applied the write.
    await house.database.sql`
      update reclamation_items set status = 'SENT', step = 'downgrade', sent_at = now() - interval '1 minute',
        before = '{"status":"active","typeCode":2,"groupIds":[],"features":null,"readAt":"2026-01-01T00:00:00Z"}'
      where id = ${item!.id}`;
    people.get('idle05')!.type = 1;
    const { items } = await run(planned);
    expect(items.map((one) => one.status)).toEqual(['CONFIRMED']);
    expect(writesTo('idle05')).toEqual([]);
  });

  it('leaves alone who hosts now, has a meeting ahead, signed in since, or changed', async () => {
    await forgetGuard();
    const { world } = house.sandbox;
    const planned = await take(['idle06', 'idle07', 'idle08', 'idle09']);
    addLiveMeeting(world, { hostId: people.get('idle06')!.id, startAt: Date.now() - 600_000, minutes: 60 } as never);
    addScheduledMeeting(world, {
      hostId: people.get('idle07')!.id,
      startAt: Date.now() + 2 * DAY,
      minutes: 30,
    } as never);
    people.get('idle08')!.lastLoginAt = Date.now() - 1000;
    people.get('idle08')!.shownLastLoginAt = Date.now() - 1000;
    people.get('idle09')!.type = 1;
    const { items, reclamation } = await run(planned);
    const codes = new Map(items.map((item) => [item.candidateId, [item.status, item.error?.code]]));
    expect(codes.get((await candidate('idle06')).id)).toEqual(['SKIPPED', 'LIVE_MEETING']);
    expect(codes.get((await candidate('idle07')).id)).toEqual(['SKIPPED', 'UPCOMING_MEETING']);
    expect(codes.get((await candidate('idle08')).id)).toEqual(['SKIPPED', 'ACTIVE_AGAIN']);
    expect(codes.get((await candidate('idle09')).id)).toEqual(['SKIPPED', 'CHANGED_IN_ZOOM']);
    expect(reclamation.status).toBe('SUCCEEDED');
    for (const name of ['idle06', 'idle07', 'idle08', 'idle09']) expect(writesTo(name)).toEqual([]);
    expect((await candidate('idle08')).status).toBe('CLOSED_CANCELED');
    expect((await candidate('idle06')).status).toBe('ATTENTION_REQUIRED');
  });

  it('holds back what is over the guard until somebody else confirms', async () => {
    await forgetGuard();
    const names = ['idle10', 'idle11', 'idle12', 'idle13', 'idle14', 'idle15'];
    const candidateIds = await Promise.all(names.map(async (name) => (await candidate(name)).id));
    const wokenBefore = house.woken.reclamations.length;
    const outcome = await reclaim(house.deps, caller, { candidateIds, idempotencyKey: 'guard' });
    expect(outcome).toMatchObject({
      ok: false,
      refusals: [{ code: 'GUARD_EXCEEDED' }],
      reclamation: { status: 'PENDING' },
    });
    expect(house.woken.reclamations.length).toBe(wokenBefore);
    const { reclamation } = outcome;
    await runReclamation(house.deps, reclamation!.id, signal());
    for (const name of names) expect(writesTo(name)).toEqual([]);
    expect(await reclaim(house.deps, caller, { candidateIds, idempotencyKey: 'guard' })).toEqual(outcome);
    expect(
      await reclaim(house.deps, caller, { candidateIds: candidateIds.slice(1), idempotencyKey: 'guard' }),
    ).toMatchObject({
      ok: false,
      refusals: [{ code: 'IDEMPOTENCY_CONFLICT' }],
    });
    const input = { reclamationId: reclamation!.id };
    expect(await confirmReclamation(house.deps, caller, input)).toMatchObject({
      refusals: [{ code: 'SECOND_CALLER_REQUIRED' }],
    });
    const second: Caller = { ...caller, sub: 'second operator' };
    expect(await confirmReclamation(house.deps, second, input)).toMatchObject({ ok: true });
    const { items } = await run(reclamation!);
    expect(items.map((item) => item.status)).toEqual(names.map(() => 'CONFIRMED'));
  });

  it('plans without acting in a dry run, and says no to what it does not know', async () => {
    await sync();
    const open = await candidate('idle07');
    expect(open.status).toBe('ATTENTION_REQUIRED');
    expect(await reclaim(house.deps, caller, { candidateIds: [open.id] })).toMatchObject({
      refusals: [{ code: 'BLOCKED' }],
    });
    expect(await reclaim(house.deps, caller, { candidateIds: [] })).toMatchObject({ refusals: [{ code: 'INVALID' }] });
    expect(await reclaim(house.deps, caller, { candidateIds: ['can_nobody'] })).toMatchObject({
      refusals: [{ code: 'NOT_FOUND' }],
    });
    expect(await reclaim(house.deps, caller, { candidateIds: [open.id], action: 'REMOVE_ADD_ON' })).toMatchObject({
      refusals: [{ code: 'ACTION_NOT_POSSIBLE' }],
    });
    expect(await dismissCandidates(house.deps, caller, { candidateIds: [open.id] })).toMatchObject({ ok: true });
    await sync();
    expect(await candidate('idle07')).toMatchObject({ status: 'CLOSED_SKIPPED' });
  });
});
