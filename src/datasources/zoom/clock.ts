/** Zoom tells whole seconds, and answers take their time: less than this is no difference. */
const TOLERANCE_MS = 2_000;
/** After so long a slower exchange than the best one counts again: clocks drift. */
const BELIEF_MS = 10 * 60_000;

const EARLIEST_MS = Date.UTC(2000, 0);
const LATEST_MS = Date.UTC(3000, 0);

/** What Zoom's clock says on ours, by the `Date` of its answers. The quickest exchange is the most exact one. */
export class ZoomClock {
  #best: { skewMs: number; tripMs: number; at: number } | null = null;

  /** An answer came: `date` is its header, the instants are of our clock, in ms since 1970. */
  observe(date: string | undefined, sentAt: number, receivedAt: number): void {
    const told = Date.parse(date ?? '');
    // No clock is that wrong, and with what follows from it nothing could be written down.
    if (!(told >= EARLIEST_MS && told < LATEST_MS)) return;
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

/** Days that decide about people are not counted when the two clocks are further apart: one of them is wrong. */
const MOST_APART_MS = 3_600_000;

/** Why no day can be counted now, in words; null while Zoom's clock and ours agree, as far as that is known. */
export function clocksApart({ zoom }: { zoom: { clockSkewMs(): number } }): string | null {
  const skewMs = zoom.clockSkewMs();
  if (Math.abs(skewMs) <= MOST_APART_MS) return null;
  const hours = Math.round(Math.abs(skewMs) / 3_600_000);
  return (
    `The database's clock is ${hours} hours ${skewMs < 0 ? 'ahead of' : 'behind'} Zoom's, so the days that people had can't be ` +
    'counted and nothing is taken. Set the clock of the machine that the database runs on.'
  );
}

/** An instant of ours on Zoom's clock, as far as that is known. */
export function onZoomClock({ zoom }: { zoom: { clockSkewMs(): number } }, at: Date): Date {
  return new Date(at.getTime() + zoom.clockSkewMs());
}
