import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeUser, type SandboxUser } from '#sandbox/index.ts';
import { updateIntegration } from '#src/actions/update-integration.ts';
import { noteCreatedRead } from '#src/datasources/store/activity.ts';
import { saveProfiles } from '#src/datasources/store/details.ts';
import { integrationById } from '#src/datasources/store/integrations.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { DAY, makePaid, syncNow, userNamed } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;
let paid: SandboxUser;
let free: SandboxUser;
let gone: SandboxUser;

const sql = () => house.database.sql;
const asked = (path: string) =>
  house.sandbox.calls
    .filter((call) => call.method === 'GET' && call.path === path)
    .map((call) => decodeURIComponent(call.url.split('?')[0]!.split('/')[3]!));

async function sync() {
  house.sandbox.calls.length = 0;
  integration = (await integrationById(sql(), integration.id))!;
  const runs = await syncNow(house, integration);
  expect(Object.values(runs).map(({ status, error }) => [status, error])).toEqual(
    Object.keys(runs).map(() => ['SUCCEEDED', null]),
  );
}
const versions = () => sql()`select id, xmin from users where job_title = 'Baker' or status = 'PENDING' order by id`;
async function update(patch: { includeFreeUsers?: boolean; includeOnPremises?: boolean }) {
  const outcome = await updateIntegration(house.deps, { sub: 'test', scopes: [] } as never, {
    integrationId: integration.id,
    ...patch,
  });
  expect(outcome.ok).toBe(true);
}

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      paid = makePaid(world, 'paid', 1, { jobTitle: 'Painter' });
      // Last seen before the days that a second sync looks at.
      free = makePaid(world, 'free', 40, { type: 1, jobTitle: 'Baker' });
      gone = makePaid(world, 'gone', 90, { status: 'inactive', jobTitle: 'Miller', costCenter: 'CC-9' });
      makeUser(world, { type: 2, email: 'invited@example.com', status: 'pending' });
    },
  });
  integration = await connectedIntegration(house);
}, 60_000);
afterAll(() => house?.close());

describe('profiles', () => {
  it('are read of the deactivated too, not of the invited', async () => {
    await sync();
    expect(asked('/users/{userId}')).toEqual(expect.arrayContaining([paid.id, free.id, gone.id]));
    expect(asked('/users/{userId}').length).toBe(new Set(asked('/users/{userId}')).size);
    expect(await userNamed(house, 'gone')).toMatchObject({
      jobTitle: 'Miller',
      costCenter: 'CC-9',
      status: 'INACTIVE',
    });
    expect(await userNamed(house, 'invited')).toMatchObject({ profileReadAt: null, status: 'PENDING' });
    // Nobody who is deactivated is asked for what only users of Zoom have.
    expect(asked('/users/{userId}/settings')).not.toContain(gone.id);
  });

  it('do not overwrite the role that a webhook said after they were asked for', async () => {
    const { id, accountId } = await userNamed(house, 'paid');
    const askedAt = house.clock.now();
    const profile = {
      id,
      roleId: '2',
      jobTitle: 'Sculptor',
      costCenter: null,
      location: null,
      managerEmail: null,
      zoomOneType: null,
      loginTypes: [100],
    };
    const said = (at: number) => sql()`
      update users set role_id = '1', webhook_at = ${JSON.stringify({ roleId: at })}::text::jsonb where id = ${id}`;
    const note = { accountId, askedAt, askedAtZoom: askedAt, marked: [] };
    await said(askedAt.getTime() + 1000);
    await saveProfiles(sql(), [profile], note);
    expect(await userNamed(house, 'paid')).toMatchObject({ roleId: '1', jobTitle: 'Sculptor' });
    await said(askedAt.getTime() - 1000);
    await saveProfiles(sql(), [profile], note);
    expect((await userNamed(house, 'paid')).roleId).toBe('2');
  });
});

describe('free users', () => {
  it('are not asked for settings and meetings while they do not count', async () => {
    await sync();
    expect(asked('/users/{userId}/settings')).not.toContain(free.id);
    expect(asked('/users/{userId}/meetings')).not.toContain(free.id);
    expect((await userNamed(house, 'free')).meetingCapacity).toBeNull();
  });

  it('are asked once they count, by the next sync', async () => {
    const before = integration;
    await update({ includeFreeUsers: true });
    const [account] = await house.database.db.query.accounts.findMany();
    expect(account).toMatchObject({ createdReadAt: null, addOnsReadAt: null, addOnsProof: null });
    // A run that was under way has asked for those who counted when it began.
    await noteCreatedRead(sql(), account!.id, house.clock.now(), before);
    expect((await house.database.db.query.accounts.findMany())[0]!.createdReadAt).toBeNull();
    await sync();
    expect(asked('/users/{userId}/settings')).toContain(free.id);
    expect(asked('/users/{userId}/meetings')).toContain(free.id);
    expect(await userNamed(house, 'free')).toMatchObject({
      meetingCapacity: 100,
      webinarEnabled: false,
      largeMeetingEnabled: false,
    });
  });

  it('are left alone by a sync that finds nothing new, which writes nothing', async () => {
    await sync();
    const before = await versions();
    expect(before.length).toBe(2);
    await sync();
    expect(await versions()).toEqual(before);
    expect(asked('/users/{userId}/settings')).not.toContain(free.id);
  });

  it('have no add-ons, whatever Zoom says of one, and that is not written twice', async () => {
    house.sandbox.faults.add({
      match: { path: `/users/${free.id}/settings` },
      times: Infinity,
      action: {
        mutateBody: (body) => ({
          ...body,
          feature: { ...body.feature, meeting_capacity: 150, webinar: true, webinar_capacity: 500 },
        }),
      },
    });
    await sql()`update users set settings_read_at = null where zoom_user_id = ${free.id}`;
    await sync();
    expect(await userNamed(house, 'free')).toMatchObject({
      meetingCapacity: 150,
      webinarEnabled: false,
      webinarCapacity: null,
    });
    const before = await versions();
    // A week later it is everybody's turn once more; whoever was not due is not written either.
    for (let days = 0; days < 7; days += 1) {
      house.clock.advance(DAY);
      await syncNow(house, integration, ['APPLICATION_ROSTER']);
    }
    expect(asked('/users/{userId}/settings')).toContain(free.id);
    expect(await versions()).toEqual(before);
    house.sandbox.faults.clear();
  }, 60_000);

  it('switching off resets nothing', async () => {
    await update({ includeFreeUsers: false });
    const [account] = await house.database.db.query.accounts.findMany();
    expect(account!.createdReadAt).not.toBeNull();
    expect(account!.addOnsReadAt).not.toBeNull();
  });
});
