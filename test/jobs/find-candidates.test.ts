import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { AccountRow, IntegrationRow, LicenseRow, RuleRow, UserRow } from '#src/db/tables/rows.ts';
import { ADA } from '../support/consent.ts';
import { rowsIn } from '../support/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { statementsOf } from '../support/statements.ts';
import { candidateStatus, DAY, neverAborted, openCandidates, userNamed } from '../support/worlds.ts';
import { createExclusion } from '#src/actions/create-exclusion.ts';
import { updateExclusion } from '#src/actions/update-exclusion.ts';
import { findCandidates } from '#src/jobs/find-candidates.ts';
import { Job, type JobResult } from '#src/jobs/job.ts';

let house: House;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;
let rule: RuleRow;
let licensed: LicenseRow;
let basic: LicenseRow;

// Zoom is not asked by this task: what it knows is written here as a sync would leave it.
beforeAll(async () => {
  house = await openHouse({ users: 0 });
  rows = rowsIn(house.database);
}, 60_000);
afterAll(() => house?.close());

const ago = (days: number, ms = 0) => new Date(house.clock.now().getTime() - days * DAY - ms);

beforeEach(async () => {
  const { sql } = house.database;
  await sql`truncate integrations, accounts, users, licenses, license_assignments, reclamation_rules, reclamation_candidates,
    candidate_events, exclusions, entitlements, groups, job_runs, grants`;
  integration = await connectedIntegration(house);
  account = (await house.database.db.query.accounts.findFirst())!;
  rule = (await house.database.db.query.reclamationRules.findFirst())!;
  licensed = await rows.license(account, { uniqueId: 'LICENSED', userType: 'LICENSED' });
  basic = await rows.license(account, { uniqueId: 'BASIC', userType: 'BASIC' });
  await sql`
    update accounts set is_roster_complete = true, roster_complete_at = ${ago(0)}, activity_known_from = ${ago(64)},
      activity_known_until = ${ago(0)}`;
});

/** Somebody with a license, last seen so many days ago (null: never). */
async function holder(
  name: string,
  lastSeenDays: number | null,
  more: Partial<Omit<UserRow, 'lastActivityAt'>> = {},
  license = licensed,
): Promise<UserRow> {
  return rows.holder(license, account, {
    email: `${name}@example.com`,
    activeDate: ago(900),
    lastLoginAt: lastSeenDays === null ? null : ago(lastSeenDays),
    ...more,
  });
}

async function find(patch: Partial<IntegrationRow> = {}): Promise<JobResult> {
  const run = await rows.jobRun(integration, { task: 'RECLAMATION' });
  return findCandidates(new Job(house.deps, { ...integration, ...patch }, run, neverAborted()));
}

