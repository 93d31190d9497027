import type { EntitlementRow } from '../db/tables/rows.ts';
import { isInForce } from './owned.ts';
import type { Price } from './savings.ts';

/** What was bought for a time. */
export type Term = Price & Pick<EntitlementRow, 'id' | 'quantity' | 'unlimited'>;

type Span = Pick<Term, 'effectiveDate' | 'expirationDate'>;

/** Whether a term counts on a day, has ended before it, or is still ahead of it. */
export type TermStatus = 'IN_FORCE' | 'ENDED' | 'AHEAD';

/** Where a day (`YYYY-MM-DD`) lies of a term, whose first and last days are both within. */
export function termStatus(term: Span, today: string): TermStatus {
  if (isInForce(term, today)) return 'IN_FORCE';
  return term.expirationDate !== null && term.expirationDate < today ? 'ENDED' : 'AHEAD';
}

const RANK: Record<TermStatus, number> = { IN_FORCE: 0, ENDED: 1, AHEAD: 2 };
const descending = (a: string, b: string) => (a < b ? 1 : a > b ? -1 : 0);

/**
 * Terms in the order in which they count on a day: those in force, the one that began last before the others; then those
 * that have ended, the last one first; then those ahead, the next one first. The store's `termsInForce` says the same.
 */
export function inCountingOrder<T extends Span & { id: string }>(terms: readonly T[], today: string): T[] {
  return [...terms].sort((a, b) => {
    const status = termStatus(a, today);
    const byRank = RANK[status] - RANK[termStatus(b, today)];
    if (byRank !== 0) return byRank;
    const byDay =
      status === 'ENDED'
        ? descending(a.expirationDate ?? '', b.expirationDate ?? '')
        : status === 'AHEAD'
          ? -descending(a.effectiveDate ?? '', b.effectiveDate ?? '')
          : 0;
    return byDay || descending(a.effectiveDate ?? '', b.effectiveDate ?? '') || descending(a.id, b.id);
  });
}

/** The term whose price is what one license costs on a day; null where nothing was entered. */
export function countingTerm<T extends Span & { id: string }>(terms: readonly T[], today: string): T | null {
  return inCountingOrder(terms, today)[0] ?? null;
}

/** Something about the terms of a license that makes its cost less certain than it looks. */
export interface TermIssue {
  code: 'OVERLAP' | 'GAP' | 'ENDED' | 'NOT_BEGUN' | 'NO_PRICE' | 'ONCE_WITHOUT_DATES';
  /** First day that it is about; null: since ever. */
  from: string | null;
  /** Last day that it is about; null: without an end. */
  to: string | null;
  message: string;
  /** Terms that it is about, by id. */
  termIds: string[];
}

/** What is wrong with, or between, the terms of one license, those that begin first before the others. */
export function termIssues(terms: readonly Term[], today: string): TermIssue[] {
  const inOrder = [...terms].sort(
    (a, b) => -descending(a.effectiveDate ?? '', b.effectiveDate ?? '') || -descending(a.id, b.id),
  );
  const issues = [
    ...inOrder.flatMap(priceIssues),
    ...overlaps(inOrder),
    ...gaps(inOrder, today),
    ...standIns(terms, today),
  ];
  return issues.sort((a, b) => -descending(a.from ?? '', b.from ?? ''));
}

function priceIssues(term: Term): TermIssue[] {
  const about = { from: term.effectiveDate, to: term.expirationDate, termIds: [term.id] };
  if (term.cost === null || term.currency === null || term.paymentFrequency === null) {
    const message = 'No price was entered for this term, so its seats are not in any cost. Enter one.';
    return [{ code: 'NO_PRICE', message, ...about }];
  }
  if (term.paymentFrequency !== 'ONCE' || (term.effectiveDate !== null && term.expirationDate !== null)) return [];
  const message =
    'The price is paid once, and the dates do not say for how long, so its seats are not in any cost. Enter the first and the last day.';
  return [{ code: 'ONCE_WITHOUT_DATES', message, ...about }];
}

function overlaps(inOrder: readonly Term[]): TermIssue[] {
  return inOrder.flatMap((term, index) =>
    inOrder.slice(index + 1).flatMap((later): TermIssue[] => {
      const from = later.effectiveDate ?? term.effectiveDate;
      const to = earlier(term.expirationDate, later.expirationDate);
      if (from !== null && to !== null && to < from) return [];
      const isMixed = term.currency !== null && later.currency !== null && term.currency !== later.currency;
      const message =
        term.quantity === null && later.quantity === null
          ? 'Two terms count at once and neither says how many seats it is for, so all seats are priced by the one that began last. Enter quantities, or end the first one.'
          : isMixed
            ? `Two terms count at once, one in ${term.currency} and one in ${later.currency}: their costs are not added. Ask for a currency that both have a rate into.`
            : null;
      return message === null ? [] : [{ code: 'OVERLAP', from, to, message, termIds: [term.id, later.id] }];
    }),
  );
}

function gaps(inOrder: readonly Term[], today: string): TermIssue[] {
  const found: TermIssue[] = [];
  let last: Term | null = null;
  for (const term of inOrder) {
    const end: string | null = last?.expirationDate ?? null;
    if (last !== null && end === null) break;
    if (last !== null && end !== null && term.effectiveDate !== null && dayAfter(end) < term.effectiveDate) {
      const [from, to] = [dayAfter(end), dayBefore(term.effectiveDate)];
      const isNow = from <= today && today <= to;
      const message = `No term counts from ${from} to ${to}${
        isNow ? ', which includes today: the price of the term that ended last stands in' : ''
      }. Move a date, or enter what was bought for these days.`;
      found.push({ code: 'GAP', from, to, message, termIds: [last.id, term.id] });
    }
    if (end === null || term.expirationDate === null || term.expirationDate > end) last = term;
  }
  return found;
}

/** None is in force: whose price stands in. A gap between two terms speaks for itself. */
function standIns(terms: readonly Term[], today: string): TermIssue[] {
  const statuses = new Set(terms.map((term) => termStatus(term, today)));
  const term = countingTerm(terms, today);
  if (term === null || statuses.size !== 1) return [];
  if (statuses.has('ENDED') && term.expirationDate !== null) {
    const from = dayAfter(term.expirationDate);
    const message = `The last term ended on ${term.expirationDate}; its price stands in until a new term is entered.`;
    return [{ code: 'ENDED', from, to: null, message, termIds: [term.id] }];
  }
  if (statuses.has('AHEAD') && term.effectiveDate !== null) {
    const message = `The first term begins on ${term.effectiveDate}; its price stands in until then.`;
    return [{ code: 'NOT_BEGUN', from: null, to: dayBefore(term.effectiveDate), message, termIds: [term.id] }];
  }
  return [];
}

/** The earlier of two last days, of which null is never. */
function earlier(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

const shifted = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const dayAfter = (day: string) => shifted(day, 1);
const dayBefore = (day: string) => shifted(day, -1);
