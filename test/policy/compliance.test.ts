import { expect, it } from 'vitest';
import { compliance } from '#src/policy/compliance.ts';

it.each([
  ['nobody knows what is owned', null, { assigned: 5, inactive: 5 }, { position: 'UNKNOWN', delta: null }],
  ['more is assigned than owned', 4, { assigned: 5, inactive: 0 }, { position: 'OVER_ASSIGNED', delta: -1 }],
  [
    'more is assigned than owned, and not used',
    4,
    { assigned: 5, inactive: 5 },
    { position: 'OVER_ASSIGNED', delta: -1 },
  ],
  ['some are free', 6, { assigned: 5, inactive: 0 }, { position: 'UNDER_USED', delta: 1 }],
  ['some are not used', 5, { assigned: 5, inactive: 1 }, { position: 'UNDER_USED', delta: 0 }],
  ['all are used', 5, { assigned: 5, inactive: 0 }, { position: 'COMPLIANT', delta: 0 }],
  ['there are none', 0, { assigned: 0, inactive: 0 }, { position: 'COMPLIANT', delta: 0 }],
] as const)('when %s', (_, owned, counts, said) => {
  expect(compliance({ count: owned, unlimited: false }, counts)).toEqual(said);
});

it('finds nothing wrong where there is no limit', () => {
  const said = { position: 'COMPLIANT', delta: null };
  expect(compliance({ count: null, unlimited: true }, { assigned: 5, inactive: 5 })).toEqual(said);
});
