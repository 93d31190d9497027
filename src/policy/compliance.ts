/** What the comparison of owned and assigned says. */
export interface Compliance {
  position: 'COMPLIANT' | 'OVER_ASSIGNED' | 'UNDER_USED' | 'UNKNOWN';
  /** Owned minus assigned; null when it is not known how many are owned. */
  delta: number | null;
}

/** Compares what is owned with what is assigned and not used. */
export function compliance(owned: number | null, counts: { assigned: number; inactive: number }): Compliance {
  if (owned === null) return { position: 'UNKNOWN', delta: null };
  const delta = owned - counts.assigned;
  if (delta < 0) return { position: 'OVER_ASSIGNED', delta };
  return { position: delta > 0 || counts.inactive > 0 ? 'UNDER_USED' : 'COMPLIANT', delta };
}
