import { isDeepStrictEqual } from 'node:util';
import type { RuleRow } from '../db/tables/rows.ts';

/** Fields of a rule that decide whom it finds, and what they lose. */
export const DECIDING_FIELDS = [
  'appliesTo',
  'enabled',
  'inactivityThresholdDays',
  'condition',
  'signs',
  'action',
] as const satisfies readonly (keyof RuleRow)[];

type Decisions = Pick<RuleRow, (typeof DECIDING_FIELDS)[number]>;

/** Do two versions of a rule find the same people, for the same? Nothing decides like a rule that is not there. */
export function decidesAlike(one: Decisions, other: Decisions | null | undefined): boolean {
  return other != null && DECIDING_FIELDS.every((field) => isDeepStrictEqual(one[field], other[field]));
}
