import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';

let database: Database;
let server: TestServer;
let integration: IntegrationRow;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  const rows = rowsIn(database);
  integration = await rows.integration();
  const account = await rows.account(integration);
  await rows.license(account, { uniqueId: 'LICENSED', name: 'Licensed' });
  await rows.users(account, [{ type: 'OTHER', typeCode: 6 }, { type: 'OTHER', typeCode: 6 }, { zoomOneType: '1' }, {}]);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const LIST = `query ($id: ID!, $mapped: Boolean! = true) {
  unrecognizedSubscriptions(integrationId: $id, includeMapped: $mapped) {
    id identifier source name users firstSeenAt mappedTo { uniqueId name }
  }
}`;
const MAP = `mutation ($input: MapUnrecognizedSubscriptionInput!) {
  mapUnrecognizedSubscription(input: $input) {
    unrecognizedSubscription { identifier mappedTo { name } } license { name assigned users { totalCount } }
    userErrors { code message field }
  }
}`;

describe('unrecognized subscriptions', () => {
  it('are listed, mapped and told apart', async () => {
    const before = await server.ask(LIST, { id: integration.id });
    expect(before.errors).toBeUndefined();
    expect(before.data.unrecognizedSubscriptions).toMatchObject([
      { identifier: 'BUNDLE_1', source: 'WORKPLACE_BUNDLE', name: 'Zoom Workplace bundle 1', users: 1, mappedTo: null },
      { identifier: 'TYPE_6', source: 'USER_TYPE', name: 'Zoom type 6', users: 2, mappedTo: null },
    ]);
    const input = { integrationId: integration.id, identifier: 'TYPE_6', licenseName: 'Six' };
    const { data, errors } = await server.ask(MAP, { input });
    expect(errors).toBeUndefined();
    expect(data.mapUnrecognizedSubscription).toEqual({
      unrecognizedSubscription: { identifier: 'TYPE_6', mappedTo: { name: 'Six' } },
      license: { name: 'Six', assigned: 2, users: { totalCount: 2 } },
      userErrors: [],
    });
    const names = async (mapped: boolean) =>
      (await server.ask(LIST, { id: integration.id, mapped })).data.unrecognizedSubscriptions.map(
        (one: { identifier: string }) => one.identifier,
      );
    expect(await names(true)).toEqual(['BUNDLE_1', 'TYPE_6']);
    expect(await names(false)).toEqual(['BUNDLE_1']);
  });

  it('say what is wrong in words', async () => {
    const input = { integrationId: integration.id, identifier: 'BUNDLE_1' };
    const { data } = await server.ask(MAP, { input });
    expect(data.mapUnrecognizedSubscription).toEqual({
      unrecognizedSubscription: null,
      license: null,
      userErrors: [{ code: 'INVALID', message: expect.stringContaining('not both'), field: ['input', 'licenseId'] }],
    });
  });

  it('are mapped by operators only', async () => {
    const input = { integrationId: integration.id, identifier: 'TYPE_6', licenseName: 'Six' };
    const { errors } = await server.ask(MAP, { input }, { scopes: ['zoom:read'] });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const unmap = `mutation ($input: UnmapUnrecognizedSubscriptionInput!) {
      unmapUnrecognizedSubscription(input: $input) { userErrors { code } }
    }`;
    const { integrationId, identifier } = input;
    const refused = await server.ask(unmap, { input: { integrationId, identifier } }, { scopes: ['zoom:read'] });
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await server.ask(unmap, { input: { integrationId, identifier } })).data).toEqual({
      unmapUnrecognizedSubscription: { userErrors: [] },
    });
  });
});
