import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '#src/cli/index.ts';
import { rewrapSecrets } from '#src/datasources/zoom/rewrap.ts';
import type { Database } from '#src/db/client.ts';
import { KeyRing } from '#src/db/sealing.ts';
import { Secret } from '#src/secret.ts';
import { testDatabase } from '../support/database.ts';
import { start } from '../support/processes.ts';
import { statementsOf } from '../support/statements.ts';

const OLD = { kid: 'old', key: Buffer.alloc(32, 1) };
const NEW = { kid: 'new', key: Buffer.alloc(32, 2) };
const both = new KeyRing([NEW, OLD]);
const GRANTS = 1_200;

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const idOf = (index: number) => `int_${String(index).padStart(5, '0')}`;
const contexts = (id: string) => ({
  access: `grants.access_token:${id}`,
  refresh: `grants.refresh_token:${id}`,
  secret: `integrations.client_secret:${id}`,
});

/** Many grants and client secrets, all sealed with the old key. */
beforeEach(async () => {
  const ring = new KeyRing([OLD]);
  const ids = Array.from({ length: GRANTS }, (_, index) => idOf(index));
  const sealed = (what: 'access' | 'refresh' | 'secret') =>
    ids.map((id) => ring.seal(new Secret(`${what} of ${id}`), contexts(id)[what]));
  const { sql } = database;
  await sql`delete from grants`;
  await sql`delete from integrations`;
  await sql`
    insert into integrations (id, display_name, kind, region, enabled_tasks, client_secret)
    select id, id, 'REGULAR', 'NA', '{}', secret from unnest(${ids}::text[], ${sealed('secret')}::text[]) as n(id, secret)`;
  await sql`
    insert into grants (integration_id, access_token, refresh_token, access_expires_at, refresh_obtained_at)
    select id, access, refresh, now(), now()
    from unnest(${ids}::text[], ${sealed('access')}::text[], ${sealed('refresh')}::text[]) as n(id, access, refresh)`;
});

/** Opens everything there is with a ring; fails where something doesn't open. Tells how much is sealed with which key. */
async function openAll(ring: KeyRing): Promise<Record<string, number>> {
  const rows = await database.sql<{ id: string; access: string; refresh: string; secret: string }[]>`
    select i.id, access_token as access, refresh_token as refresh, client_secret as secret
    from integrations i join grants g on g.integration_id = i.id`;
  expect(rows).toHaveLength(GRANTS);
  const counts: Record<string, number> = {};
  for (const row of rows) {
    for (const what of ['access', 'refresh', 'secret'] as const) {
      expect(ring.open(row[what], contexts(row.id)[what]).reveal()).toBe(`${what} of ${row.id}`);
      const kid = row[what].split('.')[0]!;
      counts[kid] = (counts[kid] ?? 0) + 1;
    }
  }
  return counts;
}

async function cli(words: string, keys = both) {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const code = await runCli(words.split(' '), {
    sql: () => Promise.resolve(database.sql),
    keys: () => keys,
    out: out.setEncoding('utf8'),
    err,
  });
  return { code, text: String(out.read() ?? '') };
}

