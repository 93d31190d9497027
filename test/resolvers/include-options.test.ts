import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inactiveHolders } from '#src/datasources/store/inactive-holders.ts';
import { lookedBy } from '#src/actions/found-candidate.ts';
import type { Database } from '#src/db/client.ts';
import type { LicenseRow } from '#src/db/tables/rows.ts';
import { countedTypes } from '#src/policy/counted-types.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';

const TYPES = ['LICENSED', 'BASIC', 'ON_PREM', 'OTHER', 'UNASSIGNED', 'NONE'] as const;
const NOW = new Date('2026-03-01T12:00:00.000Z');

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
});
afterAll(async () => {
  await server.close();
  await database.close();
});

/** One inactive user of each type with the license of that type, and where each of them is tracked. */
async function trackedWith(options: { includeFreeUsers?: boolean; includeOnPremises?: boolean }) {
  const integration = await rows.integration({ kind: 'TIERED', ...options });
  const account = await rows.account(integration);
  const licenses: LicenseRow[] = [];
  for (const type of TYPES) {
    const license = await rows.license(account, { uniqueId: type, userType: type });
    await rows.assign(license, [await rows.user(account, { type, lastLoginAt: new Date('2025-01-01T00:00:00Z') })]);
    licenses.push(license);
  }
  const { data, errors } = await server.ask(
    `query ($id: ID!) {
       licenses(integrationId: $id) { uniqueId assigned inactive }
       users(integrationId: $id, filter: { inactiveDays: { gte: 60 } }) { nodes { type } }
       usersBy(integrationId: $id, field: TYPE) { facets { value inactive } }
     }`,
    { id: integration.id },
  );
  expect(errors).toBeUndefined();
  const candidates: string[] = [];
  for (const { uniqueId } of licenses) {
    const rule = await rows.rule(integration, { appliesTo: uniqueId });
    const found = await inactiveHolders(database.sql, {
      places: [{ accountId: account.id, provenIds: [rule.id], types: countedTypes(integration) }],
      rules: [{ ...lookedBy(rule, NOW), inactiveBefore: NOW, coolDownSince: new Date(0) }],
      now: NOW,
      of: 'FINDABLE',
    });
    candidates.push(...found.map(({ licenseUniqueId }) => licenseUniqueId));
  }
  const named = (list: Record<string, unknown>[], key: string, count: string) =>
    list.flatMap((one) => (one[count] === 1 ? [String(one[key])] : []));
  return {
    licenses: named(data.licenses, 'uniqueId', 'assigned').sort(),
    inactive: named(data.licenses, 'uniqueId', 'inactive').sort(),
    activityList: data.users.nodes.map(({ type }: { type: string }) => type).sort(),
    facets: named(data.usersBy.facets, 'value', 'inactive').sort(),
    candidates: candidates.sort(),
  };
}

describe('who is tracked in licenses, activity lists and candidates', () => {
  it.each([
    ['FX-38, FT-47, FT-49: both No', {}, ['LICENSED', 'OTHER']],
    ['FX-37, FT-46: free users Yes', { includeFreeUsers: true }, ['BASIC', 'LICENSED', 'NONE', 'OTHER', 'UNASSIGNED']],
    ['FT-48: on-premises Yes', { includeOnPremises: true }, ['LICENSED', 'ON_PREM', 'OTHER']],
    ['FT-46, FT-48: both Yes', { includeFreeUsers: true, includeOnPremises: true }, [...TYPES].sort()],
  ])('%s', async (_, options, types) => {
    expect(await trackedWith(options)).toEqual({
      licenses: types,
      inactive: types,
      activityList: types,
      facets: types,
      candidates: types,
    });
  });
});
