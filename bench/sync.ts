import { parseArgs } from 'node:util';
import { openBenchHouse } from './house.ts';
import { sampleMemory } from './memory.ts';
import { comparePlan, planOf, summarize, syncAgain, takeCalls, waitForSync } from './runs.ts';

/** A first and a second sync: seconds, calls against the plan by label and endpoint, memory, refusals. */
export async function sync(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: { users: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
  });
  const house = await openBenchHouse({ users: Number(values.users), seed: Number(values.seed) });
  const memory = sampleMemory();
  try {
    const firstPlan = await planOf(house);
    const first = await waitForSync(house);
    const firstCalls = await takeCalls(house);
    const secondPlan = await planOf(house);
    await syncAgain(house);
    const second = await waitForSync(house);
    const secondCalls = await takeCalls(house);
    return {
      users: Number(values.users),
      database: house.database,
      first: { ...summarize(first), ...comparePlan(firstPlan, first), ...firstCalls },
      second: { ...summarize(second), ...comparePlan(secondPlan, second), ...secondCalls },
      rssMb: memory.read(),
    };
  } finally {
    memory.stop();
    await house.close();
  }
}
