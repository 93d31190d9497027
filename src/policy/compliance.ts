import type { Owned } from './owned.ts';

/** What the comparison of owned and assigned says. */
export interface Compliance {
  position: 'COMPLIANT' | 'OVER_ASSIGNED' | 'UNDER_USED' | 'UNKNOWN';
  /** Owned minus assigned; null when it is not known how many are owned, or when there is no limit. */
  delta: number | null;
}

/** Compares what is owned with what is assigned and not used. Where there is no limit, nothing can be wrong with it. */
export function compliance(
  owned: Pick<Owned, 'count' | 'unlimited'>,
  counts: { assigned: number; inactive: number },
): Compliance {
  if (owned.unlimited) return { position: 'COMPLIANT', delta: null };
  if (owned.count === null) return { position: 'UNKNOWN', delta: null };
  const delta = owned.count - counts.assigned;
  if (delta < 0) return { position: 'OVER_ASSIGNED', delta };
  return { position: delta > 0 || counts.inactive > 0 ? 'UNDER_USED' : 'COMPLIANT', delta };
}
