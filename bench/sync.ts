import { parseArgs } from 'node:util';
import { openBenchHouse } from './house.ts';
import { sampleMemory } from './memory.ts';
import { comparePlan, planOf, summarize, syncAgain, takeCalls, waitForSync } from './runs.ts';

/** Ten pages of a roster. */
const TEN_PAGES = 3_000;
const DAY_MS = 86_400_000;

/**
 * A first and a second sync: seconds beside those that the calls take at Zoom's limits, calls against the plan by label and
 * endpoint, memory from page 10 on, refusals.
 */
export async function sync(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      days: { type: 'string' },
      latency: { type: 'string', default: '0' },
      once: { type: 'boolean', default: false },
    },
  });
  const { days, latency } = values;
  const house = await openBenchHouse({
    users: Number(values.users),
    seed: Number(values.seed),
    latencyMs: Number(latency),
    profile:
      days === undefined ? {} : { analyzeActivityFrom: new Date(Date.now() - Number(days) * DAY_MS).toISOString() },
  });
  const memory = sampleMemory();
  try {
    const syncOnce = async () => {
      const plan = await planOf(house);
      let seenBefore = 0;
      const runs = await waitForSync(house, (seen) => {
        if (seenBefore < TEN_PAGES && seen >= TEN_PAGES) memory.mark('page10');
        if (seen > seenBefore) memory.mark('lastPage');
        seenBefore = seen;
      });
      // The sandbox's own list of calls is large, and no part of what is measured.
      const rssMb = memory.read();
      return { ...summarize(runs), ...comparePlan(plan, runs), rssMb, ...(await takeCalls(house)) };
    };
    const asked = { users: Number(values.users), days: days ?? 'all', latencyMs: Number(latency) };
    const first = await syncOnce();
    process.stderr.write(`${JSON.stringify(first)}\n`);
    if (values.once) return { ...asked, database: house.database, first };
    await syncAgain(house);
    return { ...asked, database: house.database, first, second: await syncOnce() };
  } finally {
    memory.stop();
    await house.close();
  }
}
