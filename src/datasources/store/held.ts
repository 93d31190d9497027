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

const UNKNOWN_TYPE = `case when ${IS_THERE} and u.type = 'OTHER' then 'TYPE_' || coalesce(u.type_code::text, 'UNKNOWN') end`;
const UNKNOWN_BITS = `
    case when ${IS_THERE} and ${hasUnknownBits('u.zoom_one_type', KNOWN_BUNDLES)} then 'BUNDLE_' || u.zoom_one_type end,
    case when ${IS_THERE} and ${hasUnknownBits('u.plan_united_type', KNOWN_UNITED)} then 'UNITED_' || u.plan_united_type end`;
// Lists are only taken apart for the few users who have something in them.
const UNKNOWN_LISTS = `
  coalesce(case when ${IS_THERE} and jsonb_typeof(u.license_infos) = 'array' then array(
    select distinct 'INFO_' || coalesce(i.type, 'UNKNOWN') || coalesce('_' || i.option, '')
    from jsonb_to_recordset(u.license_infos) as i(type text, option text)
    where coalesce(i.type, i.option) is not null and (${IS_KNOWN_INFO}) is not true
  ) end, '{}') ||
  coalesce(case when ${IS_ACTIVE} and jsonb_typeof(u.features) = 'object' then
    case when u.features - ${texts(KNOWN_FEATURES)} <> '{}' then array(
      select 'FEATURE_' || f.key from jsonb_each(u.features - ${texts(KNOWN_FEATURES)}) f where f.value = 'true'
    ) end end, '{}')`;

/** SQL of the policy's `unrecognizedIdentifiers` for a row `u` of `users`. */
export const UNRECOGNIZED = `(array_remove(array[${UNKNOWN_TYPE}, ${UNKNOWN_BITS}], null) || ${UNKNOWN_LISTS})`;

/** Identifiers of everything that a row `u` of `users` holds, as Zoom sent it. */
const SENT = `
  (array_remove(array[
    case when ${IS_THERE} and u.type <> 'OTHER' then u.type end, ${UNKNOWN_TYPE},
    case when ${IS_ACTIVE} and u.large_meeting_enabled then 'LARGE_MEETING' || coalesce('_' || u.large_meeting_capacity, '') end,
    case when ${IS_ACTIVE} and u.webinar_enabled then 'WEBINAR' || coalesce('_' || u.webinar_capacity, '') end,
    ${UNKNOWN_BITS}
  ], null) || ${UNKNOWN_LISTS})`;

/**
 * SQL: unique ids of what a row `u` of `users` of the account holds, each once, with the mappings of its integration applied.
 * Zoom takes every license from the deactivated, so they hold nothing; the invited hold what is reserved for them.
 */
export function heldBy(tx: SqlOrTx, accountId: string) {
  const sql = tx as Sql;
  const sent = sql.unsafe(SENT);
  // Asks nothing of `u`, so it is read once a statement.
  const map = sql`(
    select jsonb_object_agg(m.identifier, m.unique_id) from license_mappings m
    join accounts a on a.integration_id = m.integration_id where a.id = ${accountId})`;
  return sql`(case when ${map} is null then ${sent}
    else array(select distinct coalesce(${map} ->> sent, sent) from unnest(${sent}) as sent) end)`;
}
