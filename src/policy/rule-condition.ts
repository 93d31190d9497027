import { ACTIVITY_SIGNS } from './activity-signs.ts';

/** Lists that a condition may have, each also as `…NotIn`. */
export const CONDITION_LISTS = [
  'departments',
  'costCenters',
  'roleIds',
  'subAccountIds',
  'groupIds',
  'licenses',
] as const;
export type ConditionList = (typeof CONDITION_LISTS)[number];
type ListKey = ConditionList | `${ConditionList}NotIn`;

/** What narrows a rule down, as it is stored: only what does; null: everybody. */
export type RuleCondition = Partial<Record<ListKey, string[]>> & {
  neverActiveOnly?: true;
  /** ISO instant. */
  createdBefore?: string;
};

export type ConditionKind = 'LIST' | 'FLAG' | 'INSTANT';

/** Every key of a condition that this version knows, and what its value is. Whatever else a rule has makes it look at nobody. */
export const CONDITION_KINDS: Readonly<Record<keyof RuleCondition, ConditionKind>> = {
  ...(Object.fromEntries(
    CONDITION_LISTS.flatMap((list) => [list, `${list}NotIn`].map((key) => [key, 'LIST'])),
  ) as Record<ListKey, 'LIST'>),
  neverActiveOnly: 'FLAG',
  createdBefore: 'INSTANT',
};

/** What an instant must look like, for JavaScript and PostgreSQL. */
export const INSTANT_PATTERN = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$';

const ARE_OF_KIND: Readonly<Record<ConditionKind, (value: unknown) => boolean>> = {
  LIST: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  FLAG: (value) => typeof value === 'boolean',
  INSTANT: (value) => typeof value === 'string' && new RegExp(INSTANT_PATTERN).test(value),
};

/** Signs that a rule counts and this version does not know. */
export function unknownSigns(signs: readonly string[] | null | undefined): string[] {
  const known: readonly string[] = ACTIVITY_SIGNS;
  return (signs ?? []).filter((sign) => !known.includes(sign));
}

/**
 * What a rule has that this version does not know, by name: keys of its condition, keys with values of another kind, signs.
 * A newer version may have saved it; who it means can't be told by what is left of it, so that it looks at nobody.
 */
export function unknownOf({
  condition,
  signs,
}: {
  condition: Readonly<Record<string, unknown>> | null;
  signs: readonly string[] | null;
}): string[] {
  const kinds = new Map<string, ConditionKind>(Object.entries(CONDITION_KINDS));
  const keys = Object.entries(condition ?? {}).filter(([key, value]) => {
    const kind = kinds.get(key);
    return kind === undefined || (value !== null && !ARE_OF_KIND[kind](value));
  });
  return [...keys.map(([key]) => key), ...unknownSigns(signs)];
}
