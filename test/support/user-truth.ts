import type { TruthUser } from '#sandbox/index.ts';

/** Asks for a page of everybody, with all that the sandbox knows the truth of. Variables: `$id`, `$after`. */
const EVERYBODY = `query ($id: ID!, $after: String) {
  users(integrationId: $id, first: 500, after: $after, filter: { includeRemoved: true }) {
    pageInfo { hasNextPage endCursor }
    nodes {
      email zoomUserId displayName status typeCode department jobTitle costCenter location managerEmail lastClientVersion
      activeDate isZoomRoom kind meetingCapacity webinarEnabled webinarCapacity largeMeetingEnabled largeMeetingCapacity
      removedAt licenses { uniqueId } groups { name } subAccount { zoomAccountId }
      activity {
        lastLoginAt lastSignInAt lastMeetingCreatedAt lastMeetingHostedAt lastMeetingJoinedAt lastWebinarHostedAt
        lastLongMeetingHostedAt lastCloudRecordingAt meetingsHosted meetingsJoined longMeetingsHosted webinarsHosted
        cloudRecordings largestMeeting pollsHeld registrants wouldBasicSuffice knownFrom basicSufficiency { notLookedAt }
      }
    }
  }
}`;

interface Activity extends Record<string, unknown> {
  knownFrom: string;
  basicSufficiency: { notLookedAt: string[] };
}
/** One user as callers are shown them. */
export interface Shown extends Record<string, unknown> {
  email: string;
  status: string;
  typeCode: number;
  activity: Activity;
  licenses: { uniqueId: string }[];
  groups: { name: string }[];
  /** Null: of the account itself. */
  subAccount: { zoomAccountId: string } | null;
}

/** Paid kinds of users, whose add-ons and created meetings are asked for where free users aren't counted. */
const PAID: readonly number[] = [2, 3, 6];

/** Asks our endpoint. */
export type Ask = <T>(query: string, variables?: object) => Promise<T>;

