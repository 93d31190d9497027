import { expect, it } from 'vitest';
import { rateLimitPlanOf } from '#src/policy/rate-limit-plan.ts';

it.each([
  ['monthly', 'PRO'],
  ['yearly', 'PRO'],
  ['business_monthly', 'BUSINESS'],
  ['business_yearly', 'BUSINESS'],
  ['edu20', 'BUSINESS'],
  ['enterprise_yearly', 'BUSINESS'],
  ['free', 'FREE'],
  ['trial', null],
  ['something_new', null],
  [null, null],
])('the base plan %s has the rate limits of %s', (plan, expected) => {
  expect(rateLimitPlanOf(plan)).toBe(expected);
});
