import { keepUntil, setDue } from '../datasources/store/asks.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { candidatesByIds } from '../datasources/store/candidates.ts';
import { lockCandidates } from '../datasources/store/planned-candidates.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import type { Caller } from '../caller.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import type { ApproveKeepInput } from '../schema.generated.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';
import { isSelf } from './planned-item.ts';

/**
 * Lets holders keep what they want to keep. They are not found again before the rule's threshold has passed once more, or
 * before as many days as are given.
 */
export async function approveKeep(
  deps: Deps,
  caller: Caller,
  input: ApproveKeepInput,
): Promise<Outcome<{ candidates: CandidateRow[] }>> {
  const field = ['input', 'candidateIds'];
  const ids = [...new Set(input.candidateIds)];
  if (ids.length === 0 || ids.length > 500)
    return refuse('INVALID', `Give 1 to 500 candidates; there are ${ids.length}.`, field);
  const days = input.coolDownDays ?? null;
  if (days !== null && (days < 1 || days > 3650)) {
    return refuse('INVALID', 'Nobody can be left alone for less than 1 or more than 3650 days.', [
      'input',
      'coolDownDays',
    ]);
  }
  const now = deps.now();
  const refusals = await deps.database.sql.begin(async (tx): Promise<Refusal[]> => {
    const candidates = await lockCandidates(tx, ids, now);
    const problems = ids.flatMap((id): Refusal[] => {
      const candidate = candidates.find((one) => one.id === id);
      if (candidate === undefined) return [{ code: 'NOT_FOUND', message: `No candidate has the id ${id}.`, field }];
      if (candidate.closedAt !== null)
        return [{ code: 'CANDIDATE_CLOSED', message: `Candidate ${id} is closed.`, field }];
      if (candidate.candidateStatus !== 'AWAITING_APPROVAL')
        return [{ code: 'NOTHING_TO_DO', message: `Nobody has asked to keep the license of candidate ${id}.`, field }];
      return isSelf(candidate, caller)
        ? [{ code: 'BLOCKED', message: 'Nobody decides about their own license: ask somebody else.', field }]
        : [];
    });
    if (problems.length > 0) return problems;
    const note = input.reason ?? 'The holder may keep it.';
    const move = { to: 'CLOSED_SKIPPED', by: caller.sub, actor: 'APPROVER', note, isDismissal: days === null } as const;
    await moveAllCandidates(tx, ids, move, now);
    await setDue(tx, ids, { dueAt: null, notBefore: null });
    if (days !== null) await keepUntil(tx, ids, new Date(now.getTime() + days * DAY_MS));
    await recordAudit(
      tx,
      candidates.map(({ id, integrationId, userId, licenseId }) => ({
        at: now,
        actor: caller.sub,
        action: 'candidate.keep-approved',
        integrationId,
        subject: id,
        details: { userId, licenseId, coolDownDays: days },
      })),
    );
    return [];
  });
  if (refusals.length > 0) return { ok: false, refusals };
  const rows = await candidatesByIds(deps.database.sql, ids);
  return { ok: true, candidates: rows.filter((candidate) => candidate !== null) };
}
