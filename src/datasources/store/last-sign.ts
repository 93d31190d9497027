import { getTableColumns } from 'drizzle-orm';
import { users } from '../../db/tables/users.ts';
import { ACTIVITY_SIGNS, DEFAULT_SIGNS, FACTS_OF_SIGN } from '../../policy/activity-signs.ts';

const COLUMNS = getTableColumns(users);
const USUAL = `'${JSON.stringify(DEFAULT_SIGNS)}'::jsonb`;

/**
 * SQL of the policy's `lastSign` for user `u`: when a sign that counts was last seen, null for never. `signs` is SQL of what
 * the rule says, a `text[]`; null and none stand for the usual signs. `user`: another name for the user.
 */
export function lastSignOf(signs: string, user = 'u'): string {
  const counted = ACTIVITY_SIGNS.map((sign) => {
    const columns = FACTS_OF_SIGN[sign].map((fact) => `${user}.${COLUMNS[fact].name}`).join(', ');
    return `case when '${sign}' = any(${signs}) then greatest(${columns}) end`;
  });
  return `case when nullif(${signs}, '{}') is null then ${user}.last_activity_at else greatest(${counted.join(', ')}) end`;
}

/** SQL: do the signs of a rule (as for `lastSignOf`) differ from those that `evidence` says were counted? */
export function signsDiffer(signs: string, evidence: string): string {
  const now = `coalesce(to_jsonb(nullif(${signs}, '{}')), ${USUAL})`;
  const then = `coalesce(${evidence} -> 'countedSigns', ${USUAL})`;
  return `not (${now} @> ${then} and ${then} @> ${now})`;
}
