import type { IntegrationRow, RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { unknownOf } from '../policy/rule-condition.ts';
import { isRuleBroad, judgeRule, tooBroad } from './judge-rule.ts';
import { refuse } from './outcome.ts';

/**
 * The "no" to a rule that would find over half of the paid users right now, or that can't be judged here; null where it
 * would not, or is switched off. What a later sync makes of it is the guard's matter.
 */
export async function refuseBroad(
  deps: Deps,
  integration: IntegrationRow,
  rule: RuleRow,
): Promise<ReturnType<typeof refuse> | null> {
  if (!rule.enabled) return null;
  const unknown = unknownOf(rule);
  if (unknown.length > 0) {
    const words =
      `The rule has conditions that this version does not know (${unknown.join(', ')}), so that nobody can say here how many ` +
      'it finds. Ask again when all processes run the version that it was saved by, or say `confirmBroad: true`.';
    return refuse('INVALID', words, ['input', 'confirmBroad']);
  }
  const judged = await judgeRule(deps, integration, rule);
  return isRuleBroad(judged) ? refuse('TOO_BROAD', tooBroad(judged), ['input', 'confirmBroad']) : null;
}
