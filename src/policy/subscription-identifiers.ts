import type { LicenseInfoRecord } from '../db/tables/users.ts';
import type { UserRow } from '../db/tables/rows.ts';
import { isSeatCount } from './plan-counts.ts';

/** Bits of `zoom_one_type` that Zoom documents. They exceed 2^53, and Zoom's own lists of them are rounded there. */
export const KNOWN_BUNDLES: readonly bigint[] = [
  // Workplace Enterprise and Enterprise Plus.
  4n,
  8n,
  // Workplace Business Plus: US and Canada, UK and Ireland, Australia and New Zealand, Japan, Global Select.
  16n,
  32n,
  64n,
  128n,
  33554432n,
  // Workplace Enterprise Premier: US and Canada, Japan, UK and Ireland, Australia and New Zealand.
  134217728n,
  268435456n,
  536870912n,
  1073741824n,
  // Workplace Pro Plus, US and Canada.
  4398046511104n,
  // Education, Enterprise Premier: US and Canada, Japan, UK and Ireland, Australia and New Zealand, Global Select.
  4294967296n,
  8589934592n,
  17179869184n,
  34359738368n,
  68719476736n,
  // Education, School and Campus Plus: the same places.
  137438953472n,
  274877906944n,
  549755813888n,
  1099511627776n,
  2199023255552n,
  // Education: School and Campus, Enterprise Essentials, Enterprise Plus, Enterprise Student.
  18014398509481984n,
  72057594037927936n,
  144115188075855872n,
  576460752303423488n,
];

/** Bits of `plan_united_type` that Zoom documents: Pro, Business and Enterprise, each by place, the last three for Japan. */
export const KNOWN_UNITED: readonly bigint[] = Array.from({ length: 18 }, (_, bit) => 1n << BigInt(bit));

/** Types of `license_info_list`, and which options each may have. */
export const KNOWN_INFOS: ReadonlyMap<string, readonly bigint[]> = new Map([
  // The number of the user type.
  ['MEETING', [2n]],
  ['ZOOM_WORKPLACE_BUNDLE', KNOWN_BUNDLES],
]);

/** Fields of a user's `feature` settings that Zoom documents, most of them flags. */
export const KNOWN_FEATURES: readonly string[] = [
  'cn_meeting',
  'concurrent_meeting',
  'in_meeting',
  'large_meeting',
  'large_meeting_capacity',
  'meeting_capacity',
  'webinar',
  'webinar_capacity',
  'zoom_clips_plus',
  'zoom_compliance_management',
  'zoom_customer_managed_key',
  'zoom_docs',
  'zoom_events',
  'zoom_events_capacity',
  'zoom_events_pay_per_attendee',
  'zoom_events_unlimited',
  'zoom_events_unlimited_capacities',
  'zoom_huddles',
  'zoom_iq_for_sales',
  'zoom_mail_calendar',
  'zoom_phone',
  'zoom_quality_management',
  'zoom_revenue_accelerator',
  'zoom_scheduler',
  'zoom_sessions_pay_per_attendee',
  'zoom_sessions_unlimited',
  'zoom_sessions_unlimited_capacities',
  'zoom_translated_captions',
  'zoom_whiteboard',
  'zoom_whiteboard_plus',
  'zoom_workforce_management',
];

/**
 * Plans of a usage answer that are known: those that licenses are made from (`licenseOfPlan`), and those that are none of
 * ours. Plans for education are not among them: whose license they provide is the customer's to say.
 */
export const KNOWN_PLANS: ReadonlySet<string> = new Set([
  'plan_base',
  'plan_large_meeting',
  'plan_united',
  'plan_webinar',
  'plan_zoom_one',
  'plan_zoom_one_premier',
  'plan_mchybrid',
  'plan_phone',
  'plan_rchybrid',
  'plan_recording',
  'plan_room_connector',
  'plan_whiteboard',
  'plan_whiteboard_plus',
  'plan_workforce_management',
  'plan_zmhybrid',
  'plan_znode_base',
  'plan_zoom_events',
  'plan_zoom_iq',
  'plan_zoom_rooms',
  'plan_zphybrid',
  'plan_zsched',
  'plan_ztransl',
  'plan_zva',
  'plan_zwr',
]);

/** Where an identifier comes from. */
export type SubscriptionSource =
  'USER_TYPE' | 'WORKPLACE_BUNDLE' | 'UNITED_PLAN' | 'LICENSE_INFO' | 'FEATURE' | 'PLAN_USAGE';

