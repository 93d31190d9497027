import { reconciliationLines } from '../../db/tables/index.ts';
import type { ReconciliationLineRow } from '../../db/tables/rows.ts';
import { AppError } from '../../errors.ts';
import { totals } from '../../policy/savings.ts';
import type {
  ReconciliationLineFilter,
  ReconciliationLineOrder,
  ReconciliationLineOrderField,
} from '../../schema.generated.ts';
import { readerOf, type Values } from './batch.ts';
import { matchExact, matchText } from './comparators.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';

type Line = ReconciliationLineRow;

/** All three costs together; unknown without a price. */
const COST: OrderTerm<Line> = {
  name: 'cost',
  kind: 'numeric',
  isNullable: true,
  descending: false,
  expression: () =>
    `case when t.currency is not null then coalesce(t.true_up_cost, 0) + coalesce(t.unassigned_cost, 0) + ` +
    `coalesce(t.unused_cost, 0) end`,
  valueOf: ({ currency, trueUpCost, unassignedCost, unusedCost }) => {
    if (currency === null) return null;
    const amounts = [trueUpCost, unassignedCost, unusedCost].map((amount) => ({ amount: amount ?? '0', currency }));
    return totals(amounts)[0]?.amount ?? null;
  },
};

const money = (key: 'trueUpCost' | 'unassignedCost' | 'unusedCost', column: string) =>
  columnTerm<Line>(key, column, 'numeric', { isNullable: true });

const TERMS: Record<ReconciliationLineOrderField, OrderTerm<Line>> = {
  NAME: columnTerm('name', 'name', 'text'),
  COST,
  TRUE_UP_COST: money('trueUpCost', 'true_up_cost'),
  UNASSIGNED_COST: money('unassignedCost', 'unassigned_cost'),
  UNUSED_COST: money('unusedCost', 'unused_cost'),
  OWNED: columnTerm('owned', 'owned', 'int', { isNullable: true }),
  ASSIGNED: columnTerm('assigned', 'assigned', 'int'),
  INACTIVE: columnTerm('inactive', 'inactive', 'int'),
};

export interface LineQuery {
  filter?: ReconciliationLineFilter | null | undefined;
  orderBy?: readonly ReconciliationLineOrder[] | null | undefined;
}

/**
 * Lines by reconciliation, filtered and ordered; those that cost most first unless told otherwise.
 *
 * @throws {AppError} BAD_USER_INPUT when the order names a field twice.
 */
export function linesOfReconciliation({ filter, orderBy }: LineQuery): Source<Line> {
  const wanted: readonly ReconciliationLineOrder[] =
    orderBy == null || orderBy.length === 0
      ? [
          { field: 'COST', direction: 'DESC' },
          { field: 'NAME', direction: 'ASC' },
        ]
      : orderBy;
  if (new Set(wanted.map((order) => order.field)).size < wanted.length) {
    throw new AppError('BAD_USER_INPUT', '`orderBy` names a field more than once.');
  }
  const terms = [
    ...wanted.map(({ field, direction }) => ({ ...TERMS[field], descending: direction === 'DESC' })),
    columnTerm<Line>('licenseId', 'license_id', 'text'),
  ];
  return {
    reader: readerOf(reconciliationLines),
    from: 'reconciliation_lines t',
    belongs: 't.reconciliation_id = k.key',
    where: (values) => (filter == null ? [] : conditions(filter, values)),
    order: `reconciliation lines ${wanted.map(({ field, direction }) => `${field} ${direction}`).join(' ')}`,
    terms: () => terms,
    isFixed: filter == null && orderBy == null,
  };
}

function conditions({ position, license, account, reasons, currency }: ReconciliationLineFilter, values: Values) {
  const codes = (list: readonly string[]) =>
    `exists (select from jsonb_array_elements(t.reasons) r where r ->> 'code' = any(${values.add(list, 'text[]')}))`;
  return [
    ...(position ? matchExact('t.position', position, values) : []),
    ...(license ? matchExact('t.license_id', license, values) : []),
    ...(account ? matchExact('t.account_id', account, values) : []),
    ...(currency ? matchText('t.currency', currency, values) : []),
    ...(reasons == null ? [] : [codes(reasons)]),
  ];
}