describe('who is found', () => {
  it('is whoever shows no sign for the threshold and three days, to the millisecond', async () => {
    await holder('days62', 62);
    await holder('almost63', null, { lastLoginAt: ago(63, -5_000) });
    await holder('days63', 63);
    await holder('days64', 64);
    await holder('hosted', 200, { lastMeetingHostedAt: ago(10) });
    await holder('joined', 200, { lastMeetingJoinedAt: ago(10) });
    await holder('webinar', 200, { lastWebinarHostedAt: ago(10) });
    // Planning a meeting is not using one, but nothing of that is known to be inactivity either.
    await holder('never', null, { activeDate: ago(63) });
    await holder('new', null, { activeDate: ago(62) });
    await holder('ageless', null, { activeDate: null });
    expect(await find()).toEqual({ status: 'SUCCEEDED', note: null });
    const found = await openCandidates(house);
    expect(Object.keys(found).sort()).toEqual(['days63', 'days64', 'never']);
    expect(found).toMatchObject({
      days63: { status: 'READY', reason: 'INACTIVE', inactiveDays: 63, codes: [], savings: null },
      days64: { reason: 'INACTIVE', inactiveDays: 64 },
      never: { status: 'READY', reason: 'NEVER_ACTIVE', inactiveDays: 63 },
    });
  });

  it('brings its evidence along', async () => {
    await holder('idle', 100, { lastMeetingHostedAt: ago(150) });
    await find();
    const [row] = await house.database.sql<
      { evidence: object; last: Date }[]
    >`select evidence, last_activity_at as last from reclamation_candidates`;
    const known = (await house.database.db.query.accounts.findFirst())!;
    expect(row!.evidence).toEqual({
      windowFrom: known.activityKnownFrom!.toISOString(),
      rosterAt: known.rosterCompleteAt!.toISOString(),
      activityKnownUntil: known.activityKnownUntil!.toISOString(),
      countedSigns: ['SIGNED_IN', 'MEETING_HOSTED', 'MEETING_JOINED', 'WEBINAR_HOSTED'],
      signs: {
        lastLoginAt: row!.last.toISOString(),
        lastSignInAt: null,
        lastMeetingCreatedAt: null,
        lastLongMeetingHostedAt: null,
        lastCloudRecordingAt: null,
        lastMeetingHostedAt: (await userNamed(house, 'idle')).lastMeetingHostedAt!.toISOString(),
        lastMeetingJoinedAt: null,
        lastWebinarHostedAt: null,
      },
    });
  });

  it('are paid users; free ones only where they count and a rule asks for them', async () => {
    await holder('paid', 100);
    await holder('free', 100, { type: 'BASIC', typeCode: 1 }, basic);
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['paid']);
    await find({ includeFreeUsers: true });
    expect(Object.keys(await openCandidates(house))).toEqual(['paid']);
    await rows.rule(integration, { appliesTo: 'BASIC', action: 'DEACTIVATE' });
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['paid']);
    await find({ includeFreeUsers: true });
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['free', 'paid']);
    await find();
    expect(await candidateStatus(house, 'free')).toBe('CLOSED_SKIPPED');
  });

  it('are never machines or rooms', async () => {
    await holder('robot', 100, { loginTypes: [99] });
    await holder('room', 100, { isRoom: true });
    await holder('person-and-robot', 100, { loginTypes: [1, 99] });
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['person-and-robot']);
  });

  it('are shown with what speaks against it', async () => {
    await holder('owner', 100, { roleId: '0' });
    await holder('admin', 100, { roleId: '1' });
    await holder('consenter', 100, { zoomUserId: integration.authorizedZoomUserId });
    await holder('planner', 100, { nextEventAt: ago(-2) });
    await holder('bundled', 100, { zoomOneType: '16' });
    await holder('invited', null, { status: 'PENDING', zoomUserId: null });
    await find();
    const found = await openCandidates(house);
    expect(Object.fromEntries(Object.entries(found).map(([name, { codes }]) => [name, codes]))).toEqual({
      owner: ['OWNER'],
      admin: ['ADMIN'],
      consenter: ['AUTHORIZING_USER'],
      planner: ['UPCOMING_MEETING'],
      bundled: [],
      invited: ['PENDING_USER'],
    });
    for (const { status, codes } of Object.values(found)) {
      expect(status).toBe(codes.length === 0 ? 'READY' : 'ATTENTION_REQUIRED');
    }
    const [planner] = await house.database.sql<{ at: Date }[]>`
      select not_before as at from reclamation_candidates c join users u on u.id = c.user_id
      where u.email = 'planner@example.com'`;
    expect(planner?.at).toEqual((await userNamed(house, 'planner')).nextEventAt);
    // A day after the meeting nothing speaks against it any more.
    await house.database.sql`update users set next_event_at = null where email = 'planner@example.com'`;
    await find();
    expect((await openCandidates(house))['planner']).toMatchObject({ status: 'READY', codes: [] });
  });

  it('are worth what was entered for their license', async () => {
    await rows.entitlement(licensed, { cost: '26.65', currency: 'EUR', paymentFrequency: 'BIANNUALLY' });
    await holder('idle', 100);
    await find();
    expect(await openCandidates(house)).toMatchObject({ idle: { savings: '13.3250' } });
  });

  it('are worth nothing that is known where they are kept out of cost, and stay candidates', async () => {
    await rows.entitlement(licensed, { cost: '26.65', currency: 'EUR', paymentFrequency: 'BIANNUALLY' });
    await rows.exclusion({ userId: (await holder('idle', 100)).id, scope: 'COST' });
    await holder('other', 100);
    await find();
    expect(await openCandidates(house)).toMatchObject({ idle: { savings: null }, other: { savings: '13.3250' } });
  });
});

