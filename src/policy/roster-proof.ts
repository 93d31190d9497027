/** What Zoom's own count says; a count that Zoom leaves out is null. */
export interface SummaryCounts {
  rooms: number | null;
  pending: number | null;
  total: number | null;
}

/**
 * Does Zoom's own count leave room for somebody whom the listings did not name? Zoom doesn't document whether its total
 * counts the deactivated, and whether rooms and the invited are counted once more; so a lower total proves nothing, and
 * a higher one is accepted only when exactly those explain it. Without a total there is nothing to disagree with.
 */
export function summaryAgrees(summary: SummaryCounts, listed: number): boolean {
  const { total } = summary;
  if (total === null || total <= listed) return true;
  const [rooms, pending] = [summary.rooms ?? 0, summary.pending ?? 0];
  return [rooms, pending, rooms + pending].includes(total - listed);
}

/**
 * Of so many known people a listing has to name one, or it is not believed at all, whatever its number: it is another
 * account's, or an outage that calls itself empty. Fewer may all have left.
 */
export const RECOGNIZED_FROM = 5;
