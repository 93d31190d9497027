import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { previewReclamationRule } from '#src/actions/preview-reclamation-rule.ts';
import { reviewReclamationRule } from '#src/actions/review-reclamation-rule.ts';
import { updateReclamationRule } from '#src/actions/update-reclamation-rule.ts';
import { allRules } from '#src/datasources/store/rules.ts';
import type { AccountRow, IntegrationRow, LicenseRow, RuleRow, UserRow } from '#src/db/tables/rows.ts';
import { findCandidates } from '#src/jobs/find-candidates.ts';
import { Job } from '#src/jobs/job.ts';
import { ADA, done, refusals } from '../support/consent.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { rowsIn } from '../support/rows.ts';
import { candidateStatus, DAY, neverAborted, openCandidates } from '../support/worlds.ts';

let house: House;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let account: AccountRow;
let first: RuleRow;
let licensed: LicenseRow;

beforeAll(async () => {
  house = await openHouse({ users: 0 });
  rows = rowsIn(house.database);
}, 60_000);
afterAll(() => house?.close());

const ago = (days: number) => new Date(house.clock.now().getTime() - days * DAY);

beforeEach(async () => {
  const { sql } = house.database;
  await sql`truncate integrations, accounts, users, licenses, license_assignments, reclamation_rules, reclamation_candidates,
    candidate_events, exclusions, groups, job_runs, grants`;
  integration = await connectedIntegration(house);
  account = (await house.database.db.query.accounts.findFirst())!;
  first = (await house.database.db.query.reclamationRules.findFirst())!;
  licensed = await rows.license(account, { uniqueId: 'LICENSED', userType: 'LICENSED' });
  await sql`update accounts set is_roster_complete = true, roster_complete_at = ${ago(0)}, activity_known_from = ${ago(200)},
    activity_known_until = ${ago(0)}`;
});

async function holder(name: string, lastSeenDays: number, more: Partial<UserRow> = {}): Promise<UserRow> {
  const { lastActivityAt: _, ...given } = more;
  return rows.holder(licensed, account, {
    email: `${name}@example.com`,
    activeDate: ago(900),
    lastLoginAt: ago(lastSeenDays),
    ...given,
  });
}

const find = async () =>
  findCandidates(
    new Job(house.deps, integration, await rows.jobRun(integration, { task: 'RECLAMATION' }), neverAborted()),
  );
const setCondition = (condition: object) =>
  house.database
    .sql`update reclamation_rules set condition = ${JSON.stringify(condition)}::text::jsonb where id = ${first.id}`;
const winners = async () =>
  Object.fromEntries(
    (
      await house.database.sql<{ email: string; rule: string; others: string[] }[]>`
        select u.email, c.rule_id as rule, c.other_rule_ids as others from reclamation_candidates c
        join users u on u.id = c.user_id where c.closed_at is null`
    ).map(({ email, rule, others }) => [email.split('@')[0], [rule, ...others]]),
  );

describe('a condition', () => {
  beforeEach(async () => {
    const webinar = await rows.license(account, { uniqueId: 'ZOOM_WHATEVER', category: 'ADD_ON', userType: null });
    await rows.group(account, { id: 'grp_a', zoomGroupId: 'za' });
    // What another account calls by the same id is another group.
    await rows.group({ ...account, id: 'acc_other' }, { id: 'grp_x', zoomGroupId: 'zb' });
    const read = { profileReadAt: ago(1) };
    await holder('ann', 100, { ...read, department: 'Sales', costCenter: 'C1', groupIds: ['za'], roleId: '2' });
    const ben = await holder('ben', 100, {
      ...read,
      department: 'Board',
      costCenter: 'C2',
      groupIds: ['zb'],
      roleId: '9',
    });
    // Nothing is known of Cy's profile and role.
    await holder('cy', 100, { department: null, roleId: null, activeDate: ago(120) });
    await rows.assign(webinar, [ben]);
  });

  it.each<[string, object, string[]]>([
    ['departments', { departments: ['Sales'] }, ['ann']],
    ['departmentsNotIn', { departmentsNotIn: ['Board'] }, ['ann', 'cy']],
    ['costCenters', { costCenters: ['C1', 'C9'] }, ['ann']],
    ['costCentersNotIn: not of whom none is known', { costCentersNotIn: ['C2'] }, ['ann']],
    ['roleIds', { roleIds: ['9'] }, ['ben']],
    ['roleIdsNotIn: not of whom none is known', { roleIdsNotIn: ['9'] }, ['ann']],
    ['groupIds', { groupIds: ['grp_a', 'grp_x'] }, ['ann']],
    ['groupIdsNotIn', { groupIdsNotIn: ['grp_a'] }, ['ben', 'cy']],
    ['licenses', { licenses: ['ZOOM_WHATEVER'] }, ['ben']],
    ['licensesNotIn', { licensesNotIn: ['ZOOM_WHATEVER'] }, ['ann', 'cy']],
    ['subAccountIds of others', { subAccountIds: ['acc_other'] }, []],
    ['subAccountIdsNotIn of others', { subAccountIdsNotIn: ['acc_other'] }, ['ann', 'ben', 'cy']],
    ['createdBefore', { createdBefore: '2020-01-01T00:00:00.000Z' }, []],
    ['two together', { departmentsNotIn: ['Sales'], roleIds: ['9'] }, ['ben']],
  ])('%s', async (_, condition, expected) => {
    await setCondition(condition);
    await find();
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(expected);
    // What it does not look at is closed, what it does stays.
    await setCondition({ departments: ['Nowhere'] });
    await find();
    expect(await openCandidates(house)).toEqual({});
  });

  it('createdBefore looks at when the account was made', async () => {
    await setCondition({ createdBefore: ago(500).toISOString() });
    await find();
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['ann', 'ben']);
  });
});

