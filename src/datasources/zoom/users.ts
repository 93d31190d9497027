import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import {
  address,
  code,
  count,
  digits,
  flag,
  id,
  instant,
  kept,
  list,
  looseInstant,
  name,
  optionalId,
  optionalList,
  text,
} from './payloads.ts';
import type { ZoomClient } from './client.ts';

export type UserStatus = 'active' | 'inactive' | 'pending';

const licenseInfo = z.object({
  /** `MEETING`, `ZOOM_WORKPLACE_BUNDLE`, or what Zoom comes up with. */
  license_type: digits,
  license_option: digits,
  subscription_id: optionalId,
});

const user = z.object({
  /** Null for pending users: Zoom has no id for them yet. */
  id: optionalId,
  email: name,
  first_name: text,
  last_name: text,
  display_name: text,
  /** 1 Basic, 2 Licensed, 3 On-prem, 4 without meetings license, 99 none; any other is kept. */
  type: code.nullable().default(null),
  status: text,
  dept: text,
  role_id: optionalId,
  /** Null where Zoom leaves them out, which is not the same as none. */
  group_ids: optionalList(id),
  employee_unique_id: optionalId,
  /** When the user was made. Bogus for pending users. */
  user_created_at: looseInstant,
  /** When the user's latest way to log in was made. */
  created_at: looseInstant,
  /** Up to three days behind. Null: never, or not known, as for deactivated users. */
  last_login_time: instant,
  last_client_version: text,
  /** Bits as decimal digits; null where the plan is none of the united ones. */
  plan_united_type: digits,
  zoom_one_type: digits,
  license_info_list: list(licenseInfo),
});

export type LicenseInfoPayload = z.infer<typeof licenseInfo>;
export type UserPayload = z.infer<typeof user>;

const userProfile = user.extend({
  account_id: optionalId,
  account_number: digits,
  role_name: text,
  job_title: text,
  company: text,
  cost_center: text,
  /** The manager's e-mail address. */
  manager: address,
  location: text,
  /** 99: an API user, who cannot log in; 101: single sign-on; others in Zoom's list. */
  login_types: list(code),
});

export type UserProfilePayload = z.infer<typeof userProfile>;

const userSettings = z.object({
  feature: z
    .looseObject({
      meeting_capacity: count,
      large_meeting: flag,
      large_meeting_capacity: count,
      webinar: flag,
      webinar_capacity: count,
      zoom_events: flag,
      zoom_events_capacity: count,
      zoom_phone: flag,
      /** `Basic`, `Plus`, `None`. */
      concurrent_meeting: text,
    })
    .transform(kept),
});

/** `feature` keeps what else Zoom sends in it. */
export type UserSettingsPayload = z.infer<typeof userSettings>;

const usersSummary = z.object({
  licensed_users_count: count,
  basic_users_count: count,
  on_prem_users_count: count,
  room_users_count: count,
  pending_users_count: count,
  join_only_users_count: count,
  total_users_count: count,
});

export type UsersSummaryPayload = z.infer<typeof usersSummary>;

/** What `updateUser` can change; one of the three license fields at a time, or Zoom refuses with 300. */
export interface UserPatch {
  /** 1 takes the meetings license, 2 gives it. */
  type?: number;
  /** Digits as Zoom sends them; `0` turns a Workplace license off. */
  zoom_one_type?: string;
  /** `none` turns it off. */
  plan_united_type?: string;
  feature?: Record<string, unknown>;
}

/** Features of a user as `updateUserSettings` sends them. */
export interface SettingsPatch {
  feature: Record<string, unknown>;
}

/**
 * Every user of the account in one status, page by page.
 *
 * A page is yielded whole so that the caller can write it in one statement. An early end is an error, never a
 * short list: who is missing from a finished listing has left, and we act on that.
 *
 * GET /users · Medium · user:read:admin or user:read:list_users:admin
 */
export function listUsers(zoom: ZoomClient, status: UserStatus): AsyncGenerator<UserPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listUsers,
    query: { status },
    rows: 'users',
    row: user,
    keyOf: ({ id: zoomId, email }) => zoomId ?? email.toLowerCase(),
  });
}

/**
 * One user, by Zoom's id, by e-mail address, or `me` for who authorized. Fails with kind `NOT_FOUND` when the account
 * has no such user.
 *
 * GET /users/{userId} · Light · user:read:admin or user:read:user:admin
 */
export function getUser(zoom: ZoomClient, userId: string): Promise<UserProfilePayload> {
  return zoom.call({ endpoint: ENDPOINTS.getUser, params: { userId }, schema: userProfile });
}

