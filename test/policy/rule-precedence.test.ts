import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byPrecedence, type RuleStanding } from '#src/policy/rule-precedence.ts';

const OLD = new Date('2026-01-01T00:00:00Z');
const NEW = new Date('2026-02-01T00:00:00Z');
const rule = (id: string, given: Partial<RuleStanding> = {}): RuleStanding => ({
  id,
  priority: 0,
  appliesTo: null,
  condition: null,
  createdAt: OLD,
  ...given,
});

describe('of two rules the first one goes first', () => {
  it.each<[string, RuleStanding, RuleStanding]>([
    [
      'the higher priority, however specific and old the other is',
      rule('b', { priority: 1, createdAt: NEW }),
      rule('a', { appliesTo: 'LICENSED', condition: { departments: ['Sales'] } }),
    ],
    [
      'a negative priority goes last',
      rule('b', { createdAt: NEW }),
      rule('a', { priority: -1, appliesTo: 'LICENSED' }),
    ],
    [
      'one that names a license before one with conditions',
      rule('b', { appliesTo: 'LICENSED', createdAt: NEW }),
      rule('a', { condition: { departments: ['Sales'], roleIds: ['2'], neverActiveOnly: true } }),
    ],
    [
      'more conditions before fewer',
      rule('b', { condition: { departments: ['Sales'], roleIds: ['2'] }, createdAt: NEW }),
      rule('a', { condition: { departments: ['Sales'], groupIds: null } }),
    ],
    ['the older one', rule('b'), rule('a', { createdAt: NEW })],
    ['the id, where nothing else differs', rule('a'), rule('b')],
  ])('%s', (_, first, second) => {
    expect(byPrecedence([second, first])).toEqual([first, second]);
    expect(byPrecedence([first, second])).toEqual([first, second]);
  });
});

describe('whatever rules there are', () => {
  const rules = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      priority: fc.integer({ min: -2, max: 2 }),
      appliesTo: fc.constantFrom(null, 'LICENSED', 'WEBINAR_500'),
      condition: fc.constantFrom(null, { departments: ['A'] }, { departments: ['A'], neverActiveOnly: true }),
      createdAt: fc.constantFrom(OLD, NEW),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  );

  it('the order is one, whatever order they come in, and loses none', () => {
    fc.assert(
      fc.property(
        rules.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(byPrecedence(shuffled)).toEqual(byPrecedence(list));
          expect(new Set(byPrecedence(list))).toEqual(new Set(list));
        },
      ),
    );
  });

  it('one that is left out changes nothing among the others', () => {
    fc.assert(
      fc.property(rules, ([gone, ...others]) => {
        if (gone === undefined) return;
        expect(byPrecedence([gone, ...others]).filter((one) => one !== gone)).toEqual(byPrecedence(others));
      }),
    );
  });
});
