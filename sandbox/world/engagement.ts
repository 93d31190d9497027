import { zoomId } from './ids.ts';
import { MINUTE } from './model.ts';
import { FIRST_NAMES, LAST_NAMES, toAscii } from './names.ts';
import type { PollAnswer, Registrant } from './history.ts';
import type { Account, SandboxUser } from './model.ts';
import type { Random } from './random.ts';

const SHARE = 0.05;
const QUESTIONS = ['Was this useful?', 'Do we need another one?', 'How is the pace?'];
const ANSWERS = ['Yes', 'No', 'Not sure'];

/**
 * Gives a few licensed hosts what a Basic one can't have: polls, registration, cloud recordings. In a world with hosts
 * there is at least one of each kind. Has a source of chance of its own, so that the meetings stay what they were.
 */
export function addEngagement(account: Account, random: Random): void {
  const hosts = account.people.filter(
    (user) => user.type === 2 && user.status === 'active' && !user.isRoom && user.hosted.length > 0,
  );
  for (const [kind, give] of [
    ['polls', addPolls],
    ['registration', addRegistration],
    ['recordings', addRecordings],
  ] as const) {
    const chance = random.fork(kind);
    const chosen = hosts.filter(() => chance.chance(SHARE));
    let given = 0;
    for (const host of chosen) given += give(account, host, chance);
    // A small world would often go without.
    for (const host of hosts) {
      if (given > 0) break;
      given += give(account, host, chance);
    }
  }
}

/** One to three polls in half of the scheduled meetings and webinars. */
function addPolls(account: Account, host: SandboxUser, random: Random): number {
  const { history } = account;
  let given = 0;
  for (const instance of host.hosted) {
    // Zoom has no polls in instant meetings.
    const isInstant = history.seriesType.get(history.instanceSeries.get(instance)) === 1;
    if (isInstant || history.uniqueParticipants(instance) < 2 || !random.chance(0.5)) continue;
    const rows = history.rowsOf(instance);
    const people = new Set(rows.map((row) => history.rowPerson.get(row)).filter((person) => person !== host.index));
    const answers: PollAnswer[] = [];
    for (let poll = random.int(1, 3); poll > 0; poll--) {
      const pollId = zoomId(random);
      const question = random.pick(QUESTIONS);
      const at = history.instanceStartAt.get(instance) + random.int(5, 10) * MINUTE;
      for (const person of people) answers.push({ person, pollId, question, answer: random.pick(ANSWERS), at });
    }
    history.polls.set(instance, answers);
    given++;
  }
  return given;
}

/** Registration for the recurring meetings and the webinars of a host. */
function addRegistration(account: Account, host: SandboxUser, random: Random): number {
  const { history } = account;
  let given = 0;
  for (const series of host.scheduled) {
    if (history.seriesType.get(series) !== 8 && !history.isWebinar(series)) continue;
    const openedAt = history.seriesCreatedAt.get(series);
    const registrants = Array.from({ length: random.int(3, 12) }, (_, i): Registrant => {
      const firstName = random.pick(FIRST_NAMES);
      const lastName = random.pick(LAST_NAMES);
      return {
        id: zoomId(random),
        email: `${toAscii(firstName)}.${toAscii(lastName)}${i}@outside.example`,
        firstName,
        lastName,
        // The first one always got in.
        status: i === 0 ? 'approved' : random.weighted([['approved', 8], ['pending', 1], ['denied', 1]]), // prettier-ignore
        at: openedAt + (i + 1) * 10 * MINUTE,
      };
    });
    history.registrants.set(series, registrants);
    given++;
  }
  return given;
}

/** Most meetings and webinars of a host, recorded in the cloud. */
function addRecordings(account: Account, host: SandboxUser, random: Random): number {
  let given = 0;
  for (const instance of host.hosted) {
    if (!random.chance(0.7)) continue;
    account.history.recordings.set(instance, random.int(1, 4));
    given++;
  }
  return given;
}
