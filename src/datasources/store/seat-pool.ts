import type { Sql } from '../../db/client.ts';
import { licenses } from '../../db/tables/licenses.ts';
import type { LicenseRow } from '../../db/tables/rows.ts';
import type { PoolAccount } from '../../policy/seat-pool.ts';
import { readerOf } from './batch.ts';

const reader = readerOf(licenses);

/** A license of an account, and how many hold it. */
export interface PooledLicenseRow {
  license: LicenseRow;
  account: PoolAccount;
  assigned: number;
  invited: number;
}

const TAKES_A_SEAT = "not (t.category = 'BASE' and t.user_type in ('BASIC', 'UNASSIGNED', 'NONE'))";

/**
 * Every managed license that takes a seat, in every account of an integration that Zoom still lists, or only the one with a unique
 * id, with how many hold it: one statement. Whom the integration does not count takes a seat as well.
 */
export async function pooledLicenses(
  sql: Sql,
  integrationId: string,
  uniqueId: string | null,
): Promise<PooledLicenseRow[]> {
  const rows = await sql.unsafe<(LicenseRow & Record<string, unknown>)[]>(
    `select ${reader.columns}, a.name as "accountName", a.tier, a.plan as "accountPlan", a.seats,
       a.is_roster_complete as "isRosterComplete", a.roster_complete_at as "rosterCompleteAt",
       a.roster_problem as "rosterProblem", coalesce(h.assigned, 0) as assigned, coalesce(h.invited, 0) as invited
     from licenses t
     join accounts a on a.id = t.account_id and a.removed_at is null
     left join (
       select h.license_id, count(*)::int as assigned, count(*) filter (where u.status = 'PENDING')::int as invited
       from license_assignments h
       join users u on u.id = h.user_id and u.removed_at is null
       where h.integration_id = $1 group by 1
     ) h on h.license_id = t.id
     where t.integration_id = $1 and t.managed and ($2::text is null or t.unique_id = $2) and ${TAKES_A_SEAT}
     order by t.category = 'BASE' desc, t.unique_id, a.tier = 'SUB', a.name, a.id`,
    [integrationId, uniqueId],
    { prepare: true },
  );
  return rows.map(({ accountName, tier, accountPlan, seats, isRosterComplete, rosterCompleteAt, ...row }) => {
    const { rosterProblem, assigned, invited, ...license } = row;
    const account = {
      id: license.accountId,
      name: accountName,
      tier,
      plan: accountPlan,
      seats,
      isRosterComplete,
      rosterCompleteAt,
      rosterProblem,
    } as PoolAccount;
    return { license, account, assigned: assigned as number, invited: invited as number };
  });
}

/** Candidates for taking a license back that are ready, the least active first: how many there are, and some of them. */
export async function readyCandidates(
  sql: Sql,
  licenseId: string,
  limit: number,
): Promise<{ total: number; ids: string[] }> {
  const rows = await sql<{ id: string; total: number }[]>`
    select id, (count(*) over ())::int as total from reclamation_candidates
    where license_id = ${licenseId} and status = 'READY' and closed_at is null
    order by inactive_days desc, id limit ${limit}`;
  return { total: rows[0]?.total ?? 0, ids: rows.map(({ id }) => id) };
}
