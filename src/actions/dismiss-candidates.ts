import { candidatesByIds } from '../datasources/store/candidates.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import { lockCandidates } from '../datasources/store/planned-candidates.ts';
import type { Caller } from '../caller.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { DismissCandidatesInput } from '../schema.generated.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';

/** Closes candidates as skipped. They are not found again before the rule's threshold has passed once more. */
export async function dismissCandidates(
  deps: Deps,
  caller: Caller,
  input: DismissCandidatesInput,
): Promise<Outcome<{ candidates: CandidateRow[] }>> {
  const field = ['input', 'candidateIds'];
  const ids = [...new Set(input.candidateIds)];
  if (ids.length === 0 || ids.length > 500)
    return refuse('INVALID', `Give 1 to 500 candidates; there are ${ids.length}.`, field);
  const now = deps.now();
  const refusals = await deps.database.sql.begin(async (tx): Promise<Refusal[]> => {
    const candidates = await lockCandidates(tx, ids, now);
    const problems = ids.flatMap((id): Refusal[] => {
      const candidate = candidates.find((one) => one.id === id);
      if (candidate === undefined) return [{ code: 'NOT_FOUND', message: `No candidate has the id ${id}.`, field }];
      if (candidate.closedAt !== null)
        return [{ code: 'CANDIDATE_CLOSED', message: `Candidate ${id} is closed.`, field }];
      if (candidate.candidateStatus === 'AWAITING_REVOCATION') {
        return [
          { code: 'IN_PROGRESS', message: `Candidate ${id} is being taken back; stop the reclamation first.`, field },
        ];
      }
      return [];
    });
    if (problems.length > 0) return problems;
    await moveAllCandidates(
      tx,
      ids,
      { to: 'CLOSED_SKIPPED', by: caller.sub, note: input.reason ?? 'Dismissed', isDismissal: true },
      now,
    );
    await recordAudit(
      tx,
      candidates.map((candidate) => ({
        at: now,
        actor: caller.sub,
        action: 'candidate.dismissed',
        integrationId: candidate.integrationId,
        subject: candidate.id,
        details: { userId: candidate.userId, licenseId: candidate.licenseId, from: candidate.candidateStatus },
      })),
    );
    return [];
  });
  if (refusals.length > 0) return { ok: false, refusals };
  return {
    ok: true,
    candidates: (await candidatesByIds(deps.database.sql, ids)).filter((candidate) => candidate !== null),
  };
}
