import type { AccountTruth, Truth, TreeTruth, TruthUser } from '#sandbox/index.ts';
import { compareUsers, everybody, type Ask, type Comparison, type Shown } from './user-truth.ts';

const SUMMARY = 'summary { licensed basic onPrem pending rooms total }';

const TREE = `query ($id: ID!, $after: String) {
  integration(id: $id) { includeFreeUsers includeOnPremises account { zoomAccountId tier ${SUMMARY} subAccounts(first: 100, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { zoomAccountId name ownerEmail plan seats subscriptionStartAt subscriptionEndAt master { zoomAccountId } ${SUMMARY} }
  } } }
}`;

const LICENSES = `query ($id: ID!) {
  licenses(integrationId: $id) { uniqueId assigned unassigned provisioned { count } subAccount { zoomAccountId } }
}`;

interface ShownAccount {
  zoomAccountId: string;
  summary: Record<string, number | null> | null;
}
interface ShownSubAccount extends ShownAccount {
  name: string;
  ownerEmail: string | null;
  plan: string | null;
  seats: number | null;
  subscriptionStartAt: string | null;
  subscriptionEndAt: string | null;
  master: { zoomAccountId: string };
}
interface ShownLicense {
  uniqueId: string;
  assigned: number;
  unassigned: number | null;
  provisioned: { count: number | null };
  subAccount: { zoomAccountId: string } | null;
}

/** A whole tree as callers are shown it. */
export interface ShownTree {
  /** Whose free and on-premises users count. */
  counts: { includeFreeUsers: boolean; includeOnPremises: boolean };
  master: ShownAccount;
  subAccounts: ShownSubAccount[];
  licenses: ShownLicense[];
  users: Shown[];
}

/** Everything of a tiered integration that the sandbox knows the truth of. */
export async function shownTree(ask: Ask, id: string): Promise<ShownTree> {
  interface Page {
    integration: ShownTree['counts'] & {
      account: ShownAccount & {
        subAccounts: { nodes: ShownSubAccount[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
    };
  }
  const subAccounts: ShownSubAccount[] = [];
  for (let after: string | null = null; ;) {
    const page: Page = await ask(TREE, { id, after });
    const { account, ...counts } = page.integration;
    subAccounts.push(...account.subAccounts.nodes);
    if (account.subAccounts.pageInfo.hasNextPage) {
      after = account.subAccounts.pageInfo.endCursor;
      continue;
    }
    const { licenses } = await ask<{ licenses: ShownLicense[] }>(LICENSES, { id });
    return { counts, master: account, subAccounts, licenses, users: await everybody(ask, id) };
  }
}

/**
 * From when on the activity of an account is known, by Zoom's id: the truth is counted from there as well. Accounts that
 * nobody is shown of are missing.
 */
export function knownFrom(shown: ShownTree): Map<string, string> {
  const from = new Map<string, string>();
  for (const { subAccount, activity } of shown.users)
    from.set(subAccount?.zoomAccountId ?? shown.master.zoomAccountId, activity.knownFrom);
  return from;
}

/** What is true of a tree: its accounts, and the users of each by its id. */
export interface WholeTruth {
  tree: TreeTruth;
  users: ReadonlyMap<string, Truth>;
}

/** What was compared of a tree, and where it differs. */
export interface TreeComparison extends Comparison {
  subAccounts: number;
  licenses: number;
}

/**
 * A tree as it is shown beside the truth: every account, every license that is held or bought, every user in their own
 * account, field by field. Accounts of `except` (by Zoom's id) are left out.
 */
export function compareTree(
  shown: ShownTree,
  { tree, users }: WholeTruth,
  except: ReadonlySet<string> = new Set(),
): TreeComparison {
  const accounts = [tree.master, ...tree.subAccounts].filter(({ id }) => !except.has(id));
  const told = new Differences();
  const idOf = (one: { subAccount: { zoomAccountId: string } | null }) =>
    one.subAccount?.zoomAccountId ?? tree.master.id;
  const shownUsers = Map.groupBy(shown.users, idOf);
  const shownLicenses = Map.groupBy(shown.licenses, idOf);
  const shownAccounts = new Map<string, ShownAccount>([
    [shown.master.zoomAccountId, shown.master],
    ...shown.subAccounts.map((account) => [account.zoomAccountId, account] as const),
  ]);
  for (const account of accounts) {
    const { id } = account;
    const truth = users.get(id);
    const people = truth?.users ?? [];
    told.pair(account.name, accountPairs(shownAccounts.get(id), account, tree.master.id));
    told.pair(account.name, licensePairs(shownLicenses.get(id) ?? [], account, people, shown.counts));
    told.add(compareUsers(shownUsers.get(id) ?? [], people, Date.parse(truth?.since ?? tree.asOf)));
  }
  const known = new Set([...accounts.map(({ id }) => id), ...except]);
  for (const id of new Set([...shownAccounts.keys(), ...shownUsers.keys(), ...shownLicenses.keys()]))
    if (!known.has(id)) told.pair(id, [{ exists: true }, { exists: false }]);
  return { ...told.sum, subAccounts: accounts.length - 1, licenses: shown.licenses.length };
}

type Pairs = readonly [Record<string, unknown>, Record<string, unknown>];

function accountPairs(shown: ShownAccount | ShownSubAccount | undefined, account: AccountTruth, master: string): Pairs {
  const { summary } = account;
  const second = (at: string | null) => at?.replace(/\.\d+Z$/, 'Z') ?? null;
  if (shown === undefined) return [{ exists: false }, { exists: true }];
  const truth = {
    summary: {
      licensed: summary.licensed_users_count,
      basic: summary.basic_users_count,
      onPrem: summary.on_prem_users_count,
      pending: summary.pending_users_count,
      rooms: summary.room_users_count,
      total: summary.total_users_count,
    },
  };
  if (!('ownerEmail' in shown)) return [{ summary: shown.summary }, truth];
  return [
    {
      ...shown,
      subscriptionStartAt: second(shown.subscriptionStartAt),
      subscriptionEndAt: second(shown.subscriptionEndAt),
      master: shown.master.zoomAccountId,
    },
    {
      ...truth,
      name: account.name,
      ownerEmail: account.ownerEmail,
      plan: account.accountType,
      seats: account.seats,
      subscriptionStartAt: account.subscriptionStartAt,
      subscriptionEndAt: account.subscriptionEndAt,
      master,
    },
  ];
}

/** Who holds a license and how many were bought, of the licenses that the sandbox has words for. */
function licensePairs(
  shown: readonly ShownLicense[],
  account: AccountTruth,
  people: readonly TruthUser[],
  counts: ShownTree['counts'],
): Pairs {
  const ours: Record<string, unknown> = {};
  for (const { uniqueId, assigned, provisioned } of shown)
    // A plan that is gone has no seats, like one that never was.
    if (/^(LICENSED|(WEBINAR|LARGE_MEETING)_\d+)$/.test(uniqueId) && (assigned > 0 || provisioned.count))
      ours[uniqueId] = { assigned, provisioned: provisioned.count || null };
  const held: Record<string, number> = {};
  for (const user of people) {
    const isCounted =
      ![1, 3, 4, 99].includes(user.type) || (user.type === 3 ? counts.includeOnPremises : counts.includeFreeUsers);
    if (!isCounted || user.status === 'inactive') continue;
    for (const name of user.licenses.map((license) => license.replace(' ', '_'))) held[name] = (held[name] ?? 0) + 1;
  }
  const bought = account.payMode === 'sub' ? {} : seatsOf(account);
  const truths: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(held), ...Object.keys(bought)]))
    if (/^(LICENSED|WEBINAR|LARGE_MEETING)/.test(name))
      truths[name] = { assigned: held[name] ?? 0, provisioned: bought[name] ?? null };
  return [ours, truths];
}

