import type { FoundCandidate } from '../datasources/store/found-candidates.ts';
import { inactiveHolders, type JudgedHolder } from '../datasources/store/inactive-holders.ts';
import { userRanges, USERS_AT_ONCE } from '../datasources/store/id-ranges.ts';
import { countPaidUsers } from '../datasources/store/reclaim.ts';
import { recordingCoverages } from '../datasources/store/recording-coverage.ts';
import { rulesByIntegrationIds } from '../datasources/store/rules.ts';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import type { IntegrationRow, RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { tellOfAccounts } from '../policy/account-notes.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { isNoPerson } from '../policy/eligibility.ts';
import { isBroad, isPaid } from '../policy/guard.ts';
import { byPrecedence } from '../policy/rule-precedence.ts';
import { ruleOutcome, type RuleOutcome } from '../policy/rule-outcome.ts';
import { proofOf } from '../policy/rule-proof.ts';
import { foundCandidate, lookedBy } from './found-candidate.ts';

/** A license of a user that a rule finds, or would find did nothing come before it. */
export interface RuleMatchFacts extends FoundCandidate {
  outcome: RuleOutcome;
  /** The rule that goes first with them; null: none, they are left alone for now. */
  firstRuleId: string | null;
  excludedBy: string[];
}

/** What a rule does now, saved or not. */
export interface JudgedRule {
  matches: RuleMatchFacts[];
  /** What keeps it from finding more, in words. */
  notes: string[];
  /** Paid users of the integration, and those of them whom it finds; who is excluded is not found. */
  paidUsers: number;
  foundPaidUsers: number;
}

/**
 * What a rule would do at the next look for candidates if it were as it is given here and switched on: by the statement, the
 * proof and the checks of that look. Reads only: five statements, however many accounts there are, and one for every so many
 * users as are looked at at once.
 */
export async function judgeRule(
  deps: Deps,
  integration: IntegrationRow,
  rule: RuleRow,
  usersAtOnce = USERS_AT_ONCE,
): Promise<JudgedRule> {
  const { sql } = deps.database;
  const now = deps.now();
  const [[saved = []], accounts, paidUsers] = await Promise.all([
    rulesByIntegrationIds(sql, [integration.id]),
    accountsToSync(sql, integration.id),
    countPaidUsers(sql, integration.id),
  ]);
  const rules = byPrecedence([...saved.filter(({ id, enabled }) => enabled && id !== rule.id), rule]);
  const recordings = await recordingCoverages(
    sql,
    accounts.map(({ id }) => id),
  );
  const places = accounts.map((account, index) => {
    const known = { ...account, recordings: recordings[index] ?? null };
    // What is missing is said of this rule only; the others say it in their own runs.
    const { missing } = proofOf(integration, known, [rule], now);
    return { account, missing, provenIds: proofOf(integration, known, rules, now).provenIds };
  });
  const types = countedTypes(integration);
  const byAccount = new Map(places.map((place) => [place.account.id, place]));
  const matches: RuleMatchFacts[] = [];
  let foundPaidUsers = 0;
  for (const within of await userRanges(sql, { integrationId: integration.id }, usersAtOnce)) {
    const holders = await inactiveHolders(sql, {
      places: places.flatMap(({ account, provenIds }) =>
        provenIds ? [{ accountId: account.id, provenIds, types }] : [],
      ),
      rules: rules.map((one) => lookedBy(one, now)),
      now,
      of: { ruleId: rule.id },
      within,
    });
    const people = holders.filter((holder) => !isNoPerson(holder));
    for (const holder of people) {
      const place = byAccount.get(holder.accountId);
      if (place === undefined) continue;
      const isProven = place.provenIds?.includes(rule.id) === true;
      const candidate = foundCandidate(holder, { rule, account: place.account, integration, isProven, now });
      const outcome = ruleOutcome(rule.id, holder, candidate.blockers.length > 0);
      const { ruleIds, excludedBy } = holder;
      matches.push({ ...candidate, outcome, firstRuleId: ruleIds[0] ?? null, excludedBy });
    }
    // Nobody is in two ranges.
    foundPaidUsers += countUsers(people.filter((holder) => isPaid(holder) && holder.excludedBy.length === 0));
  }
  const notes = places.flatMap(({ account, missing }) => missing.map((note) => ({ account: account.name, note })));
  return {
    matches,
    notes: tellOfAccounts(notes, accounts.length),
    paidUsers,
    foundPaidUsers,
  };
}

/** How many users hold these: one who holds several licenses counts once. */
export const countUsers = (holders: readonly Pick<JudgedHolder, 'userId'>[]): number =>
  new Set(holders.map(({ userId }) => userId)).size;

export const isRuleBroad = ({ foundPaidUsers, paidUsers }: JudgedRule): boolean => isBroad(foundPaidUsers, paidUsers);

/** What to say of a rule that finds over half of the paid users. */
export function tooBroad({ foundPaidUsers, paidUsers }: JudgedRule): string {
  return (
    `The rule finds ${foundPaidUsers} of ${paidUsers} paid users, which is over half of them. Narrow it down, or raise the ` +
    'threshold; if it is meant so, say so with `confirmBroad: true`.'
  );
}
