import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort, start, type Spawned } from '../support/processes.ts';

let folder: string;
let demo: Spawned;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
  port = await freePort();
  demo = start('demo.ts', { cwd: folder, env: { PORT: String(port) } });
  await demo.says(/Ready after/, 110_000);
}, 120_000);
afterAll(async () => {
  await demo?.kill();
  await rm(folder, { recursive: true, force: true });
});

/** What the demo printed for people to try: an address, a token, queries. */
function printed() {
  const text = demo.out();
  const [, address] = /Explorer\s+(\S+)/.exec(text)!;
  const [, token] = /^(eyJ\S+)$/m.exec(text)!;
  const queries = [...text.matchAll(/^\d\. .+\n((?: {3}.*\n)+)/gm)].map((match) => match[1]!.trim());
  return { address: address!, token: token!, queries };
}

/** The first list in an answer, however deep. */
function firstList(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (value === null || typeof value !== 'object') return undefined;
  return Object.values(value)
    .map(firstList)
    .find((list) => list !== undefined);
}

// It always brings a database of its own: the run on the embedded one has seen it.
describe.skipIf(inject('template').kind === 'postgres')('the demo (only without TEST_DATABASE_URL)', () => {
  it('says what it did and found, in words', () => {
    expect(demo.out()).toContain('Authorizing it at the sandbox');
    for (const task of ['APPLICATION_ROSTER', 'APPLICATION_ACCESS', 'LICENSE_INFORMATION', 'LICENSE_DIFFERENTIATION']) {
      expect(demo.out()).toMatch(new RegExp(`Northwind +${task} succeeded`));
    }
    expect(demo.out()).toMatch(/\nNorthwind: 120 users\n/);
    expect(demo.out()).toMatch(/Licensed +\d+ assigned of \d+, \d+ unused, \d+\.\d\d USD a year to win back/);
    expect(Number(/(\d+) candidates are ready/.exec(demo.out())![1])).toBeGreaterThan(0);
    expect(demo.err()).toBe('');
  });

  it('tells of the master account, and of every sub account below it', () => {
    for (const task of ['APPLICATION_ROSTER', 'APPLICATION_ACCESS', 'LICENSE_DIFFERENTIATION'])
      expect(demo.out()).toMatch(new RegExp(`Contoso Group +${task} succeeded`));
    expect(demo.out()).toMatch(/\nContoso Group: 100 users in a master account and 6 sub accounts\n/);
    const told = [...demo.out().matchAll(/^ {2}(Contoso .+?) +(\d+) users, (\d+) licensed (.+), \d+ unused, until /gm)];
    expect(told).toHaveLength(6);
    expect(told.every(([, , users, licensed]) => Number(users) >= Number(licensed) && Number(licensed) > 0)).toBe(true);
    // One of them pays itself, and then Zoom doesn't tell its master.
    expect(told.filter(([, , , , seats]) => seats === '(Zoom tells no seats)')).toHaveLength(1);
  });

  it('prints queries that work as printed', async () => {
    const { address, token, queries } = printed();
    expect(queries.length).toBeGreaterThanOrEqual(7);
    for (const query of queries) {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query }),
      });
      const answer = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
      expect([response.status, answer.errors]).toEqual([200, undefined]);
      // Only what the next sync costs is no list.
      if (answer.data['syncPlan'] === undefined) expect(firstList(answer.data)!.length, query).toBeGreaterThan(0);
    }
  });

  it('has the explorer where it says', async () => {
    const page = await fetch(printed().address, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
  });

  it('is refused beside itself, and goes on', async () => {
    const second = start('demo.ts', { cwd: folder, env: { PORT: String(await freePort()) } });
    expect(await second.ended).toBe(1);
    expect(second.err()).toContain('is already open in another process');
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  }, 60_000);

  it('ends on Ctrl-C, and finds its data at the next start', async () => {
    expect(await demo.kill('SIGINT')).toBe(0);
    expect(demo.out()).toContain('the data stays in .data');
    demo = start('demo.ts', { cwd: folder, env: { PORT: String(port) } });
    await demo.says(/Ready after/, 80_000);
    for (const title of ['Northwind', 'Contoso Group'])
      expect(demo.out()).toContain(`${title}: found the integration of an earlier start`);
    expect(demo.out()).toMatch(/\nNorthwind: 120 users\n/);
    expect(demo.out()).toMatch(/\nContoso Group: 100 users in a master account and 6 sub accounts\n/);
    expect(demo.err()).toBe('');
    expect(await demo.kill('SIGINT')).toBe(0);
  }, 120_000);
});