/** Seats by license. Bundles are what licenses people where there is no base plan, and untold where nobody has one. */
function seatsOf(account: AccountTruth): Record<string, number> {
  const seats: Record<string, number> = {};
  const isBundled = !account.plans.some((plan) => plan.key === 'plan_base');
  for (const { key, type, hosts } of account.plans) {
    const capacity = /\d+/.exec(type)?.[0];
    const name =
      key === 'plan_base' || (key === 'plan_zoom_one' && isBundled)
        ? 'LICENSED'
        : key === 'plan_webinar'
          ? `WEBINAR_${capacity}`
          : key === 'plan_large_meeting'
            ? `LARGE_MEETING_${capacity}`
            : null;
    if (name !== null) seats[name] = (seats[name] ?? 0) + hosts;
  }
  return seats;
}

/** Adds up what was compared. */
class Differences {
  readonly sum: Comparison = {
    truthUsers: 0,
    shownUsers: 0,
    nobodyInTruth: 0,
    fields: 0,
    values: 0,
    differences: 0,
    differencesByField: {},
    examples: [],
  };

  /** Compares both ways: what only one side has is a difference. */
  pair(of: string, [ours, truths]: Pairs): void {
    for (const field of new Set([...Object.keys(truths), ...Object.keys(ours)])) {
      if (!(field in truths) && field === 'zoomAccountId') continue;
      this.sum.values += 1;
      if (JSON.stringify(ours[field]) === JSON.stringify(truths[field])) continue;
      this.sum.differences += 1;
      this.sum.differencesByField[field] = (this.sum.differencesByField[field] ?? 0) + 1;
      if (this.sum.examples.length < 20)
        this.sum.examples.push({ account: of, field, shown: ours[field], true: truths[field] });
    }
  }

  add(other: Comparison): void {
    const { sum } = this;
    sum.truthUsers += other.truthUsers;
    sum.shownUsers += other.shownUsers;
    sum.nobodyInTruth += other.nobodyInTruth;
    sum.fields = Math.max(sum.fields, other.fields);
    sum.values += other.values;
    sum.differences += other.differences;
    for (const [field, count] of Object.entries(other.differencesByField))
      sum.differencesByField[field] = (sum.differencesByField[field] ?? 0) + count;
    sum.examples = [...sum.examples, ...other.examples].slice(0, 20);
  }
}
