import { postpone } from '../datasources/store/asks.ts';
import { moveCandidates } from '../datasources/store/reclaim.ts';
import type { PlannedCandidate } from '../datasources/store/planned-candidates.ts';
import type { NewItem } from '../datasources/store/reclaim.ts';
import type { Tx } from './applied.ts';
import { candidateRefusal, type PlanContext } from './planned-item.ts';

/** Ids by what is said of them, so that it takes a statement for each thing that is said and not for each candidate. */
function grouped<T>(rows: readonly { id: string; what: T }[]): { what: T; ids: string[] }[] {
  const groups = new Map<string, { what: T; ids: string[] }>();
  for (const { id, what } of rows) {
    const key = JSON.stringify(what);
    const group = groups.get(key) ?? { what, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Of candidates that are due, leaves out what can't be taken at all: a person has to look at it.
 *
 * @returns those that can be planned.
 */
export async function withoutImpossible(
  tx: Tx,
  candidates: readonly PlannedCandidate[],
  context: PlanContext,
): Promise<PlannedCandidate[]> {
  const refused = candidates.flatMap(({ id, ...rest }) => {
    const [refusal] = candidateRefusal({ id, ...rest }, context);
    return refusal === undefined ? [] : [{ id, refusal }];
  });
  // What waits for something general, or was moved meanwhile, is left as it is.
  const impossible = refused.flatMap(({ id, refusal: { code, message } }) =>
    code === 'ACTION_NOT_POSSIBLE' ? [{ id, what: message.replaceAll(id, 'it') }] : [],
  );
  for (const { what: note, ids } of grouped(impossible)) {
    await moveCandidates(tx, ids, { to: 'ATTENTION_REQUIRED', by: 'system', note }, context.now);
  }
  const left = new Set(refused.map(({ id }) => id));
  return candidates.filter(({ id }) => !left.has(id));
}

/** What becomes of candidates that are due and blocked: later, at an end, or somebody has to look. */
export async function setAside(
  tx: Tx,
  items: readonly NewItem[],
  blockedUntil: (candidateId: string) => Date | null,
  now: Date,
): Promise<void> {
  const blocked = items.flatMap(({ candidateId: id, error }) =>
    // The next sync reads what is missing.
    error === null || error.code === 'STALE_DATA'
      ? []
      : [{ id, what: { code: error.code, message: error.message, until: blockedUntil(id)?.toISOString() ?? null } }],
  );
  for (const { what, ids } of grouped(blocked)) {
    const { code, message, until } = what;
    if (code === 'UPCOMING_MEETING' && until !== null) await postpone(tx, ids, new Date(until));
    else if (code === 'NOT_FOUND') {
      await moveCandidates(tx, ids, { to: 'CLOSED_SKIPPED', by: 'system', note: message }, now);
    } else {
      const move = { to: 'ATTENTION_REQUIRED', by: 'system', note: message } as const;
      await moveCandidates(tx, ids, { ...move, blockers: [{ ...what, until: null }] }, now);
    }
  }
}