/** How identifiers of a source begin, and what their rest is called. */
const SOURCES: readonly { prefix: string; source: SubscriptionSource; words: string }[] = [
  { prefix: 'TYPE_', source: 'USER_TYPE', words: 'Zoom type' },
  { prefix: 'BUNDLE_', source: 'WORKPLACE_BUNDLE', words: 'Zoom Workplace bundle' },
  { prefix: 'UNITED_', source: 'UNITED_PLAN', words: 'Zoom United plan' },
  { prefix: 'INFO_', source: 'LICENSE_INFO', words: 'Zoom license' },
  { prefix: 'FEATURE_', source: 'FEATURE', words: 'Zoom feature' },
  { prefix: 'PLAN_', source: 'PLAN_USAGE', words: 'Zoom plan' },
];

/** What an identifier that nobody knows is called, and where it comes from; null for everything else. */
export function subscriptionOf(identifier: string): { source: SubscriptionSource; name: string } | null {
  const found = SOURCES.find(({ prefix }) => identifier.startsWith(prefix) && identifier.length > prefix.length);
  if (found === undefined) return null;
  return { source: found.source, name: `${found.words} ${identifier.slice(found.prefix.length)}` };
}

/** All bits of a list in one number. */
export const maskOf = (bits: readonly bigint[]): bigint => bits.reduce((mask, bit) => mask | bit, 0n);

/** What stands for no bits at all, in lower case. */
export const NO_BITS: readonly string[] = ['', '0', 'none'];
/** The largest number whose bits are looked at; what is larger has unknown ones. */
export const MAX_BITS = 9223372036854775807n;

/** Does the text hold anything but a sum of known bits? */
function isUnknown(bits: string | null, known: readonly bigint[]): boolean {
  if (bits === null || NO_BITS.includes(bits.toLowerCase())) return false;
  if (!/^[0-9]{1,19}$/.test(bits)) return true;
  const value = BigInt(bits);
  return value > MAX_BITS || (value & ~maskOf(known)) !== 0n;
}

function unknownInfo({ type, option }: LicenseInfoRecord): string[] {
  if (type === null && option === null) return [];
  const known = KNOWN_INFOS.get(type ?? '');
  if (known !== undefined && !isUnknown(option, known)) return [];
  return [`INFO_${type ?? 'UNKNOWN'}${option === null ? '' : `_${option}`}`];
}

/** What Zoom sent of a user that decides which licenses they hold. */
export type SubscriptionFacts = Pick<
  UserRow,
  'status' | 'type' | 'typeCode' | 'zoomOneType' | 'planUnitedType' | 'licenseInfos' | 'features' | 'removedAt'
>;

/**
 * Identifiers of licenses that a user holds and nobody knows, each once. Zoom takes every license from the deactivated; what
 * is reserved for the invited counts, but for features, which they have none of. The store says the same in SQL.
 */
export function unrecognizedIdentifiers(user: SubscriptionFacts): string[] {
  if (user.removedAt !== null || user.status === 'INACTIVE') return [];
  const features = user.status === 'ACTIVE' ? Object.entries(user.features ?? {}) : [];
  return [
    ...new Set([
      ...(user.type === 'OTHER' ? [`TYPE_${user.typeCode ?? 'UNKNOWN'}`] : []),
      ...(isUnknown(user.zoomOneType, KNOWN_BUNDLES) ? [`BUNDLE_${user.zoomOneType}`] : []),
      ...(isUnknown(user.planUnitedType, KNOWN_UNITED) ? [`UNITED_${user.planUnitedType}`] : []),
      ...(user.licenseInfos ?? []).flatMap(unknownInfo),
      ...features
        .filter(([name, on]) => on === true && !KNOWN_FEATURES.includes(name))
        .map(([name]) => `FEATURE_${name}`),
    ]),
  ];
}

/** The identifier of a plan in a usage answer; null for known ones and for what is no plan. */
export function planIdentifier(key: string): string | null {
  return key.startsWith('plan_') && !KNOWN_PLANS.has(key) ? `PLAN_${key.slice('plan_'.length)}` : null;
}

/** Plans of a usage answer that nobody knows, with how many Zoom says hold each; null where it tells no number. */
export function unrecognizedPlans(usage: Record<string, unknown> | null): Map<string, number | null> {
  const plans = new Map<string, number | null>();
  for (const [key, value] of Object.entries(usage ?? {})) {
    const identifier = planIdentifier(key);
    if (identifier === null || value === null) continue;
    const counts = [value].flat().flatMap((plan: unknown) => {
      const count = typeof plan === 'object' && plan !== null && 'usage' in plan ? plan.usage : null;
      return isSeatCount(count) ? [count] : [];
    });
    plans.set(identifier, counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0));
  }
  return plans;
}
