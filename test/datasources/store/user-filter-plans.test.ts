import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsByKey, pagesByKey } from '#src/datasources/store/page.ts';
import { userFacets } from '#src/datasources/store/user-facets.ts';
import { usersOf, type UserScope } from '#src/datasources/store/users.ts';
import type { Database } from '#src/db/client.ts';
import type { UserFacetField, UserFilter, UserOrder, UserOrderField } from '#src/schema.generated.ts';
import { CROWD, fillCrowd } from '../../support/crowd.ts';
import { testDatabase } from '../../support/database.ts';
import { plansOf, words, type Planned } from '../../support/plans.ts';

/**
 * How PostgreSQL answers questions about 20,000 users: which index it goes by, and that it never reads the whole table or
 * goes through all users one by one. The embedded database is PostgreSQL as well and plans the same.
 */

const NOW = new Date('2026-03-01T12:00:00.000Z');
const SIZE = 20_000;
let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  await fillCrowd(database, SIZE, NOW);
}, 300_000);
afterAll(() => database.close());

const by = (field: UserOrderField, direction: UserOrder['direction'] = 'ASC'): UserOrder[] => [{ field, direction }];

interface Question {
  filter?: UserFilter | null;
  orderBy?: UserOrder[];
  scope?: UserScope;
  key?: string;
}

/** How the page and the count of a list of users are read. */
async function plansFor({ filter = null, orderBy = [], scope = 'integration', key = CROWD.integrationId }: Question) {
  const source = usersOf(scope, { filter, orderBy }, NOW);
  const read = async (run: () => Promise<unknown>) => {
    const { plans } = await plansOf(database, run, { analyze: true });
    expect(plans).toHaveLength(1);
    return plans[0]!;
  };
  return {
    page: await read(() => pagesByKey(database.sql, source, [key], { first: 50 }, NOW)),
    count: await read(() => countsByKey(database.sql, source, [key])),
  };
}

/** Steps that were really taken: what a plan provides for exclusions costs nothing where there are none. */
const taken = (plan: Planned): Planned => ({
  ...plan,
  nodes: plan.nodes.filter((node) => node['Actual Loops'] !== 0),
});

/** Rows of the users' heap that were looked at; an index that is read alone looks at none. */
const scans = (plan: Planned) =>
  words(taken(plan)).filter((word) => / users(_|$)/.test(word) && !/ users_(long|pkey)$/.test(word));

/** No step is done again for every user, apart from reading the page's own rows. */
function expectNoRowByRow(plan: Planned): void {
  const again = plan.nodes.filter((node) => (node['Actual Loops'] ?? 0) > 600);
  expect(again.map((node) => `${node['Node Type']} ${node['Relation Name'] ?? ''}`)).toEqual([]);
}

const EVERYBODY = 'from an index alone, for page and count';

describe.each<[string, Question, page: RegExp, count: RegExp]>([
  // Few: an index names them.
  ['one department', { filter: { department: { eq: 'department 77' } } }, /users_department/, /users_department/],
  [
    'one department, inactive',
    { filter: { department: { eq: 'Department 77' }, inactiveDays: { gte: 60 } } },
    /users_department/,
    /users_department/,
  ],
  ['one cost center', { filter: { costCenter: { eq: 'cc-133' } } }, /users_(cost_center|roster)/, /users_cost_center/],
  ['one manager', { filter: { managerEmail: { eq: 'Boss.4400@example.com' } } }, /users_manager/, /users_manager/],
  ['one client', { filter: { lastClientVersion: { eq: '6.3.1.77' } } }, /users_client_version/, /users_client_version/],
  ['one address', { filter: { email: { eq: 'first1.last77@example.com' } } }, /users_/, /users_/],
  [
    'a department or a manager',
    { filter: { or: [{ department: { eq: 'Department 77' } }, { managerEmail: { eq: 'boss.4400@example.com' } }] } },
    /users_(roster|department)/,
    /users_department.*users_manager/,
  ],
  [
    'inactive since a day',
    { filter: { inactiveDays: { gte: 200, lt: 201 } } },
    /users_(since|signs|roster)/,
    /users_since/,
  ],
  ['a small group', { scope: 'group', key: CROWD.group(49) }, /users_groups/, /users_groups/],
])('%s', (_, question, page, count) => {
  it(`is found by ${count.source}`, async () => {
    const plans = await plansFor(question);
    expect(scans(plans.page).join(', ')).toMatch(page);
    expect(scans(plans.count).join(', ')).toMatch(count);
    for (const plan of [plans.page, plans.count]) {
      expect(words(plan)).not.toContain('Seq Scan users');
      expectNoRowByRow(plan);
    }
  });
});

