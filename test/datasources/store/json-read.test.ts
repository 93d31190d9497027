import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { Values } from '#src/datasources/store/batch.ts';
import { createReadJson } from '#src/datasources/store/json-read.ts';
import { testDatabase } from '../../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

/** A reader, and which of its statements were prepared, in the order in which they were sent. */
function reader() {
  const prepared: boolean[] = [];
  let at = Date.parse('2026-03-01T12:00:00Z');
  const { sql } = database;
  const watched = new Proxy(sql, {
    get: (target, name) =>
      name !== 'unsafe'
        ? Reflect.get(target, name)
        : (text: string, values: never[], options: { prepare: boolean }) => {
            prepared.push(options.prepare);
            return target.unsafe(text, values, options);
          },
  });
  const read = createReadJson(watched);
  const ask = (n: number, isFixed = true) =>
    read(
      { text: `select '${n}'::text as data`, values: new Values(), isFixed, isOfMoment: false },
      { variables: {}, now: new Date(at) },
    );
  return { ask, prepared, pass: (ms: number) => void (at += ms) };
}

it('prepares what comes again, and not what comes once', async () => {
  const { ask, prepared } = reader();
  for (let n = 0; n < 5; n += 1) expect(await ask(7)).toBe('7');
  for (let n = 100; n < 110; n += 1) await ask(n);
  for (let n = 0; n < 4; n += 1) await ask(8, false);
  expect(prepared).toEqual([false, false, true, true, true, ...Array(14).fill(false)]);
});

it('prepares no more than a session may keep, and others after a while', async () => {
  const { ask, prepared, pass } = reader();
  for (let n = 0; n < 201; n += 1) for (let time = 0; time < 3; time += 1) await ask(n);
  expect(prepared.filter(Boolean)).toHaveLength(200);
  pass(31 * 60_000);
  for (let time = 0; time < 3; time += 1) await ask(200);
  expect(prepared.at(-1)).toBe(true);
});
