import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RosterEntry } from '#src/db/tables/rows.ts';
import {
  claimsToPatch,
  entryToWrite,
  isInstant,
  newerThan,
  type Claims,
  type OrderedRow,
  type UserClaims,
} from '#src/policy/webhook-order.ts';

const at = (ms: number) => new Date(ms);

function row(more: Partial<OrderedRow> = {}): OrderedRow {
  return {
    zoomUserId: 'z1',
    email: 'ann@example.com',
    firstName: 'Ann',
    lastName: null,
    displayName: null,
    status: 'ACTIVE',
    type: 'LICENSED',
    typeCode: 2,
    activeDate: null,
    department: 'Sales',
    roleId: null,
    timezone: null,
    planUnitedType: null,
    employeeUniqueId: null,
    meetingCapacity: null,
    largeMeetingEnabled: null,
    largeMeetingCapacity: null,
    webinarEnabled: false,
    webinarCapacity: null,
    isRoom: false,
    isServiceAccount: false,
    removedAt: null,
    observedAt: at(100),
    webhookAt: {},
    settingsReadAt: at(100),
    profileReadAt: at(100),
    ...more,
  };
}

const event = (atMs: number, claims: Claims, more: Partial<UserClaims> = {}): UserClaims => ({
  atMs,
  claims,
  follows: null,
  outdatesSettings: false,
  outdatesProfile: false,
  ...more,
});

function entry(more: Partial<RosterEntry> = {}): RosterEntry {
  const listed = row();
  return {
    zoomUserId: listed.zoomUserId,
    email: listed.email,
    firstName: listed.firstName,
    lastName: null,
    displayName: null,
    status: 'ACTIVE',
    type: 'LICENSED',
    typeCode: 2,
    activeDate: null,
    department: 'Sales',
    lastClientVersion: null,
    lastLoginAt: null,
    roleId: null,
    groupIds: [],
    planUnitedType: null,
    licenseInfos: null,
    timezone: null,
    employeeUniqueId: null,
    isRoom: false,
    isServiceAccount: false,
    ...more,
  } as RosterEntry;
}

describe('a webhook', () => {
  it('is written where it is newer than the listing, and says since when', () => {
    expect(claimsToPatch(row(), event(101, { department: 'Finance', typeCode: 1 }), null)).toEqual({
      department: 'Finance',
      typeCode: 1,
      webhookAt: { department: 101, typeCode: 101 },
    });
  });

  it.each([
    ['as old as the listing', row(), null],
    ['older than a roster that named the user unchanged', row({ observedAt: at(10) }), at(100)],
    ['older than another webhook', row({ webhookAt: { department: 101 } }), null],
  ])('changes nothing when it is %s', (_, user, rosterBegunAt) => {
    expect(claimsToPatch(user, event(100, { department: 'Finance' }), rosterBegunAt)).toBeNull();
  });

  it('is judged field by field', () => {
    const user = row({ webhookAt: { department: 120 } });
    expect(claimsToPatch(user, event(110, { department: 'Old', firstName: 'New' }), null)).toEqual({
      firstName: 'New',
      webhookAt: { department: 120, firstName: 110 },
    });
  });

  it('of two from the same millisecond the greater value holds', () => {
    const user = row({ department: 'B', webhookAt: { department: 110 } });
    expect(claimsToPatch(user, event(110, { department: 'A' }), null)).toBeNull();
    expect(claimsToPatch(user, event(110, { department: 'C' }), null)).toMatchObject({ department: 'C' });
  });

  it('compares add-ons with when the settings were read, also after they were said to have changed', () => {
    const user = row({ observedAt: at(500), settingsReadAt: at(200) });
    const changed = claimsToPatch(user, event(300, { webinarEnabled: true }, { outdatesSettings: true }), null);
    expect(changed).toEqual({
      webinarEnabled: true,
      settingsReadAt: null,
      webhookAt: { webinarEnabled: 300, settings: 300, settingsReadAt: 200 },
    });
    const after = row({ ...user, settingsReadAt: null, webhookAt: changed!.webhookAt });
    expect(claimsToPatch(after, event(150, { webinarCapacity: 500 }), null)).toBeNull();
    expect(claimsToPatch(after, event(250, { webinarCapacity: 500 }), null)).toMatchObject({ webinarCapacity: 500 });
  });
});

