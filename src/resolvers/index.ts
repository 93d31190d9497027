import type { Resolvers } from '../schema.generated.ts';
import { accountResolvers } from './account.ts';
import { activitySeriesResolvers } from './activity-series.ts';
import { auditResolvers } from './audit.ts';
import { baseResolvers } from './base.ts';
import { capacityProposalResolvers } from './capacity-proposal.ts';
import { entitlementResolvers } from './entitlement.ts';
import { exchangeRateResolvers } from './exchange-rate.ts';
import { exclusionResolvers } from './exclusion.ts';
import { facetResolvers } from './facet.ts';
import { groupResolvers } from './group.ts';
import { integrationResolvers } from './integration.ts';
import { jobRunResolvers } from './job-run.ts';
import { licenseResolvers } from './license.ts';
import { meetingResolvers } from './meeting.ts';
import { planResolvers } from './plan.ts';
import { offboardingResolvers } from './offboarding.ts';
import { askingResolvers } from './asking.ts';
import { reclamationHoldResolvers } from './reclamation-hold.ts';
import { reclamationResolvers } from './reclamation.ts';
import { renewalResolvers } from './renewal.ts';
import { reconciliationResolvers } from './reconciliation.ts';
import { rulePreviewResolvers } from './rule-preview.ts';
import { ruleResolvers } from './rule.ts';
import { savingsResolvers } from './savings.ts';
import { seatPoolResolvers } from './seat-pool.ts';
import { syncPlanResolvers } from './sync-plan.ts';
import { taskPartResolvers } from './task-part.ts';
import { usageResolvers } from './usage.ts';
import { subscriptionResolvers } from './subscription.ts';
import { userResolvers } from './user.ts';

const parts: readonly Resolvers[] = [
  baseResolvers,
  integrationResolvers,
  jobRunResolvers,
  syncPlanResolvers,
  accountResolvers,
  userResolvers,
  facetResolvers,
  activitySeriesResolvers,
  groupResolvers,
  meetingResolvers,
  usageResolvers,
  taskPartResolvers,
  licenseResolvers,
  entitlementResolvers,
  exchangeRateResolvers,
  planResolvers,
  subscriptionResolvers,
  reclamationResolvers,
  offboardingResolvers,
  askingResolvers,
  reclamationHoldResolvers,
  savingsResolvers,
  capacityProposalResolvers,
  renewalResolvers,
  seatPoolResolvers,
  reconciliationResolvers,
  rulePreviewResolvers,
  ruleResolvers,
  exclusionResolvers,
  auditResolvers,
];

/** All resolvers, of each schema file by the file of the same name. */
export const resolvers: Resolvers = {
  ...Object.assign({}, ...parts),
  Query: Object.assign({}, ...parts.map((part) => part.Query)),
  Mutation: Object.assign({}, ...parts.map((part) => part.Mutation)),
  Subscription: Object.assign({}, ...parts.map((part) => part.Subscription)),
} as Resolvers;
