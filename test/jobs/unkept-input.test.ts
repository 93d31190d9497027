import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addPastMeeting, type SandboxUser } from '#sandbox/index.ts';
import type { JobTask } from '#src/datasources/store/job-runs.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { MAX_IDENTITY, MAX_TEXT } from '#src/policy/bounds.ts';
import type { House } from '../support/house.ts';
import { DAY, makePaid, openCandidates, rosterNames, syncedHouse, syncNow, userNamed } from '../support/worlds.ts';

/** What Zoom could send and PostgreSQL can't keep: it is refused by the name of its field, or shown without it. */

const HALF = 'ab\ud800cd';
const ZERO = 'ab\u0000cd';
const LONG = 'é'.repeat(MAX_IDENTITY + 1);
const BROKEN = [
  ['half a character', HALF],
  ['a zero byte', ZERO],
  ['more letters than an index holds', LONG],
  ['letters that were no text', 'ab\ufffdcd'],
] as const;
const BEYOND_INT = 2 ** 31;
/** A guest of a meeting who signed in nowhere. */
const STRANGER = {
  name: 'Guest',
  user_email: 'gu\ufffdst@example.org',
  join_time: '2026-01-01T00:00:00Z',
  leave_time: '2026-01-01T00:10:00Z',
  duration: 600,
};

let house: House;
let integration: IntegrationRow;
let everybody: string[];
let candidates: string[];
let host: SandboxUser;

beforeAll(async () => {
  ({ house, integration, everybody } = await syncedHouse((world) => {
    const then = (days: number) => world.now() - days * DAY;
    host = makePaid(world, 'host', 1);
    const guest = makePaid(world, 'guest', 1);
    makePaid(world, 'idle', 200);
    for (const days of [3, 5, 9]) {
      addPastMeeting(world, { hostId: host.id, startAt: then(days), participants: [{ userId: guest.id }] });
    }
  }));
  candidates = Object.keys(await openCandidates(house)).sort();
  expect(candidates).toEqual(['idle']);
}, 60_000);
afterAll(() => house?.close());
afterEach(() => house.sandbox.faults.clear());

type Body = Record<string, any>;

/** Everything that was read is asked for again. */
async function forget() {
  const { sql } = house.database;
  await sql`truncate meetings, meeting_participants, sign_ins, operation_logs, cloud_recordings, daily_usage`;
  await sql`truncate host_reports, report_coverage`;
  await sql`update accounts set activity_known_from = null, activity_known_until = null, created_read_at = null,
    profiles_read_at = null, add_ons_read_at = null, events_read_at = null`;
  await sql`update users set profile_read_at = null, settings_read_at = null`;
}

/** A sync in which an answer of Zoom's was changed. */
async function syncWith(path: string, change: (body: Body) => unknown) {
  house.sandbox.faults.clear();
  await forget();
  let changed = 0;
  const mutateBody = (body: Body) => {
    changed += 1;
    return change(body) ?? body;
  };
  house.sandbox.faults.add({ match: { method: 'GET', path }, times: Infinity, action: { mutateBody } });
  house.logged.length = 0;
  const runs = await syncNow(house, integration);
  expect(changed, `questions for ${path}`).toBeGreaterThan(0);
  const failures = house.logged.filter((line) => line.includes('run failed'));
  expect(failures).toEqual([]);
  expect(await rosterNames(house)).toEqual(everybody);
  expect(Object.keys(await openCandidates(house)).sort()).toEqual(candidates);
  return runs;
}

/** The run says which field of which answer it was, and the next sync without it is whole. */
async function expectRefused(task: JobTask, path: string, field: string, change: (body: Body) => unknown) {
  const runs = await syncWith(path, change);
  expect(runs[task].status).toBe('INCOMPLETE');
  expect(runs[task].error).toContain(`Zoom's answer to GET ${path} doesn't fit: ${field}: `);
  expect(runs[task].error).not.toMatch(/\u0000|of ours/);
}

const first = (list: string, field: string, value: unknown) => (body: Body) => {
  if (body[list][0] !== undefined) body[list][0][field] = value;
};

