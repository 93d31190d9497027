import { DAY, HOUR, MINUTE } from './model.ts';
import { TOPICS, WEBINAR_TOPICS } from './names.ts';
import { idleDays } from './people.ts';
import { addSchedule, hold } from './place.ts';
import type { NewRow } from './history.ts';
import type { Account, SandboxUser } from './model.ts';
import type { Random } from './random.ts';

const REACH_DAYS = 120;

interface Guests {
  /** People who join what others host. */
  joiners: SandboxUser[];
  /** The next joiner: going around gives everybody a turn. */
  turn: number;
  outsiders: number[];
}

/**
 * Gives everybody of the account the past that their behavior asks for: meetings with participants, rejoins and outsiders,
 * meetings of one, webinars, and what they scheduled. `now` places the few things that are about this moment.
 */
export function addHistory(account: Account, random: Random, today: number, now: number): void {
  const active = account.people.filter((user) => user.status === 'active' && !user.isRoom);
  const guests: Guests = {
    joiners: active.filter((user) => ['dailyHost', 'weeklyHost', 'joinsOnly', 'joinsOnly'].includes(user.behavior)),
    turn: 0,
    outsiders: outsiders(account, random),
  };
  const joinsOnly = active.filter((user) => user.behavior === 'joinsOnly');
  // Those who only join take every second seat.
  guests.joiners = guests.joiners.flatMap((user, i) =>
    joinsOnly.length ? [user, joinsOnly[(i * 7) % joinsOnly.length]!] : [user],
  );
  for (const user of account.people) addPast(account, user, guests, random, today);
  addFuture(account, active, random, now);
}

function outsiders(account: Account, random: Random): number[] {
  const people = [];
  for (let i = 0; i < 40; i++) {
    // Zoom names people of other accounts, but gives neither id nor e-mail.
    const name = random.weighted([
      [`Guest ${i + 1}`, 3],
      ['iPhone', 1],
      [`+1 512***${1000 + i}`, 1],
    ]);
    people.push(account.history.addOutsider({ name, email: '' }));
  }
  return people;
}

function addPast(account: Account, user: SandboxUser, guests: Guests, random: Random, today: number): void {
  const idle = idleDays(user.behavior);
  const every = { dailyHost: 7, weeklyHost: 14, soloHost: 14, webinarOnly: 0 }[user.behavior] ?? (idle ? 18 : 0);
  if (user.behavior === 'webinarOnly' || (user.webinarCapacity && every && !idle))
    addWebinars(account, user, guests, random, today);
  if (!every || (user.type !== 1 && user.type !== 2 && user.type !== 3)) return;

  const last = idle === null ? random.int(2, every === 7 ? 30 : 150) * HOUR : idle * DAY + random.int(2, 40) * HOUR;
  const topic = random.pick(TOPICS);
  const recurring = { series: -1, type: random.chance(0.1) ? 3 : 8 };
  for (let ago = last; ago < REACH_DAYS * DAY; ago += random.int(every * 12, every * 36) * HOUR) {
    const startAt = today - ago - 2 * HOUR - random.int(0, 3) * 15 * MINUTE;
    if (startAt < user.userCreatedAt) break;
    const minutes = user.type === 1 ? random.int(12, 40) : random.pick([15, 25, 30, 30, 45, 55, 60, 90]);
    let series: number;
    if (random.chance(0.5)) {
      // Instances are made youngest first, so the series is created before the reach of the history.
      if (recurring.series < 0)
        recurring.series = schedule(account, user, recurring.type, topic, 0, minutes, today - REACH_DAYS * DAY - DAY);
      series = recurring.series;
    } else {
      const type = random.chance(0.3) ? 1 : 2;
      const ahead = type === 1 ? 0 : random.int(1, 10) * DAY;
      series = schedule(
        account,
        user,
        type,
        random.pick(TOPICS),
        startAt,
        minutes,
        Math.max(user.userCreatedAt, startAt - ahead),
      );
    }
    const alone = user.behavior === 'soloHost' || random.chance(0.07);
    hold(
      account,
      series,
      startAt,
      startAt + minutes * MINUTE,
      stays(user, alone ? 0 : guestCount(random), guests, startAt, minutes, random),
    );
  }
  if (recurring.series >= 0 && recurring.type === 8 && idle === null) {
    account.history.seriesStartAt.set(recurring.series, today + random.int(3, 9) * DAY + random.int(8, 17) * HOUR);
  } else if (recurring.series >= 0 && recurring.type === 8) {
    account.history.seriesStartAt.set(
      recurring.series,
      account.history.instanceStartAt.get(account.history.seriesLastInstance.get(recurring.series)),
    );
  }
}

