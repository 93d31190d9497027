import { acknowledgeReturns } from '../actions/acknowledge-returns.ts';
import { applyReclamation, changedFacts } from '../actions/apply-reclamation.ts';
import { confirmReclamation } from '../actions/confirm-reclamation.ts';
import { dismissCandidates } from '../actions/dismiss-candidates.ts';
import { reclaim, type ReclamationOutcome } from '../actions/reclaim-license.ts';
import { restore } from '../actions/restore-license.ts';
import { stopReclamation } from '../actions/stop-reclamation.ts';
import type { Context } from '../context.ts';
import { candidatesOf } from '../datasources/store/candidates.ts';
import { messagesOfCandidate } from '../datasources/store/messages.ts';
import { itemsOfReclamation, reclamationsOf } from '../datasources/store/reclamations.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import { countedSigns, lastSign } from '../policy/activity-signs.ts';
import { returnedBy } from '../policy/boomerang.ts';
import { inactiveDays } from '../policy/inactivity.ts';
import { annualCost, type Amount } from '../policy/savings.ts';
import type { PlanWarningCode, ReclamationReason, Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { oneAmountIn } from './costs.ts';
import { date, shownBlockers, shownEvidence } from './findings.ts';
import { payloadOf } from './payload.ts';
import { subscribed } from './subscribed.ts';

function reclamationPayload(outcome: ReclamationOutcome) {
  const { reclamation, userErrors } = payloadOf(outcome);
  return { reclamation: reclamation ?? null, userErrors };
}

async function savingsOf(candidate: CandidateRow, { load }: Context): Promise<Amount | null> {
  const { closedAt, userId, licenseId, savingsAmount, savingsCurrency } = candidate;
  if (closedAt === null) {
    const [price, user, license] = await Promise.all([
      load.entitlementByLicenseId.load(licenseId),
      load.userCosts.load(userId),
      load.costExclusions.load(licenseId),
    ]);
    return user.isExcluded || license.isExcluded ? null : annualCost(price, 1);
  }
  return savingsAmount === null || savingsCurrency === null
    ? null
    : { amount: savingsAmount, currency: savingsCurrency };
}

export const reclamationResolvers: Resolvers = {
  Query: {
    reclamationCandidates: (_, { integrationId, filter, orderBy, ...args }, { load }) => {
      const scope = integrationId == null ? 'all' : 'integration';
      const list = `candidates ${scope} ${JSON.stringify([filter, orderBy])}`;
      return load.page(list, () => candidatesOf(scope, { filter, orderBy }), integrationId ?? '', args);
    },
    reclamation: (_, { id }, { load }) => load.reclamationById.load(id),
    reclamations: (_, { integrationId, ...args }, { load }) => {
      const scope = integrationId == null ? 'all' : 'integration';
      return load.page(`reclamations ${scope}`, () => reclamationsOf(scope), integrationId ?? '', args);
    },
  },
  Subscription: {
    candidatesChanged: {
      subscribe: (_, { integrationId }, context) => subscribed(context, integrationId, 'candidates'),
      resolve: (candidate: CandidateRow) => candidate,
    },
  },
  Mutation: {
    reclaim: async (_, { input }, { deps, caller }) => reclamationPayload(await reclaim(deps, caller, input)),
    applyReclamation: async (_, { input }, { deps, caller }) =>
      reclamationPayload(await applyReclamation(deps, caller, input)),
    confirmReclamation: async (_, { input }, { deps, caller }) =>
      reclamationPayload(await confirmReclamation(deps, caller, input)),
    stopReclamation: async (_, { input }, { deps, caller }) =>
      reclamationPayload(await stopReclamation(deps, caller, input)),
    restore: async (_, { input }, { deps, caller }) => reclamationPayload(await restore(deps, caller, input)),
    acknowledgeReturns: async (_, { input }, { deps, caller }) => {
      const { candidates, userErrors } = payloadOf(await acknowledgeReturns(deps, caller, input));
      return { reclamationCandidates: candidates ?? [], userErrors };
    },
    dismissCandidates: async (_, { input }, { deps, caller }) => {
      const { candidates, userErrors } = payloadOf(await dismissCandidates(deps, caller, input));
      return { reclamationCandidates: candidates ?? [], userErrors };
    },
  },
  ReclamationCandidate: {
    __resolveReference: ({ id }, { load }) => load.candidateById.load(id),
    user: ({ userId }, _, { load }) => load.userById.load(userId),
    license: ({ licenseId }, _, { load }) => load.licenseById.load(licenseId),
    rule: ({ ruleId }, _, { load }) => load.ruleById.load(ruleId),
    otherRules: async ({ otherRuleIds }, _, { load }) =>
      (await Promise.all(otherRuleIds.map((id) => load.ruleById.load(id)))).filter((rule) => rule !== null),
    inactiveDays: async (candidate, _, { load, now }) => {
      if (candidate.closedAt !== null) return candidate.inactiveDays;
      const user = await load.userById.load(candidate.userId);
      if (user === null) return candidate.inactiveDays;
      const lastActivityAt = lastSign(user, countedSigns(candidate.evidence.countedSigns));
      return inactiveDays({ lastActivityAt, activeDate: user.activeDate }, now) ?? candidate.inactiveDays;
    },
    evidence: ({ evidence }) => shownEvidence(evidence),
    blockers: ({ blockers }) => shownBlockers(blockers),
    // Open candidates follow the price of today; closed ones keep what was said when they were found.
    estimatedAnnualSavings: async (candidate, { currency }, context) =>
      oneAmountIn(currency, await savingsOf(candidate, context), context),
    returnedBy: async ({ id, returnedAt }, _, { load }) => {
      const facts = returnedAt === null ? null : await load.returnFacts.load(id);
      return facts && returnedBy(facts);
    },
    history: ({ id }, _, { load }) => load.candidateEvents.load(id),
    messages: ({ id }, args, { load }) => load.page('messages', () => messagesOfCandidate, id, args),
  },
  Reclamation: {
    __resolveReference: ({ id }, { load }) => load.reclamationById.load(id),
    staleItems: ({ id, dryRun }, _, { load }) => (dryRun ? load.staleItems.load(id) : []),
    estimatedAnnualSavings: ({ id }, _, { load }) => load.plannedSavings.load(id),
    counts: ({ id }, _, { load }) => load.itemCounts.load(id),
    items: ({ id }, args, { load }) => load.page('items', () => itemsOfReclamation, id, args),
  },
  ReclamationItem: {
    candidate: ({ candidateId }, _, { load }) => load.candidateById.load(candidateId),
    user: ({ userId }, _, { load }) => load.userById.load(userId),
    before: ({ before }) => before && { ...before, readAt: new Date(before.readAt) },
  },
  StaleItem: {
    user: ({ userId, now }, _, { load }) => (now === null ? null : load.userById.load(userId)),
    changed: (item) => changedFacts(item),
  },
  ItemPlan: {
    reason: ({ reason }) => reason as ReclamationReason,
    lastActivityAt: ({ lastActivityAt }) => date(lastActivityAt),
    evidence: ({ evidence }) => shownEvidence(evidence),
    warnings: ({ warnings }) => warnings.map(({ code, message }) => ({ code: code as PlanWarningCode, message })),
    estimatedAnnualSavings: ({ savingsAmount: amount, savingsCurrency: currency }) =>
      amount === null || currency === null ? null : { amount, currency },
  },
  ReclamationCandidateConnection: connection(),
  ReclamationConnection: connection(),
  ReclamationItemConnection: connection(),
};
