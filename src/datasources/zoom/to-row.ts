import type { AccountSummaryRecord } from '../../db/tables/accounts.ts';
import type { Holdings } from '../store/reclaim.ts';
import type { SubAccountEntry } from '../store/sub-accounts.ts';
import type { ProfileEntry, RosterEntry, SettingsEntry, UserRow } from '../../db/tables/rows.ts';
import { isServiceAddress, isZoomRoom } from '../../policy/people.ts';
import type { SubAccountPayload } from './accounts.ts';
import type { UserPayload, UserProfilePayload, UserSettingsPayload, UsersSummaryPayload, UserStatus } from './users.ts';

const TYPES: ReadonlyMap<number, UserRow['type']> = new Map([
  [1, 'BASIC'],
  [2, 'LICENSED'],
  [3, 'ON_PREM'],
  [4, 'UNASSIGNED'],
  [99, 'NONE'],
]);

const STATUSES: ReadonlyMap<string, UserRow['status']> = new Map([
  ['active', 'ACTIVE'],
  ['inactive', 'INACTIVE'],
  ['pending', 'PENDING'],
]);

/** Zoom's number for a type, in our words; numbers that are new to us are `OTHER`. */
export function toUserType(code: number | null): UserRow['type'] {
  return TYPES.get(code ?? Number.NaN) ?? 'OTHER';
}

/** Zoom's word for a status; null for one that is new to us. */
export function toUserStatus(status: string | null): UserRow['status'] | null {
  return STATUSES.get(status ?? '') ?? null;
}

/** Zoom's own roles by name, for answers that name the role only. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['owner', '0'],
  ['admin', '1'],
  ['member', '2'],
]);

/** The id of a role; a role that is only named and not one of Zoom's own is kept by its name. Null where neither is told. */
export function toRoleId(id: string | null, name: string | null): string | null {
  return id ?? (name === null || name === '' ? null : (ROLES.get(name.toLowerCase()) ?? name));
}

const known = (text: string | null | undefined) => (text === undefined || text === '' ? null : text);
const date = (text: string | null | undefined) => (text == null ? null : new Date(text));

/**
 * A listed user as a row. The status is that of the listing: Zoom leaves it out of some entries. `servicePatterns` are the
 * integration's addresses of programs.
 */
export function toRosterEntry(user: UserPayload, listing: UserStatus, servicePatterns: readonly string[]): RosterEntry {
  const email = user.email.trim().toLowerCase();
  const status = toUserStatus(listing) ?? 'ACTIVE';
  return {
    zoomUserId: user.id,
    email,
    firstName: known(user.first_name),
    lastName: known(user.last_name),
    displayName: known(user.display_name) ?? known(`${user.first_name ?? ''} ${user.last_name ?? ''}`.trim()),
    status,
    type: toUserType(user.type),
    typeCode: user.type,
    // Zoom invents the date of the invited anew with every call.
    activeDate: status === 'PENDING' ? null : date(user.user_created_at),
    department: known(user.dept),
    lastClientVersion: known(user.last_client_version),
    lastLoginAt: date(user.last_login_time),
    roleId: user.role_id,
    groupIds: user.group_ids === null ? null : [...new Set(user.group_ids)].sort(),
    planUnitedType: user.plan_united_type,
    licenseInfos:
      user.license_info_list.length === 0
        ? null
        : user.license_info_list.map((info) => ({
            type: info.license_type,
            option: info.license_option,
            subscriptionId: info.subscription_id,
          })),
    timezone: null,
    employeeUniqueId: user.employee_unique_id,
    isRoom: isZoomRoom({ email, lastClientVersion: user.last_client_version }),
    isServiceAccount: isServiceAddress(email, servicePatterns),
  };
}

export function toProfileEntry(id: string, profile: UserProfilePayload): ProfileEntry {
  return {
    id,
    roleId: toRoleId(profile.role_id, profile.role_name),
    jobTitle: known(profile.job_title),
    costCenter: known(profile.cost_center),
    location: known(profile.location),
    managerEmail: known(profile.manager)?.toLowerCase() ?? null,
    zoomOneType: profile.zoom_one_type,
    loginTypes: [...profile.login_types].sort((a, b) => a - b),
  };
}

export function toSettingsEntry(id: string, settings: UserSettingsPayload): SettingsEntry {
  const { feature } = settings;
  const largeMeeting = feature.large_meeting === true;
  const webinar = feature.webinar === true;
  return {
    id,
    meetingCapacity: feature.meeting_capacity,
    largeMeetingEnabled: largeMeeting,
    largeMeetingCapacity: largeMeeting ? feature.large_meeting_capacity : null,
    webinarEnabled: webinar,
    webinarCapacity: webinar ? feature.webinar_capacity : null,
    features: feature,
  };
}

/**
 * What a user holds as Zoom shows them right after a write. Without settings nothing is on: they are read of whoever may have
 * add-ons. `status` stands in for one that Zoom names and nobody knows.
 */
export function toHoldings(
  user: UserProfilePayload,
  settings: UserSettingsPayload | null,
  status: UserRow['status'],
): Holdings {
  const entry = settings === null ? null : toSettingsEntry('', settings);
  return {
    status: toUserStatus(user.status) ?? status,
    type: toUserType(user.type),
    typeCode: user.type,
    zoomOneType: user.zoom_one_type,
    planUnitedType: user.plan_united_type,
    features: entry?.features ?? null,
    webinar: { enabled: entry?.webinarEnabled ?? false, capacity: entry?.webinarCapacity ?? null },
    largeMeeting: { enabled: entry?.largeMeetingEnabled ?? false, capacity: entry?.largeMeetingCapacity ?? null },
  };
}

export function toSummary(summary: UsersSummaryPayload): AccountSummaryRecord {
  return {
    licensed: summary.licensed_users_count,
    basic: summary.basic_users_count,
    onPrem: summary.on_prem_users_count,
    pending: summary.pending_users_count,
    rooms: summary.room_users_count,
    joinOnly: summary.join_only_users_count,
    total: summary.total_users_count,
  };
}

/** A listed sub account as a row; one without a name is called by its id. */
export function toSubAccountEntry(one: SubAccountPayload): SubAccountEntry {
  return {
    zoomAccountId: one.id,
    name: known(one.account_name) ?? one.id,
    ownerEmail: known(one.owner_email)?.toLowerCase() ?? null,
    plan: known(one.account_type),
    seats: one.seats,
    subscriptionStartAt: date(one.subscription_start_time),
    subscriptionEndAt: date(one.subscription_end_time),
  };
}
