import { describe, expect, it } from 'vitest';
import { daysOf, monthsToRead } from '#src/policy/usage-days.ts';

const at = (text: string) => new Date(`${text}T10:00:00Z`);

describe('days that are asked for', () => {
  it('are the last 400 where nothing is said', () => {
    expect(daysOf({}, at('2026-03-05'))).toEqual({ from: '2025-01-30', to: '2026-03-05' });
  });

  it('end today, or begin 399 days before their end', () => {
    expect(daysOf({ from: '2026-03-01' }, at('2026-03-05'))).toEqual({ from: '2026-03-01', to: '2026-03-05' });
    expect(daysOf({ to: '2026-03-01' }, at('2027-03-05')).from).toBe('2025-01-26');
  });

  it('may be 400 and no more, and must not end before they begin', () => {
    expect(() => daysOf({ from: '2025-01-30', to: '2026-03-05' }, at('2026-03-05'))).not.toThrow();
    expect(() => daysOf({ from: '2025-01-29', to: '2026-03-05' }, at('2026-03-05'))).toThrow('not 401');
    expect(() => daysOf({ from: '2026-03-06' }, at('2026-03-05'))).toThrow('`from` must not be later');
  });
});

describe('months whose daily figures are read', () => {
  const months = (now: string, from: string, known: [string, string] | null) =>
    monthsToRead(at(now), at(from), known && { from: at(known[0]), until: at(known[1]) }).map(
      ({ year, month }) => `${year}-${month}`,
    );

  it.each<[string, string, string, [string, string] | null, string[]]>([
    ['all that the window touches, the first time', '2026-02-10', '2025-12-05', null, ['2025-12', '2026-1', '2026-2']],
    ['six at most', '2026-02-10', '2025-01-01', null, ['2025-9', '2025-10', '2025-11', '2025-12', '2026-1', '2026-2']],
    ['the current one, later', '2026-02-10', '2025-12-05', ['2025-12-01', '2026-02-09'], ['2026-2']],
    [
      'the one before as well in the first days',
      '2026-03-02',
      '2025-12-28',
      ['2025-12-01', '2026-03-01'],
      ['2026-2', '2026-3'],
    ],
    [
      'all since a long break',
      '2026-04-10',
      '2026-02-05',
      ['2025-12-01', '2026-02-20'],
      ['2026-2', '2026-3', '2026-4'],
    ],
    [
      'all again when the window begins earlier',
      '2026-02-10',
      '2025-11-05',
      ['2025-12-01', '2026-02-09'],
      ['2025-11', '2025-12', '2026-1', '2026-2'],
    ],
    [
      'only the current one of a clock that ran ahead',
      '2026-02-10',
      '2026-01-05',
      ['2026-01-01', '2026-05-01'],
      ['2026-2'],
    ],
  ])('are %s', (_, now, from, known, expected) => {
    expect(months(now, from, known)).toEqual(expected);
  });
});