/** All users of an integration, those who left as well. */
export async function everybody(ask: Ask, integrationId: string): Promise<Shown[]> {
  const found: Shown[] = [];
  for (let after: string | null = null; ;) {
    const { users }: { users: { nodes: Shown[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } = await ask(
      EVERYBODY,
      { id: integrationId, after },
    );
    found.push(...users.nodes);
    if (!users.pageInfo.hasNextPage) return found;
    after = users.pageInfo.endCursor;
  }
}

/** What was compared, and where it differs. */
export interface Comparison {
  truthUsers: number;
  shownUsers: number;
  nobodyInTruth: number;
  fields: number;
  values: number;
  differences: number;
  differencesByField: Record<string, number>;
  /** The first twenty. */
  examples: object[];
}

/** Every user as shown beside the truth, field by field. `since`: from when on activity must be known, ms. */
export function compareUsers(shown: readonly Shown[], truths: readonly TruthUser[], since: number): Comparison {
  const byEmail = new Map(shown.map((user) => [user.email, user]));
  const compared: Record<string, number> = {};
  const differences: Record<string, number> = {};
  const examples: object[] = [];
  for (const user of truths) {
    const row = byEmail.get(user.email.toLowerCase());
    byEmail.delete(user.email.toLowerCase());
    const [ours, theirs] = row === undefined ? [{ exists: false }, { exists: true }] : pairs(row, user, since);
    for (const [field, expected] of Object.entries(theirs)) {
      compared[field] = (compared[field] ?? 0) + 1;
      const got = (ours as Record<string, unknown>)[field];
      if (JSON.stringify(got) === JSON.stringify(expected)) continue;
      differences[field] = (differences[field] ?? 0) + 1;
      if (examples.length < 20) examples.push({ email: user.email, field, shown: got, true: expected });
    }
  }
  return {
    truthUsers: truths.length,
    shownUsers: shown.length,
    nobodyInTruth: byEmail.size,
    fields: Object.keys(compared).length,
    values: Object.values(compared).reduce((sum, count) => sum + count, 0),
    differences: Object.values(differences).reduce((sum, count) => sum + count, 0) + byEmail.size,
    differencesByField: differences,
    examples,
  };
}

/** What callers are shown of one user, and what is true, under the same names. */
function pairs(row: Shown, user: TruthUser, since: number): [object, Record<string, unknown>] {
  const { activity } = row;
  const second = (at: unknown) => (typeof at === 'string' ? at.replace(/\.\d+Z$/, 'Z') : null);
  // What happened before the window need not be known; where it is shown, it must be true.
  const recent = (at: string | null, name: string) =>
    at !== null && (Date.parse(at) >= since || second(activity[name]) === at) ? at : null;
  const none = (text: string | null) => (text === '' ? null : text);
  const isActive = user.status === 'active';
  const canHold = isActive && PAID.includes(user.type);
  const ours: Record<string, unknown> = {
    ...Object.fromEntries(
      Object.entries(activity).filter(([name]) => /^(last|meetings|long|webinars|cloud|largest)/.test(name)),
    ),
    zoomUserId: row['zoomUserId'],
    displayName: row['displayName'],
    status: row.status,
    typeCode: row.typeCode,
    department: row['department'],
    lastClientVersion: row['lastClientVersion'],
    isZoomRoom: row['isZoomRoom'],
    kind: row['kind'],
    removedAt: row['removedAt'],
    groups: row.groups.map(({ name }) => name).sort(),
    licenses: row.licenses
      .map(({ uniqueId }) => uniqueId)
      .filter(isNamed)
      .sort(),
    ...Object.fromEntries(
      [
        'jobTitle',
        'costCenter',
        'location',
        'managerEmail',
        'meetingCapacity',
        'webinarEnabled',
        'webinarCapacity',
      ].map((name) => [name, row[name]]),
    ),
    largeMeetingEnabled: row['largeMeetingEnabled'],
    largeMeetingCapacity: row['largeMeetingCapacity'],
    activeDate: second(row['activeDate']),
    wouldBasicSuffice: activity['wouldBasicSuffice'],
    pollsHeld: activity['pollsHeld'],
    registrants: activity['registrants'],
  };
  for (const [name, value] of Object.entries(ours))
    if (name.startsWith('last') && name.endsWith('At')) ours[name] = second(value);
  const truths: Record<string, unknown> = {
    zoomUserId: user.id,
    displayName: user.displayName,
    status: user.status.toUpperCase(),
    typeCode: user.type,
    department: none(user.department),
    lastClientVersion: user.clientVersion,
    isZoomRoom: user.isRoom,
    kind: user.isRoom
      ? 'ZOOM_ROOM'
      : user.isApiUser
        ? 'API_USER'
        : user.isServiceAccount
          ? 'SERVICE_ACCOUNT'
          : 'PERSON',
    removedAt: null,
    groups: [...user.groups].sort(),
    licenses:
      user.status === 'inactive'
        ? []
        : user.licenses
            .map((name) => uniqueIdOf(name, user.type))
            .filter(isNamed)
            .sort(),
    lastLoginAt: user.lastLoginAt,
    lastSignInAt: recent(user.lastSignInAt, 'lastSignInAt'),
    lastMeetingHostedAt: recent(user.lastMeetingHostedOfAnySizeAt, 'lastMeetingHostedAt'),
    lastMeetingJoinedAt: recent(user.lastJoinedAt, 'lastMeetingJoinedAt'),
    lastWebinarHostedAt: recent(user.lastWebinarHostedAt, 'lastWebinarHostedAt'),
    lastLongMeetingHostedAt: recent(user.lastLongMeetingHostedAt, 'lastLongMeetingHostedAt'),
    lastCloudRecordingAt: recent(user.lastCloudRecordingAt, 'lastCloudRecordingAt'),
    meetingsHosted: user.meetingsHostedOfAnySize,
    meetingsJoined: user.meetingsJoined,
    longMeetingsHosted: user.longMeetingsHosted,
    webinarsHosted: user.webinarsHosted,
    cloudRecordings: user.cloudRecordings,
    largestMeeting: user.largestMeeting,
    wouldBasicSuffice: user.wouldBasicSuffice,
    ...(user.status !== 'pending' && {
      jobTitle: none(user.jobTitle),
      costCenter: none(user.costCenter),
      location: none(user.location),
      managerEmail: none(user.manager)?.toLowerCase() ?? null,
      activeDate: user.userCreatedAt,
    }),
    ...(canHold && { meetingCapacity: user.meetingCapacity }),
    webinarEnabled: canHold && user.webinarCapacity > 0,
    webinarCapacity: canHold && user.webinarCapacity > 0 ? user.webinarCapacity : null,
    largeMeetingEnabled: canHold && user.largeMeetingCapacity > 0,
    largeMeetingCapacity: canHold && user.largeMeetingCapacity > 0 ? user.largeMeetingCapacity : null,
  };
  const { notLookedAt } = activity.basicSufficiency;
  if (!notLookedAt.includes('POLL')) truths['pollsHeld'] = user.pollsHeld;
  if (!notLookedAt.includes('REGISTRATION')) truths['registrants'] = user.registrants;
  const wasAsked = isActive && [2, 6].includes(user.type) && !user.isRoom && ours['lastLoginAt'] !== null;
  if (wasAsked && activity['lastMeetingCreatedAt'] !== null) {
    // A meeting may have expired after it was read: it was the last one, and still is.
    const hasExpired = second(activity['lastMeetingCreatedAt']) === user.lastMeetingCreatedEverAt;
    truths['lastMeetingCreatedAt'] = hasExpired ? user.lastMeetingCreatedEverAt : user.lastMeetingCreatedAt;
  }
  return [ours, truths];
}

/** Licenses that the sandbox's truth has no words for are told by Zoom's identifiers. */
const isNamed = (uniqueId: string) =>
  /^(BASIC|LICENSED|ON_PREM|UNASSIGNED|NONE|TYPE_\d+|(WEBINAR|LARGE_MEETING)_\d+)$/.test(uniqueId);

function uniqueIdOf(name: string, type: number): string {
  return name === 'OTHER' ? `TYPE_${type}` : name.replace(' ', '_');
}