function schedule(
  account: Account,
  user: SandboxUser,
  type: number,
  topic: string,
  startAt: number,
  minutes: number,
  createdAt: number,
): number {
  return addSchedule(account, user, { startAt, minutes, topic, type, createdAt });
}

const guestCount = (random: Random) =>
  random.weighted([
    [1, 30],
    [2, 30],
    [3, 20],
    [4, 12],
    [5, 8],
  ]);

function stays(
  host: SandboxUser,
  count: number,
  guests: Guests,
  startAt: number,
  minutes: number,
  random: Random,
): NewRow[] {
  const endAt = startAt + minutes * MINUTE;
  const rows: NewRow[] = [{ person: host.index, joinAt: startAt, leaveAt: endAt }];
  const seen = new Set([host.index]);
  for (let i = 0; i < count; i++) {
    let person: number;
    if (random.chance(0.15) || guests.joiners.length < 3) person = random.pick(guests.outsiders);
    else person = guests.joiners[guests.turn++ % guests.joiners.length]!.index;
    if (seen.has(person)) continue;
    seen.add(person);
    const joinAt = startAt + random.int(0, Math.min(6, minutes - 4)) * MINUTE + random.int(0, 59) * 1000;
    if (minutes >= 20 && random.chance(0.08)) {
      const drop = joinAt + 8 * MINUTE;
      rows.push({ person, joinAt, leaveAt: drop }, { person, joinAt: drop + MINUTE, leaveAt: endAt });
    } else {
      rows.push({ person, joinAt, leaveAt: endAt - random.int(0, 2) * MINUTE });
    }
  }
  return rows;
}

function addWebinars(account: Account, user: SandboxUser, guests: Guests, random: Random, today: number): void {
  for (let ago = random.int(4, 25) * DAY; ago < REACH_DAYS * DAY; ago += random.int(20, 45) * DAY) {
    const startAt = today - ago - random.int(6, 16) * HOUR;
    const series = schedule(
      account,
      user,
      5,
      random.pick(WEBINAR_TOPICS),
      startAt,
      60,
      startAt - random.int(5, 20) * DAY,
    );
    hold(account, series, startAt, startAt + HOUR, stays(user, random.int(6, 11), guests, startAt, 60, random));
  }
  if (random.chance(0.3))
    schedule(
      account,
      user,
      5,
      random.pick(WEBINAR_TOPICS),
      today + random.int(5, 25) * DAY,
      60,
      today - random.int(5, 9) * DAY,
    );
}

function addFuture(account: Account, active: SandboxUser[], random: Random, now: number): void {
  const nextHour = Math.ceil(now / HOUR) * HOUR;
  const hosts = active.filter((user) => user.behavior === 'dailyHost' || user.behavior === 'weeklyHost');
  const few = (share: number) => Math.min(hosts.length, Math.ceil(hosts.length * share));
  for (let i = 0; i < few(0.02); i++)
    schedule(
      account,
      random.pick(hosts),
      2,
      random.pick(TOPICS),
      nextHour + random.int(1, 20) * HOUR,
      45,
      now - 30 * HOUR,
    );
  for (let i = 0; i < few(0.05); i++)
    schedule(
      account,
      random.pick(hosts),
      2,
      random.pick(TOPICS),
      nextHour + random.int(3, 8) * DAY,
      60,
      now - 50 * HOUR,
    );
  // Somebody idle who nevertheless planned something: not to be touched before.
  const planner = active.filter((user) => user.type === 2 && user.behavior === 'idle70')[0];
  if (planner) schedule(account, planner, 2, 'Planned long ago', nextHour + 5 * DAY, 60, planner.lastLoginAt!);
  const host = hosts[Math.floor(hosts.length / 2)];
  if (host) {
    const startedAt = now - 12 * MINUTE;
    const series = schedule(account, host, 2, 'Going on now', startedAt, 60, now - 20 * HOUR);
    account.live.push({ series, startedAt });
  }
}
