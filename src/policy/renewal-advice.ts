import { annualCost, type Amount, type Price } from './savings.ts';
import type { SeatBand } from './seat-need.ts';

/** What is known of the seats that come up for renewal. */
export interface RenewalSeats {
  /** Null: not known. */
  owned: number | null;
  unlimited: boolean;
  /** Seats that an earlier renewal of the same license would buy, or (below zero) give up. */
  earlier: number;
  /** How many of them this renewal is about; null: all. */
  renewing: number | null;
  assigned: number;
  /** Who uses one today, by the threshold of the rules. */
  active: number;
  /** Seats that are kept although no use speaks for them: for who is invited, excluded, no person, or not counted. */
  reserved: number;
  /** Words instead of a band say why there is none. Without the reserve. */
  need: SeatBand | string;
  price: Price | null;
  /** Is the day over? */
  isOverdue: boolean;
}

/** What the figures say. */
export interface RenewalAdvice {
  verdict: 'CUT' | 'HOLD' | 'BUY' | 'UNKNOWN';
  /** How many to give up or to buy; 0 otherwise. */
  seats: number;
  /** What these cost a year; null without a price, and where there is nothing to give up or to buy. */
  annualAmount: Amount | null;
  reason: string;
}

/**
 * Given up is only what not even the high end of the band needs, never below who uses one today; bought is what the
 * expected need is over what is owned; otherwise it is held. Both ends have the reserve on top.
 */
export function renewalAdvice(seats: RenewalSeats): RenewalAdvice {
  const { need, active, reserved, price, earlier } = seats;
  const overdue = seats.isOverdue
    ? ' The day is over: enter the term that follows, or what the subscription became.'
    : '';
  const say = (verdict: RenewalAdvice['verdict'], count: number, reason: string): RenewalAdvice => ({
    verdict,
    seats: count,
    annualAmount: count === 0 ? null : annualCost(price, count),
    reason: `${reason}${count > 0 && annualCost(price, count) === null ? ' There is no price.' : ''}${overdue}`,
  });
  if (seats.unlimited) return say('HOLD', 0, 'As many may be assigned as anybody likes.');
  if (seats.owned === null) return say('UNKNOWN', 0, 'It is not known how many seats are owned; enter them.');
  if (typeof need === 'string') return say('UNKNOWN', 0, need);
  const owned = seats.owned + earlier;
  const kept = Math.max(need.high, active) + reserved;
  const expected = need.expected + reserved;
  const words = `${need.low + reserved} to ${need.high + reserved} will be needed, most likely ${expected}; ${owned} ${earlier === 0 ? 'are owned' : 'will be owned after the renewal before'}`;
  if (expected > owned) {
    return say('BUY', expected - owned, `${words}.${kept > expected ? ` It may be up to ${kept - owned} more.` : ''}`);
  }
  const spare = Math.min(owned - kept, seats.renewing ?? owned);
  if (spare <= 0) return say('HOLD', 0, `${words}, which leaves nothing that could be given up safely.`);
  const idle = Math.max(0, seats.assigned - (owned - spare));
  const first = idle === 0 ? '' : ` Take ${idle} back first: so many more are assigned.`;
  const floor = active > need.high ? ` ${active} use one today, and so many are kept.` : '';
  return say('CUT', spare, `${words}.${floor}${first}`);
}
