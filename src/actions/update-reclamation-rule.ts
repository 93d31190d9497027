import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { rejudgeCandidates } from '../datasources/store/inactive-holders.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import { lockRule, patchRule } from '../datasources/store/rules.ts';
import type { RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { DECIDING_FIELDS, decidesAlike } from '../policy/rule-decisions.ts';
import type { UpdateReclamationRuleInput } from '../schema.generated.ts';
import { draftChange } from './draft-rule.ts';
import { refuseBroad } from './refuse-broad.ts';
import { refuse, type Outcome } from './outcome.ts';

/** Somebody else has changed the rule since it was read. */
const CHANGED = Symbol('changed');

/** Changes a rule; fields left out stay. Its open candidates are judged by it at once. */
export async function updateReclamationRule(
  deps: Deps,
  caller: Caller,
  input: UpdateReclamationRuleInput,
): Promise<Outcome<{ rule: RuleRow }>> {
  const draft = await draftChange(deps, input);
  if (!draft.ok) return draft;
  const { before, changed } = draft;
  if (Object.keys(changed).length === 0) return { ok: true, rule: before };
  // A change of another field asks for no confirmation again.
  if (input.confirmBroad !== true && DECIDING_FIELDS.some((field) => field in changed)) {
    const integration = await integrationById(deps.database.sql, before.integrationId);
    const tooBroad = integration && (await refuseBroad(deps, integration, draft.rule));
    if (tooBroad !== null) return tooBroad;
  }
  const now = deps.now();
  const rule = await deps.database.sql.begin(async (tx) => {
    const current = await lockRule(tx, before.id);
    if (current === null) return null;
    // What was judged is the change of another rule by now.
    if (!decidesAlike(current, before)) return CHANGED;
    const row = await patchRule(tx, before.id, changed);
    if (row === null) return null;
    const skippedCandidates = await rejudgeCandidates(tx, row.id, { by: caller.sub, now });
    const details = Object.fromEntries(
      Object.entries(changed).map(([field, to]) => [field, { from: current[field as keyof RuleRow], to }]),
    );
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'rule.updated',
        integrationId: row.integrationId,
        subject: row.id,
        details: { ...details, skippedCandidates, ...(input.confirmBroad === true && { confirmBroad: true }) },
      },
    ]);
    return row;
  });
  if (rule === null) return refuse('NOT_FOUND', 'The rule was deleted meanwhile.', ['input', 'ruleId']);
  if (rule === CHANGED) return updateReclamationRule(deps, caller, input);
  return { ok: true, rule };
}
