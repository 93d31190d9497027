import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeUser } from '#sandbox/index.ts';
import { runCli } from '#src/cli/index.ts';
import type { KeyRing } from '#src/db/sealing.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { makePaid, rosterNames, syncNow } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;
beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      for (let n = 0; n < 6; n += 1) makePaid(world, `old${n}`, 3);
    },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
}, 60_000);
afterAll(() => house?.close());

async function run(...args: string[]) {
  const out = new PassThrough();
  const err = new PassThrough();
  const io = { sql: () => Promise.resolve(house.database.sql), keys: () => undefined as unknown as KeyRing, out, err };
  const code = await runCli(['roster', 'restart', ...args], io);
  return { code, said: `${String(out.read() ?? '')}${String(err.read() ?? '')}` };
}

it('lets an account whose people were all replaced be whole again, and is told of in the audit trail', async () => {
  const { world } = house.sandbox;
  const { ownerId, integrationUserId } = world.regular;
  for (const user of [...world.regular.users.values()]) {
    if ([ownerId, integrationUserId].includes(user.id)) continue;
    world.regular.users.delete(user.id);
    world.regular.usersByEmail.delete(user.email);
  }
  for (let n = 0; n < 7; n += 1) makeUser(world, { type: 2, email: `new${n}@example.com` });
  // Only in the listings: the owner and whoever consented can't leave.
  const hide = (body: { users: { id?: string; email: string }[] }) => ({
    ...body,
    users: body.users.filter(({ email }) => email.startsWith('new')),
    total_records: body.users.filter(({ email }) => email.startsWith('new')).length,
  });
  house.sandbox.faults.add({ match: { path: '/users' }, times: Infinity, action: { mutateBody: hide } });
  house.sandbox.faults.add({
    match: { path: '/users/summary' },
    times: Infinity,
    action: { mutateBody: (body: object) => ({ ...body, total_users_count: 7 }) },
  });
  const refused = (await syncNow(house, integration, ['APPLICATION_ROSTER'])).APPLICATION_ROSTER;
  expect([refused.status, refused.error]).toEqual(['INCOMPLETE', expect.stringContaining('roster restart --account')]);

  const [account] = await house.database.sql<{ id: string; name: string }[]>`select id, name from accounts`;
  expect(await run()).toEqual({ code: 2, said: expect.stringContaining('--account is missing') });
  expect(await run('--account', 'acc_nobody')).toEqual({
    code: 3,
    said: expect.stringContaining('nothing was changed'),
  });
  expect(await run('--account', account!.id)).toEqual({ code: 0, said: expect.stringContaining(account!.name) });
  expect(await run('--account', account!.id)).toMatchObject({ code: 3 });
  expect(await house.database.sql`select actor, subject from audit_events where action = 'roster.restarted'`).toEqual([
    { actor: 'cli', subject: account!.id },
  ]);

  const runs = await syncNow(house, integration, ['APPLICATION_ROSTER']);
  expect(runs.APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
  expect(await rosterNames(house)).toEqual(Array.from({ length: 7 }, (_, n) => `new${n}`));
});
