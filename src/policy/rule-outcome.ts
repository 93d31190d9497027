import type { CandidateStatus } from '../db/tables/reclamations.ts';

/** What may become of somebody whom a rule looks at and calls inactive, or who has left. */
export const RULE_OUTCOMES = ['READY', 'BLOCKED', 'EXCLUDED', 'LEFT_ALONE', 'UNDERWAY', 'OTHER_RULE'] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];

/** What decides about it. */
export interface RuleMatch {
  /** Rules that find them, the first goes first; without those that leave them alone for now. */
  ruleIds: readonly string[];
  /** Exclusions that keep them out. */
  excludedBy: readonly string[];
  /** Status of their open candidate; null: none. */
  openStatus: CandidateStatus | null;
}

/** Candidates that a look for candidates brings up to date; somebody is acting on the others. */
const LOOKED_AT_AGAIN: readonly CandidateStatus[] = ['READY', 'ATTENTION_REQUIRED'];

/** What the next look for candidates makes of a match of this rule. `isBlocked`: does something speak against it? */
export function ruleOutcome(ruleId: string, match: RuleMatch, isBlocked: boolean): RuleOutcome {
  if (match.excludedBy.length > 0) return 'EXCLUDED';
  if (!match.ruleIds.includes(ruleId)) return 'LEFT_ALONE';
  if (match.openStatus !== null && !LOOKED_AT_AGAIN.includes(match.openStatus)) return 'UNDERWAY';
  if (match.ruleIds[0] !== ruleId) return 'OTHER_RULE';
  return isBlocked ? 'BLOCKED' : 'READY';
}