describe('who a user is', () => {
  it.each(BROKEN)('is refused with %s, and nobody is gone', async (_, value) => {
    await expectRefused('APPLICATION_ROSTER', '/users', 'users[0].id', first('users', 'id', value));
    await expectRefused('APPLICATION_ROSTER', '/users', 'users[0].email', first('users', 'email', `${value}@x.com`));
  });

  it('is kept where it is as long as can be', async () => {
    const email = `${'€'.repeat(MAX_IDENTITY - 'x@example.com'.length)}x@example.com`;
    const user = makePaid(house.sandbox.world, 'long', 1);
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    const mutateBody = (body: Body) => {
      for (const one of body['users']) if (one.id === user.id) one.email = email;
      return body;
    };
    house.sandbox.faults.add({ match: { path: '/users' }, times: Infinity, action: { mutateBody } });
    const { APPLICATION_ROSTER: run } = await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(run).toMatchObject({ status: 'SUCCEEDED', error: null });
    const rows = await house.database.sql`select email from users where zoom_user_id = ${user.id}`;
    expect(rows[0]!['email']).toBe(email);
    house.sandbox.world.regular.users.delete(user.id);
    house.sandbox.world.regular.usersByEmail.delete(user.email);
    house.sandbox.faults.clear();
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(await rosterNames(house)).toEqual(everybody);
  });
});

describe('what is said of a user', () => {
  it('loses what nobody can show, and is cut', async () => {
    const runs = await syncWith('/users', (body) => {
      for (const user of body['users']) {
        if (user.id !== host.id) continue;
        Object.assign(user, { dept: ZERO, first_name: HALF, last_name: `${'x'.repeat(MAX_TEXT - 1)}😀` });
      }
    });
    expect(runs.APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await userNamed(house, 'host')).toMatchObject({
      department: 'abcd',
      firstName: 'ab\ufffdcd',
      lastName: 'x'.repeat(MAX_TEXT - 1),
    });
  });

  it.each<[string, unknown]>([
    ['type', BEYOND_INT],
    ['type', 1.5],
    ['last_login_time', '+010000-01-01T00:00:00Z'],
    ['last_login_time', '0000-06-01T00:00:00Z'],
    ['plan_united_type', ZERO],
    ['group_ids', [LONG]],
    ['license_info_list', [{ license_type: LONG, license_option: '1' }]],
  ])('is refused where its %s can not be kept', async (field, value) => {
    const path = { group_ids: '[0]', license_info_list: '[0].license_type' }[field] ?? '';
    await expectRefused('APPLICATION_ROSTER', '/users', `users[0].${field}${path}`, first('users', field, value));
  });

  it('is known without a date on which nothing rests', async () => {
    const runs = await syncWith('/users', first('users', 'user_created_at', '+010000-01-01T00:00:00Z'));
    expect(runs.APPLICATION_ROSTER.error).toBeNull();
  });
});

describe('what is asked of one user', () => {
  it.each<[string, unknown]>([
    ['manager', ZERO],
    ['login_types', [BEYOND_INT]],
    ['zoom_one_type', HALF],
  ])('is refused of that user where its %s can not be kept', async (field, value) => {
    const where = field === 'login_types' ? '[0]' : '';
    await expectRefused('APPLICATION_ROSTER', '/users/{userId}', `${field}${where}`, (body) => {
      if (body['id'] === host.id) body[field] = value;
    });
    const read = await house.database.sql`select email from users where profile_read_at is null and removed_at is null`;
    expect(read.map((row) => row['email'])).toEqual(['host@example.com']);
  });

  it.each<[string, Body, string]>([
    ['a capacity', { meeting_capacity: BEYOND_INT }, 'feature.meeting_capacity'],
    ['the name of a feature', { [ZERO]: true }, 'feature'],
    ['a feature without an end', { deep: JSON.parse('['.repeat(200) + ']'.repeat(200)) }, 'feature.deep[0][0]'],
  ])('is refused where %s can not be kept', async (_, more, field) => {
    await expectRefused('APPLICATION_ROSTER', '/users/{userId}/settings', field, (body) => {
      Object.assign(body['feature'], more);
    });
  });

  it('is kept without what nobody can show', async () => {
    const runs = await syncWith('/users/{userId}/settings', (body) => {
      body['feature'].new_words = { of: [ZERO, HALF] };
    });
    expect(runs.APPLICATION_ROSTER.error).toBeNull();
    expect((await userNamed(house, 'host')).features).toMatchObject({ new_words: { of: ['abcd', 'ab\ufffdcd'] } });
  });
});

