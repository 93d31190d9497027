import { keepUntil, setDue } from '../datasources/store/asks.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { lockCandidates } from '../datasources/store/planned-candidates.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import type { Caller } from '../caller.ts';
import type { CandidateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import type { ApproveKeepInput } from '../schema.generated.ts';
import { CANDIDATES_FIELD, onCandidates, refusalsOf } from './on-candidates.ts';
import type { Outcome, Refusal } from './outcome.ts';
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
  const days = input.coolDownDays ?? null;
  return onCandidates(deps, input.candidateIds, async (tx, ids, now) => {
    if (days !== null && (days < 1 || days > 3650)) {
      const message = 'Nobody can be left alone for less than 1 or more than 3650 days.';
      return [{ code: 'INVALID', message, field: ['input', 'coolDownDays'] }];
    }
    const candidates = await lockCandidates(tx, ids, now);
    const field = CANDIDATES_FIELD;
    const problems = refusalsOf(ids, candidates, (candidate): Refusal[] => {
      const { id } = candidate;
      if (candidate.closedAt !== null) {
        return [{ code: 'CANDIDATE_CLOSED', message: `Candidate ${id} is closed.`, field }];
      }
      if (candidate.candidateStatus !== 'AWAITING_APPROVAL') {
        return [{ code: 'NOTHING_TO_DO', message: `Nobody has asked to keep the license of candidate ${id}.`, field }];
      }
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
}
