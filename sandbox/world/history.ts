import { instanceUuid, meetingNumber, readInstanceUuid, readMeetingNumber } from './ids.ts';

type Numbers = Float64Array | Int32Array | Uint8Array;

/** A list of numbers that grows, eight bytes or less an entry. */
class Column<T extends Numbers> {
  #data: T;
  #length = 0;
  readonly #make: (size: number) => T;

  constructor(make: (size: number) => T) {
    this.#make = make;
    this.#data = make(256);
  }

  get length(): number {
    return this.#length;
  }

  get(at: number): number {
    return this.#data[at]!;
  }

  set(at: number, value: number): void {
    this.#data[at] = value;
  }

  push(value: number): number {
    if (this.#length === this.#data.length) {
      const bigger = this.#make(this.#data.length * 2);
      bigger.set(this.#data);
      this.#data = bigger;
    }
    this.#data[this.#length] = value;
    return this.#length++;
  }
}

const floats = () => new Column((size) => new Float64Array(size));
const ints = () => new Column((size) => new Int32Array(size));
const bytes = () => new Column((size) => new Uint8Array(size));

export interface Outsider {
  name: string;
  email: string;
}

/** One answer to one question of a poll. */
export interface PollAnswer {
  /** Who answered: place in `account.people`, or -1 - place in `outsiders`. */
  person: number;
  pollId: string;
  question: string;
  answer: string;
  at: number;
}

/** Somebody who registered for a series. */
export interface Registrant {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  status: 'approved' | 'pending' | 'denied';
  at: number;
}

export interface NewSeries {
  host: number;
  topic: string;
  /** Meetings 1 instant, 2 scheduled, 3 recurring without time, 8 recurring; webinars 5, 6, 9. */
  type: number;
  createdAt: number;
  /** The next or only start, ms; 0: none. */
  startAt: number;
  minutes: number;
}

export interface NewRow {
  /** Place in `account.people`, or -1 - place in `outsiders`. */
  person: number;
  joinAt: number;
  leaveAt: number;
}

/**
 * All meetings and webinars of one account, in columns of numbers so that a hundred thousand users fit in memory.
 *
 * A series is a meeting as it was scheduled (it has the number), an instance is one time it was held (it has the uuid),
 * a row is one stay of one participant.
 */
export class MeetingHistory {
  readonly ordinal: number;
  readonly outsiders: Outsider[] = [];
  readonly topics: string[] = [];
  readonly #topicPlaces = new Map<string, number>();
  readonly #givenUuids = new Map<number, string>();
  readonly #instancesByGivenUuid = new Map<string, number>();

  /** By instance; most have none. */
  readonly polls = new Map<number, PollAnswer[]>();
  /** By series; one without an entry has no registration. */
  readonly registrants = new Map<number, Registrant[]>();
  /** Files of the cloud recording, by instance; most were not recorded. */
  readonly recordings = new Map<number, number>();

  readonly seriesHost = ints();
  readonly seriesTopic = ints();
  readonly seriesType = bytes();
  readonly seriesCreatedAt = floats();
  readonly seriesStartAt = floats();
  readonly seriesMinutes = ints();
  readonly seriesLastInstance = ints();

  readonly instanceSeries = ints();
  readonly instancePrevious = ints();
  readonly instanceStartAt = floats();
  readonly instanceEndAt = floats();
  readonly instanceFirstRow = ints();
  readonly instanceRows = ints();

  readonly rowPerson = ints();
  readonly rowInstance = ints();
  readonly rowJoinAt = floats();
  readonly rowLeaveAt = floats();

  constructor(ordinal: number) {
    this.ordinal = ordinal;
  }

  addSeries(series: NewSeries): number {
    let topic = this.#topicPlaces.get(series.topic);
    if (topic === undefined) {
      topic = this.topics.push(series.topic) - 1;
      this.#topicPlaces.set(series.topic, topic);
    }
    this.seriesHost.push(series.host);
    this.seriesTopic.push(topic);
    this.seriesType.push(series.type);
    this.seriesCreatedAt.push(series.createdAt);
    this.seriesStartAt.push(series.startAt);
    this.seriesMinutes.push(series.minutes);
    return this.seriesLastInstance.push(-1);
  }

  addInstance(series: number, startAt: number, endAt: number, rows: readonly NewRow[], uuid?: string): number {
    const instance = this.instanceSeries.push(series);
    this.instanceStartAt.push(startAt);
    this.instanceEndAt.push(endAt);
    this.instanceFirstRow.push(this.rowPerson.length);
    this.instanceRows.push(rows.length);
    for (const row of rows) {
      this.rowPerson.push(row.person);
      this.rowInstance.push(instance);
      this.rowJoinAt.push(row.joinAt);
      this.rowLeaveAt.push(row.leaveAt);
    }
    // The chain of a series runs from its youngest instance back, whatever order they were added in.
    let after = -1;
    let before = this.seriesLastInstance.get(series);
    while (before >= 0 && this.instanceStartAt.get(before) > startAt) {
      after = before;
      before = this.instancePrevious.get(before);
    }
    this.instancePrevious.push(before);
    if (after < 0) this.seriesLastInstance.set(series, instance);
    else this.instancePrevious.set(after, instance);
    if (uuid) {
      this.#givenUuids.set(instance, uuid);
      this.#instancesByGivenUuid.set(uuid, instance);
    }
    return instance;
  }

  addOutsider(outsider: Outsider): number {
    return -1 - (this.outsiders.push(outsider) - 1);
  }

  topic(series: number): string {
    return this.topics[this.seriesTopic.get(series)]!;
  }

  number(series: number): number {
    return meetingNumber(this.ordinal, series);
  }

  uuid(instance: number): string {
    return this.#givenUuids.get(instance) ?? instanceUuid(this.ordinal, instance);
  }

  isWebinar(series: number): boolean {
    const type = this.seriesType.get(series);
    return type === 5 || type === 6 || type === 9;
  }

  /** The series with this number, or -1. */
  seriesByNumber(number: number): number {
    const read = readMeetingNumber(number);
    return read && read.accountOrdinal === this.ordinal && read.series < this.seriesHost.length ? read.series : -1;
  }

  /** The instance with this uuid, or -1. */
  instanceByUuid(uuid: string): number {
    const given = this.#instancesByGivenUuid.get(uuid);
    if (given !== undefined) return given;
    const read = readInstanceUuid(uuid);
    return read && read.accountOrdinal === this.ordinal && read.instance < this.instanceSeries.length
      ? read.instance
      : -1;
  }

  /** All instances of a series, youngest first. */
  instancesOf(series: number): number[] {
    const list: number[] = [];
    for (let at = this.seriesLastInstance.get(series); at >= 0; at = this.instancePrevious.get(at)) list.push(at);
    return list;
  }

  host(instance: number): number {
    return this.seriesHost.get(this.instanceSeries.get(instance));
  }

  rowsOf(instance: number): number[] {
    const first = this.instanceFirstRow.get(instance);
    return Array.from({ length: this.instanceRows.get(instance) }, (_, i) => first + i);
  }

  /** Different people in an instance; who left and came back counts once. */
  uniqueParticipants(instance: number): number {
    const first = this.instanceFirstRow.get(instance);
    const count = this.instanceRows.get(instance);
    if (count < 2) return count;
    const people = new Set<number>();
    for (let row = first; row < first + count; row++) people.add(this.rowPerson.get(row));
    return people.size;
  }
}
