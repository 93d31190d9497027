import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reclaim } from '#src/actions/reclaim-license.ts';
import type { Caller } from '#src/caller.ts';
import { itemsOf } from '#src/datasources/store/reclaim.ts';
import { ENDPOINTS } from '#src/datasources/zoom/endpoints.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import type { Deps } from '#src/deps.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import type { SandboxUser } from '#sandbox/index.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { candidateStatus, DAY, makePaid, neverAborted, syncNow } from '../support/worlds.ts';

const operator: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };
const NAMES = [
  'visitor',
  'returner',
  'ruleless',
  'synced',
  'machine',
  'late',
  'meanwhile',
  'lobby',
  'agent',
  'daemon',
  'without',
  'newer',
];

let house: House;
let integration: IntegrationRow;
const people = new Map<string, SandboxUser>();

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      for (const name of NAMES) people.set(name, makePaid(world, name, 100));
      // Enough of them that the guard has something to be a share of.
      for (let n = 0; n < 120; n += 1) makePaid(world, `busy${n}`, 2);
    },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
}, 120_000);
afterAll(() => house?.close());

const countAll = (signs: string[] | null) => house.database.sql`update reclamation_rules set signs = ${signs}::text[]`;

async function plan(name: string): Promise<string> {
  const [row] = await house.database.sql<{ id: string }[]>`
    select c.id from reclamation_candidates c join users u on u.id = c.user_id
    where c.closed_at is null and u.email = ${`${name}@example.com`}`;
  const outcome = await reclaim(house.deps, operator, { candidateIds: [row!.id] });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
  return outcome.reclamation.id;
}

async function send(reclamationId: string) {
  await runReclamation(house.deps, reclamationId, neverAborted());
  const [item] = await itemsOf(house.database.sql, reclamationId);
  return [item?.status, item?.error?.code];
}

const signIn = (name: string) => {
  people.get(name)!.lastLoginAt = house.clock.now().getTime() - 60_000;
};

describe('right before a license is taken', () => {
  it('a sign-in does not save it where the rule does not count sign-ins', async () => {
    await countAll(['LONG_MEETING_HOSTED']);
    await syncNow(house, integration, ['RECLAMATION']);
    const planned = await plan('visitor');
    signIn('visitor');
    expect(await send(planned)).toEqual(['CONFIRMED', undefined]);
  });

  it('a sign-in saves it where the rule counts sign-ins among others', async () => {
    await countAll(['SIGNED_IN', 'LONG_MEETING_HOSTED']);
    await syncNow(house, integration, ['RECLAMATION']);
    const planned = await plan('returner');
    signIn('returner');
    expect(await send(planned)).toEqual(['SKIPPED', 'ACTIVE_AGAIN']);
    expect(await candidateStatus(house, 'returner')).toBe('CLOSED_CANCELED');
  });

  it('a sign that only a newer version knows saves it: it may have been seen since', async () => {
    await countAll(['LONG_MEETING_HOSTED']);
    await syncNow(house, integration, ['RECLAMATION']);
    const planned = await plan('newer');
    await countAll(['LONG_MEETING_HOSTED', 'CHATTED']);
    expect(await send(planned)).toEqual(['SKIPPED', 'STALE_DATA']);
  });

  it('a sign-in saves it where the rule is gone, whatever that counted', async () => {
    await countAll(['LONG_MEETING_HOSTED']);
    await syncNow(house, integration, ['RECLAMATION']);
    const planned = await plan('ruleless');
    await house.database.sql`update reclamation_rules set deleted_at = now()`;
    signIn('ruleless');
    expect(await send(planned)).toEqual(['SKIPPED', 'ACTIVE_AGAIN']);
    await house.database.sql`update reclamation_rules set deleted_at = null`;
  });

  it('use that a sync saw after it was planned saves it', async () => {
    await countAll(null);
    await syncNow(house, integration, ['RECLAMATION']);
    const planned = await plan('synced');
    signIn('synced');
    await syncNow(house, integration);
    expect(await candidateStatus(house, 'synced')).toBe('AWAITING_REVOCATION');
    expect(await send(planned)).toEqual(['SKIPPED', 'ACTIVE_AGAIN']);
  });

  it('a hosted meeting that a sync saw after it was planned saves it', async () => {
    const planned = await plan('late');
    await house.database.sql`
      update users set last_meeting_hosted_at = ${new Date(house.clock.now().getTime() - DAY)} where email = 'late@example.com'`;
    expect(await send(planned)).toEqual(['SKIPPED', 'ACTIVE_AGAIN']);
  });

  it('the address of a service account saves it', async () => {
    const planned = await plan('machine');
    await house.database.sql`
      update integrations set service_account_patterns = '{"mach*@*"}' where id = ${integration.id}`;
    await syncNow(house, { ...integration, serviceAccountPatterns: ['mach*@*'] } as IntegrationRow, [
      'APPLICATION_ROSTER',
    ]);
    expect(await send(planned)).toEqual(['SKIPPED', 'SERVICE_ACCOUNT']);
  });

  it('use that a webhook tells while Zoom is being asked saves it', async () => {
    const planned = await plan('meanwhile');
    const { zoom } = house.deps;
    const deps: Deps = {
      ...house.deps,
      zoom: {
        ...zoom,
        forIntegration: (...args) => {
          const client = zoom.forIntegration(...args);
          return {
            ...client,
            async call(request) {
              // The last question before the write.
              if (request.endpoint === ENDPOINTS.getUserSettings) {
                await house.database.sql`
                  update users set last_sign_in_at = ${house.clock.now()} where email = 'meanwhile@example.com'`;
              }
              return client.call(request);
            },
          };
        },
      },
    };
    await runReclamation(deps, planned, neverAborted());
    const [item] = await itemsOf(house.database.sql, planned);
    expect([item?.status, item?.error?.code]).toEqual(['SKIPPED', 'ACTIVE_AGAIN']);
  });

  it('the client of a Zoom Room saves it', async () => {
    const planned = await plan('lobby');
    people.get('lobby')!.clientVersion = 'ZoomRooms 6.1.0 (mac)';
    expect(await send(planned)).toEqual(['SKIPPED', 'ZOOM_ROOM']);
  });

  it('a pattern for service accounts that was made after it was planned saves it, without a sync', async () => {
    const planned = await plan('agent');
    await house.database.sql`
      update integrations set service_account_patterns = '{"agent@*","daemon@*"}' where id = ${integration.id}`;
    expect(await send(planned)).toEqual(['SKIPPED', 'SERVICE_ACCOUNT']);
    await expect(plan('daemon')).rejects.toThrow(/service account/);
  });

  it('having lost the license since saves what else there is', async () => {
    const planned = await plan('without');
    await house.database.sql`
      delete from license_assignments where user_id = (select id from users where email = 'without@example.com')`;
    expect(await send(planned)).toEqual(['SKIPPED', 'CHANGED_IN_ZOOM']);
  });

  it('what was left alone got no write', () => {
    const written = house.sandbox.calls.filter((call) => call.label !== null && call.method !== 'GET');
    expect(written).toHaveLength(1);
    expect(written[0]!.url).toContain(people.get('visitor')!.id);
  });
});
