import { parseArgs } from 'node:util';
import type { TreeTruth, Truth } from '#sandbox/index.ts';
import { compareTree, knownFrom, shownTree } from '#test/support/tree-truth.ts';
import { openBenchHouse, type BenchHouse } from './house.ts';
import { sampleMemory } from './memory.ts';
import { comparePlan, planOf, summarize, syncAgain, takeCalls, waitForSync } from './runs.ts';

/**
 * A sync of a master account with all its sub accounts, and then every account, license and user as callers see them
 * beside the sandbox's own truth. With `--fail-one`, a second sync during which Zoom fails for one sub account for good.
 */
export async function tiered(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      'sub-accounts': { type: 'string', default: '20' },
      'tree-users': { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      days: { type: 'string', default: '30' },
      'no-rate-limits': { type: 'boolean', default: false },
      'fail-one': { type: 'boolean', default: false },
    },
  });
  const tree = { subAccounts: Number(values['sub-accounts']), users: Number(values['tree-users']) };
  const startedAt = Date.now();
  const house = await openBenchHouse({
    users: 0,
    seed: Number(values.seed),
    tree,
    rateLimits: !values['no-rate-limits'],
    profile: { analyzeActivityFrom: new Date(startedAt - Number(values.days) * 86_400_000).toISOString() },
  });
  const memory = sampleMemory();
  try {
    const plan = await planOf(house);
    process.stderr.write(`${JSON.stringify({ calls: plan.calls, expectedSeconds: plan.expectedSeconds })}\n`);
    const counter = countStatements(house);
    const runs = await waitForSync(house);
    const statements = counter.stop();
    const rssMb = memory.read();
    const calls = await takeCalls(house);
    const first = {
      ...summarize(runs),
      ...comparePlan(plan, runs),
      ...calls,
      statements,
      rssMb,
      truth: await compareAll(house),
    };
    return {
      ...tree,
      days: Number(values.days),
      rateLimits: !values['no-rate-limits'],
      database: house.database,
      first,
      ...(values['fail-one'] && { withOneFailing: await failOne(house) }),
      rssMb: memory.read(),
      seconds: Math.round((Date.now() - startedAt) / 1000),
    };
  } finally {
    memory.stop();
    await house.close();
  }
}

async function compareAll(house: BenchHouse, except?: ReadonlySet<string>): Promise<object> {
  const shown = await shownTree(house.ask, house.integrationId);
  const since = knownFrom(shown);
  const tree = await treeOf(house);
  const users = new Map<string, Truth>();
  for (const { id } of [tree.master, ...tree.subAccounts])
    users.set(id, await truthOfAccount(house, id, since.get(id)));
  return compareTree(shown, { tree, users }, except);
}

const treeOf = async (house: BenchHouse) =>
  (await (await fetch(`${house.sandboxUrl}/sandbox/tree`)).json()) as TreeTruth;

async function truthOfAccount(house: BenchHouse, id: string, since?: string): Promise<Truth> {
  const query = new URLSearchParams({ account: id, ...(since !== undefined && { since }) });
  return (await (await fetch(`${house.sandboxUrl}/sandbox/truth?${query}`)).json()) as Truth;
}

/**
 * Lets Zoom fail for the largest sub account, and lets something happen in every account meanwhile. All others must be
 * true afterwards, and of the failed one everybody must still be there.
 */
async function failOne(house: BenchHouse): Promise<object> {
  const { master, subAccounts } = await treeOf(house);
  const [failed] = subAccounts.toSorted((a, b) => b.users.all - a.users.all);
  if (failed === undefined) throw new Error('There is no sub account that could fail.');
  const before = await peopleOf(house, failed.id);
  for (const { id } of [master, ...subAccounts]) {
    const somebody = (await truthOfAccount(house, id)).users.find((user) => user.status === 'active' && !user.isOwner);
    if (somebody?.id == null || somebody.behavior === 'integration') continue;
    await post(house, `/sandbox/users/${encodeURIComponent(somebody.id)}`, { department: 'Moved meanwhile' });
  }
  await post(house, '/sandbox/faults', {
    match: { path: `^/v2/accounts/${failed.id}(/|$)` },
    times: 'Infinity',
    action: { status: 500, body: { code: 500, message: 'Internal error.' } },
  });
  await syncAgain(house);
  const runs = await waitForSync(house);
  const calls = await takeCalls(house);
  const after = await peopleOf(house, failed.id);
  return {
    failed: { name: failed.name, users: failed.users.all },
    ...summarize(runs),
    ...calls,
    removedOfFailed: [...before].filter((email) => !after.has(email)).length,
    others: await compareAll(house, new Set([failed.id])),
  };
}

/** E-mail addresses of those who are in a sub account and have not left. */
async function peopleOf(house: BenchHouse, zoomAccountId: string): Promise<Set<string>> {
  const { users } = await shownTree(house.ask, house.integrationId);
  const here = users.filter((user) => user.subAccount?.zoomAccountId === zoomAccountId && user['removedAt'] === null);
  return new Set(here.map(({ email }) => email));
}

async function post(house: BenchHouse, path: string, body: object): Promise<void> {
  const response = await fetch(house.sandboxUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}.`);
}

/** Counts what is sent to the database from now on. */
function countStatements(house: BenchHouse): { stop(): number } {
  const { options } = house.app.deps.database.sql;
  const before = options.debug;
  let count = 0;
  options.debug = () => {
    count += 1;
  };
  return {
    stop() {
      options.debug = before;
      return count;
    },
  };
}
