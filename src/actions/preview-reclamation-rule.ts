import { integrationById } from '../datasources/store/integrations.ts';
import type { Page } from '../datasources/store/page.ts';
import type { IntegrationRow, RuleRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { CreateReclamationRuleInput, UpdateReclamationRuleInput } from '../schema.generated.ts';
import { draftChange, draftRule } from './draft-rule.ts';
import { isRuleBroad, judgeRule, tooBroad, type JudgedRule, type RuleMatchFacts } from './judge-rule.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';

export interface RulePreviewFacts extends JudgedRule {
  rule: RuleRow;
}

export type RuleMatchPage = Page<RuleMatchFacts>;

/** What is to be previewed: exactly one of both. */
export interface PreviewedRule {
  create?: CreateReclamationRuleInput | null | undefined;
  update?: UpdateReclamationRuleInput | null | undefined;
}

const SWITCHED_OFF = 'The rule is switched off: nobody becomes a candidate before it is switched on.';

/** What a rule would do now if it were saved with this input. Nothing is written. */
export async function previewReclamationRule(
  deps: Deps,
  { create, update }: PreviewedRule,
): Promise<Outcome<{ preview: RulePreviewFacts }>> {
  if ((create == null) === (update == null)) {
    return refuse('INVALID', 'Give exactly one of `create` (a new rule) and `update` (a rule that there is).');
  }
  const draft =
    create == null
      ? inArgument('update', await draftOfChange(deps, update!))
      : inArgument('create', await draftRule(deps, create));
  if (!draft.ok) return draft;
  const { integration, rule } = draft;
  const judged = await judgeRule(deps, integration, rule);
  const notes = [
    ...judged.notes,
    ...(rule.enabled ? [] : [SWITCHED_OFF]),
    ...(isRuleBroad(judged) ? [tooBroad(judged)] : []),
  ];
  return { ok: true, preview: { ...judged, rule, notes } };
}

async function draftOfChange(
  deps: Deps,
  input: UpdateReclamationRuleInput,
): Promise<Outcome<{ integration: IntegrationRow; rule: RuleRow }>> {
  const draft = await draftChange(deps, input);
  if (!draft.ok) return draft;
  const integration = await integrationById(deps.database.sql, draft.rule.integrationId);
  if (integration === null) {
    return refuse('NOT_FOUND', 'The integration of this rule was deleted, so that it finds nobody.', [
      'input',
      'ruleId',
    ]);
  }
  return { ok: true, integration, rule: draft.rule };
}

/** What is wrong is told by the argument that it came in. */
function inArgument<T>(argument: string, outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok) return outcome;
  const named = ({ field, ...refusal }: Refusal): Refusal =>
    field === undefined ? refusal : { ...refusal, field: [argument, ...field.slice(1)] };
  return { ok: false, refusals: outcome.refusals.map(named) };
}
