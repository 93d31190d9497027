import { parseArgs } from 'node:util';
import { openPool, parseDatabaseUrl, type Database } from '#src/db/client.ts';
import { newId } from '#src/db/id.ts';
import { migrateDatabase } from '#src/db/migrate.ts';
import type { RosterEntry } from '#src/db/tables/rows.ts';
import { upsertRosterPage, type RosterPlace } from '#src/datasources/store/roster.ts';
import { learnRoster } from '#src/datasources/store/writes.ts';
import { LEARNS_FROM } from '#src/jobs/sync-roster.ts';
import { rowsIn } from '#test/support/rows.ts';
import { createDatabase } from './house.ts';

/** Zoom's largest page. */
const PAGE = 300;

/**
 * How fast a roster is written beside `insert … select from unnest` by hand, into the same table with the same indexes, and
 * what a second roster that says the same writes: nothing. On `BENCH_DATABASE_URL`.
 */
export async function ingest(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: { users: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
  });
  const url = process.env['BENCH_DATABASE_URL'];
  if (url === undefined) throw new Error('Set BENCH_DATABASE_URL.');
  const own = await createDatabase(url);
  await migrateDatabase(parseDatabaseUrl(own.url));
  const database = openPool(parseDatabaseUrl(own.url));
  try {
    const rows = rowsIn(database);
    const account = await rows.account(await rows.integration());
    const place = { integrationId: account.integrationId, accountId: account.id };
    const entries = Array.from({ length: Number(values.users) }, (_, n) => entry(n));
    const pages = Array.from({ length: Math.ceil(entries.length / PAGE) }, (_, n) =>
      entries.slice(n * PAGE, (n + 1) * PAGE),
    );
    const seconds: Record<'ours' | 'byHand' | 'unchanged', number[]> = { ours: [], byHand: [], unchanged: [] };
    const written: number[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      await empty(database);
      seconds.byHand.push(await timed(() => byHand(database, place, pages)));
      await empty(database);
      seconds.ours.push(await timed(() => ours(database, place, pages, true)));
      await notePlaces(database);
      seconds.unchanged.push(await timed(() => ours(database, place, pages, false)));
      written.push(await rowsWritten(database));
      process.stderr.write(`${JSON.stringify({ seconds, written })}\n`);
    }
    const middle = (list: number[]) =>
      Math.round(list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]! * 100) / 100;
    return {
      users: entries.length,
      ourSeconds: middle(seconds.ours),
      byHandSeconds: middle(seconds.byHand),
      ratio: Math.round((middle(seconds.ours) / middle(seconds.byHand)) * 100) / 100,
      unchangedSeconds: middle(seconds.unchanged),
      rowsWrittenByUnchanged: written,
    };
  } finally {
    await database.close();
    await own.drop();
  }
}

/** As a sync does, page after page; an account's roster is written by one at a time. */
async function ours({ sql }: Database, place: RosterPlace, pages: RosterEntry[][], isFirst: boolean): Promise<void> {
  const at = new Date('2026-03-01T12:00:00Z');
  let known = 0;
  let learnsAt = isFirst ? LEARNS_FROM : Infinity;
  for (const page of pages) {
    await upsertRosterPage(sql, place, page, at);
    known += page.length;
    if (known < learnsAt) continue;
    await learnRoster(sql);
    learnsAt = 4 * known;
  }
}

/** The columns that a listing says, and the least that can be done with them: a statement a page. */
async function byHand({ sql }: Database, place: RosterPlace, pages: RosterEntry[][]): Promise<void> {
  const at = new Date('2026-03-01T12:00:00Z').toISOString();
  for (const page of pages) {
    const of = (key: keyof RosterEntry) => page.map((one) => one[key] as string | null);
    const lists = [
      page.map(() => newId('usr')),
      ...COLUMNS.map((key) =>
        of(key).map((one) => ((one as unknown) instanceof Date ? (one as unknown as Date).toISOString() : one)),
      ),
      page.map(({ groupIds }) => (groupIds ?? []).join()),
    ];
    await sql.unsafe(
      `insert into users (id, zoom_user_id, email, first_name, last_name, display_name, status, type, type_code, active_date, department,
         last_client_version, last_login_at, role_id, timezone, group_ids, integration_id, account_id, first_seen_at, updated_at, signs_changed_at, observed_at)
       select id, zoom, email, first, last, display, status, type, code, active, department, version, login, role, zone,
         string_to_array(groups, ','), $17, $18, $19::timestamptz, $19::timestamptz, $19::timestamptz, $19::timestamptz
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[],
         $10::text[]::timestamptz[], $11::text[], $12::text[], $13::text[]::timestamptz[], $14::text[], $15::text[], $16::text[])
         n(id, zoom, email, first, last, display, status, type, code, active, department, version, login, role, zone, groups)`,
      [...lists, place.integrationId, place.accountId, at] as never[],
      { prepare: true },
    );
  }
}

const COLUMNS = [
  'zoomUserId',
  'email',
  'firstName',
  'lastName',
  'displayName',
  'status',
  'type',
  'typeCode',
  'activeDate',
  'department',
  'lastClientVersion',
  'lastLoginAt',
  'roleId',
  'timezone',
] as const satisfies readonly (keyof RosterEntry)[];

function entry(n: number): RosterEntry {
  // Thrown about, as Zoom lists nobody in the order of their addresses.
  const spread = (n * 7919) % 1_000_003;
  return {
    zoomUserId: `zoom-user-${spread}`,
    email: `first${spread % 997}.last${spread}@example.com`,
    firstName: `First${spread % 997}`,
    lastName: `Last${spread}`,
    displayName: `First${spread % 997} Last${spread}`,
    status: 'ACTIVE',
    type: 'LICENSED',
    typeCode: 2,
    activeDate: new Date(Date.UTC(2024, 0, 1, 0, n % 500_000)),
    department: `Department ${spread % 400}`,
    lastClientVersion: `6.2.${spread % 40}.${spread % 500}`,
    lastLoginAt: new Date(Date.UTC(2026, 1, 1, 0, n % 40_000)),
    roleId: '2',
    groupIds: [`group-${spread % 50}`],
    planUnitedType: null,
    licenseInfos: null,
    timezone: 'Europe/Berlin',
    employeeUniqueId: null,
    isRoom: false,
    isServiceAccount: false,
  };
}

/** Notes where every row lies: one that is written again lies elsewhere. */
async function notePlaces({ sql }: Database): Promise<void> {
  await sql`drop table if exists places`;
  await sql`create table places as select id, ctid as place from users`;
}

async function rowsWritten({ sql }: Database): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from users u full join places p on p.id = u.id and p.place = u.ctid
    where p.id is null or u.id is null`;
  return row?.count ?? NaN;
}

async function empty({ sql }: Database): Promise<void> {
  await sql`truncate users`;
  await sql`vacuum analyze users`;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return (performance.now() - begun) / 1000;
}
