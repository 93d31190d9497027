import { guardCounts, lockGuard } from '../datasources/store/reclaim.ts';
import type { ReclamationAction } from '../db/tables/reclamations.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import { guardAllows } from '../policy/guard.ts';
import { removesUser } from '../policy/reclaim-step.ts';
import type { Tx } from './applied.ts';

/**
 * Does a second caller have to confirm what is about to be taken? Over the guard, which nobody else counts or adds to until the
 * transaction ends; and what is deleted is gone for good: that is never for one person alone to decide. `isAutomatic`: nobody
 * asked for it just now, so that nobody is removed at all without a person's word.
 */
export async function secondCaller(
  tx: Tx,
  { id, zoomAccountId }: Pick<IntegrationRow, 'id' | 'zoomAccountId'>,
  actions: readonly ReclamationAction[],
  now: Date,
  isAutomatic = false,
): Promise<{ overGuard: boolean; isNeeded: boolean }> {
  await lockGuard(tx, zoomAccountId);
  const { paidUsers, recent } = await guardCounts(tx, id, now);
  const overGuard = !guardAllows(paidUsers, recent, actions.length);
  const removes = actions.some((action) => action === 'DELETE' || (isAutomatic && removesUser(action)));
  return { overGuard, isNeeded: overGuard || removes };
}
