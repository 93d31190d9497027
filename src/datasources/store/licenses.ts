import type { Sql } from '../../db/client.ts';
import { licenses } from '../../db/tables/index.ts';
import type { LicenseRow } from '../../db/tables/rows.ts';
import { DEFAULT_THRESHOLD_DAYS, LOGIN_LAG_DAYS } from '../../policy/inactivity.ts';
import { manyByKey, oneByKey, readerOf, rowsByIds, type Keyed } from './batch.ts';
import { isCounted } from './user-filter.ts';
import type { SqlOrTx } from './writes.ts';

const reader = readerOf(licenses);
/** SQL: the order of licenses `t`. */
export const BASE_FIRST = "t.category = 'BASE' desc, t.name, t.id";

const asShown = (column: string, entered: string) =>
  `case when 'LICENSE_INFORMATION' = any(i.enabled_tasks) then l.${column} else coalesce(l.${entered}, l.${column}) end`;

/** SQL: name and user type of license `l` of integration `i` as people see them; the policy says the same. */
export const SHOWN_NAME = asShown('name', 'entered_name');
export const SHOWN_USER_TYPE = asShown('user_type', 'entered_user_type');

export function licensesByIds(sql: Sql, ids: readonly string[]): Promise<(LicenseRow | null)[]> {
  return rowsByIds(sql, reader, 'licenses', ids);
}

/** Licenses that each user holds, base licenses first. */
export async function licensesByUserIds(sql: Sql, userIds: readonly string[]): Promise<LicenseRow[][]> {
  const raw = await sql.unsafe(
    `select h.user_id as key, ${reader.columns} from license_assignments h join licenses t on t.id = h.license_id
     where h.user_id = any($1::text[]) order by ${BASE_FIRST}`,
    [[...userIds]],
    { prepare: true },
  );
  return manyByKey(userIds, reader.rows(raw) as Keyed<LicenseRow>[], (row) => row.key);
}

/** SQL: is the account of license `t` one that Zoom still lists? What was a sub account's is in no list and no sum. */
export const IS_OF_LISTED = `not exists (select from accounts gone where gone.id = t.account_id and gone.tier = 'SUB' and gone.removed_at is not null)`;

/** Licenses of one integration or (null) of all, base licenses first, without those of sub accounts that Zoom no longer lists; only those that are managed, or aren't, if wanted. */
export async function licensesOfIntegration(
  sql: SqlOrTx,
  integrationId: string | null,
  isManaged: boolean | null = null,
): Promise<LicenseRow[]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from licenses t where ($1::text is null or t.integration_id = $1) and ${IS_OF_LISTED}
       and ($2::boolean is null or t.managed = $2) order by ${BASE_FIRST}`,
    [integrationId, isManaged],
    { prepare: true },
  );
  return reader.rows(raw);
}

/** Licenses of each account, base licenses first. Those of the sub accounts that Zoom lists are their master's as well. */
export async function licensesByAccountIds(sql: Sql, accountIds: readonly string[]): Promise<LicenseRow[][]> {
  const raw = await sql.unsafe(
    `select k.key, ${reader.columns} from unnest($1::text[]) k(key)
     join accounts a on a.id = k.key or (a.master_id = k.key and a.removed_at is null) join licenses t on t.account_id = a.id
     order by ${BASE_FIRST}`,
    [[...accountIds]],
    { prepare: true },
  );
  return manyByKey(accountIds, reader.rows(raw) as Keyed<LicenseRow>[], (row) => row.key);
}

/** How many hold a license, of the users that the integration counts. */
export interface LicenseCounts {
  assigned: number;
  active: number;
  inactive: number;
  neverActive: number;
}

/** SQL: does the rule `r` look at the license `t`? */
const LOOKS_AT =
  `r.integration_id = t.integration_id and r.enabled and r.deleted_at is null and (r.applies_to = t.unique_id ` +
  `or (r.applies_to is null and t.category = 'BASE' and t.user_type not in ('BASIC', 'UNASSIGNED', 'NONE')))`;

/** SQL of the instant that lies a threshold and Zoom's lag before `now`. */
const thresholdBefore = (now: string, days: string) =>
  `${now} - make_interval(hours => 24 * (${LOGIN_LAG_DAYS} + coalesce(${days}, ${DEFAULT_THRESHOLD_DAYS})))`;

/**
 * SQL of the instant after which a sign of use makes a holder of the license `t` active, at the moment `now` (SQL as
 * well): the shortest threshold of the enabled rules that look at the license, and Zoom's lag.
 */
export function activeAfter(now: string): string {
  return thresholdBefore(now, `(select min(r.inactivity_threshold_days) from reclamation_rules r where ${LOOKS_AT})`);
}

/** SQL of the columns of `LicenseCounts`, of the holders `u` who fulfil a condition; `l.since` is the license's `activeAfter`. */
export function countsWhere(condition: string): string {
  return (
    `count(*) filter (where ${condition})::int as assigned, ` +
    `count(*) filter (where ${condition} and u.last_activity_at > l.since)::int as active, ` +
    `count(*) filter (where ${condition} and (u.last_activity_at is null or u.last_activity_at <= l.since))::int as inactive, ` +
    `count(*) filter (where ${condition} and u.last_activity_at is null)::int as "neverActive"`
  );
}

/** SQL of the counts of the licenses `t` that fulfil a condition, at the moment `now` (SQL as well); no row where nobody holds one. */
export function countsOfLicenses(condition: string, now: string): string {
  return (
    // What holders are judged by is worked out once a license; joined, not asked for, so that several processes can count.
    `select h.license_id as id, ${countsWhere('true')} from (` +
    `select t.id, ${thresholdBefore(now, 'min(r.inactivity_threshold_days)')} as since, i.include_free_users, i.include_on_premises ` +
    `from licenses t join integrations i on i.id = t.integration_id left join reclamation_rules r on ${LOOKS_AT} ` +
    `where ${condition} group by t.id, i.id) l join license_assignments h on h.license_id = l.id ` +
    `join users u on u.id = h.user_id and u.removed_at is null and ${isCounted('u', 'l')} group by h.license_id`
  );
}

/**
 * The counts of each license in one statement. Active is who showed a sign of use within the threshold and Zoom's lag;
 * everybody else is inactive, also those who were created too short a time ago to become candidates. The threshold is
 * the shortest of the enabled rules that look at the license.
 */
export async function licenseCounts(sql: Sql, licenseIds: readonly string[], now: Date): Promise<LicenseCounts[]> {
  const rows = await sql.unsafe<(LicenseCounts & { id: string })[]>(
    countsOfLicenses('t.id = any($1::text[])', '$2::timestamptz'),
    [[...licenseIds], now.toISOString()],
    { prepare: true },
  );
  return oneByKey(licenseIds, rows, (row) => row.id).map(
    (counts) => counts ?? { assigned: 0, active: 0, inactive: 0, neverActive: 0 },
  );
}
