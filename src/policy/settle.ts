/** A write whose answer was lost may still be on its way to Zoom's database for so long, in milliseconds. */
export const SETTLE_MS = 5_000;

/** How much longer to wait before a write sent at `sentAt` must have shown; 0: look now. */
export function settleLeft(sentAt: Date | null, now: Date, settleMs: number): number {
  const elapsed = now.getTime() - (sentAt?.getTime() ?? 0);
  return Math.max(0, Math.min(settleMs, settleMs - elapsed));
}
