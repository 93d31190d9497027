import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { rejudgeCandidates } from '../datasources/store/inactive-holders.ts';
import { patchRule, ruleById, type RulePatch } from '../datasources/store/rules.ts';
import type { RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { UpdateReclamationRuleInput } from '../schema.generated.ts';
import type { ActivitySign } from '../policy/activity-signs.ts';
import { Problems } from './problems.ts';
import { refuse, type Outcome } from './outcome.ts';
import {
  checkRule,
  readAppliesTo,
  readCondition,
  readPriority,
  readSigns,
  signsFor,
  type RuleCondition,
} from './rule-input.ts';

/** Changes a rule; fields left out stay. Its open candidates are judged by it at once. */
export async function updateReclamationRule(
  deps: Deps,
  caller: Caller,
  input: UpdateReclamationRuleInput,
): Promise<Outcome<{ rule: RuleRow }>> {
  const { sql } = deps.database;
  const before = await ruleById(sql, input.ruleId);
  if (before === null) return refuse('NOT_FOUND', 'There is no such rule.', ['input', 'ruleId']);
  const problems = new Problems();
  const wanted: RulePatch = {};
  if (input.name != null) wanted.name = problems.text('name', input.name);
  if (input.appliesTo !== undefined) wanted.appliesTo = readAppliesTo(problems, input.appliesTo);
  if (input.enabled != null) wanted.enabled = input.enabled;
  if (input.action != null) wanted.action = input.action;
  if (input.priority != null) wanted.priority = readPriority(problems, input.priority);
  if (input.notifyUser != null) wanted.notifyUser = input.notifyUser;
  if (input.inactivityThresholdDays != null) {
    wanted.inactivityThresholdDays = problems.integer(
      'inactivityThresholdDays',
      input.inactivityThresholdDays,
      1,
      3650,
    );
  }
  if (input.daysBeforeAutoReclamation != null) {
    wanted.daysBeforeAutoReclamation = problems.integer(
      'daysBeforeAutoReclamation',
      input.daysBeforeAutoReclamation,
      0,
      365,
    );
  }
  if (input.signs !== undefined) wanted.signs = readSigns(problems, input.signs);
  const condition = input.condition === undefined ? null : readCondition(problems, input.condition);
  if (input.condition !== undefined) wanted.condition = condition && { ...condition };
  const what = {
    appliesTo: wanted.appliesTo === undefined ? before.appliesTo : wanted.appliesTo,
    action: wanted.action ?? before.action,
  };
  const signs = (wanted.signs === undefined ? before.signs : wanted.signs) as ActivitySign[] | null;
  if (signs === null) wanted.signs = signsFor(what, signs);
  await checkRule(deps, problems, {
    integrationId: before.integrationId,
    ...what,
    // Groups that were there when the rule was made may have gone; only new ones are asked for.
    condition: condition satisfies RuleCondition | null,
  });
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };

  const changed = Object.fromEntries(
    Object.entries(wanted).filter(
      ([field, to]) => JSON.stringify(before[field as keyof RuleRow]) !== JSON.stringify(to),
    ),
  ) as RulePatch;
  if (Object.keys(changed).length === 0) return { ok: true, rule: before };
  const rule = await sql.begin(async (tx) => {
    const row = await patchRule(tx, before.id, changed);
    if (row === null) return null;
    const skippedCandidates = await rejudgeCandidates(tx, row.id, { by: caller.sub, now: deps.now() });
    const details = Object.fromEntries(
      Object.entries(changed).map(([field, to]) => [field, { from: before[field as keyof RuleRow], to }]),
    );
    await recordAudit(tx, [
      {
        at: deps.now(),
        actor: caller.sub,
        action: 'rule.updated',
        integrationId: row.integrationId,
        subject: row.id,
        details: { ...details, skippedCandidates },
      },
    ]);
    return row;
  });
  if (rule === null) return refuse('NOT_FOUND', 'The rule was deleted meanwhile.', ['input', 'ruleId']);
  return { ok: true, rule };
}
