import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import {
  deleteEntitlement,
  entitlementsByLicenseIds,
  lockLicense,
  saveEntitlement,
} from '../datasources/store/entitlements.ts';
import { newId } from '../db/id.ts';
import type { EntitlementRow, LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { SetEntitlementInput } from '../schema.generated.ts';
import { Problems } from './problems.ts';
import { refuse, type Outcome } from './outcome.ts';

type Bought = Pick<
  EntitlementRow,
  'effectiveDate' | 'expirationDate' | 'cost' | 'currency' | 'paymentFrequency' | 'purchaseIdentifier'
>;

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Enters what was bought, in the place of what was entered before; nothing at all takes the entry away. */
export async function setEntitlement(
  deps: Deps,
  caller: Caller,
  input: SetEntitlementInput,
): Promise<Outcome<{ license: LicenseRow }>> {
  const problems = new Problems();
  const bought = readBought(problems, input);
  const now = deps.now();
  const license = await deps.database.sql.begin(async (tx) => {
    const found = await lockLicense(tx, input.licenseId);
    if (found === null || problems.refusals.length > 0) return found;
    const [before] = await entitlementsByLicenseIds(tx, [found.id], now);
    if (Object.values(bought).every((value) => value === null)) {
      if (before != null) await deleteEntitlement(tx, before.id);
    } else {
      const { id: licenseId, integrationId } = found;
      const fresh = { id: newId('ent', now.getTime()), quantity: null, unlimited: false, createdAt: now };
      const term = { ...fresh, ...before, ...bought, licenseId, integrationId };
      await saveEntitlement(tx, { ...term, updatedAt: now, updatedBy: caller.sub });
    }
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'entitlement.set',
        integrationId: found.integrationId,
        subject: found.id,
        details: { from: before === null || before === undefined ? null : pickBought(before), to: bought },
      },
    ]);
    return found;
  });
  if (license === null) return refuse('NOT_FOUND', 'There is no such license.', ['input', 'licenseId']);
  return problems.refusals.length > 0 ? { ok: false, refusals: problems.refusals } : { ok: true, license };
}

function readBought(problems: Problems, input: SetEntitlementInput): Bought {
  const effectiveDate = readDay(problems, 'effectiveDate', input.effectiveDate);
  const expirationDate = readDay(problems, 'expirationDate', input.expirationDate);
  if (effectiveDate !== null && expirationDate !== null && expirationDate < effectiveDate) {
    problems.add('expirationDate', 'Must not be before the effective date.');
  }
  const cost = input.cost == null ? null : String(input.cost).trim();
  if (cost !== null && !/^\d{1,16}(\.\d{1,4})?$/.test(cost)) {
    problems.add('cost', 'Must be a number that is not negative, with at most 16 digits before and 4 after the point.');
  }
  const currency = input.currency ?? null;
  if (currency !== null && !CURRENCIES.has(currency))
    problems.add('currency', 'Must be a currency code of ISO 4217, for example EUR.');
  const paymentFrequency = input.paymentFrequency ?? null;
  if (cost !== null && currency === null) problems.add('currency', 'A cost needs its currency.');
  if (cost !== null && paymentFrequency === null)
    problems.add('paymentFrequency', 'A cost needs its payment frequency.');
  const purchaseIdentifier =
    input.purchaseIdentifier == null ? null : problems.text('purchaseIdentifier', input.purchaseIdentifier);
  return { effectiveDate, expirationDate, cost, currency, paymentFrequency, purchaseIdentifier };
}

/** A day that the calendar has, `YYYY-MM-DD`. */
function readDay(problems: Problems, field: string, value: unknown): string | null {
  if (value == null) return null;
  // The scalar may hand over a Date.
  const day = value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true;
  if (isDay) return day;
  problems.add(field, 'Must be a day, for example 2026-03-01.');
  return null;
}

function pickBought({
  effectiveDate,
  expirationDate,
  cost,
  currency,
  paymentFrequency,
  purchaseIdentifier,
}: EntitlementRow): Bought {
  return { effectiveDate, expirationDate, cost, currency, paymentFrequency, purchaseIdentifier };
}
