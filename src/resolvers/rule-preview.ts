import { isRuleBroad, countUsers, type RuleMatchFacts } from '../actions/judge-rule.ts';
import { previewReclamationRule } from '../actions/preview-reclamation-rule.ts';
import { pageOfList } from '../datasources/store/page.ts';
import { RULE_OUTCOMES } from '../policy/rule-outcome.ts';
import { totals, type Amount } from '../policy/savings.ts';
import type { BlockerCode, Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { amountsIn } from './costs.ts';
import { shownBlockers, shownEvidence } from './findings.ts';
import { missing } from './missing.ts';
import { payloadOf } from './payload.ts';

const costOf = ({ savingsAmount: amount, savingsCurrency: currency }: RuleMatchFacts): Amount | null =>
  amount === null || currency === null ? null : { amount, currency };

/** Those that become candidates of the rule. */
const candidates = (matches: readonly RuleMatchFacts[]) =>
  matches.filter(({ outcome }) => outcome === 'READY' || outcome === 'BLOCKED');

export const rulePreviewResolvers: Resolvers = {
  Query: {
    previewReclamationRule: async (_, { create, update }, { deps }) => {
      const { preview, userErrors } = payloadOf(await previewReclamationRule(deps, { create, update }));
      return { preview: preview ?? null, userErrors };
    },
  },
  ReclamationRulePreview: {
    users: ({ matches }) => countUsers(matches),
    outcomes: ({ matches }) =>
      RULE_OUTCOMES.map((outcome) => {
        const same = matches.filter((match) => match.outcome === outcome);
        return { outcome, licenses: same.length, users: countUsers(same) };
      }),
    blockedBy: ({ matches }) => {
      const codes = candidates(matches).flatMap(({ blockers }) => [...new Set(blockers.map(({ code }) => code))]);
      return [...Map.groupBy(codes, (code) => code)]
        .map(([code, { length: licenses }]) => ({ code: code as BlockerCode, licenses }))
        .sort((a, b) => b.licenses - a.licenses || (a.code < b.code ? -1 : 1));
    },
    annualCost: ({ matches }, { currency }, context) =>
      amountsIn(currency, totals(candidates(matches).map(costOf)), context),
    withoutCost: ({ matches }) => candidates(matches).filter((match) => costOf(match) === null).length,
    shareOfPaidUsers: ({ foundPaidUsers, paidUsers }) => (paidUsers === 0 ? null : foundPaidUsers / paidUsers),
    broad: (judged) => isRuleBroad(judged),
    matches: ({ matches }, { outcome, ...args }) =>
      pageOfList(
        `rule matches ${outcome ?? 'all'}`,
        outcome == null ? matches : matches.filter((match) => match.outcome === outcome),
        ({ userId, licenseId }) => `${userId} ${licenseId}`,
        args,
      ),
  },
  RuleMatch: {
    user: async ({ userId }, _, { load }) => (await load.userById.load(userId)) ?? missing('user', userId),
    license: async ({ licenseId }, _, { load }) =>
      (await load.licenseById.load(licenseId)) ?? missing('license', licenseId),
    evidence: ({ evidence }) => shownEvidence(evidence),
    blockers: ({ blockers }) => shownBlockers(blockers),
    annualCost: costOf,
    takenBy: ({ outcome, firstRuleId }, _, { load }) =>
      outcome === 'OTHER_RULE' && firstRuleId !== null ? load.ruleById.load(firstRuleId) : null,
    exclusions: async ({ excludedBy }, _, { load }) =>
      (await Promise.all(excludedBy.map((id) => load.exclusionById.load(id)))).filter((one) => one !== null),
  },
  RuleMatchConnection: connection(),
};
