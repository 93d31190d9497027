import { describe, expect, it } from 'vitest';
import type { ReconciliationLineRow } from '#src/db/tables/rows.ts';
import { changesBetween } from '#src/policy/reconciliation-changes.ts';
import { remediationsOf } from '#src/policy/remediation.ts';

const line = (more: Partial<ReconciliationLineRow> = {}): ReconciliationLineRow => ({
  reconciliationId: 'rcn_1',
  licenseId: 'lic_1',
  accountId: 'acc_1',
  uniqueId: 'LICENSED',
  name: 'Licensed',
  owned: 10,
  ownedSource: 'ZOOM',
  assigned: 10,
  active: 10,
  inactive: 0,
  neverActive: 0,
  excluded: 0,
  zoomAssigned: 10,
  position: 'COMPLIANT',
  reasons: [],
  unitAnnualCost: null,
  trueUpCost: null,
  unassignedCost: null,
  unusedCost: null,
  currency: null,
  ...more,
});

describe('changesBetween', () => {
  const kinds = (before: Partial<ReconciliationLineRow>, now: Partial<ReconciliationLineRow>) =>
    changesBetween([{ before: line(before), now: line({ ...now, reconciliationId: 'rcn_2' }) }]).map(
      (change) => change.kinds,
    );

  it.each<[string, Partial<ReconciliationLineRow>, Partial<ReconciliationLineRow>, string[]]>([
    [
      'more were given out than bought',
      {},
      { position: 'OVER_ASSIGNED', assigned: 11 },
      ['NEWLY_OVER_ASSIGNED', 'ASSIGNED_CHANGED'],
    ],
    ['some were bought', { position: 'OVER_ASSIGNED', owned: 9 }, {}, ['NO_LONGER_OVER_ASSIGNED', 'OWNED_CHANGED']],
    [
      'from one to the other',
      { position: 'OVER_ASSIGNED' },
      { position: 'UNDER_USED' },
      ['NO_LONGER_OVER_ASSIGNED', 'NEWLY_UNDER_USED'],
    ],
    ['nobody knows any more', { position: 'OVER_ASSIGNED' }, { position: 'UNKNOWN' }, ['NEWLY_UNKNOWN']],
    [
      'it is known again',
      { position: 'UNKNOWN' },
      { position: 'OVER_ASSIGNED' },
      ['NO_LONGER_UNKNOWN', 'NEWLY_OVER_ASSIGNED'],
    ],
    ['they stopped using it', {}, { inactive: 2, position: 'UNDER_USED' }, ['NEWLY_UNDER_USED', 'USE_CHANGED']],
    ['a price was entered', {}, { unitAnnualCost: '1.00', currency: 'EUR' }, ['COST_CHANGED']],
    ['somebody else says how many', {}, { ownedSource: 'ENTITLEMENT' }, ['OWNED_CHANGED']],
  ])('%s', (_, before, now, expected) => {
    expect(kinds(before, now)).toEqual([expected]);
  });

  it('is empty when all is as it was', () => {
    expect(kinds({}, { name: 'Another name' })).toEqual([]);
  });

  it('names what was added and what is gone', () => {
    const [gone, added] = [line(), line({ licenseId: 'lic_2', position: 'OVER_ASSIGNED' })];
    const pairs = [
      { before: null, now: added },
      { before: gone, now: null },
    ];
    expect(changesBetween(pairs)).toEqual([
      { kinds: ['LICENSE_ADDED', 'NEWLY_OVER_ASSIGNED'], before: null, now: added },
      { kinds: ['LICENSE_GONE'], before: gone, now: null },
    ]);
  });
});

describe('remediationsOf', () => {
  const steps = (codes: [string, number | null][], openCandidates = 0) =>
    remediationsOf({ reasons: codes.map(([code, count]) => ({ code, count, message: '' })) }, openCandidates).map(
      ({ action, count }) => (count === null ? action : `${action} ${count}`),
    );

  it('offers what fits what was found, the most pressing first', () => {
    expect(steps([])).toEqual([]);
    expect(
      steps(
        [
          ['OVER_ASSIGNED', 2],
          ['INACTIVE_HOLDERS', 5],
        ],
        4,
      ),
    ).toEqual(['BUY_OR_RECLAIM 2', 'REVIEW_CANDIDATES 4']);
    expect(
      steps([
        ['INACTIVE_HOLDERS', 5],
        ['NO_PRICE', null],
      ]),
    ).toEqual(['FIND_CANDIDATES 5', 'ENTER_PRICE']);
    expect(
      steps([
        ['UNASSIGNED', 3],
        ['ENTITLEMENT_ENDS_SOON', 10],
      ]),
    ).toEqual(['BUY_LESS 3', 'RENEW']);
    expect(
      steps([
        ['ROSTER_INCOMPLETE', null],
        ['OWNED_UNKNOWN', null],
      ]),
    ).toEqual(['SYNC', 'ENTER_OWNED']);
    expect(steps([['ZOOM_COUNTS_DIFFER', 1]])).toEqual(['COMPARE_WITH_ZOOM']);
  });
});
