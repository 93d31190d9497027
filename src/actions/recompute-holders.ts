import { mappingsOf, type AccountWithHolders } from '../datasources/store/license-mappings.ts';
import type { SqlOrTx } from '../datasources/store/writes.ts';
import { deriveLicenses } from './derive-licenses.ts';
import { saveSeats } from './save-seats.ts';

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
    await saveSeats(tx, { integrationId, accountId }, { usage: planUsage, mapped, isNew: false }, now);
  }
}
