import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { candidatesByIds } from '../datasources/store/candidates.ts';
import { acknowledge, returnsToAcknowledge } from '../datasources/store/returns.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { AcknowledgeReturnsInput } from '../schema.generated.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';

/** Says that what gave licenses back was mended: they may be taken again. All of them or none. */
export async function acknowledgeReturns(
  deps: Deps,
  caller: Caller,
  input: AcknowledgeReturnsInput,
): Promise<Outcome<{ candidates: CandidateRow[] }>> {
  const field = ['input', 'candidateIds'];
  const ids = [...new Set(input.candidateIds)];
  if (ids.length === 0 || ids.length > 500)
    return refuse('INVALID', `Give 1 to 500 candidates; there are ${ids.length}.`, field);
  const now = deps.now();
  const refusals = await deps.database.sql.begin(async (tx): Promise<Refusal[]> => {
    const found = await returnsToAcknowledge(tx, ids);
    const problems = ids.flatMap((id): Refusal[] => {
      const one = found.find((candidate) => candidate.id === id);
      if (one === undefined) return [{ code: 'NOT_FOUND', message: `No candidate has the id ${id}.`, field }];
      const message = `The license of candidate ${id} did not come back by itself, or somebody has acknowledged it already.`;
      return one.open === 0 ? [{ code: 'NOTHING_TO_DO', message, field }] : [];
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
  if (refusals.length > 0) return { ok: false, refusals };
  const candidates = await candidatesByIds(deps.database.sql, ids);
  return { ok: true, candidates: candidates.filter((candidate) => candidate !== null) };
}
