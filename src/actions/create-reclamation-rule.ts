import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { insertRule } from '../datasources/store/rules.ts';
import type { RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { CreateReclamationRuleInput } from '../schema.generated.ts';
import { draftRule } from './draft-rule.ts';
import type { Outcome } from './outcome.ts';
import { refuseBroad } from './refuse-broad.ts';

/** Creates a rule; it applies from the next look for candidates. One that finds over half of the paid users must be meant so. */
export async function createReclamationRule(
  deps: Deps,
  caller: Caller,
  input: CreateReclamationRuleInput,
): Promise<Outcome<{ rule: RuleRow }>> {
  const draft = await draftRule(deps, input);
  if (!draft.ok) return draft;
  const { id, integrationId, createdAt } = draft.rule;
  const isConfirmed = input.confirmBroad === true;
  const tooBroad = isConfirmed ? null : await refuseBroad(deps, draft.integration, draft.rule);
  if (tooBroad !== null) return tooBroad;
  const details = { ...draft.details, ...(isConfirmed && { confirmBroad: true }) };
  const rule = await deps.database.sql.begin(async (tx) => {
    const row = await insertRule(tx, draft.rule);
    await recordAudit(tx, [
      { at: createdAt, actor: caller.sub, action: 'rule.created', integrationId, subject: id, details },
    ]);
    return row;
  });
  return { ok: true, rule };
}
