import { recordAudit } from '../datasources/store/audit.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import { lockCandidates } from '../datasources/store/planned-candidates.ts';
import type { Caller } from '../caller.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { DismissCandidatesInput } from '../schema.generated.ts';
import { CANDIDATES_FIELD, onCandidates, refusalsOf } from './on-candidates.ts';
import type { Outcome, Refusal } from './outcome.ts';

/** Closes candidates as skipped. They are not found again before the rule's threshold has passed once more. */
export async function dismissCandidates(
  deps: Deps,
  caller: Caller,
  input: DismissCandidatesInput,
): Promise<Outcome<{ candidates: CandidateRow[] }>> {
  return onCandidates(deps, input.candidateIds, async (tx, ids, now) => {
    const candidates = await lockCandidates(tx, ids, now);
    const field = CANDIDATES_FIELD;
    const problems = refusalsOf(ids, candidates, ({ id, closedAt, candidateStatus }): Refusal[] => {
      if (closedAt !== null) return [{ code: 'CANDIDATE_CLOSED', message: `Candidate ${id} is closed.`, field }];
      const message = `Candidate ${id} is being taken back; stop the reclamation first.`;
      return candidateStatus === 'AWAITING_REVOCATION' ? [{ code: 'IN_PROGRESS', message, field }] : [];
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
}
