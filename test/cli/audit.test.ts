import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '#src/cli/index.ts';
import type { Database } from '#src/db/client.ts';
import { recordAudit, type AuditEntry } from '#src/datasources/store/audit.ts';
import { hashOf } from '#src/policy/audit-chain.ts';
import { testKeys } from '../datasources/zoom/zoom-server.ts';
import { testDatabase } from '../support/database.ts';

let database: Database;

/** Collects what a command writes, one chunk at a time, as a slow reader would. */
class Collected extends Writable {
  text = '';
  constructor() {
    super({ highWaterMark: 1, decodeStrings: false });
  }
  override _write(chunk: string, _: string, done: () => void) {
    this.text += chunk;
    setImmediate(done);
  }
}

async function cli(...args: string[]) {
  const [out, err] = [new Collected(), new Collected()];
  const code = await runCli(args, { sql: () => Promise.resolve(database.sql), keys: testKeys, out, err });
  await Promise.all([out, err].map((stream) => new Promise<void>((resolve) => stream.end(resolve))));
  return { code, out: out.text, err: err.text };
}

/** Does what nobody may: as an owner of the table can who switches the guards off, and on again. */
async function tamper(statement: string) {
  await database.sql.begin(async (tx) => {
    await tx`alter table audit_events disable trigger user`;
    await tx.unsafe(statement);
    for (const guard of ['keep', 'keep_all', 'seal']) {
      await tx.unsafe(`alter table audit_events enable always trigger audit_events_${guard}`);
    }
  });
}

const DAY = 86_400_000;
const START = Date.parse('2026-03-01T08:00:00.000Z');

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
/** Twelve events, one a day. */
beforeEach(async () => {
  await tamper('truncate audit_events');
  await recordAudit(
    database.sql,
    Array.from({ length: 12 }, (_, index): AuditEntry => ({
      at: new Date(START + index * DAY),
      actor: index % 2 === 0 ? 'ada' : 'system',
      action: 'rule.updated',
      integrationId: index < 4 ? 'int_a' : 'int_b',
      subject: `rul_${index + 1}`,
      details: { name: '=1+1', note: 'a "b", c' },
    })),
  );
});

describe('audit verify', () => {
  it('finds a trail whole, and says its head', async () => {
    const { out: head } = await cli('audit', 'head');
    expect(head).toMatch(/^12:[0-9a-f]{64}\n$/);
    expect(await cli('audit', 'verify', '--head', head.trim())).toEqual({
      code: 0,
      out: `12 event(s) are as they were written. Head: ${head}`,
      err: '',
    });
    expect(await cli('audit', 'verify', '--from', '2026-03-03', '--to', '2026-03-05')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^3 event/),
    });
  });

  it.each([
    [
      'what was said is other',
      "update audit_events set details = '{}' where position = 5",
      /Event 5 \(aud_\w+\) was changed/,
    ],
    [
      'who did it is other',
      "update audit_events set actor = 'eve' where position = 1",
      /Event 1 \(aud_\w+\) was changed/,
    ],
    ['when it was is other', "update audit_events set at = at + interval '1 ms' where position = 12", /Event 12/],
    [
      'one is missing',
      'delete from audit_events where position = 7',
      /1 event\(s\) before event 8 \(aud_\w+\) are missing/,
    ],
    ['the first is missing', 'delete from audit_events where position = 1', /before event 2 .* the one before it is 0/],
    [
      'one was put in the place of another, with a hash that fits it',
      `update audit_events e set details = '{}', hash = encode(sha256(convert_to(e.previous_hash || E'\\n' ||
         audit_event_content(jsonb_populate_record(e, '{"details":{}}')), 'UTF8')), 'hex') where position = 5`,
      /Event 6 \(aud_\w+\) does not follow event 5/,
    ],
    [
      'one was written past the guard',
      "insert into audit_events (id, at, actor, action) values ('aud_past', now(), 'eve', 'rule.updated')",
      /1 event\(s\) stand outside of the chain/,
    ],
  ])('tells which: %s', async (_, statement, words) => {
    await tamper(statement);
    const { code, out } = await cli('audit', 'verify');
    expect(code).toBe(3);
    expect(out).toMatch(/^BROKEN: /);
    expect(out).toMatch(words);
  });

  it('finds only with a remembered head that the end was cut off, or everything written anew', async () => {
    const head = (await cli('audit', 'head')).out.trim();
    await tamper('delete from audit_events where position > 10');
    expect((await cli('audit', 'verify')).code).toBe(0);
    expect(await cli('audit', 'verify', '--head', head)).toMatchObject({
      code: 3,
      out: expect.stringContaining('Event 12 was there once'),
    });
    const again = { at: new Date(START), actor: 'eve', action: 'rule.updated', integrationId: null } as const;
    await recordAudit(database.sql, [again, again]);
    expect((await cli('audit', 'verify')).code).toBe(0);
    expect(await cli('audit', 'verify', '--head', head)).toMatchObject({
      code: 3,
      out: expect.stringContaining('written anew'),
    });
  });

  it('finds that nothing guards the trail any more', async () => {
    await database.sql.begin((tx) => tx`alter table audit_events disable trigger audit_events_keep`);
    expect(await cli('audit', 'verify')).toMatchObject({ code: 3, out: expect.stringContaining('audit_events_keep ') });
    await tamper('select 1');
    expect((await cli('audit', 'verify')).code).toBe(0);
  });

  it('of a span is not fooled by what is before it', async () => {
    await tamper("update audit_events set actor = 'eve' where position = 2");
    expect((await cli('audit', 'verify', '--from', '2026-03-04')).code).toBe(0);
    expect((await cli('audit', 'verify', '--from', '2026-03-02')).code).toBe(3);
  });
});

