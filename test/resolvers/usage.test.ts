import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import {
  cloudRecordings,
  dailyUsage,
  operationLogs,
  reportCoverage,
  signIns,
  taskParts,
} from '#src/db/tables/index.ts';
import type { AccountRow, IntegrationRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;
const at = (day: number, hour = 9) => new Date(Date.UTC(2026, 2, day, hour));
const place = () => ({ accountId: account.id, integrationId: integration.id });

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => at(20) } });
  rows = rowsIn(database);
  integration = await rows.integration({ grantedScopes: ['report:read:admin', 'user:read:admin'] });
  account = await rows.account(integration, {
    lockSettings: { in_meeting: { chat: true } },
    managedDomains: [{ domain: 'example.com', status: null }],
    trustedDomains: ['partner.example'],
  });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

describe('User.signIns', () => {
  const query = `query ($first: Int, $after: String, $users: Int = 50) {
    users(first: $users) { nodes { email signIns(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { at kind clientType clientVersion }
    } } }
  }`;

  it('are the newest first, page by page, at the same cost for one user as for many', async () => {
    const people = await rows.users(
      account,
      Array.from({ length: 30 }, () => ({})),
    );
    await database.db.insert(signIns).values(
      people.flatMap(({ id, email }) => [
        // Two at the same instant: the page must not lose one between them.
        { ...place(), email, userId: id, at: at(3), kind: 'SIGN_IN' as const, clientType: 'Browser' },
        { ...place(), email, userId: id, at: at(3), kind: 'SIGN_OUT' as const },
        { ...place(), email, userId: id, at: at(1), kind: 'SIGN_IN' as const, clientVersion: '6.1' },
      ]),
    );
    await server.ask(query, { first: 2, users: 1 });
    const one = await statementsOf(database, () => server.ask(query, { first: 2, users: 1 }));
    const many = await statementsOf(database, () => server.ask(query, { first: 2, users: 30 }));
    expect(many.result.errors).toBeUndefined();
    expect(many.statements.length).toBe(one.statements.length);
    const page = many.result.data.users.nodes[29].signIns;
    expect(page).toMatchObject({
      totalCount: 3,
      pageInfo: { hasNextPage: true },
      nodes: [
        { at: at(3).toISOString(), kind: 'SIGN_OUT', clientType: null },
        { at: at(3).toISOString(), kind: 'SIGN_IN', clientType: 'Browser' },
      ],
    });
    const middle = await server.ask(query, { first: 1, users: 1 });
    const { endCursor } = middle.data.users.nodes[0].signIns.pageInfo;
    const rest = await server.ask(query, { first: 5, users: 1, after: endCursor });
    expect(rest.data.users.nodes[0].signIns.nodes).toEqual([
      { at: at(3).toISOString(), kind: 'SIGN_IN', clientType: 'Browser', clientVersion: null },
      { at: at(1).toISOString(), kind: 'SIGN_IN', clientType: null, clientVersion: '6.1' },
    ]);
  });
});

