import { shownLastLogin } from './place.ts';
import { baseUsage, summaryOf } from './seats.ts';
import { DAY, HOUR } from './model.ts';
import type { Account, SandboxUser, UserStatus, World } from './model.ts';

/** What is true of one user, whatever the API makes of it. Times are ISO strings, null: never. */
export interface TruthUser {
  email: string;
  /** null while pending, as in the API. */
  id: string | null;
  displayName: string;
  status: UserStatus;
  type: number;
  /** `BASIC`, `LICENSED`, `ON_PREM`, `UNASSIGNED`, `NONE` or `OTHER`, then `WEBINAR n`, `LARGE_MEETING n`, `ZOOM_EVENTS n`. */
  licenses: string[];
  department: string;
  behavior: string;
  isOwner: boolean;
  isAdmin: boolean;
  isRoom: boolean;
  isApiUser: boolean;
  userCreatedAt: string;
  /** As Zoom shows it: up to three days late. */
  lastLoginAt: string | null;
  trueLastLoginAt: string | null;
  /** Meetings with two or more people. */
  lastMeetingHostedAt: string | null;
  /** Meetings of one included. */
  lastMeetingHostedOfAnySizeAt: string | null;
  /** Joined meetings that somebody else hosted. */
  lastMeetingJoinedAt: string | null;
  lastMeetingJoinedOwnIncludedAt: string | null;
  /** Of the meetings that the default listing shows: scheduled and not expired. */
  lastMeetingCreatedAt: string | null;
  /** Expired ones included. */
  lastMeetingCreatedEverAt: string | null;
  lastWebinarHostedAt: string | null;
  /** Meetings with two or more people since `since`. */
  meetingsHosted: number;
  /** Meetings of others since `since`. */
  meetingsJoined: number;
  isLive: boolean;
  /** Starts of what is ahead, webinars included. */
  upcoming: string[];
}

export interface Truth {
  accountId: string;
  accountName: string;
  asOf: string;
  /** Counts of meetings look back to here. */
  since: string;
  users: TruthUser[];
  totals: { active: number; inactive: number; pending: number; all: number };
  /** What `GET /users/summary` says. */
  summary: ReturnType<typeof summaryOf>;
  /** What `plans/usage` says of the base plan. */
  seats: { hosts: number; usage: number; pending: number };
}

const TYPES: Record<number, string> = { 1: 'BASIC', 2: 'LICENSED', 3: 'ON_PREM', 4: 'UNASSIGNED', 99: 'NONE' };

/** The licenses a user holds, by name. */
export function licensesOf(user: SandboxUser): string[] {
  const licenses = [TYPES[user.type] ?? 'OTHER'];
  if (user.webinarCapacity > 0) licenses.push(`WEBINAR ${user.webinarCapacity}`);
  if (user.largeMeetingCapacity > 0) licenses.push(`LARGE_MEETING ${user.largeMeetingCapacity}`);
  if (user.zoomEventsCapacity > 0) licenses.push(`ZOOM_EVENTS ${user.zoomEventsCapacity}`);
  return licenses;
}

/** Everything that is true of an account at this moment. `since`: ms, default 60 days ago. */
export function truthOf(world: World, account: Account, since = world.now() - 60 * DAY): Truth {
  const users = [...account.users.values()];
  const count = (status: UserStatus) => users.filter((user) => user.status === status).length;
  return {
    accountId: account.id,
    accountName: account.name,
    asOf: new Date(world.now()).toISOString(),
    since: new Date(since).toISOString(),
    users: users.map((user) => truthOfUser(account, user, world.now(), since)),
    totals: { active: count('active'), inactive: count('inactive'), pending: count('pending'), all: users.length },
    summary: summaryOf(users),
    seats: { hosts: account.plans.base.hosts, ...baseUsage(account) },
  };
}

function truthOfUser(account: Account, user: SandboxUser, now: number, since: number): TruthUser {
  const { history } = account;
  const started = (instance: number) => history.instanceStartAt.get(instance);
  const isWebinar = (instance: number) => history.isWebinar(history.instanceSeries.get(instance));
  const meetings = user.hosted.filter((instance) => !isWebinar(instance));
  const withOthers = meetings.filter((instance) => history.uniqueParticipants(instance) >= 2);
  const joinedAll = [...new Set(user.joined.map((row) => history.rowInstance.get(row)))].filter(
    (instance) => !isWebinar(instance),
  );
  const joined = joinedAll.filter((instance) => history.host(instance) !== user.index);
  const scheduled = user.scheduled.filter(
    (series) => !history.isWebinar(series) && history.seriesType.get(series) !== 1,
  );
  const unexpired = scheduled.filter((series) => !isForgotten(account, series, now));
  const createdAt = (series: number) => history.seriesCreatedAt.get(series);
  return {
    email: user.email,
    id: user.status === 'pending' ? null : user.id,
    displayName: user.displayName,
    status: user.status,
    type: user.type,
    licenses: licensesOf(user),
    department: user.department,
    behavior: user.behavior,
    isOwner: user.roleId === '0',
    isAdmin: user.roleId === '1',
    isRoom: user.isRoom,
    isApiUser: user.loginTypes.includes(99),
    userCreatedAt: seconds(user.userCreatedAt)!,
    lastLoginAt: seconds(shownLastLogin(user)),
    trueLastLoginAt: seconds(user.lastLoginAt),
    lastMeetingHostedAt: latest(withOthers.map(started)),
    lastMeetingHostedOfAnySizeAt: latest(meetings.map(started)),
    lastMeetingJoinedAt: latest(joined.map(started)),
    lastMeetingJoinedOwnIncludedAt: latest(joinedAll.map(started)),
    lastMeetingCreatedAt: latest(unexpired.map(createdAt)),
    lastMeetingCreatedEverAt: latest(scheduled.map(createdAt)),
    lastWebinarHostedAt: latest(user.hosted.filter(isWebinar).map(started)),
    meetingsHosted: withOthers.filter((instance) => started(instance) >= since).length,
    meetingsJoined: joined.filter((instance) => started(instance) >= since).length,
    isLive: account.live.some((live) => history.seriesHost.get(live.series) === user.index),
    upcoming: user.scheduled
      .map((series) => history.seriesStartAt.get(series))
      .filter((startAt) => startAt > now)
      .sort((a, b) => a - b)
      .map((startAt) => seconds(startAt)!),
  };
}

/** Told apart from the API's own rule on purpose: the truth must not lean on what it judges. */
function isForgotten(account: Account, series: number, now: number): boolean {
  const { history } = account;
  if (account.live.some((live) => live.series === series)) return false;
  const recurring = [3, 8].includes(history.seriesType.get(series));
  const held = history.instancesOf(series).map((instance) => history.instanceStartAt.get(instance));
  const last = Math.max(
    history.seriesStartAt.get(series),
    ...held,
    recurring ? history.seriesCreatedAt.get(series) : 0,
  );
  return now - last >= (recurring ? 365 : 30) * 24 * HOUR;
}

function latest(times: number[]): string | null {
  let most = -Infinity;
  for (const time of times) if (time > most) most = time;
  return most === -Infinity ? null : seconds(most);
}

function seconds(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
