import { licenses } from '../../db/tables/licenses.ts';
import type { LicenseRow } from '../../db/tables/rows.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(licenses);

/** Licenses by id, locked until the transaction ends; in one order, so that two who lock them can't block each other. */
export async function lockLicenses(tx: SqlOrTx, ids: readonly string[]): Promise<LicenseRow[]> {
  return tx<LicenseRow[]>`
    select ${tx.unsafe(COLUMNS)} from licenses where id = any(${[...ids]}::text[]) order by licenses.id for update`;
}

/** Says whether licenses are managed. */
export async function setManaged(tx: SqlOrTx, ids: readonly string[], managed: boolean, now: Date): Promise<void> {
  await tx`update licenses set managed = ${managed}, updated_at = ${now} where id = any(${[...ids]}::text[])`;
}

/** Open candidates of licenses, locked; without those that are being taken back right now. */
export async function candidatesToSkip(tx: SqlOrTx, licenseIds: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select id from reclamation_candidates
    where license_id = any(${[...licenseIds]}::text[]) and closed_at is null and status <> 'AWAITING_REVOCATION'
    order by id for update`;
  return rows.map((row) => row.id);
}

/** What a person enters about a license. */
export type EnteredFacts = Pick<LicenseRow, 'enteredName' | 'enteredUserType' | 'enteredCount' | 'enteredUnlimited'>;

/** Writes what a person entered, in the place of what was entered before. */
export async function saveEntered(tx: SqlOrTx, licenseId: string, facts: EnteredFacts, now: Date): Promise<void> {
  await tx`update licenses set ${tx(columnValues(licenses, { ...facts, updatedAt: now }))} where id = ${licenseId}`;
}

/** Is another license of the account called so by a person, or by Zoom? Letters compare without regard to case. */
export async function hasNamesake(
  tx: SqlOrTx,
  license: Pick<LicenseRow, 'id' | 'accountId'>,
  name: string,
): Promise<boolean> {
  const rows = await tx`
    select from licenses where account_id = ${license.accountId} and id <> ${license.id}
      and lower(coalesce(entered_name, name)) = lower(${name}) limit 1`;
  return rows.length > 0;
}
