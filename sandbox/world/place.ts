import { zoomId } from './ids.ts';
import { Random } from './random.ts';
import { DAY, HOUR, MINUTE } from './model.ts';
import type { Account, SandboxUser, World } from './model.ts';
import type { NewRow, PollAnswer, Registrant } from './history.ts';

/** A participant of a placed meeting: somebody of the account, or an outsider by name (and e-mail). */
export interface PlacedParticipant {
  userId?: string;
  name?: string;
  email?: string;
  /** Minutes after the start; default 0. */
  joinAfter?: number;
  /** Minutes after the start; default the end. */
  leaveAfter?: number;
}

/** A poll that was held: one question, answered by the first `answers` of those who came (default: everybody). */
export interface PlacedPoll {
  question?: string;
  answers?: number;
  /** Default: one of its own. The same id twice is one poll with two questions. */
  pollId?: string;
}

export type PlacedRegistrant = Partial<Pick<Registrant, 'email' | 'firstName' | 'lastName' | 'status'>>;

export interface PlacedMeeting {
  hostId: string;
  /** ms */
  startAt: number;
  minutes?: number;
  /** Who came. The host comes too unless `withoutHost`; none but the host: a meeting of one. */
  participants?: PlacedParticipant[];
  withoutHost?: boolean;
  topic?: string;
  /** Default 2 (scheduled), or 5 for webinars. */
  type?: number;
  createdAt?: number;
  uuid?: string;
  /** Number of an earlier meeting: this becomes another instance of it. */
  meetingId?: number;
  /** Polls that were held, or how many. */
  polls?: number | PlacedPoll[];
  /** Who registered for the series, or how many did; absent: no registration, 0: nobody came to it yet. */
  registrants?: number | PlacedRegistrant[];
  /** Files of the cloud recording; absent or 0: not recorded. */
  recordingFiles?: number;
}

/** How the API names what was placed. */
export interface PlacedReference {
  meetingId: number;
  /** Empty for a meeting that has not been held. */
  uuid: string;
}

export interface PlacedSchedule {
  hostId: string;
  /** ms; 0: recurring without a fixed time */
  startAt: number;
  minutes?: number;
  topic?: string;
  type?: number;
  createdAt?: number;
  registrants?: number | PlacedRegistrant[];
}

/** The account a user lives in. Throws for an unknown id: a test that places nothing must not pass. */
export function accountOf(world: World, userId: string): Account {
  for (const account of world.accounts.values()) if (account.users.has(userId)) return account;
  throw new Error(`no user ${userId} in the world`);
}

/**
 * Adds a user to the world: an active Licensed member who never logged in, unless told otherwise.
 * `accountId` says where (default: the regular account).
 */
export function makeUser(world: World, wanted: Partial<SandboxUser> = {}): SandboxUser {
  const account = wanted.accountId ? world.accounts.get(wanted.accountId) : world.regular;
  if (!account) throw new Error(`no account ${wanted.accountId} in the world`);
  const index = account.people.length;
  const random = new Random(`${world.seed}/${account.ordinal}/user/${index}`);
  const firstName = wanted.firstName ?? 'User';
  const lastName = wanted.lastName ?? String(index);
  const userCreatedAt = wanted.userCreatedAt ?? Math.floor(world.now() / DAY) * DAY - 400 * DAY;
  const type = wanted.type ?? 2;
  return addUser(account, {
    id: zoomId(random),
    email: `user${index}@${account.domain}`,
    firstName,
    lastName,
    displayName: `${firstName} ${lastName}`,
    status: 'active',
    type,
    roleId: '2',
    isRoom: false,
    isServiceAccount: false,
    loginTypes: [100],
    ssoType: null,
    department: '',
    jobTitle: '',
    costCenter: '',
    manager: '',
    location: '',
    company: account.name,
    timezone: 'Etc/UTC',
    language: 'en-US',
    pmi: random.int(2_000_000_000, 9_999_999_999),
    employeeUniqueId: null,
    clientVersion: null,
    userCreatedAt,
    createdAt: wanted.createdAt ?? userCreatedAt,
    lastLoginAt: null,
    shownLastLoginAt: wanted.shownLastLoginAt ?? wanted.lastLoginAt ?? null,
    loginEveryDays: 0,
    signsOutAfterHours: 0,
    groupIds: [],
    customAttributes: [],
    zoomOneType: 0,
    licenseInfos: [],
    planUnitedType: '',
    meetingCapacity: type === 2 || type === 3 ? 300 : 100,
    webinarCapacity: 0,
    largeMeetingCapacity: 0,
    zoomEventsCapacity: 0,
    concurrentMeeting: type === 2 || type === 3 ? 'Basic' : 'None',
    zoomPhone: false,
    otherFeatures: [],
    hasUpcomingEvent: false,
    behavior: 'placed',
    ...wanted,
    accountId: account.id,
    index,
    hosted: [],
    joined: [],
    scheduled: [],
  });
}