describe('who is excluded is not found, and no longer a candidate', () => {
  it.each<[string, (user: UserRow) => Promise<object>]>([
    ['by name', async (user) => ({ userId: user.id })],
    ['by an e-mail pattern, whatever its case', async () => ({ emailPattern: 'On-*@EXAMPLE.com' })],
    ['by license', async () => ({ licenseId: licensed.id })],
    ['by department', async () => ({ department: 'Research' })],
    ['by role', async () => ({ roleId: '7' })],
    ['by sub account', async () => ({ subAccountId: account.id })],
    ['by group', async () => ({ groupId: (await rows.group(account, { zoomGroupId: 'keep' })).id })],
    ['for every integration', async (user) => ({ userId: user.id, integrationId: null })],
    ['from both', async (user) => ({ userId: user.id, scope: 'BOTH' })],
    ['for a while', async (user) => ({ userId: user.id, expiresAt: ago(-1) })],
  ])('%s', async (_, exclude) => {
    const user = await holder('on-leave', 100, { department: 'Research', groupIds: ['keep'], roleId: '7' });
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['on-leave']);
    const exclusion = await rows.exclusion({ integrationId: integration.id, ...(await exclude(user)) });
    await find();
    expect(await candidateStatus(house, 'on-leave')).toBe('CLOSED_SKIPPED');
    await find();
    expect(await openCandidates(house)).toEqual({});
    await house.database.sql`update exclusions set expires_at = now() where id = ${exclusion.id}`;
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['on-leave']);
  });

  it.each<[string, (user: UserRow) => object]>([
    ['only from the cost', (user) => ({ userId: user.id, scope: 'COST' })],
    ['not any more', (user) => ({ userId: user.id, expiresAt: ago(1) })],
    ['taken back', (user) => ({ userId: user.id, deletedAt: ago(1) })],
    ['in another integration', (user) => ({ userId: user.id, integrationId: 'int_other' })],
    ['by a pattern whose signs are letters: _ and %', () => ({ emailPattern: 'on_leave@%' })],
    ['by another role', () => ({ roleId: '1' })],
    ['by another sub account', () => ({ subAccountId: 'acc_other' })],
    ['by a department that is spelled otherwise', () => ({ department: 'research' })],
  ])('but not if it is %s', async (_, exclude) => {
    const user = await holder('on-leave', 100, { department: 'Research' });
    await rows.exclusion({ integrationId: integration.id, ...exclude(user) });
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['on-leave']);
  });
});

describe('an exclusion that is made or changed', () => {
  const events = () =>
    house.database
      .sql`select by, to_status as "to", note from candidate_events where from_status is not null order by seq`;

  it('closes at once whom it names, and nobody else', async () => {
    await holder('on-leave', 100, { department: 'Research' });
    await holder('taken', 100, { department: 'Research' });
    await holder('other', 100, { department: 'Sales' });
    await find();
    await house.database.sql`update reclamation_candidates c set status = 'AWAITING_REVOCATION' from users u
      where u.id = c.user_id and u.email = 'taken@example.com'`;
    const input = { department: 'Research', reason: 'Parental leave' };
    await createExclusion(house.deps, ADA, { ...input, integrationId: 'int_other' });
    await createExclusion(house.deps, ADA, { ...input, scope: 'COST' });
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['on-leave', 'other', 'taken']);
    await createExclusion(house.deps, ADA, input);
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['other', 'taken']);
    expect(await candidateStatus(house, 'on-leave')).toBe('CLOSED_SKIPPED');
    expect(await events()).toEqual([{ by: ADA.sub, to: 'CLOSED_SKIPPED', note: 'Is excluded: Parental leave' }]);
  });

  it('closes them when it comes to be about candidates, and they come back when it ends', async () => {
    const user = await holder('on-leave', 100);
    const exclusion = await rows.exclusion({ userId: user.id, scope: 'COST' });
    await find();
    await updateExclusion(house.deps, ADA, { exclusionId: exclusion.id, scope: 'BOTH', expiresAt: ago(-10) });
    expect(await openCandidates(house)).toEqual({});
    await find();
    expect(await openCandidates(house)).toEqual({});
    await house.database.sql`update exclusions set expires_at = ${ago(0)}`;
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['on-leave']);
  });
});

