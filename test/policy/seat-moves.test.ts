import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignAnswer, type AssignAnswer, type AssignQuestion } from '#src/policy/assign-answer.ts';
import { proposeMoves } from '#src/policy/seat-moves.ts';
import { planFamily, type PooledSeats } from '#src/policy/seat-pool.ts';

/** An account that owns and has given out so many. */
const account = (
  name: string,
  owned: number | null,
  assigned: number,
  given: Partial<PooledSeats> = {},
): PooledSeats => ({
  licenseId: `lic_${name}`,
  accountId: `acc_${name}`,
  accountName: name,
  uniqueId: 'LICENSED',
  name: 'Licensed',
  planFamily: 'business',
  owned,
  unlimited: false,
  source: 'ZOOM',
  assigned,
  invited: 0,
  free: owned === null ? null : Math.max(0, owned - assigned),
  overAssigned: owned === null ? null : Math.max(0, assigned - owned),
  rosterProblem: null,
  ...given,
});
const told = (pool: PooledSeats[], keepFree = 0) => {
  const { moves, toBuy } = proposeMoves(pool, keepFree);
  return [
    ...moves.map(({ from, to, count }) => `${from.accountName} gives ${count} to ${to.accountName}`),
    ...[...toBuy].map(([id, count]) => `${id.slice(4)} buys ${count}`),
  ];
};

describe('moves of seats', () => {
  it.each<[string, PooledSeats[], number, string[]]>([
    ['none where nobody needs any', [account('A', 10, 5), account('B', 10, 10)], 0, []],
    ['to whom is over', [account('A', 10, 5), account('B', 10, 12)], 0, ['A gives 2 to B']],
    ['what is not there is bought', [account('A', 10, 9), account('B', 10, 12)], 0, ['A gives 1 to B', 'B buys 1']],
    [
      'from the smallest that can give it all',
      [account('A', 90, 5), account('C', 10, 7), account('D', 10, 8), account('B', 10, 12)],
      0,
      ['D gives 2 to B'],
    ],
    [
      'from the largest ones, where nobody can alone',
      [account('A', 10, 9), account('C', 10, 6), account('D', 10, 7), account('B', 10, 16)],
      0,
      ['C gives 4 to B', 'D gives 2 to B'],
    ],
    [
      'nobody gives up the reserve, and whoever is out gets one',
      [account('A', 10, 5), account('B', 10, 12), account('C', 5, 5)],
      1,
      ['A gives 3 to B', 'A gives 1 to C'],
    ],
    [
      'first to whom is over',
      [account('A', 10, 9), account('B', 3, 4), account('C', 5, 5)],
      1,
      ['B buys 2', 'C buys 1'],
    ],
    [
      'not between other licenses or other plans',
      [
        account('A', 10, 5, { uniqueId: 'WEBINAR_500' }),
        account('C', 10, 5, { planFamily: 'pro' }),
        account('D', 10, 5, { planFamily: null }),
        account('B', 10, 12),
      ],
      0,
      ['B buys 2'],
    ],
    [
      'not by numbers that are not sure',
      [account('A', 10, 5, { rosterProblem: 'old' }), account('C', null, 5), account('B', 10, 12)],
      0,
      ['B buys 2'],
    ],
    ['not to whom may not be over', [account('A', 10, 5), account('B', 10, 12, { rosterProblem: 'old' })], 0, []],
  ])('%s', (_, pool, keepFree, expected) => {
    expect(told(pool, keepFree)).toEqual(expected);
    expect(told([...pool].reverse(), keepFree)).toEqual(expected);
  });

  it('say why, and that a plan is not known', () => {
    const { moves } = proposeMoves(
      [account('A', 10, 5, { planFamily: null }), account('B', 10, 12, { planFamily: null })],
      0,
    );
    expect(moves[0]?.why).toBe(
      'B has given out 12 and owns 10; A has 5 free. Zoom tells the plan of neither: check that they are the same.',
    );
  });

  it('give away no more than is free, and leave to be bought only what nobody has', () => {
    const pools = fc
      .array(
        fc.record({ owned: fc.option(fc.nat(12)), assigned: fc.nat(12), isOld: fc.constantFrom(false, false, true) }),
        {
          maxLength: 9,
        },
      )
      .map((list) =>
        list.map(({ owned, assigned, isOld }, index) =>
          account(`N${index}`, owned, assigned, { rosterProblem: isOld ? 'old' : null }),
        ),
      );
    fc.assert(
      fc.property(pools, fc.nat(2), (pool, keepFree) => {
        const { moves, toBuy } = proposeMoves(pool, keepFree);
        const sure = pool.filter(({ rosterProblem, owned }) => rosterProblem === null && owned !== null);
        const sum = (list: number[]) => list.reduce((all, one) => all + one, 0);
        for (const seats of pool) {
          const given = sum(moves.filter(({ from }) => from === seats).map(({ count }) => count));
          const got = sum(moves.filter(({ to }) => to === seats).map(({ count }) => count));
          if (given > 0) expect(given).toBeLessThanOrEqual((seats.free ?? 0) - keepFree);
          expect(given === 0 || got === 0).toBe(true);
        }
        const spare = sum(sure.map(({ free }) => Math.max(0, (free ?? 0) - keepFree)));
        const need = sum(
          sure.map(({ free, overAssigned }) => (overAssigned ?? 0) + Math.max(0, keepFree - (free ?? 0))),
        );
        expect(sum(moves.map(({ count }) => count))).toBe(Math.min(spare, need));
        expect(sum([...toBuy.values()])).toBe(Math.max(0, need - spare));
        if (keepFree === 0) expect(moves.length).toBeLessThan(Math.max(1, sure.length));
        expect(new Set(moves.map(({ from, to }) => `${from.licenseId} ${to.licenseId}`)).size).toBe(moves.length);
      }),
    );
  });
});

