import type { RosterEntry, UserRow } from '../db/tables/rows.ts';

/**
 * What is true of a user when listings and webhooks come in any order: of every field, whatever was said last. A listing
 * is as old as the moment in which it was asked for, a webhook as old as Zoom says. What is here decides; nothing is
 * read or written.
 */

/** Columns that a listing tells too. `typeCode` stands for `type` as well, which follows from it. */
const LISTED = [
  'zoomUserId',
  'email',
  'firstName',
  'lastName',
  'displayName',
  'status',
  'typeCode',
  'activeDate',
  'department',
  'roleId',
  'timezone',
  'planUnitedType',
  'employeeUniqueId',
] as const;

/** Columns that the settings tell too, which are read on their own. */
const SETTINGS = [
  'meetingCapacity',
  'largeMeetingEnabled',
  'largeMeetingCapacity',
  'webinarEnabled',
  'webinarCapacity',
] as const;

type ListedField = (typeof LISTED)[number];
type SettingsField = (typeof SETTINGS)[number];
export type ClaimedField = ListedField | SettingsField | 'removedAt';

/**
 * What an event says. Instants are in ms since 1970. `removedAt` null: is on the account; otherwise since when no longer.
 * A field that is not there was not said.
 */
export type Claims = Partial<Record<ClaimedField, string | number | boolean | null>>;

/** One event about a user, with Zoom's time of it in ms since 1970. */
export interface UserClaims {
  atMs: number;
  claims: Claims;
  /** What another type or status does to the add-ons; of old news nothing follows. Null: nothing does. */
  follows: Claims | null;
  /** More of the settings changed than was said: they are to be read again. So they are when something follows. */
  outdatesSettings: boolean;
  /** The same of the profile. */
  outdatesProfile: boolean;
}

/** A user as far as the order of what was said matters. */
export type OrderedRow = Pick<
  UserRow,
  | ListedField
  | SettingsField
  | 'type'
  | 'isRoom'
  | 'isServiceAccount'
  | 'removedAt'
  | 'observedAt'
  | 'webhookAt'
  | 'settingsReadAt'
  | 'profileReadAt'
>;

export type ClaimsPatch = Claims & {
  settingsReadAt?: null;
  profileReadAt?: null;
  webhookAt: Record<string, number>;
};

/** In `webhookAt`: when an event last told that the settings changed. */
const SETTINGS_CHANGED = 'settings';
/** In `webhookAt`: when the settings had been read before an event cleared `settingsReadAt`, or a write of ours set them. */
const SETTINGS_READ = 'settingsReadAt';
/** What of `webhookAt` is about the settings. */
export const SETTINGS_KEYS: ReadonlySet<string> = new Set([...SETTINGS, SETTINGS_CHANGED, SETTINGS_READ]);
const INSTANTS: ReadonlySet<string> = new Set(['removedAt', 'activeDate']);

const NEVER = Number.NEGATIVE_INFINITY;
const msOf = (at: Date | null) => at?.getTime() ?? NEVER;

/**
 * What an event changes about a user; null when all of it is old news. An event of the moment in which a listing was
 * asked for is in the listing. Of two events of the same millisecond the greater value holds, whichever comes first.
 *
 * @param rosterBegunAt when the last complete roster was begun: who was on it as we know them is not written again.
 */
