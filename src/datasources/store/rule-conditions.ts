import { ACTIVITY_SIGNS } from '../../policy/activity-signs.ts';
import { CONDITION_KINDS, INSTANT_PATTERN, type ConditionKind } from '../../policy/rule-condition.ts';
import type { SqlOrTx } from './writes.ts';
import { lastSignOf } from './last-sign.ts';

/** SQL: when a sign that rule `r` counts was last seen of user `u`. */
export const LAST_SIGN = lastSignOf('r.signs');

const quoted = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');

/** SQL: is `value` what a key of this kind has? */
const IS_OF_KIND: Readonly<Record<ConditionKind, string>> = {
  LIST: `jsonb_typeof(value) = 'array' and not jsonb_path_exists(value, 'strict $[*] ? (@.type() != "string")')`,
  FLAG: `jsonb_typeof(value) = 'boolean'`,
  INSTANT: `jsonb_typeof(value) = 'string' and value #>> '{}' ~ '${INSTANT_PATTERN}'`,
};

/**
 * SQL of the policy's `unknownOf`: does this version know everything that rule `r` has? What a newer version narrows by would
 * otherwise be left out here, and the rule look at more people than it means. Never null; about `r` alone, so that
 * it is asked once a rule.
 */
export const RULE_IS_KNOWN = `(case jsonb_typeof(r.condition) when 'object' then not exists (
    select from jsonb_each(r.condition) as one(key, value) where not case when jsonb_typeof(value) = 'null' then key in (${quoted(Object.keys(CONDITION_KINDS))})
      ${[...Map.groupBy(Object.entries(CONDITION_KINDS), ([, kind]) => kind)].map(([kind, keys]) => `when key in (${quoted(keys.map(([key]) => key))}) then ${IS_OF_KIND[kind]}`).join(' ')}
      else false end
  ) when 'null' then true else r.condition is null end and coalesce(r.signs <@ array[${quoted(ACTIVITY_SIGNS)}], true))`;

/** SQL: none of a list, or one of it. `isOf`: SQL with `list` in the place of the list; `isKnown`: is what is compared known? */
function lists(name: string, isOf: (list: string) => string, isKnown = 'true'): string[] {
  const [some, none] = [name, `${name}NotIn`].map((key) => `r.condition -> '${key}'`) as [string, string];
  const isNone = (list: string) => `jsonb_typeof(${list}) is distinct from 'array'`;
  return [
    `(${isNone(some)} or coalesce(${isOf(some)}, false))`,
    // Whoever is not known to be none of them is not taken for one of the others.
    `(${isNone(none)} or (${isKnown} and not coalesce(${isOf(none)}, false)))`,
  ];
}

/** SQL: does rule `r` look at user `u` who holds license `l`, whenever they were last seen? Never null. */
export const RULE_LOOKS_AT = [
  RULE_IS_KNOWN,
  `case when r.applies_to is null then l.category = 'BASE' and u.type in ('LICENSED', 'ON_PREM') else l.unique_id = r.applies_to end`,
  ...lists('departments', (list) => `${list} ? u.department`),
  ...lists('costCenters', (list) => `${list} ? u.cost_center`, 'u.profile_read_at is not null'),
  ...lists('roleIds', (list) => `${list} ? u.role_id`, 'u.role_id is not null'),
  ...lists('subAccountIds', (list) => `${list} ? u.account_id`),
  ...lists(
    'groupIds',
    (list) =>
      `exists (select from groups g where ${list} ? g.id and g.account_id = u.account_id and g.zoom_group_id = any(u.group_ids))`,
  ),
  ...lists(
    'licenses',
    (list) =>
      `exists (select from license_assignments h join licenses o on o.id = h.license_id where h.user_id = u.id and ${list} ? o.unique_id)`,
  ),
  `(r.condition ->> 'createdBefore' is null or coalesce(u.active_date < (r.condition ->> 'createdBefore')::timestamptz, false))`,
  `(r.condition ->> 'neverActiveOnly' is distinct from 'true' or (${LAST_SIGN}) is null)`,
].join(' and ');

/** What a condition names by id, of one integration. */
export interface NamedIds {
  groupIds: readonly string[];
  roleIds: readonly string[];
  subAccountIds: readonly string[];
  licenses: readonly string[];
}

/** Which of these ids nothing of the integration has, by kind. One statement. */
export async function unknownIds(
  sql: SqlOrTx,
  integrationId: string,
  { groupIds, roleIds, subAccountIds, licenses }: NamedIds,
): Promise<{ kind: keyof NamedIds; id: string }[]> {
  const missing = (kind: keyof NamedIds, ids: readonly string[], among: string) => sql`
    select ${kind}::text as kind, id from unnest(${[...ids]}::text[]) id
    where not exists (${sql.unsafe(among)} and t.integration_id = ${integrationId})`;
  return sql<{ kind: keyof NamedIds; id: string }[]>`
    ${missing('groupIds', groupIds, 'select from groups t where t.id = id.id and t.removed_at is null')}
    union all ${missing('roleIds', roleIds, 'select from users t where t.role_id = id.id and t.removed_at is null')}
    union all ${missing('subAccountIds', subAccountIds, 'select from accounts t where t.id = id.id and t.removed_at is null')}
    union all ${missing('licenses', licenses, 'select from licenses t where t.unique_id = id.id')}`;
}