describe('a rule that a newer version has saved', () => {
  const setRule = async (condition: unknown, signs: string[] | null) => house.database.sql`
    update reclamation_rules set condition = ${JSON.stringify(condition)}::text::jsonb, signs = ${signs}::text[]
    where id = ${first.id}`;

  beforeEach(async () => {
    await holder('idle', 100, { department: 'Sales' });
    // Whoever has left is found whatever is known of their activity.
    await holder('gone', 10, { department: 'Sales' });
    await house.database.sql`truncate offboardings`;
    await house.database
      .sql`insert into offboardings (id, integration_id, email, left_at, source, reported_by, reported_at)
      values ('off_1', ${integration.id}, 'gone@example.com', ${ago(5)}, 'HR', 'test', ${ago(4)})`;
    await find();
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['gone', 'idle']);
  });

  it.each<[string, unknown, string[] | null, string]>([
    ['a key', { departments: ['Sales'], cities: ['Rome'] }, null, 'cities'],
    ['a key alone', { cities: null }, null, 'cities'],
    ['a list that is none', { departmentsNotIn: { under: 'Board' } }, null, 'departmentsNotIn'],
    ['a list of other things', { groupIdsNotIn: ['grp_a', { nested: 'grp_b' }] }, null, 'groupIdsNotIn'],
    ['a flag that says more', { neverActiveOnly: 'SINCE_HIRED' }, null, 'neverActiveOnly'],
    ['an instant in other words', { createdBefore: 'P90D' }, null, 'createdBefore'],
    ['a sign', null, ['SIGNED_IN', 'CHATTED'], 'CHATTED'],
  ])('and has %s that this one does not know looks at nobody', async (_, condition, signs, unknown) => {
    await setRule(condition, signs);
    const words = new RegExp(`found nobody: it has conditions that this version does not know \\(${unknown}\\)`);
    const { preview } = done(await previewReclamationRule(house.deps, { update: { ruleId: first.id } }));
    expect(preview).toMatchObject({ matches: [], notes: [expect.stringMatching(words)] });
    expect(await find()).toEqual({ status: 'INCOMPLETE', note: expect.stringMatching(words) });
    expect(await openCandidates(house)).toEqual({});
    expect(
      await house.database.sql`select distinct note from candidate_events where to_status = 'CLOSED_SKIPPED'`,
    ).toEqual([{ note: 'The rule has conditions that this version does not know' }]);
    // Saved by this version, it is known again.
    await setRule(null, null);
    await find();
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['gone', 'idle']);
  });

  it('is changed only by whoever says that it may find many, and closes its candidates', async () => {
    await setRule({ cities: ['Rome'] }, null);
    const change = { ruleId: first.id, inactivityThresholdDays: 61 };
    expect(refusals(await updateReclamationRule(house.deps, ADA, change))).toEqual(['INVALID confirmBroad']);
    done(await updateReclamationRule(house.deps, ADA, { ruleId: first.id, name: 'Another name' }));
    expect(await openCandidates(house)).toEqual({});
    done(await updateReclamationRule(house.deps, ADA, { ...change, confirmBroad: true }));
    done(await updateReclamationRule(house.deps, ADA, { ruleId: first.id, enabled: false }));
  });
});

describe('where several rules find the same license of a user', () => {
  it('the first wins, the others are named, and whoever only one finds has one', async () => {
    const narrow = await rows.rule(integration, { condition: { departments: ['Sales'] }, action: 'DEACTIVATE' });
    const quick = await rows.rule(integration, { inactivityThresholdDays: 30, priority: -1 });
    await holder('both', 100, { department: 'Sales' });
    await holder('other', 100);
    await holder('lately', 40, { department: 'Sales' });
    await find();
    expect(await winners()).toEqual({
      both: [narrow.id, first.id, quick.id],
      other: [first.id, quick.id],
      lately: [quick.id],
    });
    expect(await openCandidates(house)).toMatchObject({ both: { status: 'READY' } });
    await house.database.sql`update reclamation_rules set priority = 5 where id = ${quick.id}`;
    await find();
    expect((await winners())['both']).toEqual([quick.id, narrow.id, first.id]);
    // One candidate a user and license, whoever finds it.
    expect(await house.database.sql`select from reclamation_candidates`).toHaveLength(3);
    await house.database.sql`update reclamation_rules set enabled = false where id = ${quick.id}`;
    await find();
    expect((await winners())['both']).toEqual([narrow.id, first.id]);
    expect(await candidateStatus(house, 'lately')).toBe('CLOSED_SKIPPED');
  });

  it('a rule that nothing proves leaves it to the next', async () => {
    await rows.rule(integration, { inactivityThresholdDays: 300, priority: 9 });
    await holder('idle', 400);
    expect((await find()).status).toBe('INCOMPLETE');
    expect((await winners())['idle']).toEqual([first.id]);
  });
});