describe.each<[string, Question]>([
  ['nothing', {}],
  ['most of a status', { filter: { status: { eq: 'ACTIVE' } } }],
  ['some of a status', { filter: { status: { in: ['PENDING', 'INACTIVE'] } } }],
  ['a part of a department', { filter: { department: { contains: 'ment 39' } } }],
  ['all departments but one', { filter: { department: { ne: 'Department 77' } } }],
  ['no department', { filter: { department: { isNull: true } } }],
  ['inactive for long', { filter: { inactiveDays: { gte: 60 } } }],
  ['never active', { filter: { neverActive: { eq: true } } }],
  ['an add-on', { filter: { webinarEnabled: { eq: true }, type: { eq: 'LICENSED' } } }],
  ['rooms', { filter: { isZoomRoom: { eq: true } } }],
  ['who left', { filter: { removedAt: { isNull: false } } }],
  ['a sub account', { filter: { subAccount: { eq: 'acc_crowd_3' } } }],
  ['a name', { filter: { search: 'last77' } }],
  ['nobody by this name', { filter: { search: 'nobody at all' } }],
  ['hosts of much', { filter: { meetingsHosted: { gt: 20 }, longMeetingsHosted: { eq: 0 } } }],
  ['never signed in', { filter: { lastSignInAt: { isNull: true }, lastCloudRecordingAt: { isNull: false } } }],
  ['who would do with Basic', { filter: { wouldBasicSuffice: { eq: true }, type: { eq: 'LICENSED' } } }],
  ['not', { filter: { not: { or: [{ status: { eq: 'ACTIVE' } }, { location: { isNull: true } }] } } }],
  ['not a group', { filter: { group: { ne: CROWD.group(3) } } }],
  ['a license', { filter: { license: { eq: CROWD.license('WEBINAR_500') } } }],
  [
    'a license or a group',
    { filter: { or: [{ licenseUniqueId: { eq: 'webinar_500' } }, { group: { eq: CROWD.group(49) } }] } },
  ],
  ['by name', { orderBy: by('DISPLAY_NAME') }],
  ['by department, and name', { orderBy: [...by('DEPARTMENT', 'DESC'), ...by('DISPLAY_NAME')] }],
  ['by days', { orderBy: by('INACTIVE_DAYS', 'DESC'), filter: { inactiveDays: { gte: 60 } } }],
  ['by meetings', { orderBy: by('MEETINGS_HOSTED', 'DESC') }],
  ['with those who left', { filter: { includeRemoved: true, type: { eq: 'BASIC' } } }],
])('%s', (_, question) => {
  it(`is read ${EVERYBODY}`, async () => {
    const plans = await plansFor(question);
    for (const plan of [plans.page, plans.count]) {
      const read = scans(plan);
      expect(read.filter((word) => !word.startsWith('Index Only Scan') && !/users_groups|Bitmap/.test(word))).toEqual(
        [],
      );
      expect(read.join(', ')).toMatch(/Index Only Scan users_(roster|signs|names)/);
    }
  });
});

describe('the order', () => {
  it('by e-mail is walked only as far as the page', async () => {
    const { page } = await plansFor({ filter: { status: { eq: 'ACTIVE' } } });
    const walk = page.nodes.find((node) => node['Node Type'] === 'Index Only Scan');
    expect(walk?.['Actual Rows']).toBe(51);
  });

  it('by last activity is walked as well', async () => {
    const { page } = await plansFor({ orderBy: by('LAST_ACTIVITY_AT') });
    expect(words(page)).toContain('Index Scan users_last_activity');
    expect(page.nodes.find((node) => node['Index Name'] === 'users_last_activity')?.['Actual Rows']).toBeLessThan(100);
  });
});

describe('facets', () => {
  it.each<UserFacetField>([
    'DEPARTMENT',
    'TYPE',
    'STATUS',
    'MANAGER_EMAIL',
    'SUB_ACCOUNT',
    'LICENSE',
    'WOULD_BASIC_SUFFICE',
  ])('by %s are one statement that reads an index alone', async (field) => {
    const { result, plans } = await plansOf(
      database,
      () => userFacets(database.sql, CROWD.integrationId, field, null, 100, NOW),
      { analyze: true },
    );
    expect(result.totalUsers).toBe(SIZE * 0.98);
    expect(plans).toHaveLength(1);
    expect(scans(plans[0]!).join(', ')).toMatch(
      /^Index Only Scan users_(roster|signs)(, Index Only Scan users_signs)?$/,
    );
    expectNoRowByRow(plans[0]!);
  });

  it('by group go through groups and members once', async () => {
    const { plans } = await plansOf(
      database,
      () => userFacets(database.sql, CROWD.integrationId, 'GROUP', null, 100, NOW),
      { analyze: true },
    );
    expect(plans).toHaveLength(1);
    // Zoom's ids stand in a list of each user, which is opened where it is.
    const again = plans[0]!.nodes.filter((node) => (node['Actual Loops'] ?? 0) > 600);
    expect(again.map((node) => node['Node Type'])).toEqual(['Function Scan']);
  });
});
