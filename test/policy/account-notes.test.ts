import { describe, expect, it } from 'vitest';
import { tellOfAccounts } from '#src/policy/account-notes.ts';

const of = (note: string, ...names: string[]) => names.map((account) => ({ account, note }));
const many = (count: number) => Array.from({ length: count }, (_, index) => `Sub ${index + 1}`);

describe('what is told of accounts', () => {
  it('is told as it is where there is only one, however much it is', () => {
    const all = ['One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.'];
    expect(
      tellOfAccounts(
        all.flatMap((note) => of(note, 'Contoso')),
        1,
      ),
    ).toEqual(all);
    expect(tellOfAccounts([], 1)).toEqual([]);
  });

  it('names whom it is true of, unless that is everybody', () => {
    expect(tellOfAccounts(of('Oops.', 'Harbor', 'Summit'), 3)).toEqual(['Harbor, Summit: Oops.']);
    expect(tellOfAccounts(of('Oops.', 'Harbor', 'Summit'), 2)).toEqual(['Oops.']);
    expect(tellOfAccounts(of('Oops.', 'Harbor', 'Harbor'), 2)).toEqual(['Harbor: Oops.']);
  });

  it('names a few of many, and then counts', () => {
    expect(tellOfAccounts(of('Oops.', ...many(150)), 200)).toEqual([
      'Sub 1, Sub 2, Sub 3 and 147 more accounts: Oops.',
    ]);
    expect(tellOfAccounts(of('Oops.', ...many(4)), 200)).toEqual(['Sub 1, Sub 2, Sub 3 and 1 more account: Oops.']);
  });

  it('stays short where everybody says something else, the widest first', () => {
    const notes = many(200).map((account) => ({ account, note: `${account} is odd.` }));
    const told = tellOfAccounts([...notes, ...of('Oops.', 'Sub 7', 'Sub 8')], 200);
    expect(told[0]).toBe('Sub 7, Sub 8: Oops.');
    expect(told).toHaveLength(5);
    expect(told.at(-1)).toBe('Of 197 more accounts each says by itself what is missing.');
  });
});
