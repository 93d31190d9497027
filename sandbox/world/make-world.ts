import { MeetingHistory } from './history.ts';
import { zoomId } from './ids.ts';
import { addEngagement } from './engagement.ts';
import { addHistory } from './meetings.ts';
import { DAY, HOUR } from './model.ts';
import { DEPARTMENTS, GROUP_NAMES } from './names.ts';
import { addPeople } from './people.ts';
import { makeUser } from './place.ts';
import { addRareKinds } from './rare-kinds.ts';
import { takesBaseSeat } from './seats.ts';
import { Random } from './random.ts';
import { bundleEverybody, haveSeats, ORDINARY, plainCharacter, treeSizes, variedCharacter } from './tree.ts';
import type { Character } from './tree.ts';
import type { Account, AccountKind, World } from './model.ts';

export interface WorldOptions {
  seed: number;
  /** Users of the regular account; 0: only its owner and the user who integrates. */
  users: number;
  subAccounts: number;
  /** Users of the master account and its sub accounts together. Absent: a tree as small as its regular neighbor asks for. */
  treeUsers?: number | undefined;
  now: () => number;
}

/** A world of two account trees. The same seed, size and day make the same one. */
export function makeWorld(options: WorldOptions): World {
  const accounts = new Map<string, Account>();
  const world = {
    seed: options.seed,
    now: options.now,
    accounts,
    subAccounts: [],
    masterFeature: true,
  } as unknown as World;
  const build = (kind: AccountKind, name: string, domain: string, users: number, character: Character) =>
    makeAccount(world, kind, name, domain, users, character);
  const sizes =
    options.treeUsers === undefined
      ? {
          master: Math.round(options.users / 10),
          subAccounts: Array<number>(options.subAccounts).fill(
            options.users === 0 ? 0 : Math.max(3, Math.round(options.users / 20)),
          ),
        }
      : treeSizes(options.treeUsers, options.subAccounts, new Random(`${options.seed}/tree/sizes`));

  world.regular = build('REGULAR', 'Northwind', 'northwind.example', options.users, ORDINARY);
  world.master = build('MASTER', 'Contoso Group', 'contoso.example', sizes.master, ORDINARY);
  const random = new Random(`${options.seed}/tree/characters`);
  sizes.subAccounts.forEach((users, i) => {
    const character = options.treeUsers === undefined ? plainCharacter(i) : variedCharacter(i, random);
    const name = `Contoso ${character.accountType} ${i + 1}`;
    world.subAccounts.push(build('SUB', name, `sub${i + 1}.contoso.example`, users, character));
  });
  return world;
}

function makeAccount(
  world: World,
  kind: AccountKind,
  name: string,
  domain: string,
  users: number,
  character: Character,
): Account {
  const ordinal = world.accounts.size;
  const random = new Random(`${world.seed}/account/${ordinal}`);
  const today = Math.floor(world.now() / DAY) * DAY;
  const account: Account = {
    id: zoomId(random),
    ordinal,
    number: random.int(10_000_000, 99_999_999),
    kind,
    name,
    domain,
    accountType: character.accountType,
    ownerId: '',
    integrationUserId: '',
    createdAt: today - random.int(1500, 2500) * DAY,
    subscriptionStartAt: today - random.int(30, 330) * DAY,
    subscriptionEndAt: 0,
    payMode: character.seats === 'selfPay' ? 'sub' : 'master',
    managedDomains: [{ domain: `corp.${domain}`, status: 'verified' }],
    trustedDomains: [`partner.${domain}`],
    people: [],
    users: new Map(),
    usersByEmail: new Map(),
    groups: [...DEPARTMENTS.slice(0, 4).map(([department]) => department), ...GROUP_NAMES].map((group) => ({
      id: zoomId(random),
      name: group,
    })),
    roles: [
      { id: '0', name: 'Owner', description: 'Account owner' },
      { id: '1', name: 'Admin', description: 'Account administrator' },
      { id: '2', name: 'Member', description: 'Account member' },
      { id: `R${zoomId(random)}`, name: 'Service Desk', description: 'May reset passwords' },
    ],
    plans: {
      base: { type: character.basePlan, hosts: 0 },
      webinar: [100, 500, 1000, 3000].map((capacity) => ({ type: `webinar${capacity}_yearly`, capacity, hosts: 0 })),
      largeMeeting: [500, 1000].map((capacity) => ({ type: `large${capacity}_yearly`, capacity, hosts: 0 })),
      zoomOne: [{ type: 'zobp_usca_yearly_unlimited', zoomOneType: 16, hosts: 0 }],
      rooms: { type: 'zroom_yearly', hosts: 0 },
      others: character.otherPlans.map((plan) => ({ ...plan })),
    },
    history: new MeetingHistory(ordinal),
    live: [],
    operationLogs: [],
  };
  if (character.seats === 'endsSoon') account.subscriptionStartAt = today - 353 * DAY;
  if (character.seats === 'ended') account.subscriptionStartAt = today - 385 * DAY;
  account.subscriptionEndAt = account.subscriptionStartAt + 365 * DAY;
  world.accounts.set(account.id, account);

  const founders = {
    userCreatedAt: account.createdAt,
    lastLoginAt: today - 5 * HOUR,
    department: 'IT',
    accountId: account.id,
  };
  const owner = { email: `owner@${domain}`, firstName: 'Olivia', lastName: 'Owner', roleId: '0', behavior: 'owner' };
  const robot = {
    email: `integration@${domain}`,
    firstName: 'License',
    lastName: 'Integration',
    roleId: '1',
    type: 1,
    behavior: 'integration',
  };
  account.ownerId = makeUser(world, { ...founders, ...owner }).id;
  account.integrationUserId = makeUser(world, { ...founders, ...robot }).id;

  addPeople(account, Math.max(0, users - 2), random.fork('people'), today);
  addHistory(account, random.fork('meetings'), today, world.now());
  addEngagement(account, random.fork('engagement'));
  addRareKinds(account, users);
  if (character.isBundled) bundleEverybody(account);
  joinGroups(account, random.fork('groups'));
  buySeats(account, users);
  haveSeats(account, character);
  writeLogs(account, random.fork('logs'), today);
  return account;
}