describe('what is said of the account', () => {
  it.each<[JobTask, string, string, (body: Body) => unknown]>([
    ['APPLICATION_ROSTER', '/groups', 'groups[0].id', first('groups', 'id', LONG)],
    ['APPLICATION_ROSTER', '/groups', 'groups[0].total_members', first('groups', 'total_members', BEYOND_INT)],
    ['APPLICATION_ROSTER', '/accounts/{accountId}/settings', 'odd', (body) => void (body['odd'] = { [HALF]: 1 })],
    [
      'LICENSE_INFORMATION',
      '/accounts/{accountId}/plans/usage',
      'plan_webinar.type',
      (body) => void (body['plan_webinar'] = { type: `webinar${'5'.repeat(MAX_IDENTITY)}`, hosts: 1, usage: 0 }),
    ],
    [
      'LICENSE_INFORMATION',
      '/accounts/{accountId}/plans/usage',
      'the answer',
      (body) => void (body[`plan_${ZERO}`] = { type: 'x', hosts: 1 }),
    ],
  ])('%s: %s is refused for %s', (task, path, field, change) => expectRefused(task, path, field, change));

  it('is kept without what nobody can show', async () => {
    const runs = await syncWith('/accounts/{accountId}/settings', (body) => void (body['odd'] = [ZERO, HALF]));
    expect(runs.APPLICATION_ROSTER.error).toBeNull();
    const [row] = await house.database.sql`select settings -> 'odd' as odd from accounts`;
    expect(row!['odd']).toEqual(['abcd', 'ab\ufffdcd']);
  });
});

describe('what was done', () => {
  it.each<[string, string, (body: Body) => unknown]>([
    ['/report/users', 'users[0].id', first('users', 'id', LONG)],
    ['/report/users', 'users[0].meetings', first('users', 'meetings', BEYOND_INT)],
    ['/report/users/{userId}/meetings', 'meetings[0].uuid', first('meetings', 'uuid', ZERO)],
    [
      '/report/users/{userId}/meetings',
      'meetings[0].participants_count',
      first('meetings', 'participants_count', 1e12),
    ],
    [
      '/report/users/{userId}/meetings',
      'meetings[0].end_time',
      first('meetings', 'end_time', '+012345-01-01T00:00:00Z'),
    ],
    ['/past_meetings/{meetingId}/participants', 'participants[0].duration', first('participants', 'duration', -1e12)],
    ['/report/activities', 'activity_logs[0].email', first('activity_logs', 'email', LONG)],
    ['/report/daily', 'dates[0].date', first('dates', 'date', '2026-02-31')],
    ['/report/daily', 'dates[0].meeting_minutes', first('dates', 'meeting_minutes', 2 ** 31)],
  ])('%s is refused for %s', (path, field, change) => expectRefused('APPLICATION_ACCESS', path, field, change));

  it.each<[string, (body: Body) => unknown]>([
    ['/past_meetings/{meetingId}/participants', (body) => void body['participants'].push(STRANGER)],
    ['/report/operationlogs', first('operation_logs', 'operator', HALF)],
  ])('%s is read to the end, whatever address a stranger has', async (path, change) => {
    expect((await syncWith(path, change)).APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
  });

  it('is kept without what nobody can show', async () => {
    const runs = await syncWith('/report/users/{userId}/meetings', first('meetings', 'topic', `${ZERO}${HALF}`));
    expect(runs.APPLICATION_ACCESS.error).toBeNull();
    const topics = await house.database.sql<{ topic: string }[]>`select topic from meetings`;
    expect(topics.map(({ topic }) => topic)).toContain('abcdab\ufffdcd');
  });
});
