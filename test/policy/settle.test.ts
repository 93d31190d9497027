import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SETTLE_MS, settleLeft } from '#src/policy/settle.ts';

const now = new Date('2026-03-31T09:30:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);

it.each([
  ['just sent', ago(0), SETTLE_MS],
  ['sent two seconds ago', ago(2_000), SETTLE_MS - 2_000],
  ['sent long ago', ago(60_000), 0],
  ['sent exactly that long ago', ago(SETTLE_MS), 0],
  ['nobody knows when', null, 0],
  // Another machine's clock may be ahead: no wait is longer than the settle time.
  ['sent in an hour', ago(-3_600_000), SETTLE_MS],
])('waits after a write %s', (_, sentAt, left) => {
  expect(settleLeft(sentAt, now, SETTLE_MS)).toBe(left);
});

it('never waits a negative time, nor longer than it is told', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(60_000), (age, settleMs) => {
      const left = settleLeft(ago(age), now, settleMs);
      expect(left >= 0 && left <= settleMs).toBe(true);
    }),
    { seed: 7 },
  );
});
