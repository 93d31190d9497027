import { shownLastLogin } from './place.ts';
import { baseUsage, summaryOf } from './seats.ts';
import { DAY, HOUR, MINUTE } from './model.ts';
import type { Account, LicenseInfo, SandboxUser, UserStatus, World } from './model.ts';

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
  jobTitle: string;
  costCenter: string;
  location: string;
  /** E-mail of the manager; '': none. */
  manager: string;
  clientVersion: string | null;
  /** Names, in the order of the account's groups. */
  groups: string[];
  /** Zoom's number in digits, for it may be beyond what JavaScript counts exactly; null: none. */
  zoomOneType: string | null;
  licenseInfos: LicenseInfo[];
  meetingCapacity: number;
  /** 0: no such license. */
  webinarCapacity: number;
  /** 0: no such license. */
  largeMeetingCapacity: number;
  behavior: string;
  isOwner: boolean;
  isAdmin: boolean;
  isRoom: boolean;
  isApiUser: boolean;
  isServiceAccount: boolean;
  userCreatedAt: string;
  /** As Zoom shows it: up to three days late. */
  lastLoginAt: string | null;
  trueLastLoginAt: string | null;
  /** As the report of sign-ins has it: not late. */
  lastSignInAt: string | null;
  /** Meetings with two or more people. */
  lastMeetingHostedAt: string | null;
  /** Meetings of one included. */
  lastMeetingHostedOfAnySizeAt: string | null;
  /** Joined meetings that somebody else hosted. */
  lastMeetingJoinedAt: string | null;
  lastMeetingJoinedOwnIncludedAt: string | null;
  /** When the user last came into a meeting or webinar of somebody else: a little after it began. */
  lastJoinedAt: string | null;
  /** Of the meetings that the default listing shows: scheduled and not expired. */
  lastMeetingCreatedAt: string | null;
  /** Expired ones included. */
  lastMeetingCreatedEverAt: string | null;
  lastWebinarHostedAt: string | null;
  /** Meetings of more than 40 minutes with two or more people. */
  lastLongMeetingHostedAt: string | null;
  /** Start of the last meeting or webinar of this host that was recorded in the cloud. */
  lastCloudRecordingAt: string | null;
  /** Meetings with two or more people since `since`. */
  meetingsHosted: number;
  /** Meetings of one included. */
  meetingsHostedOfAnySize: number;
  /** Meetings of others since `since`. */
  meetingsJoined: number;
  longMeetingsHosted: number;
  webinarsHosted: number;
  /** Recorded meetings and webinars, however many files each has. */
  cloudRecordings: number;
  /** Different people in the largest meeting since `since`; null: none was hosted. */
  largestMeeting: number | null;
  /** Different polls that somebody answered, in meetings and webinars since `since`. */
  pollsHeld: number;
  /** People let in to what was held since `since`, once a series; only of series that Zoom still knows. */
  registrants: number;
  /** Forgotten series included. */
  registrantsEver: number;
  /** Nothing since `since` that a Basic user could not have done as well. */
  wouldBasicSuffice: boolean;
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
  const recent = (instance: number) => started(instance) >= since;
  const long = withOthers.filter((instance) => history.instanceEndAt.get(instance) - started(instance) > 40 * MINUTE);
  const webinars = user.hosted.filter(isWebinar);
  const recorded = user.hosted.filter((instance) => (history.recordings.get(instance) ?? 0) > 0);
  const sizes = meetings.filter(recent).map((instance) => new Set(peopleOf(account, instance)).size);
  const registered = registrations(account, user.hosted.filter(recent));
  const pollsHeld = user.hosted
    .filter(recent)
    .reduce((sum, instance) => sum + new Set(history.polls.get(instance)?.map((answer) => answer.pollId)).size, 0);
  return {
    email: user.email,
    id: user.status === 'pending' ? null : user.id,
    displayName: user.displayName,
    status: user.status,
    type: user.type,
    licenses: licensesOf(user),
    department: user.department,
    jobTitle: user.jobTitle,
    costCenter: user.costCenter,
    location: user.location,
    manager: user.manager,
    clientVersion: user.clientVersion,
    groups: account.groups.filter((group) => user.groupIds.includes(group.id)).map((group) => group.name),
    zoomOneType: user.zoomOneType > 0 ? BigInt(user.zoomOneType).toString() : null,
    licenseInfos: user.licenseInfos,
    meetingCapacity: user.meetingCapacity,
    webinarCapacity: user.webinarCapacity,
    largeMeetingCapacity: user.largeMeetingCapacity,
    behavior: user.behavior,
    isOwner: user.roleId === '0',
    isAdmin: user.roleId === '1',
    isRoom: user.isRoom,
    isApiUser: user.loginTypes.includes(99),
    isServiceAccount: user.isServiceAccount,
    userCreatedAt: seconds(user.userCreatedAt)!,
    lastLoginAt: seconds(shownLastLogin(user)),
    trueLastLoginAt: seconds(user.lastLoginAt),
    lastSignInAt: seconds(user.lastLoginAt),
    lastMeetingHostedAt: latest(withOthers.map(started)),
    lastMeetingHostedOfAnySizeAt: latest(meetings.map(started)),
    lastMeetingJoinedAt: latest(joined.map(started)),
    lastMeetingJoinedOwnIncludedAt: latest(joinedAll.map(started)),
    lastJoinedAt: latest(
      user.joined
        .filter((row) => history.host(history.rowInstance.get(row)) !== user.index)
        .map((row) => history.rowJoinAt.get(row)),
    ),
    lastMeetingCreatedAt: latest(unexpired.map(createdAt)),
    lastMeetingCreatedEverAt: latest(scheduled.map(createdAt)),
    lastWebinarHostedAt: latest(webinars.map(started)),
    lastLongMeetingHostedAt: latest(long.map(started)),
    lastCloudRecordingAt: latest(recorded.map(started)),
    meetingsHosted: withOthers.filter(recent).length,
    meetingsHostedOfAnySize: meetings.filter(recent).length,
    meetingsJoined: joined.filter(recent).length,
    longMeetingsHosted: long.filter(recent).length,
    webinarsHosted: webinars.filter(recent).length,
    cloudRecordings: recorded.filter(recent).length,
    largestMeeting: sizes.length > 0 ? Math.max(...sizes) : null,
    pollsHeld,
    registrants: registered
      .filter(({ series }) => !isForgotten(account, series, now))
      .reduce((sum, { people }) => sum + people, 0),
    registrantsEver: registered.reduce((sum, { people }) => sum + people, 0),
    wouldBasicSuffice:
      !long.some(recent) &&
      !webinars.some(recent) &&
      !sizes.some((people) => people > 100) &&
      !recorded.some(recent) &&
      pollsHeld === 0 &&
      !registered.some(({ people }) => people > 0),
    isLive: account.live.some((live) => history.seriesHost.get(live.series) === user.index),
    upcoming: user.scheduled
      .map((series) => history.seriesStartAt.get(series))
      .filter((startAt) => startAt > now)
      .sort((a, b) => a - b)
      .map((startAt) => seconds(startAt)!),
  };
}

/** Who was there, one entry a stay. */
function peopleOf(account: Account, instance: number): number[] {
  return account.history.rowsOf(instance).map((row) => account.history.rowPerson.get(row));
}

/** The series that were held in these instances, and how many were let in to each. */
function registrations(account: Account, instances: number[]): { series: number; people: number }[] {
  const { history } = account;
  return [...new Set(instances.map((instance) => history.instanceSeries.get(instance)))].map((series) => ({
    series,
    people: (history.registrants.get(series) ?? []).filter((one) => one.status === 'approved').length,
  }));
}

/** Told apart from the API's own rule on purpose: the truth must not lean on what it judges. */
function isForgotten(account: Account, series: number, now: number): boolean {
  const { history } = account;
  if (history.seriesType.get(series) === 1) return true;
  if (account.live.some((live) => live.series === series)) return false;
  const recurring = [3, 6, 8, 9].includes(history.seriesType.get(series));
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
