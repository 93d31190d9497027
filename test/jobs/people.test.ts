import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateIntegration } from '#src/actions/update-integration.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { ADA, current, done } from '../support/consent.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { candidateStatus, makePaid, openCandidates, syncNow, userNamed } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      makePaid(world, 'ada', 100);
      makePaid(world, 'svc-backup', 100);
      makePaid(world, 'batch.mailer', 100);
      makePaid(world, 'robot', 100, { loginTypes: [99] });
      makePaid(world, 'lobby', 100, { clientVersion: 'ZoomRooms 6.1.0 (mac)' });
      makePaid(world, 'rooms_cafe', 100);
    },
  });
  integration = await connectedIntegration(house);
  await syncNow(house, integration);
}, 60_000);
afterAll(() => house?.close());

const kinds = async () => {
  const rows = await house.database.sql<{ email: string; kind: string }[]>`
    select email, kind from users where type = 'LICENSED' and role_id = '2'`;
  return Object.fromEntries(rows.map((row) => [row.email.split('@')[0], row.kind]));
};

describe('people who are none', () => {
  it('are told by address, client and way to sign in, and are never found', async () => {
    expect(await kinds()).toEqual({
      ada: 'PERSON',
      'svc-backup': 'SERVICE_ACCOUNT',
      'batch.mailer': 'PERSON',
      robot: 'API_USER',
      lobby: 'ZOOM_ROOM',
      rooms_cafe: 'ZOOM_ROOM',
    });
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['ada', 'batch.mailer']);
  });

  it('follow the patterns of the integration from the next roster, both ways', async () => {
    const input = { integrationId: integration.id, serviceAccountPatterns: ['Batch.*@*'] };
    done(await updateIntegration(house.deps, ADA, input));
    integration = await current(house, integration);
    expect(integration.serviceAccountPatterns).toEqual(['batch.*@*']);
    expect((await userNamed(house, 'batch.mailer')).kind).toBe('PERSON');
    await syncNow(house, integration);
    expect(await kinds()).toMatchObject({ 'svc-backup': 'PERSON', 'batch.mailer': 'SERVICE_ACCOUNT' });
    expect(await candidateStatus(house, 'batch.mailer')).toBe('CLOSED_SKIPPED');
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['ada', 'svc-backup']);
  });

  it('may be nobody: without patterns every address is a person', async () => {
    done(await updateIntegration(house.deps, ADA, { integrationId: integration.id, serviceAccountPatterns: [] }));
    integration = await current(house, integration);
    await syncNow(house, integration);
    expect(Object.values(await kinds())).not.toContain('SERVICE_ACCOUNT');
  });

  it('cost no write when nothing changed', async () => {
    const before = await house.database.sql`select id, xmin from users order by id`;
    await syncNow(house, integration);
    expect(await house.database.sql`select id, xmin from users order by id`).toEqual(before);
  });
});
