import { DAY_MS } from './inactivity.ts';
import { licenseOfPlan } from './license-names.ts';

/** One plan of Zoom's usage answer, with how many of it are given out. */
export interface PlanUse {
  key: string;
  type: string | null;
  /** Bought. */
  hosts: number | null;
  /** Given out; null where Zoom counts none. */
  usage: number | null;
}

/** Plans whose users the roster itself tells, and those that are given to nobody. */
const NO_ADD_ONS: ReadonlySet<string> = new Set([
  'plan_base',
  'plan_united',
  'plan_zoom_one',
  'plan_zoom_one_premier',
  'plan_zoom_rooms',
  'plan_room_connector',
  'plan_recording',
  'plan_audio',
]);

/**
 * How many of each add-on Zoom counts as given out, by the license that it is, or by plan and code where it is none that
 * we know. Null when Zoom leaves out a number: then nothing can be proven by it.
 */
export function addOnUsage(plans: readonly PlanUse[]): Record<string, number> | null {
  const usage: Record<string, number> = {};
  for (const plan of plans) {
    if (NO_ADD_ONS.has(plan.key)) continue;
    if (plan.usage === null && plan.hosts === 0) continue;
    if (plan.usage === null) return null;
    const name = licenseOfPlan(plan, true) ?? `${plan.key} ${plan.type ?? ''}`;
    usage[name] = (usage[name] ?? 0) + plan.usage;
  }
  return usage;
}

const ZOOMS = 'zoom ';
const OURS = 'ours ';

/** What is noted when all add-ons were read: Zoom's counts and ours. */
export function addOnProof(
  zooms: Readonly<Record<string, number>>,
  ours: Readonly<Record<string, number>>,
): Record<string, number> {
  const named = (prefix: string, counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([name, count]) => [prefix + name, count] as const);
  return Object.fromEntries([...named(ZOOMS, zooms), ...named(OURS, ours)]);
}

/**
 * Do our own counts explain every change of Zoom's since the proof was noted? Then nobody's add-on changed that we have
 * not read, unless one was handed from one user to another.
 */
export function isExplained(
  proof: Readonly<Record<string, number>>,
  zooms: Readonly<Record<string, number>>,
  ours: Readonly<Record<string, number>>,
): boolean {
  const now = addOnProof(zooms, ours);
  const names = new Set([...Object.keys(proof), ...Object.keys(now)].map((name) => name.slice(ZOOMS.length)));
  const grown = (name: string) => (now[name] ?? 0) - (proof[name] ?? 0);
  return [...names].every((name) => grown(ZOOMS + name) === grown(OURS + name));
}

/** Operations may be told late: those of so many days before the last pass are looked at again. */
const OPERATIONS_LAG_MS = 2 * DAY_MS;

/** Logs since then are looked at for changes that the last pass may have missed. */
export function operationsLookback(lastPassAt: Date): Date {
  return new Date(lastPassAt.getTime() - OPERATIONS_LAG_MS);
}

/**
 * In how many days everybody's add-ons are read when nothing shows that they changed: a week where operation logs would
 * tell, without a gap and by name, that one was handed on; a day otherwise.
 */
export function addOnCycleDays(
  logs: { knownFrom: Date | null; knownUntil: Date | null; hasUnnamed: boolean },
  { after, startedAt }: { after: Date; startedAt: Date },
): 1 | 7 {
  const isGapless =
    logs.knownFrom !== null &&
    logs.knownUntil !== null &&
    logs.knownFrom <= operationsLookback(after) &&
    logs.knownUntil >= operationsLookback(startedAt);
  return isGapless && !logs.hasUnnamed ? 7 : 1;
}
