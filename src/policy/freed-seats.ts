import { DAY_MS } from './inactivity.ts';

/** Where a seat that was taken back has ended: idle, given to somebody, given up, or back with whom it came from. */
export type FreedSeatState = 'FREED' | 'REUSED' | 'REALIZED' | 'RETURNED';

/** One seat of one license that one item of a reclamation freed. */
export interface FreedSeat {
  id: string;
  userId: string;
  freedAt: Date;
  /** When a restore gave it back; null: none did. */
  restoredAt: Date | null;
}

/** Somebody began or ceased to hold the license, or turned out to hold it: nothing was given to them then. */
export interface HoldingEvent {
  at: Date;
  userId: string;
  kind: 'HELD' | 'LET_GO' | 'COUNTED';
}

/** What was owned on a day, as that day's last reconciliation saw it; null: not known, or unlimited. */
export interface OwnedDay {
  day: string;
  owned: number | null;
}

/** Everything that is known of one license since its first seat was freed. */
export interface FreedSeatFacts {
  seats: readonly FreedSeat[];
  /** How many held it right before the first seat was freed, whoever that was taken from included. */
  heldBefore: number;
  events: readonly HoldingEvent[];
  /** In any order; days on which nothing changed may be missing. */
  days: readonly OwnedDay[];
  /** Nothing after this moment counts. */
  asOf: Date;
}

/** A seat with where it has ended, since when, and what proves it. */
export interface SettledSeat extends FreedSeat {
  state: FreedSeatState;
  stateAt: Date;
  /** Who was given it, of a reused one; null otherwise. */
  givenTo: string | null;
  /** What proves the state, or what is missing to claim more, in words. */
  evidence: string;
}

/** A cut that is undone within so many days saved nothing. */
export const REVERSAL_DAYS = 30;
/** For so many days the last count of owned seats is taken for today's. */
export const OWNED_STALE_DAYS = 7;

interface Cut {
  at: number;
  day: string;
  /** Seats that were owned and are not any more because of it. */
  left: number;
}

interface OpenSeat extends SettledSeat {
  cut: Cut | null;
  /** After it was given back, has its user been seen holding it? That is no growth. */
  heldAgain: boolean;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const startOf = (day: string) => Date.parse(`${day}T00:00:00.000Z`);

type KnownDay = OwnedDay & { owned: number };
type Event = { at: number; id: string } & (
  | { kind: 'OWNED'; from: KnownDay; to: KnownDay }
  | { kind: HoldingEvent['kind']; userId: string }
  | { kind: 'FREED' | 'RESTORED'; seat: OpenSeat }
);

/** At the same moment, what speaks against a saving comes first. */
const RANK: Record<Event['kind'], number> = { OWNED: 0, LET_GO: 1, FREED: 2, RESTORED: 3, COUNTED: 4, HELD: 5 };

/**
 * Where every seat of a license that was freed by `asOf` has ended, in the order of `seats`. Seats are settled in the order in which they
 * were freed. What can't be proven (owned seats are not known, or changed around the moment) stays `FREED`, and its
 * evidence says so.
 */
export function settleFreedSeats(facts: FreedSeatFacts): SettledSeat[] {
  const book = new Book(facts);
  for (const event of book.events()) book.post(event);
  return book.settled();
}

class Book {
  readonly #facts: FreedSeatFacts;
  readonly #days: OwnedDay[];
  readonly #seats: OpenSeat[];
  readonly #byUser = new Map<string, OpenSeat[]>();
  /** Of whom seats were taken: do they hold one now? */
  readonly #holds = new Map<string, boolean>();
  /** Freed and idle, the one freed first before the others. */
  #idle: OpenSeat[] = [];
  #held: number;
  #cuts: Cut[] = [];
  #note: { at: number; text: string } | null = null;

