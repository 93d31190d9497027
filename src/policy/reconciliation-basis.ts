import type { AccountRow } from '../db/tables/rows.ts';
import { rosterState } from './reconcile.ts';

/** What a reconciliation as a whole rests on. */
export interface Basis {
  /** Is the roster of every account complete and not older than two days, and were all accounts listed? */
  isComplete: boolean;
  /** What is missing or unsure, in words; null when nothing is. */
  note: string | null;
}

/** So many accounts are named; of the others only how many they are. */
const NAMED = 10;

/**
 * Says what a reconciliation rests on, naming the accounts of whose licenses nothing can be concluded. `treeProblem`: why
 * the sub accounts could not be listed last time; null: they were, or there are none to list.
 */
export function basisOf(
  accounts: readonly Pick<AccountRow, 'name' | 'isRosterComplete' | 'rosterCompleteAt' | 'rosterProblem'>[],
  facts: { unmanaged: number; isSyncing: boolean; treeProblem: string | null },
  now: Date,
): Basis {
  const isIn = (state: string) => accounts.filter((account) => rosterState(account, now) === state);
  const [incomplete, old] = [isIn('INCOMPLETE'), isIn('OLD')];
  const notes: string[] = [];
  const conclusion = 'nothing is concluded about its licenses. Sync again.';
  if (incomplete.length > 0) {
    const names = list(
      incomplete.map(({ name, rosterProblem }) => (rosterProblem ? `${name} (${rosterProblem})` : name)),
    );
    notes.push(`The roster is not complete of ${names}: ${conclusion}`);
  }
  if (old.length > 0) {
    const names = list(old.map(({ name, rosterCompleteAt: at }) => `${name} (${at?.toISOString().slice(0, 10)})`));
    notes.push(`The roster is older than two days of ${names}: ${conclusion}`);
  }
  if (facts.treeProblem !== null) notes.push(`There may be sub accounts that are not known: ${facts.treeProblem}`);
  if (facts.isSyncing) notes.push('A sync was not finished: this rests on what was known until then.');
  if (facts.unmanaged > 0) {
    const [licenses, are] = facts.unmanaged === 1 ? ['license', 'is'] : ['licenses', 'are'];
    notes.push(`${facts.unmanaged} ${licenses} that ${are} not managed ${are} left out.`);
  }
  return {
    isComplete: incomplete.length + old.length === 0 && facts.treeProblem === null,
    note: notes.join(' ') || null,
  };
}

function list(names: readonly string[]): string {
  const more = names.length - NAMED;
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ');
}
