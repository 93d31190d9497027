import { accounts } from '../../db/tables/index.ts';
import type { AccountRow } from '../../db/tables/rows.ts';
import type { HolderCounts } from '../../policy/reconcile.ts';
import { NO_BITS } from '../../policy/subscription-identifiers.ts';
import { oneByKey, readerOf } from './batch.ts';
import { licensesOutOfCost, usersOutOfCost } from './cost-exclusions.ts';
import { activeAfter, countsWhere } from './licenses.ts';
import { isCounted } from './user-filter.ts';
import type { SqlOrTx } from './writes.ts';

const reader = readerOf(accounts);

/** Every account of an integration that Zoom still lists, sub accounts, by name and last, only where it is tiered. */
export async function accountsToReconcile(sql: SqlOrTx, integrationId: string): Promise<AccountRow[]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from accounts t join integrations i on i.id = t.integration_id
     where t.integration_id = $1 and t.removed_at is null and (t.tier <> 'SUB' or i.kind = 'TIERED')
     order by t.tier = 'SUB', t.name, t.id`,
    [integrationId],
    { prepare: true },
  );
  return reader.rows(raw);
}

/** Does anything of an integration wait or run? */
export async function hasOpenRun(sql: SqlOrTx, integrationId: string): Promise<boolean> {
  const [row] = await sql<{ open: boolean }[]>`
    select exists (
      select from job_runs where integration_id = ${integrationId} and status in ('QUEUED', 'RUNNING')
    ) as open`;
  return row?.open === true;
}

export interface LicenseHolders {
  counts: HolderCounts;
  /** Holders are inactive who showed no sign since. */
  activeSince: Date;
  /** Does an exclusion keep the license as a whole out of cost? */
  isExcluded: boolean;
}

const bundles = (column: string) =>
  `(${column} is not null and lower(${column}) <> all(array[${NO_BITS.map((word) => `'${word}'`).join(', ')}]))`;
const IN_BUNDLE = `(${bundles('u.zoom_one_type')} or ${bundles('u.plan_united_type')})`;

const IS_INACTIVE = '(u.last_activity_at is null or u.last_activity_at <= l.since)';

/** Who holds each license, in the order asked for: one statement, so that all figures are of one moment. */
export async function holdersOfLicenses(
  sql: SqlOrTx,
  licenseIds: readonly string[],
  now: Date,
): Promise<LicenseHolders[]> {
  const rows = await sql.unsafe<(HolderCounts & { id: string; activeSince: Date; isExcluded: boolean })[]>(
    `with looked_at as materialized (
       select t.id, t.integration_id, ${activeAfter('$2::timestamptz')} as since,
         t.id in (${licensesOutOfCost('$2::timestamptz')}) as kept
       from licenses t where t.id = any($1::text[])
     ), kept as materialized (
       ${usersOutOfCost('$2::timestamptz', 't.integration_id in (select integration_id from looked_at)')}
     )
     select l.id, l.since as "activeSince", l.kept as "isExcluded", ${countsWhere('x.counted')},
       count(*) filter (where x.counted and x.excluded)::int as excluded,
       count(*) filter (where x.counted and x.excluded and ${IS_INACTIVE})::int as "excludedInactive",
       count(u.id)::int as holders,
       count(*) filter (where u.is_room)::int as rooms,
       count(*) filter (where ${IN_BUNDLE})::int as bundled,
       count(*) filter (where u.is_room or ${IN_BUNDLE})::int as "roomsOrBundled"
     from looked_at l
     join integrations i on i.id = l.integration_id
     left join (license_assignments h join users u on u.id = h.user_id and u.removed_at is null) on h.license_id = l.id
     cross join lateral (
       select coalesce(${isCounted('u', 'i')}, false) as counted, l.kept or u.id in (select k.id from kept k) as excluded
     ) x
     group by l.id, l.since, l.kept`,
    [[...licenseIds], now.toISOString()],
    { prepare: true },
  );
  return oneByKey(licenseIds, rows, (row) => row.id).map((row, index) => {
    if (row === null) throw new Error(`The license ${licenseIds[index]} is gone.`);
    const { id: _, activeSince, isExcluded, ...counts } = row;
    return { counts, activeSince, isExcluded };
  });
}
