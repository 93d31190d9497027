import type { Sql } from '../../db/client.ts';
import { run, type Given } from './batch.ts';
import type { JsonStatement } from './json-text.ts';

/** A session keeps every statement that was prepared; it lives for an hour at most. */
const MOST_PREPARED = 200;
const KEPT_MS = 30 * 60_000;

/** What comes so often is prepared: somebody who asks for every size of a page once takes nobody's place. */
const PREPARED_FROM = 3;
const MOST_COUNTED = 1_000;

/** Runs statements that answer whole queries. */
export type ReadJson = (statement: JsonStatement, given: Given) => Promise<string>;

/** Those whose form comes again are prepared, as many as a session may keep. */
export function createReadJson(sql: Sql): ReadJson {
  const prepared = new Set<string>();
  const times = new Map<string, number>();
  let since = 0;
  return async ({ text, values, isFixed }, given) => {
    const at = given.now.getTime();
    if (Math.abs(at - since) > KEPT_MS) {
      prepared.clear();
      times.clear();
      since = at;
    }
    if (isFixed && !prepared.has(text) && prepared.size < MOST_PREPARED) {
      const came = (times.get(text) ?? 0) + 1;
      if (times.size >= MOST_COUNTED) times.clear();
      times.set(text, came);
      if (came >= PREPARED_FROM) prepared.add(text);
    }
    const isPrepared = prepared.has(text);
    const [row] = await run(sql, text, { list: values.filled(given) }, isPrepared);
    return row?.['data'] as string;
  };
}
