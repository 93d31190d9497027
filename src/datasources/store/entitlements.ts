import { entitlements, licenses } from '../../db/tables/licenses.ts';
import type { EntitlementRow, LicenseRow } from '../../db/tables/rows.ts';
import { manyByKey, oneByKey, readerOf } from './batch.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const reader = readerOf(entitlements);
const LICENSE_COLUMNS = columnsOf(licenses);

/**
 * SQL of the one term of each license that counts on `today` (SQL as well, of a day): of those in force the one that
 * began last; where none is, the one that ended last, and before the first one the first.
 */
export function termsInForce(today: string): string {
  const isEnded = `e.expiration_date < ${today}`;
  const isAhead = `e.effective_date > ${today}`;
  return (
    `(select distinct on (e.license_id) e.* from entitlements e order by e.license_id, ` +
    `case when ${isEnded} then 1 when ${isAhead} then 2 else 0 end, ` +
    `case when ${isEnded} then e.expiration_date end desc, case when ${isAhead} then e.effective_date end, ` +
    `e.effective_date desc nulls last, e.id desc)`
  );
}

/** The day of a moment in UTC, as SQL compares it with days. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** The term of each license that counts at `now`, in the order asked for; null where nothing was entered. */
export async function entitlementsByLicenseIds(
  sql: SqlOrTx,
  licenseIds: readonly string[],
  now: Date,
): Promise<(EntitlementRow | null)[]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from ${termsInForce('$2::date')} t where t.license_id = any($1::text[])`,
    [[...licenseIds], dayOf(now)],
    { prepare: true },
  );
  return oneByKey(licenseIds, reader.rows(raw), (row) => row.licenseId);
}

/** All terms of each license, the one that begins first before the others. */
export async function termsByLicenseIds(sql: SqlOrTx, licenseIds: readonly string[]): Promise<EntitlementRow[][]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from entitlements t where t.license_id = any($1::text[])
     order by t.effective_date nulls first, t.id`,
    [[...licenseIds]],
    { prepare: true },
  );
  return manyByKey(licenseIds, reader.rows(raw), (row) => row.licenseId);
}

/** The license that an entitlement is about; null when unknown. Locked until the caller's transaction ends. */
export async function lockLicense(tx: SqlOrTx, id: string): Promise<LicenseRow | null> {
  const [row] = await tx<LicenseRow[]>`select ${tx.unsafe(LICENSE_COLUMNS)} from licenses where id = ${id} for update`;
  return row ?? null;
}

/** Is a license with this unique id known, and what is it? Null when no sync has seen it. */
export async function licenseCategory(
  sql: SqlOrTx,
  integrationId: string,
  uniqueId: string,
): Promise<LicenseRow['category'] | null> {
  const [row] = await sql<{ category: LicenseRow['category'] }[]>`
    select category from licenses where integration_id = ${integrationId} and unique_id = ${uniqueId} limit 1`;
  return row?.category ?? null;
}

/** Enters one term of what was bought, in the place of what was entered under its id before. */
export async function saveEntitlement(sql: SqlOrTx, entitlement: EntitlementRow): Promise<void> {
  const values = columnValues(entitlements, entitlement);
  await sql`
    insert into entitlements ${sql(values)}
    on conflict (id) do update set ${sql(values)}`;
}

export async function deleteEntitlement(sql: SqlOrTx, id: string): Promise<void> {
  await sql`delete from entitlements where id = ${id}`;
}
