/** Zoom tells whole seconds, and answers take their time: less than this is no difference. */
const TOLERANCE_MS = 2_000;
/** After so long a slower exchange than the best one counts again: clocks drift. */
const BELIEF_MS = 10 * 60_000;

/** What Zoom's clock says on ours, by the `Date` of its answers. The quickest exchange is the most exact one. */
export class ZoomClock {
  #best: { skewMs: number; tripMs: number; at: number } | null = null;

  /** An answer came: `date` is its header, the instants are of our clock, in ms since 1970. */
  observe(date: string | undefined, sentAt: number, receivedAt: number): void {
    const told = Date.parse(date ?? '');
    if (Number.isNaN(told)) return;
    const tripMs = Math.max(0, receivedAt - sentAt);
    const best = this.#best;
    // Half a second is added for what the header cuts off.
    const skewMs = told + 500 - (sentAt + receivedAt) / 2;
    const hasJumped = best !== null && Math.abs(skewMs - best.skewMs) > 1_000 + (tripMs + best.tripMs) / 2;
    if (best !== null && !hasJumped && tripMs > best.tripMs && receivedAt - best.at < BELIEF_MS) return;
    this.#best = { skewMs, tripMs, at: receivedAt };
  }

  /** How far Zoom's clock is ahead of ours, in ms; 0 while nothing speaks for a difference. */
  get skewMs(): number {
    const best = this.#best;
    if (best === null || Math.abs(best.skewMs) < TOLERANCE_MS + best.tripMs / 2) return 0;
    return Math.round(best.skewMs);
  }
}

/** An instant of ours on Zoom's clock, as far as that is known. */
export function onZoomClock({ zoom }: { zoom: { clockSkewMs(): number } }, at: Date): Date {
  return new Date(at.getTime() + zoom.clockSkewMs());
}
