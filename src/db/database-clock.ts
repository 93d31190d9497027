/** Whatever the database takes to answer, nobody reserves with a longer lead. */
export const MAX_LEAD_MS = 2_000;

/**
 * What the database's clock says on this process's. The quickest exchange is the most exact one; an older one gives way
 * to one that is a little slower, since clocks drift.
 */
export class DatabaseClock {
  #best: { offsetMs: number; tripMs: number; at: number } | null = null;
  #tripMs = 5;

  observe(sentAt: number, receivedAt: number, databaseMs: number): void {
    const tripMs = receivedAt - sentAt;
    const offsetMs = databaseMs - (sentAt + receivedAt) / 2;
    this.#tripMs = this.#tripMs * 0.8 + tripMs * 0.2;
    const best = this.#best;
    const hasJumped = best !== null && Math.abs(offsetMs - best.offsetMs) > (tripMs + best.tripMs) / 2 + 5;
    if (best === null || hasJumped || tripMs <= best.tripMs + ((receivedAt - best.at) / 1000) * 0.2) {
      this.#best = { offsetMs, tripMs, at: receivedAt };
    }
  }

  toLocal(databaseMs: number): number {
    return databaseMs - (this.#best?.offsetMs ?? 0);
  }

  toDatabase(localMs: number): number {
    return localMs + (this.#best?.offsetMs ?? 0);
  }

  /** How long an answer of the database takes, generously. */
  get leadMs(): number {
    return Math.min(MAX_LEAD_MS, Math.ceil(this.#tripMs * 1.5 + 2));
  }
}