describe('keys rotate', () => {
  it('leaves nothing to the old key, by a few statements', async () => {
    const { result, statements } = await statementsOf(database, () => cli('keys rotate'));
    expect(result).toEqual({
      code: 0,
      text: expect.stringContaining(`${2 * GRANTS} row(s) are sealed with "new" now.`),
    });
    // Three batches of each, a read and a write, and a last look.
    expect(statements.length).toBeLessThanOrEqual(14);
    expect(await openAll(new KeyRing([NEW]))).toEqual({ new: 3 * GRANTS });
    expect((await cli('keys rotate')).text).toBe('0 row(s) are sealed with "new" now.\n');
  });

  it('may be cut off, and goes on from there', async () => {
    const cut = rewrapSecrets({
      sql: database.sql,
      keys: both,
      onProblem: () => undefined,
      onBatch: (changed) => {
        if (changed >= 1_000) throw new Error('the power went');
      },
    });
    await expect(cut).rejects.toThrow('the power went');
    // Half of it is done, and all of it opens.
    expect(await openAll(both)).toEqual({ new: 2 * 1_000, old: 3 * GRANTS - 2_000 });
    await cli('keys rotate');
    expect(await openAll(new KeyRing([NEW]))).toEqual({ new: 3 * GRANTS });
  });

  it('may run twice at once, and never overwrites what somebody sealed meanwhile', async () => {
    const mine = both.seal(new Secret('newer access'), contexts(idOf(7)).access);
    let isFirst = true;
    await Promise.all([
      cli('keys rotate'),
      rewrapSecrets({
        sql: database.sql,
        keys: {
          currentKid: 'new',
          isStale: (sealed: string) => both.isStale(sealed),
          seal: (value: Secret, context: string) => both.seal(value, context),
          open(sealed: string, context: string) {
            // Between the read and the write of its batch.
            if (isFirst)
              void database.sql`update grants set access_token = ${mine} where integration_id = ${idOf(7)}`.execute();
            isFirst = false;
            return both.open(sealed, context);
          },
        } as unknown as KeyRing,
        onProblem: () => undefined,
      }),
    ]);
    const [row] = await database.sql<{ token: string }[]>`
      select access_token as token from grants where integration_id = ${idOf(7)}`;
    expect(row?.token).toBe(mine);
    await cli('keys rotate');
    const [left] = await database.sql<{ count: number }[]>`
      select count(*)::int as count from grants where access_token like 'old.%' or refresh_token like 'old.%'`;
    expect(left?.count).toBe(0);
  });

  it('names what does not open, leaves it, and does the rest', async () => {
    await database.sql`update grants set access_token = refresh_token where integration_id = ${idOf(3)}`;
    await database.sql`update integrations set client_secret = 'gone.AAAA.AAAA' where id = ${idOf(4)}`;
    const { code, text } = await cli('keys rotate');
    expect(code).toBe(3);
    expect(text).toContain(`${idOf(3)}: its tokens can not be opened.`);
    expect(text).toMatch(
      new RegExp(`${idOf(4)}: its client secret can not be opened. .*"gone", which TOKEN_KEYS doesn't have`),
    );
    expect(text).toContain(`${2 * GRANTS - 2} row(s) are sealed with "new" now.`);
  });
});

describe('keys status', () => {
  it('says which keys are needed, missing, or not needed any more', async () => {
    const before = await cli('keys status');
    expect(before.code).toBe(0);
    expect(before.text).toContain(`new: 0 grant(s), 0 client secret(s), 0 authorization(s) under way; seals`);
    expect(before.text).toContain(
      `old: ${GRANTS} grant(s), ${GRANTS} client secret(s), 0 authorization(s) under way; still needed`,
    );
    const without = await cli('keys status', new KeyRing([NEW]));
    expect([without.code, without.text]).toEqual([3, expect.stringMatching(/^old: .*MISSING/m)]);
    await cli('keys rotate');
    expect((await cli('keys status')).text).toMatch(/^old: 0 grant.*no longer needed/m);
  });

  it('is a command that wants the real keys', async () => {
    const { host, port, user, password, database: name } = database.connection;
    const url = `postgres://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${name}`;
    const without = start('cli.ts', { args: ['keys', 'status'], env: { DATABASE_URL: url } });
    expect(await without.ended).toBe(78);
    expect(without.err()).toContain('TOKEN_KEYS');
    const keys = [NEW, OLD].map(({ kid, key }) => `${kid}:${key.toString('base64')}`).join(',');
    const rotate = start('cli.ts', { args: ['keys', 'rotate'], env: { DATABASE_URL: url, TOKEN_KEYS: keys } });
    expect(await rotate.ended).toBe(0);
    expect(rotate.out()).toContain(`${2 * GRANTS} row(s) are sealed with "new" now.`);
  });
});
