import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { patchRule, ruleById } from '../datasources/store/rules.ts';
import type { RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { ReviewReclamationRuleInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';

/** Notes that somebody has looked at a rule. Who looked first stays. */
export async function reviewReclamationRule(
  deps: Deps,
  caller: Caller,
  input: ReviewReclamationRuleInput,
): Promise<Outcome<{ rule: RuleRow }>> {
  const now = deps.now();
  const rule = await deps.database.sql.begin(async (tx) => {
    const before = await ruleById(tx, input.ruleId);
    if (before === null || before.reviewedAt !== null) return before;
    const after = await patchRule(tx, before.id, { reviewedAt: now, reviewedBy: caller.sub });
    if (after === null) return null;
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'rule.reviewed', integrationId: after.integrationId, subject: after.id },
    ]);
    return after;
  });
  if (rule === null) return refuse('NOT_FOUND', 'There is no such rule.', ['input', 'ruleId']);
  return { ok: true, rule };
}
