import { recordAudit } from '../datasources/store/audit.ts';
import { integrationsByIds } from '../datasources/store/integrations.ts';
import { lockCandidates } from '../datasources/store/planned-candidates.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import type { Caller } from '../caller.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { ResumeCandidatesInput } from '../schema.generated.ts';
import { CANDIDATES_FIELD, onCandidates, refusalsOf } from './on-candidates.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { candidateRefusal, planItem } from './planned-item.ts';

/** Makes candidates ready again that need somebody's attention, after everything was checked once more. All of them or none. */
export async function resumeCandidates(
  deps: Deps,
  caller: Caller,
  input: ResumeCandidatesInput,
): Promise<Outcome<{ candidates: CandidateRow[] }>> {
  return onCandidates(deps, input.candidateIds, async (tx, ids, now) => {
    const candidates = await lockCandidates(tx, ids, now);
    const owners = await integrationsByIds(
      tx,
      candidates.map(({ integrationId }) => integrationId),
    );
    const known = candidates.flatMap((candidate, index) => {
      const integration = owners[index] ?? null;
      return integration === null ? [] : [{ ...candidate, integration }];
    });
    const field = CANDIDATES_FIELD;
    const problems = refusalsOf(ids, known, ({ integration, ...candidate }): Refusal[] => {
      const { id } = candidate;
      const context = { action: null, caller, integration, now };
      const refusals = candidateRefusal(candidate, context);
      if (refusals.length > 0) return refusals;
      if (candidate.candidateStatus !== 'ATTENTION_REQUIRED') {
        return [{ code: 'NOTHING_TO_DO', message: `Candidate ${id} needs nobody's attention.`, field }];
      }
      const { error } = planItem(candidate, context);
      return error === null
        ? []
        : [{ code: 'BLOCKED', message: `Candidate ${id} is still blocked: ${error.message}`, field }];
    });
    if (problems.length > 0) return problems;
    await moveAllCandidates(
      tx,
      ids,
      { to: 'READY', by: caller.sub, note: input.reason ?? 'Resumed', blockers: [] },
      now,
    );
    await recordAudit(
      tx,
      candidates.map(({ id, integrationId, userId, licenseId }) => ({
        at: now,
        actor: caller.sub,
        action: 'candidate.resumed',
        integrationId,
        subject: id,
        details: { userId, licenseId },
      })),
    );
    return [];
  });
}
