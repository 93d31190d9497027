import type { ReclamationItemRow } from '../db/tables/rows.ts';

export type ItemStatus = ReclamationItemRow['status'];

/**
 * Where an item may go from where it is. `SENT` to `SENT` is the next write of several; back to `PLANNED` goes what was
 * certainly not applied; a restore that finds everything as before goes to `RESTORED` without a write.
 */
const NEXT: Readonly<Record<ItemStatus, readonly ItemStatus[]>> = {
  PLANNED: ['PLANNED', 'SENT', 'SKIPPED', 'FAILED', 'RESTORED', 'UNKNOWN'],
  SENT: ['SENT', 'UNKNOWN', 'PLANNED', 'CONFIRMED', 'SKIPPED', 'FAILED', 'RESTORED'],
  UNKNOWN: ['UNKNOWN', 'SENT', 'PLANNED', 'CONFIRMED', 'SKIPPED', 'FAILED', 'RESTORED'],
  CONFIRMED: ['RESTORED'],
  SKIPPED: [],
  // What was taken by half can be given back.
  FAILED: ['RESTORED'],
  RESTORED: [],
};

/** May an item go from one status to another? */
export function mayMove(from: ItemStatus, to: ItemStatus): boolean {
  return NEXT[from].includes(to);
}

/** Statuses from which an item may go to this one. */
export function movableTo(to: ItemStatus): ItemStatus[] {
  return (Object.keys(NEXT) as ItemStatus[]).filter((from) => mayMove(from, to));
}
