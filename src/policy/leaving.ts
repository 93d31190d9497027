import { DAY_MS } from './inactivity.ts';
import type { BlockerRecord } from '../db/tables/reclamations.ts';

/** What is known of somebody who is a candidate because they have left. */
export interface Leaving {
  /** When they left; null: nobody says so any more. */
  leftAt: Date | null;
  /** Last sign of use that the rule counts; null: never. */
  lastSignAt: Date | null;
}

/** What decides about a candidate's having left; null for one with another reason. */
export function leavingOf(candidate: Leaving & { reason: string }): Leaving | null {
  return candidate.reason === 'OFFBOARDED' ? candidate : null;
}

/** HR tells days, not hours: what happens within a day of it is still before it. */
export function isUsedAfterLeaving({ leftAt, lastSignAt }: Leaving): boolean {
  return leftAt !== null && lastSignAt !== null && lastSignAt.getTime() > leftAt.getTime() + DAY_MS;
}

/** Why somebody's having left is not to be relied on; empty when it is. */
export function leavingBlockers(leaving: Leaving | null): BlockerRecord[] {
  if (leaving === null) return [];
  const { leftAt, lastSignAt } = leaving;
  if (leftAt === null) {
    return [{ code: 'BACK_AGAIN', message: 'Is no longer reported as having left the company.', until: null }];
  }
  if (!isUsedAfterLeaving(leaving)) return [];
  const message =
    `Was active on ${lastSignAt?.toISOString() ?? ''}, after ${leftAt.toISOString()}, when they are said to have left. ` +
    'Ask HR: report the right day with reportOffboarding, or withdraw it.';
  return [{ code: 'ACTIVE_AGAIN', message, until: null }];
}
