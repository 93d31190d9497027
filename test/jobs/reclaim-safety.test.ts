import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createExclusion } from '#src/actions/create-exclusion.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { queueSync } from '#src/actions/sync-integration.ts';
import type { Caller } from '#src/caller.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { itemsOf } from '#src/datasources/store/reclaim.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { makeUser, type World } from '#sandbox/index.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';

const DAY = 86_400_000;
const caller: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };
const signal = () => new AbortController().signal;
const idle = { type: 2, userCreatedAt: Date.now() - 900 * DAY, lastLoginAt: Date.now() - 200 * DAY };

let house: House;
let integration: IntegrationRow;
beforeAll(async () => {
  house = await openHouse({
    users: 0,
    world: (world: World) => {
      for (let n = 0; n < 12; n += 1) makeUser(world, { ...idle, email: `idle${n}@example.com` });
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

async function candidates(...emails: string[]): Promise<string[]> {
  const rows = await house.database.sql<{ id: string }[]>`
    select c.id from reclamation_candidates c join users u on u.id = c.user_id
    where c.closed_at is null and u.email = any(${emails}::text[])`;
  return rows.map((row) => row.id);
}

const writes = () => house.sandbox.calls.filter((call) => call.label !== null && call.method !== 'GET');

describe('requests at the same time', () => {
  it('with one key are one request', async () => {
    const input = { candidateIds: await candidates('idle0@example.com'), idempotencyKey: 'once' };
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => reclaim(house.deps, caller, input)));
    expect(new Set(outcomes.map((outcome) => outcome.reclamation?.id)).size).toBe(1);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  });

  it('do not pass the guard together', async () => {
    const pairs = [1, 3, 5].map((n) => candidates(`idle${n}@example.com`, `idle${n + 1}@example.com`));
    const outcomes = await Promise.all(
      pairs.map(async (ids) => reclaim(house.deps, caller, { candidateIds: await ids })),
    );
    // Five a day, and one was planned above: two pairs fit, the third waits for a second caller.
    expect(outcomes.map((outcome) => outcome.ok).sort()).toEqual([false, true, true]);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ refusals: [{ code: 'GUARD_EXCEEDED' }] });
  });
});

describe('between planning and sending', () => {
  beforeAll(() => house.database.sql`update reclamation_items set status = 'SKIPPED' where status = 'PLANNED'`);

  it('an exclusion that is made while Zoom is still answering holds', async () => {
    const [id = ''] = await candidates('idle7@example.com');
    const outcome = await reclaim(house.deps, caller, { candidateIds: [id] });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
    // The last read before the write takes its time.
    house.sandbox.faults.add({ match: { method: 'GET', path: '/users/{userId}/settings' }, action: { delayMs: 1000 } });
    const running = runReclamation(house.deps, outcome.reclamation.id, signal());
    await new Promise((resolve) => setTimeout(resolve, 300));
    await createExclusion(house.deps, caller, {
      emailPattern: 'idle7@*',
      reason: 'On leave',
      integrationId: integration.id,
    });
    await running;
    const [item] = await itemsOf(house.database.sql, outcome.reclamation.id);
    expect([item?.status, item?.error?.code]).toEqual(['SKIPPED', 'EXCLUDED']);
    expect(writes()).toEqual([]);
  });

  it('whom the integration no longer counts is left alone', async () => {
    const [id = ''] = await candidates('idle8@example.com');
    const outcome = await reclaim(house.deps, caller, { candidateIds: [id], action: 'DEACTIVATE' });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
    await house.database.sql`update users set type = 'BASIC' where email = 'idle8@example.com'`;
    await runReclamation(house.deps, outcome.reclamation.id, signal());
    const [item] = await itemsOf(house.database.sql, outcome.reclamation.id);
    expect([item?.status, item?.error?.code]).toEqual(['SKIPPED', 'NOT_COUNTED']);
    expect(writes()).toEqual([]);
  });
});

describe('roles that no listing and no profile names', () => {
  const withoutRoles = (body: any) => {
    const strip = ({ role_id: _, role_name: __, ...rest }: any) => rest;
    return Array.isArray(body.users) ? { ...body, users: body.users.map(strip) } : strip(body);
  };
  const hide = () => {
    for (const path of ['/users', '/users/{userId}']) {
      house.sandbox.faults.add({
        match: { method: 'GET', path },
        times: Infinity,
        action: { mutateBody: withoutRoles },
      });
    }
  };
  const forget = async () => {
    await house.database.sql`update users set role_id = null, profile_read_at = null`;
  };
  const blockersOf = async (email: string) => {
    const [row] = await house.database.sql<{ blockers: { code: string }[] }[]>`
      select c.blockers from reclamation_candidates c join users u on u.id = c.user_id
      where c.closed_at is null and u.email = ${email}`;
    return row?.blockers.map((blocker) => blocker.code);
  };

  it('are read from the lists of roles', async () => {
    hide();
    await forget();
    await sync();
    const [owner] = await house.database.sql`select count(*)::int as count from users where role_id = '0'`;
    expect(owner).toEqual({ count: 1 });
    expect(await blockersOf('idle9@example.com')).toEqual([]);
  });

  it('block everybody when those lists are closed as well', async () => {
    hide();
    house.sandbox.faults.add({
      match: { path: /\/roles/ },
      times: Infinity,
      action: { status: 403, body: { code: 200 } },
    });
    await forget();
    await sync();
    expect(await blockersOf('idle9@example.com')).toEqual(['UNKNOWN_ROLE']);
  });
});