describe('a candidate that no longer holds', () => {
  const events = async () =>
    (
      await house.database.sql<{ from: string | null; to: string; note: string }[]>`
        select from_status as "from", to_status as "to", note from candidate_events order by seq`
    ).map(({ from, to, note }) => [from, to, note]);

  it('is canceled when the user became active, and says so', async () => {
    const user = await holder('idle', 100);
    await find();
    await house.database.sql`update users set last_login_at = ${ago(1)} where id = ${user.id}`;
    await find();
    expect(await candidateStatus(house, 'idle')).toBe('CLOSED_CANCELED');
    expect(await events()).toEqual([
      [null, 'READY', 'Found by the rule'],
      ['READY', 'CLOSED_CANCELED', 'The user became active again'],
    ]);
  });

  it('stays when an older sign was only found late', async () => {
    const user = await holder('idle', 100);
    await find();
    await house.database.sql`update users set last_meeting_joined_at = ${ago(80)} where id = ${user.id}`;
    await find();
    expect(await openCandidates(house)).toMatchObject({ idle: { status: 'READY', inactiveDays: 80 } });
  });

  it.each<[string, string, (user: UserRow) => Promise<unknown>]>([
    [
      'the license is gone',
      'no longer holds',
      (user) => house.database.sql`delete from license_assignments where user_id = ${user.id}`,
    ],
    [
      'the user has left',
      'has left',
      (user) => house.database.sql`update users set removed_at = now() where id = ${user.id}`,
    ],
    [
      'the user turned out to be a machine',
      'Not a person',
      (user) => house.database.sql`update users set login_types = '{99}' where id = ${user.id}`,
    ],
    [
      'the rule was switched off',
      'switched off',
      () => house.database.sql`update reclamation_rules set enabled = false`,
    ],
    ['the rule was deleted', 'switched off', () => house.database.sql`update reclamation_rules set deleted_at = now()`],
    [
      'the rule asks for more days',
      'asks for more days',
      () => house.database.sql`update reclamation_rules set inactivity_threshold_days = 98`,
    ],
    [
      'the rule looks at others',
      'no longer looks',
      () =>
        house.database
          .sql`update reclamation_rules set condition = '{"departments":["Sales"],"groupIds":null,"neverActiveOnly":null}'`,
    ],
    [
      'the rule looks at another license',
      'no longer looks',
      () => house.database.sql`update reclamation_rules set applies_to = 'WEBINAR_500'`,
    ],
    [
      'the rule looks at the never active',
      'no longer looks',
      () =>
        house.database
          .sql`update reclamation_rules set condition = '{"departments":null,"groupIds":null,"neverActiveOnly":true}'`,
    ],
  ])('is skipped when %s', async (_, words, change) => {
    const user = await holder('idle', 100);
    // So that the longer thresholds can be proven.
    await house.database.sql`update accounts set activity_known_from = ${ago(300)}`;
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
    await change(user);
    await find();
    expect(await candidateStatus(house, 'idle')).toBe('CLOSED_SKIPPED');
    expect((await events()).at(-1)?.[2]).toContain(words);
  });

  it('is left to whoever is acting on it', async () => {
    const user = await holder('idle', 100);
    await find();
    await house.database.sql`update reclamation_candidates set status = 'AWAITING_REVOCATION'`;
    await house.database.sql`update users set last_login_at = ${ago(1)} where id = ${user.id}`;
    await find();
    expect(await candidateStatus(house, 'idle')).toBe('AWAITING_REVOCATION');
  });

  it.skipIf(inject('template').kind !== 'postgres')(
    'is left to whoever begins to act on it meanwhile (only with TEST_DATABASE_URL: embedded has one connection)',
    async () => {
      const user = await holder('idle', 100);
      await find();
      await house.database.sql`update users set last_login_at = ${ago(1)} where id = ${user.id}`;
      let looking: Promise<unknown> = Promise.resolve();
      await house.database.sql.begin(async (tx) => {
        await tx`update reclamation_candidates set status = 'AWAITING_REVOCATION'`;
        looking = find();
        // It has judged by now, and waits for the row.
        await expect
          .poll(() => house.database.sql`select from pg_locks where not granted and locktype = 'transactionid'`)
          .toHaveLength(1);
      });
      await looking;
      expect(await candidateStatus(house, 'idle')).toBe('AWAITING_REVOCATION');
    },
  );
});

