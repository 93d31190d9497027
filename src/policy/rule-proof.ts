import type { AccountRow, IntegrationRow, RuleRow } from '../db/tables/rows.ts';
import { countedSigns } from './activity-signs.ts';
import { DAY_MS, inactiveBefore } from './inactivity.ts';
import { unknownOf } from './rule-condition.ts';

/** What is known of an account, and since when. */
export interface KnownAccount extends Pick<
  AccountRow,
  'isRosterComplete' | 'rosterCompleteAt' | 'activityKnownFrom' | 'activityKnownUntil' | 'createdReadAt'
> {
  /** Null: recordings were never read. */
  recordings: { from: Date; until: Date } | null;
}

type ProvableRule = Pick<RuleRow, 'id' | 'name' | 'inactivityThresholdDays' | 'condition' | 'signs'>;

/** What rules can be proved by what is known of an account. */
export interface Proof {
  /** Null: not even who is there is known, so that nobody is looked at. */
  provenIds: string[] | null;
  /** What is missing, in words. */
  missing: string[];
}

/**
 * Which rules an account's roster and activity can prove. The others find only who has left, and `missing` says what to do
 * about it.
 */
export function proofOf(
  integration: Pick<IntegrationRow, 'enabledTasks'>,
  account: KnownAccount,
  rules: readonly ProvableRule[],
  now: Date,
): Proof {
  if (!account.isRosterComplete) {
    return { provenIds: null, missing: ['The roster is not complete, so nobody was made a candidate. Sync again.'] };
  }
  // Sign-ins come with the roster: an old one proves nothing about today.
  if (isOld(account.rosterCompleteAt, now)) {
    const readAt = account.rosterCompleteAt?.toISOString() ?? 'no day yet';
    return { provenIds: null, missing: [`The roster was last read on ${readAt}. Sync again.`] };
  }
  const proof = { provenIds: [] as string[], missing: [] as string[] };
  for (const rule of rules) {
    const missing = whatIsUnproven(integration, account, rule, now);
    if (missing === null) proof.provenIds.push(rule.id);
    else proof.missing.push(missing);
  }
  return proof;
}

/** Was something read too long ago to say how it is today? */
function isOld(readAt: Date | null, now: Date): boolean {
  return readAt === null || now.getTime() - readAt.getTime() > 2 * DAY_MS;
}

/** @returns null when the account's activity can prove what the rule asks, otherwise what is missing. */
function whatIsUnproven(
  integration: Pick<IntegrationRow, 'enabledTasks'>,
  { activityKnownFrom: from, activityKnownUntil: until, createdReadAt, recordings }: KnownAccount,
  rule: ProvableRule,
  now: Date,
): string | null {
  const words = `The rule "${rule.name}" found nobody:`;
  const unknown = unknownOf(rule);
  if (unknown.length > 0) {
    return (
      `${words} it has conditions that this version does not know (${unknown.join(', ')}). Let all processes run the version ` +
      'that it was saved by, or save its conditions and signs anew.'
    );
  }
  if (!integration.enabledTasks.includes('APPLICATION_ACCESS')) {
    return `${words} activity is switched off, and sign-ins alone don't prove that somebody is inactive.`;
  }
  if (from === null || until === null) return `${words} activity has not been read to the end yet.`;
  if (now.getTime() - until.getTime() > 2 * DAY_MS)
    return `${words} activity was last read on ${until.toISOString()}. Sync again.`;
  const since = inactiveBefore(rule.inactivityThresholdDays, now);
  if (from > since) {
    return (
      `${words} it asks for ${rule.inactivityThresholdDays} days, and Zoom's three, but activity is known from ` +
      `${day(from)} only. Analyze activity from an earlier day, or lower the threshold.`
    );
  }
  const signs = countedSigns(rule.signs);
  if (
    signs.includes('CLOUD_RECORDED') &&
    (recordings === null || recordings.from > since || isOld(recordings.until, now))
  ) {
    const known =
      recordings === null
        ? 'recordings have not been read'
        : `recordings are known from ${day(recordings.from)} to ${day(recordings.until)} only`;
    return (
      `${words} it counts cloud recordings of ${rule.inactivityThresholdDays} days, and ${known}. Grant the scope for ` +
      'cloud recordings and sync again, or let the rule count other signs.'
    );
  }
  if (signs.includes('MEETING_CREATED') && isOld(createdReadAt, now)) {
    const known = createdReadAt === null ? 'that was never read' : `that was last read on ${day(createdReadAt)}`;
    return `${words} it counts the meetings that people create, and ${known}. Sync again, or let the rule count other signs.`;
  }
  return null;
}

const day = (at: Date) => at.toISOString().slice(0, 10);
