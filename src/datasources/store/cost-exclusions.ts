import type { Sql } from '../../db/client.ts';
import type { Price } from '../../policy/savings.ts';
import { manyByKey, oneByKey } from './batch.ts';
import { dayOf, termsInForce } from './entitlements.ts';
import { ADDRESS_PATTERN, CONCERNS_USER, IS_FOR_USER } from './exclusions.ts';
import { activeAfter } from './licenses.ts';
import { isCounted, USER_PARTS } from './user-columns.ts';

/** SQL: does exclusion `e` keep out of cost at the moment `now` (SQL as well)? */
const keepsOutOfCost = (now: string) =>
  `e.deleted_at is null and (e.expires_at is null or e.expires_at > ${now}) and e.scope in ('COST', 'BOTH')`;

/** SQL: is user `u`, or license `l`, kept out of cost at the moment `now` (SQL as well)? For few rows at a time. */
export function isOutOfCost(now: string): string {
  return `(not l.managed or exists (select from exclusions e where ${keepsOutOfCost(now)} and ${IS_FOR_USER} and (${CONCERNS_USER} or e.license_id = l.id)))`;
}

/**
 * SQL of the ids of users `t` who are kept out of cost at the moment `now`, of those for whom `condition` holds. Without
 * such exclusions no user is looked at.
 */
export function usersOutOfCost(now: string, condition: string): string {
  // What `CONCERNS_USER` says, with patterns and groups looked up once an exclusion instead of once a user, and each part of
  // the users read as its indexes allow.
  const isForUser = '(e.integration_id is null or e.integration_id = t.integration_id)';
  const named = USER_PARTS.map(
    (part) =>
      `select t.id from users t where ${condition} and ${part} and (select count(*) from e) > 0 and exists (` +
      `select from e where ${isForUser} and (e.user_id = t.id or t.email like e.address or e.department = t.department or e.sub_account_id = t.account_id))`,
  );
  const members = `select t.id from e join users t on t.group_ids @> array[e.zoom_group_id] and ${isForUser} and ${condition}`;
  // The indexes hold no roles: users are read for them only where an exclusion names one.
  const inRole =
    `select t.id from e join users t on t.role_id = e.role_id and ${isForUser} and ${condition} ` +
    `where (select count(*) from e where e.role_id is not null) > 0`;
  return (
    `with e as materialized (` +
    `select e.integration_id, e.user_id, e.department, e.role_id, e.sub_account_id, ${ADDRESS_PATTERN} as address, ` +
    `(select g.zoom_group_id from groups g where g.id = e.group_id) as zoom_group_id ` +
    `from exclusions e where ${keepsOutOfCost(now)} and e.license_id is null` +
    `) ${[...named, members, inRole].join(' union ')}`
  );
}

/** SQL of the ids of licenses that are kept out of cost at the moment `now`: by an exclusion, or because nobody manages them. */
export function licensesOutOfCost(now: string): string {
  return (
    `select e.license_id as id from exclusions e where ${keepsOutOfCost(now)} and e.license_id is not null ` +
    `union all select m.id from licenses m where not m.managed`
  );
}

/** What exclusions keep out of the cost of a license; all of it while it is not managed. */
export interface CostExclusions {
  /** The license itself, with all of its holders. */
  isExcluded: boolean;
  /** How many of the assigned are kept out, and how many of those are inactive: all of them where the license is. */
  assigned: number;
  inactive: number;
}

/** What is kept out of the cost of each license, counted as `licenseCounts` counts, in one statement. */
export async function costExclusions(sql: Sql, licenseIds: readonly string[], now: Date): Promise<CostExclusions[]> {
  const rows = await sql.unsafe<(CostExclusions & { id: string })[]>(
    `with kept_users as materialized (
       ${usersOutOfCost('$2::timestamptz', 'exists (select from license_assignments h where h.user_id = t.id and h.license_id = any($1::text[]))')}
     ), kept_licenses as materialized (${licensesOutOfCost('$2::timestamptz')})
     select l.id, l.kept as "isExcluded", count(u.id)::int as assigned,
       count(u.id) filter (where u.last_activity_at is null or u.last_activity_at <= l.since)::int as inactive
     from (
       select t.id, t.integration_id, ${activeAfter('$2::timestamptz')} as since,
         exists (select from kept_licenses k where k.id = t.id) as kept
       from licenses t where t.id = any($1::text[])
         and (exists (select from kept_users) or exists (select from kept_licenses k where k.id = t.id))
     ) l
     join integrations i on i.id = l.integration_id
     left join (license_assignments h join users u on u.id = h.user_id and u.removed_at is null)
       on h.license_id = l.id and ${isCounted('u', 'i')}
         and (l.kept or exists (select from kept_users k where k.id = u.id))
     group by l.id, l.kept`,
    [[...licenseIds], now.toISOString()],
    { prepare: true },
  );
  return oneByKey(licenseIds, rows, (row) => row.id).map(
    (kept) => kept ?? { isExcluded: false, assigned: 0, inactive: 0 },
  );
}

/** What the licenses of a user cost. */
export interface UserCost {
  /** Is the user kept out of cost? */
  isExcluded: boolean;
  /** Prices of the licenses that they hold and that are not kept out of cost, by the terms that count. */
  prices: Price[];
}

/**
 * What the licenses that each user holds cost at `now`, in one statement. Nothing of those who have left, whom the
 * integration doesn't count, or who are kept out of cost.
 */
export async function userCosts(sql: Sql, userIds: readonly string[], now: Date): Promise<UserCost[]> {
  const rows = await sql.unsafe<(Price & { key: string; isExcluded: boolean; isPriced: boolean })[]>(
    `with kept_users as materialized (${usersOutOfCost('$2::timestamptz', 't.id = any($1::text[])')}),
     kept_licenses as materialized (${licensesOutOfCost('$2::timestamptz')})
     select u.id as key, u.id in (select k.id from kept_users k) as "isExcluded", t.id is not null as "isPriced",
       t.cost::text as cost, t.currency, t.payment_frequency as "paymentFrequency",
       t.effective_date::text as "effectiveDate", t.expiration_date::text as "expirationDate"
     from users u
     join integrations i on i.id = u.integration_id
     left join (license_assignments h join ${termsInForce('$3::date')} t on t.license_id = h.license_id)
       on h.user_id = u.id and u.removed_at is null and ${isCounted('u', 'i')}
         and u.id not in (select k.id from kept_users k) and h.license_id not in (select k.id from kept_licenses k)
     where u.id = any($1::text[])`,
    [[...userIds], now.toISOString(), dayOf(now)],
    { prepare: true },
  );
  return manyByKey(userIds, rows, (row) => row.key).map((found) => ({
    isExcluded: found.some((row) => row.isExcluded),
    prices: found.filter((row) => row.isPriced),
  }));
}
