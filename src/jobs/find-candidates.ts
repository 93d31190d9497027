import { generateRules } from '../actions/generate-rules.ts';
import { rulesByIntegrationIds } from '../datasources/store/rules.ts';
import { closeCandidatesOfEnded } from '../datasources/store/sub-accounts.ts';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import {
  closeOutdatedCandidates,
  inactiveHolders,
  saveCandidates,
  type FoundCandidate,
  type JudgedHolder,
  type LookedBy,
} from '../datasources/store/inactive-holders.ts';
import { recordingCoverage, type RecordingCoverage } from '../datasources/store/recording-coverage.ts';
import type { AccountRow, IntegrationRow, RuleRow } from '../db/tables/rows.ts';
import { tellOfAccounts, type AccountNote } from '../policy/account-notes.ts';
import { countedSigns, FACTS_OF_SIGN, lastSign, type SignFacts } from '../policy/activity-signs.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { blockersOf, isNoPerson } from '../policy/eligibility.ts';
import { DAY_MS, inactiveBefore, inactiveDays } from '../policy/inactivity.ts';
import { isUsedAfterLeaving } from '../policy/leaving.ts';
import { byPrecedence } from '../policy/rule-precedence.ts';
import { annualCost } from '../policy/savings.ts';
import type { Job, JobResult } from './job.ts';

const BATCH = 1000;

/** Names of all signs, whether they count or not. */
const SIGN_NAMES: readonly (keyof SignFacts)[] = Object.values(FACTS_OF_SIGN).flat();

/**
 * Finds who may lose a license. Only a complete roster and activity without a gap over the whole threshold prove that
 * somebody is inactive; where one of them is missing, nobody becomes a candidate and the run says why. Who has left, as HR
 * says, is found whether or not their activity is known.
 */
export async function findCandidates(job: Job): Promise<JobResult> {
  const { sql } = job.deps.database;
  const now = job.deps.now();
  const notes: AccountNote[] = [];
  await generateRules(job.deps, job.integration.id, now);
  const [all = []] = await rulesByIntegrationIds(sql, [job.integration.id]);
  const rules = byPrecedence(all.filter((rule) => rule.enabled));
  const accounts = await accountsToSync(sql, job.integration.id);
  for (const account of accounts) {
    const tell = (note: string) => notes.push({ account: account.name, note });
    const types = countedTypes(job.integration);
    if (!account.isRosterComplete) {
      tell('The roster is not complete, so nobody was made a candidate. Sync again.');
      continue;
    }
    // Sign-ins come with the roster: an old one proves nothing about today.
    if (isOld(account.rosterCompleteAt, now)) {
      tell(`The roster was last read on ${account.rosterCompleteAt?.toISOString() ?? 'no day yet'}. Sync again.`);
      continue;
    }
    const recordings = await recordingCoverage(sql, account.id);
    const proven = rules.filter((rule) => {
      const missing = whatIsUnproven(job.integration, { ...account, recordings }, rule, now);
      if (missing !== null) tell(missing);
      return missing === null;
    });
    const provenIds = new Set(proven.map(({ id }) => id));
    if (rules.length > 0) await lookIn(job, account, { rules, provenIds, types, now });
    await closeOutdatedCandidates(sql, account.id, { inactiveBefore: inactiveBefore(0, now), types, now });
  }
  await closeCandidatesOfEnded(sql, job.integration.id, now);
  await job.save();
  const note = tellOfAccounts(notes, accounts.length).join(' ') || null;
  return { status: note === null ? 'SUCCEEDED' : 'INCOMPLETE', note };
}

/** Was something read too long ago to say how it is today? */
function isOld(readAt: Date | null, now: Date): boolean {
  return readAt === null || now.getTime() - readAt.getTime() > 2 * DAY_MS;
}