/** Enters a finished user into the registers of the account. */
export function addUser(account: Account, user: SandboxUser): SandboxUser {
  account.people.push(user);
  account.users.set(user.id, user);
  account.usersByEmail.set(user.email.toLowerCase(), user);
  return user;
}

/** Removes a user; meetings keep naming the person. */
export function removeUser(account: Account, user: SandboxUser): void {
  account.users.delete(user.id);
  account.usersByEmail.delete(user.email.toLowerCase());
}

/** Records a login: the true one moves, what Zoom shows may not. */
export function recordLogin(user: SandboxUser, at: number): void {
  user.shownLastLoginAt = shownLastLogin(user) ?? at;
  user.lastLoginAt = Math.max(user.lastLoginAt ?? 0, at);
}

/** The last login as Zoom shows it: a login less than three days after the shown one does not move it. */
export function shownLastLogin(user: SandboxUser): number | null {
  if (user.lastLoginAt === null) return null;
  const shown = user.shownLastLoginAt;
  return shown === null || shown > user.lastLoginAt || user.lastLoginAt - shown >= 3 * DAY ? user.lastLoginAt : shown;
}

/** Places a meeting that was held. */
export function addPastMeeting(world: World, placed: PlacedMeeting): PlacedReference {
  const account = accountOf(world, placed.hostId);
  const { history } = account;
  const host = account.users.get(placed.hostId)!;
  const minutes = placed.minutes ?? 30;
  const endAt = placed.startAt + minutes * MINUTE;
  const rows: NewRow[] = placed.withoutHost ? [] : [{ person: host.index, joinAt: placed.startAt, leaveAt: endAt }];
  for (const one of placed.participants ?? []) {
    const user = one.userId ? account.users.get(one.userId) : undefined;
    if (one.userId && !user) throw new Error(`no user ${one.userId} in the account of the host`);
    rows.push({
      person: user ? user.index : history.addOutsider({ name: one.name ?? 'Guest', email: one.email ?? '' }),
      joinAt: placed.startAt + (one.joinAfter ?? 0) * MINUTE,
      leaveAt: one.leaveAfter === undefined ? endAt : placed.startAt + one.leaveAfter * MINUTE,
    });
  }
  let series = placed.meetingId === undefined ? -1 : history.seriesByNumber(placed.meetingId);
  if (series < 0) {
    series = addSchedule(account, host, {
      startAt: placed.startAt,
      minutes,
      topic: placed.topic ?? 'Placed meeting',
      type: placed.type ?? 2,
      createdAt: placed.createdAt ?? placed.startAt - HOUR,
    });
  }
  const instance = hold(account, series, placed.startAt, endAt, rows, placed.uuid);
  if (placed.registrants !== undefined) placeRegistrants(world, account, series, placed.registrants);
  if (placed.polls) placePolls(account, instance, placed.polls);
  if (placed.recordingFiles) history.recordings.set(instance, placed.recordingFiles);
  return { meetingId: history.number(series), uuid: history.uuid(instance) };
}

