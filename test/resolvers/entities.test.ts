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

const QUERY = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on User { email licenses { name } meetings(first: 1) { nodes { id } } groups { name } activity { inactiveDays } }
    ... on Account { name tier }
    ... on License { name assigned }
  }
}`;

describe('entities', () => {
  it('are fetched together, in the order asked for, unknown ones as null', async () => {
    const account = await rows.account(await rows.integration());
    const license = await rows.license(account);
    const people = await rows.users(
      account,
      Array.from({ length: 100 }, () => ({})),
    );
    await rows.assign(license, people);
    const fetch = async (count: number) => {
      const representations = people.slice(0, count).flatMap((user) => [
        { __typename: 'User', id: user.id },
        { __typename: 'User', email: user.email.toUpperCase() },
        { __typename: 'User', email: `not-${user.email}` },
      ]);
      // Asking for a trace keeps both by resolvers, which what comes again is spared otherwise.
      const headers = { 'apollo-federation-include-trace': 'ftv1' };
      const { result, statements } = await statementsOf(database, () =>
        server.ask(QUERY, { representations }, { headers }),
      );
      expect(result.errors).toBeUndefined();
      return { entities: result.data._entities as ({ email: string; licenses: object[] } | null)[], statements };
    };
    const one = await fetch(1);
    const hundred = await fetch(100);
    expect(hundred.statements.length).toBe(one.statements.length);
    expect(hundred.entities.map((user) => user?.email ?? null)).toEqual(
      people.flatMap(({ email }) => [email, email, null]),
    );
    expect(hundred.entities[297]?.licenses).toEqual([{ name: license.name }]);
  });

  it('of several types come in one answer', async () => {
    const account = await rows.account(await rows.integration());
    const license = await rows.license(account);
    const { data, errors } = await server.ask(QUERY, {
      representations: [
        { __typename: 'License', id: license.id },
        { __typename: 'Account', zoomAccountId: account.zoomAccountId },
        { __typename: 'Account', id: 'unknown' },
      ],
    });
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      { __typename: 'License', name: license.name, assigned: 0 },
      { __typename: 'Account', name: account.name, tier: 'REGULAR' },
      null,
    ]);
  });

  it('of a type that we don’t have, or without a key, are told apart from failures', async () => {
    for (const representation of [
      { __typename: 'Invoice', id: '1' },
      { __typename: 'User' },
      { __typename: 'User', id: true },
      { id: '1' },
    ]) {
      const answer = await server.ask(QUERY, { representations: [representation] });
      expect(
        answer.errors?.map(({ extensions }) => extensions.code),
        JSON.stringify(representation),
      ).toEqual(['BAD_USER_INPUT']);
    }
  });
});
