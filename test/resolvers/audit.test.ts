import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { recordAudit, type AuditEntry } from '#src/datasources/store/audit.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, type TestServer } from '../support/server.ts';

let database: Database;
let server: TestServer;

const entry = (action: AuditEntry['action'], more: Partial<AuditEntry>): AuditEntry => ({
  at: new Date('2026-03-01T00:00:00.000Z'),
  actor: 'ada',
  action,
  integrationId: 'int_a',
  ...more,
});

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  await recordAudit(database.sql, [
    entry('rule.created', { subject: 'rul_1' }),
    entry('rule.updated', { subject: 'rul_1', at: new Date('2026-03-02T00:00:00.000Z'), actor: 'grace' }),
    entry('rule.updated', { subject: 'rul_2', integrationId: 'int_b', actor: 'Grace' }),
    entry('exclusion.created', { subject: 'exc_1', integrationId: null }),
    entry('license.reclaimed', { subject: 'usr_1', at: new Date('2026-03-03T00:00:00.000Z'), actor: 'grace' }),
  ]);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const LIST = `query ($id: ID, $filter: AuditEventFilter, $first: Int, $after: String) {
  auditEvents(integrationId: $id, filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id position action subject actor requestId hash previousHash } } }`;

async function list(variables: Record<string, unknown>) {
  const { data, errors } = await server.ask(LIST, variables);
  expect(errors).toBeUndefined();
  return data.auditEvents;
}

describe('auditEvents', () => {
  it.each([
    [{}, [5, 4, 3, 2, 1]],
    [{ id: 'int_a' }, [5, 2, 1]],
    [{ id: 'int_a', filter: { action: { startsWith: 'rule.' } } }, [2, 1]],
    [{ filter: { subject: { eq: 'rul_1' } } }, [2, 1]],
    [{ filter: { subject: { in: ['rul_2', 'usr_1'] } } }, [5, 3]],
    [{ filter: { actor: { eq: 'grace' } } }, [5, 3, 2]],
    [{ filter: { action: { eq: 'rule.updated' }, actor: { ne: 'ada' } } }, [3, 2]],
    [{ filter: { at: { gte: '2026-03-02T00:00:00Z', lt: '2026-03-03T00:00:00Z' } } }, [2]],
    [{ filter: { requestId: { isNull: false } } }, []],
  ])('of %j, newest first', async (variables, positions) => {
    const { totalCount, nodes } = await list(variables);
    expect(nodes.map(({ position }: { position: number }) => position)).toEqual(positions);
    expect(totalCount).toBe(positions.length);
  });

  it('comes in pages that lose and repeat nothing, and each names the hash of the one before', async () => {
    const filter = { actor: { in: ['ada', 'grace'] } };
    const seen: { position: number; hash: string; previousHash: string }[] = [];
    let after: string | null = null;
    for (;;) {
      const { nodes, pageInfo }: any = await list({ filter, first: 2, after });
      seen.push(...nodes);
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen.map(({ position }) => position)).toEqual([5, 4, 3, 2, 1]);
    for (const [index, event] of seen.entries()) {
      expect(event.previousHash).toBe(seen[index + 1]?.hash ?? '0'.repeat(64));
    }
  });

  it('says in which request something was done', async () => {
    const input = { from: 'USD', to: 'EUR', rate: '0.9' };
    const { headers } = await server.ask(
      'mutation ($input: SetExchangeRateInput!) { setExchangeRate(input: $input) { userErrors { message } } }',
      { input },
      { headers: { 'x-request-id': 'from-the-gateway-7' } },
    );
    expect(headers['x-request-id']).toBe('from-the-gateway-7');
    const { nodes } = await list({ filter: { requestId: { eq: 'from-the-gateway-7' } } });
    expect(nodes).toMatchObject([{ action: 'exchange_rate.set' }]);
  });
});
