import { expect, it } from 'vitest';
import { MOST_MARGIN, PACE_MARGIN, PaceMargin } from '#src/policy/pace-margin.ts';

const MINUTE = 60_000;

it('is wider after each refusal, up to the most, and narrows again', () => {
  const margin = new PaceMargin();
  expect(margin.at(0)).toBe(PACE_MARGIN);
  margin.refused(MINUTE);
  expect(margin.at(MINUTE)).toBeCloseTo(1.04);
  expect(margin.at(2 * MINUTE)).toBeCloseTo(1.035);
  margin.refused(2 * MINUTE);
  expect(margin.at(2 * MINUTE)).toBeCloseTo(1.045);
  for (let n = 0; n < 10; n += 1) margin.refused(3 * MINUTE);
  expect(margin.at(3 * MINUTE)).toBeCloseTo(MOST_MARGIN);
  expect(margin.at(7 * MINUTE)).toBeCloseTo(1.04);
  expect(margin.at(60 * MINUTE)).toBe(PACE_MARGIN);
});
