import type { CandidateStatus } from '../db/tables/reclamations.ts';

/**
 * Who may cause a step: the service by itself, the holder of the license, somebody who decides about a wish to keep it, or
 * somebody who calls a mutation.
 */
export type CandidateActor = 'SYSTEM' | 'USER' | 'APPROVER' | 'OPERATOR';

export interface CandidateTransition {
  /** Null: it is found. */
  from: CandidateStatus | null;
  to: CandidateStatus;
  by: readonly CandidateActor[];
  /** When it happens, in words. */
  why: string;
}

/** Open and not on its way: nothing may have been sent to Zoom yet. */
export const NOT_YET_TAKEN = ['ATTENTION_REQUIRED', 'READY', 'AWAITING_USER', 'AWAITING_APPROVAL'] as const;

const OPEN: readonly CandidateStatus[] = [...NOT_YET_TAKEN, 'AWAITING_REVOCATION'];

const step = (
  from: CandidateTransition['from'],
  to: CandidateStatus,
  by: readonly CandidateActor[],
  why: string,
): CandidateTransition => ({ from, to, by, why });

/** Every step that a candidate may take. What is not here does not happen: closed ones stay as they are. */
export const CANDIDATE_TRANSITIONS: readonly CandidateTransition[] = [
  step(null, 'READY', ['SYSTEM'], 'A rule found it, and nothing speaks against it.'),
  step(null, 'ATTENTION_REQUIRED', ['SYSTEM'], 'A rule found it, and something speaks against it.'),
  step('READY', 'ATTENTION_REQUIRED', ['SYSTEM'], 'Something speaks against it now, or the user can not be asked.'),
  step('ATTENTION_REQUIRED', 'READY', ['SYSTEM', 'OPERATOR'], 'What spoke against it is gone, or somebody resumed it.'),
  step('READY', 'AWAITING_USER', ['OPERATOR'], 'It was asked for, and its rule asks the user first.'),
  step('ATTENTION_REQUIRED', 'AWAITING_USER', ['OPERATOR'], 'The same, after everything was checked again.'),
  step('READY', 'AWAITING_REVOCATION', ['OPERATOR'], 'It was asked for, and its rule asks nobody.'),
  step('ATTENTION_REQUIRED', 'AWAITING_REVOCATION', ['OPERATOR'], 'The same, after everything was checked again.'),
  step('AWAITING_USER', 'AWAITING_USER', ['USER', 'SYSTEM'], 'The user needs it until a day, or is asked again then.'),
  step('AWAITING_USER', 'AWAITING_APPROVAL', ['USER'], 'The user wants to keep it.'),
  step(
    'AWAITING_USER',
    'AWAITING_REVOCATION',
    ['USER', 'SYSTEM'],
    'The user gives it back, or did not answer in time.',
  ),
  step(
    'AWAITING_USER',
    'ATTENTION_REQUIRED',
    ['SYSTEM'],
    'No message reached the user, or something speaks against it.',
  ),
  step('AWAITING_APPROVAL', 'CLOSED_SKIPPED', ['APPROVER'], 'The user may keep it.'),
  step('AWAITING_APPROVAL', 'AWAITING_REVOCATION', ['APPROVER'], 'The user may not keep it.'),
  step(
    'AWAITING_APPROVAL',
    'ATTENTION_REQUIRED',
    ['SYSTEM'],
    'It may not be kept, but something speaks against taking it.',
  ),
  step('AWAITING_REVOCATION', 'CLOSED_COMPLETE', ['SYSTEM', 'OPERATOR'], 'Zoom shows that it was taken.'),
  step('AWAITING_REVOCATION', 'READY', ['SYSTEM'], 'The reclamation was stopped before it was this one’s turn.'),
  step('AWAITING_REVOCATION', 'ATTENTION_REQUIRED', ['SYSTEM'], 'Zoom refused, or something spoke against it.'),
  ...OPEN.map((from) => step(from, 'CLOSED_CANCELED', ['SYSTEM'], 'The user became active again.')),
  ...OPEN.map((from) =>
    step(
      from,
      'CLOSED_SKIPPED',
      ['SYSTEM', 'OPERATOR'],
      'User or license is gone or kept out, or somebody dismissed it.',
    ),
  ),
];

/** May somebody cause this step? */
export function mayCandidateMove(from: CandidateStatus | null, to: CandidateStatus, actor: CandidateActor): boolean {
  return CANDIDATE_TRANSITIONS.some((one) => one.from === from && one.to === to && one.by.includes(actor));
}

/** Statuses from which somebody may cause the step to this one. */
export function candidateSources(to: CandidateStatus, actor: CandidateActor): CandidateStatus[] {
  return OPEN.filter((from) => mayCandidateMove(from, to, actor));
}
