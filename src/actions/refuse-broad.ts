import type { IntegrationRow, RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { isRuleBroad, judgeRule, tooBroad } from './judge-rule.ts';
import { refuse } from './outcome.ts';

/**
 * The "no" to a rule that would find over half of the paid users right now; null where it would not, or is switched off. What
 * a later sync makes of it is the guard's matter.
 */
export async function refuseBroad(
  deps: Deps,
  integration: IntegrationRow,
  rule: RuleRow,
): Promise<ReturnType<typeof refuse> | null> {
  if (!rule.enabled) return null;
  const judged = await judgeRule(deps, integration, rule);
  return isRuleBroad(judged) ? refuse('TOO_BROAD', tooBroad(judged), ['input', 'confirmBroad']) : null;
}
