import { postpone } from '../datasources/store/asks.ts';
import { moveCandidates } from '../datasources/store/reclaim.ts';
import type { PlannedCandidate } from '../datasources/store/planned-candidates.ts';
import type { NewItem } from '../datasources/store/reclaim.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { Tx } from './applied.ts';
import { candidateRefusal, type PlanContext } from './planned-item.ts';

/**
 * Of candidates that are due, leaves out what can't be taken at all: a person has to look at it.
 *
 * @returns those that can be planned.
 */
export async function withoutImpossible(
  tx: Tx,
  candidates: readonly PlannedCandidate[],
  context: PlanContext & { integration: IntegrationRow },
): Promise<PlannedCandidate[]> {
  const possible: PlannedCandidate[] = [];
  for (const candidate of candidates) {
    const [refusal] = candidateRefusal(candidate, context);
    if (refusal === undefined) possible.push(candidate);
    // What waits for something general, or was moved meanwhile, is left as it is.
    else if (refusal.code === 'ACTION_NOT_POSSIBLE') {
      const move = { to: 'ATTENTION_REQUIRED', by: 'system', note: refusal.message } as const;
      await moveCandidates(tx, [candidate.id], move, context.now);
    }
  }
  return possible;
}

/** What becomes of candidates that are due and blocked: later, at an end, or somebody has to look. */
export async function setAside(
  tx: Tx,
  items: readonly NewItem[],
  blockedUntil: (candidateId: string) => Date | null,
  now: Date,
): Promise<void> {
  for (const { candidateId, error } of items) {
    if (error === null) continue;
    const { code, message } = error;
    const until = blockedUntil(candidateId);
    // The next sync reads what is missing.
    if (code === 'STALE_DATA') continue;
    if (code === 'UPCOMING_MEETING' && until !== null) await postpone(tx, candidateId, until);
    else if (code === 'NOT_FOUND') {
      await moveCandidates(tx, [candidateId], { to: 'CLOSED_SKIPPED', by: 'system', note: message }, now);
    } else {
      const blockers = [{ code, message, until: until?.toISOString() ?? null }];
      const move = { to: 'ATTENTION_REQUIRED', by: 'system', note: message, blockers } as const;
      await moveCandidates(tx, [candidateId], { ...move, blockers }, now);
    }
  }
}
