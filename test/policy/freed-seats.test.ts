import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settleFreedSeats, type FreedSeatFacts, type HoldingEvent } from '#src/policy/freed-seats.ts';

const at = (day: number, hour = 12) => new Date(Date.UTC(2026, 0, day, hour));
const dayOf = (day: number) => at(day).toISOString().slice(0, 10);
const owned = (...counts: [day: number, count: number | null][]) =>
  counts.map(([day, count]) => ({ day: dayOf(day), owned: count }));
const freed = (userId: string, day: number, restored: number | null = null) => ({
  id: `seat-${userId}-${day}`,
  userId,
  freedAt: at(day),
  restoredAt: restored === null ? null : at(restored),
});
const held = (userId: string, day: number, hour = 12): HoldingEvent => ({ at: at(day, hour), userId, kind: 'HELD' });
const letGo = (userId: string, day: number): HoldingEvent => ({ at: at(day), userId, kind: 'LET_GO' });
const states = (facts: Partial<FreedSeatFacts>) =>
  settleFreedSeats({ seats: [], heldBefore: 10, events: [], days: [], asOf: at(100), ...facts }).map(
    ({ state, stateAt }) => `${state} ${stateAt.toISOString().slice(0, 10)}`,
  );

describe('a seat that was taken back', () => {
  const all10 = owned([1, 10], [30, 10]);
  it.each<[string, Partial<FreedSeatFacts>, string[]]>([
    ['idles', { seats: [freed('a', 5)], days: all10 }, ['FREED 2026-01-05']],
    [
      'is reused when nothing else was free',
      { seats: [freed('a', 5)], days: all10, events: [letGo('a', 5), held('x', 8)] },
      ['REUSED 2026-01-08'],
    ],
    [
      'is not reused while another seat was free',
      { seats: [freed('a', 5)], days: owned([1, 11], [30, 11]), events: [held('x', 8)] },
      ['FREED 2026-01-05'],
    ],
    [
      'is reused by the second when one other was free',
      { seats: [freed('a', 5)], days: owned([1, 11], [30, 11]), events: [held('x', 8), held('y', 9)] },
      ['REUSED 2026-01-09'],
    ],
    [
      'is not reused when a seat was bought for it on that day',
      { seats: [freed('a', 5)], days: owned([1, 10], [8, 11], [30, 11]), events: [held('x', 8)] },
      ['FREED 2026-01-05'],
    ],
    [
      'is not reused when a seat was bought for it a day before it was noticed',
      { seats: [freed('a', 5)], days: owned([1, 10], [8, 10], [9, 11]), events: [held('x', 8)] },
      ['FREED 2026-01-05'],
    ],
    [
      'is not reused while nobody knows what is owned',
      { seats: [freed('a', 5)], days: owned([1, null], [30, null]), events: [held('x', 8)] },
      ['FREED 2026-01-05'],
    ],
    [
      'is not reused when what is owned was known long ago only',
      { seats: [freed('a', 5)], days: owned([1, 10]), events: [held('x', 20)] },
      ['FREED 2026-01-05'],
    ],
    [
      'is not reused by those who are over what is owned',
      { seats: [freed('a', 5)], days: owned([1, 9], [30, 9]), events: [held('x', 8)] },
      ['FREED 2026-01-05'],
    ],
    [
      'goes first when it was freed first',
      { seats: [freed('b', 6), freed('a', 5)], days: all10, events: [held('x', 8)] },
      ['FREED 2026-01-06', 'REUSED 2026-01-08'],
    ],
    [
      'is free again for the next when somebody let go of theirs',
      { seats: [freed('a', 5)], days: all10, events: [letGo('z', 7), held('x', 8), held('y', 9)] },
      ['REUSED 2026-01-09'],
    ],
    [
      'is not reused by those who turn out to hold one',
      { seats: [freed('a', 5)], days: all10, events: [{ ...held('x', 8), kind: 'COUNTED' }] },
      ['FREED 2026-01-05'],
    ],
    ['was restored', { seats: [freed('a', 5, 9)], days: all10, events: [held('a', 9)] }, ['RETURNED 2026-01-09']],
    ['was restored, as only the restore tells', { seats: [freed('a', 5, 9)] }, ['RETURNED 2026-01-09']],
    [
      'was restored, which a sync sees later and is no growth',
      { seats: [freed('a', 5, 9), freed('b', 5)], days: all10, events: [held('a', 10)] },
      ['RETURNED 2026-01-09', 'FREED 2026-01-05'],
    ],
    ['came back by itself', { seats: [freed('a', 5)], days: all10, events: [held('a', 9)] }, ['RETURNED 2026-01-09']],
    [
      'came back after somebody else was given one: no saving',
      { seats: [freed('a', 5)], days: owned([1, 10], [9, 11], [30, 11]), events: [held('x', 7), held('a', 20)] },
      ['RETURNED 2026-01-20'],
    ],
    [
      'came back, and another takes its place',
      { seats: [freed('a', 5), freed('b', 5)], days: all10, events: [held('x', 7), held('a', 20)] },
      ['RETURNED 2026-01-20', 'REUSED 2026-01-07'],
    ],
    [
      'came back, and one that was freed later takes its place from then on',
      { seats: [freed('a', 5), freed('b', 9)], days: all10, events: [held('x', 7), held('a', 20)] },
      ['RETURNED 2026-01-20', 'REUSED 2026-01-20'],
    ],
    [
      'was freed twice of the same user',
      { seats: [freed('a', 5), freed('a', 12)], days: all10, events: [held('a', 9), letGo('a', 12), held('x', 20)] },
      ['RETURNED 2026-01-09', 'REUSED 2026-01-20'],
    ],
    [
      'had been given to its user by a seat that was freed before',
      { seats: [freed('a', 5), freed('x', 12)], days: all10, events: [held('x', 8), letGo('x', 12), held('y', 20)] },
      ['REUSED 2026-01-08', 'REUSED 2026-01-20'],
    ],
    [
      'was seen to be let go before the write was confirmed',
      { seats: [freed('a', 5)], days: all10, events: [letGo('a', 4), held('x', 8)] },
      ['REUSED 2026-01-08'],
    ],
    [
      'was given up at the renewal',
      { seats: [freed('a', 5)], days: owned([1, 10], [19, 10], [20, 9]) },
      ['REALIZED 2026-01-20'],
    ],
    [
      'is not realized by a cut that others could carry',
      { seats: [freed('a', 5), freed('b', 5)], days: owned([1, 12], [19, 12], [20, 9]) },
      ['REALIZED 2026-01-20', 'FREED 2026-01-05'],
    ],
    [
      'is not realized by a cut that came before, or on the same day',
      { seats: [freed('a', 5), freed('b', 20)], days: owned([1, 11], [3, 10], [19, 10], [20, 9]) },
      ['REALIZED 2026-01-20', 'FREED 2026-01-20'],
    ],
    [
      'is not realized when it is not known whether it was freed before the cut',
      { seats: [freed('a', 10)], days: owned([1, 10], [30, 9]) },
      ['FREED 2026-01-10'],
    ],
    [
      'is realized across a day on which nobody knew',
      { seats: [freed('a', 5)], days: owned([6, 10], [7, null], [8, 9]) },
      ['REALIZED 2026-01-08'],
    ],
    [
      'is not realized when what is owned goes up again',
      { seats: [freed('a', 5)], days: owned([6, 10], [7, 0], [8, 10]) },
      ['FREED 2026-01-05'],
    ],
    [
      'stays realized when more is bought much later',
      { seats: [freed('a', 5)], days: owned([6, 10], [7, 9], [59, 9], [60, 12]) },
      ['REALIZED 2026-01-07'],
    ],
    [
      'was realized and came back',
      { seats: [freed('a', 5)], days: owned([6, 10], [7, 9], [60, 9]), events: [held('a', 30)] },
      ['RETURNED 2026-01-30'],
    ],
    ['is not looked at before it is freed', { seats: [freed('a', 5), freed('b', 200)] }, ['FREED 2026-01-05']],
    [
      'is seen as it was then',
      { seats: [freed('a', 5)], days: all10, events: [held('x', 8)], asOf: at(7) },
      ['FREED 2026-01-05'],
    ],
  ])('%s', (_, facts, expected) => {
    expect(states(facts)).toEqual(expected);
  });

  it('says what proves its state, or what is missing', () => {
    const evidence = (facts: Partial<FreedSeatFacts>) =>
      settleFreedSeats({ seats: [freed('a', 5)], heldBefore: 10, events: [], days: all10, asOf: at(100), ...facts })[0];
    expect(evidence({ events: [held('x', 8)] })).toMatchObject({
      givenTo: 'x',
      evidence:
        'Given to somebody else on 2026-01-08: of 10 seats owned 9 were held, and without the 1 taken back and idle none would have been free.',
    });
    expect(evidence({ days: [] })?.evidence).toContain('Nobody knows how many seats are owned');
    expect(evidence({ days: owned([1, 10]), events: [held('x', 20)] })?.evidence).toContain(
      'Somebody was given a seat on 2026-01-20, but it is not known how many were owned then',
    );
    expect(evidence({ days: owned([6, 10], [7, 9]) })?.evidence).toContain(
      'Owned seats fell from 10 (2026-01-06) to 9 (2026-01-07)',
    );
    expect(evidence({ days: owned([6, 10], [7, 9], [9, 10]) })?.evidence).toContain('was undone by 2026-01-09');
  });
});