/** @returns null when the account's activity can prove what the rule asks, otherwise what is missing. */
function whatIsUnproven(
  integration: Pick<IntegrationRow, 'enabledTasks'>,
  account: Pick<AccountRow, 'activityKnownFrom' | 'activityKnownUntil' | 'createdReadAt'> & {
    recordings: RecordingCoverage | null;
  },
  rule: Pick<RuleRow, 'name' | 'inactivityThresholdDays' | 'signs'>,
  now: Date,
): string | null {
  const words = `The rule "${rule.name}" found nobody:`;
  if (!integration.enabledTasks.includes('APPLICATION_ACCESS')) {
    return `${words} activity is switched off, and sign-ins alone don't prove that somebody is inactive.`;
  }
  const { activityKnownFrom: from, activityKnownUntil: until } = account;
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
  const { recordings, createdReadAt } = account;
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

/** A rule as the store looks by it. */
export function lookedBy(rule: RuleRow, now: Date): LookedBy {
  const { id, appliesTo, condition, signs, inactivityThresholdDays: days } = rule;
  const coolDownSince = new Date(now.getTime() - days * DAY_MS);
  return { id, appliesTo, condition, signs, inactiveBefore: inactiveBefore(days, now), coolDownSince };
}

async function lookIn(
  job: Job,
  account: AccountRow,
  { rules, provenIds, types, now }: { rules: RuleRow[]; provenIds: ReadonlySet<string>; types: string[]; now: Date },
): Promise<void> {
  const { sql } = job.deps.database;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const holders = await inactiveHolders(sql, {
    places: [{ accountId: account.id, provenIds: [...provenIds] }],
    rules: rules.map((rule) => lookedBy(rule, now)),
    types,
    now,
    of: 'FINDABLE',
  });
  job.expect(holders.length);
  for (let start = 0; start < holders.length; start += BATCH) {
    const batch = holders.slice(start, start + BATCH);
    const found = batch.flatMap((holder) => {
      const rule = byId.get(holder.ruleIds[0] ?? '');
      if (rule === undefined || isNoPerson(holder)) return [];
      return [
        toCandidate(holder, { rule, account, integration: job.integration, isProven: provenIds.has(rule.id), now }),
      ];
    });
    await saveCandidates(sql, job.integration.id, found, now);
    await job.advance(batch.length, batch.length);
  }
}

function toCandidate(
  holder: JudgedHolder,
  {
    rule,
    account,
    integration,
    isProven,
    now,
  }: { rule: RuleRow; account: AccountRow; integration: IntegrationRow; isProven: boolean; now: Date },
): FoundCandidate {
  const signs = countedSigns(rule.signs);
  const lastActivityAt = lastSign(holder, signs);
  const leaving = { leftAt: holder.leftAt, lastSignAt: lastActivityAt };
  const since = lastActivityAt ?? holder.activeDate;
  // Who was there after they are said to have left, and then not for as long as the rule asks, is found by the rule alone.
  const isInactive = isProven && since !== null && since <= inactiveBefore(rule.inactivityThresholdDays, now);
  const hasLeft = holder.leftAt !== null && !(isUsedAfterLeaving(leaving) && isInactive);
  const blockers = blockersOf(
    { ...holder, isLive: false, excludedBecause: null, excludedUntil: null },
    {
      authorizedZoomUserId: integration.authorizedZoomUserId,
      action: rule.action,
      leaving: hasLeft ? leaving : null,
      now,
    },
  );
  const savings = annualCost(holder, 1);
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ruleId: rule.id,
    otherRuleIds: holder.ruleIds.filter((id) => id !== rule.id),
    userId: holder.userId,
    licenseId: holder.licenseId,
    action: rule.action,
    reason: hasLeft ? 'OFFBOARDED' : reasonOf(rule, lastActivityAt),
    status: blockers.length === 0 ? 'READY' : 'ATTENTION_REQUIRED',
    inactiveDays: inactiveDays({ lastActivityAt, activeDate: holder.activeDate }, now) ?? 0,
    lastActivityAt,
    evidence: {
      windowFrom: iso(account.activityKnownFrom),
      rosterAt: iso(account.rosterCompleteAt),
      activityKnownUntil: iso(account.activityKnownUntil),
      signs: Object.fromEntries(SIGN_NAMES.map((name) => [name, iso(holder[name])])),
      countedSigns: signs,
    },
    blockers,
    savingsAmount: savings?.amount ?? null,
    savingsCurrency: savings?.currency ?? null,
    notBefore: blockers.find((blocker) => blocker.code === 'UPCOMING_MEETING')?.until ?? null,
  };
}

function reasonOf(rule: RuleRow, lastActivityAt: Date | null): FoundCandidate['reason'] {
  if (rule.action === 'REMOVE_ADD_ON') return 'ADD_ON_UNUSED';
  return lastActivityAt === null ? 'NEVER_ACTIVE' : 'INACTIVE';
}