describe('audit export', () => {
  it('writes what can be checked without us, line by line', async () => {
    const { code, out } = await cli('audit', 'export');
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(12);
    let previousHash = '0'.repeat(64);
    for (const line of lines) {
      const read = JSON.parse(line) as { hash: string; previousHash: string };
      const content = line.slice(line.indexOf('"event":') + '"event":'.length, -1);
      expect(read.previousHash).toBe(previousHash);
      expect(read.hash).toBe(hashOf({ previousHash, content }));
      previousHash = read.hash;
    }
  });

  it('keeps to an integration and a span', async () => {
    const { out } = await cli(
      'audit',
      'export',
      '--integration',
      'int_b',
      '--from',
      '2026-03-04',
      '--to',
      '2026-03-06',
    );
    const subjects = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: AuditEntry }).event.subject);
    expect(subjects).toEqual(['rul_5', 'rul_6']);
    expect((await cli('audit', 'export', '--to', '2026-03-01T08:00:00.000Z')).out).toBe('');
  });

  it('writes CSV that a spreadsheet does not run', async () => {
    const { out } = await cli('audit', 'export', '--format', 'csv', '--to', '2026-03-01');
    const [header, line, end] = out.split('\r\n');
    expect(header).toBe('position,id,at,actor,action,integrationId,subject,requestId,details,previousHash,hash');
    expect(line).toMatch(
      /^1,aud_\w+,2026-03-01T08:00:00\.000Z,ada,rule\.updated,int_a,rul_1,,"\{""name"":""=1\+1"",""note"":""a \\""b\\"", c""\}",0{64},[0-9a-f]{64}$/,
    );
    expect(end).toBe('');
  });
});

describe('the command line', () => {
  it.each([
    [['--help'], 0],
    [['audit', '--help'], 0],
    [['audit', 'verify', '--help'], 0],
  ])('helps: %j', async (args, code) => {
    const told = await cli(...args);
    expect(told).toMatchObject({ code, err: '' });
    expect(told.out).toContain('npm run cli -- ');
  });

  it.each([
    [[], ''],
    [['audit'], 'There is no command "audit"'],
    [['frobnicate', 'now'], 'There is no command "frobnicate now"'],
    [['audit', 'verify', '--form', 'x'], "'--form'"],
    [['audit', 'verify', 'everything'], 'everything'],
    [['audit', 'verify', '--head', '12'], '--head must be'],
    [['audit', 'verify', '--from', 'yesterday'], '--from must be'],
    [['audit', 'export', '--format', 'xml'], '--format must be'],
  ])('says what is wrong with %j', async (args, words) => {
    const told = await cli(...args);
    expect(told.code).toBe(2);
    expect(told.err).toContain(words);
  });
});
