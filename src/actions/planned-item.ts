import type { Caller } from '../caller.ts';
import type { NewItem } from '../datasources/store/reclaim.ts';
import type { PlannedCandidate } from '../datasources/store/planned-candidates.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { CandidateStatus, ReclamationAction } from '../db/tables/reclamations.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { blockersOf } from '../policy/eligibility.ts';
import { leavingOf } from '../policy/leaving.ts';
import { isServiceAddress } from '../policy/people.ts';
import { removesUser, whyNoFit } from '../policy/reclaim-step.ts';
import { missingScopes, removalScope } from '../policy/task-scopes.ts';
import { missingScope, type Refusal } from './outcome.ts';

/** Who plans what. */
export interface PlanContext {
  /** Null: each candidate's own action. */
  action: ReclamationAction | null;
  caller: Caller;
  integration: IntegrationRow;
  now: Date;
  /** Where candidates are that somebody has decided about; left out, they are to be taken from where nobody was asked. */
  from?: CandidateStatus;
}

/** Why a candidate can't be taken at all, so that nothing of a request is done; empty when it may be planned. */
export function candidateRefusal(
  candidate: PlannedCandidate,
  { action: asked, caller, integration, from }: PlanContext,
): Refusal[] {
  const field = ['input', 'candidateIds'];
  if (candidate.closedAt !== null) {
    return [{ code: 'CANDIDATE_CLOSED', message: `Candidate ${candidate.id} is closed.`, field }];
  }
  if (candidate.candidateStatus === 'AWAITING_REVOCATION') {
    return [{ code: 'IN_PROGRESS', message: `Candidate ${candidate.id} is already being taken back.`, field }];
  }
  if (from !== undefined && candidate.candidateStatus !== from) {
    const message = `Nobody has asked to keep the license of candidate ${candidate.id}, or it was decided already.`;
    return [{ code: 'NOTHING_TO_DO', message, field }];
  }
  if (from === undefined && candidate.candidateStatus === 'AWAITING_USER') {
    const message = `The holder of candidate ${candidate.id} was asked and still has time to answer. Wait for it, or dismiss the candidate.`;
    return [{ code: 'IN_PROGRESS', message, field }];
  }
  if (from === undefined && candidate.candidateStatus === 'AWAITING_APPROVAL') {
    const message = `The holder of candidate ${candidate.id} wants to keep it. Decide that with approveKeep or rejectKeep.`;
    return [{ code: 'IN_PROGRESS', message, field }];
  }
  if (candidate.type !== null && !countedTypes(integration).some((type) => type === candidate.type)) {
    const message = `The integration does not count the kind of user of candidate ${candidate.id}.`;
    return [{ code: 'ACTION_NOT_POSSIBLE', message, field }];
  }
  if (!candidate.isManaged) {
    const message = `The license of candidate ${candidate.id} is not managed. Add it with manageLicenses first.`;
    return [{ code: 'ACTION_NOT_POSSIBLE', message, field }];
  }
  const action = asked ?? candidate.action;
  if (isSelf(candidate, caller)) {
    return [{ code: 'BLOCKED', message: 'Nobody takes their own license: ask somebody else.', field }];
  }
  const why = whyNoFit(action, candidate.licenseUniqueId, candidate.type);
  if (why !== null) {
    return [{ code: 'ACTION_NOT_POSSIBLE', message: `${action} of candidate ${candidate.id}: ${why}`, field }];
  }
  if (removesUser(action)) {
    const missing = missingScopes([removalScope(integration.kind)], integration.grantedScopes ?? []);
    if (integration.grantedScopes !== null && missing.length > 0) return [missingScope(missing)];
  }
  return [];
}

export const isSelf = ({ email }: PlannedCandidate, caller: Caller) =>
  email !== null && [caller.sub, caller.email].some((name) => name?.toLowerCase() === email);

/** What becomes of a candidate: planned, or left alone with the reason. */
export function planItem(candidate: PlannedCandidate, { action: asked, integration, now }: PlanContext): NewItem {
  const action = asked ?? candidate.action;
  const item = { candidateId: candidate.id, userId: candidate.userId, action };
  const isOutOfReach = candidate.subAccountId !== null && integration.kind !== 'TIERED';
  if (candidate.accountId === null || candidate.removedAt !== null || candidate.isAccountGone || isOutOfReach) {
    return {
      ...item,
      status: 'SKIPPED',
      error: {
        code: 'NOT_FOUND',
        message: isOutOfReach ? 'The integration no longer looks at sub accounts.' : 'The user has left the account.',
        zoomCode: null,
      },
    };
  }
  const [blocker] = blockersOf(
    {
      ...candidate,
      // By the patterns of now: the roster has them from its next sync on.
      isServiceAccount:
        candidate.isServiceAccount || isServiceAddress(candidate.email ?? '', integration.serviceAccountPatterns),
      isLive: false,
    },
    { authorizedZoomUserId: integration.authorizedZoomUserId, action, leaving: leavingOf(candidate), now },
  );
  if (blocker === undefined) return { ...item, status: 'PLANNED', error: null };
  return { ...item, status: 'SKIPPED', error: { code: blocker.code, message: blocker.message, zoomCode: null } };
}
