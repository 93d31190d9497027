import type { Random } from './random.ts';
import { baseUsage, zoomOneUsage } from './seats.ts';
import type { Account, Plan } from './model.ts';

/** What is particular about an account: its kind, what it bought, and how that fits what it uses. */
export interface Character {
  /** As a list of sub accounts names it. */
  accountType: string;
  /** Zoom's code of the base plan; '': none, everybody has a Workplace bundle. */
  basePlan: string;
  isBundled: boolean;
  otherPlans: (Plan & { key: string })[];
  seats: Seats;
}

/** `short`: fewer seats than are assigned. `selfPay`: the master is not told. */
export type Seats = 'enough' | 'plenty' | 'full' | 'short' | 'selfPay' | 'endsSoon' | 'ended';

const kind = (accountType: string, basePlan: string, more: Partial<Character> = {}): Omit<Character, 'seats'> => ({
  accountType,
  basePlan,
  isBundled: basePlan === '',
  otherPlans: [],
  ...more,
});

const PLAIN = [
  kind('Business', 'business_yearly'),
  kind('Education', 'edu20'),
  kind('API Partner', 'business_yearly'),
  kind('Bulk License', 'business_yearly'),
] as const;

const VARIED = [
  kind('Business', 'business_yearly'),
  kind('Education', 'edu20'),
  kind('Workplace', ''),
  kind('Pro', 'monthly'),
  kind('Bulk License', 'yearly'),
  kind('Enterprise', 'enterprise_yearly'),
  kind('API Partner', 'business_monthly'),
  // What Zoom may sell one day: a base plan and an add-on that nobody has heard of.
  kind('Hologram', 'hologram_yearly', {
    otherPlans: [{ key: 'plan_hologram_rooms', type: 'zholo_yearly', hosts: 25 }],
  }),
] as const;

/** The first sub accounts have one of each, so that a small tree has them too. */
const FIRST_SEATS: readonly Seats[] = ['enough', 'plenty', 'full', 'selfPay', 'short', 'endsSoon', 'ended'];

/** The character of an account about which nothing is particular. */
export const ORDINARY: Character = { ...PLAIN[0], seats: 'enough' };

/** The n-th sub account of a tree whose sub accounts are alike. */
export function plainCharacter(n: number): Character {
  return { ...PLAIN[n % PLAIN.length]!, seats: 'enough' };
}

/** The n-th sub account of a tree that has everything. */
export function variedCharacter(n: number, random: Random): Character {
  const seats =
    FIRST_SEATS[n] ??
    random.weighted<Seats>([['enough', 70], ['plenty', 10], ['full', 6], ['selfPay', 6], ['endsSoon', 4], ['ended', 4]]); // prettier-ignore
  return { ...VARIED[n % VARIED.length]!, seats };
}

/** Owners and integrating admins: fewer users than these a tree can't have. */
export function leastTreeUsers(subAccounts: number): number {
  return 2 * (subAccounts + 1);
}

/**
 * Users of a master and of each sub account, `users` together: a twentieth at the master, the others in a few large sub
 * accounts and many small ones. Throws when there are not enough for an owner and an admin everywhere.
 */
export function treeSizes(
  users: number,
  subAccounts: number,
  random: Random,
): { master: number; subAccounts: number[] } {
  const least = leastTreeUsers(subAccounts);
  if (users < least)
    throw new Error(`A tree of ${subAccounts} sub accounts has at least ${least} users, not ${users}.`);
  if (subAccounts === 0) return { master: users, subAccounts: [] };
  const master = 2 + Math.floor((users - least) / 20);
  const ranks = Array.from({ length: subAccounts }, (_, i) => i);
  for (let i = ranks.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    [ranks[i], ranks[j]] = [ranks[j]!, ranks[i]!];
  }
  const spare = users - master - 2 * subAccounts;
  const weights = ranks.map((rank) => 1 / (rank + 1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const sizes = weights.map((weight) => 2 + Math.floor((spare * weight) / whole));
  // What rounding left over goes to the largest.
  sizes[ranks.indexOf(0)]! += users - master - sizes.reduce((sum, size) => sum + size, 0);
  return { master, subAccounts: sizes };
}

/** Puts everybody who is licensed into the Workplace bundle that the account sells its people. */
export function bundleEverybody(account: Account): void {
  const bundle = account.plans.zoomOne[0]!.zoomOneType;
  for (const user of account.people) if (user.type === 2 && !user.isRoom) user.zoomOneType ||= bundle;
}

/** Makes the seats that were bought as scarce or as plenty as the character says. */
export function haveSeats(account: Account, { seats, isBundled }: Character): void {
  const plan = isBundled ? account.plans.zoomOne[0]! : account.plans.base;
  if (isBundled) account.plans.base.hosts = 0;
  const { usage, pending } = isBundled
    ? zoomOneUsage(account, account.plans.zoomOne[0]!.zoomOneType)
    : baseUsage(account);
  if (seats === 'plenty') plan.hosts = 2 * (usage + pending) + 10;
  if (seats === 'full') plan.hosts = usage + pending;
  if (seats === 'short') plan.hosts = Math.max(1, usage - 2);
}
