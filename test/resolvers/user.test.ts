import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  rows = rowsIn(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

describe('users', () => {
  it('cost the same number of statements, whether a page holds one or a hundred', async () => {
    const integration = await rows.integration();
    const account = await rows.account(integration);
    const group = await rows.group(account);
    const license = await rows.license(account);
    const rule = await rows.rule(integration);
    const people = await rows.users(
      account,
      Array.from({ length: 100 }, () => ({
        groupIds: [group.zoomGroupId],
        lastLoginAt: new Date('2026-01-01T00:00:00Z'),
      })),
    );
    await rows.assign(license, people);
    for (const person of people) {
      await rows.meeting(person);
      await rows.candidate(person, license, rule);
    }

    const query = `query ($first: Int) {
      users(first: $first) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          id
          licenses { name assigned compliance { position } }
          activity { lastActivityAt inactiveDays knownFrom }
          meetings(first: 5) { totalCount nodes { id host { email } } }
          groups { name }
          account { name integration { displayName } }
          subAccount { name }
          reclamationCandidates { nodes { id rule { name } history { to } } }
          history { validFrom }
        }
      }
    }`;
    await server.ask(query, { first: 1 });
    const one = await statementsOf(database, () => server.ask(query, { first: 1 }));
    const hundred = await statementsOf(database, () => server.ask(query, { first: 100 }));

    expect(one.result.errors).toBeUndefined();
    expect(hundred.result.errors).toBeUndefined();
    expect(hundred.result.data.users.nodes).toHaveLength(100);
    expect(hundred.result.data.users.nodes[99].meetings.nodes).toHaveLength(1);
    expect(hundred.statements.length).toBe(one.statements.length);
  });

  it("show no id of Zoom's while somebody is invited, though an event may have told it", async () => {
    const integration = await rows.integration();
    const account = await rows.account(integration);
    await rows.users(account, [
      { email: 'invited@zoom-id.example', status: 'PENDING', zoomUserId: 'told-early' },
      { email: 'joined@zoom-id.example', status: 'ACTIVE', zoomUserId: 'told-late' },
    ]);
    const found = async (filter: object) => {
      const { data, errors } = await server.ask(
        `query ($id: ID, $filter: UserFilter) {
          users(integrationId: $id, filter: $filter, orderBy: [{ field: ZOOM_USER_ID, direction: ASC }]) {
            nodes { email zoomUserId } } }`,
        { id: integration.id, filter },
      );
      expect(errors).toBeUndefined();
      return data.users.nodes;
    };
    const joined = { email: 'joined@zoom-id.example', zoomUserId: 'told-late' };
    const invited = { email: 'invited@zoom-id.example', zoomUserId: null };
    expect(await found({})).toEqual([joined, invited]);
    expect(await found({ zoomUserId: { eq: 'told-early' } })).toEqual([]);
    expect(await found({ zoomUserId: { eq: 'told-late' } })).toEqual([joined]);
    expect(await found({ zoomUserId: { isNull: true } })).toEqual([invited]);
    expect((await database.sql`select 1 from users where zoom_user_id = 'told-early'`).length).toBe(1);
  });
});