describe('plan families', () => {
  it.each([
    ['business_yearly', 'business'],
    ['Business', 'business'],
    ['webinar500_monthly', 'webinar500'],
    ['yearly', 'yearly'],
    ['ent_2year + zobp_usca_yearly_unlimited', 'ent + zobp usca'],
    ['', null],
    [null, null],
  ])('%s is %s', (plan, family) => {
    expect(planFamily(plan)).toBe(family);
  });
});

describe('whether a license can be assigned', () => {
  const ask = (given: Partial<AssignQuestion>) =>
    assignAnswer({ here: account('B', 10, 10), accountName: 'B', others: [], ready: 0, count: 1, ...given });

  it.each<[string, Partial<AssignQuestion>, Partial<AssignAnswer>, RegExp]>([
    ['yes', { here: account('B', 10, 9) }, { answer: 'YES', free: 1 }, /^1 of 10 are free\.$/],
    ['yes, without a limit', { here: account('B', null, 9, { unlimited: true }) }, { answer: 'YES' }, /likes/],
    ['moved', { others: [account('A', 10, 9)] }, { answer: 'MOVE', free: 0, missing: [] }, /1 could come from A/],
    [
      'moved, the more so for who is over',
      { here: account('B', 10, 12), others: [account('A', 10, 5)] },
      { answer: 'MOVE' },
      /2 more are assigned than owned, which has to be made up first\. 3 could come from A/,
    ],
    ['taken back', { ready: 4 }, { answer: 'RECLAIM', toReclaim: 1, toBuy: 0 }, /4 candidates are ready/],
    [
      'taken back rather than partly moved',
      { ready: 4, count: 3, others: [account('A', 10, 9)] },
      { answer: 'RECLAIM', toReclaim: 3, from: [] },
      /3 could be taken back/,
    ],
    [
      'moved and taken back together',
      { ready: 2, count: 3, others: [account('A', 10, 9)] },
      { answer: 'RECLAIM', toReclaim: 2 },
      /1 could come from other accounts\. 2 could be taken back/,
    ],
    ['bought', {}, { answer: 'BUY', toBuy: 1, missing: [] }, /1 would have to be bought\.$/],
    [
      'bought, what is left of it',
      { count: 5, ready: 1, others: [account('A', 10, 8), account('P', 10, 0, { planFamily: 'pro' })] },
      { answer: 'BUY', toReclaim: 1, toBuy: 2 },
      /2 would have to be bought/,
    ],
    [
      'bought, but others are not known',
      { others: [account('A', null, 3), account('C', 10, 3, { rosterProblem: 'The roster of C is old.' })] },
      { answer: 'BUY', missing: ['It is not known how many A owns.', 'The roster of C is old.'] },
      /numbers are not sure/,
    ],
    ['unknown seats', { here: account('B', null, 5) }, { answer: 'UNKNOWN', free: null }, /not known how many B owns/],
    [
      'an old roster',
      { here: account('B', 10, 2, { rosterProblem: 'The roster of B is old.' }) },
      { answer: 'UNKNOWN', missing: ['The roster of B is old.'] },
      /old/,
    ],
    ['no such license there', { here: null }, { answer: 'UNKNOWN' }, /no sync has found it there/],
  ])('%s', (_, given, expected, reason) => {
    const answer = ask(given);
    expect(answer).toMatchObject(expected);
    expect(answer.reason).toMatch(reason);
  });
});
