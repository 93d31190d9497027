import type { Account, SandboxUser } from './model.ts';

/** Holds a seat of the base plan: Licensed, active, not a room, and not through a Workplace bundle. */
export function takesBaseSeat(user: SandboxUser): boolean {
  return user.type === 2 && user.status === 'active' && !user.isRoom && user.zoomOneType === 0;
}

/** Seats in use, and seats that invited people will take. */
export interface Usage {
  usage: number;
  pending: number;
}

export function baseUsage(account: Account): Usage {
  return count(account, takesBaseSeat, (user) => user.type === 2 && user.zoomOneType === 0);
}

export function webinarUsage(account: Account, capacity: number): Usage {
  return count(account, (user) => user.webinarCapacity === capacity);
}

export function largeMeetingUsage(account: Account, capacity: number): Usage {
  return count(account, (user) => user.largeMeetingCapacity === capacity);
}

export function zoomOneUsage(account: Account, zoomOneType: number): Usage {
  const holds = (user: SandboxUser) => user.zoomOneType === zoomOneType;
  return count(account, holds, holds);
}

/** How many rooms there are; nobody invites a room. */
export function roomUsage(account: Account): number {
  return count(account, (user) => user.isRoom).usage;
}

/** The seats that a list of sub accounts tells: those of the base plan, or of the bundles where there is none. */
export function seatsTold({ plans }: Account): number {
  return plans.base.type === '' ? plans.zoomOne.reduce((sum, plan) => sum + plan.hosts, 0) : plans.base.hosts;
}

/** Whether one more fits. Seats of invited people count as taken. */
export function hasFreeSeat(hosts: number, used: Usage): boolean {
  return used.usage + used.pending < hosts;
}

function count(
  account: Account,
  holds: (user: SandboxUser) => boolean,
  waits: (user: SandboxUser) => boolean = () => false,
): Usage {
  let usage = 0;
  let pending = 0;
  for (const user of account.users.values()) {
    if (user.status === 'pending') pending += waits(user) ? 1 : 0;
    else if (holds(user)) usage++;
  }
  return { usage, pending };
}

/**
 * How many users of which kind: invited ones and rooms apart, deactivated ones by the type they have left. The total is
 * everybody whom the three listings (active, inactive, pending) show; a type nobody knows is only in the total.
 */
export function summaryOf(users: { status: string; type: number; isRoom: boolean }[]) {
  const here = users.filter((user) => user.status !== 'pending');
  const count = (type: number) => here.filter((user) => user.type === type && !user.isRoom).length;
  return {
    licensed_users_count: count(2),
    basic_users_count: count(1),
    on_prem_users_count: count(3),
    room_users_count: here.filter((user) => user.isRoom).length,
    pending_users_count: users.length - here.length,
    join_only_users_count: count(4),
    total_users_count: users.length,
  };
}
