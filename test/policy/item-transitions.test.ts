import { describe, expect, it } from 'vitest';
import { mayMove, movableTo, type ItemStatus } from '#src/policy/item-transitions.ts';

const ALL: ItemStatus[] = ['PLANNED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'SKIPPED', 'FAILED', 'RESTORED'];
const OPEN: ItemStatus[] = ['PLANNED', 'SENT', 'UNKNOWN'];

describe('where an item may go', () => {
  it.each<[ItemStatus, ItemStatus[]]>([
    ['PLANNED', ['PLANNED', 'SENT', 'UNKNOWN', 'SKIPPED', 'FAILED', 'RESTORED']],
    ['SENT', ['PLANNED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'SKIPPED', 'FAILED', 'RESTORED']],
    ['UNKNOWN', ['PLANNED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'SKIPPED', 'FAILED', 'RESTORED']],
    ['CONFIRMED', ['RESTORED']],
    ['SKIPPED', []],
    ['FAILED', ['RESTORED']],
    ['RESTORED', []],
  ])('from %s', (from, to) => {
    expect(ALL.filter((one) => mayMove(from, one)).sort()).toEqual([...to].sort());
  });

  it('nothing is confirmed that was not written down as sent', () => {
    expect(movableTo('CONFIRMED')).toEqual(['SENT', 'UNKNOWN']);
    expect(movableTo('SENT')).toEqual(OPEN);
  });
});
