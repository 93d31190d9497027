import { expect, it } from 'vitest';
import { provisioned } from '#src/policy/provisioned-display.ts';

const license = (userType: 'LICENSED' | 'BASIC' | 'ON_PREM' | 'OTHER' | null, provisionedCount: number | null) =>
  ({ category: userType === null ? 'ADD_ON' : 'BASE', userType, provisionedCount }) as const;

it.each([
  // The count is the real one wherever Zoom gives it.
  [false, license('LICENSED', 100), { count: 100, unlimited: false }],
  [false, license('LICENSED', null), { count: null, unlimited: false }],
  [false, license('BASIC', null), { count: null, unlimited: true }],
  [false, license('BASIC', 5), { count: 5, unlimited: true }],
  [false, license('ON_PREM', 7), { count: 7, unlimited: true }],
  [false, license(null, 10), { count: 10, unlimited: false }],
  [true, license('LICENSED', 100), { count: 100, unlimited: true }],
  [true, license('BASIC', null), { count: null, unlimited: true }],
  [true, license('ON_PREM', 7), { count: 7, unlimited: true }],
  [true, license('OTHER', null), { count: null, unlimited: true }],
  [true, license(null, 10), { count: 10, unlimited: false }],
])('on-premises %s, %o: %o', (includeOnPremises, given, shown) => {
  expect(provisioned(given, { includeOnPremises })).toEqual(shown);
});
