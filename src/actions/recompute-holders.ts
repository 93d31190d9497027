import { saveProvisioned } from '../datasources/store/assignments.ts';
import { mappingsOf, type AccountWithHolders } from '../datasources/store/license-mappings.ts';
import type { SqlOrTx } from '../datasources/store/writes.ts';
import { plansOf } from '../datasources/zoom/accounts.ts';
import { seatsByLicense } from '../policy/license-names.ts';
import { deriveLicenses } from './derive-licenses.ts';

/**
 * Gives those who hold an identifier the licenses that follow from the mappings of now, and the licenses their seats, from
 * what Zoom said last. Zoom is not asked.
 */
export async function recomputeHolders(
  tx: SqlOrTx,
  integrationId: string,
  accounts: readonly AccountWithHolders[],
  now: Date,
): Promise<void> {
  const mapped = await mappingsOf(tx, integrationId);
  for (const { accountId, userIds, planUsage } of accounts) {
    if (userIds.length > 0) await deriveLicenses(tx, { integrationId, accountId }, now, userIds);
    if (planUsage === null) continue;
    const plans = plansOf(planUsage).map(({ key, plan }) => ({ key, type: plan.type, hosts: plan.hosts }));
    await saveProvisioned(tx, accountId, seatsByLicense(plans, mapped), now);
  }
}
