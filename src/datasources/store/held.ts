import type postgres from 'postgres';
import {
  KNOWN_BUNDLES,
  KNOWN_FEATURES,
  KNOWN_INFOS,
  KNOWN_UNITED,
  maskOf,
  MAX_BITS,
  NO_BITS,
} from '../../policy/subscription-identifiers.ts';
import type { Sql } from '../../db/client.ts';
import type { SqlOrTx } from './writes.ts';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const texts = (list: readonly string[]) => `array[${list.map(quoted).join(', ')}]::text[]`;

/** SQL: does the text in `column` hold anything but a sum of known bits? */
function hasUnknownBits(column: string, known: readonly bigint[]): string {
  // A cast must not be tried on what is no number, so the order matters.
  return `(case when ${column} is null or lower(${column}) = any(${texts(NO_BITS)}) then false
    when ${column} !~ '^[0-9]{1,19}$' then true
    when ${column}::numeric > ${MAX_BITS} then true
    else (${column}::bigint & ~${maskOf(known)}::bigint) <> 0 end)`;
}

const IS_KNOWN_INFO = [...KNOWN_INFOS]
  .map(([type, known]) => `(i.type = ${quoted(type)} and not ${hasUnknownBits('i.option', known)})`)
  .join(' or ');

const IS_THERE = `u.removed_at is null and u.status <> 'INACTIVE'`;
const IS_ACTIVE = `u.removed_at is null and u.status = 'ACTIVE'`;

const UNKNOWN_TYPE = `case when u.type = 'OTHER' then 'TYPE_' || coalesce(u.type_code::text, 'UNKNOWN') end`;
const UNKNOWN_BUNDLE = `case when ${hasUnknownBits('u.zoom_one_type', KNOWN_BUNDLES)} then 'BUNDLE_' || u.zoom_one_type end`;
const UNKNOWN_UNITED = `case when ${hasUnknownBits('u.plan_united_type', KNOWN_UNITED)} then 'UNITED_' || u.plan_united_type end`;
const LARGE_MEETING = `case when ${IS_ACTIVE} and u.large_meeting_enabled
  then 'LARGE_MEETING' || coalesce('_' || u.large_meeting_capacity, '') end`;
const WEBINAR = `case when ${IS_ACTIVE} and u.webinar_enabled then 'WEBINAR' || coalesce('_' || u.webinar_capacity, '') end`;
const OTHER_FEATURES = `case when jsonb_typeof(u.features) = 'object' then u.features - ${texts(KNOWN_FEATURES)} end`;

type Fragment = postgres.PendingQuery<postgres.Row[]>;

/** Identifiers out of columns, each null where it does not apply, of the users `u` that are meant. */
const inColumns = (sql: Sql, columns: readonly string[], which: Fragment) => sql`
  select u.id as user_id, u.account_id, identifier
  from users u, unnest(array[${sql.unsafe(columns.join(', '))}]) as identifier
  where ${which} and ${sql.unsafe(IS_THERE)} and identifier is not null`;

/** Identifiers out of lists that nobody knows. Only the few who have something in them are taken apart. */
const inLists = (sql: Sql, which: Fragment) => sql`
  select distinct u.id, u.account_id, 'INFO_' || coalesce(i.type, 'UNKNOWN') || coalesce('_' || i.option, '')
  from users u, jsonb_to_recordset(case when jsonb_typeof(u.license_infos) = 'array' then u.license_infos end)
    as i(type text, option text)
  where ${which} and ${sql.unsafe(IS_THERE)} and jsonb_typeof(u.license_infos) = 'array'
    and coalesce(i.type, i.option) is not null and (${sql.unsafe(IS_KNOWN_INFO)}) is not true
  union all
  select u.id, u.account_id, 'FEATURE_' || f.key
  from users u, jsonb_each(${sql.unsafe(OTHER_FEATURES)}) f
  where ${which} and ${sql.unsafe(IS_ACTIVE)} and (${sql.unsafe(OTHER_FEATURES)}) <> '{}' and f.value = 'true'`;

/**
 * SQL of the policy's `unrecognizedIdentifiers`, as rows: `user_id`, `account_id`, `identifier`. `which` is the condition on
 * the users `u` that are meant.
 */
export function unrecognizedOf(tx: SqlOrTx, which: Fragment): Fragment {
  const sql = tx as Sql;
  return sql`(${inColumns(sql, [UNKNOWN_TYPE, UNKNOWN_BUNDLE, UNKNOWN_UNITED], which)} union all ${inLists(sql, which)})`;
}

/**
 * SQL: who of the account, or only of `userIds`, holds what, as rows: `user_id` and `held`, the unique id of a license, with
 * the mappings of the integration applied; the same may come twice. Zoom takes every license from the deactivated, so they
 * hold nothing; the invited hold what is reserved for them.
 */
export function heldOf(tx: SqlOrTx, accountId: string, userIds: readonly string[] | null = null): Fragment {
  const sql = tx as Sql;
  const which =
    userIds === null
      ? sql`u.account_id = ${accountId}`
      : sql`u.account_id = ${accountId} and u.id = any(${[...userIds]}::text[])`;
  const base = `case when u.type <> 'OTHER' then u.type end`;
  const columns = [base, UNKNOWN_TYPE, LARGE_MEETING, WEBINAR, UNKNOWN_BUNDLE, UNKNOWN_UNITED];
  return sql`(
    select s.user_id, coalesce(m.unique_id, s.identifier) as held
    from (${inColumns(sql, columns, which)} union all ${inLists(sql, which)}) s
    left join license_mappings m on m.identifier = s.identifier
      and m.integration_id = (select integration_id from accounts where id = ${accountId})
  )`;
}
