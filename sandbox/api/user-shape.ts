import { iso } from './endpoint.ts';
import { shownLastLogin } from '../world/place.ts';
import type { ApiCall } from './endpoint.ts';
import type { Account, LicenseInfo, SandboxUser } from '../world/model.ts';

/** A user as `GET /users` lists one. A pending one has no id. */
export function listedUser(user: SandboxUser, include: string | null) {
  const login = shownLastLogin(user);
  return {
    ...(user.status !== 'pending' && { id: user.id }),
    first_name: user.firstName,
    last_name: user.lastName,
    display_name: user.displayName,
    email: user.email,
    type: user.type,
    status: user.status,
    pmi: user.pmi,
    timezone: user.timezone,
    verified: user.status === 'active' ? 1 : 0,
    dept: user.department,
    created_at: iso(user.createdAt),
    user_created_at: iso(user.userCreatedAt),
    ...(login !== null && { last_login_time: iso(login) }),
    ...(user.clientVersion && { last_client_version: user.clientVersion }),
    ...(user.groupIds.length > 0 && { group_ids: user.groupIds }),
    ...(user.loginTypes.includes(101) && user.employeeUniqueId && { employee_unique_id: user.employeeUniqueId }),
    ...(user.planUnitedType && { plan_united_type: user.planUnitedType }),
    ...(user.licenseInfos.length > 0 && { license_info_list: user.licenseInfos.map(licenseInfo) }),
    role_id: user.roleId,
    ...(include === 'custom_attributes' && { custom_attributes: user.customAttributes }),
    ...(include === 'host_key' && { host_key: String(100000 + (user.pmi % 900000)) }),
  };
}

/** A user as `GET /users/{userId}` shows one. */
export function shownUser(call: ApiCall, user: SandboxUser) {
  const { account } = call;
  const listed = listedUser(user, null);
  return {
    ...listed,
    // Of somebody who has not accepted yet, Zoom tells the time of the call.
    created_at: user.status === 'pending' ? iso(call.now) : listed.created_at,
    role_name: roleName(account, user),
    account_id: account.id,
    account_number: account.number,
    company: user.company,
    cost_center: user.costCenter,
    job_title: user.jobTitle,
    location: user.location,
    manager: user.manager,
    language: user.language,
    cluster: 'us02',
    jid: `${user.id.toLowerCase()}@xmpp.zoom.us`,
    login_types: user.loginTypes,
    custom_attributes: user.customAttributes,
    group_ids: user.groupIds,
    im_group_ids: [],
    personal_meeting_url: `https://zoom.us/j/${user.pmi}`,
    phone_numbers: [],
    use_pmi: false,
    pronouns_option: 1,
    ...(user.zoomOneType > 0 && { zoom_one_type: user.zoomOneType }),
  };
}

function licenseInfo({ licenseType, licenseOption, subscriptionId }: LicenseInfo) {
  return { license_type: licenseType, license_option: licenseOption, subscription_id: subscriptionId };
}

export function roleName(account: Account, user: SandboxUser): string {
  return account.roles.find((role) => role.id === user.roleId)?.name ?? 'Member';
}

const FLAGS = [
  'zoom_iq_for_sales',
  'zoom_revenue_accelerator',
  'zoom_whiteboard',
  'zoom_whiteboard_plus',
  'zoom_translated_captions',
  'zoom_customer_managed_key',
  'zoom_huddles',
  'zoom_quality_management',
  'zoom_workforce_management',
  'zoom_scheduler',
  'zoom_clips_plus',
  'zoom_mail_calendar',
  'zoom_compliance_management',
] as const;

/** Feature flags that are only on or off. */
export const featureFlags: readonly string[] = FLAGS;

/** A user's settings: the licenses in full, of the rest a little. `fields` keeps only what it names. */
export function shownSettings(user: SandboxUser, fields: string | null) {
  const settings: Record<string, Record<string, unknown>> = {
    schedule_meeting: { host_video: false, participants_video: false, join_before_host: true, audio_type: 'both' },
    in_meeting: { chat: true, private_chat: true, polling: true, screen_sharing: true, waiting_room: true },
    email_notification: { jbh_reminder: false, cancel_meeting_reminder: true, alternative_host_reminder: true },
    recording: {
      local_recording: true,
      cloud_recording: user.type === 2,
      auto_recording: 'none',
      auto_delete_cmr: false,
    },
    telephony: { third_party_audio: false, show_international_numbers_link: true },
    feature: shownFeatures(user),
  };
  if (!fields) return settings;
  const wanted = fields.split(',').map((field) => field.trim());
  const kept: Record<string, Record<string, unknown>> = {};
  for (const [block, values] of Object.entries(settings)) {
    const inside = Object.entries(values).filter(([name]) => wanted.includes(block) || wanted.includes(name));
    if (inside.length > 0) kept[block] = Object.fromEntries(inside);
  }
  return kept;
}

function shownFeatures(user: SandboxUser): Record<string, unknown> {
  return {
    meeting_capacity: user.meetingCapacity,
    large_meeting: user.largeMeetingCapacity > 0,
    ...(user.largeMeetingCapacity > 0 && { large_meeting_capacity: user.largeMeetingCapacity }),
    webinar: user.webinarCapacity > 0,
    ...(user.webinarCapacity > 0 && { webinar_capacity: user.webinarCapacity }),
    zoom_events: user.zoomEventsCapacity > 0,
    ...(user.zoomEventsCapacity > 0 && { zoom_events_capacity: user.zoomEventsCapacity }),
    cn_meeting: false,
    in_meeting: false,
    concurrent_meeting: user.concurrentMeeting,
    zoom_phone: user.zoomPhone,
    ...Object.fromEntries(FLAGS.map((flag) => [flag, user.otherFeatures.includes(flag)])),
  };
}
