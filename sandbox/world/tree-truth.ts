import { baseUsage, largeMeetingUsage, roomUsage, seatsTold, summaryOf, webinarUsage, zoomOneUsage } from './seats.ts';
import { licensesOf } from './truth.ts';
import type { Usage } from './seats.ts';
import type { Account, AccountKind, Plan, World } from './model.ts';

/** Seats of one plan: bought, in use, and waited for by people who are invited. */
export interface PlanTruth extends Usage {
  /** Zoom's key for it, `plan_base`. */
  key: string;
  /** Zoom's code. */
  type: string;
  hosts: number;
}

/** What is true of an account as a whole. Times are ISO strings. */
export interface AccountTruth {
  id: string;
  name: string;
  kind: AccountKind;
  number: number;
  accountType: string;
  ownerEmail: string;
  /** As the list of sub accounts tells them. */
  seats: number;
  payMode: Account['payMode'];
  createdAt: string;
  subscriptionStartAt: string;
  subscriptionEndAt: string;
  plans: PlanTruth[];
  users: {
    all: number;
    byStatus: Record<string, number>;
    /** By Zoom's number. */
    byType: Record<string, number>;
    /** Who holds a license, by its name; invited people are not counted. */
    byLicense: Record<string, number>;
  };
  /** What `GET /users/summary` says. */
  summary: ReturnType<typeof summaryOf>;
}

export interface TreeTruth {
  asOf: string;
  masterFeature: boolean;
  master: AccountTruth;
  /** As the master would list them. */
  subAccounts: AccountTruth[];
  /** Those that have left the master. */
  former: AccountTruth[];
}

/** What is true of the master account and of everything that is or was below it, at this moment. */
export function treeTruthOf(world: World): TreeTruth {
  const former = [...world.accounts.values()].filter(
    (account) => account.kind === 'SUB' && !world.subAccounts.includes(account),
  );
  return {
    asOf: iso(world.now()),
    masterFeature: world.masterFeature,
    master: accountTruthOf(world.master),
    subAccounts: world.subAccounts.map(accountTruthOf),
    former: former.map(accountTruthOf),
  };
}

function accountTruthOf(account: Account): AccountTruth {
  const users = [...account.users.values()];
  return {
    id: account.id,
    name: account.name,
    kind: account.kind,
    number: account.number,
    accountType: account.accountType,
    ownerEmail: account.users.get(account.ownerId)?.email ?? '',
    seats: seatsTold(account),
    payMode: account.payMode,
    createdAt: iso(account.createdAt),
    subscriptionStartAt: iso(account.subscriptionStartAt),
    subscriptionEndAt: iso(account.subscriptionEndAt),
    plans: plansOf(account),
    users: {
      all: users.length,
      byStatus: count(users.map((user) => user.status)),
      byType: count(users.map((user) => String(user.type))),
      byLicense: count(users.filter((user) => user.status !== 'pending').flatMap(licensesOf)),
    },
    summary: summaryOf(users),
  };
}

function plansOf(account: Account): PlanTruth[] {
  const { plans } = account;
  const told = (key: string, plan: Plan, used: Usage): PlanTruth => ({
    key,
    type: plan.type,
    hosts: plan.hosts,
    ...used,
  });
  return [
    ...(plans.base.type === '' ? [] : [told('plan_base', plans.base, baseUsage(account))]),
    ...plans.webinar.map((plan) => told('plan_webinar', plan, webinarUsage(account, plan.capacity))),
    ...plans.largeMeeting.map((plan) => told('plan_large_meeting', plan, largeMeetingUsage(account, plan.capacity))),
    ...plans.zoomOne.map((plan) => told('plan_zoom_one', plan, zoomOneUsage(account, plan.zoomOneType))),
    told('plan_zoom_rooms', plans.rooms, { usage: roomUsage(account), pending: 0 }),
    ...plans.others.map((plan) => told(plan.key, plan, { usage: 0, pending: 0 })),
  ].filter((plan) => plan.hosts > 0);
}

function count(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
