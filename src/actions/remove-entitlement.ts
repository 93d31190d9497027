import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { deleteEntitlement, lockLicense, termsByLicenseIds } from '../datasources/store/entitlements.ts';
import type { LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { RemoveEntitlementInput } from '../schema.generated.ts';
import { boughtOf } from './entitlement-input.ts';
import { NO_SUCH_LICENSE, NO_SUCH_TERM } from './entitlement-refusals.ts';
import type { Outcome } from './outcome.ts';

/** Removes a term of what was bought of a license. */
export async function removeEntitlement(
  deps: Deps,
  caller: Caller,
  input: RemoveEntitlementInput,
): Promise<Outcome<{ license: LicenseRow; entitlementId: string }>> {
  const now = deps.now();
  return deps.database.sql.begin(async (tx): Promise<Awaited<ReturnType<typeof removeEntitlement>>> => {
    const license = await lockLicense(tx, input.licenseId);
    if (license === null) return NO_SUCH_LICENSE;
    const [terms = []] = await termsByLicenseIds(tx, [license.id]);
    const term = terms.find(({ id }) => id === input.entitlementId);
    if (term === undefined) return NO_SUCH_TERM;
    await deleteEntitlement(tx, term.id);
    const { id: licenseId, integrationId } = license;
    const details = { entitlementId: term.id, from: boughtOf(term) };
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'entitlement.removed', integrationId, subject: licenseId, details },
    ]);
    return { ok: true, license, entitlementId: term.id };
  });
}
