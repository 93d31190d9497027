import { recordAudit } from '../datasources/store/audit.ts';
import { candidatesByIds } from '../datasources/store/candidates.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import { lockCandidates } from '../datasources/store/planned-candidates.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import type { Caller } from '../caller.ts';
import type { CandidateRow, IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { ResumeCandidatesInput } from '../schema.generated.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';
import { candidateRefusal, planItem } from './planned-item.ts';

/** Makes candidates ready again that need somebody's attention, after everything was checked once more. All of them or none. */
export async function resumeCandidates(
  deps: Deps,
  caller: Caller,
  input: ResumeCandidatesInput,
): Promise<Outcome<{ candidates: CandidateRow[] }>> {
  const field = ['input', 'candidateIds'];
  const ids = [...new Set(input.candidateIds)];
  if (ids.length === 0 || ids.length > 500)
    return refuse('INVALID', `Give 1 to 500 candidates; there are ${ids.length}.`, field);
  const now = deps.now();
  const refusals = await deps.database.sql.begin(async (tx): Promise<Refusal[]> => {
    const candidates = await lockCandidates(tx, ids, now);
    const integrations = new Map<string, IntegrationRow | null>();
    for (const id of new Set(candidates.map(({ integrationId }) => integrationId))) {
      integrations.set(id, await integrationById(tx, id));
    }
    const problems = ids.flatMap((id): Refusal[] => {
      const candidate = candidates.find((one) => one.id === id);
      const integration = integrations.get(candidate?.integrationId ?? '') ?? null;
      if (candidate === undefined || integration === null)
        return [{ code: 'NOT_FOUND', message: `No candidate has the id ${id}.`, field }];
      const context = { action: null, caller, integration, now };
      const refusals = candidateRefusal(candidate, context);
      if (refusals.length > 0) return refusals;
      if (candidate.candidateStatus !== 'ATTENTION_REQUIRED')
        return [{ code: 'NOTHING_TO_DO', message: `Candidate ${id} needs nobody's attention.`, field }];
      const { error } = planItem(candidate, context);
      return error === null
        ? []
        : [{ code: 'BLOCKED', message: `Candidate ${id} is still blocked: ${error.message}`, field }];
    });
    if (problems.length > 0) return problems;
    const move = { to: 'READY', by: caller.sub, note: input.reason ?? 'Resumed', blockers: [] } as const;
    await moveAllCandidates(tx, ids, { ...move, blockers: [] }, now);
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
  if (refusals.length > 0) return { ok: false, refusals };
  const rows = await candidatesByIds(deps.database.sql, ids);
  return { ok: true, candidates: rows.filter((candidate) => candidate !== null) };
}