describe('what follows for add-ons', () => {
  const downgrade = event(150, { typeCode: 1 }, { follows: { webinarEnabled: false } });

  it('holds with the type, and the settings are read again', () => {
    expect(claimsToPatch(row({ webinarEnabled: true }), downgrade, null)).toMatchObject({
      typeCode: 1,
      webinarEnabled: false,
      settingsReadAt: null,
    });
  });

  it('does not from old news, however long ago the settings were read', () => {
    expect(claimsToPatch(row({ observedAt: at(200) }), downgrade, null)).toBeNull();
    expect(claimsToPatch(row(), downgrade, at(200))).toBeNull();
  });
});

describe('a listing', () => {
  it('leaves what a webhook said after it was asked for, and writes the rest', () => {
    const user = row({ typeCode: 1, type: 'BASIC', webhookAt: { typeCode: 300, department: 150 } });
    expect(entryToWrite(entry({ department: 'Law' }), [user], at(200))).toMatchObject({
      typeCode: 1,
      type: 'BASIC',
      department: 'Law',
    });
    expect(newerThan(user.webhookAt, at(200))).toEqual({ typeCode: 300 });
    expect(newerThan({ webinarEnabled: 1, settingsReadAt: 1 }, at(200))).toEqual({
      webinarEnabled: 1,
      settingsReadAt: 1,
    });
  });

  it.each([
    ['the user was seen later', entry(), row({ observedAt: at(201) })],
    ['the user has left since', entry(), row({ removedAt: at(250), webhookAt: { removedAt: 250 } })],
    [
      'the invitation was taken back since',
      entry({ zoomUserId: null }),
      row({ zoomUserId: null, removedAt: at(250), webhookAt: { removedAt: 250 } }),
    ],
    ['the address belongs to somebody else since', entry(), row({ zoomUserId: 'z2', webhookAt: { email: 250 } })],
  ])('writes nothing when %s', (_, listed, user) => {
    expect(entryToWrite(listed, [user], at(200))).toBeNull();
  });

  it('revives who had left before it was asked for', () => {
    const user = row({ removedAt: at(150), webhookAt: { removedAt: 150 } });
    expect(entryToWrite(entry(), [user], at(200))).toEqual(entry());
  });

  it('keeps the id of somebody invited who accepted since', () => {
    const user = row({ webhookAt: { zoomUserId: 250, status: 250 } });
    expect(entryToWrite(entry({ zoomUserId: null, status: 'PENDING' }), [user], at(200))).toMatchObject({
      zoomUserId: 'z1',
      status: 'ACTIVE',
    });
  });
});

