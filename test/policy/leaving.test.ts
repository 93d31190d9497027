import { describe, expect, it } from 'vitest';
import { isUsedAfterLeaving, leavingBlockers, leavingOf } from '#src/policy/leaving.ts';

const leftAt = new Date('2026-03-01T00:00:00Z');
const at = (text: string) => new Date(text);

describe('who has left', () => {
  it.each([
    ['never seen', null, false],
    ['seen before', at('2026-02-20T10:00:00Z'), false],
    ['seen on the day itself', at('2026-03-01T23:59:59Z'), false],
    ['seen the day after', at('2026-03-02T00:00:01Z'), true],
  ])('%s', (_, lastSignAt, used) => {
    expect(isUsedAfterLeaving({ leftAt, lastSignAt })).toBe(used);
    expect(leavingBlockers({ leftAt, lastSignAt }).map(({ code }) => code)).toEqual(used ? ['ACTIVE_AGAIN'] : []);
  });

  it('and is back, so that nothing rests on it', () => {
    expect(leavingBlockers({ leftAt: null, lastSignAt: null })).toMatchObject([{ code: 'BACK_AGAIN' }]);
  });

  it('decides nothing about candidates with another reason', () => {
    expect(leavingOf({ reason: 'INACTIVE', leftAt: null, lastSignAt: null })).toBeNull();
    expect(leavingBlockers(null)).toEqual([]);
  });
});
