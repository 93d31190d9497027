import type { RuleRow } from '../db/tables/rows.ts';
import { licenseCategory } from '../datasources/store/entitlements.ts';
import { countedSigns, type ActivitySign } from '../policy/activity-signs.ts';
import { addOnOf, whyNoFit } from '../policy/reclaim-step.ts';
import { knownGroupIds } from '../datasources/store/rules.ts';
import type { Deps } from '../deps.ts';
import type { RuleConditionInput } from '../schema.generated.ts';
import type { Problems } from './problems.ts';

/** What narrows a rule down, as it is stored; null: everybody. */
export interface RuleCondition {
  departments: string[] | null;
  groupIds: string[] | null;
  neverActiveOnly: boolean | null;
}

const MAX_LIST = 500;

/** The condition without what narrows nothing down. Whether the groups exist is asked by `checkRule`. */
export function readCondition(problems: Problems, input: RuleConditionInput | null | undefined): RuleCondition | null {
  if (input == null) return null;
  const departments = input.departments?.map((name) => problems.text('condition.departments', name)) ?? [];
  const groupIds = [...new Set(input.groupIds ?? [])];
  for (const [field, list] of Object.entries({ departments, groupIds })) {
    if (list.length > MAX_LIST) problems.add(`condition.${field}`, `At most ${MAX_LIST}.`);
  }
  const condition: RuleCondition = {
    departments: departments.length === 0 ? null : [...new Set(departments)],
    groupIds: groupIds.length === 0 ? null : groupIds,
    neverActiveOnly: input.neverActiveOnly === true ? true : null,
  };
  return Object.values(condition).every((value) => value === null) ? null : condition;
}

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

/** What can only be told by looking: do action and license fit, and do the groups exist? */
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
  const groupIds = rule.condition?.groupIds ?? [];
  if (groupIds.length > 0) {
    const known = await knownGroupIds(sql, rule.integrationId, groupIds);
    const unknown = groupIds.filter((id) => !known.has(id));
    if (unknown.length > 0) {
      problems.add(
        'condition.groupIds',
        `Not groups of this integration: ${unknown.slice(0, 5).join(', ')}.`,
        'NOT_FOUND',
      );
    }
  }
}
