import { entitlements, licenses } from '../../db/tables/licenses.ts';
import type { EntitlementRow, LicenseRow } from '../../db/tables/rows.ts';
import { oneByKey } from './batch.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(entitlements);
const LICENSE_COLUMNS = columnsOf(licenses);

/** Entitlements by license, in the order asked for; null where nothing was entered. */
export async function entitlementsByLicenseIds(
  sql: SqlOrTx,
  licenseIds: readonly string[],
): Promise<(EntitlementRow | null)[]> {
  const rows = await sql<EntitlementRow[]>`
    select ${sql.unsafe(COLUMNS)} from entitlements where license_id = any(${[...licenseIds]}::text[])`;
  return oneByKey(licenseIds, rows, (row) => row.licenseId);
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

/** Enters what was bought, in the place of what was entered before. */
export async function saveEntitlement(sql: SqlOrTx, entitlement: EntitlementRow): Promise<void> {
  const values = columnValues(entitlements, entitlement);
  await sql`
    insert into entitlements ${sql(values)}
    on conflict (license_id) do update set ${sql(values)}`;
}

export async function deleteEntitlement(sql: SqlOrTx, licenseId: string): Promise<void> {
  await sql`delete from entitlements where license_id = ${licenseId}`;
}
