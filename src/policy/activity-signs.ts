import type { UserRow } from '../db/tables/rows.ts';

/** Every sign of use that a rule can count, in the order in which rules keep them. */
export const ACTIVITY_SIGNS = [
  'SIGNED_IN',
  'MEETING_CREATED',
  'MEETING_HOSTED',
  'MEETING_JOINED',
  'WEBINAR_HOSTED',
  'LONG_MEETING_HOSTED',
  'CLOUD_RECORDED',
] as const;

export type ActivitySign = (typeof ACTIVITY_SIGNS)[number];

/** What a rule counts when nobody says otherwise: the signs of `users.last_activity_at`. */
export const DEFAULT_SIGNS: readonly ActivitySign[] = [
  'SIGNED_IN',
  'MEETING_HOSTED',
  'MEETING_JOINED',
  'WEBINAR_HOSTED',
];

/** When each sign was last seen; null is never, or not known. */
export type SignFacts = Pick<
  UserRow,
  | 'lastLoginAt'
  | 'lastSignInAt'
  | 'lastMeetingCreatedAt'
  | 'lastMeetingHostedAt'
  | 'lastMeetingJoinedAt'
  | 'lastWebinarHostedAt'
  | 'lastLongMeetingHostedAt'
  | 'lastCloudRecordingAt'
>;

/** Where a sign is told. A sign-in is told twice: by the roster, up to three days late, and by the report of sign-ins. */
export const FACTS_OF_SIGN: Record<ActivitySign, readonly (keyof SignFacts)[]> = {
  SIGNED_IN: ['lastLoginAt', 'lastSignInAt'],
  MEETING_CREATED: ['lastMeetingCreatedAt'],
  MEETING_HOSTED: ['lastMeetingHostedAt'],
  MEETING_JOINED: ['lastMeetingJoinedAt'],
  WEBINAR_HOSTED: ['lastWebinarHostedAt'],
  LONG_MEETING_HOSTED: ['lastLongMeetingHostedAt'],
  CLOUD_RECORDED: ['lastCloudRecordingAt'],
};

/** The signs that a rule counts, in their order. A rule that names none counts the usual ones. */
export function countedSigns(signs: readonly string[] | null | undefined): ActivitySign[] {
  const wanted = signs == null || signs.length === 0 ? DEFAULT_SIGNS : signs;
  return ACTIVITY_SIGNS.filter((sign) => wanted.includes(sign));
}

/** When a sign that counts was last seen; null: none ever was. */
export function lastSign(facts: SignFacts, signs: readonly ActivitySign[]): Date | null {
  const seen = signs.flatMap((sign) => FACTS_OF_SIGN[sign].flatMap((fact) => facts[fact]?.getTime() ?? []));
  return seen.length === 0 ? null : new Date(Math.max(...seen));
}
