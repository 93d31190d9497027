import type { FreedSeatState, SettledSeat } from './freed-seats.ts';
import { totals, type Amount } from './savings.ts';

/** One freed seat in the book of savings. */
export interface SavingsEntryFacts extends SettledSeat {
  itemId: string;
  candidateId: string;
  licenseId: string;
  /** What it cost a year on the day it was freed; null without a price. */
  annualAmount: Amount | null;
  /** Why the amount is missing, or not the price of that day; null when nothing is to be said. */
  priceNote: string | null;
}

/** Seats of one kind, and what they cost a year. */
export interface SavingsFigure {
  seats: number;
  /** A currency each, never converted. */
  annualAmounts: Amount[];
  seatsWithoutPrice: number;
}

/** Open candidates of one license. */
export interface Potential {
  licenseId: string;
  count: number;
  /** What all of them cost a year; null without a price. */
  annualAmount: Amount | null;
}

/** The figures that finance keeps apart. What was returned is listed, and saves nothing. */
export interface SavingsFigures {
  potential: SavingsFigure;
  freed: SavingsFigure;
  reused: SavingsFigure;
  realized: SavingsFigure;
  returned: SavingsFigure;
}

/** The figures of some seats and candidates: every seat is in exactly one of them. */
export function savingsFigures(entries: readonly SavingsEntryFacts[], open: readonly Potential[]): SavingsFigures {
  const of = (state: FreedSeatState) =>
    figure(entries.flatMap((entry) => (entry.state === state ? { ...entry, count: 1 } : [])));
  return {
    potential: figure(open),
    freed: of('FREED'),
    reused: of('REUSED'),
    realized: of('REALIZED'),
    returned: of('RETURNED'),
  };
}

function figure(parts: readonly Pick<Potential, 'count' | 'annualAmount'>[]): SavingsFigure {
  const seats = (list: typeof parts) => list.reduce((sum, { count }) => sum + count, 0);
  return {
    seats: seats(parts),
    annualAmounts: totals(parts.map(({ annualAmount }) => annualAmount)),
    seatsWithoutPrice: seats(parts.filter(({ annualAmount }) => annualAmount === null)),
  };
}