describe('rules', () => {
  it('narrow by department and group', async () => {
    const group = await rows.group(account, { zoomGroupId: 'contractors' });
    await holder('sales', 100, { department: 'Sales' });
    await holder('both', 100, { department: 'Sales', groupIds: ['contractors', 'others'] });
    await holder('contractor', 100, { groupIds: ['contractors'] });
    const condition = { departments: ['Sales', 'Support'], groupIds: [group.id], neverActiveOnly: null };
    await house.database.sql`update reclamation_rules set condition = ${JSON.stringify(condition)}::text::jsonb`;
    await find();
    expect(Object.keys(await openCandidates(house))).toEqual(['both']);
  });

  it('that are switched off find nobody', async () => {
    await holder('idle', 100);
    await house.database.sql`update reclamation_rules set enabled = false where id = ${rule.id}`;
    expect(await find()).toEqual({ status: 'SUCCEEDED', note: null });
    expect(await openCandidates(house)).toEqual({});
  });
});

describe('without proof nobody is found, and the run says what is missing', () => {
  it.each<[string, RegExp, () => Promise<unknown>, Partial<IntegrationRow>]>([
    [
      'activity known from a day too late',
      /asks for 60 days.*Analyze activity from an earlier day/,
      () => house.database.sql`update accounts set activity_known_from = ${ago(62)}`,
      {},
    ],
    [
      'activity never read',
      /not been read to the end/,
      () => house.database.sql`update accounts set activity_known_from = null`,
      {},
    ],
    [
      'activity read days ago',
      /last read on/,
      () => house.database.sql`update accounts set activity_known_until = ${ago(3)}`,
      {},
    ],
    [
      'activity switched off',
      /switched off/,
      async () => undefined,
      { enabledTasks: ['APPLICATION_ROSTER', 'RECLAMATION'] },
    ],
    [
      'a roster with holes',
      /roster is not complete/,
      () => house.database.sql`update accounts set is_roster_complete = false`,
      {},
    ],
    [
      'a roster of last week: sign-ins since then are unknown',
      /roster was last read on/,
      () => house.database.sql`update accounts set roster_complete_at = ${ago(7)}`,
      {},
    ],
  ])('%s', async (_, words, change, patch) => {
    await holder('idle', 200);
    await change();
    const result = await find(patch);
    expect(result.status).toBe('INCOMPLETE');
    expect(result.note).toMatch(words);
    expect(await openCandidates(house)).toEqual({});
  });

  it('a shorter threshold may be proven where a longer one is not', async () => {
    await rows.rule(integration, { name: 'Quick', inactivityThresholdDays: 30 });
    await house.database.sql`update accounts set activity_known_from = ${ago(40)}`;
    await holder('idle', 35);
    const result = await find();
    expect(result.note).toMatch(/The rule "Inactive for 60 days" found nobody/);
    expect(result.note).not.toContain('Quick');
    expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
  });
});

it('takes as many statements for 200 as for 20', async () => {
  const counts: number[] = [];
  for (const size of [20, 200]) {
    const people = await rows.users(
      account,
      Array.from({ length: size - (counts.length === 0 ? 0 : 20) }, () => ({
        activeDate: ago(900),
        lastLoginAt: ago(100),
      })),
    );
    await rows.assign(licensed, people);
    const { statements } = await statementsOf(house.database, () => find());
    counts.push(statements.length);
    expect(Object.keys(await openCandidates(house)).length).toBe(size);
  }
  expect(counts[1]).toBe(counts[0]);
});
