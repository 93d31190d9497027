import { dueCandidates, type DueRow } from '../datasources/store/asks.ts';
import { guardCounts } from '../datasources/store/reclaim.ts';
import { clocksApart } from '../datasources/zoom/clock.ts';
import type { Caller } from '../caller.ts';
import type { Deps } from '../deps.ts';
import { guardLimit } from '../policy/guard.ts';
import { reclaim, type Settled } from './reclaim-license.ts';

/** The service itself. No second caller can be it. */
const SYSTEM: Caller = { sub: 'system', scopes: new Set() };

const BATCH = 500;

const REASONS = {
  GIVE_BACK: 'The holder gives it back.',
  REJECT: 'The manager decided that it is not to be kept.',
  SILENCE: 'The holder did not answer in time.',
} as const;

/**
 * Takes what is due of those who were asked, by the way of every reclamation: the guard counts it, and what the guard does not
 * allow waits for a person in a request of its own. `only` one candidate, or all.
 */
export async function takeDue(deps: Deps, only: string | null = null): Promise<void> {
  const { sql } = deps.database;
  const apart = clocksApart(deps);
  if (apart !== null) return deps.log.warn({ problem: apart }, 'what is due waits');
  const groups = new Map<string, DueRow[]>();
  for (const row of await dueCandidates(sql, deps.now(), only === null ? null : [only])) {
    const key = `${row.integrationId} ${row.status} ${row.answer ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  for (const rows of groups.values()) {
    const [first] = rows;
    if (first === undefined) continue;
    const { paidUsers, recent } = await guardCounts(sql, first.integrationId, deps.now());
    const free = Math.max(0, Math.min(BATCH, guardLimit(paidUsers) - recent));
    const ids = rows.map(({ id }) => id);
    const batches = [ids.slice(0, free)];
    for (let from = free; from < ids.length; from += BATCH) batches.push(ids.slice(from, from + BATCH));
    for (const candidateIds of batches) if (candidateIds.length > 0) await take(deps, first, candidateIds);
  }
}

async function take(deps: Deps, { integrationId, status, answer }: DueRow, candidateIds: string[]): Promise<void> {
  const settled: Settled = {
    from: status,
    actor: status === 'AWAITING_APPROVAL' ? 'APPROVER' : answer === 'GIVE_BACK' ? 'USER' : 'SYSTEM',
    isAutomatic: true,
    answer,
  };
  const reason = answer === 'GIVE_BACK' || answer === 'REJECT' ? REASONS[answer] : REASONS.SILENCE;
  try {
    const outcome = await reclaim(deps, SYSTEM, { candidateIds, reason }, settled);
    // What can't be taken now stays due, and is tried again.
    if (!outcome.ok)
      deps.log.info({ integrationId, codes: outcome.refusals.map(({ code }) => code) }, 'due licenses wait');
  } catch (error) {
    deps.log.error({ err: error, integrationId }, 'due licenses could not be planned');
  }
}