export function claimsToPatch(row: OrderedRow, event: UserClaims, rosterBegunAt: Date | null): ClaimsPatch | null {
  const { atMs } = event;
  const listedMs = Math.max(msOf(row.observedAt), msOf(rosterBegunAt));
  const settingsMs = Math.max(msOf(row.settingsReadAt), row.webhookAt[SETTINGS_READ] ?? NEVER);
  const patch: ClaimsPatch = { webhookAt: { ...row.webhookAt } };
  let isNews = false;
  const isFollowed = event.follows !== null && atMs > listedMs;
  const claims = isFollowed ? { ...event.follows, ...event.claims } : event.claims;
  for (const [field, value] of Object.entries(claims) as [ClaimedField, string | number | boolean | null][]) {
    const saidMs = row.webhookAt[field] ?? NEVER;
    if (atMs <= (SETTINGS_KEYS.has(field) ? settingsMs : listedMs) || atMs < saidMs) continue;
    if (atMs === saidMs && !isGreater(value, valueOf(row, field))) continue;
    patch[field] = value as never;
    patch.webhookAt[field] = atMs;
    isNews = true;
  }
  if ((event.outdatesSettings || isFollowed) && atMs > Math.max(settingsMs, row.webhookAt[SETTINGS_CHANGED] ?? NEVER)) {
    patch.webhookAt[SETTINGS_CHANGED] = atMs;
    if (row.settingsReadAt !== null) {
      patch.settingsReadAt = null;
      patch.webhookAt[SETTINGS_READ] = settingsMs;
    }
    isNews = true;
  }
  if (event.outdatesProfile && row.profileReadAt !== null && atMs > row.profileReadAt.getTime()) {
    patch.profileReadAt = null;
    isNews = true;
  }
  return isNews ? patch : null;
}

function valueOf(row: OrderedRow, field: ClaimedField): string | number | boolean | null {
  const value = row[field];
  return value instanceof Date ? value.getTime() : value;
}

/** An order of all values, for want of a better one; nothing is the least. */
function isGreater(one: string | number | boolean | null, other: string | number | boolean | null): boolean {
  if (one === null || other === null) return one !== null;
  if (typeof one === 'number' && typeof other === 'number') return one > other;
  return String(one) > String(other);
}

/** Does the row of a claimed field hold an instant? */
export function isInstant(field: string): boolean {
  return INSTANTS.has(field);
}

/** Columns of a listing entry under a user's newer webhooks: those stay as they are. */
function keep(entry: RosterEntry, row: OrderedRow, askedAtMs: number): RosterEntry {
  const kept: Record<string, unknown> = {};
  for (const field of LISTED) {
    if ((row.webhookAt[field] ?? NEVER) <= askedAtMs) continue;
    kept[field] = row[field];
    if (field === 'typeCode') kept['type'] = row.type;
    if (field === 'email') {
      // What the address tells goes with it; the client that a listing names still tells a room.
      kept['isServiceAccount'] = row.isServiceAccount;
      kept['isRoom'] = row.isRoom || entry.isRoom;
    }
  }
  return { ...entry, ...kept };
}

/**
 * A listing's entry about a user, without what a webhook said after the listing was asked for. Null when nothing of it
 * may be written: the user was seen later, or has left since.
 *
 * @param rows those with the entry's id or address about which something newer than the listing may be known.
 */
export function entryToWrite(entry: RosterEntry, rows: readonly OrderedRow[], askedAt: Date): RosterEntry | null {
  const askedAtMs = askedAt.getTime();
  const isSeenLater = (row: OrderedRow) => msOf(row.observedAt) > askedAtMs;
  const hasId = (row: OrderedRow) => entry.zoomUserId !== null && row.zoomUserId === entry.zoomUserId;
  const live = rows.filter((row) => row.removedAt === null);
  const row =
    live.find(hasId) ??
    live.find((one) => one.email === entry.email && (one.zoomUserId === null || entry.zoomUserId === null));
  if (row !== undefined) return isSeenLater(row) ? null : keep(entry, row, askedAtMs);

  const isNewer = (one: OrderedRow, field: 'removedAt' | 'email') =>
    isSeenLater(one) || (one.webhookAt[field] ?? NEVER) > askedAtMs;
  const hasLeft = rows.some(
    (one) =>
      one.removedAt !== null &&
      (hasId(one) || (entry.zoomUserId === null && one.email === entry.email)) &&
      isNewer(one, 'removedAt'),
  );
  // Somebody else has the address by now.
  const isTaken = live.some((one) => one.email === entry.email && !hasId(one) && isNewer(one, 'email'));
  return hasLeft || isTaken ? null : entry;
}

/** What of `webhookAt` a listing has not overtaken; settings are none of its business. */
export function newerThan(webhookAt: Readonly<Record<string, number>>, askedAt: Date): Record<string, number> {
  return Object.fromEntries(
    Object.entries(webhookAt).filter(([field, atMs]) => SETTINGS_KEYS.has(field) || atMs > askedAt.getTime()),
  );
}
