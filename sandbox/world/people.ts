import { zoomId } from './ids.ts';
import { DAY, HOUR } from './model.ts';
import { CLIENTS, DEPARTMENTS, FIRST_NAMES, LAST_NAMES, LOCATIONS, toAscii } from './names.ts';
import { addUser } from './place.ts';
import type { Account, SandboxUser } from './model.ts';
import type { Random } from './random.ts';

/** How people use Zoom; the weights are those of licensed users. `idle63` and its like had their last sign so many days ago. */
const BEHAVIORS = [
  ['dailyHost', 20],
  ['weeklyHost', 31],
  ['joinsOnly', 16],
  ['loginsOnly', 6],
  ['webinarOnly', 1],
  ['soloHost', 1],
  ['idle40', 4],
  ['idle61', 2],
  ['idle63', 2],
  ['idle64', 2],
  ['idle70', 3],
  ['idle120', 5],
  ['idle300', 4],
  ['neverLoggedIn', 3],
] as const;

const BASIC_BEHAVIORS = [
  ['joinsOnly', 45],
  ['weeklyHost', 20],
  ['loginsOnly', 12],
  ['idle70', 6],
  ['idle120', 6],
  ['neverLoggedIn', 11],
] as const;

/** Days since the last sign of a class that is called after them, or null. */
export function idleDays(behavior: string): number | null {
  const read = /^idle(\d+)$/.exec(behavior);
  return read ? Number(read[1]) : null;
}

/**
 * Fills an account with `count` people like those of a company: an owner and a few admins exist already.
 * `today` is midnight UTC: the same day makes the same people.
 */
export function addPeople(account: Account, count: number, random: Random, today: number): void {
  const rooms = count >= 50 ? Math.max(1, Math.round(count / 100)) : 0;
  const robots = count >= 20 ? 2 : 0;
  for (let i = 0; i < count; i++) {
    const user = addPerson(account, random, today);
    if (i < rooms) makeRoom(account, user, i);
    else if (i < rooms + robots) makeRobot(account, user, i - rooms);
    else makeStaff(account, user, i - rooms - robots, count, random, today);
    // Registered only now: the e-mail and the status are part of how others find a user.
    addUser(account, user);
  }
}

function addPerson(account: Account, random: Random, today: number): SandboxUser {
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES).replace('-', ' ');
  const [department, costCenter, titles] = random.pick(DEPARTMENTS);
  const [location, timezone, language] = random.pick(LOCATIONS);
  const userCreatedAt = today - random.int(20, 5 * 365) * DAY - random.int(1, 23) * HOUR;
  const later = random.chance(0.4) ? Math.floor(random.next() * (today - 10 * DAY - userCreatedAt)) : 0;
  const index = account.people.length;
  return {
    index,
    id: zoomId(random),
    accountId: account.id,
    email: freeEmail(account, firstName, lastName, random),
    firstName,
    lastName,
    displayName: random.chance(0.15) ? `${firstName} ${lastName} (${location})` : `${firstName} ${lastName}`,
    status: 'active',
    type: 2,
    roleId: '2',
    isRoom: false,
    isServiceAccount: false,
    loginTypes: random.weighted([
      [[101], 60],
      [[100], 22],
      [[1], 10],
      [[100, 101], 8],
    ]),
    ssoType: null,
    department,
    jobTitle: random.pick(titles),
    costCenter: `${costCenter}${random.int(0, 4)}`,
    manager: index > 12 ? account.people[Math.floor(index / 9)]!.email : '',
    location,
    company: account.name,
    timezone,
    language,
    pmi: random.int(2_000_000_000, 9_999_999_999),
    employeeUniqueId: random.chance(0.6) ? `E${100000 + index}` : null,
    clientVersion: random.pick(CLIENTS),
    userCreatedAt,
    createdAt: userCreatedAt + Math.max(0, later),
    lastLoginAt: null,
    shownLastLoginAt: null,
    loginEveryDays: 0,
    signsOutAfterHours: 0,
    groupIds: [],
    customAttributes: [{ key: 'cbf_contract', name: 'Contract', value: random.chance(0.1) ? 'External' : 'Permanent' }],
    zoomOneType: 0,
    licenseInfos: [],
    planUnitedType: '',
    meetingCapacity: 300,
    webinarCapacity: 0,
    largeMeetingCapacity: 0,
    zoomEventsCapacity: 0,
    concurrentMeeting: 'Basic',
    zoomPhone: random.chance(0.2),
    otherFeatures: random.chance(0.1) ? ['zoom_whiteboard'] : [],
    hasUpcomingEvent: false,
    behavior: '',
    hosted: [],
    joined: [],
    scheduled: [],
  };
}

function freeEmail(account: Account, firstName: string, lastName: string, random: Random): string {
  const local = `${toAscii(firstName)}.${toAscii(lastName)}`;
  // A few live in the managed domain: those can't be unlinked from the account.
  const domain = random.chance(0.02) ? `corp.${account.domain}` : account.domain;
  let email = `${local}@${domain}`;
  for (let n = account.people.length; account.usersByEmail.has(email); n += 1_000_003) email = `${local}${n}@${domain}`;
  // Directories keep the case that somebody typed once.
  return random.chance(0.03) ? email.replace(/(^|\.)[a-z]/g, (letter) => letter.toUpperCase()) : email;
}

