import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { lockLicense, saveEntitlement, termsByLicenseIds } from '../datasources/store/entitlements.ts';
import { newId } from '../db/id.ts';
import type { EntitlementRow, LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { AddEntitlementInput } from '../schema.generated.ts';
import { readBought, saysNothing } from './entitlement-input.ts';
import { NO_SUCH_LICENSE } from './entitlement-refusals.ts';
import { Problems } from './problems.ts';
import { refuse, type Outcome } from './outcome.ts';

/** More terms than a license will ever have; each is compared with each. */
const MAX_TERMS = 100;

/** Enters one more term of what was bought of a license. */
export async function addEntitlement(
  deps: Deps,
  caller: Caller,
  input: AddEntitlementInput,
): Promise<Outcome<{ license: LicenseRow; entitlement: EntitlementRow }>> {
  const problems = new Problems();
  const bought = readBought(problems, input);
  if (problems.refusals.length === 0 && saysNothing(bought)) {
    problems.refusals.push({ code: 'INVALID', message: 'Say what was bought: dates, seats, a price or a purchase.' });
  }
  const now = deps.now();
  return deps.database.sql.begin(async (tx): Promise<Awaited<ReturnType<typeof addEntitlement>>> => {
    const license = await lockLicense(tx, input.licenseId);
    if (license === null) return NO_SUCH_LICENSE;
    if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };
    const [terms = []] = await termsByLicenseIds(tx, [license.id]);
    if (terms.length >= MAX_TERMS) {
      const message = `The license has ${MAX_TERMS} terms, which is the most; remove one that has ended.`;
      return refuse('INVALID', message, ['input', 'licenseId']);
    }
    const { id: licenseId, integrationId } = license;
    const about = { id: newId('ent', now.getTime()), licenseId, integrationId };
    const entitlement = { ...about, ...bought, createdAt: now, updatedAt: now, updatedBy: caller.sub };
    await saveEntitlement(tx, entitlement);
    const details = { entitlementId: entitlement.id, to: bought };
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'entitlement.added', integrationId, subject: licenseId, details },
    ]);
    return { ok: true, license, entitlement };
  });
}
