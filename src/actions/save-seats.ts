import { addLicenses, saveProvisioned, type Unnamed } from '../datasources/store/assignments.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import type { RosterPlace } from '../datasources/store/roster.ts';
import type { SqlOrTx } from '../datasources/store/writes.ts';
import { planSeatsOf, refusedCounts, type PlanUsagePayload } from '../datasources/zoom/accounts.ts';
import { licenseWords, seatsByLicense } from '../policy/license-names.ts';

/**
 * Gives the licenses of an account the plans and seats that a usage answer says, with what people said that unknown plans
 * stand for; `isNew` says that Zoom answered just now, and not that what it said last is read anew. A license keeps its
 * holders and what was entered about it, whatever becomes of its plan. Every change of what was known is audited.
 */
export async function saveSeats(
  tx: SqlOrTx,
  place: RosterPlace,
  { usage, mapped, isNew }: { usage: PlanUsagePayload; mapped: ReadonlyMap<string, string>; isNew: boolean },
  now: Date,
): Promise<void> {
  const plans = planSeatsOf(usage);
  const seats = seatsByLicense(plans, mapped);
  if (isNew)
    await addLicenses(
      tx,
      place,
      seats.map(({ uniqueId }) => licenseWords(uniqueId)),
      now,
    );
  const changes = await saveProvisioned(tx, place.accountId, seats, isNew ? unnamedIn(usage) : 'NO_PLAN', now);
  await recordAudit(
    tx,
    changes.map(({ licenseId, before, after }) => ({
      at: now,
      actor: 'system',
      action: 'license.plan.changed',
      integrationId: place.integrationId,
      subject: licenseId,
      details: { because: isNew ? 'ZOOM' : 'MAPPING', before, after },
    })),
  );
}

function unnamedIn(usage: PlanUsagePayload): Unnamed {
  if (refusedCounts(usage).length > 0) return 'AS_BEFORE';
  return planSeatsOf(usage).some(({ type, hosts }) => type !== null || hosts !== null) ? 'NO_SEATS' : 'UNKNOWN';
}