function makeRoom(account: Account, user: SandboxUser, n: number): void {
  user.isRoom = true;
  user.behavior = 'room';
  user.firstName = `${user.location} Room`;
  user.lastName = String(n + 1);
  user.displayName = `${user.firstName} ${user.lastName}`;
  user.email = `rooms_${user.id.slice(0, 10).toLowerCase()}@${account.domain}`;
  user.department = 'Zoom Rooms';
  user.jobTitle = '';
  user.manager = '';
  user.clientVersion = '6.1.5.4820 (Zoom Rooms)';
  user.loginTypes = [100];
  user.employeeUniqueId = null;
}

function makeRobot(account: Account, user: SandboxUser, n: number): void {
  user.behavior = 'apiUser';
  user.firstName = 'API';
  user.lastName = n === 0 ? 'Scheduler' : 'Recorder';
  user.displayName = `${user.firstName} ${user.lastName}`;
  user.email = `svc-${user.lastName.toLowerCase()}@${account.domain}`;
  user.department = 'IT';
  user.jobTitle = 'Service account';
  user.loginTypes = [99];
  user.clientVersion = null;
  user.type = n === 0 ? 2 : 1;
  user.employeeUniqueId = null;
}

function makeStaff(account: Account, user: SandboxUser, n: number, count: number, random: Random, today: number): void {
  // The rare kinds sit at fixed places, so that even a small world has one of each.
  user.type = random.weighted([
    [2, 71],
    [1, 26],
    [4, 1.5],
    [3, 1.5],
  ]);
  if (n === 3) user.type = 4;
  if (n === 4) user.type = 3;
  if (n === 5 && count >= 20) user.type = 6;
  if (n > 0 && n <= (count >= 1000 ? 4 : 1)) user.roleId = '1';
  if (n === 6) user.roleId = account.roles[3]?.id ?? '2';

  const paid = user.type === 2 || user.type === 3;
  user.behavior = random.weighted(paid ? BEHAVIORS : BASIC_BEHAVIORS);
  const fixed = ['webinarOnly', 'idle61', 'idle63', 'idle64', 'neverLoggedIn', 'idle120', 'joinsOnly'];
  if (n >= 7 && n < 7 + fixed.length && count >= 20) {
    user.type = 2;
    user.behavior = fixed[n - 7]!;
  }
  if (n <= 4 && user.roleId === '1') user.behavior = 'weeklyHost';

  const standing = random.next();
  if (n > 20 || count > 20) {
    if (standing < 0.03 && n > 14) user.status = 'pending';
    else if (standing < 0.08 && n > 14) user.status = 'inactive';
  }
  setLicenses(user, random);
  setLogins(user, random, today);
}

function setLicenses(user: SandboxUser, random: Random): void {
  if (user.status === 'inactive') user.type = 1;
  if (user.status === 'pending') user.type = random.chance(0.5) ? 2 : 1;
  const paid = (user.type === 2 || user.type === 3) && user.status === 'active';
  user.meetingCapacity = user.type === 2 || user.type === 3 ? 300 : 100;
  user.concurrentMeeting = paid ? 'Basic' : 'None';
  if (!paid) {
    user.zoomPhone = false;
    user.otherFeatures = [];
    return;
  }
  if (user.behavior === 'webinarOnly' || random.chance(0.06)) {
    user.webinarCapacity = random.weighted([
      [100, 2],
      [500, 5],
      [1000, 2],
      [3000, 1],
    ]);
  }
  if (random.chance(0.04))
    user.largeMeetingCapacity = random.weighted([
      [500, 3],
      [1000, 1],
    ]);
  if (user.type === 2 && random.chance(0.01)) user.zoomOneType = 16;
}

function setLogins(user: SandboxUser, random: Random, today: number): void {
  if (user.status === 'pending') user.behavior = 'invited';
  if (user.status === 'inactive') user.behavior = 'deactivated';
  if (user.behavior === 'invited' || user.behavior === 'neverLoggedIn') {
    user.clientVersion = null;
    return;
  }
  const idle = idleDays(user.behavior);
  if (user.behavior === 'deactivated') user.lastLoginAt = today - random.int(90, 500) * DAY;
  else if (idle !== null) user.lastLoginAt = today - idle * DAY - HOUR;
  // Some stay signed in for months: no login, and yet they meet every week.
  else if (random.chance(user.behavior === 'joinsOnly' ? 0.3 : 0.08))
    user.lastLoginAt = today - random.int(66, 110) * DAY;
  else user.lastLoginAt = today - random.int(1, user.behavior === 'dailyHost' ? 48 : 24 * 12) * HOUR;

  user.loginEveryDays = idle === null ? random.int(4, 9) : 14;
  user.userCreatedAt = Math.min(user.userCreatedAt, user.lastLoginAt - 30 * DAY);
  // Told by the place, not by chance: the others must stay who they were.
  user.signsOutAfterHours = user.index % 3 === 0 ? 9 : 0;
  user.createdAt = Math.min(Math.max(user.createdAt, user.userCreatedAt), user.lastLoginAt);
  user.shownLastLoginAt = user.lastLoginAt - (random.chance(0.5) ? random.int(0, 71) * HOUR : 0);
}
