import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reconcile as reconcileLicenses } from '#src/actions/reconcile-licenses.ts';
import { openApp } from '#src/app.ts';
import { readConfig } from '#src/config.ts';
import type { Database } from '#src/db/client.ts';
import { createLogger } from '#src/log.ts';
import { rowsIn } from '#test/support/rows.ts';
import { statementsOf } from '#test/support/statements.ts';
import { createDatabase } from './house.ts';

const LICENSES = 10;

/**
 * How long it takes to compare what is owned with what is used in a tree of accounts with ten licenses each, without
 * exclusions from cost and with 45 of them. On `BENCH_DATABASE_URL`, in a database of its own, or embedded.
 */
export async function reconcile(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '100000' },
      accounts: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const [users, accounts, rounds] = [Number(values.users), Number(values.accounts), Number(values.rounds)];
  const url = process.env['BENCH_DATABASE_URL'];
  const folder = await mkdtemp(join(tmpdir(), 'zoom-license-bench-'));
  const own = url === undefined ? null : await createDatabase(url);
  const config = readConfig({
    AUTH_JWT_SECRET: randomBytes(32).toString('base64url'),
    TOKEN_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'warn',
    ...(own !== null && { DATABASE_URL: own.url }),
  });
  const log = createLogger('warn', (line) => process.stderr.write(line));
  const app = await openApp({ ...config, dataDir: folder }, { works: false, log });
  try {
    const { database } = app.deps;
    const integrationId = await fillTree(database, accounts, Math.ceil(users / accounts));
    const run = () => reconcileLicenses(app.deps, { sub: 'bench', scopes: new Set() }, { integrationId });
    const { statements } = await statementsOf(database, run);
    const plain = await median(rounds, run);
    for (let n = 0; n < 45; n += 1) {
      const names = n < 5 ? { department: `Department ${n}` } : { emailPattern: `*${n}7@example.com` };
      await rowsIn(database).exclusion({ integrationId, scope: 'COST', ...names });
    }
    const medianMs = { plain, 'with 45 exclusions from cost': await median(rounds, run) };
    const [held] = await database.sql`select count(*)::int as count from license_assignments`;
    const size = { users, accounts, licenses: accounts * LICENSES, assignments: Number(held?.['count']) };
    return { ...size, statements: statements.length, medianMs, database: own === null ? 'embedded' : 'postgresql' };
  } finally {
    await app.close();
    await own?.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A tree as a sync leaves it: everybody holds one license, and one in ten each of the others. */
async function fillTree(database: Database, accounts: number, usersEach: number): Promise<string> {
  const { sql } = database;
  const rows = rowsIn(database);
  const now = new Date();
  const known = {
    isRosterComplete: true,
    rosterCompleteAt: now,
    activityKnownFrom: new Date(0),
    activityKnownUntil: now,
  };
  const integration = await rows.integration({ kind: 'TIERED' });
  const master = await rows.account(integration, { ...known, tier: 'MASTER' });
  for (let n = 0; n < accounts; n += 1) {
    const { id } = await rows.account(integration, { ...known, tier: 'SUB', masterId: master.id });
    await sql`
      insert into users (id, integration_id, account_id, zoom_user_id, email, status, type, type_code, department,
        last_login_at, first_seen_at, updated_at)
      select ${id} || n, ${integration.id}, ${id}, ${id} || n, ${id} || n || '@example.com', 'ACTIVE', 'LICENSED', 2,
        'Department ' || n % 20, now() - n % 100 * interval '1 day', now(), now()
      from generate_series(1, ${usersEach}::int) n`;
    await sql`
      insert into licenses (id, integration_id, account_id, unique_id, name, category, user_type, provisioned_count)
      select 'lic_' || ${id} || n, ${integration.id}, ${id}, 'LICENSE_' || n, 'License ' || n, 'BASE', 'LICENSED', ${usersEach}
      from generate_series(1, ${LICENSES}::int) n`;
  }
  await sql`
    insert into license_assignments (user_id, license_id, integration_id, since)
    select u.id, l.id, l.integration_id, now() from users u join licenses l on l.account_id = u.account_id
    where l.unique_id = 'LICENSE_1' or hashtext(u.id || l.id) % 10 = 0`;
  return integration.id;
}

async function median(rounds: number, run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await run();
    times.push(performance.now() - begun);
  }
  return Math.round(times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0);
}
