import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { acknowledge, returnsToAcknowledge } from '../datasources/store/returns.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { AcknowledgeReturnsInput } from '../schema.generated.ts';
import { CANDIDATES_FIELD, onCandidates, refusalsOf } from './on-candidates.ts';
import type { Outcome } from './outcome.ts';

/** Says that what gave licenses back was mended: they may be taken again. All of them or none. */
export async function acknowledgeReturns(
  deps: Deps,
  caller: Caller,
  input: AcknowledgeReturnsInput,
): Promise<Outcome<{ candidates: CandidateRow[] }>> {
  return onCandidates(deps, input.candidateIds, async (tx, ids, now) => {
    const found = await returnsToAcknowledge(tx, ids);
    const problems = refusalsOf(ids, found, ({ id, open }) => {
      const message = `The license of candidate ${id} did not come back by itself, or somebody has acknowledged it already.`;
      return open === 0 ? [{ code: 'NOTHING_TO_DO', message, field: CANDIDATES_FIELD }] : [];
    });
    if (problems.length > 0) return problems;
    await acknowledge(tx, found, { by: caller.sub, note: input.note ?? 'The return was acknowledged', now });
    await recordAudit(
      tx,
      found.map(({ id, integrationId, userId, licenseId }) => ({
        at: now,
        actor: caller.sub,
        action: 'candidate.return-acknowledged',
        integrationId,
        subject: id,
        details: { userId, licenseId },
      })),
    );
    return [];
  });
}