function placePolls(account: Account, instance: number, placed: number | PlacedPoll[]): void {
  const { history } = account;
  const polls: PlacedPoll[] = typeof placed === 'number' ? Array.from({ length: placed }, () => ({})) : placed;
  const people = [...new Set(history.rowsOf(instance).map((row) => history.rowPerson.get(row)))];
  const answers = polls.flatMap((poll, i) =>
    people.slice(0, poll.answers ?? people.length).map((person, k): PollAnswer => ({
      person,
      pollId: poll.pollId ?? `poll-${account.ordinal}-${instance}-${i}`,
      question: poll.question ?? `Question ${i + 1}?`,
      answer: k % 3 === 0 ? 'No' : 'Yes',
      at: history.instanceStartAt.get(instance) + MINUTE,
    })),
  );
  history.polls.set(instance, answers);
}

function placeRegistrants(world: World, account: Account, series: number, placed: number | PlacedRegistrant[]): void {
  const random = new Random(`${world.seed}/${account.ordinal}/registrants/${series}`);
  const people: PlacedRegistrant[] = typeof placed === 'number' ? Array.from({ length: placed }, () => ({})) : placed;
  const registrants = people.map((one, i): Registrant => ({
    id: zoomId(random),
    email: `registrant${series}.${i}@outside.example`,
    firstName: 'Registrant',
    lastName: String(i + 1),
    status: 'approved',
    at: account.history.seriesCreatedAt.get(series) + MINUTE,
    ...one,
  }));
  account.history.registrants.set(series, registrants);
}

/** Places a webinar that was held; the host needs no license for that, as in Zoom's own past. */
export function addPastWebinar(world: World, placed: PlacedMeeting): PlacedReference {
  return addPastMeeting(world, { type: 5, topic: 'Placed webinar', ...placed });
}

/** Places a meeting (or, with type 5, 6 or 9, a webinar) that was scheduled and not yet held. */
export function addScheduledMeeting(world: World, placed: PlacedSchedule): PlacedReference {
  const account = accountOf(world, placed.hostId);
  const series = addSchedule(account, account.users.get(placed.hostId)!, {
    startAt: placed.startAt,
    minutes: placed.minutes ?? 30,
    topic: placed.topic ?? 'Placed meeting',
    type: placed.type ?? 2,
    createdAt: placed.createdAt ?? world.now() - HOUR,
  });
  if (placed.registrants !== undefined) placeRegistrants(world, account, series, placed.registrants);
  return { meetingId: account.history.number(series), uuid: '' };
}

/** Lets a user host a meeting right now. */
export function addLiveMeeting(
  world: World,
  placed: { hostId: string; startAt?: number; topic?: string },
): PlacedReference {
  const startAt = placed.startAt ?? world.now() - 10 * MINUTE;
  const reference = addScheduledMeeting(world, {
    topic: 'Live meeting',
    ...placed,
    startAt,
    createdAt: startAt - HOUR,
  });
  const account = accountOf(world, placed.hostId);
  account.live.push({ series: account.history.seriesByNumber(reference.meetingId), startedAt: startAt });
  return reference;
}

export function addSchedule(
  account: Account,
  host: SandboxUser,
  schedule: { startAt: number; minutes: number; topic: string; type: number; createdAt: number },
): number {
  const series = account.history.addSeries({ host: host.index, ...schedule });
  host.scheduled.push(series);
  return series;
}

/** One holding of a series, entered at the host and at everybody who came. */
export function hold(
  account: Account,
  series: number,
  startAt: number,
  endAt: number,
  rows: readonly NewRow[],
  uuid?: string,
): number {
  const { history } = account;
  const instance = history.addInstance(series, startAt, endAt, rows, uuid);
  account.people[history.seriesHost.get(series)]!.hosted.push(instance);
  const firstRow = history.instanceFirstRow.get(instance);
  rows.forEach((row, i) => {
    if (row.person >= 0) account.people[row.person]!.joined.push(firstRow + i);
  });
  return instance;
}
