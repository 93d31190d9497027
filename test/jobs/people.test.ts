import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveWebhook } from '#src/actions/receive-webhook.ts';
import { updateIntegration } from '#src/actions/update-integration.ts';
import { upsertRosterPage } from '#src/datasources/store/roster.ts';
import { toRosterEntry } from '#src/datasources/zoom/to-row.ts';
import type { UserPayload } from '#src/datasources/zoom/users.ts';
import { readWebhook } from '#src/datasources/zoom/webhook-payloads.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { ADA, current, done } from '../support/consent.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { webhookBody } from '../support/webhooks.ts';
import { candidateStatus, makePaid, openCandidates, syncNow, userNamed } from '../support/worlds.ts';

/** A listed user of whom nothing is told. */
const EMPTY = { user_created_at: null, last_login_time: null, last_client_version: null, group_ids: null };
const NOTHING = { license_info_list: [], plan_united_type: null, role_id: null, employee_unique_id: null };

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

  it('stay what they are when a webhook names their address', async () => {
    const tell = async (name: string, event: string, more: object = {}) => {
      const { zoomUserId, email } = await userNamed(house, name);
      const at = house.clock.now().getTime();
      const object = { id: zoomUserId, email, type: 2, ...more };
      const body = webhookBody(event, integration.zoomAccountId!, object, { at });
      const webhook = readWebhook(body, at, new Date(at));
      expect(await receiveWebhook(house.deps, `${event} ${name} ${at}`, webhook)).toBe('APPLIED');
    };
    house.clock.advance(60_000);
    for (const name of ['lobby', 'rooms_cafe', 'svc-backup', 'robot', 'ada']) await tell(name, 'user.activated');
    expect(await kinds()).toMatchObject({
      ada: 'PERSON',
      'svc-backup': 'SERVICE_ACCOUNT',
      robot: 'API_USER',
      lobby: 'ZOOM_ROOM',
      rooms_cafe: 'ZOOM_ROOM',
    });
    // Moves to an address of programs; a page that was asked for before that still has the old one.
    await tell('batch.mailer', 'user.updated', { email: 'svc-mailer@example.com' });
    const { zoomUserId } = await userNamed(house, 'svc-mailer');
    const listed = toRosterEntry(
      { ...EMPTY, ...NOTHING, id: zoomUserId, email: 'batch.mailer@example.com', type: 2 } as unknown as UserPayload,
      'active',
      ['svc-*'],
    );
    const [account] = await house.database.sql<{ id: string }[]>`select id from accounts`;
    const place = { integrationId: integration.id, accountId: account!.id };
    const askedAt = new Date(house.clock.now().getTime() - 30_000);
    await upsertRosterPage(
      house.database.sql,
      place,
      [{ ...listed, firstName: 'Changed' }],
      house.clock.now(),
      askedAt,
    );
    expect(await userNamed(house, 'svc-mailer')).toMatchObject({ kind: 'SERVICE_ACCOUNT', firstName: 'Changed' });
    await house.database.sql`
      update users set email = 'batch.mailer@example.com', is_service_account = false, webhook_at = '{}'
      where zoom_user_id = ${zoomUserId}`;
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
