import { afterEach, beforeEach, expect, it } from 'vitest';
import { queueSync } from '#src/actions/sync-integration.ts';
import { updateIntegration } from '#src/actions/update-integration.ts';
import { grantById } from '#src/datasources/store/grants.ts';
import { jobRunsByIds } from '#src/datasources/store/job-runs.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { ADA, browserLegs, current, done, walk } from '../support/consent.ts';
import { openWebhookHouse, type WebhookHouse } from '../support/webhook-house.ts';
import { appDeauthorized, userCreated } from '../support/webhooks.ts';
import { makePaid, neverAborted, rosterNames, syncNow } from '../support/worlds.ts';

let house: WebhookHouse;
beforeEach(async () => {
  house = await openWebhookHouse({ world: (world) => void makePaid(world, 'ann', 100) });
  await syncNow(house, house.integration, ['APPLICATION_ROSTER']);
  house.clock.advance(60_000);
});
afterEach(() => house.close());

const removed = (more: Partial<Parameters<typeof appDeauthorized>[0]> = {}) =>
  appDeauthorized({
    accountId: house.integration.zoomAccountId!,
    userId: house.integration.authorizedZoomUserId!,
    clientId: house.integration.clientId!,
    at: house.clock.now().getTime(),
    ...more,
  });
const audits = async () =>
  house.database.sql<{ actor: string; details: Record<string, unknown> }[]>`
    select actor, details from audit_events where action = 'integration.deauthorized-at-zoom'`;
const rowsLeft = async () => {
  const left: Record<string, number> = {};
  for (const table of ['users', 'accounts', 'license_assignments', 'user_history', 'sign_ins', 'webhook_events']) {
    const [row] = await house.database.sql<{ count: number }[]>`
      select count(*)::int as count from ${house.database.sql(table)}
      ${table === 'webhook_events' ? house.database.sql`where payload is not null` : house.database.sql``}`;
    left[table] = row!.count;
  }
  return left;
};

it('ends the integration: tokens gone, jobs stopped, data erased, and the audit says so; Zoom is not asked', async () => {
  const runs = await queueSync(house.deps, house.integration, null, 'test');
  const calls = house.sandbox.calls.length;
  expect(await house.tell(removed())).toBe(204);
  const integration = await current(house, house.integration);
  expect(integration).toMatchObject({
    status: 'DISCONNECTED',
    grantedScopes: null,
    zoomAccountId: null,
    authorizedEmail: null,
  });
  expect(integration.reauthorizationReason).toContain('removed the app');
  expect(await grantById(house.database.db, integration.id)).toBeNull();
  await expect(house.deps.zoom.tokens.accessToken(integration.id)).rejects.toMatchObject({
    code: 'REAUTHORIZATION_REQUIRED',
  });
  for (const run of await jobRunsByIds(
    house.database.sql,
    runs.map((one) => one.id),
  )) {
    expect(run).toMatchObject({ status: 'FAILED', error: integration.reauthorizationReason });
  }
  expect(Object.values(await rowsLeft()).every((count) => count === 0)).toBe(true);
  expect(await audits()).toMatchObject([
    { actor: 'zoom', details: { tokensErased: true, jobsStopped: true, erasedData: true } },
  ]);
  expect(house.sandbox.calls).toHaveLength(calls);
});

it('is heard of once: neither the same again nor another one changes anything more', async () => {
  await house.tell(removed());
  await house.tell(removed());
  await house.tell(removed({ at: house.clock.now().getTime() + 1 }));
  expect(await audits()).toHaveLength(1);
});

it('keeps the data where the integration is told to', async () => {
  done(
    await updateIntegration(house.deps, ADA, {
      integrationId: house.integration.id,
      eraseDataOnDeauthorization: false,
    }),
  );
  await house.tell(removed());
  expect(await current(house, house.integration)).toMatchObject({
    status: 'DISCONNECTED',
    zoomAccountId: house.integration.zoomAccountId,
  });
  expect(await rosterNames(house)).toContain('ann');
  expect(await audits()).toMatchObject([{ details: { erasedData: false } }]);
});

it.each([
  ['of another app', { clientId: 'another' }],
  ['of another account', { accountId: 'another' }],
])('%s changes nothing', async (_, more) => {
  expect(await house.tell(removed(more))).toBe(204);
  expect((await current(house, house.integration)).status).toBe('CONNECTED');
  expect(await rosterNames(house)).toContain('ann');
});

it('from before the consent that holds now changes nothing', async () => {
  const before = house.clock.now().getTime() - 1_000;
  const legs = await browserLegs(house);
  await walk(house, legs, house.integration);
  expect((await current(house, house.integration)).status).toBe('CONNECTED');
  expect(await house.tell(removed({ at: before }))).toBe(204);
  expect((await current(house, house.integration)).status).toBe('CONNECTED');
  expect(await grantById(house.database.db, house.integration.id)).not.toBeNull();
  expect(await house.tell(removed())).toBe(204);
  expect((await current(house, house.integration)).status).toBe('DISCONNECTED');
  await legs.close();
});

it('in the middle of a sync leaves nothing behind, and what comes later is nobody ours', async () => {
  const [run] = await queueSync(house.deps, house.integration, ['APPLICATION_ROSTER'], 'test');
  const told: Promise<number>[] = [];
  house.sandbox.faults.add({
    match: { path: '/users', query: { status: 'inactive' } },
    action: {
      delayMs: 300,
      mutateBody: (body: unknown) => {
        told.push(house.tell(removed()));
        return body;
      },
    },
  });
  await runSync(house.deps, house.integration.id, neverAborted());
  expect(await Promise.all(told)).toEqual([204]);
  const [after] = await jobRunsByIds(house.database.sql, [run!.id]);
  expect(after).toMatchObject({ status: 'FAILED' });
  expect((await rowsLeft())['users']).toBe(0);
  const stranger = { ...makePaid(house.sandbox.world, 'bea', 1) };
  expect(await house.tell(userCreated(stranger, { at: house.clock.now().getTime() }))).toBe(204);
  expect(Object.values(await rowsLeft()).every((count) => count === 0)).toBe(true);
});
