import type { RuleRow } from '../db/tables/rows.ts';
import { licenseCategory } from '../datasources/store/entitlements.ts';
import { countedSigns, type ActivitySign } from '../policy/activity-signs.ts';
import { addOnOf, whyNoFit } from '../policy/reclaim-step.ts';
import { CONDITION_LISTS, type ConditionList, type RuleCondition } from '../policy/rule-condition.ts';
import { unknownIds } from '../datasources/store/rule-conditions.ts';
import type { Deps } from '../deps.ts';
import type { RuleConditionInput } from '../schema.generated.ts';
import type { Problems } from './problems.ts';

const MAX_LIST = 500;

/** The condition without what narrows nothing down. Whether what it names exists is asked by `checkRule`. */
export function readCondition(problems: Problems, input: RuleConditionInput | null | undefined): RuleCondition | null {
  if (input == null) return null;
  const condition: RuleCondition = {};
  for (const list of CONDITION_LISTS) {
    for (const field of [list, `${list}NotIn`] as const) {
      const given = input[field];
      if (given == null) continue;
      // A list that came out empty must not widen the rule to everybody.
      if (given.length === 0) problems.add(`condition.${field}`, 'Name at least one, or leave it out.');
      if (given.length > MAX_LIST) problems.add(`condition.${field}`, `At most ${MAX_LIST}.`);
      condition[field] = [...new Set(given.map((name) => problems.text(`condition.${field}`, name)))];
    }
    const both = condition[list]?.filter((name) => condition[`${list}NotIn`]?.includes(name)) ?? [];
    if (both.length > 0) {
      problems.add(`condition.${list}NotIn`, `Contradicts \`${list}\`: ${both.slice(0, 5).join(', ')}.`);
    }
  }
  if (input.neverActiveOnly === true) condition.neverActiveOnly = true;
  if (input.createdBefore != null) condition.createdBefore = input.createdBefore.toISOString();
  return Object.keys(condition).length === 0 ? null : condition;
}

const MAX_PRIORITY = 1000;

/** How early a rule goes among others. */
export const readPriority = (problems: Problems, value: number) =>
  problems.integer('priority', value, -MAX_PRIORITY, MAX_PRIORITY);

/** Unique id of a license, for example `WEBINAR_500`; null: every paid base license. */
export function readAppliesTo(problems: Problems, value: string | null | undefined): string | null {
  if (value == null) return null;
  const uniqueId = value.trim();
  if (!/^[A-Za-z0-9_.:-]{1,100}$/.test(uniqueId)) problems.add('appliesTo', 'Must be the unique id of a license.');
  return uniqueId;
}

/** The signs that count, each once and in their order; null: the usual ones. */
export function readSigns(
  problems: Problems,
  signs: readonly ActivitySign[] | null | undefined,
): ActivitySign[] | null {
  if (signs == null) return null;
  if (signs.length === 0) {
    problems.add('signs', 'A rule must count at least one sign; leave signs out for the usual ones.');
    return null;
  }
  return countedSigns(signs);
}

/**
 * The signs of a rule as it is stored. A license that is taken by itself is judged by what it is for, unless the rule says
 * otherwise: a sign-in says nothing about a webinar license.
 */
export function signsFor(
  rule: Pick<RuleRow, 'action' | 'appliesTo'>,
  signs: ActivitySign[] | null,
): ActivitySign[] | null {
  if (signs !== null || rule.action !== 'REMOVE_ADD_ON' || rule.appliesTo === null) return signs;
  return addOnOf(rule.appliesTo) === 'webinar' ? ['WEBINAR_HOSTED'] : ['MEETING_HOSTED'];
}

/** What can only be told by looking: do action and license fit, and does what the condition names exist? */
export async function checkRule(
  deps: Deps,
  problems: Problems,
  rule: Pick<RuleRow, 'integrationId' | 'appliesTo' | 'action'> & { condition: RuleCondition | null },
): Promise<void> {
  const { sql } = deps.database;
  // A license that no sync has seen yet may still come; then the action is judged when somebody holds it.
  const category = rule.appliesTo === null ? 'BASE' : await licenseCategory(sql, rule.integrationId, rule.appliesTo);
  const why = whyNoFit(rule.action, rule.appliesTo ?? 'LICENSED', null);
  if (why !== null) problems.add('action', why);
  else if (category === 'ADD_ON' && rule.action === 'DOWNGRADE') {
    problems.add('action', 'Takes base licenses only, and the rule looks at an add-on.');
  }
  const { condition } = rule;
  if (condition === null) return;
  if (rule.appliesTo !== null && condition.licensesNotIn?.includes(rule.appliesTo) === true) {
    problems.add('condition.licensesNotIn', 'Names the license that the rule looks at, so that it would find nobody.');
  }
  const named = (list: ConditionList) => [...(condition[list] ?? []), ...(condition[`${list}NotIn`] ?? [])];
  const unknown = await unknownIds(sql, rule.integrationId, {
    groupIds: named('groupIds'),
    roleIds: named('roleIds'),
    subAccountIds: named('subAccountIds'),
    licenses: named('licenses'),
  });
  for (const list of CONDITION_LISTS) {
    for (const field of [list, `${list}NotIn`] as const) {
      const missing = unknown.filter(({ kind, id }) => kind === list && condition[field]?.includes(id) === true);
      const ids = [...new Set(missing.map(({ id }) => id))].slice(0, 5);
      if (ids.length === 0) continue;
      problems.add(`condition.${field}`, `Nothing of this integration: ${ids.join(', ')}.`, 'NOT_FOUND');
    }
  }
}
