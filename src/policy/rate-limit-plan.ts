import type { IntegrationRow } from '../db/tables/rows.ts';

/**
 * Which of Zoom's rate limits a base plan has, by Zoom's code of the plan; null for codes that we don't know, which are
 * then paced as carefully as a Pro plan.
 */
export function rateLimitPlanOf(basePlan: string | null): NonNullable<IntegrationRow['rateLimitPlan']> | null {
  if (basePlan === null) return null;
  if (/^(business|edu|ent)/.test(basePlan)) return 'BUSINESS';
  if (/^(monthly|yearly|pro_?)/.test(basePlan)) return 'PRO';
  return /^(free|basic)/.test(basePlan) ? 'FREE' : null;
}
