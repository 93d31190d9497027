import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { licenseMappings } from '#src/db/tables/index.ts';
import type { AccountRow } from '#src/db/tables/rows.ts';
import { heldLicenses } from '#src/datasources/store/assignments.ts';
import { heldOf, unrecognizedOf } from '#src/datasources/store/held.ts';
import { unrecognizedIdentifiers } from '#src/policy/subscription-identifiers.ts';
import { testDatabase } from '../../support/database.ts';
import { rowsIn } from '../../support/rows.ts';

let database: Database;
let rows: ReturnType<typeof rowsIn>;
let account: AccountRow;

beforeAll(async () => {
  database = await testDatabase();
  rows = rowsIn(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.sql`truncate integrations, accounts, users, license_mappings`;
  account = await rows.account(await rows.integration());
});

const bits = fc.option(
  fc.oneof(
    fc.constantFrom('', '0', 'none', 'NONE', 'gold', '-1', '1e21', '16', '48', '17', '576460752303423488', '00'),
    fc.constantFrom('9223372036854775807', '9223372036854775808', '99999999999999999999999'),
    fc.bigInt({ min: 0n, max: 1n << 62n }).map(String),
    fc.integer({ min: 0, max: 62 }).map((bit) => String(1n << BigInt(bit))),
  ),
);
const odd = fc.constantFrom('MEETING', 'ZOOM_WORKPLACE_BUNDLE', "O'Hara", 'toString', '');
const user = fc.record({
  status: fc.constantFrom('ACTIVE' as const, 'INACTIVE' as const, 'PENDING' as const),
  type: fc.constantFrom('LICENSED' as const, 'BASIC' as const, 'OTHER' as const),
  typeCode: fc.option(fc.constantFrom(1, 2, 6, -7)),
  zoomOneType: bits,
  planUnitedType: bits,
  licenseInfos: fc.option(
    fc.array(fc.record({ type: fc.option(odd), option: bits, subscriptionId: fc.constant(null) }), { maxLength: 3 }),
  ),
  features: fc.option(
    fc.dictionary(
      fc.constantFrom('webinar', 'zoom_docs', 'meeting_capacity', 'zoom_hologram', "it's", '"', 'constructor'),
      fc.constantFrom(true, false, 300, 'true', null),
      { noNullPrototype: true },
    ),
  ),
  removedAt: fc.option(fc.constant(new Date('2026-01-01T00:00:00Z')), { freq: 5 }),
});

it('says of what nobody knows what the policy says, for every user', async () => {
  const people = await rows.users(account, fc.sample(user, 400));
  const { sql } = database;
  const told = await sql<{ id: string; identifiers: string[] }[]>`
    select user_id as id, array_agg(identifier order by identifier collate "C") as identifiers
    from ${unrecognizedOf(sql, sql`u.account_id = ${account.id}`)} h group by user_id`;
  const byId = new Map(told.map((row) => [row.id, row.identifiers]));
  const kinds = new Set<string>();
  for (const person of people) {
    const expected = unrecognizedIdentifiers(person);
    expect([person, byId.get(person.id) ?? []]).toEqual([person, [...expected].sort()]);
    for (const identifier of expected) kinds.add(identifier.split('_')[0]!);
  }
  expect([...kinds].sort()).toEqual(['BUNDLE', 'FEATURE', 'INFO', 'TYPE', 'UNITED']);
});

it('is mapped, each license once, and only in its own integration', async () => {
  const facts = { type: 'OTHER', typeCode: 6, zoomOneType: '1', features: { zoom_hologram: true } } as const;
  const person = await rows.user(account, { ...facts, webinarEnabled: true, webinarCapacity: 500 });
  const other = await rows.account(await rows.integration());
  await rows.user(other, facts);
  await database.db.insert(licenseMappings).values(
    ['TYPE_6', 'BUNDLE_1'].map((identifier) => ({
      id: `map_${identifier}`,
      integrationId: account.integrationId,
      identifier,
      uniqueId: 'LICENSED',
      createdBy: 'test',
    })),
  );
  const held = async (userIds: string[] | null) =>
    (
      await database.sql<{ held: string }[]>`
        select distinct held from ${heldOf(database.sql, account.id, userIds)} h order by 1`
    ).map((row) => row.held);
  expect(await held([person.id])).toEqual(['FEATURE_zoom_hologram', 'LICENSED', 'WEBINAR_500']);
  expect(await held(null)).toEqual(await held([person.id]));
  expect(await held([])).toEqual([]);
  expect((await heldLicenses(database.sql, other.id)).sort()).toEqual(['BUNDLE_1', 'FEATURE_zoom_hologram', 'TYPE_6']);
});
