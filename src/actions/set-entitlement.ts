import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import {
  dayOf,
  deleteEntitlement,
  lockLicense,
  saveEntitlement,
  termsByLicenseIds,
} from '../datasources/store/entitlements.ts';
import { newId } from '../db/id.ts';
import type { EntitlementRow, LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { countingTerm } from '../policy/terms.ts';
import type { SetEntitlementInput } from '../schema.generated.ts';
import { boughtOf, readBought, saysNothing } from './entitlement-input.ts';
import { NO_SUCH_LICENSE, NO_SUCH_TERM } from './entitlement-refusals.ts';
import { Problems } from './problems.ts';
import type { Outcome } from './outcome.ts';

/**
 * Enters what was bought, in the place of what one term said before: the one that is named, or the one that counts today,
 * or a first one. Nothing at all takes the term away.
 */
export async function setEntitlement(
  deps: Deps,
  caller: Caller,
  input: SetEntitlementInput,
): Promise<Outcome<{ license: LicenseRow; entitlement: EntitlementRow | null }>> {
  const problems = new Problems();
  const bought = readBought(problems, input);
  const now = deps.now();
  return deps.database.sql.begin(async (tx): Promise<Awaited<ReturnType<typeof setEntitlement>>> => {
    const license = await lockLicense(tx, input.licenseId);
    if (license === null) return NO_SUCH_LICENSE;
    const [terms = []] = await termsByLicenseIds(tx, [license.id]);
    const before =
      input.entitlementId == null
        ? countingTerm(terms, dayOf(now))
        : terms.find(({ id }) => id === input.entitlementId);
    if (before === undefined) return NO_SUCH_TERM;
    if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };
    const { id: licenseId, integrationId } = license;
    const fresh = { id: newId('ent', now.getTime()), createdAt: now };
    const entitlement = saysNothing(bought)
      ? null
      : { ...fresh, ...before, ...bought, licenseId, integrationId, updatedAt: now, updatedBy: caller.sub };
    if (entitlement !== null) await saveEntitlement(tx, entitlement);
    else if (before !== null) await deleteEntitlement(tx, before.id);
    const details = {
      entitlementId: (entitlement ?? before)?.id ?? null,
      from: before && boughtOf(before),
      to: bought,
    };
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'entitlement.set', integrationId, subject: licenseId, details },
    ]);
    return { ok: true, license, entitlement };
  });
}
