import { describe, expect, it } from 'vitest';
import { basisOf } from '#src/policy/reconciliation-basis.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const account = (name: string, more = {}) => ({
  name,
  isRosterComplete: true,
  rosterCompleteAt: new Date('2026-06-01T03:00:00Z'),
  rosterProblem: null as string | null,
  ...more,
});
const nothing = { unmanaged: 0, isSyncing: false, treeProblem: null };

describe('what a reconciliation rests on', () => {
  it('is whole when every roster is complete and recent', () => {
    expect(basisOf([account('A'), account('B')], nothing, NOW)).toEqual({ isComplete: true, note: null });
  });

  it('names the accounts that nothing is concluded of, and why', () => {
    const { isComplete, note } = basisOf(
      [
        account('A'),
        account('B', { isRosterComplete: false, rosterProblem: 'Zoom refused' }),
        account('C', { rosterCompleteAt: null }),
        account('D', { rosterCompleteAt: new Date('2026-05-29T00:00:00Z') }),
      ],
      nothing,
      NOW,
    );
    expect(isComplete).toBe(false);
    expect(note).toContain('not complete of B (Zoom refused), C:');
    expect(note).toContain('older than two days of D (2026-05-29):');
  });

  it('names ten accounts and counts the others', () => {
    const accounts = Array.from({ length: 13 }, (_, n) => account(`A${n}`, { isRosterComplete: false }));
    expect(basisOf(accounts, nothing, NOW).note).toContain('A9 and 3 more');
  });

  it('counts what is not managed and says that a sync runs, which is no lack', () => {
    const { isComplete, note } = basisOf([account('A')], { ...nothing, unmanaged: 1, isSyncing: true }, NOW);
    expect(isComplete).toBe(true);
    expect(note).toBe(
      'A sync was not finished: this rests on what was known until then. 1 license that is not managed is left out.',
    );
  });

  it('is not whole when sub accounts could not be listed', () => {
    const basis = basisOf([account('A')], { ...nothing, treeProblem: 'Sub accounts could not be listed: Oops.' }, NOW);
    expect(basis).toEqual({
      isComplete: false,
      note: 'There may be sub accounts that are not known: Sub accounts could not be listed: Oops.',
    });
  });
});
