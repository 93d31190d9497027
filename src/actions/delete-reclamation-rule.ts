import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { skipCandidates } from '../datasources/store/erasure.ts';
import { patchRule } from '../datasources/store/rules.ts';
import type { Deps } from '../deps.ts';
import type { DeleteReclamationRuleInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';

/** Deletes a rule and closes its open candidates as skipped, but for those that are being taken back right now. */
export async function deleteReclamationRule(
  deps: Deps,
  caller: Caller,
  input: DeleteReclamationRuleInput,
): Promise<Outcome<{ ruleId: string }>> {
  const now = deps.now();
  const isDeleted = await deps.database.sql.begin(async (tx) => {
    const rule = await patchRule(tx, input.ruleId, { deletedAt: now });
    if (rule === null) return false;
    const note = `The rule "${rule.name}" was deleted.`;
    const skipped = await skipCandidates(tx, { ruleId: rule.id }, { by: caller.sub, note, now });
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'rule.deleted',
        integrationId: rule.integrationId,
        subject: rule.id,
        details: { name: rule.name, skippedCandidates: skipped },
      },
    ]);
    return true;
  });
  if (!isDeleted) return refuse('NOT_FOUND', 'There is no such rule.', ['input', 'ruleId']);
  return { ok: true, ruleId: input.ruleId };
}
