import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { exampleQuery } from '../gateways/portal.ts';
import { freePort, start, type Spawned } from '../support/processes.ts';

let folder: string;
let example: Spawned;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'example-'));
  example = start('../examples/supergraph/start.ts', {
    cwd: folder,
    env: { PORT: String(await freePort()) },
    args: ['--port', String(await freePort())],
  });
  await example.says(/^Supergraph /m, 110_000);
}, 120_000);
afterAll(async () => {
  // The demo is a process of its own, so the example has to end it.
  await example?.kill('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

// It always brings a database of its own: the run on the embedded one has seen it.
const isSeen = inject('template').kind === 'postgres';

it.skipIf(isSeen)('starts with nothing configured, and answers with the token that it prints', async () => {
  const [, url] = /^Supergraph (\S+)/m.exec(example.out())!;
  const [, token] = /^(eyJ\S+)$/m.exec(example.out())!;
  const response = await fetch(url!, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: exampleQuery('left-with-license') }),
  });
  const { data, errors } = (await response.json()) as { data: any; errors?: unknown };
  expect(errors).toBeUndefined();
  expect(data.employees).toHaveLength(8);
  for (const { user } of data.employees) {
    expect(user.annualCost).toEqual([{ amount: '159.90', currency: 'USD' }]);
    expect(user.licenses[0].contract.purchaseOrder).toBe('PO-4711');
  }
  expect(example.err()).toBe('');
});

it.skipIf(isSeen)(
  'ends as a whole',
  async () => {
    expect(await example.kill('SIGTERM')).toBe(0);
    expect(example.out()).toContain('Stopping');
  },
  60_000,
);
