import type { Sql } from '../../db/client.ts';
import { entitlements } from '../../db/tables/licenses.ts';
import type { AccountRow, EntitlementRow } from '../../db/tables/rows.ts';
import type { WeekPoint } from '../../policy/seat-need.ts';
import { readerOf } from './batch.ts';
import { excludes } from './inactive-holders.ts';
import { activeAfter } from './licenses.ts';
import { isCounted } from './user-filter.ts';

const terms = readerOf(entitlements);

/** A term of an entitlement with its last day. */
export interface EndingTerm extends EntitlementRow {
  expirationDate: string;
  /** Does another term go on where this one ends? */
  isFollowed: boolean;
}

/**
 * Terms that end by a day. Of those that have ended already only what no term with a later end has followed: the others
 * are history.
 */
export async function endingTerms(
  sql: Sql,
  integrationId: string,
  today: string,
  until: string,
): Promise<EndingTerm[]> {
  return sql<EndingTerm[]>`
    select ${sql.unsafe(terms.columns)}, exists (
      select from entitlements o where o.license_id = t.license_id and o.effective_date <= t.expiration_date + 1
        and o.effective_date > coalesce(t.effective_date, '-infinity')
        and coalesce(o.expiration_date, 'infinity') > t.expiration_date
    ) as "isFollowed"
    from entitlements t join licenses l on l.id = t.license_id
    where t.integration_id = ${integrationId} and t.expiration_date <= ${until}::date
      and (t.expiration_date >= ${today}::date or not exists (
        select from entitlements o where o.license_id = t.license_id
          and coalesce(o.expiration_date, 'infinity') > t.expiration_date))`;
}

/** Sub accounts whose subscription ends by a day, those that Zoom still lists. */
export async function endingSubscriptions(
  sql: Sql,
  integrationId: string,
  until: string,
): Promise<(Pick<AccountRow, 'id' | 'seats'> & { endsOn: string })[]> {
  return sql`
    select id, seats, ((subscription_end_at at time zone 'UTC')::date)::text as "endsOn" from accounts
    where integration_id = ${integrationId} and tier = 'SUB' and removed_at is null
      and subscription_end_at < ${until}::date + 1`;
}

/**
 * How many holders each license has to be kept for although no sign of use speaks for them: who is invited, who is excluded
 * from candidates, who is no person, and whom the integration does not count. One statement.
 */
export async function keptHolders(sql: Sql, licenseIds: readonly string[], now: Date): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; count: number }[]>`
    select l.id, count(*)::int as count
    from licenses l
    join licenses t on t.id = l.id
    join integrations i on i.id = l.integration_id
    join license_assignments h on h.license_id = l.id
    join users u on u.id = h.user_id and u.removed_at is null
    cross join lateral (select ${sql.unsafe(isCounted('u', 'i'))} as it) counted
    where l.id = any(${[...licenseIds]}::text[]) and (
      not counted.it
      or (
        (u.last_activity_at > ${sql.unsafe(activeAfter(`'${now.toISOString()}'::timestamptz`))}) is not true
        and (u.status = 'PENDING' or u.kind <> 'PERSON' or exists (select from exclusions e where ${excludes(sql, now)}))
      )
    )
    group by l.id`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** The most that used each license on a day of each week, as reconciliations noted it: one statement. */
export async function reconciledWeeks(
  sql: Sql,
  licenseIds: readonly string[],
  since: string,
): Promise<Map<string, WeekPoint[]>> {
  const rows = await sql<(WeekPoint & { id: string })[]>`
    select license_id as id, (date_trunc('week', day::timestamp)::date)::text as week, max(active)::int as active
    from license_days where license_id = any(${[...licenseIds]}::text[]) and day >= ${since}::date
    group by 1, 2 order by 1, 2`;
  return Map.groupBy(rows, ({ id }) => id);
}
