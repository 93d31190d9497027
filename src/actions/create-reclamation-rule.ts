import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import { insertRule } from '../datasources/store/rules.ts';
import { newId } from '../db/id.ts';
import type { RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { DEFAULT_THRESHOLD_DAYS } from '../policy/inactivity.ts';
import type { CreateReclamationRuleInput } from '../schema.generated.ts';
import { Problems } from './problems.ts';
import { refuse, type Outcome } from './outcome.ts';
import { checkRule, readAppliesTo, readCondition, readPriority, readSigns, signsFor } from './rule-input.ts';

/** Creates a rule; it applies from the next look for candidates. */
export async function createReclamationRule(
  deps: Deps,
  caller: Caller,
  input: CreateReclamationRuleInput,
): Promise<Outcome<{ rule: RuleRow }>> {
  const { sql } = deps.database;
  const now = deps.now();
  const integration = await integrationById(sql, input.integrationId);
  if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  const problems = new Problems();
  const condition = readCondition(problems, input.condition);
  const wanted = {
    integrationId: integration.id,
    name: problems.text('name', input.name),
    appliesTo: readAppliesTo(problems, input.appliesTo),
    enabled: input.enabled ?? true,
    priority: readPriority(problems, input.priority ?? 0),
    action: input.action ?? ('DOWNGRADE' as const),
    inactivityThresholdDays: problems.integer(
      'inactivityThresholdDays',
      input.inactivityThresholdDays ?? DEFAULT_THRESHOLD_DAYS,
      1,
      3650,
    ),
    notifyUser: input.notifyUser ?? false,
    daysBeforeAutoReclamation: problems.integer(
      'daysBeforeAutoReclamation',
      input.daysBeforeAutoReclamation ?? 0,
      0,
      365,
    ),
    signs: readSigns(problems, input.signs),
  };
  wanted.signs = signsFor(wanted, wanted.signs);
  await checkRule(deps, problems, { ...wanted, condition });
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };

  const id = newId('rul', now.getTime());
  const rule = await sql.begin(async (tx) => {
    const row = await insertRule(tx, { ...wanted, id, condition: condition && { ...condition }, createdAt: now });
    const { integrationId, ...details } = wanted;
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'rule.created',
        integrationId,
        subject: id,
        details: { ...details, condition },
      },
    ]);
    return row;
  });
  return { ok: true, rule };
}
