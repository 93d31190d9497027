import { rulesByIntegrationIds } from '../datasources/store/rules.ts';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import {
  closeOutdatedCandidates,
  inactiveHolders,
  saveCandidates,
  type FoundCandidate,
  type HolderRow,
} from '../datasources/store/inactive-holders.ts';
import type { AccountRow, IntegrationRow, RuleRow } from '../db/tables/rows.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { blockersOf, isNoPerson } from '../policy/eligibility.ts';
import { DAY_MS, inactiveBefore, inactiveDays } from '../policy/inactivity.ts';
import { annualCost } from '../policy/savings.ts';
import type { Job, JobResult } from './job.ts';

const BATCH = 1000;

/**
 * Finds who may lose a license. Only a complete roster and activity without a gap over the whole threshold prove that
 * somebody is inactive; where one of them is missing, nobody becomes a candidate and the run says why.
 */
export async function findCandidates(job: Job): Promise<JobResult> {
  const { sql } = job.deps.database;
  const now = job.deps.now();
  const notes: string[] = [];
  const [all = []] = await rulesByIntegrationIds(sql, [job.integration.id]);
  const rules = all.filter((rule) => rule.enabled);
  for (const account of await accountsToSync(sql, job.integration.id)) {
    const types = countedTypes(job.integration);
    if (!account.isRosterComplete) {
      notes.push('The roster is not complete, so nobody was made a candidate. Sync again.');
      continue;
    }
    // Sign-ins come with the roster: an old one proves nothing about today.
    if (isOld(account.rosterCompleteAt, now)) {
      notes.push(`The roster was last read on ${account.rosterCompleteAt?.toISOString() ?? 'no day yet'}. Sync again.`);
      continue;
    }
    for (const rule of rules) {
      const missing = whatIsUnproven(job.integration, account, rule, now);
      if (missing !== null) notes.push(missing);
      else await applyRule(job, account, rule, types, now);
    }
    await closeOutdatedCandidates(sql, account.id, { inactiveBefore: inactiveBefore(0, now), types, now });
  }
  await job.save();
  return { status: notes.length === 0 ? 'SUCCEEDED' : 'INCOMPLETE', note: notes.join(' ') || null };
}

/** Was something read too long ago to say how it is today? */
function isOld(readAt: Date | null, now: Date): boolean {
  return readAt === null || now.getTime() - readAt.getTime() > 2 * DAY_MS;
}

/** @returns null when the account's activity can prove what the rule asks, otherwise what is missing. */
export function whatIsUnproven(
  integration: Pick<IntegrationRow, 'enabledTasks'>,
  account: Pick<AccountRow, 'activityKnownFrom' | 'activityKnownUntil'>,
  rule: Pick<RuleRow, 'name' | 'inactivityThresholdDays'>,
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
  if (from > inactiveBefore(rule.inactivityThresholdDays, now)) {
    return (
      `${words} it asks for ${rule.inactivityThresholdDays} days, and Zoom's three, but activity is known from ` +
      `${from.toISOString().slice(0, 10)} only. Analyze activity from an earlier day, or lower the threshold.`
    );
  }
  return null;
}

async function applyRule(job: Job, account: AccountRow, rule: RuleRow, types: string[], now: Date): Promise<void> {
  const { sql } = job.deps.database;
  const selection = {
    accountId: account.id,
    types,
    inactiveBefore: inactiveBefore(rule.inactivityThresholdDays, now),
    coolDownSince: new Date(now.getTime() - rule.inactivityThresholdDays * DAY_MS),
    now,
    limit: BATCH,
  };
  let afterUserId = '';
  for (;;) {
    const holders = await inactiveHolders(sql, rule, { ...selection, afterUserId });
    const last = holders.at(-1);
    if (last === undefined) return;
    const found = holders
      .filter((holder) => !isNoPerson(holder))
      .map((holder) => toCandidate(holder, { rule, account, integration: job.integration, now }));
    await saveCandidates(sql, rule, found, now);
    job.expect(holders.length);
    await job.advance(holders.length, holders.length);
    afterUserId = last.userId;
  }
}

function toCandidate(
  holder: HolderRow,
  { rule, account, integration, now }: { rule: RuleRow; account: AccountRow; integration: IntegrationRow; now: Date },
): FoundCandidate {
  const blockers = blockersOf(
    { ...holder, isLive: false, excludedBecause: null, excludedUntil: null },
    { authorizedZoomUserId: integration.authorizedZoomUserId, action: rule.action, now },
  );
  const savings = annualCost(holder, 1);
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    userId: holder.userId,
    licenseId: holder.licenseId,
    action: rule.action,
    reason: holder.lastActivityAt === null ? 'NEVER_ACTIVE' : 'INACTIVE',
    status: blockers.length === 0 ? 'READY' : 'ATTENTION_REQUIRED',
    inactiveDays: inactiveDays(holder, now) ?? 0,
    lastActivityAt: holder.lastActivityAt,
    evidence: {
      windowFrom: iso(account.activityKnownFrom),
      rosterAt: iso(account.rosterCompleteAt),
      activityKnownUntil: iso(account.activityKnownUntil),
      signs: {
        lastLoginAt: iso(holder.lastLoginAt),
        lastMeetingHostedAt: iso(holder.lastMeetingHostedAt),
        lastMeetingJoinedAt: iso(holder.lastMeetingJoinedAt),
        lastWebinarHostedAt: iso(holder.lastWebinarHostedAt),
      },
    },
    blockers,
    savingsAmount: savings?.amount ?? null,
    savingsCurrency: savings?.currency ?? null,
    notBefore: blockers.find((blocker) => blocker.code === 'UPCOMING_MEETING')?.until ?? null,
  };
}