/**
 * The add-ons and capacities of one user.
 *
 * GET /users/{userId}/settings · Medium · user:read:admin or user:read:settings:admin
 */
export function getUserSettings(zoom: ZoomClient, userId: string): Promise<UserSettingsPayload> {
  return zoom.call({ endpoint: ENDPOINTS.getUserSettings, params: { userId }, schema: userSettings });
}

/**
 * Zoom's own count of the account's users by kind. A count that Zoom leaves out is null, not zero.
 *
 * GET /users/summary · Medium · user:read:admin or user:read:summary:admin
 */
export function getUsersSummary(zoom: ZoomClient): Promise<UsersSummaryPayload> {
  return zoom.call({ endpoint: ENDPOINTS.getUsersSummary, schema: usersSummary });
}

/**
 * Deactivates a user, which takes all of their licenses, or activates one, which gives none of them back.
 *
 * Never sent twice by itself, see `Outcome` for what is known after a failure. Success is 200 or 204: Zoom's
 * description and its behavior differ.
 *
 * PUT /users/{userId}/status · Light · user:write:admin or user:update:status:admin
 */
export function updateUserStatus(zoom: ZoomClient, userId: string, action: 'activate' | 'deactivate'): Promise<void> {
  return zoom.call({ endpoint: ENDPOINTS.updateUserStatus, params: { userId }, body: { action }, schema: null });
}

/**
 * Changes a user: `{ type: 1 }` takes the meetings license and frees its seat, `{ type: 2 }` gives one. Never sent
 * twice by itself.
 *
 * PATCH /users/{userId} · Light · user:write:admin or user:update:user:admin
 */
export function updateUser(zoom: ZoomClient, userId: string, patch: UserPatch): Promise<void> {
  const { zoom_one_type: bundle } = patch;
  const body = { ...patch, ...(bundle !== undefined && { zoom_one_type: integerOf(bundle) }) };
  return zoom.call({ endpoint: ENDPOINTS.updateUser, params: { userId }, body, schema: null });
}

/** Digits as a JSON number with all of them: Zoom's bits go beyond what a number of ours holds. */
function integerOf(digits: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(digits);
}

/**
 * Switches add-ons of a user on or off, for example `{ feature: { webinar: false } }`. Never sent twice by itself.
 *
 * PATCH /users/{userId}/settings · Medium · user:write:admin or user:update:settings:admin
 */
export function updateUserSettings(zoom: ZoomClient, userId: string, patch: SettingsPatch): Promise<void> {
  return zoom.call({ endpoint: ENDPOINTS.updateUserSettings, params: { userId }, body: { ...patch }, schema: null });
}

const featureOutcome = z.object({
  success_user_ids: list(id),
  fail_details: list(z.object({ user_ids: list(id), reason: text })),
});

export type FeatureOutcomePayload = z.infer<typeof featureOutcome>;

/** So many users one call of `updateFeatures` takes. */
export const MAX_FEATURE_USERS = 30;

/**
 * Sets one feature of up to 30 users; each succeeds or fails by itself. `value` is Zoom's code, `0` takes the feature. Never
 * sent twice by itself.
 *
 * POST /users/features · Medium · user:write:admin or user:write:feature:admin
 */
export function updateFeatures(
  zoom: ZoomClient,
  type: string,
  value: string,
  userIds: readonly string[],
): Promise<FeatureOutcomePayload> {
  const body = { feature_type: type, feature_value: value, users: userIds.map((zoomId) => ({ id: zoomId })) };
  return zoom.call({ endpoint: ENDPOINTS.updateFeatures, body, schema: featureOutcome });
}

/**
 * Removes a user from the account: `delete` with all their data, `disassociate` leaves them a free account of their own. The
 * action is always said, since Zoom takes the second one where it is missing. What `transfer` names goes to its receiver.
 * Never sent twice by itself.
 *
 * DELETE /users/{userId} · Light · user:write:admin or user:delete:user:admin
 */
export function deleteUser(
  zoom: ZoomClient,
  userId: string,
  action: 'delete' | 'disassociate',
  transfer: { email: string; parts: readonly string[] } | null,
): Promise<void> {
  const handOver =
    transfer === null ? [] : transfer.parts.map((part): [string, string] => [`transfer_${part}`, 'true']);
  return zoom.call({
    endpoint: ENDPOINTS.deleteUser,
    params: { userId },
    query: { action, ...(transfer !== null && { transfer_email: transfer.email, ...Object.fromEntries(handOver) }) },
    schema: null,
  });
}
