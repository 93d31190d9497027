import type { FoundCandidate } from '../datasources/store/found-candidates.ts';
import type { JudgedHolder, LookedBy } from '../datasources/store/inactive-holders.ts';
import type { AccountRow, IntegrationRow, RuleRow } from '../db/tables/rows.ts';
import { countedSigns, FACTS_OF_SIGN, lastSign, type SignFacts } from '../policy/activity-signs.ts';
import { blockersOf, LASTING_BLOCKERS } from '../policy/eligibility.ts';
import { DAY_MS, inactiveBefore, inactiveDays } from '../policy/inactivity.ts';
import { isUsedAfterLeaving } from '../policy/leaving.ts';
import { annualCost } from '../policy/savings.ts';

/** Names of all signs, whether they count or not. */
const SIGN_NAMES: readonly (keyof SignFacts)[] = Object.values(FACTS_OF_SIGN).flat();

/** A rule as the store looks by it. */
export function lookedBy(rule: RuleRow, now: Date): LookedBy {
  const { id, integrationId, appliesTo, condition, signs, inactivityThresholdDays: days } = rule;
  const coolDownSince = new Date(now.getTime() - days * DAY_MS);
  return { id, integrationId, appliesTo, condition, signs, inactiveBefore: inactiveBefore(days, now), coolDownSince };
}

/** What a rule makes of a holder whom it finds: the candidate as it is saved, and as a preview shows it. */
export function foundCandidate(
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
  const lasting = holder.openBlockers?.filter(({ code }) => LASTING_BLOCKERS.includes(code)) ?? [];
  const found = blockersOf(
    { ...holder, isLive: false, excludedBecause: null, excludedUntil: null },
    {
      authorizedZoomUserId: integration.authorizedZoomUserId,
      action: rule.action,
      leaving: hasLeft ? leaving : null,
      now,
    },
  );
  // Saving keeps what lasts anyway, also what came up since this was read.
  const blockers = [...lasting, ...found];
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
    wasOpen: holder.openStatus !== null,
  };
}

function reasonOf(rule: RuleRow, lastActivityAt: Date | null): FoundCandidate['reason'] {
  if (rule.action === 'REMOVE_ADD_ON') return 'ADD_ON_UNUSED';
  return lastActivityAt === null ? 'NEVER_ACTIVE' : 'INACTIVE';
}
