import type { AddressInfo } from 'node:net';
import { auditServer, type AuditResult } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, type TestServer } from '../support/server.ts';

let database: Database;
let server: TestServer;
let results: AuditResult[];

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database);
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.app.server.address() as AddressInfo;
  // A `GET` needs a header that no foreign page can send; everything else is as the audits have it.
  const fetchFn = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': '1' } });
  results = await auditServer({ url: `http://127.0.0.1:${port}/graphql`, fetchFn });
});
afterAll(async () => {
  await server.close();
  await database.close();
});

describe('GraphQL over HTTP', () => {
  const named = (status: AuditResult['status']) =>
    results.filter((one) => one.status === status).map(({ id, name }) => `${id} ${name}`);

  it('is kept to without an error', () => {
    expect(named('error')).toEqual([]);
    expect(named('ok').length).toBeGreaterThan(50);
  });

  it('is followed but where a refusal would look like an answer', () => {
    // For `application/json` it would rather have 200 where a request is refused as a whole, as servers once did. Here what
    // is refused has a status that says so in every media type, so that proxies, meters and gateways see it.
    expect(named('warn')).toEqual([
      '572B SHOULD use 200 status code on document parsing failure when accepting application/json',
      'FDE2 SHOULD use 200 status code on document validation failure when accepting application/json',
      '7B9B SHOULD use a status code of 200 on variable coercion failure when accepting application/json',
    ]);
  });
});
