import { addPastMeeting, addPastWebinar, makeUser, type SandboxUser, type World } from '#sandbox/index.ts';
import {
  ended,
  participantsJoined,
  userActivated,
  userCreated,
  userDeactivated,
  userDeleted,
  userDisassociated,
  userInvitationAccepted,
  userSettingsUpdated,
  userSignedIn,
  userSignedOut,
  userUpdated,
} from './webhooks.ts';

/** Numbers that look random and are the same for the same seed. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error('There is nothing to pick from.');
    return one;
  }

  shuffle<T>(list: readonly T[]): T[] {
    const mixed = [...list];
    for (let i = mixed.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
    }
    return mixed;
  }
}

/** Somebody of the story, as they are at the moment that it has come to. */
interface Person {
  user: SandboxUser;
  is: 'ABSENT' | 'INVITED' | 'ACTIVE' | 'INACTIVE' | 'GONE';
}

/**
 * `count` webhooks that tell a life: people are created, invited, changed, deactivated, deleted, take over addresses of
 * those who left, sign in, hold meetings and join them. In the order in which it happened, from `fromMs` on. About
 * `listed`, who are on the roster already, and as many newcomers.
 */
export function webhookStory(
  world: World,
  {
    listed,
    newcomers,
    count,
    fromMs,
    seed,
  }: { listed: SandboxUser[]; newcomers: number; count: number; fromMs: number; seed: number },
): { event_ts: number }[] {
  const dice = new Dice(seed);
  const people: Person[] = [
    ...listed.map((user): Person => ({ user: { ...user }, is: 'ACTIVE' })),
    ...Array.from({ length: newcomers }, (_, n): Person => {
      const user = makeUser(world, { email: `newcomer-${n}@example.com`, firstName: `New${n}`, lastName: 'Comer' });
      return { user: { ...user }, is: 'ABSENT' };
    }),
  ];
  const story: { event_ts: number }[] = [];
  let at = fromMs;
  const there = () => people.filter((one) => one.is === 'ACTIVE');
  const freeAddresses: string[] = [];

  const change = (person: Person): object[] => {
    const { user } = person;
    const happening = { at };
    switch (dice.below(12)) {
      case 0:
        person.is = 'INACTIVE';
        return [userDeactivated(user, happening)];
      case 1:
        if (freeAddresses.length === 0) return [];
        // Takes over the address of somebody who left.
        freeAddresses.push(user.email);
        user.email = freeAddresses.shift() as string;
        return [userUpdated(user, { email: user.email }, {}, happening)];
      case 2: {
        freeAddresses.push(user.email);
        user.email = `moved-${at}@example.com`;
        return [userUpdated(user, { email: user.email }, {}, happening)];
      }
      case 3:
      case 4:
        user.type = dice.pick([1, 2, 2, 4, 6]);
        return [userUpdated(user, { type: user.type }, {}, happening)];
      case 5:
        return [userUpdated(user, { dept: dice.pick(['Law', 'Sales', '', 'Finance']) }, {}, happening)];
      case 6:
        return [
          userUpdated(user, { first_name: dice.pick(['Ann', 'Bo', 'Cy']), display_name: `At ${at}` }, {}, happening),
        ];
      case 7: {
        const webinar = dice.below(2) === 0;
        const feature = { webinar, ...(webinar && { webinar_capacity: dice.pick([100, 500, 1000]) }) };
        return [userSettingsUpdated(user, { feature }, {}, happening)];
      }
      case 8:
        return [
          userUpdated(
            user,
            { settings: { feature: { large_meeting: true, large_meeting_capacity: 500 } } },
            {},
            happening,
          ),
        ];
      case 9:
        return [userSettingsUpdated(user, { recording: { auto_recording: true } }, {}, happening)];
      default:
        return [userSignedIn(user, at), ...(dice.below(3) === 0 ? [userSignedOut(user, at + 400)] : [])];
    }
  };

  const leave = (person: Person): object[] => {
    person.is = 'GONE';
    freeAddresses.push(person.user.email);
    return [dice.pick([userDeleted, userDisassociated])(person.user, { at })];
  };

  const meet = (): object[] => {
    const [host, guest] = [dice.pick(there()), dice.pick(people)];
    const startAt = at - 3_600_000;
    const place = dice.below(4) === 0 ? addPastWebinar : addPastMeeting;
    const { uuid } = place(world, {
      hostId: host.user.id,
      startAt,
      minutes: 10 + dice.below(40),
      participants: [
        { userId: guest.user.id, joinAfter: 1 },
        { name: 'A guest', email: `guest${at}@elsewhere.example` },
      ],
    });
    // Told with a delay, as happens; the story's clock only goes forward.
    const told = [...participantsJoined(world.regular, uuid), ended(world.regular, uuid)];
    return told.map((one, n) => ({ ...one, event_ts: at + n }));
  };

  while (story.length < count) {
    at += 1_000 + dice.below(4_000);
    const person = dice.pick(people);
    const happened = ((): object[] => {
      if (dice.below(12) === 0 && there().length > 2) return meet();
      switch (person.is) {
        case 'ABSENT': {
          const isInvited = dice.below(2) === 0;
          person.is = isInvited ? 'INVITED' : 'ACTIVE';
          person.user.type = dice.pick([1, 2]);
          return [userCreated(person.user, { at }, isInvited ? 'create' : 'ssoCreate')];
        }
        case 'INVITED':
          if (dice.below(4) === 0) return leave(person);
          person.is = 'ACTIVE';
          return [userInvitationAccepted(person.user, { at })];
        case 'INACTIVE':
          if (dice.below(3) === 0) return leave(person);
          person.is = 'ACTIVE';
          person.user.type = 1;
          return [userActivated(person.user, { at })];
        case 'GONE':
          // Some come back, as themselves and with an address of their own.
          if (dice.below(3) > 0) return [];
          person.is = 'ACTIVE';
          person.user.email = `back-${at}@example.com`;
          return [userCreated(person.user, { at }, 'ssoCreate')];
        case 'ACTIVE':
          return dice.below(30) === 0 ? leave(person) : change(person);
      }
    })();
    story.push(...(happened as { event_ts: number }[]).slice(0, count - story.length));
  }
  return story;
}
