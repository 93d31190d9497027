import type { Account, World } from './model.ts';

/** What of an account is changed; what is absent stays. */
export interface AccountChange {
  name?: string;
  accountType?: string;
  /** Code of the base plan. */
  basePlan?: string;
  /** Seats of the base plan. */
  seats?: number;
  /** Code of a plan beside the base plan that is not bought any more. */
  dropPlan?: string;
  payMode?: 'master' | 'sub';
  /** ms */
  subscriptionEndAt?: number;
}

/** Takes a sub account from its master: it is in no list any more, and nothing of it can be reached. */
export function leaveMaster(world: World, accountId: string): void {
  const account = subAccountOf(world, accountId);
  world.subAccounts = world.subAccounts.filter((sub) => sub !== account);
}

/** Brings a sub account that left back to its master, at the place it had. Nothing happens to one that is there. */
export function rejoinMaster(world: World, accountId: string): void {
  const account = subAccountOf(world, accountId);
  if (world.subAccounts.includes(account)) return;
  world.subAccounts = [...world.subAccounts, account].sort((a, b) => a.ordinal - b.ordinal);
}

/** Takes the option to have sub accounts from the master, or gives it back. */
export function setMasterFeature(world: World, on: boolean): void {
  world.masterFeature = on;
}

/** Changes what an account is called, what it bought and who pays. Throws for an account or a plan that is not there. */
export function changeAccount(world: World, accountId: string, change: AccountChange): void {
  const account = known(world, accountId);
  const { plans } = account;
  if (change.dropPlan !== undefined) dropPlan(account, change.dropPlan);
  account.name = change.name ?? account.name;
  account.accountType = change.accountType ?? account.accountType;
  account.payMode = change.payMode ?? account.payMode;
  account.subscriptionEndAt = change.subscriptionEndAt ?? account.subscriptionEndAt;
  plans.base.type = change.basePlan ?? plans.base.type;
  plans.base.hosts = change.seats ?? plans.base.hosts;
}

function dropPlan({ plans, id }: Account, type: string): void {
  const lists: { type: string }[][] = [plans.webinar, plans.largeMeeting, plans.zoomOne, plans.others];
  for (const list of lists) {
    const at = list.findIndex((plan) => plan.type === type);
    if (at < 0) continue;
    list.splice(at, 1);
    return;
  }
  if (plans.rooms.type !== type || plans.rooms.hosts === 0)
    throw new Error(`account ${id} has no plan ${type} to drop`);
  plans.rooms.hosts = 0;
}

function known(world: World, accountId: string): Account {
  const account = world.accounts.get(accountId);
  if (!account) throw new Error(`no account ${accountId} in the world`);
  return account;
}

function subAccountOf(world: World, accountId: string): Account {
  const account = known(world, accountId);
  if (account.kind !== 'SUB') throw new Error(`account ${accountId} is no sub account`);
  return account;
}
