import type { ReconciliationLineRow } from '../db/tables/rows.ts';

/** What became different of a license (`ReconciliationChangeKind`). */
export type ChangeKind =
  | 'LICENSE_ADDED'
  | 'LICENSE_GONE'
  | 'NEWLY_OVER_ASSIGNED'
  | 'NO_LONGER_OVER_ASSIGNED'
  | 'NEWLY_UNDER_USED'
  | 'NO_LONGER_UNDER_USED'
  | 'NEWLY_UNKNOWN'
  | 'NO_LONGER_UNKNOWN'
  | 'OWNED_CHANGED'
  | 'ASSIGNED_CHANGED'
  | 'USE_CHANGED'
  | 'COST_CHANGED';

/** A license as it was found before and now; null where it was not looked at. */
interface Pair {
  before: ReconciliationLineRow | null;
  now: ReconciliationLineRow | null;
}

/** One license that stands otherwise than it did. */
export interface Change extends Pair {
  kinds: ChangeKind[];
}

/** What stands otherwise than in the reconciliation before, in the order given. */
export function changesBetween(pairs: readonly Pair[]): Change[] {
  return pairs.flatMap(({ before, now }) => {
    const kinds = kindsOf(before, now);
    return kinds.length === 0 ? [] : [{ kinds, before, now }];
  });
}

function kindsOf(before: ReconciliationLineRow | null, now: ReconciliationLineRow | null): ChangeKind[] {
  if (now === null) return before === null ? [] : ['LICENSE_GONE'];
  return before === null ? added(now) : differences(before, now);
}

function added({ position }: ReconciliationLineRow): ChangeKind[] {
  return position === 'OVER_ASSIGNED' ? ['LICENSE_ADDED', 'NEWLY_OVER_ASSIGNED'] : ['LICENSE_ADDED'];
}

/** Which columns of a line are compared besides its position, and what a difference in them is. */
export const COMPARED_COLUMNS = {
  OWNED_CHANGED: ['owned', 'ownedSource'],
  ASSIGNED_CHANGED: ['assigned'],
  USE_CHANGED: ['inactive'],
  COST_CHANGED: ['unitAnnualCost', 'trueUpCost', 'unassignedCost', 'unusedCost', 'currency'],
} as const satisfies Partial<Record<ChangeKind, readonly (keyof ReconciliationLineRow)[]>>;

type Named = 'OVER_ASSIGNED' | 'UNDER_USED' | 'UNKNOWN';

function differences(was: ReconciliationLineRow, is: ReconciliationLineRow): ChangeKind[] {
  const kinds: ChangeKind[] = [];
  if (was.position !== is.position) {
    // Of what is unknown now nobody knows that it was resolved.
    if (was.position !== 'COMPLIANT' && is.position !== 'UNKNOWN')
      kinds.push(`NO_LONGER_${was.position satisfies Named}`);
    if (is.position !== 'COMPLIANT') kinds.push(`NEWLY_${is.position satisfies Named}`);
  }
  for (const [kind, columns] of Object.entries(COMPARED_COLUMNS)) {
    if (columns.some((column) => was[column] !== is[column])) kinds.push(kind as ChangeKind);
  }
  return kinds;
}