describe('an account', () => {
  it('shows locked settings and domains', async () => {
    const { data } = await server.ask(
      '{ integrations { account { lockSettings managedDomains { domain status } trustedDomains } } }',
    );
    expect(data.integrations[0].account).toEqual({
      lockSettings: { in_meeting: { chat: true } },
      managedDomains: [{ domain: 'example.com', status: null }],
      trustedDomains: ['partner.example'],
    });
  });

  it('shows what was done to it, newest first', async () => {
    await database.db.insert(operationLogs).values([
      {
        ...place(),
        id: 'a',
        at: at(1),
        operator: 'ada@example.com',
        category: 'user',
        action: 'Update',
        detail: 'One',
      },
      { ...place(), id: 'b', at: at(2), operator: null, detail: 'Two' },
      { ...place(), id: 'c', at: at(2), operator: null, detail: 'Three' },
    ]);
    const query = `query ($id: ID!, $after: String) { account(id: $id) { operationLogs(first: 2, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } nodes { at operator category action detail }
    } } }`;
    const first = (await server.ask(query, { id: account.id })).data.account.operationLogs;
    expect(first.totalCount).toBe(3);
    expect(first.nodes.map((log: { detail: string }) => log.detail)).toEqual(['Three', 'Two']);
    const second = (await server.ask(query, { id: account.id, after: first.pageInfo.endCursor })).data.account;
    expect(second.operationLogs).toMatchObject({
      pageInfo: { hasNextPage: false },
      nodes: [
        { at: at(1).toISOString(), operator: 'ada@example.com', category: 'user', action: 'Update', detail: 'One' },
      ],
    });
  });

  it('shows the figures of the days asked for, and refuses too many', async () => {
    const figures = { newUsers: 1, meetings: 2, participants: 3, meetingMinutes: 4 };
    await database.db
      .insert(dailyUsage)
      .values(['2026-03-01', '2026-03-02', '2026-03-19', '2025-01-01'].map((day) => ({ ...place(), day, ...figures })));
    const query = `query ($id: ID!, $from: Date, $to: Date) { account(id: $id) {
      some: dailyUsage(from: $from, to: $to) { day newUsers meetings participants meetingMinutes }
      all: dailyUsage { day }
    } }`;
    const { data } = await server.ask(query, { id: account.id, from: '2026-03-02', to: '2026-03-19' });
    expect(data.account.some).toEqual([
      { day: '2026-03-02', ...figures },
      { day: '2026-03-19', ...figures },
    ]);
    expect(data.account.all.map(({ day }: { day: string }) => day)).toEqual(['2026-03-01', '2026-03-02', '2026-03-19']);
    const tooMany = await server.ask(query, { id: account.id, from: '2024-01-01' });
    expect(tooMany.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const backwards = await server.ask(query, { id: account.id, from: '2026-03-02', to: '2026-03-01' });
    expect(backwards.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});

describe('a meeting', () => {
  it('says whether it was recorded only where recordings were read, and what was read of it', async () => {
    const host = await rows.user(account);
    const recorded = await rows.meeting(host, { startTime: at(5), pollCount: 2, registrantCount: 0 });
    const plain = await rows.meeting(host, { startTime: at(6) });
    const later = await rows.meeting(host, { startTime: at(15) });
    await database.db
      .insert(cloudRecordings)
      .values([{ ...place(), uuid: recorded.uuid, hostUserId: host.id, startTime: at(5) }]);
    await database.db
      .insert(reportCoverage)
      .values([{ ...place(), report: 'RECORDINGS', knownFrom: at(1), knownUntil: at(10) }]);
    const query = `query ($a: ID!, $b: ID!, $c: ID!) {
      a: meeting(id: $a) { cloudRecorded pollCount registrantCount } b: meeting(id: $b) { cloudRecorded pollCount } c: meeting(id: $c) { cloudRecorded }
    }`;
    const { data } = await server.ask(query, { a: recorded.id, b: plain.id, c: later.id });
    expect(data).toEqual({
      a: { cloudRecorded: true, pollCount: 2, registrantCount: 0 },
      b: { cloudRecorded: false, pollCount: null },
      c: { cloudRecorded: null },
    });
  });
});

describe('TaskSetting.parts', () => {
  it('tells, task by task, what was read, what was left out and why', async () => {
    await database.db.insert(taskParts).values([
      { integrationId: integration.id, part: 'SIGN_INS', status: 'READ', at: at(2), readAt: at(2) },
      { integrationId: integration.id, part: 'GROUPS', status: 'SKIPPED', message: 'Not granted.', at: at(2) },
      {
        integrationId: integration.id,
        part: 'DAILY_USAGE',
        status: 'FAILED',
        message: 'Oops.',
        at: at(2),
        readAt: at(1),
      },
    ]);
    const { data, errors } = await server.ask(
      `{ integrations { meetingDetail tasks { task missingScopes parts { part status message requiredScopes missingScopes endpoint lastReadAt } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.integrations[0].meetingDetail).toBe('WHERE_DECISIVE');
    const tasks = Object.fromEntries(data.integrations[0].tasks.map((one: { task: string }) => [one.task, one]));
    const named = (task: string) =>
      Object.fromEntries(tasks[task].parts.map((one: { part: string }) => [one.part, one]));
    expect(named('APPLICATION_ROSTER')['GROUPS']).toEqual({
      part: 'GROUPS',
      status: 'SKIPPED',
      message: 'Not granted.',
      requiredScopes: ['group:read:list_groups:admin'],
      missingScopes: ['group:read:list_groups:admin'],
      endpoint: 'GET /groups',
      lastReadAt: null,
    });
    expect(named('APPLICATION_ACCESS')).toMatchObject({
      SIGN_INS: { status: 'READ', message: null, missingScopes: [], lastReadAt: at(2).toISOString() },
      DAILY_USAGE: { status: 'FAILED', message: 'Oops.', lastReadAt: at(1).toISOString() },
      POLLS: { status: 'NOT_YET', message: null, missingScopes: ['meeting:read:list_past_polls:admin'] },
    });
    // What is only nice to have is not missing to the task.
    expect(tasks['APPLICATION_ROSTER'].missingScopes).toEqual([]);
    expect(tasks['RECLAMATION'].parts).toEqual([]);
  });
});