describe('any story', () => {
  const users = ['a', 'b', 'c', 'x', 'y', 'z'];
  // Few days, so that much falls on the same moment.
  const moment = fc.record({ day: fc.integer({ min: 2, max: 12 }), hour: fc.constantFrom(6, 12) });
  const story = fc.record({
    seats: fc
      .uniqueArray(
        fc.record({ user: fc.constantFrom(...users), moment, restoredAfter: fc.constantFrom(null, null, 1, 4) }),
        {
          selector: ({ user, moment: { day, hour } }) => `${user} ${day} ${hour}`,
          minLength: 1,
          maxLength: 6,
        },
      )
      .map((list) =>
        list.map(({ user, moment: { day, hour }, restoredAfter }) => ({
          id: `seat-${user}-${day}-${hour}`,
          userId: user,
          freedAt: at(day, hour),
          restoredAt: restoredAfter === null ? null : at(day + restoredAfter, hour),
        })),
      ),
    events: fc.array(
      fc
        .record({
          user: fc.constantFrom(...users),
          moment,
          kind: fc.constantFrom('HELD', 'HELD', 'COUNTED', 'LET_GO' as const),
        })
        .map(({ user, moment: { day, hour }, kind }) => ({ at: at(day, hour), userId: user, kind })),
      { maxLength: 8 },
    ),
    days: fc.uniqueArray(
      fc.record({ day: fc.integer({ min: 1, max: 15 }).map(dayOf), owned: fc.constantFrom(null, 3, 4, 5, 6) }),
      { selector: ({ day }) => day, maxLength: 10 },
    ),
    heldBefore: fc.integer({ min: 0, max: 6 }),
  });

  it('ends with every seat in one state, claims no more than happened, and does not depend on the order of telling', () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat()), (facts, dice) => {
        const asOf = at(40);
        const settled = settleFreedSeats({ ...facts, asOf });
        expect(settled.map(({ id }) => id)).toEqual(facts.seats.map(({ id }) => id));
        const count = (state: string) => settled.filter((seat) => seat.state === state).length;
        const known = facts.days
          .flatMap(({ day, owned: seats }) => (seats === null ? [] : [{ day, seats }]))
          .sort((a, b) => (a.day < b.day ? -1 : 1));
        const cut = known.reduce(
          (sum, { seats }, index) => sum + Math.max(0, (known[index - 1]?.seats ?? seats) - seats),
          0,
        );
        expect(count('REALIZED')).toBeLessThanOrEqual(cut);
        expect(count('REUSED')).toBeLessThanOrEqual(facts.events.filter(({ kind }) => kind === 'HELD').length);
        if (known.length === 0) expect(count('REALIZED') + count('REUSED')).toBe(0);
        for (const seat of settled) {
          expect(seat.stateAt >= seat.freedAt || seat.state === 'RETURNED').toBe(true);
          expect(seat.evidence).not.toBe('');
          expect(seat.givenTo !== null).toBe(seat.state === 'REUSED');
          const { restoredAt } = facts.seats.find(({ id }) => id === seat.id) ?? { restoredAt: null };
          if (restoredAt !== null) expect(seat.state).toBe('RETURNED');
        }
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((one) => ({ one, place: dice.next().value ?? 0 }))
            .sort((a, b) => a.place - b.place)
            .map(({ one }) => one);
        const again = settleFreedSeats({
          ...facts,
          seats: shuffled(facts.seats),
          events: shuffled(facts.events),
          days: shuffled(facts.days),
          asOf,
        });
        const byId = (list: typeof settled) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(byId(again)).toEqual(byId(settled));
      }),
      { numRuns: 400 },
    );
  });
});
