import { forgetHistory, forgetLeftListings } from '../datasources/store/retention.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';

/** A look ends after so long; what is left is forgotten the next day. */
const LOOK_MS = 120_000;

/** Forgets what is older than `HISTORY_KEPT_DAYS`, and what failed runs left behind. See docs/scaling.md. */
export async function forgetOldHistory(deps: Deps, signal: AbortSignal): Promise<void> {
  const { sql } = deps.database;
  const { historyKeptDays } = deps.config;
  const startedAt = performance.now();
  const isOver = () => signal.aborted || performance.now() - startedAt > LOOK_MS;
  const rosterListings = await forgetLeftListings(sql);
  const forgotten =
    historyKeptDays === null
      ? {}
      : await forgetHistory(sql, new Date(deps.now().getTime() - historyKeptDays * DAY_MS), isOver);
  deps.log.info({ ...forgotten, rosterListings }, 'history was forgotten');
}
