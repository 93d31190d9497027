import type { BenchHouse } from './house.ts';

/** One task of a sync. */
export interface Run {
  task: string;
  status: string;
  error: string | null;
  startedAt: string;
  finishedAt: string;
  zoomCalls: Calls;
  plannedCalls: Calls | null;
  callsByEndpoint: { endpoint: string; label: string | null; planned: number | null; spent: number }[];
}

interface Calls {
  light: number;
  medium: number;
  heavy: number;
}

/** What a sync will cost. */
export interface Plan {
  calls: Calls;
  expectedSeconds: number;
  fitsToday: boolean;
  note: string;
  tasks: { lines: { endpoint: string; label: string; calls: number; isEstimate: boolean }[] }[];
}

/** Asks for another sync. */
export async function syncAgain(house: BenchHouse): Promise<void> {
  await house.ask(
    'mutation ($input: SyncIntegrationInput!) { syncIntegration(input: $input) { userErrors { message } } }',
    { input: { integrationId: house.integrationId } },
  );
}

/** Waits until the last sync is over, and says on the way how far it is; `onUsers` is told how many were listed. */
export async function waitForSync(house: BenchHouse, onUsers?: (seen: number) => void): Promise<Run[]> {
  let said = '';
  for (;;) {
    const { integration } = await house.ask<{
      integration: { jobRuns: { nodes: (Run & { progress: object; usersSeen: number })[] } };
    }>(
      `query ($id: ID!) { integration(id: $id) { jobRuns(first: 5) { nodes {
        task status error startedAt finishedAt usersSeen progress { done total } zoomCalls { light medium heavy }
        plannedCalls { light medium heavy } callsByEndpoint { endpoint label planned spent } } } } }`,
      { id: house.integrationId },
    );
    const runs = integration.jobRuns.nodes;
    const line = runs
      .filter((run) => run.status === 'RUNNING')
      .map((run) => `${run.task} ${JSON.stringify(run.progress)}`)
      .join();
    if (line !== said) process.stderr.write(`${line}\n`);
    said = line;
    onUsers?.(Math.max(0, ...runs.map(({ usersSeen }) => usersSeen)));
    if (runs.length === 5 && runs.every((run) => !['QUEUED', 'RUNNING'].includes(run.status))) return runs;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

/** The plan as it is shown before a sync. */
export async function planOf(house: BenchHouse): Promise<Plan> {
  const { syncPlan } = await house.ask<{ syncPlan: Plan }>(
    `query ($id: ID!) { syncPlan(integrationId: $id) { calls { light medium heavy } expectedSeconds fitsToday note
      tasks { lines { endpoint label calls isEstimate } } } }`,
    { id: house.integrationId },
  );
  return syncPlan;
}

/** What was shown before, what the runs planned (refined as they found more), and what they spent. */
export function comparePlan(plan: Plan, runs: Run[]): object {
  const endpoints: Record<string, { shownBefore: number; planned: number; spent: number }> = {};
  const of = (endpoint: string) => (endpoints[endpoint] ??= { shownBefore: 0, planned: 0, spent: 0 });
  for (const { endpoint, calls } of plan.tasks.flatMap(({ lines }) => lines)) of(endpoint).shownBefore += calls;
  for (const { endpoint, planned, spent } of runs.flatMap((run) => run.callsByEndpoint)) {
    of(endpoint).planned += planned ?? 0;
    of(endpoint).spent += spent;
  }
  const labels = ['light', 'medium', 'heavy'] as const;
  return {
    plan: { expectedSeconds: plan.expectedSeconds, fitsToday: plan.fitsToday, note: plan.note },
    planAgainstSpent: Object.fromEntries(
      labels.map((label) => [
        label,
        {
          shownBefore: plan.calls[label],
          planned: runs.reduce((sum, run) => sum + (run.plannedCalls?.[label] ?? 0), 0),
          spent: runs.reduce((sum, run) => sum + run.zoomCalls[label], 0),
        },
      ]),
    ),
    byEndpoint: endpoints,
  };
}

/** Seconds and ends of the tasks, beside the seconds that their calls take at Zoom's limits of a Business account. */
export function summarize(runs: Run[]): object {
  const seconds = (run: Run) => (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
  const atLimits = ({ zoomCalls: { light, medium, heavy } }: Run) => Math.max(light / 80, medium / 60, heavy / 40);
  const sum = (of: (run: Run) => number) => runs.reduce((all, run) => all + of(run), 0);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    seconds: round(sum(seconds)),
    secondsAtLimits: round(sum(atLimits)),
    ofLimits: round(sum(seconds) / sum(atLimits)),
    tasks: Object.fromEntries(
      runs.map((run) => [
        run.task,
        {
          seconds: seconds(run),
          secondsAtLimits: round(atLimits(run)),
          calls: run.zoomCalls,
          status: run.status,
          error: run.error,
        },
      ]),
    ),
  };
}

interface Call {
  at: number;
  label: string | null;
  status: number;
  path: string;
}

/** What the sandbox saw since the last time: calls by label, the densest second, refusals. */
export async function takeCalls(house: BenchHouse): Promise<object> {
  const calls = (await (await fetch(`${house.sandboxUrl}/sandbox/calls`)).json()) as Call[];
  await fetch(`${house.sandboxUrl}/sandbox/calls`, { method: 'DELETE' });
  const labels = ['LIGHT', 'MEDIUM', 'HEAVY'];
  const byPath: Record<string, number> = {};
  for (const call of calls) if (call.label !== null) byPath[call.path] = (byPath[call.path] ?? 0) + 1;
  return {
    calls: Object.fromEntries(labels.map((label) => [label, calls.filter((call) => call.label === label).length])),
    byPath,
    densestSecond: Object.fromEntries(
      labels.map((label) => [
        label,
        densestSecond(calls.filter((call) => call.label === label).map((call) => call.at)),
      ]),
    ),
    slowest: Object.fromEntries(labels.map((label) => [label, slowStretches(calls, label)])),
    refused429: calls.filter((call) => call.status === 429).length,
  };
}

const LIMITS: Record<string, number> = { LIGHT: 80, MEDIUM: 60, HEAVY: 40 };
const STRETCH_MS = 2_000;

/**
 * Where a label was not used up: stretches with less than nine tenths of what is allowed, in seconds from the first call of
 * all, with the seconds of full speed that were lost in them. What came before its first and after its last call counts.
 */
function slowStretches(calls: Call[], label: string): { from: number; to: number; lost: number }[] {
  // Too many of them to be spread out.
  const begin = calls.reduce((first, { at }) => Math.min(first, at), Infinity);
  const end = calls.reduce((last, { at }) => Math.max(last, at), begin);
  const counts = new Array<number>(Math.floor((end - begin) / STRETCH_MS) + 1).fill(0);
  for (const call of calls) {
    if (call.label === label) counts[Math.floor((call.at - begin) / STRETCH_MS)]! += 1;
  }
  const full = ((LIMITS[label] ?? 1) * STRETCH_MS) / 1000;
  const stretches: { from: number; to: number; lost: number }[] = [];
  for (const [index, count] of counts.entries()) {
    if (count >= 0.9 * full) continue;
    const from = (index * STRETCH_MS) / 1000;
    const lost = ((full - count) / full) * (STRETCH_MS / 1000);
    const last = stretches.at(-1);
    if (last?.to === from) Object.assign(last, { to: from + STRETCH_MS / 1000, lost: last.lost + lost });
    else stretches.push({ from, to: from + STRETCH_MS / 1000, lost });
  }
  return stretches.map(({ lost, ...where }) => ({ ...where, lost: Math.round(lost * 100) / 100 }));
}

function densestSecond(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let start = 0;
  for (const [end, at] of sorted.entries()) {
    while (at - (sorted[start] ?? 0) >= 1000) start += 1;
    most = Math.max(most, end - start + 1);
  }
  return most;
}