  constructor(facts: FreedSeatFacts) {
    this.#facts = facts;
    this.#held = facts.heldBefore;
    this.#days = [...facts.days].sort((a, b) => (a.day < b.day ? -1 : 1));
    const seats = facts.seats.filter(({ freedAt }) => freedAt <= facts.asOf);
    this.#seats = seats.map((seat) => ({
      ...seat,
      state: 'FREED',
      stateAt: seat.freedAt,
      givenTo: null,
      evidence: '',
      cut: null,
      heldAgain: false,
    }));
  }

  /** Everything that happened, in one order whatever order it was told in. */
  events(): Event[] {
    const end = this.#facts.asOf.getTime();
    const events: Event[] = [
      ...this.#facts.events.map(({ at, userId, kind }) => ({ at: at.getTime(), id: userId, kind, userId })),
      ...this.#seats.map((seat) => ({ at: seat.freedAt.getTime(), id: seat.id, kind: 'FREED' as const, seat })),
      ...this.#seats.flatMap((seat) =>
        seat.restoredAt === null
          ? []
          : [{ at: seat.restoredAt.getTime(), id: seat.id, kind: 'RESTORED' as const, seat }],
      ),
    ];
    const known = this.#days.flatMap(({ day, owned }) => (owned === null ? [] : [{ day, owned }]));
    known.forEach((to, index) => {
      const from = known[index - 1];
      if (from === undefined || from.owned === to.owned) return;
      // The day before still ended with the old number: only what was freed by then was freed before the change.
      events.push({ at: startOf(from.day) + DAY_MS, id: to.day, kind: 'OWNED', from, to });
    });
    const ordered = events
      .filter(({ at }) => at <= end)
      .sort((a, b) => a.at - b.at || RANK[a.kind] - RANK[b.kind] || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    const taken = new Set(this.#seats.map(({ userId }) => userId));
    for (const event of ordered) {
      const userId = 'userId' in event ? event.userId : 'seat' in event ? event.seat.userId : '';
      // Who got it first and lost it later did not hold it at the start.
      if (taken.has(userId) && !this.#holds.has(userId))
        this.#holds.set(userId, event.kind !== 'HELD' && event.kind !== 'COUNTED');
    }
    return ordered;
  }

  post(event: Event): void {
    switch (event.kind) {
      case 'OWNED':
        return event.to.owned < event.from.owned ? this.#cut(event) : this.#grow(event);
      case 'FREED':
        return this.#free(event.seat);
      case 'RESTORED':
        if (event.seat.state !== 'RETURNED') return this.#giveBack(event.seat, event.at, 'A restore gave it back.');
        event.seat.evidence = 'A restore gave it back.';
        return;
      case 'LET_GO':
        if (this.#holds.get(event.userId) === false) return;
        if (this.#holds.has(event.userId)) this.#holds.set(event.userId, false);
        this.#held -= 1;
        return;
      case 'COUNTED':
      case 'HELD':
        return this.#hold(event.userId, event.at, event.kind === 'HELD');
    }
  }

  settled(): SettledSeat[] {
    return this.#seats.map(({ cut: _cut, heldAgain: _heldAgain, ...seat }) => {
      if (seat.state !== 'FREED') return seat;
      const note = this.#note !== null && this.#note.at >= seat.freedAt.getTime() ? ` ${this.#note.text}` : '';
      const isKnown = this.#days.some(({ owned }) => owned !== null);
      const unknown = 'Nobody knows how many seats are owned, so neither a reuse nor a cut can be claimed.';
      return { ...seat, evidence: `Idle in the pool: no money yet.${note === '' && !isKnown ? ` ${unknown}` : note}` };
    });
  }

  #free(seat: OpenSeat): void {
    if (this.#holds.get(seat.userId) === true) {
      this.#holds.set(seat.userId, false);
      this.#held -= 1;
    }
    this.#byUser.set(seat.userId, [...(this.#byUser.get(seat.userId) ?? []), seat]);
    this.#idle.push(seat);
  }

  #hold(userId: string, at: number, isGrowth: boolean): void {
    if (this.#holds.get(userId) === true) return;
    const seats = this.#byUser.get(userId) ?? [];
    const taken = seats.findLast(({ state }) => state !== 'RETURNED');
    const awaited = seats.find(({ state, heldAgain }) => state === 'RETURNED' && !heldAgain);
    if (taken !== undefined) {
      this.#giveBack(taken, at, 'Its user got the license again, without a restore.');
      taken.heldAgain = true;
    } else if (awaited !== undefined) awaited.heldAgain = true;
    else if (isGrowth) this.#reuse(userId, at);
    if (this.#holds.has(userId)) this.#holds.set(userId, true);
    this.#held += 1;
  }

  /** Its user has it again: no saving. What it stood for, another idle seat stands for where one was needed. */
  #giveBack(seat: OpenSeat, at: number, evidence: string): void {
    const { state, stateAt, evidence: proof, cut, givenTo } = seat;
    const claim = this.#claim(at);
    Object.assign(seat, { state: 'RETURNED', stateAt: new Date(at), evidence, cut: null, givenTo: null });
    if (state === 'FREED') {
      this.#idle = this.#idle.filter((other) => other !== seat);
      return;
    }
    const next = claim.isProven ? this.#idle.shift() : undefined;
    if (next === undefined) return;
    Object.assign(next, {
      state,
      cut,
      givenTo,
      stateAt: next.freedAt <= stateAt ? stateAt : new Date(at),
      evidence: `${proof} It takes the place of a seat that was given back on ${dayOf(at)}.`,
    });
  }

  /** Somebody else got one: a purchase was avoided where none would have been free without what was taken back. */
  #reuse(userId: string, at: number): void {
    if (this.#idle.length === 0) return;
    const claim = this.#claim(at);
    if (!claim.isProven) {
      this.#note = { at, text: `Somebody was given a seat on ${dayOf(at)}, but ${claim.why}, so no reuse is claimed.` };
      return;
    }
    const seat = this.#idle.shift();
    if (seat === undefined) return;
    seat.state = 'REUSED';
    seat.stateAt = new Date(at);
    seat.givenTo = userId;
    seat.evidence =
      `Given to somebody else on ${dayOf(at)}: of ${claim.owned} seats owned ${this.#held} were held, and without the ` +
      `${this.#idle.length + 1} taken back and idle none would have been free.`;
  }

  /** Would no seat be free at this moment without those that were taken back, and is one free with them? */
  #claim(at: number): { isProven: true; owned: number } | { isProven: false; why: string } {
    const counts = this.#ownedAround(at);
    if (counts === null) return { isProven: false, why: 'it is not known how many were owned then' };
    const [owned = 0] = counts;
    const free = counts.map((count) => count - this.#held);
    if (free.some((count) => count > this.#idle.length)) {
      return { isProven: false, why: 'another was free, or had just been bought' };
    }
    if (free.some((count) => count < 1)) return { isProven: false, why: 'more were held than owned' };
    return { isProven: true, owned };
  }

  /** What may have been owned at a moment: by the day itself, and the days before and after. Null: not known. */
  #ownedAround(at: number): number[] | null {
    const day = dayOf(at);
    const before = this.#days.findLast((one) => one.day < day);
    const same = this.#days.find((one) => one.day === day);
    const after = this.#days.find((one) => one.day > day);
    if (same === undefined && before === undefined) return null;
    const isStale =
      same === undefined && after === undefined && at - startOf(before?.day ?? day) > (OWNED_STALE_DAYS + 1) * DAY_MS;
    const counts = [same, before, after].flatMap((one) => (one === undefined ? [] : [one.owned]));
    return isStale || counts.includes(null) ? null : counts.filter((count) => count !== null);
  }

  /** Fewer are owned: money is saved by those of them that could not have been given up without what was taken back. */
  #cut({ at, from, to }: Event & { kind: 'OWNED' }): void {
    const cut: Cut = { at, day: to.day, left: from.owned - to.owned };
    this.#cuts.push(cut);
    const free = Math.max(0, from.owned - this.#held);
    const others = Math.max(0, free - this.#idle.length);
    const count = Math.min(free - others, Math.max(0, cut.left - others));
    for (const seat of this.#idle.splice(0, count)) {
      seat.state = 'REALIZED';
      seat.stateAt = new Date(startOf(to.day));
      seat.cut = cut;
      seat.evidence =
        `Owned seats fell from ${from.owned} (${from.day}) to ${to.owned} (${to.day}) after it was freed; ` +
        `${Math.min(others, cut.left)} of these ${cut.left} could have been given up anyway.`;
    }
    if (this.#idle.length > 0 && count < cut.left) {
      this.#note = {
        at,
        text:
          `Owned seats fell by ${cut.left} on ${to.day}, ` +
          (others > 0
            ? `but ${others} idle ones were none that had been taken back.`
            : 'but more were held than owned.'),
      };
    }
  }

  /** More are owned: a cut shortly before was none. */
  #grow({ at, from, to }: Event & { kind: 'OWNED' }): void {
    let more = to.owned - from.owned;
    for (const cut of this.#cuts.toReversed()) {
      if (at - cut.at > REVERSAL_DAYS * DAY_MS || more === 0) break;
      const undone = Math.min(more, cut.left);
      more -= undone;
      cut.left -= undone;
      const seats = this.#seats.filter((seat) => seat.cut === cut).sort(byFreedAt);
      for (const seat of seats.slice(Math.max(0, seats.length - undone))) {
        Object.assign(seat, { state: 'FREED', stateAt: seat.freedAt, evidence: '', cut: null });
        this.#idle.push(seat);
        this.#note = { at, text: `The cut of ${cut.day} was undone by ${to.day}, so it saved nothing.` };
      }
    }
    this.#idle.sort(byFreedAt);
  }
}

const byFreedAt = (a: FreedSeat, b: FreedSeat) =>
  a.freedAt.getTime() - b.freedAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
