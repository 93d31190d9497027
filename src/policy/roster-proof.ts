/** What Zoom's own count says; a count that Zoom leaves out is null. */
export interface SummaryCounts {
  rooms: number | null;
  total: number | null;
}

/** What the listings named. */
export interface ListedCounts {
  active: number;
  inactive: number;
  pending: number;
  /** Different users in all. */
  listed: number;
}

/**
 * Does Zoom's own count confirm the listings? Zoom doesn't document whether its total counts the deactivated, the
 * invited and the rooms, so each way of counting is accepted; any other number means that somebody is missing. Without
 * a total there is nothing to disagree with.
 */
export function summaryAgrees(summary: SummaryCounts, listed: ListedCounts): boolean {
  if (summary.total === null) return true;
  const rooms = summary.rooms ?? 0;
  const people = [
    listed.listed,
    listed.listed - listed.inactive,
    listed.listed - listed.pending,
    listed.listed - listed.inactive - listed.pending,
  ];
  return people.some((count) => [count, count + rooms, count - rooms].includes(summary.total ?? -1));
}