describe('a changed rule judges its open candidates at once', () => {
  const update = (input: object) => updateReclamationRule(house.deps, ADA, { ruleId: first.id, ...input });
  const actions = () => house.database.sql`select action, status from reclamation_candidates order by status`;

  it.each<[string, object, RegExp]>([
    ['switched off', { enabled: false }, /switched off/],
    ['more days', { inactivityThresholdDays: 98 }, /does not call this user inactive/],
    ['other people', { condition: { departments: ['Sales'] } }, /no longer looks/],
    ['other signs', { signs: ['MEETING_HOSTED'] }, /does not call/],
  ])('%s', async (_, input, words) => {
    await holder('idle', 100, { lastMeetingHostedAt: null });
    await find();
    if ('signs' in input) await house.database.sql`update users set active_date = ${ago(10)}`;
    done(await update(input));
    expect(await candidateStatus(house, 'idle')).toBe('CLOSED_SKIPPED');
    const [event] = await house.database.sql`select by, note from candidate_events order by seq desc limit 1`;
    expect(event).toEqual({ by: ADA.sub, note: expect.stringMatching(words) });
  });

  it('keeps those that it still finds, with the new action, but for those that are on their way', async () => {
    await holder('idle', 100);
    await holder('taken', 100);
    await find();
    await house.database.sql`update reclamation_candidates c set status = 'AWAITING_REVOCATION' from users u
      where u.id = c.user_id and u.email = 'taken@example.com'`;
    done(await update({ action: 'DEACTIVATE', inactivityThresholdDays: 90 }));
    expect(await actions()).toEqual([
      { action: 'DOWNGRADE', status: 'AWAITING_REVOCATION' },
      { action: 'DEACTIVATE', status: 'READY' },
    ]);
    done(await update({ enabled: false }));
    expect(await candidateStatus(house, 'taken')).toBe('AWAITING_REVOCATION');
  });
});

describe('rules that are generated', () => {
  it('come once for each license that can be taken by itself, switched off until somebody looked', async () => {
    const webinar = await rows.license(account, {
      uniqueId: 'WEBINAR_500',
      category: 'ADD_ON',
      userType: null,
      name: 'Webinar 500',
    });
    await rows.license(account, { uniqueId: 'ZOOM_WHATEVER', category: 'ADD_ON', userType: null });
    await rows.license(account, { uniqueId: 'LARGE_MEETING_500', category: 'ADD_ON', userType: null, managed: false });
    const user = await holder('idle', 100);
    await rows.assign(webinar, [user]);
    await find();
    await find();
    const made = (await allRules(house.database.sql, integration.id)).filter(({ id }) => id !== first.id);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      appliesTo: 'WEBINAR_500',
      name: 'Webinar 500 unused for 60 days',
      action: 'REMOVE_ADD_ON',
      signs: ['WEBINAR_HOSTED'],
      autoGenerated: true,
      enabled: false,
      reviewedAt: null,
    });
    expect(Object.values(await winners())).toEqual([[first.id]]);
    // Somebody who deleted it does not get it again.
    await house.database.sql`update reclamation_rules set deleted_at = now() where id = ${made[0]!.id}`;
    await find();
    expect(await allRules(house.database.sql, integration.id)).toHaveLength(1);
  });

  it('ask for a review until somebody has looked', async () => {
    const own = await rows.rule(integration);
    const ids = async (needsReview: boolean | null) =>
      (await allRules(house.database.sql, integration.id, needsReview)).map(({ id }) => id).sort();
    expect(await ids(true)).toEqual([first.id]);
    expect(await ids(false)).toEqual([own.id]);
    const { rule } = done(await reviewReclamationRule(house.deps, ADA, { ruleId: first.id }));
    expect(rule).toMatchObject({ reviewedBy: ADA.sub });
    expect(await ids(true)).toEqual([]);
    const again = done(await reviewReclamationRule(house.deps, { ...ADA, sub: 'grace' }, { ruleId: first.id })).rule;
    expect(again).toEqual(rule);
    expect(refusals(await reviewReclamationRule(house.deps, ADA, { ruleId: 'rul_none' }))).toEqual([
      'NOT_FOUND ruleId',
    ]);
  });
});