function joinGroups(account: Account, random: Random): void {
  const byName = new Map(account.groups.map((group) => [group.name, group.id]));
  for (const user of account.people) {
    const names = [user.department];
    if (user.isRoom) names.push('Zoom Rooms');
    if (user.webinarCapacity) names.push('Webinar Hosts');
    if (random.chance(0.05)) names.push('Contractors');
    if (random.chance(0.2)) names.push('Remote');
    if (random.chance(0.01)) names.push('Keep License');
    user.groupIds = names.flatMap((name) => byName.get(name) ?? []);
  }
}

/** A little more than what is in use; an empty account gets enough for tests to hand out. */
function buySeats(account: Account, users: number): void {
  const count = (test: (user: Account['people'][number]) => boolean) => {
    const used = account.people.filter(test).length;
    return users === 0 ? used + 100 : used + Math.max(2, Math.ceil(used * 0.04));
  };
  const { plans } = account;
  plans.base.hosts = count(
    (user) => takesBaseSeat(user) || (user.status === 'pending' && user.type === 2 && user.zoomOneType === 0),
  );
  for (const plan of plans.webinar) plan.hosts = count((user) => user.webinarCapacity === plan.capacity);
  for (const plan of plans.largeMeeting) plan.hosts = count((user) => user.largeMeetingCapacity === plan.capacity);
  for (const plan of plans.zoomOne) plan.hosts = count((user) => user.zoomOneType === plan.zoomOneType);
  plans.rooms.hosts = count((user) => user.isRoom);
}

function writeLogs(account: Account, random: Random, today: number): void {
  for (const user of account.people) {
    const at = user.userCreatedAt;
    if (today - at < 180 * DAY)
      account.operationLogs.push({
        at,
        operator: `owner@${account.domain}`,
        category: 'user',
        action: 'Add',
        detail: `Add user - ${user.email}`,
      });
    if (user.status === 'inactive') {
      const when = today - random.int(10, 80) * DAY;
      account.operationLogs.push({
        at: when,
        operator: `owner@${account.domain}`,
        category: 'user',
        action: 'Update',
        detail: `Deactivate user - ${user.email}`,
      });
    }
  }
  // Not only users are operated on.
  const more = random.fork('more');
  for (const [category, action, detail] of [
    ['account', 'Update', 'Security - Require a passcode: from Off to On'],
    ['role', 'Update', 'Change role Service Desk - add privilege: Reset passwords'],
    ['user_settings', 'Update', 'Update settings of the account - Waiting room: On'],
  ] as const) {
    const at = today - more.int(5, 60) * DAY - more.int(1, 20) * HOUR;
    account.operationLogs.push({ at, operator: `owner@${account.domain}`, category, action, detail });
  }
  account.operationLogs.sort((a, b) => a.at - b.at);
}
