import { expect, it } from 'vitest';
import { countedTypes } from '#src/policy/counted-types.ts';

it.each([
  [false, false, ['LICENSED', 'OTHER']],
  [true, false, ['BASIC', 'LICENSED', 'NONE', 'OTHER', 'UNASSIGNED']],
  [false, true, ['LICENSED', 'ON_PREM', 'OTHER']],
  [true, true, ['BASIC', 'LICENSED', 'NONE', 'ON_PREM', 'OTHER', 'UNASSIGNED']],
])('free users %s, on-premises %s: counts %j', (includeFreeUsers, includeOnPremises, types) => {
  expect(countedTypes({ includeFreeUsers, includeOnPremises }).sort()).toEqual(types);
});
