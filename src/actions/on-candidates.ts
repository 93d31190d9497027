import { candidatesByIds } from '../datasources/store/candidates.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { Tx } from './applied.ts';
import type { Outcome, Refusal } from './outcome.ts';

/** So many candidates go with one request. */
const MAX_CANDIDATES = 500;

export const CANDIDATES_FIELD = ['input', 'candidateIds'];

/** Ids of candidates, each once; `refusal` says why they are no list that can be worked on. */
export function readCandidateIds(given: readonly string[]): { ids: string[]; refusal: Refusal | null } {
  const ids = [...new Set(given)];
  if (ids.length > 0 && ids.length <= MAX_CANDIDATES) return { ids, refusal: null };
  const message = `Give 1 to ${MAX_CANDIDATES} candidates; there are ${ids.length}.`;
  return { ids, refusal: { code: 'INVALID', message, field: CANDIDATES_FIELD } };
}

/** Does something to candidates in one transaction, all of them or none, and answers them as they are then. */
export async function onCandidates(
  deps: Deps,
  given: readonly string[],
  act: (tx: Tx, ids: string[], now: Date) => Promise<Refusal[]>,
): Promise<Outcome<{ candidates: CandidateRow[] }>> {
  const { sql } = deps.database;
  const { ids, refusal } = readCandidateIds(given);
  if (refusal !== null) return { ok: false, refusals: [refusal] };
  const refusals = await sql.begin((tx) => act(tx, ids, deps.now()));
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, candidates: (await candidatesByIds(sql, ids)).filter((candidate) => candidate !== null) };
}

/** Judges each candidate that was asked for; unknown ids are refused. */
export function refusalsOf<C extends { id: string }>(
  ids: readonly string[],
  found: readonly C[],
  judge: (candidate: C) => Refusal[],
): Refusal[] {
  const byId = new Map(found.map((candidate) => [candidate.id, candidate]));
  return ids.flatMap((id) => {
    const candidate = byId.get(id);
    const field = CANDIDATES_FIELD;
    return candidate === undefined
      ? [{ code: 'NOT_FOUND', message: `No candidate has the id ${id}.`, field }]
      : judge(candidate);
  });
}
