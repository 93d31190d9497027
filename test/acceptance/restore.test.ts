import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { runCli } from '#src/cli/index.ts';
import { openPool, type ConnectionOptions, type Database } from '#src/db/client.ts';
import { schemaState } from '#src/db/migrate.ts';
import { openZoom } from '#src/datasources/zoom/client.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { startServer } from '../support/server.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import { syncNow } from '../support/worlds.ts';

const run = promisify(execFile);
const hasTools = await run('pg_restore', ['--version']).then(
  () => inject('template').kind === 'postgres',
  () => false,
);

let house: House | undefined;
let folder: string;
let restored: Database | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'restore-'));
});
afterAll(async () => {
  const name = restored?.connection.database;
  await restored?.close();
  if (name !== undefined) await house?.database.sql.unsafe(`drop database if exists ${name} with (force)`);
  await house?.close();
  await rm(folder, { recursive: true, force: true });
});

/** As the environment of PostgreSQL's own tools has it. */
const toolsEnv = ({ host, port, user, password, database }: ConnectionOptions) => ({
  PATH: process.env['PATH'],
  ...{ PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database },
});

async function cli(database: Database, ...args: string[]) {
  const out = new PassThrough().setEncoding('utf8');
  const keys = () => house!.deps.keys;
  const code = await runCli(args, { sql: () => Promise.resolve(database.sql), keys, out, err: out });
  return { code, text: String(out.read() ?? '') };
}

// As docs/operations.md says under "Backing up" and "Restoring". The embedded database has no such tools.
it.skipIf(!hasTools)(
  'is what it was after a backup was restored: data, audit trail, guards, keys and tokens',
  async () => {
    house = await openHouse({ users: 40, limiter: UNLIMITED, rateLimits: false });
    const { database, deps } = house;
    const integration = await connectedIntegration(house);
    await syncNow(house, integration);
    const head = (await cli(database, 'audit', 'head')).text.trim();
    expect(head).toMatch(/^\d+:[0-9a-f]{64}$/);

    const dump = join(folder, 'zoom-license.dump');
    const { connection } = database;
    await run('pg_dump', ['--format=custom', `--file=${dump}`], { env: toolsEnv(connection) });
    const name = `${connection.database}_restored`;
    await database.sql.unsafe(`create database ${name}`);
    const to = { ...connection, database: name };
    await run('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${name}`, dump], { env: toolsEnv(to) });

    restored = openPool(to);
    expect(await schemaState(restored.sql)).toBe('current');
    expect(await cli(restored, 'audit', 'verify', '--head', head)).toMatchObject({ code: 0 });
    expect(await cli(restored, 'keys', 'status')).toMatchObject({ code: 0 });

    const question = `{ users(first: 50) { totalCount nodes { id email licenses { name } activity { lastLoginAt } } } }`;
    const answers = [];
    for (const one of [database, restored]) {
      const server = await startServer(one, { deps: { now: deps.now } });
      answers.push((await server.ask(question)).data);
      await server.close();
    }
    expect(answers[0].users.totalCount).toBeGreaterThan(20);
    expect(answers[1]).toEqual(answers[0]);

    const zoom = openZoom({ ...deps, database: restored, limiter: UNLIMITED });
    const { token } = await zoom.tokens.accessToken(integration.id);
    const { token: before } = await deps.zoom.tokens.accessToken(integration.id);
    expect(token.reveal()).toBe(before.reveal());
    await zoom.close();

    // What was cut off or changed afterwards is found.
    await expect(restored.sql`delete from audit_events`).rejects.toThrow();
    await restored.sql`alter table audit_events disable trigger user`;
    await restored.sql`delete from audit_events where position = (select max(position) from audit_events)`;
    expect(await cli(restored, 'audit', 'verify', '--head', head)).toMatchObject({ code: 3 });
  },
  60_000,
);
