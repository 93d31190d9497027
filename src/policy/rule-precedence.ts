import type { RuleRow } from '../db/tables/rows.ts';

/** What decides which rule goes first where several find the same license of a user. */
export type RuleStanding = Pick<RuleRow, 'id' | 'priority' | 'appliesTo' | 'condition' | 'createdAt'>;

/** How narrow a rule is: one that names a license before one that doesn't, then the one with more conditions. */
export function specificity({ appliesTo, condition }: Pick<RuleStanding, 'appliesTo' | 'condition'>): number {
  const conditions = Object.values(condition ?? {}).filter((value) => value !== null && value !== undefined);
  return (appliesTo === null ? 0 : 1000) + conditions.length;
}

/** Rules in the order in which they go first: by priority, the most specific, the oldest. A copy. */
export function byPrecedence<Rule extends RuleStanding>(rules: readonly Rule[]): Rule[] {
  return [...rules].sort(
    (a, b) =>
      b.priority - a.priority ||
      specificity(b) - specificity(a) ||
      a.createdAt.getTime() - b.createdAt.getTime() ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}