describe('any order', () => {
  interface Known {
    row: OrderedRow;
    rosterBegunAt: Date | null;
  }
  type Step = { event: UserClaims } | { askedAt: number; entry: RosterEntry };

  /** As the store does it: who says nothing new is not written again, but the roster is known to have begun. */
  function take({ row: user, rosterBegunAt }: Known, step: Step): Known {
    if ('event' in step) {
      const patch = claimsToPatch(user, step.event, rosterBegunAt);
      const columns = Object.entries(patch ?? {}).map(([field, value]) => [
        field,
        isInstant(field) && typeof value === 'number' ? at(value) : value,
      ]);
      return { row: { ...user, ...Object.fromEntries(columns) }, rosterBegunAt };
    }
    const askedAt = at(step.askedAt);
    const listed = entryToWrite(step.entry, [user], askedAt);
    if (listed === null) return { row: user, rosterBegunAt: askedAt };
    const { firstName, department, typeCode, status, email } = listed;
    const next = { ...user, firstName, department, typeCode, status, email, removedAt: null };
    const webhookAt = newerThan(user.webhookAt, askedAt);
    const isNews = JSON.stringify({ ...next, webhookAt }) !== JSON.stringify(user);
    return { row: isNews ? { ...next, webhookAt, observedAt: askedAt } : user, rosterBegunAt: askedAt };
  }

  /** What can be seen, and how old it may at most be contradicted by. */
  function seen({ row: user, rosterBegunAt }: Known) {
    const observedAt = Math.max(user.observedAt?.getTime() ?? 0, rosterBegunAt?.getTime() ?? 0);
    return { ...user, observedAt };
  }

  const words = fc.constantFrom('A', 'B', 'C');
  const claims = fc.record(
    {
      firstName: words,
      department: fc.option(words),
      typeCode: fc.constantFrom(1, 2, 4),
      status: fc.constantFrom('ACTIVE', 'INACTIVE'),
      webinarEnabled: fc.boolean(),
      webinarCapacity: fc.option(fc.constantFrom(100, 500)),
    },
    { requiredKeys: [] },
  );
  // Few instants, so that many things happen in the same one.
  const instant = fc.integer({ min: 90, max: 115 });
  /** Ends of the same happenings: listings in order and events after them, and three other orders with repetitions. */
  function endsOf(told: readonly UserClaims[], pages: readonly Step[], random: fc.Stream<number>): Known[] {
    const pick = (below: number) => Number(random.next().value) % below;
    const start: Known = { row: row({ webhookAt: {} }), rosterBegunAt: at(95) };
    const orders = [0, 1, 2].map(() => {
      const steps: Step[] = [...pages];
      for (const one of [...told, ...told.filter(() => pick(2) === 0)]) {
        steps.splice(pick(steps.length + 1), 0, { event: one });
      }
      return steps;
    });
    return [[...pages, ...told.map((one) => ({ event: one }))], ...orders].map((steps) => steps.reduce(take, start));
  }

  const eventsOf = fc.array(
    fc.record({
      atMs: instant,
      claims,
      gone: fc.boolean(),
      follows: fc.constant(null),
      outdatesSettings: fc.boolean(),
      outdatesProfile: fc.boolean(),
    }),
    { maxLength: 12 },
  );
  const leaving = eventsOf.map((list) =>
    list.map(({ gone, claims: said, ...more }): UserClaims => ({
      ...more,
      claims: { ...said, removedAt: gone ? more.atMs : null },
    })),
  );
  const staying = eventsOf.map((list) =>
    list.map(({ gone: _, ...more }): UserClaims => ({ ...more, claims: { ...more.claims, removedAt: null } })),
  );
  const rosters = fc
    .array(fc.record({ askedAt: instant, firstName: words, department: words, typeCode: fc.constantFrom(1, 2) }), {
      maxLength: 3,
    })
    .map((list) =>
      list
        .sort((a, b) => a.askedAt - b.askedAt)
        .map(({ askedAt, ...facts }): Step => ({ askedAt, entry: entry(facts) })),
    );
  const dice = fc.infiniteStream(fc.nat());
  const options = { seed: 11, numRuns: 500 };

  it('of events around rosters, each as often as it likes, ends the same', () => {
    fc.assert(
      fc.property(staying, rosters, dice, (told, pages, random) => {
        const [end, ...others] = endsOf(told, pages, random).map(seen);
        for (const other of others) expect(other).toEqual(end);
      }),
      options,
    );
  });

  it('of comings and goings ends the same', () => {
    fc.assert(
      fc.property(leaving, dice, (told, random) => {
        const [end, ...others] = endsOf(told, [], random).map(seen);
        for (const other of others) expect(other).toEqual(end);
      }),
      options,
    );
  });

  it('of comings and goings around rosters says the same of who is there', () => {
    fc.assert(
      fc.property(leaving, rosters, dice, (told, pages, random) => {
        const [end, ...others] = endsOf(told, pages, random);
        for (const other of others) expect(other.row.removedAt).toEqual(end!.row.removedAt);
      }),
      options,
    );
  });
});
